//! What comes after a restore: what vendors' programs left is imported again, and what is lost is told. And the day's
//! copy that can't be made.

use super::{NOW, PRO};
use acceptance::{ClosedDesk, Desk, session};
use headroom_app::answers::{ImportKind, SourceState};
use headroom_app::words;
use headroom_exact::say;
use rusqlite::Connection;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn checkpointed(database: &Path) -> (Connection, Vec<u8>) {
    let connection = Connection::open(database).expect("the database");
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
    let bytes = fs::read(database).expect("bytes");
    (connection, bytes)
}

/// Overwrites the pages on which tables or indexes begin, so that what is in them can't be read.
fn overwrite(database: &Path, names: &[&str]) {
    let (connection, mut bytes) = checkpointed(database);
    for name in names {
        let page = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        let page: u32 = connection.query_row(page, [name], |row| row.get(0)).expect("a page");
        let page = usize::try_from(page).expect("small");
        bytes[(page - 1) * 4096..page * 4096].fill(0xff);
    }
    drop(connection);
    fs::write(database, bytes).expect("written");
}

/// Facts and a folder of sessions with one task, imported; a copy; then twelve more tasks and a change.
fn with_newer() -> (Desk, PathBuf) {
    let desk = Desk::at(NOW);
    let folder = desk.home().join("sessions");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("one.json"), session("one", &[("2026-11-20T09:00:00Z", "12.50")]))
        .expect("written");
    let account = desk.facts(PRO);
    desk.import(ImportKind::KiroSessions, Some(&folder)).expect("imported");
    let desk = desk.later("2026-11-22T08:00:00Z");
    assert!(desk.run(&["copies"]).output.contains("of the day"));
    let turns: Vec<_> = (0..12).map(|minute| format!("2026-11-22T07:{minute:02}:00Z")).collect();
    let turns: Vec<_> = turns.iter().map(|at| (at.as_str(), "1.00")).collect();
    fs::write(folder.join("two.json"), session("two", &turns)).expect("written");
    desk.import(ImportKind::KiroSessions, Some(&folder)).expect("imported");
    desk.headroom.change_plan(account, "power").expect("recorded");
    for copied in fs::read_dir(desk.headroom.paths().data().join("copies")).expect("copies") {
        let path = copied.expect("an entry").path();
        // The copy before the second import has what the day's has; with one alone it is plain which is taken.
        if path.to_string_lossy().contains("-import") {
            fs::remove_file(path).expect("removed");
        }
    }
    (desk, folder)
}

fn damaged(desk: Desk, names: &[&str]) -> ClosedDesk {
    let database = desk.headroom.paths().database();
    desk.damaged_by(|| overwrite(&database, names))
}

#[test]
fn what_vendors_programs_left_is_imported_again_and_the_rest_is_told_as_lost() {
    let (desk, folder) = with_newer();
    let desk = damaged(desk, &["events"]);
    let run = desk.run(&["restore"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    let lines: Vec<_> = run.output.lines().collect();
    assert!(lines[0].starts_with("Restored the copy of 22 November 2026, 08:00 UTC."), "{}", run.output);
    let came_back = format!("12 tasks came back from Kiro command line sessions in {}.", folder.display());
    assert_eq!(lines[1..], [came_back.as_str(), "1 change of yours after it is lost."], "{}", run.output);
    let run = desk.run(&["status"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert!(run.output.contains("975.50"), "1,000 less 12.50 and 12: {}", run.output);
}

#[test]
fn what_is_gone_from_its_place_is_told_as_lost() {
    let (desk, folder) = with_newer();
    fs::remove_file(folder.join("two.json")).expect("removed");
    let desk = damaged(desk, &["events"]);
    let run = desk.run(&["restore"]);
    let lines: Vec<_> = run.output.lines().skip(1).collect();
    assert_eq!(lines, ["12 later tasks are lost.", "1 change of yours after it is lost."]);
}

#[test]
fn where_nobody_can_count_what_is_lost_nothing_is_counted() {
    let (desk, _) = with_newer();
    let desk = damaged(desk, &["events", "acts_in_time"]);
    let run = desk.run(&["restore"]);
    assert!(run.output.contains("12 tasks came back from Kiro command line sessions"), "{}", run.output);
    assert!(run.output.ends_with("Anything else after it is lost.\n"), "{}", run.output);
}

#[test]
fn a_copy_that_is_named_stays_as_it_is() {
    let (desk, _) = with_newer();
    let copies = desk.headroom.paths().data().join("copies");
    let copy = fs::read_dir(copies).expect("copies").map(|entry| entry.expect("an entry").path());
    let copy = copy.into_iter().find(|path| path.to_string_lossy().ends_with("-day.db")).expect("the day's");
    let desk = desk.damaged_by(|| {});
    let run = desk.run(&["restore", "--from", &copy.to_string_lossy()]);
    assert_eq!((run.status, run.output.lines().count()), (0, 1), "{} {}", run.output, run.errors);
    assert!(desk.run(&["status"]).output.contains("987.50"), "as the copy has it");
}

/// It was only logged.
#[test]
fn a_day_without_its_copy_is_told_until_there_is_one() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    let source = |desk: &Desk| {
        let sources = desk.headroom.doctor().expect("it answers");
        sources.into_iter().find(|source| source.source == say!("headroom-copies")).expect("it is told of")
    };
    assert_eq!(source(&desk).state, SourceState::Missing, "there was nothing to copy before");
    // Something is in the place of the folder of copies.
    let copies = desk.headroom.paths().data().join("copies");
    fs::write(&copies, "").expect("written");
    fs::set_permissions(&copies, fs::Permissions::from_mode(0o600)).expect("its owner's alone");
    let desk = desk.later("2026-11-22T08:00:00Z");
    let told = source(&desk);
    assert_eq!(told.state, SourceState::Unreadable);
    assert!(
        words::say(&told.advice)
            .starts_with("The copy of your data that is made every day could not be made"),
        "{told:?}"
    );
    let notices = |desk: &Desk| desk.headroom.start(None).expect("it starts").notices;
    assert_eq!(notices(&desk), [told.advice], "the window says the same, beside the figures");
    desk.wait_until("2026-11-23T08:00:00Z");
    assert_eq!(notices(&desk), [], "of another day it says nothing");
    fs::remove_file(&copies).expect("removed");
    let desk = desk.later("2026-11-23T09:00:00Z");
    assert_eq!((source(&desk).state, notices(&desk)), (SourceState::Readable, Vec::new()));
}
