//! A team's advice and replays by their figures.

use crate::ledger;
use headroom_billing::team::{self, TeamAdvice};
use headroom_billing::{Catalog, Ledger, LineKind, Scenario};
use headroom_exact::Money;
use serde_json::{Value, json};

fn team(as_of: &str, more: &Value) -> Value {
    let mut events = vec![json!({"at": "2026-04-01T00:00:00Z", "type": "start_team", "seats": 3})];
    events.extend(more.as_array().expect("a list").iter().cloned());
    json!({"account": "kilo-teams", "as_of": as_of, "events": events,
        "model_rates": {"m": {"input_per_million": "1", "output_per_million": "1"}}})
}

fn team_advice(scenario: &Value) -> TeamAdvice {
    let (ledger, at) = ledger!(scenario, Team);
    TeamAdvice::on(&ledger, at)
}

#[test]
fn a_teams_balance_lasts_as_long_as_its_burn_says() {
    let spent = |dollars: u64| {
        json!([{"at": "2026-04-01T01:00:00Z", "type": "buy_credits", "amount": "100"},
            {"at": "2026-04-02T00:00:00Z", "type": "usage", "model": "m", "input_tokens": dollars * 1_000_000, "output_tokens": 0}])
    };
    // 20 in ten days of thirty: 60 by the end, 80 left last 40 days more.
    let calm = team_advice(&team("2026-04-11T00:00:00Z", &spent(20)));
    assert_eq!((calm.spent.to_string(), calm.balance.to_string()), ("20.000000".into(), "80.000000".into()));
    assert_eq!(calm.forecast.map(|all| all.to_string()).as_deref(), Some("60.000000"));
    assert_eq!(calm.run_out_at.map(|at| at.to_string()).as_deref(), Some("2026-05-21T00:00:00Z"));
    assert_eq!(calm.top_up, None);
    // 60 in ten days: 180 by the end; 40 left are short by 80, so 100 are bought.
    let busy = team_advice(&team("2026-04-11T00:00:00Z", &spent(60)));
    assert_eq!(busy.top_up.map(|amount| amount.to_string()).as_deref(), Some("100.00"));
    // 100 in a day: 2,900 more by the end, and any amount from 1,000 on is sold.
    let wild = team_advice(&team("2026-04-03T00:00:00Z", &spent(100)));
    assert_eq!(wild.top_up.map(|amount| amount.to_string()).as_deref(), Some("1400.00"));
    assert_eq!(
        wild.run_out_at.map(|at| at.to_string()).as_deref(),
        Some("2026-04-03T00:00:00Z"),
        "it is used up"
    );
    let early = team_advice(&team("2026-04-02T04:47:59Z", &spent(20)));
    assert_eq!((early.forecast, early.run_out_at, early.top_up), (None, None, None), "28.8 h are 4 %");
    assert!(team_advice(&team("2026-04-02T04:48:00Z", &spent(20))).forecast.is_some());
    let idle = team_advice(&team("2026-04-11T00:00:00Z", &json!([])));
    assert_eq!((idle.run_out_at, idle.top_up), (None, None), "nothing is spent");
}

#[test]
fn unused_seats_are_named_but_the_last_one() {
    let with = |members: &[&str]| {
        let join =
            |member: &&str| json!({"at": "2026-04-02T00:00:00Z", "type": "add_member", "member": member});
        team_advice(&team("2026-04-11T00:00:00Z", &members.iter().map(join).collect())).unused_seats
    };
    let unused = |members: &[&str]| with(members).map(|unused| (unused.count, unused.saves.to_string()));
    assert_eq!(unused(&[]), Some((2, "58.00".to_owned())), "one seat stays at least");
    assert_eq!(unused(&["ann"]), Some((2, "58.00".to_owned())));
    assert_eq!(unused(&["ann", "ben"]), Some((1, "29.00".to_owned())));
    assert_eq!(unused(&["ann", "ben", "cy"]), None);
}

#[test]
fn a_failing_payment_says_what_has_to_happen_by_when() {
    let failed = json!([{"at": "2026-04-05T00:00:00Z", "type": "payment_failed"}]);
    let at = |moment: &str| team_advice(&team(moment, &failed)).payment.unwrap_or_default();
    assert_eq!(at("2026-04-04T00:00:00Z"), "");
    assert!(
        at("2026-04-06T00:00:00Z").contains("Pay by 2026-04-08T00:00:00Z"),
        "{}",
        at("2026-04-06T00:00:00Z")
    );
    assert!(at("2026-04-08T00:00:00Z").contains("Pay by 2026-05-08T00:00:00Z"));
    assert!(at("2026-05-08T00:00:00Z").starts_with("The data was deleted at 2026-05-08T00:00:00Z"));
}

#[test]
fn a_teams_replay_prices_its_cycles_by_every_list() {
    let scenario = team(
        "2026-05-02T00:00:00Z",
        &json!([{"at": "2026-04-16T00:00:00Z", "type": "add_seats", "count": 2},
            {"at": "2026-04-17T00:00:00Z", "type": "buy_credits", "amount": "50"}]),
    );
    let (ledger, at) = ledger!(scenario, Team);
    let replay = team::Replay::on(&ledger, Catalog::built_in(), at);
    let prices: Vec<_> = replay
        .prices
        .iter()
        .map(|price| (price.edition, price.seat, price.cycles.len(), price.total.to_string()))
        .collect();
    // Three seats, and two for 15 of 30 days: four seats' price; credits with the fee of that list.
    let expected = [
        ("kilo-2025", "monthly", "166.00"),
        ("kilo-2026", "monthly", "124.50"),
        ("kilo-2026", "annual", "112.50"),
    ];
    let expected: Vec<_> = expected.map(|(edition, seat, total)| (edition, seat, 1, total.to_owned())).into();
    assert_eq!(prices, expected);
    assert_eq!(ledger.invoices[0].amount_of(LineKind::Seats).to_string(), "116.00");
    assert_eq!(ledger.invoices[0].amount_of(LineKind::Credits), Money::from_hundredths(5_000));
}
