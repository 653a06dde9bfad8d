//! The store as a whole: a copy of it, everything in it as text, and nothing in it.

use crate::error::{is_busy, is_damage};
use crate::table::chores::GIVE_ROOM_BACK;
use crate::{Result, Store, StoreError, copies, restore};
use headroom_exact::{Moment, Saying, says};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

/// The tables with records of people's, in the order in which they build on each other.
const TABLES: [&str; 16] = [
    "accounts",
    "events",
    "vendor_snapshots",
    "snapshot_sightings",
    "sessions",
    "session_splits",
    "reported_usage",
    "bills",
    "bill_lines",
    "live_state",
    "host_waits",
    "scenarios",
    "identities",
    "identity_groups",
    "alerts_sent",
    "settings",
];

/// Those that say who people are: in copies, and in no text.
const NAMES: [&str; 2] = ["identities", "identity_groups"];

/// Everything that is written out of a table: of an answer that is still as it came, not what stands in it; of a session
/// neither its folder nor its title.
fn rows_of(table: &str) -> String {
    if table == "vendor_snapshots" {
        return "SELECT id, account_id, fetched_at, source, CASE form WHEN 0 THEN NULL ELSE body END AS body, form
                FROM vendor_snapshots"
            .to_owned();
    }
    if table == "sessions" {
        return "SELECT account_id, session, client, parent, created_at, created_at_nanoseconds, splits, delegated
                FROM sessions"
            .to_owned();
    }
    format!("SELECT * FROM {table}")
}

/// Reads the names of a table's columns, which damage can reach like everything in the file: the library ends the program
/// where one that is no text is asked for as a name.
fn check_columns(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut names = connection.prepare_cached("SELECT name FROM pragma_table_info(?1)")?;
    names.query_map([table], |row| row.get::<_, String>(0))?.try_for_each(|name| name.map(drop))
}

/// Why everything could not be written out.
#[derive(Debug)]
pub enum ExportError {
    /// The store failed.
    Store(StoreError),
    /// What it was written to failed.
    Output(io::Error),
}

says!(ExportError);

impl From<&ExportError> for Saying {
    fn from(error: &ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::Output(error) => error.into(),
        }
    }
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<rusqlite::Error> for ExportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            control if control < ' ' => _ = write!(json, "\\u{:04x}", u32::from(control)),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

fn value(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => quoted(&String::from_utf8_lossy(text)),
        // No table has a REAL or a BLOB: all of them are STRICT.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => "null".to_owned(),
    }
}

impl Store {
    /// Writes every record as a line of JSON: its table and its columns. Who people are stays here. How many lines.
    pub fn write_all(&self, output: &mut dyn Write) -> std::result::Result<u64, ExportError> {
        let mut lines = 0;
        // One moment for all tables, whatever is written meanwhile.
        let reading = self.connection.unchecked_transaction()?;
        for table in TABLES.into_iter().filter(|table| !NAMES.contains(table)) {
            check_columns(&reading, table)?;
            let mut statement = reading.prepare(&rows_of(table))?;
            let columns: Vec<_> = statement.column_names().into_iter().map(quoted).collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let mut line = format!("{{\"table\":{}", quoted(table));
                for (index, column) in columns.iter().enumerate() {
                    _ = write!(line, ",{column}:{}", value(row.get_ref(index)?));
                }
                writeln!(output, "{line}}}")?;
                lines += 1;
            }
        }
        Ok(lines)
    }

    /// Deletes every record and every choice, and every copy of them. Their room in the file is a chore from then on ([`Store::do_chores`]).
    pub fn delete_all(&mut self) -> Result<()> {
        let deleted = match self.delete_records() {
            Err(StoreError::Database(error)) if is_damage(&error) => {
                // An index that doesn't agree with its table keeps nobody from deleting what is theirs.
                self.connection.execute_batch("REINDEX")?;
                self.delete_records()
            }
            outcome => outcome,
        };
        deleted?;
        copies::delete_all(&self.path)?;
        restore::delete_damaged(&self.path)
    }

    fn delete_records(&mut self) -> Result<()> {
        self.write(|writing| {
            writing.transaction.execute("DELETE FROM accounts", [])?;
            // What a damaged byte took from its account doesn't go with it.
            for table in TABLES.into_iter().chain(["read_files"]) {
                writing.transaction.execute(&format!("DELETE FROM {table}"), [])?;
            }
            writing.owe(GIVE_ROOM_BACK)
        })
    }

    /// Makes the file anew without what was deleted from it, and empties its log. Whether nothing of that is left
    /// anywhere: another program of ours that reads meanwhile keeps the log.
    fn give_room_back(&self) -> Result<bool> {
        // Beside somebody who keeps the log the file would only be written once more, into the log.
        if !self.empty_the_log()? {
            return Ok(false);
        }
        self.connection.execute_batch("VACUUM")?;
        self.empty_the_log()
    }

    fn empty_the_log(&self) -> Result<bool> {
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy == 0)
    }

    /// Does what is still to be done on the file as a whole, waiting no longer than that for others who are at it.
    /// Whether nothing is left to do. What failed, for want of room on the disk for instance, is tried again after a day.
    pub fn do_chores(&mut self, now: Moment, patience: Duration) -> Result<bool> {
        let owed = "SELECT EXISTS (SELECT 1 FROM chores WHERE name = ?1)";
        if !self.connection.query_row(owed, [GIVE_ROOM_BACK], |row| row.get(0))? {
            return Ok(true);
        }
        let before: u32 = self.connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0))?;
        self.connection.busy_timeout(patience)?;
        let done = self.try_to_give_room_back(now);
        self.connection.busy_timeout(Duration::from_millis(before.into()))?;
        match done {
            Err(StoreError::Database(error)) if is_busy(&error) => Ok(false),
            done => done,
        }
    }

    fn try_to_give_room_back(&mut self, now: Moment) -> Result<bool> {
        if !self.may_try(GIVE_ROOM_BACK, now)? {
            return Ok(false);
        }
        let done = self.give_room_back();
        match &done {
            Ok(true) => self.finish(GIVE_ROOM_BACK)?,
            Ok(false) => self.write(|writing| writing.owe(GIVE_ROOM_BACK))?,
            Err(StoreError::Database(error)) if is_busy(error) => {
                self.write(|writing| writing.owe(GIVE_ROOM_BACK))?;
            }
            Err(_) => {}
        }
        done
    }
}
