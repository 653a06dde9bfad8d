//! Advice for an organisation: who runs out, and whose tier another one beats.

use crate::ledger;
use headroom_billing::organisation::{BeyondTier, Evidence, OrganisationAdvice, Risk};
use headroom_billing::{Ledger, Scenario};
use headroom_exact::{Credits, Decimal};
use serde_json::json;

fn credits(text: &str) -> Credits {
    Credits::rounded(text.parse::<Decimal>().expect("a decimal"))
}

#[test]
fn an_organisations_users_are_told_apart_by_risk_and_by_tier() {
    let assign = |user: &str, plan: &str, profile: &str| json!({"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": profile, "user": user, "plan": plan});
    let usage = |user: &str, profile: &str, amount: &str| json!({"at": "2026-06-02T00:00:00Z", "type": "usage", "profile": profile, "user": user, "credits": amount});
    let scenario = json!({"account": "kiro-enterprise", "as_of": "2026-06-16T00:00:00Z", "events": [
        json!({"at": "2026-06-01T00:00:00Z", "type": "set_overage", "profile": "on", "enabled": true}),
        assign("calm", "pro", "off"), assign("near", "pro", "off"), assign("at", "pro", "off"),
        assign("over", "pro", "on"), assign("large", "power", "on"), assign("leaves", "power", "on"),
        usage("calm", "off", "500"), usage("near", "off", "500.10"), usage("at", "off", "1000"),
        usage("over", "on", "1001"), usage("large", "on", "10"), usage("leaves", "on", "10"),
        json!({"at": "2026-06-03T00:00:00Z", "type": "unassign", "profile": "on", "user": "leaves"}),
    ]});
    let (ledger, at) = ledger!(scenario, Organisation);
    let advice = OrganisationAdvice::on(&ledger, at);
    let risks: Vec<_> = advice.at_risk.iter().map(|user| (user.user.as_str(), user.risk)).collect();
    assert_eq!(risks, [("at", Risk::AtLimit), ("near", Risk::NearLimit), ("over", Risk::InOverage)]);
    let tiers: Vec<_> = advice
        .cheaper_tiers
        .iter()
        .map(|user| (user.user.to_string(), user.plan, user.cheapest, user.saves.to_string()))
        .collect();
    // In half a month 1,001 make 2,002: 40.08 for 60.08. Where overage is off nothing more than 20 is charged.
    let expected = [("large", "power", "pro", "180.00"), ("over", "pro", "pro-plus", "20.00")];
    let expected: Vec<_> = expected
        .map(|(user, plan, cheapest, saves)| (user.to_owned(), plan, cheapest, saves.to_owned()))
        .into();
    assert_eq!(tiers, expected, "who pauses pays no more, near and calm stay, and who leaves is left out");
    assert_eq!(advice.saves.to_string(), "200.00");
}

/// Found in November 2026: whose overage is off was told that a larger tier is cheaper, and a smaller one that pauses them; whose
/// overage has a cap that a larger one is, as if everything beyond it were charged.
#[test]
fn a_tier_is_cheaper_only_if_it_serves_as_much_and_costs_less_than_what_is_charged() {
    use BeyondTier::{Charged, Paused, Unknown};
    let cap = |text: &str| Charged(Some(credits(text)));
    // Used in half of June: twice as much by its end.
    for (plan, used, beyond, cheaper) in [
        ("pro", "1000", Charged(None), Some(("pro-plus", "20.00"))),
        ("pro", "1000", Paused, None),
        ("pro", "1000", Unknown, None),
        // Up to 1,500 credits for 40.00, which is what Pro+ costs; then for 42.00.
        ("pro", "5000", cap("499"), None),
        ("pro", "5000", cap("500"), None),
        ("pro", "5000", cap("550"), Some(("pro-plus", "2.00"))),
        // 1,100 cost 24.00 on Pro with overage; without it stops at 1,000.
        ("pro-plus", "550", Charged(None), Some(("pro", "16.00"))),
        ("pro-plus", "550", cap("100"), Some(("pro", "16.00"))),
        ("pro-plus", "550", cap("99.99"), None),
        ("pro-plus", "550", Paused, None),
        ("pro-plus", "550", Unknown, None),
        ("pro-plus", "500", Paused, Some(("pro", "20.00"))),
        ("pro-plus", "500", Unknown, Some(("pro", "20.00"))),
    ] {
        let scenario = json!({"account": "kiro-enterprise", "as_of": "2026-06-16T00:00:00Z", "events": [
            {"at": "2026-06-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true},
            {"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": plan},
            {"at": "2026-06-02T00:00:00Z", "type": "usage", "profile": "A", "user": "ann", "credits": used}]});
        let (ledger, at) = ledger!(scenario, Organisation);
        let told = OrganisationAdvice::by(&ledger, at, Evidence::Whole, |_, _| beyond).cheaper_tiers;
        let told: Vec<_> = told.iter().map(|user| (user.cheapest, user.saves.to_string())).collect();
        let expected: Vec<_> = cheaper.into_iter().map(|(to, saves)| (to, saves.to_owned())).collect();
        assert_eq!(told, expected, "{used} on {plan}, {beyond:?}");
    }
}

/// Packs took overage's place for one person alone: an organisation pays each credit beyond, not a pack.
#[test]
fn an_organisation_has_overage_under_the_price_list_with_packs() {
    let scenario = json!({"account": "kiro-enterprise", "edition": "kiro-2026-07", "as_of": "2026-07-16T12:00:00Z",
        "events": [
            {"at": "2026-07-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true},
            {"at": "2026-07-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro-plus"},
            {"at": "2026-07-02T00:00:00Z", "type": "usage", "profile": "A", "user": "ann", "credits": "505"}]});
    let (ledger, at) = ledger!(scenario, Organisation);
    // Half of July: 1,010 by its end. Pro costs 20.40 with overage; with a pack it would be 25.00.
    let tiers = OrganisationAdvice::on(&ledger, at).cheaper_tiers;
    let found: Vec<_> = tiers.iter().map(|user| (user.cheapest, user.saves.to_string())).collect();
    assert_eq!(found, [("pro", "19.60".to_owned())]);
}

/// Found in November 2026: by a day with much and days without a report somebody was told to move up, as if every day were like it.
#[test]
fn where_days_are_missing_a_tier_is_judged_by_what_was_used() {
    for (plan, used, by_pace, by_use) in [
        // By the pace 2,400 cost 76.00 and 56.00; 1,200 cost 28.00 on Pro. 1,600 cost 44.00 there.
        ("pro", "1200", Some(("pro-plus", "20.00")), None),
        ("pro", "1600", Some(("pro-plus", "20.00")), Some(("pro-plus", "4.00"))),
        ("power", "10", Some(("pro", "180.00")), None),
    ] {
        let scenario = json!({"account": "kiro-enterprise", "as_of": "2026-06-16T00:00:00Z", "events": [
            {"at": "2026-06-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true},
            {"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": plan},
            {"at": "2026-06-02T00:00:00Z", "type": "usage", "profile": "A", "user": "ann", "credits": used}]});
        let (ledger, at) = ledger!(scenario, Organisation);
        for (evidence, expected) in [(Evidence::Whole, by_pace), (Evidence::InPart, by_use)] {
            let told = OrganisationAdvice::by(&ledger, at, evidence, |_, _| BeyondTier::Charged(None));
            let told = told.cheaper_tiers.first().map(|user| (user.cheapest, user.saves.to_string()));
            let expected = expected.map(|(to, saves)| (to, saves.to_owned()));
            assert_eq!(told, expected, "{used} on {plan}, {evidence:?}");
        }
    }
}
