//! Errors as they cross to the window and the terminal: a code that callers act on, and what is to be said.

use crate::documents::words;
use crate::machine::secrets::SecretsError;
use headroom_billing::FoldError;
use headroom_exact::{Saying, say};
use headroom_sources::json::differs;
use headroom_store::StoreError;
use serde::Serialize;
use ts_rs::TS;

/// What kind of failure it is. A code exists only where a caller acts on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// What was entered can't be right; what is said names it and how to mend it.
    Input,
    /// The account's facts aren't known yet: ask for them.
    FactsMissing,
    /// There is no such account (any more).
    NoAccount,
    /// The rules refuse it.
    Refused,
    /// The store failed.
    Store,
    /// Something outside failed: a file, a folder.
    Outside,
    /// It was told to stop, and did nothing.
    Stopped,
}

/// A failure. Shown as text it is in English: for the command line and logs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS, thiserror::Error)]
#[error("{}", words::say(.saying))]
pub struct AppError {
    /// What kind.
    pub code: ErrorCode,
    /// What happened and what helps.
    #[ts(as = "crate::answers::Saying")]
    pub saying: Saying,
}

impl AppError {
    /// A failure of a kind.
    pub fn new(code: ErrorCode, saying: impl Into<Saying>) -> Self {
        Self { code, saying: saying.into() }
    }

    /// What was entered is wrong.
    pub fn input(saying: impl Into<Saying>) -> Self {
        Self::new(ErrorCode::Input, saying)
    }
}

impl From<SecretsError> for AppError {
    fn from(error: SecretsError) -> Self {
        Self::new(ErrorCode::Outside, say!("keyring-failed", reason = error.0))
    }
}

/// What the store holds doesn't fold: each of it was checked when it was kept. Scenarios of others are bad input, and
/// say so where they are read.
impl From<FoldError> for AppError {
    fn from(error: FoldError) -> Self {
        Self::new(ErrorCode::Store, say!("records-contradict", reason = error.to_string()))
    }
}

/// A record of ours can't be written down.
impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(ErrorCode::Store, say!("record-not-written", reason = differs(&error)))
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::new(ErrorCode::Store, error)
    }
}
