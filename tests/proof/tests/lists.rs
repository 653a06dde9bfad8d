//! The price lists of 2026, named or each month's own (N1–N6): what the worked cases don't say.

use headroom_billing::{Catalog, Ledger, Lists, Scenario, Statement, Terms, organisation, person};
use headroom_exact::{Country, DayCount, Moment};
use proof::model::lists;
use proof::{cases, generate, preview_and_replay, prove, statement};
use proptest::prelude::*;
use serde_json::{Value, json};

fn scenario(edition: &str, as_of: &str, events: &Value) -> Value {
    json!({"account": "kiro-individual", "edition": edition, "as_of": as_of, "events": events})
}

/// The error of a scenario that is bad input.
fn refused(scenario: &Value) -> String {
    let json = scenario.to_string();
    Scenario::parse(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default()
}

fn signed_up(at: &str) -> Value {
    json!([{"at": at, "type": "sign_up"}])
}

#[test]
fn n2_both_days_of_may_hold_where_a_list_of_2026_is_named_and_the_list_before_knows_neither() {
    let bonus = |edition: &str, at: &str| {
        statement(&scenario(edition, "2026-05-20T00:00:00Z", &signed_up(at)))["current"]["credits"]["bonus"]
            .clone()
    };
    for edition in ["in-force", "kiro-2026-05", "kiro-2026-06", "kiro-2026-07"] {
        assert_eq!(bonus(edition, "2026-05-07T23:59:59Z")["granted"], "500.00", "{edition}");
        assert_eq!(bonus(edition, "2026-05-08T00:00:00Z"), Value::Null, "{edition}");
    }
    assert_eq!(bonus("kiro-2025-12", "2026-05-08T00:00:00Z")["granted"], "500.00");
    let range = |edition: &str, at: &str| {
        let (preview, _) =
            preview_and_replay(&scenario(edition, at, &signed_up("2026-05-01T00:00:00Z")), "pro", at);
        (
            preview["charge_range"]["low"].clone(),
            preview["charge_range"]["high"].clone(),
            preview["assumptions"].clone(),
        )
    };
    for edition in ["in-force", "kiro-2026-05", "kiro-2026-06", "kiro-2026-07"] {
        // 24 or 25 of 31 days; from the 8th on up to $20 less.
        let before = range(edition, "2026-05-07T23:59:59Z");
        assert_eq!(before, (json!("15.48"), json!("16.13"), json!([])), "{edition}");
        let from_then = range(edition, "2026-05-08T00:00:00Z");
        assert_eq!(from_then, (json!("0.00"), json!("15.48"), json!(["A1"])), "{edition}");
    }
    let then = range("kiro-2025-12", "2026-05-08T00:00:00Z");
    assert_eq!(then, (json!("15.48"), json!("15.48"), json!([])));
}

#[test]
fn n3_what_is_granted_is_no_more_than_the_first_payment_and_taxed_is_what_is_left() {
    let on = |granted: Option<&str>, plan: &str| {
        let mut events = signed_up("2026-08-01T00:00:00Z");
        let list = events.as_array_mut().expect("a list");
        list.extend(granted.map(
            |amount| json!({"at": "2026-08-02T00:00:00Z", "type": "first_payment_credit", "amount": amount}),
        ));
        let mut scenario = scenario("in-force", "2026-08-16T00:00:00Z", &events);
        scenario["country"] = "JP".into();
        preview_and_replay(&scenario, plan, "2026-08-16T00:00:00Z").0
    };
    let amounts = |preview: &Value| {
        let lines = preview["charge_now"]["lines"].as_array().expect("lines").clone();
        let amounts: Vec<_> = lines.into_iter().map(|mut line| line["amount"].take()).collect();
        json!([amounts, preview["charge_now"]["total"], preview["charge_range"], preview["assumptions"]])
    };
    // 16 of 31 days of $40: 20.65, of which 0.65 are left and taxed.
    let range = |low: &str, high: &str| json!({"low": low, "high": high});
    assert_eq!(amounts(&on(None, "pro-plus")), json!([["20.65"], "22.72", range("0.72", "22.72"), ["A1"]]));
    let stated = json!([["20.65", "-20.00"], "0.72", range("0.72", "0.72"), ["A1"]]);
    assert_eq!(amounts(&on(Some("20"), "pro-plus")), stated);
    let less = json!([["20.65", "-5.00"], "17.22", range("17.22", "17.22"), ["A1"]]);
    assert_eq!(amounts(&on(Some("5"), "pro-plus")), less, "what is stated counts, not what is usual");
    // Whose discount it is always stands there.
    let credit = on(Some("20"), "pro-plus")["charge_now"]["lines"][1].as_object().cloned();
    assert_eq!(credit.expect("a line").get("plan"), Some(&Value::Null));
    let more = json!([["10.32", "-10.32"], "0.00", range("0.00", "0.00"), ["A1"]]);
    assert_eq!(amounts(&on(Some("120"), "pro")), more, "what is more than the payment is gone");
}

#[test]
fn n3_is_stated_once_and_before_anything_was_paid() {
    let credit = |at: &str| json!({"at": at, "type": "first_payment_credit", "amount": "5"});
    let events = json!([{"at": "2026-06-01T00:00:00Z", "type": "sign_up"}, credit("2026-06-02T00:00:00Z"),
        credit("2026-06-03T00:00:00Z"), {"at": "2026-06-04T00:00:00Z", "type": "change_plan", "plan": "pro"},
        credit("2026-06-05T00:00:00Z"), {"at": "2026-06-06T00:00:00Z", "type": "change_plan", "plan": "free"},
        credit("2026-08-05T00:00:00Z")]);
    let statement = statement(&scenario("in-force", "2026-09-01T00:00:00Z", &events));
    let refused = [(2, "already-granted"), (4, "already-paid"), (6, "already-paid")];
    let refused = refused.map(|(event, reason)| json!({"event": event, "reason": reason}));
    assert_eq!(statement["refused"], json!(refused));
    let totals: Vec<_> =
        statement["invoices"].as_array().expect("invoices").iter().map(|invoice| &invoice["total"]).collect();
    assert_eq!(totals, ["13.00"], "27 of 30 days of $20, less $5, and nothing again");
    // Back on a paid plan nothing is granted a second time.
    let (preview, _) = preview_and_replay(
        &scenario("in-force", "2026-09-01T00:00:00Z", &events),
        "pro",
        "2026-09-01T00:00:00Z",
    );
    assert_eq!(preview["charge_range"], json!({"low": "20.00", "high": "20.00"}));
    assert_eq!(preview["assumptions"], json!([]));
}

#[test]
fn n2_a_plan_is_the_same_one_in_the_next_list() {
    // Power is the fourth plan of the first list and the fifth of the later ones.
    let events = json!([{"at": "2026-04-01T00:00:00Z", "type": "sign_up"},
        {"at": "2026-04-01T00:00:00Z", "type": "change_plan", "plan": "power"},
        {"at": "2026-05-31T23:59:59Z", "type": "usage", "credits": "9000"},
        {"at": "2026-06-10T00:00:00Z", "type": "change_plan", "plan": "pro-max"}]);
    let june = statement(&scenario("in-force", "2026-06-10T00:00:00Z", &events));
    let current = &june["current"];
    assert_eq!(
        (&current["plan"], &current["next_plan"]),
        (&json!("power"), &json!("pro-max")),
        "a step down"
    );
    assert_eq!(current["credits"]["plan"]["allowance"], "10000.00");
    assert_eq!(current["next_charge"]["total"], "100.00");
    let july = statement(&scenario("in-force", "2026-07-01T00:00:00Z", &events));
    assert_eq!(july["current"]["plan"], "pro-max");
    assert_eq!(july["current"]["credits"]["packs"], json!([]), "from July on there are packs");
}

#[test]
fn n6_the_switch_goes_off_where_packs_take_its_place_and_what_was_overage_is_charged() {
    let events = json!([{"at": "2026-06-01T00:00:00Z", "type": "sign_up"},
        {"at": "2026-06-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-06-02T00:00:00Z", "type": "set_overage", "enabled": true},
        {"at": "2026-06-30T23:59:59Z", "type": "usage", "credits": "1250"}]);
    let june = statement(&scenario("in-force", "2026-06-30T23:59:59Z", &events));
    assert_eq!(june["current"]["credits"]["overage"]["charge"], "10.00");
    assert_eq!(june["current"]["next_charge"]["total"], "30.00");
    let july = statement(&scenario("in-force", "2026-07-01T00:00:00Z", &events));
    assert_eq!(
        july["invoices"][1], june["current"]["next_charge"],
        "the boundary charges what it said it would"
    );
    assert_eq!(july["current"]["credits"]["overage"]["enabled"], false);
    // Under one list for all months it stays on.
    let named = statement(&scenario("kiro-2026-06", "2026-07-01T00:00:00Z", &events));
    assert_eq!(named["current"]["credits"]["overage"]["enabled"], true);
}

#[test]
fn n1_an_event_is_one_of_the_list_of_its_cycle_also_after_the_moment_asked_about() {
    let with = |edition: &str, event: Value| {
        scenario(
            edition,
            "2026-04-02T00:00:00Z",
            &json!([{"at": "2026-04-01T00:00:00Z", "type": "sign_up"}, event]),
        )
    };
    let pro_max = |at: &str| json!({"at": at, "type": "change_plan", "plan": "pro-max"});
    let pack = |at: &str| json!({"at": at, "type": "buy_credits", "amount": "5"});
    let credit = |at: &str| json!({"at": at, "type": "first_payment_credit", "amount": "5"});
    for (event, from) in [(pro_max as fn(&str) -> Value, "2026-06"), (pack, "2026-07"), (credit, "2026-05")] {
        assert_eq!(refused(&with("in-force", event(&format!("{from}-01T00:00:00Z")))), "");
        // Still the day before by UTC.
        let before = refused(&with("in-force", event(&format!("{from}-01T00:59:59+01:00"))));
        assert!(before.starts_with("event-at(number: 1): "), "{before}");
        assert!(!refused(&with("kiro-2025-12", event("2027-01-01T00:00:00Z"))).is_empty());
    }
    let message = refused(&with("kiro-2026-05", pack("2026-05-01T00:00:00Z")));
    assert_eq!(
        message,
        "event-at(number: 1): type: no-type-of-event(known: [sign_up, change_plan, set_overage, usage, \
         first_payment_credit, grant, own_limit, opening_balance], text: buy_credits)"
    );
    let mut ended = pack("2026-07-01T00:00:00Z");
    ended["expires_at"] = "2026-07-01T02:00:00+02:00".into();
    let message = refused(&with("in-force", ended));
    assert!(message.starts_with("event-at(number: 1): expires_at: must-be-later("), "{message}");
    for (amount, what) in
        [("0", "positive"), ("-5", "positive"), ("5.001", "two-decimals"), ("5.000", "two-decimals")]
    {
        let event = json!({"at": "2026-07-01T00:00:00Z", "type": "first_payment_credit", "amount": amount});
        assert!(refused(&with("in-force", event)).contains(what), "{amount}");
    }
}

#[test]
fn a_list_is_named_by_its_id_and_each_months_own_are_for_one_person() {
    let unknown =
        refused(&scenario("kiro-2027-01", "2026-07-02T00:00:00Z", &signed_up("2026-07-01T00:00:00Z")));
    let known = "[kiro-2025-12, kiro-2026-05, kiro-2026-06, kiro-2026-07, in-force]";
    assert_eq!(unknown, format!("edition: no-list-of-this-kind(known: {known}, text: kiro-2027-01)"));
    let organisation = json!({"account": "kiro-enterprise", "edition": "in-force", "as_of": "2026-07-02T00:00:00Z",
        "events": [{"at": "2026-07-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro"}]});
    let refused = refused(&organisation);
    assert!(
        refused.starts_with("edition: no-list-of-this-kind(") && refused.ends_with("text: in-force)"),
        "{refused}"
    );
}

#[test]
fn an_organisation_has_pro_max_from_june_2026_and_overage_under_every_list() {
    let month = |edition: &str| {
        json!({"account": "kiro-enterprise", "edition": edition, "as_of": "2026-08-01T00:00:00Z", "events": [
            {"at": "2026-07-01T00:00:00Z", "type": "set_overage", "profile": "A", "enabled": true},
            {"at": "2026-07-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro-max"},
            {"at": "2026-07-02T00:00:00Z", "type": "usage", "profile": "A", "user": "ann", "credits": "5100"}]})
    };
    assert!(refused(&month("kiro-2026-05")).contains("plan: no-plan-for-organisations("));
    for edition in ["kiro-2026-06", "kiro-2026-07"] {
        assert_eq!(statement(&month(edition))["invoices"][0]["total"], "104.00", "{edition}");
    }
}

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn in_force() -> Terms {
    let catalog = Catalog::built_in();
    Terms {
        catalog,
        lists: Lists::InForce(catalog),
        country: Country::UNITED_STATES,
        tax_rate: None,
        day_count: DayCount::default(),
    }
}

#[test]
fn a_plan_that_the_list_of_the_month_lacks_is_refused_whoever_asks() {
    // A scenario that says so is bad input; events that come from elsewhere are judged.
    let pro_max = Catalog::built_in().edition("kiro-2026-07").and_then(|list| list.plan_named("pro-max"));
    let events = [
        ("2026-05-01T00:00:00Z", person::Action::SignUp { trial: true }),
        ("2026-05-02T00:00:00Z", person::Action::ChangePlan(pro_max.expect("a plan").rank)),
    ];
    let events = events.into_iter().enumerate();
    let events = events.map(|(position, (at, action))| person::Event { at: moment(at), position, action });
    let timeline = person::Timeline::new(moment("2026-07-01T00:00:00Z"), in_force(), events.collect());
    let statement = serde_json::to_value(Statement::of(&timeline).expect("a statement")).expect("JSON");
    assert_eq!(statement["refused"], json!([{"event": 1, "reason": "plan-not-offered"}]));
    assert_eq!((&statement["invoices"], &statement["current"]["plan"]), (&json!([]), &json!("free")));
    assert_eq!(timeline.edition().list.id, "kiro-2026-07");
}

#[test]
fn an_organisations_month_goes_by_its_own_list_too() {
    let pro = Catalog::built_in().default_edition().plan_named("pro").expect("a plan").rank;
    let seat = organisation::Seat { profile: "A".into(), user: "ann".into() };
    let action = organisation::Action::Assign { seat, group: "".into(), plan: pro };
    let events = vec![organisation::Event { at: moment("2026-05-02T00:00:00Z"), position: 0, action }];
    let timeline = organisation::Timeline::new(moment("2026-07-01T00:00:00Z"), in_force(), events);
    let list = |at: &str| {
        let ledger: organisation::Ledger = Ledger::fold(&timeline, moment(at)).expect("a ledger");
        ledger.account.edition().list.id.as_str()
    };
    assert_eq!(list("2026-05-31T23:59:59Z"), "kiro-2026-05");
    assert_eq!(list("2026-07-01T00:00:00Z"), "kiro-2026-07");
}

#[test]
fn before_a_month_has_ended_a_replay_has_the_plans_of_the_running_one() {
    let at = "2026-06-15T00:00:00Z";
    let (_, replay) =
        preview_and_replay(&scenario("in-force", at, &signed_up("2026-06-01T00:00:00Z")), "pro", at);
    let plans: Vec<_> = replay["plans"].as_array().expect("plans").iter().map(|plan| &plan["plan"]).collect();
    assert_eq!(plans, ["pro", "pro-plus", "pro-max", "power"]);
    assert_eq!(replay["cheapest"], Value::Null);
}

#[test]
fn what_is_written_as_a_scenario_is_read_again_as_the_same() {
    prove(&generate::person_of_lists(), cases(500), 29, |scenario| {
        if !lists::is_readable(&scenario) {
            return Ok(());
        }
        let json = scenario.to_string();
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a person: {json}")
        };
        let timeline = &sourced.timeline;
        let events = timeline.events().iter();
        let written = person::scenario::write(&timeline.terms, timeline.as_of, events);
        let (before, after) = (statement(&scenario), statement(&written));
        prop_assert_eq!(&before["invoices"], &after["invoices"], "{:#}", written);
        prop_assert_eq!(&before["current"], &after["current"], "{:#}", written);
        Ok(())
    });
}

#[test]
fn a_catalogue_whose_lists_contradict_each_other_is_refused() {
    let text = include_str!("../../../src-tauri/crates/billing/data/catalog.toml");
    let refused = |text: &str| Catalog::parse(text).err().map(|error| error.to_string()).unwrap_or_default();
    let later = text.replacen("in_force_from = \"2026-06-01\"", "in_force_from = \"2026-05-01\"", 1);
    assert_eq!(refused(&later), "edition kiro-2026-06: in_force_from: catalog-not-after");
    let (before, july) = text.split_once("id = \"kiro-2026-07\"").expect("it is there");
    let without = july.replacen("id = \"pro-max\"", "id = \"max\"", 1);
    assert_eq!(
        refused(&format!("{before}id = \"kiro-2026-07\"{without}")),
        "edition kiro-2026-07: catalog-plan-gone(plan: pro-max)"
    );
    let swapped =
        july.replacen("id = \"pro\"", "id = \"x\"", 1).replacen("id = \"pro-plus\"", "id = \"pro\"", 1);
    let swapped = swapped.replacen("id = \"x\"", "id = \"pro-plus\"", 1);
    assert_eq!(
        refused(&format!("{before}id = \"kiro-2026-07\"{swapped}")),
        "edition kiro-2026-07: pro: catalog-plan-not-in-order"
    );
}
