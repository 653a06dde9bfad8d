//! Bugs that users of others reported in public: each must be impossible here.

use proof::statement;
use serde_json::{Value, json};

fn person(as_of: &str, events: &Value) -> Value {
    let mut list = vec![json!({"at": "2026-01-05T10:00:00Z", "type": "sign_up", "trial": false})];
    list.extend(events.as_array().expect("a list").iter().cloned());
    statement(&json!({"account": "kiro-individual", "as_of": as_of, "events": list}))
}

fn team(start: &str, as_of: &str, events: &Value) -> Value {
    let mut list = vec![json!({"at": start, "type": "start_team", "seats": 2})];
    list.extend(events.as_array().expect("a list").iter().cloned());
    let rates = json!({"m": {"input_per_million": "1.00", "output_per_million": "1.00"}});
    statement(
        &json!({"account": "kilo-teams", "as_of": as_of, "tax_rate": "0", "model_rates": rates, "events": list}),
    )
}

/// Every line of every invoice.
fn lines(statement: &Value) -> Vec<Value> {
    let invoices = statement["invoices"].as_array().expect("a list");
    invoices.iter().flat_map(|invoice| invoice["lines"].as_array().expect("lines").clone()).collect()
}

fn amounts(statement: &Value, kind: &str) -> Vec<String> {
    let of_kind = lines(statement).into_iter().filter(|line| line["kind"] == kind);
    of_kind.map(|line| line["amount"].as_str().expect("an amount").to_owned()).collect()
}

#[test]
fn kiro_9958_no_overage_comes_after_a_drop_to_free() {
    // Overage was on under Pro. After the drop to Free 182 credits are asked for; 50 are there.
    let statement = person(
        "2026-05-01T00:00:00Z",
        &json!([
            {"at": "2026-01-05T10:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-01-06T00:00:00Z", "type": "set_overage", "enabled": true},
            {"at": "2026-02-10T00:00:00Z", "type": "change_plan", "plan": "free"},
            {"at": "2026-03-01T00:00:00Z", "type": "usage", "credits": "50"},
            {"at": "2026-03-01T00:00:00Z", "type": "usage", "credits": "132"},
            {"at": "2026-03-02T00:00:00Z", "type": "set_overage", "enabled": true},
            {"at": "2026-04-01T00:00:00Z", "type": "usage", "credits": "182"},
            {"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1"},
        ]),
    );
    assert_eq!(amounts(&statement, "overage"), [""; 0]);
    assert_eq!(amounts(&statement, "subscription"), ["16.77", "20.00"], "January's 26 of 31 days, February");
    let reasons: Vec<_> = statement["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|refusal| (refusal["event"].as_u64().expect("an index"), refusal["reason"].clone()))
        .collect();
    let expected = [(5, "paused-at-limit"), (6, "overage-not-available"), (8, "paused-at-limit")];
    assert_eq!(reasons, expected.map(|(event, reason)| (event, json!(reason))));
}

#[test]
fn kiro_9847_a_paid_account_is_never_rated_as_free() {
    // 700 credits on the day after the payment, and 40 before it: all count against Pro's 1,000.
    let statement = person(
        "2026-01-20T00:00:00Z",
        &json!([
            {"at": "2026-01-06T00:00:00Z", "type": "usage", "credits": "40"},
            {"at": "2026-01-07T00:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-01-08T00:00:00Z", "type": "usage", "credits": "700"},
        ]),
    );
    let credits = &statement["current"]["credits"];
    assert_eq!(credits["plan"], json!({"allowance": "1000.00", "used": "740.00", "remaining": "260.00"}));
    assert_eq!((&credits["uncovered"], &statement["refused"]), (&json!("0.00"), &json!([])));
}

#[test]
fn kiro_8216_nobody_is_stuck_between_bonus_and_plan_credits() {
    // The bonus has 0.50 left, then nothing: the plan's credits take over within the task and after it.
    let scenario = json!({"account": "kiro-individual", "as_of": "2026-01-10T00:00:00Z", "events": [
        {"at": "2026-01-05T00:00:00Z", "type": "sign_up"},
        {"at": "2026-01-06T00:00:00Z", "type": "usage", "credits": "499.50"},
        {"at": "2026-01-06T01:00:00Z", "type": "usage", "credits": "1.25"},
        {"at": "2026-01-06T02:00:00Z", "type": "usage", "credits": "1"},
    ]});
    let statement = statement(&scenario);
    let credits = &statement["current"]["credits"];
    assert_eq!(statement["refused"], json!([]));
    assert_eq!(
        (&credits["bonus"]["used"], &credits["bonus"]["remaining"]),
        (&json!("500.00"), &json!("0.00"))
    );
    assert_eq!(credits["plan"]["used"], "1.75");
    assert_eq!(statement["current"]["paused"], false);
}

#[test]
fn kiro_9024_a_months_reset_does_not_end_the_trial() {
    let scenario = |as_of: &str| {
        statement(&json!({"account": "kiro-individual", "as_of": as_of, "events": [
            {"at": "2026-01-20T15:00:00Z", "type": "sign_up"},
            {"at": "2026-01-25T00:00:00Z", "type": "usage", "credits": "120"},
            {"at": "2026-02-10T00:00:00Z", "type": "usage", "credits": "80"},
        ]}))
    };
    let bonus = |as_of: &str| scenario(as_of)["current"]["credits"]["bonus"].clone();
    assert_eq!(bonus("2026-01-31T23:59:59Z")["remaining"], "380.00");
    assert_eq!(bonus("2026-02-01T00:00:00Z")["remaining"], "380.00", "the reset changes nothing");
    assert_eq!(bonus("2026-02-19T14:59:59Z")["remaining"], "300.00", "the last second of 30 × 24 h");
    assert_eq!(bonus("2026-02-19T15:00:00Z")["remaining"], "0.00");
}

#[test]
fn restrict_content_pro_1301_a_second_upgrade_credits_everything_paid() {
    // Day 15 of 30: Pro 10.00, Pro+ 20.00, Power 100.00. What is credited is what the plan left was
    // charged at, not the last difference.
    let statement = person(
        "2026-04-20T00:00:00Z",
        &json!([
            {"at": "2026-04-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
            {"at": "2026-04-16T09:00:00Z", "type": "change_plan", "plan": "pro-plus"},
            {"at": "2026-04-17T09:00:00Z", "type": "change_plan", "plan": "power"},
        ]),
    );
    assert_eq!(amounts(&statement, "subscription"), ["10.00", "20.00", "100.00"]);
    assert_eq!(amounts(&statement, "discount"), ["-10.00", "-20.00"]);
    let totals: Vec<_> = statement["invoices"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|invoice| invoice["total"].clone())
        .collect();
    assert_eq!(totals, ["10.00", "10.00", "80.00"]);
}

#[test]
fn kill_bill_127_an_account_of_the_31st_is_billed_every_month() {
    let statement = team("2026-01-31T08:00:00Z", "2027-01-31T00:00:00Z", &json!([]));
    let issued: Vec<_> = statement["invoices"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|invoice| invoice["issued_at"].as_str().expect("a moment")[..10].to_owned())
        .collect();
    assert_eq!(
        issued,
        [
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
            "2026-11-30",
            "2026-12-31",
            "2027-01-31"
        ]
    );
    assert!(amounts(&statement, "seats").iter().all(|amount| amount == "58.00"));
}

#[test]
fn lago_6194_a_clamped_start_does_not_shorten_its_period() {
    // The cycle that starts on 28 February ends on 31 March: 31 days, not the 28 to 28 March.
    let statement = team(
        "2026-01-31T08:00:00Z",
        "2026-03-01T00:00:00Z",
        &json!([{"at": "2026-03-01T00:00:00Z", "type": "add_seats", "count": 1}]),
    );
    let current = &statement["current"];
    assert_eq!(current["cycle"], json!({"start": "2026-02-28T00:00:00Z", "end": "2026-03-31T00:00:00Z"}));
    let added = &current["open_invoice"]["lines"][1];
    assert_eq!(added["prorated"], json!({"days": 30, "of": 31}));
    assert_eq!(added["amount"], "28.06", "29.00 × 30/31");
}

#[test]
fn lago_5740_events_of_one_second_are_each_billed_as_themselves() {
    let at = "2026-01-06T00:00:00Z";
    let usage = person(
        "2026-01-10T00:00:00Z",
        &json!([
            {"at": at, "type": "usage", "credits": "1", "id": "a"},
            {"at": at, "type": "usage", "credits": "2", "id": "b"},
            {"at": at, "type": "usage", "credits": "4", "id": "c"},
        ]),
    );
    assert_eq!(usage["current"]["credits"]["used"], "7.00");
    let seats = team(
        "2026-04-01T00:00:00Z",
        "2026-04-30T00:00:00Z",
        &json!([
            {"at": "2026-04-16T00:00:00Z", "type": "add_seats", "count": 1},
            {"at": "2026-04-16T00:00:00Z", "type": "add_seats", "count": 2},
            {"at": "2026-04-16T00:00:00Z", "type": "add_seats", "count": 4},
        ]),
    );
    let charged: Vec<_> = seats["current"]["open_invoice"]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["quantity"].clone(), line["amount"].clone()))
        .collect();
    let expected = [("2", "58.00"), ("1", "14.50"), ("2", "29.00"), ("4", "58.00")];
    assert_eq!(charged, expected.map(|(seats, amount)| (json!(seats), json!(amount))));
}

#[test]
fn lago_5569_negative_usage_is_refused_as_a_whole() {
    // Clipped to nothing it could be used again; here the file is bad input and nothing is computed.
    let file = |account: &str, event: &str| {
        let opening = if account == "kilo-teams" { r#""start_team","seats":1"# } else { r#""sign_up""# };
        format!(
            r#"{{"account":"{account}","as_of":"2026-02-01T00:00:00Z",
            "model_rates":{{"m":{{"input_per_million":"1","output_per_million":"1"}}}},
            "events":[{{"at":"2026-01-01T00:00:00Z","type":{opening}}},{{"at":"2026-01-02T00:00:00Z","type":"usage",{event}}}]}}"#
        )
    };
    for (account, event, place) in [
        ("kiro-individual", r#""credits":"-5""#, "event-at(number: 1): credits: must-be-positive(text: -5)"),
        (
            "kiro-individual",
            r#""auto_credits":"-0.01""#,
            "event-at(number: 1): auto_credits: must-be-positive(text: -0.01)",
        ),
        (
            "kilo-teams",
            r#""model":"m","input_tokens":-5,"output_tokens":1"#,
            "event-at(number: 1): input_tokens: must-be-whole(found: found-below-zero)",
        ),
    ] {
        let error = headroom_billing::Scenario::parse(file(account, event).as_bytes()).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with(place), "{error}");
    }
}

#[test]
fn lago_5522_a_preview_counts_every_day_the_charge_counts() {
    // Every hour of a month: the days of the preview are the days of the charge that follows.
    for day in 1..=30 {
        for hour in [0, 9, 23] {
            let at = format!("2026-04-{day:02}T{hour:02}:00:00Z");
            let events = json!([{"at": "2026-04-01T00:00:00Z", "type": "sign_up"}]);
            let mut scenario = json!({"account": "kiro-individual", "as_of": at, "events": events});
            let (preview, _) = proof::preview_and_replay(&scenario, "pro", &at);
            scenario["events"]
                .as_array_mut()
                .expect("a list")
                .push(json!({"at": at, "type": "change_plan", "plan": "pro"}));
            let charged = statement(&scenario)["invoices"][0].clone();
            assert_eq!(preview["charge_now"], charged, "{at}");
            let whole = 30 - day + i64::from(hour == 0);
            assert_eq!(charged["lines"][0]["prorated"], json!({"days": whole.max(1), "of": 30}), "{at}");
        }
    }
}
