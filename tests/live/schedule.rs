//! When a vendor is asked: decided by the engine with its own clock, whoever asks and how often.

use super::{NOW, TOKEN, account_at_kiro, asked, desk};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, Kind, Vendor};
use headroom_app::words;
use headroom_exact::{Moment, Saying};
use tools::emulator::{Emulator, Fault};

/// Whose vendor is due, and when to look again.
fn due(desk: &Desk, hidden: bool) -> (Vec<AccountNumber>, u32) {
    let due = desk.headroom.due(hidden).expect("an answer");
    (due.accounts, due.next_in_seconds)
}

fn asks_by_itself(desk: &Desk, account: AccountNumber) {
    desk.headroom.refresh(account, false, false).expect("what fails is no error");
}

#[test]
fn figures_are_renewed_every_five_minutes_while_the_window_is_seen_and_every_fifteen_while_it_is_hidden() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    assert_eq!(due(&desk, false), (vec![account], 5), "it was never asked");
    asks_by_itself(&desk, account);
    assert_eq!((due(&desk, false), due(&desk, true)), ((vec![], 300), (vec![], 900)));
    let desk = desk.later("2026-11-21T10:04:59Z");
    assert_eq!(
        (due(&desk, false), due(&desk, true)),
        ((vec![], 5), (vec![], 601)),
        "a second is too soon to look"
    );
    let desk = desk.later("2026-11-21T10:05:00Z");
    assert_eq!((due(&desk, false).0, due(&desk, true).0), (vec![account], vec![]));
    let desk = desk.later("2026-11-21T10:15:00Z");
    assert_eq!(due(&desk, true).0, [account]);
}

// Found in November 2026: 201 requests in 1.7 s, since nothing but the page's timer held back.
#[test]
fn a_page_that_asks_wildly_by_itself_reaches_the_vendor_once() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    for _ in 0..200 {
        asks_by_itself(&desk, account);
    }
    assert_eq!(asked(&emulator), 1);
    let desk = desk.later("2026-11-21T10:04:59Z");
    asks_by_itself(&desk, account);
    assert_eq!(asked(&emulator), 1, "even in a later run");
    let desk = desk.later("2026-11-21T10:05:00Z");
    asks_by_itself(&desk, account);
    assert_eq!(asked(&emulator), 2);
}

// Found in November 2026: 12 of 12 were sent after each of these.
#[test]
fn a_page_that_asks_wildly_as_if_by_hand_waits_after_a_failure_too() {
    for fault in [Fault::Server, Fault::Unauthorized, Fault::NotSupported, Fault::WrongType, Fault::HalfBody]
    {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        emulator.fail(Some(fault));
        for _ in 0..12 {
            desk.headroom.refresh(account, true, false).expect("a failure is no error");
        }
        assert_eq!(asked(&emulator), 1, "{fault:?}");
        let desk = desk.later("2026-11-21T10:00:09Z");
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        assert_eq!(asked(&emulator), 1, "{fault:?}: even in a later run");
        let desk = desk.later("2026-11-21T10:00:10Z");
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        assert_eq!(asked(&emulator), 2, "{fault:?}");
    }
}

#[test]
fn after_a_failure_it_is_asked_sooner_and_never_later_than_usual() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    emulator.fail(Some(Fault::Server));
    // A part of a first pause of a minute at most, drawn from the second of the failure.
    asks_by_itself(&desk, account);
    let ((_, seen), (_, hidden)) = (due(&desk, false), due(&desk, true));
    assert!((15..=60).contains(&seen) && hidden == seen, "{seen} {hidden}");
    let at = |seconds: u32| {
        let now: Moment = NOW.parse().expect("a moment");
        now.plus_seconds(seconds.into()).to_string()
    };
    let desk = desk.later(&at(seen - 1));
    asks_by_itself(&desk, account);
    assert_eq!(asked(&emulator), 1);
    let desk = desk.later(&at(seen));
    assert_eq!(due(&desk, false).0, [account]);
    let mut desk = desk;
    for minute in 10..20 {
        desk = desk.later(&format!("2026-11-21T10:{minute}:59Z"));
        asks_by_itself(&desk, account);
        assert!(due(&desk, false).1 <= 300 && due(&desk, true).1 <= 900, "10:{minute}");
    }
}

#[test]
fn who_asks_to_be_left_alone_is() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    emulator.fail(Some(Fault::Throttled(Some("120"))));
    asks_by_itself(&desk, account);
    assert_eq!(due(&desk, false), (vec![], 120));
    let desk = desk.later("2026-11-21T10:01:59Z");
    assert_eq!(due(&desk, false).0, []);
    for by_hand in [false, true] {
        desk.headroom.refresh(account, by_hand, false).expect("nothing is asked");
    }
    assert_eq!(asked(&emulator), 1);
    let desk = desk.later("2026-11-21T10:02:00Z");
    assert_eq!(due(&desk, false).0, [account]);
}

#[test]
fn who_is_not_to_be_asked_is_never_due() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let sample = desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample").id;
    let organisation = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let undescribed = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    let team = desk.headroom.add_account(Kind::KiloTeams, None).expect("added").id;
    // An account that nobody described becomes known by being asked about.
    assert_eq!(due(&desk, false).0, [account, undescribed], "of {:?}", [sample, organisation, team]);
    desk.headroom.hide_account(account, true).expect("hidden");
    desk.headroom.hide_account(undescribed, true).expect("hidden");
    assert_eq!((due(&desk, false), due(&desk, true)), ((vec![], 300), (vec![], 900)));
    desk.headroom.hide_account(account, false).expect("shown");
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: false }).expect("no longer");
    assert_eq!(due(&desk, false).0, []);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kilo, agreed: true }).expect("agreed");
    assert_eq!(due(&desk, false).0, [account, team]);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: false }).expect("no longer");
    asks_by_itself(&desk, account);
    assert_eq!(asked(&emulator), 0, "nor is anybody asked who calls all the same");
}

#[test]
fn on_battery_nobody_is_due_if_told_so() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let power = desk.home().join("power");
    std::fs::create_dir_all(power.join("BAT0")).expect("made");
    std::fs::write(power.join("BAT0/type"), "Battery\n").expect("written");
    std::fs::write(power.join("BAT0/status"), "Discharging\n").expect("written");
    let desk = desk.opened_with(|paths| paths.with_power(power.clone()));
    assert_eq!(due(&desk, false).0, [account]);
    desk.headroom.choose(&Choice::PauseOnBattery(true)).expect("chosen");
    assert_eq!(due(&desk, false).0, []);
}

#[test]
fn a_turn_of_the_switch_is_looked_for_at_once_and_then_every_ten_seconds_until_it_shows() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    asks_by_itself(&desk, account);
    emulator.fail(Some(Fault::IgnoresTheSwitch));
    desk.headroom.request_overage(account, true).expect("asked");
    let before = asked(&emulator);
    assert_eq!(due(&desk, false), (vec![account], 5));
    for _ in 0..12 {
        asks_by_itself(&desk, account);
    }
    assert_eq!((asked(&emulator), due(&desk, false)), (before + 1, (vec![], 10)), "once, in the same second");
    let desk = desk.later("2026-11-21T10:00:10Z");
    assert_eq!(due(&desk, true).0, [account], "hidden or not: somebody waits for it");
    asks_by_itself(&desk, account);
    assert_eq!(due(&desk, false), (vec![], 10));
    // After a minute nobody waits any more.
    let given_up = desk.later("2026-11-21T10:01:00Z");
    assert_eq!(due(&given_up, false), (vec![], 250));
}

#[test]
fn a_turn_of_the_switch_that_shows_is_no_longer_looked_for() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    asks_by_itself(&desk, account);
    desk.headroom.request_overage(account, true).expect("asked");
    let desk = desk.later("2026-11-21T10:00:05Z");
    asks_by_itself(&desk, account);
    assert_eq!(due(&desk, false), (vec![], 300));
}

#[test]
fn a_clock_that_was_set_back_silences_nobody() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at("2027-11-21T10:00:00Z").with_kiro(emulator.address(), TOKEN, "2028-01-01T00:00:00Z");
    let facts =
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#;
    let account = desk.facts(facts);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    emulator.fail(Some(Fault::Server));
    asks_by_itself(&desk, account);
    let desk = desk.later("2026-11-21T10:00:00Z");
    // It is asked as soon as it is looked at, and not wildly.
    let before = asked(&emulator);
    assert_eq!(due(&desk, false).0, [account]);
    for by_hand in [false, true, false, true] {
        desk.headroom.refresh(account, by_hand, false).expect("a failure is no error");
    }
    assert_eq!(asked(&emulator), before + 1);
}

/// A clock that was ahead at one attempt, from an hour to a year, whatever came of that attempt; then it is right. Once
/// asking by hand did nothing until the clock had caught up.
#[test]
fn after_a_clock_that_was_ahead_asking_by_hand_asks() {
    let faults = [None, Some(Fault::Throttled(Some("86400"))), Some(Fault::Suspended), Some(Fault::Server)];
    for (index, ahead) in ["2026-11-21T11:00:00Z", "2026-11-22T10:00:00Z", "2027-11-21T10:00:00Z"]
        .into_iter()
        .enumerate()
        .flat_map(|(index, ahead)| faults.map(|fault| (index, (ahead, fault))))
    {
        let (ahead, fault) = ahead;
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let desk = Desk::at(ahead).with_kiro(emulator.address(), TOKEN, "2028-01-01T00:00:00Z");
        let facts = r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US"}"#;
        let account = desk.facts(facts);
        desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
        emulator.at(ahead);
        emulator.fail(fault);
        asks_by_itself(&desk, account);
        emulator.fail(None);
        emulator.at(NOW);
        let before = asked(&emulator);
        let desk = desk.later("2026-11-21T10:00:00Z");
        let behind = desk.headroom.clock_behind().expect("it can be told");
        assert_eq!(behind.map(|behind| behind.code().to_owned()).as_deref(), Some("clock-behind"));
        let status = desk.run(&["status"]);
        assert!(status.errors.contains("but there are entries from"), "{ahead}: {}", status.errors);
        let refreshed = desk.run(&["refresh"]);
        assert_eq!((refreshed.status, asked(&emulator)), (0, before + 1), "{index} {fault:?}: {refreshed:?}");
        let said = format!("Kiro answered for Kiro on {}.\n", words::moment(NOW));
        assert_eq!(refreshed.output, said, "{ahead} {fault:?}");
        let view = desk.headroom.overview(account).expect("an overview");
        assert_eq!(view.left.as_deref(), Some("387.60"), "{ahead} {fault:?}");
        assert_eq!(
            desk.headroom.clock_behind().expect("it can be told"),
            None,
            "{ahead} {fault:?}: said once"
        );
    }
}

/// What one account's question told of the host holds for every account that is asked there, in later runs too.
#[test]
fn a_host_that_wants_to_be_left_alone_is_by_every_account() {
    for (fault, code) in [
        (Fault::Throttled(Some("120")), "throttled"),
        (Fault::Says("503 Service Unavailable\r\nretry-after: 120", ""), "unavailable"),
        (
            Fault::Says("503 Service Unavailable\r\nretry-after: Sat, 21 Nov 2026 10:02:00 GMT", ""),
            "unavailable",
        ),
        (Fault::Says("500 Internal Server Error\r\nretry-after: 120", ""), "server-failed"),
        (Fault::Says("403 Forbidden\r\nretry-after: 120", "{}"), "refused"),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        let other = desk.headroom.add_account(Kind::KiroIndividual, Some("Work")).expect("added").id;
        emulator.fail(Some(fault));
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        assert_eq!(refreshed.failure.as_ref().map(Saying::code), Some(code), "{fault:?}");
        let until = Some("2026-11-21T10:02:00Z");
        assert_eq!(refreshed.waits.expect("it waits").until.as_deref(), until, "{fault:?}");
        emulator.fail(None);
        let desk = desk.later("2026-11-21T10:01:59Z");
        for account in [other, account] {
            let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
            let not_asked = refreshed.not_asked.expect("it wasn't asked");
            assert_eq!(
                (not_asked.why.code(), not_asked.until.as_deref()),
                ("left-alone", until),
                "{fault:?}"
            );
        }
        let run = desk.run(&["refresh", "--account", "Work"]);
        let said = "headroom: Kiro was not asked: it asks to wait until";
        assert!(run.status == 1 && run.errors.starts_with(said), "{run:?}");
        let run = desk.run(&["refresh", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&run.output).expect("JSON");
        assert_eq!(json["not_asked"]["until"], "2026-11-21T10:02:00Z");
        assert_eq!(asked(&emulator), 1, "{fault:?}");
        let desk = desk.later("2026-11-21T10:02:00Z");
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        assert_eq!((refreshed.failure, refreshed.waits), (None, None), "{fault:?}");
        assert_eq!(asked(&emulator), 2, "{fault:?}");
    }
}

/// Where nobody says how long, the pause grows: 15 to 60 seconds the first time, twice that the next.
#[test]
fn a_pause_that_nobody_named_grows() {
    for fault in [
        Fault::Throttled(None),
        Fault::Throttled(Some("0")),
        Fault::Throttled(Some("soon")),
        Fault::ThrottlingException,
        Fault::Says("503 Service Unavailable", ""),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (mut desk, account) = desk(&emulator);
        emulator.fail(Some(fault));
        let mut now: Moment = NOW.parse().expect("a moment");
        for (shortest, longest) in [(15, 60), (30, 120), (60, 240)] {
            desk = desk.later(&now.to_string());
            let before = asked(&emulator);
            let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
            let until = refreshed.waits.and_then(|waits| waits.until).expect("it waits");
            let until: Moment = until.parse().expect("a moment");
            let waits = until.seconds_since(now);
            assert!((shortest..=longest).contains(&waits), "{fault:?}: {waits}");
            desk = desk.later(&until.plus_seconds(-1).to_string());
            desk.headroom.refresh(account, true, false).expect("no error");
            assert_eq!(asked(&emulator), before + 1, "{fault:?}");
            now = until;
        }
    }
}

/// A refresh that didn't ask says why and until when.
#[test]
fn whoever_asks_too_soon_hears_when_to_ask_again() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    let first = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(first.not_asked, None);
    let run = desk.run(&["refresh"]);
    assert_eq!(run.status, 0, "the figures are a moment old: {run:?}");
    assert!(run.output.contains("Kiro was not asked: it was asked a moment ago. Try again at"), "{run:?}");
    let again = desk.headroom.refresh(account, true, false).expect("a refresh");
    let not_asked = again.not_asked.expect("why");
    assert_eq!(
        (not_asked.why.code(), not_asked.until.as_deref()),
        ("asked-just-now", Some("2026-11-21T10:00:10Z"))
    );
    desk.headroom.hide_account(account, true).expect("hidden");
    let desk = desk.later("2026-11-21T10:05:00Z");
    let hidden = desk.headroom.refresh(account, true, false).expect("a refresh").not_asked.expect("why");
    assert_eq!((hidden.why.code(), hidden.until), ("hidden-is-not-asked-about", None));
    assert_eq!(asked(&emulator), 1);
}
