//! An alert as a kind of account decides it: what for, at what, and in which cycle, so that it is told once.

use crate::answers::AlertSays;
use headroom_exact::Moment;

/// Something is told of so long before it goes.
const DAYS_AHEAD: i64 = 3;
const DAY: i64 = 86_400;

/// Of how much of the plan is used.
pub(crate) const PLAN_USED: &str = "plan-used";
/// That the credits, or a team's balance, end at this pace.
pub(crate) const RUN_OUT: &str = "run-out";
/// That credits go before they are used.
pub(crate) const BONUS_EXPIRES: &str = "bonus-expires";
/// That overage has begun.
pub(crate) const OVERAGE_BEGUN: &str = "overage-begun";
/// That overage has reached the guard.
pub(crate) const SPEND_GUARD: &str = "spend-guard";

/// The parts of a plan that are told, in percent.
pub(crate) const THRESHOLDS: [u32; 4] = [50, 80, 95, 100];

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
