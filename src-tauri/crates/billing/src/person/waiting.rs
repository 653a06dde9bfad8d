//! Whether to wait with an upgrade.

use super::{Ledger, NextCycle, Preview};
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
    /// What it comes to until the next cycle has begun, and if it waits for that.
    pub with_the_next: NextCycle,
    /// Charged when the next cycle begins if the plan is taken then: its price, without tax.
    pub next_cycle: Money,
}

impl Waiting {
    /// Whether to wait with an upgrade; none for what is no upgrade or refused.
    pub fn on(ledger: &Ledger, plan: &'static Plan, at: Moment) -> Option<Self> {
        let preview = Preview::on(ledger, plan, at);
        let (now, with_the_next) = (preview.charge_now?.total, preview.next_cycle?);
        let last_moment = ledger.account.cycle().end.plus_seconds(-1).max(at);
        let then = Preview::on(ledger, plan, last_moment).charge_now?.total;
        let next_cycle = plan.monthly_price;
        Some(Self {
            plan: &plan.id,
            now,
            last_moment,
            then,
            costs: then.minus(now),
            with_the_next,
            next_cycle,
        })
    }
}
