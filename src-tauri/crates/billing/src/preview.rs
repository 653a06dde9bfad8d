//! What changing the plan would do: the statement of the same events plus one.

use crate::calendar::Moment;
use crate::catalog::Plan;
use crate::individual::{Ledger, Scenario};
use crate::invoice::Invoice;
use crate::scenario::ScenarioError;
use crate::statement::{Current, RefusalReason};
use crate::units::Money;
use serde::Serialize;

/// The totals charged under both ways of counting days (K8), ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ChargeRange {
    /// The lower.
    pub low: Money,
    /// The higher; the same where the readings agree.
    pub high: Money,
}

/// A plan change as it would be judged at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Preview {
    /// The moment.
    pub at: Moment,
    /// The plan asked for.
    pub plan: &'static str,
    /// Why it would be refused, if it would.
    pub refused: Option<RefusalReason>,
    /// When it would take effect; none when refused.
    pub effective_at: Option<Moment>,
    /// What would be charged at once.
    pub charge_now: Option<Invoice>,
    /// The same under both day counts.
    pub charge_range: Option<ChargeRange>,
    /// The overage charge before less the one after (K10).
    pub overage_avoided: Money,
    /// The account without the change.
    pub before: Current,
    /// The account with it.
    pub after: Current,
}

impl Preview {
    /// Changes to `plan` at `at`, after every event at or before it.
    pub fn of(scenario: &Scenario<'_>, plan: &'static Plan, at: Moment) -> Result<Self, ScenarioError> {
        Ok(Self::on(&Ledger::fold(scenario, at)?, plan, at))
    }

    /// The same on events already folded up to `at`.
    pub fn on(ledger: &Ledger<'_>, plan: &'static Plan, at: Moment) -> Self {
        let account = &ledger.account;
        let (changed, outcome) = account.trying(plan.rank, at);
        let before = account.current(at);
        let after = changed.current(at);
        let (charge_now, refused) = match outcome {
            Ok(invoice) => (invoice, None),
            Err(reason) => (None, Some(reason)),
        };
        let effective_at = match refused {
            Some(_) => None,
            None if after.next_plan.is_some() => Some(after.cycle.end),
            None => Some(at),
        };
        let charge_range = charge_now.as_ref().map(|charge| {
            let other_count = account.terms().day_count.other();
            let (_, other) = account.with_day_count(other_count).trying(plan.rank, at);
            let other = other.ok().flatten().map_or(charge.total, |invoice| invoice.total);
            ChargeRange { low: charge.total.min(other), high: charge.total.max(other) }
        });
        Self {
            at,
            plan: &plan.id,
            refused,
            effective_at,
            charge_now,
            charge_range,
            overage_avoided: before.credits.overage.charge.minus(after.credits.overage.charge),
            before,
            after,
        }
    }
}
