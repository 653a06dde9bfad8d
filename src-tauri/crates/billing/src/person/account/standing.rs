//! Where the account stands, in the contract's form.

use super::Account;
use crate::assumption::Assumption;
use crate::invoice::{Invoice, Line};
use crate::person::{Bonus, CreditPools, Current, Overage, OverageAhead, OverageCap, PlanPool};
use crate::usage::{Limit, Limits};
use headroom_exact::{Credits, Moment, Money};

impl Account {
    /// What the plan and overage cover of the cycle's credits. A cap ends overage, but for what the vendor says is charged
    /// beyond it.
    pub(super) fn limits(&self) -> Limits {
        let told = self.told.overage.map(|told| (told.credits, told.within)).unwrap_or_default();
        let of_tasks = |cap: Credits| Limit::Credits(cap.max(told.0).less_at_most_all(told.1));
        Limits { plan: self.allowance(), overage: self.told.cap.map_or(Limit::NoLimit, of_tasks) }
    }

    /// Credits of overage at most in the cycle, where the vendor says so.
    pub(in crate::person) const fn overage_cap(&self) -> Option<Credits> {
        self.told.cap
    }

    /// None without a limit.
    pub(super) fn plan_left(&self) -> Option<Credits> {
        self.allowance().left(self.usage.plan)
    }

    /// The cycle's credits of overage: what lies beyond the plan, and what the vendor charges although the plan has room.
    pub(super) fn overage_credits(&self) -> Credits {
        self.usage.overage.plus(self.told.overage.map(|told| told.within).unwrap_or_default())
    }

    /// What the price list makes of the cycle's overage.
    fn overage_by_price(&self) -> Money {
        self.overage_credits().priced(self.edition.overage_unit_price)
    }

    /// What is charged for the cycle's overage: what the vendor says, with the list's price of what came after; none where
    /// the vendor says it in another currency.
    pub(super) fn overage_charge(&self) -> Option<Money> {
        let (credits, by_price) = (self.overage_credits(), self.overage_by_price());
        let Some(told) = self.told.overage else { return Some(by_price) };
        // A larger plan took some of it away: no more is charged for the rest than the list's price.
        let is_less = credits < told.credits;
        if is_less && credits.is_zero() {
            return Some(Money::ZERO);
        }
        let priced = told.credits.priced(self.edition.overage_unit_price);
        let charge = told.charge?;
        Some(if is_less { charge.min(by_price) } else { charge.plus(by_price.minus(priced)) })
    }

    /// What the cycle's end charges for its overage, if it charges any. Where the vendor names no credits for its charge,
    /// the line says none.
    pub(super) fn overage_line(&self) -> Option<Line> {
        let (credits, amount) = (self.overage_credits(), self.overage_charge()?);
        let line = Line::overage(self.plan(), credits, self.edition.overage_unit_price, self.cycle);
        let line = Line { amount, ..line };
        if credits.is_positive() {
            return Some(line);
        }
        amount.is_positive().then_some(Line { quantity: None, unit_price: None, ..line })
    }

    /// That overage, then the next cycle's subscription (rules.md, "K5 at the boundary").
    pub(super) fn closing_lines(&self, overage: Option<Line>) -> Vec<Line> {
        let plan = self.plan_after();
        let fee = plan.is_paid().then(|| Line::subscription(plan, self.month.plus(1).period()));
        overage.into_iter().chain(fee).collect()
    }

    /// What the cycle's end charges where its overage comes to what is ahead, tax included; none where that is nothing.
    pub fn closing_at(&self, ahead: &OverageAhead) -> Option<Invoice> {
        let line = Line::overage(self.plan(), ahead.credits, self.edition.overage_unit_price, self.cycle);
        let overage = ahead.charge.is_positive().then_some(Line { amount: ahead.charge, ..line });
        self.invoice(self.cycle.end, self.closing_lines(overage))
    }

    fn overage(&self) -> Overage {
        let (charge, by_price) = (self.overage_charge(), self.overage_by_price());
        let used = self.overage_credits();
        Overage {
            enabled: self.overage_enabled,
            idle: self.overage_enabled && !self.runs_beyond(),
            credits: used,
            charge,
            by_price: (charge != Some(by_price)).then_some(by_price),
            cap: self.told.cap.map(|credits| {
                let left = credits.less_at_most_all(used);
                let priced = |credits: Credits| credits.priced(self.edition.overage_unit_price);
                let more = priced(used.plus(left)).minus(by_price);
                OverageCap { credits, left, charge_at_most: charge.map(|charge| charge.plus(more)) }
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
            assumptions: self.assumptions(),
        }
    }

    /// What no source settles of the overage that is charged.
    fn assumptions(&self) -> Vec<Assumption> {
        if self.overage_charge() == Some(Money::ZERO) {
            return Vec::new();
        }
        let rests = [
            (self.told.by_price, Assumption::OverageByPrice),
            (self.told.while_off, Assumption::ChargedWhileOff),
        ];
        rests.into_iter().filter_map(|(rests, assumption)| rests.then_some(assumption)).collect()
    }
}
