//! Kilo's databases end to end: both programs', found together, each request once.

use super::NOW;
use acceptance::Desk;
use headroom_app::answers::ImportKind;
use headroom_sources::kilo::token::KiloPlaces;
use rusqlite::Connection;
use std::path::Path;

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

fn open(path: &Path, table: &str) -> Connection {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(path).expect("a database");
    connection.execute_batch(table).expect("a table");
    connection
}

fn first(path: &Path) -> Connection {
    open(
        path,
        "CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)",
    )
}

fn newer(path: &Path) -> Connection {
    open(
        path,
        "CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, type TEXT NOT NULL, seq INTEGER,
         time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL)",
    )
}

fn message(second: i64, cost: &str, model: &str) -> String {
    let created = AT + second * 1000;
    format!(
        r#"{{"role":"assistant",{model},"cost":{cost},"tokens":{{"input":5,"output":2,"reasoning":0,"cache":null}},"time":{{"created":{created},"completed":{}}}}}"#,
        created + 900
    )
}

fn add_first(connection: &Connection, second: i64, cost: &str) {
    let data = message(second, cost, r#""providerID":"kilo","modelID":"m""#);
    connection
        .execute("INSERT INTO message VALUES (?1, 's', 0, 0, ?2)", (format!("{second}-{cost}"), data))
        .expect("a row");
}

fn add_newer(connection: &Connection, second: i64, cost: &str) {
    let data = message(second, cost, r#""model":{"providerID":"kilo","id":"m"}"#);
    connection
        .execute("INSERT INTO session_message VALUES (?1, 's', 'assistant', 0, 0, 0, ?2)", (second, data))
        .expect("a row");
}

/// A desk whose Kilo keeps its things in a folder of its own, and where the first program's database would be.
fn desk() -> (Desk, std::path::PathBuf) {
    let desk = Desk::at(NOW);
    let data = desk.home().join("data");
    let places = KiloPlaces {
        auth: data.join("kilo/auth.json"),
        database: data.join("kilo/kilo.db"),
        environment: false,
    };
    let nowhere = "127.0.0.1:9".parse().expect("an address");
    (desk.opened_with(|paths| paths.with_kilo(places, nowhere)), data)
}

#[test]
fn the_newer_programs_database_is_found_by_itself_and_joined() {
    let (desk, data) = desk();
    assert_eq!(desk.headroom.start(None).expect("it starts").found.kilo_database, None);
    let stable = data.join("kilo2/stable/kilo2.db");
    let of_stable = newer(&stable);
    add_newer(&of_stable, 0, "0.25");
    let found = desk.headroom.start(None).expect("it starts").found.kilo_database;
    assert_eq!(found, Some(stable.display().to_string()));
    let imported = desk.import(ImportKind::KiloDatabase, None).expect("an import");
    let spent = || desk.team(imported.account).machine.expect("this machine").this_month.expect("known");
    assert_eq!((imported.files, imported.read, spent().as_str()), (1, 1, "0.250000"));
    // The first program's turns up beside it, with the same request and another; so does another channel.
    let old = first(&data.join("kilo/kilo.db"));
    add_first(&old, 0, "0.25");
    add_first(&old, 1, "1.5");
    add_newer(&newer(&data.join("kilo2/next/kilo2.db")), 2, "0.125");
    let imported = desk.import(ImportKind::KiloDatabase, None).expect("an import");
    assert_eq!((imported.files, imported.read, spent().as_str()), (3, 3, "1.875000"));
    // However one of them is named, it is the same record.
    let again = desk.import(ImportKind::KiloDatabase, Some(&stable)).expect("an import");
    assert_eq!((again.added, again.known, spent().as_str()), (0, 1, "1.875000"));
    let told = desk.run(&["doctor"]);
    assert!(told.output.contains("kilo.db"), "{}", told.output);
}

/// An older version counted what a fork copied; what it recorded gives way once the copies are known as such, unless
/// something was deleted since.
#[test]
fn copies_that_an_older_version_counted_are_taken_back() {
    for (deleted, expected) in [(false, "3.500000"), (true, "9.500000")] {
        let (desk, data) = desk();
        let path = data.join("kilo/kilo.db");
        let connection = first(&path);
        add_first(&connection, 0, "1");
        let account = desk.import(ImportKind::KiloDatabase, None).expect("an import").account;
        for (second, cost) in [(1, "2"), (0, "1"), (1, "2"), (0, "1"), (1, "2"), (9, "0.5")] {
            add_first(&connection, second, cost);
        }
        // As the older version had recorded it: every copy, and no word of how it counted.
        let store = Connection::open(desk.headroom.paths().database()).expect("a store");
        let body = r#"[{"model":"m","cost":9500000,"requests":7,"input_tokens":35,"output_tokens":14}]"#;
        let copied = "INSERT INTO reported_usage (account_id, source, day, user, profile, client, model, issued, body, recorded_at)
            SELECT account_id, source, day, user, profile, client, model, issued, ?1, recorded_at FROM reported_usage";
        assert_eq!(store.execute(copied, [body]).expect("recorded"), 1);
        assert_eq!(desk.team(account).machine.expect("this machine").this_month.as_deref(), Some("9.500000"));
        if deleted {
            connection.execute("DELETE FROM message WHERE id = '9-0.5'", []).expect("deleted");
        }
        desk.import(ImportKind::KiloDatabase, None).expect("an import");
        assert_eq!(desk.team(account).machine.expect("this machine").this_month.as_deref(), Some(expected));
    }
}

/// Somebody who deletes sessions has spent what they cost all the same; and one file is one record.
#[test]
fn what_kilo_forgets_was_spent_all_the_same() {
    let desk = Desk::at(NOW);
    let database = desk.home().join("kilo.db");
    let connection = Connection::open(&database).expect("a database");
    let message = r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.5}"#;
    connection
        .execute_batch("CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)")
        .expect("a table");
    let add = |id: &str| {
        let values = (id, 1_795_219_200_000_i64, message);
        connection.execute("INSERT INTO message VALUES (?1, 's', ?2, 0, ?3)", values).expect("a row");
    };
    let spent = |path: &Path| {
        let account = desk.import(ImportKind::KiloDatabase, Some(path)).expect("an import").account;
        desk.team(account).machine.expect("this machine").this_month.expect("known")
    };
    add("a");
    add("b");
    assert_eq!(spent(&database), "1.000000");
    assert_eq!(spent(&desk.home().join("../home/kilo.db")), "1.000000", "the same file by another name");
    connection.execute("DELETE FROM message WHERE id = 'a'", []).expect("deleted");
    assert_eq!(spent(&database), "1.000000");
    add("c");
    add("d");
    assert_eq!(spent(&database), "1.500000");
}
