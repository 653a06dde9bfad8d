//! What Headroom remembers: one SQLite file.
//!
//! Observations, acts and snapshots are only ever appended. Every amount is an integer (cents,
//! hundredths of a credit); every moment is seconds since 1970 in UTC and nanoseconds beside them.
//! One file per table under [`table`] holds its SQL, its row type, its reads and its writes.

mod acts_step;
mod case;
mod connection;
pub mod copies;
mod door;
mod files;
mod migrations;
mod planted;
mod ready;
pub mod restore;
mod sessions_step;
pub mod settling;
mod sums_step;
pub mod table;
mod trust;
mod whole;

pub use case::{Behind, Case, Closed, Damage, Foreign, NotWritable};
pub use connection::{Revision, Store, Writing};
pub use door::Opened;
pub use whole::ExportError;

use chrono::NaiveDate;
use headroom_exact::{Month, Saying, say, says};
use std::path::PathBuf;

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
    Restore(restore::NotRestored),
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
                say!("answer-too-long", bytes = *bytes, most = table::snapshots::LONGEST)
            }
            StoreError::SameLogin(account) => say!("same-login", account),
            StoreError::Database(error) => say!("database-failed", reason = connection::reason(error)),
        }
    }
}

impl From<Closed> for StoreError {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}

impl From<restore::NotRestored> for StoreError {
    fn from(error: restore::NotRestored) -> Self {
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

#[cfg(test)]
mod explained;
