//! What Kiro's own count says: of days whose tasks aren't recorded here, and beyond those that are.

use crate::said::kiro_says;
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Bound, BreakdownBy, CountedDayView};
use serde_json::{Value, json};

const NOW: &str = "2026-11-25T18:00:00Z";
const PRO: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": true}"#;

/// Someone whose answers are kept, each with so many credits used of a limit.
fn counted(answers: &[(&str, f64, u32)]) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    for (at, used, limit) in answers {
        kiro_says(&desk, account, at, &row(*used, *limit));
    }
    (desk, account)
}

fn row(used: f64, limit: u32) -> Value {
    json!({"bonuses": [], "currency": "USD", "currentOverages": 0, "currentOveragesWithPrecision": 0,
        "currentUsage": 0, "currentUsageWithPrecision": used, "displayName": "Credit",
        "nextDateReset": 1_796_083_200, "overageCap": 10_000, "overageCharges": 0.0, "overageRate": 0.04,
        "resourceType": "CREDIT", "unit": "INVOCATIONS", "usageLimit": limit,
        "usageLimitWithPrecision": f64::from(limit)})
}

fn line(day: &CountedDayView) -> String {
    let text = |name: &str, text: &Option<String>| text.as_ref().map(|text| format!(" {name} {text}"));
    let parts = [
        text("used", &day.used),
        text("fell", &day.fell),
        text("since", &day.since),
        text("before", &day.of_before),
        text("on", &day.counted_on),
    ];
    day.date.clone() + &parts.into_iter().flatten().collect::<String>()
}

fn days(desk: &Desk, account: AccountNumber) -> Vec<String> {
    let usage = desk.headroom.breakdown(account, BreakdownBy::Day, None, None).expect("usage");
    usage.counted.expect("counted").days.iter().map(line).collect()
}

#[test]
fn whose_tasks_are_not_recorded_has_days_from_the_answers() {
    let (desk, account) = counted(&[
        ("2026-11-20T09:00:00Z", 300.0, 1_000),
        ("2026-11-20T21:00:00Z", 312.5, 1_000),
        // Another limit is no usage, and the same count on both sides is nothing on any of the days.
        ("2026-11-22T07:00:00Z", 312.5, 2_000),
        ("2026-11-23T10:00:00Z", 330.0, 2_000),
        ("2026-11-25T10:00:00Z", 400.25, 2_000),
        ("2026-11-25T12:00:00Z", 390.25, 2_000),
    ]);
    let of_days = days(&desk, account);
    assert_eq!(of_days[0], "2026-11-01 on 2026-11-20");
    let shown: Vec<_> = of_days.iter().skip(19).map(String::as_str).collect();
    assert_eq!(
        shown,
        [
            "2026-11-20 used 312.50 since 2026-11-01T00:00:00Z before 300.00",
            "2026-11-21 used 0.00",
            "2026-11-22 used 0.00 on 2026-11-23",
            "2026-11-23 used 17.50 since 2026-11-22T07:00:00Z before 17.50 on 2026-11-25",
            "2026-11-24 on 2026-11-25",
            "2026-11-25 used 70.25 fell 10.00 since 2026-11-23T10:00:00Z before 70.25",
        ]
    );
    let run = desk.run(&["usage", "--by", "day", "--csv", "--from", "2026-11-24"]);
    assert_eq!(
        run.output,
        "name,title,metered,estimated,sum,tasks,unknown,at_least,counted,fell,counted_since,counted_before,counted_on,counted_at_least\n\
         2026-11-24,,,,,,,,,,,,2026-11-25,false\n\
         2026-11-25,,,,,,,,70.25,10.00,2026-11-23T10:00:00Z,70.25,,false\n\
         total,,,,,,,,70.25,10.00,,,,false\n"
    );
    let run = desk.run(&["usage", "--by", "day", "--from", "2026-11-24"]);
    for said in [
        "24 November 2026  counted with 25 November 2026",
        "25 November 2026  Kiro counted 70.25, of which 70.25 since 23 November 2026, 10:00 UTC, and took 10 back",
        "The tasks of these days aren't on this computer.",
        "70.25  by Kiro's own count",
    ] {
        assert!(run.output.contains(said), "{said}\n{}", run.output);
    }
    let json: Value = serde_json::from_str(&desk.run(&["usage", "--json"]).output).expect("JSON");
    assert_eq!((&json["counted"]["used"], &json["counted"]["fell"]), (&json!("400.25"), &json!("10.00")));
}

#[test]
fn an_answer_that_is_given_again_tells_that_nothing_was_used() {
    let (desk, account) = counted(&[
        ("2026-11-01T00:10:00Z", 1.0, 1_000),
        ("2026-11-01T20:00:00Z", 1.0, 1_000),
        ("2026-11-03T08:00:00Z", 1.0, 1_000),
    ]);
    assert_eq!(
        days(&desk, account),
        ["2026-11-01 used 1.00", "2026-11-02 used 0.00", "2026-11-03 used 0.00"]
    );
}

#[test]
fn before_kiro_was_asked_nothing_is_counted() {
    let (desk, account) = counted(&[]);
    let usage = desk.headroom.breakdown(account, BreakdownBy::Day, None, None).expect("usage");
    assert_eq!((usage.counted, usage.elsewhere, usage.recorded_more), (None, None, None));
}

#[test]
fn what_kiro_counts_beyond_the_recorded_tasks_is_a_share_and_never_less_than_nothing() {
    let elsewhere = |recorded: &str| {
        let desk = Desk::at(NOW);
        let account = desk.facts(PRO);
        desk.usage(&[("2026-11-10T09:00:00Z", recorded)]);
        kiro_says(&desk, account, "2026-11-25T17:00:00Z", &row(400.0, 1_000));
        let usage = desk.headroom.breakdown(account, BreakdownBy::Model, None, None).expect("usage");
        let beyond = usage.elsewhere.map(|beyond| (beyond.credits, beyond.percent, beyond.bound));
        (beyond, usage.recorded_more, desk.run(&["status"]).output)
    };
    let (beyond, more, status) = elsewhere("296.80");
    assert_eq!((beyond, more), (Some(("103.20".to_owned(), 25, Bound::Exactly)), None));
    assert!(
        status.contains("Elsewhere     103.20 credits, 25 % of Kiro's count, in Kiro's IDE or on the web"),
        "{status}"
    );
    let (beyond, more, status) = elsewhere("400.00");
    assert_eq!((beyond, more), (None, None));
    assert!(!status.contains("Elsewhere"), "{status}");
    let (beyond, more, _) = elsewhere("412.00");
    assert_eq!((beyond, more.as_deref()), (None, Some("12.00")), "recorded more than counted is said");
}

#[test]
fn where_what_is_recorded_is_the_least_what_is_elsewhere_is_the_most() {
    let desk = Desk::at(NOW).with_sessions("sessions");
    let account = desk.facts(PRO);
    desk.import(headroom_app::answers::ImportKind::KiroSessions, None).expect("imported");
    kiro_says(&desk, account, "2026-11-25T17:00:00Z", &row(4_000.0, 10_000));
    let usage = desk.headroom.breakdown(account, BreakdownBy::Model, None, None).expect("usage");
    let beyond = usage.elsewhere.expect("elsewhere");
    let least = usage.least > 0;
    assert_eq!(beyond.bound == Bound::AtMost, least, "{beyond:?}");
    let status = desk.run(&["status"]).output;
    assert_eq!(status.contains("Elsewhere     at most "), least, "{status}");
}
