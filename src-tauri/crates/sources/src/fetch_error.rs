//! Why a vendor gave no answer.

use headroom_exact::{Moment, Saying, say, says};

/// Why there is no answer, each with whom was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FetchError {
    /// The token is missing, expired or refused.
    SignInAgain(&'static str),
    /// No connection.
    Offline(&'static str),
    /// It took too long.
    TimedOut(&'static str),
    /// Too many questions.
    Throttled {
        /// Who.
        vendor: &'static str,
        /// Until when, if it said so.
        until: Option<RetryAfter>,
    },
    /// The account is managed elsewhere and has no such figures (`FEATURE_NOT_SUPPORTED`).
    NotSupported(&'static str),
    /// The vendor suspended the account (`TEMPORARILY_SUSPENDED`).
    Suspended(&'static str),
    /// The server failed.
    Server {
        /// Who.
        vendor: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// It refused for a reason of its own.
    Refused {
        /// Who.
        vendor: &'static str,
        /// The HTTP status.
        status: u16,
        /// What it said, shortened; may be empty.
        said: String,
    },
    /// It pointed elsewhere.
    Redirected(&'static str),
    /// More than 32 MiB.
    TooLarge(&'static str),
    /// It broke off.
    CutOff(&'static str),
    /// It isn't what it was.
    Unreadable {
        /// Who.
        vendor: &'static str,
        /// Where it differs.
        reason: Saying,
    },
}

says!(FetchError);

impl From<&FetchError> for Saying {
    fn from(error: &FetchError) -> Self {
        match error {
            FetchError::SignInAgain(vendor) => say!("sign-in-again", vendor = *vendor),
            FetchError::Offline(vendor) => say!("offline", vendor = *vendor),
            FetchError::TimedOut(vendor) => say!("timed-out", vendor = *vendor),
            FetchError::Throttled { vendor, .. } => say!("throttled", vendor = *vendor),
            FetchError::NotSupported(vendor) => say!("managed-elsewhere", vendor = *vendor),
            FetchError::Suspended(vendor) => say!("suspended", vendor = *vendor),
            FetchError::Server { vendor, status } => {
                say!("server-failed", vendor = *vendor, status = *status)
            }
            FetchError::Refused { vendor, status, said } if said.is_empty() => {
                say!("refused", vendor = *vendor, status = *status)
            }
            FetchError::Refused { vendor, status, said } => {
                say!("refused-saying", vendor = *vendor, status = *status, said)
            }
            FetchError::Redirected(vendor) => say!("redirected", vendor = *vendor),
            FetchError::TooLarge(vendor) => say!("answer-too-large", vendor = *vendor),
            FetchError::CutOff(vendor) => say!("answer-cut-off", vendor = *vendor),
            FetchError::Unreadable { vendor, reason } => {
                say!("answer-unreadable", vendor = *vendor, reason = reason.clone())
            }
        }
    }
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
