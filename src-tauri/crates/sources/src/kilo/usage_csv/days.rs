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

/// The day of a stamp, without which download of it it was.
fn day_of(issued: &str) -> &str {
    issued.split('#').next().unwrap_or_default()
}

/// What an export says of a day, as far as it decides which of two counts.
pub struct Said<'s> {
    issued: &'s str,
    rows: &'s [SpendRow],
}

impl<'s> Said<'s> {
    /// By its stamp, and its rows of that day.
    pub const fn of(issued: &'s str, rows: &'s [SpendRow]) -> Self {
        Self { issued, rows }
    }

    /// Requests; none where a row doesn't say.
    fn requests(&self) -> Option<u64> {
        self.rows.iter().try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
    }

    /// Dollars, as far as rows say them.
    fn cost(&self) -> Option<Balance> {
        self.rows.iter().filter_map(|row| row.cost).reduce(Balance::plus)
    }

    /// Whether it tells of fewer requests than another, though a day never loses any: as of what was filtered on Kilo's page.
    #[must_use]
    pub fn has_fewer(&self, other: &Self) -> bool {
        self.requests().zip(other.requests()).is_some_and(|(here, there)| here < there)
    }

    /// Whether it was exported on a later day than another, as far as both their names tell.
    #[must_use]
    pub fn is_of_a_later_day(&self, other: &Self) -> bool {
        let (day, other_day) = (day_of(self.issued), day_of(other.issued));
        !other_day.is_empty() && day > other_day
    }

    /// Of how much it says whose it is: of users and models both, of users, of models, of neither.
    fn tells_apart(&self) -> impl Ord + use<> {
        let users = self.rows.iter().any(|row| row.user.is_some());
        let models = self.rows.iter().any(|row| row.model.is_some());
        (users && models, users, models)
    }

    /// All that it says, in an order of its own.
    fn all(&self) -> impl Ord + use<'s> {
        let row = |row: &'s SpendRow| {
            (&row.user, &row.model, row.cost, row.requests, row.input_tokens, row.output_tokens)
        };
        let mut all: Vec<_> = self.rows.iter().map(row).collect();
        all.sort();
        all
    }

    /// Whether it counts rather than another (F6). The one exported on a later day does; where their names don't tell, the one with
    /// more requests, since a day never loses any; where those don't tell either, the one with the greater stamp. Of exports of
    /// one day by user and by model, which say the same sum, the one that tells more apart does, whatever came first.
    #[must_use]
    pub fn counts_before(&self, other: &Self) -> bool {
        let (day, other_day) = (day_of(self.issued), day_of(other.issued));
        if !day.is_empty() && !other_day.is_empty() && day != other_day {
            return day > other_day;
        }
        let requests = self.requests().zip(other.requests());
        let more = requests.map_or(Ordering::Equal, |(here, there)| here.cmp(&there));
        more.then_with(|| self.issued.cmp(other.issued))
            .then_with(|| self.cost().cmp(&other.cost()))
            .then_with(|| self.tells_apart().cmp(&other.tells_apart()))
            .then_with(|| self.all().cmp(&other.all()))
            .is_ge()
    }
}

impl UsageDay {
    fn said(&self) -> Said<'_> {
        Said::of(&self.issued, &self.rows)
    }
}

/// The days of several files, each once.
#[derive(Default)]
pub(super) struct UsageDays {
    days: BTreeMap<NaiveDate, UsageDay>,
    /// Days that another file's took the place of, and said otherwise.
    pub replaced: u64,
    /// Those of them that had more requests.
    pub fewer: u64,
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
                    let differs = known.get().said().cost() != day.said().cost();
                    self.replaced = self.replaced.saturating_add(u64::from(differs));
                    if day.said().counts_before(&known.get().said()) {
                        let has_fewer = day.said().has_fewer(&known.get().said());
                        self.fewer = self.fewer.saturating_add(u64::from(has_fewer));
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
