//! Add-on packs (N4, N5), and Kilo's price list of 2026.

use proof::statement;
use serde_json::{Value, json};

/// One person under the price list of July 2026, on Pro from the start of July.
fn person(as_of: &str, events: &Value) -> Value {
    let mut list = vec![
        json!({"at": "2026-07-01T00:00:00Z", "type": "sign_up", "trial": false}),
        json!({"at": "2026-07-01T00:00:00Z", "type": "change_plan", "plan": "pro"}),
    ];
    list.extend(events.as_array().expect("a list").iter().cloned());
    statement(
        &json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": as_of, "events": list}),
    )
}

fn packs(statement: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("credits").to_owned();
    statement["current"]["credits"]["packs"]
        .as_array()
        .expect("a list of packs")
        .iter()
        .map(|pack| (text(&pack["used"]), text(&pack["remaining"])))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(used, left)| ((*used).to_owned(), (*left).to_owned())).collect()
}

#[test]
fn five_dollars_buy_125_credits_charged_at_once() {
    let statement = person(
        "2026-07-10T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "4.99"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-03T00:00:00Z", "type": "set_overage", "enabled": true},
        ]),
    );
    assert_eq!(
        statement["refused"],
        json!([{"event": 2, "reason": "amount-not-offered"}, {"event": 4, "reason": "overage-not-available"}])
    );
    let invoice = &statement["invoices"][1];
    assert_eq!((&invoice["issued_at"], &invoice["total"]), (&json!("2026-07-02T00:00:00Z"), &json!("5.00")));
    assert_eq!(
        invoice["lines"],
        json!([{"kind": "credits", "amount": "5.00", "quantity": "125.00", "unit_price": "0.04",
            "charged_at": "2026-07-02T00:00:00Z"}])
    );
}

#[test]
fn packs_follow_the_plan_and_the_one_that_expires_first_goes_first() {
    let bought = json!([
        {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"},
        {"at": "2026-07-03T00:00:00Z", "type": "buy_credits", "amount": "8", "expires_at": "2026-09-01T00:00:00Z"},
        {"at": "2026-07-04T00:00:00Z", "type": "buy_credits", "amount": "10", "expires_at": "2026-08-01T00:00:00Z"},
        {"at": "2026-07-10T00:00:00Z", "type": "usage", "credits": "1300"},
    ]);
    // In the order they are used: to August (250), to September (200), without end (125).
    let july = person("2026-07-20T00:00:00Z", &bought);
    assert_eq!(packs(&july), pairs(&[("250.00", "0.00"), ("50.00", "150.00"), ("0.00", "125.00")]));
    let credits = &july["current"]["credits"];
    assert_eq!((&credits["used"], &credits["plan"]["used"]), (&json!("1300.00"), &json!("1000.00")));
    assert_eq!(credits["overage"], json!({"enabled": false, "credits": "0.00", "charge": "0.00"}));
    // The next month they last as long as they are there.
    let mut more = bought.as_array().expect("a list").clone();
    more.push(json!({"at": "2026-08-31T23:59:59Z", "type": "usage", "credits": "1010"}));
    more.push(json!({"at": "2026-09-01T00:00:00Z", "type": "usage", "credits": "1001"}));
    let september = person("2026-09-02T00:00:00Z", &json!(more));
    assert_eq!(packs(&september), pairs(&[("250.00", "0.00"), ("60.00", "0.00"), ("1.00", "124.00")]));
    let lines = september["invoices"].as_array().expect("a list").iter().flat_map(|invoice| {
        invoice["lines"].as_array().expect("lines").iter().map(|line| line["kind"].clone())
    });
    assert!(lines.into_iter().all(|kind| kind != "overage"), "nothing is charged afterwards");
}

#[test]
fn an_upgrade_gives_back_what_the_plan_now_covers() {
    // K10 with packs: 1,100 used on Pro took 100 from the pack; on Pro+ the plan covers it all.
    let upgrade = |more: &Value| {
        let mut events = vec![
            json!({"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "8"}),
            json!({"at": "2026-07-05T00:00:00Z", "type": "usage", "credits": "1100"}),
        ];
        events.extend(more.as_array().expect("a list").iter().cloned());
        person("2026-07-20T00:00:00Z", &json!(events))
    };
    assert_eq!(packs(&upgrade(&json!([]))), pairs(&[("100.00", "100.00")]));
    let change = json!([{"at": "2026-07-06T00:00:00Z", "type": "change_plan", "plan": "pro-plus"}]);
    assert_eq!(packs(&upgrade(&change)), pairs(&[("0.00", "200.00")]));
}

#[test]
fn a_pack_bought_later_does_not_pay_for_earlier_tasks() {
    // The first task ran beyond the plan with nothing there: it stays uncovered when a pack comes, and
    // when an upgrade rates the month again.
    let statement = person(
        "2026-07-20T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "usage", "credits": "2300"},
            {"at": "2026-07-03T00:00:00Z", "type": "usage", "credits": "1"},
            {"at": "2026-07-04T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-05T00:00:00Z", "type": "usage", "credits": "10"},
            {"at": "2026-07-06T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        ]),
    );
    assert_eq!(statement["refused"], json!([{"event": 3, "reason": "paused-at-limit"}]));
    assert_eq!(statement["current"]["credits"]["uncovered"], "300.00");
    assert_eq!(packs(&statement), pairs(&[("10.00", "115.00")]));
}

#[test]
fn a_pack_of_the_same_moment_covers_only_what_comes_after_it() {
    // Everything at one moment, in this order: the first task is not covered by the pack, not even when it is rated again.
    let statement = person(
        "2026-07-20T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "usage", "credits": "2300"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-02T00:00:00Z", "type": "usage", "credits": "10"},
            {"at": "2026-07-02T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        ]),
    );
    assert_eq!(statement["current"]["credits"]["uncovered"], "300.00");
    assert_eq!(packs(&statement), pairs(&[("10.00", "115.00")]));
}

#[test]
fn a_pack_that_ended_between_two_tasks_covers_the_first_when_the_month_is_rated_again() {
    let statement = person(
        "2026-07-20T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5", "expires_at": "2026-07-06T00:00:00Z"},
            {"at": "2026-07-03T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-05T23:59:59Z", "type": "usage", "credits": "2030"},
            {"at": "2026-07-06T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-06T00:00:00Z", "type": "usage", "credits": "20"},
            {"at": "2026-07-07T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        ]),
    );
    // On Pro the first task emptied both packs there were. On Pro+ it needs 30 of the first; the second task finds that ended.
    assert_eq!(packs(&statement), pairs(&[("30.00", "0.00"), ("20.00", "105.00"), ("0.00", "125.00")]));
    assert_eq!(statement["current"]["credits"]["uncovered"], "0.00");
}

#[test]
fn a_preview_says_what_it_assumes_of_packs_that_covered_something_and_of_no_others() {
    let assumptions = |used: &str, plan: &str| {
        let events = json!([
            {"at": "2026-06-01T00:00:00Z", "type": "sign_up"},
            {"at": "2026-06-02T00:00:00Z", "type": "change_plan", "plan": "pro-plus"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "10"},
            {"at": "2026-07-03T00:00:00Z", "type": "usage", "credits": used},
        ]);
        let at = "2026-07-20T00:00:00Z";
        let scenario =
            json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": at, "events": events});
        proof::preview_and_replay(&scenario, plan, at).0["assumptions"].clone()
    };
    assert_eq!(assumptions("2100", "pro-max"), json!(["A2"]));
    assert_eq!(assumptions("2100", "pro"), json!([]), "a step down rates nothing again");
    assert_eq!(assumptions("2000", "pro-max"), json!([]), "the plan covered it all");
}

#[test]
fn on_free_what_is_left_of_a_pack_can_be_used_and_none_is_sold() {
    let statement = person(
        "2026-08-20T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"},
            {"at": "2026-07-03T00:00:00Z", "type": "change_plan", "plan": "free"},
            {"at": "2026-08-02T00:00:00Z", "type": "usage", "credits": "60"},
            {"at": "2026-08-03T00:00:00Z", "type": "buy_credits", "amount": "5"},
        ]),
    );
    assert_eq!(packs(&statement), pairs(&[("10.00", "115.00")]));
    assert_eq!(
        (&statement["current"]["plan"], &statement["current"]["paused"]),
        (&json!("free"), &json!(false))
    );
    assert_eq!(statement["refused"], json!([{"event": 5, "reason": "packs-not-available"}]));
}

#[test]
fn what_a_month_took_from_a_pack_stays_taken() {
    let statement = person(
        "2026-08-20T00:00:00Z",
        &json!([
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "8"},
            {"at": "2026-07-05T00:00:00Z", "type": "usage", "credits": "1100"},
            {"at": "2026-08-05T00:00:00Z", "type": "usage", "credits": "1020"},
            {"at": "2026-08-06T00:00:00Z", "type": "change_plan", "plan": "pro-max"},
        ]),
    );
    assert_eq!(packs(&statement), pairs(&[("100.00", "100.00")]), "August's 20 come back, July's 100 don't");
    assert_eq!(statement["current"]["credits"]["plan"]["allowance"], "5000.00");
    let last = statement["invoices"].as_array().and_then(|list| list.last()).expect("an invoice");
    assert_eq!(last["total"], "80.00", "Pro Max at $100 less Pro at $20");
}

#[test]
fn packs_are_for_paid_plans() {
    let scenario = json!({"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-07-20T00:00:00Z",
        "events": [{"at": "2026-07-01T00:00:00Z", "type": "sign_up"},
            {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"}]});
    assert_eq!(statement(&scenario)["refused"], json!([{"event": 1, "reason": "packs-not-available"}]));
}

#[test]
fn the_first_price_list_knows_nothing_of_packs() {
    let file = r#"{"account": "kiro-individual", "as_of": "2026-07-20T00:00:00Z", "events": [
        {"at": "2026-07-01T00:00:00Z", "type": "sign_up"},
        {"at": "2026-07-02T00:00:00Z", "type": "buy_credits", "amount": "5"}]}"#;
    let error = headroom_billing::Scenario::parse(file.as_bytes()).err().map(|error| error.to_string());
    assert!(error.unwrap_or_default().starts_with("event-at(number: 1): type: no-type-of-event("));
}

#[test]
fn kilo_2026_seats_by_the_month_or_the_year_and_a_fee_on_credits() {
    let team = |seat: &str, as_of: &str| {
        statement(
            &json!({"account": "kilo-teams", "edition": "kilo-2026", "as_of": as_of, "tax_rate": "0.10",
            "events": [
                {"at": "2026-03-10T10:00:00Z", "type": "start_team", "seats": 3, "seat": seat},
                {"at": "2026-03-12T00:00:00Z", "type": "buy_credits", "amount": "50"},
                {"at": "2026-03-12T00:00:00Z", "type": "buy_credits", "amount": "1000.10"},
            ]}),
        )
    };
    let monthly = team("monthly", "2026-04-10T00:00:00Z");
    let invoice = &monthly["invoices"][0];
    let amounts: Vec<_> = invoice["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["kind"].clone(), line["amount"].clone()))
        .collect();
    let expected =
        [("seats", "54.00"), ("credits", "50.00"), ("fee", "2.50"), ("credits", "1000.10"), ("fee", "50.01")];
    assert_eq!(amounts, expected.map(|(kind, amount)| (json!(kind), json!(amount))));
    assert_eq!(invoice["lines"][2]["charged_at"], "2026-03-12T00:00:00Z");
    assert_eq!((&invoice["subtotal"], &invoice["tax"]), (&json!("1156.61"), &json!("115.66")));
    assert_eq!(monthly["current"]["balance"], "1050.100000", "the fee buys nothing");
    let annual = team("annual", "2026-04-10T00:00:00Z");
    assert_eq!(annual["invoices"], json!([]));
    assert_eq!(
        annual["current"]["cycle"],
        json!({"start": "2026-03-10T00:00:00Z", "end": "2027-03-10T00:00:00Z"})
    );
    assert_eq!(annual["current"]["next_charge"], "540.00");
}
