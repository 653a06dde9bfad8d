//! Why a scenario is none.

use crate::timeline::FoldError;
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
