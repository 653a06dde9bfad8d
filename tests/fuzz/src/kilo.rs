//! What Kilo's service and its programs' files say.

use crate::{as_file, can_be_kept, can_be_said};
use headroom_sources::Worker;
use headroom_sources::files::table_file::{Room, unwatched};
use headroom_sources::kilo::{database, personal, team, usage};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The answers about a team, together.
pub fn kilo_team(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match team::parse(text) {
        Ok(read) => can_be_kept(&read),
        Err(why) => can_be_said(&why),
    }
}

/// Any other answer: as each that there is.
pub fn kilo_answers(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    personal::what_is_wrong(text).into_iter().for_each(can_be_said);
    usage::what_is_wrong(text).into_iter().for_each(can_be_said);
}

fn requests(path: &Path) {
    let worker = Worker::within_this_process();
    match database::read_file(&worker, path, &mut Room::default(), &unwatched) {
        Ok(read) => read.skipped.into_iter().for_each(|(_, why)| can_be_said(why)),
        Err(why) => can_be_said(&why),
    }
}

/// A database of its own, with the tables of both programs.
struct Rows {
    path: PathBuf,
    connection: Connection,
    _folder: TempDir,
}

impl Rows {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kilo.db");
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                 CREATE TABLE message (time_created INTEGER, data TEXT);
                 CREATE TABLE session_message (type TEXT, time_created INTEGER, data TEXT);",
            )
            .expect("tables");
        Self { path, connection, _folder: folder }
    }
}

thread_local! {
    static ROWS: Rows = Rows::new();
}

/// Messages as the programs' databases have them, one a line.
pub fn kilo_rows(bytes: &[u8]) {
    ROWS.with(|Rows { path, connection, .. }| {
        connection.execute_batch("DELETE FROM message; DELETE FROM session_message").expect("empty");
        for line in String::from_utf8_lossy(bytes).lines().take(50) {
            for sql in [
                "INSERT INTO message VALUES (1790000000000, ?1)",
                "INSERT INTO session_message VALUES ('assistant', 1790000000000, ?1)",
            ] {
                connection.execute(sql, [line]).expect("a row");
            }
        }
        requests(path);
    });
}

/// A task of the legacy extension.
pub fn kilo_task(bytes: &[u8]) {
    as_file("tasks/7/ui_messages.json", bytes, requests);
}

/// A whole database.
pub fn kilo_database(bytes: &[u8]) {
    as_file("database/kilo.db", bytes, requests);
}
