//! Usage in detail: sums that agree whatever they are told apart by, and pages that hold every row once.

use acceptance::{Desk, session};
use headroom_app::answers::{
    AccountNumber, ImportKind, Kind, Standing, Unit, UsageAsked, UsageBy, UsageChosen, UsageMark, UsageQuery,
    UsageRange, UsageSort, UsageStep, UsageView,
};
use serde_json::json;
use tools::emulator::{Emulator, Team};

const NOW: &str = "2026-11-21T10:30:00Z";

/// Hundredths, or millionths.
fn units(amount: &str) -> i128 {
    amount.replace('.', "").parse().expect("digits")
}

fn query(sort: UsageSort, descending: bool, page: u32, search: &str) -> UsageQuery {
    let range = UsageRange::Days { days: 30 };
    UsageQuery { range, only: Vec::new(), search: search.to_owned(), sort, descending, page }
}

fn asked(range: UsageRange, split: Option<UsageBy>) -> UsageAsked {
    UsageAsked { range, split, only: Vec::new() }
}

fn month(month: &str) -> UsageRange {
    UsageRange::Month { month: month.to_owned() }
}

fn used(desk: &Desk, account: AccountNumber, range: UsageRange) -> UsageView {
    desk.headroom.usage(account, &asked(range, Some(UsageBy::Model))).expect("usage")
}

/// The last 30 days.
fn recent(desk: &Desk, account: AccountNumber) -> UsageView {
    used(desk, account, UsageRange::Days { days: 30 })
}

fn sums_agree(view: &UsageView) {
    let total = view.total.as_deref().map(units);
    let bars = view.bars.iter().filter_map(|bar| bar.amount.as_deref()).map(units);
    assert_eq!(Some(bars.sum()), total, "bars of {:?}", view.step);
    for group in &view.groups {
        let parts = group.parts.iter().map(|part| units(&part.amount)).sum();
        assert_eq!(Some(parts), total, "{:?} of {:?}", group.by, view.step);
    }
    for bar in view.bars.iter().filter(|_| view.split.is_some()) {
        let layers: i128 = bar.layers.iter().map(|layer| units(layer)).sum();
        assert_eq!(layers, bar.amount.as_deref().map_or(0, units), "layers of {}", bar.from);
        assert_eq!(bar.layers.len(), view.layers.len());
    }
    if !view.hours.is_empty() {
        let hours = view.hours.iter().map(|hour| units(&hour.amount)).sum();
        assert_eq!(Some(hours), total, "hours");
    }
}

#[test]
fn whatever_usage_is_told_apart_by_the_sums_agree() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let own = |from: &str, to: &str| UsageRange::Own { from: from.to_owned(), to: to.to_owned() };
    for (range, step, from, bars) in [
        (UsageRange::Running, UsageStep::Day, "2026-11-01", 21),
        (UsageRange::Days { days: 7 }, UsageStep::Day, "2026-11-15", 7),
        (UsageRange::Days { days: 90 }, UsageStep::Week, "2026-08-24", 13),
        (month("2026-10"), UsageStep::Day, "2026-10-01", 31),
        (own("2026-11-10", "2026-11-10"), UsageStep::Day, "2026-11-10", 1),
        (own("2025-01-01", "2026-11-21"), UsageStep::Month, "2025-01-01", 23),
    ] {
        for split in [None, Some(UsageBy::Model), Some(UsageBy::Session), Some(UsageBy::Client)] {
            let view = desk.headroom.usage(account, &asked(range.clone(), split)).expect("usage");
            assert_eq!((view.unit, view.step), (Unit::Credits, step), "{range:?}");
            assert_eq!((view.from.as_str(), view.bars.len()), (from, bars), "{range:?}");
            assert_eq!(view.split, split);
            sums_agree(&view);
        }
    }
    let weeks = used(&desk, account, UsageRange::Days { days: 90 }).bars;
    assert_eq!(
        (weeks[12].from.as_str(), weeks[12].to.as_str()),
        ("2026-11-16", "2026-11-21"),
        "from Monday on"
    );
    assert_eq!((weeks[11].from.as_str(), weeks[11].to.as_str()), ("2026-11-09", "2026-11-15"));
    let before = used(&desk, account, month("2024-12"));
    assert_eq!((before.total, before.is_counted), (None, false), "before the sample began nothing is known");
}

#[test]
fn what_is_chosen_is_looked_at_alone_and_of_one_kind_together() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let all = recent(&desk, account);
    let models = &all.groups.iter().find(|group| group.by == UsageBy::Model).expect("models").parts;
    let chosen =
        |part: usize| UsageChosen { by: UsageBy::Model, name: models[part].name.clone().expect("a name") };
    let only = |only: Vec<UsageChosen>| {
        let asked = UsageAsked { only, ..asked(UsageRange::Days { days: 30 }, Some(UsageBy::Model)) };
        let view = desk.headroom.usage(account, &asked).expect("usage");
        sums_agree(&view);
        let rows = UsageQuery { only: asked.only, ..query(UsageSort::Time, true, 0, "") };
        let rows = desk.headroom.usage_rows(account, &rows).expect("rows");
        assert_eq!(
            (Some(rows.found), rows.total.as_ref()),
            (view.count, view.total.as_ref()),
            "the table's sum"
        );
        units(view.total.as_deref().expect("known"))
    };
    let amount = |part: usize| units(&models[part].amount);
    assert_eq!(only(vec![chosen(0)]), amount(0));
    assert_eq!(only(vec![chosen(0), chosen(1)]), amount(0) + amount(1));
    let session = UsageChosen { by: UsageBy::Session, name: "sample-2026-11-10".to_owned() };
    let both = only(vec![session.clone()]) - only(vec![session.clone(), chosen(0)]);
    let others: Vec<_> = (1..models.len()).map(chosen).chain([session]).collect();
    assert_eq!(both, only(others), "a session is what its models used");
}

#[test]
fn a_month_is_told_beside_the_same_days_of_the_one_before() {
    let desk = Desk::at("2026-11-21T10:30:00Z");
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US"}"#);
    desk.usage(&[
        ("2026-10-03T09:00:00Z", "100.00"),
        ("2026-10-21T23:00:00Z", "50.00"),
        ("2026-10-22T00:00:00Z", "900.00"),
        ("2026-11-03T09:00:00Z", "177.00"),
    ]);
    let view = used(&desk, account, UsageRange::Running);
    let change = view.change.expect("a month before");
    assert_eq!(
        (change.percent, change.more, change.month.as_str(), change.amount.as_str()),
        (18, true, "2026-10", "150.00")
    );
    let before: Vec<_> =
        view.bars.iter().filter_map(|bar| Some((bar.from.as_str(), bar.before.as_deref()?))).collect();
    assert_eq!(before, [("2026-11-03", "100.00"), ("2026-11-21", "50.00")]);
    assert!(used(&desk, account, UsageRange::Days { days: 30 }).change.is_none(), "no month's days");
    assert!(used(&desk, account, month("2026-10")).change.is_none(), "of September nothing is known");
    assert_eq!(view.months, ["2026-11", "2026-10"]);
}

#[test]
fn ranges_that_are_none_are_refused_by_name() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    for (range, said) in [
        (month("2026-13"), "\"2026-13\""),
        (month("soon"), "\"soon\""),
        (UsageRange::Own { from: "2026-11-05".to_owned(), to: "2026-11-04".to_owned() }, "2026-11-05"),
        (UsageRange::Own { from: "x".to_owned(), to: "2026-11-04".to_owned() }, "x"),
    ] {
        let error = desk.headroom.usage(account, &asked(range, None)).expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
    }
    let far = UsageRange::Own { from: "0001-01-01".to_owned(), to: "9999-12-31".to_owned() };
    assert!(desk.headroom.usage(account, &asked(far, None)).is_ok());
}

#[test]
fn a_selection_is_saved_row_by_row_with_its_sum() {
    let desk = Desk::at(NOW);
    let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US"}"#);
    let turns: Vec<_> = (0..120)
        .map(|minute| (format!("2026-11-19T{:02}:{:02}:00Z", minute / 60, minute % 60), "0.50"))
        .collect();
    let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.as_str(), *credits)).collect();
    desk.usage(&turns);
    let saved = desk.headroom.export_usage(account, &query(UsageSort::Time, false, 0, "")).expect("a table");
    assert_eq!(std::path::Path::new(&saved.name).extension(), Some("csv".as_ref()), "{}", saved.name);
    let text = String::from_utf8(saved.bytes).expect("text");
    assert_eq!(text.lines().count(), 122, "every page, the columns' names and the sum");
    assert!(
        text.starts_with(
            "at,credits,model_or_client,session_or_user,count,known\n2026-11-19T00:00:00Z,0.50,"
        ),
        "{text}"
    );
    assert!(text.ends_with("total,60.00,,,120,\n"), "{text}");
}

#[test]
fn pages_hold_every_task_once_in_every_order() {
    let desk = Desk::at(NOW);
    let account = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let count = recent(&desk, account).count.expect("counted");
    for sort in [UsageSort::Time, UsageSort::Amount, UsageSort::Model, UsageSort::Who] {
        for descending in [true, false] {
            let page =
                |page| desk.headroom.usage_rows(account, &query(sort, descending, page, "")).expect("rows");
            let first = page(0);
            assert_eq!(first.found, count);
            let rows: Vec<_> = (0..first.pages).flat_map(|number| page(number).rows).collect();
            assert_eq!(u64::try_from(rows.len()).expect("few"), count);
            let sum: i128 = rows.iter().filter_map(|row| row.amount.as_deref()).map(units).sum();
            let total = recent(&desk, account).total.expect("known");
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
    let account = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let found = |search: &str| {
        desk.headroom.usage_rows(account, &query(UsageSort::Time, true, 0, search)).expect("rows").found
    };
    let models = recent(&desk, account).groups;
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
    let view = used(&desk, account, UsageRange::Days { days: 700 });
    sums_agree(&view);
    let rows = desk
        .headroom
        .usage_rows(
            account,
            &UsageQuery { range: UsageRange::Days { days: 700 }, ..query(UsageSort::Amount, true, 0, "") },
        )
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
    let nothing = recent(&desk, account);
    assert_eq!((nothing.total, nothing.groups.len()), (None, 0), "before it was asked nothing is known");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let view = recent(&desk, account);
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

/// Usage ended today: where it leads stood in the Overview alone, and the two must say the same.
#[test]
fn the_running_month_goes_on_to_its_renewal_at_the_overviews_pace() {
    let desk = Desk::at(NOW);
    let account = desk.facts(crate::PRO);
    desk.usage(&[("2026-11-03T09:00:00Z", "120"), ("2026-11-18T09:00:00Z", "200")]);
    let running = used(&desk, account, UsageRange::Running);
    let ahead = running.ahead.expect("days to come");
    let Ok(Standing::KiroIndividual(overview)) = desk.headroom.standing(account) else { panic!("a person") };
    let days =
        (ahead.days.first().map(String::as_str), ahead.days.last().map(String::as_str), ahead.days.len());
    assert_eq!(days, (Some("2026-11-22"), Some("2026-11-30"), 9));
    assert_eq!(ahead.renews_at, overview.cycle.end);
    // 1,000 in 30 days; 320 in 20 days, 10 hours and 30 minutes.
    assert_eq!(ahead.even_a_day.as_deref(), Some("33.33"));
    let leads = ahead.leads.expect("a pace");
    assert_eq!((leads.a_day.as_str(), Some(leads.comes_to)), ("15.66", overview.axis.ahead));
    // Other days, and a part of the usage, lead nowhere.
    assert_eq!(used(&desk, account, UsageRange::Days { days: 30 }).ahead, None);
    let part = UsageAsked {
        only: vec![UsageChosen { by: UsageBy::Model, name: "auto".to_owned() }],
        ..asked(UsageRange::Running, None)
    };
    assert_eq!(desk.headroom.usage(account, &part).expect("usage").ahead, None);
}
