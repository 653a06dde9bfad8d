//! Answers that can't be right, and answers about another cycle (rules V2, V3): none takes the place of a good one.

use super::{NOW, TOKEN, account_at_kiro, desk, overview, written};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, Vendor};
use headroom_app::words;
use headroom_exact::saying::Value as Said;
use headroom_exact::{Moment, Saying};
use serde_json::{Value, json};
use tools::emulator::{Emulator, Fault};

/// An answer of Kiro's with these rows, and a reset at the end of the month.
fn with_rows(rows: &str) -> String {
    format!(
        r#"{{"nextDateReset":1796083200,"subscriptionInfo":{{"subscriptionTitle":"KIRO PRO"}},"usageBreakdownList":[{rows}],
        "userInfo":{{"userId":"d-1234567890.ada"}}}}"#
    )
}

/// An answer with one row of credits that says this.
fn saying(fields: &str) -> String {
    with_rows(&format!(r#"{{"resourceType":"CREDIT","currency":"USD",{fields}}}"#))
}

/// Has the emulator answer so from now on.
fn answers(emulator: &Emulator, body: String) {
    emulator.fail(Some(Fault::Says("200 OK", body.leak())));
}

/// The code of what is said, and of the reason in it.
fn codes(failure: Option<&Saying>) -> (String, String) {
    let Some(failure) = failure else { return Default::default() };
    let reason = failure.values().find_map(|(_, value)| {
        if let Said::Saying(reason) = value { Some(reason.code().to_owned()) } else { None }
    });
    (failure.code().to_owned(), reason.unwrap_or_default())
}

/// Figures that can't be right, each with why.
fn odd() -> Vec<(String, &'static str)> {
    let good = r#""currentUsage":20,"usageLimit":1000"#;
    let row = |kind: &str, fields: &str| format!(r#"{{"resourceType":"{kind}",{fields}}}"#);
    let several = |one: &str, other: &str| with_rows(&[row("CREDIT", one), row("CREDIT", other)].join(","));
    vec![
        (saying(r#""currentUsage":-5,"usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsageWithPrecision":-5,"currentUsage":12,"usageLimit":1000"#), "odd-used"),
        (saying(r#""usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":null,"usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":"NaN","usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":"20","usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":[20],"usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":1e300,"usageLimit":1000"#), "odd-used"),
        (saying(r#""currentUsage":1000000000.01,"usageLimit":1000"#), "odd-too-much"),
        (saying(r#""currentUsage":99999999999999999999,"usageLimit":1000"#), "odd-too-much"),
        (saying(r#""currentUsage":20"#), "odd-limit"),
        (saying(r#""currentUsage":20,"usageLimit":-1"#), "odd-limit"),
        (saying(r#""currentUsage":20,"usageLimit":"unlimited""#), "odd-limit"),
        (saying(r#""currentUsage":20,"usageLimit":1000,"currentOverages":"none""#), "odd-overage"),
        (saying(r#""currentUsage":20,"usageLimit":1000,"currentOverages":-1"#), "odd-overage"),
        (saying(r#""currentUsage":100,"usageLimit":10000,"currentOverages":3603.49"#), "odd-more-overage"),
        (several(good, r#""currentUsage":30,"usageLimit":1000"#), "odd-several-rows"),
        (several(good, r#""currentUsage":20,"usageLimit":2000"#), "odd-several-rows"),
        (with_rows(&row("VIBE", r#""currentUsage":3,"usageLimit":225"#)), "odd-no-credits"),
        (
            with_rows(&[row("VIBE", r#""currentUsage":3,"usageLimit":225"#), row("SPEC", good)].join(",")),
            "odd-no-credits",
        ),
        (with_rows(&row("AGENTIC_REQUEST", good)), "odd-no-credits"),
    ]
}

#[test]
fn an_odd_answer_never_takes_the_place_of_a_good_one() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a good answer first");
    for (index, (body, reason)) in odd().into_iter().enumerate() {
        answers(&emulator, body.clone());
        let now = format!("2026-11-21T10:{:02}:00Z", index + 1);
        desk.wait_until(&now);
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        assert_eq!(codes(refreshed.failure.as_ref()), ("answer-odd".to_owned(), reason.to_owned()), "{body}");
        assert_eq!(written(refreshed.failed_at).as_deref(), Some(now.as_str()), "{body}");
        assert_eq!(
            written(refreshed.last_success).as_deref(),
            Some(NOW),
            "{body}: the last good one keeps its date"
        );
        let view = overview(&desk, account);
        assert_eq!(view.left.as_deref(), Some("387.60"), "{body}");
        assert_eq!(view.quoted.expect("Kiro's figures").at.to_string(), NOW, "{body}");
    }
    let now = "2026-11-21T11:00:00Z";
    desk.wait_until(now);
    let refreshed = desk.run(&["refresh"]);
    assert_eq!((refreshed.status, refreshed.output.as_str()), (1, ""));
    let said = "Kiro's answer can't be right: it counts requests, not credits. It isn't used.";
    for command in ["refresh", "status", "doctor"] {
        let run = desk.run(&[command]);
        let either = if command == "refresh" { "was not asked" } else { said };
        assert!(format!("{}{}", run.output, run.errors).contains(either), "{command}: {run:?}");
    }
    assert!(refreshed.errors.contains(said), "{}", refreshed.errors);
    // It stands in the records, by itself.
    let kept = rusqlite::Connection::open(desk.headroom.paths().database()).expect("the database");
    let count = |source: &str| {
        let sql = "SELECT COUNT(*) FROM vendor_snapshots WHERE source = ?1";
        kept.query_row(sql, [source], |row| row.get::<_, i64>(0)).expect("a number")
    };
    assert_eq!(count("kiro-limits"), 1);
    assert!(count("kiro-limits-odd") > 5);
    // And a good one after it leads at once.
    emulator.fail(None);
    desk.wait_until("2026-11-21T11:05:00Z");
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(
        (refreshed.failure, written(refreshed.last_success).as_deref()),
        (None, Some("2026-11-21T11:05:00Z"))
    );
}

/// Answers that look unusual and are right: each with what is left.
#[test]
fn an_unusual_answer_that_can_be_right_leads() {
    let pool =
        r#"{"resourceType":"CREDIT","dimensionType":"POOLED","currentUsage":45000,"usageLimit":100000}"#;
    let own =
        r#"{"resourceType":"CREDIT","dimensionType":"NON_POOLED","currentUsage":150,"usageLimit":1000}"#;
    for (body, used, left) in [
        (with_rows(&format!("{pool},{own}")), "150.00", "850.00"),
        (with_rows(&format!("{own},{pool}")), "150.00", "850.00"),
        (with_rows(&format!("{own},{own}")), "150.00", "850.00"),
        (
            with_rows(&format!(r#"{{"resourceType":"VIBE","currentUsage":3,"usageLimit":225}},{own}"#)),
            "150.00",
            "850.00",
        ),
        (with_rows(r#"{"currentUsage":12.5,"usageLimit":1000}"#), "12.50", "987.50"),
        (saying(r#""currentUsage":1001.4,"usageLimit":1000,"currentOverages":0"#), "1001.40", "0.00"),
        (saying(r#""currentUsage":0,"usageLimit":1000"#), "0.00", "1000.00"),
        (saying(r#""currentUsage":-0.0,"usageLimit":1000"#), "0.00", "1000.00"),
        (
            saying(r#""currentUsageWithPrecision":20.55,"currentUsage":20,"usageLimit":1000"#),
            "20.55",
            "979.45",
        ),
        (saying(r#""currentUsage":2.0E1,"usageLimit":1000"#), "20.00", "980.00"),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        answers(&emulator, body.clone());
        let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "{body}");
        let view = overview(&desk, account);
        let quoted = view.quoted.expect("Kiro's figures");
        assert_eq!((quoted.used.as_deref(), quoted.followed), (Some(used), true), "{body}");
        assert_eq!((view.used.as_deref(), view.left.as_deref()), (Some(used), Some(left)), "{body}");
    }
}

#[test]
fn a_charge_in_another_currency_is_not_dollars_and_the_credits_lead() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let row = r#"{"resourceType":"CREDIT","currency":"EUR","currentUsage":1300,"usageLimit":1000,"currentOverages":300,"overageCharges":11.99}"#;
    answers(&emulator, with_rows(row));
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let quoted = overview(&desk, account).quoted.expect("Kiro's figures");
    assert_eq!((quoted.used.as_deref(), quoted.overage_charges), (Some("1300.00"), None));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("300 credits, what is charged for them isn't known in dollars"), "{status}");
    // Nor what the price list would make of it.
    assert!(!status.contains("11.99") && !status.contains("$12.00"), "{status}");
}

/// A desk on the first of December, whose Kiro says what it said in November.
fn on_the_first_of_december(now: &str) -> (Emulator, Desk, AccountNumber) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at(now).with_kiro(emulator.address(), TOKEN, "2027-12-21T12:00:00Z");
    let facts =
        r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "US", "overage_enabled": false}"#;
    let account = desk.facts(facts);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    answers(&emulator, saying(r#""currentUsage":950,"usageLimit":1000"#));
    (emulator, desk, account)
}

#[test]
fn what_kiro_still_says_of_november_is_not_decembers() {
    // Also where the clock is off by weeks.
    for now in ["2026-12-01T00:05:00Z", "2026-12-20T10:00:00Z"] {
        let (_emulator, desk, account) = on_the_first_of_december(now);
        let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!((refreshed.failure, written(refreshed.last_success).as_deref()), (None, Some(now)));
        assert_eq!(refreshed.other_cycle.as_ref().map(Saying::code), Some("last-word"), "{now}");
        let view = overview(&desk, account);
        assert_ne!(view.left.as_deref(), Some("50.00"), "{now}: that was November's");
        assert_eq!(view.left, None, "{now}: nothing is known of December");
        let quoted = view.quoted.expect("what Kiro said");
        assert_eq!(
            (quoted.of_this_cycle, quoted.followed, quoted.at.to_string().as_str()),
            (false, false, now)
        );
        let refreshed = desk.later("2026-12-20T11:00:00Z").run(&["refresh"]);
        assert!(refreshed.output.contains("Kiro still shows the cycle that ended at"), "{refreshed:?}");
        assert_eq!(refreshed.status, 0);
    }
}

#[test]
fn the_last_word_on_november_is_in_novembers_charge_and_gives_way_to_december() {
    let (emulator, desk, account) = on_the_first_of_december("2026-11-30T23:50:00Z");
    answers(
        &emulator,
        saying(r#""currentUsage":1005,"usageLimit":1000,"currentOverages":5,"overageCharges":0.2"#),
    );
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let desk = desk.later("2026-12-01T00:05:00Z");
    answers(
        &emulator,
        saying(r#""currentUsage":1010,"usageLimit":1000,"currentOverages":10,"overageCharges":0.4"#),
    );
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let charge = |desk: &Desk| {
        let invoices = desk.headroom.invoices(account).expect("invoices");
        let charges = invoices.periods.iter().filter_map(|period| period.quoted.as_ref());
        charges
            .map(|charge| (charge.month.clone(), charge.quoted.clone().expect("in dollars")))
            .collect::<Vec<_>>()
    };
    let november = [("2026-11".to_owned(), "0.40".to_owned())];
    assert_eq!(charge(&desk), november, "what Kiro said at the end, five minutes after it");
    // December's own answer takes nothing from November.
    let desk = desk.later("2026-12-01T00:10:00Z");
    let december = saying(r#""currentUsage":3,"usageLimit":1000"#).replace("1796083200", "1798761600");
    answers(&emulator, december);
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.other_cycle, None);
    assert_eq!(overview(&desk, account).left.as_deref(), Some("997.00"));
    assert_eq!(charge(&desk), november);
}

#[test]
fn a_reset_that_can_not_be_read_names_no_cycle() {
    for reset in
        ["4951756800", "0", "\"soon\"", "\"2026-12-01T00:00:00\"", "null", "-1", "\"2126-12-01T00:00:00Z\""]
    {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        let body = saying(r#""currentUsage":20,"usageLimit":1000"#).replace("1796083200", reset);
        answers(&emulator, body);
        let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!((refreshed.failure, refreshed.other_cycle), (None, None), "{reset}");
        let view = overview(&desk, account);
        assert_eq!(view.left.as_deref(), Some("980.00"), "{reset}: of the month in which it was asked");
        let quoted = view.quoted.expect("Kiro's figures");
        assert_eq!(quoted.resets_at, None, "{reset}");
        let gaps: Vec<_> = quoted.gaps.iter().map(Saying::code).collect();
        assert_eq!(gaps, if reset == "null" { vec![] } else { vec!["gap-reset"] }, "{reset}");
    }
}

#[test]
fn a_cycle_that_has_not_begun_by_this_clock_is_not_the_running_one() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let january: Moment = "2027-01-01T00:00:00Z".parse().expect("a moment");
    let body = saying(r#""currentUsage":950,"usageLimit":1000"#);
    answers(&emulator, body.replace("1796083200", &january.unix_seconds().to_string()));
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.other_cycle.as_ref().map(Saying::code), Some("cycle-ahead"));
    assert_eq!(overview(&desk, account).left, None);
    // It was said to be "of the cycle that ended".
    let status = desk.run(&["status"]).output;
    let line = "  From Kiro     just now, of a cycle that hasn't begun: 950 of 1,000 credits used";
    assert!(status.contains(line), "{status}");
}

/// The peers' sample whose figures contradict themselves.
#[test]
fn figures_that_contradict_themselves_are_not_followed() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    answers(
        &emulator,
        saying(
            r#""currentOverages":3603,"currentOveragesWithPrecision":3603.49,"currentUsage":13603,"currentUsageWithPrecision":100,"usageLimit":10000"#,
        ),
    );
    let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
    let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
    assert!(failure.contains("3,603.49 credits beyond the plan, but only 100 used in all"), "{failure}");
    let view: Value = json!(overview(&desk, account));
    assert_eq!((&view["quoted"], &view["left"]), (&Value::Null, &Value::Null));
}

/// Eleven days after the last answer a gate must not open on it (V8).
#[test]
fn a_gate_stays_shut_on_figures_that_are_more_than_a_day_old() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let gate = ["status", "--min-remaining", "300"];
    let desk = desk.later("2026-11-22T10:00:00Z");
    assert_eq!(desk.run(&gate).status, 0, "a day is not more than a day");
    let desk = desk.later("2026-11-29T10:00:00Z");
    let shut = desk.run(&gate);
    assert_eq!(shut.status, 3);
    let said = "headroom: Kiro: what is left is 8 days old, from 21 November 2026, 10:00 UTC. headroom refresh --account 1 asks again.\n";
    assert_eq!(shut.errors, said);
    assert!(
        shut.output.contains("From Kiro     8 days ago: 612.40 of 1,000 credits used"),
        "{}",
        shut.output
    );
}

/// Found in November 2026: an answer whose reset lay in the running month led for the rest of it.
#[test]
fn from_its_reset_on_an_answer_is_the_last_word_whatever_day_that_is() {
    let row = r#"{"resourceType":"CREDIT","currency":"USD","currentUsage":300,"usageLimit":1000}"#;
    // 25 November, and the day before the answer.
    for (reset, before) in [("1795564800", Some("700.00")), ("1795132800", None)] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        answers(&emulator, with_rows(row).replace("1796083200", reset));
        desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(overview(&desk, account).left.as_deref(), before, "{reset}");
        desk.wait_until("2026-11-25T00:00:00Z");
        let view = overview(&desk, account);
        let quoted = view.quoted.expect("what it said last");
        assert_eq!((view.left, quoted.of_this_cycle, quoted.followed), (None, false, false), "{reset}");
        assert_eq!(desk.run(&["status", "--min-remaining", "1"]).status, 3, "{reset}");
    }
}
