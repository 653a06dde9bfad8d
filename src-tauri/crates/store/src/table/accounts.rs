//! Who is billed.

use crate::{Result, Store, Writing};
use headroom_exact::Moment;
use rusqlite::{OptionalExtension, Row, params};

/// An account's number in this store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountId(pub i64);

/// An account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// What kind it is, as scenarios name it: `kiro-individual`, `kiro-enterprise`, `kilo-teams`.
    pub kind: String,
    /// The name shown.
    pub name: String,
    /// Whether it is the sample and nobody's real account.
    pub sample: bool,
    /// Whether it is kept out of sight.
    pub hidden: bool,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: AccountId(row.get(0)?),
        kind: row.get(1)?,
        name: row.get(2)?,
        sample: row.get(3)?,
        hidden: row.get(4)?,
    })
}

/// A removed account is as good as gone: nothing reads it but what takes the removal back.
const COLUMNS: &str = "SELECT id, kind, name, sample, hidden FROM accounts WHERE removed_at IS NULL";

impl Store {
    /// All accounts: real ones first, in the order they were added.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} ORDER BY sample, id"))?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The account of that number.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} AND id = ?1"))?;
        Ok(statement.query_row([id.0], read).optional()?)
    }
}

impl Writing<'_> {
    /// Adds an account.
    pub fn add_account(&self, kind: &str, name: &str, sample: bool, now: Moment) -> Result<AccountId> {
        self.transaction.execute(
            "INSERT INTO accounts (kind, name, sample, created_at) VALUES (?1, ?2, ?3, ?4)",
            params![kind, name, sample, now.unix_seconds()],
        )?;
        Ok(AccountId(self.transaction.last_insert_rowid()))
    }

    /// Gives an account another name.
    pub fn rename_account(&self, id: AccountId, name: &str) -> Result<()> {
        self.transaction.execute("UPDATE accounts SET name = ?2 WHERE id = ?1", params![id.0, name])?;
        Ok(())
    }

    /// Keeps an account out of sight, or no longer.
    pub fn hide_account(&self, id: AccountId, hidden: bool) -> Result<()> {
        self.transaction.execute("UPDATE accounts SET hidden = ?2 WHERE id = ?1", params![id.0, hidden])?;
        Ok(())
    }

    /// Removes an account; until it is purged that can be taken back. Whether it was there.
    pub fn remove_account(&self, id: AccountId, now: Moment) -> Result<bool> {
        let removed = self.transaction.execute(
            "UPDATE accounts SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL",
            params![id.0, now.unix_seconds()],
        )?;
        Ok(removed > 0)
    }

    /// Takes a removal back. Whether there was one.
    pub fn restore_account(&self, id: AccountId) -> Result<bool> {
        let restored = self.transaction.execute(
            "UPDATE accounts SET removed_at = NULL WHERE id = ?1 AND removed_at IS NOT NULL",
            [id.0],
        )?;
        Ok(restored > 0)
    }

    /// Deletes the accounts that were removed by then, with everything recorded about them. How many.
    pub fn purge_accounts(&self, removed_by: Moment) -> Result<usize> {
        let purged = self
            .transaction
            .execute("DELETE FROM accounts WHERE removed_at <= ?1", [removed_by.unix_seconds()])?;
        Ok(purged)
    }
}
