//! Sessions that tasks are of, and the files of them that were read.

use super::accounts::AccountId;
use super::events::{moment, stored};
use crate::{Result, Store, Writing};
use headroom_exact::{Credits, Moment};
use rusqlite::{Connection, params};

/// A session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its id, as tasks name it.
    pub session: String,
    /// The program that it is of.
    pub client: String,
    /// Of a fork, the session that it is of.
    pub parent: Option<String>,
    /// When it was made.
    pub created_at: Option<Moment>,
    /// How many rows of it were read that tell its auxiliary credits; where none did, or lines of it couldn't be
    /// read, what is known of it is the least.
    pub splits: u32,
    /// Credits of its tasks that subagents used, where it tells.
    pub delegated: Option<Credits>,
    /// Its folder; kept only after the owner agreed.
    pub project: Option<String>,
    /// Its title; kept only after the owner agreed.
    pub title: Option<String>,
}

/// A row of a session that tells what it used outside its tasks, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SplitRow {
    /// The row's id.
    pub split: String,
    /// When it was written.
    pub at: Moment,
    /// Everything so far that no task holds, exactly.
    pub auxiliary: String,
    /// Everything so far that subagents used, exactly.
    pub delegated: String,
}

/// The rows of a session that another one has too. As a join the planner walks all of an account's rows, of each session.
const SHARED: &str = "SELECT DISTINCT split, session FROM session_splits
     WHERE account_id = ?1 AND session <> ?2
       AND split IN (SELECT split FROM session_splits WHERE account_id = ?1 AND session = ?2)";

/// The state of a file: what tells it from another without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileState {
    /// Its bytes.
    pub size: i64,
    /// When its content changed: seconds since 1970, and nanoseconds.
    pub modified: (i64, i64),
    /// When anything of it did.
    pub changed: (i64, i64),
    /// Its number in the file system.
    pub number: i64,
}

/// A file that was read whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadFile {
    /// Where it is.
    pub path: String,
    /// Its state when it was read.
    pub state: FileState,
    /// How many tasks it holds.
    pub tasks: u32,
}

fn sessions(connection: &Connection, account: AccountId) -> Result<Vec<Session>> {
    let mut statement = connection.prepare_cached(
        "SELECT session, client, parent, created_at, created_at_nanoseconds, splits, delegated, project, title
         FROM sessions WHERE account_id = ?1 ORDER BY session",
    )?;
    let rows = statement.query_map([account.0], |row| {
        let (created, fine): (Option<i64>, Option<u32>) = (row.get(3)?, row.get(4)?);
        let delegated: Option<i64> = row.get(6)?;
        Ok(Session {
            session: row.get(0)?,
            client: row.get(1)?,
            parent: row.get(2)?,
            created_at: created.and_then(|seconds| Moment::from_unix(seconds, fine.unwrap_or(0))),
            splits: row.get(5)?,
            delegated: delegated.map(|credits| Credits::from_hundredths(credits.into())),
            project: row.get(7)?,
            title: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// The sessions of an account, by id.
    pub fn known_sessions(&self, account: AccountId) -> Result<Vec<Session>> {
        sessions(&self.connection, account)
    }

    /// The files that were read whole for an account, under that name of a source.
    pub fn read_files(&self, account: AccountId, source: &str) -> Result<Vec<ReadFile>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT path, size, modified, modified_fine, changed, changed_fine, number, tasks
             FROM read_files WHERE account_id = ?1 AND source = ?2",
        )?;
        let rows = statement.query_map(params![account.0, source], |row| {
            Ok(ReadFile {
                path: row.get(0)?,
                state: FileState {
                    size: row.get(1)?,
                    modified: (row.get(2)?, row.get(3)?),
                    changed: (row.get(4)?, row.get(5)?),
                    number: row.get(6)?,
                },
                tasks: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writing<'_> {
    /// The sessions of an account as this write finds them, by id.
    pub fn known_sessions(&self, account: AccountId) -> Result<Vec<Session>> {
        sessions(&self.transaction, account)
    }

    /// Keeps a session in the place of what was known of it.
    pub fn keep_session(&self, account: AccountId, session: &Session) -> Result<()> {
        let delegated = session.delegated.map(stored).transpose()?;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO sessions
                 (account_id, session, client, parent, created_at, created_at_nanoseconds, splits, delegated,
                  project, title)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (account_id, session) DO UPDATE SET
                 client = excluded.client, parent = excluded.parent, created_at = excluded.created_at,
                 created_at_nanoseconds = excluded.created_at_nanoseconds, splits = excluded.splits,
                 delegated = excluded.delegated, project = excluded.project, title = excluded.title",
        )?;
        statement.execute(params![
            account.0,
            session.session,
            session.client,
            session.parent,
            session.created_at.map(Moment::unix_seconds),
            session.created_at.map(Moment::nanoseconds),
            session.splits,
            delegated,
            session.project,
            session.title,
        ])?;
        Ok(())
    }

    /// Forgets the folders and titles of all sessions.
    pub fn forget_names(&self) -> Result<()> {
        self.transaction.execute("UPDATE sessions SET project = NULL, title = NULL", [])?;
        Ok(())
    }

    /// Has every file be read again by the next import.
    pub fn forget_read_files(&self) -> Result<()> {
        self.transaction.execute("DELETE FROM read_files", [])?;
        Ok(())
    }

    /// Notes that a file was read whole.
    pub fn note_read_file(&self, account: AccountId, source: &str, file: &ReadFile) -> Result<()> {
        let FileState { size, modified, changed, number } = file.state;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO read_files
                 (account_id, path, source, size, modified, modified_fine, changed, changed_fine, number, tasks)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (account_id, path, source) DO UPDATE SET
                 size = excluded.size, modified = excluded.modified, modified_fine = excluded.modified_fine,
                 changed = excluded.changed, changed_fine = excluded.changed_fine, number = excluded.number,
                 tasks = excluded.tasks",
        )?;
        statement.execute(params![
            account.0, file.path, source, size, modified.0, modified.1, changed.0, changed.1, number,
            file.tasks,
        ])?;
        Ok(())
    }

    /// The rows of a session, in their order.
    pub fn splits(&self, account: AccountId, session: &str) -> Result<Vec<SplitRow>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT split, at, at_nanoseconds, auxiliary, delegated FROM session_splits
             WHERE account_id = ?1 AND session = ?2 ORDER BY position",
        )?;
        let mut rows = statement.query(params![account.0, session])?;
        let mut splits = Vec::new();
        while let Some(row) = rows.next()? {
            splits.push(SplitRow {
                split: row.get(0)?,
                at: moment(0, row.get(1)?, row.get(2)?)?,
                auxiliary: row.get(3)?,
                delegated: row.get(4)?,
            });
        }
        Ok(splits)
    }

    /// Keeps the rows of a session in the place of those that were kept of it.
    pub fn keep_splits(&self, account: AccountId, session: &str, splits: &[SplitRow]) -> Result<()> {
        self.transaction
            .prepare_cached("DELETE FROM session_splits WHERE account_id = ?1 AND session = ?2")?
            .execute(params![account.0, session])?;
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO session_splits
                 (account_id, session, position, split, at, at_nanoseconds, auxiliary, delegated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (position, split) in (0_i64..).zip(splits) {
            let (seconds, fine) = (split.at.unix_seconds(), split.at.nanoseconds());
            let SplitRow { split, auxiliary, delegated, .. } = split;
            statement
                .execute(params![account.0, session, position, split, seconds, fine, auxiliary, delegated])?;
        }
        Ok(())
    }

    /// The rows of a session that another one has too, each with the other.
    pub fn shared_splits(&self, account: AccountId, session: &str) -> Result<Vec<(String, String)>> {
        let mut statement = self.transaction.prepare_cached(SHARED)?;
        let rows = statement.query_map(params![account.0, session], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explained::query_plan;

    /// Found in November 2026: 10,000 sessions took six seconds more than twice 5,000.
    #[test]
    fn rows_that_sessions_share_are_found_without_walking_all_of_them() {
        let steps = query_plan(SHARED);
        let searches: Vec<_> = steps.iter().filter(|step| step.contains("session_splits")).collect();
        assert_eq!(searches.len(), 2, "{steps:?}");
        assert!(
            searches.iter().all(|step| step.contains("split=?") || step.contains("session=?")),
            "{steps:?}"
        );
    }
}
