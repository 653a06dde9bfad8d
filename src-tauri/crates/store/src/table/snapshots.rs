//! What a vendor said, as it said it. Only ever appended: yesterday's answer stays readable.

use super::accounts::AccountId;
use crate::{Result, Store, StoreError, Writing};
use headroom_billing::Moment;
use rusqlite::{Connection, OptionalExtension, params};

/// One answer of a vendor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// When it was fetched.
    pub fetched_at: Moment,
    /// By which reader.
    pub source: String,
    /// The raw JSON.
    pub body: String,
}

impl Store {
    /// The newest answer of a source.
    pub fn newest_snapshot(&self, account: AccountId, source: &str) -> Result<Option<Snapshot>> {
        newest(&self.connection, account, source)
    }

    /// The newest answer that a source had given by then.
    pub fn snapshot_at(&self, account: AccountId, source: &str, moment: Moment) -> Result<Option<Snapshot>> {
        let condition = "fetched_at <= ?3 ORDER BY fetched_at DESC, id DESC";
        first(&self.connection, account, source, condition, moment)
    }

    /// The first answer that a source gave from then on.
    pub fn snapshot_since(
        &self,
        account: AccountId,
        source: &str,
        moment: Moment,
    ) -> Result<Option<Snapshot>> {
        first(&self.connection, account, source, "fetched_at >= ?3 ORDER BY fetched_at, id", moment)
    }
}

fn newest(connection: &Connection, account: AccountId, source: &str) -> Result<Option<Snapshot>> {
    let condition = "fetched_at >= ?3 ORDER BY fetched_at DESC, id DESC";
    first(connection, account, source, condition, Moment::default())
}

/// The first answer of a source under a condition with an order.
fn first(
    connection: &Connection,
    account: AccountId,
    source: &str,
    condition: &str,
    moment: Moment,
) -> Result<Option<Snapshot>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, fetched_at, body FROM vendor_snapshots
             WHERE account_id = ?1 AND source = ?2 AND {condition} LIMIT 1"
    ))?;
    let bound = params![account.0, source, moment.unix_seconds()];
    let row: Option<(i64, i64, String)> =
        statement.query_row(bound, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    row.map(|(id, seconds, body)| {
        let off = || StoreError::Damaged {
            table: "vendor_snapshots",
            id,
            reason: format!("{seconds} is no moment"),
        };
        let fetched_at = Moment::from_unix(seconds, 0).ok_or_else(off)?;
        Ok(Snapshot { fetched_at, source: source.to_owned(), body })
    })
    .transpose()
}

impl Writing<'_> {
    /// The newest answer of a source.
    pub fn newest_snapshot(&self, account: AccountId, source: &str) -> Result<Option<Snapshot>> {
        newest(&self.transaction, account, source)
    }

    /// Appends an answer.
    pub fn append_snapshot(&self, account: AccountId, snapshot: &Snapshot) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body) VALUES (?1, ?2, ?3, ?4)",
            params![account.0, snapshot.fetched_at.unix_seconds(), snapshot.source, snapshot.body],
        )?;
        Ok(())
    }
}
