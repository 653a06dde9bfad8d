//! A person's change of plan before it is made, and the months that have ended on every plan.

use super::Rules;
use crate::model::calendar::{self, Time, month_around};
use crate::model::lists::{self, Lists};
use crate::model::{
    Exact, Happening, Judged, PLANS, as_of, cents, decimal, in_order, moment, rounded, statement, whole,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};

/// The statement at another moment, with another way of counting days.
fn at_moment(scenario: &Value, at: &str, day_count: &Value, more: Option<Value>) -> Value {
    let mut scenario = up_to(scenario, at);
    scenario["day_count"] = day_count.clone();
    scenario["events"].as_array_mut().expect("events").extend(more);
    statement(&scenario)
}

/// The scenario with nothing after a moment.
fn up_to(scenario: &Value, at: &str) -> Value {
    let mut scenario = scenario.clone();
    scenario["as_of"] = at.into();
    let moment = calendar::read(at);
    let events = scenario["events"].as_array_mut().expect("events");
    events.retain(|event| calendar::read(event["at"].as_str().expect("at")) <= moment);
    scenario
}

/// Whether a change at a moment would be the first payment of all, of which nothing is stated, under a list in which it
/// may be lower (N3).
fn may_be_lower(scenario: &Value, accepted: &[Happening], at: Time) -> bool {
    let list = Lists::of(scenario).expect("a list that there is").at(at);
    list.of_2026
        && at >= lists::eighth_of_may()
        && Rules::first_paid(accepted).is_none()
        && Rules::stated_credit(accepted).is_none()
}

/// The scenario up to a moment, with what is stated of the first payment.
fn with_stated_credit(scenario: &Value, at: &str) -> Value {
    let mut scenario = up_to(scenario, at);
    let amount = cents(&lists::first_payment_credit());
    let stated = json!({"at": at, "type": "first_payment_credit", "amount": amount});
    scenario["events"].as_array_mut().expect("events").push(stated);
    scenario
}

/// What a charge rests on that no source settles (N3, N5).
fn assumptions(rules: &Rules, accepted: &[Happening], at: Time, charge: &Value, lower: bool) -> Value {
    let Some(lines) = charge["lines"].as_array() else { return json!([]) };
    let has_credit = lines.iter().any(|line| line["kind"] == "discount" && line["plan"].is_null());
    let plan = Rules::plans(accepted, at).0;
    let from_packs = rules.month(accepted, month_around(at).0, plan).covered.packs;
    let mut assumptions = Vec::new();
    if has_credit || lower {
        assumptions.push("A1");
    }
    if from_packs.is_positive() {
        assumptions.push("A2");
    }
    json!(assumptions)
}

/// What packs covered of the tasks of the running month.
pub fn from_packs(scenario: &Value) -> Exact {
    let judged = Judged::of(scenario);
    let (at, accepted) = (as_of(scenario), judged.accepted(judged.events.len()));
    let plan = Rules::plans(&accepted, at).0;
    Rules::new(scenario, &accepted).month(&accepted, month_around(at).0, plan).covered.packs
}

/// Everything issued after the scenario's moment until the next month has begun, with one event more.
fn charged_until_the_next_month(scenario: &Value, at: &str, plan: &str, change_at: Time) -> (Exact, bool) {
    let known = up_to(scenario, at);
    let issued = |scenario: &Value| statement(scenario)["invoices"].as_array().expect("a list").clone();
    let before = issued(&known).len();
    let mut more = known;
    more["as_of"] = calendar::write(month_around(calendar::read(at)).1).into();
    let change_at = if change_at == calendar::read(at) { at.to_owned() } else { calendar::write(change_at) };
    let event = json!({"at": change_at, "type": "change_plan", "plan": plan});
    more["events"].as_array_mut().expect("events").push(event);
    let all = issued(&more);
    let totals = all.iter().skip(before);
    let sum = totals
        .clone()
        .fold(Exact::zero(), |sum, invoice| sum + decimal(invoice["total"].as_str().expect("a total")));
    (sum, totals.clone().any(|invoice| invoice["at_least"] == true))
}

/// An upgrade now, and the same when the next month has begun.
fn next_cycle(scenario: &Value, at: &str, plan: &str) -> Value {
    let now = calendar::read(at);
    let begins_at = month_around(now).1;
    let (taken_now, now_in_part) = charged_until_the_next_month(scenario, at, plan, now);
    let (taken_then, then_in_part) = charged_until_the_next_month(scenario, at, plan, begins_at);
    let saves = (!now_in_part && !then_in_part).then(|| cents(&(taken_now - taken_then)));
    json!({"begins_at": moment(begins_at), "taken_now": cents(&taken_now), "taken_then": cents(&taken_then),
        "taken_now_at_least": now_in_part.then_some(true), "taken_then_at_least": then_in_part.then_some(true),
        "waiting_saves": saves})
}

pub fn preview(scenario: &Value, plan: &str, at: &str) -> Value {
    let event = json!({"at": at, "type": "change_plan", "plan": plan});
    let counted = |scenario: &Value, day_count: &Value| {
        let before = at_moment(scenario, at, day_count, None);
        let after = at_moment(scenario, at, day_count, Some(event.clone()));
        let charge = after["invoices"].get(before["invoices"].as_array().expect("a list").len()).cloned();
        (before, after, charge)
    };
    let given = &scenario["day_count"];
    let own = if given.is_null() { json!("whole-days") } else { given.clone() };
    let other = if own == "whole-days" { json!("started-days") } else { json!("whole-days") };
    let (before, after, charge) = counted(scenario, &own);
    let (_, _, other_charge) = counted(scenario, &other);
    let new_refusals = after["refused"].as_array().expect("a list").len()
        > before["refused"].as_array().expect("a list").len();
    // The change is the last event, so its refusal is the last judged.
    let refused = if new_refusals {
        after["refused"].as_array().and_then(|list| list.last()).map(|refusal| refusal["reason"].clone())
    } else {
        None
    };
    let (before, after) = (&before["current"], &after["current"]);
    let time = calendar::read(at);
    let known = up_to(scenario, at);
    let judged = Judged::of(&known);
    let accepted = judged.accepted(judged.events.len());
    let lower = charge.is_some() && may_be_lower(scenario, &accepted, time);
    let mut charges = vec![charge.clone(), other_charge];
    if lower {
        let stated = with_stated_credit(scenario, at);
        charges.extend([&own, &other].map(|day_count| counted(&stated, day_count).2));
    }
    let totals = charges.iter().flatten().map(|charge| decimal(charge["total"].as_str().expect("a total")));
    let range = totals.clone().min().zip(totals.max());
    let range = range.map(|(low, high)| json!({"low": cents(&low), "high": cents(&high)}));
    let rules = Rules::new(&known, &accepted);
    let assumptions = assumptions(&rules, &accepted, time, &json!(charge), lower);
    let effective = if refused.is_some() {
        Value::Null
    } else if after["next_plan"].is_null() {
        moment(calendar::read(at))
    } else {
        after["cycle"]["end"].clone()
    };
    let overage = |current: &Value| current["credits"]["overage"]["charge"].as_str().map(decimal);
    let avoided = overage(before).zip(overage(after)).map(|(before, after)| cents(&(before - after)));
    json!({"at": moment(calendar::read(at)), "plan": plan, "refused": refused, "effective_at": effective,
        "charge_now": charge, "charge_range": range,
        "next_cycle": charge.as_ref().map(|_| next_cycle(scenario, at, plan)),
        "overage_avoided": avoided, "before": before, "after": after,
        "assumptions": assumptions})
}

pub fn replay(scenario: &Value) -> Value {
    let happenings = in_order(scenario);
    let as_of = calendar::read(scenario["as_of"].as_str().expect("as_of"));
    let statement = statement(scenario);
    let refusals = statement["refused"].as_array().expect("a list");
    let reason = |event: &Happening| {
        refusals
            .iter()
            .find(|refusal| refusal["event"] == event.index)
            .map(|refusal| refusal["reason"].clone())
    };
    let lists = Lists::of(scenario).expect("a list that there is");
    let rules = Rules::new(scenario, &happenings);
    let mut months = Vec::new();
    let mut start = month_around(happenings[0].at).0;
    while month_around(start).1 <= as_of {
        let end = month_around(start).1;
        let tasks: Vec<_> = happenings
            .iter()
            .filter(|event| event.kind() == "usage" && start <= event.at && event.at < end)
            .collect();
        let accepted: Vec<_> =
            happenings.iter().filter(|event| event.at < end && reason(event).is_none()).cloned().collect();
        let used = rules.used_in(&accepted, start);
        let paused =
            tasks.iter().filter(|task| reason(task).is_some_and(|why| why == "paused-at-limit")).count();
        months.push((start, used, paused));
        start = end;
    }
    let last = months.last().map_or(as_of, |(start, _, _)| *start);
    let mut cheapest: Option<(Exact, &str)> = None;
    let plans: Vec<Value> = lists
        .at(last)
        .plans()
        .filter(|plan| *plan > 0)
        .map(|plan| {
            let (id, price, credits) = PLANS[plan];
            // None once it meets a month whose list doesn't have the plan.
            let mut total = Some(Exact::zero());
            let months: Vec<Value> = months
                .iter()
                .map(|(start, used, paused)| {
                    // Overage and packs are both $0.04 a credit.
                    let overage = (used - whole(credits)).max(Exact::zero());
                    let cost = whole(price) + rounded(&(overage * decimal("0.04")), 2);
                    let sold = lists.at(*start).sells(id).then_some((overage, cost));
                    total = total.take().zip(sold.as_ref()).map(|(total, (_, cost))| total + cost);
                    json!({"month": &calendar::write(*start)[..7], "used": cents(used),
                        "overage": sold.as_ref().map(|(overage, _)| cents(overage)),
                        "cost": sold.as_ref().map(|(_, cost)| cents(cost)), "paused_tasks": paused})
                })
                .collect();
            // Ties go to the larger plan.
            if let Some(total) = &total
                && cheapest.as_ref().is_none_or(|(least, _)| total <= least)
            {
                cheapest = Some((*total, id));
            }
            json!({"plan": id, "months": months, "total": total.as_ref().map(cents)})
        })
        .collect();
    let cheapest = cheapest.filter(|_| !months.is_empty()).map(|(_, id)| id);
    json!({"as_of": moment(as_of), "plans": plans, "cheapest": cheapest})
}
