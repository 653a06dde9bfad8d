//! Exact amounts in two parts, because a sum of amounts that long doesn't fit one: whole units, rounded down, and what is
//! above them.

use crate::division;

/// Whole units, and what is above them in units of which there are `FINE` to a whole one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(crate) struct Parts<const FINE: i128> {
    /// Rounded down.
    pub whole: i128,
    /// At least 0 and below `FINE`.
    pub fine: i128,
}

impl<const FINE: i128> Parts<FINE> {
    /// Nothing.
    pub const ZERO: Self = Self::of_whole(0);

    /// Whole units alone.
    pub const fn of_whole(whole: i128) -> Self {
        Self { whole, fine: 0 }
    }

    /// In any number of both.
    pub fn of(whole: i128, fine: i128) -> Self {
        let (carried, fine) = division::split(fine, FINE);
        Self { whole: whole.saturating_add(carried), fine }
    }

    /// The sum of both.
    pub fn plus(self, other: Self) -> Self {
        Self::of(self.whole.saturating_add(other.whole), self.fine.saturating_add(other.fine))
    }

    /// This less `other`.
    pub fn minus(self, other: Self) -> Self {
        Self::of(self.whole.saturating_sub(other.whole), self.fine.saturating_sub(other.fine))
    }
}
