//! Whose an answer is (rule V1), with real logins on a machine: which leads, what is said of the others, and the owner's choice.

use super::{NOW, account_at_kiro, overview};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, Kind, LoginsView, OverviewView, Vendor};
use headroom_app::words;
use headroom_sources::kiro::token::KiroPlaces;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use serde_json::{Value, json};
use std::fs;
use tools::emulator::Emulator;

const LATER: &str = "2026-11-21T11:00:00Z";

/// What Kiro says of a user: the plan, what is used of how much.
pub(super) fn says(user: Option<&str>, plan: &str, (count, of): (f64, f64)) -> Value {
    let mut limits = json!({
        "nextDateReset": 1_796_083_200, "subscriptionInfo": {"subscriptionTitle": plan},
        "overageConfiguration": {"overageStatus": "DISABLED"},
        "usageBreakdownList": [{"resourceType": "CREDIT", "currency": "USD", "currentOverages": 0,
            "overageCharges": 0.0, "currentUsageWithPrecision": count, "usageLimitWithPrecision": of}],
    });
    if let Some(user) = user {
        limits["userInfo"] = json!({"userId": user});
    }
    limits
}

/// Logs in with the IDE and with the command line, each with a token of its name, or with one of them.
fn log_in(desk: &Desk, ide: bool, cli: &[&str]) -> KiroPlaces {
    let home = desk.home();
    let places = KiroPlaces {
        ide_token: home.join("kiro-auth-token.json"),
        ide: home.join("Kiro"),
        cli_database: home.join("data.sqlite3"),
    };
    _ = fs::remove_file(&places.ide_token);
    _ = fs::remove_file(&places.cli_database);
    if ide {
        let login =
            json!({"accessToken": "ide", "expiresAt": "2099-01-01T00:00:00Z", "authMethod": "social"});
        fs::write(&places.ide_token, login.to_string()).expect("written");
    }
    let database = rusqlite::Connection::open(&places.cli_database).expect("a database");
    let tables = "CREATE TABLE auth_kv (key TEXT, value TEXT); CREATE TABLE state (key TEXT, value TEXT)";
    database.execute_batch(tables).expect("tables");
    for (key, token) in ["kirocli:social:token", "kirocli:odic:token"].into_iter().zip(cli) {
        let value = json!({"access_token": token, "expires_at": "2099-01-01T00:00:00Z"}).to_string();
        database.execute("INSERT INTO auth_kv VALUES (?1, ?2)", [key, value.as_str()]).expect("a row");
    }
    places
}

/// A desk on which the IDE and the command line are signed in, and what Kiro says to each.
pub(super) fn with_two(ide: &Value, cli: &Value) -> (Emulator, Desk) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    emulator.answers_to("ide", ide);
    emulator.answers_to("cli", cli);
    let desk = Desk::at(NOW);
    let places = log_in(&desk, true, &["cli"]);
    let address = emulator.address();
    (emulator, desk.opened_with(|paths| paths.with_kiro(places, address)))
}

pub(super) fn of_plan(desk: &Desk, plan: &str) -> AccountNumber {
    desk.facts(&format!(r#"{{"plan": "{plan}", "first_paid_on": "2026-08-15", "country": "US"}}"#))
}

pub(super) fn left(desk: &Desk, account: AccountNumber) -> Option<String> {
    overview(desk, account).left
}

pub(super) fn refreshed(desk: &Desk, account: AccountNumber) -> (Option<String>, OverviewView) {
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    (refreshed.failure.as_ref().map(|failure| failure.code().to_owned()), overview(desk, account))
}

fn logins(desk: &Desk, account: AccountNumber) -> LoginsView {
    desk.headroom.logins(account).expect("logins")
}

fn chosen(view: &LoginsView) -> Vec<&str> {
    view.logins.iter().filter(|login| login.chosen).map(|login| login.key.as_str()).collect()
}

#[test]
fn of_two_logins_the_one_whose_plan_was_stated_leads_and_the_other_is_named() {
    let free = says(Some("d-9000000000.free"), "KIRO FREE", (0.0, 50.0));
    let plus = says(Some("d-9000000000.paid"), "KIRO PRO+", (1932.06, 2000.0));
    let power = says(Some("d-9000000000.big"), "KIRO POWER", (41.5, 10_000.0));
    for (ide, cli, plan, expected) in [
        (&free, &plus, "pro-plus", "67.94"),
        (&plus, &free, "pro-plus", "67.94"),
        (&power, &plus, "power", "9958.50"),
        (&plus, &power, "power", "9958.50"),
    ] {
        let (_emulator, desk) = with_two(ide, cli);
        let account = of_plan(&desk, plan);
        let (failure, view) = refreshed(&desk, account);
        assert_eq!((failure, view.left.as_deref()), (None, Some(expected)), "{plan}");
        assert!(!view.refresh.undecided);
        let beside: Vec<_> = view.refresh.beside.iter().map(words::say).collect();
        assert!(beside.len() == 1 && beside[0].contains("of another account than Kiro"), "{beside:?}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains(&beside[0]), "{status}");
        // From then on the user is known, whatever is stated.
        desk.headroom
            .save_facts(Some(account), &serde_json::from_str(r#"{"plan": "pro"}"#).expect("facts"))
            .expect("saved");
        desk.wait_until(LATER);
        let (failure, view) = refreshed(&desk, account);
        assert_eq!((failure, view.quoted.expect("Kiro's figures").at.to_string().as_str()), (None, LATER));
    }
}

#[test]
fn where_two_logins_fit_nothing_is_known_until_one_is_chosen() {
    for (plans, stated) in [
        (["KIRO PRO", "KIRO PRO"], "pro"),
        (["KIRO FREE", "KIRO POWER"], "pro"),
        (["KIRO STUDENT", "KIRO PRO+"], "pro"),
    ] {
        let (ada, bob) = (
            says(Some("d-9000000000.ada"), plans[0], (300.0, 1000.0)),
            says(Some("d-9000000000.bob"), plans[1], (41.25, 1000.0)),
        );
        let (_emulator, desk) = with_two(&ada, &bob);
        let account = of_plan(&desk, stated);
        // Also what is recorded here may be of either.
        desk.usage(&[("2026-11-05T09:00:00Z", "25.00")]);
        let (failure, view) = refreshed(&desk, account);
        assert_eq!(failure.as_deref(), Some("several-logins"), "{plans:?}");
        assert_eq!((&view.left, &view.used, view.next_charge.is_none()), (&None, &None, true), "{plans:?}");
        assert!(view.refresh.undecided && view.pace.is_none() && view.quoted.is_none());
        let said = words::say(view.refresh.failure.as_ref().expect("why"));
        assert!(said.contains("d-9000000000.ada") && said.contains("700 left"), "{said}");
        assert!(said.contains("d-9000000000.bob") && said.contains("958.75 left"), "{said}");
        let gate = desk.run(&["status", "--min-remaining", "1"]);
        assert_eq!(gate.status, 3);
        assert!(gate.output.contains("not known: choose the login first"), "{}", gate.output);
        let doctor = desk.run(&["doctor"]).output;
        assert!(doctor.contains("any of them may be the one called \"Kiro\" here"), "{doctor}");

        let list = desk.run(&["accounts", "login", "Kiro"]);
        assert!(
            list.output.contains("1  d-9000000000.ada") && list.output.contains("300.00 used"),
            "{list:?}"
        );
        assert!(list.output.contains("headroom accounts login 1 NUMBER"), "{list:?}");
        assert_eq!(desk.run(&["accounts", "login", "Kiro", "eve"]).status, 2);
        // By its number, and again by its user.
        let run = desk.run(&["accounts", "login", "Kiro", "2"]);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
        assert_eq!(left(&desk, account).as_deref(), Some("958.75"), "what it had said leads at once");
        assert_eq!(desk.run(&["accounts", "login", "Kiro", "ada"]).status, 0);
        assert_eq!(
            (left(&desk, account).as_deref(), logins(&desk, account).undecided),
            (Some("700.00"), false)
        );
        // Whatever was chosen in between, both are listed where they were, with what they said.
        for number in ["2", "1"] {
            assert_eq!(desk.run(&["accounts", "login", "Kiro", number]).status, 0);
            let list = desk.run(&["accounts", "login", "Kiro"]).output;
            assert!(list.contains("1  d-9000000000.ada") && list.contains("300.00 used"), "{list}");
            assert!(list.contains("2  d-9000000000.bob") && list.contains("41.25 used"), "{list}");
        }
        // It stays chosen.
        desk.wait_until(LATER);
        let (failure, view) = refreshed(&desk, account);
        assert_eq!((failure, view.left.as_deref()), (None, Some("700.00")));
        assert_eq!(chosen(&logins(&desk, account)), ["d-9000000000.ada"]);
    }
}

#[test]
fn once_only_one_login_is_left_nothing_is_to_be_chosen() {
    let (ada, bob) =
        (says(Some("ada"), "KIRO PRO", (300.0, 1000.0)), says(Some("bob"), "KIRO PRO", (41.25, 1000.0)));
    let (_emulator, desk) = with_two(&ada, &bob);
    let account = of_plan(&desk, "pro");
    assert!(refreshed(&desk, account).1.refresh.undecided);
    log_in(&desk, false, &["cli"]);
    desk.wait_until(LATER);
    let (failure, view) = refreshed(&desk, account);
    assert_eq!((failure, view.left.as_deref(), view.refresh.undecided), (None, Some("958.75"), false));
}

#[test]
fn a_login_that_has_ended_keeps_no_other_from_being_asked() {
    let ada = says(Some("ada"), "KIRO PRO", (300.0, 1000.0));
    let (emulator, desk) = with_two(&ada, &ada);
    let account = of_plan(&desk, "pro");
    assert_eq!(refreshed(&desk, account).1.left.as_deref(), Some("700.00"));
    emulator.answers_to("ide", &Value::Null);
    emulator.answers_to("cli", &says(Some("d-1234567890.ada"), "KIRO PRO", (310.0, 1000.0)));
    desk.wait_until(LATER);
    let (failure, view) = refreshed(&desk, account);
    assert_eq!(
        (failure, view.left.as_deref()),
        (None, Some("690.00")),
        "one user with and without the directory"
    );
}

/// Found in November 2026: it was said that Kiro is signed in to another account.
#[test]
fn a_login_of_ones_own_that_ended_is_said_where_only_anothers_answers() {
    let (ada, bob) =
        (says(Some("ada"), "KIRO PRO", (300.0, 1000.0)), says(Some("bob"), "KIRO PRO", (41.25, 1000.0)));
    let (emulator, desk) = with_two(&ada, &ada);
    let account = of_plan(&desk, "pro");
    assert_eq!(refreshed(&desk, account).1.left.as_deref(), Some("700.00"));
    emulator.answers_to("ide", &Value::Null);
    emulator.answers_to("cli", &bob);
    desk.wait_until(LATER);
    let (failure, view) = refreshed(&desk, account);
    assert_eq!((failure.as_deref(), view.left.as_deref()), (Some("sign-in-again"), Some("700.00")));
}

#[test]
fn two_accounts_share_two_logins_between_them() {
    let (ada, bob) =
        (says(Some("ada"), "KIRO PRO", (300.0, 1000.0)), says(Some("bob"), "KIRO PRO+", (41.25, 2000.0)));
    let (_emulator, desk) = with_two(&ada, &bob);
    let first = of_plan(&desk, "pro-plus");
    assert_eq!(refreshed(&desk, first).1.left.as_deref(), Some("1958.75"));
    let second = desk.headroom.add_account(Kind::KiroIndividual, Some("Private")).expect("added").id;
    let refresh = desk.headroom.refresh(second, true, false).expect("a refresh");
    assert_eq!(refresh.failure, None, "the other login is what is left");
    assert_eq!(left(&desk, second).as_deref(), Some("700.00"));
    let taken = desk.headroom.choose_login(second, "bob").expect_err("it is the first one's");
    assert_eq!(taken.saying.code(), "login-taken");
}

/// What older versions kept of a login that named no user.
#[test]
fn an_account_that_is_known_by_a_profile_alone_is_of_nobody_yet() {
    let (free, plus) = (
        says(Some("d-9000000000.free"), "KIRO FREE", (0.0, 50.0)),
        says(Some("d-9000000000.paid"), "KIRO PRO+", (1900.0, 2000.0)),
    );
    let (_emulator, desk) = with_two(&free, &plus);
    let account = of_plan(&desk, "pro-plus");
    let path = desk.headroom.paths().database();
    let mut store = Store::open(&path, NOW.parse().expect("a moment")).to_write().expect("a store");
    let profile = "arn:aws:codewhisperer:us-east-1:111122223333:profile/ABC";
    store.write(|writing| writing.set_identity(AccountId(account.0), profile)).expect("as it was");
    let (failure, view) = refreshed(&desk, account);
    assert_eq!((failure, view.left.as_deref()), (None, Some("100.00")));
    assert_eq!(chosen(&logins(&desk, account)), ["d-9000000000.paid"]);
}

#[test]
fn a_count_that_fell_and_names_nobody_does_not_lead_and_is_said() {
    for (before, now, leads) in [(612.4, 400.0, false), (3.02, 3.01, false), (612.4, 612.41, true)] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        emulator.answers_to("ide", &says(None, "KIRO PRO", (before, 1000.0)));
        let desk = Desk::at(NOW);
        let places = log_in(&desk, true, &[]);
        let desk = desk.opened_with(|paths| paths.with_kiro(places, emulator.address()));
        let account = of_plan(&desk, "pro");
        assert_eq!(refreshed(&desk, account).0, None);
        emulator.answers_to("ide", &says(None, "KIRO PRO", (now, 1000.0)));
        desk.wait_until(LATER);
        let (failure, view) = refreshed(&desk, account);
        assert_eq!(failure.is_none(), leads, "{before} {now}");
        let quoted = view.quoted.expect("Kiro's figures");
        assert_eq!(quoted.at.to_string(), if leads { LATER } else { NOW });
        if leads {
            continue;
        }
        let status = desk.run(&["status"]).output;
        assert!(status.contains("It may be somebody else's"), "{status}");
        // The owner knows better.
        let run = desk.run(&["accounts", "login", "Kiro", "1"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(overview(&desk, account).quoted.expect("Kiro's figures").used, Some(format!("{now:.2}")));
        desk.wait_until("2026-11-21T12:00:00Z");
        assert_eq!(refreshed(&desk, account).0, None, "and it goes on to lead");
    }
}

/// Two clicks from a login to figures: nothing is stated, and everything is Kiro's word.
#[test]
fn an_account_is_made_of_what_is_found_and_nothing_is_asked() {
    for (plan, numbers, expected, charge) in [
        ("KIRO PRO", (941.0, 1000.0), "59.00", Some("20.00")),
        ("KIRO POWER", (20.5, 10_000.0), "9979.50", Some("200.00")),
        ("Kiro Free", (3.0, 50.0), "47.00", None),
        ("KIRO PRO MAX", (0.0, 5000.0), "5000.00", Some("100.00")),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        emulator.answers_to("ide", &says(Some("ada"), plan, numbers));
        let desk = Desk::at(NOW);
        let places = log_in(&desk, true, &[]);
        let desk = desk.opened_with(|paths| paths.with_kiro(places, emulator.address()));
        let added = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added");
        assert!(!added.ready && added.facts.is_none(), "nothing is known yet, Free least of all");
        assert_eq!(desk.run(&["status", "--min-remaining", "1"]).status, 3);
        desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
        let due = desk.headroom.due(false).expect("who is due");
        assert_eq!(due.accounts, [added.id], "it is asked about before anything is stated");
        let (failure, view) = refreshed(&desk, added.id);
        assert_eq!((failure, view.left.as_deref()), (None, Some(expected)), "{plan}");
        assert_eq!(view.next_charge.map(|charge| charge.total).as_deref(), charge, "{plan}");
        let account = desk.headroom.accounts().expect("accounts").remove(0);
        assert!(account.ready && account.stated_plan.is_none());
        // What was charged before isn't made up.
        let invoices = desk.headroom.invoices(added.id).expect("invoices");
        for period in invoices.periods.iter().filter(|_| charge.is_some()) {
            assert_eq!((period.total.as_ref(), period.notes.is_empty()), (None, false), "{plan}: {period:?}");
        }
        // Another word of Kiro's is another plan, without a charge of its own.
        emulator.answers_to("ide", &says(Some("ada"), "KIRO PRO+", (numbers.0, 2000.0)));
        desk.wait_until(LATER);
        let (_, view) = refreshed(&desk, added.id);
        assert_eq!(
            (view.plan.as_str(), view.next_charge.map(|charge| charge.total).as_deref()),
            ("Pro+", Some("40.00"))
        );
    }
}

#[test]
fn what_is_stated_later_is_the_owners_word_and_saving_nothing_states_nothing() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    emulator.answers_to("ide", &says(Some("ada"), "KIRO PRO", (100.0, 1000.0)));
    let desk = Desk::at(NOW);
    let places = log_in(&desk, true, &[]);
    let desk = desk.opened_with(|paths| paths.with_kiro(places, emulator.address()));
    let id = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    refreshed(&desk, id);
    let save = |json: &str| {
        desk.headroom.save_facts(Some(id), &serde_json::from_str(json).expect("facts")).expect("saved")
    };
    assert!(!save("{}").changed);
    assert!(!save(r#"{"country": "US", "price_list": null}"#).changed, "as the form shows it");
    // The day is asked for where it matters: then the months from this one on are charged.
    assert!(save(r#"{"first_paid_on": "2026-11-13"}"#).changed);
    let november = |desk: &Desk| desk.headroom.invoices(id).expect("invoices").periods.remove(0).total;
    assert_eq!(november(&desk).as_deref(), Some("11.33"), "17 of 30 days of $20.00");
    let account = desk.headroom.accounts().expect("accounts").remove(0);
    assert!(account.stated_plan.is_none(), "the plan is still Kiro's word");
    assert!(save(r#"{"plan": "pro"}"#).changed, "and is the owner's once it is stated");
    assert!(desk.headroom.accounts().expect("accounts").remove(0).stated_plan.is_some());
    let unknown = says(Some("ada"), "KIRO STUDENT", (100.0, 1000.0));
    emulator.answers_to("ide", &unknown);
    desk.wait_until(LATER);
    assert_eq!(refreshed(&desk, id).1.plan, "Pro");
}

#[test]
fn of_an_account_that_nothing_was_stated_of_two_logins_are_named_with_what_each_gives() {
    let free = says(Some("d-9000000000.free"), "KIRO FREE", (12.5, 50.0));
    let plus = says(Some("d-9000000000.paid"), "KIRO PRO+", (1500.0, 2000.0));
    let (_emulator, desk) = with_two(&free, &plus);
    let id = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    let refreshed = desk.headroom.refresh(id, true, false).expect("a refresh");
    assert!(refreshed.undecided);
    let status = desk.run(&["status", "--min-remaining", "1"]);
    assert_eq!(status.status, 3);
    for said in ["d-9000000000.free: KIRO FREE, 37.50 left", "d-9000000000.paid: KIRO PRO+, 500.00 left"] {
        assert!(status.output.contains(said), "{}", status.output);
    }
    desk.headroom.choose_login(id, "paid").expect("chosen");
    assert_eq!(left(&desk, id).as_deref(), Some("500.00"));
    assert_eq!(desk.run(&["status", "--min-remaining", "500"]).status, 0);
}

/// What is read of sessions is as old as the last time that they were read, however quiet the days since were (V8).
#[test]
fn a_gate_on_recorded_tasks_is_as_old_as_their_last_reading() {
    for (days, quiet, open) in [(0, false, true), (3, false, false), (3, true, true)] {
        let desk = Desk::at(NOW);
        of_plan(&desk, "pro");
        let turns = [("2026-11-05T09:00:00Z", "25.00")];
        desk.usage(&turns);
        desk.wait_until(&format!("2026-11-{}T10:00:00Z", 21 + days));
        if quiet {
            // Nothing is new in them.
            desk.usage(&turns);
        }
        desk.wait_until(&format!("2026-11-{}T10:30:00Z", 21 + days));
        let gate = desk.run(&["status", "--min-remaining", "100"]);
        assert_eq!(gate.status, if open { 0 } else { 3 }, "{days} {quiet}: {gate:?}");
        assert_eq!(gate.errors.contains("headroom import reads it again"), !open, "{gate:?}");
    }
}
