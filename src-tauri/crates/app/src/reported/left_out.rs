//! What of a machine's requests is in no sum (F6): those to other providers, those of which nobody knows whose they are, and what
//! could not be read. Kept day by day, so that every sum says what isn't in it.

pub(crate) mod missing;

use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What isn't in a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Apart {
    /// Requests to other providers, which Kilo doesn't bill.
    pub elsewhere: u64,
    /// Requests of which nobody knows whose they are: they may be Kilo's.
    pub unnamed: u64,
    /// Whether something could not be read.
    pub is_missing: bool,
}

impl Apart {
    /// Whether the sum may be too low.
    pub const fn is_part(self) -> bool {
        self.unnamed > 0 || self.is_missing
    }
}

/// What isn't in the sums of days.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct LeftOut {
    days: BTreeMap<NaiveDate, Apart>,
    /// Whether something could not be read of which nobody knows the day.
    is_missing: bool,
}

impl LeftOut {
    pub(super) fn add(&mut self, date: NaiveDate, elsewhere: u64, unnamed: u64) {
        if elsewhere > 0 || unnamed > 0 {
            let day = self.days.entry(date).or_default();
            day.elsewhere = day.elsewhere.saturating_add(elsewhere);
            day.unnamed = day.unnamed.saturating_add(unnamed);
        }
    }

    /// Something could not be read on that day, or on one that nobody knows.
    pub(super) fn misses(&mut self, date: Option<NaiveDate>) {
        match date {
            Some(date) => self.days.entry(date).or_default().is_missing = true,
            None => self.is_missing = true,
        }
    }

    /// Of these days, both included.
    pub fn of(&self, (first, last): (NaiveDate, NaiveDate)) -> Apart {
        let nothing = Apart { is_missing: self.is_missing, ..Apart::default() };
        if first > last {
            return nothing;
        }
        self.days.range(first..=last).fold(nothing, |sum, (_, day)| Apart {
            elsewhere: sum.elsewhere.saturating_add(day.elsewhere),
            unnamed: sum.unnamed.saturating_add(day.unnamed),
            is_missing: sum.is_missing || day.is_missing,
        })
    }

    /// Whether something of that very day is missing.
    pub fn is_part_on(&self, date: NaiveDate) -> bool {
        self.days.get(&date).is_some_and(|day| day.is_part())
    }
}
