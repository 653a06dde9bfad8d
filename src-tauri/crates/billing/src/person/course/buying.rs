//! Packs that are supposed to be bought, so that requests don't pause (N4).
//!
//! They are bought when a day needs more than is left, for what is still to come of the cycle: so that what they cost is
//! what the days need, and not what many small packs leave over. A change of the plan ends what is bought for, because the
//! new plan brings credits of its own.

use crate::person::{Action, Event};
use headroom_exact::{Credits, Moment};

/// So many are bought in a course at most: 250,000 credits of the largest. What more would cover is unserved, for nobody
/// uses so many, and whoever supposes it is told at once.
pub(super) const MOST_PACKS: usize = 100;

/// What is bought on the way.
pub(super) struct Buying {
    pub(super) wanted: bool,
    pub(super) bought: usize,
    /// Whether some might be that nobody knows of, because it isn't known what is left.
    pub(super) may_be: bool,
}

impl Buying {
    pub(super) const fn new(wanted: bool) -> Self {
        Self { wanted, bought: 0, may_be: false }
    }
}

/// What is used until a cycle ends or the plan is changed.
pub(super) fn needed(ahead: &[Event<'static>], end: Moment) -> Credits {
    let of_cycle = ahead.iter().take_while(|event| event.at < end);
    let on_this_plan = of_cycle.take_while(|event| !matches!(event.action, Action::ChangePlan(_)));
    let used = on_this_plan.map(|event| match event.action {
        Action::Usage { credits, .. } => credits,
        Action::SignUp { .. }
        | Action::ChangePlan(_)
        | Action::SetOverage { .. }
        | Action::FirstPaymentCredit { .. }
        | Action::BuyCredits { .. }
        | Action::Grant(_)
        | Action::OpeningBalance(_)
        | Action::OwnLimit { .. } => Credits::ZERO,
    });
    used.sum()
}
