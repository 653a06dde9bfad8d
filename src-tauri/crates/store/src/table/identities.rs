//! Who the users of an organisation are, by a file that its owner imported.

use super::accounts::AccountId;
use crate::{Result, Store, Writing};
use rusqlite::params;
use std::collections::BTreeMap;

/// Somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identity {
    /// The id that reports and bills have, without its directory.
    pub user: String,
    /// What they are called.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The groups they are in, by name.
    pub groups: Vec<String>,
}

fn all(connection: &rusqlite::Connection, account: AccountId) -> Result<Vec<Identity>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut statement = connection
        .prepare_cached("SELECT user, name FROM identity_groups WHERE account_id = ?1 ORDER BY user, name")?;
    let mut rows = statement.query([account.0])?;
    while let Some(row) = rows.next()? {
        groups.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut statement = connection
        .prepare_cached("SELECT user, name, email FROM identities WHERE account_id = ?1 ORDER BY user")?;
    let rows = statement.query_map([account.0], |row| {
        let user: String = row.get(0)?;
        let groups = groups.remove(&user).unwrap_or_default();
        Ok(Identity { user, name: row.get(1)?, email: row.get(2)?, groups })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Everybody who is known, by id.
    pub fn identities(&self, account: AccountId) -> Result<Vec<Identity>> {
        all(&self.connection, account)
    }
}

impl Writing<'_> {
    /// Everybody who is known, by id.
    pub fn identities(&self, account: AccountId) -> Result<Vec<Identity>> {
        all(&self.transaction, account)
    }

    /// Keeps who somebody is; what was known of them is replaced.
    pub fn save_identity(&self, account: AccountId, identity: &Identity) -> Result<()> {
        let Identity { user, name, email, groups } = identity;
        self.transaction
            .prepare_cached("DELETE FROM identity_groups WHERE account_id = ?1 AND user = ?2")?
            .execute(params![account.0, user])?;
        self.transaction
            .prepare_cached(
                "INSERT INTO identities (account_id, user, name, email) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (account_id, user) DO UPDATE SET name = excluded.name, email = excluded.email",
            )?
            .execute(params![account.0, user, name, email])?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT OR IGNORE INTO identity_groups (account_id, user, name) VALUES (?1, ?2, ?3)",
        )?;
        for group in groups {
            insert.execute(params![account.0, user, group])?;
        }
        Ok(())
    }
}
