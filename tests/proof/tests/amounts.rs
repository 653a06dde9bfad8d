//! Costs of plans, sums of bills, shares and how long a balance lasts: engine and model.

use proof::model::{amounts, lists};
use proof::{cases, engine, generate, prove, questions, same};
use proptest::option;
use proptest::sample::select;
use serde_json::json;

const EACH: u32 = 2_000;
const SEED: u64 = 19;

/// Lists with overage, with overage and Pro Max, with packs.
const LISTS: [&str; 3] = ["kiro-2025-12", "kiro-2026-06", "kiro-2026-07"];

#[test]
fn plans_cost_what_the_model_says_at_every_use() {
    let asked = (select(LISTS.to_vec()), option::of(questions::credits()));
    prove(&asked, cases(EACH), SEED, |(list, pace)| {
        let answer = engine::cost_points(list, pace.as_deref());
        same(&amounts::cost_points(list, pace.as_deref()), &answer, &json!([list, pace]))
    });
}

#[test]
fn each_plan_breaks_even_with_the_next_where_the_model_says() {
    for list in LISTS {
        assert_eq!(engine::break_evens(list), amounts::break_evens_with_the_next(list), "{list}");
    }
}

#[test]
fn moving_up_pays_off_where_the_model_says() {
    let changes = (generate::person(), select(vec!["free", "pro", "pro-plus", "power"]));
    prove(&changes, cases(EACH), SEED, |(scenario, plan)| {
        let answer = engine::moving_up(&scenario, plan);
        same(&amounts::moving_up(&scenario, plan), &answer, &json!([scenario, plan]))
    });
}

#[test]
fn under_the_lists_of_2026_moving_up_pays_off_where_the_model_says() {
    let changes = (generate::person_of_lists(), select(vec!["free", "pro", "pro-plus", "power"]));
    prove(&changes, cases(EACH / 4), SEED, |(scenario, plan)| {
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let answer = engine::moving_up(&scenario, plan);
        same(&amounts::moving_up(&scenario, plan), &answer, &json!([scenario, plan]))
    });
}

#[test]
fn with_packs_moving_up_pays_off_where_the_model_says() {
    let changes = (generate::person_with_packs(), select(vec!["pro-plus", "pro-max", "power"]));
    prove(&changes, cases(EACH / 2), SEED, |(scenario, plan)| {
        let answer = engine::moving_up(&scenario, plan);
        same(&amounts::moving_up(&scenario, plan), &answer, &json!([scenario, plan]))
    });
}

#[test]
fn packs_last_as_long_as_the_model_says() {
    prove(&generate::person_with_packs(), cases(EACH), SEED, |scenario| {
        same(&amounts::packs_ahead(&scenario), &engine::packs_ahead(&scenario), &scenario)
    });
}

#[test]
fn a_pack_lasts_from_where_the_credits_end_to_the_reset_or_short_of_it() {
    let ahead = |used: &str, at: &str| {
        let scenario = json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": at, "events": [
            {"at": "2026-08-20T00:00:00Z", "type": "sign_up"},
            {"at": "2026-08-20T00:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-09-01T00:00:00Z", "type": "usage", "credits": used}]});
        let answer = engine::packs_ahead(&scenario);
        json!([answer["from"], answer["lasts_until"], answer["beyond"], answer["to_the_end"]])
    };
    // 50 a day: 500 last until the 21st, a pack two and a half days more.
    assert_eq!(
        ahead("500", "2026-09-11T00:00:00Z"),
        json!(["2026-09-21T00:00:00Z", "2026-09-23T12:00:00Z", "500.00", "20.00"])
    );
    // 37.50 a day make 1,125: a pack lasts to the reset exactly.
    assert_eq!(ahead("375", "2026-09-11T00:00:00Z"), json!(["2026-09-27T16:00:00Z", null, "125.00", "5.00"]));
    // Nothing is left, and nothing more comes to a hundredth until the reset.
    assert_eq!(ahead("1000", "2026-09-30T23:59:59Z"), json!([null, null, null, null]));
}

#[test]
fn a_bill_comes_to_what_the_model_says() {
    prove(&questions::bill(), cases(EACH), SEED, |lines| {
        same(&amounts::bill(&lines), &engine::bill(&lines), &lines)
    });
}

#[test]
fn shares_are_what_the_model_says() {
    prove(&questions::shares(), cases(EACH), SEED, |parts| {
        same(&amounts::shares(&parts), &engine::shares(&parts), &parts)
    });
}

#[test]
fn a_teams_balance_lasts_as_long_as_the_model_says() {
    prove(&questions::outlook(), cases(EACH), SEED, |question| {
        same(&amounts::outlook(&question), &engine::outlook(&question), &question)
    });
}
