//! What Kiro's answers leave open of money: never taken for nothing, nor for all there is (rules V4–V6, V10).

use super::opening::{Answered, answer, facts, row};
use acceptance::pdf_text;
use headroom_app::answers::{AssumptionView, ChargeNote, ChargeTotal, ExportForm, PoolUse};
use serde_json::{Value, json};

/// Overage as an organisation's user has it under every list.
fn running(overage: f64, charge: f64, more: &Value) -> Value {
    let mut over = json!({"currentOverages": overage, "currentOveragesWithPrecision": overage,
        "overageCharges": charge});
    for (key, value) in more.as_object().expect("keys") {
        over[key] = value.clone();
    }
    let on = json!({"overageConfiguration": {"overageEnabled": true}});
    answer("KIRO PRO", &[row(1000.0 + overage, 1000, &over)], &on)
}

#[test]
fn a_month_whose_end_nobody_saw_is_charged_at_least() {
    for (asked_at, overage, charge, total, is_seen) in [
        ("2026-11-21T10:00:00Z", 300.0, 12.0, "32.00", false),
        ("2026-11-30T23:40:00Z", 12.5, 0.5, "20.50", false),
        ("2026-12-01T00:20:00Z", 300.0, 12.0, "32.00", true),
    ] {
        let body = running(overage, charge, &json!({}));
        let of = Answered::at(asked_at, &facts("pro", Some("2026-06-01")), &body);
        of.desk.wait_until("2026-12-03T10:00:00Z");
        let invoices = of.desk.headroom.invoices(of.account).expect("invoices");
        let december = invoices.periods.first().expect("December");
        assert_eq!((december.total.as_deref(), december.at_least), (Some(total), !is_seen), "{asked_at}");
        assert_eq!(december.invoices[0].at_least, !is_seen);
        let unseen = december.notes.iter().any(|note| matches!(note, ChargeNote::EndNotSeen { .. }));
        assert_eq!(unseen, !is_seen, "{:?}", december.notes);
        let text = of.desk.run(&["invoices"]).output;
        assert_eq!(text.contains(&format!("at least ${total}")), !is_seen, "{text}");
        let pdf =
            of.desk.headroom.export(of.account, Some("2026-12"), ExportForm::Pdf, false).expect("a PDF");
        assert_eq!(pdf_text(&pdf.bytes).contains(&format!("at least ${total}")), !is_seen, "{asked_at}");
    }
    // With overage off nothing more can have been charged.
    let off = answer("KIRO PRO", &[row(1000.0, 1000, &json!({}))], &json!({}));
    let of = Answered::at("2026-11-21T10:00:00Z", &facts("pro", Some("2026-06-01")), &off);
    of.desk.wait_until("2026-12-03T10:00:00Z");
    let invoices = of.desk.headroom.invoices(of.account).expect("invoices");
    assert!(!invoices.periods[0].at_least, "{:?}", invoices.periods[0].notes);
}

#[test]
fn an_unknown_charge_is_at_least_in_the_receipt_and_its_waiting_is_not_known() {
    for (overage, currency) in [(200.0, "EUR"), (350.25, "JPY")] {
        let body = running(overage, 8.0, &json!({"currency": currency}));
        let of = Answered::at("2026-11-21T10:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        let receipt = of.desk.receipt(of.account, "pro-plus", None);
        let before = receipt.bill_before.expect("a charge");
        assert_eq!((before.total.as_str(), before.at_least), ("20.00", true));
        let after = receipt.bill_after.expect("a charge");
        assert_eq!((after.total.as_str(), after.at_least), ("40.00", false), "Pro+ covers all of it");
        let next = receipt.next_cycle.expect("an upgrade");
        let at_least = |charge: Option<ChargeTotal>| charge.map(|charge| charge.at_least);
        assert_eq!((at_least(next.taken_now), at_least(next.taken_then)), (Some(false), Some(true)));
        assert_eq!((next.waiting_saves, next.waiting_costs), (None, None));
    }
}

#[test]
fn an_unknown_charge_where_nothing_else_is_charged_is_not_known() {
    let over = json!({"currentOverages": 9.0, "currentOveragesWithPrecision": 9.0, "overageCharges": 0.36, "currency": "EUR"});
    let of = Answered::at(
        "2026-11-21T10:00:00Z",
        &facts("free", None),
        &answer("KIRO FREE", &[row(59.0, 50, &over)], &json!({})),
    );
    assert_eq!(of.next_charge(), Some(("0.00", true)));
    assert!(of.status().contains("Next charge   not known"), "{}", of.status());
    let invoices = of.desk.headroom.invoices(of.account).expect("invoices");
    assert!(matches!(invoices.upcoming_notes.as_slice(), [ChargeNote::OtherCurrency { .. }]));
    // Nothing is nothing in every currency.
    let none = json!({"overageCharges": 0.0, "currency": "EUR"});
    let of = Answered::at(
        "2026-11-21T10:00:00Z",
        &facts("pro", Some("2026-06-01")),
        &answer("KIRO PRO", &[row(60.0, 1000, &none)], &json!({})),
    );
    assert_eq!(of.next_charge(), Some(("20.00", false)));
}

#[test]
fn a_cap_that_is_reached_is_said_and_overage_that_rests_on_nothing_published_too() {
    let capped = json!({"overageCap": 400, "overageCapWithPrecision": 400.0});
    let of = Answered::at(
        "2026-11-21T10:00:00Z",
        &facts("pro", Some("2026-06-01")),
        &running(400.0, 16.0, &capped),
    );
    assert!(of.view.paused && of.view.overage.idle);
    assert!(of.status().contains("its cap of 400 ($16.00) is reached"), "{}", of.status());
    let over = json!({"currentOverages": 10.0, "currentOveragesWithPrecision": 10.0, "overageCharges": 0.4});
    let body = answer("KIRO PRO", &[row(1010.0, 1000, &over)], &json!({}));
    let of = Answered::at("2026-11-21T10:00:00Z", &facts("pro", Some("2026-06-01")), &body);
    assert_eq!(of.view.assumptions, [AssumptionView::A35]);
    assert_eq!((of.view.paused, of.next_charge()), (true, Some(("20.40", false))));
}

#[test]
fn plans_are_compared_by_the_limit_that_kiro_told_of_ones_own() {
    for (limit, is_enough) in [(1_500, true), (2_500, true), (600, false)] {
        let body = answer("KIRO PRO", &[row(466.67, limit, &json!({}))], &json!({}));
        let of = Answered::at("2026-11-21T00:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        let plans = of.desk.headroom.plans(of.account).expect("plans");
        assert_eq!(plans.own_limit, Some(format!("{limit}.00")));
        let pro = plans.plans.iter().find(|row| row.plan.id == "pro").expect("Pro");
        // 466.67 in twenty days lead to about 700 in thirty.
        let by_pace = pro.month_at_this_pace.as_deref().expect("a pace");
        assert_eq!(by_pace == "20.00", is_enough, "{limit}: {by_pace}");
    }
}

/// Found in November 2026: "Pro $20.00, cheapest that covers you" at a pace of 1,806, because Kiro told the limit of Pro+.
#[test]
fn of_a_plan_that_was_not_stated_the_limit_is_none_of_the_stated_plans() {
    for (title, limit, used, own) in [
        ("KIRO PRO+", 2_000, 1_350.0, false),
        ("KIRO POWER", 10_000, 1_400.0, false),
        ("KIRO PRO", 2_000, 1_350.0, true),
    ] {
        let body = answer(title, &[row(used, limit, &json!({}))], &json!({}));
        let of = Answered::at("2026-11-23T00:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        let plans = of.desk.headroom.plans(of.account).expect("plans");
        let pro = plans.plans.iter().find(|row| row.plan.id == "pro").expect("Pro");
        assert_eq!((plans.own_limit.is_some(), pro.cheapest), (own, own), "{title}: {pro:?}");
    }
}

/// Found in November 2026: a bonus that couldn't be read was "all 50 used".
#[test]
fn a_pool_that_cant_be_read_is_neither_used_up_nor_without_an_end() {
    for bonus in [
        json!({"displayName": "Welcome", "status": "ACTIVE", "currentUsage": 1.0, "usageLimit": 50.0, "expiresAt": "soon"}),
        json!({"displayName": "Welcome", "status": "ACTIVE", "currentUsage": -3.5, "usageLimit": 70.0}),
    ] {
        let body = answer("KIRO PRO", &[row(10.0, 1000, &json!({"bonuses": [bonus]}))], &json!({}));
        let of = Answered::at("2026-11-21T10:00:00Z", &facts("pro", Some("2026-06-01")), &body);
        let pool = &of.view.pools.beside[0];
        assert_eq!((pool.state, pool.left.as_deref()), (PoolUse::Unknown, None), "{bonus}");
        assert_eq!(of.view.left.as_deref(), Some("990.00"), "what can't be read isn't counted");
        assert!(of.status().contains("until when isn't known") && !of.status().contains("without an end"));
    }
}
