//! What each paid plan would have cost over the months that have ended.

use crate::calendar::{Moment, Month};
use crate::individual::{Ledger, Scenario};
use crate::scenario::ScenarioError;
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

impl Replay {
    /// Replays a scenario's months.
    pub fn of(scenario: &Scenario<'_>) -> Result<Self, ScenarioError> {
        Ok(Self::on(&Ledger::fold(scenario, scenario.as_of)?, scenario.as_of))
    }

    /// The same on events already folded up to `as_of`.
    pub fn on(ledger: &Ledger<'_>, as_of: Moment) -> Self {
        let edition = ledger.account.terms().edition;
        let plans: Vec<_> = edition
            .paid_plans()
            .map(|plan| {
                let months: Vec<_> = ledger
                    .closed_months
                    .iter()
                    .map(|closed| {
                        let overage = closed.used.less_at_most_all(plan.allowance);
                        MonthCost {
                            month: closed.month,
                            used: closed.used,
                            overage,
                            cost: plan.monthly_price.plus(overage.priced(edition.overage_unit_price)),
                            paused_tasks: closed.paused_tasks,
                        }
                    })
                    .collect();
                let total = months.iter().map(|month| month.cost).sum();
                PlanCost { plan: plan.id.as_str(), months, total }
            })
            .collect();
        let cheapest = if ledger.closed_months.is_empty() {
            None
        } else {
            // Among equals min_by_key keeps the first, so the larger plans come first.
            plans.iter().rev().min_by_key(|plan| plan.total).map(|plan| plan.plan)
        };
        Self { as_of, plans, cheapest }
    }
}
