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
mod error;
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
pub use error::{Result, StoreError};
pub use whole::ExportError;

#[cfg(test)]
mod explained;
