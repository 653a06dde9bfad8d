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
    /// Whether that is the least: what the cycle's overage charges isn't known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub taken_now_at_least: bool,
    /// Charged in the same time, with tax, if the plan is taken when it has begun.
    pub taken_then: Money,
    /// Whether that is the least.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub taken_then_at_least: bool,
    /// What waiting saves; negative when it costs more. None where one of both isn't known whole.
    pub waiting_saves: Option<Money>,
}

/// What invoices come to together, and whether that is the least.
fn together(invoices: &[Option<Invoice>; 2]) -> (Money, bool) {
    let charged = || invoices.iter().flatten();
    (charged().map(|invoice| invoice.total).sum(), charged().any(|invoice| invoice.at_least))
}

impl NextCycle {
    /// What waiting saves; none where it saves nothing, or that isn't known.
    pub fn saved_by_waiting(&self) -> Option<Money> {
        self.waiting_saves.filter(|saves| saves.is_positive())
    }

    /// What waiting costs; none where it costs nothing, or that isn't known.
    pub fn waiting_costs(&self) -> Option<Money> {
        self.waiting_saves.map(Money::negated).filter(|costs| costs.is_positive())
    }

    /// None for what charges nothing at once: no upgrade, or a refused one.
    pub(super) fn of(account: &Account, plan: PlanRank, at: Moment) -> Option<Self> {
        let begins_at = account.cycle().end;
        let (mut now, charge) = account.trying(plan, at);
        let charge = charge.ok()??;
        let (taken_now, taken_now_at_least) = together(&[Some(charge), now.close_cycle().1]);
        let mut then = account.clone();
        let renewal = then.close_cycle().1;
        let (taken_then, taken_then_at_least) = together(&[renewal, then.change_plan(plan, begins_at).ok()?]);
        let is_known = !taken_now_at_least && !taken_then_at_least;
        let waiting_saves = is_known.then(|| taken_now.minus(taken_then));
        Some(Self {
            begins_at,
            taken_now,
            taken_now_at_least,
            taken_then,
            taken_then_at_least,
            waiting_saves,
        })
    }
}
