//! What months that have ended would have cost on each paid plan: the part of a replay that a person and an
//! organisation's user share.

use crate::catalog::{Edition, Lists, Plan};
use headroom_exact::{Credits, Moment, Money, Month};
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

impl ClosedMonth {
    /// A month of which the vendor counted so many credits at some moment (V7), with the tasks that are recorded after it.
    pub fn told(month: Month, by_vendor: Credits, recorded_after: impl IntoIterator<Item = Credits>) -> Self {
        let used = by_vendor.plus(recorded_after.into_iter().sum());
        Self { month, used, paused_tasks: 0 }
    }
}

/// One month on one plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MonthCost {
    /// Which month.
    pub month: Month,
    /// Credits accepted in it.
    pub used: Credits,
    /// Of those, beyond the plan's own; none where the month's list doesn't have the plan.
    pub overage: Option<Credits>,
    /// The full price and what lies beyond the plan's own, without tax; none where the month's list doesn't have the plan.
    pub cost: Option<Money>,
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
    /// Their sum; none where one isn't known.
    pub total: Option<Money>,
}

/// What a credit beyond the plan's own costs under a list, which depends on who pays it.
pub(crate) type PriceBeyond = fn(&Edition) -> Money;

impl MonthCost {
    /// A month's usage on a plan alone, by the month's own list: the full price and the rest (K1, K5, N4).
    fn of(lists: Lists, plan: &Plan, closed: &ClosedMonth, price_beyond: PriceBeyond) -> Self {
        let edition = lists.at(closed.month.start());
        let plan = edition.plan_ranked(plan.rank);
        let beyond = plan.map(|plan| (plan, closed.used.less_at_most_all(plan.allowance)));
        Self {
            month: closed.month,
            used: closed.used,
            overage: beyond.map(|(_, overage)| overage),
            cost: beyond
                .map(|(plan, overage)| plan.monthly_price.plus(overage.priced(price_beyond(edition)))),
            paused_tasks: closed.paused_tasks,
        }
    }
}

/// The cheapest of plans in order of size, as far as they are known; of equals the larger.
pub(crate) fn cheapest(plans: &[PlanCost]) -> Option<&'static str> {
    // Among equals min_by_key keeps the first, so the larger plans come first.
    let known = plans.iter().rev().filter_map(|plan| Some((plan.plan, plan.total?)));
    known.min_by_key(|(_, total)| *total).map(|(plan, _)| plan)
}

/// What each paid plan would have cost over months of that usage: the plans of the last month's list, or where no month
/// has ended, of the list at `as_of`.
pub(crate) fn plan_costs(
    lists: Lists,
    months: &[ClosedMonth],
    as_of: Moment,
    price_beyond: PriceBeyond,
) -> Vec<PlanCost> {
    let edition = lists.at(months.last().map_or(as_of, |closed| closed.month.start()));
    let on = |plan: &'static Plan| {
        let months: Vec<_> =
            months.iter().map(|closed| MonthCost::of(lists, plan, closed, price_beyond)).collect();
        let total = months.iter().map(|month| month.cost).sum();
        PlanCost { plan: plan.id.as_str(), months, total }
    };
    edition.paid_plans().map(on).collect()
}
