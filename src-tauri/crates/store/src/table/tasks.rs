//! Tasks as a list: searched, sorted and page by page.

use super::accounts::AccountId;
use super::breakdown::CLIENT;
use super::events::{EventKind, moment};
use crate::{Result, Store, StoreError};
use headroom_exact::{Credits, Moment, say};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use std::collections::BTreeMap;

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

/// By what tasks are chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ChosenBy {
    /// The model.
    Model,
    /// The folder of the session.
    Project,
    /// The session.
    Session,
    /// The program ([`super::breakdown::Apart::Client`]).
    Client,
}

impl ChosenBy {
    /// The condition that a task is of one of so many values, the first of which is the one at `place`.
    fn condition(self, many: usize, place: usize) -> String {
        let values = (0..many).map(|value| format!("?{}", place + value)).collect::<Vec<_>>().join(", ");
        match self {
            Self::Model => format!("AND model IN ({values})"),
            Self::Session => format!("AND session IN ({values})"),
            Self::Client => format!("AND {CLIENT} IN ({values})"),
            Self::Project => format!(
                "AND session IN (SELECT session FROM sessions WHERE account_id = ?1 AND project IN ({values}))"
            ),
        }
    }
}

/// What tasks come to together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TasksFound {
    /// How many.
    pub tasks: u64,
    /// Those that are metered.
    pub metered: u64,
    /// What those cost.
    pub credits: Credits,
}

/// Which tasks are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskQuery<'q> {
    /// From then on.
    pub from: Moment,
    /// Up to and including then.
    pub to: Moment,
    /// A part of the model, the session or its title; empty for all.
    pub search: &'q str,
    /// Of each of these, one of these values.
    pub only: BTreeMap<ChosenBy, Vec<&'q str>>,
    /// The order.
    pub order: TaskOrder,
    /// The greatest first.
    pub descending: bool,
    /// So many at most.
    pub limit: u32,
    /// Without the first so many.
    pub offset: u64,
}

/// A pattern that finds a text anywhere, whatever it holds.
fn anywhere(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

const OF: &str = "FROM events WHERE account_id = ?1 AND at BETWEEN ?2 AND ?3
    AND kind IN ('usage', 'unmetered', 'estimated')";
const FOUND: &str = "AND (?4 = '%%' OR model LIKE ?4 ESCAPE '\\' OR session LIKE ?4 ESCAPE '\\'
    OR session IN (SELECT session FROM sessions WHERE account_id = ?1 AND title LIKE ?4 ESCAPE '\\'))";

impl TaskQuery<'_> {
    /// The conditions of what is chosen, and every value that is bound.
    fn bound(&self, account: AccountId) -> (String, Vec<Value>) {
        let mut bound = vec![
            Value::Integer(account.0),
            Value::Integer(self.from.unix_seconds()),
            Value::Integer(self.to.unix_seconds()),
            Value::Text(anywhere(self.search)),
        ];
        let mut conditions = String::new();
        for (by, values) in &self.only {
            conditions += &by.condition(values.len(), bound.len() + 1);
            conditions.push(' ');
            bound.extend(values.iter().map(|value| Value::Text((*value).to_owned())));
        }
        (conditions, bound)
    }
}

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
        let (chosen, mut bound) = query.bound(account);
        let place = bound.len();
        bound.push(Value::Integer(query.limit.into()));
        bound.push(Value::Integer(i64::try_from(query.offset).unwrap_or(i64::MAX)));
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, at, at_nanoseconds, kind, credits, model, session {OF} {FOUND} {chosen}
             ORDER BY {order} LIMIT ?{} OFFSET ?{}",
            place + 1,
            place + 2
        ))?;
        let mut rows = statement.query(params_from_iter(bound))?;
        let mut tasks = Vec::new();
        while let Some(row) = rows.next()? {
            tasks.push(task(row)?);
        }
        Ok(tasks)
    }

    /// What a query finds on all its pages.
    pub fn tasks_found(&self, account: AccountId, query: &TaskQuery<'_>) -> Result<TasksFound> {
        let (chosen, bound) = query.bound(account);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT COUNT(*), COALESCE(SUM(kind = 'usage'), 0),
                 COALESCE(SUM(CASE kind WHEN 'usage' THEN credits END), 0) {OF} {FOUND} {chosen}"
        ))?;
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok(statement.query_row(params_from_iter(bound), |row| {
            Ok(TasksFound {
                tasks: count(row.get(0)?),
                metered: count(row.get(1)?),
                credits: Credits::from_hundredths(row.get::<_, i64>(2)?.into()),
            })
        })?)
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
}
