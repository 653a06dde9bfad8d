//! What an upgrade comes to if it is made now, and if it waits for the next cycle.
//!
//! Just before a cycle ends an upgrade is charged in full (K9) and buys what is left of the cycle; the next one is charged
//! again at its start. Made when that cycle begins it is charged once, but what the larger plan would have covered of this
//! cycle stays overage (K10). Both are the same fold, run to the next cycle's start.

use super::Account;
use crate::catalog::PlanRank;
use crate::invoice::Invoice;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};
use serde::Serialize;

/// An upgrade now, and the same when the next cycle begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct NextCycle {
    /// When the next cycle begins.
    pub begins_at: Moment,
    /// Charged from now until it has begun, with tax, if the plan is taken now.
    pub taken_now: Money,
    /// Charged in the same time, with tax, if the plan is taken when it has begun.
    pub taken_then: Money,
    /// What waiting saves; negative when it costs more.
    pub waiting_saves: Money,
}

fn total(invoice: Option<Invoice>) -> Money {
    invoice.map_or(Money::ZERO, |invoice| invoice.total)
}

impl NextCycle {
    /// What waiting costs; none where it costs nothing.
    pub fn waiting_costs(&self) -> Option<Money> {
        Some(self.waiting_saves.negated()).filter(|costs| costs.is_positive())
    }

    /// None for what charges nothing at once: no upgrade, or a refused one.
    pub(super) fn of(account: &Account, plan: PlanRank, at: Moment) -> Option<Self> {
        let begins_at = account.cycle().end;
        let (mut now, charge) = account.trying(plan, at);
        let charge = charge.ok()??;
        let taken_now = charge.total.plus(total(now.close_cycle().1));
        let mut then = account.clone();
        let renewal = total(then.close_cycle().1);
        let taken_then = renewal.plus(total(then.change_plan(plan, begins_at).ok()?));
        Some(Self { begins_at, taken_now, taken_then, waiting_saves: taken_now.minus(taken_then) })
    }
}
