//! With which login Kilo is asked.

use crate::error::AppError;
use crate::vendors::asking::Around;
use crate::vendors::pasted_key::PastedKey;
use crate::vendors::vendor::{Answer, written};
use crate::weighed::{Evidence, KILO_EVIDENCE, Origin, Verdict, Weighed};
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

/// A login as whoever gave an answer, and what that was worth.
pub(super) fn weighed(login: &KiloLogin, user: Option<String>, verdict: Verdict) -> Weighed {
    let from = login.found_in.as_ref().map_or(Origin::PastedKey, |found_in| Origin::Login {
        place: found_in.clone(),
        found_in: found_in.clone(),
    });
    Weighed { from, user, verdict, limits: None }
}

/// What the answer to one of several questions was worth, and since when the one stays that is shown in its place.
pub(super) const fn of_question(part: Saying, stays_from: Option<String>, verdict: Verdict) -> Weighed {
    Weighed { from: Origin::Question { part, stays_from }, user: None, verdict, limits: None }
}

/// An answer that can't be read isn't followed; where there was none, that is told from it.
pub(super) const fn unfollowed(why: Saying, is_unreadable: bool) -> Verdict {
    if is_unreadable { Verdict::Odd(why) } else { Verdict::Unanswered(why) }
}

/// What each answer was worth, as it is kept.
pub(super) fn evidence(answers: Vec<Weighed>) -> Result<(&'static str, String), FetchError> {
    Ok((KILO_EVIDENCE, written("Kilo", &Evidence { answers })?))
}

/// That none of the answers leads, and why.
pub(super) fn not_leading(answers: Vec<Weighed>, why: Saying) -> Answer {
    match evidence(answers) {
        Ok(kept) => Answer::NotLeading(vec![kept], why),
        Err(error) => Answer::Failed(error),
    }
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
