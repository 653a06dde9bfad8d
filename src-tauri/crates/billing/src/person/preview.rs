//! What changing the plan would do: the statement of the same events plus one.

use super::{Account, Current, Ledger, NextCycle};
use crate::assumption::Assumption;
use crate::catalog::{Plan, PlanRank};
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
    /// The lowest and the highest that it may come to: under both day counts (K8), and with what the list may take off a
    /// first payment (N3).
    pub charge_range: Option<ChargeRange>,
    /// What waiting for the next cycle changes; none without a charge.
    pub next_cycle: Option<NextCycle>,
    /// The overage charge before less the one after (K10); none where either isn't known.
    pub overage_avoided: Option<Money>,
    /// The account without the change.
    pub before: Current,
    /// The account with it.
    pub after: Current,
    /// What no source settles of these figures.
    pub assumptions: Vec<Assumption>,
}

/// What a change charges at once, with tax, under both ways of counting days.
fn totals(account: &Account, plan: PlanRank, at: Moment) -> impl Iterator<Item = Money> {
    let day_count = account.terms().day_count;
    let under = move |count| account.with_day_count(count).trying(plan, at).1.ok().flatten();
    [day_count, day_count.other()].into_iter().filter_map(under).map(|invoice| invoice.total)
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
        let overage = |current: &Current| current.credits.overage.charge;
        let cheaper = charge_now.as_ref().and_then(|_| account.with_possible_credit(at));
        let all = [Some(account), cheaper.as_ref()].into_iter().flatten();
        let all: Vec<_> = all.flat_map(|account| totals(account, plan.rank, at)).collect();
        let charge_range = ChargeRange::of(&all);
        let credit_stands = charge_now.as_ref().is_some_and(Invoice::has_first_payment_credit);
        let assumptions = [
            (cheaper.is_some() || credit_stands).then_some(Assumption::FirstPaymentCredit),
            (charge_now.is_some() && account.from_packs().is_positive()).then_some(Assumption::PacksGetBack),
        ];
        Self {
            at,
            plan: &plan.id,
            refused,
            effective_at,
            charge_now,
            charge_range,
            next_cycle: NextCycle::of(account, plan.rank, at),
            overage_avoided: overage(&before).zip(overage(&after)).map(|(before, after)| before.minus(after)),
            before,
            after,
            assumptions: assumptions.into_iter().flatten().collect(),
        }
    }
}
