//! Choices of the user, by key. What a value may be is decided where it is used.

use crate::{Result, Store, Writing};
use rusqlite::OptionalExtension;

impl Store {
    /// The value under a key.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
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
