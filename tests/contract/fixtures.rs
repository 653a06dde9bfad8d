//! What the window's tests are fed: answers of the real engine at a fixed moment.

use crate::same_or_update;
use acceptance::emulator::{Emulator, Fault};
use acceptance::{Desk, root};
use headroom_app::views::{AccountNumber, Vendor};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).expect("an answer is JSON")
}

/// Every answer about one account, in the form the window's stand-in for the backend reads.
fn answers(desk: &Desk, account: Option<AccountNumber>) -> Value {
    let headroom = &desk.headroom;
    let mut start = value(headroom.start(account).expect("it starts"));
    // Where data lies differs from machine to machine.
    start["about"]["database"] = json!("/home/ada/.local/share/headroom/headroom.db");
    if !start["found"]["kiro_login"].is_null() {
        start["found"]["kiro_login"] = json!("/home/ada/.aws/sso/cache/kiro-auth-token.json");
    }
    if !start["found"]["kiro_sessions"].is_null() {
        start["found"]["kiro_sessions"]["folder"] = json!("/home/ada/.kiro/sessions/cli");
    }
    let Some(account) = account.filter(|_| !start["overview"].is_null()) else {
        return json!({ "start": start });
    };
    let plans = headroom.plans(account).expect("plans");
    let receipts: BTreeMap<_, _> = plans
        .plans
        .iter()
        .map(|row| &row.plan.id)
        .map(|plan| (plan.clone(), value(headroom.receipt(account, plan).expect("a receipt"))))
        .collect();
    json!({ "start": start, "plans": value(plans), "receipts": receipts })
}

#[test]
fn the_windows_fixtures_are_the_engines_answers() {
    let now = "2026-11-21T10:30:00Z";
    let mut states = BTreeMap::new();

    let desk = Desk::at(now).with_sessions("sessions");
    states.insert("first-run", answers(&desk, None));

    let desk = Desk::at(now);
    states.insert("nothing-found", answers(&desk, None));
    let sample = desk.headroom.open_sample().expect("a sample").id;
    states.insert("sample", answers(&desk, Some(sample)));

    // A fresh account that nothing is recorded of.
    let desk = Desk::at(now);
    let empty = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "DE", "overage_enabled": false}"#,
    );
    states.insert("empty", answers(&desk, Some(empty)));

    // Free with a bonus about to expire, in Japan.
    let desk = Desk::at(now);
    let free = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-02", "country": "JP", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-05T09:00:00Z", "212.40"), ("2026-11-20T15:00:00Z", "96.15")]);
    states.insert("free-bonus", answers(&desk, Some(free)));

    // The first paid month: the receipt by days, with both ways of counting them.
    let desk = Desk::at(now);
    let first = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-11-15", "country": "JP", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-16T09:00:00Z", "310.25"), ("2026-11-19T12:00:00Z", "402.50")]);
    states.insert("first-paid-month", answers(&desk, Some(first)));

    // At the limit with overage off: requests pause, and one task ran all the same.
    let desk = Desk::at(now);
    let paused = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-03-02", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[
        ("2026-11-10T09:00:00Z", "995.00"),
        ("2026-11-18T09:00:00Z", "7.25"),
        ("2026-11-19T09:00:00Z", "3.00"),
    ]);
    states.insert("paused", answers(&desk, Some(paused)));

    // Over the plan with overage on, and a downgrade scheduled.
    let desk = Desk::at(now);
    let over = desk
        .facts(r#"{"plan": "pro", "first_paid_on": "2026-03-02", "country": "US", "overage_enabled": true}"#);
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00"), ("2026-11-18T09:00:00Z", "152.75")]);
    desk.headroom.change_plan(over, "free").expect("a downgrade");
    states.insert("over", answers(&desk, Some(over)));

    // The price list of 2026: Pro Max between Pro+ and Power, add-on packs instead of overage.
    let desk = Desk::at(now);
    let packs = desk.facts(
        r#"{"plan": "pro-max", "first_paid_on": "2026-08-02", "country": "US", "price_list": "kiro-2026-07"}"#,
    );
    desk.usage(&[("2026-11-10T09:00:00Z", "2980.00"), ("2026-11-18T09:00:00Z", "152.75")]);
    states.insert("packs", answers(&desk, Some(packs)));

    // Kiro's own figures: fresh, with usage from elsewhere; then outdated, after a fault.
    let scenario = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-04T10:00:00Z", "type": "usage", "credits": "612.40"}]});
    let emulator = Emulator::of(scenario, now, 0);
    let desk = Desk::at(now).with_kiro(emulator.address(), "made-up", "2026-11-22T00:00:00Z");
    let live = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-10T09:00:00Z", "240.00"), ("2026-11-19T09:00:00Z", "358.11")]);
    desk.headroom.set_ask(Vendor::Kiro, true).expect("agreed");
    desk.headroom.refresh(live, false, false).expect("a refresh");
    states.insert("live", answers(&desk, Some(live)));
    desk.headroom.request_overage(live, true).expect("asked");
    states.insert("requested", answers(&desk, Some(live)));
    emulator.fail(Some(Fault::Unauthorized));
    let desk = desk.later("2026-11-21T13:40:00Z");
    desk.headroom.refresh(live, false, false).expect("a failure is no error");
    states.insert("outdated", answers(&desk, Some(live)));

    let generated: BTreeMap<_, _> = states
        .into_iter()
        .map(|(name, state)| {
            let text = serde_json::to_string_pretty(&state).expect("JSON");
            (format!("{name}.json"), format!("{text}\n"))
        })
        .collect();
    same_or_update(&root().join("ui/src/ipc/fixtures"), &generated);
}
