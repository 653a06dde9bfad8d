//! A vendor's answer about one person's running cycle a second time: written into the scenario as the events that it stands
//! for, and the statement's rules asked of that.

use super::calendar::{self, Time, month_around};
use super::lists::Lists;
use super::{Exact, Judged, as_of, cents, consumed, decimal, moment};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};

fn at(event: &Value) -> Time {
    calendar::read(event["at"].as_str().expect("at"))
}

/// The moments in an answer's cycle, up to its end, from which there may be overage that wasn't possible before: its
/// start, or the sign-up in it, and each change of plan.
fn may_begin(events: &[Value], said_at: Time) -> Vec<Time> {
    let (start, _) = month_around(said_at);
    let began = events.iter().find(|event| event["type"] == "sign_up").map_or(start, at).max(start);
    let changes = events.iter().filter(|event| event["type"] == "change_plan").map(at);
    std::iter::once(began).chain(changes.filter(|change| *change > began)).collect()
}

/// Credits, as an answer may or may not give them.
fn credits(value: &Value) -> Option<Exact> {
    value.as_str().map(decimal)
}

/// What is beyond the other, if anything.
fn beyond(one: &Exact, other: &Exact) -> Exact {
    (one - other).max(Exact::zero())
}

/// The account brought to an answer: what it counts beyond the tasks that are known and were taken is used at its moment,
/// the vendor's overage was possible, and its switch holds from then on.
pub fn followed(scenario: &Value, answer: &Value) -> Value {
    let said_at = at(answer);
    let mut all = scenario.clone();
    let events = all["events"].as_array_mut().expect("events");
    let known = events.len();
    // What is charged counts under whatever list (V6); a switch that is merely on, where there is overage.
    let said = credits(&answer["overage"]).is_some_and(|overage| overage.is_positive());
    let kind = if said { "overage_said" } else { "set_overage" };
    let turn = |at: Time, enabled: bool| {
        // Nanoseconds are kept as they are: a turn is at the very moment.
        json!({"at": exactly(at), "type": kind, "enabled": enabled})
    };
    let is_on = answer["overage_enabled"].as_bool();
    let charged = credits(&answer["overage"]).map_or(is_on == Some(true), |overage| overage.is_positive());
    if charged {
        let moments = may_begin(events, said_at);
        events.extend(moments.into_iter().map(|at| turn(at, true)));
    }
    let by_then = {
        let judged = Judged::of(&all);
        let current = judged.current(judged.count_until(said_at), said_at);
        decimal(current["credits"]["used"].as_str().expect("an amount"))
    };
    let count = credits(&answer["used"]).expect("it says so");
    let gap = beyond(&count, &by_then);
    let events = all["events"].as_array_mut().expect("events");
    if charged {
        events.push(turn(said_at, true));
    }
    if !gap.is_zero() {
        events.push(json!({"at": answer["at"], "type": "usage", "credits": cents(&gap)}));
    }
    if let Some(enabled) = is_on {
        events.push(turn(said_at, enabled));
    }
    let judged = Judged::of(&all);
    let (count_of_all, now) = (judged.events.len(), as_of(scenario));
    let refused = judged.events.iter().filter(|(event, _)| event.index < known);
    let refused: Vec<_> = refused
        .filter_map(|(event, reason)| reason.map(|reason| json!({"event": event.index, "reason": reason})))
        .collect();
    let recorded = recorded(scenario, said_at);
    json!({"refused": refused, "invoices": judged.invoices(count_of_all, now),
        "current": judged.current(count_of_all, now),
        "elsewhere": cents(&beyond(&count, &recorded)), "recorded_more": cents(&beyond(&recorded, &count))})
}

/// What ran in the cycle of the scenario's moment and is known, up to then, taken or refused.
fn recorded(scenario: &Value, until: Time) -> Exact {
    let (start, _) = month_around(as_of(scenario));
    let events = scenario["events"].as_array().expect("events").iter();
    let tasks = events.filter(|event| event["type"] == "usage");
    let within = tasks.filter(|task| at(task) >= start && at(task) <= until);
    let lists = Lists::of(scenario).expect("a list that there is");
    within.fold(Exact::zero(), |sum, task| sum + consumed(task, lists.at(at(task))))
}

/// A moment with its nanoseconds.
fn exactly(time: Time) -> String {
    let whole = moment(time).as_str().expect("a text").trim_end_matches('Z').to_owned();
    format!("{whole}.{:09}Z", time.rem_euclid(calendar::SECOND))
}
