//! Why a scenario is none.

use crate::timeline::FoldError;
use serde_json::error::Category;
use std::fmt;

/// Why a scenario is no scenario: one line that names the place and what is wrong there.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct ScenarioError(String);

impl ScenarioError {
    pub(crate) fn whole(what: &str) -> Self {
        Self(what.to_owned())
    }

    /// An error at a named place.
    pub fn at(place: &str, what: &dyn fmt::Display) -> Self {
        Self(format!("{place}: {what}"))
    }

    pub(crate) fn event(position: usize, what: &str) -> Self {
        Self(format!("event {position}: {what}"))
    }
}

impl From<FoldError> for ScenarioError {
    fn from(error: FoldError) -> Self {
        Self(error.to_string())
    }
}

/// What a reader of JSON says, without the line and the column that it puts behind it: of a part of a file they would be
/// the part's, and nobody counts columns.
pub(crate) fn without_place(error: &impl fmt::Display) -> String {
    let mut text = error.to_string();
    if let Some((what, place)) = text.rsplit_once(" at line ")
        && let Some((line, column)) = place.split_once(" column ")
        && line.bytes().chain(column.bytes()).all(|digit| digit.is_ascii_digit())
    {
        text.truncate(what.len());
    }
    text
}

impl From<serde_json::Error> for ScenarioError {
    /// Of a whole file: where it is no JSON any more, its line.
    fn from(error: serde_json::Error) -> Self {
        let what = without_place(&error);
        match error.classify() {
            Category::Syntax | Category::Eof => Self(format!("{what} (line {})", error.line())),
            Category::Data | Category::Io => Self(what),
        }
    }
}
