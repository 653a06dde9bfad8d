//! A catalogue that takes the place of an older one.

use headroom_billing::{Catalog, Ledger, Lists, Scenario, Statement, person};
use headroom_exact::Credits;
use serde_json::Value;

const CATALOGUE: &str = include_str!("../../../src-tauri/crates/billing/data/catalog.toml");

/// The first such text replaced; what isn't there can't be.
fn with(text: &str, before: &str, after: &str) -> String {
    assert!(text.contains(before), "{before}");
    text.replacen(before, after, 1)
}

/// The catalogue of the build, issued a day in December and one number later.
fn december() -> String {
    let built_in = Catalog::built_in();
    let text = with(
        CATALOGUE,
        &format!("serial = {}", built_in.serial),
        &format!("serial = {}", built_in.serial + 1),
    );
    with(&text, &format!("issued_on = \"{}\"", built_in.issued_on), "issued_on = \"2026-12-05\"")
}

/// The same with one list more, in which Pro costs $25.
fn with_a_list(in_force_from: &str) -> String {
    let text = december();
    let start = text.find("[[edition]]\nid = \"kiro-2026-07\"").expect("the last list");
    let end = text.find("[[team_edition]]").expect("it is there");
    let list = with(&text[start..end], "id = \"kiro-2026-07\"", "id = \"kiro-2026-12\"");
    let list = with(&list, "in_force_from = \"2026-07-01\"", &format!("in_force_from = \"{in_force_from}\""));
    let list = with(&list, "monthly_price = \"20\"", "monthly_price = \"25\"");
    format!("{}{list}{}", &text[..end], &text[end..])
}

fn renews(text: &str) -> String {
    let catalog = Catalog::parse(text).expect("a catalogue");
    catalog.renews(Catalog::built_in()).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn only_a_newer_one_renews() {
    let built_in = Catalog::built_in();
    let called = format!("catalog-numbered(day: {}, number: {})", built_in.issued_on, built_in.serial);
    assert_eq!(renews(CATALOGUE), format!("serial: catalog-not-newer(others: {called}, own: {called})"));
    assert_eq!(renews(&december()), "");
    let same_number = with(
        &december(),
        &format!("serial = {}", built_in.serial + 1),
        &format!("serial = {}", built_in.serial),
    );
    assert!(renews(&same_number).starts_with("serial: "), "a day alone makes nothing newer");
    let earlier = with(&december(), "issued_on = \"2026-12-05\"", "issued_on = \"2026-01-05\"");
    assert!(renews(&earlier).starts_with(&format!("serial: catalog-not-newer(others: {called}, own: ")));
    let same_day =
        with(&december(), "issued_on = \"2026-12-05\"", &format!("issued_on = \"{}\"", built_in.issued_on));
    assert_eq!(renews(&same_day), "", "two can be issued on a day");
}

#[test]
fn lists_models_and_days_can_be_added() {
    assert_eq!(renews(&with_a_list("2026-12-01")), "");
    let text = december();
    for (before, after) in [
        ("name = \"Claude Opus 5.5\"", "name = \"Claude Opus 5.5\"\n  multiplier = \"3.3\""),
        ("name = \"GLM-5\"", "name = \"GLM 5\""),
        (
            "multiplier = \"0.5\"",
            "multiplier = \"0.5\"\n  changes = [{ from = \"2026-12-01\", multiplier = \"0.6\" }]",
        ),
        (
            "[[edition.model]]\n  id = \"glm-5\"",
            "[[edition.model]]\n  id = \"glm-6\"\n  name = \"GLM-6\"\n\n  [[edition.model]]\n  id = \"glm-5\"",
        ),
        (
            "multiplier = \"0.5\"",
            &format!(
                "multiplier = \"0.5\"\n  changes = [{{ from = \"{}\", multiplier = \"0.6\" }}]",
                Catalog::built_in().issued_on
            ),
        ),
        ("checked_on = \"2026-08-30\"", "checked_on = \"2026-12-05\""),
        ("title = \"Pricing\"", "title = \"Prices\""),
    ] {
        assert_eq!(renews(&with(&text, before, after)), "", "{after}");
    }
}

#[test]
fn what_has_been_in_force_stays_as_it_was() {
    let text = december();
    for (before, after, refused) in [
        ("monthly_price = \"40\"", "monthly_price = \"39\"", "edition kiro-2025-12: plan: catalog-in-force"),
        (
            "packs = { unit_price = \"0.04\"",
            "packs = { unit_price = \"0.05\"",
            "edition kiro-2026-07: packs: catalog-in-force",
        ),
        (
            "first_payment_credit = { amount = \"20\", from = \"2026-05-08\" }",
            "# none",
            "edition kiro-2026-05: first_payment_credit: catalog-in-force",
        ),
        (
            "in_force_from = \"2025-11-15\"",
            "in_force_from = \"2025-11-01\"",
            "edition kiro-2025-12: in_force_from: catalog-in-force",
        ),
        ("id = \"kiro-2026-05\"", "id = \"kiro-2026-04\"", "edition kiro-2026-05: catalog-list-gone"),
        ("price = \"29\"", "price = \"19\"", "team_edition kilo-2025: seat: catalog-in-force"),
        ("rate = \"0.10\"", "rate = \"0.08\"", "tax: catalog-tax-changed"),
        (
            "multiplier = \"4.4\"",
            "multiplier = \"4.5\"",
            "edition kiro-2026-07: claude-fable-5: catalog-cost-changed",
        ),
        (
            "multiplier = \"0.5\"",
            "multiplier = \"0.5\"\n  changes = [{ from = \"2026-11-01\", multiplier = \"0.6\" }]",
            "edition kiro-2026-07: glm-5: catalog-cost-changed",
        ),
        (
            "aliases = [\"haiku-4.5\"]",
            "aliases = []",
            "edition kiro-2026-07: claude-haiku-4.5: catalog-cost-changed",
        ),
        (
            "id = \"qwen3-coder-next\"",
            "id = \"qwen4\"",
            "edition kiro-2026-07: qwen3-coder-next: catalog-cost-changed",
        ),
    ] {
        assert_eq!(renews(&with(&text, before, after)), refused, "{after}");
    }
}

#[test]
fn a_list_can_not_come_before_those_there_are() {
    // The first of a vendor is the one that is meant where none is named.
    let text = december();
    let (before, teams) = text.split_once("[[team_edition]]").expect("it is there");
    let first = &teams[..teams.find("[[team_edition]]").expect("a second one")];
    let earlier = with(first, "id = \"kilo-2025\"", "id = \"kilo-2024\"");
    assert_eq!(
        renews(&format!("{before}[[team_edition]]{earlier}[[team_edition]]{teams}")),
        "team_edition kilo-2025: catalog-list-gone"
    );
}

#[test]
fn a_list_that_is_not_in_force_yet_can_still_be_put_right() {
    let next_year = Catalog::parse(&with_a_list("2027-01-01")).expect("a catalogue");
    let number = next_year.serial;
    let newer =
        with(&with_a_list("2027-01-01"), &format!("serial = {number}"), &format!("serial = {}", number + 1));
    let changed = with(&newer, "monthly_price = \"25\"", "monthly_price = \"24\"");
    let parsed = |text: &str| Catalog::parse(text).expect("a catalogue");
    assert!(parsed(&changed).renews(&next_year).is_ok());
    let in_force = with(&changed, "issued_on = \"2026-12-05\"", "issued_on = \"2027-01-01\"");
    assert_eq!(
        parsed(&in_force).renews(&next_year).expect_err("it is in force").to_string(),
        "edition kiro-2026-12: plan: catalog-in-force"
    );
}

#[test]
fn a_file_of_another_form_is_refused_by_name() {
    let refused = |text: &str| Catalog::parse(text).expect_err("refused").to_string();
    assert_eq!(
        refused(&with(CATALOGUE, "format = 1", "format = 2")),
        "format: catalog-format(found: 2, known: 1)"
    );
    assert_eq!(refused(&with(CATALOGUE, "format = 1\n", "")), "format: is-missing");
    assert_eq!(refused("no catalogue"), "line-at(number: 1): not-toml");
    let strange = format!("strange = 1\n{CATALOGUE}");
    assert_eq!(refused(&strange), "line-at(number: 1): strange: is-not-known");
    let without = refused(&with(CATALOGUE, "issued_on = ", "# "));
    assert!(without.ends_with(": issued_on: is-missing"), "{without}");
}

#[test]
fn accounts_are_billed_by_the_catalogue_they_are_given() {
    let catalog: &'static Catalog =
        Box::leak(Box::new(Catalog::parse(&with_a_list("2026-12-01")).expect("a catalogue")));
    let json = br#"{"account": "kiro-individual", "edition": "in-force", "as_of": "2026-12-10T00:00:00Z", "events": [
        {"at": "2026-11-01T00:00:00Z", "type": "sign_up"},
        {"at": "2026-11-01T00:00:00Z", "type": "change_plan", "plan": "pro"}]}"#;
    let totals = |scenario: Scenario<'_>| {
        let Scenario::Individual(sourced) = scenario else { panic!("a scenario of one person") };
        let lists = sourced.timeline.terms.lists;
        let statement =
            serde_json::to_value(Statement::of(&sourced.timeline).expect("a statement")).expect("JSON");
        let invoices = statement["invoices"].as_array().expect("a list").clone();
        let totals: Vec<Value> = invoices.into_iter().map(|mut invoice| invoice["total"].take()).collect();
        (totals, lists)
    };
    let (renewed, lists) = totals(Scenario::parse_by(json, catalog).expect("a scenario"));
    assert_eq!(renewed, ["20.00", "25.00"]);
    assert!(matches!(lists, Lists::InForce(of) if std::ptr::eq(of, catalog)));
    assert_eq!(totals(Scenario::parse(json).expect("a scenario")).0, ["20.00", "20.00"]);
}

#[test]
fn credits_beyond_the_plan_cost_what_packs_cost_and_not_what_overage_does() {
    // Both cost the same in every list there is.
    let text = with(CATALOGUE, "packs = { unit_price = \"0.04\"", "packs = { unit_price = \"0.05\"");
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::parse(&text).expect("a catalogue")));
    let list = catalog.edition("kiro-2026-07").expect("a list");
    let plan = |id: &str| list.plan_named(id).expect("a plan");
    assert_eq!(list.break_even(plan("pro"), plan("pro-plus")).to_string(), "400.00");
    let month = |hundredths| list.month_cost(plan("pro"), Credits::from_hundredths(hundredths));
    assert_eq!(month(140_000).map(|cost| cost.to_string()).as_deref(), Some("40.00"));
    assert_eq!(month(140_001).map(|cost| cost.to_string()).as_deref(), Some("40.01"), "a cent more buys it");
    let json = br#"{"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-09-10T00:00:00Z", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up"},
        {"at": "2026-08-01T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        {"at": "2026-08-02T00:00:00Z", "type": "usage", "credits": "1400"}]}"#;
    let Scenario::Individual(sourced) = Scenario::parse_by(json, catalog).expect("a scenario") else {
        panic!("one person")
    };
    let at = sourced.timeline.as_of;
    let replay = person::Replay::on(&Ledger::fold(&sourced.timeline, at).expect("a ledger"), at);
    assert_eq!(replay.plans[0].total.map(|total| total.to_string()).as_deref(), Some("40.00"));
}
