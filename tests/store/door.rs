//! The door: what is whole opens, everything else is a case with its own words, and nothing that isn't ours is written.

use super::{NOW, Place, moment, with_account};
use headroom_app::words;
use headroom_store::copies::{self, Before};
use headroom_store::{Behind, Case, Closed, Damage, Foreign, NotWritable, Opened, Store, StoreError};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

/// What opening comes to, for writing and for reading: the case is the same.
fn case(path: &Path) -> Option<Case> {
    let closed = |opened: Opened| match opened {
        Opened::Closed(Closed { case, .. }) => Some(case),
        Opened::Whole(_) | Opened::ReadOnly(..) => None,
    };
    let reading = closed(Store::open_to_read(path));
    let writing = closed(Store::open(path, moment(NOW)));
    assert_eq!(reading, writing, "{}", path.display());
    writing
}

/// Every file in a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("bytes"))
        })
        .collect()
}

impl Place {
    fn folder(&self) -> &Path {
        self.path.parent().expect("a folder")
    }

    fn made(self) -> Self {
        fs::create_dir_all(self.folder()).expect("made");
        self
    }

    /// Closes the store and has everything in the one file.
    fn alone(&self) {
        let connection = Connection::open(&self.path).expect("a database");
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    }
}

#[test]
fn a_file_of_ours_says_so_in_its_header() {
    let place = Place::new();
    drop(place.open());
    place.alone();
    assert_eq!(&fs::read(&place.path).expect("bytes")[68..72], b"HDRM");
    assert_eq!(case(&place.path), None);
}

#[test]
fn another_programs_database_is_never_written() {
    let programs: [(&str, &str); 4] = [
        ("with an id of its own", "PRAGMA application_id = 7; CREATE TABLE t (a)"),
        ("with our version number", "PRAGMA user_version = 5; CREATE TABLE t (a); INSERT INTO t VALUES (1)"),
        (
            "with a table of our name",
            "PRAGMA user_version = 3; CREATE TABLE accounts (id); CREATE TABLE events (id)",
        ),
        ("without a version", "CREATE TABLE messages (body TEXT); INSERT INTO messages VALUES ('hello')"),
    ];
    for (name, sql) in programs {
        for log in [false, true] {
            let place = Place::new().made();
            let connection = Connection::open(&place.path).expect("a database");
            if log {
                connection.pragma_update(None, "journal_mode", "WAL").expect("a log");
            }
            connection.execute_batch(sql).expect("made");
            let before = everything(place.folder());
            assert_eq!(before.len(), if log { 3 } else { 1 });
            if log {
                // As a crash of that program leaves it: the log is all there is of it.
                let crashed = Place::new().made();
                for (file, bytes) in &before {
                    fs::write(crashed.folder().join(file), bytes).expect("written");
                }
                assert_eq!(
                    case(&crashed.path),
                    Some(Case::Foreign(Foreign::OtherProgram)),
                    "{name}, crashed"
                );
                assert_eq!(everything(crashed.folder()), before, "{name}, crashed: not a byte differs");
            }
            assert_eq!(case(&place.path), Some(Case::Foreign(Foreign::OtherProgram)), "{name}");
            assert_eq!(
                everything(place.folder()),
                before,
                "{name}: not a byte differs, and nothing is added"
            );
        }
    }
}

#[test]
fn what_is_no_file_is_told() {
    let place = Place::new().made();
    fs::create_dir(&place.path).expect("a folder");
    assert_eq!(case(&place.path), Some(Case::Foreign(Foreign::NotAFile)));
}

#[test]
fn an_empty_file_is_new_unless_something_was_there() {
    let place = Place::new().made();
    fs::write(&place.path, "").expect("empty");
    assert_eq!(case(&place.path), None, "an empty file beside nothing is new");

    let place = Place::new();
    let (store, _) = with_account(&place);
    store.keep_copy(Before::Asked, moment(NOW)).expect("a copy");
    drop(store);
    for file in ["headroom.db-wal", "headroom.db-shm"] {
        _ = fs::remove_file(place.folder().join(file));
    }
    fs::write(&place.path, "").expect("emptied");
    assert_eq!(case(&place.path), Some(Case::Behind(Behind::Emptied)));
    fs::remove_file(&place.path).expect("gone");
    assert_eq!(case(&place.path), Some(Case::Behind(Behind::Gone)));
}

#[test]
fn an_emptied_file_beside_its_log_is_not_new() {
    let place = Place::new();
    let (store, _) = with_account(&place);
    let log = fs::read(place.folder().join("headroom.db-wal")).expect("a log");
    drop(store);
    fs::write(place.folder().join("headroom.db-wal"), log).expect("as a crash leaves it");
    fs::write(&place.path, "").expect("emptied");
    assert_eq!(case(&place.path), Some(Case::Behind(Behind::Emptied)));
}

#[test]
fn a_damaged_file_is_told_by_what_is_damaged() {
    let place = Place::new();
    drop(with_account(&place));
    place.alone();
    let good = fs::read(&place.path).expect("bytes");
    let damaged = |name: &str, bytes: &[u8], expected: Damage| {
        fs::write(&place.path, bytes).expect("written");
        assert_eq!(case(&place.path), Some(Case::Damaged(expected)), "{name}");
        assert_eq!(fs::read(&place.path).expect("bytes"), bytes, "{name}: left as it is");
    };
    damaged("cut off", &good[..good.len() - 4096], Damage::CutOff);
    damaged("cut off in its header", &good[..50], Damage::Beginning);
    let mut zeroed = good.clone();
    zeroed[..100].fill(0);
    damaged("its header zeroed", &zeroed, Damage::Beginning);
    let mut noisy = good.clone();
    for (index, byte) in noisy[..4096].iter_mut().enumerate() {
        *byte = u8::try_from((index * 31 + 7) % 251).expect("small");
    }
    damaged("its first page overwritten", &noisy, Damage::Beginning);
    damaged("all of it zeroed", &vec![0; good.len()], Damage::Beginning);
    let mut schema = good.clone();
    schema[100..4096].fill(0xff);
    damaged("its list of tables overwritten", &schema, Damage::Pages);
    fs::write(&place.path, &good).expect("written");
    assert_eq!(case(&place.path), None, "and whole again it opens");
}

/// SQLite silently ends a log at its first damaged frame: what was acknowledged after it would be gone unsaid.
#[test]
fn a_damaged_log_is_told() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    for index in 0..20 {
        super::append(&mut store, account, &super::usage(&format!("k{index}"), NOW, 100, None));
    }
    let log = place.folder().join("headroom.db-wal");
    let (file, good) = (fs::read(&place.path).expect("bytes"), fs::read(&log).expect("a log"));
    drop(store);
    let crashed = |name: &str, bytes: &[u8]| {
        fs::write(&place.path, &file).expect("written");
        fs::write(&log, bytes).expect("written");
        _ = fs::remove_file(place.folder().join("headroom.db-shm"));
        let reading = Store::open_to_read(&place.path);
        let read = if let Opened::Closed(closed) = &reading { Some(closed.case) } else { None };
        drop(reading);
        let opened = Store::open(&place.path, moment(NOW));
        let case = if let Opened::Closed(closed) = &opened { Some(closed.case) } else { None };
        assert_eq!(read, case, "{name}: whoever only reads is told the same");
        (name.to_owned(), case, opened)
    };
    for (name, place) in [("a page", 32 + 24 + 1000), ("a frame's head", 32 + 8), ("its head", 8)] {
        let mut bytes = good.clone();
        bytes[place] ^= 0x10;
        let (name, case, _) = crashed(name, &bytes);
        assert_eq!(case, Some(Case::Damaged(Damage::Newest)), "{name}");
        assert_eq!(fs::read(&log).expect("a log"), bytes, "{name}: nobody moved it into the file");
    }
    // What a crash leaves is no damage: its last frame is half there.
    let (name, case, opened) = crashed("cut in its last frame", &good[..good.len() - 100]);
    assert_eq!(case, None, "{name}");
    let store = opened.to_write().expect("open");
    assert_eq!(store.usage_totals(account).expect("totals").tasks, 19);
}

/// A file of an older format, made by taking one back.
fn older(place: &Place) {
    drop(with_account(place));
    let connection = Connection::open(&place.path).expect("a database");
    connection.execute_batch(acceptance::AS_THE_SEVENTH_FORMAT_WAS).expect("an older form");
}

#[test]
fn an_older_format_is_brought_up_to_date_once_after_a_copy() {
    for round in 0..6 {
        let place = Place::new();
        older(&place);
        let (threads, barrier) = (3, Barrier::new(3));
        thread::scope(|scope| {
            let start = || {
                barrier.wait();
                Store::open(&place.path, moment(NOW))
                    .to_write()
                    .map(|store| store.accounts().expect("accounts").len())
            };
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(start)).collect();
            for thread in running {
                let outcome = thread.join().expect("no panic");
                assert_eq!(outcome.expect("round {round}: it opens"), 1, "round {round}");
            }
        });
        let copies = copies::list(&place.path).expect("copies");
        assert_eq!(copies.len(), 1, "round {round}: one of them made it");
        assert_eq!(copies[0].before, Before::Migration);
        let format = |path: &Path| {
            let connection = Connection::open(path).expect("a database");
            connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).expect("a number")
        };
        assert_eq!((format(&place.path), format(&copies[0].path)), (13, 7), "as it was before");
    }
}

#[test]
fn twenty_first_starts_at_once_all_open() {
    for round in 0..3 {
        let place = Place::new();
        let barrier = Barrier::new(20);
        thread::scope(|scope| {
            let running: Vec<_> = (0..20)
                .map(|index| {
                    let (place, barrier) = (&place, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        let mut store = Store::open(&place.path, moment(NOW)).to_write()?;
                        store.write(|writing| writing.set_setting(&format!("s{index}"), "x"))
                    })
                })
                .collect();
            for thread in running {
                thread.join().expect("no panic").unwrap_or_else(|error| panic!("round {round}: {error}"));
            }
        });
        let store = place.open();
        for index in 0..20 {
            assert!(store.setting(&format!("s{index}")).expect("read").is_some(), "round {round}");
        }
    }
}

/// Whoever reads waits for nobody who writes, and takes nothing that a writer waits for.
#[test]
fn reading_goes_beside_a_writer() {
    let place = Place::new();
    let (mut store, account) = with_account(&place);
    store
        .write(|writing| {
            writing.append(account, &super::usage("a", NOW, 100, None), moment(NOW))?;
            let reader = Store::open_to_read(&place.path).to_read().expect("it opens");
            assert_eq!(reader.usage_totals(account)?.tasks, 0, "what isn't committed isn't there");
            assert_eq!(reader.accounts()?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .expect("written");
    let mut reader = Store::open_to_read(&place.path).to_read().expect("it opens");
    assert_eq!(reader.usage_totals(account).expect("totals").tasks, 1);
    let refused = reader.write(|writing| writing.set_setting("theme", "dark")).expect_err("only read");
    assert_eq!(refused.to_string(), "database-failed(reason: read-only)");
}

#[test]
fn reading_where_nothing_is_makes_nothing() {
    let place = Place::new();
    let reader = Store::open_to_read(&place.path).to_read().expect("nothing is there, and that is known");
    assert_eq!(reader.accounts().expect("accounts"), []);
    assert!(!place.folder().exists());
}

#[test]
fn an_older_format_is_read_without_writing_to_it() {
    let place = Place::new();
    older(&place);
    place.alone();
    let before = everything(place.folder());
    let reader = Store::open_to_read(&place.path).to_read().expect("it opens");
    assert_eq!(reader.accounts().expect("accounts").len(), 1);
    drop(reader);
    let after = everything(place.folder());
    assert_eq!(before.get("headroom.db"), after.get("headroom.db"));
}

/// Every case in words that somebody understands who knows nothing of how the data is kept.
#[test]
fn no_case_speaks_of_what_the_data_is_kept_with() {
    let path = Path::new("/home/ada/headroom.db").to_owned();
    let cases = [
        Case::Busy,
        Case::Full,
        Case::NoRight,
        Case::Newer { found: 9, known: 8 },
        Case::Foreign(Foreign::NotAFile),
        Case::Foreign(Foreign::NotADatabase),
        Case::Foreign(Foreign::OtherProgram),
        Case::Behind(Behind::Gone),
        Case::Behind(Behind::Emptied),
        Case::Damaged(Damage::Beginning),
        Case::Damaged(Damage::CutOff),
        Case::Damaged(Damage::Tables),
        Case::Damaged(Damage::Pages),
        Case::Damaged(Damage::Newest),
        Case::Damaged(Damage::Disk),
    ];
    let mut errors: Vec<_> =
        cases.map(|case| StoreError::from(Closed { path: path.clone(), case })).into_iter().collect();
    for why in [NotWritable::Full, NotWritable::NoRight, NotWritable::ReadOnlyDisk] {
        errors.push(StoreError::NotWritable { path: path.clone(), why });
        errors.push(StoreError::CopyNotMade { path: path.clone(), why: Some(why) });
    }
    errors.push(StoreError::CopyNotMade { path: path.clone(), why: None });
    errors.push(StoreError::Unsound { path: path.clone() });
    // Every code that SQLite has for a failure.
    for code in (0..=28).chain([100, 101, 266, 522, 1032, 1555, 2067, 3850, 8458]) {
        let failure =
            rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some("near column 9".to_owned()));
        errors.push(StoreError::Database(failure));
    }
    let null = rusqlite::types::Type::Null;
    errors.push(StoreError::Database(rusqlite::Error::InvalidColumnType(3, "x".to_owned(), null)));
    errors.push(StoreError::Database(rusqlite::Error::QueryReturnedNoRows));
    // As it is logged, and as it is said.
    let texts: Vec<_> =
        errors.iter().flat_map(|error| [error.to_string(), words::say(&error.into())]).collect();
    for text in &texts {
        let low = text.to_lowercase();
        for word in
            ["sql", "serde", "column", "line 1", "constraint", "database disk image", "wal", "migration"]
        {
            assert!(!low.contains(word), "\"{word}\" in: {text}");
        }
        assert!(!text.contains('\n') && text.len() < 320, "one line: {text}");
    }
    let away: Vec<_> = texts.iter().filter(|text| text.contains("move it away")).collect();
    assert_eq!(away, [""; 0], "nothing has to be moved away by hand");
}

/// What somebody planted in the schema was done with the next write.
#[test]
fn nothing_that_was_planted_in_the_schema_reaches_beyond_it() {
    let place = Place::new();
    drop(with_account(&place));
    let hand = Connection::open(&place.path).expect("a database");
    let planted = "CREATE TRIGGER planted AFTER INSERT ON settings BEGIN SELECT count(*) FROM dbstat; END";
    hand.execute_batch(planted).expect("planted");
    drop(hand);
    let mut store = place.open();
    let refused = store.write(|writing| writing.set_setting("theme", "dark")).expect_err("nothing is called");
    assert!(!refused.to_string().is_empty() && store.setting("theme").expect("read").is_none(), "{refused}");
}

/// Older ones have faults in how they keep a log.
#[test]
fn the_database_that_is_built_in_is_new_enough() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}
