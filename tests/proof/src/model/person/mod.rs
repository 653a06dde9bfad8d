//! Kiro for one person: K1–K12 with their decisions, N1–N7.

mod advice;
mod beside;
mod changes;
mod opening;
mod pools;

pub use advice::costs_of;
pub use changes::{from_packs, preview, replay};

use super::calendar::{DAY, Time, month_around};
use super::lists::{self, Lists};
use super::{
    Exact, Happening, Line, PLANS, cents, decimal, invoice, invoice_in_part, kiro_tax, line, moment, period,
    rank, remaining_days, whole,
};
use num_traits::{Signed, Zero};
use opening::priced;
use pools::Pack;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The countries of the scenarios here that are sold no paid plan (K12); the engine's own test counts all.
const NOT_SOLD: [&str; 2] = ["RU", "PE"];

pub struct Rules {
    lists: Lists,
    signed_up: Time,
    trial: bool,
    sold: bool,
    started_days: bool,
    tax: Exact,
}

impl Rules {
    pub fn new(scenario: &Value, happenings: &[Happening]) -> Self {
        let sign_up = &happenings[0];
        let lists = Lists::of(scenario).expect("a list that there is");
        // N2: in the lists of 2026 only for a sign-up before the day that ended it.
        let grants = !lists.at(sign_up.at).of_2026 || sign_up.at < lists::eighth_of_may();
        Self {
            signed_up: sign_up.at,
            trial: sign_up.event["trial"] != false && grants,
            sold: !NOT_SOLD.iter().any(|country| scenario["country"] == *country),
            started_days: scenario["day_count"] == "started-days",
            // N7 and K11: what its owner stated, else the country's.
            tax: scenario["own_tax_rate"].as_str().map_or_else(|| kiro_tax(scenario), decimal),
            lists,
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

    /// When the account first became paid.
    fn first_paid(past: &[Happening]) -> Option<Time> {
        past.iter()
            .find(|event| event.kind() == "change_plan" && event.text("plan") != "free")
            .map(|event| event.at)
    }

    /// What was stated of the first payment, if it was (N3).
    fn stated_credit(past: &[Happening]) -> Option<Exact> {
        let stated = past.iter().find(|event| event.kind() == "first_payment_credit");
        stated.map(|event| decimal(event.text("amount")))
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

    /// What the change at that place charges at once: nothing unless it is one to a higher plan.
    fn upgrade_lines(&self, past: &[Happening], place: usize) -> Vec<Line> {
        let change = &past[place];
        let before = Self::plans(&past[..place], change.at).0;
        let asked = rank(change.text("plan"));
        if asked <= before {
            return Vec::new();
        }
        let first_paid = Self::first_paid(past).expect("it becomes paid now at the latest");
        let mut lines = Vec::new();
        if before > 0 {
            let paid = self.fee(before, first_paid, change.at).amount;
            lines.push(line("discount", &-paid, json!({"plan": PLANS[before].0})));
        }
        lines.push(self.fee(asked, first_paid, change.at));
        // The first payment of all: what was granted, at most what there is to pay (N3).
        if Self::first_paid(&past[..place]).is_none()
            && let Some(credit) = Self::stated_credit(&past[..place])
        {
            let so_far = lines.iter().fold(Exact::zero(), |sum, line| sum + line.amount);
            lines.push(line("discount", &-credit.min(so_far), json!({"plan": null})));
        }
        lines
    }

    /// The invoice of the end of the month that starts there.
    fn closing(&self, past: &[Happening], start: Time) -> Value {
        let end = month_around(start).1;
        let known: Vec<_> = past.iter().filter(|event| event.at < end).cloned().collect();
        // The last instant of the month: the plan there is the month's, what is scheduled is the next's.
        let (plan, scheduled) = Self::plans(&known, end - 1);
        let covered = self.month(&known, start, plan).covered;
        let mut lines = Vec::new();
        let overage = self.credits_of_overage(&known, start, &covered.overage);
        let charge = self.overage_charge(&known, start, &overage);
        if let Some(charge) = charge.as_ref().filter(|charge| overage.is_positive() || charge.is_positive()) {
            let mut more = json!({"plan": PLANS[plan].0, "period": period(start, end)});
            // A charge without credits is of the vendor's word alone.
            if overage.is_positive() {
                more["quantity"] = cents(&overage);
                more["unit_price"] = "0.04".into();
            }
            lines.push(line("overage", charge, more));
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
        // What the vendor charges may not be known in dollars: then it is the least.
        if charge.is_none() {
            return invoice_in_part(end, &lines, &self.tax);
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
            "set_overage" => {
                let is_sold = plan > 0 && !self.lists.at(event.at).packs;
                (event.event["enabled"] == true && !is_sold).then_some("overage-not-available")
            }
            "buy_credits" => {
                let amount = decimal(event.text("amount"));
                if plan == 0 {
                    Some("packs-not-available")
                } else if amount < whole(5) || amount > whole(100) {
                    Some("amount-not-offered")
                } else {
                    None
                }
            }
            "first_payment_credit" if Self::first_paid(past).is_some() => Some("already-paid"),
            "first_payment_credit" => Self::stated_credit(past).map(|_| "already-granted"),
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
        for (place, event) in past.iter().enumerate() {
            let lines = match event.kind() {
                "change_plan" => self.upgrade_lines(past, place),
                "buy_credits" => {
                    let amount = decimal(event.text("amount"));
                    let credits = amount / decimal("0.04");
                    let more = json!({"quantity": cents(&credits), "unit_price": "0.04",
                        "charged_at": moment(event.at)});
                    vec![line("credits", &amount, more)]
                }
                _ => continue,
            };
            invoices.push((event.at, place + 1, invoice(event.at, &lines, &self.tax, &Value::Null)));
        }
        invoices.sort_by_key(|(at, place, _)| (*at, *place));
        invoices.into_iter().map(|(_, _, invoice)| invoice).filter(|invoice| !invoice.is_null()).collect()
    }

    fn current(&self, past: &[Happening], as_of: Time) -> Value {
        let (start, end) = month_around(as_of);
        let (plan, scheduled) = Self::plans(past, as_of);
        let month = self.month(past, start, plan);
        let (covered, beside) = (&month.covered, self.beside(past));
        let allowance = Self::allowance(past, plan, as_of);
        let bonus = beside.trial.as_ref().map(|trial| {
            json!({"granted": cents(&trial.granted), "used": cents(&trial.used),
                "remaining": cents(&trial.left(as_of)), "expires_at": trial.ends.map(moment)})
        });
        let pack = |(pack, given): &(Pack, Exact)| {
            json!({"bought_at": moment(pack.bought_at), "expires_at": pack.ends.map(moment),
                "granted": cents(&pack.granted), "used": cents(given),
                "remaining": cents(&Self::left_of(pack, given, as_of))})
        };
        let grants = (!beside.grants.is_empty()).then(|| beside.grants.iter().map(pack).collect::<Vec<_>>());
        let has_packs = self.lists.at(as_of).packs || !month.packs.is_empty();
        let packs = has_packs.then(|| month.packs.iter().map(pack).collect::<Vec<_>>());
        let left = allowance.as_ref().map(|allowance| cents(&(allowance - covered.plan).max(Exact::zero())));
        json!({
            "plan": PLANS[plan].0,
            "next_plan": scheduled.map(|next| PLANS[next].0),
            "cycle": period(start, end),
            "credits": {
                "used": cents(&(beside.in_month(start) + covered.sum())),
                "plan": {"allowance": allowance.as_ref().map(cents), "used": cents(&covered.plan),
                    "remaining": left},
                "bonus": bonus,
                "grants": grants,
                "packs": packs,
                "overage": self.overage(past, as_of, &covered.overage),
                "uncovered": cents(&covered.uncovered),
            },
            "paused": self.is_paused(past, as_of),
            "next_charge": self.closing(past, start),
            "assumptions": self.assumptions(past, as_of, &covered.overage),
        })
    }
}

impl Rules {
    /// Everything used in the month that starts there, by the end of what is known of it.
    fn used_in(&self, past: &[Happening], start: Time) -> Exact {
        let plan = Self::plans(past, month_around(start).1 - 1).0;
        self.beside(past).in_month(start) + self.month(past, start, plan).covered.sum()
    }

    fn overage(&self, past: &[Happening], at: Time, beyond: &Exact) -> Value {
        let overage = &self.credits_of_overage(past, at, beyond);
        let charge = self.overage_charge(past, month_around(at).0, overage);
        let by_price = priced(overage);
        let other = (charge.as_ref() != Some(&by_price)).then(|| cents(&by_price));
        let cap = Self::cap(past, at).map(|cap| {
            // The charge so far, and the list's price of what may still come.
            let at_most = charge.as_ref().map(|charge| charge + priced(overage.max(&cap)) - priced(overage));
            json!({"credits": cents(&cap), "left": cents(&(cap - overage).max(Exact::zero())),
                "charge_at_most": at_most.as_ref().map(cents)})
        });
        let enabled = self.overage_is_on(past, at);
        let idle = (enabled && !self.runs_beyond(past, at)).then_some(true);
        json!({"enabled": enabled, "idle": idle, "credits": cents(overage),
            "charge": charge.as_ref().map(cents), "by_price": other, "cap": cap})
    }
}
