//! The engine against the independent model.

use proof::{agree, agree_on_changes, agree_under_lists, cases, difference, generate, model, prove};
use proptest::sample::select;
use serde_json::Value;
use std::path::Path;

/// Scenarios of each kind; of those under the lists of 2026 a tenth, for each is also a preview and a replay. In all 27,600. `make prove` draws a million.
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
fn a_team_under_the_list_of_2026_agrees_with_the_model() {
    prove(&generate::team_of_2026(), cases(EACH), SEED, |scenario| agree(&scenario));
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
fn the_lists_of_2026_agree_with_the_model() {
    let plans = select(vec!["free", "pro", "pro-plus", "pro-max", "power"]);
    prove(
        &(generate::person_of_lists(), plans, 0..40_i64),
        cases(EACH / 10),
        SEED,
        |(scenario, plan, days)| {
            let (plan, at) = generate::change(&scenario, plan, days);
            agree_under_lists(&scenario, &plan, &at)
        },
    );
}

/// An answer without what the product added to the case's keys.
fn as_asked(expected: &Value, answer: Value) -> Value {
    match (expected, answer) {
        (Value::Object(expected), Value::Object(answer)) => {
            let asked = answer.into_iter().filter(|(key, _)| expected.contains_key(key));
            asked
                .map(|(key, value)| {
                    let value = as_asked(&expected[&key], value);
                    (key, value)
                })
                .collect()
        }
        (_, answer) => answer,
    }
}

#[test]
fn the_model_itself_agrees_with_every_worked_case() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let folders = ["cases", "cases-2026"].map(|folder| fixtures.join(folder));
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("the cases"));
    let (mut seen, mut bad_lists) = (0, 0);
    for entry in entries {
        let path = entry.expect("an entry").path();
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("JSON");
        let scenario = &case["scenario"];
        if case["expect_error"] == true {
            // What is wrong with the cases of 2026 is what their lists don't have.
            if path.parent().is_some_and(|folder| folder.ends_with("cases-2026")) {
                bad_lists += 1;
                assert!(!model::lists::is_readable(scenario), "{}", path.display());
            }
            continue;
        }
        seen += 1;
        let answer = match case["run"].as_str() {
            Some("simulate") => model::statement(scenario),
            Some("replay") => model::replay(scenario),
            _ => {
                let at =
                    case["args"]["at"].as_str().or_else(|| scenario["as_of"].as_str()).expect("a moment");
                model::preview(scenario, case["args"]["plan"].as_str().expect("a plan"), at)
            }
        };
        let answer = as_asked(&case["expect"], answer);
        assert_eq!(difference(&case["expect"], &answer, ""), None, "{}", path.display());
    }
    assert_eq!((seen, bad_lists), (39 + 10, 5), "the worked cases that are no bad input, and those that are");
}
