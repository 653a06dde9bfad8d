//! What an organisation's month comes to by its end: by the figures of a table, and as the model has it over random
//! organisations (E1, E4, K5).

use crate::ledger;
use headroom_billing::organisation::{BeyondTier, ByTheEnd, SubscriptionOutlook, outlook};
use headroom_billing::{AccountKind as _, Ledger, Scenario};
use headroom_exact::{Credits, Decimal};
use proof::model::outlook::{Beyond, by_the_end};
use proof::{cases, generate, model, prove};
use proptest::prelude::*;
use serde_json::{Value, json};

const SEED: u64 = 36;

fn credits(text: &str) -> Credits {
    Credits::rounded(text.parse::<Decimal>().expect("a decimal"))
}

/// One user on a tier since the first of June 2026, who uses so much at each noon.
fn ann(plan: &str, as_of: &str, days: &[&str]) -> Value {
    let mut events = vec![
        json!({"at": "2026-06-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true}),
        json!({"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": plan}),
    ];
    let used = (1..).zip(days).filter(|(_, credits)| **credits != "0");
    events.extend(used.map(|(day, credits)| {
        json!({"at": format!("2026-06-{day:02}T12:00:00Z"), "type": "usage", "profile": "A", "user": "ann",
            "credits": credits})
    }));
    json!({"account": "kiro-enterprise", "as_of": as_of, "events": events})
}

fn of_ann(scenario: &Value, beyond: BeyondTier) -> SubscriptionOutlook {
    let (ledger, at) = ledger!(scenario, Organisation);
    outlook(&ledger, at, |_, _| beyond).into_iter().next().expect("ann")
}

#[test]
fn a_month_comes_to_the_fee_and_what_its_pace_charges_beyond_the_tier() {
    use BeyondTier::{Charged, Paused, Unknown};
    let cap = |text| Charged(Some(credits(text)));
    let steady = ["60"; 10];
    let busy_once = ["0", "0", "0", "0", "0", "0", "0", "0", "0", "900"];
    // Ten of thirty days. Steady: 600 used, 1,800 by the end, 800 beyond Pro's 1,000 for $32.00. Once: 900 used, 2,700 by the
    // end at the average; on the quiet days nothing is used.
    for (days, beyond, plan, expected) in [
        (&steady, Charged(None), "pro", Some(["52.00", "52.00"])),
        (&steady, Paused, "pro", Some(["20.00", "20.00"])),
        (&steady, cap("500"), "pro", Some(["40.00", "40.00"])),
        (&steady, Unknown, "pro", None),
        (&steady, Unknown, "pro-plus", Some(["40.00", "40.00"])),
        (&busy_once, Charged(None), "pro", Some(["20.00", "88.00"])),
    ] {
        let of = of_ann(&ann(plan, "2026-06-11T00:00:00Z", days), beyond);
        let range =
            of.by_the_end.map(|ByTheEnd { low, even, .. }| [low, even].map(|amount| amount.to_string()));
        assert_eq!(range, expected.map(|of| of.map(str::to_owned)), "{plan} {beyond:?}");
    }
}

#[test]
fn credits_were_used_up_on_the_day_that_reached_the_tiers() {
    let of = |days: &[&str]| {
        let as_of = format!("2026-06-{:02}T00:00:00Z", days.len() + 1);
        of_ann(&ann("pro", &as_of, days), BeyondTier::Charged(None)).used_up_on.map(|day| day.to_string())
    };
    assert_eq!(of(&["500", "0", "500"]).as_deref(), Some("2026-06-03"), "exactly all");
    assert_eq!(of(&["999.99", "1", "500"]).as_deref(), Some("2026-06-02"));
    assert_eq!(of(&["999.99", "0", "0"]), None, "a hundredth is left");
}

#[test]
fn nothing_is_foretold_in_the_first_4_percent_and_what_is_charged_already_stays_above_a_cap() {
    let early = ann("pro", "2026-06-02T04:47:59Z", &["100"]);
    assert_eq!(of_ann(&early, BeyondTier::Charged(None)).by_the_end, None);
    assert!(of_ann(&ann("pro", "2026-06-02T04:48:00Z", &["100"]), BeyondTier::Paused).by_the_end.is_some());
    let over = of_ann(
        &ann("pro", "2026-06-03T00:00:00Z", &["1500", "0"]),
        BeyondTier::Charged(Some(credits("100"))),
    );
    assert_eq!(over.by_the_end.expect("foretold").even.to_string(), "40.00", "500 beyond at $0.04");
}

#[test]
fn the_model_foretells_the_same_and_the_range_holds_it() {
    let ways = [(BeyondTier::Charged(None), None), (BeyondTier::Charged(Some(credits("125"))), Some("125"))];
    prove(&generate::organisation(), cases(400), SEED, |scenario| {
        let as_of = scenario["as_of"].as_str().expect("a moment").to_owned();
        let (ledger, at) = ledger!(scenario, Organisation);
        let current = ledger.account.current(at);
        let by_model = model::statement(&scenario)["current"].clone();
        let subscriptions = by_model["subscriptions"].as_array().expect("a list");
        for (beyond, cap) in ways.into_iter().chain([(BeyondTier::Paused, Some("paused"))]) {
            let by_engine = outlook(&ledger, at, |_, _| beyond);
            prop_assert_eq!(by_engine.len(), subscriptions.len());
            for ((of, held), known) in by_engine.iter().zip(subscriptions).zip(&current.subscriptions) {
                prop_assert_eq!(of.user.as_str(), held["user"].as_str().expect("a user"));
                let said = match cap {
                    Some("paused") => Beyond::Paused,
                    cap => Beyond::Charged(cap),
                };
                let expected = by_the_end(held, &as_of, &said).map(|cost| model::written(&cost, 2));
                prop_assert_eq!(of.by_the_end.map(|of| of.even.to_string()), expected, "{:?}", beyond);
                let Some(range) = of.by_the_end else { continue };
                prop_assert!(range.low <= range.even && range.even <= range.high, "{range:?}");
                prop_assert!(known.month_to_date <= range.low, "what is charged is charged: {range:?}");
            }
        }
        Ok(())
    });
}
