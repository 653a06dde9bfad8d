//! What people state that they bought or were granted, how it is taken back, and the price list in force each month.

use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, AssumptionView, ChargeNote, ChargeTotal, ExportForm, FactsChange, PoolSource, PoolState,
    PoolStated, RecordNumber,
};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EventKind;
use serde_json::{Value, json};

const NOW: &str = "2026-11-21T10:30:00Z";
/// By each month's own list; paid since the day before the 500 credits of a sign-up ended.
const IN_FORCE: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-06-02", "country": "US", "price_list": null}"#;

fn state(desk: &Desk, account: AccountNumber, json: &str) -> headroom_app::answers::FactsSaved {
    let change: FactsChange = serde_json::from_str(json).expect("facts");
    desk.headroom.save_facts(Some(account), &change).expect("saved")
}

fn refusal(desk: &Desk, account: AccountNumber, json: &str) -> String {
    let change: FactsChange = serde_json::from_str(json).expect("facts");
    desk.headroom.save_facts(Some(account), &change).expect_err(json).to_string()
}

fn pool(json: Value) -> PoolStated {
    serde_json::from_value(json).expect("a pool")
}

pub(crate) fn stated(desk: &Desk, account: AccountNumber, json: Value) -> RecordNumber {
    desk.headroom.state_pool(account, &pool(json)).expect("stated").record
}

pub(crate) fn left(desk: &Desk, account: AccountNumber) -> String {
    desk.headroom.overview(account).expect("an overview").left.expect("it is known")
}

pub(crate) fn totals(desk: &Desk, account: AccountNumber) -> Vec<(String, Option<String>)> {
    let invoices = desk.headroom.invoices(account).expect("invoices");
    invoices.periods.into_iter().map(|period| (period.id, period.total)).collect()
}

#[test]
fn someone_on_pro_max_is_charged_100_dollars_by_the_list_in_force() {
    let desk = Desk::at(NOW);
    let run = desk.run(&["facts", "--plan", "pro-max", "--first-paid", "2026-06-02"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    let overview = desk.headroom.overview(AccountNumber(1)).expect("an overview");
    assert_eq!(
        (overview.plan.as_str(), overview.pools.plan.allowance.as_deref()),
        ("Pro Max", Some("5000.00"))
    );
    assert_eq!(overview.next_charge.expect("a charge").total, "100.00");
    assert!(!overview.overage.available && overview.overage.packs.is_some(), "packs in place of overage");
}

#[test]
fn a_plan_that_was_not_sold_at_the_first_payment_asks_since_when_and_says_nothing_of_before() {
    let desk = Desk::at(NOW);
    let account =
        desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-04-10", "country": "US", "price_list": null}"#);
    let saved = state(&desk, account, r#"{"plan": "pro-max"}"#);
    assert!(saved.changed && saved.since_is_missing);
    let overview = desk.headroom.overview(account).expect("an overview");
    let next = overview.next_charge.expect("a charge").total;
    assert_eq!((overview.plan.as_str(), next.as_str()), ("Pro Max", "100.00"), "it is true now");
    assert!(totals(&desk, account).iter().all(|(_, total)| total.is_none()), "nothing before is computed");
    let run = desk.run(&["facts", "--plan", "power"]);
    assert!(!run.output.contains("--plan-since"), "Power was sold then: {run:?}");
    let run = desk.run(&["facts", "--plan", "pro-max"]);
    assert!(
        run.output.contains("Since when are you on Pro Max?") && run.output.contains("--plan-since"),
        "{run:?}"
    );
    let saved = state(&desk, account, r#"{"plan_since": "2026-09-08"}"#);
    assert!(!saved.since_is_missing);
    let totals = totals(&desk, account);
    let of = |month: &str| totals.iter().find(|(id, _)| id == month).expect("the month").1.as_deref();
    assert_eq!([of("2026-11-01"), of("2026-10-01")], [Some("100.00"), Some("100.00")]);
    for month in ["2026-09-01", "2026-08-01", "2026-04-01"] {
        assert_eq!(of(month), None, "{month}");
    }
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let april = invoices.periods.last().expect("April");
    assert_eq!(april.notes, [ChargeNote::PlanUnknown { until: "2026-09-08".to_owned() }]);
    assert!(april.invoices.is_empty(), "no stand-in is shown as a charge");
}

#[test]
fn packs_and_grants_count_are_charged_and_are_taken_back() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00"), ("2026-11-18T09:00:00Z", "152.75")]);
    assert_eq!(left(&desk, account), "0.00", "the last task was taken whole");
    let pack = stated(
        &desk,
        account,
        json!({"what": "pack", "amount": "10", "on": "2026-11-16", "ends_on": "2026-12-31"}),
    );
    // 1,132.75 used: 1,000 of the plan, 132.75 of the pack's 250.
    assert_eq!(left(&desk, account), "117.25");
    let grant = stated(
        &desk,
        account,
        json!({"what": "grant", "name": "Hackathon", "credits": "80", "on": "2026-11-02"}),
    );
    assert_eq!(left(&desk, account), "197.25", "a grant is used before the plan");
    let november = &totals(&desk, account)[0];
    assert_eq!(november.1.as_deref(), Some("30.00"), "the plan and the pack; a grant costs nothing");
    let pools = desk.headroom.overview(account).expect("an overview").pools;
    assert_eq!(pools.beside[0].name.as_deref(), Some("Hackathon"));
    assert!(pools.beside.iter().all(|pool| pool.from == PoolSource::Stated));

    let back = desk.headroom.undo_record(account, pack).expect("taken back").record;
    assert_eq!(totals(&desk, account)[0].1.as_deref(), Some("20.00"));
    assert!(desk.headroom.pools(account).expect("pools").packs.is_empty());
    let twice = desk.headroom.undo_record(account, pack).expect_err("not twice").to_string();
    assert_eq!(twice, "This was taken back already.");
    desk.headroom.undo_record(account, back).expect("that is taken back, too");
    assert_eq!(left(&desk, account), "197.25");
    desk.headroom.undo_record(account, grant).expect("taken back");
    assert_eq!(left(&desk, account), "117.25");
    // Nothing was removed: every statement and every taking back is there.
    let store = Store::open(&desk.headroom.paths().database(), NOW.parse().expect("a moment"));
    let acts = store.to_write().expect("a store").acts(AccountId(account.0)).expect("acts");
    let undone = acts.iter().filter(|act| act.kind == EventKind::Undo).count();
    assert_eq!((acts.len(), undone), (6, 3));
}

#[test]
fn what_cannot_have_been_bought_is_refused_in_words_and_not_recorded() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    for (json, says) in [
        (json!({"what": "pack", "amount": "4.99", "on": "2026-11-16"}), "$5.00 to $100.00"),
        (json!({"what": "pack", "amount": "101", "on": "2026-11-16"}), "$5.00 to $100.00"),
        (json!({"what": "pack", "amount": "ten", "on": "2026-11-16"}), "\"ten\" is no amount"),
        (json!({"what": "pack", "on": "2026-11-16"}), "either the dollars"),
        (json!({"what": "pack", "amount": "5", "credits": "125", "on": "2026-11-16"}), "either the dollars"),
        (json!({"what": "pack", "amount": "5", "on": "2026-11-22"}), "has not come yet"),
        (json!({"what": "pack", "amount": "5", "on": "2026-06-20"}), "no packs were sold"),
        (json!({"what": "pack", "amount": "5", "on": "2026-05-20"}), "before this account began"),
        (json!({"what": "pack", "amount": "5", "on": "2026-11-16", "ends_on": "2026-11-16"}), "not after"),
        (json!({"what": "grant", "name": " ", "credits": "5", "on": "2026-11-16"}), "Name:"),
        (json!({"what": "grant", "name": "X", "credits": "-5", "on": "2026-11-16"}), "no number of credits"),
    ] {
        let error = desk.headroom.state_pool(account, &pool(json.clone())).expect_err("refused").to_string();
        assert!(error.contains(says), "{json}: {error}");
    }
    state(&desk, account, r#"{"plan": "free", "first_paid_on": "2026-09-02"}"#);
    let error =
        desk.headroom.state_pool(account, &pool(json!({"what": "pack", "amount": "5", "on": "2026-11-16"})));
    assert!(error.expect_err("on Free").to_string().contains("paid plans only"));
    let pools = desk.headroom.pools(account).expect("pools");
    assert!(pools.packs.is_empty() && pools.grants.is_empty() && pools.no_packs.is_some());
}

#[test]
fn a_stated_pack_that_no_longer_fits_says_so_and_is_in_no_figure() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    desk.usage(&[("2026-11-10T09:00:00Z", "10.00")]);
    stated(&desk, account, json!({"what": "pack", "amount": "5", "on": "2026-11-16"}));
    state(&desk, account, r#"{"plan": "free", "first_paid_on": "2026-09-02"}"#);
    let pack = desk.headroom.pools(account).expect("pools").packs.remove(0);
    assert_eq!((pack.state, pack.left), (PoolState::Refused, None));
    assert_eq!(left(&desk, account), "40.00", "of the 50 of Free");
}

#[test]
fn a_tax_is_a_line_of_each_charge_rounded_once_and_in_every_form() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    let saved = state(&desk, account, r#"{"tax_percent": "8.25"}"#);
    let charge = desk.headroom.overview(account).expect("an overview").next_charge.expect("a charge");
    assert_eq!(
        (charge.tax.map(|amount| amount.to_string()).as_deref(), charge.total.as_str()),
        (Some("1.65"), "21.65")
    );
    assert_eq!((charge.tax_name, charge.tax_percent.as_deref()), (None, Some("8.25")));
    // June: 28 whole days of 30 of $20.00 is $18.67, and 8.25 % of that $1.54.
    assert_eq!(totals(&desk, account).last().expect("June").1.as_deref(), Some("20.21"));
    let csv = desk.headroom.export(account, None, ExportForm::Csv, false).expect("a table");
    assert!(String::from_utf8(csv.bytes).expect("text").contains("1.65,21.65"));
    let run = desk.run(&["invoices"]);
    assert!(run.output.contains("Tax (8.25 %)") && !run.output.contains("without tax"), "{}", run.output);
    let run = desk.run(&["status"]);
    assert!(run.output.contains("with Tax (8.25 %)"), "{}", run.output);
    desk.headroom.undo_record(account, saved.record.expect("it can be taken back")).expect("taken back");
    let charge = desk.headroom.overview(account).expect("an overview").next_charge.expect("a charge");
    assert_eq!((charge.tax, charge.total.as_str()), (None, "20.00"));
    for wrong in [r#"{"tax_percent": "101"}"#, r#"{"tax_percent": "-1"}"#, r#"{"tax_percent": "8,25"}"#] {
        assert!(refusal(&desk, account, wrong).starts_with("Tax: "), "{wrong}");
    }
}

#[test]
fn a_limit_of_ones_own_counts_from_its_month_for_its_plan_alone() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00"), ("2026-11-18T09:00:00Z", "152.75")]);
    state(&desk, account, r#"{"own_limit": "1500"}"#);
    assert_eq!(left(&desk, account), "367.25");
    desk.headroom.change_plan(account, "pro-plus").expect("an upgrade");
    assert_eq!(left(&desk, account), "867.25", "2,000 of Pro+");
    let facts = desk.headroom.accounts().expect("accounts").remove(0).facts.expect("facts");
    assert_eq!(facts.own_limit, None, "the form of Pro+ has none");
}

#[test]
fn a_first_payment_credit_is_a_line_of_the_first_payment_and_says_what_it_rests_on() {
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    state(&desk, account, r#"{"first_payment_credit": "20"}"#);
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let june = invoices.periods.last().expect("June");
    assert_eq!((june.total.as_deref(), june.at_least), (Some("0.00"), false), "$18.67 less as much");
    assert_eq!(june.notes, [ChargeNote::FirstPayment]);
    for (form, says) in [(ExportForm::Csv, "A1: Your settings say"), (ExportForm::Json, "first-payment")] {
        let export = desk.headroom.export(account, None, form, false).expect("a file");
        assert!(String::from_utf8(export.bytes).expect("text").contains(says), "{form:?}");
    }
    assert!(desk.run(&["invoices"]).output.contains("A1: Your settings say"));
    let desk = Desk::at(NOW);
    let early =
        desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-05-07", "country": "US", "price_list": null}"#);
    let told = refusal(&desk, early, r#"{"first_payment_credit": "20"}"#);
    assert!(told.contains("since 8 May 2026") && told.contains("7 May 2026"), "{told}");
}

#[test]
fn a_receipt_says_what_waiting_for_the_next_cycle_saves_and_what_it_rests_on() {
    let desk = Desk::at("2026-10-31T23:48:00Z");
    let account =
        desk.facts(r#"{"plan": "pro", "first_paid_on": "2026-06-02", "country": "US", "price_list": null}"#);
    desk.usage(&[("2026-10-15T10:00:00Z", "960.00")]);
    let receipt = desk.receipt(account, "pro-plus", None);
    let next = receipt.next_cycle.expect("an upgrade");
    assert_eq!(next.begins_at, "2026-11-01T00:00:00Z");
    let total = |charge: Option<ChargeTotal>| charge.map(|charge| charge.total);
    assert_eq!(
        (total(next.taken_now).as_deref(), total(next.taken_then).as_deref()),
        (Some("60.00"), Some("40.00"))
    );
    assert_eq!((next.waiting_saves.as_deref(), next.waiting_costs), (Some("20.00"), None));
    assert_eq!(receipt.assumptions, []);

    // A2: what a larger plan covers may go back to the packs.
    let desk = Desk::at(NOW);
    let account = desk.facts(IN_FORCE);
    stated(&desk, account, json!({"what": "pack", "amount": "10", "on": "2026-11-01"}));
    desk.usage(&[("2026-11-10T09:00:00Z", "1100.00")]);
    let rests = desk.receipt(account, "pro-plus", None).assumptions;
    let expected = AssumptionView::A2 { back: "250.00".to_owned(), kept: "150.00".to_owned() };
    assert_eq!(rests, std::slice::from_ref(&expected));
    desk.headroom.change_plan(account, "pro-plus").expect("an upgrade");
    assert_eq!(desk.headroom.overview(account).expect("an overview").assumptions, [expected]);
    assert!(desk.run(&["status"]).output.contains("A2: 250 credits are left in packs"));

    // A1: on Free, nothing was ever paid.
    let desk = Desk::at(NOW);
    let account = desk.facts(r#"{"plan": "free", "country": "US", "price_list": null}"#);
    let receipt = desk.receipt(account, "pro", None);
    assert_eq!(receipt.assumptions, [AssumptionView::A1 { most: "20.00".to_owned(), stated: false }]);
    let range = receipt.charge_range.expect("a range");
    assert_eq!((range.low.as_str(), range.high.as_str()), ("0.00", "6.67"));
}

#[test]
fn what_past_months_are_charged_otherwise_is_told_once_old_and_new() {
    let desk = Desk::at(NOW);
    let account = desk.facts_of_an_older_version();
    desk.usage(&[("2026-08-10T09:00:00Z", "980.00"), ("2026-08-18T09:00:00Z", "152.75")]);
    let repriced = || desk.headroom.overview(account).expect("an overview").repriced;
    let september = repriced().expect("months").months.into_iter().find(|month| month.month == "2026-09");
    let september = september.expect("September, which August's overage was charged in");
    assert_eq!((september.before.as_deref(), september.now.as_deref()), (Some("25.31"), Some("20.00")));
    let run = desk.run(&["status"]);
    assert!(run.output.contains("September 2026: $20.00 instead of $25.31"), "{}", run.output);
    desk.headroom.told_repriced(account).expect("told");
    let run = desk.run(&["status"]);
    assert!(!run.output.contains("instead of $25.31"), "the command line told it: {}", run.output);
    assert!(repriced().is_some_and(|repriced| repriced.told), "the window still does");
    desk.headroom.put_away_repriced(account).expect("put away");
    assert_eq!(repriced(), None);
    let desk = desk.later("2026-11-22T10:30:00Z");
    assert_eq!(desk.headroom.overview(account).expect("an overview").repriced, None, "for good");
}

#[test]
fn an_account_that_names_a_list_keeps_it_and_a_new_one_has_nothing_to_be_told() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-06-02", "country": "US", "overage_enabled": true, "price_list": "kiro-2025-12"}"#,
    );
    desk.usage(&[("2026-08-10T09:00:00Z", "980.00"), ("2026-08-18T09:00:00Z", "152.75")]);
    let of = |desk: &Desk, month: &str| {
        totals(desk, account).into_iter().find(|(id, _)| id == month).expect("the month").1.expect("known")
    };
    assert_eq!(of(&desk, "2026-09-01"), "25.31");
    assert_eq!(desk.headroom.overview(account).expect("an overview").repriced, None);
    // By its owner's own word it goes by the list in force: that is no news.
    let run = desk.run(&["facts", "--price-list", "in-force"]);
    assert_eq!((run.status, run.output.as_str()), (0, "The details of Kiro are saved.\n"), "{}", run.errors);
    assert_eq!(of(&desk, "2026-09-01"), "20.00");
    assert_eq!(desk.headroom.overview(account).expect("an overview").repriced, None);
}

#[test]
fn the_command_line_states_lists_and_takes_back() {
    let desk = Desk::at(NOW);
    desk.facts(IN_FORCE);
    desk.usage(&[("2026-11-10T09:00:00Z", "980.00")]);
    let run = desk.run(&["packs", "add", "10", "--on", "2026-11-16", "--ends", "2026-12-31"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(
        run.output.contains("250 credits for $10.00, from 16 November 2026, gone from 31 December 2026"),
        "{}",
        run.output
    );
    let number = run.output.trim().rsplit(' ').next().expect("a number").to_owned();
    let run = desk.run(&["grants", "add", "Hackathon", "80"]);
    assert!(
        run.output.contains("Hackathon: 80 credits, from 21 November 2026, without an end"),
        "{}",
        run.output
    );
    let run = desk.run(&["packs"]);
    assert!(run.output.starts_with(&format!("{number}  250 credits")), "{}", run.output);
    let run = desk.run(&["grants", "list", "--json"]);
    let listed: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(listed["grants"][0]["credits"], "80.00");
    let run = desk.run(&["status"]);
    assert!(run.output.contains("Pack") && run.output.contains("250 of 250 left"), "{}", run.output);
    let run = desk.run(&["packs", "undo", &number]);
    assert!(run.output.starts_with("Taken back"), "{}", run.errors);
    assert_eq!(desk.run(&["packs"]).output, "Kiro has no packs.\n");
    for (arguments, says) in [
        (vec!["packs", "add", "3"], "$5.00 to $100.00"),
        (vec!["packs", "add"], "required"),
        (vec!["packs", "add", "5", "--on", "16.11.2026"], "is no date"),
        (vec!["packs", "undo", "999"], "no record 999"),
        (vec!["facts", "--limit", "none", "--undo", "1"], "stands alone"),
        (vec!["facts", "--undo", "1"], "can't be taken back"),
    ] {
        let run = desk.run(&arguments);
        assert!(run.status != 0 && run.errors.contains(says), "{arguments:?}: {} {}", run.status, run.errors);
    }
}
