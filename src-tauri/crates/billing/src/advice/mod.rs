//! What the figures mean for a decision: how the cycle will end, which plan is cheapest, whether waiting
//! costs anything. Pure like the rest; every sentence is made of figures that stand beside it.

mod burn;
mod forecast;
mod organisation;
mod pace;
mod person;
mod plans;
mod team;

use crate::calendar::{Moment, Period};

pub use burn::{Burn, Part};
pub use forecast::{Cycle, Forecast};
pub use organisation::{AtRisk, CheaperTier, OrganisationAdvice, Risk};
pub use pace::{Outcome, Pace, percent};
pub use person::PersonAdvice;
pub use plans::{BreakEven, Cheapest, PlanMonth, Waiting, break_evens, cheapest, month_costs};
pub use team::{TeamAdvice, UnusedSeats};

/// No forecast before this share of the cycle has passed: too little has been seen.
const SEEN_ENOUGH_PERCENT: i64 = 4;

/// A cycle's seconds, in all and passed at `now`; none while too little of it has passed to foretell anything.
fn seen_enough(cycle: &Period, now: Moment) -> Option<(i64, i64)> {
    let length = cycle.end.seconds_since(cycle.start);
    let passed = now.seconds_since(cycle.start);
    let enough = passed.saturating_mul(100) >= length.saturating_mul(SEEN_ENOUGH_PERCENT);
    enough.then_some((length, passed))
}
