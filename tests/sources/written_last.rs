//! What was written last to another program's database stands in a log beside it, and comes with it from wherever it comes.

use super::NOW;
use super::zipped::zip;
use acceptance::Desk;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

/// A database as it lies while a program has it open: one row in it, and another in its log alone.
fn open(file: &Path, tables: &str, rows: [&str; 2]) -> Connection {
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    let connection = Connection::open(file).expect("a database");
    connection.execute_batch("PRAGMA journal_mode = WAL").expect("a log");
    connection.execute_batch(tables).expect("its tables");
    connection.execute_batch(rows[0]).expect("a row");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("tidied up");
    connection.execute_batch(rows[1]).expect("a row");
    connection
}

fn kilo(file: &Path) -> Connection {
    let row = |second: i64, cost: &str| {
        let (created, completed) = (AT + second * 1000, AT + second * 1000 + 900);
        format!(
            r#"INSERT INTO message VALUES ('{second}', 's', {created}, 0, '{{"role":"assistant","providerID":"kilo","modelID":"m","cost":{cost},"tokens":{{"input":5,"output":2}},"time":{{"created":{created},"completed":{completed}}}}}')"#
        )
    };
    let tables = "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)";
    open(file, tables, [&row(0, "3.75"), &row(9, "4")])
}

fn kiro(file: &Path) -> Connection {
    let row = |id: &str, used: &str| {
        format!(
            r#"INSERT INTO conversations_v2 VALUES ('/shop', '{id}', '{{"conversation_id":"{id}","history":[{{}}],"user_turn_metadata":{{"requests":[{{"request_id":"r{id}"}}],"usage_info":[{{"value":{used},"unit":"credit"}}]}}}}', {AT}, {AT})"#
        )
    };
    let tables = "CREATE TABLE conversations_v2 (key TEXT NOT NULL, conversation_id TEXT NOT NULL, value TEXT NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (key, conversation_id))";
    open(file, tables, [&row("a", "3.75"), &row("b", "4")])
}

fn put(desk: &Desk, name: &str, bytes: &[u8]) -> PathBuf {
    let file = desk.home().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, bytes).expect("written");
    file
}

/// Found in November 2026: of a ZIP of a database and its log the log was left out: $3.75 for $7.75, without a word; and named beside
/// it, it was called "nothing that is imported".
#[test]
fn a_log_comes_with_its_database_from_wherever_it_comes() {
    for (name, kind) in [("kilo.db", "kilo-database"), ("data.sqlite3", "kiro-sessions")] {
        for way in ["folder", "file", "both", "kind", "zip", "zip-of-a-folder", "input"] {
            let desk = Desk::at(NOW);
            let file = desk.home().join("open").join(name);
            let holds_it_open = if name == "kilo.db" { kilo(&file) } else { kiro(&file) };
            let log = format!("{name}-wal");
            let [database, last, index] = [name, log.as_str(), &format!("{name}-shm")]
                .map(|name| fs::read(file.with_file_name(name)).expect("a file"));
            let packed = |within: &str| {
                let files = [(name, &database), (&log, &last), (&format!("{name}-shm"), &index)];
                let files: Vec<_> = files.map(|(name, bytes)| (format!("{within}{name}"), bytes)).to_vec();
                zip(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
            };
            let zipped = put(&desk, "packed.zip", &packed(if way == "zip" { "" } else { "share/kilo/" }));
            let beside = file.with_file_name(&log);
            let text = |path: &Path| path.to_str().expect("a path").to_owned();
            let run = match way {
                "folder" => desk.run(&["import", &text(file.parent().expect("a folder"))]),
                "file" => desk.run(&["import", &text(&file)]),
                "both" => desk.run(&["import", &text(&file), &text(&beside)]),
                "kind" => desk.run(&["import", kind, &text(&zipped)]),
                "input" => desk.run_with(&["import", "-"], &packed("")),
                _ => desk.run(&["import", &text(&zipped)]),
            };
            let said = format!("{name} by {way}: {}{}", run.output, run.errors);
            assert!(run.output.contains("2 requests read") || run.output.contains("2 tasks read"), "{said}");
            assert!(run.output.contains("7.75"), "{said}");
            assert_eq!((run.status, run.errors.as_str()), (0, ""), "{said}");
            drop(holds_it_open);
        }
    }
}
