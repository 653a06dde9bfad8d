//! Random answers of a vendor about the running cycle (V10), and where they come in a scenario.

use crate::generate::{of_summer, written};
use crate::model::calendar::{Time, read};
use crate::questions::credits;
use crate::statement;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn pool() -> impl Strategy<Value = Value> {
    let kind = select(vec!["trial", "bonus", "bonus", "pack", "pack"]);
    let end = prop_oneof![1 => Just(Value::Null), 3 => of_summer().prop_map(|(_, text)| text.into())];
    let of = select(vec!["40", "125", "200", "500", "0.01"]);
    let used = select(vec!["0", "0.01", "30.5", "39", "125", "600"]);
    let counts = prop::bool::weighted(0.8);
    (kind, of, used, end, counts).prop_map(|(kind, of, used, end, counts)| {
        json!({"kind": kind, "credits": of, "used": used, "expires_at": end, "counts": counts})
    })
}

fn hundredths(text: &str) -> u64 {
    text.replace('.', "").parse().expect("an amount")
}

fn amount(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// An answer without its moment. Its overage is part of what is used.
pub fn answer() -> impl Strategy<Value = Value> {
    let limit = select(vec![
        json!("50"),
        json!("1000"),
        json!("1000.00"),
        json!("2000"),
        json!("777.77"),
        json!("none"),
        Value::Null,
    ]);
    let part = prop_oneof![2 => Just(None), 1 => Just(Some(0)), 2 => (0..=1_000_u64).prop_map(Some)];
    let charge = select(vec!["by-price", "by-price", "as-priced", "nothing", "other", "unknown"]);
    let enabled = || select(vec![Value::Null, json!(true), json!(false)]);
    let cap =
        select(vec![Value::Null, Value::Null, json!("10"), json!("75.5"), json!("400"), json!("10000")]);
    let plan = select(vec![Value::Null, Value::Null, json!("free"), json!("pro"), json!("power")]);
    let pools = prop::collection::vec(pool(), 0..4);
    let more = (enabled(), cap, plan, prop::bool::weighted(0.1), pools);
    (credits(), limit, part, charge, more).prop_map(
        |(used, limit, part, charge, (enabled, cap, plan, of_organisation, pools))| {
            let overage = part.map(|part| hundredths(&used) * part / 1_000);
            let priced = (overage.unwrap_or(0) * 4 + 50) / 100;
            let charge = match charge {
                "as-priced" => json!(amount(priced)),
                "nothing" => json!("0.00"),
                "other" => json!(amount(priced / 2 + 7)),
                "unknown" => json!("unknown"),
                _ => Value::Null,
            };
            json!({"type": "opening_balance", "used": used, "limit": limit,
                "overage": overage.map(amount), "overage_charge": charge, "enabled": enabled,
                "overage_cap": cap, "plan": plan, "of_organisation": of_organisation, "pools": pools})
        },
    )
}

/// An answer, and how far between a scenario's first event and its moment it comes, in thousandths.
pub fn answers() -> impl Strategy<Value = Vec<(u32, Value)>> {
    prop::collection::vec((0..=1_000_u32, answer()), 1..3)
}

/// The moment that far into a scenario, in nanoseconds: not before its first event, nor after its moment.
pub fn moment_in(scenario: &Value, far: u32) -> String {
    let at = |value: &Value| read(value.as_str().expect("a moment"));
    let events = scenario["events"].as_array().expect("events");
    let first = events.iter().map(|event| at(&event["at"])).min().expect("an event");
    let now = at(&scenario["as_of"]).max(first);
    written(first + (now - first) * Time::from(far) / 1_000, 0)
}

/// The scenario with the answers, each after everything else of its moment.
pub fn with(scenario: &Value, answers: Vec<(u32, Value)>) -> Value {
    let mut all = scenario.clone();
    for (far, mut answer) in answers {
        answer["at"] = moment_in(scenario, far).into();
        all["events"].as_array_mut().expect("events").push(answer);
    }
    all
}

fn exact(value: &Value) -> i128 {
    value.as_str().expect("an amount").replace('.', "").parse().expect("hundredths")
}

fn sum(amounts: &[&Value]) -> u64 {
    u64::try_from(amounts.iter().map(|amount| exact(amount)).sum::<i128>()).expect("not below zero")
}

/// The answer that says just what is computed of a scenario at a moment; none where an answer can't: both packs and
/// nothing covered what was beyond the plan.
pub fn computed(scenario: &Value, at: &str) -> Option<Value> {
    let mut by_then = scenario.clone();
    by_then["as_of"] = at.into();
    let moment = read(at);
    let is_by_then = |event: &Value| read(event["at"].as_str().expect("at")) <= moment;
    by_then["events"].as_array_mut().expect("events").retain(is_by_then);
    let current = statement(&by_then)["current"].take();
    let said = &current["credits"];
    let pools = |kind: &str, key: &str| -> Vec<Value> {
        let pools = said[key].as_array().cloned().unwrap_or_default().into_iter();
        let row = |pool: Value| {
            json!({"kind": kind, "credits": pool["granted"], "used": pool["used"],
                "expires_at": pool["expires_at"]})
        };
        pools.map(row).collect()
    };
    let trial = said["bonus"].as_object().map(|bonus| {
        json!({"kind": "trial", "credits": bonus["granted"], "used": bonus["used"],
            "expires_at": bonus["expires_at"]})
    });
    let packs = pools("pack", "packs");
    let overage = &said["overage"];
    let in_packs = hundredths(&crate::from_packs(&by_then));
    if !packs.is_empty() && exact(&said["uncovered"]) > 0 {
        return None;
    }
    let used = sum(&[&said["plan"]["used"], &overage["credits"], &said["uncovered"]]) + in_packs;
    let pools: Vec<_> = trial.into_iter().chain(pools("bonus", "grants")).chain(packs).collect();
    Some(
        json!({"type": "opening_balance", "at": at, "used": amount(used), "limit": said["plan"]["allowance"],
        "overage": amount(sum(&[&overage["credits"]]) + in_packs), "overage_charge": overage["charge"],
        "enabled": overage["enabled"], "pools": pools}),
    )
}
