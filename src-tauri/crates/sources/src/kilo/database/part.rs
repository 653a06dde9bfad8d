//! What goes back from the worker.

use super::day::Entry;
use chrono::NaiveDate;
use headroom_exact::Saying;
use serde::{Deserialize, Serialize};

/// What a worker says of the databases.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    /// The name of a model: the first, the second, and so on.
    Model(String),
    /// Requests of Kilo's of a day, each with the place of its model. One of which a copy knows the cost comes again.
    Requests(NaiveDate, Vec<(usize, Entry)>),
    /// A request that was told and began on this day, the one before.
    EndedLater(NaiveDate, Entry),
    /// Copies that were left out, by day.
    Copies(Vec<(NaiveDate, u64)>),
    /// The database of that place in the family wasn't read.
    Skipped(usize, Saying),
    /// Everything else, at the end: the counts of what was read.
    Rest { elsewhere: u64, unreadable: u64 },
}
