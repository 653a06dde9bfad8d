//! Kilo for Teams: T1–T5 with their decisions, and what 2026 brought: the fee, Kilo Pass, automatic top-ups.

mod credits;

use super::calendar::{DAY, Time, date, length, midnight, next_month};
use super::{
    Exact, Happening, Line, cents, decimal, invoice, line, moment, period, remaining_days, rounded, whole,
    written,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[expect(clippy::struct_excessive_bools, reason = "each is a word of the scenario's by itself")]
pub struct Rules {
    began: Time,
    seats: u64,
    payment_method: Value,
    started_days: bool,
    tax: Exact,
    rates: BTreeMap<String, (Exact, Exact)>,
    /// Dollars a seat for a cycle, and the cycle's months.
    seat: (Exact, usize),
    is_enterprise: bool,
    /// The list of 2026: with a fee, Kilo Pass and automatic top-ups.
    is_of_2026: bool,
    fee_exempt: bool,
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
            seat: match start.event["seat"].as_str().unwrap_or("monthly") {
                "monthly" if scenario["edition"] == "kilo-2026" => (whole(18), 1),
                "annual" => (whole(180), 12),
                "enterprise" => (whole(72), 1),
                "enterprise-annual" => (whole(720), 12),
                _ => (whole(29), 1),
            },
            is_enterprise: start.text("seat").starts_with("enterprise"),
            is_of_2026: scenario["edition"] == "kilo-2026",
            fee_exempt: scenario["fee_exempt"] == true,
            started_days: scenario["day_count"] == "started-days",
            tax: scenario["tax_rate"].as_str().map_or_else(Exact::zero, decimal),
            rates: rates
                .map(|(model, pair)| {
                    (model.clone(), (rate(pair, "input_per_million"), rate(pair, "output_per_million")))
                })
                .collect(),
        }
    }

    /// Where cycle `number` starts (T1).
    fn cycle_start(&self, number: usize) -> Time {
        self.month_start(number * self.seat.1)
    }

    /// Where month `number` starts: the anniversary, or a shorter month's last day.
    fn month_start(&self, number: usize) -> Time {
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

    fn seat_line(
        &self,
        seats: i64,
        charged_at: Time,
        (start, end): (Time, Time),
        days: Option<(i64, i64)>,
    ) -> Line {
        let mut more = json!({"quantity": seats.to_string(), "unit_price": cents(&self.seat.0),
            "charged_at": moment(charged_at), "period": period(start, end)});
        let mut amount = self.seat.0 * whole(seats);
        if let Some((days, of)) = days {
            more["prorated"] = json!({"days": days, "of": of});
            amount = amount * whole(days) / whole(of);
        }
        line("seats", &amount, more)
    }

    /// What a cycle's start charges: its seats, and Kilo Pass where it goes on.
    fn renewal(&self, before: &[Happening], start: Time) -> Vec<Line> {
        if Self::status(before, start) == Status::Deleted {
            return Vec::new();
        }
        let span = self.cycle_around(start);
        let seats = self.seats(before, start).0;
        let mut lines = vec![self.seat_line(seats, start, span, None)];
        if let Some(tier) = self.tier_at(before, start) {
            lines.extend(self.pass_lines(&tier, seats, start, span));
        }
        lines
    }

    /// What was charged in the cycle that starts there, in time order.
    fn lines(&self, past: &[Happening], start: Time) -> Vec<Line> {
        let end = self.cycle_around(start).1;
        let mut lines = Vec::new();
        if start == self.cycle_start(0) {
            let seats = i64::try_from(self.seats).expect("few");
            lines.push(self.seat_line(seats, self.began, (start, end), None));
        } else {
            let before: Vec<_> = past.iter().filter(|event| event.at < start).cloned().collect();
            lines.extend(self.renewal(&before, start));
        }
        let bought = self.course(past, end - 1).bought;
        for (place, event) in past.iter().enumerate() {
            if event.at < start || event.at >= end {
                continue;
            }
            // What began with the team is for its whole first cycle.
            let from = if event.at == self.began { start } else { event.at };
            match event.kind() {
                "add_seats" => {
                    let new = self.added(past, place);
                    if new > 0 {
                        let days = remaining_days(event.at, end, self.started_days);
                        let of = i64::try_from((end - start) / DAY).expect("few");
                        lines.push(self.seat_line(new, event.at, (event.at, end), Some((days, of))));
                        if let Some(tier) = self.tier_at(&past[..place], event.at) {
                            lines.extend(self.pass_lines(&tier, new, event.at, (from, end)));
                        }
                    }
                }
                "start_pass" => {
                    let seats = self.seats(&past[..place], event.at).0;
                    lines.extend(self.pass_lines(event.text("tier"), seats, event.at, (from, end)));
                }
                "buy_credits" => lines.extend(self.bought(&decimal(event.text("amount")), event.at, false)),
                _ => {}
            }
            for (_, amount) in bought.iter().filter(|(after, _)| *after == place) {
                lines.extend(self.bought(amount, event.at, true));
            }
        }
        lines
    }

    /// Seats that an event adds beyond those whose removal it takes back, which is free of charge.
    fn added(&self, past: &[Happening], place: usize) -> i64 {
        let (paid, wanted) = self.seats(&past[..place], past[place].at);
        (wanted + Self::count(&past[place]) - paid).max(0)
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
        let served = ["usage", "buy_credits", "add_seats", "add_member", "start_pass"];
        let switches_on = event.kind() == "set_auto_top_up" && event.event["enabled"] == true;
        if status == Status::Suspended && (served.contains(&event.kind()) || switches_on) {
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
            "usage" if !self.course(past, event.at).left().is_positive() => Some("insufficient-credits"),
            "start_pass" if self.tier_at(past, event.at).is_some() => Some("pass-already-active"),
            "cancel_pass" if self.tier_at(past, event.at).is_none() || self.ends(past, event.at) => {
                Some("no-pass")
            }
            "resume_pass" if !self.ends(past, event.at) => Some("no-pass"),
            "set_auto_top_up" if switches_on => {
                let amount = event.event["amount"].as_str().map_or_else(|| whole(500), decimal);
                let offered = [100, 500, 1000].iter().any(|offer| amount == whole(*offer));
                (!offered).then_some("amount-not-offered")
            }
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
        let seats = if closed_then { Exact::zero() } else { self.seat.0 * whole(wanted) };
        let course = self.course(past, as_of);
        let more = json!({"payment_method": self.payment_method});
        let (open, next) = (self.lines(past, start), self.renewal(past, end));
        let next_invoice = invoice(end, &next, &self.tax, &more);
        json!({
            "status": match Self::status(past, as_of) {
                Status::Active => "active",
                Status::PastDue => "past-due",
                Status::Suspended => "suspended",
                Status::Deleted => "data-deleted",
            },
            "cycle": period(start, end),
            "seats": {"paid": paid, "next_cycle": wanted, "assigned": Self::members(past).len()},
            "balance": written(&course.left(), 6),
            "pass": self.pass(past, as_of, &course),
            "auto_top_up": Self::top_up(past).map(|amount| {
                json!({"amount": cents(&amount), "threshold": "50.00", "paused": failing.is_some()})
            }),
            "grace_ends_at": failing.map(|since| moment(since + 3 * DAY)),
            "data_deleted_at": failing.map(|since| moment(since + 33 * DAY)),
            "open_invoice": self.invoice(past, start),
            "next_charge": cents(&seats),
            "next_invoice": next_invoice,
            "assumptions": self.assumptions(past, as_of, &[open, next].concat()),
        })
    }
}
