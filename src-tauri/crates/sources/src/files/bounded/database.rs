//! Another program's SQLite database: read as it is kept, and nothing in it computed.

use super::{FileError, open};
use crate::wire::http::escaped;
use headroom_exact::{Saying, say, says};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io};

/// After so many steps of SQLite's machine somebody looks.
const STEPS_A_LOOK: i32 = 10_000;
/// So many looks may pass before the next row comes: a plain table needs a few steps a row.
const MOST_LOOKS: u32 = 10_000;

/// Why a database was not read.
#[derive(Debug)]
pub(crate) enum DatabaseError {
    /// The file itself.
    File(FileError),
    /// What is in it.
    Content(rusqlite::Error),
    /// What is needed isn't in it, at least not as a table: a view can compute without an end.
    NoTable(&'static str),
}

says!(DatabaseError);

impl From<FileError> for DatabaseError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Content(error)
    }
}

impl From<&DatabaseError> for Saying {
    fn from(error: &DatabaseError) -> Self {
        let error = match error {
            DatabaseError::File(error) => return error.into(),
            DatabaseError::NoTable(table) => return say!("no-table", table = *table),
            DatabaseError::Content(error) => error,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => say!("not-a-database"),
            Some(ErrorCode::DatabaseCorrupt) => say!("database-damaged"),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => say!("database-cant-be-opened"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => say!("database-busy"),
            Some(ErrorCode::OperationInterrupted) => say!("next-row-missing"),
            Some(ErrorCode::TooBig) => say!("value-too-large"),
            Some(ErrorCode::OutOfMemory | ErrorCode::SystemIoFailure) => say!("system-failed"),
            _ => say!("tables-of-another-kind"),
        }
    }
}

impl DatabaseError {
    /// Whether another program keeps everybody else out for now.
    pub fn is_busy(&self) -> bool {
        let busy = [ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked];
        matches!(self, Self::Content(error) if error.sqlite_error_code().is_some_and(|code| busy.contains(&code)))
    }

    /// Whether somebody else, or the system, keeps it from being read.
    pub fn is_kept_from_being_read(&self) -> bool {
        let kept = [ErrorCode::CannotOpen, ErrorCode::PermissionDenied, ErrorCode::SystemIoFailure];
        self.is_busy()
            || matches!(self, Self::Content(error) if error.sqlite_error_code().is_some_and(|code| kept.contains(&code)))
    }

    /// Whether it is a database and what is in it makes no sense.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Content(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt))
    }

    /// Whether there is no memory for what is in it.
    pub fn is_out_of_memory(&self) -> bool {
        matches!(self, Self::Content(error) if error.sqlite_error_code() == Some(ErrorCode::OutOfMemory))
    }
}

/// Limits the memory of every database of this process, in bytes and for good.
pub(crate) fn limit_memory_of_databases(most: u64) -> rusqlite::Result<()> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Connection::open_in_memory()?.pragma_update_and_check(None, "hard_heap_limit", most, |_| Ok(()))
}

/// Asks for the JSON of a column in at most so many bytes, written as text, as the bytes of one or in SQLite's own form of bytes; what
/// is larger isn't even fetched. Written as text that form takes up to six times its bytes.
pub(crate) fn json_in(column: &str, largest: i32) -> String {
    let of_own_form = largest >> 3;
    format!(
        "CASE WHEN octet_length({column}) > {largest} THEN NULL
              WHEN typeof({column}) = 'blob' AND octet_length({column}) <= {of_own_form} AND json_valid({column}, 8)
              THEN json({column}) ELSE {column} END"
    )
}

/// Whether what was written last to a database lies beside it.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// A database that is open for reading.
pub(crate) struct Database {
    connection: Connection,
    looks: Arc<AtomicU32>,
}

impl Database {
    /// Opens a database whose values are at most so many bytes long.
    pub fn open(path: &Path, longest: i32) -> Result<Self, DatabaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Self::new(path, longest, || Connection::open_with_flags(path, flags))?;
        // SQLite looks into one with a log through files beside it, which nobody can make where nothing can be written: on a disc or
        // in a snapshot. Without a log all that it holds stands in it.
        if database.is_closed_to_readers() && !has_log(path) {
            return Self::open_unchanging(path, longest).or(Ok(database));
        }
        Ok(database)
    }

    /// The same of a file that nobody changes.
    pub fn open_unchanging(path: &Path, longest: i32) -> Result<Self, DatabaseError> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // The path stands in an address: what has a meaning there is written as its number.
        let plain = path.to_str().ok_or(FileError::from(io::Error::from(io::ErrorKind::InvalidFilename)))?;
        let address = format!("file:{}?mode=ro&immutable=1", escaped(plain, b"/"));
        Self::new(path, longest, || Connection::open_with_flags(address, flags))
    }

    /// Whether it can be opened and nothing in it be looked at.
    fn is_closed_to_readers(&self) -> bool {
        let looked = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        looked.is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::CannotOpen))
    }

    fn new(
        path: &Path,
        longest: i32,
        connect: impl FnOnce() -> rusqlite::Result<Connection>,
    ) -> Result<Self, DatabaseError> {
        // SQLite would wait for whoever writes to a pipe, and make a folder's or a missing file's error its own.
        open(path)?;
        for companion in ["-wal", "-shm", "-journal"] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(companion);
            let beside = Path::new(&beside);
            if beside.exists() {
                open(beside)?;
            }
        }
        let connection = connect()?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
        let looks = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&looks);
        let too_many = move || counted.fetch_add(1, Ordering::Relaxed) >= MOST_LOOKS;
        connection.progress_handler(STEPS_A_LOOK, Some(too_many))?;
        connection.pragma_update(None, "cell_size_check", true)?;
        Ok(Self { connection, looks })
    }

    /// The connection, if these are tables of the database.
    pub fn with_tables(&self, tables: &[&'static str]) -> Result<&Connection, DatabaseError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1 AND type = 'table' AND rootpage > 0)";
        for table in tables {
            if !self.connection.query_row(sql, [table], |row| row.get(0))? {
                return Err(DatabaseError::NoTable(table));
            }
        }
        Ok(&self.connection)
    }

    /// A row came: the next may take as long.
    pub fn came(&self) {
        self.looks.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected of a copy on a disc, where nothing can be written beside it.
    #[test]
    fn a_database_that_keeps_a_log_is_read_without_anything_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("what? 100%#.db");
        let writer = Connection::open(&path).expect("made");
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE message (data)").expect("written");
        assert!(has_log(&path));
        drop(writer);
        assert!(!has_log(&path));
        let database = Database::open_unchanging(&path, 1_000).expect("opened");
        assert!(!database.is_closed_to_readers() && database.with_tables(&["message"]).is_ok());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing was made beside it");
    }
}
