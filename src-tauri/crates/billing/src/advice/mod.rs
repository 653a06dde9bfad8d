//! What the figures mean for a decision, as far as it is the same for every kind of account: how a cycle will end,
//! which plan is cheapest, how long a balance lasts. Pure like the rest; every sentence is made of figures that stand
//! beside it. What a kind advises of its own stands with it (`person::PersonAdvice` and its like).

mod ahead;
mod burn;
mod forecast;
mod plans;

use headroom_exact::{Credits, Moment, Period, division};

pub use ahead::Ahead;
pub use burn::{Burn, Part};
pub(crate) use forecast::quiet_and_busy;
pub use forecast::{Cycle, Forecast};
pub use plans::{
    BreakEven, Cheapest, CostPoint, PlanCosts, PlanMonth, break_evens, break_evens_with_the_next, cheapest,
    cost_points, month_costs,
};

/// No forecast before this share of the cycle has passed: too little has been seen.
const SEEN_ENOUGH_PERCENT: i64 = 4;

/// A cycle's seconds, in all and passed at `now`; none while too little of it has passed to foretell anything.
pub(crate) fn seen_enough(cycle: &Period, now: Moment) -> Option<(i64, i64)> {
    let length = cycle.end.seconds_since(cycle.start);
    let passed = now.seconds_since(cycle.start);
    let enough = passed.saturating_mul(100) >= length.saturating_mul(SEEN_ENOUGH_PERCENT);
    enough.then_some((length, passed))
}

/// The share of `part` in `whole` in percent, rounded down; zero of nothing.
pub fn percent(part: Credits, whole: Credits) -> u32 {
    division::percent(part.hundredths(), whole.hundredths())
}

/// The share of `part` in `whole` in thousandths, rounded down; zero of nothing.
pub fn permille(part: Credits, whole: Credits) -> u32 {
    division::permille(part.hundredths(), whole.hundredths())
}
