//! When a vendor is asked: decided by the engine with its own clock, whoever asks and how often.

use super::{NOW, TOKEN, account_at_kiro, asked, desk};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, Kind, Vendor};
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
    // A part of a wait that doubles, drawn from the second of the failure: 10:00:17 is 17 of the first minute.
    let desk = desk.later("2026-11-21T10:00:17Z");
    asks_by_itself(&desk, account);
    assert_eq!((due(&desk, false), due(&desk, true)), ((vec![], 17), (vec![], 17)));
    let desk = desk.later("2026-11-21T10:00:33Z");
    asks_by_itself(&desk, account);
    assert_eq!(asked(&emulator), 1);
    let desk = desk.later("2026-11-21T10:00:34Z");
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
    let sample = desk.headroom.open_sample().expect("a sample").id;
    let organisation = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let undescribed = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    let team = desk.headroom.add_account(Kind::KiloTeams, None).expect("added").id;
    assert_eq!(due(&desk, false).0, [account], "of {:?}", [sample, organisation, undescribed, team]);
    desk.headroom.hide_account(account, true).expect("hidden");
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
