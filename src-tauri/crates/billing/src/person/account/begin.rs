//! The running cycle begins with what the vendor says of it (V10).

use super::{Account, BonusPool, Told};
use crate::packs::{PoolKind, ToldPool};
use crate::person::opening::{OpeningBalance, Reading, Split, ToldCharge};
use crate::usage::Limit;
use headroom_exact::{Credits, Moment};

impl Account {
    /// From here on the cycle is what the vendor says. Nothing is charged by it: the fee follows the plan that the account
    /// is on (V4). Where the vendor says just what was computed, the tasks that led there go on to count, so that the
    /// month can be rated again (K10).
    pub(in crate::person) fn begin_from(&mut self, opening: &OpeningBalance, at: Moment) {
        let capped_before = self.limits().overage;
        self.take_beside(opening, at);
        let plan = opening.plan.and_then(|plan| self.edition.plan_ranked(plan));
        let limit = opening.limit.or(plan.map(|plan| Limit::Credits(plan.allowance)));
        self.told.limit = limit.or(self.told.limit);
        self.of_organisation |= opening.of_organisation;
        let is_on = opening.overage_enabled.unwrap_or(self.overage_enabled);
        let can_be_charged = self.edition.has_overage(self.plan()) || self.of_organisation;
        let told: Vec<_> = opening.of_kind(PoolKind::Pack).collect();
        let split = opening.split(Reading {
            limit: self.allowance(),
            runs: is_on && can_be_charged,
            has_packs: !told.is_empty() || self.packs.stated().reach_beyond(self.cycle.start),
            unit_price: self.edition.overage_unit_price,
        });
        let charged = split.charged.is_any();
        self.overage_enabled = opening.overage_enabled.unwrap_or(self.overage_enabled || charged);
        let overage = opening.says_overage().then_some(split.charged);
        self.told = Told {
            limit: self.told.limit,
            overage,
            cap: opening.overage_cap,
            by_price: opening.charge == ToldCharge::ByPrice && opening.overage.is_some() && charged,
            while_off: opening.overage_enabled == Some(false) && charged,
        };
        // Tasks before another cap than theirs aren't rated again by it.
        let is_capped_alike = self.limits().overage == capped_before;
        self.take_packs_and_usage(&told, split, at, is_capped_alike);
        self.usage.level_days(self.cycle.day_of(at));
    }

    /// The trial, and what else was granted. A trial that isn't named isn't there; what its owner stated stays (N7).
    fn take_beside(&mut self, opening: &OpeningBalance, at: Moment) {
        let trial = opening.of_kind(PoolKind::Trial).next().map(|told| BonusPool {
            granted: told.pool.granted,
            used: told.pool.used,
            expires_at: told.pool.expires_at,
            is_spent: !told.counts,
        });
        let another_trial = trial != self.bonus;
        self.bonus = trial;
        let others = self.grants.take_over(opening.of_kind(PoolKind::Bonus), at);
        if another_trial || others {
            let can_be_used = |told: &ToldPool| {
                told.counts && told.pool.used.is_positive() && told.pool.expires_at.is_none_or(|end| end > at)
            };
            self.usage.bonus = Credits::ZERO;
            self.usage.bonus_is_unknown = opening
                .of_kind(PoolKind::Trial)
                .chain(opening.of_kind(PoolKind::Bonus))
                .any(|told| can_be_used(&told));
        }
    }

    /// The packs, if some are named, and what covered what was used.
    fn take_packs_and_usage(&mut self, told: &[ToldPool], split: Split, at: Moment, is_capped_alike: bool) {
        let packs = if told.is_empty() { self.packs.stated() } else { self.packs.as_told(told, at) };
        if is_capped_alike && packs.stand_like(&self.packs) && split.covered == self.usage.covered() {
            return;
        }
        self.packs = packs;
        if told.is_empty() {
            self.packs.give_back();
            let reach = self.packs.reach(at);
            self.packs.take(split.covered.packs, reach);
        } else {
            self.packs.were_used_now(split.covered.packs);
        }
        let reach = self.packs.reach(at);
        self.usage.begin_with(split.covered, self.is_charged_beyond(), reach);
    }
}
