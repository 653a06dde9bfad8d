//! What a command is given, and how it fails.

use headroom_app::{AppError, ErrorCode, Place};
use std::io::{Read, Write};

/// Exit status of bad input or bad arguments; one line on standard error says what and where.
pub(crate) const BAD_INPUT: u8 = 2;

/// Exit status of `status --min-remaining` when there is less.
const TOO_LITTLE: u8 = 3;

/// Exit status of `status` when an account could not be shown; the others are.
pub const FAULT: u8 = 4;

/// What a command talks to.
pub struct Console<'c> {
    /// Standard input, for `-`.
    pub input: &'c mut dyn Read,
    /// Standard output: the answer, or nothing.
    pub output: &'c mut dyn Write,
    /// Standard error: messages.
    pub errors: &'c mut dyn Write,
    /// Whether somebody reads standard output: then answers are text, else JSON.
    pub terminal: bool,
    /// Where long work says how far it is, on a line that is written anew; none where nobody watches.
    pub progress: Option<&'c mut dyn Write>,
}

/// Why a command failed: its message, and the status it exits with.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: u8,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn bad_input(message: impl std::fmt::Display) -> Self {
        Self { status: BAD_INPUT, message: message.to_string() }
    }

    /// An account could not be shown.
    pub(crate) fn fault(message: impl std::fmt::Display) -> Self {
        Self { status: FAULT, message: message.to_string() }
    }

    /// Fewer credits are left than were asked for.
    pub(crate) fn too_little(message: impl std::fmt::Display) -> Self {
        Self { status: TOO_LITTLE, message: message.to_string() }
    }

    /// The answer could not be written, or the store could not be read.
    pub(crate) fn trouble(message: impl std::fmt::Display) -> Self {
        Self { status: 1, message: message.to_string() }
    }
}

/// The same where somebody was asked, or the keyring: what they don't do is no fault of what was entered.
pub(crate) fn asked(error: AppError) -> Failure {
    if error.code == ErrorCode::Outside { Failure::trouble(error) } else { error.into() }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error.code {
            ErrorCode::Input | ErrorCode::Refused | ErrorCode::Outside | ErrorCode::Stopped => {
                Self::bad_input(error)
            }
            ErrorCode::FactsMissing
            | ErrorCode::NoAccount
            | ErrorCode::Store
            | ErrorCode::DataBusy
            | ErrorCode::DataFull
            | ErrorCode::DataNoRight
            | ErrorCode::DataNewer
            | ErrorCode::DataForeign
            | ErrorCode::DataBehind
            | ErrorCode::DataDamaged => Self::trouble(error),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // Whoever read it has read enough (`| head`): nothing went wrong.
            return Self { status: 0, message: String::new() };
        }
        Self::trouble(format!("the answer could not be written: {error}"))
    }
}

/// Finds the data that a command works on.
pub type Open<'o> = &'o dyn Fn() -> Result<Place, AppError>;
