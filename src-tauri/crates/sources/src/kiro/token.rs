//! Where Kiro's programs left a login (`interfaces.md` §1.5). Read only, at the moment of use: refreshing
//! it would log the user out of Kiro itself.

use crate::files::bounded::{self, Database, DatabaseError, LARGEST_NOTE};
use crate::wire::http::KiroRegion;
use crate::wire::number::Number;
use crate::wire::secret::Secret;
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

/// A file of the IDE's or of the command line's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileToken<'a> {
    #[serde(alias = "access_token")]
    access_token: Option<String>,
    #[serde(borrow, alias = "expires_at")]
    expires_at: Option<Number<'a>>,
    #[serde(alias = "auth_method")]
    auth_method: Option<String>,
    #[serde(alias = "profile_arn")]
    profile_arn: Option<String>,
}

/// The command line's entry.
#[derive(Deserialize)]
struct CliToken<'a> {
    access_token: Option<String>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
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

/// The file of the command line's login beside that of the IDE's.
const CLI_FILE: &str = "kiro-auth-token-cli.json";

/// Where a login lies, if there is one: without reading it.
pub fn found_in(places: &KiroPlaces) -> Option<PathBuf> {
    let of_the_cli = places.ide_token.with_file_name(CLI_FILE);
    let in_files = [&places.ide_token, &of_the_cli].into_iter().find(|path| path.exists());
    if let Some(file) = in_files {
        return Some(file.clone());
    }
    let database = Database::open(&places.cli_database, LARGEST_ENTRY).ok()?;
    let connection = database.with_tables(&["auth_kv"]).ok()?;
    let marks = CLI_KEYS.map(|_| "?").join(", ");
    let sql = format!("SELECT EXISTS (SELECT 1 FROM auth_kv WHERE key IN ({marks}))");
    let found = connection.query_row(&sql, CLI_KEYS, |row| row.get(0)).unwrap_or(false);
    found.then(|| places.cli_database.clone())
}

/// Every login there is, those that are good at `now` first. What can't be read is not there.
pub fn logins(places: &KiroPlaces, now: Moment) -> Vec<KiroLogin> {
    let profile = places.ide.join("User/globalStorage/kiro.kiroagent/profile.json");
    let of_the_ide = || read_profile(&bounded::read_text(&profile, LARGEST_NOTE).ok()?);
    let of_the_cli = || cli_profile(&places.cli_database).ok().flatten();
    let ide = in_file(&places.ide_token, of_the_ide);
    let cli_file = in_file(&places.ide_token.with_file_name(CLI_FILE), of_the_cli);
    let database = cli(&places.cli_database).unwrap_or_default();
    let mut logins: Vec<_> = ide.into_iter().chain(cli_file).chain(database).collect();
    logins.sort_by_key(|login| !login.is_good_at(now));
    logins
}

/// The login in a file, of the profile that it names, else of another that its program names.
fn in_file(path: &Path, profile: impl Fn() -> Option<String>) -> Option<KiroLogin> {
    let text = bounded::read_text(path, LARGEST_NOTE).ok()?;
    let token: FileToken<'_> = serde_json::from_str(&text).ok()?;
    Some(KiroLogin {
        token: Secret::new(token.access_token.filter(|token| !token.is_empty())?),
        profile_arn: named(token.profile_arn).or_else(profile),
        found_in: path.to_owned(),
        expires_at: token.expires_at.and_then(Number::moment),
        external: token.auth_method.is_some_and(|method| method.eq_ignore_ascii_case("external_idp")),
    })
}

/// A profile, where one is named: an empty one is none.
fn named(arn: Option<String>) -> Option<String> {
    arn.filter(|arn| !arn.trim().is_empty())
}

fn read_profile(text: &str) -> Option<String> {
    named(serde_json::from_str::<Profile>(text).ok()?.arn)
}

/// What the command line's database has under a key.
fn value(database: &Database, table: &'static str, key: &str) -> Result<Option<String>, DatabaseError> {
    let connection = database.with_tables(&[table])?;
    let sql = format!("SELECT value FROM {table} WHERE key = ?1");
    let value = connection.query_row(&sql, [key], |row| row.get::<_, String>(0)).optional()?;
    database.came();
    Ok(value)
}

/// The profile that the command line names.
fn cli_profile(path: &Path) -> Result<Option<String>, DatabaseError> {
    let database = Database::open(path, LARGEST_ENTRY)?;
    Ok(value(&database, "state", "api.codewhisperer.profile")?.and_then(|text| read_profile(&text)))
}

fn cli(path: &Path) -> Result<Vec<KiroLogin>, DatabaseError> {
    let database = Database::open(path, LARGEST_ENTRY)?;
    let profile = value(&database, "state", "api.codewhisperer.profile").ok().flatten();
    let profile = profile.and_then(|text| read_profile(&text));
    let mut logins = Vec::new();
    for key in CLI_KEYS {
        let Some(text) = value(&database, "auth_kv", key)? else { continue };
        let Ok(token) = serde_json::from_str::<CliToken<'_>>(&text) else { continue };
        let Some(access_token) = token.access_token.filter(|token| !token.is_empty()) else { continue };
        logins.push(KiroLogin {
            token: Secret::new(access_token),
            profile_arn: named(token.profile_arn).or_else(|| profile.clone()),
            found_in: path.to_owned(),
            expires_at: token.expires_at.and_then(Number::moment),
            external: key == "kirocli:external-idp:token",
        });
    }
    Ok(logins)
}
