//! An alert as a kind of account decides it: what for, at what, and in which cycle, so that it is told once.

use crate::answers::{AlertChoices, AlertSays};
use crate::error::AppError;
use headroom_exact::{Decimal, Moment, Money, say};

/// Something is told of so long before it goes.
const DAYS_AHEAD: i64 = 3;
const DAY: i64 = 86_400;

/// Of how much of the plan is used.
pub(crate) const PLAN_USED: &str = "plan-used";
/// That the credits, or a team's balance, end at this pace.
pub(crate) const RUN_OUT: &str = "run-out";
/// That little is left of a balance.
pub(crate) const BALANCE_LOW: &str = "balance-low";
/// That credits go before they are used.
pub(crate) const BONUS_EXPIRES: &str = "bonus-expires";
/// That overage has begun.
pub(crate) const OVERAGE_BEGUN: &str = "overage-begun";
/// That overage has reached the guard.
pub(crate) const SPEND_GUARD: &str = "spend-guard";

/// The parts of a plan that are told, in percent.
pub(crate) const THRESHOLDS: [u32; 4] = [50, 80, 95, 100];

/// By which alerts are decided: what was chosen, with the guard as the amount it is.
#[expect(clippy::struct_excessive_bools, reason = "each is a box that is ticked")]
pub(crate) struct AlertRules {
    pub used: bool,
    pub run_out: bool,
    pub bonus: bool,
    pub overage: bool,
    pub guard: Option<Money>,
}

impl AlertRules {
    /// What was chosen.
    ///
    /// # Errors
    ///
    /// Where the guard is no amount above zero.
    pub fn of(choices: &AlertChoices) -> Result<Self, AppError> {
        let AlertChoices { used, run_out, bonus, overage, ref guard } = *choices;
        let guard = guard.as_deref().map(dollars).transpose()?;
        Ok(Self { used, run_out, bonus, overage, guard })
    }
}

/// Dollars above zero.
fn dollars(text: &str) -> Result<Money, AppError> {
    let wrong = || AppError::input(say!("guard-wrong", text));
    let decimal: Decimal = text.trim().parse().map_err(|_| wrong())?;
    if !decimal.is_positive() || !decimal.is_whole_hundredths() {
        return Err(wrong());
    }
    Ok(Money::rounded(decimal))
}

/// An alert. The lower thresholds of its kind need not be told any more then.
pub(crate) struct Due {
    pub kind: &'static str,
    /// At what: percent, cents, or a day.
    pub threshold: i64,
    pub says: AlertSays,
}

/// What is due of an account.
pub(crate) struct Alerts {
    /// The start of the cycle they are of.
    pub cycle_start: Moment,
    pub due: Vec<Due>,
}

/// Whether it is near enough to be told of, and not past.
pub(crate) fn is_soon(at: Moment, now: Moment) -> bool {
    (0..=DAYS_AHEAD * DAY).contains(&at.seconds_since(now))
}

/// The day of a moment, as a number that tells days apart.
pub(crate) fn day_number(at: Moment) -> i64 {
    at.unix_seconds() / DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_is_money() {
        assert_eq!(dollars("10").expect("dollars").to_string(), "10.00");
        for wrong in ["0", "-1", "1.005", "ten", ""] {
            assert!(dollars(wrong).is_err(), "{wrong}");
        }
    }
}
