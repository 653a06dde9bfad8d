//! Rows of reports that could not be read, by their days: what they say is missing from sums of those days.

use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

/// Rows of a day that could not be read. One that doesn't say its day either counts to that of the row before it, since
/// reports are in the order of their days; the first of a file to that of the row after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnreadRows {
    /// The day, UTC.
    pub date: NaiveDate,
    /// When it was exported, as [`ActivityRow::issued`].
    pub issued: Arc<str>,
    /// How many; none where all of them could be read.
    pub rows: u32,
}

/// Of each day keeps what the file exported last has; of two exported at once, the one read later.
pub fn keep_last(unread: &mut Vec<UnreadRows>) {
    unread.sort_by(|one, other| (one.date, &one.issued).cmp(&(other.date, &other.issued)));
    unread.reverse();
    unread.dedup_by_key(|unread| unread.date);
    unread.reverse();
}

/// The same while a file is read.
#[derive(Default)]
pub struct Unread {
    days: BTreeMap<NaiveDate, u32>,
    /// Of a day that isn't known yet.
    first: u32,
    last: Option<NaiveDate>,
}

impl Unread {
    /// Of that day a row was read, or so many were not; none where no row of the file has said a day yet.
    pub fn note(&mut self, day: Option<NaiveDate>, rows: u32) {
        let Some(day) = day else {
            self.first = self.first.saturating_add(rows);
            return;
        };
        if self.last == Some(day) && rows == 0 {
            return;
        }
        self.last = Some(day);
        let of_day = self.days.entry(day).or_default();
        *of_day = of_day.saturating_add(rows).saturating_add(mem::take(&mut self.first));
    }

    pub fn done(self, issued: &Arc<str>) -> impl Iterator<Item = UnreadRows> {
        let issued = Arc::clone(issued);
        self.days.into_iter().map(move |(date, rows)| UnreadRows { date, issued: Arc::clone(&issued), rows })
    }
}
