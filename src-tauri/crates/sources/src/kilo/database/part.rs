//! What goes back from the worker.

use crate::observation::SpendRow;
use chrono::NaiveDate;
use headroom_exact::Saying;
use serde::{Deserialize, Serialize};

/// What a worker says of the databases.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    /// Sums, by day and model.
    Rows(Vec<SpendRow>),
    /// Copies that were left out, by day.
    Copies(Vec<(NaiveDate, u64)>),
    /// The database of that place in the family wasn't read.
    Skipped(usize, Saying),
    /// Everything else, at the end: the counts of what was read.
    Rest { requests: u64, unpriced: u64, elsewhere: u64, unreadable: u64 },
}
