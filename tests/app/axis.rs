//! The running cycle by day: from Kiro's count where that leads, else from the tasks recorded here, beside the month before.

use crate::said::kiro_says;
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, AxisDayView, AxisView, Standing, UsedFrom};
use serde_json::{Value, json};

const NOW: &str = "2026-11-25T18:00:00Z";
const PRO: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#;

/// What Kiro says: so many credits of 1,000, until a moment.
fn row(used: f64, resets_at: u32) -> Value {
    json!({"bonuses": [], "currency": "USD", "currentOverages": 0, "currentOveragesWithPrecision": 0,
        "currentUsage": 0, "currentUsageWithPrecision": used, "displayName": "Credit",
        "nextDateReset": resets_at, "overageCap": 10_000, "overageCharges": 0.0, "overageRate": 0.04,
        "resourceType": "CREDIT", "unit": "INVOCATIONS", "usageLimit": 1_000, "usageLimitWithPrecision": 1_000.0})
}

fn axis(desk: &Desk, account: AccountNumber) -> AxisView {
    let Standing::KiroIndividual(view) = desk.headroom.standing(account).expect("it stands") else {
        panic!("one person's");
    };
    view.axis
}

fn day<'a>(axis: &'a AxisView, date: &str) -> &'a AxisDayView {
    axis.days.iter().find(|day| day.date == date).expect(date)
}

/// Used by the end of some days, in all and by the tasks recorded here.
fn used<'a>(axis: &'a AxisView, dates: &[&str]) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    dates
        .iter()
        .map(|date| day(axis, date))
        .map(|day| (day.used.as_deref(), day.recorded.as_deref()))
        .collect()
}

#[test]
fn recorded_tasks_add_up_by_day_and_the_month_before_stands_beside_them() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.usage(&[
        ("2026-10-02T09:00:00Z", "40"),
        ("2026-10-30T09:00:00Z", "60"),
        ("2026-11-03T09:00:00Z", "100"),
        ("2026-11-20T09:00:00Z", "200.50"),
    ]);
    let axis = axis(&desk, account);
    let known = used(&axis, &["2026-11-01", "2026-11-03", "2026-11-24", "2026-11-25", "2026-11-26"]);
    let by = [Some("0.00"), Some("100.00"), Some("300.50"), Some("300.50"), None];
    assert_eq!(known, by.map(|used| (used, None)));
    assert_eq!((axis.days.len(), day(&axis, "2026-11-25").until.as_str()), (30, NOW));
    let before = axis.before.as_ref().expect("October");
    assert_eq!((before.first_day.as_str(), before.from), ("2026-10-01", UsedFrom::Recorded));
    let before = |date: &str| day(&axis, date).before.clone();
    assert_eq!(before("2026-11-01"), None, "before the first task that is recorded nothing is known");
    assert_eq!((before("2026-11-02"), before("2026-11-30")), (Some("40.00".into()), Some("100.00".into())));
    // It leads where the pace does: 300.50 in 24 days and 18 hours.
    let last = day(&axis, "2026-11-30").ahead.as_ref().expect("it leads");
    assert_eq!(Some(last), axis.ahead.as_ref());
    assert_eq!((last.even.as_str(), axis.from), ("364.24", UsedFrom::Recorded));
}

#[test]
fn where_kiro_counts_its_last_count_of_a_day_stands_for_it_and_a_day_without_one_is_a_gap() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.usage(&[("2026-11-21T09:00:00Z", "80"), ("2026-11-25T17:30:00Z", "5")]);
    for (at, used) in [
        ("2026-10-20T09:00:00Z", 700.0),
        ("2026-11-20T09:00:00Z", 300.0),
        ("2026-11-20T21:00:00Z", 312.5),
        ("2026-11-22T10:00:00Z", 312.5),
        ("2026-11-24T10:00:00Z", 400.25),
        ("2026-11-25T12:00:00Z", 410.0),
    ] {
        let reset = if at < "2026-11" { 1_793_491_200 } else { 1_796_083_200 };
        kiro_says(&desk, account, at, &row(used, reset));
    }
    let axis = axis(&desk, account);
    let days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-23", "2026-11-24", "2026-11-25"];
    assert_eq!(
        used(&axis, &days),
        [
            (None, Some("0.00")),
            (Some("312.50"), Some("0.00")),
            (Some("312.50"), Some("80.00")),
            (None, Some("80.00")),
            (Some("400.25"), Some("80.00")),
            // What is recorded after Kiro's last word comes to it.
            (Some("415.00"), Some("85.00")),
        ]
    );
    let before = axis.before.as_ref().map(|before| before.from);
    assert_eq!((axis.from, before), (UsedFrom::Kiro, Some(UsedFrom::Kiro)));
    let ahead = axis.ahead.expect("it leads");
    assert_eq!((ahead.low, ahead.high), (None, None), "no range while a day isn't known");
}

#[test]
fn a_cycle_that_is_no_calendar_month_is_drawn_as_kiro_renews_it() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.usage(&[
        ("2026-11-10T11:00:00Z", "7"),
        ("2026-11-10T13:00:00Z", "30"),
        ("2026-11-12T09:00:00Z", "20"),
    ]);
    // From noon on the tenth to noon on the tenth.
    kiro_says(&desk, account, "2026-11-25T12:00:00Z", &row(120.0, 1_796_904_000));
    let axis = axis(&desk, account);
    let (first, last) = (axis.days.first().expect("days"), axis.days.last().expect("days"));
    assert_eq!((first.date.as_str(), last.date.as_str()), ("2026-11-10", "2026-12-10"));
    assert_eq!(last.until, "2026-12-10T12:00:00Z");
    assert_eq!(first.recorded.as_deref(), Some("30.00"), "what was before noon is of the cycle before");
    assert_eq!(day(&axis, "2026-11-25").used.as_deref(), Some("120.00"));
}

#[test]
fn where_nothing_is_known_every_day_is_unknown() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    let axis = axis(&desk, account);
    assert!(axis.days.iter().all(|day| day.used.is_none() && day.ahead.is_none() && day.before.is_none()));
    assert_eq!((axis.limit, axis.ahead, axis.runs_out, axis.before), (None, None, None, None));
}
