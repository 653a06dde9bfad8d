//! A team under the list of 2026 by hand-worked figures: seats and passes on one invoice, the fee, the bonus, top-ups.

use crate::ledger;
use headroom_billing::Catalog;
use headroom_billing::team::{Replay, TeamAdvice};
use headroom_billing::{Ledger, Scenario};
use proof::statement;
use serde_json::{Value, json};

/// A team that began on the 10th, with these events.
fn team(as_of: &str, header: &Value, more: &Value) -> Value {
    let mut scenario = json!({"account": "kilo-teams", "edition": "kilo-2026", "as_of": as_of,
        "model_rates": {"m": {"input_per_million": "1", "output_per_million": "1"}}});
    for (key, value) in header.as_object().into_iter().flatten() {
        scenario[key] = value.clone();
    }
    let mut events = vec![json!({"at": "2026-07-10T10:00:00Z", "type": "start_team", "seats": 3})];
    events[0]["seat"] = scenario["seat"].take();
    events.extend(more.as_array().expect("a list").iter().cloned());
    scenario["events"] = events.into();
    scenario
}

fn start_pass(at: &str) -> Value {
    json!({"at": at, "type": "start_pass", "tier": "pro"})
}

fn spend(at: &str, dollars: u64) -> Value {
    json!({"at": at, "type": "usage", "model": "m", "input_tokens": dollars * 1_000_000, "output_tokens": 0})
}

fn lines(invoice: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let lines = invoice["lines"].as_array().expect("lines").iter();
    lines.map(|line| (text(&line["kind"]), text(&line["amount"]))).collect()
}

fn are(lines: &[(String, String)], expected: &[(&str, &str)]) {
    let expected: Vec<_> =
        expected.iter().map(|(kind, amount)| ((*kind).to_owned(), (*amount).to_owned())).collect();
    assert_eq!(lines, expected);
}

#[test]
fn three_seats_and_three_passes_are_54_and_147_and_the_fee_is_on_the_passes_alone() {
    let with = [start_pass("2026-07-10T10:00:00Z")];
    let at = |as_of: &str, header: &Value| statement(&team(as_of, header, &json!(with)));
    let september = at("2026-10-10T00:00:00Z", &json!({}));
    let invoices = &september["invoices"];
    // Until 10 August: no fee on Kilo Pass yet.
    are(&lines(&invoices[0]), &[("seats", "54.00"), ("pass", "147.00")]);
    assert_eq!(invoices[0]["total"], "201.00");
    let pass = &invoices[0]["lines"][1];
    assert_eq!(
        (&pass["quantity"], &pass["unit_price"], &pass["tier"]),
        (&json!("3"), &json!("49.00"), &json!("pro"))
    );
    assert_eq!(pass["period"], json!({"start": "2026-07-10T00:00:00Z", "end": "2026-08-10T00:00:00Z"}));
    assert!(pass["time_share"].is_null(), "what began with the team is for its whole first cycle");
    // From 10 September on: 5 % of 147.
    are(&lines(&invoices[2]), &[("seats", "54.00"), ("pass", "147.00"), ("fee", "7.35")]);
    assert_eq!(invoices[2]["total"], "208.35");
    assert_eq!(september["current"]["next_charge"], "54.00", "seats alone, as ever");
    assert_eq!(september["current"]["next_invoice"]["total"], "208.35");
    assert_eq!(september["current"]["assumptions"], json!(["A20", "A22", "A25"]));
    let exempt = at("2026-10-10T00:00:00Z", &json!({"fee_exempt": true}));
    assert_eq!(exempt["invoices"][2]["total"], "201.00");
    let taxed = at("2026-10-10T00:00:00Z", &json!({"tax_rate": "0.10"}));
    assert_eq!(
        (&taxed["invoices"][2]["tax"], &taxed["invoices"][2]["total"]),
        (&json!("20.84"), &json!("229.19"))
    );
}

#[test]
fn enterprise_seats_by_the_month_or_the_year_and_passes_in_their_cadence() {
    let at = |seat: &str| {
        let with = json!([start_pass("2026-09-10T00:00:00Z")]);
        statement(&team("2026-09-10T00:00:00Z", &json!({"seat": seat}), &with))["current"].take()
    };
    let monthly = at("enterprise");
    // The running cycle began on that very day, so Kilo Pass is for all of it.
    are(&lines(&monthly["open_invoice"]), &[("seats", "216.00"), ("pass", "147.00"), ("fee", "7.35")]);
    assert_eq!(monthly["assumptions"], json!(["A20", "A21", "A22", "A25"]));
    let annual = at("enterprise-annual");
    assert_eq!(annual["cycle"]["end"], "2027-07-10T00:00:00Z");
    // 303 of 365 days of three passes at 588 dollars: 1,464.36, and 5 % of that.
    are(&lines(&annual["open_invoice"]), &[("seats", "2160.00"), ("pass", "1464.36"), ("fee", "73.22")]);
    assert_eq!(
        annual["open_invoice"]["lines"][1]["time_share"],
        json!({"milliseconds": 26_179_200_000_i64, "of": 31_536_000_000_i64})
    );
    assert_eq!(annual["balance"], "147.000000", "the month's base, not the year's");
    assert_eq!(annual["assumptions"], json!(["A20", "A21", "A22", "A23", "A24", "A25"]));
}

/// No random history lasts a year, so what a year's months bring is worked by hand.
#[test]
fn passes_by_the_year_bring_credits_month_by_month() {
    let at = |as_of: &str| {
        let with = json!([start_pass("2026-07-10T10:00:00Z")]);
        statement(&team(as_of, &json!({"seat": "annual"}), &with))["current"].take()
    };
    let first = at("2026-08-09T23:59:59Z");
    assert_eq!(first["cycle"]["end"], "2027-07-10T00:00:00Z");
    assert_eq!((&first["balance"], &first["pass"]["base"]), (&json!("147.000000"), &json!("147.000000")));
    let second = at("2026-08-10T00:00:00Z");
    assert_eq!((&second["balance"], &second["pass"]["base"]), (&json!("294.000000"), &json!("147.000000")));
    assert_eq!(
        second["pass"]["window"],
        json!({"start": "2026-08-10T00:00:00Z", "end": "2026-09-10T00:00:00Z"})
    );
    assert_eq!(at("2027-07-09T00:00:00Z")["balance"], "1764.000000", "twelve months");
}

#[test]
fn a_seat_more_brings_a_pass_for_the_rest_of_the_cycle() {
    // 15 days and 12 hours of 31 days remain from there on: half of a pass at 49, of its base and of its bonus.
    let with = json!([start_pass("2026-07-10T10:00:00Z"),
        {"at": "2026-07-25T12:00:00Z", "type": "add_seats", "count": 1}]);
    let current = statement(&team("2026-07-25T12:00:00Z", &json!({}), &with))["current"].take();
    let open = lines(&current["open_invoice"]);
    are(&open, &[("seats", "54.00"), ("pass", "147.00"), ("seats", "8.71"), ("pass", "24.50")]);
    assert_eq!(current["pass"]["passes"], 4);
    assert_eq!((&current["balance"], &current["pass"]["base"]), (&json!("171.500000"), &json!("171.500000")));
    assert_eq!(current["pass"]["bonus"]["amount"], "42.000000");
}

#[test]
fn the_bonus_is_there_once_the_base_is_spent_and_goes_with_the_month() {
    let pass = |as_of: &str, more: &[Value]| {
        let mut with = vec![start_pass("2026-07-10T10:00:00Z")];
        with.extend(more.iter().cloned());
        statement(&team(as_of, &json!({}), &json!(with)))["current"].take()
    };
    let before = pass("2026-07-21T00:00:00Z", &[spend("2026-07-20T00:00:00Z", 146)]);
    assert_eq!(
        (&before["balance"], &before["pass"]["bonus"]["unlocks_after"]),
        (&json!("1.000000"), &json!("1.000000"))
    );
    let just = pass("2026-07-21T00:00:00Z", &[spend("2026-07-20T00:00:00Z", 147)]);
    assert_eq!(
        (&just["balance"], &just["pass"]["bonus"]["unlocks_after"]),
        (&json!("36.000000"), &Value::Null)
    );
    let spent = [spend("2026-07-20T00:00:00Z", 146), spend("2026-07-21T00:00:00Z", 5)];
    let after = pass("2026-07-22T00:00:00Z", &spent);
    // The request that unlocks it is paid from the base: 147 - 151 + 36.
    assert_eq!(after["balance"], "32.000000");
    let bonus =
        json!({"amount": "36.000000", "unlocked": "36.000000", "left": "36.000000", "unlocks_after": null});
    assert_eq!(after["pass"]["bonus"], bonus);
    let mut more = spent.to_vec();
    more.push(spend("2026-07-23T00:00:00Z", 6));
    assert_eq!(pass("2026-08-09T23:59:59Z", &more)["balance"], "26.000000");
    let next = pass("2026-08-10T00:00:00Z", &more);
    // The bonus was spent first; the 30 that were left of it are gone, and 147 more have come.
    assert_eq!(next["balance"], "143.000000");
    assert_eq!(next["pass"]["bonus"]["left"], "0.000000");
}

#[test]
fn a_pass_ends_with_its_cycle_unless_it_is_resumed() {
    let cancelled = json!([start_pass("2026-07-10T10:00:00Z"),
        {"at": "2026-07-20T00:00:00Z", "type": "cancel_pass"},
        {"at": "2026-07-20T00:00:00Z", "type": "cancel_pass"},
        {"at": "2026-07-21T00:00:00Z", "type": "start_pass", "tier": "starter"}]);
    let running = statement(&team("2026-08-09T00:00:00Z", &json!({}), &cancelled));
    let refused = json!([{"event": 3, "reason": "no-pass"}, {"event": 4, "reason": "pass-already-active"}]);
    assert_eq!(running["refused"], refused);
    assert_eq!(
        (&running["current"]["pass"]["next_tier"], &running["current"]["next_invoice"]["total"]),
        (&Value::Null, &json!("54.00"))
    );
    let ended = statement(&team("2026-08-10T00:00:00Z", &json!({}), &cancelled))["current"].take();
    assert_eq!((&ended["pass"], &ended["balance"]), (&Value::Null, &json!("147.000000")));
    let mut resumed = cancelled.clone();
    resumed
        .as_array_mut()
        .expect("a list")
        .push(json!({"at": "2026-07-22T00:00:00Z", "type": "resume_pass"}));
    let goes_on = statement(&team("2026-08-10T00:00:00Z", &json!({}), &resumed))["current"].take();
    assert_eq!(goes_on["pass"]["next_tier"], "pro");
}

#[test]
fn credits_of_a_month_that_begins_while_a_payment_fails_wait_for_it() {
    let with = json!([start_pass("2026-07-10T10:00:00Z"),
        {"at": "2026-08-09T00:00:00Z", "type": "payment_failed"},
        {"at": "2026-08-11T00:00:00Z", "type": "payment_succeeded"}]);
    let at = |as_of: &str| statement(&team(as_of, &json!({}), &with))["current"].take();
    let failing = at("2026-08-10T00:00:00Z");
    assert_eq!((&failing["balance"], &failing["pass"]["held"]), (&json!("147.000000"), &json!("147.000000")));
    let paid = at("2026-08-11T00:00:00Z");
    assert_eq!((&paid["balance"], &paid["pass"]["held"]), (&json!("294.000000"), &json!("0.000000")));
    assert_eq!(paid["pass"]["bonus"]["amount"], "36.000000");
}

fn switch(at: &str, enabled: bool, amount: Option<&str>) -> Value {
    json!({"at": at, "type": "set_auto_top_up", "enabled": enabled, "amount": amount})
}

#[test]
fn switching_top_ups_on_buys_at_once_and_then_whenever_less_than_50_is_left() {
    let at =
        |as_of: &str, more: &[Value]| statement(&team(as_of, &json!({}), &json!(more)))["current"].take();
    let mut events = vec![switch("2026-07-11T00:00:00Z", true, Some("100"))];
    let on = at("2026-07-11T00:00:00Z", &events);
    are(&lines(&on["open_invoice"]), &[("seats", "54.00"), ("credits", "100.00"), ("fee", "5.00")]);
    assert_eq!(on["open_invoice"]["lines"][1]["automatic"], true);
    assert_eq!(on["auto_top_up"], json!({"amount": "100.00", "threshold": "50.00", "paused": false}));
    events.push(spend("2026-07-12T00:00:00Z", 50));
    assert_eq!(at("2026-07-12T00:00:00Z", &events)["balance"], "50.000000", "50 is not less than 50");
    events.push(spend("2026-07-13T00:00:00Z", 1));
    assert_eq!(at("2026-07-13T00:00:00Z", &events)["balance"], "149.000000");
    // Off and on again buys nothing by itself.
    events.push(switch("2026-07-14T00:00:00Z", false, None));
    events.push(spend("2026-07-15T00:00:00Z", 140));
    events.push(switch("2026-07-16T00:00:00Z", true, None));
    let again = at("2026-07-16T00:00:00Z", &events);
    assert_eq!((&again["balance"], &again["auto_top_up"]["amount"]), (&json!("9.000000"), &json!("500.00")));
    events.push(json!({"at": "2026-07-17T00:00:00Z", "type": "payment_failed"}));
    events.push(spend("2026-07-18T00:00:00Z", 1));
    let failing = at("2026-07-18T00:00:00Z", &events);
    assert_eq!((&failing["balance"], &failing["auto_top_up"]["paused"]), (&json!("8.000000"), &json!(true)));
    events.push(json!({"at": "2026-07-19T00:00:00Z", "type": "payment_succeeded"}));
    events.push(spend("2026-07-19T00:00:00Z", 1));
    assert_eq!(at("2026-07-19T00:00:00Z", &events)["balance"], "507.000000");
    let odd = [switch("2026-07-11T00:00:00Z", true, Some("250"))];
    let refused = statement(&team("2026-07-11T00:00:00Z", &json!({}), &json!(odd)))["refused"].take();
    assert_eq!(refused, json!([{"event": 1, "reason": "amount-not-offered"}]));
}

#[test]
fn advice_says_when_it_tops_up_and_how_often_until_the_renewal() {
    // 10 dollars a day since 10 July: on the 20th, 100 of 200 are left.
    let with = json!([{"at": "2026-07-10T10:00:00Z", "type": "buy_credits", "amount": "100"},
        switch("2026-07-10T10:00:00Z", true, Some("100")), spend("2026-07-11T00:00:00Z", 100)]);
    let scenario = team("2026-07-20T00:00:00Z", &json!({"tax_rate": "0.10"}), &with);
    let (ledger, at) = ledger!(scenario, Team);
    let advice = TeamAdvice::on(&ledger, at);
    assert_eq!(serde_json::to_value(&advice.assumptions).expect("JSON"), json!(["A20", "A26"]));
    let automatic = advice.automatic.expect("top-ups");
    // Below 50 after five days, and again ten days later, on 4 August; 14 August is beyond the renewal.
    assert_eq!(automatic.first_at.to_string(), "2026-07-25T00:00:00Z");
    assert_eq!((automatic.more, automatic.until.to_string().as_str()), (1, "2026-08-10T00:00:00Z"));
    // 100, a fee of 5 and 10 % tax.
    assert_eq!(
        (automatic.charge.to_string(), automatic.charges.to_string()),
        ("115.50".into(), "231.00".into())
    );
    let mut off = with;
    off.as_array_mut().expect("a list").push(switch("2026-07-19T00:00:00Z", false, None));
    let (ledger, at) = ledger!(team("2026-07-20T00:00:00Z", &json!({}), &off), Team);
    assert_eq!(TeamAdvice::on(&ledger, at).automatic, None);
}

#[test]
fn a_replay_has_the_passes_and_only_lists_that_sell_them() {
    let with = json!([start_pass("2026-07-10T10:00:00Z")]);
    let (ledger, at) = ledger!(team("2026-08-11T00:00:00Z", &json!({}), &with), Team);
    let replay = Replay::on(&ledger, Catalog::built_in(), at);
    let prices = replay.prices.iter().map(|price| (price.seat, price.total.to_string()));
    // Three seats at 18, or a month's share of 180, and three passes at 49 before they had a fee.
    let expected = [("monthly", "201.00"), ("annual", "192.00")];
    assert_eq!(prices.collect::<Vec<_>>(), expected.map(|(seat, total)| (seat, total.to_owned())));
}

#[test]
fn the_first_list_knows_nothing_of_all_this() {
    let error = |event: Value, header: &Value| {
        let mut scenario = team("2026-07-20T00:00:00Z", header, &json!([event]));
        scenario["edition"] = header["edition"].clone();
        Scenario::parse(scenario.to_string().as_bytes())
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    let first = json!({"edition": "kilo-2025"});
    let on = || switch("2026-07-11T00:00:00Z", true, None);
    for event in [
        start_pass("2026-07-11T00:00:00Z"),
        on(),
        json!({"at": "2026-07-11T00:00:00Z", "type": "cancel_pass"}),
    ] {
        let said = error(event, &first);
        assert!(said.contains("type: no-type-of-event(") && !said.contains("pass, "), "{said}");
    }
    let second = json!({"edition": "kilo-2026"});
    let gold = json!({"at": "2026-07-11T00:00:00Z", "type": "start_pass", "tier": "gold"});
    assert_eq!(
        error(gold, &second),
        "event-at(number: 1): tier: no-tier-of-pass(known: starter, pro, expert, text: gold)"
    );
    let unsaid = json!({"at": "2026-07-11T00:00:00Z", "type": "set_auto_top_up"});
    assert!(error(unsaid, &second).contains("enabled"));
    let exempt = json!({"edition": "kilo-2026", "fee_exempt": "yes"});
    assert_eq!(error(on(), &exempt), "fee_exempt: must-be-yes-or-no");
}
