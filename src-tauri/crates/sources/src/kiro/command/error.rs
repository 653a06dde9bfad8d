//! Why the program gave no figures.

use headroom_exact::printable::plain;
use headroom_exact::{Saying, say, says};
use std::path::PathBuf;

/// Why it gave no figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandError {
    /// It could not be started.
    NotStarted {
        /// The program.
        program: PathBuf,
        /// Why.
        reason: Saying,
    },
    /// It ended or closed its output.
    Ended,
    /// It took too long.
    TimedOut,
    /// It wrote more than any answer has.
    TooMuch,
    /// It refused, in its own words, shortened; empty where it has none.
    Refused(String),
    /// It is signed out.
    SignedOut,
    /// The plan is managed elsewhere.
    NotSupported,
    /// It isn't what it was.
    Unreadable(Saying),
}

says!(CommandError);

/// What the program is called, for people too.
const NAME: &str = "kiro-cli";

impl From<&CommandError> for Saying {
    fn from(error: &CommandError) -> Self {
        match error {
            CommandError::NotStarted { program, reason } => {
                say!("program-not-started", program, reason = reason.clone())
            }
            CommandError::Ended => say!("program-ended", program = NAME),
            CommandError::TimedOut => say!("timed-out", vendor = NAME),
            CommandError::TooMuch => say!("program-endless", program = NAME),
            CommandError::Refused(said) if said.is_empty() => say!("question-not-known", program = NAME),
            CommandError::Refused(said) => say!("program-refused", program = NAME, said),
            CommandError::SignedOut => say!("program-signed-out", program = NAME),
            CommandError::NotSupported => say!("managed-elsewhere", vendor = NAME),
            CommandError::Unreadable(reason) => {
                say!("answer-unreadable", vendor = NAME, reason = reason.clone())
            }
        }
    }
}

impl CommandError {
    /// It refused, with these words; that nobody is signed in is said as that.
    pub(super) fn refused(said: &str) -> Self {
        let small = said.to_lowercase();
        let signed_out =
            ["not logged in", "not signed in", "not authenticated", "authentication failed", "login expired"];
        if signed_out.iter().any(|words| small.contains(words)) {
            return Self::SignedOut;
        }
        // A sentence at most, in one line.
        Self::Refused(plain(said).chars().take(120).collect())
    }
}
