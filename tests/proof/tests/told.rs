//! What a vendor says of limits, caps and charges, and what can't be known of it: no figure leaves it out (V4–V6, V10).

use crate::ledger;
use headroom_billing::person::{NextCycle, PersonAdvice, Preview, Waiting};
use headroom_billing::{Ledger, Scenario};
use proof::model::lists;
use proof::opening::{answers, with};
use proof::{cases, engine, generate, model, preview_and_replay, prove, questions, same, statement};
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use std::cell::Cell;

const SEED: u64 = 23;

/// Hundredths of an amount.
fn exact(value: &Value) -> i128 {
    value.as_str().expect("an amount").replace('.', "").parse().expect("hundredths")
}

#[test]
fn plans_cost_what_the_model_says_of_an_account_with_an_answer() {
    let told = Cell::new(0);
    let asked = (generate::person_of_lists(), answers(), questions::credits());
    prove(&asked, cases(600), SEED, |(scenario, answers, month)| {
        let scenario = with(&scenario, answers);
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let costs = engine::costs_of(&scenario, &month);
        told.set(
            told.get() + u32::from(costs["break_evens"].as_array().is_some_and(|pairs| pairs.len() < 3)),
        );
        same(&model::costs_of(&scenario, &month), &costs, &json!([scenario, month]))
    });
    assert!(told.get() > 0, "for some of them moving up never pays off");
}

#[test]
fn what_is_charged_as_overage_never_exceeds_a_cap() {
    let reached = Cell::new(0);
    prove(&(generate::person_of_lists(), answers()), cases(1_500), SEED, |(scenario, answers)| {
        let scenario = with(&scenario, answers);
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let overage = statement(&scenario)["current"]["credits"]["overage"].take();
        if overage["cap"].is_null() {
            return Ok(());
        }
        // The vendor itself may say that more is charged.
        let of = |event: &Value| event["overage"].as_str().map_or(0, |_| exact(&event["overage"]));
        let is_answer = |event: &&Value| event["type"] == "opening_balance";
        let listed = scenario["events"].as_array().expect("events");
        let said = listed.iter().filter(is_answer).map(of).max().unwrap_or(0);
        let charged_alone = listed.iter().any(|event| {
            event["overage_charge"].as_str().is_some_and(|charge| charge != "0.00") && of(event) == 0
        });
        let most = exact(&overage["cap"]["credits"]).max(said);
        reached.set(reached.get() + u32::from(exact(&overage["cap"]["left"]) == 0));
        let is_within = charged_alone || exact(&overage["credits"]) <= most;
        if is_within { Ok(()) } else { Err(TestCaseError::fail(format!("{overage}\n{scenario:#}"))) }
    });
    assert!(reached.get() > 0, "some reach it");
}

/// The invoices of a scenario with one event more, until a moment.
fn issued(scenario: &Value, more: Option<Value>, until: &str) -> Vec<Value> {
    let mut all = scenario.clone();
    all["as_of"] = until.into();
    all["events"].as_array_mut().expect("events").extend(more);
    statement(&all)["invoices"].as_array().expect("a list").clone()
}

#[test]
fn a_change_charges_and_leaves_what_its_preview_said_whatever_was_told() {
    let (changes, unknown) = (Cell::new(0), Cell::new(0));
    let asked = (generate::person_of_lists(), answers(), select(vec!["pro", "pro-plus", "power", "free"]));
    prove(&asked, cases(800), SEED, |(scenario, answers, plan)| {
        let mut scenario = with(&scenario, answers);
        let at = scenario["as_of"].as_str().expect("a moment").to_owned();
        if !lists::is_readable(&scenario) || !lists::has_plan(&scenario, plan, &at) {
            return Ok(());
        }
        // Nothing is known of what comes later.
        let moment = model::as_of(&scenario);
        let is_known = |event: &Value| model::calendar::read(event["at"].as_str().expect("at")) <= moment;
        scenario["events"].as_array_mut().expect("events").retain(is_known);
        let preview = preview_and_replay(&scenario, plan, &at).0;
        if !preview["refused"].is_null() {
            return Ok(());
        }
        changes.set(changes.get() + 1);
        let event = json!({"at": at, "type": "change_plan", "plan": plan});
        let mut done = scenario.clone();
        done["events"].as_array_mut().expect("events").push(event.clone());
        same(&preview["after"], &statement(&done)["current"], &done)?;
        let before = issued(&scenario, None, &at).len();
        let charged = issued(&scenario, Some(event.clone()), &at).split_off(before);
        same(&json!(charged.first()), &preview["charge_now"], &done)?;
        // Until the next cycle has begun, too, in sum and in how much of it is known.
        let next = &preview["next_cycle"];
        let Some(begins_at) = next["begins_at"].as_str() else { return Ok(()) };
        let then = json!({"at": begins_at, "type": "change_plan", "plan": plan});
        for (event, key) in [(event, "taken_now"), (then, "taken_then")] {
            let invoices = issued(&scenario, Some(event), begins_at).split_off(before);
            let sum: i128 = invoices.iter().map(|invoice| exact(&invoice["total"])).sum();
            let in_part = invoices.iter().any(|invoice| invoice["at_least"] == true);
            unknown.set(unknown.get() + u32::from(in_part));
            let said = json!([exact(&next[key]), next[format!("{key}_at_least")] == true]);
            same(&json!([sum, in_part]), &said, &done)?;
        }
        Ok(())
    });
    assert!(changes.get() > 0 && unknown.get() > 0, "{} changes, {} unknown", changes.get(), unknown.get());
}

/// Somebody on Pro under a list, whom the vendor answered on the 10th of a month, with what happened since.
fn told(edition: &str, answer: &Value, since: &[Value]) -> Value {
    let mut said = json!({"at": "2026-06-10T00:00:00Z", "type": "opening_balance"});
    for (key, value) in answer.as_object().expect("keys") {
        said[key] = value.clone();
    }
    let mut events = vec![
        json!({"at": "2026-02-01T00:00:00Z", "type": "sign_up", "trial": false}),
        json!({"at": "2026-02-01T00:00:00Z", "type": "change_plan", "plan": "pro"}),
        said,
    ];
    events.extend(since.iter().cloned());
    json!({"account": "kiro-individual", "edition": edition, "as_of": "2026-06-20T12:00:00Z", "events": events})
}

fn task(credits: &str) -> Value {
    json!({"at": "2026-06-12T00:00:00Z", "type": "usage", "credits": credits})
}

fn advice(scenario: &Value, month: &str) -> PersonAdvice {
    let (ledger, at) = ledger!(scenario, Individual);
    let month = headroom_exact::Credits::rounded(month.parse().expect("a decimal"));
    PersonAdvice::on(&ledger, Some(month), at)
}

#[test]
fn advice_goes_by_the_limit_that_the_vendor_told_of_ones_own_plan() {
    for (limit, month, own, cheapest) in [
        ("1500", "1500", Some("20.00"), "pro"),
        ("1500", "2400", Some("56.00"), "pro-plus"),
        ("600", "900", Some("32.00"), "pro"),
        ("600", "1100", Some("40.00"), "pro-plus"),
        ("none", "9000", Some("20.00"), "pro"),
    ] {
        let advice = advice(&told("kiro-2025-12", &json!({"used": "100", "limit": limit}), &[]), month);
        let pro = advice.plans.iter().find(|plan| plan.plan == "pro").expect("Pro");
        assert_eq!(pro.cost.map(|cost| cost.to_string()).as_deref(), own, "{limit} {month}");
        assert_eq!(advice.cheapest.expect("a plan").plan, cheapest, "{limit} {month}");
        let limit_of = advice.own_limit.expect("another than the list's");
        assert_eq!(limit_of.credits.is_none(), limit == "none");
        assert_eq!(limit_of.by_list.to_string(), "1000.00");
    }
    // Of 1,500 at $20.00 the 500 more of Pro+ are worth their price; of 1,501 they never are.
    let pairs = |limit: &str| -> Vec<String> {
        let advice = advice(&told("kiro-2025-12", &json!({"used": "100", "limit": limit}), &[]), "100");
        advice.break_evens.iter().map(|pair| format!("{} {} {}", pair.from, pair.to, pair.used)).collect()
    };
    let from_plus = "pro-plus power 6000.00";
    assert_eq!(pairs("1500"), ["pro pro-plus 2000.00", "pro power 6000.00", from_plus]);
    assert_eq!(pairs("1501"), ["pro power 6001.00", from_plus]);
    assert_eq!(pairs("none"), [from_plus]);
    let by_list = advice(&told("kiro-2025-12", &json!({"used": "100", "limit": "1000"}), &[]), "100");
    assert_eq!((by_list.own_limit, by_list.break_evens.len()), (None, 3));
}

#[test]
fn an_organisations_user_is_advised_by_overage_where_one_person_is_by_packs() {
    let answer = json!({"used": "1000", "limit": "1000", "enabled": true, "of_organisation": true});
    for (of_organisation, cost) in [(true, "20.40"), (false, "25.00")] {
        let mut answer = answer.clone();
        answer["of_organisation"] = of_organisation.into();
        let advice = advice(&told("kiro-2026-07", &answer, &[]), "1010");
        let pro = advice.plans.iter().find(|plan| plan.plan == "pro").expect("Pro");
        assert_eq!(pro.cost.map(|cost| cost.to_string()).as_deref(), Some(cost), "{of_organisation}");
        assert_eq!(advice.packs_ahead.is_some(), !of_organisation, "who has overage is sold no packs");
    }
    let mut capped = answer;
    capped["overage_cap"] = "400".into();
    let advice = advice(&told("kiro-2026-07", &capped, &[]), "1400.01");
    assert_eq!(advice.overage_cap.map(|cap| cap.to_string()).as_deref(), Some("400.00"));
    let pro = advice.plans.iter().find(|plan| plan.plan == "pro").expect("Pro");
    assert_eq!(pro.cost, None, "a hundredth more than the cap allows");
    assert!(
        advice.break_evens.iter().all(|pair| pair.to != "pro-plus" || pair.from != "pro"),
        "500 are beyond it"
    );
}

#[test]
fn tasks_after_an_answer_are_charged_up_to_the_cap_and_not_beyond() {
    for (used, cap, more, credits, charge, uncovered) in [
        ("1300", "400", "250", "400.00", "16.00", "150.00"),
        ("1390.5", "400", "9.5", "400.00", "16.00", "0.00"),
        ("900", "75", "300", "75.00", "3.00", "125.00"),
        ("1410", "400", "5", "410.00", "16.40", "0.00"),
    ] {
        let over = (exact(&json!(format!("{used}.00").replace(".5.00", ".50"))) - 100_000).max(0);
        let answer = json!({"used": used, "limit": "1000", "enabled": true, "overage_cap": cap,
            "overage": format!("{}.{:02}", over / 100, over % 100)});
        let current = statement(&told("kiro-2025-12", &answer, &[task(more)]))["current"].take();
        let overage = &current["credits"]["overage"];
        assert_eq!(
            (&overage["credits"], &overage["charge"], &current["credits"]["uncovered"]),
            (&json!(credits), &json!(charge), &json!(uncovered)),
            "{used} of {cap}"
        );
        assert_eq!((&overage["cap"]["left"], &overage["idle"]), (&json!("0.00"), &json!(true)));
        assert_eq!(current["paused"], true, "the cap is reached");
    }
}

#[test]
fn supposed_days_are_served_until_the_cap_is_reached() {
    let answer =
        json!({"used": "1000", "limit": "1000", "enabled": true, "overage": "0", "overage_cap": "400"});
    let scenario = told("kiro-2025-12", &answer, &[]);
    let question =
        json!({"until": "2026-06-30", "a_day": "100", "use_is_known": true, "packs": false, "changes": []});
    let course = engine::course(&scenario, &question);
    // Half of the 20th, then 100 a day: 50 and 350 fit, what comes from the 24th on is half a day too much.
    assert_eq!((&course["overage_credits"], &course["unserved"]), (&json!("400.00"), &json!("650.00")));
    assert_eq!(course["run_out"], json!({"day": "2026-06-24", "pauses": true}));
}

#[test]
fn a_charge_that_is_not_known_is_at_least_in_every_total() {
    for answer in [
        json!({"used": "1200", "limit": "1000", "overage": "200", "overage_charge": "unknown", "enabled": true}),
        json!({"used": "1200", "limit": "1000", "overage_charge": "unknown", "enabled": true}),
        // Of unknown size, too: credits that are no amount, while the plan has room.
        json!({"used": "700", "limit": "1000", "overage_charge": "unknown", "enabled": true}),
    ] {
        let scenario = told("kiro-2025-12", &answer, &[]);
        let current = statement(&scenario)["current"].take();
        let next = &current["next_charge"];
        assert_eq!((&next["total"], &next["at_least"]), (&json!("20.00"), &json!(true)), "{answer}");
        assert_eq!(current["credits"]["overage"]["charge"], Value::Null);
        let mut ended = scenario.clone();
        ended["as_of"] = "2026-07-02T00:00:00Z".into();
        let invoices = statement(&ended)["invoices"].take();
        assert_eq!(invoices.as_array().expect("a list").last().expect("July's")["at_least"], true);
        let (ledger, at) = ledger!(scenario, Individual);
        let edition = ledger.account.edition();
        let next = |plan: &str| -> (NextCycle, Option<bool>) {
            let plan = edition.plan_named(plan).expect("a plan");
            let waiting = Waiting::on(&ledger, plan, at).expect("an upgrade");
            let preview = Preview::on(&ledger, plan, at);
            (waiting.with_the_next, preview.after.next_charge.map(|charge| charge.at_least))
        };
        let (next, after) = next("pro-plus");
        assert!(next.taken_then_at_least, "{answer}");
        assert_eq!((next.waiting_saves, next.saved_by_waiting(), next.waiting_costs()), (None, None, None));
        assert_eq!(Some(next.taken_now_at_least), after);
    }
}

#[test]
fn an_unknown_charge_of_nothing_else_is_no_charge_of_nothing() {
    let mut scenario = told(
        "kiro-2025-12",
        &json!({"used": "60", "limit": "50", "overage": "10", "overage_charge": "unknown"}),
        &[],
    );
    scenario["events"].as_array_mut().expect("events").remove(1);
    let next = statement(&scenario)["current"]["next_charge"].take();
    assert_eq!(next["lines"], json!([]));
    assert_eq!((&next["total"], &next["at_least"]), (&json!("0.00"), &json!(true)), "nothing of it is known");
}

#[test]
fn what_no_source_settles_of_overage_is_said_beside_it() {
    let assumed = |answer: &Value, since: &[Value]| {
        statement(&told("kiro-2025-12", answer, since))["current"]["assumptions"].take()
    };
    let by_price = json!({"used": "1200", "limit": "1000", "overage": "200", "enabled": true});
    assert_eq!(assumed(&by_price, &[]), json!(["A34"]));
    let while_off = json!({"used": "1010", "limit": "1000", "overage_charge": "0.40", "enabled": false});
    assert_eq!(assumed(&while_off, &[]), json!(["A35"]));
    let current = statement(&told("kiro-2025-12", &while_off, &[]))["current"].take();
    assert_eq!(
        (&current["paused"], &current["credits"]["overage"]["charge"]),
        (&json!(true), &json!("0.40"))
    );
    assert_eq!(current["next_charge"]["total"], "20.40");
    let larger = json!({"at": "2026-06-12T00:00:00Z", "type": "change_plan", "plan": "pro-plus"});
    assert_eq!(assumed(&while_off, &[larger]), Value::Null, "the larger plan covers all of it");
    let told =
        json!({"used": "1010", "limit": "1000", "overage": "10", "overage_charge": "0.40", "enabled": true});
    assert_eq!(assumed(&told, &[]), Value::Null);
}
