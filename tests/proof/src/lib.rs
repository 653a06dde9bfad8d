//! An independent model of the rules, random scenarios to compare it with the engine on, and the
//! comparison itself.

pub mod engine;
pub mod generate;
pub mod model;
pub mod opening;
pub mod questions;

use headroom_billing::scenario::{Readable, Sourced};
use headroom_billing::{Ledger, Scenario, Statement, person};
use headroom_exact::Moment;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

fn engine_statement<K: Readable>(sourced: &Sourced<'_, K>) -> Value {
    let statement = Statement::of(&sourced.timeline).expect("a valid scenario");
    serde_json::to_value(&statement).expect("JSON")
}

/// The engine's statement of a scenario.
pub fn statement(scenario: &Value) -> Value {
    let json = scenario.to_string();
    match Scenario::parse(json.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{json}")) {
        Scenario::Individual(sourced) => engine_statement(&sourced),
        Scenario::Organisation(sourced) => engine_statement(&sourced),
        Scenario::Team(sourced) => engine_statement(&sourced),
    }
}

/// The engine's preview and replay of one person's scenario.
pub fn preview_and_replay(scenario: &Value, plan: &str, at: &str) -> (Value, Value) {
    let json = scenario.to_string();
    let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
        panic!("a scenario of one person: {json}");
    };
    let timeline = &sourced.timeline;
    let at: Moment = at.parse().expect("a moment");
    let plan = timeline.terms.lists.at(at).plan_named(plan).expect("a plan");
    let preview = person::Preview::on(&Ledger::fold(timeline, at).expect("a ledger"), plan, at);
    let ledger = Ledger::fold(timeline, timeline.as_of).expect("a ledger");
    let replay = person::Replay::on(&ledger, timeline.as_of);
    (serde_json::to_value(&preview).expect("JSON"), serde_json::to_value(&replay).expect("JSON"))
}

/// What packs covered of the running month of one person's scenario, by the engine.
pub fn from_packs(scenario: &Value) -> String {
    let json = scenario.to_string();
    let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
        panic!("a scenario of one person: {json}");
    };
    let ledger = Ledger::fold(&sourced.timeline, sourced.timeline.as_of).expect("a ledger");
    ledger.account.from_packs().to_string()
}

/// One person's scenario as the engine writes it again.
pub fn rewritten(scenario: &Value) -> Value {
    let json = scenario.to_string();
    let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
        panic!("a scenario of one person: {json}");
    };
    let timeline = &sourced.timeline;
    person::scenario::write(&timeline.terms, timeline.as_of, timeline.events().iter())
}

/// Where two values differ first.
pub fn difference(model: &Value, engine: &Value, place: &str) -> Option<String> {
    match (model, engine) {
        (Value::Object(left), Value::Object(right)) => {
            let keys: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
            keys.into_iter().find_map(|key| {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                difference(&of(left), &of(right), &format!("{place}.{key}"))
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(index, (left, right))| difference(left, right, &format!("{place}[{index}]"))),
        _ => (model != engine).then(|| format!("{place}: the model says {model}, the engine {engine}")),
    }
}

/// Compares engine and model on one scenario.
///
/// # Errors
/// Names the first place where they differ, and the scenario.
pub fn agree(scenario: &Value) -> Result<(), TestCaseError> {
    let place = difference(&model::statement(scenario), &statement(scenario), "");
    place.map_or(Ok(()), |place| Err(TestCaseError::fail(format!("{place}\n{scenario:#}"))))
}

/// The same for one person's preview and replay.
///
/// # Errors
/// Names the first place where they differ, and the scenario.
pub fn agree_on_changes(scenario: &Value, plan: &str, at: &str) -> Result<(), TestCaseError> {
    let (preview, replay) = preview_and_replay(scenario, plan, at);
    let place = difference(&model::preview(scenario, plan, at), &preview, "preview")
        .or_else(|| difference(&model::replay(scenario), &replay, "replay"));
    place
        .map_or(Ok(()), |place| Err(TestCaseError::fail(format!("{place}\nto {plan} at {at}\n{scenario:#}"))))
}

/// Compares engine and model on a scenario that may be bad input, and on a change of plan in it.
///
/// # Errors
/// Names the first place where they differ, and the scenario.
pub fn agree_under_lists(scenario: &Value, plan: &str, at: &str) -> Result<(), TestCaseError> {
    let json = scenario.to_string();
    let read = Scenario::parse(json.as_bytes());
    if read.is_ok() != model::lists::is_readable(scenario) {
        let said = read.err().map_or_else(|| "nothing".to_owned(), |error| error.to_string());
        return Err(TestCaseError::fail(format!(
            "only one of them can read it, the engine says {said}\n{scenario:#}"
        )));
    }
    let Ok(Scenario::Individual(sourced)) = read else { return Ok(()) };
    agree(scenario)?;
    let moment: Moment = at.parse().expect("a moment");
    let is_sold = sourced.timeline.terms.lists.at(moment).plan_named(plan).is_some();
    if is_sold != model::lists::has_plan(scenario, plan, at) {
        return Err(TestCaseError::fail(format!("only one of them has {plan} at {at}\n{scenario:#}")));
    }
    if is_sold { agree_on_changes(scenario, plan, at) } else { Ok(()) }
}

/// Whether the engine's answer to a question is the model's.
///
/// # Errors
/// Names the first place where they differ, and the question.
pub fn same(model: &Value, engine: &Value, question: &Value) -> Result<(), TestCaseError> {
    let place = difference(model, engine, "");
    place.map_or(Ok(()), |place| Err(TestCaseError::fail(format!("{place}\n{question:#}"))))
}

/// How many random cases a test draws: as many as usual, or with `PROOF_PERCENT` set that share of them.
/// `make mutants` asks eight hundred times whether anything notices, and sets a small one.
pub fn cases(usual: u32) -> u32 {
    let percent =
        std::env::var("PROOF_PERCENT").map_or(100, |text| text.parse::<u32>().expect("a whole percentage"));
    (usual * percent / 100).max(1)
}

/// Draws so many scenarios from a seed and holds each against `check`; the same seed draws the same.
///
/// # Panics
/// On the first difference, with the smallest scenario that shows it.
pub fn prove<S: Strategy>(
    scenarios: &S,
    count: u32,
    seed: u64,
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    if let Err(error) = TestRunner::new_with_rng(config, random).run(scenarios, check) {
        panic!("{error}");
    }
}
