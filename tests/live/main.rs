//! Live figures against the emulator: every fault, and what stays whatever happens.

mod alerts;
mod arns;
mod caged_command;
mod canary;
mod certificates;
mod console;
mod examples;
mod forms;
mod hostile_names;
mod keyring;
mod kilo;
mod kilo_ended;
mod kilo_evidence;
mod kilo_forms;
mod kilo_login;
mod kilo_members;
mod kilo_month_before;
mod kilo_next;
mod kilo_pass;
mod kilo_personal;
mod kilo_seats;
mod kilo_subscription;
mod logins;
mod odd;
mod older;
mod one_user;
mod opening;
mod opening_money;
mod opening_unknown;
pub(crate) mod places;
mod plan_advice;
mod redirects;
mod restored;
mod said;
mod schedule;
mod short_key;
mod switch;
mod tls;
mod token_texts;
mod unlisted;
mod upgrade;
mod whose;

use acceptance::{Desk, files_in};
use headroom_app::answers::{AccountNumber, Choice, OverviewView, Vendor};
use headroom_app::words;
use headroom_exact::{Moment, Saying};
use headroom_sources::Patience;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::Duration;
use tools::emulator::{Emulator, Fault};

const NOW: &str = "2026-11-21T10:00:00Z";
const TOKEN: &str = "a-token-that-must-not-leak";

fn account_at_kiro() -> Value {
    json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-04T10:00:00Z", "type": "usage", "credits": "612.40"},
    ]})
}

/// A desk with a login of Kiro's, whose service is the emulator; and an account whose facts are known.
fn desk(emulator: &Emulator) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-21T12:00:00Z");
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    (desk, account)
}

#[test]
fn nobody_is_asked_before_somebody_agreed() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: false }).expect("no longer");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!((refreshed.on, refreshed.last_success), (false, None));
    assert!(emulator.seen().is_empty());
}

/// How many times Kiro was asked for figures.
fn asked(emulator: &Emulator) -> usize {
    emulator.seen().iter().filter(|seen| seen.line.contains("/getUsageLimits")).count()
}

/// A moment as it is written.
fn written(at: Option<Moment>) -> Option<String> {
    at.map(|at| at.to_string())
}

fn overview(desk: &Desk, account: AccountNumber) -> OverviewView {
    desk.headroom.overview(account).expect("an overview")
}

#[test]
fn what_kiro_says_is_every_figure() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.usage(&[("2026-11-05T09:00:00Z", "598.11")]);
    assert_eq!(overview(&desk, account).left.as_deref(), Some("401.89"), "from the tasks recorded here");
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!((refreshed.failure, written(refreshed.last_success).as_deref()), (None, Some(NOW)));
    let view = overview(&desk, account);
    let quoted = view.quoted.expect("Kiro's figures");
    assert_eq!((quoted.used.as_deref(), quoted.recorded.to_string().as_str()), (Some("612.40"), "598.11"));
    assert_eq!(quoted.elsewhere.as_deref(), Some("14.29"), "shown, not hidden");
    assert_eq!((view.left.as_deref(), quoted.left.as_deref()), (Some("387.60"), Some("387.60")));
    assert_eq!((quoted.plan_differs, quoted.of_this_cycle), (false, true));
    // A task after that is added to it.
    desk.usage(&[("2026-11-05T09:00:00Z", "598.11"), ("2026-11-21T09:59:59Z", "1.00")]);
    assert_eq!(overview(&desk, account).left.as_deref(), Some("387.60"), "it ended before Kiro was asked");
}

/// The window asks on a thread of its async runtime; once the client refused to wait there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_asked_from_an_async_runtime() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.failure, None);
}

#[test]
fn figures_are_known_without_any_session() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    assert_eq!(overview(&desk, account).left, None);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let view = overview(&desk, account);
    assert_eq!(view.left.as_deref(), Some("387.60"));
    assert!(view.pace.is_some());
}

#[test]
fn a_plan_that_differs_from_the_facts_is_said() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    emulator.plan_title("KIRO PRO+");
    let (desk, account) = desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert!(overview(&desk, account).quoted.expect("Kiro's figures").plan_differs);
}

/// Every fault with a part of what is said of it, and the reason it is told as; `port` is where one points to.
fn faults(port: u16) -> Vec<(Fault, &'static str, &'static str)> {
    vec![
        (Fault::Refuse, "'s answer broke off half-way", "answer-cut-off"),
        (Fault::Silence, "did not answer in time", "timed-out"),
        (Fault::HalfBody, "'s answer broke off half-way", "answer-cut-off"),
        (
            Fault::WrongType,
            "answered in a form that Headroom does not know: it is no JSON",
            "answer-unreadable",
        ),
        (Fault::Unauthorized, "Open Kiro to sign in again.", "sign-in-again"),
        (Fault::BearerInvalid, "Open Kiro to sign in again.", "sign-in-again"),
        (Fault::NotSupported, "Your administrator manages this account", "managed-elsewhere"),
        (Fault::Suspended, "has suspended this account", "suspended"),
        (Fault::Throttled(Some("120")), "asks to wait", "throttled"),
        (Fault::Throttled(Some("Sat, 21 Nov 2026 10:02:00 GMT")), "asks to wait", "throttled"),
        (Fault::Throttled(Some("0")), "asks to wait", "throttled"),
        (Fault::Throttled(Some("99999999999")), "asks to wait", "throttled"),
        (Fault::Throttled(None), "asks to wait", "throttled"),
        (Fault::ThrottlingException, "asks to wait", "throttled"),
        (Fault::Server, "failed with 500", "server-failed"),
        (Fault::Redirect(port), "pointed to another address", "redirected"),
        (Fault::GzipBomb, "sent more than 1 MiB", "answer-too-large"),
        (Fault::GiantBody, "sent more than 1 MiB", "answer-too-large"),
        (Fault::ChangedSchema, "neither currentUsage nor usageLimit is a number", "answer-unreadable"),
    ]
}

#[test]
fn every_fault_is_said_and_leaves_the_last_good_figures() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    elsewhere.set_nonblocking(true).expect("a listener");
    let port = elsewhere.local_addr().expect("an address").port();
    let host = "q.us-east-1.amazonaws.com";
    for (fault, expected, code) in faults(port) {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (mut desk, account) = desk(&emulator);
        desk.headroom.set_patience(Patience::of(Duration::from_mins(1)));
        desk.headroom.refresh(account, false, false).expect("a good answer first");
        emulator.fail(Some(fault));
        let mut desk = desk.later("2026-11-21T10:01:00Z");
        let patience = Duration::from_millis(if fault == Fault::Silence { 2_000 } else { 60_000 });
        desk.headroom.set_patience(Patience::of(patience));
        let refreshed = desk.headroom.refresh(account, true, false).expect("a failure is no error");
        let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
        assert!(failure.contains(expected), "{fault:?}: {failure}");
        assert_eq!(refreshed.failure.as_ref().map(Saying::code), Some(code), "{fault:?}");
        assert!(!failure.contains(TOKEN) && !failure.contains("127.0.0.1"), "{fault:?}: {failure}");
        assert!(failure.contains("Kiro") && !failure.contains(host), "{failure}");
        assert_eq!(written(refreshed.last_success).as_deref(), Some(NOW), "{fault:?}");
        let view = overview(&desk, account);
        assert_eq!(view.left.as_deref(), Some("387.60"), "{fault:?}: the last good figures stay");
        assert_eq!(view.quoted.expect("Kiro's figures").at.to_string(), NOW, "{fault:?}: with their date");
        // And it recovers.
        emulator.fail(None);
        let desk = desk.later("2026-11-22T10:02:00Z");
        emulator.at("2026-11-22T10:02:00Z");
        let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
        // The login of the emulator's file has ended by then: where it wasn't told before, it is said.
        let failure = refreshed.failure.as_ref().map(Saying::code);
        assert!(matches!(failure, None | Some("login-ended")), "{fault:?}: {refreshed:?}");
    }
    assert!(elsewhere.accept().is_err(), "nobody followed the redirect");
}

#[test]
fn a_token_goes_to_its_host_alone_and_is_kept_nowhere() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let seen = emulator.seen();
    assert_eq!(asked(&emulator), 1, "one question");
    assert!(seen.iter().all(|seen| seen.line.contains("/q.us-east-1.amazonaws.com/")), "one host");
    assert!(seen[0].line.starts_with("GET /q.us-east-1.amazonaws.com/getUsageLimits?"), "{}", seen[0].line);
    assert!(seen[0].head.contains(&format!("authorization: Bearer {TOKEN}")), "{}", seen[0].head);
    assert!(!seen[0].line.contains(TOKEN));
    for (path, bytes) in files_in(desk.headroom.paths().data()) {
        let found = bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes());
        assert!(!found, "{} holds the token", path.display());
    }
}

#[test]
fn an_expired_login_is_not_sent_at_all() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-21T10:00:30Z");
    let account = desk.facts(r#"{"plan": "free", "country": "US", "overage_enabled": false}"#);
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    let failure = refreshed.failure.as_ref().map(words::say);
    assert_eq!(failure.as_deref(), Some("Open Kiro to sign in again."), "expired a minute early");
    assert!(emulator.seen().is_empty());
}

#[test]
fn without_a_login_it_is_said() {
    let desk = Desk::at(NOW);
    let account = desk.facts(r#"{"plan": "free", "country": "US", "overage_enabled": false}"#);
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert!(words::say(&refreshed.failure.expect("a reason")).starts_with("No home folder was found"));
}

#[test]
fn another_persons_login_is_not_taken_for_this_account() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    emulator.user("d-1234567890.bob");
    let desk = desk.later("2026-11-21T10:05:00Z");
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert!(
        words::say(&refreshed.failure.expect("a reason")).contains("signed in to another account than Kiro")
    );
    assert_eq!(written(refreshed.last_success).as_deref(), Some(NOW));
}

#[test]
fn asking_again_waits_as_told_even_after_a_restart() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    emulator.fail(Some(Fault::Throttled(Some("120"))));
    desk.headroom.refresh(account, true, false).expect("a refresh");
    emulator.fail(None);
    let before = asked(&emulator);
    let desk = desk.later("2026-11-21T10:01:59Z");
    let waiting = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!((asked(&emulator), waiting.next_in_seconds), (before, 1), "not even by hand");
    let desk = desk.later("2026-11-21T10:02:00Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(asked(&emulator), before + 1);
}

#[test]
fn asking_by_hand_has_a_cool_down() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    for _ in 0..3 {
        desk.headroom.refresh(account, true, false).expect("a refresh");
    }
    assert_eq!(asked(&emulator), 1);
    let desk = desk.later("2026-11-21T10:00:10Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(asked(&emulator), 2);
}

#[test]
fn the_command_line_refreshes_turns_the_switch_and_says_what_is_readable() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, _) = desk(&emulator);
    let doctor = desk.run(&["doctor"]);
    assert!(doctor.output.contains("Kiro's login: readable"), "{}", doctor.output);
    assert!(doctor.output.contains("It is good until 21 November 2026, 12:00 UTC."), "{}", doctor.output);
    assert!(doctor.output.contains("Kiro's answers for Kiro: not there"), "{}", doctor.output);
    assert!(!doctor.output.contains(TOKEN));

    let unknown = desk.run(&["status", "--min-remaining", "100"]);
    assert_eq!(unknown.status, 3, "not known is not enough");
    let refreshed = desk.run(&["refresh"]);
    assert_eq!(
        (refreshed.status, refreshed.output.as_str()),
        (0, "Kiro answered for Kiro on 21 November 2026, 10:00 UTC.\n")
    );
    assert_eq!(desk.run(&["status", "--min-remaining", "387.60"]).status, 0);
    let less = desk.run(&["status", "--json", "--min-remaining", "387.61"]);
    assert_eq!(
        (less.status, less.errors.as_str()),
        (3, "headroom: Kiro has 387.60 credits left, fewer than 387.61\n")
    );
    let json: Value = serde_json::from_str(&less.output).expect("the status all the same");
    assert_eq!(json[0]["overview"]["quoted"]["used"], "612.40");

    let status = desk.run(&["status"]).output;
    let line = "  From Kiro     just now: 612.40 of 1,000 credits used, plan KIRO PRO, overage off\n";
    assert!(status.contains(line) && !status.contains("Recorded"), "{line}\n in\n{status}");
    let unsure = desk.run(&["overage", "on", "--account", "Kiro"]);
    assert_eq!((unsure.status, unsure.output.as_str()), (2, ""));
    assert!(unsure.errors.contains("$0.04 a credit") && unsure.errors.contains("--yes"), "{}", unsure.errors);
    let nobody = desk.run(&["overage", "on", "--account", "Ada", "--yes"]);
    assert!(nobody.errors.contains("--account: \"Ada\" is no account; known: Kiro"), "{}", nobody.errors);
    let turned = desk.run(&["overage", "on", "--account", "Kiro", "--yes"]);
    assert_eq!(
        (turned.status, turned.output.as_str()),
        (0, "Asked Kiro to turn overage on.\nKiro shows it on.\n")
    );
    assert_eq!(desk.run(&["accounts"]).output, "1  Kiro  kiro-individual\n");

    emulator.fail(Some(Fault::Unauthorized));
    let desk = desk.later("2026-11-21T10:05:00Z");
    let failed = desk.run(&["refresh"]);
    assert_eq!((failed.status, failed.errors.as_str()), (1, "headroom: Open Kiro to sign in again.\n"));
    let doctor = desk.run(&["doctor", "--json"]);
    let sources: Value = serde_json::from_str(&doctor.output).expect("JSON");
    let figures = sources.as_array().expect("a list").iter();
    let mut figures = figures;
    let figures = figures.find(|source| source["source"] == "Kiro's answers for Kiro").expect("there");
    assert_eq!(figures["state"], "unreadable");
    assert_eq!(figures["last_success"], NOW);
}
