//! What an organisation's month comes to by its end at the average pace so far, a second time: from the model's own
//! statement, with fractions.

use super::calendar::{self, Time, month_around};
use super::{Exact, decimal, rounded, whole};
use num_traits::Zero;
use serde_json::Value;

/// What happens to credits beyond a tier: charged, up to so many, or not.
pub enum Beyond<'b> {
    /// Charged, up to so many.
    Charged(Option<&'b str>),
    /// Not used at all.
    Paused,
}

fn exact(value: &Value) -> Exact {
    decimal(value.as_str().expect("an amount"))
}

/// The cost of a subscription's month, of the statement's `current`; none in the first 4 % of the month.
pub fn by_the_end(subscription: &Value, as_of: &str, beyond: &Beyond<'_>) -> Option<Exact> {
    let at: Time = calendar::read(as_of);
    let (start, end) = month_around(at);
    let (passed, length) = (whole(at - start), whole(end - start));
    if passed / length < decimal("0.04") {
        return None;
    }
    let of = |name: &str| exact(&subscription["credits"][name]);
    let (used, remaining, overage) = (of("used"), of("remaining"), of("overage"));
    let price = decimal("0.04");
    let cost = |overage: &Exact| rounded(&(overage * price), 2);
    let fee = exact(&subscription["month_to_date"]) - cost(&overage);
    let by_then = rounded(&(used * length / passed), 2);
    let more = (by_then - used - remaining).max(Exact::zero());
    let charged = match beyond {
        Beyond::Paused => overage,
        Beyond::Charged(None) => overage + more,
        Beyond::Charged(Some(cap)) => {
            let most = decimal(cap).max(overage);
            (overage + more).min(most)
        }
    };
    Some(fee + cost(&charged))
}
