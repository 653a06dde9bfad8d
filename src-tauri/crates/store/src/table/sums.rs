//! Sums of what was used, by the hour, by the day and session, and by the day and model: answers read these, so that they cost
//! the same however many tasks there are. A write adds up in memory what it changes of them and writes each row once, in the
//! order of their keys.

use super::accounts::AccountId;
use super::changes::{Change, Part};
use crate::{Result, Writing};
use rusqlite::{CachedStatement, params};

impl Writing<'_> {
    /// Keeps the sums in step with what counts from now on or no longer.
    pub(super) fn sum_up(&self, account: AccountId, part: &Part<'_>) -> Result<()> {
        self.sums.borrow_mut().add(account.0, part)?;
        if self.sums.borrow().is_much() { self.write_sums() } else { Ok(()) }
    }

    /// Writes what changed of the sums. The write that it is of doesn't end without; nor does what reads or removes them in it
    /// begin.
    pub(crate) fn write_sums(&self) -> Result<()> {
        let changes = self.sums.take();
        for ((account, hour, source, model), change) in changes.hours.in_order() {
            self.change_hour(account, hour, (&source, &model), &change)?;
        }
        for ((account, day, session), change) in changes.sessions.in_order() {
            self.change_session(account, day, &session, &change)?;
        }
        changes.days.in_order().iter().try_for_each(|((account, day, model), change)| {
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
