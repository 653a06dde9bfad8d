//! What the window starts with while something is wrong: figures where there are any, and what is wrong beside them.

use super::{NOW, PRO};
use acceptance::Desk;
use headroom_app::Place;
use headroom_app::answers::{AccountNumber, Doubled, Kind, StartView};
use rusqlite::Connection;
use serde_json::Value;
use std::fs;

fn start(desk: &Desk) -> StartView {
    desk.headroom.start(None).expect("it starts")
}

fn database(desk: &Desk) -> Connection {
    Connection::open(desk.headroom.paths().database()).expect("the database")
}

#[test]
fn accounts_of_one_login_are_named_with_what_would_be_lost() {
    let desk = Desk::at(NOW).with_sessions("sessions");
    let first = desk.facts(PRO);
    let double = desk.headroom.add_account(Kind::KiroIndividual, Some("Again")).expect("added").id;
    assert_eq!(start(&desk).doubled, []);
    database(&desk)
        .execute("UPDATE accounts SET same_as = ?1 WHERE id = ?2", [first.0, double.0])
        .expect("the same");
    let lost = |only_here, recorded| [Doubled { first, double, only_here, recorded }];
    assert_eq!(start(&desk).doubled, lost(0, 0));
    let import = |account: AccountNumber| {
        let kind = headroom_app::answers::ImportKind::KiroSessions;
        desk.headroom.import(kind, None, Some(account), &|_| {}).expect("imported");
    };
    import(double);
    let all = start(&desk).doubled[0].only_here;
    assert!(all > 0);
    let facts = serde_json::from_str(PRO).expect("facts");
    desk.headroom.save_facts(Some(double), &facts).expect("stated");
    assert_eq!(start(&desk).doubled[0].recorded, 1);
    import(first);
    assert_eq!(start(&desk).doubled[0].only_here, 0, "the other has them too");
    desk.headroom.remove_account(double).expect("removed");
    assert_eq!(start(&desk).doubled, []);
}

#[test]
fn a_mistake_that_nobody_was_told_of_is_told_once_at_the_start() {
    let desk = Desk::at(NOW);
    let reports = desk.headroom.paths().reports();
    fs::create_dir_all(&reports).expect("a folder");
    fs::write(reports.join("482913.new"), "Headroom 0.1.0, report 482913\n").expect("written");
    fs::write(reports.join("105577.txt"), "Headroom 0.1.0, report 105577\n").expect("written");
    let notices = |view: &StartView| serde_json::to_value(&view.notices).expect("JSON");
    let told = notices(&start(&desk));
    assert_eq!(told[0]["code"], "reports-untold");
    assert_eq!(told[0]["values"]["reports"]["list"][0]["text"], "482913");
    let listed = Place::new(desk.headroom.paths().clone(), Box::new(headroom_app::SystemClock)).reports();
    assert_eq!(listed.len(), 2);
    assert_eq!(notices(&start(&desk)), Value::Array(Vec::new()), "whoever has seen the list was told");
}

#[test]
fn deleting_everything_deletes_what_is_kept_of_our_own_work_too() {
    let desk = Desk::at(NOW);
    let (reports, log) = (desk.headroom.paths().reports(), desk.headroom.paths().log());
    for (folder, file) in [(&reports, "482913.txt"), (&log, "headroom.log"), (&log, "headroom.1.log")] {
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join(file), "something").expect("written");
    }
    desk.headroom.delete_all().expect("deleted");
    for folder in [reports, log] {
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 0, "{}", folder.display());
    }
}
