//! Kilo for Teams: T1–T5 with their decisions.

use super::calendar::{DAY, Time, date, length, midnight, next_month};
use super::{
    Exact, Happening, Line, cents, decimal, invoice, line, moment, period, remaining_days, whole, written,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub struct Rules {
    began: Time,
    seats: u64,
    payment_method: Value,
    started_days: bool,
    tax: Exact,
    rates: BTreeMap<String, (Exact, Exact)>,
}

/// Where a failing payment has got to.
#[derive(PartialEq, Clone, Copy)]
enum Status {
    Active,
    PastDue,
    Suspended,
    Deleted,
}

impl Rules {
    pub fn new(scenario: &Value, happenings: &[Happening]) -> Self {
        let start = &happenings[0];
        let rates = scenario["model_rates"].as_object().into_iter().flatten();
        let rate = |rates: &Value, key: &str| decimal(rates[key].as_str().expect("a rate"));
        Self {
            began: start.at,
            seats: start.event["seats"].as_u64().expect("seats"),
            payment_method: start.event["payment_method"].clone(),
            started_days: scenario["day_count"] == "started-days",
            tax: scenario["tax_rate"].as_str().map_or_else(Exact::zero, decimal),
            rates: rates
                .map(|(model, pair)| {
                    (model.clone(), (rate(pair, "input_per_million"), rate(pair, "output_per_million")))
                })
                .collect(),
        }
    }

    /// Where cycle `number` starts: the anniversary, or a shorter month's last day (T1).
    fn cycle_start(&self, number: usize) -> Time {
        let (mut year, mut month, day) = date(self.began);
        for _ in 0..number {
            (year, month) = next_month(year, month);
        }
        midnight(year, month, day.min(length(year, month)))
    }

    /// The cycle around a moment: its start, its end.
    fn cycle_around(&self, at: Time) -> (Time, Time) {
        // A century of months.
        let number = (0..1_200).find(|number| self.cycle_start(number + 1) > at).expect("there is one");
        (self.cycle_start(number), self.cycle_start(number + 1))
    }

    /// When the running failure of payments began: the first failure since the last payment.
    fn failing_since(past: &[Happening]) -> Option<Time> {
        let paid =
            past.iter().rposition(|event| event.kind() == "payment_succeeded").map_or(0, |place| place + 1);
        past[paid..].iter().find(|event| event.kind() == "payment_failed").map(|event| event.at)
    }

    fn status(past: &[Happening], at: Time) -> Status {
        match Self::failing_since(past) {
            None => Status::Active,
            Some(since) if at < since + 3 * DAY => Status::PastDue,
            Some(since) if at < since + 33 * DAY => Status::Suspended,
            Some(_) => Status::Deleted,
        }
    }

    fn count(event: &Happening) -> i64 {
        event.event["count"].as_i64().expect("a count")
    }

    /// The seats paid for in the cycle around a moment, and those of the next.
    fn seats(&self, past: &[Happening], at: Time) -> (i64, i64) {
        let start = self.cycle_around(at).0;
        // Every change before this cycle has taken effect: what was wanted then is what is paid now.
        let mut wanted = i64::try_from(self.seats).expect("few");
        let mut paid = wanted;
        for event in past {
            if event.at >= start && self.cycle_around(event.at).0 == start {
                match event.kind() {
                    "add_seats" => {
                        wanted += Self::count(event);
                        paid = paid.max(wanted);
                    }
                    "remove_seats" => wanted -= Self::count(event),
                    _ => {}
                }
            } else {
                match event.kind() {
                    "add_seats" => wanted += Self::count(event),
                    "remove_seats" => wanted -= Self::count(event),
                    _ => {}
                }
                paid = wanted;
            }
        }
        (paid, wanted)
    }

    fn members(past: &[Happening]) -> BTreeSet<&str> {
        let mut members = BTreeSet::new();
        for event in past {
            match event.kind() {
                "add_member" => {
                    members.insert(event.text("member"));
                }
                "remove_member" => {
                    members.remove(event.text("member"));
                }
                _ => {}
            }
        }
        members
    }

    fn balance(&self, past: &[Happening]) -> Exact {
        past.iter().fold(Exact::zero(), |balance, event| match event.kind() {
            "buy_credits" => balance + decimal(event.text("amount")),
            "usage" => {
                let (input, output) = &self.rates[event.text("model")];
                let tokens = |key: &str| whole(event.event[key].as_u64().expect("tokens"));
                let cost = tokens("input_tokens") * input + tokens("output_tokens") * output;
                balance - cost / whole(1_000_000)
            }
            _ => balance,
        })
    }

    fn seat_line(seats: i64, charged_at: Time, (start, end): (Time, Time), days: Option<(i64, i64)>) -> Line {
        let mut more = json!({"quantity": seats.to_string(), "unit_price": "29.00",
            "charged_at": moment(charged_at), "period": period(start, end)});
        let mut amount = whole(29) * whole(seats);
        if let Some((days, of)) = days {
            more["prorated"] = json!({"days": days, "of": of});
            amount = amount * whole(days) / whole(of);
        }
        line("seats", &amount, more)
    }

    /// What was charged in the cycle that starts there, in time order.
    fn lines(&self, past: &[Happening], start: Time) -> Vec<Line> {
        let end = self.cycle_around(start).1;
        let mut lines = Vec::new();
        if start == self.cycle_start(0) {
            lines.push(Self::seat_line(
                i64::try_from(self.seats).expect("few"),
                self.began,
                (start, end),
                None,
            ));
        } else {
            let before: Vec<_> = past.iter().filter(|event| event.at < start).cloned().collect();
            if Self::status(&before, start) != Status::Deleted {
                let seats = self.seats(&before, start).0;
                lines.push(Self::seat_line(seats, start, (start, end), None));
            }
        }
        for (place, event) in past.iter().enumerate() {
            if event.at < start || event.at >= end {
                continue;
            }
            match event.kind() {
                "add_seats" => {
                    let (paid, wanted) = self.seats(&past[..place], event.at);
                    // Scheduled removals are taken back free of charge.
                    let new = (wanted + Self::count(event) - paid).max(0);
                    if new > 0 {
                        let days = remaining_days(event.at, end, self.started_days);
                        let of = i64::try_from((end - start) / DAY).expect("few");
                        lines.push(Self::seat_line(new, event.at, (event.at, end), Some((days, of))));
                    }
                }
                "buy_credits" => {
                    let amount = decimal(event.text("amount"));
                    lines.push(line("credits", &amount, json!({"charged_at": moment(event.at)})));
                }
                _ => {}
            }
        }
        lines
    }

    fn invoice(&self, past: &[Happening], start: Time) -> Value {
        let end = self.cycle_around(start).1;
        let known: Vec<_> = past.iter().filter(|event| event.at < end).cloned().collect();
        let lines = self.lines(&known, start);
        invoice(end, &lines, &self.tax, &json!({"payment_method": self.payment_method}))
    }
}

impl super::Rules for Rules {
    fn refusal(&self, past: &[Happening], event: &Happening, ids: &BTreeSet<String>) -> Option<&'static str> {
        let status = Self::status(past, event.at);
        if status == Status::Deleted {
            return Some("data-deleted");
        }
        if event.event["id"].as_str().is_some_and(|id| ids.contains(id)) {
            return Some("duplicate");
        }
        let served = ["usage", "buy_credits", "add_seats", "add_member"];
        if status == Status::Suspended && served.contains(&event.kind()) {
            return Some("suspended");
        }
        let (_, wanted) = self.seats(past, event.at);
        let members = Self::members(past);
        let assigned = i64::try_from(members.len()).expect("few");
        match event.kind() {
            "remove_seats" if assigned > wanted - Self::count(event) => Some("members-still-assigned"),
            "remove_seats" if wanted - Self::count(event) < 1 => Some("last-seat"),
            "add_member" if members.contains(event.text("member")) => Some("already-a-member"),
            "add_member" if assigned + 1 > wanted => Some("no-free-seat"),
            "remove_member" if !members.contains(event.text("member")) => Some("not-a-member"),
            "buy_credits" => {
                let amount = decimal(event.text("amount"));
                let offered = [50, 100, 250, 500].iter().any(|offer| amount == whole(*offer));
                (!offered && amount < whole(1000)).then_some("amount-not-offered")
            }
            "usage" if !self.balance(past).is_positive() => Some("insufficient-credits"),
            _ => None,
        }
    }

    fn invoices(&self, past: &[Happening], as_of: Time) -> Vec<Value> {
        let ended = (0..).take_while(|number| self.cycle_start(number + 1) <= as_of);
        ended
            .map(|number| self.invoice(past, self.cycle_start(number)))
            .filter(|invoice| !invoice.is_null())
            .collect()
    }

    fn current(&self, past: &[Happening], as_of: Time) -> Value {
        let (start, end) = self.cycle_around(as_of);
        let (paid, wanted) = self.seats(past, as_of);
        let failing = Self::failing_since(past);
        let closed_then = Self::status(past, end) == Status::Deleted;
        json!({
            "status": match Self::status(past, as_of) {
                Status::Active => "active",
                Status::PastDue => "past-due",
                Status::Suspended => "suspended",
                Status::Deleted => "data-deleted",
            },
            "cycle": period(start, end),
            "seats": {"paid": paid, "next_cycle": wanted, "assigned": Self::members(past).len()},
            "balance": written(&self.balance(past), 6),
            "grace_ends_at": failing.map(|since| moment(since + 3 * DAY)),
            "data_deleted_at": failing.map(|since| moment(since + 33 * DAY)),
            "open_invoice": self.invoice(past, start),
            "next_charge": cents(&if closed_then { Exact::zero() } else { whole(29) * whole(wanted) }),
        })
    }
}
