//! The data as files on the command line: a fault stays in its account, copies are made, and what is damaged is restored.

use super::{NOW, PRO};
use acceptance::{Desk, Run};
use headroom_app::AppError;
use headroom_app::answers::{AccountNumber, ImportKind, ImportView, Kind};
use headroom_store::copies::Before;
use rusqlite::Connection;
use serde_json::Value;
use std::fs;

/// Two accounts: the first with facts that can't be read any more.
fn one_damaged() -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let first = desk.facts(PRO);
    desk.headroom.rename_account(first, "Mine").expect("renamed");
    desk.headroom.add_account(Kind::KiroEnterprise, Some("Work")).expect("added");
    let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
    connection
        .execute_batch("DROP TRIGGER events_are_not_changed; UPDATE events SET body = '{\"plan\": 7' WHERE kind = 'facts'")
        .expect("damaged");
    (desk, first)
}

fn says_nothing_of_the_inside(run: &Run) {
    let said = format!("{}{}", run.output, run.errors).to_lowercase();
    for word in ["sql", "serde", "column", "line 1"] {
        assert!(!said.contains(word), "\"{word}\" in: {said}");
    }
}

/// It took every account down.
#[test]
fn one_damaged_row_takes_down_only_its_account() {
    let (desk, _) = one_damaged();
    let run = desk.run(&["status"]);
    // In process answers are for pipes: as JSON it is the same.
    assert_eq!(run.status, headroom_cli::FAULT, "{}", run.errors);
    assert!(
        run.output.contains("Mine can't be shown: ") && run.output.contains("Work: Kiro for an organisation")
    );
    assert!(
        run.errors.starts_with("headroom: Mine can't be shown: A record is damaged (events row 1)"),
        "{}",
        run.errors
    );
    assert_eq!(run.errors.lines().count(), 1);
    says_nothing_of_the_inside(&run);

    let run = desk.run(&["status", "--json"]);
    assert_eq!(run.status, 4);
    let accounts: Value = serde_json::from_str(&run.output).expect("JSON");
    assert!(accounts[0]["fault"].as_str().expect("a fault").contains("Mine"));
    assert_eq!((&accounts[0]["overview"], &accounts[1]["fault"]), (&Value::Null, &Value::Null));
    assert_eq!(accounts[1]["overview"]["kind"], "kiro-enterprise");

    assert_eq!(desk.run(&["status", "--account", "Work"]).status, 0, "asked for the other there is no fault");
    assert_eq!(desk.run(&["status", "--account", "Mine"]).status, 4);
    assert_eq!(desk.run(&["status", "--min-remaining", "1"]).status, 4, "what isn't known isn't enough");
    let run = desk.run(&["accounts"]);
    assert_eq!(run.status, 4);
    assert!(run.output.contains("Work") && run.errors.contains("Mine"), "{} {}", run.output, run.errors);
    assert_eq!(
        desk.run(&["accounts", "rename", "Work", "Office"]).status,
        0,
        "nor does it keep anybody from changing it"
    );
}

/// It waited for whoever wrote, for half a minute.
#[test]
fn status_asks_nobody_who_writes() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    let writer = Connection::open(desk.headroom.paths().database()).expect("the database");
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE accounts SET name = 'half done'").expect("it writes");
    for command in [vec!["status"], vec!["accounts"], vec!["invoices"], vec!["doctor"]] {
        let run = desk.run(&command);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{command:?}");
        assert!(!run.output.contains("half done"), "{command:?}");
    }
    writer.execute_batch("COMMIT").expect("nobody was in its way");
}

#[test]
fn copies_are_made_before_what_changes_much_and_listed() {
    let desk = Desk::at(NOW);
    assert!(desk.run(&["copies"]).output.contains("No copy yet"));
    let account = desk.facts(PRO);
    desk.usage(&[("2026-11-20T09:00:00Z", "12.50")]);
    desk.headroom.remove_account(account).expect("removed");
    let run = desk.run(&["copies", "--json"]);
    let copies: Value = serde_json::from_str(&run.output).expect("JSON");
    let before: Vec<_> =
        copies.as_array().expect("a list").iter().map(|copy| copy["before"].as_str()).collect();
    assert!(before.contains(&Some("import")) && before.contains(&Some("removal")), "{before:?}");
    let run = desk.run(&["copies"]);
    assert!(
        run.output.contains("before an import") && run.output.contains("before a removal"),
        "{}",
        run.output
    );
    let desk = desk.later("2026-11-22T08:00:00Z");
    assert!(
        desk.run(&["copies"]).output.contains("of the day"),
        "the first that opens it to write makes the day's"
    );
}

/// How many tasks each copy made before an import holds, the newest first.
fn tasks_in_copies(desk: &Desk) -> Vec<u32> {
    let copies = headroom_store::copies::list(&desk.headroom.paths().database()).expect("a list");
    let of_imports = copies.into_iter().filter(|copy| copy.before == Before::Import);
    let count = "SELECT COUNT(*) FROM events WHERE kind = 'usage'";
    let tasks = |path| Connection::open(path)?.query_row(count, [], |row| row.get(0));
    of_imports.map(|copy| tasks(copy.path).expect("a database")).collect()
}

/// Imports a session with these turns.
fn import(desk: &Desk, turns: &[(&str, &str)]) -> Result<ImportView, AppError> {
    let file = desk.home().join("session.json");
    fs::write(&file, acceptance::session("one", turns)).expect("written");
    desk.import(ImportKind::KiroSessions, Some(&file))
}

/// Each import began with a copy, also the most of them that bring nothing: 0.59 s instead of 0.33 for 400 sessions.
#[test]
fn an_import_that_brings_nothing_new_makes_no_copy() {
    let (first, second) = (("2026-11-20T09:00:00Z", "12.50"), ("2026-11-20T10:00:00Z", "3.25"));
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    desk.usage(&[first]);
    assert_eq!(tasks_in_copies(&desk), [0]);
    let again = import(&desk, &[first]).expect("imported");
    assert_eq!((again.known, again.added, tasks_in_copies(&desk)), (1, 0, vec![0]), "nothing is new");
    let more = import(&desk, &[first, second]).expect("imported");
    assert_eq!((more.known, more.added, tasks_in_copies(&desk)), (1, 1, vec![1, 0]), "as it was before");
}

#[test]
fn where_no_copy_can_be_made_nothing_new_is_imported() {
    let (first, second) = (("2026-11-20T09:00:00Z", "12.50"), ("2026-11-20T10:00:00Z", "3.25"));
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    desk.usage(&[first]);
    let copies = headroom_store::copies::folder(&desk.headroom.paths().database());
    fs::remove_dir_all(&copies).expect("removed");
    fs::write(&copies, "").expect("a file stands in its place");
    assert_eq!(import(&desk, &[first]).expect("nothing is new").known, 1);
    let error = import(&desk, &[first, second]).expect_err("there is no room for a copy");
    assert!(error.to_string().contains("copies"), "{error}");
    assert!(desk.run(&["status"]).output.contains("987.50"), "the second task isn't there");
}

#[test]
fn damaged_data_is_told_and_restored_on_the_command_line() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    desk.usage(&[("2026-11-20T09:00:00Z", "12.50")]);
    let database = desk.headroom.paths().database();
    let run = desk.run(&["restore"]);
    assert_eq!(run.status, 2, "{}", run.output);
    assert!(run.errors.contains("in use"), "{}", run.errors);
    let desk = desk.damaged_by(|| {
        let connection = Connection::open(&database).expect("the database");
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
        drop(connection);
        let mut bytes = fs::read(&database).expect("bytes");
        bytes[..100].fill(0);
        fs::write(&database, bytes).expect("written");
    });
    let run = desk.run(&["status"]);
    assert_eq!(run.status, 1, "{}", run.output);
    assert!(run.errors.contains("is damaged") && run.errors.contains("headroom restore"), "{}", run.errors);
    says_nothing_of_the_inside(&run);
    let run = desk.run(&["restore"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.starts_with(
        "Restored the copy of 21 November 2026, 10:30 UTC. Came back from the damaged file: 1 task"
    ));
    let run = desk.run(&["status"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert!(run.output.contains("987.50 credits"), "{}", run.output);
    let run = desk.run(&["restore"]);
    assert_eq!(run.status, 2);
    assert!(run.errors.contains("is not damaged"), "{}", run.errors);
}

/// "No account yet" was said of a file that somebody emptied.
#[test]
fn emptied_data_is_not_a_new_beginning() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    desk.usage(&[("2026-11-20T09:00:00Z", "12.50")]);
    let database = desk.headroom.paths().database();
    let desk = desk.damaged_by(|| {
        for ending in ["-wal", "-shm"] {
            _ = fs::remove_file(database.with_file_name(format!("headroom.db{ending}")));
        }
        fs::write(&database, "").expect("emptied");
    });
    let run = desk.run(&["status"]);
    assert_eq!(run.status, 1);
    assert!(run.errors.contains("is empty, but there are copies") && !run.output.contains("No account yet"));
}

#[test]
fn a_backup_on_the_command_line_is_checked_and_can_be_gone_back_to() {
    let desk = Desk::at(NOW);
    desk.facts(PRO);
    let place = desk.home().join("mine.db");
    let place = place.to_string_lossy();
    let run = desk.run(&["backup", &place]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    desk.usage(&[("2026-11-20T09:00:00Z", "12.50")]);
    let desk = desk.damaged_by(|| {});
    let run = desk.run(&["restore", "--from", &place]);
    assert_eq!(run.status, 0, "{}", run.errors);
    let said = format!("Everything is as it was in {place}. What was there before is kept in ");
    assert!(run.output.starts_with(&said), "{}", run.output);
    let run = desk.run(&["status"]);
    assert!(run.output.contains("no usage yet"), "{}", run.output);
}

#[test]
fn help_groups_the_commands_by_use() {
    let help = acceptance::headroom(&["--help"], b"");
    assert_eq!((help.status, help.errors.as_str()), (0, ""));
    let files = help.output.split("Files:").nth(1).expect("a group");
    let files: Vec<_> = files.lines().skip(1).take(3).map(|line| line.split_whitespace().next()).collect();
    assert_eq!(files, [Some("backup"), Some("copies"), Some("restore")]);
}
