//! A table as the window shows it, to be saved.

use serde::Deserialize;
use ts_rs::TS;

/// A table that is shown: what was answered, in its columns.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShownTable {
    /// What it is called.
    pub title: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, a cell for each column: decimals as they were answered, days as YYYY-MM-DD; none where something isn't known.
    pub rows: Vec<Vec<Option<String>>>,
}
