//! Who is billed.

use super::chores::GIVE_ROOM_BACK;
use crate::{Result, Store, StoreError, Writing};
use headroom_exact::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};

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
    /// The account of the same login that was here before, where an older version made it twice.
    pub same_as: Option<AccountId>,
}

/// Which account something is for. It is looked for where it is written, so that none is made twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted<'w> {
    /// The first real one of its kind, made if there is none.
    First,
    /// The one that the vendor knows by this id, made if there is none.
    Known(&'w str),
    /// The sample, made if there is none.
    Sample,
    /// Another one, whatever there is.
    Another,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    // A name with a damaged byte is a name all the same: it keeps no other account from being shown.
    let text = |column| {
        Ok::<_, rusqlite::Error>(String::from_utf8_lossy(row.get_ref(column)?.as_bytes()?).into_owned())
    };
    Ok(Account {
        id: AccountId(row.get(0)?),
        kind: text(1)?,
        name: text(2)?,
        sample: row.get(3)?,
        hidden: row.get(4)?,
        same_as: row.get::<_, Option<i64>>(5)?.map(AccountId),
    })
}

/// A removed account is as good as gone: nothing reads it but what takes the removal back.
const COLUMNS: &str = "SELECT id, kind, name, sample, hidden, same_as FROM accounts WHERE removed_at IS NULL";

fn all(connection: &Connection) -> Result<Vec<Account>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY sample, id"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Accounts that were removed and are not deleted yet, the last one first, each with the second it was removed in. The
    /// samples aren't among them: they are made anew.
    pub fn removed_accounts(&self) -> Result<Vec<(Account, i64)>> {
        let sql = "SELECT id, kind, name, sample, hidden, same_as, removed_at FROM accounts
            WHERE removed_at IS NOT NULL AND sample = 0 ORDER BY removed_at DESC, id DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((read(row)?, row.get(6)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether anything is recorded of an account: said by its owner, imported, or by its vendor.
    pub fn is_anything_recorded(&self, id: AccountId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM events WHERE account_id = ?1)
            OR EXISTS (SELECT 1 FROM reported_usage WHERE account_id = ?1)
            OR EXISTS (SELECT 1 FROM bills WHERE account_id = ?1)
            OR EXISTS (SELECT 1 FROM vendor_snapshots WHERE account_id = ?1)
            OR EXISTS (SELECT 1 FROM identities WHERE account_id = ?1)
            OR EXISTS (SELECT 1 FROM scenarios WHERE account_id = ?1)";
        Ok(self.connection.prepare_cached(sql)?.query_row([id.0], |row| row.get(0))?)
    }

    /// All accounts: real ones first, in the order they were added.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        all(&self.connection)
    }

    /// The account of that number.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} AND id = ?1"))?;
        Ok(statement.query_row([id.0], read).optional()?)
    }
}

impl Writing<'_> {
    /// All accounts, as this write finds them.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        all(&self.transaction)
    }

    /// The account that is wanted of a kind, and whether it is new: then it has that name. The only way that one is made.
    pub fn account(
        &self,
        kind: &str,
        wanted: Wanted<'_>,
        name: &str,
        now: Moment,
    ) -> Result<(AccountId, bool)> {
        let there = match wanted {
            Wanted::Another => None,
            Wanted::First => self.there("kind = ?1 AND sample = 0 AND ?2 IS NULL", kind, None)?,
            Wanted::Sample => self.there("kind = ?1 AND sample = 1 AND ?2 IS NULL", kind, None)?,
            Wanted::Known(identity) => self.there("kind = ?1 AND identity = ?2", kind, Some(identity))?,
        };
        if let Some(id) = there {
            return Ok((id, false));
        }
        let identity = if let Wanted::Known(identity) = wanted { Some(identity) } else { None };
        self.transaction.execute(
            "INSERT INTO accounts (kind, name, sample, created_at, identity) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![kind, name, wanted == Wanted::Sample, now.unix_seconds(), identity],
        )?;
        Ok((AccountId(self.transaction.last_insert_rowid()), true))
    }

    fn there(&self, condition: &str, kind: &str, identity: Option<&str>) -> Result<Option<AccountId>> {
        let sql =
            format!("SELECT id FROM accounts WHERE {condition} AND removed_at IS NULL ORDER BY id LIMIT 1");
        let id = self
            .transaction
            .prepare_cached(&sql)?
            .query_row(params![kind, identity], |row| row.get(0))
            .optional()?;
        Ok(id.map(AccountId))
    }

    /// Says by which id the vendor knows an account. Where another of its kind has that id already, this one is the same
    /// as that.
    pub fn set_identity(&self, id: AccountId, identity: &str) -> Result<()> {
        let other = "SELECT other.id FROM accounts AS other JOIN accounts AS this ON this.kind = other.kind
            WHERE this.id = ?1 AND other.id <> ?1 AND other.identity = ?2 AND other.removed_at IS NULL";
        let other: Option<i64> = self
            .transaction
            .prepare_cached(other)?
            .query_row(params![id.0, identity], |row| row.get(0))
            .optional()?;
        let own = if other.is_some() { None } else { Some(identity) };
        self.transaction.execute(
            "UPDATE accounts SET identity = ?2, same_as = ?3 WHERE id = ?1",
            params![id.0, own, other],
        )?;
        Ok(())
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

    /// Takes a removal back. Whether there was one. Refused where another account has the same login by now.
    pub fn restore_account(&self, id: AccountId) -> Result<bool> {
        let other = "SELECT other.name FROM accounts AS other JOIN accounts AS this
            ON this.kind = other.kind AND this.identity = other.identity
            WHERE this.id = ?1 AND other.id <> ?1 AND other.removed_at IS NULL";
        let other = self.transaction.query_row(other, [id.0], |row| row.get::<_, String>(0)).optional()?;
        if let Some(other) = other {
            return Err(StoreError::SameLogin(other));
        }
        let restored = self.transaction.execute(
            "UPDATE accounts SET removed_at = NULL WHERE id = ?1 AND removed_at IS NOT NULL",
            [id.0],
        )?;
        Ok(restored > 0)
    }

    /// Deletes the accounts that were removed by then, with everything recorded about them. How many. Of accounts that
    /// are the same, the first that stays takes the id by which the vendor knows them.
    pub fn purge_accounts(&self, removed_by: Moment) -> Result<usize> {
        let mut doubles = self.transaction.prepare(
            "SELECT gone.id, gone.identity, MIN(double.id) FROM accounts AS gone
             JOIN accounts AS double ON double.same_as = gone.id
             WHERE gone.removed_at <= ?1 AND (double.removed_at IS NULL OR double.removed_at > ?1)
             GROUP BY gone.id",
        )?;
        let doubles = doubles
            .query_map([removed_by.unix_seconds()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<Vec<(i64, Option<String>, i64)>>>()?;
        self.write_sums()?;
        let purged = self
            .transaction
            .execute("DELETE FROM accounts WHERE removed_at <= ?1", [removed_by.unix_seconds()])?;
        for (_, identity, heir) in doubles {
            if let Some(identity) = identity {
                self.set_identity(AccountId(heir), &identity)?;
            }
        }
        if purged > 0 {
            self.owe(GIVE_ROOM_BACK)?;
        }
        Ok(purged)
    }
}
