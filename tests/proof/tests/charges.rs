//! Which charge belongs to which period, and how much of it is known: engine and model.

use proof::model::{charges, decimal, lists};
use proof::{cases, engine, generate, prove, questions, same, statement};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};

const EACH: u32 = 1_000;
const SEED: u64 = 13;

/// Every invoice of a scenario once, in order, whatever period it is in.
fn each_once(answer: &Value, scenario: &Value) -> Result<(), TestCaseError> {
    let periods = answer["periods"].as_array().expect("periods");
    let charges = periods.iter().flat_map(|period| period["charges"].as_array().expect("charges"));
    let invoices: Vec<_> = charges.map(|charge| charge["invoice"].clone()).collect();
    let all = statement(scenario);
    prop_assert_eq!(&Value::from(invoices.clone()), &all["invoices"], "{:#}", scenario);
    let next = &all["current"]["next_charge"];
    prop_assert_eq!(&answer["upcoming"]["invoice"], next, "{:#}", scenario);
    let sum = |invoices: &[Value]| {
        invoices
            .iter()
            .map(|invoice| decimal(invoice["total"].as_str().expect("a total")))
            .sum::<proof::model::Exact>()
    };
    let totals = periods.iter().map(|period| period["total"]["known"].as_str());
    // Where each month is known whole, the sums of the periods are the sum of the invoices.
    if let Some(totals) = totals.collect::<Option<Vec<_>>>()
        && periods.iter().all(|period| period["total"]["at_least"] == false)
    {
        let together: proof::model::Exact = totals.into_iter().map(decimal).sum();
        prop_assert_eq!(together, sum(&invoices), "{:#}", scenario);
    }
    Ok(())
}

#[test]
fn every_charge_of_one_person_is_in_the_period_that_the_model_says() {
    let months = (generate::person(), vec(questions::known(), 1..9));
    prove(&months, cases(EACH), SEED, |(scenario, known)| {
        let answer = engine::person_charges(&scenario, &known, false);
        same(&charges::person(&scenario, &known), &answer, &json!([scenario, known]))?;
        each_once(&answer, &scenario)
    });
}

#[test]
fn under_the_lists_of_2026_every_charge_is_in_the_period_that_the_model_says() {
    let months = (generate::person_of_lists(), vec(questions::known(), 1..9));
    prove(&months, cases(EACH / 2), SEED, |(scenario, known)| {
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let answer = engine::person_charges(&scenario, &known, false);
        same(&charges::person(&scenario, &known), &answer, &json!([scenario, known]))?;
        each_once(&answer, &scenario)
    });
}

#[test]
fn a_month_is_charged_the_same_without_the_usage_before_it() {
    let months = (generate::person(), vec(questions::known(), 1..9));
    prove(&months, cases(EACH), SEED, |(mut scenario, known)| {
        // A bonus reaches from one month into the next, and an id is one in all of them: both need what was before.
        for event in scenario["events"].as_array_mut().expect("events") {
            match event["type"].as_str() {
                Some("sign_up") => event["trial"] = false.into(),
                _ => event["id"] = Value::Null,
            }
        }
        let answer = engine::person_charges(&scenario, &known, true);
        same(&charges::person(&scenario, &known), &answer, &json!([scenario, known]))
    });
}

#[test]
fn what_a_months_end_charges_an_organisation_is_what_the_model_says() {
    prove(&(generate::organisation(), questions::known()), cases(EACH), SEED, |(scenario, known)| {
        let answer = engine::organisation_charges(&scenario, known);
        same(&charges::organisation(&scenario, known), &answer, &json!([scenario, known]))
    });
}

#[test]
fn a_teams_cycles_charge_the_seats_and_purchases_that_the_model_says() {
    prove(&questions::team(), cases(2 * EACH), SEED, |question| {
        same(&charges::team(&question), &engine::team_charges(&question), &question)
    });
}
