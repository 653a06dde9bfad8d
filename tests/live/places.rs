//! Figures that lie on this machine: Kiro's command line, asked through the stand-in, and what the IDE
//! showed and logged.

use super::{NOW, TOKEN, account_at_kiro, overview, written};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, ImportKind, Kind, Vendor};
use headroom_app::words;
use headroom_sources::Patience;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};
use tools::emulator::{Emulator, Fault};

const FACTS: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#;

/// A desk with the stand-in for `kiro-cli` on its path, which does as `mode` says.
pub(crate) fn with_command(desk: Desk, mode: &str) -> (Desk, AccountNumber) {
    let folder = desk.home().join("bin");
    fs::create_dir_all(&folder).expect("made");
    fs::copy(tools::programs::built("kiro-cli"), folder.join("kiro-cli")).expect("copied");
    fs::write(folder.join("KIRO_FAKE"), mode).expect("written");
    let desk = desk.opened_with(|paths| paths.with_programs(folder));
    let account = desk.facts(FACTS);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    (desk, account)
}

#[test]
fn without_a_login_kiros_command_line_is_asked() {
    for (mode, left) in [("new", "387.60"), ("old", "398.75")] {
        let (desk, account) = with_command(Desk::at(NOW), mode);
        let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "{mode}");
        let view = overview(&desk, account);
        assert_eq!(view.left.as_deref(), Some(left), "{mode}");
        assert_eq!(view.quoted.expect("figures").plan_title.as_deref(), Some("KIRO PRO"));
    }
}

#[test]
fn an_expired_login_is_left_alone_where_the_command_line_can_be_asked() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-21T09:00:00Z");
    let (desk, account) = with_command(desk, "new");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!((refreshed.failure, emulator.seen().len()), (None, 0));
    assert_eq!(overview(&desk, account).left.as_deref(), Some("387.60"));
}

#[test]
fn what_goes_wrong_with_the_command_line_is_said_and_the_last_figures_stay() {
    for (mode, expected) in [
        ("ends", "kiro-cli ended without an answer. Run `kiro-cli login`, then try again."),
        ("silent", "kiro-cli did not answer in time."),
        ("chatters", "kiro-cli went on writing and gave no answer."),
        ("garbage", "kiro-cli answered in a form that Headroom does not know"),
        ("not-signed-in", "kiro-cli is signed out. Run `kiro-cli login` to sign in again."),
        ("trips", "kiro-cli refused: this client is not supported."),
        ("fails", "kiro-cli ended without an answer."),
    ] {
        let (desk, account) = with_command(Desk::at(NOW), "new");
        desk.headroom.refresh(account, false, false).expect("a good answer first");
        fs::write(desk.home().join("bin/KIRO_FAKE"), mode).expect("written");
        let mut desk = desk.later("2026-11-21T10:05:00Z");
        let whole = if mode == "silent" { Duration::from_secs(2) } else { Duration::from_mins(1) };
        desk.headroom.set_patience(Patience::of(whole));
        let refreshed = desk.headroom.refresh(account, false, false).expect("a failure is no error");
        let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
        assert!(failure.starts_with(expected), "{mode}: {failure}");
        assert_eq!(written(refreshed.last_success).as_deref(), Some(NOW));
        assert_eq!(overview(&desk, account).left.as_deref(), Some("387.60"), "{mode}");
    }
}

#[test]
fn figures_that_name_nobody_are_not_taken_for_one_of_two_accounts() {
    let (desk, account) = with_command(Desk::at(NOW), "new");
    desk.headroom.add_account(Kind::KiroIndividual, Some("Work")).expect("another");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert!(
        words::say(&refreshed.failure.expect("a reason")).starts_with("No home folder"),
        "nobody can be asked"
    );
    assert_eq!(overview(&desk, account).left, None);
}

fn state(at_milliseconds: i64, credits: &str, user: &str) -> String {
    format!(
        r#"{{"kiro.resourceNotifications.usageState":{{"usageBreakdowns":[{{"type":"CREDIT","currentUsage":{credits},
        "usageLimit":1000,"resetDate":"2026-12-01T00:00:00.000Z"}}],"timestamp":{at_milliseconds}}},
        "subscriptionInfo":{{"subscriptionTitle":"KIRO PRO"}},"userInfo":{{"userId":"{user}"}}}}"#
    )
}

pub(crate) fn write_state(home: &Path, state: &str) {
    let folder = home.join("Kiro/User/globalStorage");
    fs::create_dir_all(&folder).expect("made");
    let file = folder.join("state.vscdb");
    _ = fs::remove_file(&file);
    let connection = Connection::open(file).expect("a database");
    connection.execute_batch("CREATE TABLE ItemTable (key TEXT UNIQUE, value BLOB)").expect("a table");
    connection.execute("INSERT INTO ItemTable VALUES ('kiro.kiroAgent', ?1)", [state]).expect("a row");
}

/// 2026-11-21T10:02:00Z.
pub(crate) const LATER_SHOWN: i64 = 1_795_255_320_000;

#[test]
fn what_the_ide_showed_later_leads_while_kiro_can_not_be_asked() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = super::desk(&emulator);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    emulator.fail(Some(Fault::Server));
    // Somebody else's figures, and older ones, are not taken.
    for (now, at, used, user) in [
        ("2026-11-21T10:05:00Z", LATER_SHOWN, "700", "d-1234567890.bob"),
        ("2026-11-21T10:10:00Z", LATER_SHOWN - 3_600_000, "500", "d-1234567890.ada"),
    ] {
        desk.wait_until(now);
        write_state(&desk.home(), &state(at, used, user));
        let refreshed = desk.headroom.refresh(account, false, false).expect("a failure is no error");
        assert_eq!(written(refreshed.failed_at).as_deref(), Some(now));
        let view = overview(&desk, account);
        assert_eq!(view.left.as_deref(), Some("387.60"), "{used}");
        // What was looked at and isn't taken is said; what is older says nothing new.
        let beside: Vec<_> = view.refresh.beside.iter().map(words::say).collect();
        let of_bob =
            "What Kiro's IDE showed at 21 November 2026, 10:02 UTC isn't used. Kiro is signed in to another";
        assert_eq!(beside.iter().any(|said| said.starts_with(of_bob)), user.ends_with("bob"), "{beside:?}");
        assert_eq!(desk.run(&["doctor"]).output.contains(of_bob), user.ends_with("bob"));
    }
    write_state(&desk.home(), &state(LATER_SHOWN, "650.5", "d-1234567890.ada"));
    let desk = desk.later("2026-11-21T10:15:00Z");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a failure is no error");
    assert!(words::say(&refreshed.failure.expect("it is still said")).contains("failed with 500"));
    let view = overview(&desk, account);
    assert_eq!(view.left.as_deref(), Some("349.50"));
    assert_eq!(view.quoted.expect("figures").at.to_string(), "2026-11-21T10:02:00Z");
}

#[test]
fn what_the_ide_logged_is_used_too() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = super::desk(&emulator);
    emulator.fail(Some(Fault::Refuse));
    let folder = desk.home().join("Kiro/logs/20261121T110000/window1/exthost/kiro.kiroAgent");
    fs::create_dir_all(&folder).expect("made");
    let file = folder.join("q-client.log");
    // One hour ahead of UTC.
    fs::write(&file, "2026-11-21 10:58:00.000 [info] {\"commandName\":\"GetUsageLimitsCommand\",\"output\":{\"usageBreakdownList\":[{\"resourceType\":\"CREDIT\",\"currentUsageWithPrecision\":640.25,\"currentOverages\":0,\"usageLimit\":1000}]}}\n")
        .expect("written");
    let written: SystemTime = SystemTime::UNIX_EPOCH + Duration::from_mins(29_920_918);
    fs::File::options().write(true).open(&file).expect("it opens").set_modified(written).expect("set");
    desk.headroom.refresh(account, false, false).expect("a failure is no error");
    let view = overview(&desk, account);
    assert_eq!(view.left.as_deref(), Some("359.75"));
    assert_eq!(view.quoted.expect("figures").at.to_string(), "2026-11-21T09:58:00Z");
}

#[test]
fn the_ides_sessions_are_estimates_beside_the_figures() {
    let desk = Desk::at(NOW);
    let account = desk.facts(FACTS);
    desk.usage(&[("2026-11-05T09:00:00Z", "100.00")]);
    let session = desk.home().join("sessions/bucket/sess-1");
    fs::create_dir_all(&session).expect("made");
    let line = |execution: &str, at: &str, credits: &str| {
        format!(
            r#"{{"id":"{execution}-usage","timestamp":"{at}","payload":{{"type":"usage_summary","executionId":"{execution}","status":"success","promptTurnSummaries":[{{"unit":"credit","usage":{credits}}}]}}}}"#
        )
    };
    let lines = [line("e1", "2026-11-06T09:00:00Z", "12.345"), line("e2", "2026-10-30T09:00:00Z", "9")];
    fs::write(session.join("messages.jsonl"), lines.join("\n")).expect("written");
    let desk = desk.opened_with(|paths| {
        let folder = paths.data().parent().expect("a folder").join("home/sessions");
        paths.with_ide_sessions(folder)
    });
    let report = desk.import(ImportKind::KiroIdeSessions, None).expect("an import");
    assert_eq!((report.files, report.added, report.known), (1, 2, 0));
    let again = desk.import(ImportKind::KiroIdeSessions, None).expect("an import");
    assert_eq!((again.added, again.known), (0, 2));
    let view = overview(&desk, account);
    assert_eq!(view.used.as_deref(), Some("100.00"), "an estimate is in no figure");
    let estimated = view.estimated.expect("it is shown");
    assert_eq!((estimated.credits.as_str(), estimated.tasks), ("12.35", 1), "of this cycle");
    assert_eq!(view.provenance.tasks, 1);
}

#[test]
fn on_battery_nobody_is_asked_if_told_so() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = super::desk(&emulator);
    let power = desk.home().join("power");
    let desk = desk.opened_with(|paths| paths.with_power(power.clone()));
    let set = |supply: &str, file: &str, text: &str| {
        fs::create_dir_all(power.join(supply)).expect("made");
        fs::write(power.join(supply).join(file), text).expect("written");
    };
    set("BAT0", "type", "Battery\n");
    set("BAT0", "status", "Discharging\n");
    set("AC", "type", "Mains\n");
    set("AC", "online", "0\n");
    desk.headroom.choose(&Choice::PauseOnBattery(true)).expect("chosen");
    desk.headroom.refresh(account, false, false).expect("nothing is asked");
    assert!(emulator.seen().is_empty());
    set("AC", "online", "1\n");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(super::asked(&emulator), 1);
    set("AC", "online", "0\n");
    let desk = desk.later("2026-11-21T10:05:00Z");
    desk.headroom.refresh(account, true, false).expect("by hand one may");
    assert_eq!(super::asked(&emulator), 2);
}

#[test]
fn without_the_models_nothing_else_fails() {
    for fault in [
        Fault::Refuse,
        Fault::Silence,
        Fault::HalfBody,
        Fault::WrongType,
        Fault::Unauthorized,
        Fault::NotSupported,
        Fault::Suspended,
        Fault::Throttled(Some("120")),
        Fault::Server,
        Fault::Redirect(9),
        Fault::GzipBomb,
        Fault::GiantBody,
        Fault::ChangedSchema,
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (mut desk, account) = super::desk(&emulator);
        let whole = Duration::from_millis(if fault == Fault::Silence { 2_000 } else { 60_000 });
        desk.headroom.set_patience(Patience::of(whole));
        emulator.fail_at(|line| line.contains("ListAvailableModels"), fault);
        let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
        let left = overview(&desk, account).left;
        assert_eq!((refreshed.failure, left.as_deref()), (None, Some("387.60")), "{fault:?}");
        assert!(desk.headroom.plans(account).expect("plans").models.at.is_none(), "{fault:?}");
    }
}

#[test]
fn what_models_cost_is_quoted_once_a_day() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = super::desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let models = desk.headroom.plans(account).expect("plans").models;
    let rates: Vec<_> =
        models.quoted.iter().map(|model| (model.name.as_str(), model.multiplier.as_deref())).collect();
    assert_eq!(rates, [("Auto", Some("1")), ("Claude Sonnet 4.5", Some("1.3"))]);
    let asked = || emulator.seen().iter().filter(|seen| seen.line.contains("ListAvailableModels")).count();
    let desk = desk.later("2026-11-21T18:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(asked(), 1);
}
