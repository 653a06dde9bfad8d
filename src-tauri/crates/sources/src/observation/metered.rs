//! What a task's exact sum is billed as.

use super::Metering;
use crate::wire::number;
use headroom_exact::Credits;
use rust_decimal::Decimal;

/// Rounded to 0.01 half away from zero, at least 0.01 unless it is nothing (K4); none where it is too large.
fn billed(sum: Decimal) -> Option<Credits> {
    let credits = Credits::from_hundredths(number::hundredths(sum)?);
    Some(if sum.is_zero() { credits } else { credits.max(Credits::SMALLEST) })
}

/// Credits from here on are no amount that anybody uses, and can't be kept: a decimal of the contract has twelve digits before
/// its point.
const TOO_MANY: u64 = 1_000_000_000_000;

impl Metering {
    /// Of a sum; none where it is too large.
    pub(crate) fn of(sum: Decimal) -> Option<Self> {
        Self::can_be(&sum).then(|| Self::Metered(sum.normalize()))
    }

    /// Whether a sum of credits can have been used.
    pub(crate) fn can_be(sum: &Decimal) -> bool {
        *sum < Decimal::from(TOO_MANY) && billed(*sum).is_some()
    }

    /// What is billed, where that is known.
    pub fn credits(self) -> Option<Credits> {
        billed(self.exact()?)
    }

    /// The exact sum, where it is known.
    pub const fn exact(self) -> Option<Decimal> {
        match self {
            Self::Metered(exact) => Some(exact),
            Self::Unknown => None,
        }
    }
}
