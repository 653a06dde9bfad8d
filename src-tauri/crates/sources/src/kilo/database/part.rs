//! What goes back from the worker.

use super::entry::Entry;
use super::mark::Mark;
use super::packed::Packed;
use crate::files::reason::Reason;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a worker says of the databases.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    /// The name of a model: the first, the second, and so on.
    Model(String),
    /// Requests of Kilo's of a day, by the place of their model. One of which a copy knows the cost comes again.
    Requests(NaiveDate, Vec<(usize, Packed<Entry>)>),
    /// A request that was told and began on this day, the one before.
    EndedLater(NaiveDate, Packed<Entry>),
    /// Requests of a day that are another provider's.
    Elsewhere(NaiveDate, Packed<Mark>),
    /// Requests of a day of which nobody knows whose they are.
    Unnamed(NaiveDate, Packed<Mark>),
    /// Copies that were left out, by day.
    Copies(Vec<(NaiveDate, u64)>),
    /// Messages that could not be read, by day; those whose day nobody knows under none.
    Unread(Vec<(Option<NaiveDate>, u64)>),
    /// The database of that place in the family wasn't read.
    Skipped(usize, Reason),
}
