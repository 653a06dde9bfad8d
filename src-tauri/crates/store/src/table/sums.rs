//! Sums of what was used, by the hour, by the day and session, and by the day and model: answers read these, so that they cost
//! the same however many tasks there are. A write adds up in memory what it changes of them and writes each row once, in the
//! order of their keys.

use super::accounts::AccountId;
use super::rollups::DayChange;
use crate::{Result, StoreError, Writing};
use headroom_exact::Moment;
use rusqlite::{CachedStatement, params};
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
pub(super) struct Part<'e> {
    pub at: Moment,
    pub source: &'e str,
    pub model: &'e str,
    pub session: &'e str,
    pub change: Change,
}

/// By how much a row of sums changes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
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

/// What is more than can be kept is an error, and no other number.
pub(super) fn plus(one: i64, other: i64) -> Result<i64> {
    let too_large = || StoreError::TooLarge(i128::from(one).saturating_add(other.into()));
    one.checked_add(other).ok_or_else(too_large)
}

/// What a write changes of the sums and hasn't written yet.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// By account, hour, source and model.
    hours: BTreeMap<(i64, i64, String, String), Change>,
    /// By account, day and session.
    sessions: BTreeMap<(i64, i64, String), Change>,
    /// By account, day and model.
    pub(super) days: BTreeMap<(i64, i64, String), DayChange>,
}

impl Changes {
    fn add(&mut self, account: AccountId, part: &Part<'_>) -> Result<()> {
        let Part { at, source, model, session, change } = *part;
        let newer = if source == NEWER { change.records } else { 0 };
        let change = Change { newer, takes: change.records < 0, ..change };
        let hour = (account.0, number(at, HOUR), source.to_owned(), model.to_owned());
        self.hours.entry(hour).or_default().add(&change)?;
        let session = (account.0, number(at, DAY), session.to_owned());
        self.sessions.entry(session).or_default().add(&change)
    }

    fn rows(&self) -> usize {
        [self.hours.len(), self.sessions.len(), self.days.len()].into_iter().fold(0, usize::saturating_add)
    }
}

impl Writing<'_> {
    /// Keeps the sums in step with what counts from now on or no longer.
    pub(super) fn sum_up(&self, account: AccountId, part: &Part<'_>) -> Result<()> {
        self.sums.borrow_mut().add(account, part)?;
        if self.sums.borrow().rows() < MOST_CHANGED {
            return Ok(());
        }
        self.write_sums()
    }

    /// Writes what changed of the sums. The write that it is of doesn't end without; nor does what reads or removes them in it
    /// begin.
    pub(crate) fn write_sums(&self) -> Result<()> {
        let changes = self.sums.take();
        for ((account, hour, source, model), change) in &changes.hours {
            self.change_hour(*account, *hour, (source, model), change)?;
        }
        for ((account, day, session), change) in &changes.sessions {
            self.change_session(*account, *day, session, change)?;
        }
        changes.days.iter().try_for_each(|((account, day, model), change)| {
            self.change_day(AccountId(*account), *day, model, change)
        })
    }

    /// Forgets what changed of the sums, where what it rests on is taken back.
    pub(crate) fn forget_sums(&self) {
        self.sums.take();
    }

    fn change_hour(
        &self,
        account: i64,
        hour: i64,
        (source, model): (&str, &str),
        change: &Change,
    ) -> Result<()> {
        let Change { records, metered, auxiliary, estimated, tasks, unknown, .. } = *change;
        self.prepared(
            "INSERT INTO hour_sums
                 (account_id, hour, source, model, records, metered, auxiliary, estimated, tasks, unknown)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (account_id, hour, source, model) DO UPDATE SET
                 records = records + excluded.records, metered = metered + excluded.metered,
                 auxiliary = auxiliary + excluded.auxiliary, estimated = estimated + excluded.estimated,
                 tasks = tasks + excluded.tasks, unknown = unknown + excluded.unknown",
        )?
        .execute(params![
            account, hour, source, model, records, metered, auxiliary, estimated, tasks, unknown
        ])?;
        if change.takes {
            // A sum of nothing is none.
            self.prepared(
                "DELETE FROM hour_sums
                 WHERE account_id = ?1 AND hour = ?2 AND source = ?3 AND model = ?4 AND records = 0",
            )?
            .execute(params![account, hour, source, model])?;
        }
        Ok(())
    }

    fn change_session(&self, account: i64, day: i64, session: &str, change: &Change) -> Result<()> {
        let Change { records, metered, auxiliary, estimated, tasks, unknown, unmetered, newer, .. } = *change;
        self.prepared(
            "INSERT INTO session_sums
                 (account_id, day, session, records, metered, auxiliary, estimated, tasks, unknown, unmetered, newer)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (account_id, day, session) DO UPDATE SET
                 records = records + excluded.records, metered = metered + excluded.metered,
                 auxiliary = auxiliary + excluded.auxiliary, estimated = estimated + excluded.estimated,
                 tasks = tasks + excluded.tasks, unknown = unknown + excluded.unknown,
                 unmetered = unmetered + excluded.unmetered, newer = newer + excluded.newer",
        )?
        .execute(params![
            account, day, session, records, metered, auxiliary, estimated, tasks, unknown, unmetered, newer
        ])?;
        if change.takes {
            self.prepared(
                "DELETE FROM session_sums WHERE account_id = ?1 AND day = ?2 AND session = ?3 AND records = 0",
            )?
            .execute(params![account, day, session])?;
        }
        Ok(())
    }

    pub(super) fn prepared(&self, sql: &str) -> Result<CachedStatement<'_>> {
        Ok(self.transaction.prepare_cached(sql)?)
    }
}

/// The number since 1970 of the hour or day in which a moment lies.
pub(super) fn number(at: Moment, seconds: i64) -> i64 {
    at.unix_seconds().div_euclid(seconds)
}
