//! What each paid plan would have cost over the months that have ended.

use super::{ClosedMonth, Ledger};
use crate::calendar::{Moment, Month};
use crate::catalog::{Edition, Plan};
use crate::units::{Credits, Money};
use serde::Serialize;

/// One month on one plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MonthCost {
    /// Which month.
    pub month: Month,
    /// Credits accepted in it.
    pub used: Credits,
    /// Of those, beyond the plan's own.
    pub overage: Credits,
    /// The full price and the overage, without tax.
    pub cost: Money,
    /// Tasks refused at the limit that month; the cost leaves them out.
    pub paused_tasks: u32,
}

/// One plan over all the months.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlanCost {
    /// The plan's id.
    pub plan: &'static str,
    /// Month by month.
    pub months: Vec<MonthCost>,
    /// Their sum.
    pub total: Money,
}

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

impl MonthCost {
    /// A month's usage on a plan alone: the full price and the rest as overage (K1, K5).
    fn of(edition: &Edition, plan: &Plan, closed: &ClosedMonth) -> Self {
        let overage = closed.used.less_at_most_all(plan.allowance);
        Self {
            month: closed.month,
            used: closed.used,
            overage,
            cost: plan.monthly_price.plus(overage.priced(edition.overage_unit_price)),
            paused_tasks: closed.paused_tasks,
        }
    }
}

/// The cheapest of plans in order of size; of equals the larger.
pub(crate) fn cheapest(plans: &[PlanCost]) -> Option<&'static str> {
    // Among equals min_by_key keeps the first, so the larger plans come first.
    plans.iter().rev().min_by_key(|plan| plan.total).map(|plan| plan.plan)
}

/// What each paid plan would have cost over months of that usage.
pub(crate) fn plan_costs(edition: &'static Edition, months: &[ClosedMonth]) -> Vec<PlanCost> {
    let on = |plan: &'static Plan| {
        let months: Vec<_> = months.iter().map(|closed| MonthCost::of(edition, plan, closed)).collect();
        let total = months.iter().map(|month| month.cost).sum();
        PlanCost { plan: plan.id.as_str(), months, total }
    };
    edition.paid_plans().map(on).collect()
}

impl Replay {
    /// Replays the months that have ended in events already folded up to `as_of`.
    pub fn on(ledger: &Ledger, as_of: Moment) -> Self {
        Self::of_months(ledger.account.terms().edition, &ledger.closed_cycles, as_of)
    }

    /// Replays months whose usage is known in sum.
    pub fn of_months(edition: &'static Edition, closed: &[ClosedMonth], as_of: Moment) -> Self {
        let plans = plan_costs(edition, closed);
        let cheapest = if closed.is_empty() { None } else { cheapest(&plans) };
        Self { as_of, plans, cheapest }
    }
}
