//! What people stated beside what Kiro says of the same.

use crate::stated::{left, stated, totals};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, PoolSource, PoolState};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::Snapshot;
use serde_json::{Value, json};

/// An answer of Kiro's as it was read at that moment.
pub(crate) fn kiro_says(desk: &Desk, account: AccountNumber, at: &str, row: &Value) {
    let answer = json!({"nextDateReset": row["nextDateReset"], "overageConfiguration": {"overageStatus": "DISABLED"},
        "subscriptionInfo": {"overageCapability": "OVERAGE_CAPABLE", "subscriptionTitle": "KIRO POWER",
            "type": "Q_DEVELOPER_STANDALONE"},
        "usageBreakdownList": [row], "userInfo": {"userId": "d-9000000000.11111111-aaaa"}});
    let limits = headroom_sources::kiro::limits::parse(&answer.to_string()).expect("an answer");
    let body = headroom_sources::wire::kept::write(&limits).expect("kept");
    let fetched_at: Moment = at.parse().expect("a moment");
    let snapshot = Snapshot { fetched_at, source: "kiro-limits".to_owned(), body };
    let mut store = Store::open(&desk.headroom.paths().database(), fetched_at).to_write().expect("a store");
    store.write(|writing| writing.append_snapshot(AccountId(account.0), &snapshot)).expect("kept");
}

/// The row of credits of someone who used all of Power, with more beside it.
fn power_used_up(more: &Value) -> Value {
    let mut row = json!({"bonuses": [], "currency": "USD", "currentOverages": 0, "currentOveragesWithPrecision": 0,
        "currentUsage": 10_000, "currentUsageWithPrecision": 10_000.0, "displayName": "Credit",
        "nextDateReset": 1_796_083_200, "overageCap": 10_000, "overageCharges": 0.0, "overageRate": 0.04,
        "resourceType": "CREDIT", "unit": "INVOCATIONS", "usageLimit": 10_000, "usageLimitWithPrecision": 10_000.0});
    for (key, value) in more.as_object().expect("keys") {
        row[key] = value.clone();
    }
    row
}

/// The case from the field `bought-a-pack-of-200`: 189 can be used, whatever was stated of the pack.
#[test]
fn what_kiro_says_of_a_pack_counts_and_a_stated_one_gives_way() {
    let (said_at, now) = ("2026-11-26T21:47:00Z", "2026-11-26T22:00:00Z");
    let pack = json!({"overageCredits": [{"currentUsage": 11.0, "usageLimit": 200.0, "expiresAt": 1_798_675_200,
        "source": "PURCHASE"}]});
    for list in ["null", "\"kiro-2026-07\""] {
        let desk = Desk::at(now);
        let account = desk.facts(&format!(
            r#"{{"plan": "power", "first_paid_on": "2026-07-10", "country": "US", "price_list": {list}}}"#
        ));
        stated(&desk, account, json!({"what": "pack", "amount": "10", "on": "2026-11-20"}));
        let desk = desk.later("2026-11-26T22:10:00Z");
        kiro_says(&desk, account, said_at, &power_used_up(&pack));
        let overview = desk.headroom.overview(account).expect("an overview");
        assert_eq!(overview.left.as_deref(), Some("189.00"), "{list}");
        assert!(!overview.paused);
        let of: Vec<_> = overview.pools.beside.iter().map(|pack| (pack.from, pack.left.as_deref())).collect();
        assert_eq!(of, [(PoolSource::Kiro, Some("189.00"))], "{list}");
        let shown = desk.headroom.pools(account).expect("pools").packs.remove(0);
        assert_eq!((shown.state, shown.left), (PoolState::GaveWay, None));
        assert_eq!(totals(&desk, account)[0].1.as_deref(), Some("210.00"), "it was paid for all the same");
        let run = desk.run(&["status", "--min-remaining", "100"]);
        assert_eq!(run.status, 0, "{}", run.errors);
        assert!(
            run.output.contains("189 of 200 left, gone on 31 December 2026, 00:00 UTC, as Kiro says"),
            "{}",
            run.output
        );
        // What is bought after Kiro's word counts as it is stated.
        let desk = desk.later("2026-11-27T09:00:00Z");
        stated(&desk, account, json!({"what": "pack", "amount": "5", "on": "2026-11-27"}));
        assert_eq!(left(&desk, account), "314.00", "{list}");
        // It outlives the month, and Kiro's last word with it.
        let desk = desk.later("2026-12-01T09:00:00Z");
        assert_eq!(desk.headroom.overview(account).expect("an overview").pools.beside.len(), 2);
    }
}

/// Reported in November 2026: stated five minutes after Kiro had named it, 250 credits of which 11 were used counted a
/// second time, unused.
#[test]
fn what_kiro_named_already_counts_once_whenever_and_however_it_is_stated() {
    let (said_at, now) = ("2026-11-26T10:00:00Z", "2026-11-26T10:05:00Z");
    let beside = json!({"overageCredits": [{"currentUsage": 11.0, "usageLimit": 250.0,
            "expiresAt": 1_798_243_200, "source": "PURCHASE"}],
        "bonuses": [{"displayName": "Gift", "status": "ACTIVE", "expiresAt": 1_797_768_000,
            "currentUsageWithPrecision": 100.0, "usageLimitWithPrecision": 500.0}]});
    let cases = [
        // A pack that was bought that day, with its end and without, and by the day of another place.
        (json!({"what": "pack", "amount": "10", "on": "2026-11-26"}), "639.00", Some("210.00")),
        (
            json!({"what": "pack", "amount": "10", "on": "2026-11-26", "ends_on": "2026-12-26"}),
            "639.00",
            Some("210.00"),
        ),
        (
            json!({"what": "pack", "credits": "250", "on": "2026-11-20", "ends_on": "2026-12-25"}),
            "639.00",
            Some("210.00"),
        ),
        // Another pack that was bought that day isn't in Kiro's word.
        (json!({"what": "pack", "amount": "5", "on": "2026-11-26"}), "764.00", Some("205.00")),
        (
            json!({"what": "pack", "amount": "10", "on": "2026-11-26", "ends_on": "2027-01-26"}),
            "889.00",
            Some("210.00"),
        ),
        // A grant by its name, or by its credits and its end.
        (
            json!({"what": "grant", "name": "gift", "credits": "400", "on": "2026-11-01"}),
            "639.00",
            Some("200.00"),
        ),
        (
            json!({"what": "grant", "name": "Sign-up", "credits": "500", "on": "2026-11-01", "ends_on": "2026-12-21"}),
            "639.00",
            Some("200.00"),
        ),
        (
            json!({"what": "grant", "name": "Sign-up", "credits": "500", "on": "2026-11-26"}),
            "639.00",
            Some("200.00"),
        ),
        (
            json!({"what": "grant", "name": "Add-on", "credits": "250", "on": "2026-11-26"}),
            "639.00",
            Some("200.00"),
        ),
        (
            json!({"what": "grant", "name": "Other", "credits": "70", "on": "2026-11-26"}),
            "709.00",
            Some("200.00"),
        ),
    ];
    for (pool, expected, charged) in cases {
        let desk = Desk::at(now);
        let account = desk.facts(
            r#"{"plan": "power", "first_paid_on": "2026-07-10", "country": "US", "price_list": null}"#,
        );
        kiro_says(&desk, account, said_at, &power_used_up(&beside));
        stated(&desk, account, pool.clone());
        assert_eq!(left(&desk, account), expected, "{pool}");
        assert_eq!(totals(&desk, account)[0].1.as_deref(), charged, "{pool}");
        let shown = desk.headroom.overview(account).expect("an overview").pools.beside;
        assert_eq!(shown.len(), if expected == "639.00" { 2 } else { 3 }, "{pool}: {shown:?}");
    }
}

#[test]
fn overage_that_kiro_charges_is_charged_under_a_list_with_packs_and_a_switch_alone_promises_nothing() {
    for (overage, charge) in [(132.48, "205.30"), (0.0, "200.00")] {
        let desk = Desk::at("2026-11-26T22:00:00Z");
        let account = desk.facts(
            r#"{"plan": "power", "first_paid_on": "2026-07-10", "country": "US", "price_list": null}"#,
        );
        let mut row = power_used_up(&json!({"currentUsageWithPrecision": 10_000.0 + overage,
            "currentOveragesWithPrecision": overage, "overageCharges": overage * 0.04}));
        row["overageCredits"] = json!([]);
        kiro_says(&desk, account, "2026-11-26T21:47:00Z", &row);
        let next = desk.headroom.overview(account).expect("an overview").next_charge.expect("a charge");
        assert_eq!(next.total, charge, "{overage}");
    }
}
