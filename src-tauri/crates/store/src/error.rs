//! Why the store could not do what was asked.

use crate::case::{Closed, NotWritable};
use chrono::NaiveDate;
use headroom_exact::{Month, Saying, say, says};
use rusqlite::ErrorCode;
use std::path::PathBuf;

/// The largest answer of a vendor that is kept, in bytes.
pub(crate) const LONGEST: usize = 256 << 10;

/// Why nothing was restored; nothing was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotRestored {
    /// The data is whole.
    Whole(PathBuf),
    /// Somebody has it open.
    InUse(PathBuf),
    /// No copy is good, and nothing can be read of what is damaged.
    NoCopy(PathBuf),
    /// The copy that was named isn't one, or is damaged.
    NotACopy(PathBuf),
    /// It can't be written there.
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why, where that is known.
        why: Option<NotWritable>,
    },
}

says!(NotRestored);

impl From<&NotRestored> for Saying {
    fn from(error: &NotRestored) -> Self {
        match error {
            NotRestored::Whole(path) => say!("restore-not-needed", path),
            NotRestored::InUse(path) => say!("restore-in-use", path),
            NotRestored::NoCopy(path) => say!("restore-without-copy", path),
            NotRestored::NotACopy(path) => say!("not-a-copy", path),
            NotRestored::NotWritten { path, why } => {
                let reason = why.map_or_else(|| say!("disk-failed"), Self::from);
                say!("not-restored", path, reason)
            }
        }
    }
}

/// Why the store could not do what was asked, each with the file or the row.
#[derive(Debug)]
pub enum StoreError {
    /// The data is not open.
    Closed(Closed),
    /// The data can be read only.
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: NotWritable,
    },
    /// A copy could not be made, so what it was to be made before was not done.
    CopyNotMade {
        /// Where it was to be.
        path: PathBuf,
        /// Why; none where it is something else that stands against it.
        why: Option<NotWritable>,
    },
    /// What was to be copied is damaged, so the copy was not kept.
    Unsound {
        /// The file.
        path: PathBuf,
    },
    /// Restoring could not be done.
    Restore(NotRestored),
    /// A row holds what no version of Headroom writes.
    Damaged {
        /// The table.
        table: &'static str,
        /// The row.
        id: i64,
        /// What is wrong with it.
        reason: Saying,
    },
    /// An amount, in hundredths, is too large to be kept.
    TooLarge(i128),
    /// An amount has more digits than are kept, or is too large.
    NotExact(String),
    /// The lines of the bill of a month, by its first day, come to more than can be kept.
    BillNotExact(NaiveDate),
    /// An answer has more bytes than are kept of one.
    TooLong(usize),
    /// A removed account can't come back beside another of the same login.
    SameLogin(String),
    /// SQLite failed.
    Database(rusqlite::Error),
}

says!(StoreError);

impl From<&StoreError> for Saying {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Closed(closed) => closed.into(),
            StoreError::NotWritable { path, why } => {
                say!("store-not-writable", path, reason = Self::from(*why))
            }
            StoreError::CopyNotMade { path, why } => {
                let reason = why.map_or_else(|| say!("copies-folder-failed"), Self::from);
                say!("copy-not-made", path, reason)
            }
            StoreError::Unsound { path } => say!("copy-not-sound", path),
            StoreError::Restore(error) => error.into(),
            StoreError::Damaged { table, id, reason } => {
                say!("record-damaged", table = *table, row = id.to_string(), reason = reason.clone())
            }
            StoreError::TooLarge(hundredths) => say!("amount-too-large", hundredths = hundredths.to_string()),
            StoreError::NotExact(amount) => say!("amount-not-exact", amount),
            StoreError::BillNotExact(month) => say!("bill-not-exact", month = Month::of_date(*month)),
            StoreError::TooLong(bytes) => {
                say!("answer-too-long", bytes = *bytes, most = LONGEST)
            }
            StoreError::SameLogin(account) => say!("same-login", account),
            StoreError::Database(error) => say!("database-failed", reason = reason(error)),
        }
    }
}

impl From<Closed> for StoreError {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}

impl From<NotRestored> for StoreError {
    fn from(error: NotRestored) -> Self {
        Self::Restore(error)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// What every read and write returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// What is the matter, and what helps.
fn reason(error: &rusqlite::Error) -> Saying {
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => say!("store-cant-be-opened"),
        Some(ErrorCode::ReadOnly) => say!("read-only"),
        Some(ErrorCode::DiskFull) => say!("disk-full"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => say!("store-busy"),
        Some(ErrorCode::SystemIoFailure) => say!("disk-failed"),
        Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => say!("out-of-memory"),
        Some(ErrorCode::OperationInterrupted | ErrorCode::OperationAborted) => say!("interrupted"),
        // Also a table or a column that isn't there, or a value of another kind than its column.
        Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::TypeMismatch
            | ErrorCode::Unknown,
        )
        | None => say!("store-damaged"),
        Some(_) => say!("records-refuse-it"),
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
