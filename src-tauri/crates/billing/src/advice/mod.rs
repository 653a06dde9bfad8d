//! What the figures mean for a decision: how the cycle will end, which plan is cheapest, whether waiting
//! costs anything. Pure like the rest; every sentence is made of figures that stand beside it.

mod forecast;
mod organisation;
mod pace;
mod person;
mod plans;
mod team;

pub use forecast::{Cycle, Forecast};
pub use organisation::{AtRisk, CheaperTier, OrganisationAdvice, Risk};
pub use pace::{Outcome, Pace, percent};
pub use person::PersonAdvice;
pub use plans::{BreakEven, Cheapest, PlanMonth, Waiting, break_evens, cheapest, month_costs};
pub use team::{TeamAdvice, UnusedSeats};

/// No forecast before this share of the cycle has passed: too little has been seen.
const SEEN_ENOUGH_PERCENT: i64 = 4;
