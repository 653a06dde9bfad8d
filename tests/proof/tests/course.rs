//! What-if: engine and model.

use proof::model::course;
use proof::{cases, engine, generate, prove, questions, same};
use proptest::prelude::*;
use serde_json::json;

const SEED: u64 = 17;

#[test]
fn a_course_leads_where_the_model_says() {
    prove(&(generate::person(), questions::supposed()), cases(400), SEED, |(scenario, (days, question))| {
        let question = questions::from(&scenario, days, question);
        let answer = engine::course(&scenario, &question);
        same(&course::course(&scenario, &question), &answer, &json!([scenario, question]))
    });
}

#[test]
fn choices_cost_what_the_model_says_and_the_same_one_is_the_least() {
    let asked = (generate::person(), prop::bool::weighted(0.2), questions::supposed());
    prove(&asked, cases(80), SEED, |(mut scenario, not_sold, (days, question))| {
        if not_sold {
            // Every upgrade is refused: nothing is left to compare with.
            scenario["country"] = "RU".into();
        }
        let question = questions::from(&scenario, days, question);
        let answer = engine::choices(&scenario, &question);
        same(&course::choices(&scenario, &question), &answer, &json!([scenario, question]))
    });
}

#[test]
fn what_is_supposed_of_a_day_is_what_the_model_says() {
    prove(&(generate::person(), questions::credits()), cases(1_000), SEED, |(scenario, asked)| {
        let answer = engine::a_day(&scenario, &asked);
        same(&course::a_day(&scenario, &asked), &answer, &json!([scenario, asked]))
    });
}
