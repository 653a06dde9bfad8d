//! The rules a second time, from `rules.md` and `scenario.md` alone: exact rationals, no code of the
//! engine, and nothing kept between events. Every question ("which plan is this on now?") is answered
//! anew from the list of everything accepted so far, so the model can't carry a mistake forward; it is
//! slow and only right.

pub mod amounts;
pub mod calendar;
pub mod charges;
pub mod course;
pub mod credits_axis;
pub mod explained;
pub mod kilo_personal;
pub mod lists;
mod organisation;
pub mod outlook;
mod person;
pub mod spent_axis;
mod team;

use calendar::Time;
pub use lists::{PLANS, rank};
use num_rational::Ratio;
use num_traits::{Signed, Zero};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// An exact number. What doesn't fit panics: this package checks for overflow in every profile.
pub type Exact = Ratio<i128>;

/// A whole number.
pub fn whole(number: impl TryInto<i128>) -> Exact {
    let Ok(number) = number.try_into() else { panic!("a number of 127 bits") };
    Exact::from_integer(number)
}

/// A decimal of the contract.
pub fn decimal(text: &str) -> Exact {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let all: i128 = format!("{before}{behind}").parse().expect("digits");
    Exact::new(all * sign, 10_i128.pow(u32::try_from(behind.len()).expect("few")))
}

/// Rounded to so many places, half away from zero.
pub fn rounded(number: &Exact, places: u32) -> Exact {
    let scale = whole(10_i128.pow(places));
    let magnitude = (number.abs() * scale + Exact::new(1, 2)).floor() / scale;
    if number.is_negative() { -magnitude } else { magnitude }
}

/// Written with exactly so many places.
pub fn written(number: &Exact, places: u32) -> String {
    let scaled = (rounded(number, places) * whole(10_i128.pow(places))).to_integer();
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places as usize + 1);
    let (before, behind) = digits.split_at(digits.len() - places as usize);
    format!("{}{before}.{behind}", if scaled.is_negative() { "-" } else { "" })
}

/// Two places: money and credits.
pub fn cents(number: &Exact) -> Value {
    Value::String(written(number, 2))
}

/// A moment in a statement.
pub fn moment(time: Time) -> Value {
    Value::String(calendar::write(time))
}

/// A period in a statement.
pub fn period(start: Time, end: Time) -> Value {
    json!({"start": moment(start), "end": moment(end)})
}

/// The days that remain from a moment to an end, at least one (K8, T2).
pub fn remaining_days(from: Time, end: Time, started: bool) -> i64 {
    let span = end - from;
    let days = if started { (span + calendar::DAY - 1) / calendar::DAY } else { span / calendar::DAY };
    i64::try_from(days.max(1)).expect("few days")
}

/// What a task consumed under the list of its month (K4).
pub fn consumed(event: &Value, list: &lists::List) -> Exact {
    let amount = if let Some(text) = event["credits"].as_str() {
        decimal(text)
    } else {
        let model = event["model"].as_str().unwrap_or("auto");
        let factor = list.multiplier(model).expect("a model of the list");
        decimal(event["auto_credits"].as_str().expect("one of the forms")) * factor
    };
    rounded(&amount, 2).max(decimal("0.01"))
}

/// A line with its amount beside its JSON.
#[derive(Clone)]
pub struct Line {
    /// Rounded once.
    pub amount: Exact,
    /// Without the amount.
    pub json: Map<String, Value>,
}

/// A line of a kind, with an amount that is rounded once here.
pub fn line(kind: &str, amount: &Exact, more: Value) -> Line {
    let Value::Object(mut json) = more else { panic!("an object") };
    json.insert("kind".into(), kind.into());
    Line { amount: rounded(amount, 2), json }
}

/// An invoice, or nothing without lines.
pub fn invoice(at: Time, lines: &[Line], tax_rate: &Exact, more: &Value) -> Value {
    if lines.is_empty() { Value::Null } else { invoice_of(at, lines, tax_rate, more) }
}

/// The same of what isn't known whole: there is one without lines, too.
pub fn invoice_in_part(at: Time, lines: &[Line], tax_rate: &Exact) -> Value {
    invoice_of(at, lines, tax_rate, &json!({"at_least": true}))
}

fn invoice_of(at: Time, lines: &[Line], tax_rate: &Exact, more: &Value) -> Value {
    let subtotal: Exact = lines.iter().fold(Exact::zero(), |sum, line| sum + line.amount);
    let tax = rounded(&(subtotal * tax_rate), 2);
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            let mut json = line.json.clone();
            json.insert("amount".into(), cents(&line.amount));
            Value::Object(json)
        })
        .collect();
    let total = subtotal + tax;
    let mut invoice = json!({"issued_at": moment(at), "lines": lines, "subtotal": cents(&subtotal),
        "tax": cents(&tax), "total": cents(&total)});
    for (key, value) in more.as_object().into_iter().flatten() {
        invoice[key] = value.clone();
    }
    invoice
}

/// Kiro's tax for a billing address (K11).
pub fn kiro_tax(scenario: &Value) -> Exact {
    if scenario["country"] == "JP" { decimal("0.1") } else { Exact::zero() }
}

/// An event with its moment and its place in the list.
#[derive(Clone)]
pub struct Happening {
    /// When.
    pub at: Time,
    /// Its index.
    pub index: usize,
    /// As it stands in the scenario.
    pub event: Value,
}

impl Happening {
    /// Its type.
    pub fn kind(&self) -> &str {
        self.text("type")
    }

    /// A text of it.
    pub fn text(&self, key: &str) -> &str {
        self.event[key].as_str().unwrap_or_default()
    }
}

/// The events at or before `as_of` in the order they are judged.
fn in_order(scenario: &Value) -> Vec<Happening> {
    let as_of = calendar::read(scenario["as_of"].as_str().expect("as_of"));
    let events = scenario["events"].as_array().expect("events").iter().enumerate();
    let mut happenings: Vec<_> = events
        .map(|(index, event)| Happening {
            at: calendar::read(event["at"].as_str().expect("at")),
            index,
            event: event.clone(),
        })
        .filter(|happening| happening.at <= as_of)
        .collect();
    happenings.sort_by_key(|happening| happening.at);
    happenings
}

/// A way of billing as the model has it: it sees the accepted past and nothing else.
trait Rules {
    /// Why an event would be refused after that past.
    fn refusal(&self, past: &[Happening], event: &Happening, ids: &BTreeSet<String>) -> Option<&'static str>;
    /// Everything issued up to a moment.
    fn invoices(&self, past: &[Happening], as_of: Time) -> Vec<Value>;
    /// Where it stands.
    fn current(&self, past: &[Happening], as_of: Time) -> Value;
}

/// The events of a scenario in order, each judged after the accepted ones before it.
pub struct Judged {
    rules: Box<dyn Rules>,
    /// Each with the reason it is refused for, if it is.
    pub events: Vec<(Happening, Option<&'static str>)>,
}

impl Judged {
    /// Everything at or before the scenario's moment.
    pub fn of(scenario: &Value) -> Self {
        let happenings = in_order(scenario);
        let rules: Box<dyn Rules> = match scenario["account"].as_str() {
            Some("kiro-individual") => Box::new(person::Rules::new(scenario, &happenings)),
            Some("kiro-enterprise") => Box::new(organisation::Rules::new(scenario, &happenings)),
            _ => Box::new(team::Rules::new(scenario, &happenings)),
        };
        let mut past: Vec<Happening> = Vec::new();
        let mut ids = BTreeSet::new();
        let mut events = Vec::new();
        for happening in happenings {
            let refusal = rules.refusal(&past, &happening, &ids);
            if refusal.is_none() {
                if let Some(id) = happening.event["id"].as_str() {
                    ids.insert(id.to_owned());
                }
                past.push(happening.clone());
            }
            events.push((happening, refusal));
        }
        Self { rules, events }
    }

    /// Judges one more event, which has no id and is the last of all.
    pub fn push(&mut self, event: &Value) {
        let at = calendar::read(event["at"].as_str().expect("at"));
        let happening = Happening { at, index: self.events.len(), event: event.clone() };
        let refusal = self.rules.refusal(&self.accepted(self.events.len()), &happening, &BTreeSet::new());
        self.events.push((happening, refusal));
    }

    /// The accepted ones among the first `count`.
    fn accepted(&self, count: usize) -> Vec<Happening> {
        let first = self.events[..count].iter();
        first.filter(|(_, refusal)| refusal.is_none()).map(|(event, _)| event.clone()).collect()
    }

    /// How many events come before a moment, or with it.
    pub fn count_until(&self, at: Time) -> usize {
        self.events.iter().filter(|(event, _)| event.at <= at).count()
    }

    /// Where the account stands at a moment after the first `count` events.
    pub fn current(&self, count: usize, at: Time) -> Value {
        self.rules.current(&self.accepted(count), at)
    }

    /// Everything issued up to a moment after the first `count` events.
    pub fn invoices(&self, count: usize, at: Time) -> Vec<Value> {
        self.rules.invoices(&self.accepted(count), at)
    }
}

/// The moment that a scenario is asked about.
pub fn as_of(scenario: &Value) -> Time {
    calendar::read(scenario["as_of"].as_str().expect("as_of"))
}

/// The statement of a scenario.
pub fn statement(scenario: &Value) -> Value {
    let judged = Judged::of(scenario);
    let (as_of, count) = (as_of(scenario), judged.events.len());
    let refused: Vec<_> = judged
        .events
        .iter()
        .filter_map(|(event, refusal)| refusal.map(|reason| json!({"event": event.index, "reason": reason})))
        .collect();
    json!({"as_of": moment(as_of), "account": scenario["account"], "refused": refused,
        "invoices": judged.invoices(count, as_of), "current": judged.current(count, as_of)})
}

/// A preview by its definition: the statement with one event more.
pub fn preview(scenario: &Value, plan: &str, at: &str) -> Value {
    person::preview(scenario, plan, at)
}

/// What months cost on every plan, as one person's account is told of it.
pub fn costs_of(scenario: &Value, month: &str) -> Value {
    person::costs_of(scenario, month)
}

/// What packs covered of one person's running month (N4).
pub fn from_packs(scenario: &Value) -> Exact {
    person::from_packs(scenario)
}

/// A plan replay of one person.
pub fn replay(scenario: &Value) -> Value {
    person::replay(scenario)
}
