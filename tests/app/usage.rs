//! Usage in detail: sums that agree whatever they are told apart by, and pages that hold every row once.

use acceptance::{Desk, session};
use headroom_app::answers::{
    ImportKind, Unit, UsageBy, UsageMark, UsageQuery, UsageSort, UsageStep, UsageView,
};
use serde_json::json;
use std::collections::BTreeSet;
use tools::emulator::{Emulator, Team};

const NOW: &str = "2026-11-21T10:30:00Z";

/// Hundredths, or millionths.
fn units(amount: &str) -> i128 {
    amount.replace('.', "").parse().expect("digits")
}

fn query(sort: UsageSort, descending: bool, page: u32, search: &str) -> UsageQuery {
    UsageQuery { step: UsageStep::Day, search: search.to_owned(), sort, descending, page }
}

fn sums_agree(view: &UsageView) {
    let total = view.total.as_deref().map(units);
    let bars = view.bars.iter().filter_map(|bar| bar.amount.as_deref()).map(units);
    assert_eq!(Some(bars.sum()), total, "bars of {:?}", view.step);
    for group in &view.groups {
        let parts = group.parts.iter().map(|part| units(&part.amount)).sum();
        assert_eq!(Some(parts), total, "{:?} of {:?}", group.by, view.step);
    }
}

#[test]
fn whatever_usage_is_told_apart_by_the_sums_agree() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample().expect("a sample").id;
    for step in [UsageStep::Day, UsageStep::Week, UsageStep::Month] {
        let view = desk.headroom.usage(account, step).expect("usage");
        assert_eq!((view.unit, view.step), (Unit::Credits, step));
        sums_agree(&view);
        let has_sessions = view.groups.iter().any(|group| group.by == UsageBy::Session);
        assert_eq!(has_sessions, step == UsageStep::Day, "sessions are read of a month at most");
    }
    let bars = |step| desk.headroom.usage(account, step).expect("usage").bars;
    assert_eq!(
        (bars(UsageStep::Day).len(), bars(UsageStep::Week).len(), bars(UsageStep::Month).len()),
        (30, 26, 24)
    );
    let weeks = bars(UsageStep::Week);
    assert_eq!(
        (weeks[25].from.as_str(), weeks[25].to.as_str()),
        ("2026-11-16", "2026-11-21"),
        "from Monday to today"
    );
    assert_eq!((weeks[24].from.as_str(), weeks[24].to.as_str()), ("2026-11-09", "2026-11-15"));
    assert_eq!(weeks[0].amount, None, "before the sample began nothing is known");
}

#[test]
fn the_year_begins_on_a_monday_and_knows_little_from_much() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample().expect("a sample").id;
    let heat = desk.headroom.usage(account, UsageStep::Day).expect("usage").heat;
    assert_eq!(heat[0].date, "2025-11-17", "a Monday");
    assert_eq!(heat.last().map(|day| day.date.as_str()), Some("2026-11-21"));
    let levels: BTreeSet<_> = heat.iter().map(|day| day.level).collect();
    assert_eq!(levels, BTreeSet::from([0, 1, 2, 3, 4]));
    let most = heat.iter().max_by_key(|day| day.amount.as_deref().map(units)).expect("a day");
    assert_eq!(most.level, 4);
    assert!(heat.iter().all(|day| (day.level == 0) == day.amount.is_none()), "nothing recorded is no level");
}

#[test]
fn pages_hold_every_task_once_in_every_order() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample().expect("a sample").id;
    let count = desk.headroom.usage(account, UsageStep::Day).expect("usage").count.expect("counted");
    for sort in [UsageSort::Time, UsageSort::Amount, UsageSort::Model, UsageSort::Who] {
        for descending in [true, false] {
            let page =
                |page| desk.headroom.usage_rows(account, &query(sort, descending, page, "")).expect("rows");
            let first = page(0);
            assert_eq!(first.found, count);
            let rows: Vec<_> = (0..first.pages).flat_map(|number| page(number).rows).collect();
            assert_eq!(u64::try_from(rows.len()).expect("few"), count);
            let sum: i128 = rows.iter().filter_map(|row| row.amount.as_deref()).map(units).sum();
            let total = desk.headroom.usage(account, UsageStep::Day).expect("usage").total.expect("known");
            assert_eq!(sum, units(&total), "{sort:?}");
            if sort == UsageSort::Amount {
                let amounts: Vec<_> =
                    rows.iter().map(|row| units(row.amount.as_deref().expect("known"))).collect();
                let ordered =
                    |pair: &[i128]| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] };
                assert!(amounts.windows(2).all(ordered));
            }
        }
    }
    assert!(
        desk.headroom
            .usage_rows(account, &query(UsageSort::Time, true, 99, ""))
            .expect("rows")
            .rows
            .is_empty()
    );
}

#[test]
fn a_search_finds_what_is_written_and_no_pattern() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample().expect("a sample").id;
    let found = |search: &str| {
        desk.headroom.usage_rows(account, &query(UsageSort::Time, true, 0, search)).expect("rows").found
    };
    let models = desk.headroom.usage(account, UsageStep::Day).expect("usage").groups;
    let haiku =
        models[0].parts.iter().find(|part| part.name.as_deref() == Some("claude-haiku-4.5")).expect("used");
    assert_eq!(Some(found("HAIKU")), haiku.count);
    assert_eq!(found("sample-2026-11-10"), 19);
    assert_eq!(
        (found("%"), found("_"), found("\\"), found("'")),
        (0, 0, 0, 0),
        "signs of patterns are only signs"
    );
}

#[test]
fn tasks_of_unknown_cost_and_estimates_are_marked_and_in_no_sum() {
    let desk = Desk::at(NOW).with_sessions("sessions");
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US"}"#);
    desk.import(ImportKind::KiroSessions, None).expect("imported");
    let view = desk.headroom.usage(account, UsageStep::Month).expect("usage");
    sums_agree(&view);
    let rows = desk
        .headroom
        .usage_rows(account, &UsageQuery { step: UsageStep::Month, ..query(UsageSort::Amount, true, 0, "") })
        .expect("rows");
    let unknown: Vec<_> = rows.rows.iter().filter(|row| row.mark == UsageMark::Unknown).collect();
    assert_eq!(u32::try_from(unknown.len()).expect("few"), view.unknown);
    assert!(view.unknown > 0 && unknown.iter().all(|row| row.amount.is_none()));
    assert_eq!(rows.rows.last().map(|row| row.mark), Some(UsageMark::Unknown), "what isn't known comes last");
}

#[test]
fn a_team_is_told_by_model_and_member_in_dollars() {
    let emulator = Emulator::of(
        json!({"account": "kiro-individual", "events": [{"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}]}),
        NOW,
        0,
    );
    let spent = |day: u32, user: &str, model: &str, cost| {
        (format!("2026-11-{day:02}"), user.to_owned(), model.to_owned(), cost)
    };
    emulator.team(Team {
        spent: vec![
            spent(3, "ada@example.com", "a/one", 1_250_001),
            spent(3, "bob@example.com", "b/two", 2_000_000),
            spent(20, "ada@example.com", "b/two", 499_999),
        ],
        ..Team::of_three(NOW)
    });
    let desk = Desk::at(NOW).with_kilo(emulator.address(), "made-up");
    let account = desk.headroom.connect_kilo().expect("a team")[0].id;
    let nothing = desk.headroom.usage(account, UsageStep::Day).expect("usage");
    assert_eq!((nothing.total, nothing.heat.len()), (None, 0), "before it was asked nothing is known");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let view = desk.headroom.usage(account, UsageStep::Day).expect("usage");
    sums_agree(&view);
    assert_eq!((view.unit, view.total.as_deref()), (Unit::Dollars, Some("3.750000")));
    let by: Vec<_> = view.groups.iter().map(|group| group.by).collect();
    assert_eq!(by, [UsageBy::Model, UsageBy::User]);
    let rows = desk.headroom.usage_rows(account, &query(UsageSort::Amount, false, 0, "ada")).expect("rows");
    let amounts: Vec<_> = rows.rows.iter().filter_map(|row| row.amount.as_deref()).collect();
    assert_eq!(amounts, ["0.499999", "1.250001"]);
}

#[test]
fn a_session_by_its_id_is_found_among_many() {
    let desk = Desk::at(NOW);
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US"}"#);
    let file = desk.folder().join("other.json");
    std::fs::write(&file, session("needle", &[("2026-11-20T09:00:00Z", "1.50")])).expect("written");
    desk.import(ImportKind::KiroSessions, Some(&file)).expect("imported");
    desk.usage(&[("2026-11-19T09:00:00Z", "2.00")]);
    let rows = desk.headroom.usage_rows(account, &query(UsageSort::Time, true, 0, "needle")).expect("rows");
    assert_eq!((rows.found, rows.rows[0].amount.as_deref()), (1, Some("1.50")));
}
