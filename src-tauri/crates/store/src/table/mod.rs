//! The tables, one file each.

pub mod accounts;
pub mod alerts;
pub mod bills;
pub mod breakdown;
pub(crate) mod changes;
pub(crate) mod chores;
pub mod corrections;
pub mod events;
pub mod identities;
pub mod live;
pub mod reports;
pub mod rollups;
pub mod scenarios;
pub mod sessions;
pub mod settings;
pub mod snapshots;
mod sums;
pub mod tasks;
pub mod waits;
