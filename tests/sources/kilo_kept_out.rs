//! Kilo's databases that somebody or something keeps from being read: named as that, and missing in what counts.

use super::NOW;
use super::kilo_older::month;
use acceptance::Desk;
use headroom_app::answers::ImportKind;
use rusqlite::Connection;
use serde_json::json;
use std::io::{self, BufRead, BufReader, Lines, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::{env, fs};

const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z

fn database(desk: &Desk, name: &str, second: i64, cost: f64) -> PathBuf {
    let path = desk.home().join(name);
    _ = fs::remove_file(&path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch("CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)").expect("a table");
    let at = AT + second * 1000;
    let data = json!({"role": "assistant", "providerID": "kilo", "modelID": "m", "cost": cost,
        "tokens": {"input": 5, "output": 2}, "time": {"created": at, "completed": at + 900}});
    let row = (second, at, data.to_string());
    connection.execute("INSERT INTO message VALUES (?1, 's', ?2, ?2, ?3)", row).expect("a row");
    path
}

/// Where a process finds what it is to lock.
const LOCKED: &str = "HEADROOM_TEST_LOCKED";

/// A process of its own that keeps others out of a database: locks of this one end as soon as it closes the file.
struct Lock(Child, Lines<BufReader<ChildStdout>>);

fn lock(path: &Path) -> Lock {
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "kilo_kept_out::keeps_others_out", "--nocapture"])
        .env(LOCKED, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    // It would end if nobody listened any more.
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    assert!(lines.by_ref().map_while(Result::ok).any(|line| line.contains("locked")), "{}", path.display());
    Lock(child, lines)
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.1.by_ref().for_each(drop);
        _ = self.0.wait();
    }
}

/// What that process does; alone it is nothing.
#[test]
fn keeps_others_out() {
    let Some(path) = env::var_os(LOCKED) else { return };
    let writer = Connection::open(path).expect("a database");
    writer.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").expect("locked");
    println!("locked");
    _ = io::stdin().read_to_end(&mut Vec::new());
}

/// Found in November 2026: "is no Kilo request database: another program is writing to it".
#[test]
fn a_database_that_is_being_written_is_called_that_however_it_is_named() {
    let desk = Desk::at(NOW);
    let path = database(&desk, "a/kilo.db", 0, 1.5);
    let writer = lock(&path);
    let folder = path.parent().expect("a folder").to_owned();
    for given in [&path, &folder] {
        let given = given.to_str().expect("a path");
        for command in [&["import", "kilo-database", given][..], &["import", given]] {
            let run = desk.run(command);
            assert!(run.errors.contains("another program is writing to it; try again"), "{}", run.errors);
            assert!(!run.errors.contains("no Kilo request database"), "{}", run.errors);
            assert_eq!(run.status, 2);
        }
    }
    drop(writer);
    let view = desk.import(ImportKind::KiloDatabase, Some(&folder)).expect("an import");
    assert_eq!(month(&desk, &view), (Some("1.500000".to_owned()), false));
}

/// Found in November 2026: "$2.500000 in all" beside a database that another program was writing to, or that is damaged.
#[test]
fn what_lies_beside_one_that_cant_be_read_is_the_least() {
    for is_locked in [true, false] {
        let desk = Desk::at(NOW);
        let path = database(&desk, "in/a/kilo.db", 0, 1.5);
        database(&desk, "in/b/other.db", 5, 2.5);
        // Of another program, so that nothing is missing.
        let another = desk.home().join("in/c/notes.db");
        fs::create_dir_all(another.parent().expect("a folder")).expect("made");
        Connection::open(&another).expect("made").execute_batch("CREATE TABLE note (text)").expect("made");
        let writers = [lock(&another)].into_iter();
        let writers: Vec<_> = writers.chain(is_locked.then(|| lock(&path))).collect();
        if !is_locked {
            let file = fs::OpenOptions::new().write(true).open(&path).expect("opened");
            file.set_len(5_000).expect("cut");
        }
        let folder = desk.home().join("in");
        let view = desk.import(ImportKind::KiloDatabase, Some(&folder)).expect("an import");
        let amount = view.amount.as_ref().map(|amount| (amount.value.as_str(), amount.at_least));
        assert_eq!(amount, Some(("2.500000", true)), "{is_locked} {view:?}");
        assert_eq!(month(&desk, &view), (Some("2.500000".to_owned()), true), "{is_locked}");
        drop(writers);
        database(&desk, "in/a/kilo.db", 0, 1.5);
        let view = desk.import(ImportKind::KiloDatabase, Some(&folder)).expect("an import");
        assert_eq!(month(&desk, &view), (Some("4.000000".to_owned()), false), "{is_locked}");
    }
}
