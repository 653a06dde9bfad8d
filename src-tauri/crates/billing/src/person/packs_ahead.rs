//! What goes on once nothing is left, where packs are sold in place of overage (N4).

use super::{Account, Outcome, Pace};
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment, Money};
use serde::Serialize;

/// Packs bought when an even pace has used up what is left, before the cycle ends. Amounts are without tax.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PacksAhead {
    /// When nothing is left: now, or later in the cycle.
    pub from: Moment,
    /// What the smallest pack costs.
    pub smallest: Money,
    /// Its credits.
    pub credits: Credits,
    /// Until when it lasts if it is bought then; none if to the cycle's end, or longer.
    pub lasts_until: Option<Moment>,
    /// Credits that are missing until the cycle's end.
    pub beyond: Credits,
    /// What packs for all of them cost.
    pub to_the_end: Money,
}

impl PacksAhead {
    /// None where packs aren't sold, as on Free, and where what is left is enough.
    pub fn at(pace: &Pace, account: &Account, now: Moment) -> Option<Self> {
        let offer = account.offered_packs()?;
        let from = match pace.outcome {
            Outcome::AtLimit => now,
            Outcome::LimitAt(moment) => moment,
            Outcome::LeftAtReset { .. } | Outcome::NoLimit => return None,
        };
        if pace.beyond.is_zero() {
            return None;
        }
        let credits = offer.credits_for(offer.smallest)?;
        let lasts_until = pace.used_up_with(credits, now);
        Some(Self {
            from,
            smallest: offer.smallest,
            credits,
            lasts_until: (lasts_until < account.cycle().end).then_some(lasts_until),
            beyond: pace.beyond,
            to_the_end: offer.price_of(pace.beyond),
        })
    }
}
