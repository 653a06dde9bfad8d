//! Where Kilo's programs left a login (`interfaces.md` §4.3). Read only, at the moment of use.

use crate::files::bounded::{self, LARGEST_NOTE};
use crate::wire::number::Number;
use crate::wire::secret::Secret;
use headroom_exact::Moment;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Where Kilo's programs keep things.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KiloPlaces {
    /// The login: `auth.json`.
    pub auth: PathBuf,
    /// Every request with its cost: `kilo.db`.
    pub database: PathBuf,
    /// Whether the environment may hold a login: `KILO_API_KEY` and `KILO_AUTH_CONTENT` are looked at.
    pub environment: bool,
}

/// A login that was found.
pub struct KiloLogin {
    /// The token itself.
    pub token: Secret,
    /// The file or the variable it was found in; none for a key that somebody pasted.
    pub found_in: Option<String>,
    /// Until when it is good, where that is said.
    pub expires_at: Option<Moment>,
}

impl KiloLogin {
    /// Whether it is still good at `now`.
    pub fn is_good_at(&self, now: Moment) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// The file: one entry a provider, of which Kilo's own is needed.
#[derive(Deserialize)]
struct Auth<'a> {
    #[serde(borrow)]
    kilo: Option<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    access: Option<String>,
    key: Option<String>,
    /// Milliseconds since 1970.
    #[serde(borrow)]
    expires: Option<Number<'a>>,
}

/// Where a login lies, if there is one: without reading it.
pub fn found_in(places: &KiloPlaces) -> Option<String> {
    let variable = ["KILO_API_KEY", "KILO_AUTH_CONTENT"]
        .into_iter()
        .filter(|_| places.environment)
        .find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    variable.map(str::to_owned).or_else(|| places.auth.exists().then(|| shown(&places.auth)))
}

/// Every login there is: the environment's first, as Kilo's own command line has it. What can't be read is
/// not there.
pub fn logins(places: &KiloPlaces) -> Vec<KiloLogin> {
    let variable = |name: &str| {
        let value = places.environment.then(|| std::env::var(name).ok()).flatten();
        value.filter(|value| !value.trim().is_empty())
    };
    let key = variable("KILO_API_KEY").map(|key| KiloLogin {
        token: Secret::new(key.trim().to_owned()),
        found_in: Some("KILO_API_KEY".to_owned()),
        expires_at: None,
    });
    let content = variable("KILO_AUTH_CONTENT").and_then(|text| parse(&text, "KILO_AUTH_CONTENT"));
    let file = bounded::read_text(&places.auth, LARGEST_NOTE)
        .ok()
        .and_then(|text| parse(&text, &shown(&places.auth)));
    key.into_iter().chain(content).chain(file).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn parse(text: &str, found_in: &str) -> Option<KiloLogin> {
    let entry = serde_json::from_str::<Auth<'_>>(text).ok()?.kilo?;
    let token = entry.access.or(entry.key).filter(|token| !token.is_empty())?;
    // Zero is written where no end is known.
    let end = entry.expires.and_then(Number::moment).filter(|end| end.unix_seconds() > 0);
    Some(KiloLogin { token: Secret::new(token), found_in: Some(found_in.to_owned()), expires_at: end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_login_are_read_and_others_are_not() {
        let of = |text: &str| {
            parse(text, "auth.json")
                .map(|login| (login.token.expose().to_owned(), login.expires_at.map(|end| end.to_string())))
        };
        assert_eq!(
            of(
                r#"{"kilo":{"type":"oauth","access":"a","refresh":"r","expires":1788220800123,"accountId":"o"}}"#
            ),
            Some(("a".to_owned(), Some("2026-09-01T00:00:00Z".to_owned())))
        );
        assert_eq!(of(r#"{"kilo":{"type":"api","key":"k"}}"#), Some(("k".to_owned(), None)));
        for text in ["", "[]", "{}", r#"{"anthropic":{"key":"k"}}"#, r#"{"kilo":{"key":""}}"#] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
