//! What an account comes to, in a sentence: the first line on a terminal, a code with values in JSON, made of the figures
//! that stand beside it.

use acceptance::Desk;
use headroom_app::answers::{ChargeLeftOut, Standing};
use headroom_app::words;
use serde_json::Value;

/// A third of November has passed.
const NOW: &str = "2026-11-11T00:00:00Z";

/// An account since September, with that much used in November.
fn desk(plan: &str, overage: bool, used: Option<&str>) -> Desk {
    let desk = Desk::at(NOW);
    desk.facts(&format!(
        r#"{{"plan": "{plan}", "first_paid_on": "2026-09-02", "country": "US", "overage_enabled": {overage},
        "price_list": "kiro-2025-12"}}"#
    ));
    let used: Vec<_> = used.into_iter().map(|credits| ("2026-11-01T09:00:00Z", credits)).collect();
    desk.usage(&used);
    desk
}

/// Found in November 2026: the next charge was told as if nothing more were used, the likely one nowhere.
#[test]
fn the_next_charge_is_told_at_this_pace_too() {
    let cases = [
        (
            Some("500"),
            true,
            None,
            Some("40.00"),
            "$20.00 on 1 December 2026, 00:00 UTC, without tax, about $40.00 at this pace",
        ),
        (Some("500"), true, Some("10"), Some("44.00"), "about $44.00 at this pace"),
        (Some("1000"), true, None, Some("100.00"), "about $100.00 at this pace"),
        (Some("200"), true, None, None, "$20.00 on 1 December 2026, 00:00 UTC, without tax"),
        (Some("500"), false, None, None, "$20.00 on 1 December 2026, 00:00 UTC, without tax"),
        (None, true, None, None, "$20.00"),
    ];
    for (used, overage, tax, expected, says) in cases {
        let desk = desk("pro", overage, used);
        if let Some(tax) = tax {
            let said = desk.run(&["facts", "--tax", tax]);
            assert_eq!(said.status, 0, "{}", said.errors);
        }
        let json: Value = serde_json::from_str(&desk.run(&["status", "--json"]).output).expect("JSON");
        let overview = &json[0]["overview"];
        let told = overview["next_charge_at_this_pace"].as_str();
        assert_eq!(told, expected, "{used:?}, {overage}, {tax:?}");
        let lines = overview["why"]["next_charge"]["lines"].as_array().expect("why");
        assert_eq!(lines.len(), usize::from(expected.is_some()), "{lines:?}");
        let status = desk.run(&["status"]).output;
        let line = status.lines().find(|line| line.contains("Next charge")).expect("a line");
        // Beside other accounts, whose sum leaves it out, it is said too.
        let charged = desk.headroom.charged_next().expect("charged").accounts.remove(0);
        let about = expected.map(|about| ChargeLeftOut::UsedByThen { about: about.to_owned() });
        assert_eq!(charged.left_out.map(|of| of.what), about, "{used:?}");
        // Invoices said "Next charge: $20.00" beside an overview that said about how much more it comes to.
        let invoices = desk.headroom.invoices(charged.account).expect("invoices").verdict;
        let (sentence, foretells) = (words::say(&invoices.sentence), invoices.foretells);
        assert!(sentence.starts_with("Next charge: "), "what is asked there is said first: {sentence}");
        let about = expected.map(|about| format!("about ${about} at this pace"));
        assert_eq!(about.as_ref().is_some_and(|about| sentence.contains(about)), foretells, "{sentence}");
        assert_eq!(foretells, expected.is_some(), "{sentence}");
        assert!(line.contains(says) && line.contains("at this pace") == expected.is_some(), "{line}");
    }
}

fn first_line(desk: &Desk, command: &str) -> String {
    let run = desk.run(&[command]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{command}");
    run.output.lines().next().expect("a line").to_owned()
}

#[test]
fn the_first_line_decides() {
    let cases = [
        ("pro", false, None, "How long your credits last isn't known."),
        (
            "pro",
            false,
            Some("200"),
            "At most 800 credits are left: counting only this computer, they last until 1 December.",
        ),
        (
            "pro",
            false,
            Some("500"),
            "At most 500 credits are left: you'll run out by 21 November, at least 10 days early.",
        ),
        (
            "pro",
            true,
            Some("500"),
            "At most 500 credits are left: they last until 21 November, then overage comes to about $20.00 by 1 December.",
        ),
        ("pro", false, Some("1000"), "No credits are left: requests pause until 1 December."),
        (
            "pro",
            true,
            Some("1000"),
            "Your credits are used up. What you use beyond them comes to about $80.00 by 1 December.",
        ),
    ];
    for (plan, overage, used, expected) in cases {
        let desk = desk(plan, overage, used);
        assert_eq!(first_line(&desk, "status"), format!("Kiro: {expected}"), "{used:?}, overage {overage}");
        assert_eq!(desk.run(&[]).output, desk.run(&["status"]).output, "and without a word");
    }
}

#[test]
fn where_requests_pause_the_next_lines_say_how_it_goes_on() {
    let output = desk("pro", false, Some("500")).run(&["status"]).output;
    for line in [
        "  To go on      Cheapest way to keep going: allow overage, about $20.00 more.",
        "                Or wait: your credits renew on 1 December.",
    ] {
        assert!(output.contains(line), "{line}\n in\n{output}");
    }
    let output = desk("pro", true, Some("500")).run(&["status"]).output;
    assert!(!output.contains("To go on"), "with overage it does: {output}");
    let output = desk("pro", false, None).run(&["status"]).output;
    assert!(output.contains("  Why           No usage is known."), "{output}");
}

#[test]
fn in_json_it_is_a_code_with_the_figures_of_the_same_answer() {
    let desk = desk("pro", false, Some("500"));
    let run = desk.run(&["status", "--json"]);
    let status: Value = serde_json::from_str(&run.output).expect("JSON");
    let overview = &status[0]["overview"];
    let verdict = &overview["verdict"];
    assert_eq!(verdict["judgement"], "warn");
    assert_eq!(verdict["sentence"]["code"], "verdict-runs-out-by");
    let until = verdict["sentence"]["values"]["on"]["day"].as_str().expect("a day");
    assert!(overview["pace"]["at"].as_str().expect("a moment").starts_with(until), "{overview}");
    let costs = &verdict["ways"][0]["values"]["costs"]["dollars"];
    assert_eq!(costs, &overview["overage"]["charge_at_this_pace"], "nothing is charged so far");
    let best: Vec<_> = verdict["acts"].as_array().expect("acts").iter().map(|act| &act["best"]).collect();
    assert_eq!(best, [true, false], "one is the best");
}

#[test]
fn plans_say_whether_to_stay_and_advise_nothing_that_costs_as_much() {
    let cases = [
        ("pro", "200", "Stay on Pro: Pro+ would cost $20.00 more a month at your pace."),
        ("pro", "500", "Stay on Pro: Pro+ would cost the same a month at your pace."),
        ("pro", "1000", "Move to Pro+: saves $20.00 a month at your pace."),
        ("power", "200", "Move to Pro: saves $180.00 a month at your pace, from 1 December."),
        ("pro", "10", "Move to Free: saves $20.00 a month at your pace, from 1 December."),
    ];
    for (plan, used, expected) in cases {
        let desk = desk(plan, true, Some(used));
        assert_eq!(first_line(&desk, "plans"), format!("Kiro: {expected}"), "{plan}, {used}");
        let output = desk.run(&["plans"]).output;
        assert!(output.contains("This counts only what is on this computer."), "{output}");
        let run = desk.run(&["plans", "--json"]);
        let view: Value = serde_json::from_str(&run.output).expect("JSON");
        let row = |id: &Value| {
            let rows = view["plans"].as_array().expect("rows");
            rows.iter().find(|row| row["plan"]["id"] == *id).expect("a plan").clone()
        };
        let cheapest: Vec<_> = view["plans"].as_array().expect("rows").iter().collect();
        let cheapest: Vec<_> = cheapest.into_iter().filter(|row| row["cheapest"] == true).collect();
        assert_eq!(cheapest.len(), 1, "one badge");
        let advised = expected.starts_with("Move").then(|| row(&view["compared"]));
        assert_eq!(
            cheapest[0]["plan"]["id"],
            advised.map_or(Value::from(plan), |row| row["plan"]["id"].clone())
        );
    }
}

#[test]
fn an_organisation_without_reports_says_what_is_missing() {
    let desk = Desk::at(NOW);
    desk.run(&["accounts", "add", "kiro-organisation", "Work"]);
    assert_eq!(
        first_line(&desk, "status"),
        "Work: What this month costs isn't known: no report is imported yet."
    );
    let account = desk.headroom.each_account().expect("accounts").remove(0).summary.expect("one").id;
    let Standing::KiroEnterprise(work) = desk.headroom.standing(account).expect("a standing") else {
        panic!("an organisation");
    };
    assert_eq!((work.month_to_date, work.verdict.acts), (None, Vec::new()));
}

/// Found in November 2026: "Renews 1 December, in 9 days", 9 days and 20 hours before, while a limit as far away was about 10
/// days away.
#[test]
fn how_long_it_is_until_credits_renew_is_said_to_the_nearest() {
    let desk = desk("pro", false, Some("10"));
    for (now, days, hours) in [
        ("2026-11-21T04:00:00Z", 10, 236),
        ("2026-11-21T12:00:01Z", 9, 228),
        ("2026-11-21T12:00:00Z", 10, 228),
        ("2026-11-29T11:30:00Z", 2, 37),
        ("2026-11-30T23:40:00Z", 0, 0),
    ] {
        desk.wait_until(now);
        let left = desk.headroom.overview(desk.facts("{}")).expect("an overview").reset_in;
        assert_eq!((left.days, left.hours), (days, hours), "{now}");
    }
}
