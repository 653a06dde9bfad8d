//! The open store: the one way to read it, and the one way to write to it. How it is opened: [`crate::door`].

use crate::planted::Fault;
use crate::table::changes::Changes;
use crate::{NotWritable, Result, StoreError};
use rusqlite::{Connection, DropBehavior, Transaction, TransactionBehavior};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a write waits for another of ours (an import, the window, the command line) to finish.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

/// The open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    /// Why nothing can be written, where that is known.
    not_writable: Option<NotWritable>,
    /// Says to others that somebody is in; last, so that it goes after the connection.
    _guard: Option<File>,
}

/// A write in progress: everything in it happens, or nothing does.
#[derive(Debug)]
pub struct Writing<'s> {
    pub(crate) transaction: Transaction<'s>,
    /// Where the data lies.
    pub(crate) path: &'s Path,
    /// How many rows this connection had changed before, and aside.
    not_counted: Cell<u64>,
    /// What it changes of the sums and hasn't written yet.
    pub(crate) sums: RefCell<Changes>,
}

impl Writing<'_> {
    /// Whether a row was added, changed or removed in it.
    pub fn changes_anything(&self) -> bool {
        self.transaction.total_changes() != self.not_counted.get()
    }

    /// Writes what is no record, such as which files were read: nothing is lost with it, and it is no change.
    pub fn aside<T>(&self, work: impl FnOnce(&Self) -> T) -> T {
        let before = self.transaction.total_changes();
        let done = work(self);
        let changed = self.transaction.total_changes().saturating_sub(before);
        self.not_counted.set(self.not_counted.get().saturating_add(changed));
        done
    }
}

/// A state of the records: the last row's number of every table that is only appended to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revision(Vec<(String, i64)>);

impl Store {
    pub(crate) fn over(connection: Connection, path: &Path, guard: Option<File>) -> Self {
        Self { connection, path: path.to_owned(), not_writable: None, _guard: guard }
    }

    /// The same, known to be one that can't be written.
    pub(crate) fn only_to_read(self, why: NotWritable) -> Self {
        Self { not_writable: Some(why), ..self }
    }

    /// An error with the reason where it is known that nothing can be written: for whoever does something else first that
    /// is of no use without it, such as asking a vendor.
    pub fn refuse_unless_writable(&self) -> Result<()> {
        self.not_writable.map_or(Ok(()), |why| Err(StoreError::NotWritable { path: self.path.clone(), why }))
    }

    /// Where the data lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives a write that changes much room for what it changes, so that each page of it is written once: 32 MiB, where it is
    /// needed.
    pub fn expect_much(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "cache_size", -32_768)?)
    }

    /// Whether what is there can be read while something is written, however much: not where the file system has no room
    /// for a log that several share.
    pub fn is_read_while_written(&self) -> Result<bool> {
        let mode: String = self.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        Ok(mode == "wal")
    }

    /// Which state of the records this is: another after anything was appended, of any account.
    pub fn revision(&self) -> Result<Revision> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, seq FROM sqlite_sequence ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Revision(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Does some work without waiting for others who write: what can as well be done another time.
    pub fn without_waiting<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Result<T> {
        let patience: u32 = self.connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0))?;
        self.connection.busy_timeout(Duration::ZERO)?;
        let done = work(self);
        self.connection.busy_timeout(Duration::from_millis(patience.into()))?;
        Ok(done)
    }

    /// Reads one moment of the records, whatever is written meanwhile. Waits for nobody who writes.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let reading = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let answer = work(self)?;
        reading.finish().map_err(StoreError::from)?;
        Ok(answer)
    }

    /// Writes in one transaction that takes the writer's place at once.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.refuse_unless_writable()?;
        if Fault::AcknowledgedBeforeCommit.is_planted() && !self.connection.is_autocommit() {
            self.connection.execute_batch("COMMIT").map_err(StoreError::from)?;
        }
        let behavior = if Fault::DeferredWrite.is_planted() {
            TransactionBehavior::Deferred
        } else {
            TransactionBehavior::Immediate
        };
        let not_counted = Cell::new(self.connection.total_changes());
        let begun = self.connection.transaction_with_behavior(behavior);
        let transaction = begun.map_err(StoreError::from)?;
        let mut writing = Writing { transaction, path: &self.path, not_counted, sums: RefCell::default() };
        let answer = work(&writing)?;
        writing.write_sums()?;
        if Fault::AcknowledgedBeforeCommit.is_planted() {
            writing.transaction.set_drop_behavior(DropBehavior::Ignore);
            return Ok(answer);
        }
        writing.transaction.commit().map_err(StoreError::from)?;
        Ok(answer)
    }
}
