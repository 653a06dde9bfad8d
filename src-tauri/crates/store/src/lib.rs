//! What Headroom remembers: one SQLite file.
//!
//! Observations, acts and snapshots are only ever appended. Every amount is an integer (cents,
//! hundredths of a credit); every moment is seconds since 1970 in UTC and nanoseconds beside them.
//! One file per table under [`table`] holds its SQL, its row type, its reads and its writes.

mod case;
mod connection;
pub mod copies;
mod door;
mod files;
mod migrations;
mod ready;
pub mod restore;
pub mod settling;
pub mod table;
mod whole;

pub use case::{Behind, Case, Closed, Damage, Foreign, NotWritable};
pub use connection::{Revision, Store, Writing};
pub use door::Opened;
pub use whole::ExportError;

use std::path::PathBuf;

/// Why the store could not do what was asked. Every message names the file or the row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data is not open.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// The data can be read only.
    #[error("Nothing can be written to {}: {why}.", path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: NotWritable,
    },
    /// A copy could not be made, so what it was to be made before was not done.
    #[error(
        "No copy could be made at {}: {}. Nothing was changed.", path.display(),
        why.map_or_else(|| "its folder is missing, or the disk fails".to_owned(), |why| why.to_string())
    )]
    CopyNotMade {
        /// Where it was to be.
        path: PathBuf,
        /// Why; none where it is something else that stands against it.
        why: Option<NotWritable>,
    },
    /// What was to be copied is damaged, so the copy was not kept.
    #[error("{} is damaged, so no copy of it was kept. Repair it from the newest copy with: headroom restore", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
    },
    /// Restoring could not be done.
    #[error(transparent)]
    Restore(#[from] restore::NotRestored),
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
    /// An answer is longer than is kept of one.
    #[error("an answer of {0} bytes is too long to be kept; at most 262144 are")]
    TooLong(usize),
    /// A removed account can't come back beside another of the same login.
    #[error("{0} has the same login and is here already; remove it first")]
    SameLogin(String),
    /// SQLite failed.
    #[error("{}", connection::reason(.0))]
    Database(#[from] rusqlite::Error),
}

/// What every read and write returns.
pub type Result<T> = std::result::Result<T, StoreError>;
