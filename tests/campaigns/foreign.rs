//! What isn't ours, in our place: told, and not a byte of it changed.

use crate::{Found, made, worker};
use acceptance::chance::Chance;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Puts something there.
type Put = fn(&mut Chance, &Path);

fn database(chance: &mut Chance, path: &Path, log: bool) {
    let connection = Connection::open(path).expect("a database");
    if log {
        connection.pragma_update(None, "journal_mode", "WAL").expect("a log");
    }
    let id = chance.of(&[0, 0, 1, 0x0f05_5112, 0x4744_5247]);
    connection.pragma_update(None, "application_id", id).expect("an id");
    connection
        .pragma_update(None, "user_version", i64::try_from(chance.below(12)).expect("few"))
        .expect("a version");
    let names = ["accounts", "events", "settings", "messages", "conversations", "moz_places", "alerts_sent"];
    for _ in 0..=chance.below(4) {
        let name = chance.of(&names);
        let sql = format!("CREATE TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY, body TEXT)");
        connection.execute_batch(&sql).expect("a table");
        for _ in 0..chance.below(50) {
            let body = "x".repeat(chance.below(300));
            connection.execute(&format!("INSERT INTO {name} (body) VALUES (?1)"), [body]).expect("a row");
        }
    }
}

const PUTS: [(&str, Put); 8] = [
    ("a database", |chance, path| database(chance, path, false)),
    ("a database with a log", |chance, path| database(chance, path, true)),
    ("a database that crashed", |chance, path| {
        let other = tempfile::tempdir().expect("a folder");
        let made = other.path().join("headroom.db");
        let connection = Connection::open(&made).expect("a database");
        connection.pragma_update(None, "journal_mode", "WAL").expect("a log");
        connection.execute_batch("CREATE TABLE first (a)").expect("a table");
        let blocker = Connection::open(&made).expect("a database");
        blocker.execute_batch("BEGIN; SELECT * FROM first").expect("reads");
        database(chance, &made, true);
        for ending in ["", "-wal", "-shm"] {
            let from = other.path().join(format!("headroom.db{ending}"));
            if from.exists() {
                fs::copy(&from, path.with_file_name(format!("headroom.db{ending}"))).expect("copied");
            }
        }
    }),
    ("a text", |chance, path| {
        fs::write(path, "milk, eggs\n".repeat(1 + chance.below(500))).expect("written");
    }),
    ("noise", |chance, path| {
        let mut noise = vec![0; 1 + chance.below(20_000)];
        chance.fill(&mut noise);
        noise[0] |= 1;
        fs::write(path, noise).expect("written");
    }),
    ("a picture", |chance, path| {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.resize(8 + chance.below(5000), 7);
        fs::write(path, bytes).expect("written");
    }),
    ("a folder", |_, path| {
        fs::create_dir(path).expect("a folder");
        fs::write(path.join("inside"), "x").expect("written");
    }),
    ("a pipe", |_, path| {
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success(), "a pipe");
    }),
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    for index in 0..count {
        let (name, put) = PUTS[usize::try_from(index).expect("few") % PUTS.len()];
        let folder = tempfile::tempdir().expect("a folder");
        made::sessions(folder.path());
        put(chance, &made::database(folder.path()));
        let before = made::everything(folder.path());
        let mut outcome = Ok(());
        for command in ["status", "open", "import,kiro-sessions", "facts,--plan,free", "restore"] {
            // It says so on standard error, which nobody reads here: what counts is what it does.
            let refused = worker::run(command, folder.path()) != ExitCode::SUCCESS;
            let same = made::everything(folder.path()) == before;
            if !(refused && same) {
                outcome = Err(format!("{name}: {command}: refused {refused}, unchanged {same}"));
                break;
            }
        }
        found.tried(outcome);
    }
    found
}
