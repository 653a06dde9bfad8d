//! Sums of what was used, by the hour and by the day and session: answers read these, so that they cost the same however
//! many tasks there are.

use super::accounts::AccountId;
use crate::{Result, Writing};
use headroom_exact::Moment;
use rusqlite::{CachedStatement, params};

/// Seconds of an hour, and of a day.
pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 86_400;
/// The layout whose sessions may tell what they used outside their tasks: the name of its source.
const NEWER: &str = "kiro-sessions";

/// What something recorded adds to the sums, or takes from them: everything but where it belongs may be below nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part<'e> {
    pub at: Moment,
    pub source: &'e str,
    pub model: &'e str,
    pub session: &'e str,
    /// Once more, or once less.
    pub records: i64,
    /// Hundredths of a credit, as are the next two.
    pub metered: i64,
    pub auxiliary: i64,
    pub estimated: i64,
    pub tasks: i64,
    pub unknown: i64,
    pub unmetered: i64,
}

impl Writing<'_> {
    /// Keeps the sums in step with what counts from now on or no longer, in its transaction.
    pub(super) fn sum_up(&self, account: AccountId, part: &Part<'_>) -> Result<()> {
        let Part { at, source, model, session, records, .. } = *part;
        let Part { metered, auxiliary, estimated, tasks, unknown, unmetered, .. } = *part;
        let (hour, day) = (number(at, HOUR), number(at, DAY));
        let newer = if source == NEWER { records } else { 0 };
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
            account.0, hour, source, model, records, metered, auxiliary, estimated, tasks, unknown
        ])?;
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
            account.0, day, session, records, metered, auxiliary, estimated, tasks, unknown, unmetered, newer
        ])?;
        if records < 0 {
            // A sum of nothing is none.
            self.prepared(
                "DELETE FROM hour_sums
                 WHERE account_id = ?1 AND hour = ?2 AND source = ?3 AND model = ?4 AND records = 0",
            )?
            .execute(params![account.0, hour, source, model])?;
            self.prepared(
                "DELETE FROM session_sums WHERE account_id = ?1 AND day = ?2 AND session = ?3 AND records = 0",
            )?
            .execute(params![account.0, day, session])?;
        }
        Ok(())
    }

    fn prepared(&self, sql: &str) -> Result<CachedStatement<'_>> {
        Ok(self.transaction.prepare_cached(sql)?)
    }
}

/// The number since 1970 of the hour or day in which a moment lies.
pub(super) fn number(at: Moment, seconds: i64) -> i64 {
    at.unix_seconds().div_euclid(seconds)
}
