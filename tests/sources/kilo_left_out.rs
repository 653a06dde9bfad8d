//! What of a machine's requests is in no sum, said wherever the sum stands; and one message that a newer program wrote anew.

use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{ImportKind, ImportView, LeftOutView, MachineView, UsageAsked, UsageRange};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

fn message(second: i64, cost: f64, change: &Value) -> String {
    let at = AT + second * 1000;
    let mut data = json!({"role": "assistant", "providerID": "kilo", "modelID": "m", "cost": cost,
        "tokens": {"input": 5, "output": 2, "reasoning": 0, "cache": {"read": 0, "write": 0}},
        "time": {"created": at, "completed": at + 900}});
    for (field, value) in change.as_object().expect("fields") {
        data[field] = value.clone();
    }
    data.to_string()
}

/// A database with these messages, each with its id.
fn database(desk: &Desk, name: &str, rows: &[(&str, String)]) -> PathBuf {
    let path = desk.home().join(name).join("kilo.db");
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute_batch("DROP TABLE IF EXISTS message; CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)")
        .expect("a table");
    for (id, data) in rows {
        let values = (id, AT, data);
        connection.execute("INSERT INTO message VALUES (?1, 's', ?2, 0, ?3)", values).expect("a row");
    }
    path
}

fn import(desk: &Desk, path: &Path) -> ImportView {
    desk.import(ImportKind::KiloDatabase, Some(path)).expect("an import")
}

fn machine(desk: &Desk, view: &ImportView) -> MachineView {
    desk.team(view.account).machine.expect("this machine")
}

fn told(machine: &MachineView) -> (Option<&str>, bool, Option<LeftOutView>) {
    (machine.this_month.as_deref(), machine.at_least, machine.left_out)
}

fn usage(desk: &Desk, view: &ImportView) -> Vec<String> {
    let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
    let usage = desk.headroom.usage(view.account, &asked).expect("usage");
    usage.why.expect("a reason").says.iter().map(ToString::to_string).collect()
}

/// Found in November 2026: requests of other providers were left out without a word.
#[test]
fn requests_to_others_are_counted_apart_and_said() {
    let desk = Desk::at(NOW);
    let other = json!({"providerID": "anthropic"});
    let rows = [
        ("a", message(0, 1.5, &json!({}))),
        ("b", message(1, 2.0, &other)),
        ("c", message(2, 4.0, &other)),
        // A fork of it.
        ("d", message(2, 4.0, &other)),
    ];
    let view = import(&desk, &database(&desk, "now", &rows));
    let notes: Vec<_> = view.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["requests-elsewhere(count: 2)"]);
    assert!(!view.amount.as_ref().expect("an amount").at_least);
    let elsewhere = Some(LeftOutView { elsewhere: 2, unnamed: 0, unread: false });
    assert_eq!(told(&machine(&desk, &view)), (Some("1.500000"), false, elsewhere));
    assert_eq!(desk.team(view.account).spend.expect("spending").left_out, elsewhere);
    // A backup of a part of it holds the same requests.
    let view = import(&desk, &database(&desk, "backup", &rows[..2]));
    assert_eq!(told(&machine(&desk, &view)), (Some("1.500000"), false, elsewhere));
    assert!(usage(&desk, &view).contains(&"requests-elsewhere(count: 2)".to_owned()));
    let status = desk.run(&["status"]).output;
    assert!(
        status.contains("2 requests on this computer went to other providers and aren't counted"),
        "{status}"
    );
    // Found in November 2026: this machine may be a part, which `usage` said of the total alone, and `status` of nothing.
    assert!(
        status.contains("This month    at least $1.50 spent, by the requests of this machine"),
        "{status}"
    );
    for by in ["model", "day"] {
        let parts = desk.run(&["usage", "--by", by]).output;
        assert_eq!(parts.matches("at least $1.50").count(), 2, "{parts}");
    }
    let usage = desk.run(&["usage"]).output;
    assert!(
        usage.contains("2 requests on this computer went to other providers and aren't counted"),
        "{usage}"
    );
}

#[test]
fn a_request_that_names_no_provider_makes_sums_the_least() {
    for provider in [json!({"providerID": null}), json!({"providerID": ""})] {
        let desk = Desk::at(NOW);
        let rows = [("a", message(0, 1.5, &json!({}))), ("b", message(1, 2.0, &provider))];
        let view = import(&desk, &database(&desk, "now", &rows));
        assert!(view.amount.as_ref().expect("an amount").at_least);
        assert_eq!(view.notes[0].to_string(), "requests-unnamed(count: 1)");
        let unnamed = Some(LeftOutView { elsewhere: 0, unnamed: 1, unread: false });
        assert_eq!(told(&machine(&desk, &view)), (Some("1.500000"), true, unnamed));
        let spend = desk.team(view.account).spend.expect("spending");
        assert!(spend.this_month_at_least && spend.left_out == unnamed);
        let status = desk.run(&["status"]).output;
        assert!(status.contains("at least $1.50 spent, by the requests of this machine"), "{status}");
    }
}

/// Found in November 2026: sums that a garbled message wasn't in were shown as exact.
#[test]
fn a_message_that_cant_be_read_makes_its_day_the_least_until_it_can() {
    let desk = Desk::at(NOW);
    let whole = message(1, 2.0, &json!({}));
    let rows = |second: &str| [("a", message(0, 1.5, &json!({}))), ("b", second.to_owned())];
    let view = import(&desk, &database(&desk, "now", &rows(&whole[..40])));
    assert!(view.amount.as_ref().expect("an amount").at_least);
    let unread = Some(LeftOutView { elsewhere: 0, unnamed: 0, unread: true });
    assert_eq!(told(&machine(&desk, &view)), (Some("1.500000"), true, unread));
    let day = |desk: &Desk| {
        let days = desk.team(view.account).spend.expect("spending").days;
        days.into_iter().find(|day| day.date == "2026-11-21").expect("a day").amount
    };
    assert_eq!(day(&desk), None);
    assert!(usage(&desk, &view).contains(&"why-requests-unread".to_owned()));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("Something in Kilo's records on this computer couldn't be read"), "{status}");
    import(&desk, &database(&desk, "now", &rows(&whole)));
    assert_eq!(told(&machine(&desk, &view)), (Some("3.500000"), false, None));
    assert_eq!(day(&desk).as_deref(), Some("3.500000"));
}

/// Found in November 2026: a task that was cut off was named at its import, sums without it were shown as exact, and then what stands
/// before the cut was in none.
#[test]
fn a_task_that_is_cut_off_makes_its_days_the_least() {
    let desk = Desk::at(NOW);
    let request = |second: i64| {
        let said = r#"{\"cost\":1.5,\"inferenceProvider\":\"A\",\"tokensIn\":1}"#;
        format!(r#"{{"ts":{},"type":"say","say":"api_req_started","text":"{said}"}}"#, AT + second * 1000)
    };
    write(&desk, "tasks/1/ui_messages.json", &format!("[{}]", request(-86_400)));
    let text = format!("[{},{}]", request(1), request(2));
    write(&desk, "tasks/2/ui_messages.json", &text[..text.len() - 30]);
    let tasks = desk.home().join("tasks");
    let view = import(&desk, &tasks);
    assert_eq!(view.skipped.len(), 1);
    let unread = Some(LeftOutView { elsewhere: 0, unnamed: 0, unread: true });
    assert_eq!(told(&machine(&desk, &view)), (Some("3.000000"), true, unread));
    let days = desk.team(view.account).spend.expect("spending").days;
    let on = |date: &str| days.iter().find(|day| day.date == date).and_then(|day| day.amount.clone());
    assert_eq!(on("2026-11-20").as_deref(), Some("1.500000"), "of that day nothing is missing");
    write(&desk, "tasks/2/ui_messages.json", &text);
    let view = import(&desk, &tasks);
    assert_eq!(told(&machine(&desk, &view)), (Some("4.500000"), false, None));
}

/// Expected of a newer program that writes an ended request's tokens or times anew: the older copy and the newer one are one.
#[test]
fn a_message_that_was_written_anew_is_the_same_request() {
    for change in [
        json!({"tokens": {"input": 6, "output": 2, "reasoning": 0, "cache": {"read": 0, "write": 0}}}),
        json!({"time": {"created": AT, "completed": AT + 901}}),
        json!({"time": {"created": AT}, "cost": 0.0}),
    ] {
        let (before, after) = (message(0, 1.0, &json!({})), message(0, 1.0, &change));
        let deleted = ("deleted", message(5, 0.25, &json!({})));
        // Into the same record, and beside another that is a backup of it, in either order.
        for (first, second) in [("now", "now"), ("backup", "now"), ("now", "backup")] {
            let desk = Desk::at(NOW);
            let rows = |data: &String| vec![("a", data.clone())];
            let mut older = rows(&before);
            older.push(deleted.clone());
            import(&desk, &database(&desk, first, &older));
            let view = import(&desk, &database(&desk, second, &rows(&after)));
            let month = machine(&desk, &view).this_month;
            assert_eq!(month.as_deref(), Some("1.250000"), "{change} {first} {second}");
        }
    }
}
