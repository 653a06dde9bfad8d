//! What must stay nowhere: tokens, and what the IDE's state holds beside its figures. Every answer there is, good,
//! failing or echoing, and then a look at everything that Headroom wrote or said.

use super::kilo::{desk as kilo_desk, emulator as kilo_emulator};
use super::places::{LATER_SHOWN, write_state};
use super::{NOW, account_at_kiro};
use acceptance::{Desk, files_in};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use headroom_app::answers::{AccountNumber, Choice, Vendor};
use headroom_sources::Patience;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use tools::emulator::{Emulator, Fault, Team};

/// Signs that every way of writing it down changes.
pub(crate) const KIRO_TOKEN: &str = "kiro+canary/token=of?ada~2f9c1d77aa";
const KILO_TOKEN: &str = "kilo+canary/token=of?ada~5b0e4488cc";
/// What the IDE keeps beside its figures, and what the service and the log say of a person.
pub(crate) const PRIVATE: [&str; 5] = [
    "state-access-canary-91d0",
    "state-refresh-canary-77b2",
    "grace.canary@example.com",
    "please rewrite the secret canary prompt",
    "ada@example.com",
];

/// Everything logged in this process lies here.
fn log_folder() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder")).path()
}

/// Logs as the programs do.
pub(crate) fn log() {
    headroom_app::log::start(log_folder().join("log"), "test", true);
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The ways in which a server may repeat a token.
fn forms(token: &str) -> Vec<(&'static str, String)> {
    let signs = |write: fn(u8) -> String| token.bytes().map(write).collect::<Vec<_>>().concat();
    let hex = signs(|byte| format!("{byte:02x}"));
    vec![
        ("plain", token.to_owned()),
        ("base64", STANDARD.encode(token)),
        ("base64 within a header", STANDARD.encode(format!("Bearer {token}"))),
        ("base64 for addresses", URL_SAFE.encode(token)),
        ("base64 without its end", URL_SAFE_NO_PAD.encode(token)),
        ("hexadecimal", hex.clone()),
        ("hexadecimal in capitals", hex.to_uppercase()),
        ("as in an address", escaped(token)),
        ("as in an address, small", escaped(token).replace("%2B", "%2b").replace("%2F", "%2f")),
        ("escaped", token.replace('/', "\\/")),
        ("escaped wholly", signs(|byte| format!("\\u{byte:04x}"))),
    ]
}

/// What must be found nowhere. Of a longer text in base64 the middle, which doesn't depend on what is around it.
fn canaries() -> Vec<(String, String)> {
    let of_tokens = [KIRO_TOKEN, KILO_TOKEN].into_iter().flat_map(|token| {
        forms(token).into_iter().map(move |(form, text)| {
            let text =
                if form == "base64 within a header" { text[12..text.len() - 4].to_owned() } else { text };
            (format!("{token} {form}"), text)
        })
    });
    let private = PRIVATE.iter().map(|text| ((*text).to_owned(), (*text).to_owned()));
    of_tokens.chain(private).collect()
}

/// Everything of a desk that anybody could look at, by name.
fn everything(desk: &Desk, account: AccountNumber) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let number = account.0.to_string();
    for arguments in [
        vec!["status"],
        vec!["status", "--json"],
        vec!["refresh", "--account", &number],
        vec!["refresh", "--account", &number, "--json"],
        vec!["doctor"],
        vec!["doctor", "--json"],
        vec!["accounts"],
        vec!["accounts", "--json"],
        vec!["invoices", "--account", &number],
    ] {
        let run = desk.run(&arguments);
        found.push((
            format!("headroom {}", arguments.join(" ")),
            [run.output, run.errors].concat().into_bytes(),
        ));
    }
    let start = desk.headroom.start(None).expect("it starts");
    found.push(("the window's start".to_owned(), serde_json::to_vec(&start).expect("JSON")));
    let (copy, export) = (desk.home().join("copy.db"), desk.home().join("all.jsonl"));
    desk.headroom.back_up(&copy).expect("a copy");
    desk.headroom.export_all(&export).expect("an export");
    for path in [copy, export] {
        found.push((path.display().to_string(), fs::read(&path).expect("readable")));
    }
    let data = files_in(desk.headroom.paths().data());
    found.extend(data.into_iter().map(|(path, bytes)| (path.display().to_string(), bytes)));
    headroom_app::log::finish();
    for (path, bytes) in files_in(log_folder()) {
        found.push((format!("the log {}", path.display()), bytes));
    }
    found
}

/// What of the canaries is where.
pub(crate) fn hits(desk: &Desk, account: AccountNumber, after: &str) -> Vec<String> {
    let places = everything(desk, account);
    let mut hits = Vec::new();
    for (place, bytes) in &places {
        let bytes = String::from_utf8_lossy(bytes);
        for (canary, text) in canaries() {
            if bytes.contains(&text) {
                hits.push(format!("after {after}: {canary} in {place}"));
            }
        }
    }
    hits
}

pub(crate) fn assert_none(hits: &[String]) {
    assert!(hits.is_empty(), "{} hits:\n{}", hits.len(), hits.join("\n"));
}

fn kiro_desk(emulator: &Emulator) -> (Desk, AccountNumber) {
    log();
    let desk = Desk::at(NOW).with_kiro(emulator.address(), KIRO_TOKEN, "2026-11-21T12:00:00Z");
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    (desk, account)
}

/// The IDE's state as it lies there: figures, and beside them what is nobody's business.
pub(crate) fn private_state(at_milliseconds: i64) -> String {
    json!({
        "kiro.resourceNotifications.usageState": {
            "usageBreakdowns": [{"type": "CREDIT", "currentUsage": 650.5, "usageLimit": 1000,
                "resetDate": "2026-12-01T00:00:00.000Z", "displayName": PRIVATE[3]}],
            "timestamp": at_milliseconds, "email": PRIVATE[2]},
        "subscriptionInfo": {"subscriptionTitle": "KIRO PRO"},
        "userInfo": {"userId": "d-1234567890.ada", "email": PRIVATE[2]},
        "auth.session": {"accessToken": PRIVATE[0], "refreshToken": PRIVATE[1]},
        "chat.history": [{"role": "user", "text": PRIVATE[3].repeat(50)}],
        "kiro.token": KIRO_TOKEN,
    })
    .to_string()
}

fn write_log(desk: &Desk) {
    let folder = desk.home().join("Kiro/logs/20261121T110000/window1/exthost/kiro.kiroAgent");
    fs::create_dir_all(&folder).expect("made");
    let file = folder.join("q-client.log");
    let output = json!({"usageBreakdownList": [{"resourceType": "CREDIT", "currentUsageWithPrecision": 640.25,
        "usageLimit": 1000, "displayName": PRIVATE[3]}],
        "userInfo": {"userId": "d-1234567890.ada", "email": PRIVATE[2]}, "token": KIRO_TOKEN});
    let entry = json!({"commandName": "GetUsageLimitsCommand", "output": output});
    fs::write(&file, format!("2026-11-21 11:03:00.000 [info] {entry}\n")).expect("written");
    // One hour ahead of UTC.
    let written = SystemTime::UNIX_EPOCH + Duration::from_mins(29_920_923);
    fs::File::options().write(true).open(&file).expect("it opens").set_modified(written).expect("set");
}

#[test]
fn nothing_private_stays_of_what_kiro_its_ide_and_its_log_say() {
    let mut found = Vec::new();
    for fault in [
        None,
        Some(Fault::Unauthorized),
        Some(Fault::NotSupported),
        Some(Fault::Server),
        Some(Fault::Silence),
        Some(Fault::WrongType),
        Some(Fault::ChangedSchema),
    ] {
        for fallback in ["the IDE's state", "the IDE's log"] {
            let emulator = Emulator::of(account_at_kiro(), NOW, 0);
            let (desk, account) = kiro_desk(&emulator);
            desk.headroom.refresh(account, false, false).expect("a good answer first");
            emulator.fail(fault);
            if fallback == "the IDE's state" {
                write_state(&desk.home(), &private_state(LATER_SHOWN));
            } else {
                write_log(&desk);
            }
            let mut desk = desk.later("2026-11-21T10:05:00Z");
            let patience = Duration::from_millis(if fault == Some(Fault::Silence) { 300 } else { 60_000 });
            desk.headroom.set_patience(Patience::of(patience));
            desk.headroom.refresh(account, false, false).expect("a failure is no error");
            let left = super::overview(&desk, account).left;
            let expected = match (fault, fallback) {
                (None, _) => "387.60",
                (_, "the IDE's state") => "349.50",
                _ => "359.75",
            };
            assert_eq!(left.as_deref(), Some(expected), "{fault:?}, {fallback}");
            if fault == Some(Fault::Silence) {
                // The commands below are as patient as people: a minute each.
                emulator.fail(Some(Fault::Server));
            }
            found.extend(hits(&desk, account, &format!("{fault:?} with {fallback}")));
        }
    }
    assert_none(&found);
}

/// A status with its headers and a body, in each of which the token may stand.
type Echo = (&'static str, &'static str, &'static str);

const KIRO_ECHOES: [Echo; 13] = [
    ("the message of a 403", "403 Forbidden", r#"{"__type":"AccessDeniedException","message":"TOKEN"}"#),
    ("the reason of a 400", "400 Bad Request", r#"{"message":"no","reason":"TOKEN"}"#),
    ("an error's text", "404 Not Found", r#"{"error":"TOKEN"}"#),
    ("an error's message", "403 Forbidden", r#"{"error":{"json":{"message":"said TOKEN"}}}"#),
    ("a text for a list", "200 OK", r#"{"usageBreakdownList":"TOKEN"}"#),
    (
        "a text for an object",
        "200 OK",
        r#"{"usageBreakdownList":[{"resourceType":"CREDIT","freeTrialInfo":"TOKEN"}]}"#,
    ),
    (
        "the title and the user",
        "200 OK",
        r#"{"usageBreakdownList":[{"resourceType":"CREDIT","currentUsage":5,"usageLimit":1000,
            "bonuses":[{"displayName":"TOKEN"}]}],"subscriptionInfo":{"subscriptionTitle":"TOKEN"},
            "userInfo":{"userId":"d-1234567890.ada"}}"#,
    ),
    (
        "a field that isn't known",
        "200 OK",
        r#"{"usageBreakdownList":[{"resourceType":"CREDIT","currentUsage":5,"usageLimit":1000,"TOKEN":1}],
            "authorization":"Bearer TOKEN","userInfo":{"userId":"d-1234567890.ada"}}"#,
    ),
    ("no JSON", "200 OK", "TOKEN"),
    ("a 401", "401 Unauthorized", r#"{"message":"TOKEN"}"#),
    ("a 500", "500 Internal Server Error", r#"{"message":"TOKEN"}"#),
    ("the kind of an error", "400 Bad Request\r\nx-amzn-errortype: TOKEN", r#"{"__type":"TOKEN"}"#),
    ("headers", "429 Too Many Requests\r\netag: TOKEN\r\nlocation: /TOKEN\r\nretry-after: TOKEN", "{}"),
];

const KILO_ECHOES: [Echo; 13] = [
    ("the message of a 403", "403 Forbidden", r#"{"message":"TOKEN"}"#),
    ("the reason of a 400", "400 Bad Request", r#"{"message":"no","reason":"TOKEN"}"#),
    ("an error's text", "404 Not Found", r#"{"error":"TOKEN"}"#),
    ("an error's message", "403 Forbidden", r#"{"error":{"json":{"message":"said TOKEN"}}}"#),
    ("a text for an object", "200 OK", r#"{"result":"TOKEN"}"#),
    ("a text for a list", "200 OK", r#"{"result":{"data":{"name":"T","members":"TOKEN"}}}"#),
    (
        "names",
        "200 OK",
        r#"{"result":{"data":{"name":"TOKEN","plan":"TOKEN","members":[{"name":"TOKEN","role":"TOKEN"}]}}}"#,
    ),
    (
        "a field that isn't known",
        "200 OK",
        r#"{"result":{"data":{"name":"T","TOKEN":1,"authorization":"TOKEN"}}}"#,
    ),
    ("no JSON", "200 OK", "TOKEN"),
    ("a 401", "401 Unauthorized", r#"{"message":"TOKEN"}"#),
    ("a 500", "500 Internal Server Error", r#"{"message":"TOKEN"}"#),
    ("days that are none", "200 OK", r#"{"result":{"data":{"rows":[{"datetime":"TOKEN"}]}}}"#),
    ("headers", "429 Too Many Requests\r\netag: TOKEN\r\nlocation: /TOKEN\r\nretry-after: TOKEN", "{}"),
];

fn saying((_, status, body): Echo, text: &str) -> Fault {
    let with = |template: &str| -> &'static str { template.replace("TOKEN", text).leak() };
    Fault::Says(with(status), with(body))
}

/// Repeats a token in every form, one after the other, to one desk after another: what is found of it then.
fn repeated(
    echo: Echo,
    token: &str,
    desk: impl Fn() -> (Desk, AccountNumber),
    say: impl Fn(Fault),
) -> Vec<String> {
    let mut found = Vec::new();
    let (mut at, mut account) = desk();
    for (round, (form, text)) in forms(token).into_iter().enumerate() {
        if echo.0 == "headers" {
            // Whoever is asked to wait doesn't ask again.
            found.extend(hits(&at, account, echo.0));
            (at, account) = desk();
        }
        say(saying(echo, &text));
        let minutes = 5 * (round + 1);
        let now = format!("2026-11-21T{}:{:02}:00Z", 10 + minutes / 60, minutes % 60);
        at.wait_until(&now);
        let refreshed = at.headroom.refresh(account, false, false).expect("a failure is no error");
        let asked = [&refreshed.failed_at, &refreshed.last_success]
            .into_iter()
            .flatten()
            .any(|at| at.to_string() == now);
        assert!(asked, "{} {form}: it was not asked", echo.0);
        let shown =
            [serde_json::to_string(&refreshed).expect("JSON"), at.run(&["status", "--json"]).output].concat();
        let seen = canaries().into_iter().filter(|(_, canary)| shown.contains(canary));
        found.extend(seen.map(|(canary, _)| format!("after {} {form}: {canary} is shown", echo.0)));
    }
    found.extend(hits(&at, account, echo.0));
    found
}

#[test]
fn a_token_that_kiro_repeats_stays_nowhere() {
    let mut found = Vec::new();
    for echo in KIRO_ECHOES {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        found.extend(repeated(echo, KIRO_TOKEN, || kiro_desk(&emulator), |fault| emulator.fail(Some(fault))));
    }
    assert_none(&found);
}

#[test]
fn a_token_that_kilo_repeats_stays_nowhere() {
    log();
    let mut found = Vec::new();
    for echo in KILO_ECHOES {
        let emulator = kilo_emulator(Team::of_three(NOW));
        let desk = || {
            emulator.fail(None);
            kilo_desk(&emulator, KILO_TOKEN)
        };
        let say = |fault| {
            if echo.0 == "days that are none" {
                emulator.fail_at(|line| line.contains("usageAnalytics"), fault);
            } else {
                emulator.fail(Some(fault));
            }
        };
        // Who spent what is shown, by the address that Kilo names them by.
        let seen = repeated(echo, KILO_TOKEN, desk, say).into_iter();
        found.extend(seen.filter(|hit| !hit.contains(PRIVATE[4])));
    }
    assert_none(&found);
}

#[test]
fn a_member_who_has_a_name_is_kept_without_an_address() {
    let emulator = kilo_emulator(Team::of_three(NOW));
    let (desk, account) = kilo_desk(&emulator, KILO_TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let members: Vec<_> = desk.team(account).members.into_iter().filter_map(|member| member.name).collect();
    let others = ["ada@example.com", "bob@example.com"];
    assert_eq!(members.iter().filter(|name| !others.contains(&name.as_str())).count(), 2, "{members:?}");
    for (place, bytes) in everything(&desk, account) {
        assert!(!String::from_utf8_lossy(&bytes).contains("members.example"), "{place}");
    }
}
