//! A team's credits and what they charge, from interfaces-2026 §5: Kilo Pass, automatic top-ups, the fee.

use super::{
    Exact, Happening, Line, Rules, Time, cents, decimal, line, moment, period, rounded, whole, written,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};

/// 2026-09-01 and 2026-11-01: since when Kilo Pass has a fee, and since when nobody doubts it.
const FEE_FROM: Time = 1_788_220_800_000_000_000;
const CERTAIN_FROM: Time = 1_793_491_200_000_000_000;
const MILLISECOND: Time = 1_000_000;

/// Credits of Kilo Pass that came at once.
struct Tranche {
    /// When, and after which event; none of a month's beginning, which comes before everything at its moment.
    at: Time,
    after: Option<usize>,
    window_end: Time,
    base: Exact,
    bonus: Exact,
    unlock: Exact,
    /// Whether a payment has to succeed first, in time for its bonus.
    waits: bool,
    too_late: bool,
}

/// What is left at a moment, and what was bought by itself until then.
pub(super) struct Course {
    paid: Exact,
    bonus: Exact,
    /// Whenever there are bonuses, they are of one month.
    bonus_ends: Time,
    /// After which event, and how much.
    pub(super) bought: Vec<(usize, Exact)>,
    /// What was spent since each tranche came, and whether it is of the running month.
    spent: Vec<(Exact, bool)>,
    tranches: Vec<Tranche>,
}

impl Course {
    pub(super) fn left(&self) -> Exact {
        self.paid + self.bonus
    }
}

/// Dollars a month, and of the bonus.
fn price(tier: &str) -> (Exact, Exact) {
    match tier {
        "starter" => (whole(19), whole(4)),
        "pro" => (whole(49), whole(12)),
        "expert" => (whole(199), whole(50)),
        other => panic!("a tier: {other}"),
    }
}

/// The share of a time that remains, by whole milliseconds of both ends.
fn remaining(from: Time, (start, end): (Time, Time)) -> (i64, i64) {
    let count = |from: Time| {
        i64::try_from(end.div_euclid(MILLISECOND) - from.div_euclid(MILLISECOND)).expect("milliseconds")
    };
    (count(from), count(start))
}

impl Rules {
    fn month_around(&self, at: Time) -> (Time, Time) {
        let number = (0..1_200).find(|number| self.month_start(number + 1) > at).expect("there is one");
        (self.month_start(number), self.month_start(number + 1))
    }

    /// The tier that Kilo Pass has at a moment, before what happens at it.
    pub(super) fn tier_at(&self, past: &[Happening], at: Time) -> Option<String> {
        let place = past.iter().rposition(|event| event.kind() == "start_pass")?;
        let start = &past[place];
        // It ends with the first cycle before whose end the last word was to cancel.
        let mut end = self.cycle_around(start.at).1;
        while end <= at {
            let mut said = past[place..].iter().filter(|event| event.at < end);
            let last =
                said.rfind(|event| ["start_pass", "cancel_pass", "resume_pass"].contains(&event.kind()));
            if last.is_some_and(|event| event.kind() == "cancel_pass") {
                return None;
            }
            end = self.cycle_around(end).1;
        }
        Some(start.text("tier").to_owned())
    }

    /// Whether it ends with the cycle around a moment.
    pub(super) fn ends(&self, past: &[Happening], at: Time) -> bool {
        let mut said = past.iter().rev();
        let last = said.find(|event| ["start_pass", "cancel_pass", "resume_pass"].contains(&event.kind()));
        self.tier_at(past, at).is_some() && last.is_some_and(|event| event.kind() == "cancel_pass")
    }

    /// The amount that is bought by itself; none while that is switched off.
    pub(super) fn top_up(past: &[Happening]) -> Option<Exact> {
        let last = past.iter().rfind(|event| event.kind() == "set_auto_top_up")?;
        let amount = || last.event["amount"].as_str().map_or_else(|| whole(500), decimal);
        (last.event["enabled"] == true).then(amount)
    }

    fn tranche(
        &self,
        tier: &str,
        passes: i64,
        (at, after): (Time, Option<usize>),
        past: &[Happening],
    ) -> Tranche {
        let window = self.month_around(at);
        let from = match after {
            Some(place) if past[place].at == self.began => window.0,
            Some(_) => at,
            None => window.0,
        };
        let (left, of) = remaining(from, window);
        let share = |each: &Exact| rounded(&(each * whole(passes) * whole(left) / whole(of)), 6);
        let (price, bonus) = price(tier);
        Tranche {
            at,
            after,
            window_end: window.1,
            base: share(&price),
            bonus: share(&bonus),
            unlock: share(&price),
            waits: false,
            too_late: false,
        }
    }

    /// Everything that has come by a moment, or waits for a payment.
    fn tranches(&self, past: &[Happening], until: Time) -> Vec<Tranche> {
        let mut tranches = Vec::new();
        for (place, event) in past.iter().enumerate() {
            let passes = match event.kind() {
                "start_pass" => self.seats(&past[..place], event.at).0,
                "add_seats" => self.added(past, place),
                _ => 0,
            };
            if passes > 0
                && let Some(tier) = self.tier_at(&past[..=place], event.at)
            {
                tranches.push(self.tranche(&tier, passes, (event.at, Some(place)), past));
            }
        }
        let months = (1..).map(|number| self.month_start(number)).take_while(|start| *start <= until);
        for start in months {
            let before: Vec<_> = past.iter().filter(|event| event.at < start).cloned().collect();
            let Some(tier) = self.tier_at(&before, start) else { continue };
            let passes = self.seats(&before, start).0;
            let mut tranche = self.tranche(&tier, passes, (start, None), past);
            if Self::failing_since(&before).is_some() {
                let paid = past.iter().enumerate().skip(before.len());
                let paid =
                    paid.filter(|(_, event)| event.kind() == "payment_succeeded").map(|(place, _)| place);
                match paid.min() {
                    Some(place) => {
                        tranche.after = Some(place);
                        tranche.at = past[place].at;
                        tranche.too_late = past[place].at >= tranche.window_end;
                    }
                    None => tranche.waits = true,
                }
            }
            tranches.push(tranche);
        }
        tranches
    }

    /// From the beginning to a moment.
    pub(super) fn course(&self, past: &[Happening], until: Time) -> Course {
        let tranches = self.tranches(past, until);
        let spent = tranches.iter().map(|_| (Exact::zero(), false)).collect();
        let zero = Exact::zero;
        let mut course =
            Course { paid: zero(), bonus: zero(), bonus_ends: 0, bought: Vec::new(), spent, tranches };
        for (place, event) in past.iter().enumerate() {
            course.go_to(event.at);
            self.happen(&mut course, past, place);
            course.come(|tranche| tranche.after == Some(place));
        }
        course.go_to(until);
        for (spent, tranche) in course.spent.iter_mut().zip(&course.tranches) {
            spent.1 = !tranche.waits && !tranche.too_late && tranche.window_end > until;
        }
        course
    }

    fn happen(&self, course: &mut Course, past: &[Happening], place: usize) {
        let event = &past[place];
        let is_failing = || Self::failing_since(&past[..place]).is_some();
        match event.kind() {
            "buy_credits" => course.paid += decimal(event.text("amount")),
            "set_auto_top_up" if !is_failing() => {
                let earlier = (0..place).filter(|earlier| past[*earlier].kind() == "set_auto_top_up");
                let mut earlier = earlier.filter(|earlier| past[*earlier].event["enabled"] == true);
                let bought = earlier.any(|earlier| Self::failing_since(&past[..earlier]).is_none());
                if let Some(amount) = Self::top_up(&past[..=place]).filter(|_| !bought) {
                    course.buy(place, amount);
                }
            }
            "usage" => {
                let (input, output) = &self.rates[event.text("model")];
                let tokens = |key: &str| whole(event.event[key].as_u64().expect("tokens"));
                let cost = tokens("input_tokens") * input + tokens("output_tokens") * output;
                course.spend(&(cost / whole(1_000_000)), event.at);
                let low = course.left() < whole(50) && !is_failing();
                if let Some(amount) = Self::top_up(&past[..place]).filter(|_| low) {
                    course.buy(place, amount);
                }
            }
            _ => {}
        }
    }

    pub(super) fn bought(&self, amount: &Exact, at: Time, is_automatic: bool) -> Vec<Line> {
        let mut more = json!({"charged_at": moment(at)});
        if is_automatic {
            more["automatic"] = true.into();
        }
        let credits = line("credits", amount, more);
        let fee = self.fee(&credits, at);
        [Some(credits), fee].into_iter().flatten().collect()
    }

    fn fee(&self, of: &Line, at: Time) -> Option<Line> {
        let fee = rounded(&(of.amount * decimal("0.05")), 2);
        let is_charged = self.is_of_2026 && !self.fee_exempt && fee.is_positive();
        is_charged.then(|| line("fee", &fee, json!({"charged_at": moment(at)})))
    }

    /// Kilo Pass from a moment to a cycle's end.
    pub(super) fn pass_lines(
        &self,
        tier: &str,
        passes: i64,
        at: Time,
        (from, end): (Time, Time),
    ) -> Vec<Line> {
        let cycle = self.cycle_around(from);
        let (left, of) = remaining(from, cycle);
        let price = price(tier).0 * whole(self.seat.1);
        let mut more = json!({"quantity": passes.to_string(), "unit_price": cents(&price), "tier": tier,
            "charged_at": moment(at), "period": period(from, end)});
        if left != of {
            more["time_share"] = json!({"milliseconds": left, "of": of});
        }
        let pass = line("pass", &(price * whole(passes) * whole(left) / whole(of)), more);
        let fee = self.fee(&pass, at).filter(|_| at >= FEE_FROM);
        [Some(pass), fee].into_iter().flatten().collect()
    }

    /// Kilo Pass at a moment.
    pub(super) fn pass(&self, past: &[Happening], at: Time, course: &Course) -> Value {
        let Some(tier) = self.tier_at(past, at) else { return Value::Null };
        let window = self.month_around(at);
        let all = || course.spent.iter().zip(&course.tranches);
        let running = || all().filter(|((_, runs), _)| *runs);
        let sum =
            |amounts: &mut dyn Iterator<Item = Exact>| written(&amounts.fold(Exact::zero(), |a, b| a + b), 6);
        let locked = running().filter(|((spent, _), tranche)| !is_there(spent, tranche));
        let unlocks_after = locked.map(|((spent, _), tranche)| tranche.unlock - spent).min();
        let unlocked = running().filter(|((spent, _), tranche)| is_there(spent, tranche));
        json!({
            "tier": tier,
            "next_tier": (!self.ends(past, at)).then_some(&tier),
            "passes": self.seats(past, at).0,
            "window": period(window.0, window.1),
            "base": sum(&mut running().map(|(_, tranche)| tranche.base)),
            "held": sum(&mut all().filter(|(_, tranche)| tranche.waits).map(|(_, tranche)| tranche.base)),
            "bonus": {
                "amount": sum(&mut running().map(|(_, tranche)| tranche.bonus)),
                "unlocked": sum(&mut unlocked.map(|(_, tranche)| tranche.bonus)),
                "left": written(&course.bonus, 6),
                "unlocks_after": unlocks_after.map(|amount| written(&amount, 6)),
            },
        })
    }

    /// What the figures rest on, by its number in `docs/assumptions.md`.
    pub(super) fn assumptions(&self, past: &[Happening], at: Time, lines: &[Line]) -> Vec<&'static str> {
        let of = |kind: &str| lines.iter().filter(move |line| line.json["kind"] == kind).collect::<Vec<_>>();
        let passes = of("pass");
        let disputed = |line: &&Line| {
            let at = super::super::calendar::read(line.json["charged_at"].as_str().expect("a moment"));
            (FEE_FROM..CERTAIN_FROM).contains(&at)
        };
        let is_bought = |line: &Line| line.json.contains_key("automatic");
        [
            ("A20", !of("fee").is_empty()),
            ("A21", self.is_enterprise && !of("seats").is_empty()),
            ("A22", !self.fee_exempt && passes.iter().any(disputed)),
            ("A23", passes.iter().any(|line| line.json.contains_key("time_share"))),
            ("A24", self.seat.1 > 1 && !passes.is_empty()),
            ("A25", self.tier_at(past, at).is_some()),
            ("A26", Self::top_up(past).is_some() || lines.iter().any(is_bought)),
        ]
        .into_iter()
        .filter_map(|(id, rests)| rests.then_some(id))
        .collect()
    }
}

impl Course {
    /// The month that has ended takes what is left of its bonuses with it; those that begin bring their base.
    fn go_to(&mut self, at: Time) {
        if self.bonus_ends <= at {
            self.bonus = Exact::zero();
        }
        self.come(|tranche| tranche.after.is_none() && tranche.at <= at);
    }

    fn come(&mut self, which: impl Fn(&Tranche) -> bool) {
        for (spent, tranche) in self.spent.iter_mut().zip(&self.tranches) {
            if !spent.1 && !tranche.waits && which(tranche) {
                spent.1 = true;
                self.paid += &tranche.base;
            }
        }
    }

    fn buy(&mut self, place: usize, amount: Exact) {
        self.paid += &amount;
        self.bought.push((place, amount));
    }

    fn spend(&mut self, cost: &Exact, at: Time) {
        let by_bonus = (*cost).min(self.bonus);
        self.paid -= cost - by_bonus;
        self.bonus -= by_bonus;
        for (spent, tranche) in self.spent.iter_mut().zip(&self.tranches) {
            let counts = spent.1 && !tranche.too_late && tranche.window_end > at;
            if counts && cost.is_positive() {
                let was_there = is_there(&spent.0, tranche);
                spent.0 += cost;
                if !was_there && is_there(&spent.0, tranche) {
                    self.bonus += &tranche.bonus;
                    self.bonus_ends = tranche.window_end;
                }
            }
        }
    }
}

/// Whether a tranche's bonus is there.
fn is_there(spent: &Exact, tranche: &Tranche) -> bool {
    spent.is_positive() && *spent >= tranche.unlock
}
