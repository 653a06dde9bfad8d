//! The use cases as the window and the command line meet them.

mod alerts;
mod axis;
mod charges;
mod choices;
mod command_line;
mod commands;
mod compared;
mod counted;
mod days_told;
mod explained;
mod facts;
mod files;
mod first_charges;
mod held_before;
mod history;
mod identities;
mod known_as_far;
mod language;
#[cfg(target_os = "linux")]
mod mistakes;
mod nothing_known;
mod organisation;
mod organisation_months;
mod packs;
mod private;
mod reports;
mod restored;
mod safe_mode;
mod said;
mod samples;
mod spent_axis;
mod start;
mod stated;
mod usage;
mod verdict;
mod what_if;
mod whom_to_move;
mod why;

use acceptance::{Desk, headroom, session};
use headroom_app::answers::{AccountNumber, Choice, FactsChange, ImportKind, ImportView, Theme};
use headroom_app::{ErrorCode, Headroom, Paths};
use headroom_exact::say;
use serde_json::{Value, json};

const NOW: &str = "2026-11-21T10:30:00Z";
const PRO: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-09-15", "country": "US", "overage_enabled": false}"#;

#[test]
fn facts_that_can_not_be_true_are_refused_by_name_and_nothing_is_recorded() {
    let cases = [
        (r#"{"plan": "gold", "country": "US"}"#, "Plan: \"gold\""),
        (r#"{"country": "US"}"#, "Plan: choose one first"),
        (
            r#"{"plan": "pro", "first_paid_on": "2026-11-22", "country": "US"}"#,
            "First paid day: 22 November 2026 has not come",
        ),
        (
            r#"{"plan": "pro", "first_paid_on": "2019-01-01", "country": "US"}"#,
            "First paid day: 1 January 2019 is before",
        ),
        (
            r#"{"plan": "pro", "first_paid_on": "2026-10-01", "signed_up_on": "2026-11-01", "country": "US"}"#,
            "First paid day: 1 October 2026 is before the sign-up",
        ),
        (
            r#"{"plan": "pro", "first_paid_on": "2026-10-01", "country": "PE"}"#,
            "Country: Kiro's paid plans are not sold in Peru",
        ),
        (r#"{"plan": "free", "country": "ZZ"}"#, "Country: \"ZZ\""),
        (r#"{"plan": "free", "country": "US", "overage_enabled": true}"#, "Overage:"),
        (
            r#"{"plan": "free", "first_paid_on": "2026-11-03", "country": "US"}"#,
            "Plan: what was paid for this month lasts to its end. If Kiro has ended it all the same, say since when",
        ),
    ];
    let desk = Desk::at(NOW);
    for (json, expected) in cases {
        let facts: FactsChange = serde_json::from_str(json).expect("facts");
        let error = desk.headroom.save_facts(None, &facts).expect_err(json);
        assert_eq!(error.code, ErrorCode::Input);
        assert!(error.to_string().starts_with(expected), "{json}\n  says {error}");
    }
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
}

fn amount(report: &ImportView) -> &str {
    report.amount.as_ref().map(|amount| amount.value.as_str()).unwrap_or_default()
}

#[test]
fn sessions_are_counted_once_and_what_is_unknown_is_said() {
    let desk = Desk::at(NOW).with_sessions("sessions");
    let first = desk.import(ImportKind::KiroSessions, None).expect("an import");
    // 0.451 → 0.45, 1.50, 0.008 → 0.01, the fork's own 2.25, 3.00 and 0.75.
    assert_eq!((first.files, first.added, amount(&first)), (4, 6, "7.96"));
    // What the one that is cut off used isn't known either.
    assert_eq!((first.known, first.unmetered, first.undated), (2, 3, 0), "the fork repeats two turns");
    assert_eq!(first.skipped.len(), 1);
    assert!(first.skipped[0].path.ends_with("e5e5-cut-off.json"));
    assert_eq!(first.skipped[0].reason, say!("session-cut-off"));

    let again = desk.import(ImportKind::KiroSessions, None).expect("an import");
    assert_eq!((again.added, again.unmetered, again.known), (0, 0, 11), "a second import adds nothing");

    let account = desk.facts(PRO);
    let overview = desk.headroom.overview(account).expect("an overview");
    assert_eq!(overview.used.as_deref(), Some("7.96"));
    assert_eq!((overview.provenance.tasks, overview.provenance.unmetered), (6, 3));
}

#[test]
fn a_session_of_50_mb_is_read() {
    let desk = Desk::at(NOW);
    let file = desk.folder().join("large.json");
    let small = session("large", &[("2026-11-03T10:00:00Z", "1.25"), ("2026-11-04T10:00:00Z", "2.5")]);
    let padding = format!(r#""padding":"{}","session_id""#, "x".repeat(50 * 1024 * 1024));
    std::fs::write(&file, small.replacen(r#""session_id""#, &padding, 1)).expect("written");
    let report = desk.import(ImportKind::KiroSessions, Some(&file)).expect("an import");
    assert_eq!((report.added, amount(&report)), (2, "3.75"));
}

#[test]
fn a_wrong_file_is_refused_in_one_line_and_changes_nothing() {
    let desk = Desk::at(NOW);
    for (name, content, expected) in [
        ("empty.json", "", "it is empty"),
        ("list.json", "[1, 2]", "is not a Kiro CLI session"),
        ("binary.json", "\u{0}\u{1}\u{2}", "it is neither text nor"),
        ("other.json", r#"{"accounts": []}"#, "is not a Kiro CLI session: session_id is missing"),
    ] {
        let file = desk.folder().join(name);
        std::fs::write(&file, content).expect("written");
        let error = desk.import(ImportKind::KiroSessions, Some(&file)).expect_err(name);
        assert!(error.to_string().contains(name) && error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains('\n'));
    }
    let error =
        desk.import(ImportKind::KiroSessions, Some(&desk.folder().join("gone"))).expect_err("no folder");
    assert!(error.to_string().contains("gone") && error.to_string().contains("can't be read"), "{error}");
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
}

/// The same account as a scenario of the contract, through the command line.
fn simulated(events: &str) -> Value {
    let json = format!(r#"{{"account": "kiro-individual", "as_of": "{NOW}", "events": [{events}]}}"#);
    let run = headroom(&["simulate", "-"], json.as_bytes());
    serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"))
}

/// The window's replay of past months and the contract's say the same of the same usage.
#[test]
fn past_months_on_each_plan_are_the_contracts_replay() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "power", "first_paid_on": "2026-08-01", "country": "US", "overage_enabled": true}"#,
    );
    assert!(desk.headroom.plans(account).expect("plans").replay.is_none(), "no month has ended with usage");
    let usage = [
        ("2026-08-09T09:00:00Z", "900.25"),
        ("2026-09-10T09:00:00Z", "2600.5"),
        ("2026-10-19T09:00:00Z", "1400.00"),
        ("2026-11-02T09:00:00Z", "55.00"),
    ];
    desk.usage(&usage);
    let replay = desk.headroom.plans(account).expect("plans").replay.expect("a replay");
    let events: Vec<_> = usage
        .iter()
        .map(|(at, credits)| format!(r#"{{"at": "{at}", "type": "usage", "credits": "{credits}"}}"#))
        .collect();
    let json = format!(
        r#"{{"account": "kiro-individual", "as_of": "{NOW}", "events": [
            {{"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}},
            {{"at": "2026-08-01T12:00:00Z", "type": "change_plan", "plan": "power"}}, {}]}}"#,
        events.join(",")
    );
    let contract = headroom(&["replay", "-"], json.as_bytes()).output;
    let contract: Value = serde_json::from_str(&contract).expect("JSON");
    assert_eq!(replay.months.len(), 3);
    for (plan, of_contract) in contract["plans"].as_array().expect("plans").iter().enumerate() {
        assert_eq!(replay.totals[plan].as_deref(), of_contract["total"].as_str(), "{of_contract}");
        for (month, shown) in replay.months.iter().enumerate() {
            assert_eq!(shown.costs[plan].as_deref(), of_contract["months"][month]["cost"].as_str());
            assert_eq!(shown.month, of_contract["months"][month]["month"]);
        }
    }
    assert_eq!((replay.cheapest.as_str(), contract["cheapest"].as_str()), ("Pro", Some("pro")));
    assert_eq!(replay.totals, ["140.02", "144.02", "600.00"].map(|total| Some(total.to_owned())));
}

#[test]
fn the_overview_has_the_figures_of_the_statement() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-11-05", "signed_up_on": "2026-10-25", "country": "US", "overage_enabled": true}"#,
    );
    desk.usage(&[
        ("2026-10-28T09:00:00Z", "120.40"),
        ("2026-11-06T09:00:00Z", "500.10"),
        ("2026-11-10T09:00:00Z", "300.333"),
        ("2026-11-19T09:00:00Z", "812.25"),
    ]);
    let overview = desk.headroom.overview(account).expect("an overview");
    let statement = simulated(
        r#"{"at": "2026-10-25T00:00:00Z", "type": "sign_up"},
        {"at": "2026-11-05T12:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-05T12:00:00Z", "type": "set_overage", "enabled": true},
        {"at": "2026-10-28T09:00:00Z", "type": "usage", "credits": "120.40"},
        {"at": "2026-11-06T09:00:00Z", "type": "usage", "credits": "500.10"},
        {"at": "2026-11-10T09:00:00Z", "type": "usage", "credits": "300.333"},
        {"at": "2026-11-19T09:00:00Z", "type": "usage", "credits": "812.25"}"#,
    );
    let current = &statement["current"];
    assert_eq!(overview.used.as_deref(), current["credits"]["used"].as_str());
    assert_eq!(json!(overview.pools.plan.used), current["credits"]["plan"]["used"]);
    assert_eq!(json!(overview.pools.overage), current["credits"]["overage"]["credits"]);
    assert_eq!(json!(overview.pools.overage_charge), current["credits"]["overage"]["charge"]);
    assert_eq!(overview.next_charge.expect("a charge").total, current["next_charge"]["total"]);
    // The bonus was drawn on in October already: usage from before this cycle counts for it.
    assert_eq!(current["credits"]["bonus"]["used"], "500.00");
}

#[test]
fn old_history_changes_nothing_about_now() {
    let now_only = Desk::at(NOW);
    let account = now_only.facts(PRO);
    now_only.usage(&[("2026-11-06T09:00:00Z", "512.10")]);
    let with_history = Desk::at(NOW);
    assert_eq!(with_history.facts(PRO), account);
    with_history.usage(&[
        ("2026-09-20T09:00:00Z", "990"),
        ("2026-09-21T09:00:00Z", "900"),
        ("2026-10-20T09:00:00Z", "2000"),
        ("2026-11-06T09:00:00Z", "512.10"),
    ]);
    let figures = |desk: &Desk| {
        let overview = desk.headroom.overview(account).expect("an overview");
        (overview.left, overview.used, overview.pools, overview.next_charge)
    };
    assert_eq!(figures(&now_only), figures(&with_history));
}

#[test]
fn what_a_receipt_promises_is_what_is_then_charged() {
    for plan in ["free", "pro-plus", "power"] {
        let desk = Desk::at(NOW);
        let account = desk.facts(
            r#"{"plan": "pro", "first_paid_on": "2026-11-15", "country": "JP", "overage_enabled": true}"#,
        );
        desk.usage(&[("2026-11-16T09:00:00Z", "1300.5")]);
        // As long as nothing more is used.
        let receipt = desk.receipt(account, plan, Some("0"));
        desk.headroom.change_plan(account, plan).expect("it is allowed");
        let overview = desk.headroom.overview(account).expect("an overview");
        assert_eq!(
            overview.next_charge.map(|charge| charge.total),
            receipt.bill_after.map(|charge| charge.total),
            "{plan}"
        );
        assert_eq!(overview.left, receipt.left_after, "{plan}");
    }
}

#[test]
fn a_refused_change_is_not_recorded() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    let error = desk.headroom.change_plan(account, "pro").expect_err("it is on Pro");
    assert_eq!(
        (error.code, error.to_string().as_str()),
        (ErrorCode::Refused, "The account is on Pro already.")
    );
    let free = Desk::at(NOW);
    let account = free.facts(r#"{"plan": "free", "country": "PE", "overage_enabled": false}"#);
    let error = free.headroom.set_overage(account, true).expect_err("Free has none");
    assert_eq!(error.code, ErrorCode::Refused);
    let error = free.headroom.change_plan(account, "pro").expect_err("not from Peru");
    assert_eq!(error.to_string(), "Kiro's paid plans are not sold in Peru.");
}

#[test]
fn the_switch_is_remembered_with_its_moment_and_outlives_new_facts() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    assert_eq!(desk.headroom.overview(account).expect("an overview").overage.set_at, None);
    desk.headroom.set_overage(account, true).expect("on");
    let desk = desk.later("2026-11-22T10:30:00Z");
    // A correction of the facts that says nothing of the switch.
    let facts = r#"{"plan": "pro", "first_paid_on": "2026-09-16", "country": "DE", "overage_enabled": null}"#;
    let facts: FactsChange = serde_json::from_str(facts).expect("facts");
    desk.headroom.save_facts(Some(account), &facts).expect("saved");
    let overage = desk.headroom.overview(account).expect("an overview").overage;
    assert!(overage.enabled);
    assert_eq!(overage.set_at.as_deref(), Some(NOW));
}

/// Found in November 2026: an act was known by its moment, so a second one at the same moment was lost.
#[test]
fn what_is_stated_twice_at_one_moment_is_not_lost() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    for enabled in [true, false, true] {
        desk.headroom.set_overage(account, enabled).expect("recorded");
    }
    assert!(desk.headroom.overview(account).expect("an overview").overage.enabled);
    let facts = PRO.replace("pro", "power");
    let facts: FactsChange = serde_json::from_str(&facts).expect("facts");
    desk.headroom.save_facts(Some(account), &facts).expect("saved");
    assert_eq!(desk.headroom.overview(account).expect("an overview").plan, "Power");
}

#[test]
fn a_downgrade_recorded_here_takes_effect_when_the_month_ends() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.headroom.change_plan(account, "free").expect("a downgrade");
    let desk = desk.later("2026-11-30T23:59:59Z");
    let before = desk.headroom.overview(account).expect("an overview");
    assert_eq!((before.plan.as_str(), before.next_plan.as_deref()), ("Pro", Some("Free")));
    let desk = desk.later("2026-12-01T00:00:00Z");
    let after = desk.headroom.overview(account).expect("an overview");
    assert_eq!((after.plan.as_str(), after.next_plan), ("Free", None));
    assert!(after.next_charge.is_none());
}

#[test]
fn tasks_that_the_facts_do_not_explain_are_named_and_in_no_figure() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.usage(&[("2026-11-10T09:00:00Z", "1001"), ("2026-11-11T09:00:00Z", "5")]);
    let overview = desk.headroom.overview(account).expect("an overview");
    assert!(overview.paused);
    assert_eq!(overview.provenance.while_paused, 1);
    assert_eq!(
        (overview.used.as_deref(), overview.pools.uncovered.map(|amount| amount.to_string()).as_deref()),
        (Some("1001.00"), Some("1.00"))
    );
}

#[test]
fn a_damaged_setting_falls_back_and_says_so() {
    let desk = Desk::at(NOW);
    desk.headroom.choose(&Choice::Theme(Theme::Dark)).expect("set");
    assert_eq!(desk.headroom.start(None).expect("it starts").settings.theme, Theme::Dark);
    let database = desk.headroom.paths().database();
    let connection = rusqlite::Connection::open(&database).expect("the database");
    connection.execute("UPDATE settings SET value = 'purple'", []).expect("damaged");
    drop(connection);
    let start = desk.headroom.start(None).expect("it starts all the same");
    assert_eq!(start.settings.theme, Theme::System);
    assert_eq!(start.notices, [say!("setting-damaged", setting = say!("theme"), text = "purple")]);
}

#[test]
fn an_unreadable_database_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("headroom.db")).expect("a folder in its place");
    let paths = Paths::new(folder.path().to_owned(), None);
    let error = Headroom::open(paths, Box::new(headroom_app::SystemClock)).err().expect("it can't be opened");
    assert_eq!(error.code, ErrorCode::DataForeign);
    let said = error.to_string();
    assert!(said.contains("headroom.db: it is not a file"), "{said}");
}

#[test]
fn without_any_usage_what_is_left_is_unknown_and_not_the_whole_plan() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    let overview = desk.headroom.overview(account).expect("an overview");
    assert_eq!((overview.left, overview.used, overview.pace), (None, None, None));
    assert_eq!(desk.headroom.plans(account).expect("plans").used, None);
    assert!(desk.run(&["status"]).output.contains("not known: no usage yet"));
}

#[test]
fn an_account_without_facts_asks_for_them() {
    let desk = Desk::at(NOW);
    desk.usage(&[("2026-11-10T09:00:00Z", "10")]);
    let start = desk.headroom.start(None).expect("it starts");
    assert!(start.overview.is_none() && start.accounts[0].facts.is_none());
    assert_eq!(
        desk.headroom.overview(start.accounts[0].id).expect_err("unknown").code,
        ErrorCode::FactsMissing
    );
    assert_eq!(desk.headroom.overview(AccountNumber(77)).expect_err("unknown").code, ErrorCode::NoAccount);
}
