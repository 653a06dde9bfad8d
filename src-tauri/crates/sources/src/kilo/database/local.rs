//! What the records of a machine hold, and what of it counts together with what others hold.

use super::day::{Counts, Day, counting};
use super::part::Besides;
use super::reach::Reaches;
use crate::files::reason::Reason;
use crate::observation::SpendRow;
use crate::worker::believed;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What the databases hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocalSpend {
    /// What it comes to by day and model.
    pub rows: Vec<SpendRow>,
    /// The requests that are in it, by day.
    pub days: BTreeMap<NaiveDate, Day>,
    /// What counts of each of these days, as long as no other record holds any of it.
    pub counts: BTreeMap<NaiveDate, Counts>,
    /// The databases that were read.
    pub files: Vec<PathBuf>,
    /// Databases beside them that could not be read, and why.
    pub skipped: Vec<(PathBuf, Reason)>,
    /// Tasks that are cut off, and why: what stands before that is in it.
    pub broke_off: Vec<(PathBuf, Reason)>,
    /// How far the tasks of the legacy extension's reach.
    pub reaches: Reaches,
    /// Copies of requests that were left out, by the day of the request.
    pub copies: BTreeMap<NaiveDate, u64>,
    /// Requests to other providers, which Kilo doesn't bill.
    pub elsewhere: u64,
    /// Requests that don't say whose they are: they may be Kilo's.
    pub unnamed: u64,
    /// Messages that could not be read.
    pub unreadable: u64,
    /// The same by day, under none where nobody knows it; with none of a day that lacks what stands in a file that could not be
    /// read. Sums of those days are the least they can be.
    pub unread: BTreeMap<Option<NaiveDate>, u64>,
}

impl LocalSpend {
    /// Requests that are in it.
    #[must_use]
    pub fn requests(&self) -> u64 {
        requests(&self.rows)
    }

    /// Adds what a worker said beside the requests; a file by its place among those it reads.
    pub(super) fn add(&mut self, besides: Besides, files: &[PathBuf]) {
        let named = |place: usize, why| Some((files.get(place)?.clone(), believed(why)));
        match besides {
            Besides::Copies(copies) => self.copies.extend(copies),
            Besides::Unread(messages) => self.unread.extend(messages),
            Besides::Skipped(place, why) => self.skipped.extend(named(place, why)),
            Besides::BrokeOff(place, why) => self.broke_off.extend(named(place, why)),
            Besides::Reaches(Reaches { whole, cut }) => {
                self.reaches.whole.extend(whole);
                self.reaches.cut.extend(cut);
            }
        }
    }
}

/// Requests that are in the rows.
#[must_use]
pub fn requests(rows: &[SpendRow]) -> u64 {
    rows.iter().filter_map(|row| row.requests).fold(0, u64::saturating_add)
}

/// Those of them whose cost isn't said: in no sum.
#[must_use]
pub fn unpriced(rows: &[SpendRow]) -> u64 {
    let unpriced = rows.iter().filter(|row| row.cost.is_none());
    unpriced.filter_map(|row| row.requests).fold(0, u64::saturating_add)
}

/// What counts of several records together, by day and model: a request that several hold counts once (F6).
#[must_use]
pub fn together(records: &[&LocalSpend]) -> Counts {
    if let [alone] = records {
        let LocalSpend { rows, elsewhere, unnamed, .. } = alone;
        return Counts { rows: rows.clone(), elsewhere: *elsewhere, unnamed: *unnamed };
    }
    let dates: BTreeSet<_> = records.iter().flat_map(|local| local.days.keys().copied()).collect();
    let mut all = Counts::default();
    for date in dates {
        let held: Vec<_> = records.iter().filter_map(|local| local.days.get(&date)).collect();
        for counts in counting(date, &held) {
            all.rows.extend(counts.rows);
            all.elsewhere = all.elsewhere.saturating_add(counts.elsewhere);
            all.unnamed = all.unnamed.saturating_add(counts.unnamed);
        }
    }
    all
}
