//! Requests as each of Kilo's programs writes them, and what copies of one come to.

use super::*;
use crate::files::table_file::unwatched;
use crate::kilo::family::{files, place};
use rusqlite::Connection;
use std::path::PathBuf;

fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<LocalSpend, ReadError> {
    read_file(worker, path, &mut Room::default(), watching)
}

fn database(messages: &[(i64, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kilo.db");
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute_batch(
            "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER,
             time_updated INTEGER, data TEXT)",
        )
        .expect("a table");
    for (index, (created, data)) in messages.iter().enumerate() {
        connection
            .execute("INSERT INTO message VALUES (?1, 's', ?2, ?2, ?3)", (index.to_string(), created, data))
            .expect("a row");
    }
    (folder, path)
}

#[test]
fn requests_through_kilo_are_summed_exactly_by_day_and_model() {
    let at = 1_795_219_200_000; // 2026-11-21T00:00:00Z
    let (_folder, path) = database(&[
        (at, r#"{"role":"user","modelID":"m"}"#),
        (
            at,
            r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.1,"tokens":{"input":10,"output":2,"reasoning":1,"cache":{"read":5,"write":0}},"time":{"created":1795219200000,"completed":1795219201000}}"#,
        ),
        (
            at,
            r#"{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.2,"tokens":{"input":1,"output":1}}"#,
        ),
        (at, r#"{"role":"assistant","providerID":"kilo","modelID":"m","tokens":{"input":1,"output":1}}"#),
        (at, r#"{"role":"assistant","providerID":"anthropic","modelID":"m","cost":5}"#),
        (at, "not json"),
        (at - 1, r#"{"role":"assistant","providerID":"kilo-gateway","modelID":"n","cost":1e-7}"#),
    ]);
    let local = read(&Worker::within_this_process(), &path, &unwatched).expect("a database");
    let rows: Vec<_> = local
        .rows
        .iter()
        .map(|row| {
            (
                row.date.to_string(),
                row.model.as_deref(),
                row.cost.map(|cost| cost.to_string()),
                row.input_tokens,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("2026-11-20".to_owned(), Some("n"), Some("0.000000".to_owned()), None),
            ("2026-11-21".to_owned(), Some("m"), Some("0.300000".to_owned()), Some(16)),
            ("2026-11-21".to_owned(), Some("m"), None, Some(1)),
        ]
    );
    assert_eq!((local.requests(), unpriced(&local.rows), local.elsewhere, local.unreadable), (4, 1, 1, 1));
}

#[test]
fn another_file_is_refused_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kilo.db");
    assert!(
        read(&Worker::within_this_process(), &path, &unwatched)
            .expect_err("refused")
            .to_string()
            .starts_with("file-unreadable")
    );
    std::fs::write(&path, "no database at all, but long enough to be taken for a header of one")
        .expect("written");
    let refused = read(&Worker::within_this_process(), &path, &unwatched).expect_err("refused").to_string();
    assert!(refused.contains("what: kilo-requests"), "{refused}");
    std::fs::write(&path, "").expect("written");
    let refused = read(&Worker::within_this_process(), &path, &unwatched).expect_err("refused").to_string();
    assert!(refused.contains("no-table(table: message)"), "{refused}");
}

/// Requests of a table, in the form of the program that wrote it.
fn table(path: &Path, name: &str, rows: &[(i64, String)]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(path).expect("a database");
    let kind = if name == "message" { "" } else { "type text NOT NULL, seq integer," };
    connection
        .execute_batch(&format!(
            "CREATE TABLE {name} (id text PRIMARY KEY, session_id text, {kind} time_created integer, data text)"
        ))
        .expect("a table");
    for (index, (created, data)) in rows.iter().enumerate() {
        let id = format!("{index}-{}", path.display());
        let sql = if name == "message" {
            format!("INSERT INTO {name} VALUES (?1, 's', ?2, ?3)")
        } else {
            format!("INSERT INTO {name} VALUES (?1, 's', 'assistant', 0, ?2, ?3)")
        };
        connection.execute(&sql, (id, created, data)).expect("a row");
    }
}

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

fn first(second: i64, cost: &str) -> (i64, String) {
    let (created, completed) = (AT + second * 1000, AT + second * 1000 + 400);
    let tokens = r#"{"input":7,"output":3,"reasoning":null,"cache":{"read":11,"write":null}}"#;
    let data = format!(
        r#"{{"role":"assistant","providerID":"kilo","modelID":"m","cost":{cost},"tokens":{tokens},"time":{{"created":{created},"completed":{completed}}}}}"#
    );
    (created, data)
}

fn newer(second: i64, cost: &str) -> (i64, String) {
    let (created, data) = first(second, cost);
    let model = r#""model":{"providerID":"kilo","id":"m"}"#;
    (
        created,
        data.replace(r#""providerID":"kilo","modelID":"m""#, model).replace(r#""role":"assistant","#, ""),
    )
}

fn cost(local: &LocalSpend) -> Vec<Option<String>> {
    local.rows.iter().map(|row| row.cost.map(|cost| cost.to_string())).collect()
}

#[test]
fn the_newer_programs_requests_are_read_and_other_rows_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kilo2/stable/kilo2.db");
    let elsewhere = newer(2, "9").1.replace(r#""providerID":"kilo""#, r#""providerID":"openai""#);
    table(
        &path,
        "session_message",
        &[newer(0, "0.125"), newer(1, "null"), (AT, elsewhere), (AT, "[]".to_owned())],
    );
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute("INSERT INTO session_message VALUES ('u', 's', 'user', 5, ?1, ?2)", (AT, newer(3, "4").1))
        .expect("a row");
    let local = read(&Worker::within_this_process(), &path, &unwatched).expect("a database");
    assert_eq!(cost(&local), [Some("0.125000".to_owned()), None], "the day isn't whole");
    assert_eq!((local.requests(), unpriced(&local.rows), local.elsewhere, local.unreadable), (2, 1, 1, 1));
    for row in &local.rows {
        let tokens = (row.input_tokens, row.output_tokens);
        assert_eq!((row.model.as_deref(), row.requests, tokens), (Some("m"), Some(1), (Some(18), Some(3))));
    }
}

#[test]
fn a_request_counts_once_over_files_and_tables_and_the_copy_with_a_cost_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    // Forked twice: a copy with its cost, as until June 2026, and one with none, as since then.
    let old = data.join("kilo/kilo.db");
    table(&old, "message", &[first(0, "3"), first(0, "3"), first(1, "0"), first(1, "0.5"), first(9, "null")]);
    // The newer program imported them, kept the older one's table, and went on in two channels.
    let stable = data.join("kilo2/stable/kilo2.db");
    table(&stable, "message", &[first(0, "3"), first(1, "0")]);
    table(&stable, "session_message", &[newer(0, "3"), newer(1, "0"), newer(2, "0.25"), newer(9, "1")]);
    table(&data.join("kilo2/next/kilo2.db"), "session_message", &[newer(2, "0"), newer(3, "0.125")]);
    for asked in [&old, &stable] {
        let local = read(&Worker::within_this_process(), asked, &unwatched).expect("databases");
        assert_eq!(local.files.len(), 3);
        assert_eq!(cost(&local), [Some("4.875000".to_owned())], "{}", asked.display());
        assert_eq!((local.requests(), unpriced(&local.rows)), (5, 0));
        assert_eq!(local.copies.values().sum::<u64>(), 8);
        let row = &local.rows[0];
        assert_eq!((row.input_tokens, row.output_tokens), (Some(90), Some(15)), "tokens count once too");
    }
    assert_eq!(place(&old), place(&stable));
    std::fs::remove_file(&old).expect("removed");
    assert_eq!(files(&old).first(), Some(&data.join("kilo2/next/kilo2.db")), "what is there is read");
}

#[test]
fn requests_that_differ_in_anything_are_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kilo.db");
    let (created, data) = first(0, "1");
    let others = [
        data.replace(r#""input":7"#, r#""input":8"#),
        data.replace(r#""modelID":"m""#, r#""modelID":"n""#),
        data.replace(r#""read":11"#, r#""read":null"#),
        data.replace(r#""completed":1795219200400"#, r#""completed":1795219200401"#),
        // Without its time nobody knows whether it is the same.
        data.replace(r#""time":"#, r#""when":"#),
        data.replace(r#""time":"#, r#""when":"#),
    ];
    let rows: Vec<_> = others.into_iter().chain([data]).map(|data| (created, data)).collect();
    table(&path, "message", &rows);
    let local = read(&Worker::within_this_process(), &path, &unwatched).expect("a database");
    assert_eq!((local.requests(), local.copies.len()), (7, 0));
}

#[test]
fn a_database_beside_that_is_another_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let old = data.join("kilo/kilo.db");
    table(&old, "message", &[first(0, "3")]);
    table(&data.join("kilo2/a/kilo2.db"), "sessions", &[]);
    std::fs::create_dir_all(data.join("kilo2/b")).expect("made");
    std::fs::write(
        data.join("kilo2/b/kilo2.db"),
        "no database, but long enough for a header of one: ".repeat(4),
    )
    .expect("written");
    std::fs::create_dir_all(data.join("kilo2/empty")).expect("made");
    let local = read(&Worker::within_this_process(), &old, &unwatched).expect("a database");
    assert_eq!(cost(&local), [Some("3.000000".to_owned())]);
    let skipped: Vec<_> = local.skipped.iter().map(|(_, why)| why.to_string()).collect();
    assert_eq!(skipped, ["no-table(table: message)", "not-a-database"]);
    assert_eq!(local.files, [old]);
    // Asked for by its name it is refused only where nothing can be read at all.
    let alone = tempfile::tempdir().expect("a folder");
    let path = alone.path().join("kilo2/a/kilo2.db");
    table(&path, "sessions", &[]);
    let refused = read(&Worker::within_this_process(), &path, &unwatched).expect_err("refused").to_string();
    assert!(refused.contains("no-table(table: message)"), "{refused}");
}

/// Found in November 2026: a request was counted twice where one program had written a count of none that the other left out,
/// or had called Kilo otherwise.
#[test]
fn a_copy_that_leaves_out_a_count_of_none_or_calls_kilo_otherwise_is_the_same_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("kilo/kilo.db"), folder.path().join("kilo2/stable/kilo2.db"));
    let with = |(created, data): (i64, String), from: &str, to: &str| (created, data.replace(from, to));
    table(&old, "message", &[first(0, "3"), with(first(1, "0.5"), "null", "0")]);
    table(
        &new,
        "session_message",
        &[
            with(newer(0, "3"), "null", "0"),
            with(newer(0, "3"), r#","write":null"#, ""),
            with(newer(1, "0"), r#""reasoning":null,"#, ""),
            with(newer(1, "0.5"), r#""providerID":"kilo""#, r#""providerID":"kilocode""#),
        ],
    );
    let local = read(&Worker::within_this_process(), &old, &unwatched).expect("databases");
    assert_eq!((cost(&local), local.requests()), (vec![Some("3.500000".to_owned())], 2));
}

#[test]
fn a_request_of_a_year_that_nobody_can_write_is_unreadable_and_in_no_sum() {
    let [known, later, earlier] = [1, 400_000_000_000, -70_000_000_000].map(|second| first(second, "0.5"));
    let (_folder, path) =
        database(&[&known, &later, &earlier].map(|(created, data)| (*created, data.as_str())));
    let local = read(&Worker::within_this_process(), &path, &unwatched).expect("read");
    assert_eq!((local.requests(), local.unreadable), (1, 2));
    assert_eq!(cost(&local), [Some("0.500000".to_owned())]);
}

/// As other programs that copy the database write moments. They stood under 1970 before.
#[test]
fn moments_in_seconds_are_of_their_day_and_what_is_no_moment_is_of_none() {
    let of = |time: &str| {
        format!(r#"{{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.5,"time":{time}}}"#)
    };
    let (seconds, none) = (1_795_219_200, 0); // 2026-11-21T00:00:00Z
    let messages = [
        (seconds, of(r#"{"created":1795219200,"completed":1795219201.5}"#)),
        (seconds, of("{}")),
        (seconds * 1000, of(r#"{"created":0,"completed":0}"#)),
        (none, of(r#"{"created":7}"#)),
        (none, "not json".to_owned()),
    ];
    let (_folder, path) = database(&messages.each_ref().map(|(at, data)| (*at, data.as_str())));
    let local = read(&Worker::within_this_process(), &path, &unwatched).expect("a database");
    let days: Vec<_> = local.rows.iter().map(|row| (row.date.to_string(), row.requests)).collect();
    assert_eq!(days, [("2026-11-21".to_owned(), Some(3))]);
    assert_eq!(local.unread.into_iter().collect::<Vec<_>>(), [(None, 2)]);
}
