//! What exports say of each day, and which of two that tell of one counts (F6).

use crate::observation::SpendRow;
use chrono::NaiveDate;
use headroom_exact::Balance;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What an export says of a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageDay {
    /// When it was exported, by the file's name: the greater, the later; empty where it doesn't say so, and of a part of a day.
    pub issued: String,
    /// By user and model.
    pub rows: Vec<SpendRow>,
}

/// How many requests of a day rows tell of; none where one doesn't say.
#[must_use]
pub fn requests(rows: &[SpendRow]) -> Option<u64> {
    rows.iter().try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
}

/// The day of a stamp, without which download of it it was.
fn day_of(issued: &str) -> &str {
    issued.split('#').next().unwrap_or_default()
}

/// Whether what an export says of a day counts rather than what another says of it (F6): each with its stamp and its requests.
/// The one exported on a later day does; where their names don't tell, the one with more requests, since a day never loses any;
/// where those don't tell either, the one with the greater stamp, and of two alike the first.
#[must_use]
pub fn counts_before((issued, requests): (&str, Option<u64>), other: (&str, Option<u64>)) -> bool {
    let (day, other_day) = (day_of(issued), day_of(other.0));
    if !day.is_empty() && !other_day.is_empty() && day != other_day {
        return day > other_day;
    }
    let more = requests.zip(other.1).map_or(Ordering::Equal, |(here, there)| here.cmp(&there));
    more.then_with(|| issued.cmp(other.0)).is_ge()
}

impl UsageDay {
    fn said(&self) -> (&str, Option<u64>) {
        (&self.issued, requests(&self.rows))
    }
}

/// The days of several files, each once.
#[derive(Default)]
pub(super) struct UsageDays {
    days: BTreeMap<NaiveDate, UsageDay>,
    /// Days that another file's took the place of, and said otherwise.
    pub replaced: u64,
}

impl UsageDays {
    /// Adds what a file says, a part of a day as if nobody knew when it was exported.
    pub fn add(&mut self, rows: Vec<SpendRow>, issued: &str, part: Option<NaiveDate>) {
        let mut days: BTreeMap<NaiveDate, UsageDay> = BTreeMap::new();
        for row in rows {
            let issued = if part == Some(row.date) { "" } else { issued };
            let new = || UsageDay { issued: issued.to_owned(), rows: Vec::new() };
            days.entry(row.date).or_insert_with(new).rows.push(row);
        }
        for (date, day) in days {
            match self.days.entry(date) {
                Entry::Vacant(place) => _ = place.insert(day),
                Entry::Occupied(mut known) => {
                    let costs =
                        |day: &UsageDay| day.rows.iter().filter_map(|row| row.cost).reduce(Balance::plus);
                    self.replaced =
                        self.replaced.saturating_add(u64::from(costs(known.get()) != costs(&day)));
                    if counts_before(day.said(), known.get().said()) {
                        known.insert(day);
                    }
                }
            }
        }
    }

    /// In order, each by user and model.
    pub fn in_order(self) -> Vec<UsageDay> {
        let mut days: Vec<_> = self.days.into_values().collect();
        for day in &mut days {
            day.rows.sort_by(|one, other| (&one.user, &one.model).cmp(&(&other.user, &other.model)));
        }
        days
    }
}
