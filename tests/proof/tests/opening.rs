//! The running cycle begins with what the vendor says (V10): engine, model and what holds of both.

use proof::model::{calendar, course, lists};
use proof::opening::{answer, answers, computed, moment_in, with};
use proof::{agree, agree_on_changes, cases, engine, generate, prove, questions, rewritten, same, statement};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use std::cell::Cell;

const SEED: u64 = 20;

fn is_readable(scenario: &Value) -> bool {
    lists::is_readable(scenario)
}

#[test]
fn an_account_begins_with_an_answer_as_the_model_says() {
    prove(&(generate::person(), answers()), cases(1_500), SEED, |(scenario, answers)| {
        agree(&with(&scenario, answers))
    });
}

#[test]
fn under_the_lists_of_2026_an_account_begins_with_an_answer_as_the_model_says() {
    prove(&(generate::person_of_lists(), answers()), cases(1_500), SEED, |(scenario, answers)| {
        let scenario = with(&scenario, answers);
        if is_readable(&scenario) { agree(&scenario) } else { Ok(()) }
    });
}

#[test]
fn a_change_after_an_answer_is_charged_what_its_preview_says() {
    let asked = (
        generate::person_of_lists(),
        answers(),
        0..3_i64,
        prop::sample::select(vec!["pro", "pro-plus", "power", "free"]),
    );
    prove(&asked, cases(400), SEED, |(scenario, answers, days, plan)| {
        let scenario = with(&scenario, answers);
        let (plan, at) = generate::change(&scenario, plan, days);
        if !is_readable(&scenario) || !lists::has_plan(&scenario, &plan, &at) {
            return Ok(());
        }
        // The model's preview is the statement with the change written into it.
        agree_on_changes(&scenario, &plan, &at)
    });
}

#[test]
fn a_course_from_an_answer_on_leads_where_the_model_says() {
    let asked = (generate::person_of_lists(), answers(), questions::supposed());
    prove(&asked, cases(150), SEED, |(scenario, answers, (days, question))| {
        let scenario = with(&scenario, answers);
        if !is_readable(&scenario) {
            return Ok(());
        }
        let question = questions::from(&scenario, days.min(8), question);
        let about = json!([scenario, question]);
        same(&course::course(&scenario, &question), &engine::course(&scenario, &question), &about)
    });
}

/// The same without fractions of seconds, which a statement leaves out.
fn in_whole_seconds(scenario: &Value) -> Value {
    let mut whole = scenario.clone();
    let cut = |value: &mut Value| {
        if let Some(text) = value.as_str() {
            *value = calendar::write(calendar::read(text)).into();
        }
    };
    cut(&mut whole["as_of"]);
    for event in whole["events"].as_array_mut().expect("events") {
        cut(&mut event["at"]);
        if event["expires_at"].is_string() {
            cut(&mut event["expires_at"]);
        }
    }
    whole
}

/// What is computed, said by the vendor, changes nothing, whatever comes after.
fn changes_nothing(scenario: &Value, far: u32, counted: &Cell<u32>) -> Result<(), TestCaseError> {
    let at = calendar::write(calendar::read(&moment_in(scenario, far)));
    let Some(answer) = computed(scenario, &at) else { return Ok(()) };
    counted.set(counted.get() + 1);
    let mut told = scenario.clone();
    told["events"].as_array_mut().expect("events").push(answer);
    same(&statement(scenario), &statement(&told), &told)
}

#[test]
fn an_answer_that_says_what_was_computed_changes_nothing() {
    let counted = Cell::new(0);
    prove(&(generate::person(), 0..=1_000_u32), cases(1_500), SEED, |(scenario, far)| {
        changes_nothing(&in_whole_seconds(&scenario), far, &counted)
    });
    prove(&(generate::person_of_lists(), 0..=1_000_u32), cases(1_500), SEED, |(scenario, far)| {
        let scenario = in_whole_seconds(&scenario);
        if is_readable(&scenario) { changes_nothing(&scenario, far, &counted) } else { Ok(()) }
    });
    assert!(counted.get() > cases(1_500), "most of them can be said: {}", counted.get());
}

#[test]
fn an_answer_is_read_again_as_it_was_written() {
    prove(&(generate::person_of_lists(), answers()), cases(300), SEED, |(scenario, answers)| {
        let scenario = with(&scenario, answers);
        if !is_readable(&scenario) {
            return Ok(());
        }
        let (mut once, mut again) = (statement(&scenario), statement(&rewritten(&scenario)));
        // It is written in the order of time.
        (once["refused"], again["refused"]) = (Value::Null, Value::Null);
        same(&once, &again, &scenario)
    });
}

/// Everything issued, and where the account stands, but for what was used when.
fn from_there(scenario: &Value, at: &str) -> Value {
    let mut statement = statement(scenario);
    let moment = calendar::read(at);
    let is_later =
        |invoice: &&Value| calendar::read(invoice["issued_at"].as_str().expect("a moment")) > moment;
    let later: Vec<_> =
        statement["invoices"].as_array().expect("a list").iter().filter(is_later).cloned().collect();
    json!([later, statement["current"].take()])
}

#[test]
fn what_ran_before_an_answer_leads_nowhere_else() {
    let asked = (generate::person(), answer(), 0..=1_000_u32, questions::credits());
    let differed = Cell::new(0);
    prove(&asked, cases(1_000), SEED, |(mut scenario, mut answer, far, credits)| {
        scenario["events"][0]["trial"] = false.into();
        // All of it is said: nothing is left to what was computed.
        for (key, value) in [("limit", json!("1000")), ("overage", json!("0.00")), ("enabled", json!(true))] {
            if answer[key].is_null() {
                answer[key] = value;
            }
        }
        let at = moment_in(&scenario, far);
        answer["at"] = at.clone().into();
        let moment = calendar::read(&at);
        let month = calendar::month_around(moment).0;
        let mut other = scenario.clone();
        for events in [&mut scenario, &mut other] {
            events["events"].as_array_mut().expect("events").push(answer.clone());
        }
        for event in other["events"].as_array_mut().expect("events") {
            let time = calendar::read(event["at"].as_str().expect("at"));
            if event["type"] == "usage" && time >= month && time <= moment {
                *event = json!({"at": event["at"], "type": "usage", "credits": "0.01"});
            }
        }
        let before = json!({"at": at, "type": "usage", "credits": format!("{credits}1")});
        let place = other["events"].as_array().expect("events").len() - 1;
        other["events"].as_array_mut().expect("events").insert(place, before);
        // One of them may say what the answer does: then its tasks go on to count.
        let agrees = |scenario: &Value| {
            let mut without = scenario.clone();
            without["events"]
                .as_array_mut()
                .expect("events")
                .retain(|event| event["type"] != "opening_balance");
            computed(&without, &at).is_some_and(|said| said["used"] == answer["used"])
        };
        // An id that was accepted before is refused later: what runs later must be the same.
        let has_ids =
            scenario["events"].as_array().expect("events").iter().any(|event| !event["id"].is_null());
        if has_ids || agrees(&scenario) || agrees(&other) {
            return Ok(());
        }
        differed.set(differed.get() + 1);
        same(&from_there(&scenario, &at), &from_there(&other, &at), &scenario)
    });
    assert!(differed.get() > 0, "some of them differ");
}

#[test]
fn of_two_answers_of_a_cycle_the_later_leads_and_neither_charges_anything() {
    let asked = (generate::person_of_lists(), answer(), answer(), 0..=1_000_u32);
    prove(&asked, cases(1_000), SEED, |(mut scenario, mut first, mut second, far)| {
        if !is_readable(&scenario) {
            return Ok(());
        }
        // What was stated of a pool gives way to an answer that names it, and is not there for the next.
        let is_pool = |event: &Value| event["type"] == "buy_credits" || event["type"] == "grant";
        scenario["events"].as_array_mut().expect("events").retain(|event| !is_pool(event));
        for answer in [&mut first, &mut second] {
            answer["of_organisation"] = false.into();
            for (key, value) in
                [("limit", json!("1000")), ("overage", json!("0.00")), ("enabled", json!(true))]
            {
                if answer[key].is_null() {
                    answer[key] = value;
                }
            }
        }
        let at = moment_in(&scenario, far);
        (first["at"], second["at"]) = (at.clone().into(), at.clone().into());
        let told = |answers: &[&Value]| {
            let mut told = scenario.clone();
            told["as_of"] = at.clone().into();
            told["events"]
                .as_array_mut()
                .expect("events")
                .extend(answers.iter().map(|answer| (*answer).clone()));
            told
        };
        let (none, both, later) = (told(&[]), told(&[&first, &second]), told(&[&second]));
        if !is_readable(&both) {
            return Ok(());
        }
        same(&statement(&none)["invoices"], &statement(&both)["invoices"], &both)?;
        let current = |scenario: &Value| {
            let mut current = statement(scenario)["current"].take();
            // Whether what was used of a bonus was used in this cycle depends on what was known of it.
            current["credits"]["used"] = Value::Null;
            current
        };
        same(&current(&later), &current(&both), &both)
    });
}

/// Of somebody on Pro without a trial who used 100 credits on 2 November 2026, with an answer of the 10th.
fn on_pro(answer: &Value) -> Value {
    let mut told = json!({"at": "2026-11-10T00:00:00Z", "type": "opening_balance"});
    for (key, value) in answer.as_object().expect("keys") {
        told[key] = value.clone();
    }
    json!({"account": "kiro-individual", "edition": "in-force", "as_of": "2026-11-20T12:00:00Z", "events": [
        {"at": "2026-03-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-03-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-02T12:00:00Z", "type": "usage", "credits": "100"}, told]})
}

fn credits(answer: &Value) -> Value {
    statement(&on_pro(answer))["current"]["credits"].take()
}

#[test]
fn the_count_leads_in_both_directions_and_the_limit_is_the_vendors() {
    for (used, limit, left) in [
        ("400", "1000", "600.00"),
        ("40", "1000", "960.00"),
        ("1200.5", "2000", "799.50"),
        ("59", "50", "0.00"),
    ] {
        let credits = credits(&json!({"used": used, "limit": limit, "overage": "0"}));
        assert_eq!(credits["plan"]["remaining"], left, "{used} of {limit}");
    }
    let without =
        statement(&on_pro(&json!({"used": "1200.5", "limit": "none", "overage": "0"})))["current"].take();
    assert_eq!(without["credits"]["plan"], json!({"allowance": null, "used": "1200.50", "remaining": null}));
    assert_eq!((&without["paused"], &without["credits"]["uncovered"]), (&json!(false), &json!("0.00")));
}

#[test]
fn the_fee_follows_the_stated_plan_and_overage_is_what_the_vendor_charges() {
    let answer = json!({"used": "59", "limit": "50", "plan": "free", "overage": "9", "overage_charge": "0.36", "enabled": false});
    let current = statement(&on_pro(&answer))["current"].take();
    assert_eq!(current["credits"]["overage"], json!({"enabled": false, "credits": "9.00", "charge": "0.36"}));
    assert_eq!((&current["paused"], &current["next_charge"]["total"]), (&json!(true), &json!("20.36")));
    // Another price than the list's leads, and the list's stands beside it.
    let dearer = json!({"used": "1200", "limit": "1000", "overage": "200", "overage_charge": "10.00", "enabled": true});
    let overage = credits(&dearer)["overage"].take();
    assert_eq!(overage, json!({"enabled": true, "credits": "200.00", "charge": "10.00", "by_price": "8.00"}));
    let unknown = json!({"used": "1200", "limit": "1000", "overage": "200", "overage_charge": "unknown", "enabled": true});
    let current = statement(&on_pro(&unknown))["current"].take();
    assert_eq!(
        (&current["credits"]["overage"]["charge"], &current["next_charge"]["total"]),
        (&Value::Null, &json!("20.00"))
    );
}

#[test]
fn a_charge_without_credits_leads_and_keeps_requests_running() {
    let answers = [
        json!({"used": "1010", "limit": "1000", "overage_charge": "0.90", "enabled": true}),
        json!({"used": "1010", "limit": "1000", "overage": "0", "overage_charge": "0.90", "enabled": true}),
        json!({"used": "1033.5", "limit": "1000", "overage_charge": "7.11"}),
    ];
    for (answer, (over, charge, by_price, total)) in answers.iter().zip([
        ("10.00", "0.90", "0.40", "20.90"),
        ("10.00", "0.90", "0.40", "20.90"),
        ("33.50", "7.11", "1.34", "27.11"),
    ]) {
        let current = statement(&on_pro(answer))["current"].take();
        let said = json!({"enabled": true, "credits": over, "charge": charge, "by_price": by_price});
        assert_eq!(current["credits"]["overage"], said, "{answer}");
        assert_eq!((&current["paused"], &current["next_charge"]["total"]), (&json!(false), &json!(total)));
    }
}

#[test]
fn a_charge_while_the_plan_has_room_is_charged_without_a_count_of_credits() {
    for (used, limit, overage, charge, left, total) in [
        ("300", "1000", json!("0"), "0.90", "700.00", "20.90"),
        ("300", "1000", Value::Null, "0.90", "700.00", "20.90"),
        ("1500", "2000", json!("0.00"), "4.05", "500.00", "24.05"),
    ] {
        let answer = json!({"used": used, "limit": limit, "overage": overage, "overage_charge": charge, "enabled": true});
        let current = statement(&on_pro(&answer))["current"].take();
        let line = &current["next_charge"]["lines"][0];
        assert_eq!(
            (&line["amount"], &line["quantity"], &line["unit_price"]),
            (&json!(charge), &Value::Null, &Value::Null),
            "{answer}"
        );
        let credits = &current["credits"];
        assert_eq!(
            (&credits["plan"]["remaining"], &credits["used"], &current["next_charge"]["total"]),
            (&json!(left), &json!(format!("{used}.00")), &json!(total)),
            "{answer}"
        );
        // Once the plan is used up, overage keeps requests running: the vendor charges some in this cycle (V5).
        let mut later = on_pro(&answer);
        let more = json!({"at": "2026-11-12T00:00:00Z", "type": "usage", "credits": format!("{left}")});
        later["events"].as_array_mut().expect("events").push(more);
        let later = statement(&later)["current"].take();
        assert_eq!(
            (&later["credits"]["plan"]["remaining"], &later["paused"]),
            (&json!("0.00"), &json!(false))
        );
    }
}

#[test]
fn what_is_left_is_the_limit_less_what_was_used_whatever_is_charged_beside_it() {
    for (used, limit, overage, charge, left, total) in [
        ("300", "1000", "20", "0.80", "700.00", "20.80"),
        ("1500", "2000", "100", "4.00", "500.00", "24.00"),
        ("1010", "1000", "25", "1.00", "0.00", "21.00"),
    ] {
        let answer = json!({"used": used, "limit": limit, "overage": overage, "overage_charge": charge, "enabled": true});
        let current = statement(&on_pro(&answer))["current"].take();
        let credits = &current["credits"];
        assert_eq!(
            (&credits["plan"]["remaining"], &credits["used"]),
            (&json!(left), &json!(format!("{used}.00"))),
            "{answer}"
        );
        let said = json!({"enabled": true, "credits": format!("{overage}.00"), "charge": charge});
        assert_eq!(
            (&credits["overage"], &current["next_charge"]["total"]),
            (&said, &json!(total)),
            "{answer}"
        );
    }
}

#[test]
fn what_packs_paid_for_is_neither_charged_nor_uncovered() {
    let pack = |of: &str, used: &str| json!({"kind": "pack", "credits": of, "used": used, "expires_at": "2026-12-31T00:00:00Z"});
    let answer = json!({"used": "1130.25", "limit": "1000", "overage": "130.25", "overage_charge": "0",
        "enabled": true, "pools": [pack("125", "125"), pack("250", "5.25")]});
    let current = statement(&on_pro(&answer))["current"].take();
    let overage = &current["credits"]["overage"];
    assert_eq!(
        (&overage["credits"], &overage["idle"]),
        (&json!("0.00"), &json!(true)),
        "a switch promises nothing"
    );
    assert_eq!((&current["credits"]["uncovered"], &current["paused"]), (&json!("0.00"), &json!(false)));
    assert_eq!(current["credits"]["packs"][1]["remaining"], "244.75");
    assert_eq!(current["next_charge"]["total"], "20.00");
}

#[test]
fn a_cap_ends_overage_and_is_said_in_credits_and_dollars() {
    let capped = |overage: &str| {
        let used = format!("1{overage}");
        statement(&on_pro(&json!({"used": used, "limit": "1000", "overage": overage, "enabled": true,
            "overage_cap": "400"})))["current"]
            .take()
    };
    let (below, reached) = (capped("399.00"), capped("400.00"));
    assert_eq!(
        below["credits"]["overage"]["cap"],
        json!({"credits": "400.00", "left": "1.00", "charge_at_most": "16.00"})
    );
    assert_eq!((&below["paused"], &reached["paused"]), (&json!(false), &json!(true)));
}
