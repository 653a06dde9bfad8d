//! What a write changes of the sums of what was used, until it writes it: added up in memory, in the order of the sums' keys.

use crate::{Result, StoreError};
use headroom_exact::Moment;
use std::collections::BTreeMap;

/// Seconds of an hour, and of a day.
pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 86_400;
/// The layout whose sessions may tell what they used outside their tasks: the name of its source.
const NEWER: &str = "kiro-sessions";
/// So many changed rows are kept in memory, a few hundred bytes each.
const MOST_CHANGED: usize = 1 << 15;

/// What something recorded adds to the sums, or takes from them: everything but where it belongs may be below nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part<'e> {
    pub at: Moment,
    pub source: &'e str,
    pub model: &'e str,
    pub session: &'e str,
    pub change: Change,
}

/// By how much a row of sums changes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Change {
    /// Once more, or once less.
    pub records: i64,
    /// Hundredths of a credit, as are the next two.
    pub metered: i64,
    pub auxiliary: i64,
    pub estimated: i64,
    pub tasks: i64,
    pub unknown: i64,
    pub unmetered: i64,
    /// Of the records, those of the layout whose sessions may tell their auxiliary credits.
    pub newer: i64,
    /// Whether anything was taken, so that nothing may be left.
    pub takes: bool,
}

impl Change {
    fn add(&mut self, more: &Self) -> Result<()> {
        let fields = [
            (&mut self.records, more.records),
            (&mut self.metered, more.metered),
            (&mut self.auxiliary, more.auxiliary),
            (&mut self.estimated, more.estimated),
            (&mut self.tasks, more.tasks),
            (&mut self.unknown, more.unknown),
            (&mut self.unmetered, more.unmetered),
            (&mut self.newer, more.newer),
        ];
        for (sum, more) in fields {
            *sum = plus(*sum, more)?;
        }
        self.takes |= more.takes;
        Ok(())
    }
}

/// By how much the sums of a day change.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DayChange {
    /// Hundredths of a credit.
    pub hundredths: i64,
    pub tasks: i64,
    pub unmetered: i64,
    /// Whether anything was taken, so that nothing may be left.
    pub takes: bool,
}

/// What is more than can be kept is an error, and no other number.
fn plus(one: i64, other: i64) -> Result<i64> {
    let too_large = || StoreError::TooLarge(i128::from(one).saturating_add(other.into()));
    one.checked_add(other).ok_or_else(too_large)
}

/// Changed rows, of which the one that changed last is at hand: tasks come session by session, most of them of the same hour
/// and model as the one before.
#[derive(Debug)]
pub(crate) struct Rows<K, C> {
    last: Option<(K, C)>,
    /// None of them is the last.
    others: BTreeMap<K, C>,
}

impl<K, C> Default for Rows<K, C> {
    fn default() -> Self {
        Self { last: None, others: BTreeMap::new() }
    }
}

impl<K: Ord, C: Default> Rows<K, C> {
    /// How a row changes whose key `is_it`; `key` makes it where it isn't the last.
    fn row(&mut self, is_it: impl Fn(&K) -> bool, key: impl FnOnce() -> K) -> &mut C {
        let last = match self.last.take() {
            Some(last) if is_it(&last.0) => last,
            another => {
                self.others.extend(another);
                let key = key();
                let change = self.others.remove(&key).unwrap_or_default();
                (key, change)
            }
        };
        &mut self.last.insert(last).1
    }

    fn len(&self) -> usize {
        self.others.len().saturating_add(usize::from(self.last.is_some()))
    }

    /// All of them, in the order of their keys.
    pub fn in_order(mut self) -> BTreeMap<K, C> {
        self.others.extend(self.last);
        self.others
    }
}

/// What a write changes of the sums and hasn't written yet.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// By account, hour, source and model.
    pub hours: Rows<(i64, i64, String, String), Change>,
    /// By account, day and session.
    pub sessions: Rows<(i64, i64, String), Change>,
    /// By account, day and model.
    pub days: Rows<(i64, i64, String), DayChange>,
}

impl Changes {
    pub fn add(&mut self, account: i64, part: &Part<'_>) -> Result<()> {
        let Part { at, source, model, session, change } = *part;
        let newer = if source == NEWER { change.records } else { 0 };
        let change = Change { newer, takes: change.records < 0, ..change };
        let (hour, day) = (number(at, HOUR), number(at, DAY));
        let is_hour = |(of, at, from, by): &(i64, i64, String, String)| {
            *of == account && *at == hour && *from == source && *by == model
        };
        let key = || (account, hour, source.to_owned(), model.to_owned());
        self.hours.row(is_hour, key).add(&change)?;
        self.sessions.row(is_row(account, day, session), || (account, day, session.to_owned())).add(&change)
    }

    /// The same of a day and a model.
    pub fn add_to_day(&mut self, account: i64, at: Moment, model: &str, change: &DayChange) -> Result<()> {
        let number = number(at, DAY);
        let day = self.days.row(is_row(account, number, model), || (account, number, model.to_owned()));
        day.hundredths = plus(day.hundredths, change.hundredths)?;
        day.tasks = plus(day.tasks, change.tasks)?;
        day.unmetered = plus(day.unmetered, change.unmetered)?;
        day.takes |= change.takes;
        Ok(())
    }

    /// Whether no more rows are to be kept.
    pub fn is_much(&self) -> bool {
        let rows = [self.hours.len(), self.sessions.len(), self.days.len()];
        rows.into_iter().fold(0, usize::saturating_add) >= MOST_CHANGED
    }
}

/// Whether a key is that of an account, a day, and a session or model.
fn is_row(account: i64, day: i64, named: &str) -> impl Fn(&(i64, i64, String)) -> bool {
    move |(of, at, name)| *of == account && *at == day && *name == named
}

/// The number since 1970 of the hour or day in which a moment lies.
pub(super) fn number(at: Moment, seconds: i64) -> i64 {
    at.unix_seconds().div_euclid(seconds)
}
