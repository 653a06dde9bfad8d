//! Kiro for one person: K1–K12 with their decisions.

use super::calendar::{self, DAY, Time, month_around};
use super::{
    Exact, Happening, Line, PLANS, cents, consumed, decimal, invoice, kiro_tax, line, moment, period, rank,
    remaining_days, statement, whole,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The countries of the scenarios here that are sold no paid plan (K12); the engine's own test counts all.
const NOT_SOLD: [&str; 2] = ["RU", "PE"];

pub struct Rules {
    signed_up: Time,
    trial: bool,
    sold: bool,
    started_days: bool,
    tax: Exact,
}

/// How the tasks of one month are covered.
struct Covered {
    used: Exact,
    plan: Exact,
    overage: Exact,
    uncovered: Exact,
}

impl Rules {
    pub fn new(scenario: &Value, happenings: &[Happening]) -> Self {
        let sign_up = &happenings[0];
        Self {
            signed_up: sign_up.at,
            trial: sign_up.event["trial"] != false,
            sold: !NOT_SOLD.iter().any(|country| scenario["country"] == *country),
            started_days: scenario["day_count"] == "started-days",
            tax: kiro_tax(scenario),
        }
    }

    /// The plan in force at a moment and the one scheduled, by everything asked for until then (K7).
    fn plans(past: &[Happening], at: Time) -> (usize, Option<usize>) {
        let mut plan = 0;
        let mut scheduled: Option<(usize, Time)> = None;
        let passes = |plan: &mut usize, scheduled: &mut Option<(usize, Time)>, now: Time| {
            if let Some((next, from)) = *scheduled
                && from <= now
            {
                *plan = next;
                *scheduled = None;
            }
        };
        for change in past.iter().filter(|event| event.kind() == "change_plan" && event.at <= at) {
            passes(&mut plan, &mut scheduled, change.at);
            let asked = rank(change.text("plan"));
            scheduled = (asked < plan).then(|| (asked, month_around(change.at).1));
            plan = plan.max(asked);
        }
        passes(&mut plan, &mut scheduled, at);
        (plan, scheduled.map(|(next, _)| next))
    }

    /// Whether overage was on after the first `count` events (K5): the last turn counts, unless a month
    /// has begun on Free since.
    fn overage_is_on(past: &[Happening], at: Time) -> bool {
        let Some(turn) = past.iter().rfind(|event| event.kind() == "set_overage") else { return false };
        if turn.event["enabled"] != true {
            return false;
        }
        let mut boundary = month_around(turn.at).1;
        while boundary <= at {
            let known: Vec<_> = past.iter().filter(|event| event.at < boundary).cloned().collect();
            if Self::plans(&known, boundary).0 == 0 {
                return false;
            }
            boundary = month_around(boundary).1;
        }
        true
    }

    fn bonus_expires(&self) -> Time {
        self.signed_up + 30 * DAY
    }

    /// What each accepted task took from the bonus: first of all, while it lasts (K2).
    fn bonus_shares(&self, past: &[Happening]) -> Vec<(Time, usize, Exact, Exact)> {
        let mut left = if self.trial { whole(500) } else { Exact::zero() };
        let tasks = past.iter().enumerate().filter(|(_, event)| event.kind() == "usage");
        tasks
            .map(|(place, task)| {
                let cost = consumed(&task.event);
                let taken = if task.at < self.bonus_expires() {
                    cost.clone().min(left.clone())
                } else {
                    Exact::zero()
                };
                left -= &taken;
                (task.at, place, cost, taken)
            })
            .collect()
    }

    fn bonus_used(&self, past: &[Happening]) -> Exact {
        self.bonus_shares(past).into_iter().fold(Exact::zero(), |sum, (_, _, _, taken)| sum + taken)
    }

    /// The tasks of the month that starts there, rated under a plan in time order (K10).
    fn covered(&self, past: &[Happening], start: Time, plan: usize) -> Covered {
        let end = month_around(start).1;
        let mut covered = Covered {
            used: Exact::zero(),
            plan: Exact::zero(),
            overage: Exact::zero(),
            uncovered: Exact::zero(),
        };
        for (at, place, cost, bonus) in self.bonus_shares(past) {
            if at < start || at >= end {
                continue;
            }
            let rest = &cost - &bonus;
            let allowance_left = (whole(PLANS[plan].2) - &covered.plan).max(Exact::zero());
            let from_plan = rest.clone().min(allowance_left);
            let beyond = &rest - &from_plan;
            covered.used += cost;
            covered.plan += from_plan;
            // Each task remembers whether overage was on when it ran: what was accepted before it says.
            if Self::overage_is_on(&past[..place], at) {
                covered.overage += beyond;
            } else {
                covered.uncovered += beyond;
            }
        }
        covered
    }

    fn bonus_left(&self, past: &[Happening], at: Time) -> Exact {
        if !self.trial || at >= self.bonus_expires() {
            return Exact::zero();
        }
        whole(500) - self.bonus_used(past)
    }

    fn is_paused(&self, past: &[Happening], at: Time) -> bool {
        let plan = Self::plans(past, at).0;
        let left = whole(PLANS[plan].2) - self.covered(past, month_around(at).0, plan).plan;
        !left.is_positive() && self.bonus_left(past, at).is_zero() && !Self::overage_is_on(past, at)
    }

    /// When the account first became paid.
    fn first_paid(past: &[Happening]) -> Option<Time> {
        past.iter()
            .find(|event| event.kind() == "change_plan" && event.text("plan") != "free")
            .map(|event| event.at)
    }

    /// The fee of a plan in the month around a moment (K8, K9).
    fn fee(&self, plan: usize, first_paid: Time, at: Time) -> Line {
        let (start, end) = month_around(at);
        let price = whole(PLANS[plan].1);
        let id = PLANS[plan].0;
        if first_paid < start {
            return line("subscription", &price, json!({"plan": id, "period": period(start, end)}));
        }
        let days = remaining_days(first_paid, end, self.started_days);
        let of = i64::try_from((end - start) / DAY).expect("few days");
        line(
            "subscription",
            &(price * whole(days) / whole(of)),
            json!({"plan": id, "period": period(first_paid, end), "prorated": {"days": days, "of": of}}),
        )
    }

    /// The invoice of the end of the month that starts there.
    fn closing(&self, past: &[Happening], start: Time) -> Value {
        let end = month_around(start).1;
        let known: Vec<_> = past.iter().filter(|event| event.at < end).cloned().collect();
        // The last instant of the month: the plan there is the month's, what is scheduled is the next's.
        let (plan, scheduled) = Self::plans(&known, end - 1);
        let covered = self.covered(&known, start, plan);
        let mut lines = Vec::new();
        if covered.overage.is_positive() {
            lines.push(line(
                "overage",
                &(&covered.overage * decimal("0.04")),
                json!({"plan": PLANS[plan].0, "quantity": cents(&covered.overage), "unit_price": "0.04",
                    "period": period(start, end)}),
            ));
        }
        let next = scheduled.unwrap_or(plan);
        if next > 0 {
            let (start, end) = month_around(end);
            lines.push(line(
                "subscription",
                &whole(PLANS[next].1),
                json!({"plan": PLANS[next].0, "period": period(start, end)}),
            ));
        }
        invoice(end, &lines, &self.tax, &Value::Null)
    }
}

impl super::Rules for Rules {
    fn refusal(&self, past: &[Happening], event: &Happening, ids: &BTreeSet<String>) -> Option<&'static str> {
        if event.event["id"].as_str().is_some_and(|id| ids.contains(id)) {
            return Some("duplicate");
        }
        let (plan, scheduled) = Self::plans(past, event.at);
        match event.kind() {
            "usage" => self.is_paused(past, event.at).then_some("paused-at-limit"),
            "set_overage" => (event.event["enabled"] == true && plan == 0).then_some("overage-not-available"),
            "change_plan" => {
                let asked = rank(event.text("plan"));
                if asked > plan && !self.sold {
                    Some("country-not-supported")
                } else if asked == plan && scheduled.is_none() {
                    Some("already-on-plan")
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    fn invoices(&self, past: &[Happening], as_of: Time) -> Vec<Value> {
        let mut invoices: Vec<(Time, usize, Value)> = Vec::new();
        let mut start = month_around(self.signed_up).0;
        while month_around(start).1 <= as_of {
            let end = month_around(start).1;
            // Before every event at that instant.
            invoices.push((end, 0, self.closing(past, start)));
            start = end;
        }
        for (place, change) in past.iter().enumerate().filter(|(_, event)| event.kind() == "change_plan") {
            let before = Self::plans(&past[..place], change.at).0;
            let asked = rank(change.text("plan"));
            if asked <= before {
                continue;
            }
            let first_paid = Self::first_paid(past).expect("it becomes paid now at the latest");
            let mut lines = Vec::new();
            if before > 0 {
                let paid = self.fee(before, first_paid, change.at).amount;
                lines.push(line("discount", &-paid, json!({"plan": PLANS[before].0})));
            }
            lines.push(self.fee(asked, first_paid, change.at));
            invoices.push((change.at, place + 1, invoice(change.at, &lines, &self.tax, &Value::Null)));
        }
        invoices.sort_by_key(|(at, place, _)| (*at, *place));
        invoices.into_iter().map(|(_, _, invoice)| invoice).filter(|invoice| !invoice.is_null()).collect()
    }

    fn current(&self, past: &[Happening], as_of: Time) -> Value {
        let (start, end) = month_around(as_of);
        let (plan, scheduled) = Self::plans(past, as_of);
        let covered = self.covered(past, start, plan);
        let allowance = whole(PLANS[plan].2);
        let bonus = self.trial.then(|| {
            json!({"granted": "500.00", "used": cents(&self.bonus_used(past)),
                "remaining": cents(&self.bonus_left(past, as_of)), "expires_at": moment(self.bonus_expires())})
        });
        json!({
            "plan": PLANS[plan].0,
            "next_plan": scheduled.map(|next| PLANS[next].0),
            "cycle": period(start, end),
            "credits": {
                "used": cents(&covered.used),
                "plan": {"allowance": cents(&allowance), "used": cents(&covered.plan),
                    "remaining": cents(&(&allowance - &covered.plan))},
                "bonus": bonus,
                "overage": {"enabled": Self::overage_is_on(past, as_of), "credits": cents(&covered.overage),
                    "charge": cents(&(&covered.overage * decimal("0.04")))},
                "uncovered": cents(&covered.uncovered),
            },
            "paused": self.is_paused(past, as_of),
            "next_charge": self.closing(past, start),
        })
    }
}

/// The statement at another moment, with another way of counting days.
fn at_moment(scenario: &Value, at: &str, day_count: &Value, more: Option<Value>) -> Value {
    let mut scenario = scenario.clone();
    scenario["as_of"] = at.into();
    scenario["day_count"] = day_count.clone();
    let moment = calendar::read(at);
    let events = scenario["events"].as_array_mut().expect("events");
    events.retain(|event| calendar::read(event["at"].as_str().expect("at")) <= moment);
    events.extend(more);
    statement(&scenario)
}

pub fn preview(scenario: &Value, plan: &str, at: &str) -> Value {
    let event = json!({"at": at, "type": "change_plan", "plan": plan});
    let counted = |day_count: &Value| {
        let before = at_moment(scenario, at, day_count, None);
        let after = at_moment(scenario, at, day_count, Some(event.clone()));
        let charge = after["invoices"].get(before["invoices"].as_array().expect("a list").len()).cloned();
        (before, after, charge)
    };
    let given = &scenario["day_count"];
    let own = if given.is_null() { json!("whole-days") } else { given.clone() };
    let other = if own == "whole-days" { json!("started-days") } else { json!("whole-days") };
    let (before, after, charge) = counted(&own);
    let (_, _, other_charge) = counted(&other);
    let new_refusals = after["refused"].as_array().expect("a list").len()
        > before["refused"].as_array().expect("a list").len();
    // The change is the last event, so its refusal is the last judged.
    let refused = if new_refusals {
        after["refused"].as_array().and_then(|list| list.last()).map(|refusal| refusal["reason"].clone())
    } else {
        None
    };
    let (before, after) = (&before["current"], &after["current"]);
    let total = |charge: &Option<Value>| {
        charge.as_ref().map(|charge| decimal(charge["total"].as_str().expect("a total")))
    };
    let range = match (total(&charge), total(&other_charge)) {
        (Some(one), Some(other)) => {
            json!({"low": cents(&one.clone().min(other.clone())), "high": cents(&one.max(other))})
        }
        _ => Value::Null,
    };
    let effective = if refused.is_some() {
        Value::Null
    } else if after["next_plan"].is_null() {
        moment(calendar::read(at))
    } else {
        after["cycle"]["end"].clone()
    };
    let overage =
        |current: &Value| decimal(current["credits"]["overage"]["charge"].as_str().expect("a charge"));
    json!({"at": moment(calendar::read(at)), "plan": plan, "refused": refused, "effective_at": effective,
        "charge_now": charge, "charge_range": range,
        "overage_avoided": cents(&(overage(before) - overage(after))), "before": before, "after": after})
}

pub fn replay(scenario: &Value) -> Value {
    let happenings = super::in_order(scenario);
    let as_of = calendar::read(scenario["as_of"].as_str().expect("as_of"));
    let statement = statement(scenario);
    let refusals = statement["refused"].as_array().expect("a list");
    let reason = |event: &Happening| {
        refusals
            .iter()
            .find(|refusal| refusal["event"] == event.index)
            .map(|refusal| refusal["reason"].clone())
    };
    let mut months = Vec::new();
    let mut start = month_around(happenings[0].at).0;
    while month_around(start).1 <= as_of {
        let end = month_around(start).1;
        let tasks: Vec<_> = happenings
            .iter()
            .filter(|event| event.kind() == "usage" && start <= event.at && event.at < end)
            .collect();
        let used = tasks
            .iter()
            .filter(|task| reason(task).is_none())
            .fold(Exact::zero(), |sum, task| sum + consumed(&task.event));
        let paused =
            tasks.iter().filter(|task| reason(task).is_some_and(|why| why == "paused-at-limit")).count();
        months.push((calendar::write(start)[..7].to_owned(), used, paused));
        start = end;
    }
    let mut cheapest: Option<(Exact, &str)> = None;
    let plans: Vec<Value> = PLANS[1..]
        .iter()
        .map(|(id, price, credits)| {
            let mut total = Exact::zero();
            let months: Vec<Value> = months
                .iter()
                .map(|(month, used, paused)| {
                    let overage = (used - whole(*credits)).max(Exact::zero());
                    let cost = whole(*price) + super::rounded(&(&overage * decimal("0.04")), 2);
                    total += &cost;
                    json!({"month": month, "used": cents(used), "overage": cents(&overage),
                        "cost": cents(&cost), "paused_tasks": paused})
                })
                .collect();
            // Ties go to the larger plan.
            if cheapest.as_ref().is_none_or(|(least, _)| total <= *least) {
                cheapest = Some((total.clone(), id));
            }
            json!({"plan": id, "months": months, "total": cents(&total)})
        })
        .collect();
    let cheapest = cheapest.filter(|_| !months.is_empty()).map(|(_, id)| id);
    json!({"as_of": moment(as_of), "plans": plans, "cheapest": cheapest})
}
