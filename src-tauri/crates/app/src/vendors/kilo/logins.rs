//! With which login Kilo is asked.

use crate::error::AppError;
use crate::vendors::asking::Around;
use crate::vendors::pasted_key::PastedKey;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::FetchError;
use headroom_sources::kilo::token::{self, KiloLogin};

/// The key that somebody can paste.
pub(super) const KEY: PastedKey = PastedKey { name: "kilo-api-key", wrong: || say!("key-wrong") };

/// Where a pasted key lies.
pub(super) fn in_keyring() -> Value {
    say!("system-keyring").into()
}

/// Every login of Kilo's: a key that somebody pasted leads, then those of Kilo's own programs.
pub(super) fn all(around: &Around<'_>) -> Result<Vec<KiloLogin>, AppError> {
    let pasted = KEY.read(around)?;
    let pasted = pasted.map(|token| KiloLogin { token, found_in: None, expires_at: None });
    let others = around.paths.kilo().map(token::logins).unwrap_or_default();
    Ok(pasted.into_iter().chain(others).collect())
}

/// Why there is no login to ask with.
pub(super) enum NoLogin {
    /// There is none: what helps.
    Nobody(Saying),
    /// None of those that are there is good any more.
    Expired(FetchError),
}

/// The first login that is good.
pub(super) fn good(logins: &[KiloLogin], now: Moment) -> Result<&KiloLogin, NoLogin> {
    let ended = logins.iter().map(|login| login.expires_at).max().flatten().filter(|end| *end <= now);
    logins.iter().find(|login| login.is_good_at(now)).ok_or(match ended {
        None if logins.is_empty() => NoLogin::Nobody(say!("no-login", vendor = "Kilo")),
        None => NoLogin::Expired(FetchError::SignInAgain("Kilo")),
        Some(at) => NoLogin::Expired(FetchError::LoginEnded { vendor: "Kilo", at }),
    })
}
