//! Where the account stands, in the contract's form.

use super::Account;
use crate::person::{Bonus, CreditPools, Current, Overage, OverageCap, PlanPool};
use headroom_exact::{Moment, Money};

impl Account {
    /// What the price list makes of the cycle's overage.
    fn overage_by_price(&self) -> Money {
        self.usage.overage.priced(self.edition.overage_unit_price)
    }

    /// What is charged for the cycle's overage: what the vendor says, with the list's price of what came after; none where
    /// the vendor says it in another currency.
    pub(super) fn overage_charge(&self) -> Option<Money> {
        let by_price = self.overage_by_price();
        let Some((credits, charge)) = self.told.overage.filter(|_| self.usage.overage.is_positive()) else {
            return Some(by_price);
        };
        let priced = credits.priced(self.edition.overage_unit_price);
        charge.map(|charge| {
            // A larger plan took some of it away: no more is charged for the rest than the list's price.
            let is_less = self.usage.overage < credits;
            if is_less { charge.min(by_price) } else { charge.plus(by_price.minus(priced)) }
        })
    }

    fn overage(&self) -> Overage {
        let (charge, by_price) = (self.overage_charge(), self.overage_by_price());
        let used = self.usage.overage;
        Overage {
            enabled: self.overage_enabled,
            idle: self.overage_enabled && !self.runs_beyond(),
            credits: used,
            charge,
            by_price: (charge != Some(by_price)).then_some(by_price),
            cap: self.told.cap.map(|credits| OverageCap {
                credits,
                left: credits.less_at_most_all(used),
                charge_at_most: credits.priced(self.edition.overage_unit_price),
            }),
        }
    }

    /// The account at `moment`, which lies in the running cycle, in the contract's form.
    pub(in crate::person) fn standing(&self, moment: Moment) -> Current {
        let plan = self.plan();
        Current {
            plan: &plan.id,
            next_plan: self.next_plan.map(|rank| self.edition.plan(rank).id.as_str()),
            cycle: self.cycle,
            credits: CreditPools {
                used: self.usage.used(),
                plan: PlanPool {
                    allowance: self.allowance().credits(),
                    used: self.usage.plan,
                    remaining: self.plan_left(),
                },
                bonus: self.bonus.map(|bonus| Bonus {
                    granted: bonus.granted,
                    used: bonus.used,
                    remaining: bonus.left_at(moment),
                    expires_at: bonus.expires_at,
                }),
                grants: self.grants.as_they_stand(moment),
                packs: (self.edition.has_packs() || !self.packs.is_empty())
                    .then(|| self.packs.as_they_stand(moment)),
                bonus_use_is_known: !self.usage.bonus_is_unknown,
                overage: self.overage(),
                uncovered: self.usage.uncovered,
            },
            paused: self.is_paused_at(moment),
            next_charge: self.closing_invoice(),
        }
    }
}
