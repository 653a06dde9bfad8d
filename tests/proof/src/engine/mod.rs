//! What the engine answers to the questions that the model answers too, as JSON.

mod explained;
mod team;

pub use explained::explained;
pub use team::{outlook, team_charges};

use headroom_billing::advice::{PlanCosts, break_evens_with_the_next, cost_points as points};
use headroom_billing::bill::{sum, sums_by};
use headroom_billing::charges::{Known, PeriodCharges, before_tax, months};
use headroom_billing::person::charges::{MonthCharges, by_period};
use headroom_billing::person::course::{self, Need, Start, Supposed};
use headroom_billing::person::recorded::{EndedCycle, needed_from};
use headroom_billing::person::{self, Action, Event, MovingUp, Pace, PacksAhead, Rate};
use headroom_billing::shares::shares as shares_of;
use headroom_billing::{AccountKind, Catalog, Edition, Ledger, Scenario, Timeline, Total, organisation};
use headroom_exact::{Balance, Cost, Credits, Decimal, Moment, Month};
use serde::Serialize;
use serde_json::{Value, json};

fn written(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn moment(value: &Value) -> Moment {
    text(value).parse().expect("a moment")
}

fn credits(value: &str) -> Credits {
    Credits::rounded(value.parse::<Decimal>().expect("a decimal"))
}

fn balance(parts: &Value) -> Balance {
    let part = |place: usize| parts[place].as_i64().expect("a whole number").into();
    Balance::of_parts(part(0), part(1))
}

fn total<A: Copy + Default + PartialEq + ToString>(total: Total<A>) -> Value {
    json!({"known": total.known().map(|sum| sum.to_string()), "at_least": total.is_at_least()})
}

fn known(text: &str) -> Known {
    match text {
        "whole" => Known::Whole,
        "in-part" => Known::InPart,
        _ => Known::Nothing,
    }
}

fn period(charged: &PeriodCharges) -> Value {
    json!({"period": charged.period, "closed": charged.closed, "charges": charged.charges,
        "total": total(charged.total())})
}

/// The events of one person's scenario.
fn with_person<A>(scenario: &Value, answer: impl FnOnce(&person::Timeline<'_>) -> A) -> A {
    let json = scenario.to_string();
    match Scenario::parse(json.as_bytes()) {
        Ok(Scenario::Individual(sourced)) => answer(&sourced.timeline),
        _ => panic!("a scenario of one person: {json}"),
    }
}

/// The months of one person; each folded with the usage of all months or, where `lean`, with its own alone.
pub fn person_charges(scenario: &Value, known_months: &[&str], lean: bool) -> Value {
    with_person(scenario, |timeline| {
        let now = timeline.as_of;
        let began = timeline.events()[0].at;
        let folded = months(began, now).enumerate().map(|(place, month)| {
            let end = month.period().end;
            let last = Moment::from_unix(end.unix_seconds() - 1, 999_999_999).expect("a moment");
            let events = timeline.events().iter().filter(|event| {
                !lean || event.at >= month.start() || !matches!(event.action, Action::Usage { .. })
            });
            let month = Timeline::new(last.min(now), timeline.terms, events.cloned().collect());
            let charges = MonthCharges::of(&month).expect("a month");
            (charges, known(known_months[place % known_months.len()]))
        });
        let charges = by_period(folded, now);
        json!({"periods": charges.periods.iter().map(period).collect::<Vec<_>>(),
            "upcoming": charges.upcoming})
    })
}

/// The same, each ended month folded with its days' sums wherever they may stand for the tasks; and how many days that is,
/// and on how many each task counts.
pub fn person_charges_by_day(scenario: &Value) -> (Value, [usize; 2]) {
    with_person(scenario, |timeline| {
        let now = timeline.as_of;
        let (tasks, acts): (Vec<_>, Vec<_>) =
            timeline.events().iter().cloned().partition(|event| matches!(event.action, Action::Usage { .. }));
        let began = timeline.events()[0].at;
        let acts = Timeline::new(now, timeline.terms, acts);
        let mut counts = [0; 2];
        let folded = months(began, now).map(|month| {
            let period = month.period();
            let within = tasks.iter().filter(|task| period.contains(task.at)).cloned();
            let (as_of, events) = match EndedCycle::of(&acts, month).filter(|_| period.end <= now) {
                Some(ended) => {
                    (just_before(period.end), by_day(&ended, &within.collect::<Vec<_>>(), &mut counts))
                }
                None => (now.min(just_before(period.end)), tasks.clone()),
            };
            let month = Timeline::new(as_of, timeline.terms, acts.events().to_vec()).with(events);
            (MonthCharges::of(&month).expect("a month"), Known::Whole)
        });
        let charges = by_period(folded, now);
        let periods = charges.periods.iter().map(period).collect::<Vec<_>>();
        (json!({"periods": periods, "upcoming": charges.upcoming}), counts)
    })
}

fn just_before(moment: Moment) -> Moment {
    Moment::from_unix(moment.unix_seconds() - 1, 999_999_999).expect("a moment")
}

fn usage(at: Moment, credits: Credits) -> Event<'static> {
    Event { at, position: usize::MAX, action: Action::Usage { credits, on_auto: None, id: None } }
}

/// Tasks of a month, a day's as one wherever that may be.
fn by_day<'a>(
    ended: &EndedCycle<'_, '_>,
    tasks: &[Event<'a>],
    [summed, by_task]: &mut [usize; 2],
) -> Vec<Event<'a>> {
    let mut all = Vec::new();
    for day in tasks.chunk_by(|task, next| task.at.date() == next.at.date()) {
        if let Some(at) = ended.stands_for(day[0].at.date()).expect("an account") {
            all.push(usage(at, day.iter().map(consumed).sum()));
            *summed += 1;
        } else {
            all.extend(day.iter().cloned());
            *by_task += 1;
        }
    }
    all
}

fn consumed(task: &Event<'_>) -> Credits {
    let Action::Usage { credits, .. } = task.action else { panic!("a task") };
    credits
}

/// Where one person stands, folded with the tasks alone that are needed for that.
pub fn standing_of_needed(scenario: &Value) -> Value {
    with_person(scenario, |timeline| {
        let events = timeline.events().iter();
        let is_usage = |event: &Event<'_>| matches!(event.action, Action::Usage { .. });
        let acts = events.clone().filter(|event| !is_usage(event)).cloned().collect();
        let from = needed_from(&Timeline::new(timeline.as_of, timeline.terms, acts));
        let needed = events.filter(|event| event.at >= from || !is_usage(event)).cloned().collect();
        let needed = person::Timeline::new(timeline.as_of, timeline.terms, needed);
        let ledger = Ledger::fold(&needed, needed.as_of).expect("a ledger");
        written(ledger.account.current(needed.as_of))
    })
}

/// What the end of the running month charges an organisation.
pub fn organisation_charges(scenario: &Value, known_month: &str) -> Value {
    let json = scenario.to_string();
    let Ok(Scenario::Organisation(sourced)) = Scenario::parse(json.as_bytes()) else {
        panic!("a scenario of an organisation: {json}");
    };
    let timeline = &sourced.timeline;
    let ledger: organisation::Ledger = Ledger::fold(timeline, timeline.as_of).expect("a ledger");
    let invoice = ledger.charged_at_the_end_of(Month::of(timeline.as_of).period());
    let before_tax = before_tax(invoice.as_ref(), known(known_month));
    json!({"invoice": invoice, "before_tax": total(before_tax)})
}

fn change(edition: &Edition, change: &Value) -> (Moment, Action<'static>) {
    let action = match change["plan"].as_str() {
        Some(plan) => Action::ChangePlan(edition.plan_named(plan).expect("a plan").rank),
        None => Action::SetOverage { enabled: change["enabled"] == true },
    };
    (moment(&change["at"]), action)
}

fn with_start<A>(scenario: &Value, question: &Value, answer: impl FnOnce(&Start<'_>, &Supposed) -> A) -> A {
    with_person(scenario, |timeline| {
        let ledger = Ledger::fold(timeline, timeline.as_of).expect("a ledger");
        let use_is_known = question["use_is_known"] == true;
        let position = timeline.events().len();
        let start = Start { ledger: &ledger, at: timeline.as_of, use_is_known, position };
        let changes = question["changes"].as_array().expect("a list").iter();
        let supposed = Supposed {
            until: text(&question["until"]).parse().expect("a day"),
            rate: Rate::of(credits(text(&question["a_day"])), question["seconds"].as_i64().unwrap_or(86_400)),
            changes: changes.map(|asked| change(timeline.edition(), asked)).collect(),
            packs: question["packs"] == true,
        };
        answer(&start, &supposed)
    })
}

/// Where what is supposed leads.
pub fn course(scenario: &Value, question: &Value) -> Value {
    with_start(scenario, question, |start, supposed| written(start.course(supposed, true)))
}

/// Each plan chosen now.
pub fn choices(scenario: &Value, question: &Value) -> Value {
    with_start(scenario, question, |start, supposed| {
        written(course::choices(start, supposed, &Need::of(start, supposed)))
    })
}

/// What a day comes to of what was used so far and of what is supposed where nothing is asked for, and the most that is offered.
pub fn a_day(scenario: &Value, asked: &str) -> Value {
    with_person(scenario, |timeline| {
        let at = timeline.as_of;
        let ledger = Ledger::fold(timeline, at).expect("a ledger");
        let used = course::rate_so_far(&ledger, at);
        let usual = course::usual_rate(&ledger, at, used);
        let most = course::most_a_day(&ledger, at, usual, Rate::a_day(credits(asked)));
        json!({"used": used.map(Rate::in_a_day), "usual": usual.in_a_day(), "most": most})
    })
}

fn edition(id: &str) -> &'static Edition {
    Catalog::built_in().edition(id).expect("a price list")
}

/// The plans' costs at every use that matters.
pub fn cost_points(list: &str, pace: Option<&str>) -> Value {
    written(points(&PlanCosts::by_list(edition(list)), pace.map(credits)))
}

/// The break-even of each paid plan with the next.
pub fn break_evens(list: &str) -> Value {
    written(break_evens_with_the_next(&PlanCosts::by_list(edition(list))))
}

/// What one person is advised of plans for a month of that use.
pub fn costs_of(scenario: &Value, month: &str) -> Value {
    with_person(scenario, |timeline| {
        let at = timeline.as_of;
        let ledger = Ledger::fold(timeline, at).expect("a ledger");
        let advice = person::PersonAdvice::on(&ledger, Some(credits(month)), at);
        let cheapest = advice.cheapest.map(|cheapest| json!([cheapest.plan, cheapest.cost]));
        json!({"plans": advice.plans, "cheapest": cheapest, "break_evens": advice.break_evens})
    })
}

/// Where moving up pays off.
pub fn moving_up(scenario: &Value, plan: &str) -> Value {
    with_person(scenario, |timeline| {
        let at = timeline.as_of;
        let ledger = Ledger::fold(timeline, at).expect("a ledger");
        let plan = timeline.edition().plan_named(plan).expect("a plan");
        let pace = Pace::at(&ledger.account.current(at), at);
        written(MovingUp::to(plan, &ledger.account, at, pace.as_ref()))
    })
}

/// Where an even pace leads with packs.
pub fn packs_ahead(scenario: &Value) -> Value {
    with_person(scenario, |timeline| {
        let at = timeline.as_of;
        let ledger: person::Ledger = Ledger::fold(timeline, at).expect("a ledger");
        let pace = Pace::at(&ledger.account.current(at), at);
        written(pace.and_then(|pace| PacksAhead::at(&pace, &ledger.account, at)))
    })
}

/// A decimal of up to 27 places as a bill's cost.
fn cost(text: &str) -> Cost {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let behind = format!("{behind:0<27}");
    let number = |text: &str| text.parse::<i128>().expect("digits") * if negative { -1 } else { 1 };
    Cost::of_parts(number(&format!("{before}{}", &behind[..9])), number(&behind[9..]))
}

/// What a bill comes to, in all and by user.
pub fn bill(lines: &Value) -> Value {
    let lines = || {
        let lines = lines.as_array().expect("lines").iter();
        lines.map(|line| (text(&line["user"]), line["cost"].as_str().map(cost)))
    };
    let by_user = sums_by(lines()).into_iter().map(|(user, sum)| json!([user, sum])).collect::<Vec<_>>();
    json!({"sum": sum(lines().map(|(_, cost)| cost)), "by_user": by_user})
}

/// Whose a sum is.
pub fn shares(parts: &Value) -> Value {
    let parts = parts.as_array().expect("parts").iter();
    let amount = |part: &Value| (!part["amount"].is_null()).then(|| balance(&part["amount"]));
    let shares = shares_of(parts.map(|part| (text(&part["whose"]), amount(part))));
    shares
        .iter()
        .map(|share| json!({"whose": share.whose, "amount": share.amount, "permille": share.permille}))
        .collect()
}
