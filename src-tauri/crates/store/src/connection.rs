//! Opening the file, and the one way to write to it.

use crate::migrations;
use crate::{Result, StoreError};
use headroom_exact::{Saying, say};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// How long a write waits for another of ours (an import, the window, the command line) to finish.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

/// The open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
}

/// A write in progress: everything in it happens, or nothing does.
#[derive(Debug)]
pub struct Writing<'s> {
    pub(crate) transaction: Transaction<'s>,
}

/// A state of the records: the last row's number of every table that is only appended to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revision(Vec<(String, i64)>);

impl Store {
    /// Opens the file, making it and its folder when they are missing, and brings it up to date.
    ///
    /// A file of a newer version is refused before anything is written to it. What is made is
    /// readable for its owner only (0600 in a folder of 0700, where the system knows such a thing).
    pub fn open(path: &Path) -> Result<Self> {
        let unreadable = |reason: Saying| StoreError::Unreadable { path: path.to_owned(), reason };
        if path.exists() {
            // SQLite would wait for whoever writes to a pipe.
            if !path.is_file() {
                return Err(unreadable(say!("not-a-file")));
            }
            refuse_newer(path)?;
        } else {
            create(path).map_err(|error| unreadable(error.into()))?;
        }
        let mut connection = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .map_err(|error| unreadable(reason(&error)))?;
        prepare(&connection).map_err(|error| unreadable(reason(&error)))?;
        migrations::all().to_latest(&mut connection).map_err(|error| {
            // Anything else is in this program, or done by another to the file.
            let rusqlite_migration::Error::RusqliteError { err, .. } = error else {
                return unreadable(say!("store-damaged"));
            };
            unreadable(reason(&err))
        })?;
        Ok(Self { connection })
    }

    /// Which state of the records this is: another after anything was appended, of any account.
    pub fn revision(&self) -> Result<Revision> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, seq FROM sqlite_sequence ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Revision(rows.collect::<rusqlite::Result<_>>()?))
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
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let writing = Writing { transaction: begun.map_err(StoreError::from)? };
        let answer = work(&writing)?;
        writing.transaction.commit().map_err(StoreError::from)?;
        Ok(answer)
    }
}

/// What is the matter.
pub(crate) fn reason(error: &rusqlite::Error) -> Saying {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => say!("not-a-database"),
        Some(ErrorCode::CannotOpen) => say!("store-cant-be-opened"),
        Some(ErrorCode::ReadOnly) => say!("read-only"),
        Some(ErrorCode::DiskFull) => say!("disk-full"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => say!("store-busy"),
        Some(ErrorCode::SystemIoFailure) => say!("disk-failed"),
        // Also a table or a column that isn't there, or a value that is of another kind than its column.
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::Unknown) | None => say!("store-damaged"),
        Some(_) => say!("system-failed"),
    }
}

/// Whether the file itself is damaged.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
}

/// Whether somebody else is at the file.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Looks at the format without any means of changing the file.
fn refuse_newer(path: &Path) -> Result<()> {
    let unreadable =
        |error: rusqlite::Error| StoreError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(unreadable)?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(unreadable)?;
    let known = migrations::COUNT;
    if found > known { Err(StoreError::Newer { path: path.to_owned(), found, known }) } else { Ok(()) }
}

/// Makes an empty file for its owner only; SQLite gives its companions the same rights.
fn create(path: &Path) -> std::io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    let mut file = fs::OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path.parent() {
        folder.recursive(true).create(parent)?;
    }
    match file.write(true).create_new(true).open(path) {
        // Another process of ours was a moment faster.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome.map(drop),
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", "ON")
}
