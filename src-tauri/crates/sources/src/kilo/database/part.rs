//! What goes back from the worker.

use super::entry::Entry;
use super::mark::Mark;
use super::packed::Packed;
use super::reach::Reaches;
use crate::files::reason::Reason;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What it takes to remember how many copies a day has, or how far a task reaches.
const BYTES: usize = 64;

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
    /// What else there is to say.
    Besides(Besides),
}

/// What isn't a request.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Besides {
    /// Copies that were left out, by day.
    Copies(Vec<(NaiveDate, u64)>),
    /// Messages that could not be read, by day; those whose day nobody knows under none.
    Unread(Vec<(Option<NaiveDate>, u64)>),
    /// The database of that place in the family wasn't read.
    Skipped(usize, Reason),
    /// The task of that place in the family is cut off, and was read as far as that.
    BrokeOff(usize, Reason),
    /// How far tasks of the legacy extension's reach.
    Reaches(Reaches),
}

impl Besides {
    /// So many bytes it takes at most to remember it.
    pub(super) fn size(&self) -> usize {
        let many = match self {
            Self::Copies(days) => days.len(),
            Self::Unread(days) => days.len(),
            Self::Reaches(Reaches { whole, cut }) => whole.len().saturating_add(cut.len()),
            Self::Skipped(..) | Self::BrokeOff(..) => 0,
        };
        many.saturating_mul(BYTES)
    }
}
