//! Files of older versions with a changed byte in them, opened by this one: whatever is damaged of what was kept is
//! told, and keeps nobody out of the rest.

use acceptance::{Desk, fixture};
use headroom_app::answers::{AccountNumber, ImportKind, UnreadableRecord};
use headroom_app::clock::FixedClock;
use headroom_app::{AppError, Headroom, Paths};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use tempfile::TempDir;

const NOW: &str = "2026-11-21T10:05:00Z";
/// 2026-11-20T09:20:00Z, in seconds.
const THEN: i64 = 1_795_166_400;
const PERSON: i64 = 1;
const ORGANISATION: i64 = 2;
const SECRET: &str = "grace.canary@example.com";

/// A folder with a database as version 5 of the format was.
struct Old {
    folder: TempDir,
}

impl Old {
    fn new() -> Self {
        let old = Self { folder: tempfile::tempdir().expect("a folder") };
        let connection = old.connection();
        connection.execute_batch("PRAGMA journal_mode = WAL").expect("a log");
        connection.execute_batch(include_str!("format-5.sql")).expect("the old format");
        for (kind, name) in [("kiro-individual", "Kiro"), ("kiro-enterprise", "Org")] {
            let sql = "INSERT INTO accounts (kind, name, sample, created_at) VALUES (?1, ?2, 0, ?3)";
            connection.execute(sql, (kind, name, THEN)).expect("an account");
        }
        old
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("headroom.db")
    }

    fn connection(&self) -> Connection {
        Connection::open(self.database()).expect("a database")
    }

    fn keep(&self, account: i64, at: i64, source: &str, body: &str) {
        let connection = self.connection();
        connection.execute_batch("PRAGMA foreign_keys = OFF").expect("as a changed byte asks nobody");
        let sql =
            "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body) VALUES (?1, ?2, ?3, ?4)";
        connection.execute(sql, (account, at, source, body)).expect("a row");
    }

    fn count(&self, of: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {of}");
        self.connection().query_row(&sql, [], |row| row.get(0)).expect("a number")
    }

    fn paths(&self) -> Paths {
        Paths::new(self.folder.path().to_owned(), None)
    }

    fn open(&self) -> Result<Headroom, AppError> {
        Headroom::open(self.paths(), Box::new(FixedClock(NOW.parse().expect("a moment"))))
    }

    /// Opened by this version, whatever is in it.
    fn desk(&self) -> Desk {
        drop(self.open().expect("nobody is kept out"));
        let desk = Desk::at(NOW).opened_with(|_| self.paths());
        let status = desk.run(&["status"]);
        assert_eq!(status.status, 0, "{}", status.errors);
        desk
    }
}

fn doctor(desk: &Desk) -> String {
    let doctor = desk.run(&["doctor"]);
    assert_eq!(doctor.status, 0, "{}", doctor.errors);
    doctor.output
}

fn limits(used: &str) -> String {
    format!(
        r#"{{"usageBreakdownList":[{{"resourceType":"CREDIT","currentUsageWithPrecision":{used},"usageLimit":1000,"currentOverages":0}}],"nextDateReset":1796083200,"userInfo":{{"email":"{SECRET}"}}}}"#
    )
}

/// A month's bill of 40 dollars and what the credits cost.
fn bill(month: &str, cost: &str) -> String {
    format!(
        r#"{{"month":"{month}-01","lines":[{{"account":"111","region":"USE1","user":"{SECRET}","kind":{{"subscription":"pro-plus"}},"quantity":"1","cost":"40"}},{{"account":"111","region":"USE1","user":"","kind":"credits","quantity":"25377.5","cost":"{cost}"}}]}}"#
    )
}

/// What the organisation's last bill comes to, and what of it can't be read.
fn billed(desk: &Desk) -> (Option<String>, Vec<UnreadableRecord>) {
    let view = desk.organisation(AccountNumber(ORGANISATION));
    (view.bill.and_then(|bill| bill.total), view.unreadable)
}

/// Changes a byte of the file where a text stands that another follows.
fn change(file: &Path, before: &[u8], after: &[u8]) {
    let mut bytes = fs::read(file).expect("its bytes");
    let places: Vec<usize> =
        bytes.windows(before.len()).enumerate().filter(|(_, at)| *at == before).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "it stands there once");
    bytes[places[0]..places[0] + after.len()].copy_from_slice(after);
    fs::write(file, bytes).expect("written");
}

/// Reported in November 2026: with one digit of a name changed in the table the index no longer agreed with it, nothing
/// could be settled, and no command worked any more.
#[test]
fn a_digit_that_an_index_disagrees_with_keeps_nobody_out() {
    let old = Old::new();
    old.keep(ORGANISATION, THEN, "aws-cost:2026-10", &bill("2026-10", "1"));
    old.keep(ORGANISATION, THEN, "aws-cost:2026-09", &bill("2026-09", "2"));
    old.keep(PERSON, THEN, "kiro-limits", &limits("612.40"));
    change(&old.database(), br#"aws-cost:2026-09{"month"#, b"aws-cost:2026-08");
    let desk = old.desk();
    assert_eq!(billed(&desk).0.as_deref(), Some("41.00"), "the bill that is whole");
    assert_eq!(
        old.count("vendor_snapshots WHERE form = 0"),
        0,
        "the index is made anew, and then all is settled"
    );
    let whole = "PRAGMA integrity_check";
    let whole: String = old.connection().query_row(whole, [], |row| row.get(0)).expect("an answer");
    assert_eq!(whole, "ok");
    let told = "The bill of August 2026 can't be read: import it again.";
    assert!(doctor(&desk).contains(told), "{}", doctor(&desk));
}

#[test]
fn a_moment_beyond_the_calendar_keeps_nobody_out_and_loses_no_bill() {
    let old = Old::new();
    old.keep(ORGANISATION, 1 << 60, "aws-cost:2026-10", &bill("2026-10", "1"));
    old.keep(PERSON, THEN, "kiro-limits", &limits("612.40"));
    old.keep(PERSON, THEN + (1 << 60), "kiro-limits", &limits("630"));
    let desk = old.desk();
    assert_eq!(billed(&desk), (Some("41.00".to_owned()), vec![]));
    let doctor = doctor(&desk);
    assert!(doctor.contains("Vendors' answers without a readable date: "), "{doctor}");
    assert_eq!(old.count("vendor_snapshots WHERE form = 0"), 0);
    assert_eq!(old.count("vendor_snapshots WHERE body = ''"), 1, "figures of an unknown time are none");
}

#[test]
fn an_account_that_is_not_there_keeps_nobody_out() {
    let old = Old::new();
    old.keep(77, THEN, "aws-cost:2026-10", &bill("2026-10", "1"));
    old.keep(78, THEN, "kiro-limits", &limits("612.40"));
    old.keep(ORGANISATION, THEN, "aws-cost:2026-10", &bill("2026-10", "3"));
    let desk = old.desk();
    assert_eq!(billed(&desk), (Some("43.00".to_owned()), vec![]));
    let doctor = doctor(&desk);
    assert!(doctor.contains("Vendors' answers that belong to no account: 2."), "{doctor}");
    assert_eq!(old.count("vendor_snapshots WHERE body = ''"), 2, "that there was something stays");
}

/// A row that can't be settled, whatever the reason: nothing of it is used or written out, it is told, and it is
/// tried again.
#[test]
fn what_can_not_be_settled_is_told_and_tried_again() {
    let old = Old::new();
    old.keep(ORGANISATION, THEN, "aws-cost:2026-10", &bill("2026-10", "1"));
    old.keep(PERSON, THEN, "kiro-limits", &limits("612.40"));
    old.connection()
        .execute_batch(
            "CREATE TRIGGER stuck BEFORE DELETE ON vendor_snapshots BEGIN SELECT RAISE(ABORT, 'stuck'); END;
             CREATE TRIGGER fast BEFORE UPDATE ON vendor_snapshots BEGIN SELECT RAISE(ABORT, 'fast'); END;",
        )
        .expect("nothing can be changed");
    let desk = old.desk();
    let october = UnreadableRecord::Bill { months: vec!["2026-10".to_owned()] };
    assert_eq!(billed(&desk), (None, vec![october.clone()]), "told as one that can't be read");
    let status = desk.run(&["status"]).output;
    assert!(status.contains("The bill of October 2026 can't be read: import it again."), "{status}");
    let told = doctor(&desk);
    assert_eq!(told.matches("an older version kept whole").count(), 2, "{told}");
    assert!(told.contains("Kiro's answer of 20 November 2026, 09:20 UTC can't be read"), "{told}");
    let text = old.folder.path().join("all.jsonl");
    desk.headroom.export_all(&text).expect("written");
    assert!(!fs::read_to_string(&text).expect("text").contains(SECRET), "nothing of it is written out");
    assert_eq!(old.count("vendor_snapshots WHERE form = 0"), 2);
    drop(old.desk());
    assert_eq!(old.count("bills"), 1, "told once, however often it is tried");

    old.connection().execute_batch("DROP TRIGGER stuck; DROP TRIGGER fast").expect("mended");
    let desk = old.desk();
    assert_eq!(billed(&desk), (Some("41.00".to_owned()), vec![]));
    assert!(!doctor(&desk).contains("older version"), "{}", doctor(&desk));
}

#[test]
fn a_bill_that_is_settled_late_takes_no_newer_ones_place() {
    let old = Old::new();
    old.keep(ORGANISATION, THEN, "aws-cost:2026-10", &bill("2026-10", "1"));
    let stuck =
        "CREATE TRIGGER stuck BEFORE DELETE ON vendor_snapshots BEGIN SELECT RAISE(ABORT, 'stuck'); END";
    old.connection().execute_batch(stuck).expect("nothing can be moved");
    let desk = old.desk();
    desk.headroom
        .import(
            ImportKind::AwsCost,
            Some(&fixture("aws-cost/cur2.csv")),
            Some(AccountNumber(ORGANISATION)),
            &|_| {},
        )
        .expect("imported");
    assert_eq!(billed(&desk), (Some("263.77".to_owned()), vec![]));
    old.connection().execute_batch("DROP TRIGGER stuck").expect("mended");
    assert_eq!(billed(&old.desk()), (Some("263.77".to_owned()), vec![]));
    assert_eq!(old.count("vendor_snapshots"), 0, "and it is settled");
}

#[test]
fn of_two_issues_the_one_fetched_last_counts_whatever_its_row() {
    let old = Old::new();
    old.keep(ORGANISATION, THEN + 60, "aws-cost:2026-10", &bill("2026-10", "2"));
    old.keep(ORGANISATION, THEN, "aws-cost:2026-10", &bill("2026-10", "1"));
    assert_eq!(billed(&old.desk()), (Some("42.00".to_owned()), vec![]));
}

/// In this version's form too.
#[test]
fn one_bad_moment_stops_neither_status_nor_doctor() {
    let old = Old::new();
    let desk = old.desk();
    let sql = "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body, form) VALUES (?1, ?2, 'kiro-limits', '{}', 1)";
    old.connection().execute(sql, (PERSON, i64::MAX)).expect("a row");
    old.connection().execute(sql, (PERSON, i64::MIN)).expect("a row");
    let status = desk.run(&["status"]);
    assert_eq!((status.status, status.errors.as_str()), (0, ""));
    let doctor = doctor(&desk);
    assert!(doctor.contains("Vendors' answers without a readable date: "), "{doctor}");
}

fn assert_one_clear_line(error: &AppError) {
    let text = &error.to_string();
    assert!(text.contains("headroom.db is damaged: "), "{text}");
    assert!(!text.contains('\n') && text.len() < 400, "{text}");
    for word in ["rusqlite", "SQL", "CREATE", "TABLE", "malformed", "column"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_file_that_is_too_damaged_for_the_new_form_is_told_in_one_line() {
    let old = Old::new();
    for minute in 0..40 {
        old.keep(PERSON, THEN + minute * 60, "kiro-limits", &limits("612.40"));
    }
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'vendor_snapshots'";
    let page: u32 = old.connection().query_row(page, [], |row| row.get(0)).expect("a page");
    let page = usize::try_from(page).expect("a number");
    let mut bytes = fs::read(old.database()).expect("its bytes");
    bytes[(page - 1) * 4096..page * 4096].fill(0);
    fs::write(old.database(), bytes).expect("written");
    let error = old.open().err().expect("it can't be opened");
    assert_one_clear_line(&error);
    assert!(error.to_string().contains("headroom restore"), "{error}");
}

/// A seeded run of flipped bits over an old file.
#[test]
fn no_flipped_bit_locks_anybody_out() {
    let old = Old::new();
    for minute in 0..12 {
        old.keep(PERSON, THEN + minute * 60, "kiro-limits", &limits("612.40"));
        old.keep(ORGANISATION, THEN + minute, "aws-cost:2026-10", &bill("2026-10", "1"));
    }
    old.keep(ORGANISATION, THEN, "aws-cost-months", r#"["2026-10-01"]"#);
    let whole = fs::read(old.database()).expect("its bytes");
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let root = |name: &str| {
        let page: u32 = old.connection().query_row(page, [name], |row| row.get(0)).expect("a page");
        usize::try_from(page).expect("a number")
    };
    let pages = [root("vendor_snapshots"), root("snapshots_in_time"), whole.len() / 4096];
    let (mut seed, mut opened) = (20_261_121_u64, 0);
    for round in 0..60 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = usize::try_from(seed >> 33).expect("31 bits");
        let at = (pages[round % pages.len()] - 1) * 4096 + random % 4096;
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (random >> 13 & 7);
        for companion in ["headroom.db-wal", "headroom.db-shm"] {
            _ = fs::remove_file(old.folder.path().join(companion));
        }
        fs::write(old.database(), bytes).expect("written");
        for _ in 0..2 {
            match old.open() {
                Ok(headroom) => {
                    opened += 1;
                    headroom.doctor().expect("it tells whatever it finds");
                    headroom.start(None).expect("the window opens");
                }
                Err(error) => assert_one_clear_line(&error),
            }
        }
    }
    assert!(opened > 80, "most of them are no matter: {opened} of 120");
}

/// Reported in November 2026: the first start after the upgrade hung for half a minute beside another program that
/// read the file.
#[test]
fn nobody_waits_for_the_old_room_and_it_is_given_back_later() {
    let old = Old::new();
    for minute in 0..40 {
        old.keep(PERSON, THEN + minute * 60, "kiro-limits", &limits("612.40"));
    }
    let reader = old.connection();
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM accounts;").expect("somebody reads");
    let count: i64 = reader.query_row("SELECT COUNT(*) FROM accounts", [], |row| row.get(0)).expect("read");
    assert_eq!(count, 2);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| sender.send(old.open().map(drop)));
        let opened = receiver.recv_timeout(Duration::from_secs(20));
        reader.execute_batch("COMMIT").expect("read");
        opened.expect("it opens while the other still reads").expect("and well");
    });
    assert_eq!(old.count("chores"), 1, "it is still owed");
    drop(old.desk());
    assert_eq!(old.count("chores"), 0);
    assert!(!String::from_utf8_lossy(&fs::read(old.database()).expect("its bytes")).contains(SECRET));
}

#[test]
fn what_is_deleted_beside_a_reader_leaves_the_file_the_next_time() {
    let old = Old::new();
    old.keep(77, THEN, "kiro-limits", &limits("612.40"));
    let desk = old.desk();
    let reader = old.connection();
    reader.execute_batch("BEGIN").expect("begun");
    let count: i64 = reader.query_row("SELECT COUNT(*) FROM accounts", [], |row| row.get(0)).expect("read");
    assert_eq!(count, 2);
    desk.headroom.delete_all().expect("deleted");
    assert_eq!(old.count("accounts") + old.count("vendor_snapshots"), 0, "also what names no account");
    assert_eq!(old.count("chores"), 1, "what still lies in the file is owed");
    reader.execute_batch("COMMIT").expect("read");
    drop(desk);
    drop(old.desk());
    assert_eq!(old.count("chores"), 0);
}
