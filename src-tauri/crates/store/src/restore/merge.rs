//! What can be read of damaged data and is newer than a copy of it, put into that copy.
//!
//! Records are only ever appended under growing numbers, so what is newer has a number above every one in the copy; what
//! the copy has counts as it is there. Choices and states, which are overwritten, are taken from the damaged data. A row
//! that holds what no version writes is refused. Sums are made anew.

use crate::sums_step::SUMMED;
use crate::table::corrections::AGAIN;
use crate::table::events::is_metered;
use crate::{Result, StoreError};
use headroom_exact::{Moment, Saying, say};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

/// What came back.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Merged {
    /// Accounts.
    pub accounts: u64,
    /// Tasks.
    pub tasks: u64,
    /// What the user did: facts stated, plans and switches changed.
    pub acts: u64,
    /// Vendors' answers.
    pub answers: u64,
    /// Lines of reports.
    pub reports: u64,
    /// Bills.
    pub bills: u64,
    /// Rows that were newer and hold what no version writes.
    pub refused: u64,
    /// Whether all of the damaged data could be read: then nothing else was in it.
    pub complete: bool,
}

impl Merged {
    /// What came back, in a sentence.
    pub(super) fn told(&self) -> Saying {
        let parts = [
            (self.tasks, say!("restored-tasks", count = self.tasks)),
            (self.acts, say!("restored-acts", count = self.acts)),
            (self.answers, say!("restored-answers", count = self.answers)),
            (self.reports, say!("restored-reports", count = self.reports)),
            (self.bills, say!("restored-bills", count = self.bills)),
            (self.accounts, say!("restored-accounts", count = self.accounts)),
        ];
        let parts: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
        if parts.is_empty() { say!("restored-nothing-newer") } else { say!("restored-newer", parts) }
    }
}

/// How the rows of a table come back.
enum Way {
    /// Those with a number above every one in the copy.
    Appended,
    /// All of them; one under the same key is replaced.
    Overwritten,
    /// Those whose key isn't there yet.
    Added,
}

/// A table, the key by which it is read from both ends, and how its rows come back.
struct Table {
    name: &'static str,
    key: &'static str,
    way: Way,
}

/// In the order in which they build on each other.
const TABLES: [Table; 15] = [
    Table { name: "accounts", key: "id", way: Way::Appended },
    Table { name: "events", key: "id", way: Way::Appended },
    Table { name: "vendor_snapshots", key: "id", way: Way::Appended },
    Table { name: "snapshot_sightings", key: "snapshot_id", way: Way::Overwritten },
    Table { name: "reported_usage", key: "id", way: Way::Appended },
    Table { name: "bills", key: "id", way: Way::Appended },
    Table { name: "bill_lines", key: "bill_id, position", way: Way::Added },
    Table { name: "sessions", key: "account_id, session", way: Way::Overwritten },
    Table { name: "session_splits", key: "account_id, session, position", way: Way::Overwritten },
    Table { name: "live_state", key: "account_id", way: Way::Overwritten },
    Table { name: "host_waits", key: "host", way: Way::Overwritten },
    Table { name: "scenarios", key: "account_id, name", way: Way::Overwritten },
    Table { name: "identities", key: "account_id, user", way: Way::Overwritten },
    Table { name: "identity_groups", key: "account_id, user, name", way: Way::Added },
    Table { name: "alerts_sent", key: "account_id, kind, threshold, cycle_start", way: Way::Added },
];

/// No moment of ours is outside the calendar of four-digit years.
const CALENDAR: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
/// A record of a moment so much later than now was not written by a clock.
const AHEAD: i64 = 366 * 86_400;

/// Merges what can be read of damaged data into `base`; none where nothing can.
pub(super) fn merge(base: &mut Connection, damaged: Option<&Connection>, now: Moment) -> Result<Merged> {
    let mut merged = Merged { complete: true, ..Merged::default() };
    let Some(damaged) = damaged else { return Ok(Merged { complete: false, ..merged }) };
    let transaction = base.transaction()?;
    for table in &TABLES {
        let merging = Merging { base: &transaction, damaged, table, now };
        let outcome = merging.all(&mut merged)?;
        merged.complete &= outcome;
    }
    settings(&transaction, damaged, &mut merged)?;
    overwritten_of_accounts(&transaction, damaged, &mut merged)?;
    superseded(&transaction)?;
    sums(&transaction)?;
    transaction.commit()?;
    Ok(merged)
}

struct Merging<'m> {
    base: &'m Connection,
    damaged: &'m Connection,
    table: &'m Table,
    now: Moment,
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}

impl Merging<'_> {
    /// Whether all of the table could be read.
    fn all(&self, merged: &mut Merged) -> Result<bool> {
        let Ok(theirs) = columns(self.damaged, self.table.name) else { return Ok(false) };
        let ours = columns(self.base, self.table.name)?;
        let columns: Vec<_> = ours.into_iter().filter(|column| theirs.contains(column)).collect();
        if columns.is_empty() {
            // A table that came with a later format, or one whose description is gone.
            const LATER: [&str; 6] = [
                "snapshot_sightings",
                "host_waits",
                "sessions",
                "session_splits",
                "identities",
                "identity_groups",
            ];
            return Ok(LATER.contains(&self.table.name));
        }
        let highest = "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0)";
        let above: i64 = match self.table.way {
            Way::Appended => self.base.query_row(highest, [self.table.name], |row| row.get(0))?,
            Way::Overwritten | Way::Added => i64::MIN,
        };
        // From both ends: where one way meets a page that can't be read, the other may get to what lies behind it.
        Ok(self.one_way(&columns, above, "ASC", merged)? || {
            self.one_way(&columns, above, "DESC", merged)?;
            false
        })
    }

    fn one_way(&self, columns: &[String], above: i64, direction: &str, merged: &mut Merged) -> Result<bool> {
        let (name, list) = (self.table.name, columns.join(", "));
        let key: Vec<_> = self.table.key.split(", ").map(|column| format!("{column} {direction}")).collect();
        let condition = match self.table.way {
            Way::Appended => format!("WHERE id > {above}"),
            Way::Overwritten | Way::Added => String::new(),
        };
        let sql = format!("SELECT {list} FROM {name} {condition} ORDER BY {}", key.join(", "));
        let Ok(mut statement) = self.damaged.prepare(&sql) else { return Ok(false) };
        let places: Vec<_> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let insert = match self.table.way {
            Way::Overwritten => "INSERT OR REPLACE",
            Way::Appended | Way::Added => "INSERT OR IGNORE",
        };
        let insert = format!("{insert} INTO {name} ({list}) VALUES ({})", places.join(", "));
        let mut insert = self.base.prepare(&insert)?;
        let Ok(mut rows) = statement.query([]) else { return Ok(false) };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(true),
                Err(_) => return Ok(false),
            };
            let Some(values) = self.values(columns, row) else {
                merged.refused = merged.refused.saturating_add(1);
                continue;
            };
            match insert.execute(params_from_iter(&values)) {
                Ok(0) => {}
                Ok(_) => self.count(columns, &values, merged),
                Err(error) if is_refusal(&error) => merged.refused = merged.refused.saturating_add(1),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The values of a row; none where one of them is none that a version writes.
    fn values(&self, columns: &[String], row: &Row<'_>) -> Option<Vec<Value>> {
        let last = self.now.unix_seconds().saturating_add(AHEAD);
        columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let value = match row.get_ref(index).ok()? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(number) => Value::Integer(number),
                    ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).ok()?.to_owned()),
                    ValueRef::Real(_) | ValueRef::Blob(_) => return None,
                };
                let sound = match (&value, column.as_str()) {
                    (Value::Integer(at), "at" | "retry_at" | "until" | "cycle_start") => {
                        CALENDAR.contains(at)
                    }
                    (
                        Value::Integer(at),
                        "recorded_at" | "fetched_at" | "seen_at" | "created_at" | "sent_at",
                    ) => CALENDAR.contains(at) && *at <= last,
                    (Value::Text(body), "body") => body.is_empty() || self.is_json(body),
                    (Value::Text(kind), "kind") if self.table.name == "events" => {
                        crate::table::events::EventKind::named(kind).is_some()
                    }
                    (Value::Text(day), "day") => day.parse::<chrono::NaiveDate>().is_ok(),
                    _ => true,
                };
                sound.then_some(value)
            })
            .collect()
    }

    fn is_json(&self, text: &str) -> bool {
        let valid = self.base.prepare_cached("SELECT json_valid(?1)");
        valid.and_then(|mut valid| valid.query_row([text], |row| row.get(0))).unwrap_or(false)
    }

    fn count(&self, columns: &[String], values: &[Value], merged: &mut Merged) {
        let kind = || columns.iter().position(|column| column == "kind").and_then(|index| values.get(index));
        let count = match self.table.name {
            "accounts" => &mut merged.accounts,
            "vendor_snapshots" => &mut merged.answers,
            "reported_usage" => &mut merged.reports,
            "bills" => &mut merged.bills,
            "events" => match kind() {
                Some(Value::Text(kind)) if ["usage", "unmetered", "estimated"].contains(&kind.as_str()) => {
                    &mut merged.tasks
                }
                Some(Value::Text(kind)) if ["auxiliary", "superseded"].contains(&kind.as_str()) => return,
                _ => &mut merged.acts,
            },
            _ => return,
        };
        *count = count.saturating_add(1);
    }
}

/// Whether a row was refused for what is in it.
fn is_refusal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode;
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::TooBig)
    )
}

/// The choices, which have no account.
fn settings(base: &Connection, damaged: &Connection, merged: &mut Merged) -> Result<()> {
    let mut insert = base.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)")?;
    let Ok(mut statement) = damaged.prepare("SELECT key, value FROM settings") else {
        merged.complete = false;
        return Ok(());
    };
    let mut rows = statement.query([])?;
    while let Ok(row) = rows.next() {
        let Some(row) = row else { return Ok(()) };
        if let (Ok(key), Ok(value)) = (row.get::<_, String>(0), row.get::<_, String>(1)) {
            insert.execute([key, value])?;
        } else {
            merged.refused = merged.refused.saturating_add(1);
        }
    }
    merged.complete = false;
    Ok(())
}

/// What of an account can change: its name, whether it is hidden or removed.
fn overwritten_of_accounts(base: &Connection, damaged: &Connection, merged: &mut Merged) -> Result<()> {
    let Ok(mut statement) = damaged.prepare("SELECT id, name, hidden, removed_at FROM accounts") else {
        merged.complete = false;
        return Ok(());
    };
    let mut update =
        base.prepare("UPDATE OR IGNORE accounts SET name = ?2, hidden = ?3, removed_at = ?4 WHERE id = ?1")?;
    let mut rows = statement.query([])?;
    while let Ok(row) = rows.next() {
        let Some(row) = row else { return Ok(()) };
        let read = (|| {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let (hidden, removed): (bool, Option<i64>) = (row.get(2)?, row.get(3)?);
            Ok::<_, rusqlite::Error>((id, name, hidden, removed))
        })();
        if let Ok((id, name, hidden, removed)) = read
            && removed.is_none_or(|at| CALENDAR.contains(&at))
        {
            update.execute((id, name, hidden, removed))?;
        }
    }
    merged.complete = false;
    Ok(())
}

/// What the copy had counted and something newer took the place of.
fn superseded(base: &Connection) -> Result<()> {
    base.execute_batch(&format!(
        "UPDATE events SET kind = 'superseded' WHERE kind IN ('usage', 'unmetered', 'estimated', 'auxiliary')
         AND EXISTS (SELECT 1 FROM events AS later
             WHERE later.account_id = events.account_id AND later.key = events.key || '{AGAIN}')"
    ))?;
    Ok(())
}

/// All sums, made anew from the tasks.
fn sums(base: &Connection) -> std::result::Result<(), StoreError> {
    base.execute_batch(concat!(
        "DELETE FROM daily_rollups;
         INSERT INTO daily_rollups (account_id, day, model, credits, tasks, unmetered)
         SELECT account_id, strftime('%Y-%m-%d', at, 'unixepoch'), COALESCE(model, ''),
                SUM(CASE WHEN kind <> 'unmetered' THEN COALESCE(credits, 0) ELSE 0 END),
                SUM(kind = 'usage'), SUM(kind = 'unmetered')
         FROM events WHERE kind = 'unmetered' OR ",
        is_metered!(),
        " GROUP BY 1, 2, 3",
    ))?;
    base.execute_batch(SUMMED)?;
    Ok(())
}
