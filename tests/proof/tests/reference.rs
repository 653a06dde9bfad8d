//! The engine against the independent model.

use proof::{agree, agree_on_changes, cases, difference, generate, model, prove};
use proptest::sample::select;
use serde_json::Value;
use std::path::Path;

/// Scenarios of each kind: 21,000 in all. `make prove` draws a million.
const EACH: u32 = 6_000;
/// The same scenarios on every machine.
const SEED: u64 = 20_261_121;

#[test]
fn one_person_agrees_with_the_model() {
    prove(&generate::person(), cases(EACH), SEED, |scenario| agree(&scenario));
}

#[test]
fn an_organisation_agrees_with_the_model() {
    prove(&generate::organisation(), cases(EACH), SEED, |scenario| agree(&scenario));
}

#[test]
fn a_team_agrees_with_the_model() {
    prove(&generate::team(), cases(EACH), SEED, |scenario| agree(&scenario));
}

#[test]
fn previews_and_replays_agree_with_the_model() {
    let changes = (generate::person(), select(vec!["free", "pro", "pro-plus", "power"]), 0..40_i64);
    prove(&changes, cases(EACH / 2), SEED, |(scenario, plan, days)| {
        let (plan, at) = generate::change(&scenario, plan, days);
        agree_on_changes(&scenario, &plan, &at)
    });
}

#[test]
fn the_model_itself_agrees_with_every_worked_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cases");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the cases") {
        let path = entry.expect("an entry").path();
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("JSON");
        if case["expect_error"] == true {
            continue;
        }
        seen += 1;
        let scenario = &case["scenario"];
        let answer = match case["run"].as_str() {
            Some("simulate") => model::statement(scenario),
            Some("replay") => model::replay(scenario),
            _ => {
                let at =
                    case["args"]["at"].as_str().or_else(|| scenario["as_of"].as_str()).expect("a moment");
                model::preview(scenario, case["args"]["plan"].as_str().expect("a plan"), at)
            }
        };
        assert_eq!(difference(&case["expect"], &answer, ""), None, "{}", path.display());
    }
    assert_eq!(seen, 39, "the worked cases that are no bad input");
}
