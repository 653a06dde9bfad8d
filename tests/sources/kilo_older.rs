//! What older versions left of Kilo's records in the store, and messages in other forms of the same JSON.

use super::NOW;
use acceptance::Desk;
use headroom_app::answers::{ImportKind, ImportView, UsageAsked, UsageRange};
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

fn message(second: i64, cost: &str, unit: i64) -> String {
    let (created, completed) = ((AT + second * 1000) / unit, (AT + second * 1000 + 1000) / unit);
    format!(
        r#"{{"role":"assistant","providerID":"kilo","modelID":"m","cost":{cost},"tokens":{{"input":5,"output":2,"reasoning":0,"cache":null}},"time":{{"created":{created},"completed":{completed}}}}}"#
    )
}

/// A database with messages, each written by SQLite as `written` says.
fn database(desk: &Desk, name: &str, written: &str, messages: &[String]) -> PathBuf {
    let path = desk.home().join(name).join("kilo.db");
    _ = fs::remove_file(&path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute_batch("CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data)")
        .expect("a table");
    for (number, data) in (0_i64..).zip(messages) {
        let sql = format!("INSERT INTO message VALUES (?1, 's', {AT}, 0, {written})");
        connection.execute(&sql, (number, data)).expect("a row");
    }
    path
}

pub(super) fn import(desk: &Desk, path: &std::path::Path) -> ImportView {
    desk.import(ImportKind::KiloDatabase, Some(path)).expect("an import")
}

/// The month's sum, and whether it is the least.
pub(super) fn month(desk: &Desk, view: &ImportView) -> (Option<String>, bool) {
    let machine = desk.team(view.account).machine.expect("this machine");
    (machine.this_month, machine.at_least)
}

/// Found in November 2026: messages that a copy of the database has as bytes were named as unreadable, and counted nowhere.
#[test]
fn messages_as_bytes_are_the_same_json() {
    let desk = Desk::at(NOW);
    let messages = [message(0, "1.5", 1), message(9, "2.25", 1)];
    let mut added = 0;
    for (name, written) in [("text", "?2"), ("bytes", "CAST(?2 AS BLOB)"), ("own-form", "jsonb(?2)")] {
        let view = import(&desk, &database(&desk, name, written, &messages));
        added += view.added;
        assert_eq!((view.read, view.bad, added), (2, 0, 1), "{name}: {view:?}");
        assert_eq!(month(&desk, &view), (Some("3.750000".to_owned()), false), "{name}");
    }
    let view = import(&desk, &database(&desk, "neither", "x'c0ffee' || substr(?2, 1, 0)", &messages[..1]));
    assert_eq!((view.read, view.bad), (0, 1), "{view:?}");
    assert_eq!(month(&desk, &view), (Some("3.750000".to_owned()), true));
}

/// As an earlier version left it: the same under a day of 1970 alone.
fn filed_under_1970(desk: &Desk) {
    let store = Connection::open(desk.headroom.paths().database()).expect("a store");
    store
        .execute_batch(
            "DROP TRIGGER reported_usage_is_not_changed;
             UPDATE reported_usage SET day = '1970-01-21' WHERE source = 'kilo-database' AND day = '2026-11-21';
             CREATE TRIGGER reported_usage_is_not_changed BEFORE UPDATE ON reported_usage
             BEGIN SELECT RAISE(ABORT, 'reports are only ever appended'); END;",
        )
        .expect("changed");
}

/// Found in November 2026: an earlier version took seconds for milliseconds, and what it had filed under 1970 stayed there for ever.
#[test]
fn what_an_earlier_version_filed_under_1970_is_taken_back() {
    let desk = Desk::at(NOW);
    let messages = [message(0, "1.5", 1000), message(9, "2.25", 1000)];
    let path = database(&desk, "now", "?2", &messages);
    let view = import(&desk, &path);
    assert_eq!(month(&desk, &view), (Some("3.750000".to_owned()), false));
    filed_under_1970(&desk);
    // Something of which nobody knows the day: no sum is whole, and no range begins there.
    let other = import(&desk, &database(&desk, "other", "?2", &[message(100, "0.5", 1)]));
    assert_eq!(other.added, 1);
    assert_eq!(month(&desk, &other), (Some("0.500000".to_owned()), true));
    let usage = || {
        let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
        let usage = desk.headroom.usage(view.account, &asked).expect("usage");
        let says = usage.why.expect("a reason").says;
        (usage.months, says.iter().any(|says| says.code() == "why-requests-unread"))
    };
    let november = vec!["2026-11".to_owned()];
    assert_eq!(usage(), (november.clone(), true));
    // Read again it stands on its own days, once.
    for _ in 0..2 {
        import(&desk, &path);
        assert_eq!(month(&desk, &view), (Some("4.250000".to_owned()), false));
        assert_eq!(usage(), (november.clone(), false));
    }
}

/// Found in November 2026: where the database had been moved since, what stood under 1970 made every sum the least for ever.
#[test]
fn what_was_filed_under_1970_is_taken_back_where_its_database_was_moved() {
    let desk = Desk::at(NOW);
    let messages = [message(0, "1.5", 1000), message(9, "2.25", 1000)];
    let view = import(&desk, &database(&desk, "before", "?2", &messages));
    filed_under_1970(&desk);
    fs::remove_dir_all(desk.home().join("before")).expect("moved");
    // One that holds a part of it, and another with as many, say nothing of the rest.
    for (name, rows) in [("part", &messages[..1]), ("another", &[message(5, "1", 1), message(6, "2", 1)][..])]
    {
        import(&desk, &database(&desk, name, "?2", rows));
        assert!(month(&desk, &view).1, "{name}");
    }
    for _ in 0..2 {
        import(&desk, &database(&desk, "moved", "?2", &messages));
        assert_eq!(month(&desk, &view), (Some("6.750000".to_owned()), false));
    }
}
