//! What was charged, period by period, a second time: every invoice stands in the period it is issued in, and what
//! isn't known of the cycle it charges is missing from that period's sum.

use super::calendar::{Time, date, length, midnight, month_around, next_month, read};
use super::{Exact, Judged, as_of, cents, decimal, invoice, line, moment, period, rounded, whole, written};
use num_traits::Zero;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How much is known, as the questions say it: `whole`, `in-part` or `nothing`.
fn total(sum: &Exact, known: &str) -> Value {
    match known {
        "whole" => json!({"known": cents(sum), "at_least": false}),
        // At least nothing says nothing.
        "in-part" if !sum.is_zero() => json!({"known": cents(sum), "at_least": true}),
        _ => json!({"known": null, "at_least": false}),
    }
}

fn amount(invoice: &Value, key: &str) -> Exact {
    decimal(invoice[key].as_str().expect("an amount"))
}

/// The months of one person up to the scenario's moment, with how much is known of each month's usage.
pub fn person(scenario: &Value, known: &[&str]) -> Value {
    let judged = Judged::of(scenario);
    let (count, now) = (judged.events.len(), as_of(scenario));
    let began = judged.events[0].0.at;
    let all = judged.invoices(count, now);
    let mut periods = Vec::new();
    let (mut start, mut known_before) = (month_around(began).0, "whole");
    while start <= now {
        let end = month_around(start).1;
        let issued_at = |invoice: &Value| read(invoice["issued_at"].as_str().expect("a moment"));
        let within = all.iter().filter(|invoice| (start..end).contains(&issued_at(invoice)));
        // The first one is the cycle's end if, an instant before, there was something to charge at it.
        let before = judged.count_until(start - 1);
        let charged_at_start = before > 0 && !judged.current(before, start - 1)["next_charge"].is_null();
        let charges: Vec<_> = within
            .enumerate()
            .map(|(place, invoice)| {
                let at_least = charged_at_start && place == 0 && known_before != "whole";
                json!({"invoice": invoice, "at_least": at_least})
            })
            .collect();
        let sum = charges.iter().fold(Exact::zero(), |sum, charge| sum + amount(&charge["invoice"], "total"));
        periods.push(json!({"period": period(start, end), "closed": end <= now, "charges": charges,
            "total": total(&sum, known_before)}));
        known_before = known[(periods.len() - 1) % known.len()];
        start = end;
    }
    let next = judged.current(count, now)["next_charge"].take();
    let upcoming =
        if next.is_null() { next } else { json!({"invoice": next, "at_least": known_before != "whole"}) };
    json!({"periods": periods, "upcoming": upcoming})
}

/// What the end of the month around the scenario's moment charges an organisation if nothing more happens, and what that
/// comes to without tax.
pub fn organisation(scenario: &Value, known: &str) -> Value {
    let judged = Judged::of(scenario);
    let end = month_around(as_of(scenario)).1;
    let all = judged.invoices(judged.events.len(), end);
    let invoice = all.last().filter(|invoice| invoice["issued_at"] == moment(end));
    let subtotal = invoice.map_or_else(Exact::zero, |invoice| amount(invoice, "subtotal"));
    json!({"invoice": invoice, "before_tax": total(&subtotal, known)})
}

/// Kilo's price lists: the seats' price and the months of a cycle, the fee on a purchase.
fn price(question: &Value) -> (Exact, usize, Exact) {
    match (question["edition"].as_str(), question["seat"].as_str()) {
        (Some("kilo-2025"), Some("monthly")) => (whole(29), 1, Exact::zero()),
        (Some("kilo-2026"), Some("monthly")) => (whole(18), 1, decimal("0.05")),
        (Some("kilo-2026"), Some("annual")) => (whole(180), 12, decimal("0.05")),
        (Some("kilo-2026"), Some("enterprise")) => (whole(72), 1, decimal("0.05")),
        (Some("kilo-2026"), Some("enterprise-annual")) => (whole(720), 12, decimal("0.05")),
        other => panic!("a seat: {other:?}"),
    }
}

/// Where cycle `number` starts, of so many months each (T1).
fn cycle_start(began: Time, months: usize, number: usize) -> Time {
    let (mut year, mut month, day) = date(began);
    for _ in 0..number * months {
        (year, month) = next_month(year, month);
    }
    midnight(year, month, day.min(length(year, month)))
}

/// Dollars from millionths and what is finer, in 10^-18 dollars.
pub fn balance(parts: &Value) -> Exact {
    let part = |place: usize| whole(parts[place].as_i64().expect("a whole number"));
    part(0) / whole(1_000_000) + part(1) / (whole(1_000_000_000_000_i64) * whole(1_000_000))
}

/// The amount of a purchase that credits are sold for (T3).
fn sold(amount: &Exact) -> Option<Exact> {
    let amount = rounded(amount, 6);
    let offered = [50, 100, 250, 500].iter().any(|offer| amount == whole(*offer)) || amount >= whole(1_000);
    (offered && rounded(&amount, 2) == amount).then_some(amount)
}

/// The cycles of a team that have begun, each from what was told of it, and what the next one's start charges.
pub fn team(question: &Value) -> Value {
    let (_, months, _) = price(question);
    let now = read(question["now"].as_str().expect("a moment"));
    let began = read(&format!("{}T00:00:00Z", question["started_on"].as_str().expect("a day")));
    let records = question["cycles"].as_array().expect("records");
    let starts = (0..).map(|number| cycle_start(began, months, number)).take_while(|start| *start <= now);
    let cycles: Vec<_> = starts
        .enumerate()
        .map(|(number, start)| {
            let end = cycle_start(began, months, number + 1);
            cycle(question, &records[number % records.len()], (start, end), now)
        })
        .collect();
    let next = cycle_start(began, months, cycles.len());
    let after = cycle_start(began, months, cycles.len() + 1);
    let seats = question["seats"].as_u64().expect("seats");
    let mut lines = vec![seat_line(question, seats, (next, after))];
    if let Some(tier) = question["upcoming_pass"].as_str() {
        lines.extend(pass_lines(question, (tier, seats), (next, after)));
    }
    json!({"cycles": cycles, "upcoming": {"at_least": false, "invoice": bill(question, next, &lines)}})
}

fn seat_line(question: &Value, seats: u64, (start, end): (Time, Time)) -> super::Line {
    let price = price(question).0;
    let more = json!({"quantity": seats.to_string(), "unit_price": cents(&price),
        "charged_at": moment(start), "period": period(start, end)});
    line("seats", &(price * whole(seats)), more)
}

/// Kilo Pass for a whole cycle, and the fee on it: everything here is later than 2026.
fn pass_lines(question: &Value, (tier, passes): (&str, u64), (start, end): (Time, Time)) -> Vec<super::Line> {
    let a_month = match tier {
        "starter" => 19,
        "pro" => 49,
        _ => 199,
    };
    let each = whole(a_month) * whole(price(question).1);
    let more = json!({"quantity": passes.to_string(), "unit_price": cents(&each), "tier": tier,
        "charged_at": moment(start), "period": period(start, end)});
    let amount = each * whole(passes);
    let mut lines = vec![line("pass", &amount, more)];
    lines.extend(fee_line(question, &amount, start));
    lines
}

fn fee_line(question: &Value, amount: &Exact, at: Time) -> Option<super::Line> {
    let fee = price(question).2;
    let is_charged = !fee.is_zero() && question["fee_exempt"] != true;
    is_charged.then(|| line("fee", &(amount * fee), json!({"charged_at": moment(at)})))
}

/// The tier that a cycle's start charged, or why that isn't known.
fn pass_in(
    question: &Value,
    told: &[&Value; 3],
    (start, end): (Time, Time),
) -> Result<Option<String>, Value> {
    let said = told[..2].iter().find_map(|told| told["pass"].as_str());
    let since = question["pass"]["since"].as_str();
    let began = since.map(|day| read(&format!("{day}T00:00:00Z")));
    let stated = || question["pass"]["tier"].as_str().expect("a tier").to_owned();
    match (said, began) {
        (Some("none"), _) | (None, None) => Ok(None),
        (Some(_), None) => Err(json!("pass-since-unknown")),
        (said, Some(began)) if began <= start => Ok(Some(said.map_or_else(stated, str::to_owned))),
        (_, Some(began)) if began < end => Err(json!({"pass_began": since})),
        _ => Ok(None),
    }
}

fn bill(question: &Value, at: Time, lines: &[super::Line]) -> Value {
    let tax = decimal(question["tax_rate"].as_str().expect("a rate"));
    invoice(at, lines, &tax, &json!({"payment_method": null}))
}

fn cycle(question: &Value, records: &Value, (start, end): (Time, Time), now: Time) -> Value {
    let answer = |charges: Value, sum: &Exact, known: &str, gaps: Vec<Value>| {
        json!({"period": period(start, end), "closed": end <= now, "charges": charges,
            "total": total(sum, known), "gaps": gaps})
    };
    let told = [&records["first"], &records["last"], &records["newest"]];
    let Some(seats) = told[0]["seats"].as_u64().or(records["stated_seats"].as_u64()) else {
        return answer(json!([]), &Exact::zero(), "nothing", vec![json!("seats-unknown")]);
    };
    let mut gaps = Vec::new();
    if let Some(later) = told[1]["seats"].as_u64().filter(|later| *later != seats) {
        gaps.push(json!({"seats": [seats, later]}));
    }
    let mut lines = vec![seat_line(question, seats, (start, end))];
    match pass_in(question, &told, (start, end)) {
        Ok(tier) => {
            lines.extend(tier.iter().flat_map(|tier| pass_lines(question, (tier, seats), (start, end))));
        }
        Err(gap) => gaps.push(gap),
    }
    if told.iter().all(|told| told["purchases"].is_null()) {
        gaps.push(json!("purchases-unknown"));
    }
    // Each purchase once, as it was told last.
    let mut bought = BTreeMap::new();
    for purchase in told.iter().flat_map(|told| told["purchases"].as_array().into_iter().flatten()) {
        let at = read(purchase["at"].as_str().expect("a moment"));
        if at >= start && at < end {
            bought.insert(purchase["id"].as_str().expect("an id"), (at, balance(&purchase["amount"])));
        }
    }
    let mut sold_in_order = Vec::new();
    for (at, amount) in bought.into_values() {
        match sold(&amount) {
            Some(amount) => sold_in_order.push((at, amount)),
            None => gaps.push(json!({"not_offered": written(&amount, 6)})),
        }
    }
    sold_in_order.sort_by_key(|(at, _)| *at);
    for (at, amount) in sold_in_order.into_iter().filter(|(at, _)| *at <= now) {
        lines.push(line("credits", &amount, json!({"charged_at": moment(at)})));
        lines.extend(fee_line(question, &amount, at));
    }
    let known = if gaps.is_empty() { "whole" } else { "in-part" };
    let invoice = bill(question, end, &lines);
    let sum = amount(&invoice, "total");
    answer(json!([{"invoice": invoice, "at_least": known != "whole"}]), &sum, known, gaps)
}
