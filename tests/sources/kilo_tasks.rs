//! The legacy extension's tasks end to end: found in every editor, and counted once beside what newer programs took over.

use super::NOW;
use acceptance::Desk;
use headroom_app::answers::{ImportKind, ImportView};
use headroom_sources::kilo::token::KiloPlaces;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

/// A desk of somebody whose home is laid out as usual.
fn desk() -> (Desk, PathBuf) {
    let desk = Desk::at(NOW);
    let home = desk.home().join("ada");
    let kilo = home.join(".local").join("share").join("kilo");
    fs::create_dir_all(&kilo).expect("made");
    let places =
        KiloPlaces { auth: kilo.join("auth.json"), database: kilo.join("kilo.db"), environment: false };
    let nowhere = "127.0.0.1:9".parse().expect("an address");
    (desk.opened_with(|paths| paths.with_kilo(places, nowhere)), home)
}

/// A task of the extension in an editor's settings, with requests of these seconds and costs.
fn task(home: &Path, editor: &str, name: &str, requests: &[(i64, Value)]) -> PathBuf {
    let settings = editor.split('/').fold(home.to_owned(), |path, name| path.join(name));
    let folder = settings.join("User/globalStorage/kilocode.kilo-code/tasks").join(name);
    fs::create_dir_all(&folder).expect("made");
    let mut shown = vec![json!({"ts": AT, "type": "say", "say": "text", "text": "Sort this list"})];
    let mut history = Vec::new();
    for (second, change) in requests {
        let at = AT + second * 1000;
        let mut said = json!({"apiProtocol": "openai", "tokensIn": 5, "tokensOut": 2, "cacheReads": 0, "cacheWrites": 0,
            "inferenceProvider": "Anthropic"});
        for (field, value) in change.as_object().expect("fields") {
            said[field] = value.clone();
        }
        shown.push(json!({"ts": at, "type": "say", "say": "api_req_started", "text": said.to_string()}));
        let state = "<environment_details>\n<model>m</model>\n</environment_details>";
        history.push(json!({"role": "user", "ts": at + 3, "content": [{"type": "text", "text": state}]}));
        history.push(json!({"role": "assistant", "ts": at + 900, "content": [{"type": "text", "text": "<model>no</model>"}]}));
    }
    fs::write(folder.join("ui_messages.json"), Value::from(shown).to_string()).expect("written");
    fs::write(folder.join("api_conversation_history.json"), Value::from(history).to_string())
        .expect("written");
    folder
}

/// The first program's database with requests of these seconds and costs, as it took them over.
fn database(home: &Path, requests: &[(i64, Value)]) {
    let file = home.join(".local/share/kilo/kilo.db");
    let connection = Connection::open(file).expect("a database");
    connection.execute_batch("CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)").expect("a table");
    for (second, cost) in requests {
        let at = AT + second * 1000;
        let data = json!({"role": "assistant", "providerID": "kilo", "modelID": "m", "cost": cost,
            "tokens": {"input": 5, "output": 2, "reasoning": 0, "cache": {"read": 0, "write": 0}},
            "time": {"created": at, "completed": at + 900}});
        connection
            .execute("INSERT INTO message VALUES (?1, 's', ?2, ?2, ?3)", (second, at, data.to_string()))
            .expect("a row");
    }
}

fn imported(desk: &Desk, path: Option<&Path>) -> Result<ImportView, String> {
    desk.import(ImportKind::KiloDatabase, path).map_err(|error| error.to_string())
}

/// Requests, dollars, whether those are the least, requests of unknown cost.
fn came(view: &ImportView) -> (u64, Option<(&str, bool)>, u64) {
    let amount = view.amount.as_ref().map(|amount| (amount.value.as_str(), amount.at_least));
    (view.read, amount, view.unmetered)
}

#[test]
fn tasks_are_found_in_every_editor_of_every_system() {
    for editor in [
        ".config/Code",
        ".config/Code - Insiders",
        ".config/VSCodium",
        ".config/Cursor",
        "Library/Application Support/Windsurf",
        "AppData/Roaming/Code",
        ".vscode-server/data",
        ".var/app/com.visualstudio.code/config/Code",
    ] {
        let (desk, home) = desk();
        assert!(desk.headroom.start(None).expect("it starts").found.kilo_database.is_none());
        let folder = task(&home, editor, "1", &[(1, json!({"cost": 0.25})), (2, json!({"cost": 1}))]);
        assert!(desk.headroom.start(None).expect("it starts").found.kilo_database.is_some(), "{editor}");
        let view = imported(&desk, None).expect(editor);
        assert_eq!(came(&view), (2, Some(("1.250000", false)), 0), "{editor}");
        let rows = desk.run(&["status"]).output;
        assert!(rows.contains("$1.25"), "{editor}: {rows}");
        // The same by its folder, by the extension's, and by the file: nothing new.
        let ui = folder.join("ui_messages.json");
        let above = folder.parent().expect("tasks").parent().expect("the extension");
        for path in [&*folder, &*ui, above, above.parent().expect("storage")] {
            let again = imported(&desk, Some(path)).expect("read");
            assert_eq!((again.added, came(&again).1), (0, Some(("1.250000", false))), "{}", path.display());
        }
    }
}

#[test]
fn a_request_counts_once_in_two_editors_and_beside_what_a_newer_program_took_over() {
    let (desk, home) = desk();
    let own = [(1, json!({"cost": 0.5})), (2, json!({"cost": 0.25})), (3, json!({"cost": 2}))];
    task(&home, ".config/Code", "1", &own);
    task(&home, ".config/Cursor", "1", &own[..2]);
    let view = imported(&desk, None).expect("read");
    assert_eq!(came(&view), (3, Some(("2.750000", false)), 0), "settings that were synced");
    // Taken over with its cost, with none, and with one that isn't said; and a request of the newer program's own.
    database(&home, &[(1, json!(0.5)), (2, json!(0)), (3, Value::Null), (9, json!(4))]);
    let view = imported(&desk, None).expect("read");
    assert_eq!(came(&view), (4, Some(("6.750000", false)), 0));
    let by_task = home.join(".config/Code/User/globalStorage/kilocode.kilo-code/tasks/1");
    assert_eq!(came(&imported(&desk, Some(&by_task)).expect("read")).1, Some(("6.750000", false)));
}

#[test]
fn an_estimate_and_what_was_cut_off_are_in_no_sum_and_counted() {
    let (desk, home) = desk();
    let requests = [
        (1, json!({"cost": 0.5})),
        // The extension's own sum for somebody's own key.
        (2, json!({"cost": 7, "inferenceProvider": null})),
        (3, json!({"tokensIn": null, "tokensOut": null})),
        (4, json!({"cost": -3})),
    ];
    let folder = task(&home, ".config/Code", "1", &requests);
    let view = imported(&desk, None).expect("read");
    assert_eq!(came(&view), (4, Some(("0.500000", true)), 3));
    // A task that broke off while it was written, and one that is something else, are named; the others count.
    for (name, text) in [("2", "[{\"ts\":1,"), ("3", "{\"a\":1}"), ("4", "")] {
        let other = folder.with_file_name(name);
        fs::create_dir_all(&other).expect("made");
        fs::write(other.join("ui_messages.json"), text).expect("written");
    }
    let view = imported(&desk, None).expect("read");
    assert_eq!((came(&view).1, view.skipped.len()), (Some(("0.500000", true)), 3), "{:?}", view.skipped);
    // A message that isn't one is counted as unreadable.
    let odd = json!([{"ts": "then", "type": "say", "say": "api_req_started", "text": "{\"cost\":1}"},
        {"ts": AT, "type": "say", "say": "api_req_started", "text": "not json"}, {"say": 7}, "text"]);
    fs::write(folder.with_file_name("2").join("ui_messages.json"), odd.to_string()).expect("written");
    let view = imported(&desk, None).expect("read");
    assert_eq!((came(&view).1, view.bad), (Some(("0.500000", true)), 2));
}

#[test]
fn a_folder_that_somebody_copied_is_a_record_of_its_own() {
    let (desk, home) = desk();
    task(&home, ".config/Code", "1", &[(1, json!({"cost": 0.5}))]);
    imported(&desk, None).expect("read");
    let elsewhere = desk.home().join("backup");
    task(&elsewhere, "Code", "1", &[(5, json!({"cost": 1}))]);
    let copied = elsewhere.join("Code/User/globalStorage/kilocode.kilo-code/tasks");
    assert_eq!(came(&imported(&desk, Some(&copied)).expect("read")).1, Some(("1.000000", false)));
    assert!(desk.run(&["status"]).output.contains("$1.50"), "two machines' add up");
    let nothing = desk.home().join("nothing");
    fs::create_dir_all(&nothing).expect("made");
    let error = imported(&desk, Some(&nothing)).expect_err("nothing is there");
    assert!(error.contains("no Kilo request database"), "{error}");
}

/// Found in November 2026: a task under another name, or over standard input, was recognised and then refused as "not a database",
/// by the name of a file of Headroom's own; and of a folder that was named from where one stands each task was read twice, and
/// called a copy of itself.
#[test]
fn a_task_is_one_by_what_it_holds_wherever_it_lies() {
    let (desk, home) = desk();
    let cost = |cost: f64| json!({"cost": cost});
    let folder = task(&home, "Elsewhere/Code", "1", &[(0, cost(1.0)), (10, cost(0.5))]);
    let text = fs::read(folder.join("ui_messages.json")).expect("a task");
    let renamed = home.join("task (1).json");
    fs::write(&renamed, &text).expect("written");
    for run in [
        desk.run_with(&["import", "-"], &text),
        desk.run(&["import", "kilo-database", renamed.to_str().expect("a path")]),
        desk.run(&["import", renamed.to_str().expect("a path")]),
    ] {
        let said = format!("{}{}", run.output, run.errors);
        assert!(run.status == 0 && said.contains("2 requests read") && said.contains("$1.50"), "{said}");
    }
    let broken = desk.run_with(&["import", "-"], &text[..text.len() - 40]);
    assert!(broken.errors.contains("standard input: ") && !broken.errors.contains("incoming-"), "{broken:?}");
    // One with a single entry is none of a session's messages.
    let lone = task(&home, "Elsewhere/Code", "2", &[]);
    let only = r#"[{"ts":1795219220000,"type":"say","say":"api_req_started","text":"{\"cost\":2,\"inferenceProvider\":\"x\"}"}]"#;
    fs::write(lone.join("ui_messages.json"), only).expect("written");
    let tasks = folder.parent().expect("tasks");
    let here = std::env::current_dir().expect("a folder");
    let up: PathBuf = here.components().skip(1).map(|_| "..").collect();
    let relative = up.join(tasks.strip_prefix("/").expect("from the root"));
    let run = Desk::at(NOW).run(&["import", relative.to_str().expect("a path")]);
    let said = format!("{}{}", run.output, run.errors);
    assert!(said.contains("kilo-database: 2 files of ") && said.contains("3 requests read"), "{said}");
    let unsaid = ["kiro-sessions", "copies", "skipped"];
    assert!(unsaid.iter().all(|words| !said.contains(words)), "{said}");
}
