//! What Kiro's answers say of money, as the beginning of a cycle's figures (rules V5, V6).

use super::opening::{Answered, answer, facts, row};
use headroom_app::words;
use serde_json::json;

/// `limits-overage-cap`.
#[test]
fn the_cap_on_overage_is_said_in_credits_and_dollars() {
    for (overage, charge, cap, left, most) in
        [(3603.49, 144.139_711, 10_000, "6396.51", "400.00"), (12.5, 0.5, 2_500, "2487.50", "100.00")]
    {
        let used = 10_000.0 + overage;
        let over = json!({"currentOverages": overage, "currentOveragesWithPrecision": overage, "overageCharges": charge,
            "overageCap": cap, "overageCapWithPrecision": cap});
        let on = json!({"overageConfiguration": {"overageStatus": "ENABLED"}});
        let of = Answered::at(
            "2026-11-25T12:00:00Z",
            &facts("power", Some("2026-06-01")),
            &answer("KIRO POWER", &[row(used, 10_000, &over)], &on),
        );
        let view = &of.view;
        assert_eq!(view.overage_cap.as_deref(), Some(format!("{cap}.00").as_str()));
        assert_eq!(
            (
                view.overage_cap_left.map(|amount| amount.to_string()).as_deref(),
                view.overage_charge_at_most.as_deref()
            ),
            (Some(left), Some(most))
        );
        assert!(!view.paused && view.overage.enabled && !view.overage.idle, "Kiro charges it in this cycle");
        assert!(
            of.status().contains(&format!("${most}")) && of.status().contains(&words::credits(left)),
            "{}",
            of.status()
        );
    }
}

/// `limits-in-euro`.
#[test]
fn a_charge_in_another_currency_is_no_dollars() {
    for (currency, overage, charge, not) in
        [("EUR", 3603.49, 144.139_711, "$144.14"), ("JPY", 250.0, 1_500.0, "$10.00")]
    {
        let over = json!({"currency": currency, "currentOverages": overage, "currentOveragesWithPrecision": overage,
            "overageCharges": charge});
        let on = json!({"overageConfiguration": {"overageStatus": "ENABLED"}});
        let body = answer("KIRO POWER", &[row(10_000.0 + overage, 10_000, &over)], &on);
        let of = Answered::at("2026-11-25T12:00:00Z", &facts("power", Some("2026-06-01")), &body);
        assert_eq!(of.view.quoted.as_ref().expect("figures").overage_charges, None);
        assert_eq!(of.view.pools.overage_charge, None);
        assert_eq!(
            of.view.pools.overage.map(|amount| amount.to_string()),
            Some(format!("{overage:.2}")),
            "the credits lead all the same"
        );
        assert_eq!(of.next_charge(), Some(("200.00", true)), "at least the fee");
        assert!(!of.status().contains(not), "{}", of.status());
        let invoices = of.desk.headroom.invoices(of.account).expect("invoices");
        assert!(json!(invoices).to_string().contains("other-currency"), "it is said beside the sum");
    }
}

/// `limits-of-an-enterprise`, but for the form of its reset.
#[test]
fn an_organisations_user_goes_on_with_overage_under_every_list() {
    for (used, left, paused) in [(445.45, "9554.55", false), (10_000.0, "0.00", false)] {
        let on = json!({"overageConfiguration": {"overageEnabled": true}});
        let of = Answered::at(
            "2026-11-25T12:00:00Z",
            &facts("power", Some("2026-06-01")),
            &answer("KIRO POWER", &[row(used, 10_000, &json!({}))], &on),
        );
        assert_eq!((of.view.left.as_deref(), of.view.paused), (Some(left), paused));
        assert_eq!(of.view.quoted.as_ref().expect("figures").overage_enabled, Some(true));
        assert!(of.view.overage.enabled && !of.view.overage.idle);
    }
    // One person's switch promises nothing since packs took overage's place (N2).
    let on = json!({"overageConfiguration": {"overageStatus": "ENABLED"}});
    let of = Answered::at(
        "2026-11-25T12:00:00Z",
        &facts("power", Some("2026-06-01")),
        &answer("KIRO POWER", &[row(10_000.0, 10_000, &json!({}))], &on),
    );
    assert_eq!((of.view.left.as_deref(), of.view.paused), (Some("0.00"), true));
    let (switch, status) = (&of.view.overage, of.status());
    assert_eq!((switch.enabled, switch.idle), (true, true), "{switch:?} {:?}", of.view.quoted);
    assert!(status.contains("Kiro still shows its switch on"), "{status}");
}

/// V6: Kiro's own overage and charge lead, and what the list makes of it stands beside them.
#[test]
fn what_kiro_charges_leads_and_the_lists_amount_stands_beside_it() {
    for (overage, charge, by_price, difference, total) in
        [(200.0, 10.0, "8.00", "2.00", "30.00"), (300.0, 9.0, "12.00", "-3.00", "29.00")]
    {
        let over = json!({"currentOverages": overage, "currentOveragesWithPrecision": overage, "overageCharges": charge});
        let on = json!({"overageConfiguration": {"overageStatus": "ENABLED"}});
        let of = Answered::at(
            "2026-11-25T12:00:00Z",
            &facts("pro", Some("2026-06-01")),
            &answer("KIRO PRO", &[row(1000.0 + overage, 1000, &over)], &on),
        );
        let pools = &of.view.pools;
        assert_eq!(pools.overage_charge.as_deref(), Some(format!("{charge:.2}").as_str()));
        assert_eq!(pools.overage_by_price.as_deref(), Some(by_price));
        assert_eq!(pools.overage_difference.as_deref(), Some(difference));
        assert_eq!(of.next_charge(), Some((total, false)));
        assert!(of.status().contains(&format!("${by_price}")), "{}", of.status());
        // While the month runs, beside what its end charges.
        let invoices = of.desk.headroom.invoices(of.account).expect("invoices");
        let told = invoices.upcoming_quoted.expect("what Kiro says so far");
        assert_eq!((told.quoted, told.computed), (Some(format!("{charge:.2}")), Some(by_price.to_owned())));
        let by = told.difference.expect("they differ");
        assert_eq!((by.lower, by.amount), (difference.starts_with('-'), difference.replace('-', "")));
        let page = of.desk.run(&["invoices"]).output;
        assert!(page.contains("Kiro's last word on November 2026's overage"), "{page}");
    }
}
