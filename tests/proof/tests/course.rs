//! What-if: engine and model.

use crate::ledger;
use headroom_billing::person::course::{Start, Supposed};
use headroom_billing::person::{Outcome, Pace};
use headroom_billing::{AccountKind as _, Ledger, Scenario};
use headroom_exact::Credits;
use proof::model::{course, lists};
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

/// Overview said "101.06 to spare" of the account and day of which Plans said "101.11 left": a day of the pace was rounded
/// before it was taken twenty times.
#[test]
fn a_course_at_the_pace_ends_where_the_pace_says() {
    let accounts =
        prop_oneof![generate::person(), generate::person_of_lists(), generate::person_with_packs()];
    prove(&accounts, cases(600), SEED, |scenario| {
        if !matches!(Scenario::parse(scenario.to_string().as_bytes()), Ok(Scenario::Individual(_))) {
            return Ok(());
        }
        let (ledger, at) = ledger!(scenario, Individual);
        let current = ledger.account.current(at);
        let Some(pace) = Pace::at(&current, at) else { return Ok(()) };
        let start = Start { ledger: &ledger, at, use_is_known: true, position: 0 };
        let until = current.cycle.end.plus_seconds(-1).date();
        let supposed = Supposed { until, rate: pace.rate(), changes: Vec::new(), packs: false };
        let course = start.course(&supposed, false);
        match pace.outcome {
            Outcome::LeftAtReset { credits, .. } => {
                prop_assert_eq!((course.left, course.unserved), (Some(credits), Some(Credits::ZERO)));
            }
            Outcome::LimitAt(_) | Outcome::AtLimit => {
                prop_assert_eq!(course.left, Some(Credits::ZERO));
                let charged = course.overage_credits.map(|all| all.minus(current.credits.overage.credits));
                let beyond = charged.zip(course.unserved).map(|(charged, unserved)| charged.plus(unserved));
                prop_assert_eq!(beyond, Some(pace.beyond), "{:?}", course);
            }
            Outcome::NoLimit => prop_assert_eq!(course.left, None),
        }
        Ok(())
    });
}

#[test]
fn choices_cost_what_the_model_says_and_the_same_ones_do_for_the_use() {
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
fn under_the_lists_of_2026_a_course_and_its_choices_are_what_the_model_says() {
    let asked = (generate::person_of_lists(), questions::supposed());
    prove(&asked, cases(300), SEED, |(scenario, (days, question))| {
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let question = questions::from(&scenario, days, question);
        let about = json!([scenario, question]);
        same(&course::course(&scenario, &question), &engine::course(&scenario, &question), &about)?;
        // Every plan twice: a few of the courses are enough.
        if days > 5 {
            return Ok(());
        }
        same(&course::choices(&scenario, &question), &engine::choices(&scenario, &question), &about)
    });
}

#[test]
fn with_packs_a_course_and_its_choices_are_what_the_model_says() {
    prove(
        &(generate::person_with_packs(), questions::supposed()),
        cases(200),
        SEED,
        |(scenario, (days, question))| {
            let question = questions::from(&scenario, days, question);
            let about = json!([scenario, question]);
            same(&course::course(&scenario, &question), &engine::course(&scenario, &question), &about)?;
            if days > 5 {
                return Ok(());
            }
            same(&course::choices(&scenario, &question), &engine::choices(&scenario, &question), &about)
        },
    );
}

/// On Pro with 1,000 of 1,000 used after a third of September, and so many credits a day from then on.
fn bought(a_day: &str, changes: &serde_json::Value) -> serde_json::Value {
    let scenario = json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-09-11T00:00:00Z",
        "events": [{"at": "2026-08-01T00:00:00Z", "type": "sign_up"},
            {"at": "2026-08-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-09-01T00:00:00Z", "type": "usage", "credits": "1000"}]});
    let question = json!({"until": "2026-09-30", "a_day": a_day, "use_is_known": true, "packs": true, "changes": changes});
    let course = engine::course(&scenario, &question);
    json!([course["pack_credits"], course["charged"], course["unserved"]])
}

#[test]
fn packs_are_bought_for_what_is_to_come_until_the_plan_changes() {
    assert_eq!(bought("100", &json!([])), json!(["2000.00", "80.00", "0.00"]), "for twenty days");
    let later = json!([{"at": "2026-09-21T12:00:00Z", "type": "change_plan", "plan": "pro-plus"}]);
    // For ten; Pro+ covers these and they come back, for the ten after.
    assert_eq!(bought("100", &later), json!(["1000.00", "60.00", "0.00"]));
}

#[test]
fn what_a_hundred_packs_do_not_cover_is_not_served() {
    assert_eq!(bought("15000", &json!([])), json!(["250000.00", "10000.00", "50000.00"]));
}

#[test]
fn what_is_left_is_known_again_in_a_month_into_which_no_pack_reaches() {
    let left = |expires_at: &str| {
        let scenario = json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-07-20T12:00:00Z",
            "events": [{"at": "2026-07-01T00:00:00Z", "type": "sign_up"},
                {"at": "2026-07-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
                {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5", "expires_at": expires_at}]});
        let question = json!({"until": "2026-08-02", "a_day": "10.00", "use_is_known": false, "changes": []});
        engine::course(&scenario, &question)["left"].clone()
    };
    assert_eq!(left("2026-08-01T00:00:00Z"), "980.00");
    assert_eq!(left("2026-08-01T00:00:01Z"), serde_json::Value::Null, "how much of it was used nobody knows");
}

#[test]
fn what_is_supposed_of_a_day_is_what_the_model_says() {
    prove(&(generate::person(), questions::credits()), cases(1_000), SEED, |(scenario, asked)| {
        let answer = engine::a_day(&scenario, &asked);
        same(&course::a_day(&scenario, &asked), &answer, &json!([scenario, asked]))
    });
}
