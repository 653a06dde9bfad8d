//! What months that have ended would have cost on each paid plan: the part of a replay that a person and an
//! organisation's user share.

use crate::catalog::{Edition, Plan};
use headroom_exact::{Credits, Money, Month};
use serde::Serialize;

/// A month that has ended: what a plan replay needs of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClosedMonth {
    /// Which.
    pub month: Month,
    /// Credits accepted in it.
    pub used: Credits,
    /// Tasks refused at the limit in it (K6).
    pub paused_tasks: u32,
}

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
