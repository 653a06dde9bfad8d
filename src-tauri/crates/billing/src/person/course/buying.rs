//! Packs that are supposed to be bought, so that requests don't pause (N4).
//!
//! They are bought when a day needs more than is left, for what is still to come of the cycle: so that what they cost is
//! what the days need, and not what many small packs leave over. A change of the plan ends what is bought for, because the
//! new plan brings credits of its own.

use super::{RunOut, Walk};
use crate::person::{Action, Event};
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment};

/// So many are bought in a course at most: 250,000 credits of the largest. What more would cover is unserved, for nobody
/// uses so many, and whoever supposes it is told at once.
const MOST_PACKS: usize = 100;

/// What is bought on the way.
pub(super) struct Buying {
    wanted: bool,
    bought: usize,
    /// Whether some might be that nobody knows of, because it isn't known what is left.
    pub(super) may_be: bool,
}

impl Buying {
    pub(super) const fn new(wanted: bool) -> Self {
        Self { wanted, bought: 0, may_be: false }
    }
}

impl Walk<'_> {
    /// Whether packs are supposed to be bought, and are sold to the account as it stands.
    pub(super) fn can_buy(&self) -> bool {
        self.packs.wanted && self.ledger.account.offered_packs().is_some()
    }

    /// Buys what is needed, if it is, before credits are used at a moment; that use is the first of what is ahead.
    pub(super) fn buy(&mut self, credits: Credits, at: Moment, ahead: &[Event<'static>]) {
        let Some(offer) = self.ledger.account.offered_packs().filter(|_| self.packs.wanted) else { return };
        let current = self.ledger.account.current(at);
        if !self.start.knows_what_is_left(&current) {
            self.packs.may_be = true;
            return;
        }
        let left = current.credits.left();
        if credits <= left {
            return;
        }
        let amount = offer.price_of(needed(ahead, current.cycle.end).minus(left));
        for amount in offer.packs_of(amount).take(MOST_PACKS.saturating_sub(self.packs.bought)) {
            self.packs.bought = self.packs.bought.saturating_add(1);
            self.run_out = self.run_out.or(Some(RunOut { day: at.date(), pauses: false }));
            self.apply(at, Action::BuyCredits { amount, expires_at: None });
        }
    }
}

/// What is used until a cycle ends or the plan is changed.
fn needed(ahead: &[Event<'static>], end: Moment) -> Credits {
    let of_cycle = ahead.iter().take_while(|event| event.at < end);
    let on_this_plan = of_cycle.take_while(|event| !matches!(event.action, Action::ChangePlan(_)));
    let used = on_this_plan.map(|event| match event.action {
        Action::Usage { credits, .. } => credits,
        Action::SignUp { .. }
        | Action::ChangePlan(_)
        | Action::SetOverage { .. }
        | Action::FirstPaymentCredit { .. }
        | Action::BuyCredits { .. } => Credits::ZERO,
    });
    used.sum()
}
