//! What each paid plan would have cost over the months that have ended.

use super::Ledger;
use crate::catalog::{Edition, Lists};
use crate::replay::{ClosedMonth, PlanCost, cheapest, plan_costs};
use headroom_exact::Moment;
use serde::Serialize;

/// Every paid plan over the months that have ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Replay {
    /// The moment that decides which months have ended.
    pub as_of: Moment,
    /// Smallest plan first.
    pub plans: Vec<PlanCost>,
    /// The cheapest; of equals the larger; none when no month has ended.
    pub cheapest: Option<&'static str>,
}

impl Replay {
    /// Replays the months that have ended in events already folded up to `as_of`.
    pub fn on(ledger: &Ledger, as_of: Moment) -> Self {
        Self::of_months(ledger.account.terms().lists, &ledger.closed_cycles, as_of)
    }

    /// Replays months whose usage is known in sum.
    pub fn of_months(lists: Lists, closed: &[ClosedMonth], as_of: Moment) -> Self {
        let plans = plan_costs(lists, closed, as_of, Edition::price_beyond);
        let cheapest = if closed.is_empty() { None } else { cheapest(&plans) };
        Self { as_of, plans, cheapest }
    }
}
