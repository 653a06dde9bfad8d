//! What-if a second time: the scenario with the supposed days and changes written into it, and the statement's rules
//! asked day by day.

use super::amounts::packs_for;
use super::calendar::{self, DAY, SECOND, Time, month_around};
use super::lists::Lists;
use super::{Exact, Judged, PLANS, as_of, cents, decimal, rank, rounded, whole};
use num_traits::Zero;
use serde_json::{Value, json};

fn exact(value: &Value) -> Exact {
    decimal(value.as_str().expect("an amount"))
}

/// Whether overage keeps requests running: where a switch that is on does (V5).
fn is_on(current: &Value) -> bool {
    current["credits"]["overage"]["enabled"] == true && current["credits"]["overage"]["idle"] != true
}

/// So many packs are bought in a course at most: what more would cover is not served.
const MOST_PACKS: usize = 100;

/// Credits of packs.
fn left_in_packs(current: &Value) -> Exact {
    let packs = current["credits"]["packs"].as_array().into_iter().flatten();
    packs.fold(Exact::zero(), |sum, pack| sum + exact(&pack["remaining"]))
}

/// Credits of plan, bonus and packs; none without a limit.
fn left(current: &Value) -> Option<Exact> {
    let bonus = &current["credits"]["bonus"];
    let bonus = if bonus.is_null() { Exact::zero() } else { exact(&bonus["remaining"]) };
    let grants = current["credits"]["grants"].as_array().into_iter().flatten();
    let grants = grants.fold(Exact::zero(), |sum, grant| sum + exact(&grant["remaining"]));
    let plan = current["credits"]["plan"]["remaining"].as_str().map(decimal)?;
    Some(plan + bonus + grants + left_in_packs(current))
}

/// Whether a bonus or a pack, which outlive a month, reaches into the one that starts there: of those that are there
/// already, since it is known of supposed ones what was used of them.
fn something_reaches(current: &Value, start: Time, at: Time) -> bool {
    let credits = &current["credits"];
    let is_there = |pack: &&Value| calendar::read(pack["bought_at"].as_str().expect("a moment")) <= at;
    let packs = ["packs", "grants"].into_iter().filter_map(|key| credits[key].as_array()).flatten();
    let packs = packs.filter(is_there);
    let mut pools = std::iter::once(&credits["bonus"]).filter(|bonus| !bonus.is_null()).chain(packs);
    pools.any(|pool| pool["expires_at"].as_str().is_none_or(|end| calendar::read(end) > start))
}

/// A day's name.
fn name(day: Time) -> String {
    calendar::write(day)[..10].to_owned()
}

/// The days from the scenario's to the last supposed one, each by its first instant.
fn days(at: Time, until: &Value) -> Vec<Time> {
    let first = at - at.rem_euclid(DAY);
    let last = calendar::read(&format!("{}T00:00:00Z", until.as_str().expect("a day")));
    (0..=(last - first) / DAY).map(|count| first + count * DAY).collect()
}

/// How fast credits are used: as many a second.
fn a_second(question: &Value) -> Exact {
    exact(&question["a_day"]) / whole(question["seconds"].as_i64().unwrap_or(86_400))
}

/// When what is there beside the plan ends, as far as something is supposed.
fn pool_ends(current: &Value, at: Time, last_second: Time) -> Vec<Time> {
    let credits = &current["credits"];
    let pools = ["packs", "grants"].into_iter().filter_map(|key| credits[key].as_array()).flatten();
    let ends = pools.chain([&credits["bonus"]]).filter_map(|pool| pool["expires_at"].as_str());
    ends.map(calendar::read).filter(|end| *end > at && *end <= last_second).collect()
}

/// What is used up to the end of a day, or of what is there beside the plan, happens in the last second before it: what all
/// of the time since the scenario's moment comes to, rounded once, less what is used already. Equal times: the change first.
fn supposed(at: Time, question: &Value, current: &Value) -> Vec<Value> {
    let mut events: Vec<(Time, Value)> = Vec::new();
    for change in question["changes"].as_array().expect("a list") {
        let moment = calendar::read(change["at"].as_str().expect("a moment"));
        events.push((moment, change.clone()));
    }
    let days: Vec<Time> = days(at, &question["until"]).into_iter().map(|day| day + DAY).collect();
    let last_second = days.last().copied().unwrap_or(at) - SECOND;
    let mut ends: Vec<Time> = [days, pool_ends(current, at, last_second)].concat();
    ends.sort_unstable();
    ends.dedup();
    let mut used = Exact::zero();
    for end in ends {
        // A second that has begun has passed.
        let seconds = ((end - at + at.rem_euclid(SECOND)) / SECOND).max(0);
        let together = rounded(&(a_second(question) * whole(seconds)), 2);
        if end - SECOND > at && together > used {
            let event = json!({"at": calendar::write(end - SECOND), "type": "usage", "credits": cents(&(together - used))});
            events.push((end - SECOND, event));
            used = together;
        }
    }
    events.sort_by_key(|(moment, _)| *moment);
    events.into_iter().map(|(_, event)| event).collect()
}

/// Whether it is known at a moment what is left: the cycle that is running now is unknown where nothing is known of its
/// use, and the next one too while a bonus or a pack reaches into it.
fn is_known(at: Time, question: &Value, moment: Time, current: &Value) -> bool {
    let start = month_around(moment).0;
    question["use_is_known"] == true || (start > at && !something_reaches(current, start, at))
}

/// Whether packs are supposed to be bought, and are sold to an account that stands like this (N4).
fn can_buy(scenario: &Value, question: &Value, moment: Time, current: &Value) -> bool {
    let list = Lists::of(scenario).expect("a list that there is").at(moment);
    question["packs"] == true && list.packs && current["plan"] != "free"
}

/// What is known and what is supposed, as one scenario up to the last supposed day.
struct Together {
    scenario: Value,
    /// So many of its events are known.
    known: usize,
    /// The day on which packs are bought first.
    bought_on: Option<Time>,
    /// Whether packs might be bought that nobody knows of.
    may_buy: bool,
}

/// What single packs come to an amount: each of $5 to $100 (N4).
fn packs_of(amount: &Exact) -> Vec<Exact> {
    let mut rest = *amount;
    let mut packs = Vec::new();
    while rest > whole(100) {
        // Not so much that what is left is too little for a pack.
        let next = whole(100).min(rest - whole(5));
        rest -= &next;
        packs.push(next);
    }
    packs.push(rest);
    packs
}

impl Together {
    fn of(scenario: &Value, at: Time, question: &Value) -> Self {
        let mut all = scenario.clone();
        let events = all["events"].as_array_mut().expect("events");
        events.retain(|event| calendar::read(event["at"].as_str().expect("at")) <= at);
        let known = events.len();
        // Further than anything that is supposed.
        let last = days(at, &question["until"]).last().copied().unwrap_or(at) + DAY - SECOND;
        if last > at {
            all["as_of"] = calendar::write(last).into();
        }
        let judged = Judged::of(&all);
        let supposed = supposed(at, question, &judged.current(judged.events.len(), at));
        let mut together = Self { scenario: all, known, bought_on: None, may_buy: false };
        if question["packs"] == true {
            together.take_with_packs(&supposed, at, question);
        } else {
            together.scenario["events"].as_array_mut().expect("events").extend(supposed);
        }
        together
    }

    /// Before a day that needs more than is left, packs are bought: for that day and all that is supposed after it until
    /// the month ends or a plan is changed.
    fn take_with_packs(&mut self, supposed: &[Value], at: Time, question: &Value) {
        let mut judged = Judged::of(&self.scenario);
        let mut bought = 0;
        for (place, event) in supposed.iter().enumerate() {
            let time = calendar::read(event["at"].as_str().expect("at"));
            let current = judged.current(judged.events.len(), time);
            if event["type"] == "usage" && can_buy(&self.scenario, question, time, &current) {
                let left = left(&current);
                if !is_known(at, question, time, &current) {
                    self.may_buy = true;
                } else if let Some(left) = left.filter(|left| exact(&event["credits"]) > *left) {
                    let end = month_around(time).1;
                    let coming = supposed[place..].iter().take_while(|event| {
                        event["type"] != "change_plan"
                            && calendar::read(event["at"].as_str().expect("at")) < end
                    });
                    let tasks = coming.filter(|event| event["type"] == "usage");
                    let needed = tasks.fold(Exact::zero(), |sum, task| sum + exact(&task["credits"]));
                    for amount in packs_of(&packs_for(&(needed - left))) {
                        if bought < MOST_PACKS {
                            bought += 1;
                            self.bought_on.get_or_insert(time - time.rem_euclid(DAY));
                            let pack =
                                json!({"at": event["at"], "type": "buy_credits", "amount": cents(&amount)});
                            self.take(&mut judged, pack);
                        }
                    }
                }
            }
            self.take(&mut judged, event.clone());
        }
    }

    fn take(&mut self, judged: &mut Judged, event: Value) {
        judged.push(&event);
        self.scenario["events"].as_array_mut().expect("events").push(event);
    }
}

/// The credits that requests would have taken and nothing covered, and why the first change that is refused is.
fn not_done(judged: &Judged, known_events: usize) -> (Exact, Value) {
    let mut unserved = Exact::zero();
    let mut refused = Value::Null;
    for (place, (event, refusal)) in judged.events.iter().enumerate() {
        if event.index < known_events {
            continue;
        }
        if event.kind() == "usage" {
            let before = judged.current(place, event.at);
            // While overage is on, what a cap leaves of it can be used too; without a cap everything is.
            let cap = &before["credits"]["overage"]["cap"]["left"];
            let of_overage = if is_on(&before) { cap.as_str().map(decimal) } else { Some(Exact::zero()) };
            if let Some((left, of_overage)) = left(&before).zip(of_overage) {
                unserved += (exact(&event.event["credits"]) - left - of_overage).max(Exact::zero());
            }
        } else if let (Some(reason), Value::Null) = (refusal, &refused) {
            refused = json!({"plan": event.event["plan"], "reason": reason});
        }
    }
    (unserved, refused)
}

/// Where what is supposed leads.
pub fn course(scenario: &Value, question: &Value) -> Value {
    let at = as_of(scenario);
    let Together { scenario: all, known: known_events, bought_on, may_buy } =
        Together::of(scenario, at, question);
    let judged = Judged::of(&all);
    let is_known_at = |moment: Time, current: &Value| is_known(at, question, moment, current);
    let (mut may_be_charged, mut may_pause, mut run_out) = (false, false, Value::Null);
    let mut left_by_day = Vec::new();
    for day in days(at, &question["until"]) {
        let end = (day + DAY - SECOND).max(at);
        let current = judged.current(judged.count_until(end), end);
        let can_buy = can_buy(&all, question, end, &current);
        if !is_known_at(end, &current) {
            may_be_charged |= is_on(&current);
            may_pause |= !is_on(&current) && !can_buy;
            continue;
        }
        if bought_on == Some(day) && run_out.is_null() {
            run_out = json!({"day": name(day), "pauses": false});
        }
        let Some(left) = left(&current) else { continue };
        let pauses = !is_on(&current) && !can_buy;
        // The first day on which requests pause; where they never do, the one on which the credits end.
        if left.is_zero() && (run_out.is_null() || pauses && run_out["pauses"] == false) {
            run_out = json!({"day": name(day), "pauses": pauses});
        }
        left_by_day.push((day, left));
    }
    let (unserved, refused) = not_done(&judged, known_events);
    let end = as_of(&all);
    let count = judged.events.len();
    let current = judged.current(count, end);
    let charged_before = judged.invoices(known_events, at).len();
    let invoices = judged.invoices(count, end).split_off(charged_before);
    let sum = invoices.iter().fold(Exact::zero(), |sum, invoice| sum + exact(&invoice["total"]));
    let charged_as = |kind: &str| {
        let lines = invoices.iter().flat_map(|invoice| invoice["lines"].as_array().expect("lines"));
        let lines = lines.filter(|line| line["kind"] == kind);
        // A charge that Kiro told without its credits has none.
        lines
            .filter(|line| !line["quantity"].is_null())
            .fold(Exact::zero(), |sum, line| sum + exact(&line["quantity"]))
    };
    let overage = charged_as("overage") + exact(&current["credits"]["overage"]["credits"]);
    // Overage that nobody knows is charged when the cycle of now ends.
    let first_end = month_around(at).1;
    let ended = end >= first_end;
    let in_part = invoices.iter().any(|invoice| invoice["at_least"] == true);
    let charge = |invoice: &Value| {
        // Overage that isn't charged in dollars is in no sum: its invoice says so.
        let in_part = invoice["at_least"] == true;
        json!({"invoice": invoice,
            "at_least": in_part || may_be_charged && invoice["issued_at"] == super::moment(first_end)})
    };
    let next = &current["next_charge"];
    let all_together = if next.is_null() { sum } else { sum + exact(&next["total"]) };
    json!({
        "plan": current["plan"], "overage": is_on(&current), "refused": refused, "run_out": run_out,
        "left": left(&current).filter(|_| is_known_at(end, &current)).map(|left| cents(&left)),
        "overage_credits": (!may_be_charged).then(|| cents(&overage)),
        "pack_credits": (!may_buy).then(|| cents(&charged_as("credits"))),
        "unserved": (!may_pause).then(|| cents(&unserved)),
        "invoices": invoices.iter().map(charge).collect::<Vec<_>>(),
        "charged": cents(&sum), "charged_at_least": may_buy || in_part || may_be_charged && ended,
        "next_charge": if next.is_null() { Value::Null } else { charge(next) },
        "together": cents(&all_together), "together_at_least": may_be_charged || may_buy || in_part || next["at_least"] == true,
        "days": written_days(&left_by_day),
    })
}

fn written_days(left_by_day: &[(Time, Exact)]) -> Vec<Value> {
    left_by_day.iter().map(|(day, left)| json!({"day": name(*day), "left": cents(left)})).collect()
}

/// Each plan chosen now, with overage or packs and without, and which of them don't do for a month of the use.
pub fn choices(scenario: &Value, question: &Value) -> Value {
    let at = as_of(scenario);
    let judged = Judged::of(scenario);
    let now = judged.current(judged.events.len(), at);
    let mut choices = Vec::new();
    let list = Lists::of(scenario).expect("a list that there is").at(at);
    for (id, price, _) in list.plans().map(|plan| PLANS[plan]) {
        for goes_on in [false, true] {
            let has_overage = price > 0 && !list.packs;
            if goes_on && price == 0 {
                continue;
            }
            let (overage, packs) = (goes_on && has_overage, goes_on && list.packs);
            let mut changes = Vec::new();
            let settled = if now["next_plan"].is_null() { &now["plan"] } else { &now["next_plan"] };
            if settled != id {
                changes.push(json!({"at": scenario["as_of"], "type": "change_plan", "plan": id}));
            }
            if has_overage && overage != (now["credits"]["overage"]["enabled"] == true) {
                changes.push(json!({"at": scenario["as_of"], "type": "set_overage", "enabled": overage}));
            }
            let unchanged = changes.is_empty() && !packs;
            let mut asked = question.clone();
            asked["changes"] = changes.into();
            asked["packs"] = packs.into();
            let mut course = course(scenario, &asked);
            course["days"] = json!([]);
            choices.push(json!({"plan": id, "overage": overage, "packs": packs, "unchanged": unchanged,
                "course": course, "unfit": null}));
        }
    }
    if question["use_is_known"] == true {
        let until = calendar::read(&format!("{}T00:00:00Z", question["until"].as_str().expect("a day")));
        let (start, end) = month_around(until);
        let month = rounded(&(a_second(question) * whole((end - start) / SECOND)), 2);
        for choice in &mut choices {
            let is_own = now["plan"] == choice["plan"];
            let told = &now["credits"]["plan"]["allowance"];
            let listed = || whole(PLANS[rank(choice["plan"].as_str().expect("a plan"))].2);
            let allowance = if is_own { told.as_str().map(decimal) } else { Some(listed()) };
            let run_out = &choice["course"]["run_out"];
            let goes_on = choice["overage"] == true || choice["packs"] == true;
            choice["unfit"] = if run_out["pauses"] == true {
                json!({"why": "pauses", "on": run_out["day"]})
            } else if let Some(allowance) = allowance.filter(|allowance| !goes_on && *allowance < month) {
                json!({"why": "too-small", "allowance": cents(&allowance), "needs": cents(&month)})
            } else {
                Value::Null
            };
        }
    }
    choices.into()
}

/// Whether 4 % of the cycle have passed, with its seconds in all and passed.
pub fn seen_enough(at: Time) -> Option<(Time, Time)> {
    let (start, end) = month_around(at);
    let (length, passed) = ((end - start) / SECOND, (at - start) / SECOND);
    (passed * 100 >= length * 4).then_some((length, passed))
}

/// What a day comes to of what was used so far and of what is supposed where nothing is asked for, and the most that is offered.
pub fn a_day(scenario: &Value, asked: &str) -> Value {
    let at = as_of(scenario);
    let current = super::statement(scenario)["current"].take();
    let (used, allowance) =
        (exact(&current["credits"]["used"]), exact(&current["credits"]["plan"]["allowance"]));
    let pace = seen_enough(at).map(|(_, passed)| used * whole(86_400) / whole(passed));
    let (start, end) = month_around(at);
    let usual = pace.unwrap_or(allowance / whole((end - start) / DAY));
    let most =
        [rounded(&(usual * whole(4)), 2), rounded(&(allowance / whole(10)), 2), decimal(asked), whole(10)];
    let most = (most.into_iter().max().expect("four") / whole(10)).ceil() * whole(10);
    json!({"used": pace.as_ref().map(cents), "usual": cents(&usual), "most": cents(&most)})
}
