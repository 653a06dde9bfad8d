//! Kiro's logins as they lie on this machine, and errands with them.

use super::{NOW, account_at_kiro};
use headroom_sources::kiro::command::CommandError;
use headroom_sources::kiro::token::{self, KiroPlaces};
use headroom_sources::kiro::{command, limits};
use headroom_sources::wire::http::{Host, Network};
use headroom_sources::{FetchError, Http, Patience};
use std::sync::Arc;
use std::time::Duration;
use tools::emulator::Emulator;

/// A home with the database of Kiro's command line, and nothing of its IDE.
fn cli_places(folder: &std::path::Path, entries: &[(&str, &str, &str)]) -> KiroPlaces {
    let cli_database = folder.join("data.sqlite3");
    let database = rusqlite::Connection::open(&cli_database).expect("a database");
    database
        .execute_batch(
            "CREATE TABLE auth_kv (key TEXT, value TEXT); CREATE TABLE state (key TEXT, value TEXT)",
        )
        .expect("tables");
    for (table, key, value) in entries {
        database.execute(&format!("INSERT INTO {table} VALUES (?1, ?2)"), [key, value]).expect("a row");
    }
    KiroPlaces { ide_token: folder.join("none.json"), ide: folder.join("Kiro"), cli_database }
}

#[test]
fn the_command_lines_login_is_read_with_its_profile_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = cli_places(
        folder.path(),
        &[
            (
                "auth_kv",
                "kirocli:odic:token",
                r#"{"access_token":"good","expires_at":"2026-11-21T11:00:00Z","refresh_token":"r"}"#,
            ),
            (
                "auth_kv",
                "kirocli:social:token",
                r#"{"access_token":"old","expires_at":"2026-11-20T11:00:00Z"}"#,
            ),
            ("auth_kv", "codewhisperer:odic:token", r#"{"no":"token"}"#),
            (
                "state",
                "api.codewhisperer.profile",
                r#"{"arn":"arn:aws:codewhisperer:eu-central-1:1:profile/X","profile_name":"x"}"#,
            ),
        ],
    );
    let before = std::fs::read(&places.cli_database).expect("the database");
    let now = NOW.parse().expect("a moment");
    let logins = token::logins(&places, now);
    let known: Vec<_> = logins
        .iter()
        .map(|login| {
            (login.is_good_at(now), login.region().map(|region| Host::Kiro(region).name()), login.external)
        })
        .collect();
    let frankfurt = Some("q.eu-central-1.amazonaws.com");
    assert_eq!(known, [(true, frankfurt, false), (false, frankfurt, false)], "the good one first");
    assert_eq!(std::fs::read(&places.cli_database).expect("the database"), before, "read only");
    assert!(!folder.path().join("data.sqlite3-wal").exists());
}

/// An errand to the emulator at that moment.
fn way_out(emulator: &Emulator) -> Http {
    let network = Network::new(Some(emulator.address()), Patience::default()).expect("a way out");
    Arc::new(network).errand(NOW.parse().expect("a moment"), []).expect("an errand")
}

/// All questions of an errand have one deadline, the program that is asked beside them too.
#[test]
fn when_the_time_of_an_errand_is_over_nobody_is_asked_any_more() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let network = Network::new(Some(emulator.address()), Patience::of(Duration::ZERO)).expect("a way out");
    let http = Arc::new(network).errand(NOW.parse().expect("a moment"), []).expect("an errand");
    let folder = tempfile::tempdir().expect("a folder");
    let token = r#"{"access_token":"t","expires_at":"2026-11-22T00:00:00Z"}"#;
    let places = cli_places(folder.path(), &[("auth_kv", "kirocli:odic:token", token)]);
    let logins = token::logins(&places, NOW.parse().expect("a moment"));
    assert_eq!(limits::fetch(&http, &logins[0]), Err(FetchError::TimedOut("Kiro")));
    assert_eq!(emulator.seen().len(), 0);
    let program = tools::programs::built("kiro-cli");
    assert_eq!(command::fetch(&program, folder.path(), http.deadline()), Err(CommandError::TimedOut));
}

#[test]
fn a_login_of_another_identity_provider_says_so_and_an_unknown_region_is_not_asked() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let now = NOW.parse().expect("a moment");
    let http = way_out(&emulator);
    let folder = tempfile::tempdir().expect("a folder");
    let token = r#"{"access_token":"t","expires_at":"2026-11-22T00:00:00Z"}"#;
    let places = cli_places(folder.path(), &[("auth_kv", "kirocli:external-idp:token", token)]);
    let login = token::logins(&places, now).into_iter().next().expect("a login");
    limits::fetch(&http, &login).expect("an answer");
    assert!(emulator.seen()[0].head.contains("tokentype: EXTERNAL_IDP"), "{}", emulator.seen()[0].head);

    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere =
        ("state", "api.codewhisperer.profile", r#"{"arn":"arn:aws:codewhisperer:mars-1:1:profile/X"}"#);
    let places = cli_places(folder.path(), &[("auth_kv", "kirocli:odic:token", token), elsewhere]);
    let login = token::logins(&places, now).into_iter().next().expect("a login");
    let error = limits::fetch(&http, &login).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("region-unknown"), "{error}");
    assert_eq!(emulator.seen().len(), 1, "nobody was asked");
}
