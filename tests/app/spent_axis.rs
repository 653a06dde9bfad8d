//! A month of Kilo's spending by day: it says what the sums beside it say, and goes on only where all that is spent is known.

use acceptance::Desk;
use headroom_app::answers::{ImportKind, Kind, SpentAxisView, SpentMarkKind, Standing};
use std::fs;

const NOW: &str = "2026-11-21T10:30:00Z";

/// What was spent by the end of some days.
fn spent<'a>(axis: &'a SpentAxisView, dates: &[&str]) -> Vec<Option<&'a str>> {
    let on = |date: &&str| axis.days.iter().find(|day| day.date == *date).expect("a day of the month");
    dates.iter().map(on).map(|day| day.spent.as_deref()).collect()
}

/// The month of an export with these rows.
fn exported(rows: &str) -> (Desk, Option<SpentAxisView>) {
    let desk = Desk::at(NOW);
    let path = desk.home().join("usage-30d-by-user-model.csv");
    fs::write(&path, format!("Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n{rows}"))
        .expect("a file");
    let account = desk.import(ImportKind::KiloUsage, Some(&path)).expect("an import").account;
    let axis = desk.team(account).axis;
    (desk, axis)
}

#[test]
fn the_samples_months_say_what_the_sums_beside_them_say() {
    let desk = Desk::at(NOW);
    let team = desk.team(desk.headroom.open_sample(Kind::KiloTeams).expect("a sample").id);
    let own = desk.headroom.open_sample(Kind::KiloPersonal).expect("a sample").id;
    let Standing::KiloPersonal(own) = desk.headroom.standing(own).expect("it stands") else {
        panic!("somebody's own")
    };
    for (axis, spend) in [(team.axis, team.spend), (own.axis, own.spend)] {
        let (axis, spend) = (axis.expect("a month"), spend.expect("spending"));
        let today = axis.days.iter().find(|day| day.until == axis.as_of).expect("today");
        assert!(spend.this_month.is_some());
        assert_eq!(today.spent, spend.this_month);
        let (ahead, last) = (axis.ahead.as_ref().expect("it goes on"), axis.days.last().expect("days"));
        assert_eq!((axis.days.len(), last.ahead.as_ref(), &last.spent), (30, Some(ahead), &None));
        assert!(ahead.low.is_some() && ahead.high.is_some(), "{ahead:?}");
        assert_eq!(axis.before.as_deref(), Some("2026-10-01"));
        assert!(axis.days.iter().all(|day| day.before.is_some()), "all of October was told");
        let bought = axis.marks.iter().filter(|mark| mark.kind == SpentMarkKind::Bought).count();
        assert!(bought > 0 && axis.marks.is_sorted_by(|one, next| one.at <= next.at), "{:?}", axis.marks);
    }
}

#[test]
fn an_export_up_to_today_goes_on_at_its_average_and_one_up_to_the_day_before_is_not_foretold() {
    let rows = "2026-11-18,ada,m,2.5,10,1,1\n2026-11-20,bob,n,1.25,5,1,1\n";
    let (_desk, axis) = exported(rows);
    let axis = axis.expect("a month");
    let days = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"];
    let known = [None, Some("2.500000"), Some("2.500000"), Some("3.750000"), None];
    assert_eq!((spent(&axis, &days), &axis.ahead), (known.to_vec(), &None));
    let (_desk, axis) = exported(&format!("{rows}2026-11-21,ada,m,0.25,1,1,1\n"));
    let axis = axis.expect("a month");
    assert_eq!((spent(&axis, &days).pop(), axis.as_of.as_str()), (Some(Some("4.000000")), NOW));
    // 4 in three days and ten and a half hours; nine days and thirteen and a half hours are to come.
    assert_eq!(axis.ahead.map(|ahead| ahead.even).as_deref(), Some("15.127273"));
}

#[test]
fn from_a_cost_that_nobody_says_on_no_sum_is_shown() {
    let (_desk, axis) =
        exported("2026-11-18,ada,m,2.5,10,1,1\n2026-11-19,bob,n,?,5,1,1\n2026-11-21,ada,m,1,1,1,1\n");
    let axis = axis.expect("a month");
    assert_eq!(spent(&axis, &["2026-11-18", "2026-11-19", "2026-11-21"]), [Some("2.500000"), None, None]);
    assert_eq!((axis.ahead, axis.runs_out), (None, None));
}

#[test]
fn a_month_that_nothing_is_told_of_is_not_drawn() {
    let desk = Desk::at("2026-12-02T10:00:00Z");
    let path = desk.home().join("usage-30d-by-user-model.csv");
    let rows = "2026-11-18,ada,m,2.5,10,1,1\n2026-11-20,bob,n,1.25,5,1,1\n";
    fs::write(&path, format!("Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n{rows}"))
        .expect("a file");
    let account = desk.import(ImportKind::KiloUsage, Some(&path)).expect("an import").account;
    assert_eq!(desk.team(account).axis, None, "of December nothing is told yet");
}

/// What was spent in the month before by the end of some days.
fn before<'a>(axis: &'a SpentAxisView, dates: &[&str]) -> Vec<Option<&'a str>> {
    let on = |date: &&str| axis.days.iter().find(|day| day.date == *date).expect("a day of the month");
    dates.iter().map(on).map(|day| day.before.as_deref()).collect()
}

#[test]
fn the_month_before_stands_beside_it_as_far_as_exports_reach() {
    let rows = "2026-09-30,ada,m,7,10,1,1\n2026-10-02,ada,m,2.5,10,1,1\n2026-11-20,bob,n,1.25,5,1,1\n";
    let (_desk, axis) = exported(rows);
    let axis = axis.expect("a month");
    assert_eq!(axis.before.as_deref(), Some("2026-10-01"));
    let days = ["2026-11-01", "2026-11-02", "2026-11-30"];
    assert_eq!(before(&axis, &days), [Some("0.000000"), Some("2.500000"), Some("2.500000")]);
}

#[test]
fn a_month_that_an_export_begins_within_is_not_a_cheap_one() {
    let (_desk, axis) = exported("2026-10-20,ada,m,2.5,10,1,1\n2026-11-20,bob,n,1.25,5,1,1\n");
    let axis = axis.expect("a month");
    assert_eq!((before(&axis, &["2026-11-20", "2026-11-30"]), &axis.before), (vec![None, None], &None));
}

#[test]
fn days_between_two_exports_are_not_days_without_spending() {
    let desk = Desk::at(NOW);
    let mut account = None;
    for (named, rows) in [
        ("usage-2026-10-10.csv", "2026-09-30,ada,m,7,1,1,1\n2026-10-10,ada,m,2,1,1,1\n"),
        ("usage-2026-11-21.csv", "2026-10-25,ada,m,4,1,1,1\n2026-11-20,ada,m,3,1,1,1\n"),
    ] {
        let path = desk.home().join(named);
        let head = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens";
        fs::write(&path, format!("{head}\n{rows}")).expect("a file");
        account = Some(desk.import(ImportKind::KiloUsage, Some(&path)).expect("an import").account);
    }
    let axis = desk.team(account.expect("an account")).axis.expect("a month");
    let days = ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-25", "2026-11-30"];
    assert_eq!(before(&axis, &days), [Some("0.000000"), Some("2.000000"), None, None, None]);
}
