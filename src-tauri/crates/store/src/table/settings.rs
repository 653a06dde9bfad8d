//! Choices of the user, by key. What a value may be is decided where it is used.

use crate::{Result, Store, Writing};
use rusqlite::{Connection, OptionalExtension};

fn value(connection: &Connection, key: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

impl Store {
    /// The value under a key.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        value(&self.connection, key)
    }
}

impl Writing<'_> {
    /// The value under a key, as this write finds it.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        value(&self.transaction, key)
    }

    /// Sets the value under a key.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO settings (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }

    /// Leaves a choice to its default again.
    pub fn clear_setting(&self, key: &str) -> Result<()> {
        self.transaction.execute("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }
}
