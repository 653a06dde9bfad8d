//! Kiro's price lists and the days from which they hold (K1, N1–N4).

use super::calendar::{Time, month_around, read};
use super::{Exact, decimal, rounded};
use num_traits::Signed;
use serde_json::Value;

/// Every plan of any list (K1, N2), smallest first: id, price, credits. A plan of one list is the plan of the same id in
/// the next.
pub const PLANS: [(&str, i64, i64); 5] = [
    ("free", 0, 50),
    ("pro", 20, 1_000),
    ("pro-plus", 40, 2_000),
    ("pro-max", 100, 5_000),
    ("power", 200, 10_000),
];

/// A plan's place in [`PLANS`].
pub fn rank(id: &str) -> usize {
    PLANS.iter().position(|(known, _, _)| *known == id).expect("a plan")
}

/// What is sold in a list beyond the plans that were always there.
pub struct List {
    /// Its id.
    pub id: &'static str,
    /// The month from which it is in force.
    from: &'static str,
    pro_max: bool,
    /// Packs in place of overage (N2, N4).
    pub packs: bool,
    /// Whether the two days of May 2026 hold in it (N2).
    pub of_2026: bool,
}

static LISTS: [List; 4] = [
    List { id: "kiro-2025-12", from: "1970-01-01", pro_max: false, packs: false, of_2026: false },
    List { id: "kiro-2026-05", from: "2026-05-01", pro_max: false, packs: false, of_2026: true },
    List { id: "kiro-2026-06", from: "2026-06-01", pro_max: true, packs: false, of_2026: true },
    List { id: "kiro-2026-07", from: "2026-07-01", pro_max: true, packs: true, of_2026: true },
];

/// Who signs up from then on gets no credits, and may pay less the first time (N2).
pub fn eighth_of_may() -> Time {
    read("2026-05-08T00:00:00Z")
}

/// What models cost beside Auto as the service served it in August 2026, Fable 5 in September (interfaces-2026.md §4.5),
/// and what scenarios call them besides.
const MODELS: [(&str, &str, &str); 21] = [
    ("auto", "", "1"),
    ("claude-haiku-4.5", "haiku-4.5", "0.4"),
    ("claude-sonnet-4", "sonnet-4", "1.3"),
    ("claude-sonnet-4.5", "sonnet-4.5", "1.3"),
    ("claude-sonnet-4.6", "sonnet-4.6", "1.3"),
    ("claude-sonnet-5", "", "1.3"),
    ("claude-opus-4.5", "opus-4.5", "2.2"),
    ("claude-opus-4.6", "opus-4.6", "2.2"),
    ("claude-opus-4.7", "", "2.2"),
    ("claude-opus-4.8", "", "2.2"),
    ("claude-opus-4-8", "", "2.2"),
    ("claude-opus-5", "", "2.2"),
    ("claude-fable-5", "", "4.4"),
    ("gpt-5.6-sol", "", "2.4"),
    ("gpt-5.6-terra", "", "1"),
    ("gpt-5.6-luna", "", "0.1"),
    ("deepseek-3.2", "", "0.25"),
    ("glm-5", "", "0.5"),
    ("minimax-m2.1", "", "0.15"),
    ("minimax-m2.5", "minimax-2.5", "0.25"),
    ("qwen3-coder-next", "", "0.05"),
];

/// Everything that models are called in scenarios, one that nobody has seen the cost of, and one that there isn't.
pub fn model_names() -> Vec<&'static str> {
    let known = MODELS.iter().flat_map(|(id, alias, _)| [*id, *alias]).filter(|name| !name.is_empty());
    known.chain(["claude-opus-5.5", "claude-sonnet-4-5"]).collect()
}

impl List {
    /// Times the credits of Auto; none of a model that the list doesn't price.
    pub fn multiplier(&self, model: &str) -> Option<Exact> {
        let (id, _, factor) =
            *MODELS.iter().find(|(id, alias, _)| *id == model || *alias == model && !alias.is_empty())?;
        match (self.id, id) {
            ("kiro-2026-07", _) | (_, "auto" | "claude-sonnet-4") => Some(decimal(factor)),
            // 0.6 until July.
            ("kiro-2026-06", "gpt-5.6-luna") => Some(decimal("0.6")),
            _ => None,
        }
    }

    /// Its plans, smallest first, as places in [`PLANS`].
    pub fn plans(&self) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let pro_max = self.pro_max;
        (0..PLANS.len()).filter(move |plan| pro_max || PLANS[*plan].0 != "pro-max")
    }

    /// Whether it has a plan of that id.
    pub fn sells(&self, id: &str) -> bool {
        self.plans().any(|plan| PLANS[plan].0 == id)
    }

    /// Whether an event is one of this list, which is in force when it happens. An amount is above zero and in whole
    /// cents; what is granted is also written so.
    pub fn reads(&self, event: &Value) -> bool {
        let text = || event["amount"].as_str().expect("an amount");
        let is_amount = || {
            let amount = decimal(text());
            amount.is_positive() && rounded(&amount, 2) == amount
        };
        let is_written_in_cents = || text().split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2);
        let time = |key: &str| event[key].as_str().map(read);
        match event["type"].as_str().expect("a type") {
            "change_plan" | "own_limit" => self.sells(event["plan"].as_str().expect("a plan")),
            "buy_credits" => {
                self.packs && is_amount() && time("expires_at").is_none_or(|end| Some(end) > time("at"))
            }
            "usage" if event["credits"].is_null() => {
                self.multiplier(event["model"].as_str().unwrap_or("auto")).is_some()
            }
            "first_payment_credit" => self.of_2026 && is_amount() && is_written_in_cents(),
            "opening_balance" => event["plan"].as_str().is_none_or(|plan| self.sells(plan)),
            _ => true,
        }
    }
}

/// The list that a scenario names, or each month's own.
pub struct Lists(Option<&'static List>);

impl Lists {
    /// What a scenario asks for; none where it names no list that there is.
    pub fn of(scenario: &Value) -> Option<Self> {
        match scenario["edition"].as_str() {
            None => Some(Self(LISTS.first())),
            Some("in-force") => Some(Self(None)),
            Some(id) => LISTS.iter().find(|list| list.id == id).map(|list| Self(Some(list))),
        }
    }

    /// The list of the month around a moment: the one in force at its start (N1).
    pub fn at(&self, moment: Time) -> &'static List {
        let start = month_around(moment).0;
        let in_force = || LISTS.iter().rfind(|list| read(&format!("{}T00:00:00Z", list.from)) <= start);
        self.0.or_else(in_force).expect("the first list has always been there")
    }
}

/// The list of an id.
pub fn named(id: &str) -> &'static List {
    LISTS.iter().find(|list| list.id == id).expect("a list that there is")
}

/// Whether every event of a person's scenario is one of the list of its month, those after its moment too.
pub fn is_readable(scenario: &Value) -> bool {
    let events = scenario["events"].as_array().expect("events");
    Lists::of(scenario).is_some_and(|lists| {
        events.iter().all(|event| lists.at(read(event["at"].as_str().expect("at"))).reads(event))
    })
}

/// The plan that a preview asks for, where the list of its month has it.
pub fn has_plan(scenario: &Value, plan: &str, at: &str) -> bool {
    Lists::of(scenario).is_some_and(|lists| lists.at(read(at)).sells(plan))
}

/// What a first payment may be lower (N3).
pub fn first_payment_credit() -> Exact {
    decimal("20")
}
