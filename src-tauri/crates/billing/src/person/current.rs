//! Where one person's account stands, in the contract's form (`scenario.md`, "kiro-individual").

use crate::invoice::Invoice;
use crate::packs::Pack;
use headroom_exact::division::{percent, permille};
use headroom_exact::{Credits, Moment, Money, Period};
use serde::Serialize;

/// The plan's credits in the running cycle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlanPool {
    /// What the plan gives a cycle.
    pub allowance: Credits,
    /// What of it is used.
    pub used: Credits,
    /// What of it is left.
    pub remaining: Credits,
}

impl PlanPool {
    /// Used of it, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        permille(self.used.hundredths(), self.allowance.hundredths())
    }

    /// How much of it is used, in percent, rounded down.
    pub fn used_percent(&self) -> u32 {
        percent(self.used.hundredths(), self.allowance.hundredths())
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
    /// From this instant they are gone.
    pub expires_at: Moment,
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
    /// Credits beyond the plan's while it was on.
    pub credits: Credits,
    /// Their price so far.
    pub charge: Money,
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
    /// Add-on packs in the order they are used; none where the running cycle's list has no such thing and the
    /// vendor said of none (N4).
    pub packs: Option<Vec<Pack>>,
    /// Beyond the plan, charged.
    pub overage: Overage,
    /// Beyond the plan with overage off: shown, never billed (K6).
    pub uncovered: Credits,
}

impl CreditPools {
    /// What can still be used without overage: plan, bonus, grants and packs.
    pub fn left(&self) -> Credits {
        let bonus = self.bonus.as_ref().map_or(Credits::ZERO, |bonus| bonus.remaining);
        let grants = self.grants.iter().map(|grant| grant.remaining).sum();
        self.plan.remaining.plus(bonus).plus(grants).plus(self.left_in_packs())
    }

    /// Used of what this cycle has in all pools, in tenths of a percent, rounded down.
    pub fn used_permille(&self) -> u32 {
        permille(self.used.hundredths(), self.used.plus(self.left()).hundredths())
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
}
