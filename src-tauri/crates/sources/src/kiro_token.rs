//! Where Kiro's programs left a login (`interfaces.md` §1.5). Read only, at the moment of use: refreshing
//! it would log the user out of Kiro itself.

use crate::bounded::{self, Database, DatabaseError, LARGEST_NOTE};
use crate::http::KiroRegion;
use crate::secret::Secret;
use headroom_exact::Moment;
use rusqlite::OptionalExtension;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Tokens count as expired one minute early, as Kiro's own client has it.
const EARLY_SECONDS: i64 = 60;

/// A login that was found.
pub struct KiroLogin {
    /// The token itself.
    pub token: Secret,
    /// The profile it is for, where one is named.
    pub profile_arn: Option<String>,
    /// Where it was found, for people.
    pub found_in: PathBuf,
    /// Until when it is good, where that is said.
    pub expires_at: Option<Moment>,
    /// Whether the login is of another identity provider: it is sent with a header of its own.
    pub external: bool,
}

impl KiroLogin {
    /// The region its account is kept in; none for one that isn't known. No profile is N. Virginia.
    pub fn region(&self) -> Option<KiroRegion> {
        match &self.profile_arn {
            None => Some(KiroRegion::default()),
            Some(arn) => KiroRegion::of_profile(arn),
        }
    }

    /// Whether it is still good at `now`.
    pub fn is_good_at(&self, now: Moment) -> bool {
        self.expires_at.is_none_or(|end| now.plus_seconds(EARLY_SECONDS) < end)
    }
}

/// Where Kiro's programs keep things.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KiroPlaces {
    /// The IDE's token: `~/.aws/sso/cache/kiro-auth-token.json`.
    pub ide_token: PathBuf,
    /// The IDE's folder: `<Kiro>`.
    pub ide: PathBuf,
    /// The command line's database: `data.sqlite3`.
    pub cli_database: PathBuf,
}

/// The IDE's file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IdeToken {
    access_token: Option<String>,
    expires_at: Option<String>,
    auth_method: Option<String>,
    profile_arn: Option<String>,
}

/// The command line's entry.
#[derive(Deserialize)]
struct CliToken {
    access_token: Option<String>,
    expires_at: Option<String>,
    profile_arn: Option<String>,
}

#[derive(Deserialize)]
struct Profile {
    arn: Option<String>,
}

/// The largest entry of the command line's database, in bytes. It keeps conversations beside the login, which may be
/// larger: they are never fetched.
const LARGEST_ENTRY: i32 = 1024 * 1024;

/// Keys of the command line's tokens, newest first.
const CLI_KEYS: [&str; 4] =
    ["kirocli:social:token", "kirocli:odic:token", "kirocli:external-idp:token", "codewhisperer:odic:token"];

/// Where a login lies, if there is one: without reading it.
pub fn found_in(places: &KiroPlaces) -> Option<&Path> {
    if places.ide_token.exists() {
        return Some(&places.ide_token);
    }
    let database = Database::open(&places.cli_database, LARGEST_ENTRY).ok()?;
    let connection = database.with_tables(&["auth_kv"]).ok()?;
    let marks = CLI_KEYS.map(|_| "?").join(", ");
    let sql = format!("SELECT EXISTS (SELECT 1 FROM auth_kv WHERE key IN ({marks}))");
    let found = connection.query_row(&sql, CLI_KEYS, |row| row.get(0)).unwrap_or(false);
    found.then_some(places.cli_database.as_path())
}

/// Every login there is, those that are good at `now` first. What can't be read is not there.
pub fn logins(places: &KiroPlaces, now: Moment) -> Vec<KiroLogin> {
    let mut logins: Vec<_> =
        ide(places).into_iter().chain(cli(&places.cli_database).unwrap_or_default()).collect();
    logins.sort_by_key(|login| !login.is_good_at(now));
    logins
}

fn ide(places: &KiroPlaces) -> Option<KiroLogin> {
    let text = bounded::read_text(&places.ide_token, LARGEST_NOTE).ok()?;
    let token: IdeToken = serde_json::from_str(&text).ok()?;
    let profile = places.ide.join("User/globalStorage/kiro.kiroagent/profile.json");
    let named =
        || serde_json::from_str::<Profile>(&bounded::read_text(&profile, LARGEST_NOTE).ok()?).ok()?.arn;
    Some(KiroLogin {
        token: Secret::new(token.access_token.filter(|token| !token.is_empty())?),
        profile_arn: token.profile_arn.or_else(named),
        found_in: places.ide_token.clone(),
        expires_at: token.expires_at.and_then(|text| text.parse().ok()),
        external: token.auth_method.is_some_and(|method| method.eq_ignore_ascii_case("external_idp")),
    })
}

fn cli(path: &Path) -> Result<Vec<KiroLogin>, DatabaseError> {
    let database = Database::open(path, LARGEST_ENTRY)?;
    let value = |table: &'static str, key: &str| -> Result<_, DatabaseError> {
        let connection = database.with_tables(&[table])?;
        let sql = format!("SELECT value FROM {table} WHERE key = ?1");
        let value = connection.query_row(&sql, [key], |row| row.get::<_, String>(0)).optional()?;
        database.came();
        Ok(value)
    };
    let profile = value("state", "api.codewhisperer.profile").ok().flatten();
    let profile = profile.and_then(|text| serde_json::from_str::<Profile>(&text).ok()?.arn);
    let mut logins = Vec::new();
    for key in CLI_KEYS {
        let Some(text) = value("auth_kv", key)? else { continue };
        let Ok(token) = serde_json::from_str::<CliToken>(&text) else { continue };
        let Some(access_token) = token.access_token.filter(|token| !token.is_empty()) else { continue };
        logins.push(KiroLogin {
            token: Secret::new(access_token),
            profile_arn: token.profile_arn.or_else(|| profile.clone()),
            found_in: path.to_owned(),
            expires_at: token.expires_at.and_then(|text| text.parse().ok()),
            external: key == "kirocli:external-idp:token",
        });
    }
    Ok(logins)
}
