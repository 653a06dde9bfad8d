//! What Kilo's service tells of a month is told of its days only if it was asked in time.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator};
use headroom_app::answers::{SpentAxisView, UsageAsked, UsageRange};
use tools::emulator::Team;

/// What ada and bob spent, and on the last day asked about a dollar more.
fn spent(last: &str) -> Team {
    let mut team = Team::of_three(NOW);
    team.spent.push((last.to_owned(), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), 1_000_000));
    team
}

/// December of a team that was asked about on 21 November and then not before a moment.
fn december(again: &str) -> SpentAxisView {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    emulator.team(spent(&again[..10]));
    let desk = desk.later(again);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    desk.team(account).axis.expect("a month")
}

fn before<'a>(axis: &'a SpentAxisView, dates: &[&str]) -> Vec<Option<&'a str>> {
    let on = |date: &&str| axis.days.iter().find(|day| day.date == *date).expect("a day of the month");
    dates.iter().map(on).map(|day| day.before.as_deref()).collect()
}

const DAYS: [&str; 5] = ["2026-12-16", "2026-12-20", "2026-12-21", "2026-12-30", "2026-12-31"];

#[test]
fn the_same_days_of_a_month_that_was_told_whole_add_up() {
    let axis = december("2026-12-05T10:00:00Z");
    assert_eq!(axis.before.as_deref(), Some("2026-11-01"));
    let november = Some("37.500000");
    assert_eq!(before(&axis, &DAYS), [Some("0.000000"), november, november, november, None]);
}

#[test]
fn days_about_which_kilo_was_not_asked_in_time_are_not_days_without_spending() {
    // It tells of 31 days: of 21 to 25 November nobody knows.
    let axis = december("2026-12-27T10:00:00Z");
    assert_eq!(before(&axis, &DAYS), [Some("0.000000"), Some("37.500000"), None, None, None]);
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let axis = desk.team(account).axis.expect("a month");
    assert_eq!(axis.before, None, "of October the last days are told, and not the first");
}

/// Found in November 2026: "$37.50 spent, 650% more than October 2026 by this day", of one day of October that was told.
#[test]
fn usage_is_not_compared_with_a_month_that_was_told_in_part() {
    let compared = |again: Option<&str>| {
        let mut team = Team::of_three(NOW);
        let early =
            ("2026-10-21".to_owned(), "bob@example.com".to_owned(), "openai/gpt-5".to_owned(), 5_000_000);
        team.spent.push(early);
        let emulator = emulator(team);
        let (mut desk, account) = desk(&emulator, TOKEN);
        desk.headroom.refresh(account, false, false).expect("a refresh");
        if let Some(again) = again {
            emulator.team(spent(&again[..10]));
            desk = desk.later(again);
            desk.headroom.refresh(account, false, false).expect("a refresh");
        }
        let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
        desk.headroom.usage(account, &asked).expect("usage").change.map(|change| change.month)
    };
    assert_eq!(compared(None), None);
    assert_eq!(compared(Some("2026-12-20T10:00:00Z")).as_deref(), Some("2026-11"), "all of it was told");
}

/// Found in November 2026: the older form of one's own spending begins thirty days ago to the second. What it tells of that
/// day is what was spent in the evening, and took the place of what had been told of all of it.
#[test]
fn a_part_of_a_day_takes_the_place_of_no_whole_one() {
    let of = |first: u64, last: &str| {
        let mut team = spent(last);
        let early = ("2026-12-01".to_owned(), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), first);
        team.spent.push(early);
        Team { owner: false, analytics: false, ..team }
    };
    let emulator = emulator(of(5_000_000, "2026-12-30"));
    let (desk, account) = desk(&emulator, TOKEN);
    let desk = desk.later("2026-12-30T10:00:00Z");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    emulator.team(of(2_000_000, "2026-12-30"));
    let desk = desk.later("2026-12-31T10:00:00Z");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(desk.team(account).spend.expect("spending").this_month.as_deref(), Some("6.000000"));
}

/// Found in November 2026: "$6.00 spent" on 31 December, where the older form told of the days from the second on and nobody had
/// asked before.
#[test]
fn what_was_spent_before_the_first_answer_of_a_long_month_is_said_to_be_missing() {
    for (asked_before, analytics) in [(false, false), (true, false), (false, true)] {
        let team = Team { owner: false, analytics, ..spent("2026-12-30") };
        let emulator = emulator(team);
        let (mut desk, account) = desk(&emulator, TOKEN);
        if asked_before {
            desk = desk.later("2026-12-15T10:00:00Z");
            desk.headroom.refresh(account, false, false).expect("a refresh");
        }
        let desk = desk.later("2026-12-31T10:00:00Z");
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let is_missing = !asked_before && !analytics;
        let spend = desk.team(account).spend.expect("spending");
        assert_eq!(spend.this_month.as_deref(), Some("1.000000"));
        assert_eq!(
            spend.told_since.as_deref(),
            is_missing.then_some("2026-12-02"),
            "{asked_before}, {analytics}"
        );
        assert!(spend.this_month_at_least, "who isn't its owner sees a part of what the team spent");
        let status = desk.run(&["status"]).output;
        assert_eq!(status.contains("from 2 December 2026 on: what was spent before is missing"), is_missing);
        assert!(status.contains("at least $1.00 spent"), "{status}");
    }
}
