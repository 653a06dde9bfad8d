//! The store as a whole: a copy of it, everything in it as text, and nothing in it.

use crate::{Result, Store};
use rusqlite::types::ValueRef;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

/// The tables with records of people's, in the order in which they build on each other.
const TABLES: [&str; 10] = [
    "accounts",
    "events",
    "vendor_snapshots",
    "reported_usage",
    "bills",
    "bill_lines",
    "live_state",
    "scenarios",
    "alerts_sent",
    "settings",
];

/// The chore of making the file anew without what was deleted from it.
pub(crate) const GIVE_ROOM_BACK: &str = "give-room-back";

/// Why everything could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::StoreError),
    /// What it was written to failed.
    #[error("{0}")]
    Output(#[from] io::Error),
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
    /// Writes a copy of the whole file, as of now, to a place where nothing or an empty file is yet.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        self.connection.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        Ok(())
    }

    /// Writes every record as a line of JSON: its table and its columns. How many lines.
    pub fn write_all(&self, output: &mut dyn Write) -> std::result::Result<u64, ExportError> {
        let mut lines = 0;
        // One moment for all tables, whatever is written meanwhile.
        let reading = self.connection.unchecked_transaction()?;
        for table in TABLES {
            let mut statement = reading.prepare(&format!("SELECT * FROM {table}"))?;
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

    /// Deletes every record and every choice, and gives the room back: nothing of it stays in the file.
    pub fn delete_all(&mut self) -> Result<()> {
        self.write(|writing| {
            writing.transaction.execute("DELETE FROM accounts", [])?;
            writing.transaction.execute("DELETE FROM settings", [])?;
            Ok::<_, crate::StoreError>(())
        })?;
        self.give_room_back().map(drop)
    }

    /// Makes the file anew without what was deleted from it, and empties its log. Whether nothing of that is left
    /// anywhere: another program of ours that reads meanwhile keeps the log.
    fn give_room_back(&self) -> Result<bool> {
        self.connection.execute_batch("VACUUM")?;
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy == 0)
    }

    /// Does what is still to be done on the file as a whole. Whether nothing is left to do.
    pub fn do_chores(&mut self) -> Result<bool> {
        let owed = "SELECT EXISTS (SELECT 1 FROM chores WHERE name = ?1)";
        if !self.connection.query_row(owed, [GIVE_ROOM_BACK], |row| row.get(0))? {
            return Ok(true);
        }
        if !self.give_room_back()? {
            return Ok(false);
        }
        self.connection.execute("DELETE FROM chores WHERE name = ?1", [GIVE_ROOM_BACK])?;
        Ok(true)
    }
}
