//! What changing the plan would do: the statement of the same events plus one.

use super::{Current, Ledger};
use crate::catalog::Plan;
use crate::invoice::{ChargeRange, Invoice};
use crate::refusal::RefusalReason;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};
use serde::Serialize;

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
    /// Changes to `plan` at `at`, after the events folded up to `at`.
    pub fn on(ledger: &Ledger, plan: &'static Plan, at: Moment) -> Self {
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
            ChargeRange::between(charge.total, other)
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
