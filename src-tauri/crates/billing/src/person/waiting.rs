//! Whether to wait with an upgrade.

use super::{Ledger, Preview};
use crate::catalog::Plan;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};
use serde::Serialize;

/// What an upgrade costs now and at the last second of the cycle (K8, K9).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Waiting {
    /// The plan asked for.
    pub plan: &'static str,
    /// Charged now, with tax.
    pub now: Money,
    /// The cycle's last second.
    pub last_moment: Moment,
    /// Charged then, with tax.
    pub then: Money,
    /// What waiting costs; negative when it saves.
    pub costs: Money,
    /// Charged when the next cycle begins if the plan is taken then: its price, without tax.
    pub next_cycle: Money,
}

impl Waiting {
    /// Whether to wait with an upgrade; none for what is no upgrade or refused.
    pub fn on(ledger: &Ledger, plan: &'static Plan, at: Moment) -> Option<Self> {
        let now = Preview::on(ledger, plan, at).charge_now?.total;
        let last_moment = ledger.account.cycle().end.plus_seconds(-1).max(at);
        let then = Preview::on(ledger, plan, last_moment).charge_now?.total;
        let next_cycle = plan.monthly_price;
        Some(Self { plan: &plan.id, now, last_moment, then, costs: then.minus(now), next_cycle })
    }
}
