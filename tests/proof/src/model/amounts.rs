//! Sums, shares and comparisons a second time: what plans cost at a use, what a bill comes to, how long a balance lasts.

use super::calendar::{DAY, SECOND, Time, month_around, read};
use super::charges::balance;
use super::course::seen_enough;
use super::lists::{self, List, Lists};
use super::{
    Exact, PLANS, as_of, cents, decimal, from_packs, moment, rank, rounded, statement, whole, written,
};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A month of some use on a paid plan of a list (K1, K5, N4).
fn month_cost(list: &List, plan: usize, used: &Exact) -> Exact {
    let beyond = (used - whole(PLANS[plan].2)).max(Exact::zero());
    let price = whole(PLANS[plan].1);
    if list.packs && beyond.is_positive() {
        return price + packs_for(&beyond);
    }
    price + rounded(&(beyond * decimal("0.04")), 2)
}

/// What packs cost that hold so many credits: whole cents, $5 at least (N4).
pub fn packs_for(credits: &Exact) -> Exact {
    ((credits * decimal("0.04") * whole(100)).ceil() / whole(100)).max(whole(5))
}

/// Credits beyond the smaller plan's own at which both plans cost the same: as overage and in packs $0.04 each.
fn break_even(lower: usize, higher: usize) -> Exact {
    rounded(&(whole(PLANS[higher].1 - PLANS[lower].1) / decimal("0.04")), 2)
}

/// The paid plans' costs where their lines bend or jump, where neighbours meet, at nothing and at the pace.
pub fn cost_points(list: &str, pace: Option<&str>) -> Value {
    let list = lists::named(list);
    let paid: Vec<usize> = list.plans().filter(|plan| *plan > 0).collect();
    let pace = pace.map(decimal);
    let mut at: Vec<Exact> = Vec::new();
    for plan in &paid {
        let allowance = whole(PLANS[*plan].2);
        if list.packs {
            // The first credit beyond costs a pack of $5, which holds 125.
            at.push(allowance + decimal("0.01"));
            at.push(allowance + whole(125));
        }
        at.push(allowance);
    }
    at.extend(paid.windows(2).map(|pair| whole(PLANS[pair[0]].2) + break_even(pair[0], pair[1])));
    at.extend(pace);
    at.push(Exact::zero());
    at.sort();
    at.dedup();
    let point = |used: &Exact| {
        let costs: Vec<_> = paid.iter().map(|plan| cents(&month_cost(list, *plan, used))).collect();
        json!({"used": cents(used), "costs": costs, "is_pace": pace.as_ref() == Some(used)})
    };
    at.iter().map(point).collect()
}

/// The break-even of each paid plan of a list with the next.
pub fn break_evens_with_the_next(list: &str) -> Value {
    let sold: Vec<usize> = lists::named(list).plans().filter(|plan| *plan > 0).collect();
    let pair = |pair: &[usize]| {
        let extra = break_even(pair[0], pair[1]);
        json!({"from": PLANS[pair[0]].0, "to": PLANS[pair[1]].0, "extra": cents(&extra),
            "used": cents(&(whole(PLANS[pair[0]].2) + extra)), "saves": null})
    };
    sold.windows(2).map(pair).collect()
}

fn exact(value: &Value) -> Exact {
    decimal(value.as_str().expect("an amount"))
}

/// An even pace: what was used in the cycle so far, over its seconds so far.
struct Pace {
    used: Exact,
    passed: Time,
    /// What is still used until the cycle's end.
    to_come: Exact,
    /// What the bonus and the plan have for it.
    own: Exact,
    /// What packs have for it.
    packs: Exact,
}

impl Pace {
    fn of(current: &Value, at: Time) -> Option<Self> {
        let (length, passed) = seen_enough(at)?;
        let credits = &current["credits"];
        let used = exact(&credits["used"]);
        let in_seconds = |seconds: Time| rounded(&(used * whole(seconds) / whole(passed)), 2);
        // What ends within the cycle is used until then at most, and by then what comes before it was used.
        let usable = |pool: &Value, before: &Exact| {
            let remaining = exact(&pool["remaining"]);
            match pool["expires_at"].as_str().map(read) {
                Some(end) if end < month_around(at).1 => {
                    let by_then = in_seconds(((end - at + at.rem_euclid(SECOND)) / SECOND).max(0)) - before;
                    remaining.min(by_then).max(Exact::zero())
                }
                _ => remaining,
            }
        };
        let bonus = &credits["bonus"];
        let bonus = if bonus.is_null() { Exact::zero() } else { usable(bonus, &Exact::zero()) };
        let own = bonus + exact(&credits["plan"]["remaining"]);
        let mut packs = Exact::zero();
        for pack in credits["packs"].as_array().into_iter().flatten() {
            packs += usable(pack, &(own + packs));
        }
        let to_come = (in_seconds(length) - used).max(Exact::zero());
        Some(Self { used, passed, to_come, own, packs })
    }

    /// When so many credits from now on are used.
    fn used_up(&self, credits: &Exact, at: Time) -> Time {
        let seconds = rounded(&(credits * whole(self.passed) / self.used), 0).to_integer();
        at + Time::try_from(seconds).expect("seconds") * SECOND
    }
}

/// Where moving up from the scenario's plan pays off, and how near one is at an even pace: counted in credits beyond the
/// plan's own, also where packs cover them.
pub fn moving_up(scenario: &Value, plan: &str) -> Value {
    let at = as_of(scenario);
    let current = statement(scenario)["current"].take();
    let credits = &current["credits"];
    let own = rank(current["plan"].as_str().expect("a plan"));
    if own == 0 || rank(plan) <= own {
        return Value::Null;
    }
    let beyond = exact(&credits["overage"]["credits"]) + exact(&credits["uncovered"]);
    let so_far = beyond + from_packs(scenario);
    let at_this_pace =
        Pace::of(&current, at).map(|pace| so_far + (pace.to_come - pace.own).max(Exact::zero()));
    json!({"pays_off_at": cents(&break_even(own, rank(plan))), "so_far": cents(&so_far),
        "at_this_pace": at_this_pace.as_ref().map(cents)})
}

/// Where an even pace leads on a paid plan with packs once nothing is left before the cycle ends: how long a pack of $5
/// lasts from then on, and what packs for all the rest of the cycle cost.
pub fn packs_ahead(scenario: &Value) -> Value {
    let at = as_of(scenario);
    let current = statement(scenario)["current"].take();
    let list = Lists::of(scenario).expect("a list that there is").at(at);
    if !list.packs || current["plan"] == "free" {
        return Value::Null;
    }
    let Some(pace) = Pace::of(&current, at) else { return Value::Null };
    let left = pace.own + pace.packs;
    let beyond = pace.to_come - left;
    if !beyond.is_positive() {
        return Value::Null;
    }
    let from = if left.is_zero() { at } else { pace.used_up(&left, at) };
    let until = pace.used_up(&(left + whole(125)), at);
    let until = (until < month_around(at).1).then(|| moment(until));
    json!({"from": moment(from), "smallest": "5.00", "credits": "125.00", "lasts_until": until,
        "beyond": cents(&beyond), "to_the_end": cents(&packs_for(&beyond))})
}

/// The sum of a bill's lines and each user's: rounded once, and none of those of whom a line isn't known.
pub fn bill(lines: &Value) -> Value {
    let mut sums: BTreeMap<&str, Option<Exact>> = BTreeMap::new();
    let mut all = Some(Exact::zero());
    for line in lines.as_array().expect("lines") {
        let cost = line["cost"].as_str().map(decimal);
        let sum = sums.entry(line["user"].as_str().expect("a user")).or_insert(Some(Exact::zero()));
        *sum = sum.take().zip(cost).map(|(sum, cost)| sum + cost);
        all = all.zip(cost).map(|(all, cost)| all + cost);
    }
    json!({"sum": all.as_ref().map(cents),
        "by_user": sums.iter().map(|(user, sum)| json!([user, sum.as_ref().map(cents)])).collect::<Vec<_>>()})
}

/// Whose a sum is: the largest first, thousandths rounded down.
pub fn shares(parts: &Value) -> Value {
    let mut sums: BTreeMap<&str, Exact> = BTreeMap::new();
    for part in parts.as_array().expect("parts") {
        let sum = sums.entry(part["whose"].as_str().expect("a name")).or_insert_with(Exact::zero);
        if !part["amount"].is_null() {
            *sum += balance(&part["amount"]);
        }
    }
    let all = rounded(&sums.values().fold(Exact::zero(), |sum, amount| sum + amount), 6);
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(one, first), (other, second)| second.cmp(first).then(one.cmp(other)));
    let permille = |amount: &Exact| {
        let amount = rounded(amount, 6);
        let share = if all.is_zero() { Exact::zero() } else { amount * whole(1_000) / all };
        u32::try_from(share.to_integer()).expect("a share")
    };
    sums.iter()
        .map(|(whose, amount)| {
            json!({"whose": whose, "amount": written(amount, 6), "permille": permille(amount)})
        })
        .collect()
}

/// The smallest amount that credits are sold for and that is enough (T3).
fn purchase(short: &Exact) -> Exact {
    let cents = (rounded(&(short * whole(100)), 18)).ceil() / whole(100);
    let offers = [50, 100, 250, 500].into_iter().map(whole);
    offers.into_iter().find(|offer| *offer >= cents).unwrap_or_else(|| cents.max(whole(1_000)))
}

/// How long a balance lasts by what was spent.
pub fn outlook(question: &Value) -> Value {
    let time = |value: &Value| read(value.as_str().expect("a moment"));
    let now = time(&question["now"]);
    if question["spent"].is_null() || question["is_part"] == true {
        return Value::Null;
    }
    let spent = rounded(&balance(&question["spent"]), 6);
    let first = read(&format!("{}T00:00:00Z", question["first_day"].as_str().expect("a day")));
    // Whole seconds; two days at least.
    let seconds = (time(&question["until"]).min(now) - first) / SECOND;
    let days_seen = seconds / (DAY / SECOND);
    if days_seen < 2 {
        return Value::Null;
    }
    let in_seconds = |count: Time| rounded(&(spent * whole(count) / whole(seconds)), 6);
    let told = question["told"].as_object().map(|_| &question["told"]);
    let run_out = told.filter(|_| spent.is_positive()).map(|told| {
        let mut parts = parts_of(told);
        parts.sort_by_key(|(end, _)| (end.is_none(), *end));
        let mut until = time(&told["at"]);
        for (end, left) in parts {
            let left = rounded(&left, 6).max(Exact::zero());
            let needed = rounded(&(left * whole(seconds) / spent), 0).to_integer();
            let spent_at = until + Time::try_from(needed).expect("seconds") * SECOND;
            // What isn't spent by its end is lost.
            until = end.map_or(spent_at, |end| spent_at.min(end.max(until)));
        }
        until.max(now)
    });
    let top_up = told.and_then(|told| {
        let ahead = (now + 30 * DAY - time(&told["at"])) / SECOND;
        let short = in_seconds(ahead) - balance(&told["balance"]);
        short.is_positive().then(|| cents(&purchase(&short)))
    });
    let automatic = top_ups(question, &(spent / whole(seconds)));
    json!({"a_day": written(&in_seconds(86_400), 6), "automatic": automatic, "days_seen": u32::try_from(days_seen).expect("days"),
        "run_out_at": run_out.map(moment),
        "days_left": run_out.map(|at| u32::try_from((at - now) / DAY).expect("days")), "top_up": top_up})
}

/// The parts of a told balance, each until when it can be spent. Where they aren't all of it, it is one that stays.
fn parts_of(told: &Value) -> Vec<(Option<Time>, Exact)> {
    let parts = told["parts"].as_array().expect("parts").iter();
    let parts: Vec<_> =
        parts.map(|part| (part["expires_at"].as_str().map(read), balance(&part["left"]))).collect();
    let all = balance(&told["balance"]);
    if parts.iter().fold(Exact::zero(), |sum, (_, left)| sum + left) == all {
        parts
    } else {
        vec![(None, all)]
    }
}

/// What is bought by itself, one purchase after the other.
fn top_ups(question: &Value, a_second: &Exact) -> Value {
    let time = |value: &Value| read(value.as_str().expect("a moment"));
    let (told, switch) = (&question["told"], &question["automatic"]);
    if told.is_null() || switch.is_null() || switch["paused"] == true || !a_second.is_positive() {
        return Value::Null;
    }
    let money = |key: &str| decimal(switch[key].as_str().expect("an amount"));
    let (from, now, until) = (time(&told["at"]), time(&question["now"]), time(&switch["until"]));
    let mut parts = parts_of(told);
    parts.retain(|(end, _)| end.is_none_or(|end| end > from));
    for (_, left) in &mut parts {
        *left = rounded(left, 6);
    }
    // What ends first is spent first; what ends at the cycle's end or later stays as long as is asked.
    parts.sort_by_key(|(end, _)| end.filter(|end| *end < until).map_or((true, 0), |end| (false, end)));
    let ends: Vec<_> = parts.iter().filter_map(|(end, _)| *end).filter(|end| *end < until).collect();
    let mut stops = ends;
    stops.push(until);
    stops.extend((now > from).then_some(now));
    stops.sort_unstable();
    let (mut at, mut bought) = (from, Vec::new());
    for stop in stops {
        go_on(&mut parts, (&mut at, stop), (a_second, &money("threshold"), &money("amount")), &mut bought);
        // What ended is lost.
        for (_, left) in parts.iter_mut().filter(|(end, _)| end.is_some_and(|end| end <= stop && end < until))
        {
            *left = (*left).min(Exact::zero());
        }
        if stop == now && now > from {
            bought.clear();
        }
    }
    let Some(first) = bought.first() else { return Value::Null };
    let tax = decimal(question["tax_rate"].as_str().expect("a rate"));
    let fee = if question["fee_exempt"] == true {
        Exact::zero()
    } else {
        rounded(&(money("amount") * decimal("0.05")), 2)
    };
    let subtotal = money("amount") + fee;
    let charge = subtotal + rounded(&(subtotal * tax), 2);
    json!({"amount": cents(&money("amount")), "charge": cents(&charge), "first_at": moment(*first),
        "more": bought.len() - 1, "until": moment(until), "charges": cents(&(charge * whole(bought.len())))})
}

/// Spends up to a stop, and buys whenever less than the threshold is left and more is spent.
fn go_on(
    parts: &mut Vec<(Option<Time>, Exact)>,
    (at, stop): (&mut Time, Time),
    (a_second, threshold, amount): (&Exact, &Exact, &Exact),
    bought: &mut Vec<Time>,
) {
    let mut spending = a_second * whole((stop - *at).max(0) / SECOND);
    let mut passed = Exact::zero();
    loop {
        let left = parts.iter().fold(Exact::zero(), |sum, (_, left)| sum + left);
        let room = (left - threshold).max(Exact::zero());
        if spending < room || (spending == room && left >= *threshold) {
            spend(parts, spending);
            break;
        }
        spend(parts, room);
        spending -= &room;
        passed += room;
        let seconds = rounded(&(passed / a_second), 0).to_integer();
        bought.push(*at + Time::try_from(seconds).expect("seconds") * SECOND);
        parts.push((None, *amount));
    }
    *at = (*at).max(stop);
}

fn spend(parts: &mut [(Option<Time>, Exact)], mut spending: Exact) {
    let last = parts.len().saturating_sub(1);
    for (place, (_, left)) in parts.iter_mut().enumerate() {
        let of = if place == last { spending } else { spending.min((*left).max(Exact::zero())) };
        *left -= &of;
        spending -= of;
    }
}
