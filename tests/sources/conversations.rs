//! What Kiro's command line was asked without anybody watching: from its database, beside its sessions, each turn once.

use super::NOW;
use acceptance::{Desk, files_in};
use headroom_app::answers::{ImportKind, ImportView};
use headroom_sources::kiro::token::KiroPlaces;
use rusqlite::Connection;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FORM: &str = "CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT);
    INSERT INTO auth_kv VALUES ('kirocli:social:token', 'canary-token');
    CREATE TABLE conversations_v2 (key TEXT NOT NULL, conversation_id TEXT NOT NULL, value TEXT NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (key, conversation_id));";

/// A desk with a store of sessions and a database of the command line's that both may be there or not.
fn desk() -> Desk {
    let desk = Desk::at(NOW);
    let home = desk.home();
    let places = KiroPlaces {
        ide_token: home.join("token.json"),
        ide: home.join("Kiro"),
        cli_database: home.join("share/data.sqlite3"),
    };
    let nobody = "127.0.0.1:1".parse().expect("an address");
    desk.opened_with(|paths| paths.with_ide_sessions(home.join(".kiro/sessions")).with_kiro(places, nobody))
}

fn database(file: &Path) -> Connection {
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    let connection = Connection::open(file).expect("a database");
    connection.execute_batch("PRAGMA journal_mode = WAL").expect("as Kiro's is");
    connection.execute_batch(FORM).expect("its tables");
    connection
}

/// What a conversation's last turn used, at so many minutes after eight on the third of November.
fn asked(connection: &Connection, id: &str, minutes: i64, request: &str, used: &[&str]) {
    let entries: Vec<_> = used
        .iter()
        .map(|used| format!(r#"{{"value":{used},"unit":"credit","unit_plural":"credits"}}"#))
        .collect();
    let value = format!(
        r#"{{"conversation_id":"{id}","history":[{{"user":{{"content":"canary-prompt"}}}}],"model_info":{{"model_id":"auto"}},
        "user_turn_metadata":{{"requests":[{{"request_id":"{request}"}}],"usage_info":[{}]}}}}"#,
        entries.join(",")
    );
    let at = 1_793_692_800_000 + minutes * 60_000;
    let row = "INSERT OR REPLACE INTO conversations_v2 VALUES ('/home/ada/shop', ?1, ?2, 1793692800000, ?3)";
    connection.execute(row, (id, value, at)).expect("a row");
}

fn import(desk: &Desk, path: Option<&PathBuf>) -> ImportView {
    desk.import(ImportKind::KiroSessions, path.map(PathBuf::as_path)).expect("an import")
}

fn sum(desk: &Desk, by: &str) -> String {
    let usage = desk.run(&["usage", "--json", "--by", by]).output;
    let usage: serde_json::Value = serde_json::from_str(&usage).expect("JSON");
    let parts = usage["parts"].as_array().expect("parts").iter();
    let parts: Vec<_> =
        parts.map(|part| format!("{} {}", part["name"], part["metered"]).replace('"', "")).collect();
    format!("{} of {}", usage["total"]["metered"].as_str().unwrap_or("-"), parts.join(", "))
}

#[test]
fn conversations_are_found_beside_sessions_and_each_turn_counts_once() {
    let desk = desk();
    let file = desk.home().join("share/data.sqlite3");
    let kiro = database(&file);
    asked(&kiro, "a", 0, "r1", &["0.1234", "0.5"]);
    asked(&kiro, "b", 1, "r2", &[]);
    // Kiro has it open, and what it wrote last stands in its log alone.
    let view = import(&desk, None);
    assert_eq!((view.files, view.read, view.added, view.unmetered, view.bad), (1, 2, 1, 1, 0));
    let folder = desk.home().join(".kiro/sessions/bucket/sess_1");
    fs::create_dir_all(&folder).expect("made");
    let row = r#"{"id":"x-usage","timestamp":"2026-11-03T08:14:55Z","payload":{"type":"usage_summary","executionId":"x","promptTurnSummaries":[{"unit":"credit","usage":2}]}}"#;
    fs::write(folder.join("messages.jsonl"), row).expect("written");
    // The same turn went on, and another conversation was resumed: another turn stands in its row.
    asked(&kiro, "a", 2, "r1", &["0.1234", "0.5", "0.25"]);
    asked(&kiro, "b", 3, "r3", &["1"]);
    let view = import(&desk, None);
    assert_eq!((view.files, view.added, view.unmetered, view.replaced), (2, 2, 0, 1));
    assert_eq!(sum(&desk, "client"), "3.87 of kiro 2.00, kiro-cli 1.87");
    let again = import(&desk, None);
    assert_eq!((again.added, again.unmetered, again.replaced), (0, 0, 0));
    drop(kiro);
    assert_eq!(import(&desk, Some(&file)).added, 0, "named, it is the same");
    let data = files_in(desk.headroom.paths().data());
    for (path, bytes) in data {
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{}", path.display());
    }
}

#[test]
fn a_database_with_nothing_but_a_login_is_left_alone() {
    let desk = desk();
    let kiro = database(&desk.home().join("share/data.sqlite3"));
    kiro.execute_batch("DROP TABLE conversations_v2").expect("dropped");
    let none = desk.import(ImportKind::KiroSessions, None).expect_err("nothing is there").to_string();
    assert!(none.contains("sessions") && !none.contains("data.sqlite3"), "{none}");
}

#[test]
fn a_damaged_row_is_told_and_the_rest_counts() {
    let desk = desk();
    let file = desk.home().join("copy/of-it");
    let kiro = database(&file);
    asked(&kiro, "a", 0, "r1", &["0.5"]);
    kiro.execute("INSERT INTO conversations_v2 VALUES ('/x', 'b', 'canary', 1, 2)", []).expect("a row");
    drop(kiro);
    let told = desk.run(&["import", &file.to_string_lossy()]);
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.output.contains("0.50 credits"), "what it is, it is recognised by: {told:?}");
    assert!(told.errors.contains("line 1") && !told.errors.contains("canary"), "{told:?}");
    let zip = desk.run(&["import", "kiro-sessions", &file.to_string_lossy()]);
    assert!(zip.output.contains("0 new tasks"), "{zip:?}");
}

/// Found in November 2026: a conversation that breaks off was told of at its import alone, and what was used without it was shown as all.
#[test]
fn a_conversation_that_breaks_off_makes_its_days_the_least() {
    let least = |desk: &Desk| {
        let usage = desk.run(&["usage", "--json", "--by", "model"]).output;
        serde_json::from_str::<serde_json::Value>(&usage).expect("JSON")["least"].clone()
    };
    let desk = desk();
    let file = desk.home().join("copy/of-it");
    let kiro = database(&file);
    asked(&kiro, "a", 0, "r1", &["0.5"]);
    asked(&kiro, "b", 1, "r1", &["0.25"]);
    import(&desk, Some(&file));
    assert_eq!(least(&desk), 0);
    // Its next turn breaks off: what that used nobody knows, and what its turn before used stays.
    asked(&kiro, "b", 2, "r2", &["0.25"]);
    kiro.execute("UPDATE conversations_v2 SET value = substr(value, 1, 60) WHERE conversation_id = 'b'", [])
        .expect("cut off");
    for new in [1, 0] {
        let report = import(&desk, Some(&file));
        assert_eq!((report.added, report.unmetered, report.bad), (0, new, 1), "{report:?}");
        let sum = sum(&desk, "model");
        assert!(sum.starts_with("0.75 of "), "{sum}");
        assert_eq!(least(&desk), 1);
    }
}

#[test]
fn what_is_asked_while_headroom_runs_is_noticed() {
    let desk = desk();
    let file = desk.home().join("share/data.sqlite3");
    // Kiro is another program: it doesn't have the file open beside Headroom in one process.
    let written = |id: &str, minutes: i64, request: &str, used: &[&str]| {
        asked(&Connection::open(&file).expect("a database"), id, minutes, request, used);
    };
    drop(database(&file));
    written("a", 0, "r1", &["0.5"]);
    import(&desk, None);
    let mut looks = 0;
    let mut look = || {
        looks += 15;
        let now: headroom_exact::Moment = NOW.parse().expect("a moment");
        desk.wait_until(&now.plus_seconds(looks).to_string());
        desk.headroom.notice_sessions().is_some()
    };
    assert_eq!([look(), look(), look()], [false, true, false]);
    written("b", 1, "r2", &["0.75"]);
    assert_eq!([look(), look(), look()], [false, true, false]);
    assert_eq!(sum(&desk, "model"), "1.25 of auto 1.25");
}

/// A row whose turn's request has no name; what else stands in it as JSON.
fn unnamed(connection: &Connection, folder: &str, (id, at): (&str, i64), used: &str, more: &str) {
    let value = format!(
        r#"{{"history":[{{}}],"user_turn_metadata":{{"usage_info":[{{"value":{used},"unit":"credit"}}]{more}}}}}"#
    );
    let row = "INSERT OR REPLACE INTO conversations_v2 VALUES (?1, ?2, ?3, 1793692800000, ?4)";
    connection.execute(row, (folder, id, value, 1_793_692_800_000 + at)).expect("a row");
}

/// Found in November 2026: of turns whose request has no name, or an empty one, all of a conversation were one task.
#[test]
fn turns_without_a_requests_name_are_tasks_of_their_own_and_count_once() {
    let nameless = r#","requests":[{"request_id":""},{"request_id":null}]"#;
    for (first, second) in [
        ("", ""),
        (nameless, nameless),
        (r#","continuation_id":"t1""#, r#","continuation_id":"t2""#),
        (r#","requests":[{"message_id":"m1"}]"#, r#","requests":[{"message_id":"m2"}]"#),
    ] {
        let desk = desk();
        let file = desk.home().join("share/data.sqlite3");
        let kiro = database(&file);
        unnamed(&kiro, "/home/ada/shop", ("a", 0), "1", first);
        import(&desk, None);
        import(&desk, Some(&file));
        assert_eq!(sum(&desk, "client"), "1.00 of kiro-cli 1.00", "{first}: twice the same");
        // The next turn takes the place of the first in the conversation's row.
        unnamed(&kiro, "/home/ada/shop", ("a", 60_000), "2", second);
        // The same conversation of another folder, in the same second.
        unnamed(&kiro, "/home/ada/other", ("b", 60_000), "4", "");
        unnamed(&kiro, "/home/ada/other", ("c", 60_000), "8", nameless);
        import(&desk, None);
        import(&desk, None);
        assert_eq!(sum(&desk, "client"), "15.00 of kiro-cli 15.00", "{first}");
    }
    // A turn that goes on is the same as long as anything names it.
    let desk = desk();
    let kiro = database(&desk.home().join("share/data.sqlite3"));
    for (at, used) in [(0, "1"), (60_000, "2.5")] {
        unnamed(&kiro, "/home/ada/shop", ("a", at), used, r#","continuation_id":"t1""#);
        import(&desk, None);
    }
    assert_eq!(sum(&desk, "client"), "2.50 of kiro-cli 2.50");
}

/// Found in November 2026: rows whose moments are texts, or none, were named at their import, and afterwards nothing said that what they
/// used is in no figure; and a database that another program was writing to alone was "no JSON".
#[test]
fn what_a_row_used_is_never_nothing_however_its_moments_are_written() {
    for (at, expected) in [
        (r"'2026-11-03T08:00:00Z'", "1.50 of auto 1.50"),
        ("NULL", "0.00 of not known 0.00"),
        ("'yesterday'", "0.00 of not known 0.00"),
    ] {
        let desk = desk();
        let file = desk.home().join("copy.sqlite3");
        let kiro = Connection::open(&file).expect("a database");
        let form = "CREATE TABLE conversations_v2 (key TEXT, conversation_id TEXT, value TEXT, created_at, updated_at)";
        kiro.execute_batch(form).expect("its table");
        let value = r#"{"history":[{}],"model_info":{"model_id":"auto"},"user_turn_metadata":{"requests":[{"request_id":"r"}],"usage_info":[{"value":1.5,"unit":"credit"}]}}"#;
        let row = format!("INSERT INTO conversations_v2 VALUES ('/shop', 'a', ?1, NULL, {at})");
        kiro.execute(&row, [value]).expect("a row");
        drop(kiro);
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_000_000); // 2026-11-18
        fs::File::options().write(true).open(&file).expect("a file").set_modified(time).expect("set");
        for _ in 0..2 {
            let run = desk.run(&["import", file.to_str().expect("a path")]);
            let usage = desk.run(&["usage", "--json", "--by", "model"]).output;
            let usage: serde_json::Value = serde_json::from_str(&usage).expect("JSON");
            let is_told = expected.starts_with("1.50");
            assert_eq!(sum(&desk, "model").replace("null", "not known"), expected, "{at}: {run:?}");
            assert_eq!(
                (&usage["at_least"], usage["total"]["unknown"].as_u64()),
                (&(!is_told).into(), Some((!is_told).into()))
            );
        }
    }
}

/// Says to this test that it is the other program.
const ALONE: &str = "HEADROOM_TEST_WRITES_ALONE";

/// Found in November 2026: a database that another program was writing to alone was "no JSON". This test is that program, too, since
/// a process loses its locks of a file whenever it closes that.
#[test]
fn a_database_that_is_written_to_alone_is_said_to_be() {
    if let Some(file) = std::env::var_os(ALONE) {
        let kiro = Connection::open(PathBuf::from(file)).expect("a database");
        kiro.execute_batch("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE").expect("alone");
        eprintln!("alone");
        _ = std::io::stdin().read_line(&mut String::new());
        return;
    }
    let desk = desk();
    let file = desk.home().join("copy.sqlite3");
    drop(database(&file));
    let name = "conversations::a_database_that_is_written_to_alone_is_said_to_be";
    let mut other = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, &file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("another process");
    let said = BufReader::new(other.stderr.take().expect("what it says")).lines();
    assert!(said.map_while(Result::ok).any(|line| line == "alone"));
    let run = desk.run(&["import", "kiro-sessions", file.to_str().expect("a path")]);
    drop(other.stdin.take());
    assert!(other.wait().expect("an end").success());
    assert!(run.errors.contains("another program is writing to it"), "{run:?}");
}
