//! What the vendor says of the running cycle, from which its figures begin (V10).
//!
//! Its count holds everything, also what ran in the IDE or on another machine, and nothing that ran under somebody
//! else's login; the tasks recorded here may lack the one and hold the other. So from the moment of its answer on the
//! cycle is what the answer says, and everything later is computed from there. What the answer doesn't say stays as it
//! was computed.

use crate::catalog::PlanRank;
use crate::packs::{PoolKind, ToldPool};
use crate::usage::{Covered, Limit};
use headroom_exact::{Credits, Money};

/// What the vendor charges for overage so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToldCharge {
    /// It doesn't say: the price list does.
    ByPrice,
    /// So much.
    Dollars(Money),
    /// It names one that isn't known in dollars (V3): what is charged isn't known, whatever credits are named for it.
    Unknown,
}

/// What an answer says of the cycle in which it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningBalance {
    /// The plan that the vendor names, where it does.
    pub plan: Option<PlanRank>,
    /// The plan's credits, where it says so; else they are those of the plan that it names.
    pub limit: Option<Limit>,
    /// Used in the cycle: of the plan's credits, and beyond them. What was used of a trial and of bonuses is apart (V5).
    pub used: Credits,
    /// Of that, beyond the plan's credits: charged, or paid for by packs; none where it doesn't say.
    pub overage: Option<Credits>,
    /// What is charged for it.
    pub charge: ToldCharge,
    /// The overage switch; none where it doesn't say.
    pub overage_enabled: Option<bool>,
    /// Credits of overage that can be used at most in the cycle.
    pub overage_cap: Option<Credits>,
    /// Whether it is of an organisation's user, who keeps overage under every list (N2).
    pub of_organisation: bool,
    /// The pools beside the plan's.
    pub pools: Vec<ToldPool>,
}

/// What is charged as overage, as an answer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Charged {
    pub credits: Credits,
    /// Of these, so many although the plan has room for them.
    pub within: Credits,
    /// Dollars for it; none where they aren't known.
    pub charge: Option<Money>,
}

impl Charged {
    const fn new(credits: Credits, charge: Option<Money>) -> Self {
        Self { credits, within: Credits::ZERO, charge }
    }

    /// Whether there is any, in credits or in dollars alone.
    pub(super) fn is_any(self) -> bool {
        self.credits.is_positive() || self.charge.is_some_and(Money::is_positive)
    }
}

/// What covered the cycle's credits, as an answer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Split {
    pub covered: Covered,
    pub charged: Charged,
}

/// What an answer is read by.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub limit: Limit,
    /// Whether the switch keeps requests running beyond the plan.
    pub runs: bool,
    /// Whether there are packs that pay for what is beyond the plan.
    pub has_packs: bool,
    pub unit_price: Money,
}

impl OpeningBalance {
    /// Its pools of a kind.
    pub(super) fn of_kind(&self, kind: PoolKind) -> impl Iterator<Item = ToldPool> + use<'_> {
        self.pools.iter().filter(move |told| told.kind == kind).copied()
    }

    /// Whether it says anything of what is charged.
    pub(super) fn says_overage(&self) -> bool {
        self.overage.is_some() || self.charge != ToldCharge::ByPrice
    }

    /// What covered what was used. What is left of the plan is its limit less what was used, whatever is charged (V4). What is beyond the plan and isn't charged was paid for by packs, where there are some;
    /// else it is shown and not billed (K6).
    pub(super) fn split(&self, by: Reading) -> Split {
        let plan = by.limit.covers(self.used, Credits::ZERO);
        let beyond = self.used.minus(plan);
        let charged = self.charged(beyond, by);
        let overage = charged.credits.min(beyond);
        let charged = Charged { within: charged.credits.minus(overage), ..charged };
        let rest = beyond.minus(overage);
        let (packs, uncovered) = if by.has_packs { (rest, Credits::ZERO) } else { (Credits::ZERO, rest) };
        Split { covered: Covered { plan, packs, overage, uncovered }, charged }
    }

    /// The credits that are charged, and what for them. A charge leads, also where no credits are told for it (V6): it is
    /// for those beyond the plan, as far as there are some.
    fn charged(&self, beyond: Credits, by: Reading) -> Charged {
        let nothing = Charged::new(Credits::ZERO, Some(Money::ZERO));
        let credits = match (self.overage, self.charge) {
            (None, ToldCharge::ByPrice) => {
                let most = self.overage_cap.map_or(beyond, |cap| beyond.min(cap));
                let credits = if by.runs && !by.has_packs { most } else { Credits::ZERO };
                return Charged::new(credits, Some(credits.priced(by.unit_price)));
            }
            (Some(overage), ToldCharge::Dollars(_)) if overage.is_zero() => beyond,
            (overage, _) => overage.unwrap_or(beyond),
        };
        let priced = credits.priced(by.unit_price);
        match self.charge {
            ToldCharge::ByPrice if by.has_packs => nothing,
            ToldCharge::ByPrice => Charged::new(credits, Some(priced)),
            ToldCharge::Dollars(charge) if charge.is_zero() => nothing,
            // The rest of it was paid for by packs.
            ToldCharge::Dollars(charge) if by.has_packs && charge < priced => {
                Charged::new(credits.min(charge.buys(by.unit_price)), Some(charge))
            }
            ToldCharge::Dollars(charge) => Charged::new(credits, Some(charge)),
            ToldCharge::Unknown => Charged::new(credits, None),
        }
    }
}
