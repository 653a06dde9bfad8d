//! Errors as they cross to the window and the terminal: a code that callers act on, and what is to be said.

use crate::machine::secrets::SecretsError;
use headroom_billing::FoldError;
use headroom_exact::{Saying, say};
use headroom_sources::files::reason::Reason;
use headroom_sources::wire::json::differs;
use headroom_store::restore::NotRestored;
use headroom_store::{Case, Closed, StoreError};
use serde::Serialize;
use std::path::PathBuf;
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
    /// The data is in use by another Headroom: wait.
    DataBusy,
    /// There is no room for the data: make some.
    DataFull,
    /// The data may not be read or made: give the right.
    DataNoRight,
    /// A newer version wrote the data: install that.
    DataNewer,
    /// Something else is where the data should be: choose another folder.
    DataForeign,
    /// The data is gone or emptied, and copies of it are there: restore it.
    DataBehind,
    /// The data is damaged: restore it.
    DataDamaged,
    /// Something outside failed: a file, a folder.
    Outside,
    /// It was told to stop, and did nothing.
    Stopped,
}

/// A failure. Shown as text it is in English: for the command line and logs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AppError {
    /// What kind.
    pub code: ErrorCode,
    /// What happened and what helps.
    #[ts(as = "crate::answers::Saying")]
    pub saying: Saying,
    /// What a reader of files refused, where what the file is may tell more.
    #[serde(skip)]
    #[ts(skip)]
    pub refused: Option<Refused>,
}

/// What a reader of files refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// A file of another kind than was asked for, and what it lacks.
    AnotherKind(Reason),
    /// What was given holds no session.
    NoSession,
    /// Files of which none could be read, each with its reason; what is said names the first of them. Of a folder without any,
    /// none.
    Nothing(Vec<(PathBuf, Reason)>),
}

impl AppError {
    /// A failure of a kind.
    pub fn new(code: ErrorCode, saying: impl Into<Saying>) -> Self {
        Self { code, saying: saying.into(), refused: None }
    }

    /// Of files of which none could be read, each with its reason.
    pub fn left_out(&self) -> &[(PathBuf, Reason)] {
        match &self.refused {
            Some(Refused::Nothing(left_out)) => left_out,
            Some(Refused::AnotherKind(_) | Refused::NoSession) | None => &[],
        }
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
        let reason = match error {
            FoldError::BeforeOpening { .. } => say!("before-the-beginning"),
            FoldError::OpenedTwice { .. } => say!("begins-twice"),
            FoldError::NoOpening { .. } => say!("never-begins"),
            FoldError::NothingYet { moment } => say!("nothing-by-then", moment),
        };
        Self::new(ErrorCode::Store, say!("records-contradict", reason))
    }
}

/// A record of ours can't be written down.
impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(ErrorCode::Store, say!("record-not-written", reason = differs(&error)))
    }
}

impl From<Closed> for AppError {
    fn from(closed: Closed) -> Self {
        StoreError::from(closed).into()
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Closed(Closed { case, .. }) => match case {
                Case::Busy => ErrorCode::DataBusy,
                Case::Full => ErrorCode::DataFull,
                Case::NoRight => ErrorCode::DataNoRight,
                Case::Newer { .. } => ErrorCode::DataNewer,
                Case::Foreign(_) => ErrorCode::DataForeign,
                Case::Behind(_) => ErrorCode::DataBehind,
                Case::Damaged(_) => ErrorCode::DataDamaged,
            },
            StoreError::Restore(NotRestored::Whole(_) | NotRestored::InUse(_) | NotRestored::NotACopy(_))
            | StoreError::SameLogin(_) => ErrorCode::Refused,
            StoreError::Restore(NotRestored::NoCopy(_) | NotRestored::NotWritten { .. })
            | StoreError::NotWritable { .. }
            | StoreError::CopyNotMade { .. }
            | StoreError::Unsound { .. }
            | StoreError::Damaged { .. }
            | StoreError::TooLarge(_)
            | StoreError::NotExact(_)
            | StoreError::BillNotExact(_)
            | StoreError::TooLong(_)
            | StoreError::Database(_) => ErrorCode::Store,
        };
        Self::new(code, error)
    }
}
