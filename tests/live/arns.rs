//! The one thing in a login that says whom to ask: a profile's ARN. Whatever stands in it, a question goes to one of Kiro's
//! four hosts or to nobody, and nothing of it becomes a header.

use super::{NOW, TOKEN, account_at_kiro};
use acceptance::Desk;
use headroom_app::answers::{Choice, Vendor};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tools::emulator::Emulator;

/// An ARN, and the host that is asked for it.
fn arns() -> Vec<(String, Option<&'static str>)> {
    const US: Option<&str> = Some("q.us-east-1.amazonaws.com");
    let of_region = |region: &str| format!("arn:aws:codewhisperer:{region}:1:profile/X");
    let nowhere = [
        "",
        "invalid.example",
        "invalid.example/",
        "invalid.example#",
        "us-east-1.invalid.example",
        "us-east-1@invalid.example",
        "invalid.example@us-east-1",
        "us-east-1/../../elsewhere",
        "us-east-1?x=1",
        "us-east-1#",
        "us-east-1%00",
        "us-east-1\0",
        "us-east-1\r\nx-injected: 1",
        " us-east-1",
        "us-east-1 ",
        "US-EAST-1",
        "us-\u{435}ast-1",
        "us-east-1\u{200b}",
        "127.0.0.1",
        "localhost",
    ];
    let mut arns: Vec<_> = nowhere.into_iter().map(|region| (of_region(region), None)).collect();
    arns.extend([
        ("arn".to_owned(), None),
        (of_region(&"us-east-1".repeat(10_000)), None),
        (format!("{}\r\nx-injected: 1", of_region("us-east-1")), US),
        (format!("{}&profileArn=other#?x=1", of_region("us-east-1")), US),
        (format!("{}/../../../elsewhere", of_region("us-east-1")), US),
        (of_region("eu-central-1"), Some("q.eu-central-1.amazonaws.com")),
    ]);
    arns
}

const PLACES: [&str; 4] =
    ["the IDE's login", "the command line's login", "the command line's state", "the IDE's profile"];

/// A home with a login, in which the ARN stands in this place alone.
fn write(home: &Path, place: &str, arn: &str) {
    let login = |arn: Option<&str>| -> Value {
        json!({"accessToken": TOKEN, "refreshToken": "never-used", "authMethod": "social",
            "expiresAt": "2026-11-21T12:00:00Z", "profileArn": arn})
    };
    let ide = home.join("kiro-auth-token.json");
    match place {
        "the IDE's login" => fs::write(ide, login(Some(arn)).to_string()).expect("written"),
        "the IDE's profile" => {
            fs::write(ide, login(None).to_string()).expect("written");
            let folder = home.join("Kiro/User/globalStorage/kiro.kiroagent");
            fs::create_dir_all(&folder).expect("made");
            fs::write(folder.join("profile.json"), json!({"arn": arn, "name": "x"}).to_string())
                .expect("written");
        }
        _ => {
            fs::remove_file(ide).expect("there was one");
            let database = Connection::open(home.join("data.sqlite3")).expect("a database");
            database
                .execute_batch(
                    "CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT);
                     CREATE TABLE state (key TEXT PRIMARY KEY, value BLOB);",
                )
                .expect("tables");
            let of_login = (place == "the command line's login").then_some(arn);
            let token =
                json!({"access_token": TOKEN, "expires_at": "2026-11-21T12:00:00Z", "profile_arn": of_login});
            let sql = "INSERT INTO auth_kv VALUES ('kirocli:social:token', ?1)";
            database.execute(sql, [token.to_string()]).expect("a row");
            if of_login.is_none() {
                let sql = "INSERT INTO state VALUES ('api.codewhisperer.profile', ?1)";
                database.execute(sql, [json!({"arn": arn}).to_string()]).expect("a row");
            }
        }
    }
}

#[test]
fn whatever_stands_in_a_profile_only_kiros_own_hosts_are_asked() {
    let mut tried = 0;
    for (arn, host) in arns() {
        for place in PLACES {
            let emulator = Emulator::of(account_at_kiro(), NOW, 0);
            let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-21T12:00:00Z");
            let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#);
            desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
            write(&desk.home(), place, &arn);
            let refreshed = desk.headroom.refresh(account, true, false).expect("a failure is no error");
            let shown: String = arn.chars().take(80).collect();
            let seen = emulator.seen();
            for seen in &seen {
                let asked = host.map(|host| format!("GET /{host}/"));
                assert!(
                    asked.is_some_and(|asked| seen.line.starts_with(&asked)),
                    "{shown:?}, {place}: {}",
                    seen.line
                );
                assert!(
                    !seen.line.contains("elsewhere/") && seen.line.matches("HTTP").count() <= 1,
                    "{}",
                    seen.line
                );
                let head = seen.head.to_lowercase();
                assert!(
                    head.lines().all(|line| !line.starts_with("x-injected")),
                    "{shown:?}, {place}: {head}"
                );
            }
            assert_eq!(seen.is_empty(), host.is_none(), "{shown:?}, {place}: {refreshed:?}");
            tried += 1;
        }
    }
    assert_eq!(tried, 104);
}
