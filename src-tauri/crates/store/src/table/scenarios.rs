//! What somebody asked What-if, under a name of theirs.

use super::accounts::AccountId;
use crate::{Result, Store, Writing};
use headroom_exact::Moment;
use rusqlite::params;

/// A question that was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedScenario {
    /// Its name, one of its kind for an account.
    pub name: String,
    /// What was asked, JSON.
    pub body: String,
}

impl Store {
    /// An account's questions by name.
    pub fn scenarios(&self, account: AccountId) -> Result<Vec<SavedScenario>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, body FROM scenarios WHERE account_id = ?1 ORDER BY name")?;
        let rows = statement
            .query_map([account.0], |row| Ok(SavedScenario { name: row.get(0)?, body: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writing<'_> {
    /// Keeps a question; one of the same name is replaced.
    pub fn save_scenario(&self, account: AccountId, scenario: &SavedScenario, now: Moment) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO scenarios (account_id, name, body, saved_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (account_id, name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
            params![account.0, scenario.name, scenario.body, now.unix_seconds()],
        )?;
        Ok(())
    }

    /// Forgets a question. Whether there was one.
    pub fn forget_scenario(&self, account: AccountId, name: &str) -> Result<bool> {
        let gone = self
            .transaction
            .execute("DELETE FROM scenarios WHERE account_id = ?1 AND name = ?2", params![account.0, name])?;
        Ok(gone > 0)
    }
}
