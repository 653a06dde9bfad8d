//! What Headroom remembers: one SQLite file.
//!
//! Observations, acts and snapshots are only ever appended. Every amount is an integer (cents,
//! hundredths of a credit); every moment is seconds since 1970 in UTC and nanoseconds beside them.
//! One file per table under [`table`] holds its SQL, its row type, its reads and its writes.

mod connection;
mod migrations;
pub mod settling;
pub mod table;
mod whole;

pub use connection::{Revision, Store, Writing};
pub use whole::ExportError;

use chrono::NaiveDate;
use headroom_exact::{Month, Saying, say, says};
use std::path::PathBuf;

/// Why the store could not do what was asked, each with the file or the row.
#[derive(Debug)]
pub enum StoreError {
    /// The file was written by a newer version; it was not touched.
    Newer {
        /// The file.
        path: PathBuf,
        /// The format found in it.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// The file or its folder can't be opened, or is no database.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: Saying,
    },
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
    /// SQLite failed.
    Database(rusqlite::Error),
}

says!(StoreError);

impl From<&StoreError> for Saying {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Newer { path, found, known } => {
                say!("store-newer", path, found = found.to_string(), known = known.to_string())
            }
            StoreError::Unreadable { path, reason } => {
                say!("store-unreadable", path, reason = reason.clone())
            }
            StoreError::Damaged { table, id, reason } => {
                say!("record-damaged", table = *table, row = id.to_string(), reason = reason.clone())
            }
            StoreError::TooLarge(hundredths) => say!("amount-too-large", hundredths = hundredths.to_string()),
            StoreError::NotExact(amount) => say!("amount-not-exact", amount),
            StoreError::BillNotExact(month) => say!("bill-not-exact", month = Month::of_date(*month)),
            StoreError::Database(error) => say!("database-failed", reason = connection::reason(error)),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// What every read and write returns.
pub type Result<T> = std::result::Result<T, StoreError>;
