//! What the engine answers about a team.

use super::{balance, moment, period, text, written};
use headroom_billing::advice::Part;
use headroom_billing::catalog::PassTerms;
use headroom_billing::team::charges::{CycleRecords, Gap, Purchase, StatedPass, Subscription, Told};
use headroom_billing::team::{AutomaticTopUp, Outlook, Spending, Terms, ToldBalance, TopUpCurrent};
use headroom_billing::{Catalog, Total};
use headroom_exact::{DayCount, Money};
use serde_json::{Value, json};

fn purchase(purchase: &Value) -> Purchase<'_> {
    let (at, amount) = (moment(&purchase["at"]), balance(&purchase["amount"]));
    Purchase { id: text(&purchase["id"]), at, amount }
}

fn told(told: &Value) -> Option<Told<'_>> {
    told.as_object().map(|_| Told {
        seats: told["seats"].as_u64(),
        purchases: told["purchases"].as_array().map(|list| list.iter().map(purchase).collect()),
        pass: told["pass"].as_str().map(|tier| (tier != "none").then(|| pass_terms(tier))),
    })
}

fn pass_terms(tier: &str) -> PassTerms {
    let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
    edition.pass.as_ref().and_then(|offer| offer.tier(tier)).expect("a tier").terms.clone()
}

fn gap(gap: &Gap) -> Value {
    match gap {
        Gap::SeatsUnknown => json!("seats-unknown"),
        Gap::SeatsChanged { from, to } => json!({"seats": [from, to]}),
        Gap::PassBegan { on } => json!({"pass_began": on}),
        Gap::PassSinceUnknown => json!("pass-since-unknown"),
        Gap::PurchasesUnknown => json!("purchases-unknown"),
        Gap::PurchaseNotOffered { amount } => json!({"not_offered": amount}),
    }
}

/// The cycles of a team that have begun, and what the next one's start charges.
pub fn team_charges(question: &Value) -> Value {
    let edition = Catalog::built_in().team_edition(text(&question["edition"])).expect("a price list");
    let subscription = Subscription {
        terms: Terms {
            edition,
            tax_rate: text(&question["tax_rate"]).parse().expect("a rate"),
            day_count: DayCount::default(),
            fee_exempt: question["fee_exempt"] == true,
        },
        started_on: text(&question["started_on"]).parse().expect("a day"),
        seat_price: edition.seat(text(&question["seat"])).expect("a seat"),
        pass: question["pass"].as_object().map(|pass| StatedPass {
            terms: pass_terms(text(&pass["tier"])),
            since: text(&pass["since"]).parse().expect("a day"),
        }),
    };
    let now = moment(&question["now"]);
    let records = question["cycles"].as_array().expect("records");
    let cycles = subscription.cycles(now).enumerate().map(|(number, cycle)| {
        let of = &records[number % records.len()];
        let records = CycleRecords {
            first: told(&of["first"]),
            last: told(&of["last"]),
            newest: told(&of["newest"]),
            stated_seats: of["stated_seats"].as_u64(),
        };
        let cycle = subscription.cycle(cycle, &records, now).expect("a cycle");
        let mut answer = period(&cycle.charged);
        answer["gaps"] = cycle.gaps.iter().map(gap).collect();
        answer
    });
    let cycles: Vec<_> = cycles.collect();
    let seats = question["seats"].as_u64().expect("seats");
    let pass = question["upcoming_pass"].as_str().map(pass_terms);
    let upcoming = subscription.upcoming(seats, pass.as_ref(), now).expect("a cycle");
    json!({"cycles": cycles, "upcoming": upcoming})
}

/// How long a balance lasts.
pub fn outlook(question: &Value) -> Value {
    let amount = |value: &Value| (!value.is_null()).then(|| balance(value));
    let spent = match (amount(&question["spent"]), question["is_part"] == true) {
        (None, _) => Total::Unknown,
        (Some(spent), true) => Total::AtLeast(spent),
        (Some(spent), false) => Total::Whole(spent),
    };
    let spending = Spending {
        spent,
        first_day: text(&question["first_day"]).parse().expect("a day"),
        until: moment(&question["until"]),
    };
    let told = question["told"].as_object().map(|told| ToldBalance {
        at: moment(&told["at"]),
        balance: balance(&told["balance"]),
        parts: told["parts"]
            .as_array()
            .expect("parts")
            .iter()
            .map(|part| Part {
                left: balance(&part["left"]),
                expires_at: part["expires_at"].as_str().map(|at| at.parse().expect("a moment")),
            })
            .collect(),
    });
    let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
    let terms = Terms {
        edition,
        tax_rate: text(&question["tax_rate"]).parse().expect("a rate"),
        day_count: DayCount::default(),
        fee_exempt: question["fee_exempt"] == true,
    };
    let automatic = question["automatic"].as_object().map(|automatic| AutomaticTopUp {
        switch: TopUpCurrent {
            amount: money(&automatic["amount"]),
            threshold: money(&automatic["threshold"]),
            paused: automatic["paused"] == true,
        },
        until: moment(&automatic["until"]),
    });
    written(Outlook::on(&spending, told.as_ref(), automatic, &terms, moment(&question["now"])))
}

fn money(value: &Value) -> Money {
    Money::rounded(text(value).parse().expect("a decimal"))
}
