//! What the vendor says of the running cycle, and which tasks are needed beside it: engine and model.

use proof::model::{charges, decimal, quoted};
use proof::{cases, engine, generate, prove, questions, same, statement};
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use std::cell::Cell;

const SEED: u64 = 16;

fn agrees(scenario: &Value, far: u32, answer: Value) -> Result<(), TestCaseError> {
    agrees_at(scenario, &questions::said_of(scenario, far, answer))
}

fn agrees_at(scenario: &Value, answer: &Value) -> Result<(), TestCaseError> {
    let followed = engine::followed(scenario, answer);
    same(&quoted::followed(scenario, answer), &followed, &json!([scenario, answer]))
}

#[test]
fn an_account_follows_an_answer_as_the_model_says() {
    prove(&(generate::person(), questions::answer()), cases(1_500), SEED, |(scenario, (far, answer))| {
        agrees(&scenario, far, answer)
    });
}

#[test]
fn under_the_lists_of_2026_an_account_follows_an_answer_as_the_model_says() {
    prove(
        &(generate::person_of_lists(), questions::answer()),
        cases(700),
        SEED,
        |(scenario, (far, answer))| {
            if !proof::model::lists::is_readable(&scenario) {
                return Ok(());
            }
            agrees(&scenario, far, answer)
        },
    );
}

/// Of somebody on Pro without a trial who used 100 credits on 2 May, asked about on 20 May.
fn on_pro() -> Value {
    json!({"account": "kiro-individual", "as_of": "2026-05-20T12:00:00Z", "events": [
        {"at": "2026-03-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-03-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-05-02T12:00:00Z", "type": "usage", "credits": "100"}]})
}

#[test]
fn what_the_vendor_counts_beyond_the_tasks_is_used_and_its_overage_charged() {
    let answer = json!({"at": "2026-05-10T00:00:00Z", "used": "1030.00", "overage": "30.00", "overage_enabled": false});
    let followed = engine::followed(&on_pro(), &answer);
    let credits = &followed["current"]["credits"];
    assert_eq!(credits["used"], "1030.00");
    assert_eq!(credits["overage"], json!({"enabled": false, "credits": "30.00", "charge": "1.20"}));
    assert_eq!(followed["elsewhere"], "930.00");
    assert_eq!(followed["current"]["paused"], true, "the switch stands as the answer says");
}

#[test]
fn overage_that_the_vendor_charges_is_charged_though_the_switch_was_turned_off_before() {
    let mut scenario = on_pro();
    let off = json!({"at": "2026-05-05T00:00:00Z", "type": "set_overage", "enabled": false});
    scenario["events"].as_array_mut().expect("events").push(off);
    let answer =
        json!({"at": "2026-05-10T00:00:00Z", "used": "1030.00", "overage": "30.00", "overage_enabled": null});
    let credits = engine::followed(&scenario, &answer)["current"]["credits"].take();
    assert_eq!(credits["overage"], json!({"enabled": true, "credits": "30.00", "charge": "1.20"}));
    let another = json!({"at": "2026-05-10T00:00:00Z", "used": "1090.00", "overage": "90.00", "overage_enabled": false});
    let tasks = json!({"at": "2026-05-06T00:00:00Z", "type": "usage", "credits": "950"});
    scenario["events"].as_array_mut().expect("events").push(tasks);
    agrees_at(&scenario, &another).expect("the model says the same");
    let credits = engine::followed(&scenario, &another)["current"]["credits"].take();
    assert_eq!(
        credits["overage"],
        json!({"enabled": false, "credits": "40.00", "charge": "1.60"}),
        "the gap alone"
    );
    assert_eq!(credits["uncovered"], "50.00", "of a task that ran while it was off");
}

#[test]
fn nothing_is_taken_back_where_more_is_recorded_than_the_vendor_counts() {
    let answer =
        json!({"at": "2026-05-10T00:00:00Z", "used": "40.00", "overage": null, "overage_enabled": null});
    let followed = engine::followed(&on_pro(), &answer);
    assert_eq!(followed["current"], statement(&on_pro())["current"]);
    assert_eq!((&followed["elsewhere"], &followed["recorded_more"]), (&json!("0.00"), &json!("60.00")));
}

/// As records are read: one task a key, so without ids, and after what else happened at the same moment.
fn as_records(scenario: &mut Value) {
    let events = scenario["events"].as_array_mut().expect("events");
    for event in &mut *events {
        event["id"] = Value::Null;
    }
    events.sort_by_key(|event| event["type"] == "usage");
}

#[test]
fn days_that_may_stand_for_their_tasks_charge_what_the_tasks_do() {
    let (summed, by_task) = (Cell::new(0), Cell::new(0));
    prove(&generate::person(), cases(1_000), SEED, |mut scenario| {
        as_records(&mut scenario);
        let (charged, counts) = engine::person_charges_by_day(&scenario);
        summed.set(summed.get() + counts[0]);
        by_task.set(by_task.get() + counts[1]);
        same(&charges::person(&scenario, &["whole"]), &charged, &scenario)
    });
    assert!(summed.get() > by_task.get(), "most days are summed: {} of {}", summed.get(), by_task.get());
    assert!(by_task.get() > 0, "and on some each task counts");
}

#[test]
fn days_are_summed_beside_a_turn_of_the_switch_only_while_it_is_on() {
    let charged = |first: &str, then: bool| {
        let scenario = json!({"account": "kiro-individual", "as_of": "2026-06-02T00:00:00Z", "events": [
            {"at": "2026-03-01T00:00:00Z", "type": "sign_up", "trial": false},
            {"at": "2026-03-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": first, "type": "set_overage", "enabled": true},
            {"at": "2026-05-04T10:00:00Z", "type": "usage", "credits": "999"},
            {"at": "2026-05-04T11:00:00Z", "type": "usage", "credits": "50"},
            {"at": "2026-05-04T12:00:00Z", "type": "usage", "credits": "70"},
            {"at": "2026-05-20T00:00:00Z", "type": "set_overage", "enabled": then}]});
        let (charged, counts) = engine::person_charges_by_day(&scenario);
        same(&charges::person(&scenario, &["whole"]), &charged, &scenario).expect("the same");
        counts
    };
    assert_eq!(charged("2026-03-02T00:00:00Z", false), [1, 0], "on until the 20th: only the sum counts");
    assert_eq!(charged("2026-05-20T00:00:00Z", true), [0, 1], "off: the third task was refused");
    assert_eq!(charged("2026-05-04T10:30:00Z", true), [0, 1], "turned on that day");
    assert_eq!(charged("2026-05-04T00:00:00Z", true), [0, 1], "turned on that day, at its start");
    assert_eq!(charged("2026-05-03T23:59:59Z", true), [1, 0], "the day before");
}

#[test]
fn no_day_is_summed_that_a_bonus_or_a_pack_may_cover() {
    let counts = |edition: &str, trial: bool, signed_up: &str| {
        let scenario = json!({"account": "kiro-individual", "edition": edition, "as_of": "2026-09-02T00:00:00Z",
            "events": [{"at": signed_up, "type": "sign_up", "trial": trial},
                {"at": "2026-08-04T10:00:00Z", "type": "usage", "credits": "10"}]});
        engine::person_charges_by_day(&scenario).1
    };
    assert_eq!(counts("kiro-2025-12", false, "2026-07-20T00:00:00Z"), [1, 0]);
    assert_eq!(
        counts("kiro-2025-12", true, "2026-07-20T00:00:00Z"),
        [0, 0],
        "no cycle whose days may be asked about"
    );
    assert_eq!(counts("kiro-2026-07", false, "2026-07-20T00:00:00Z"), [0, 0]);
    assert_eq!(counts("kiro-2025-12", true, "2026-07-02T00:00:01Z"), [0, 0], "it ends a second into August");
    assert_eq!(counts("kiro-2025-12", true, "2026-07-02T00:00:00Z"), [1, 0], "it ends as August begins");
}

#[test]
fn an_account_stands_where_the_model_says_without_the_tasks_that_are_not_needed() {
    prove(&generate::person(), cases(1_000), SEED, |mut scenario| {
        as_records(&mut scenario);
        let mut model = proof::model::statement(&scenario)["current"].take();
        let mut engine = engine::standing_of_needed(&scenario);
        let bonus = &model["credits"]["bonus"];
        // What was used of a bonus that is gone is in no figure.
        if bonus["remaining"].as_str().is_some_and(|left| decimal(left) == decimal("0")) {
            for current in [&mut model, &mut engine] {
                current["credits"]["bonus"]["used"] = Value::Null;
            }
        }
        same(&model, &engine, &scenario)
    });
}
