//! Kilo Pass of a team: credits each month, a pass for each paid seat, and a bonus once they are spent
//! (interfaces-2026 §5.3).
//!
//! What a pass brings comes in tranches: one when a month begins, one for each seat added within it. Each has its own bonus,
//! which is there once as much was spent since the tranche came as its base is. Base credits stay; of the bonus what isn't
//! spent when the month ends is gone, so it is spent first (A25).

use crate::catalog::PassTerms;
use crate::invoice::{Name, TimeShare};
use chrono::NaiveDate;
use headroom_exact::calendar::Anniversary;
use headroom_exact::{Balance, Moment, Money, Period};
use serde::Serialize;

/// Where the bonus of a month stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PassBonus {
    /// All that the month can bring.
    pub amount: Balance,
    /// What is there of it, spent or not.
    pub unlocked: Balance,
    /// What is left of that.
    pub left: Balance,
    /// What is still to be spent before more of it is there; none where all of it is.
    pub unlocks_after: Option<Balance>,
}

/// Kilo Pass at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PassCurrent {
    /// The tier.
    pub tier: Name,
    /// The tier of the next cycle; none if it ends with this one.
    pub next_tier: Option<Name>,
    /// Passes, one for each paid seat.
    pub passes: u64,
    /// The month of credits that runs.
    pub window: Period,
    /// Base credits that came in it.
    pub base: Balance,
    /// Credits that come once a failing payment has succeeded.
    pub held: Balance,
    /// The bonus of it.
    pub bonus: PassBonus,
}

/// What came at once.
#[derive(Clone, Copy, Debug)]
struct Tranche {
    base: Balance,
    bonus: Balance,
    unlock: Balance,
    spent: Balance,
    is_unlocked: bool,
}

/// Kilo Pass between two events.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub(super) terms: PassTerms,
    /// Whether it ends with the cycle.
    pub(super) ends: bool,
    windows: Anniversary,
    window_number: u32,
    tranches: Vec<Tranche>,
    /// The running month's tranche, where it came while a payment was failing.
    held: Option<Tranche>,
    bonus_left: Balance,
}

impl Pass {
    /// Kilo Pass from `at` on, in the cycle that begins with the month of that number; nothing has come of it yet.
    pub(super) fn begin(terms: PassTerms, first_day: NaiveDate, first_month: u32, at: Moment) -> Self {
        let windows = Anniversary::new(first_day, 1);
        let mut window_number = first_month;
        while windows.cycle(window_number).end <= at {
            window_number = window_number.saturating_add(1);
        }
        Self {
            terms,
            ends: false,
            windows,
            window_number,
            tranches: Vec::new(),
            held: None,
            bonus_left: Balance::ZERO,
        }
    }

    /// The month of credits that runs.
    pub(super) fn window(&self) -> Period {
        self.windows.cycle(self.window_number)
    }

    /// What is left of bonuses.
    pub(super) const fn bonus_left(&self) -> Balance {
        self.bonus_left
    }

    /// Credits for so many passes and that share of the month come: the base of them. While a payment is failing the bonus is
    /// held back.
    pub(super) fn issue(&mut self, passes: u64, share: Option<TimeShare>, is_failing: bool) -> Balance {
        let of = |each: Money| {
            let all = each.times(passes);
            share.map_or_else(|| Balance::of_money(all), |share| share.share_of_credits(all))
        };
        let tranche = Tranche {
            base: of(self.terms.base),
            bonus: of(self.terms.bonus),
            unlock: of(self.terms.unlock),
            spent: Balance::ZERO,
            is_unlocked: false,
        };
        if is_failing {
            self.held = Some(tranche);
        } else {
            self.add(tranche);
        }
        tranche.base
    }

    fn add(&mut self, tranche: Tranche) {
        let is_unlocked = self.terms.upfront;
        if is_unlocked {
            self.bonus_left = self.bonus_left.plus(tranche.bonus);
        }
        self.tranches.push(Tranche { is_unlocked, ..tranche });
    }

    /// A payment succeeded: what was held back of the running month is there.
    pub(super) fn release(&mut self) {
        if let Some(tranche) = self.held.take() {
            self.add(tranche);
        }
    }

    /// Spends so much: what the bonus covers of it. Then looks whether more of the bonus is there.
    pub(super) fn spend(&mut self, cost: Balance) -> Balance {
        let covered = cost.min(self.bonus_left);
        self.bonus_left = self.bonus_left.minus(covered);
        if cost.is_positive() {
            for tranche in &mut self.tranches {
                tranche.spent = tranche.spent.plus(cost);
                if !tranche.is_unlocked && tranche.spent >= tranche.unlock {
                    tranche.is_unlocked = true;
                    self.bonus_left = self.bonus_left.plus(tranche.bonus);
                }
            }
        }
        covered
    }

    /// The month ends, and the next begins.
    pub(super) fn turn(&mut self) {
        self.window_number = self.window_number.saturating_add(1);
        self.tranches.clear();
        self.bonus_left = Balance::ZERO;
    }

    /// Where it stands with so many paid seats, and so much held back.
    pub(super) fn standing(&self, passes: u64, held: Balance) -> PassCurrent {
        let tranches = || self.tranches.iter();
        let locked = tranches().filter(|tranche| !tranche.is_unlocked);
        PassCurrent {
            tier: self.terms.tier.clone(),
            next_tier: (!self.ends).then(|| self.terms.tier.clone()),
            passes,
            window: self.window(),
            base: tranches().map(|tranche| tranche.base).sum(),
            held,
            bonus: PassBonus {
                amount: tranches().map(|tranche| tranche.bonus).sum(),
                unlocked: tranches().filter(|tranche| tranche.is_unlocked).map(|tranche| tranche.bonus).sum(),
                left: self.bonus_left,
                unlocks_after: locked.map(|tranche| tranche.unlock.minus(tranche.spent)).min(),
            },
        }
    }
}
