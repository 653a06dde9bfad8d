//! What-if computes by the engine alone: what it says is what the contract's statement says of the scenario it saves.

use crate::choices::{cheapest, choice, covers};
use acceptance::{Desk, headroom};
use headroom_app::answers::{AccountNumber, ChoiceAsked, PlanRefusal, PlannedChange, WhatIf, WhatIfView};
use serde_json::Value;

const NOW: &str = "2026-11-21T10:30:00Z";

pub(crate) fn pro(desk: &Desk, overage: bool) -> AccountNumber {
    let account = desk.facts(&format!(
        r#"{{"plan": "pro", "first_paid_on": "2026-08-15", "country": "JP", "overage_enabled": {overage}}}"#
    ));
    desk.usage(&[("2026-11-02T09:00:00Z", "310.00"), ("2026-11-20T09:00:00Z", "290.00")]);
    account
}

pub(crate) fn ask(desk: &Desk, account: AccountNumber, question: &WhatIf) -> WhatIfView {
    desk.headroom.what_if(account, question).expect("an answer")
}

pub(crate) fn supposing(until: &str, a_day: &str, changes: &[(&str, Option<&str>, Option<bool>)]) -> WhatIf {
    let change = |(on, plan, overage): &(&str, Option<&str>, Option<bool>)| PlannedChange {
        on: (*on).to_owned(),
        plan: plan.map(str::to_owned),
        overage: *overage,
    };
    WhatIf {
        opened: false,
        until: Some(until.to_owned()),
        a_day: Some(a_day.to_owned()),
        changes: changes.iter().map(change).collect(),
        packs: false,
        choice: None,
    }
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} in {value}"))
}

#[test]
fn the_saved_scenario_comes_to_the_same_by_the_contract() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    for question in [
        supposing("2026-11-30", "20", &[]),
        supposing("2026-11-30", "75.55", &[]),
        supposing("2027-02-10", "60", &[("2026-11-25", Some("pro-plus"), None)]),
        supposing(
            "2027-01-31",
            "90",
            &[("2026-12-05", Some("power"), None), ("2026-12-20", Some("free"), None)],
        ),
        supposing("2026-12-31", "80", &[("2026-11-22", None, Some(false))]),
        supposing("2026-11-21", "1000", &[]),
    ] {
        let view = ask(&desk, account, &question);
        let export = desk.headroom.export_what_if(account, &question).expect("a scenario");
        let run = headroom(&["simulate", "-"], &export.bytes);
        assert_eq!(run.status, 0, "{}", run.errors);
        let statement: Value = serde_json::from_str(&run.output).expect("JSON");
        let next = view.chosen.next_charge.as_ref();
        let stated = &statement["current"]["next_charge"];
        assert_eq!(next.map(|next| next.total.as_str()), stated["total"].as_str(), "{question:?}");
        let charged: Vec<_> = view.chosen.invoices.iter().map(|invoice| invoice.total.as_str()).collect();
        let invoices = statement["invoices"].as_array().expect("invoices");
        let since: Vec<_> = invoices
            .iter()
            .filter(|invoice| text(invoice, "/issued_at") > NOW)
            .map(|invoice| text(invoice, "/total"))
            .collect();
        assert_eq!(charged, since, "{question:?}");
        let plan = text(&statement, "/current/plan");
        assert_eq!(view.chosen.plan, plan);
        assert_eq!(
            view.chosen.left.as_deref(),
            Some(text(&statement, "/current/credits/plan/remaining")),
            "no bonus here"
        );
    }
}

#[test]
fn the_day_on_which_the_credits_end_and_what_is_charged_for_more() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    // 400 are left; half of today and then 100 a day.
    let paused = ask(&desk, account, &supposing("2026-11-30", "100", &[])).chosen;
    assert_eq!((paused.run_out_on.as_deref(), paused.pauses), (Some("2026-11-25"), true));
    assert_eq!((paused.overage_credits.as_deref(), paused.charged.as_str()), (Some("0.00"), "0.00"));
    assert_eq!(paused.unserved.as_deref(), Some("556.25"), "9 days and 13.5 hours of 100 a day less 400");
    let on = supposing("2026-11-30", "100", &[("2026-11-21", None, Some(true))]);
    let charged = ask(&desk, account, &on).chosen;
    assert_eq!((charged.run_out_on.as_deref(), charged.pauses), (Some("2026-11-25"), false));
    assert_eq!(
        (charged.overage_credits.as_deref(), charged.unserved.as_deref()),
        (Some("556.25"), Some("0.00"))
    );
    let next = charged.next_charge.expect("a charge");
    assert_eq!(next.lines[0].amount, "22.25");
    let days = ask(&desk, account, &supposing("2026-11-23", "100", &[])).chosen.days;
    let left: Vec<_> = days.iter().map(|day| (day.date.as_str(), day.left.as_str())).collect();
    assert_eq!(left, [("2026-11-21", "343.75"), ("2026-11-22", "243.75"), ("2026-11-23", "143.75")]);
}

#[test]
fn a_question_that_can_not_be_is_refused_in_words() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    for (question, words) in [
        (
            supposing("2026-11-20", "1", &[]),
            "Day: 20 November 2026 is not between 21 November 2026 and 21 November 2027",
        ),
        (supposing("2028-01-01", "1", &[]), "Day: 1 January 2028 is not between"),
        (supposing("tomorrow", "1", &[]), "Day: \"tomorrow\" is no date"),
        (supposing("2026-11-30", "-1", &[]), "Credits a day: \"-1\" is no amount from 0"),
        (supposing("2026-11-30", "many", &[]), "Credits a day: \"many\""),
        (supposing("2026-11-30", "99999999", &[]), "Credits a day: \"99999999\""),
        (supposing("2026-11-30", "1", &[("2026-11-22", Some("gold"), None)]), "Plan: \"gold\" is no plan"),
        (
            supposing("2026-11-30", "1", &[("2026-11-01", None, Some(true))]),
            "Change: 1 November 2026 is not between",
        ),
    ] {
        let error = desk.headroom.what_if(account, &question).expect_err("refused");
        assert!(error.to_string().starts_with(words), "{error}");
    }
    let free = ask(
        &desk,
        account,
        &supposing(
            "2026-12-31",
            "1",
            &[("2026-11-22", Some("free"), None), ("2026-12-02", None, Some(true))],
        ),
    );
    assert_eq!(free.chosen.refused, Some(PlanRefusal::NoOverage));
}

#[test]
fn questions_are_kept_by_name_and_a_scenario_is_opened_and_asked() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, true);
    let question = supposing("2026-12-31", "42", &[("2026-11-25", Some("pro-plus"), Some(true))]);
    desk.headroom.save_what_if(account, " Bigger ", &question).expect("kept");
    // Which choice was looked at is none of it.
    let looking = ChoiceAsked { plan: "power".to_owned(), overage: false, packs: false };
    let looking = WhatIf { choice: Some(looking), ..question.clone() };
    desk.headroom.save_what_if(account, "Bigger", &looking).expect("replaced");
    let saved = ask(&desk, account, &WhatIf::default()).saved;
    assert_eq!(saved.len(), 1);
    assert_eq!((saved[0].name.as_str(), &saved[0].question), ("Bigger", &question));
    desk.headroom.save_what_if(account, "", &question).expect_err("no name");
    desk.headroom.forget_what_if(account, "Bigger").expect("forgotten");
    assert!(ask(&desk, account, &WhatIf::default()).saved.is_empty());

    let path = desk.folder().join("mine.json");
    std::fs::write(
        &path,
        r#"{"account": "kiro-individual", "as_of": "2026-04-20T00:00:00Z", "events": [
        {"at": "2026-04-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-04-01T00:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-04-10T00:00:00Z", "type": "usage", "credits": "950"}]}"#,
    )
    .expect("written");
    desk.headroom.open_what_if(&path).expect("opened");
    let opened = ask(&desk, account, &WhatIf { opened: true, ..WhatIf::default() });
    assert_eq!((opened.of.as_str(), opened.opened), ("mine.json", true));
    assert_eq!((opened.earliest.as_str(), opened.until.as_str()), ("2026-04-20", "2026-04-30"));
    assert_eq!(opened.a_day, "50.00", "950 in 19 days");
    assert_eq!(opened.chosen.run_out_on.as_deref(), Some("2026-04-20"));
    for (name, body, words) in [
        ("none.json", None, "none.json"),
        ("broken.json", Some("{"), "broken.json"),
        (
            "team.json",
            Some(
                r#"{"account": "kilo-teams", "as_of": "2026-04-20T00:00:00Z", "events": [{"at": "2026-04-01T00:00:00Z", "type": "start_team", "seats": 1}]}"#,
            ),
            "is not of one person",
        ),
    ] {
        let path = desk.folder().join(name);
        if let Some(body) = body {
            std::fs::write(&path, body).expect("written");
        }
        let error = desk.headroom.open_what_if(&path).expect_err("refused");
        assert!(error.to_string().contains(words), "{error}");
    }
    let still = ask(&desk, account, &WhatIf { opened: true, ..WhatIf::default() });
    assert_eq!(still.of, "mine.json", "what is open stays open");
}

/// Found in November 2026: without any usage What-if said "821.18 credits left", and the Overview that it isn't known.
#[test]
fn what_is_left_is_not_known_while_no_usage_is() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    assert_eq!(desk.headroom.overview(account).expect("an overview").left, None);
    let view = ask(&desk, account, &WhatIf::default());
    assert!(!view.use_is_known && view.pace.is_none());
    assert_eq!(cheapest(&view), None);
    assert!(view.choices.iter().all(|choice| choice.covers.is_none() && choice.unfit.is_none()));
    for course in view.choices.iter().map(|choice| &choice.course).chain([&view.chosen]) {
        assert_eq!((course.left.as_deref(), course.run_out_on.as_deref()), (None, None), "{}", course.plan);
        assert!(course.days.is_empty(), "{}", course.plan);
        assert_eq!(course.overage_credits.is_none(), course.overage, "{}", course.plan);
        assert_eq!(course.unserved.is_none(), !course.overage, "{}", course.plan);
        assert_eq!(course.together_at_least, course.overage, "{}: overage nobody knows", course.plan);
        let next = course.next_charge.as_ref();
        assert_eq!(
            next.is_some_and(|next| next.at_least),
            course.overage && next.is_some(),
            "{}",
            course.plan
        );
    }
    // A month that somebody names can be judged, though nothing is known of this one.
    let named = ask(&desk, account, &supposing("2026-11-30", "40", &[]));
    assert_eq!(
        headroom_app::words::say(&named.verdict.sentence),
        "Stay on Pro and allow overage: Pro+ would cost $12.00 more a month at 1,200 credits."
    );
    assert_eq!(cheapest(&named), Some(("pro", true)));
    assert_eq!(covers(choice(&named, "pro", false)), "1000.00 a month");
    assert_eq!(covers(choice(&named, "pro", true)), "200.00 a month extra");
    // From the next month on everything follows from what is supposed; its first charge may hold more overage.
    let later = ask(&desk, account, &supposing("2026-12-10", "30", &[])).chosen;
    assert_eq!(later.left.as_deref(), Some("700.00"), "ten days of 30");
    assert_eq!(later.days.first().map(|day| day.date.as_str()), Some("2026-12-01"));
    assert!(!later.charged_at_least);
    let with_overage = supposing("2026-12-10", "30", &[("2026-11-21", None, Some(true))]);
    let with_overage = ask(&desk, account, &with_overage).chosen;
    assert!(with_overage.charged_at_least && with_overage.together_at_least);
    assert_eq!(with_overage.left.as_deref(), Some("700.00"));
}

/// A bonus that reaches into the next month carries over how much of it is used, and that isn't known.
#[test]
fn a_bonus_of_unknown_use_leaves_the_next_month_unknown_too() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-10", "country": "US", "overage_enabled": false}"#,
    );
    assert_eq!(ask(&desk, account, &supposing("2026-12-09", "1", &[])).chosen.left, None);
    assert_eq!(ask(&desk, account, &supposing("2027-01-02", "1", &[])).chosen.left.as_deref(), Some("48.00"));
}

/// The same kind: a receipt gave what is left and how far overage had come from usage nobody knew.
#[test]
fn a_receipt_says_nothing_of_usage_that_is_not_known() {
    let desk = Desk::at(NOW);
    let account = desk
        .facts(r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": true}"#);
    let receipt = desk.receipt(account, "pro-plus", None);
    assert_eq!((receipt.left_before, receipt.left_after, receipt.overage_avoided), (None, None, None));
    assert_eq!(receipt.break_even.expect("a break-even").so_far, None);
    assert!(receipt.bill_before.expect("a charge").at_least, "overage may come to it");
    let charge = desk.headroom.overview(account).expect("an overview").next_charge.expect("a charge");
    assert!(charge.at_least);
    let run = desk.run(&["status"]);
    assert!(run.output.contains("Next charge   at least $20.00 on"), "{}", run.output);
    assert!(run.output.contains("Overage       on, how much so far isn't known"), "{}", run.output);
}

#[test]
fn the_engine_says_which_tax_is_added() {
    for (country, tax) in [("JP", Some("Japanese consumption tax")), ("US", None)] {
        let desk = Desk::at(NOW);
        let account = desk.facts(&format!(
            r#"{{"plan": "pro", "first_paid_on": "2026-08-15", "country": "{country}", "overage_enabled": false}}"#
        ));
        assert_eq!(desk.headroom.plans(account).expect("plans").tax_name.as_deref(), tax);
    }
}
