//! Rule by rule what Kilo's answers are worth, in every form that they come in.

use super::*;
use headroom_sources::kilo::team;
use headroom_sources::observation::{CreditBlock, CreditPurchase, PassSubscription};

const AT: &str = "2026-11-21T10:00:00Z";

fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn dollars(amount: i128) -> Balance {
    Balance::of_millionths(amount * 1_000_000)
}

fn named(worth: &Worth) -> &'static str {
    match worth {
        Worth::Leads => "leads",
        Worth::LastWord(_) => "last word",
        Worth::Ahead(_) => "ahead",
        Worth::NotOurs(_) => "not ours",
        Worth::Odd(why) => why.code_of_a_constant(),
    }
}

/// The codes that can be had here, as constants.
trait Code {
    fn code_of_a_constant(&self) -> &'static str;
}

impl Code for headroom_exact::Saying {
    fn code_of_a_constant(&self) -> &'static str {
        ["odd-too-much", "odd-bought-ahead", "odd-billing-far"]
            .into_iter()
            .find(|code| *code == self.code())
            .unwrap_or("another")
    }
}

#[test]
fn v1_an_answer_is_the_accounts_by_the_id_of_its_user_or_organisation() {
    for (known, told, is_the_only_one, expected) in [
        (Some("u-7"), "u-7", false, true),
        (Some("u-7"), "u-7", true, true),
        (Some("u-7"), "u-8", true, false),
        (Some("u-7"), "U-7", true, false),
        (None, "u-8", true, true),
        (None, "u-8", false, false),
    ] {
        assert_eq!(is_ours(known, told, is_the_only_one), expected, "{known:?} {told}");
    }
}

fn of_a_team(with_members: &str) -> TeamSnapshot {
    team::parse(&format!(r#"{{"with_members":{with_members}}}"#)).expect("a team")
}

#[test]
fn v1_and_v3_of_a_team() {
    for (with_members, expected) in [
        (r#"{"id":"o-1","name":"T"}"#, "leads"),
        // An older form doesn't name it; the question did.
        (r#"{"name":"T"}"#, "leads"),
        (r#"{"id":"","name":"T"}"#, "leads"),
        (r#"{"id":"o-2","name":"T"}"#, "not ours"),
        (
            r#"{"id":"o-1","name":"T","total_microdollars_acquired":5000000,"microdollars_used":9000000}"#,
            "leads",
        ),
        (
            r#"{"id":"o-1","name":"T","total_microdollars_acquired":1000000000000001,"microdollars_used":0}"#,
            "odd-too-much",
        ),
        (
            r#"{"id":"o-1","name":"T","total_microdollars_acquired":0,"microdollars_used":1000000000000001}"#,
            "odd-too-much",
        ),
        (
            r#"{"id":"o-2","name":"T","total_microdollars_acquired":1000000000000001,"microdollars_used":0}"#,
            "not ours",
        ),
        (
            r#"{"id":"o-1","name":"T","members":[{"name":"a","dailyUsageLimitUsd":2000000000}]}"#,
            "odd-too-much",
        ),
    ] {
        let worth = of_team(("T", "o-1"), &of_a_team(with_members));
        assert_eq!(named(&worth), expected, "{with_members}");
    }
}

#[test]
fn v3_of_a_balance_and_of_a_top_up() {
    for (amount, expected) in [
        (dollars(0), "leads"),
        (dollars(-3), "leads"),
        (dollars(1_000_000_000), "leads"),
        (dollars(1_000_000_000).plus(Balance::of_millionths(1)), "odd-too-much"),
        (dollars(-1_000_000_001), "odd-too-much"),
    ] {
        assert_eq!(named(&OwnBalance { left: amount }.weigh(at(AT), true)), expected, "{amount}");
        let top_up = OwnTopUp { enabled: Some(true), amount: Some(amount) };
        assert_eq!(named(&top_up.weigh(at(AT), false)), expected, "{amount}");
    }
    let untold = OwnTopUp { enabled: None, amount: None };
    assert_eq!(named(&untold.weigh(at(AT), true)), "leads");
}

#[test]
fn v3_of_credits_by_purchase() {
    let blocks = |left: Balance, bought_at: &str| OwnBlocks {
        total: Some(left),
        left: vec![CreditBlock { left, expires_at: None, free: false }],
        purchases: vec![CreditPurchase { id: "b".to_owned(), at: at(bought_at), amount: dollars(20) }],
        auto_top_up: None,
    };
    for (left, bought_at, clock_is_plausible, expected) in [
        (dollars(20), "2026-11-01T00:00:00Z", true, "leads"),
        // Another clock than the service's may be behind by hours.
        (dollars(20), "2026-11-22T10:00:00Z", true, "leads"),
        (dollars(20), "2026-11-22T10:00:01Z", true, "odd-bought-ahead"),
        (dollars(20), "2126-11-01T00:00:00Z", true, "odd-bought-ahead"),
        // By a clock that can't be right nothing is ahead.
        (dollars(20), "2027-11-01T00:00:00Z", false, "leads"),
        (dollars(2_000_000_000), "2026-11-01T00:00:00Z", true, "odd-too-much"),
    ] {
        let worth = blocks(left, bought_at).weigh(at(AT), clock_is_plausible);
        assert_eq!(named(&worth), expected, "{left} {bought_at}");
    }
}

#[test]
fn v2_and_v3_of_kilo_pass() {
    let pass = |cadence: &str, billing: Option<&str>, issue: Option<&str>| OwnPass {
        subscription: Some(PassSubscription {
            tier: "tier_49".to_owned(),
            status: "active".to_owned(),
            cadence: Some(cadence.to_owned()).filter(|cadence| !cadence.is_empty()),
            next_billing_at: billing.map(at),
            next_issue_at: issue.map(at),
            base: Some(dollars(49)),
            used: Some(dollars(60)),
            ..PassSubscription::default()
        }),
    };
    for (cadence, billing, issue, expected) in [
        ("monthly", Some("2026-12-14T09:00:00Z"), None, "leads"),
        ("monthly", Some("2026-11-21T10:00:01Z"), None, "leads"),
        ("monthly", Some("2026-11-21T10:00:00Z"), None, "last word"),
        ("monthly", Some("2026-11-14T09:00:00Z"), None, "last word"),
        ("monthly", Some("2027-01-22T10:00:00Z"), None, "leads"),
        ("monthly", Some("2027-01-22T10:00:01Z"), None, "odd-billing-far"),
        ("monthly", Some("2126-12-14T09:00:00Z"), None, "odd-billing-far"),
        ("monthly", Some("2026-09-14T09:00:00Z"), None, "odd-billing-far"),
        ("monthly", None, None, "leads"),
        ("yearly", Some("2027-09-14T09:00:00Z"), Some("2026-12-14T09:00:00Z"), "leads"),
        ("yearly", Some("2027-09-14T09:00:00Z"), Some("2026-11-14T09:00:00Z"), "last word"),
        ("yearly", Some("2027-09-14T09:00:00Z"), None, "leads"),
        ("yearly", Some("2028-09-14T09:00:00Z"), None, "odd-billing-far"),
        ("yearly", Some("2027-09-14T09:00:00Z"), Some("2027-06-14T09:00:00Z"), "odd-billing-far"),
        // How it is paid isn't known: a year may be paid at once.
        ("", Some("2027-09-14T09:00:00Z"), None, "leads"),
        ("", Some("2026-11-14T09:00:00Z"), None, "last word"),
        ("", Some("2028-09-14T09:00:00Z"), None, "odd-billing-far"),
    ] {
        let worth = pass(cadence, billing, issue).weigh(at(AT), true);
        assert_eq!(named(&worth), expected, "{cadence} {billing:?} {issue:?}");
    }
    assert_eq!(named(&OwnPass { subscription: None }.weigh(at(AT), true)), "leads");
    let mut odd = pass("monthly", Some("2026-12-14T09:00:00Z"), None);
    for amount in [dollars(1_000_000_001), dollars(-1_000_000_001)] {
        let subscription = odd.subscription.as_mut().expect("a subscription");
        subscription.used = Some(amount);
        assert_eq!(named(&odd.weigh(at(AT), true)), "odd-too-much");
    }
}
