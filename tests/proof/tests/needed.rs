//! Which tasks are needed to tell where an account stands: engine and model.

use proof::model::{charges, decimal};
use proof::{cases, engine, generate, prove, same};
use serde_json::{Value, json};
use std::cell::Cell;

const SEED: u64 = 16;

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
