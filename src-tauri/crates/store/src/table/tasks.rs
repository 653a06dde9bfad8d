//! Tasks as a list: searched, sorted and page by page.

use super::accounts::AccountId;
use super::events::{EventKind, moment};
use crate::{Result, Store, StoreError};
use headroom_exact::{Credits, Moment, say};
use rusqlite::{Row, params};

/// A recorded task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    /// When it ended.
    pub at: Moment,
    /// Metered, of unknown cost, or estimated.
    pub kind: EventKind,
    /// What it cost, where that is known.
    pub credits: Option<Credits>,
    /// The model, where it is known.
    pub model: Option<String>,
    /// The session, where it is known.
    pub session: Option<String>,
}

/// By what tasks are sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaskOrder {
    /// When they ended.
    Time,
    /// What they cost.
    Credits,
    /// The model's name.
    Model,
    /// The session's id.
    Session,
}

/// Which tasks are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskQuery<'q> {
    /// From then on.
    pub from: Moment,
    /// Up to and including then.
    pub to: Moment,
    /// A part of the model or the session; empty for all.
    pub search: &'q str,
    /// The order.
    pub order: TaskOrder,
    /// The greatest first.
    pub descending: bool,
    /// So many at most.
    pub limit: u32,
    /// Without the first so many.
    pub offset: u64,
}

/// What a session cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionTotal {
    /// Its id; none for tasks of no known session.
    pub session: Option<String>,
    /// Credits of its metered tasks, and what it used outside them.
    pub credits: Credits,
    /// How many.
    pub tasks: u32,
}

/// A pattern that finds a text anywhere, whatever it holds.
fn anywhere(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

const OF: &str = "FROM events WHERE account_id = ?1 AND at BETWEEN ?2 AND ?3
    AND kind IN ('usage', 'unmetered', 'estimated')";
const FOUND: &str = "AND (model LIKE ?4 ESCAPE '\\' OR session LIKE ?4 ESCAPE '\\' OR ?4 = '%%')";

fn task(row: &Row<'_>) -> Result<Task> {
    let id = row.get(0)?;
    let kind: String = row.get(3)?;
    let unknown =
        || StoreError::Damaged { table: "events", id, reason: say!("no-kind-of-event", text = &kind) };
    let credits: Option<i64> = row.get(4)?;
    Ok(Task {
        at: moment(id, row.get(1)?, row.get(2)?)?,
        kind: EventKind::named(&kind).ok_or_else(unknown)?,
        credits: credits.map(|credits| Credits::from_hundredths(credits.into())),
        model: row.get(5)?,
        session: row.get(6)?,
    })
}

impl Store {
    /// A page of tasks.
    pub fn tasks(&self, account: AccountId, query: &TaskQuery<'_>) -> Result<Vec<Task>> {
        let direction = if query.descending { "DESC" } else { "ASC" };
        let order = match query.order {
            TaskOrder::Time => format!("at {direction}, at_nanoseconds {direction}, id {direction}"),
            TaskOrder::Credits => format!("credits {direction} NULLS LAST, at DESC, id DESC"),
            TaskOrder::Model => format!("model {direction} NULLS LAST, at DESC, id DESC"),
            TaskOrder::Session => format!("session {direction} NULLS LAST, at DESC, id DESC"),
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, at, at_nanoseconds, kind, credits, model, session {OF} {FOUND}
             ORDER BY {order} LIMIT ?5 OFFSET ?6"
        ))?;
        let mut rows = statement.query(params![
            account.0,
            query.from.unix_seconds(),
            query.to.unix_seconds(),
            anywhere(query.search),
            query.limit,
            i64::try_from(query.offset).unwrap_or(i64::MAX),
        ])?;
        let mut tasks = Vec::new();
        while let Some(row) = rows.next()? {
            tasks.push(task(row)?);
        }
        Ok(tasks)
    }

    /// How many tasks a query finds on all its pages.
    pub fn count_tasks(&self, account: AccountId, query: &TaskQuery<'_>) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(&format!("SELECT COUNT(*) {OF} {FOUND}"))?;
        let (from, to) = (query.from.unix_seconds(), query.to.unix_seconds());
        let count: i64 =
            statement.query_row(params![account.0, from, to, anywhere(query.search)], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// How many of an account's tasks another one doesn't have.
    pub fn tasks_only_of(&self, account: AccountId, other: AccountId) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(
            "SELECT COUNT(*) FROM events AS own
             WHERE own.account_id = ?1 AND own.kind IN ('usage', 'unmetered', 'estimated') AND NOT EXISTS (
                 SELECT 1 FROM events AS other WHERE other.account_id = ?2 AND other.key = own.key)",
        )?;
        let count: i64 = statement.query_row(params![account.0, other.0], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The sessions that cost most between two moments, both included.
    pub fn sessions(
        &self,
        account: AccountId,
        from: Moment,
        to: Moment,
        most: u32,
    ) -> Result<Vec<SessionTotal>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT session, SUM(credits) AS sum, SUM(kind = 'usage') FROM events
             WHERE account_id = ?1 AND at BETWEEN ?2 AND ?3 AND kind IN ('usage', 'auxiliary')
                 AND credits IS NOT NULL
             GROUP BY session ORDER BY sum DESC, session LIMIT ?4",
        )?;
        let bound = params![account.0, from.unix_seconds(), to.unix_seconds(), most];
        let rows = statement.query_map(bound, |row| {
            let credits: i64 = row.get(1)?;
            Ok(SessionTotal {
                session: row.get(0)?,
                credits: Credits::from_hundredths(credits.into()),
                tasks: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
