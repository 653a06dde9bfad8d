//! What is stated of an account of one person, piece by piece, and what of it holds.

use acceptance::Desk;
use headroom_app::ErrorCode;
use headroom_app::answers::{AccountNumber, ChargeNote, FactsChange, FactsSaved, Kind, RecordedChange};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};

const NOW: &str = "2026-11-21T10:30:00Z";
pub(crate) const PRO: &str =
    r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#;

pub(crate) fn change(json: &str) -> FactsChange {
    serde_json::from_str(json).expect("facts")
}

pub(crate) fn state(desk: &Desk, account: AccountNumber, json: &str) -> FactsSaved {
    desk.headroom.save_facts(Some(account), &change(json)).expect("saved")
}

/// The plan, and what the running month's end charges.
pub(crate) fn stands(desk: &Desk, account: AccountNumber) -> (String, String) {
    let overview = desk.headroom.overview(account).expect("an overview");
    (overview.plan, overview.next_charge.map_or_else(String::new, |charge| charge.total))
}

pub(crate) fn as_told(plan: &str, next_charge: &str) -> (String, String) {
    (plan.to_owned(), next_charge.to_owned())
}

/// Found in November 2026: after "I changed it there", saving the form untouched went back to Pro without a word.
#[test]
fn a_recorded_change_is_not_undone_by_saving_nothing() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.headroom.change_plan(account, "pro-plus").expect("recorded");
    let shown = desk.headroom.accounts().expect("accounts").remove(0).facts.expect("facts");
    assert_eq!(shown.plan.as_deref(), Some("pro-plus"), "the form shows what holds now");

    let untouched = serde_json::to_string(&shown).expect("JSON");
    for nothing in ["{}", untouched.as_str(), r#"{"plan": "pro-plus", "country": "US"}"#] {
        let saved = state(&desk, account, nothing);
        assert!(!saved.changed && saved.replaced.is_empty(), "{nothing}");
        assert_eq!(stands(&desk, account), as_told("Pro+", "40.00"), "{nothing}");
    }
    // As it stood in November: Pro at its start, then what Pro+ costs more.
    let november = desk.headroom.invoices(account).expect("invoices").periods.remove(0);
    assert_eq!(november.total.as_deref(), Some("40.00"), "20.00 for Pro, 20.00 more for Pro+");
}

#[test]
fn a_change_goes_on_to_count_whatever_else_is_stated_after_it() {
    for stated in [
        r#"{"country": "DE"}"#,
        r#"{"first_paid_on": "2026-08-10"}"#,
        r#"{"signed_up_on": "2026-08-01"}"#,
        r#"{"overage_enabled": true}"#,
        r#"{"country": "JP", "first_paid_on": "2026-09-15"}"#,
    ] {
        let desk = Desk::at(NOW);
        let account = desk.facts(PRO);
        desk.headroom.change_plan(account, "pro-plus").expect("recorded");
        let saved = state(&desk, account, stated);
        assert!(saved.changed && saved.replaced.is_empty(), "{stated}");
        assert_eq!(stands(&desk, account).0, "Pro+", "{stated}");
        let held = saved.account.facts.expect("facts");
        assert_eq!(held.plan.as_deref(), Some("pro-plus"), "{stated}");
    }
}

#[test]
fn another_plan_takes_the_place_of_recorded_changes_and_says_which() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.headroom.change_plan(account, "pro-plus").expect("recorded");
    let saved = state(&desk, account, r#"{"plan": "power"}"#);
    let replaced = RecordedChange { plan: "Pro+".to_owned(), on: "2026-11-21".to_owned() };
    assert_eq!(saved.replaced, [replaced]);
    assert_eq!(stands(&desk, account), as_told("Power", "200.00"));
    // Also back to the one it began with: that is a statement, not what the form happened to hold.
    desk.headroom.change_plan(account, "pro").expect("a change for the next cycle");
    let saved = state(&desk, account, r#"{"plan": "pro"}"#);
    assert_eq!(saved.replaced.len(), 1);
    assert_eq!(stands(&desk, account), as_told("Pro", "20.00"));
    let run = desk.run(&["facts", "--plan", "pro"]);
    assert_eq!(run.output, "Nothing changed: Kiro has these details already.\n", "{}", run.errors);
}

#[test]
fn the_command_line_states_what_it_is_given_and_says_what_no_longer_counts() {
    let desk = Desk::at(NOW);
    let account = desk.facts(PRO);
    desk.headroom.change_plan(account, "pro-plus").expect("recorded");
    let run = desk.run(&["facts", "--country", "DE"]);
    assert_eq!((run.status, run.output.as_str()), (0, "The details of Kiro are saved.\n"), "{}", run.errors);
    assert_eq!(stands(&desk, account), as_told("Pro+", "40.00"));
    let run = desk.run(&["facts", "--plan", "power", "--first-paid", "2026-08-15"]);
    let told = "The details of Kiro are saved.\nThe change to Pro+ of 21 November 2026 no longer counts.\n";
    assert_eq!(run.output, told, "{}", run.errors);
    let run = desk.run(&["facts", "--signed-up", "none"]);
    assert_eq!(run.output, "Nothing changed: Kiro has these details already.\n", "{}", run.errors);
    assert_eq!(desk.run(&["facts"]).status, 2, "it says what can be stated");
}

#[test]
fn facts_stated_one_at_a_time_are_those_stated_at_once() {
    let at_once = Desk::at(NOW);
    let whole = r#"{"plan": "pro-plus", "first_paid_on": "2026-09-20", "signed_up_on": "2026-09-02", "country": "JP"}"#;
    let account = at_once.facts(PRO);
    state(&at_once, account, whole);
    let expected = at_once.headroom.accounts().expect("accounts").remove(0).facts;
    let parts = [
        r#"{"plan": "pro-plus"}"#,
        r#"{"first_paid_on": "2026-09-20"}"#,
        r#"{"signed_up_on": "2026-09-02"}"#,
        r#"{"country": "JP"}"#,
    ];
    // The sign-up can't come after the first payment, so it is stated after it.
    for order in [[0, 1, 2, 3], [3, 1, 2, 0], [1, 3, 0, 2], [1, 2, 3, 0], [0, 3, 1, 2]] {
        let desk = Desk::at(NOW);
        let account = desk.facts(PRO);
        for part in order {
            state(&desk, account, parts[part]);
        }
        assert_eq!(desk.headroom.accounts().expect("accounts").remove(0).facts, expected, "{order:?}");
        assert_eq!(stands(&desk, account), stands(&at_once, account), "{order:?}");
    }
}

/// A first payment that was recorded as a change was moved to the running month's start, and its charge was gone.
#[test]
fn a_first_payment_recorded_as_a_change_stays_in_its_month() {
    let desk = Desk::at(NOW);
    let account = desk.facts(r#"{"plan": "free", "country": "US", "overage_enabled": false}"#);
    desk.headroom.change_plan(account, "pro").expect("recorded");
    let charged_in_november = |desk: &Desk| {
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        periods.iter().find(|period| period.id == "2026-11-01").and_then(|period| period.total.clone())
    };
    let in_november = charged_in_november(&desk);
    assert_eq!(in_november.as_deref(), Some("6.00"), "9 of 30 days of $20.00");
    let held = desk.headroom.accounts().expect("accounts").remove(0).facts.expect("facts");
    assert_eq!(held.first_paid_on.map(|day| day.to_string()).as_deref(), Some("2026-11-21"));

    let desk = desk.later("2026-12-09T08:00:00Z");
    assert_eq!(charged_in_november(&desk), in_november, "a month later it is still there");
    assert_eq!(stands(&desk, account), as_told("Pro", "20.00"));
    // Its day can be corrected: it is that of the plan it was changed to.
    let saved = state(&desk, account, r#"{"first_paid_on": "2026-11-16"}"#);
    assert_eq!(saved.account.facts.expect("facts").plan.as_deref(), Some("pro"));
    assert_eq!(charged_in_november(&desk).as_deref(), Some("9.33"), "14 of 30 days of $20.00");
}

#[test]
fn a_price_list_without_a_recorded_plan_is_refused_and_nothing_is_lost() {
    let desk = Desk::at(NOW);
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "price_list": "kiro-2026-07"}"#,
    );
    desk.headroom.change_plan(account, "pro-max").expect("recorded");
    let refused = desk
        .headroom
        .save_facts(Some(account), &change(r#"{"price_list": "kiro-2025-12"}"#))
        .expect_err("refused");
    assert_eq!(refused.code, ErrorCode::Input);
    assert!(refused.to_string().starts_with("Price list: "), "{}", refused.to_string());
    assert!(refused.to_string().contains("pro-max"), "{}", refused.to_string());
    assert_eq!(stands(&desk, account).0, "Pro Max");
}

#[test]
fn a_first_description_needs_its_plan() {
    let desk = Desk::at(NOW);
    let error = desk.headroom.save_facts(None, &change(r#"{"country": "DE"}"#)).expect_err("no plan");
    assert!(error.to_string().starts_with("Plan: "), "{}", error.to_string());
    assert!(desk.headroom.accounts().expect("accounts").is_empty());
}

/// Appends an act with such a content, as a changed byte of an older one would read.
fn damage(desk: &Desk, account: AccountNumber, kind: EventKind, body: &str) {
    let at = NOW.parse().expect("a moment");
    let event = NewEvent {
        at,
        kind,
        key: format!("damaged:{body}"),
        credits: None,
        model: None,
        session: None,
        source: "user",
        body: body.to_owned(),
    };
    let mut store = Store::open(&desk.headroom.paths().database(), at).to_write().expect("the store");
    let written = store.write(|writing| writing.append(AccountId(account.0), &event, at));
    assert!(written.expect("written"));
}

/// One changed byte in a recorded plan change took every account down, and the way to state the plan anew with it.
#[test]
fn a_plan_change_that_cannot_be_read_stays_in_its_account_and_can_be_replaced() {
    let desk = Desk::at(NOW);
    let damaged = desk.facts(PRO);
    let other = desk.headroom.add_account(Kind::KiroIndividual, Some("Other")).expect("added").id;
    state(&desk, other, r#"{"plan": "free", "country": "US"}"#);
    damage(&desk, damaged, EventKind::ChangePlan, r#"{"plan":"pro-plvs"}"#);

    assert_eq!(desk.headroom.accounts().expect("both are listed").len(), 2);
    assert_eq!(stands(&desk, other).0, "Free");
    let error = desk.headroom.overview(damaged).expect_err("no figures are invented");
    assert!(error.to_string().contains("pro-plvs"), "{}", error.to_string());
    let error = desk.headroom.save_facts(Some(damaged), &change(r#"{"country": "DE"}"#));
    assert!(error.is_err(), "what else is stated doesn't hide it");
    let saved = state(&desk, damaged, r#"{"plan": "pro"}"#);
    assert!(saved.changed);
    assert_eq!(stands(&desk, damaged), as_told("Pro", "20.00"));
}

/// Found in November 2026: `doctor` named every other damaged record, but not this one, whose account had no figures.
#[test]
fn doctor_names_a_plan_change_that_cannot_be_read_until_the_plan_is_stated_anew() {
    for (body, reason) in
        [(r#"{"plan":"pro-plvs"}"#, "\"pro-plvs\" is no plan"), (r#"{"plam":"pro"}"#, "plan is missing")]
    {
        let desk = Desk::at(NOW);
        let account = desk.facts(PRO);
        let doctor = || desk.run(&["doctor"]).output;
        let named = "The plan change of 21 November 2026 can't be read";
        desk.headroom.change_plan(account, "pro-plus").expect("recorded");
        assert!(!doctor().contains(named), "one that can be read: {}", doctor());
        damage(&desk, account, EventKind::ChangePlan, body);
        let told = doctor();
        assert!(
            told.contains(named) && told.contains(reason) && told.contains("headroom facts --plan"),
            "{told}"
        );
        assert_eq!(told.matches(named).count(), 1, "{told}");
        state(&desk, account, r#"{"plan": "pro"}"#);
        assert!(!doctor().contains(named), "it counts no more: {}", doctor());
    }
}

#[test]
fn doctor_names_details_and_turns_of_the_switch_that_cannot_be_read() {
    for (kind, body, named) in [
        (EventKind::Facts, "{", "The account's details of 21 November 2026 can't be read"),
        (EventKind::SetOverage, "{}", "The change of the overage switch of 21 November 2026 can't be read"),
    ] {
        let desk = Desk::at(NOW);
        let account = desk.facts(PRO);
        desk.headroom.set_overage(account, true).expect("recorded");
        assert!(!desk.run(&["doctor"]).output.contains(named));
        damage(&desk, account, kind, body);
        let told = desk.run(&["doctor"]).output;
        assert!(told.contains(named) && told.contains("backup"), "{told}");
    }
}

/// What is true now is taken, also where what was paid for this month would last to its end.
#[test]
fn free_in_a_paid_month_is_taken_with_the_day_on_which_it_ended() {
    for (first_paid, ended, ok) in [
        ("2026-11-05", "2026-11-14", true),
        ("2026-11-03", "2026-11-03", true),
        ("2026-08-15", "2026-11-20", true),
        ("2026-11-05", "2026-11-04", false),
    ] {
        let desk = Desk::at(NOW);
        let account =
            desk.facts(&format!(r#"{{"plan": "pro", "first_paid_on": "{first_paid}", "country": "US"}}"#));
        let stated = format!(r#"{{"plan": "free", "plan_since": "{ended}"}}"#);
        let saved = desk.headroom.save_facts(Some(account), &change(&stated));
        assert_eq!(saved.is_ok(), ok, "{first_paid} {ended}: {saved:?}");
        if !ok {
            continue;
        }
        assert_eq!(stands(&desk, account), as_told("Free", ""), "{first_paid} {ended}");
        desk.usage(&[("2026-11-02T09:00:00Z", "10.00"), ("2026-11-20T09:00:00Z", "20.00")]);
        let overview = desk.headroom.overview(account).expect("an overview");
        assert_eq!(overview.left.as_deref(), Some("20.00"), "of Free's 50");
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        let of = |month: &str| periods.iter().find(|period| period.id == month)?.total.as_deref();
        assert_eq!(of("2026-11-01"), None, "{periods:?}");
        let notes = periods.iter().find(|period| period.id == "2026-11-01").map(|period| &period.notes);
        let on = ended.to_owned();
        let expected = if first_paid < "2026-11-01" {
            vec![ChargeNote::EndedWithin { on }]
        } else {
            notes.expect("November").clone()
        };
        assert_eq!(notes, Some(&expected), "it is known which plan was held");
        if first_paid < "2026-10-01" {
            assert_eq!(of("2026-10-01"), Some("20.00"), "what was stated before holds until then");
        }
    }
}

/// Nobody knows by heart when they first paid: it is asked for where it matters.
#[test]
fn a_paid_plan_needs_no_first_paid_day_and_makes_none_up() {
    for (plan, charge) in [("pro", "20.00"), ("power", "200.00")] {
        let desk = Desk::at(NOW);
        let account = desk.facts(&format!(r#"{{"plan": "{plan}", "country": "US"}}"#));
        let facts = desk.headroom.accounts().expect("accounts").remove(0).facts.expect("facts");
        assert_eq!(facts.first_paid_on, None, "no day is made up");
        assert_eq!(stands(&desk, account).1, charge);
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        let notes: Vec<_> = periods.iter().flat_map(|period| &period.notes).collect();
        assert_eq!(notes, [&ChargeNote::FirstPaidUnknown], "what was charged isn't made up either");
        assert!(periods.iter().all(|period| period.total.is_none()));
        let page = desk.run(&["invoices"]);
        assert!(page.output.contains("first paid for Kiro isn't known"), "{page:?}");
        state(&desk, account, r#"{"first_paid_on": "2026-08-15"}"#);
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        assert_eq!(periods.first().and_then(|period| period.total.as_deref()), Some(charge));
    }
}
