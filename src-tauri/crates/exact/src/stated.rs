//! Credits as a report states them: kept to a billionth, summed exactly, rounded once (rule F5).

use crate::division;
use crate::units::Credits;

/// Billionths in a hundredth.
const A_HUNDREDTH: i64 = 10_000_000;

/// So many credits of one row of a report, in billionths. (K4's rounding is for one person's tasks; a row is none.)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct StatedCredits(i64);

impl StatedCredits {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// From a whole number of billionths.
    pub const fn from_billionths(billionths: i64) -> Self {
        Self(billionths)
    }

    /// As a whole number of billionths.
    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// Whether there is some of it.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Alone, rounded.
    pub fn rounded(self) -> Credits {
        StatedSum::from(self).rounded()
    }
}

impl From<Credits> for StatedCredits {
    /// What was rounded already when it was kept.
    fn from(credits: Credits) -> Self {
        Self(i64::try_from(credits.hundredths()).unwrap_or(i64::MAX).saturating_mul(A_HUNDREDTH))
    }
}

/// What rows come to together, exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct StatedSum(i128);

impl StatedSum {
    /// Of all of these rows.
    pub fn of(credits: impl IntoIterator<Item = StatedCredits>) -> Self {
        let mut sum = Self::default();
        for credits in credits {
            sum.add(credits);
        }
        sum
    }

    /// A row more.
    pub fn add(&mut self, credits: StatedCredits) {
        self.0 = self.0.saturating_add(i128::from(credits.0));
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self(self.0.saturating_add(more.0))
    }

    /// As credits are shown and charged: rounded to a hundredth, half away from zero.
    pub fn rounded(self) -> Credits {
        Credits::from_hundredths(division::divide_half_away(self.0, i128::from(A_HUNDREDTH)))
    }

    /// From a whole number of billionths.
    pub const fn from_billionths(billionths: i128) -> Self {
        Self(billionths)
    }
}

impl From<StatedCredits> for StatedSum {
    fn from(credits: StatedCredits) -> Self {
        Self(credits.0.into())
    }
}

/// Rows that are metered one after the other: what each adds to their sum, which is rounded once.
#[derive(Clone, Copy, Default, Debug)]
pub struct RoundedOnce {
    sum: StatedSum,
    metered: Credits,
}

impl RoundedOnce {
    /// A row more.
    pub fn add(&mut self, credits: StatedCredits) {
        self.sum.add(credits);
    }

    /// What the rows since this was asked last add to the rounded sum.
    pub fn metered(&mut self) -> Credits {
        let now = self.sum.rounded();
        let added = now.minus(self.metered);
        self.metered = now;
        added
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metered_one_by_one_rows_come_to_their_rounded_sum() {
        let row = StatedCredits::from_billionths(4_900_000);
        let mut rows = RoundedOnce::default();
        let mut metered = Vec::new();
        for _ in 0..5 {
            rows.add(row);
            metered.push(rows.metered().hundredths());
        }
        assert_eq!(metered, [0, 1, 0, 1, 0], "0.0049, 0.0098, 0.0147, 0.0196, 0.0245");
    }

    #[test]
    fn rows_are_summed_exactly_and_rounded_once() {
        let row = StatedCredits::from_billionths(16_134_900_000);
        let sum = StatedSum::of([row; 62]);
        assert_eq!(sum.rounded().to_string(), "1000.36", "and not 62 times 16.13");
        assert_eq!(row.rounded().to_string(), "16.13");
        assert_eq!(StatedCredits::from(Credits::from_hundredths(5)).billionths(), 50_000_000);
        assert_eq!(
            StatedCredits::from_billionths(5_000_000).rounded().to_string(),
            "0.01",
            "half away from zero"
        );
    }
}
