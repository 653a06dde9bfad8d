//! Why there is no answer, in the words that are shown.

use headroom_exact::Moment;

/// Why there is no answer. Each is a sentence that says what helps.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FetchError {
    /// The token is missing, expired or refused.
    #[error("Open {0} to sign in again.")]
    SignInAgain(&'static str),
    /// No connection.
    #[error("{0} can't be reached. Check the connection.")]
    Offline(&'static str),
    /// It took too long.
    #[error("{0} did not answer in time.")]
    TimedOut(&'static str),
    /// Too many questions.
    #[error("{host} asks to wait before the next question.")]
    Throttled {
        /// Who.
        host: &'static str,
        /// Until when, if it said so.
        until: Option<RetryAfter>,
    },
    /// The account is managed elsewhere and has no such figures (`FEATURE_NOT_SUPPORTED`).
    #[error("This account is managed by its administrator; {0} gives no figures for it.")]
    NotSupported(&'static str),
    /// The vendor suspended the account (`TEMPORARILY_SUSPENDED`).
    #[error("{0} has suspended this account. Its support can say why.")]
    Suspended(&'static str),
    /// The server failed.
    #[error("{host} failed with {status}. It usually passes; Headroom tries again later.")]
    Server {
        /// Who.
        host: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// It refused for a reason of its own.
    #[error("{host} refused with {status}{reason}.")]
    Refused {
        /// Who.
        host: &'static str,
        /// The HTTP status.
        status: u16,
        /// What it said, shortened; empty or beginning with a colon.
        reason: String,
    },
    /// It pointed elsewhere.
    #[error("{0} pointed to another address, which Headroom does not follow.")]
    Redirected(&'static str),
    /// More than 32 MiB.
    #[error("{0} sent more than 32 MiB, which is no such answer.")]
    TooLarge(&'static str),
    /// It broke off.
    #[error("{0} broke off in the middle of its answer.")]
    CutOff(&'static str),
    /// It isn't what it was.
    #[error("{host} answered in a form that Headroom does not know: {what}.")]
    Unreadable {
        /// Who.
        host: &'static str,
        /// Where it differs.
        what: String,
    },
}

/// When to ask again, as the header has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RetryAfter {
    /// So many seconds from now on.
    Seconds(u64),
    /// Then.
    At(Moment),
}

impl RetryAfter {
    /// The longest that is obeyed: a mistaken header shall not silence an account for ever.
    const LONGEST: i64 = 86_400;

    /// The moment, at most a day from `now` on.
    pub fn moment(self, now: Moment) -> Moment {
        let longest = now.plus_seconds(Self::LONGEST);
        match self {
            Self::Seconds(seconds) => {
                now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX).min(Self::LONGEST))
            }
            Self::At(moment) => moment.clamp(now, longest),
        }
    }
}
