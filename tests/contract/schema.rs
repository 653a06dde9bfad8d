//! The store's tables as a new file has them, to read in one place: migrations tell how they came to be.

use crate::same_or_update_file;
use acceptance::root;
use headroom_store::Store;
use rusqlite::Connection;
use std::fs;
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

/// What a file that stands there is once it was opened, made where none does.
fn opened(path: &Path) -> Connection {
    let now = "2026-11-21T10:00:00Z".parse().expect("a moment");
    drop(Store::open(path, now).to_write().expect("a store"));
    Connection::open(path).expect("it opens")
}

/// A file of the first format, brought up to date step by step.
fn migrated(folder: &Path) -> Connection {
    let path = folder.join("older.db");
    let first =
        fs::read_to_string(root().join("src-tauri/crates/store/src/first_step.sql")).expect("the step");
    let older = Connection::open(&path).expect("a database");
    older.execute_batch(&(first + "PRAGMA user_version = 1;")).expect("as the first version made it");
    drop(older);
    opened(&path)
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

/// Found in November 2026: a new file was made as the first version made it and then changed twelve times, at three times the
/// cost of its tables.
#[test]
fn a_new_file_is_made_by_the_written_schema_and_that_is_what_older_files_become() {
    let (older, newer) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let database = migrated(older.path());
    let format: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a format");
    let parts: Vec<_> = parts(&database).iter().map(|part| written(part) + ";\n").collect();
    assert!(parts.len() > 20, "only {} parts", parts.len());
    let mut text = format!(
        "-- Every table of a new file, format {format}, which is made by this. Written by `make generate` from what the steps in\n\
         -- src/migrations.rs make of the first version's file.\n"
    );
    for part in &parts {
        let gap = if part.starts_with("CREATE TABLE") { "\n" } else { "" };
        text = text + gap + part;
    }
    same_or_update_file(&root().join("src-tauri/crates/store/schema.sql"), &text);

    let new = opened(&newer.path().join("new.db"));
    assert_eq!(made(&new), made(&database), "it makes the same");
    assert_eq!(self::parts(&new).iter().map(|part| part.clone() + ";\n").collect::<Vec<_>>(), parts);
    let pragma = |name: &str| {
        let of = |database: &Connection| database.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        (of(&new).expect("a number"), of(&database).expect("a number"))
    };
    for name in ["user_version", "application_id"] {
        let (of_new, of_migrated) = pragma(name);
        assert_eq!(of_new, of_migrated, "{name}");
    }
    // Each change of what a file consists of is counted in its header.
    assert_eq!(usize::try_from(pragma("schema_version").0), Ok(parts.len()), "it is made in one step");
}
