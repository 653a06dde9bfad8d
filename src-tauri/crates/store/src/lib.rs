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

use std::path::PathBuf;

/// Why the store could not do what was asked. Every message names the file or the row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer version; it was not touched.
    #[error(
        "{} was written by a newer Headroom (its format is {found}, this version knows {known}); it was left untouched: install the newer version",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format found in it.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// The file or its folder can't be opened, or is no database.
    #[error("{} could not be opened: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system or SQLite said.
        reason: String,
    },
    /// A row holds what no version of Headroom writes.
    #[error("{table} row {id}: {reason}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row.
        id: i64,
        /// What is wrong with it.
        reason: String,
    },
    /// An amount is too large to be kept.
    #[error("an amount of {0} hundredths is too large to be kept")]
    TooLarge(i128),
    /// An amount has more digits than are kept, or is too large.
    #[error("an amount of {0} can't be kept exactly")]
    NotExact(String),
    /// SQLite failed.
    #[error("the database failed: {}; headroom doctor says where it lies", connection::reason(.0))]
    Database(#[from] rusqlite::Error),
}

/// What every read and write returns.
pub type Result<T> = std::result::Result<T, StoreError>;
