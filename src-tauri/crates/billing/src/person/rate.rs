//! How fast credits are used.

use headroom_exact::{Credits, Moment};

const DAY: i64 = 86_400;

/// Credits used in some seconds. It is carried as that fraction, never as what a day of it comes to: rounded to a hundredth
/// a day, a month of it would be off by up to fifteen hundredths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    used: Credits,
    /// One at least.
    seconds: i64,
}

impl Rate {
    /// So many credits in so many seconds.
    pub fn of(used: Credits, seconds: i64) -> Self {
        Self { used, seconds: seconds.max(1) }
    }

    /// So many credits on each whole day.
    pub const fn a_day(credits: Credits) -> Self {
        Self { used: credits, seconds: DAY }
    }

    /// The credits it was seen on.
    pub const fn used(self) -> Credits {
        self.used
    }

    /// What so many seconds come to, rounded once.
    pub fn in_seconds(self, seconds: i64) -> Credits {
        self.used.share(i128::from(seconds), i128::from(self.seconds))
    }

    /// What a whole day comes to.
    pub fn in_a_day(self) -> Credits {
        self.in_seconds(DAY)
    }

    /// What so many whole days come to.
    pub fn in_days(self, days: i64) -> Credits {
        self.in_seconds(days.saturating_mul(DAY))
    }

    /// When so many credits are used from `now` on. Something was used.
    pub(super) fn used_up(self, credits: Credits, now: Moment) -> Moment {
        let seconds = credits.share(i128::from(self.seconds), self.used.hundredths()).hundredths();
        now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
    }
}
