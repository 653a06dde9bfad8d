//! Sessions that come while Headroom runs: when they are imported by themselves, into which account, and when not.

use super::NOW;
use acceptance::Desk;
use headroom_app::AppError;
use headroom_app::answers::{AccountNumber, ImportKind, Kind, NoticedView};
use headroom_exact::Moment;
use std::fs;
use std::path::PathBuf;

/// A desk with a home whose usual store of sessions may be there or not, and the seconds that have gone by.
struct Watched {
    desk: Desk,
    seconds: i64,
}

impl Watched {
    fn new() -> Self {
        let desk = Desk::at(NOW);
        let store = desk.home().join(".kiro/sessions");
        Self { desk: desk.opened_with(|paths| paths.with_ide_sessions(store)), seconds: 0 }
    }

    fn store(&self) -> PathBuf {
        self.desk.home().join(".kiro/sessions")
    }

    /// A task of one credit and a half at the end of a session, which is begun where it isn't there.
    fn task(&self, session: &str, task: &str) {
        let folder = self.store().join("bucket").join(session);
        fs::create_dir_all(&folder).expect("made");
        let file = folder.join("messages.jsonl");
        let mut text = fs::read_to_string(&file).unwrap_or_default();
        let line = format!(
            r#"{{"id":"{task}-usage","timestamp":"2026-11-03T08:14:55Z","payload":{{"type":"usage_summary","executionId":"{task}","promptTurnSummaries":[{{"unit":"credit","usage":1.5}}]}}}}"#
        );
        text.push_str(&line);
        text.push('\n');
        fs::write(file, text).expect("written");
    }

    fn import(&self) -> AccountNumber {
        self.desk.import(ImportKind::KiroSessions, None).expect("an import").account
    }

    /// Looks once, a quarter of a minute after the last time.
    fn look(&mut self) -> Option<NoticedView> {
        self.seconds += 15;
        let now: Moment = NOW.parse().expect("a moment");
        self.desk.wait_until(&now.plus_seconds(self.seconds).to_string());
        self.desk.headroom.notice_sessions()
    }

    fn looks(&mut self, times: usize) -> Vec<Option<NoticedView>> {
        (0..times).map(|_| self.look()).collect()
    }

    fn used(&self, account: AccountNumber) -> Option<String> {
        self.desk.headroom.overview(account).expect("an overview").used
    }
}

fn new_of(account: AccountNumber) -> NoticedView {
    NoticedView { account: Some(account), failure: None }
}

fn failure(noticed: Option<NoticedView>) -> AppError {
    noticed.and_then(|noticed| noticed.failure).expect("a failure")
}

#[test]
fn a_session_that_comes_is_imported_once_nothing_is_written_for_a_while() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    watched.import();
    let account = watched.desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-09-01"}"#);
    // What was written while Headroom didn't run is looked for first.
    assert_eq!(watched.looks(4), [None, Some(new_of(account)), None, None]);
    assert_eq!(watched.used(account).as_deref(), Some("1.50"));
    watched.task("sess_2", "b");
    assert_eq!(watched.looks(4), [None, Some(new_of(account)), None, None]);
    assert_eq!(watched.used(account).as_deref(), Some("3.00"));
    watched.task("sess_1", "c");
    assert_eq!(watched.looks(3), [None, Some(new_of(account)), None], "one that is gone on with");
    assert_eq!(watched.used(account).as_deref(), Some("4.50"));
}

#[test]
fn what_is_written_to_all_the_time_is_imported_within_a_minute_too() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    let account = watched.import();
    watched.looks(2);
    let mut came = Vec::new();
    for task in 0..8 {
        watched.task("sess_1", &format!("b{task}"));
        came.push(watched.look().is_some());
    }
    assert_eq!(came, [false, false, true, false, false, true, false, false]);
    watched.task("sess_1", "c");
    assert_eq!(watched.looks(3), [Some(new_of(account)), None, None], "the last of it");
}

#[test]
fn nothing_is_read_that_nobody_ever_imported() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    assert_eq!(watched.looks(4), [None, None, None, None]);
    assert_eq!(watched.desk.headroom.accounts().expect("accounts"), [], "no account is made");
    let account = watched.desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-09-01"}"#);
    // Of sessions from elsewhere nothing follows for these.
    watched.desk.usage(&[("2026-11-02T08:00:00Z", "4")]);
    assert_eq!(watched.looks(4), [None, None, None, None]);
    assert_eq!(watched.used(account).as_deref(), Some("4.00"));
}

#[test]
fn a_store_that_is_made_later_is_found() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    let account = watched.import();
    fs::remove_dir_all(watched.store()).expect("gone");
    assert_eq!(watched.looks(3), [None, None, None], "nothing is there, and nothing is wrong");
    watched.task("sess_2", "b");
    assert_eq!(watched.looks(3), [None, Some(new_of(account)), None]);
    let rows = watched.desk.run(&["usage", "--json"]).output;
    assert!(rows.contains(r#""sum": "3.00""#), "what was read stays: {rows}");
}

#[test]
fn they_go_into_the_account_that_was_chosen_last_while_it_is_shown() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    let first = watched.import();
    let second = watched.desk.headroom.add_account(Kind::KiroIndividual, Some("Other")).expect("added").id;
    watched.desk.headroom.import(ImportKind::KiroSessions, None, Some(second), &|_| {}).expect("an import");
    assert_eq!(watched.looks(3), [None, Some(new_of(second)), None]);
    watched.task("sess_1", "b");
    watched.desk.headroom.hide_account(second, true).expect("hidden");
    assert_eq!(
        watched.looks(3),
        [None, None, None],
        "a hidden account is left alone, and no other is guessed"
    );
    watched.desk.headroom.hide_account(second, false).expect("shown");
    assert_eq!(watched.looks(3), [None, Some(new_of(second)), None]);
    let tasks = |account: AccountNumber| {
        let usage = watched.desk.run(&["usage", "--json", "--account", &account.0.to_string()]).output;
        serde_json::from_str::<serde_json::Value>(&usage).expect("JSON")["total"]["tasks"].clone()
    };
    assert_eq!((tasks(first), tasks(second)), (1.into(), 2.into()));
}

#[test]
fn estimates_stay_estimates_where_only_they_were_asked_for() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    let account = watched.desk.import(ImportKind::KiroIdeSessions, None).expect("an import").account;
    watched.task("sess_1", "b");
    assert_eq!(watched.looks(3), [None, Some(new_of(account)), None]);
    let usage = watched.desk.run(&["usage", "--json"]).output;
    let usage: serde_json::Value = serde_json::from_str(&usage).expect("JSON");
    assert_eq!((&usage["total"]["metered"], &usage["total"]["estimated"]), (&"0.00".into(), &"3.00".into()));
}

#[test]
fn a_failure_is_told_once_and_tried_again() {
    let mut watched = Watched::new();
    watched.task("sess_1", "a");
    let account = watched.import();
    watched.looks(2);
    let folder = watched.store();
    let aside = folder.with_file_name("aside");
    fs::rename(&folder, &aside).expect("renamed");
    // What stands in its place is no folder, and no session.
    fs::write(&folder, "nothing of Kiro's").expect("written");
    let told = watched.looks(30);
    assert_eq!(told.iter().flatten().count(), 1, "{told:?}");
    let said = failure(told.into_iter().flatten().next()).to_string();
    assert!(said.contains(".kiro/sessions"), "{said}");
    fs::remove_file(&folder).expect("gone");
    fs::rename(&aside, &folder).expect("back");
    watched.task("sess_2", "b");
    assert_eq!(watched.looks(3), [None, Some(new_of(account)), None]);
    let log =
        fs::read_to_string(watched.desk.headroom.paths().log().join("headroom.log")).unwrap_or_default();
    assert!(!log.contains("nothing of Kiro"), "{log}");
}
