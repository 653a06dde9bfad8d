//! What a task's exact sum is billed as.

use super::Metering;
use crate::wire::number;
use headroom_exact::Credits;
use rust_decimal::Decimal;

impl Metering {
    /// A sum, rounded to 0.01 half away from zero, at least 0.01 unless it is nothing (K4); none where it is too large.
    pub(crate) fn of(sum: Decimal) -> Option<Self> {
        let credits = Credits::from_hundredths(number::hundredths(sum)?);
        let credits = if sum.is_zero() { credits } else { credits.max(Credits::SMALLEST) };
        Some(Self::Metered { credits, exact: sum.normalize().to_string() })
    }
}
