//! What to suppose where nothing is asked for, and how much is worth offering.

use crate::person::{Current, Ledger, Pace, Rate};
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment};

/// The least that is offered to be supposed of a day: ten credits.
const LEAST_MOST_A_DAY: Credits = Credits::from_hundredths(1_000);

/// How fast credits were used so far in the running cycle; none while too little of it has passed.
pub fn rate_so_far(ledger: &Ledger, at: Moment) -> Option<Rate> {
    Some(Pace::at(&ledger.account.current(at), at)?.rate())
}

/// What to suppose where nothing is asked for: the pace, and without one the plan spread evenly over the cycle.
pub fn usual_rate(ledger: &Ledger, at: Moment, pace: Option<Rate>) -> Rate {
    let current = ledger.account.current(at);
    let length = current.cycle.end.seconds_since(current.cycle.start);
    pace.unwrap_or_else(|| Rate::of(allowance(ledger, &current), length))
}

/// The plan's credits in the cycle; without a limit, the price list's.
fn allowance(ledger: &Ledger, current: &Current) -> Credits {
    current.credits.plan.allowance.unwrap_or(ledger.account.plan().allowance)
}

/// The most credits a day that are worth offering: four times the usual, enough for what the plan gives in ten days, and
/// what is asked for, in full tens.
pub fn most_a_day(ledger: &Ledger, at: Moment, usual: Rate, asked: Rate) -> Credits {
    let allowance = allowance(ledger, &ledger.account.current(at));
    let usual = usual.in_days(4);
    let most = usual.max(allowance.share(1, 10)).max(asked.in_a_day()).max(LEAST_MOST_A_DAY);
    most.rounded_up_to(LEAST_MOST_A_DAY)
}
