//! What was read of a vendor's answers. Only ever appended: yesterday's answer stays readable. Older versions kept
//! answers as they came; those are settled once.

use super::accounts::AccountId;
use crate::whole::GIVE_ROOM_BACK;
use crate::{Result, Store, StoreError, Writing};
use headroom_exact::Moment;
use rusqlite::params;

/// One answer of a vendor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// When it was fetched.
    pub fetched_at: Moment,
    /// By which reader.
    pub source: String,
    /// What was read of it, JSON. Empty where an older version kept something that nobody can read.
    pub body: String,
}

/// The newest answers of a source: the newest that can be read, and that there is a newer one which can't.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Newest<T> {
    /// When it was fetched, and what it says; none if none can be read.
    pub readable: Option<(Moment, T)>,
    /// When the newest was fetched, if that can't be read.
    pub unreadable: Option<Moment>,
}

/// An answer as an older version kept it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsItCame {
    /// Whose.
    pub account: AccountId,
    /// What was kept.
    pub snapshot: Snapshot,
}

/// What becomes of an answer that was kept as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settled {
    /// What was read of it takes its place.
    Rewritten(String),
    /// It can't be read: when it was fetched and by which reader is all that stays.
    Emptied,
    /// It stands somewhere else now.
    Moved,
}

/// The form of what was read of an answer.
const READ: i64 = 1;
/// So many are settled between two looks at the file: none is held in memory longer than that.
const AT_ONCE: u32 = 256;

impl Store {
    /// The newest answer of a source.
    pub fn newest_snapshot(&self, account: AccountId, source: &str) -> Result<Option<Snapshot>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, fetched_at, body FROM vendor_snapshots
             WHERE account_id = ?1 AND source = ?2 ORDER BY fetched_at DESC, id DESC LIMIT 1",
        )?;
        let mut rows = statement.query(params![account.0, source])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let fetched_at = moment(row.get(0)?, row.get(1)?)?;
        // A damaged byte can make something else of a text; then nobody can read it.
        let body = row.get_ref(2)?.as_str().unwrap_or_default().to_owned();
        Ok(Some(Snapshot { fetched_at, source: source.to_owned(), body }))
    }
}

impl Store {
    /// The newest answer of a source that can be read, of those that it had given by then if a moment is given; and
    /// whether a newer one can't be.
    pub fn newest_readable<T>(
        &self,
        account: AccountId,
        source: &str,
        by: Option<Moment>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Newest<T>> {
        let condition = "fetched_at <= ?3 ORDER BY fetched_at DESC, id DESC";
        let by = by.map_or(i64::MAX, Moment::unix_seconds);
        self.readable(account, source, (condition, by), read)
    }

    /// The first answer that a source gave from then on and that can be read.
    pub fn first_readable<T>(
        &self,
        account: AccountId,
        source: &str,
        since: Moment,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<(Moment, T)>> {
        let condition = "fetched_at >= ?3 ORDER BY fetched_at, id";
        Ok(self.readable(account, source, (condition, since.unix_seconds()), read)?.readable)
    }

    /// The first that can be read under a condition with an order, and when the first was fetched that can't be and
    /// comes before it.
    fn readable<T>(
        &self,
        account: AccountId,
        source: &str,
        (condition, seconds): (&str, i64),
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Newest<T>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, fetched_at, body FROM vendor_snapshots
             WHERE account_id = ?1 AND source = ?2 AND {condition}"
        ))?;
        let mut rows = statement.query(params![account.0, source, seconds])?;
        let mut newest = Newest { readable: None, unreadable: None };
        while let Some(row) = rows.next()? {
            let at = moment(row.get(0)?, row.get(1)?)?;
            let said = row.get_ref(2)?.as_str().ok().and_then(&read);
            if let Some(said) = said {
                newest.readable = Some((at, said));
                break;
            }
            newest.unreadable = newest.unreadable.or(Some(at));
        }
        Ok(newest)
    }

    /// Settles, in one transaction, every answer that an older version kept as it came: one of the two exceptions
    /// to "only ever appended". Whether there was any.
    pub fn settle_snapshots<E: From<StoreError>>(
        &mut self,
        mut settle: impl FnMut(&Writing<'_>, &AsItCame) -> std::result::Result<Settled, E>,
    ) -> std::result::Result<bool, E> {
        let any = "SELECT EXISTS (SELECT 1 FROM vendor_snapshots WHERE form = 0)";
        let any: bool = self.connection.query_row(any, [], |row| row.get(0)).map_err(StoreError::from)?;
        if any {
            self.write(|writing| {
                while writing.settle_some(&mut settle)? {}
                let owed = "INSERT INTO chores (name) VALUES (?1) ON CONFLICT DO NOTHING";
                writing.transaction.execute(owed, [GIVE_ROOM_BACK]).map_err(StoreError::from)?;
                Ok::<_, E>(())
            })?;
        }
        Ok(any)
    }
}

fn moment(id: i64, seconds: i64) -> Result<Moment> {
    let off =
        || StoreError::Damaged { table: "vendor_snapshots", id, reason: format!("{seconds} is no moment") };
    Moment::from_unix(seconds, 0).ok_or_else(off)
}

impl Writing<'_> {
    /// Appends an answer.
    pub fn append_snapshot(&self, account: AccountId, snapshot: &Snapshot) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body, form) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![account.0, snapshot.fetched_at.unix_seconds(), snapshot.source, snapshot.body, READ],
        )?;
        Ok(())
    }

    /// Settles the oldest that are as they came. Whether there were any.
    fn settle_some<E: From<StoreError>>(
        &self,
        settle: &mut impl FnMut(&Self, &AsItCame) -> std::result::Result<Settled, E>,
    ) -> std::result::Result<bool, E> {
        let some = self.as_they_came()?;
        for (id, came) in &some {
            let body = match settle(self, came)? {
                Settled::Rewritten(body) => Some(body),
                Settled::Emptied => Some(String::new()),
                Settled::Moved => None,
            };
            match body {
                Some(body) => self.transaction.execute(
                    "UPDATE vendor_snapshots SET body = ?2, form = ?3 WHERE id = ?1",
                    params![id, body, READ],
                ),
                None => self.transaction.execute("DELETE FROM vendor_snapshots WHERE id = ?1", [id]),
            }
            .map_err(StoreError::from)?;
        }
        Ok(!some.is_empty())
    }

    fn as_they_came(&self) -> Result<Vec<(i64, AsItCame)>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT id, account_id, fetched_at, source, body FROM vendor_snapshots
             WHERE form = 0 ORDER BY id LIMIT ?1",
        )?;
        let mut rows = statement.query([AT_ONCE])?;
        let mut some = Vec::new();
        while let Some(row) = rows.next()? {
            // What is no text (a damaged byte can do that) is settled as nothing that can be read.
            let text =
                |column| row.get_ref(column).map(|value| value.as_str().unwrap_or_default().to_owned());
            let id = row.get(0)?;
            let snapshot =
                Snapshot { fetched_at: moment(id, row.get(2)?)?, source: text(3)?, body: text(4)? };
            some.push((id, AsItCame { account: AccountId(row.get(1)?), snapshot }));
        }
        Ok(some)
    }
}
