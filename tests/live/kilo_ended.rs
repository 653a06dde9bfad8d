//! What may not be taken from Kilo's last word any more: credits that ended since, a month that nobody was asked about, a login
//! of whom nothing is known.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator};
use super::kilo_personal::{asked, playing};
use acceptance::Desk;
use headroom_app::words;
use serde_json::json;
use tools::emulator::{Fault, OwnKilo, Team, Which};

const PROFILE: Which = |line| line.contains("/api/profile") && !line.contains("/api/profile/");

/// Of the 23.75 dollars 4.25 end on 10 December, bought or given.
#[test]
fn credits_that_ended_since_are_no_longer_left_and_shut_a_gate() {
    let mut own = OwnKilo::of_ada();
    own.blocks["creditBlocks"][1]["expiry_date"] = json!("2026-11-22 00:00:00+00");
    let (desk, account, _emulator) = asked(own.clone());
    let desk = desk.later("2026-11-21T23:59:59Z");
    assert_eq!(desk.own_kilo(account).balance.as_deref(), Some("23.750000"), "nothing has ended yet");
    assert_eq!(desk.run(&["status", "--min-remaining", "23"]).status, 0);
    let desk = desk.later("2026-11-22T00:00:00Z");
    let view = desk.own_kilo(account);
    assert_eq!((view.balance.as_deref(), view.balance_at.as_deref()), (Some("19.500000"), Some(NOW)));
    let run = desk.run(&["status"]);
    for text in [
        "at most $19.500000, as Kilo said 2026-11-21T10:00:00Z",
        "$4.250000 of the balance expired on 22 November 2026, after Kilo's last answer: at most $19.500000 is left.",
    ] {
        assert!(run.output.contains(text), "{text}: {}", run.output);
    }
    assert_eq!(desk.run(&["status", "--min-remaining", "19.5"]).status, 0);
    assert_eq!(desk.run(&["status", "--min-remaining", "19.51"]).status, 3);
    // Where more ended than was left, or nobody knows how much of it the newer balance had: not known.
    own.blocks["creditBlocks"][1]["balance_mUsd"] = json!(23_750_001);
    let (desk, account, _emulator) = asked(own);
    let desk = desk.later("2026-11-22T00:00:00Z");
    assert_eq!(desk.own_kilo(account).balance, None);
    assert_eq!(desk.run(&["status", "--min-remaining", "0"]).status, 3);
}

#[test]
fn how_much_of_a_newer_balance_ended_with_older_credits_isnt_known() {
    let mut own = OwnKilo::of_ada();
    own.blocks["creditBlocks"][1]["expiry_date"] = json!("2026-11-21 12:00:00+00");
    let (desk, account, emulator) = asked(own.clone());
    own.balance = json!({"balance": 21.0});
    emulator.own_kilo(own);
    emulator.fail_at(|line| line.contains("user.getCreditBlocks"), Fault::Server);
    let desk = desk.later("2026-11-21T11:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    assert_eq!(desk.own_kilo(account).balance.as_deref(), Some("21.000000"));
    let desk = desk.later("2026-11-21T12:00:00Z");
    assert_eq!(desk.own_kilo(account).balance, None, "up to 4.25 of it were spent before they ended");
    // A balance that is told after the end has nothing of it.
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    assert_eq!(desk.own_kilo(account).balance.as_deref(), Some("21.000000"));
}

#[test]
fn a_teams_credits_that_ended_since_are_no_longer_left_and_shut_a_gate() {
    let mut team = Team::of_three(NOW);
    team.gift = Some((5_000_000, "2026-11-22T00:00:00Z".to_owned()));
    let emulator = emulator(team);
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let before = desk.team(account).balance.expect("a balance");
    assert_eq!((before.as_str(), desk.team(account).notes), ("62.500000", Vec::new()));
    let desk = desk.later("2026-11-22T00:00:01Z");
    let team = desk.team(account);
    assert_eq!(team.balance.as_deref(), Some("57.500000"));
    assert!(team.notes.iter().any(|note| words::note(note).contains("$5.000000 of the balance ended")));
    let run = desk.run(&["status"]);
    assert!(run.output.contains("at most $57.500000, from Kilo"), "{}", run.output);
    assert_eq!(desk.run(&["status", "--min-remaining", "57.5"]).status, 0);
    assert_eq!(desk.run(&["status", "--min-remaining", "58"]).status, 3);
}

/// Whether another key is in the file isn't known either: of whom a login is, only the profile says.
#[test]
fn nothing_leads_of_a_login_whose_user_kilo_didnt_say() {
    for fault in [Fault::Server, Fault::WrongType, Fault::HalfBody] {
        let (desk, account, emulator) = asked(OwnKilo::of_ada());
        emulator.own_kilo(OwnKilo { balance: json!({"balance": 250.0}), ..OwnKilo::of_ada() });
        emulator.fail_at(PROFILE, fault);
        let desk = desk.with_kilo(emulator.address(), "somebody-elses").later("2026-11-21T11:00:00Z");
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        let own = desk.own_kilo(account);
        assert_eq!((own.balance.as_deref(), own.balance_at.as_deref()), (Some("23.750000"), Some(NOW)));
        let failure = own.refresh.failure.map(|failure| words::say(&failure)).unwrap_or_default();
        assert!(
            failure.starts_with("Kilo didn't say whose login this is, so nothing of it counts"),
            "{failure}"
        );
    }
    // Nor of an account that nobody was ever asked about.
    let emulator = playing(OwnKilo::of_ada());
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    desk.run(&["accounts", "add", "kilo-personal", "Mine"]);
    emulator.fail_at(PROFILE, Fault::Server);
    desk.run(&["refresh"]);
    let run = desk.run(&["status"]);
    assert!(run.output.contains("Balance       not known"), "{}", run.output);
}

#[test]
fn a_month_that_nobody_was_asked_about_has_no_known_charges() {
    let (desk, account, _emulator) = asked(OwnKilo::of_ada());
    let desk = desk.later("2026-12-11T12:00:00Z");
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let december = &invoices.periods[0];
    assert_eq!((december.id.as_str(), december.total.as_deref()), ("2026-12-01", None));
    let notes: Vec<_> = december.notes.iter().map(words::note).collect();
    assert_eq!(notes, ["Kilo last listed purchases on 21 November 2026: later ones aren't counted."]);
    let run = desk.run(&["invoices"]);
    assert!(!run.output.contains("nothing charged"), "{}", run.output);
}
