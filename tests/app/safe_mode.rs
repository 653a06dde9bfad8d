//! Damaged data of which no copy is good: what can be read is shown, the rest is named, and nothing is written.

use super::{NOW, PRO};
use acceptance::{ClosedDesk, Desk, files_in, session};
use headroom_app::answers::{Choice, FactsChange, ImportKind, Kind, Theme};
use headroom_app::{AppError, Headroom, words};
use rusqlite::Connection;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Two accounts, "Mine" with tasks over many pages and "Work" without any, and no copy; then the header is zeroed, and
/// something else done to the bytes.
fn damaged(more: impl FnOnce(&Connection, &mut Vec<u8>)) -> (ClosedDesk, PathBuf) {
    let desk = Desk::at(NOW);
    let turns: Vec<_> = (0..400)
        .map(|index| (format!("2026-11-{:02}T09:{:02}:00Z", 1 + index / 60, index % 60), "1.00"))
        .collect();
    let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.as_str(), *credits)).collect();
    desk.usage(&turns);
    let mine = desk.facts(PRO);
    desk.headroom.rename_account(mine, "Mine").expect("renamed");
    desk.headroom.add_account(Kind::KiroEnterprise, Some("Work")).expect("added");
    let database = desk.headroom.paths().database();
    assert!(desk.run(&["copies"]).output.contains("No copy yet"), "nothing was there before the import");
    let place = database.clone();
    let desk = desk.damaged_by(|| {
        let connection = Connection::open(&place).expect("the database");
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("written");
        let mut bytes = fs::read(&place).expect("bytes");
        more(&connection, &mut bytes);
        drop(connection);
        bytes[..100].fill(0);
        fs::write(&place, bytes).expect("written");
    });
    (desk, database)
}

fn overwrite_root_of(connection: &Connection, bytes: &mut [u8], name: &str) {
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u32 = connection.query_row(page, [name], |row| row.get(0)).expect("a page");
    let page = usize::try_from(page).expect("small");
    bytes[(page - 1) * 4096..page * 4096].fill(0xff);
}

#[test]
fn what_can_be_read_of_damaged_data_is_shown_and_said_to_be_so() {
    let (desk, database) = damaged(|_, _| {});
    let run = desk.run(&["status", "--json"]);
    assert_eq!(run.status, headroom_cli::FAULT, "{}", run.errors);
    let accounts: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(accounts[0]["overview"]["left"], "600.00", "{}", run.output);
    assert_eq!(accounts[1]["account"]["name"], "Work");
    let said = format!(
        "headroom: {} is damaged, and no copy of it is good. What can still be read is shown, and nothing is written.",
        database.display()
    );
    assert!(run.errors.starts_with(&said), "{}", run.errors);
    assert_eq!(run.errors.lines().count(), 1, "{}", run.errors);
}

#[test]
fn an_account_that_can_not_be_read_is_named_beside_those_that_can() {
    let (desk, _) = damaged(|connection, bytes| overwrite_root_of(connection, bytes, "acts_in_time"));
    let run = desk.run(&["status", "--json"]);
    assert_eq!(run.status, headroom_cli::FAULT);
    let accounts: Value = serde_json::from_str(&run.output).expect("JSON");
    let fault = accounts[0]["fault"].as_str().expect("a fault");
    assert!(fault.starts_with("Mine can't be shown: ") && fault.contains("damaged"), "{fault}");
    assert_eq!(accounts[1]["account"]["name"], "Work");
    assert_eq!(accounts[1]["fault"], Value::Null);

    let start = desk.open().expect("it opens").start(None).expect("it starts");
    let names: Vec<_> = start.accounts.iter().map(|account| account.name.as_str()).collect();
    assert_eq!(names, ["Work"], "the window shows what can be read");
    let safe_mode = start.safe_mode.as_ref().map(words::say).expect("it is said");
    assert!(safe_mode.contains("no copy of it is good"), "{safe_mode}");
    let notices: Vec<_> = start.notices.iter().map(words::say).collect();
    assert!(notices.len() == 1 && notices[0].starts_with("Mine can't be shown: "), "{notices:?}");
}

#[test]
fn where_no_account_can_be_read_nothing_looks_new() {
    let (desk, _) = damaged(|connection, bytes| overwrite_root_of(connection, bytes, "accounts"));
    let run = desk.run(&["status"]);
    assert_eq!(run.status, 1, "{}", run.output);
    assert!(run.errors.contains("is damaged") && !run.output.contains("No account yet"), "{}", run.errors);
}

type Write<'w> = (&'w str, Box<dyn Fn(&Headroom) -> Result<(), AppError> + 'w>);

#[test]
fn nothing_is_written_and_whoever_wants_to_is_told_why() {
    let (desk, database) = damaged(|_, _| {});
    let folder = database.parent().expect("a folder").to_owned();
    let before = files_in(&folder);
    let headroom = desk.open().expect("it opens");
    let mine = headroom.accounts().expect("accounts")[0].id;
    let file = folder.with_file_name("more.json");
    fs::write(&file, session("two", &[("2026-11-20T09:00:00Z", "12.50")])).expect("written");
    let facts: FactsChange = serde_json::from_str(PRO).expect("facts");
    let writes: [Write<'_>; 12] = [
        ("facts", Box::new(|headroom| headroom.save_facts(None, &facts).map(drop))),
        ("a plan", Box::new(|headroom| headroom.change_plan(mine, "power").map(drop))),
        ("the switch", Box::new(|headroom| headroom.set_overage(mine, true).map(drop))),
        ("an account", Box::new(|headroom| headroom.add_account(Kind::KiroEnterprise, None).map(drop))),
        ("a name", Box::new(|headroom| headroom.rename_account(mine, "Other"))),
        ("a removal", Box::new(|headroom| headroom.remove_account(mine))),
        ("a choice", Box::new(|headroom| headroom.choose(&Choice::Theme(Theme::Dark)))),
        ("the sample", Box::new(|headroom| headroom.open_sample(Kind::KiroIndividual).map(drop))),
        ("the vendor's switch", Box::new(|headroom| headroom.request_overage(mine, true))),
        ("a refresh", Box::new(|headroom| headroom.refresh(mine, true, false).map(drop))),
        (
            "an import",
            Box::new(|headroom| {
                headroom.import(ImportKind::KiroSessions, Some(&file), None, &|_| {}).map(drop)
            }),
        ),
        ("an end to all", Box::new(Headroom::delete_all)),
    ];
    for (name, write) in writes {
        let error = write(&headroom).expect_err(name).to_string();
        assert!(error.contains("damaged") && error.contains("headroom restore"), "{name}: {error}");
    }
    assert!(headroom.due(false).expect("it says").accounts.is_empty(), "nobody is asked by itself");
    drop(headroom);
    for command in [&["facts", "--plan", "power"][..], &["accounts", "rename", "Mine", "Other"], &["status"]]
    {
        assert_ne!(desk.run(command).status, 0, "{command:?}");
    }
    assert_eq!(files_in(&folder), before, "not a byte differs, and nothing is added");
}

#[test]
fn restoring_goes_on_with_what_could_be_read() {
    let (desk, _) = damaged(|_, _| {});
    let run = desk.run(&["restore"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.starts_with("There was no good copy"), "{}", run.output);
    let run = desk.run(&["status"]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert!(run.output.contains("600 credits"), "{}", run.output);
}

/// A copy that is damaged too helps nobody, and keeps nothing from being shown.
#[test]
fn a_damaged_copy_is_none() {
    let (desk, database) = damaged(|_, _| {});
    let copies = database.with_file_name("copies");
    fs::create_dir(&copies).expect("a folder");
    fs::write(copies.join("headroom-20261121T090000Z-day.db"), vec![0; 8192]).expect("written");
    let run = desk.run(&["status"]);
    assert_eq!(run.status, headroom_cli::FAULT, "{}", run.errors);
    assert!(
        run.errors.contains("no copy of it is good") && run.output.contains("600 credits"),
        "{}",
        run.errors
    );
}
