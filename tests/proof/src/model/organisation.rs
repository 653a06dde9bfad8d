//! Kiro for an organisation: E1–E6 with their decisions.

use super::calendar::{Time, month_around};
use super::{
    Exact, Happening, Line, PLANS, cents, consumed, decimal, invoice, kiro_tax, line, period, rank, whole,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub struct Rules {
    began: Time,
    tax: Exact,
}

/// A user under a profile.
type Who<'a> = (&'a str, &'a str);

fn who(event: &Happening) -> Who<'_> {
    (event.text("profile"), event.text("user"))
}

/// The groups a user is in after that past, with their plans.
fn groups<'a>(past: &'a [Happening], of: Who<'_>) -> BTreeMap<&'a str, usize> {
    let mut groups = BTreeMap::new();
    for event in past.iter().filter(|event| who(event) == of) {
        match event.kind() {
            "assign" => {
                groups.insert(event.text("group"), rank(event.text("plan")));
            }
            "unassign" => {
                groups.remove(event.text("group"));
            }
            _ => {}
        }
    }
    groups
}

/// The highest tier of the groups (E2).
fn highest(past: &[Happening], of: Who<'_>) -> Option<usize> {
    groups(past, of).values().copied().max()
}

/// The tiers that a user holds in a month, in the order they arose: what it began with, then each
/// assignment that is higher than everything before (E3–E5).
fn tiers(past: &[Happening], of: Who<'_>, start: Time) -> Vec<usize> {
    let before: Vec<_> = past.iter().filter(|event| event.at < start).cloned().collect();
    let mut tiers: Vec<usize> = highest(&before, of).into_iter().collect();
    for event in past.iter().filter(|event| event.at >= start && event.at < month_around(start).1) {
        if event.kind() == "assign" && who(event) == of {
            let plan = rank(event.text("plan"));
            if tiers.iter().all(|held| plan > *held) {
                tiers.push(plan);
            }
        }
    }
    tiers
}

fn overage_is_on(past: &[Happening], profile: &str) -> bool {
    let turn = past.iter().rfind(|event| event.kind() == "set_overage" && event.text("profile") == profile);
    turn.is_some_and(|turn| turn.event["enabled"] == true)
}

/// Used, from the plan, overage and uncovered in a month, under the highest tier held in it.
fn covered(past: &[Happening], of: Who<'_>, start: Time, plan: usize) -> [Exact; 4] {
    let end = month_around(start).1;
    let mut sums = [Exact::zero(), Exact::zero(), Exact::zero(), Exact::zero()];
    for (place, task) in past.iter().enumerate() {
        if task.kind() != "usage" || who(task) != of || task.at < start || task.at >= end {
            continue;
        }
        let cost = consumed(&task.event, super::lists::named("kiro-2025-12"));
        let from_plan = cost.min(whole(PLANS[plan].2) - sums[1]);
        let beyond = cost - from_plan;
        sums[0] += cost;
        sums[1] += from_plan;
        sums[if overage_is_on(&past[..place], of.0) { 2 } else { 3 }] += beyond;
    }
    sums
}

fn everyone(past: &[Happening]) -> BTreeSet<Who<'_>> {
    past.iter().filter(|event| event.kind() == "assign").map(who).collect()
}

impl Rules {
    pub fn new(scenario: &Value, happenings: &[Happening]) -> Self {
        Self { began: happenings[0].at, tax: kiro_tax(scenario) }
    }

    fn lines(past: &[Happening], of: Who<'_>, start: Time) -> Vec<Line> {
        let end = month_around(start).1;
        let known: Vec<_> = past.iter().filter(|event| event.at < end).cloned().collect();
        let tiers = tiers(&known, of, start);
        let about = |plan: usize| json!({"plan": PLANS[plan].0, "period": period(start, end), "profile": of.0, "user": of.1});
        let mut lines = Vec::new();
        for (place, tier) in tiers.iter().enumerate() {
            if place > 0 {
                let lower = tiers[place - 1];
                lines.push(line("refund", &-whole(PLANS[lower].1), about(lower)));
            }
            lines.push(line("subscription", &whole(PLANS[*tier].1), about(*tier)));
        }
        if let Some(tier) = tiers.last() {
            let overage = &covered(&known, of, start, *tier)[2];
            if overage.is_positive() {
                let mut about = about(*tier);
                about["quantity"] = cents(overage);
                about["unit_price"] = "0.04".into();
                lines.push(line("overage", &(overage * decimal("0.04")), about));
            }
        }
        lines
    }
}

impl super::Rules for Rules {
    fn refusal(&self, past: &[Happening], event: &Happening, ids: &BTreeSet<String>) -> Option<&'static str> {
        let of = who(event);
        match event.kind() {
            "unassign" => (!groups(past, of).contains_key(event.text("group"))).then_some("not-assigned"),
            "usage" => {
                if event.event["id"].as_str().is_some_and(|id| ids.contains(id)) {
                    return Some("duplicate");
                }
                let start = month_around(event.at).0;
                let Some(plan) = tiers(past, of, start).last().copied() else {
                    return Some("not-subscribed");
                };
                let used = &covered(past, of, start, plan)[1];
                let nothing_left = *used >= whole(PLANS[plan].2);
                (nothing_left && !overage_is_on(past, of.0)).then_some("paused-at-limit")
            }
            _ => None,
        }
    }

    fn invoices(&self, past: &[Happening], as_of: Time) -> Vec<Value> {
        let mut invoices = Vec::new();
        let mut start = month_around(self.began).0;
        while month_around(start).1 <= as_of {
            let end = month_around(start).1;
            let lines: Vec<_> =
                everyone(past).into_iter().flat_map(|of| Self::lines(past, of, start)).collect();
            invoices.push(invoice(end, &lines, &self.tax, &Value::Null));
            start = end;
        }
        invoices.retain(|invoice| !invoice.is_null());
        invoices
    }

    fn current(&self, past: &[Happening], as_of: Time) -> Value {
        let (start, end) = month_around(as_of);
        let mut total = Exact::zero();
        let mut subscriptions = Vec::new();
        let mut profiles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for of in everyone(past) {
            let Some(plan) = tiers(past, of, start).last().copied() else { continue };
            let [used, from_plan, overage, uncovered] = covered(past, of, start, plan);
            let next = match highest(past, of) {
                None => json!("none"),
                Some(next) if next == plan => Value::Null,
                Some(next) => json!(PLANS[next].0),
            };
            let month = whole(PLANS[plan].1) + super::rounded(&(overage * decimal("0.04")), 2);
            total += &month;
            profiles.entry(of.1).or_default().push(of.0);
            let allowance = whole(PLANS[plan].2);
            subscriptions.push(
                json!({"profile": of.0, "user": of.1, "plan": PLANS[plan].0, "next_plan": next,
                "credits": {"used": cents(&used), "allowance": cents(&allowance),
                    "remaining": cents(&(allowance - from_plan)), "overage": cents(&overage),
                    "uncovered": cents(&uncovered)},
                "month_to_date": cents(&month)}),
            );
        }
        let repeated: Vec<Value> = profiles
            .into_iter()
            .filter(|(_, profiles)| profiles.len() > 1)
            .map(|(user, profiles)| json!({"user": user, "profiles": profiles}))
            .collect();
        json!({"cycle": period(start, end), "subscriptions": subscriptions,
            "charged_more_than_once": repeated, "month_to_date": cents(&total)})
    }
}
