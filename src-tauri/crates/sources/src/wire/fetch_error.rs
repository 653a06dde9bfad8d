//! Why a vendor gave no answer.

use headroom_exact::{Moment, Saying, say, says};

/// Why there is no answer, each with whom was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FetchError {
    /// The token is missing, expired or refused.
    SignInAgain(&'static str),
    /// The login ended.
    LoginEnded {
        /// Whose.
        vendor: &'static str,
        /// When.
        at: Moment,
    },
    /// No connection.
    Offline(&'static str),
    /// Whoever answered couldn't be trusted: nothing was sent.
    NotTrusted {
        /// Who was meant.
        vendor: &'static str,
        /// Why not.
        why: Distrust,
    },
    /// It took too long.
    TimedOut(&'static str),
    /// There were too many questions.
    Throttled {
        /// Who.
        vendor: &'static str,
        /// When it may be asked again.
        until: Moment,
    },
    /// It can't answer anybody at the moment.
    Unavailable {
        /// Who.
        vendor: &'static str,
        /// When it may be asked again.
        until: Moment,
    },
    /// It wasn't asked: it wants to be left alone.
    LeftAlone {
        /// Who.
        vendor: &'static str,
        /// When it may be asked again.
        until: Moment,
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
    /// More than is read of it.
    TooLarge {
        /// Who.
        vendor: &'static str,
        /// How much is read, in MiB.
        most: u64,
    },
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
            FetchError::LoginEnded { vendor, at } => say!("login-ended", vendor = *vendor, ended = *at),
            FetchError::Offline(vendor) => say!("offline", vendor = *vendor),
            FetchError::NotTrusted { vendor, why } => why.saying(vendor),
            FetchError::TimedOut(vendor) => say!("timed-out", vendor = *vendor),
            FetchError::Throttled { vendor, until } => {
                say!("throttled", vendor = *vendor, until = *until)
            }
            FetchError::Unavailable { vendor, until } => {
                say!("unavailable", vendor = *vendor, until = *until)
            }
            FetchError::LeftAlone { vendor, until } => {
                say!("left-alone", vendor = *vendor, until = *until)
            }
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
            FetchError::TooLarge { vendor, most } => {
                say!("answer-too-large", vendor = *vendor, most = *most)
            }
            FetchError::CutOff(vendor) => say!("answer-cut-off", vendor = *vendor),
            FetchError::Unreadable { vendor, reason } => {
                say!("answer-unreadable", vendor = *vendor, reason = reason.clone())
            }
        }
    }
}

/// Why whoever answered couldn't be trusted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Distrust {
    /// Nobody that this machine trusts vouches for them.
    Unknown,
    /// Their certificate isn't valid at this machine's time.
    NotNow,
    /// Their certificate is of another host.
    Another,
    /// Something else is wrong with their certificate.
    Wrong,
    /// There is no safe way that both know.
    NoSafeWay,
}

impl Distrust {
    /// By what the library that speaks to servers found.
    pub(crate) const fn of(error: &rustls::Error) -> Self {
        use rustls::{CertificateError, Error};
        match error {
            Error::InvalidCertificate(fault) => match fault {
                CertificateError::UnknownIssuer => Self::Unknown,
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. } => Self::NotNow,
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    Self::Another
                }
                _ => Self::Wrong,
            },
            _ => Self::NoSafeWay,
        }
    }

    fn saying(self, vendor: &'static str) -> Saying {
        match self {
            Self::Unknown => say!("certificate-unknown", vendor),
            Self::NotNow => say!("certificate-not-now", vendor),
            Self::Another => say!("certificate-of-another", vendor),
            Self::Wrong => say!("certificate-wrong", vendor),
            Self::NoSafeWay => say!("connection-not-safe", vendor),
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
    /// Then; none where that isn't after `now`, so that it says no more than that it is to be asked again.
    pub fn end(self, now: Moment) -> Option<Moment> {
        let end = match self {
            Self::Seconds(seconds) => now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)),
            Self::At(moment) => moment,
        };
        Some(end).filter(|end| *end > now)
    }
}
