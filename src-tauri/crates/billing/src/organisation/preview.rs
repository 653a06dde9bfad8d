//! What a change of one user's tier would do: the month as it stands, and with one event more.

use super::subscriber::Subscriber;
use super::{Ledger, Seat, Subscription};
use crate::catalog::Plan;
use crate::refusal::RefusalReason;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};
use serde::Serialize;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Whose subscription.
    pub seat: Seat<'a>,
    /// Through which group; "" is the group of none.
    pub group: &'a str,
    /// The tier; none to leave the group.
    pub plan: Option<&'static Plan>,
}

/// A change as it would be judged at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Preview {
    /// The moment.
    pub at: Moment,
    /// The tier asked for, or "none".
    pub plan: &'static str,
    /// Why it would be refused, if it would.
    pub refused: Option<RefusalReason>,
    /// When it would take effect; none when refused.
    pub effective_at: Option<Moment>,
    /// Nothing is charged before the month ends (E1).
    pub charge_now: Option<()>,
    /// What the month's invoice gains by it, without tax; negative when it loses.
    pub month_difference: Money,
    /// The overage charge before less the one after (K10).
    pub overage_avoided: Money,
    /// The subscription without the change; none if there is none.
    pub before: Option<Subscription>,
    /// The subscription with it.
    pub after: Option<Subscription>,
}

impl Preview {
    /// Changes one user's tier at `at`, after the events folded up to `at`.
    pub fn on(ledger: &Ledger, request: &Request<'_>, at: Moment) -> Self {
        let edition = ledger.account.edition();
        let month = ledger.account.cycle();
        let subscriber = ledger.account.subscriber(&request.seat);
        // Somebody new has no tasks yet, so the profile's switch doesn't matter.
        let mut changed = subscriber.cloned().unwrap_or_else(|| Subscriber::new(&request.seat, usize::MAX));
        let refused = match request.plan {
            Some(plan) => {
                changed.assign(request.group, plan.rank, edition);
                None
            }
            None => changed.unassign(request.group).err(),
        };
        let before = subscriber.and_then(|subscriber| subscriber.standing(edition));
        let after = changed.standing(edition);
        let cost = |standing: &Option<Subscription>| {
            standing.as_ref().map_or(Money::ZERO, |standing| standing.month_to_date)
        };
        let overage = |standing: &Option<Subscription>| {
            standing
                .as_ref()
                .map_or(Money::ZERO, |standing| standing.credits.overage.priced(edition.overage_unit_price))
        };
        let waits = after.as_ref().is_some_and(|after| {
            after.next_plan.is_some() && Some(after.plan) == before.as_ref().map(|before| before.plan)
        });
        let effective_at = if waits { month.end } else { at };
        Self {
            at,
            plan: request.plan.map_or("none", |plan| &plan.id),
            refused,
            effective_at: refused.is_none().then_some(effective_at),
            charge_now: None,
            month_difference: cost(&after).minus(cost(&before)),
            overage_avoided: overage(&before).minus(overage(&after)),
            before,
            after,
        }
    }
}
