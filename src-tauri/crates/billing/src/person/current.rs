//! Where one person's account stands, in the contract's form (`scenario.md`, "kiro-individual").

use crate::assumption::Assumption;
use crate::invoice::Invoice;
use crate::packs::Pack;
use headroom_exact::division::{percent, permille};
use headroom_exact::{Credits, Moment, Money, Period};
use serde::Serialize;
use std::collections::BTreeMap;

/// The plan's credits in the running cycle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlanPool {
    /// What the plan gives in the cycle; none without a limit.
    pub allowance: Option<Credits>,
    /// What of it is used.
    pub used: Credits,
    /// What of it is left; none without a limit.
    pub remaining: Option<Credits>,
}

impl PlanPool {
    /// Used of it, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        self.allowance.map_or(0, |allowance| permille(self.used.hundredths(), allowance.hundredths()))
    }

    /// How much of it is used, in percent, rounded down.
    pub fn used_percent(&self) -> u32 {
        self.allowance.map_or(0, |allowance| percent(self.used.hundredths(), allowance.hundredths()))
    }
}

/// Bonus credits (K2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Bonus {
    /// Granted at the sign-up.
    pub granted: Credits,
    /// Used since granted.
    pub used: Credits,
    /// Left; zero once expired.
    pub remaining: Credits,
    /// From this instant they are gone; none if they stay.
    pub expires_at: Option<Moment>,
}

impl Bonus {
    /// Used of it, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        permille(self.used.hundredths(), self.granted.hundredths())
    }
}

/// Overage in the running cycle (K5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Overage {
    /// Whether the switch is on.
    pub enabled: bool,
    /// Whether it is on and keeps no requests running: the vendor still calls it on where packs took overage's place (N2), or
    /// its cap is reached.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub idle: bool,
    /// Credits beyond the plan's while it was on.
    pub credits: Credits,
    /// What is charged for them so far; none where the vendor says it in another currency.
    pub charge: Option<Money>,
    /// What the price list makes of them, where that is another amount (V6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_price: Option<Money>,
    /// What can be used at most in the cycle, where the vendor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<OverageCap>,
}

impl Overage {
    /// Whether it keeps requests running beyond all credits (V5).
    pub const fn keeps_running(&self) -> bool {
        self.enabled && !self.idle
    }

    /// What the vendor charges beyond the price list's amount, negative where it charges less; none where it doesn't differ,
    /// or isn't known.
    pub fn beyond_the_price(&self) -> Option<Money> {
        Some(self.charge?.minus(self.by_price?))
    }
}

/// The most overage of a cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct OverageCap {
    /// In credits.
    pub credits: Credits,
    /// What of it is left.
    pub left: Credits,
    /// What the cycle's overage comes to once all of it is used: the charge so far, and the rest by the price list. None
    /// where the charge so far isn't known.
    pub charge_at_most: Option<Money>,
}

impl OverageCap {
    /// Whether nothing of it is left.
    pub const fn is_reached(&self) -> bool {
        self.left.is_zero()
    }
}

/// The pools, kept apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CreditPools {
    /// Everything accepted in this cycle.
    pub used: Credits,
    /// The plan's.
    pub plan: PlanPool,
    /// The bonus, if one was granted.
    pub bonus: Option<Bonus>,
    /// Credits granted beside the plan, as their owner stated, in the order they are used (N7).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Pack>,
    /// Whether it is known what the cycle used of bonus and grants: the vendor may say what was used of them since they
    /// were granted, which may be in `used` or before the cycle.
    #[serde(skip)]
    pub bonus_use_is_known: bool,
    /// Add-on packs in the order they are used; none where the running cycle's list has no such thing and there is
    /// none (N4).
    pub packs: Option<Vec<Pack>>,
    /// Beyond the plan, charged.
    pub overage: Overage,
    /// Beyond the plan with overage off: shown, never billed (K6).
    pub uncovered: Credits,
}

impl CreditPools {
    /// What can still be used without overage: plan, bonus, grants and packs. None where the plan has no limit.
    pub fn left(&self) -> Option<Credits> {
        Some(self.plan.remaining?.plus(self.left_beside_the_plan()))
    }

    /// What a task can still use: what is left, and while overage keeps requests running, what its cap leaves. None without
    /// an end.
    pub(crate) fn served(&self) -> Option<Credits> {
        let left = self.left()?;
        if !self.overage.keeps_running() {
            return Some(left);
        }
        self.overage.cap.map(|cap| left.plus(cap.left))
    }

    /// Of the bonus and the grants what ends first of those that something is left in, and what is.
    pub fn ends_first(&self) -> Option<(Credits, Moment)> {
        let bonus = self.bonus.iter().map(|bonus| (bonus.remaining, bonus.expires_at));
        let grants = self.grants.iter().map(|grant| (grant.remaining, grant.expires_at));
        let there = bonus.chain(grants).filter(|(left, _)| left.is_positive());
        there.filter_map(|(left, end)| Some((left, end?))).min_by_key(|(_, end)| *end)
    }

    /// What of that is gone before a moment, whatever is used until then: the first to go first, what goes together in one.
    pub fn gone_before(&self, moment: Moment) -> Vec<(Credits, Moment)> {
        let bonus = self.bonus.iter().map(|bonus| (bonus.remaining, bonus.expires_at));
        let grants = self.grants.iter().chain(self.packs.iter().flatten());
        let all = bonus.chain(grants.map(|grant| (grant.remaining, grant.expires_at)));
        let mut gone: BTreeMap<Moment, Credits> = BTreeMap::new();
        for (left, end) in all.filter(|(left, _)| left.is_positive()) {
            if let Some(end) = end.filter(|end| *end < moment) {
                let sum = gone.entry(end).or_insert(Credits::ZERO);
                *sum = sum.plus(left);
            }
        }
        gone.into_iter().map(|(end, left)| (left, end)).collect()
    }

    /// What is left in the grants.
    pub fn left_in_grants(&self) -> Credits {
        self.grants.iter().map(|grant| grant.remaining).sum()
    }

    /// What can still be used of bonus, grants and packs.
    fn left_beside_the_plan(&self) -> Credits {
        let bonus = self.bonus.as_ref().map_or(Credits::ZERO, |bonus| bonus.remaining);
        bonus.plus(self.left_in_grants()).plus(self.left_in_packs())
    }

    /// Used of what this cycle has in all pools, in tenths of a percent, rounded down; nothing where there is no limit.
    pub fn used_permille(&self) -> u32 {
        self.left().map_or(0, |left| permille(self.used.hundredths(), self.used.plus(left).hundredths()))
    }

    /// What would be left in the add-on packs if what went back to them in this cycle hadn't (A2).
    pub fn left_in_packs_if_kept(&self, gone_back: Credits) -> Credits {
        self.left_in_packs().less_at_most_all(gone_back)
    }

    /// What is left in the add-on packs.
    pub fn left_in_packs(&self) -> Credits {
        self.packs.iter().flatten().map(|pack| pack.remaining).sum()
    }
}

/// The account at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Current {
    /// The plan's id.
    pub plan: &'static str,
    /// The plan from the cycle's end on, when a change is scheduled.
    pub next_plan: Option<&'static str>,
    /// The running cycle.
    pub cycle: Period,
    /// Its credits.
    pub credits: CreditPools,
    /// Whether requests pause now (K6).
    pub paused: bool,
    /// What the cycle's end charges if nothing more happens.
    pub next_charge: Option<Invoice>,
    /// What no source settles of the cycle's overage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
}
