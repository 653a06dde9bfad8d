//! Properties that every kind of account has, over the random scenarios of the proof.

use headroom_billing::organisation::{self, Seat};
use headroom_billing::{Catalog, Ledger, Scenario, Statement, team};
use headroom_exact::{Moment, Money};
use proof::model::{calendar, cents, decimal};
use proof::{cases, generate, prove, statement};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CASES: u32 = 400;
const SEED: u64 = 5;

/// One of the three kinds, teams under both price lists.
fn any_kind() -> impl Strategy<Value = Value> {
    prop_oneof![generate::person(), generate::organisation(), generate::team(), generate::team_of_2026()]
}

fn events(scenario: &Value) -> &Vec<Value> {
    scenario["events"].as_array().expect("a list")
}

fn moment(event: &Value) -> calendar::Time {
    calendar::read(event["at"].as_str().expect("a moment"))
}

#[test]
fn the_order_of_delivery_does_not_matter() {
    prove(&(any_kind(), any::<prop::sample::Index>()), cases(CASES), SEED, |(mut scenario, turn)| {
        // Different moments: at equal ones the file's order counts, as the contract says.
        let mut seen = BTreeSet::new();
        scenario["events"].as_array_mut().expect("a list").retain(|event| seen.insert(moment(event)));
        let in_order = statement(&scenario);
        let mut delivered = scenario.clone();
        let list = delivered["events"].as_array_mut().expect("a list");
        let turn = turn.index(list.len());
        list.rotate_left(turn);
        list.reverse();
        let again = statement(&delivered);
        prop_assert_eq!(&in_order["invoices"], &again["invoices"]);
        prop_assert_eq!(&in_order["current"], &again["current"]);
        // The same events are refused, under their new positions.
        let refused = |scenario: &Value, statement: &Value| -> Vec<Value> {
            let of = |refusal: &Value| {
                let index = usize::try_from(refusal["event"].as_u64().expect("an index")).expect("small");
                json!([events(scenario)[index], refusal["reason"]])
            };
            statement["refused"].as_array().expect("a list").iter().map(of).collect()
        };
        prop_assert_eq!(refused(&scenario, &in_order), refused(&delivered, &again));
        Ok(())
    });
}

#[test]
fn a_far_future_event_changes_nothing_before_it() {
    prove(&(any_kind(), 0..20_usize), cases(CASES), SEED, |(scenario, which)| {
        let now = statement(&scenario);
        let mut later = scenario.clone();
        // Any event of the list but the opening one happens again, in a hundred years.
        let list = events(&scenario);
        if let Some(event) = list.get(1 + which % list.len().max(1)) {
            let mut event = event.clone();
            event["at"] = "2127-01-01T00:00:00Z".into();
            later["events"].as_array_mut().expect("a list").push(event);
        }
        prop_assert_eq!(now, statement(&later));
        Ok(())
    });
}

#[test]
fn repeated_ids_change_nothing_but_the_refusals() {
    prove(&any_kind(), cases(CASES), SEED, |scenario| {
        let once = statement(&scenario);
        let refused: BTreeSet<_> = once["refused"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|refusal| refusal["event"].as_u64())
            .collect();
        let as_of = moment(&json!({"at": scenario["as_of"]}));
        let accepted = events(&scenario).iter().zip(0..).filter(|(event, index)| {
            event["id"].is_string() && !refused.contains(index) && moment(event) <= as_of
        });
        let mut again = scenario.clone();
        let mut more = 0;
        for (event, _) in accepted {
            let mut event = event.clone();
            event["at"] = scenario["as_of"].clone();
            again["events"].as_array_mut().expect("a list").push(event);
            more += 1;
        }
        let twice = statement(&again);
        prop_assert_eq!(&once["invoices"], &twice["invoices"]);
        prop_assert_eq!(&once["current"], &twice["current"]);
        prop_assert_eq!(twice["refused"].as_array().map(Vec::len), Some(refused.len() + more));
        Ok(())
    });
}

#[test]
fn half_open_cycles_tile_the_time() {
    prove(&any_kind(), cases(CASES), SEED, |scenario| {
        // Walk from cycle to cycle: the next one starts where the last one ended, at that very instant.
        let mut scenario = scenario;
        let mut cycle = statement(&scenario)["current"]["cycle"].clone();
        for _ in 0..14 {
            let end = cycle["end"].as_str().expect("a moment").to_owned();
            let last_second = calendar::write(calendar::read(&end) - calendar::SECOND);
            scenario["as_of"] = last_second.replace('Z', ".999999999Z").into();
            let before = statement(&scenario);
            prop_assert_eq!(&before["current"]["cycle"], &cycle, "its last instant is still inside");
            scenario["as_of"] = end.clone().into();
            let next = statement(&scenario)["current"]["cycle"].clone();
            prop_assert_eq!(&next["start"], &json!(end));
            cycle = next;
        }
        Ok(())
    });
}

#[test]
fn lines_add_up_to_subtotals_and_with_tax_to_totals() {
    prove(&any_kind(), cases(CASES), SEED, |scenario| {
        let statement = statement(&scenario);
        let amount = |value: &Value| decimal(value.as_str().expect("an amount"));
        for invoice in statement["invoices"].as_array().expect("a list") {
            let lines = invoice["lines"].as_array().expect("lines");
            prop_assert!(!lines.is_empty(), "no lines, no invoice");
            let sum = lines.iter().map(|line| amount(&line["amount"])).reduce(|sum, line| sum + line);
            prop_assert_eq!(cents(&sum.expect("a line")), invoice["subtotal"].clone());
            let total = amount(&invoice["subtotal"]) + amount(&invoice["tax"]);
            prop_assert_eq!(cents(&total), invoice["total"].clone());
        }
        Ok(())
    });
}

#[test]
fn an_organisations_pools_add_up_to_usage() {
    prove(&generate::organisation(), cases(CASES), SEED, |scenario| {
        let statement = statement(&scenario);
        let mut months = decimal("0");
        for subscription in statement["current"]["subscriptions"].as_array().expect("a list") {
            let credits = &subscription["credits"];
            let amount = |key: &str| decimal(credits[key].as_str().expect("an amount"));
            let from_plan = amount("allowance") - amount("remaining");
            prop_assert_eq!(from_plan + amount("overage") + amount("uncovered"), amount("used"));
            months += decimal(subscription["month_to_date"].as_str().expect("an amount"));
        }
        prop_assert_eq!(cents(&months), statement["current"]["month_to_date"].clone());
        Ok(())
    });
}

/// What an organisation is charged, issued and running.
fn organisation_total(scenario: &Value) -> proof::model::Exact {
    let statement = statement(scenario);
    let invoices = statement["invoices"].as_array().expect("a list").iter();
    let issued = invoices.map(|invoice| decimal(invoice["subtotal"].as_str().expect("an amount")));
    issued.fold(decimal(statement["current"]["month_to_date"].as_str().expect("an amount")), |sum, more| {
        sum + more
    })
}

#[test]
fn more_usage_never_costs_an_organisation_less() {
    let more = (generate::organisation(), 1..3_000_u32, any::<prop::sample::Index>());
    prove(&more, cases(CASES), SEED, |(mut scenario, credits, place)| {
        // With overage on throughout no task is refused for what another used.
        scenario["events"].as_array_mut().expect("a list").retain(|event| event["type"] != "set_overage");
        for profile in ["us-east-1/B", "eu-central-1/A"] {
            let on = json!({"at": "2020-01-01T00:00:00Z", "type": "set_overage", "profile": profile, "enabled": true});
            scenario["events"].as_array_mut().expect("a list").insert(0, on);
        }
        let less = organisation_total(&scenario);
        let mut usage = events(&scenario)[place.index(events(&scenario).len())].clone();
        usage["type"] = "usage".into();
        usage["user"] = "ann".into();
        usage["id"] = Value::Null;
        usage["auto_credits"] = Value::Null;
        usage["credits"] = credits.to_string().into();
        scenario["events"].as_array_mut().expect("a list").push(usage);
        prop_assert!(less <= organisation_total(&scenario));
        Ok(())
    });
}

#[test]
fn a_preview_for_a_user_is_what_the_month_then_costs() {
    let asked = (
        generate::organisation(),
        select(vec!["us-east-1/B", "eu-central-1/A"]),
        select(vec!["ann", "bob", "new"]),
        select(vec!["", "a"]),
        select(vec!["none", "pro", "pro-plus", "power"]),
    );
    prove(&asked, cases(CASES), SEED, |(scenario, profile, user, group, plan)| {
        let text = scenario.to_string();
        let Ok(Scenario::Organisation(sourced)) = Scenario::parse(text.as_bytes()) else {
            panic!("an organisation");
        };
        let at = sourced.timeline.as_of;
        let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        let request = organisation::Request {
            seat: Seat { profile: profile.into(), user: user.into() },
            group,
            plan: sourced.timeline.terms.lists.at(at).plan_named(plan),
        };
        let preview = serde_json::to_value(organisation::Preview::on(&ledger, &request, at)).expect("JSON");
        let kind = if plan == "none" { "unassign" } else { "assign" };
        let mut with = scenario.clone();
        with["events"].as_array_mut().expect("a list").push(json!({"at": scenario["as_of"], "type": kind,
            "profile": profile, "user": user, "group": group, "plan": plan}));
        let (before, after) = (statement(&scenario), statement(&with));
        let of = |statement: &Value| {
            let list = statement["current"]["subscriptions"].as_array().expect("a list").clone();
            list.into_iter()
                .find(|one| one["profile"] == profile && one["user"] == user)
                .unwrap_or(Value::Null)
        };
        prop_assert_eq!(&preview["before"], &of(&before));
        prop_assert_eq!(&preview["after"], &of(&after));
        let month =
            |statement: &Value| decimal(statement["current"]["month_to_date"].as_str().expect("an amount"));
        prop_assert_eq!(&preview["month_difference"], &cents(&(month(&after) - month(&before))));
        let refused = after["refused"].as_array().map(Vec::len) > before["refused"].as_array().map(Vec::len);
        prop_assert_eq!(preview["refused"].is_string(), refused);
        prop_assert_eq!(preview["effective_at"].is_null(), refused);
        Ok(())
    });
}

#[test]
fn a_preview_for_a_team_is_what_is_then_charged() {
    let asked = prop_oneof![
        (1..4_u64).prop_map(team::Request::AddSeats),
        (1..4_u64).prop_map(team::Request::RemoveSeats),
        select(vec![5_000, 7_500, 100_001])
            .prop_map(|cents| team::Request::BuyCredits(Money::from_hundredths(cents))),
    ];
    prove(&(generate::team(), asked), cases(CASES), SEED, |(scenario, request)| {
        is_what_is_then_charged(&scenario, &request)
    });
}

#[test]
fn a_preview_under_the_list_of_2026_is_what_is_then_charged() {
    let offer = Catalog::built_in().team_edition("kilo-2026").and_then(|edition| edition.pass.as_ref());
    let tier = |id: &str| offer.and_then(|offer| offer.tier(id)).expect("a tier").terms.clone();
    let dollars = |dollars: i128| Money::from_hundredths(dollars * 100);
    let asked = prop_oneof![
        2 => (1..4_u64).prop_map(team::Request::AddSeats),
        1 => Just(team::Request::BuyCredits(dollars(50))),
        2 => select(vec![tier("starter"), tier("expert")]).prop_map(team::Request::StartPass),
        1 => Just(team::Request::CancelPass),
        2 => select(vec![None, Some(dollars(100)), Some(dollars(250)), Some(dollars(500))])
            .prop_map(team::Request::SetAutoTopUp),
    ];
    prove(&(generate::team_of_2026(), asked), cases(CASES), SEED, |(scenario, request)| {
        is_what_is_then_charged(&scenario, &request)
    });
}

/// A request as a scenario writes it.
fn event_of(request: &team::Request, at: &Value) -> Value {
    let mut event = match request {
        team::Request::AddSeats(count) => json!({"type": "add_seats", "count": count}),
        team::Request::RemoveSeats(count) => json!({"type": "remove_seats", "count": count}),
        team::Request::BuyCredits(amount) => json!({"type": "buy_credits", "amount": amount}),
        team::Request::StartPass(terms) => json!({"type": "start_pass", "tier": terms.tier}),
        team::Request::CancelPass => json!({"type": "cancel_pass"}),
        team::Request::SetAutoTopUp(amount) => {
            json!({"type": "set_auto_top_up", "enabled": amount.is_some(), "amount": amount})
        }
    };
    event["at"] = at.clone();
    event
}

fn is_what_is_then_charged(scenario: &Value, request: &team::Request) -> Result<(), TestCaseError> {
    let text = scenario.to_string();
    let Ok(Scenario::Team(sourced)) = Scenario::parse(text.as_bytes()) else { panic!("a team") };
    let at = sourced.timeline.as_of;
    let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
    let preview = serde_json::to_value(team::Preview::on(&ledger, request, at)).expect("JSON");
    let event = event_of(request, &scenario["as_of"]);
    let under = |day_count: Option<&str>, event: Option<&Value>| {
        let mut scenario = scenario.clone();
        if let Some(day_count) = day_count {
            scenario["day_count"] = day_count.into();
        }
        scenario["events"].as_array_mut().expect("a list").extend(event.cloned());
        statement(&scenario)
    };
    let (before, after) = (under(None, None), under(None, Some(&event)));
    prop_assert_eq!(&preview["before"], &before["current"]);
    prop_assert_eq!(&preview["after"], &after["current"]);
    let open = |statement: &Value| {
        statement["current"]["open_invoice"]["lines"].as_array().cloned().unwrap_or_default()
    };
    let old = open(&before).len();
    let new = open(&after)[old..].to_vec();
    prop_assert_eq!(preview["charge_now"]["lines"].as_array().cloned().unwrap_or_default(), new.clone());
    prop_assert_eq!(preview["charge_range"].is_null(), new.is_empty());
    let resting = |of: &Value| of["assumptions"].as_array().cloned().unwrap_or_default();
    prop_assert!(resting(&preview["after"]).iter().all(|id| resting(&preview).contains(id)));
    if !new.is_empty() {
        let tax = scenario["tax_rate"].as_str().map_or_else(|| decimal("0"), decimal);
        let with_tax = |lines: &[Value]| {
            let amounts = lines.iter().map(|line| decimal(line["amount"].as_str().expect("an amount")));
            let amount = amounts.fold(decimal("0"), |sum, amount| sum + amount);
            let tax = decimal(cents(&(amount * tax)).as_str().expect("an amount"));
            amount + tax
        };
        prop_assert_eq!(&preview["charge_now"]["total"], &cents(&with_tax(&new)));
        let other = |count| with_tax(&open(&under(Some(count), Some(&event)))[old..]);
        let (one, two) = (other("whole-days"), other("started-days"));
        let range = json!({"low": cents(&one.min(two)), "high": cents(&one.max(two))});
        prop_assert_eq!(&preview["charge_range"], &range);
    }
    Ok(())
}

#[test]
fn more_tokens_never_leave_more_balance() {
    prove(
        &(generate::team(), any::<prop::sample::Index>(), 1..1_000_000_u64),
        CASES,
        SEED,
        |(scenario, place, more)| {
            // One request costs more; requests after it may be refused for it, so only until the next.
            let requests: Vec<_> =
                events(&scenario).iter().enumerate().filter(|(_, event)| event["type"] == "usage").collect();
            if requests.is_empty() {
                return Ok(());
            }
            let (index, event) = requests[place.index(requests.len())];
            let mut at_that_moment = scenario.clone();
            at_that_moment["as_of"] = event["at"].clone();
            let list = at_that_moment["events"].as_array_mut().expect("a list");
            let now = moment(event);
            let later: BTreeSet<_> =
                (0..list.len()).filter(|other| *other > index && moment(&list[*other]) == now).collect();
            let mut position = 0;
            list.retain(|_| {
                position += 1;
                !later.contains(&(position - 1))
            });
            let balance = |scenario: &Value| {
                decimal(statement(scenario)["current"]["balance"].as_str().expect("an amount"))
            };
            let less_used = balance(&at_that_moment);
            let mut costlier = at_that_moment.clone();
            let tokens = event["input_tokens"].as_u64().expect("tokens");
            costlier["events"][index]["input_tokens"] = (tokens + more).into();
            prop_assert!(balance(&costlier) <= less_used);
            Ok(())
        },
    );
}

#[test]
fn advice_never_contradicts_the_statement() {
    prove(&generate::person(), cases(CASES), SEED, |scenario| {
        use headroom_billing::person::PersonAdvice;
        let text = scenario.to_string();
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(text.as_bytes()) else { panic!("a person") };
        let at: Moment = sourced.timeline.as_of;
        let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        let advice = PersonAdvice::on(&ledger, None, at);
        let statement = Statement::on(ledger, at);
        prop_assert_eq!(advice.used, statement.current.credits.used);
        if let Some(forecast) = advice.forecast {
            prop_assert!(forecast.low <= forecast.even && forecast.even <= forecast.high);
            prop_assert!(forecast.low >= advice.used, "what is used stays used");
        }
        if let (Some(cheapest), Some(_)) = (&advice.cheapest, advice.month) {
            let least = advice.plans.iter().filter_map(|plan| plan.cost).min();
            prop_assert_eq!(Some(cheapest.cost), least);
        }
        for waiting in &advice.waiting {
            // K8 and K9: within a cycle it makes no difference when an upgrade is made, once the account
            // has become paid.
            if statement.current.plan != "free" {
                prop_assert_eq!(waiting.costs, Money::ZERO);
            }
        }
        if let Some(moment) = advice.run_out_at {
            prop_assert!(at <= moment && moment < statement.current.cycle.end.max(at.plus_seconds(1)));
        }
        Ok(())
    });
}
