//! Models: what they cost beside Auto, by list and day (K4, interfaces-2026.md §4.5).

use headroom_billing::catalog::NotRated;
use headroom_billing::{Catalog, Scenario};
use headroom_exact::{Decimal, Moment};

const CATALOGUE: &str = include_str!("../../../src-tauri/crates/billing/data/catalog.toml");

fn rated(catalog: &Catalog, list: &str, model: &str, at: &str) -> Result<String, NotRated> {
    let at: Moment = at.parse().expect("a moment");
    let ten: Decimal = "10".parse().expect("a decimal");
    let credits = catalog.edition(list).expect("a list").rated(ten, model, at);
    credits.map(|credits| credits.to_string())
}

fn built_in(list: &str, model: &str) -> Result<String, NotRated> {
    rated(Catalog::built_in(), list, model, "2026-11-26T00:00:00Z")
}

#[test]
fn a_model_costs_what_its_list_says() {
    let costs = |credits: &str| Ok(credits.to_owned());
    assert_eq!(built_in("kiro-2026-07", "claude-fable-5"), costs("44.00"));
    assert_eq!(built_in("kiro-2026-07", "qwen3-coder-next"), costs("0.50"));
    assert_eq!(built_in("kiro-2026-06", "gpt-5.6-luna"), costs("6.00"), "until July");
    assert_eq!(built_in("kiro-2026-07", "gpt-5.6-luna"), costs("1.00"));
    assert_eq!(built_in("kiro-2025-12", "sonnet-4"), costs("13.00"), "as scenarios of the contract call it");
    assert_eq!(built_in("kiro-2025-12", "claude-sonnet-4"), costs("13.00"), "and as the service does");
}

#[test]
fn an_unknown_model_is_unknown_and_not_auto() {
    let unknown = Err(NotRated::NoSuchModel);
    assert_eq!(built_in("kiro-2026-07", "claude-sonnet-4-5"), unknown, "dashes are another model");
    assert_eq!(built_in("kiro-2026-07", "CLAUDE-SONNET-4.5"), unknown);
    assert_eq!(built_in("kiro-2026-05", "claude-opus-5"), unknown, "not in that list");
    for model in ["claude-opus-5.5", "claude-sonnet-5.5", "claude-fable-5.1"] {
        assert_eq!(built_in("kiro-2026-07", model), Err(NotRated::NoMultiplier), "{model}");
    }
}

#[test]
fn a_scenario_says_which_model_it_cannot_rate() {
    let error = |model: &str| {
        let json = format!(
            r#"{{"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-09-01T00:00:00Z", "events": [
            {{"at": "2026-08-01T00:00:00Z", "type": "sign_up"}},
            {{"at": "2026-08-02T00:00:00Z", "type": "usage", "auto_credits": "1", "model": "{model}"}}]}}"#
        );
        Scenario::parse(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(error("claude-opus-4-8"), "");
    assert_eq!(error("claude-opus-5.5"), "event-at(number: 1): model: model-not-seen(text: claude-opus-5.5)");
    assert!(
        error("gpt-7").starts_with(
            "event-at(number: 1): model: no-model(known: [auto, one-or-other(one: claude-haiku-4.5, other: haiku-4.5),"
        )
    );
}

#[test]
fn a_multiplier_that_changes_within_a_list_leaves_the_tasks_before_as_they_were() {
    let luna = "name = \"GPT-5.6 Luna\"\n  multiplier = \"0.1\"";
    let changed = format!(
        "{luna}\n  changes = [{{ from = \"2026-09-01\", multiplier = \"0.2\" }}, {{ from = \"2026-10-01\", multiplier = \"0.3\" }}]"
    );
    let catalog = Catalog::parse(&CATALOGUE.replacen(luna, &changed, 1)).expect("a catalogue");
    for (at, credits) in [
        ("2026-08-31T23:59:59Z", "1.00"),
        ("2026-09-01T00:00:00Z", "2.00"),
        ("2026-09-30T23:59:59Z", "2.00"),
        ("2026-10-01T00:00:00Z", "3.00"),
    ] {
        assert_eq!(rated(&catalog, "kiro-2026-07", "gpt-5.6-luna", at), Ok(credits.to_owned()), "{at}");
    }
}

#[test]
fn models_that_contradict_each_other_are_refused() {
    let refused = |before: &str, after: &str| {
        assert!(CATALOGUE.contains(before), "{before}");
        let error = Catalog::parse(&CATALOGUE.replacen(before, after, 1)).err();
        error.map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(
        refused("aliases = [\"haiku-4.5\"]", "aliases = [\"auto\"]"),
        "edition kiro-2026-07: claude-haiku-4.5: catalog-called-twice"
    );
    assert_eq!(
        refused("multiplier = \"0.5\"", "multiplier = \"0\""),
        "edition kiro-2026-07: glm-5: must-be-positive(text: 0)"
    );
    let twice = "multiplier = \"0.5\"\n  changes = [{ from = \"2026-09-01\", multiplier = \"1\" }, { from = \"2026-09-01\", multiplier = \"2\" }]";
    assert_eq!(
        refused("multiplier = \"0.5\"", twice),
        "edition kiro-2026-07: glm-5: catalog-changes-not-in-order"
    );
}
