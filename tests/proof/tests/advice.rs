//! Advice and replays by their figures.

use crate::ledger;
use headroom_billing::advice::{PlanCosts, break_evens, cheapest};
use headroom_billing::person::PersonAdvice;
use headroom_billing::{AccountKind, Catalog, Edition, Ledger, Scenario, Statement, organisation, person};
use headroom_exact::{Credits, Decimal};
use serde_json::{Value, json};

fn kiro() -> &'static Edition {
    Catalog::built_in().default_edition()
}

fn credits(text: &str) -> Credits {
    Credits::rounded(text.parse::<Decimal>().expect("a decimal"))
}

/// One person on a plan since May, in June 2026, with that usage.
fn person(as_of: &str, plan: &str, more: &Value) -> Value {
    let mut events = vec![
        json!({"at": "2026-05-01T00:00:00Z", "type": "sign_up", "trial": false}),
        json!({"at": "2026-05-01T00:00:00Z", "type": "change_plan", "plan": plan}),
    ];
    events.extend(more.as_array().expect("a list").iter().cloned());
    json!({"account": "kiro-individual", "as_of": as_of, "events": events})
}

fn advice(scenario: &Value, month: Option<&str>) -> PersonAdvice {
    let (ledger, at) = ledger!(scenario, Individual);
    PersonAdvice::on(&ledger, month.map(credits), at)
}

#[test]
fn the_cheapest_plan_and_why_in_one_sentence() {
    let june = person("2026-06-16T00:00:00Z", "pro", &json!([]));
    // A tie goes to the larger plan, as in a replay: 20 + 499.99 × 0.04 is 40.00 too.
    for (used, plan, cost, saves, reason) in [
        ("40", "free", "0.00", "20.00", "A month of 40.00 credits costs $0.00 on Free and $20.00 on Pro."),
        ("51", "pro", "20.00", "0.00", "Pro stays the cheapest: a month of 51.00 credits costs $20.00."),
        (
            "1499.99",
            "pro-plus",
            "40.00",
            "0.00",
            "A month of 1499.99 credits costs $40.00 on Pro+ and $40.00 on Pro.",
        ),
        (
            "1501",
            "pro-plus",
            "40.00",
            "0.04",
            "A month of 1501.00 credits costs $40.00 on Pro+ and $40.04 on Pro.",
        ),
        (
            "7000",
            "power",
            "200.00",
            "60.00",
            "A month of 7000.00 credits costs $200.00 on Power and $260.00 on Pro.",
        ),
    ] {
        let found = advice(&june, Some(used)).cheapest.expect("a plan");
        let figures = (found.plan, found.cost.to_string(), found.saves.map(|saves| saves.to_string()));
        assert_eq!(figures, (plan, cost.into(), Some(saves.into())), "{used}");
        assert_eq!(found.reason, reason);
    }
    let free = person("2026-06-16T00:00:00Z", "free", &json!([]));
    let found = advice(&free, Some("300")).cheapest.expect("a plan");
    assert_eq!(
        (found.plan, found.saves),
        ("pro", None),
        "Free is not enough, so it costs nothing comparable"
    );
    assert_eq!(found.reason, "Free gives 50.00 credits a month; 300.00 need Pro at $20.00.");
    assert_eq!(advice(&june, None).month, Some(Credits::ZERO), "nothing used in half a month");
    assert_eq!(advice(&person("2026-06-01T12:00:00Z", "pro", &json!([])), None).month, None, "too early");
}

#[test]
fn packs_cost_at_least_the_smallest_where_they_take_overages_place() {
    let edition = Catalog::built_in().edition("kiro-2026-07").expect("an edition");
    let pro = edition.plan_named("pro").expect("a plan");
    let cost = |used: &str| edition.month_cost(pro, credits(used)).map(|cost| cost.to_string());
    assert_eq!(cost("1000").as_deref(), Some("20.00"));
    assert_eq!(cost("1001").as_deref(), Some("25.00"), "$5 buys 125");
    assert_eq!(cost("1200").as_deref(), Some("28.00"));
    let among = || edition.paid_plans();
    assert_eq!(
        cheapest(among(), pro, credits("4000"), &PlanCosts::by_list(edition)).expect("a plan").plan,
        "pro-max"
    );
}

#[test]
fn packs_count_as_credits_left_while_they_are_there() {
    let scenario = json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-07-11T00:00:00Z",
        "events": [
            {"at": "2026-06-01T00:00:00Z", "type": "sign_up", "trial": false},
            {"at": "2026-06-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "8", "expires_at": "2026-07-10T00:00:00Z"},
            {"at": "2026-07-03T00:00:00Z", "type": "usage", "credits": "900"}]});
    let (ledger, at) = ledger!(scenario, Individual);
    assert_eq!(
        ledger.account.current(at).credits.left().expect("a limit").to_string(),
        "225.00",
        "100 of the plan, 125 of one pack"
    );
    // 90 a day: 225 last two and a half days.
    assert_eq!(
        advice(&scenario, None).run_out_at.map(|at| at.to_string()).as_deref(),
        Some("2026-07-13T12:00:00Z")
    );
}

#[test]
fn break_evens_of_every_pair_judged_at_a_use() {
    let found: Vec<_> = break_evens(&PlanCosts::by_list(kiro()), Some(credits("1600")))
        .into_iter()
        .map(|pair| {
            (
                pair.from,
                pair.to,
                pair.extra.to_string(),
                pair.used.to_string(),
                pair.saves.map(|saves| saves.to_string()),
            )
        })
        .collect();
    let expected = [
        ("pro", "pro-plus", "500.00", "1500.00", "4.00"),
        ("pro", "power", "4500.00", "5500.00", "-156.00"),
        ("pro-plus", "power", "4000.00", "6000.00", "-160.00"),
    ];
    let expected: Vec<_> = expected
        .map(|(from, to, extra, used, saves)| {
            (from, to, extra.to_owned(), used.to_owned(), Some(saves.to_owned()))
        })
        .into();
    assert_eq!(found, expected);
    assert!(break_evens(&PlanCosts::by_list(kiro()), None).iter().all(|pair| pair.saves.is_none()));
}

#[test]
fn waiting_costs_what_the_last_second_charges_more() {
    // Free in June: Pro now is 14/30 of $20.00, in the last second a day of it.
    let free = json!({"account": "kiro-individual", "as_of": "2026-06-16T00:00:00Z", "events": [
        {"at": "2026-06-01T00:00:00Z", "type": "sign_up", "trial": false}]});
    let waiting = advice(&free, None).waiting;
    let pro = waiting.first().expect("Pro");
    let figures = (pro.plan, pro.now.to_string(), pro.then.to_string(), pro.costs.to_string());
    assert_eq!(figures, ("pro", "10.00".into(), "0.67".into(), "-9.33".into()));
    assert_eq!(
        (pro.last_moment.to_string(), pro.next_cycle.to_string()),
        ("2026-06-30T23:59:59Z".into(), "20.00".into())
    );
    assert_eq!(waiting.len(), 3, "every paid plan");
}

#[test]
fn twelve_minutes_before_the_reset_waiting_for_the_next_cycle_saves_a_months_difference() {
    let october = |used: &str, overage: bool| {
        json!({"account": "kiro-individual", "as_of": "2026-10-31T23:48:00Z", "events": [
            {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
            {"at": "2026-08-01T00:00:01Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-10-01T00:00:00Z", "type": "set_overage", "enabled": overage},
            {"at": "2026-10-15T10:00:00Z", "type": "usage", "credits": used}]})
    };
    let next = |scenario: &Value| {
        let waiting = advice(scenario, None).waiting;
        let next = waiting.iter().find(|wait| wait.plan == "pro-plus").expect("Pro+").with_the_next;
        assert_eq!(next.begins_at.to_string(), "2026-11-01T00:00:00Z");
        [next.taken_now, next.taken_then, next.waiting_saves.expect("both are known")]
            .map(|amount| amount.to_string())
    };
    // $20 now and $40 at the reset, or $20 at the reset and $20 for the step up.
    assert_eq!(next(&october("960", false)), ["60.00", "40.00", "20.00"]);
    // 1,700 used: $28 of overage disappear only if the step is made before the reset.
    assert_eq!(next(&october("1700", true)), ["60.00", "68.00", "-8.00"]);
}

#[test]
fn what_the_tasks_would_have_cost_on_auto_where_it_is_known() {
    let june = person(
        "2026-06-16T00:00:00Z",
        "pro",
        &json!([
            {"at": "2026-06-02T00:00:00Z", "type": "usage", "auto_credits": "100", "model": "sonnet-4"},
            {"at": "2026-06-03T00:00:00Z", "type": "usage", "auto_credits": "10"},
            {"at": "2026-06-04T00:00:00Z", "type": "usage", "credits": "55"},
        ]),
    );
    let auto = advice(&june, None).auto.expect("a comparison");
    assert_eq!((auto.cost.to_string(), auto.on_auto.to_string()), ("140.00".into(), "110.00".into()));
    let metered = json!([{"at": "2026-06-04T00:00:00Z", "type": "usage", "credits": "55"}]);
    assert_eq!(
        advice(&person("2026-06-16T00:00:00Z", "pro", &metered), None).auto,
        None,
        "not known, not zero"
    );
}

#[test]
fn credits_run_out_when_the_pace_says_and_a_bonus_helps_while_it_lasts() {
    let at = |scenario: &Value| advice(scenario, None).run_out_at.map(|moment| moment.to_string());
    let used = |amount: &str| json!([{"at": "2026-06-02T00:00:00Z", "type": "usage", "credits": amount}]);
    // 500 in ten days: the other 500 last ten days more.
    assert_eq!(
        at(&person("2026-06-11T00:00:00Z", "pro", &used("500"))).as_deref(),
        Some("2026-06-21T00:00:00Z")
    );
    assert_eq!(at(&person("2026-06-11T00:00:00Z", "pro", &used("300"))), None, "they last");
    assert_eq!(
        at(&person("2026-06-11T00:00:00Z", "pro", &used("1000"))).as_deref(),
        Some("2026-06-11T00:00:00Z")
    );
    // A bonus of 500 that lasts beyond the month: 500 used are 50 a day, 1,000 left are 20 days.
    let with_bonus = |sign_up: &str| {
        json!({"account": "kiro-individual", "as_of": "2026-06-11T00:00:00Z", "events": [
            {"at": sign_up, "type": "sign_up"},
            {"at": sign_up, "type": "change_plan", "plan": "pro"},
            {"at": "2026-06-10T00:00:00Z", "type": "usage", "credits": "600"}]})
    };
    // 60 a day; 900 left, all of it usable: 15 days.
    assert_eq!(at(&with_bonus("2026-06-02T00:00:00Z")).as_deref(), Some("2026-06-26T00:00:00Z"));
    // The bonus is gone on 13 June; nothing of it is left anyway once 600 are used.
    let (ledger, moment) = ledger!(with_bonus("2026-05-14T00:00:00Z"), Individual);
    assert_eq!(ledger.account.current(moment).credits.left().expect("a limit").to_string(), "900.00");
    // With 100 used by 11 June, ten a day: of the bonus's 400 only two days' worth can be used.
    let slow = json!({"account": "kiro-individual", "as_of": "2026-06-11T00:00:00Z", "events": [
        {"at": "2026-05-14T00:00:00Z", "type": "sign_up"},
        {"at": "2026-06-10T00:00:00Z", "type": "usage", "credits": "100"}]});
    // Free: 50 of the plan and 20 of the bonus make 70, seven days at ten a day.
    assert_eq!(at(&slow).as_deref(), Some("2026-06-18T00:00:00Z"));
}

#[test]
fn an_organisations_replay_sums_every_tier() {
    let scenario = json!({"account": "kiro-enterprise", "as_of": "2026-06-16T00:00:00Z", "events": [
        {"at": "2026-05-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true},
        {"at": "2026-05-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro"},
        {"at": "2026-05-01T00:00:00Z", "type": "assign", "profile": "A", "user": "bob", "plan": "pro"},
        {"at": "2026-05-02T00:00:00Z", "type": "usage", "profile": "A", "user": "ann", "credits": "1800"},
        {"at": "2026-05-03T00:00:00Z", "type": "unassign", "profile": "A", "user": "bob"}]});
    let (ledger, at) = ledger!(scenario, Organisation);
    let replay = organisation::Replay::on(&ledger, at);
    let totals: Vec<_> = replay
        .plans
        .iter()
        .map(|plan| (plan.plan, plan.total.expect("every month has it").to_string()))
        .collect();
    assert_eq!(
        totals,
        [("pro", "72.00".to_owned()), ("pro-plus", "80.00".to_owned()), ("power", "400.00".to_owned())]
    );
    assert_eq!(replay.each_on_cheapest.to_string(), "60.00", "ann on Pro+, bob on Pro");
    let cheapest: Vec<_> =
        replay.subscriptions.iter().map(|user| (user.user.as_str(), user.cheapest)).collect();
    assert_eq!(cheapest, [("ann", Some("pro-plus")), ("bob", Some("pro"))]);
    // bob, who left, is in no later month.
    let closed = &ledger.closed_cycles;
    assert_eq!(closed.iter().map(|month| month.subscriptions.len()).collect::<Vec<_>>(), [2]);
    let later = scenario.as_object().map(|known| {
        let mut later = known.clone();
        later["as_of"] = "2026-07-02T00:00:00Z".into();
        Value::Object(later)
    });
    let (ledger, _) = ledger!(later.expect("an object"), Organisation);
    assert_eq!(
        ledger.closed_cycles.iter().map(|month| month.subscriptions.len()).collect::<Vec<_>>(),
        [2, 1]
    );
}

#[test]
fn re_rating_remembers_the_switch_of_every_task() {
    // 1,200 while it was off, 1,500 while it was on: under Pro+ the first 2,000 are covered, and the 700
    // beyond them ran while it was on.
    let scenario = person(
        "2026-06-20T00:00:00Z",
        "pro",
        &json!([
            {"at": "2026-06-02T00:00:00Z", "type": "usage", "credits": "1200"},
            {"at": "2026-06-03T00:00:00Z", "type": "set_overage", "enabled": true},
            {"at": "2026-06-04T00:00:00Z", "type": "usage", "credits": "1500"},
            {"at": "2026-06-05T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        ]),
    );
    let (ledger, at) = ledger!(scenario, Individual);
    let credits = Statement::<person::Current>::on(ledger, at).current.credits;
    assert_eq!(
        (credits.overage.credits.to_string(), credits.uncovered.to_string()),
        ("700.00".into(), "0.00".into())
    );
}

#[test]
fn a_preview_for_a_user_takes_effect_at_once_or_with_the_next_month() {
    let scenario = json!({"account": "kiro-enterprise", "as_of": "2026-06-16T00:00:00Z", "events": [
        {"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro-plus"},
        {"at": "2026-06-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ben", "plan": "power"},
        {"at": "2026-06-02T00:00:00Z", "type": "assign", "profile": "A", "user": "ben", "plan": "pro"}]});
    let (ledger, at) = ledger!(scenario, Organisation);
    let effect = |user: &str, plan: &str| {
        let seat = organisation::Seat { profile: "A".into(), user: user.to_owned().into() };
        let request = organisation::Request { seat, group: "", plan: kiro().plan_named(plan) };
        organisation::Preview::on(&ledger, &request, at).effective_at.map(|moment| moment.to_string())
    };
    let (now, next) = (Some("2026-06-16T00:00:00Z".to_owned()), Some("2026-07-01T00:00:00Z".to_owned()));
    for (user, plan, expected) in [
        ("ann", "power", &now),
        ("ann", "pro", &next),
        ("ann", "none", &next),
        ("new", "pro", &now),
        ("ben", "pro-plus", &next),
        ("ben", "power", &now),
    ] {
        assert_eq!(effect(user, plan), *expected, "{user} to {plan}");
    }
}
