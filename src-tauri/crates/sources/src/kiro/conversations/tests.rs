//! Conversations of a database that was made as Kiro's is.

use super::*;
use crate::files::table_file::unwatched;
use rusqlite::Connection;
use std::path::PathBuf;

const FORM: &str = "CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT);
    INSERT INTO auth_kv VALUES ('kirocli:social:token', 'canary-token');
    CREATE TABLE conversations_v2 (key TEXT NOT NULL, conversation_id TEXT NOT NULL, value TEXT NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (key, conversation_id));";

fn database(folder: &Path, form: &str, rows: &[(&str, String)]) -> PathBuf {
    let file = folder.join("data.sqlite3");
    let connection = Connection::open(&file).expect("a database");
    connection.execute_batch(form).expect("its tables");
    for (id, value) in rows {
        let row =
            "INSERT INTO conversations_v2 VALUES ('/home/ada/shop', ?1, ?2, 1795600000123, 1795600009456)";
        connection.execute(row, [*id, value.as_str()]).expect("a row");
    }
    file
}

fn asked(used: &str, requests: &str) -> String {
    format!(
        r#"{{"conversation_id":"x","next_message":null,"history":[{{"user":{{"content":"canary-prompt"}}}}],"model_info":{{"model_id":"claude-sonnet-4.5","rate_multiplier":1.3}},
        "user_turn_metadata":{{"continuation_id":"c","requests":{requests},"usage_info":{used}}}}}"#
    )
}

fn read_in(file: &Path) -> Conversations {
    read(&Worker::within_this_process(), file, Names::LeftOut, &mut Room::default(), &unwatched)
        .expect("conversations")
}

fn told(read: &Conversations) -> Vec<String> {
    let of = |metering: &Metering| match metering.credits().zip(metering.exact()) {
        Some((credits, exact)) => format!("{credits} of {exact}"),
        None => "unknown".to_owned(),
    };
    let turns = read.sessions.iter().flat_map(|session| &session.turns);
    turns.map(|turn| format!("{} {} {}", turn.key, turn.at, of(&turn.metering))).collect()
}

#[test]
fn a_row_is_a_task_and_its_entries_are_summed() {
    let folder = tempfile::tempdir().expect("a folder");
    let entry =
        |value: &str, unit: &str| format!(r#"{{"value":{value},"unit":"{unit}","unit_plural":"credits"}}"#);
    let three =
        format!("[{},{},{}]", entry("0.1234", "credit"), entry("0.5", "Credits"), entry("9", "token"));
    let file = database(
        folder.path(),
        FORM,
        &[
            ("a", asked(&three, r#"[{"request_id":"r1"},{"request_id":"r2"}]"#)),
            ("b", asked("[]", "[]")),
            ("c", asked(&format!("[{}]", entry("null", "credit")), "null")),
            ("d", r#"{"history":[],"user_turn_metadata":{"usage_info":[],"requests":[]}}"#.to_owned()),
            ("e", "no JSON".to_owned()),
        ],
    );
    assert!(are_in(&file));
    let read = read_in(&file);
    assert_eq!(
        told(&read),
        [
            "kiro-cli:conversation:a:r1 2026-11-25T09:46:49Z 0.62 of 0.6234",
            "kiro-cli:conversation:b:turn:c 2026-11-25T09:46:49Z unknown",
            "kiro-cli:conversation:c:turn:c 2026-11-25T09:46:49Z unknown",
            // What breaks off was asked all the same.
            "kiro-cli:conversation:e:at:1795600009.456000000 2026-11-25T09:46:49Z unknown",
        ],
    );
    let of: Vec<_> = read.sessions.iter().map(|session| (session.id.as_str(), session.said)).collect();
    assert_eq!(of, [("a", 2), ("b", 0), ("c", 1), ("d", 0), ("e", 0)]);
    assert_eq!(read.sessions[0].turns[0].model.as_deref(), Some("claude-sonnet-4.5"));
    assert_eq!((read.sessions[0].project.as_deref(), read.bad.count, read.bad.listed[0].line), (None, 1, 5));
    assert!(!format!("{read:?}").contains("canary"));
    let named =
        super::read(&Worker::within_this_process(), &file, Names::Read, &mut Room::default(), &unwatched)
            .expect("conversations");
    assert_eq!(named.sessions[0].project.as_deref(), Some("/home/ada/shop"));
}

#[test]
fn a_database_without_them_is_none_of_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = database(folder.path(), "CREATE TABLE auth_kv (key TEXT, value TEXT)", &[]);
    assert!(!are_in(&file));
    let other = folder.path().join("other");
    std::fs::create_dir(&other).expect("made");
    let older = database(&other, "CREATE TABLE conversations_v2 (key TEXT, value TEXT)", &[]);
    let refused =
        read(&Worker::within_this_process(), &older, Names::LeftOut, &mut Room::default(), &unwatched)
            .expect_err("refused");
    assert!(refused.to_string().contains("kiro-session"), "{refused}");
}
