//! The store's tables as a new file has them, to read in one place: migrations tell how they came to be.

use crate::same_or_update_file;
use acceptance::root;
use headroom_store::Store;
use rusqlite::Connection;
use std::path::Path;

/// What a database consists of: of each table its columns, its indexes, its triggers; SQLite's own tables left out.
fn parts(database: &Connection) -> Vec<String> {
    texts(
        database,
        "SELECT part.sql FROM sqlite_schema AS part
         JOIN sqlite_schema AS owner ON owner.type = 'table' AND owner.name = part.tbl_name
         WHERE part.sql IS NOT NULL AND part.name NOT LIKE 'sqlite_%'
         ORDER BY owner.rowid, part.type = 'trigger', part.type = 'index', part.name",
    )
}

/// What stands between the commas, those within brackets apart.
fn listed(columns: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, letter) in columns.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                found.push(columns[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(columns[from..].trim());
    found
}

/// As people write it: SQLite puts columns that came later behind the last line, in one.
fn written(part: &str) -> String {
    let Some((before, later)) = part.split_once("\n, ") else { return part.to_owned() };
    let (later, end) = later.rsplit_once(')').expect("a table that ends");
    let last = before.rfind('\n').map_or(0, |end| end + 1);
    // The comma that is missing there stands before the comment.
    let column = before[last..].find("--").map_or(before.len(), |comment| last + comment);
    let column = before[..column].trim_end().len();
    let comment = before[column..].strip_prefix(' ').unwrap_or_default();
    let later: Vec<_> = listed(later).iter().map(|column| format!("    {column}")).collect();
    format!("{},{comment}\n{}\n){end}", &before[..column], later.join(",\n"))
}

fn new_store(folder: &Path) -> Connection {
    let path = folder.join("new.db");
    let now = "2026-11-21T10:00:00Z".parse().expect("a moment");
    drop(Store::open(&path, now).to_write().expect("a new store"));
    Connection::open(path).expect("it opens")
}

fn texts(database: &Connection, sql: &str) -> Vec<String> {
    let mut statement = database.prepare(sql).expect("SQL");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

/// Every column with what it can hold, then every index and trigger by its name.
fn made(database: &Connection) -> Vec<String> {
    let columns = "SELECT printf('%s.%s %s, not null: %d, default: %s, key: %d', part.name, columns.name, columns.type,
                          columns.\"notnull\", columns.dflt_value, columns.pk)
                   FROM sqlite_schema AS part JOIN pragma_table_info(part.name) AS columns
                   WHERE part.type = 'table' AND part.name NOT LIKE 'sqlite_%' ORDER BY part.name, columns.cid";
    let others = "SELECT type || ' ' || name || ' on ' || tbl_name FROM sqlite_schema
                  WHERE type <> 'table' ORDER BY name";
    [texts(database, columns), texts(database, others)].concat()
}

#[test]
fn the_written_schema_is_that_of_a_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = new_store(folder.path());
    let format: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a format");
    let parts: Vec<_> = parts(&database).iter().map(|part| written(part) + ";\n").collect();
    assert!(parts.len() > 20, "only {} parts", parts.len());
    let mut text = format!(
        "-- Every table of a new file, format {format}. Written by `make generate` from src/migrations.rs, which makes them.\n"
    );
    for part in parts {
        let gap = if part.starts_with("CREATE TABLE") { "\n" } else { "" };
        text = text + gap + &part;
    }
    same_or_update_file(&root().join("src-tauri/crates/store/schema.sql"), &text);

    let copy = Connection::open_in_memory().expect("a database");
    copy.execute_batch(&text).expect("what is written can be run");
    assert_eq!(made(&copy), made(&database), "it makes the same");
}
