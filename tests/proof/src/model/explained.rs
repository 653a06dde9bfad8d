//! Why a bill differs, a second time: from the six rules of the engine's README, in exact rationals, and each rule a question
//! to the whole lists.

use super::{Exact, PLANS, cents, decimal, rank, rounded, whole, written};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn exact(value: &Value) -> Exact {
    decimal(value.as_str().expect("an amount"))
}

fn is(value: &Value, text: &str) -> bool {
    value.as_str() == Some(text)
}

/// The plan that a bill's tier is.
fn plan(spelled: &Value) -> Option<usize> {
    let letters = |text: &str| text.to_lowercase().replace('-', "");
    let wanted = letters(spelled.as_str().expect("a tier"));
    PLANS.iter().position(|(id, _, _)| letters(id) == wanted)
}

/// A row: by what it is in order, and what it makes.
#[derive(Clone)]
struct Found {
    user: String,
    account: String,
    payer: String,
    item: String,
    /// Deductions come after tiers, whole seats and credits where all else is alike.
    kind: u8,
    cost: Exact,
}

/// What the rules charge for somebody's credits beyond the plan.
fn overage(person: &Value) -> Exact {
    rounded(&(exact(&person["overage"]) * decimal("0.04")), 2)
}

fn fee(person: &Value) -> Exact {
    person["seat"].as_str().map_or_else(Exact::zero, |id| whole(PLANS[rank(id)].1))
}

fn sum<'v>(amounts: impl Iterator<Item = &'v Value>, of: impl Fn(&'v Value) -> Exact) -> Exact {
    amounts.map(of).fold(Exact::zero(), |sum, amount| sum + amount)
}

type Reasons = BTreeMap<String, Vec<Found>>;

/// What lines and people of one user, or of nobody by name, come to.
struct Compared<'v> {
    lines: Vec<&'v Value>,
    people: Vec<&'v Value>,
    named: bool,
    question: &'v Value,
}

impl<'v> Compared<'v> {
    fn of(&self, item: &'static str) -> impl Iterator<Item = &'v Value> + '_ {
        self.lines.iter().copied().filter(move |line| is(&line["item"], item))
    }

    fn any(&self, key: &str, value: bool) -> bool {
        self.people.iter().any(|person| person[key] == value)
    }

    fn row(&self, item: &str, kind: u8, cost: Exact) -> Found {
        // The last of the dearest.
        let mut most: Option<&Value> = None;
        for line in &self.lines {
            if most.is_none_or(|most| exact(&line["cost"]).abs() >= exact(&most["cost"]).abs()) {
                most = Some(line);
            }
        }
        let of =
            |key: &str| most.map_or_else(String::new, |line| line[key].as_str().expect("a text").to_owned());
        let user = match most {
            Some(line) => line["user"].as_str(),
            None => self.people.first().and_then(|person| person["user"].as_str()),
        };
        let user = user.unwrap_or_default().to_owned();
        Found { user, account: of("account"), payer: of("payer"), item: item.to_owned(), kind, cost }
    }

    fn tell(&self, reasons: &mut Reasons, reason: &str, item: (&str, u8), cost: Exact) {
        if !rounded(&cost, 2).is_zero() {
            reasons.entry(reason.to_owned()).or_default().push(self.row(item.0, item.1, cost));
        }
    }

    /// Rule 1.
    fn nobody(&self, reasons: &mut Reasons) {
        let all = sum(self.lines.iter().copied(), |line| exact(&line["cost"]));
        let tiers: Vec<_> = self.of("tier").collect();
        if tiers.is_empty() && self.of("credits").next().is_none() {
            return self.tell(reasons, "Deducted(Refund)", ("Refund", 3), all);
        }
        let item = match tiers.as_slice() {
            [] => ("credits", 2),
            [only] => (only["name"].as_str().expect("a tier"), 0),
            _ => ("seats", 1),
        };
        self.tell(reasons, "NotInReports", item, all);
    }

    /// Rule 2: seats begun by plan.
    fn begun(&self, reasons: &mut Reasons) -> BTreeMap<usize, Exact> {
        let names: BTreeSet<_> = self.of("tier").map(|line| line["name"].as_str().expect("a tier")).collect();
        for name in names {
            if plan(&name.into()).is_none() {
                let cost =
                    sum(self.of("tier").filter(|line| is(&line["name"], name)), |line| exact(&line["cost"]));
                self.tell(reasons, "UnknownTier", (name, 0), cost);
            }
        }
        let mut seats = BTreeMap::new();
        for (place, (id, price, _)) in PLANS.iter().enumerate() {
            let lines = || self.of("tier").filter(move |line| plan(&line["name"]) == Some(place));
            if lines().next().is_none() {
                continue;
            }
            let (months, cost) =
                (sum(lines(), |line| exact(&line["quantity"])), sum(lines(), |line| exact(&line["cost"])));
            let price = whole(*price);
            let full = if months.is_zero() {
                let full = cost / price;
                let held = self.people.iter().filter(|person| is(&person["seat"], id)).count();
                let full = if full.is_integer() { full } else { whole(held) };
                self.tell(reasons, "", (id, 0), cost - full * price);
                full
            } else {
                let at_list = months * price;
                let reason = if cost < at_list { "LowerRate" } else { "" };
                self.tell(reasons, reason, (id, 0), cost - at_list);
                // A thousandth of a month is cut off.
                let full = (months - decimal("0.001")).ceil();
                self.tell(reasons, "PartOfMonth", (id, 0), (months - full) * price);
                full
            };
            seats.insert(place, full);
        }
        seats
    }

    /// Rule 3. It says whether anybody holds a seat.
    fn seats(&self, reasons: &mut Reasons) {
        let begun = self.begun(reasons);
        let billed =
            begun.iter().fold(Exact::zero(), |sum, (plan, seats)| sum + whole(PLANS[*plan].1) * seats);
        let computed = sum(self.people.iter().copied(), fee);
        let refunds = sum(self.of("deduction"), |line| exact(&line["cost"]));
        let mut more = billed - computed;
        let back = more.min(-refunds).max(Exact::zero());
        more -= &back;
        let held = whole(self.people.iter().filter(|person| !person["seat"].is_null()).count());
        let count = begun.values().fold(Exact::zero(), |sum, seats| sum + seats);
        let tiers: Vec<_> =
            begun.iter().filter(|(_, seats)| !seats.is_zero()).map(|(plan, _)| *plan).collect();
        let reason = if more.is_positive() && self.any("is_priced", false) {
            "UnknownTier"
        } else if more.is_positive() && count > held {
            match (self.named, held.is_zero(), tiers.len() > 1) {
                (false, _, _) => "NotInReports",
                (true, true, _) => "OnFree",
                (true, false, false) => "ChargedTwice",
                (true, false, true) => "BothTiers",
            }
        } else if more.is_negative() && count < held {
            "NotOnBill"
        } else {
            "OtherTier"
        };
        let item = if let [only] = *tiers { (PLANS[only].0, 0) } else { ("seats", 1) };
        self.tell(reasons, reason, item, more);
        self.tell(reasons, "Deducted(Refund)", ("Refund", 3), refunds + back);
        self.overage(reasons, &held, &count);
    }

    /// Rule 4.
    fn overage(&self, reasons: &mut Reasons, held: &Exact, seats: &Exact) {
        let billed = sum(self.of("credits"), |line| exact(&line["cost"]));
        let more = billed - sum(self.people.iter().copied(), overage);
        let lines = self.people.iter().filter(|person| !overage(person).is_zero()).count().max(1);
        if more.abs() <= whole(lines) * decimal("0.005") {
            return;
        }
        let told = sum(self.of("credits"), |line| exact(&line["quantity"]));
        let credits = sum(self.people.iter().copied(), |person| exact(&person["overage"]));
        let capped = sum(self.people.iter().copied(), |person| {
            let at_most = person["cap"].as_str().map(|cap| rounded(&(decimal(cap) * decimal("0.04")), 2));
            at_most.map_or_else(|| overage(person), |most| most.min(overage(person)))
        });
        let at_cap = |person: &&Value| {
            person["cap"].as_str().is_some_and(|cap| exact(&person["overage"]) >= decimal(cap))
        };
        let reason = if !told.is_zero() && rounded(&told, 2) == credits {
            if more.is_negative() { "LowerRate" } else { "" }
        } else if more.is_positive() {
            match () {
                () if self.any("is_priced", false) => "UnknownTier",
                () if held.is_zero() => {
                    if self.named {
                        "OnFree"
                    } else {
                        "NotInReports"
                    }
                }
                () if self.any("is_off", true) => "OverageOff",
                () if self.people.iter().any(at_cap) => "OverageCap",
                () if self.any("is_whole", false) || self.question["reports_cover"] == false => {
                    "ReportsIncomplete"
                }
                () => "",
            }
        } else {
            match () {
                () if billed.is_zero() && self.of("tier").next().is_none() && seats < held => "NotOnBill",
                () if capped == rounded(&billed, 2) => "OverageCap",
                () if self.question["has_ended"] == false => "NotYetBilled",
                () => "",
            }
        };
        self.tell(reasons, reason, ("credits", 2), more);
    }
}

fn part(found: &[Found]) -> Value {
    let mut found = found.to_vec();
    let key = |one: &Found| {
        (
            -one.cost.abs(),
            one.user.clone(),
            one.account.clone(),
            one.payer.clone(),
            one.kind,
            one.item.clone(),
        )
    };
    found.sort_by_key(key);
    let amount = rounded(&found.iter().fold(Exact::zero(), |sum, one| sum + one.cost), 2);
    let users: BTreeSet<_> = found.iter().map(|one| &one.user).filter(|user| !user.is_empty()).collect();
    let count = if found.len() <= 6 { found.len() } else { 5 };
    let told = found[..count].iter().fold(Exact::zero(), |sum, one| sum + rounded(&one.cost, 2));
    let rest = if count < found.len() { amount - told } else { Exact::zero() };
    let rows = found[..count].iter().map(|one| json!([one.user, one.item, cents(&one.cost)]));
    json!({"amount": cents(&amount), "users": users.len(), "rows": rows.collect::<Vec<_>>(),
        "more": found.len() - count, "rest": cents(&rest)})
}

/// The order in which reasons are told.
const ORDER: [&str; 22] = [
    "Deducted(Enterprise)",
    "Deducted(Reseller)",
    "Deducted(Bundled)",
    "Deducted(PrivateRate)",
    "Deducted(Discount)",
    "Deducted(Credit)",
    "Deducted(Refund)",
    "Deducted(Adjustment)",
    "LowerRate",
    "PartOfMonth",
    "NotInReports",
    "NotOnBill",
    "UnknownTier",
    "OnFree",
    "ChargedTwice",
    "BothTiers",
    "OtherTier",
    "OverageOff",
    "OverageCap",
    "ReportsIncomplete",
    "NotYetBilled",
    "",
];

/// Rule 5.
fn deducted<'v>(lines: impl Iterator<Item = &'v Value>, reasons: &mut Reasons) {
    for line in lines.filter(|line| !exact(&line["cost"]).is_zero()) {
        let name = line["name"].as_str().expect("a name");
        let (reason, kind) =
            if is(&line["item"], "other") { (String::new(), 4) } else { (format!("Deducted({name})"), 3) };
        let text = |key: &str| line[key].as_str().expect("a text").to_owned();
        let found = Found {
            user: text("user"),
            account: text("account"),
            payer: text("payer"),
            item: name.to_owned(),
            kind,
            cost: exact(&line["cost"]),
        };
        reasons.entry(reason).or_default().push(found);
    }
}

/// Why a bill differs from what the rules make of its month.
pub fn explained(question: &Value) -> Value {
    let lines = question["lines"].as_array().expect("lines");
    let people = question["people"].as_array().expect("people");
    let mut reasons = Reasons::new();
    let of_user = |line: &Value| {
        is(&line["item"], "tier") || is(&line["item"], "credits") || is(&line["name"], "Refund")
    };
    deducted(lines.iter().filter(|line| !of_user(line)), &mut reasons);
    let is_charged = |line: &Value| is(&line["item"], "tier") || is(&line["item"], "credits");
    let charges = |user: &Value| lines.iter().any(|line| is_charged(line) && line["user"] == *user);
    let pooled = charges(&"".into());
    let nobody = Value::from("");
    let users: BTreeSet<_> = lines
        .iter()
        .filter(|line| of_user(line))
        .chain(people)
        .map(|of| if pooled && !charges(&of["user"]) && of["item"].is_null() { &nobody } else { &of["user"] })
        .map(|user| user.as_str().expect("a user"))
        .collect();
    for user in users {
        let own = |person: &&Value| {
            if pooled && !charges(&person["user"]) { user.is_empty() } else { is(&person["user"], user) }
        };
        let compared = Compared {
            lines: lines.iter().filter(|line| of_user(line) && is(&line["user"], user)).collect(),
            people: people.iter().filter(own).collect(),
            named: !user.is_empty(),
            question,
        };
        if compared.people.is_empty() { compared.nobody(&mut reasons) } else { compared.seats(&mut reasons) }
    }
    // Rule 6.
    let computed = sum(people.iter(), |person| fee(person) + overage(person));
    let amount = rounded(&sum(lines.iter(), |line| exact(&line["cost"])), 2) - computed;
    let mut told = Exact::zero();
    let (mut parts, mut unexplained) = (Vec::new(), Value::Null);
    for reason in ORDER {
        let Some(found) = reasons.get(reason) else { continue };
        let part = part(found);
        let is_nothing = |amount: &Value| is(amount, "0.00");
        let rows = part["rows"].as_array().expect("rows");
        if is_nothing(&part["amount"]) && rows.iter().all(|row| is_nothing(&row[2])) {
            continue;
        }
        told += exact(&part["amount"]);
        if reason.is_empty() {
            unexplained = part;
        } else {
            parts.push(json!([reason, part]));
        }
    }
    let rounding = amount - told;
    if !rounding.is_zero() {
        let part = json!({"amount": cents(&rounding), "users": 0, "rows": [], "more": 0, "rest": "0.00"});
        parts.push(json!(["Rounding", part]));
    }
    if amount.is_zero() && parts.is_empty() && unexplained.is_null() {
        return Value::Null;
    }
    json!({"amount": cents(&amount), "computed": written(&computed, 2), "parts": parts, "unexplained": unexplained})
}
