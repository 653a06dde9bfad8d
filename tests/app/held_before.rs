//! Plans that were held before the one that is stated, and the months that they were charged for.

use crate::facts::{PRO, as_told, change, stands, state};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Kind};

/// What each month was charged, the newest first.
fn months(desk: &Desk, account: AccountNumber) -> Vec<(String, Option<String>)> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    periods.into_iter().map(|period| (period.id, period.total)).collect()
}

fn charged(desk: &Desk, account: AccountNumber, month: &str) -> Option<String> {
    months(desk, account).into_iter().find(|(id, _)| id == month).and_then(|(_, total)| total)
}

/// Found in November 2026: "which plan was held before was never stated", a minute after it was.
#[test]
fn a_plan_stated_before_holds_until_the_day_of_the_next_one() {
    let desk = Desk::at("2026-12-03T08:00:00Z");
    for (first, next, since, november, december) in [
        ("pro", "pro-plus", "2026-11-15", Some("40.00"), Some("40.00")),
        ("pro-plus", "pro", "2026-11-01", Some("20.00"), Some("20.00")),
        ("pro-plus", "pro", "2026-11-15", Some("40.00"), Some("20.00")),
        ("pro", "free", "2026-12-01", Some("20.00"), Some("0.00")),
        ("pro", "power", "2026-12-02", Some("20.00"), Some("200.00")),
    ] {
        let account = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
        state(&desk, account, &format!(r#"{{"plan": "{first}", "first_paid_on": "2026-06-01"}}"#));
        let closed = ["2026-06-01", "2026-07-01", "2026-10-01"];
        let before = closed.map(|month| charged(&desk, account, month));
        assert!(before.iter().all(Option::is_some), "{first}");
        state(&desk, account, &format!(r#"{{"plan": "{next}", "plan_since": "{since}"}}"#));
        let case = format!("{first} {next} {since}");
        assert_eq!(closed.map(|month| charged(&desk, account, month)), before, "{case}");
        assert_eq!(charged(&desk, account, "2026-11-01").as_deref(), november, "{case}");
        assert_eq!(charged(&desk, account, "2026-12-01").as_deref(), december, "{case}");
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        assert!(periods.iter().all(|period| period.notes.is_empty()), "{case}: {periods:?}");
    }
}

/// A recorded change holds until the day of the plan stated after it, and a corrected plan keeps what was before it.
#[test]
fn what_was_recorded_before_the_day_goes_on_to_count() {
    let desk = Desk::at("2026-09-10T08:00:00Z");
    let account = desk.facts(PRO);
    desk.headroom.change_plan(account, "pro-plus").expect("recorded");
    let desk = desk.later("2026-12-03T08:00:00Z");
    let saved = state(&desk, account, r#"{"plan": "pro", "plan_since": "2026-11-15"}"#);
    assert!(saved.replaced.is_empty(), "{saved:?}");
    assert_eq!(
        charged(&desk, account, "2026-11-01").as_deref(),
        Some("40.00"),
        "lower from the next cycle on"
    );
    let saved = state(&desk, account, r#"{"plan": "power", "plan_since": "2026-11-15"}"#);
    assert!(saved.changed);
    assert_eq!(stands(&desk, account), as_told("Power", "200.00"));
    assert_eq!(charged(&desk, account, "2026-09-01").as_deref(), Some("40.00"), "20.00, and 20.00 more");
    assert_eq!(charged(&desk, account, "2026-10-01").as_deref(), Some("40.00"));
    assert_eq!(charged(&desk, account, "2026-11-01").as_deref(), Some("200.00"));
}

/// Found in November 2026: another plan without a day rewrote closed months without a word.
#[test]
fn another_plan_without_a_day_does_not_rewrite_closed_months() {
    for (stated_on, plan) in [
        ("2026-06-02T09:00:00Z", "free"),
        ("2026-06-02T09:00:00Z", "power"),
        ("2026-10-21T10:00:00Z", "free"),
        // Also in the month in which it was stated: what was charged before it is closed all the same.
        ("2026-11-25T10:00:00Z", "power"),
        ("2026-11-25T23:59:59Z", "free"),
    ] {
        let desk = Desk::at(stated_on);
        let account = desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-06-01", "country": "US"}"#);
        let desk = desk.later("2026-11-26T09:00:00Z");
        let before = months(&desk, account);
        let run = desk.run(&["facts", "--plan", plan]);
        assert_ne!(run.status, 0, "{run:?}");
        let how = format!(
            "since when? headroom facts --plan {plan} --plan-since 2026-11-26; if it was always so: --plan-since \
             2026-06-01 (the first paid day)"
        );
        assert!(run.errors.contains(&how), "{run:?}");
        let refused = change(&format!(r#"{{"plan": "{plan}", "plan_since": null}}"#));
        assert!(desk.headroom.save_facts(Some(account), &refused).is_err(), "{plan}");
        assert_eq!(months(&desk, account), before, "{plan}");
        let run = desk.run(&["facts", "--plan", plan, "--plan-since", "2026-06-01"]);
        assert_eq!(run.status, 0, "{run:?}");
        let expected = if plan == "power" { "200.00" } else { "0.00" };
        assert_eq!(charged(&desk, account, "2026-10-01").as_deref(), Some(expected), "always so");
    }
}
