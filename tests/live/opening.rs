//! Kiro's answers as the beginning of a cycle's figures (rules V4–V7, V10): the situations of the field and of peers'
//! samples, each with other numbers beside them.

use super::{TOKEN, account_at_kiro, overview};
use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, Choice, OverviewView, Pool, PoolKind, PoolSource, PoolUse, Vendor,
};
use headroom_app::words;
use headroom_exact::Saying;
use serde_json::{Value, json};
use tools::emulator::{Emulator, Fault};

/// 1 December 2026, 00:00 UTC, as Kiro writes it.
const DECEMBER: u64 = 1_796_083_200;
const USER: &str = "d-9000000000.11111111-aaaa";

/// The user's own row of credits.
pub(super) fn row(used: f64, limit: u64, more: &Value) -> Value {
    let mut row = json!({"resourceType": "CREDIT", "currency": "USD", "currentUsage": used,
        "currentUsageWithPrecision": used, "usageLimit": limit, "usageLimitWithPrecision": limit,
        "currentOverages": 0, "currentOveragesWithPrecision": 0, "overageCharges": 0.0, "bonuses": [],
        "overageCredits": [], "nextDateReset": DECEMBER});
    for (key, value) in more.as_object().expect("keys") {
        row[key] = value.clone();
    }
    row
}

pub(super) fn answer(title: &str, rows: &[Value], more: &Value) -> Value {
    let mut answer = json!({"nextDateReset": DECEMBER, "overageConfiguration": {"overageStatus": "DISABLED"},
        "subscriptionInfo": {"overageCapability": "OVERAGE_CAPABLE", "subscriptionTitle": title},
        "usageBreakdownList": rows, "userInfo": {"userId": USER}});
    for (key, value) in more.as_object().expect("keys") {
        answer[key] = value.clone();
    }
    answer
}

pub(super) fn facts(plan: &str, first_paid: Option<&str>) -> String {
    json!({"plan": plan, "first_paid_on": first_paid, "country": "US", "price_list": null}).to_string()
}

/// An account with these facts that was answered so at a moment.
pub(super) struct Answered {
    pub(super) desk: Desk,
    pub(super) account: AccountNumber,
    pub(super) view: OverviewView,
    _emulator: Emulator,
}

impl Answered {
    pub(super) fn at(now: &str, facts: &str, body: &Value) -> Self {
        Self::with(now, facts, body, |_| {})
    }

    fn with(now: &str, facts: &str, body: &Value, before: impl FnOnce(&Desk)) -> Self {
        let emulator = Emulator::of(account_at_kiro(), now, 0);
        emulator.fail(Some(Fault::Says("200 OK", body.to_string().leak())));
        let desk = Desk::at(now).with_kiro(emulator.address(), TOKEN, "2027-11-22T00:00:00Z");
        let account = desk.facts(facts);
        before(&desk);
        desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
        let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "{body}");
        let view = overview(&desk, account);
        Self { desk, account, view, _emulator: emulator }
    }

    pub(super) fn status(&self) -> String {
        self.desk.run(&["status"]).output
    }

    /// The exit status of a gate.
    fn gate(&self, wanted: &str) -> i32 {
        self.desk.run(&["status", "--min-remaining", wanted]).status.into()
    }

    fn of_kind(&self, kind: PoolKind) -> Vec<&Pool> {
        self.view.pools.beside.iter().filter(|pool| pool.kind == kind).collect()
    }

    pub(super) fn next_charge(&self) -> Option<(&str, bool)> {
        self.view.next_charge.as_ref().map(|charge| (charge.total.as_str(), charge.at_least))
    }
}

/// `paid-but-kiro-says-free`.
#[test]
fn of_an_account_that_kiro_calls_free_nothing_is_promised() {
    for (used, overage, charge) in [(59.0, 9.0, 0.36), (61.5, 11.5, 0.46)] {
        let over = json!({"currentOverages": overage, "currentOveragesWithPrecision": overage, "overageCharges": charge});
        let body = answer("KIRO FREE", &[row(used, 50, &over)], &json!({}));
        let of = Answered::at("2026-11-14T10:00:00Z", &facts("pro", Some("2026-11-13")), &body);
        assert_eq!((of.view.left.as_deref(), of.view.paused), (Some("0.00"), true), "{used}");
        assert_eq!(of.gate("100"), 3);
        let quoted = of.view.quoted.as_ref().expect("Kiro's figures");
        assert!(quoted.plan_differs && quoted.followed);
        assert!(!of.status().contains("941"), "{}", of.status());
        assert!(of.status().contains("KIRO FREE"), "{}", of.status());
        // The fee follows the facts, the overage is Kiro's.
        assert_eq!(of.view.pools.overage_charge.as_deref(), Some(format!("{charge:.2}").as_str()));
        assert_eq!(of.next_charge().map(|(total, _)| total), Some(format!("{:.2}", 20.0 + charge).as_str()));
    }
}

/// `trial-active-kiro-is-asked`, `limits-trial-running`.
#[test]
fn a_trial_is_a_pool_apart_and_hides_nothing() {
    let cases = [
        ("KIRO PRO", "pro", Some("2026-11-05"), (300.0, 1000), (120.0, 500), ("700.00", "380.00", "1080.00")),
        ("KIRO FREE", "free", None, (0.0, 50), (106.11, 500), ("50.00", "393.89", "443.89")),
        (
            "KIRO PRO+",
            "pro-plus",
            Some("2026-09-01"),
            (12.5, 2000),
            (0.01, 40),
            ("1987.50", "39.99", "2027.49"),
        ),
    ];
    for (title, plan, paid, (used, limit), (of_trial, granted), (plan_left, trial_left, left)) in cases {
        for expiry in [json!(1_796_000_000), json!("2026-12-20T15:09:55.196Z")] {
            let trial = json!({"freeTrialInfo": {"freeTrialStatus": "ACTIVE", "freeTrialExpiry": expiry,
                "currentUsage": of_trial, "currentUsageWithPrecision": of_trial, "usageLimit": granted,
                "usageLimitWithPrecision": granted}});
            let body = answer(title, &[row(used, limit, &trial)], &json!({}));
            let of = Answered::at("2026-11-14T10:00:00Z", &facts(plan, paid), &body);
            assert_eq!(of.view.plan_left.as_deref(), Some(plan_left));
            assert_eq!(of.view.trial_left.as_deref(), Some(trial_left));
            assert_eq!(of.view.left.as_deref(), Some(left), "every view has the sum");
            assert_eq!(
                of.view.used,
                of.view.quoted.as_ref().expect("figures").used,
                "what Kiro counts of the cycle"
            );
            let pools = of.of_kind(PoolKind::Trial);
            assert_eq!((pools[0].from, pools[0].state), (PoolSource::Kiro, PoolUse::Counts));
            let status = of.status();
            assert!(!status.contains("no usage yet"), "{status}");
            assert!(
                status.contains(&format!("{} of {granted} left", words::credits(trial_left)))
                    && status.contains(&granted.to_string()),
                "{status}"
            );
            assert_eq!((of.gate(left), of.gate("9999")), (0, 3));
        }
    }
}

#[test]
fn a_grant_that_has_ended_or_is_used_up_holds_nothing_back() {
    for (status, ends, used, state) in [
        ("EXHAUSTED", json!(1_798_675_200), 100.0, PoolUse::UsedUp),
        ("EXPIRED", json!(null), 20.0, PoolUse::Ended),
        ("EXPIRED", json!(1_798_675_200), 20.0, PoolUse::Ended),
        ("ACTIVE", json!(1_793_000_000), 20.0, PoolUse::Ended),
    ] {
        let bonus = json!({"bonuses": [{"displayName": "Welcome bonus", "status": status, "currentUsage": used,
            "usageLimit": 100.0, "expiresAt": ends}]});
        let body = answer("KIRO PRO", &[row(110.0, 1000, &bonus)], &json!({}));
        let of = Answered::at("2026-11-25T12:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        assert_eq!(of.view.left.as_deref(), Some("890.00"), "{status}");
        let quoted = of.view.quoted.as_ref().expect("figures");
        assert_eq!((quoted.used.as_deref(), quoted.left.as_deref()), (Some("110.00"), Some("890.00")));
        let pools = of.of_kind(PoolKind::Bonus);
        assert_eq!((pools[0].name.as_deref(), pools[0].state), (Some("Welcome bonus"), state), "{status}");
        assert!(
            of.status().contains("From Kiro     just now: 110 of 1,000 credits used")
                && !of.status().contains("no usage yet")
        );
    }
}

/// Each had the first one's name and state.
#[test]
fn gifts_of_one_size_and_end_have_each_their_own_name_and_state() {
    let gift = |name: &str, status: &str, used: f64| {
        json!({"displayName": name, "status": status, "currentUsage": used, "usageLimit": 500.0,
            "expiresAt": 1_798_675_200})
    };
    let gifts = json!({"bonuses": [gift("Ended early", "EXPIRED", 20.0), gift("For the survey", "ACTIVE", 20.0),
        gift("For\u{202e} a\u{1b}[2J friend", "ACTIVE", 0.0)]});
    let body = answer("KIRO\u{202e} PRO", &[row(110.0, 1000, &gifts)], &json!({}));
    let of = Answered::at("2026-11-25T12:00:00Z", &facts("pro", Some("2026-06-01")), &body);
    let pools = of.of_kind(PoolKind::Bonus);
    let pools: Vec<_> = pools.iter().map(|pool| (pool.name.as_deref(), pool.state)).collect();
    assert_eq!(
        pools,
        [
            (Some("Ended early"), PoolUse::Ended),
            (Some("For the survey"), PoolUse::Counts),
            (Some("For a[2J friend"), PoolUse::Counts)
        ]
    );
    assert_eq!(of.view.left.as_deref(), Some("1870.00"));
}

/// `limits-bonus-with-precision`.
#[test]
fn a_bonus_says_its_amounts_under_the_precise_names_too() {
    for (used, of_all, left) in [(100.25, 500.0, "1179.25"), (0.75, 12.5, "791.25")] {
        let bonus = json!({"bonuses": [{"displayName": "Welcome bonus", "status": "ACTIVE", "expiresAt": 1_798_675_200,
            "currentUsageWithPrecision": used, "usageLimitWithPrecision": of_all}]});
        let body = answer("KIRO PRO", &[row(220.5, 1000, &bonus)], &json!({}));
        let of = Answered::at("2026-11-25T12:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        assert_eq!(of.view.left.as_deref(), Some(left));
        let grants = json!(of.view.quoted.as_ref().expect("figures").grants);
        assert_eq!(
            grants,
            json!([{"name": "Welcome bonus", "used": format!("{used:.2}"), "granted": format!("{of_all:.2}"),
                "expires_at": "2026-12-31T00:00:00Z"}])
        );
    }
}

/// `bought-a-pack-of-200`, `limits-packs`.
#[test]
fn packs_pay_for_what_is_beyond_the_plan_and_keep_requests_running() {
    let pack = |used: f64, of: f64, ends: u64| json!({"currentUsage": used, "usageLimit": of, "expiresAt": ends, "source": "PURCHASE"});
    let (november, december) = (DECEMBER, 1_798_761_600_u64);
    let cases = [
        ("power", (10_000.0, 10_000), 0.0, vec![pack(11.0, 200.0, 1_798_675_200)], "189.00", "200.00"),
        (
            "pro",
            (1130.25, 1000),
            130.25,
            vec![pack(125.0, 125.0, november), pack(5.25, 250.0, december)],
            "244.75",
            "20.00",
        ),
        (
            "pro-plus",
            (2000.5, 2000),
            0.5,
            vec![pack(0.5, 125.0, december), pack(0.0, 500.0, december)],
            "624.50",
            "40.00",
        ),
    ];
    for (plan, (used, limit), overage, packs, left, charge) in cases {
        let over = json!({"currentOverages": overage, "currentOveragesWithPrecision": overage, "overageCredits": packs});
        let body = answer("KIRO", &[row(used, limit, &over)], &json!({}));
        let of = Answered::at("2026-11-26T21:47:00Z", &facts(plan, Some("2026-06-01")), &body);
        assert_eq!((of.view.left.as_deref(), of.view.paused), (Some(left), false), "{plan}");
        assert_eq!(of.view.packs_left.as_deref(), Some(left), "{plan}");
        assert_eq!(
            (
                of.view.pools.uncovered.map(|amount| amount.to_string()).as_deref(),
                of.view.pools.overage.map(|amount| amount.to_string()).as_deref()
            ),
            (Some("0.00"), Some("0.00")),
            "{plan}"
        );
        assert_eq!(of.next_charge(), Some((charge, false)), "{plan}");
        assert_eq!((of.gate("100"), of.gate("1000")), (0, 3), "{plan}");
        assert!(
            of.status().contains("gone on 31 December 2026, 00:00 UTC") || plan != "power",
            "{}",
            of.status()
        );
    }
    // One that has ended or is used up counts nothing.
    for gone in [pack(11.0, 200.0, 1_790_000_000), pack(200.0, 200.0, december)] {
        let body =
            answer("KIRO POWER", &[row(10_000.0, 10_000, &json!({"overageCredits": [gone]}))], &json!({}));
        let of = Answered::at("2026-11-26T21:47:00Z", &facts("power", Some("2026-06-01")), &body);
        assert_eq!((of.view.left.as_deref(), of.view.paused, of.gate("1")), (Some("0.00"), true, 3));
    }
}

/// `two-logins-shared-sessions`.
#[test]
fn kiros_count_leads_also_where_more_is_recorded() {
    for (recorded, used, left, more) in
        [("850", 400.0, "600.00", "450.00"), ("120.5", 99.99, "900.01", "20.51")]
    {
        let body = answer("KIRO PRO", &[row(used, 1000, &json!({}))], &json!({}));
        let of = Answered::with("2026-11-21T10:00:00Z", &facts("pro", Some("2026-08-15")), &body, |desk| {
            desk.usage(&[("2026-11-05T09:00:00Z", recorded)]);
        });
        assert_eq!((of.view.left.as_deref(), of.gate(left)), (Some(left), 0));
        let quoted = of.view.quoted.as_ref().expect("figures");
        assert_eq!((quoted.followed, quoted.recorded_more.as_deref()), (true, Some(more)));
        assert_eq!(of.view.pools.plan.used, quoted.used);
        // From there on each task counts.
        let desk = of.desk.later("2026-11-21T12:00:00Z");
        desk.usage(&[("2026-11-05T09:00:00Z", recorded), ("2026-11-21T11:00:00Z", "10")]);
        let then = overview(&desk, of.account).left.expect("known");
        assert_ne!(Some(then.as_str()), of.view.left.as_deref());
    }
}

/// `first-of-the-month-kiro-still-says-november`.
#[test]
fn novembers_count_says_nothing_of_december_and_charges_nothing_in_it() {
    for used in [950.0, 1043.21] {
        let body = answer("KIRO PRO", &[row(used, 1000, &json!({}))], &json!({}));
        let of = Answered::at("2026-12-01T00:05:00Z", &facts("pro", Some("2026-09-01")), &body);
        assert_eq!(of.view.cycle.start, "2026-12-01T00:00:00Z");
        assert!([None, Some("1000.00")].contains(&of.view.left.as_deref()), "{:?}", of.view.left);
        assert_eq!(of.view.pools.overage, None, "of December nothing is known");
        assert_eq!(of.view.unknown.as_ref().map(Saying::code), Some("left-not-told"));
        assert!(!of.status().contains("no usage yet"), "{}", of.status());
        assert_eq!(of.next_charge().map(|(total, _)| total), Some("20.00"));
    }
}

/// `the-pool-comes-first`.
#[test]
fn what_is_shared_is_shown_beside_the_users_own_and_never_added() {
    let named = |name: &str, row: Value| {
        let mut row = row;
        row["dimensionType"] = name.into();
        row
    };
    for (used, limit, left) in [(1500.0, 2000, "500.00"), (2000.5, 2000, "0.00")] {
        let rows = [
            named("POOLED", row(45_000.0, 100_000, &json!({}))),
            named("NON_POOLED", row(used, limit, &json!({}))),
        ];
        for rows in [rows.to_vec(), rows.iter().rev().cloned().collect()] {
            let of = Answered::at(
                "2026-11-21T10:00:00Z",
                &facts("pro-plus", Some("2026-06-01")),
                &answer("KIRO PRO+", &rows, &json!({})),
            );
            assert_eq!(of.view.left.as_deref(), Some(left));
            let shared = of.view.pools.shared.as_ref().expect("it is shown");
            assert_eq!((shared.used.as_str(), shared.allowance.as_deref()), ("45000.00", Some("100000.00")));
            assert!(of.status().contains("45,000 of 100,000"), "{}", of.status());
        }
    }
    let alone = answer("KIRO PRO+", &[named("POOLED", row(1200.0, 2000, &json!({})))], &json!({}));
    let of = Answered::at("2026-11-21T10:00:00Z", &facts("pro-plus", Some("2026-06-01")), &alone);
    assert_eq!(
        (of.view.left.as_deref(), &of.view.pools.shared),
        (Some("800.00"), &None),
        "alone it is the user's"
    );
}

/// `limits-no-limit`.
#[test]
fn without_a_limit_nothing_pauses_and_every_gate_passes() {
    for used in [1200.5, 0.0] {
        let body = answer("KIRO PRO", &[row(used, 999_999, &json!({"dimensionType": "POOLED"}))], &json!({}));
        let of = Answered::at("2026-11-25T12:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        assert_eq!((of.view.left.as_deref(), of.view.unlimited, of.view.paused), (None, true, false));
        assert_eq!(
            (of.view.pools.uncovered.map(|amount| amount.to_string()).as_deref(), of.view.pools.plan.state),
            (Some("0.00"), PoolUse::NoLimit)
        );
        let quoted = of.view.quoted.as_ref().expect("figures");
        assert_eq!(json!(quoted.allowance), json!("no limit"));
        assert_eq!(of.gate("5000"), 0);
        assert!(of.status().contains("no limit"), "{}", of.status());
        assert_eq!(of.next_charge(), Some(("20.00", false)));
    }
}

/// `limits-larger-than-the-price-list`.
#[test]
fn kiros_limit_leads_whatever_the_price_list_has() {
    for (used, limit, left) in [(1200.5, 2000, "799.50"), (100.0, 1500, "1400.00"), (100.0, 800, "700.00")] {
        let of = Answered::at(
            "2026-11-25T12:00:00Z",
            &facts("pro", Some("2026-06-01")),
            &answer("KIRO PRO", &[row(used, limit, &json!({}))], &json!({})),
        );
        assert_eq!((of.view.left.as_deref(), of.view.paused), (Some(left), false), "{used} of {limit}");
        assert_eq!(
            (of.view.pools.uncovered.map(|amount| amount.to_string()).as_deref(), of.next_charge()),
            (Some("0.00"), Some(("20.00", false)))
        );
    }
}
