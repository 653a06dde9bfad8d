//! Seats of a team that aren't charged as they are counted: free ones, and those that go with the cycle.

use super::NOW;
use super::kilo::{LATER, TOKEN, desk, emulator, facts};
use headroom_app::answers::{SeatChange, TeamFacts};
use headroom_app::words;
use serde_json::{Value, json};
use tools::emulator::{Fault, Team};

/// Five seats, of which the subscription charges so many.
fn team(paid: u64, more: &Value) -> Team {
    let items =
        json!({"data": [{"id": "si_free", "quantity": 5 - paid}, {"id": "si_paid", "quantity": paid}]});
    let mut subscription = json!({"subscription": {"id": "sub_1", "items": items}, "seatsUsed": 2, "totalSeats": 5,
        "paidSeatItemId": "si_paid"});
    for (name, value) in more.as_object().into_iter().flatten() {
        subscription[name] = value.clone();
    }
    Team { subscription, ..Team::of_three(NOW) }
}

fn stated() -> TeamFacts {
    TeamFacts { price_list: Some("kilo-2026".to_owned()), tax_percent: None, ..facts(5) }
}

/// Found in November 2026: seats that are free of charge were in the next charge unless the team had a Kilo Pass.
#[test]
fn seats_that_are_free_of_charge_are_not_charged() {
    for (paid, total, unused) in [(5, "90.00", 3), (3, "54.00", 1), (2, "36.00", 0)] {
        let emulator = emulator(team(paid, &json!({})));
        let (desk, account) = desk(&emulator, TOKEN);
        desk.headroom.save_team_facts(account, &stated()).expect("facts");
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let team = desk.team(account);
        let seats = team.seats.expect("seats");
        assert_eq!((seats.paid, seats.taken, seats.unused), (paid, Some(2), unused));
        assert_eq!(team.next_charge.expect("a charge").total, total);
        let invoices = desk.headroom.invoices(account).expect("invoices");
        assert_eq!(invoices.upcoming.expect("a charge").total, total);
    }
}

/// Found in November 2026: seats that somebody had removed for the next cycle were in its charge.
#[test]
fn seats_that_go_with_the_cycle_are_not_in_the_next_charge() {
    let note = "Kilo has 5 seats now and 3 from the next cycle on: the next charge is for those.";
    for (paid, next, total, is_said) in [
        (5, json!(3), "54.00", true),
        (5, json!(5), "90.00", false),
        (5, json!(null), "90.00", false),
        // Which of them go isn't said where some are free of charge.
        (4, json!(3), "72.00", false),
    ] {
        let emulator = emulator(team(paid, &json!({"nextSeatCount": next})));
        let (desk, account) = desk(&emulator, TOKEN);
        desk.headroom.save_team_facts(account, &stated()).expect("facts");
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let team = desk.team(account);
        assert_eq!(team.next_charge.expect("a charge").total, total, "{paid} {next}");
        assert_eq!(team.seats.expect("seats").paid, paid);
        let invoices = desk.headroom.invoices(account).expect("invoices");
        assert_eq!(invoices.upcoming.expect("a charge").total, total, "{paid} {next}");
        for notes in [&team.notes, &invoices.upcoming_notes] {
            let said = notes.iter().any(|told| words::note(told) == note);
            assert_eq!(said, is_said, "{paid} {next}: {notes:?}");
        }
        if is_said {
            // A seat more takes back one that goes, which is paid to the cycle's end.
            let receipt = desk.headroom.seat_receipt(account, SeatChange::Add(1)).expect("a receipt");
            assert_eq!((receipt.seats_before, receipt.seats_after), (3, 4));
            assert!(receipt.charge_now.is_none_or(|charge| charge.total == "0.00"));
            assert_eq!(receipt.next_after.expect("a charge").total, "72.00");
        }
    }
}

#[test]
fn whoever_may_not_see_the_subscription_goes_by_the_count_and_a_failure_leaves_what_was_told() {
    let member = Team { owner: false, ..team(3, &json!({})) };
    let emulator_of_a_member = emulator(member);
    let (of_a_member, account) = desk(&emulator_of_a_member, TOKEN);
    of_a_member.headroom.save_team_facts(account, &stated()).expect("facts");
    of_a_member.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(of_a_member.team(account).next_charge.expect("a charge").total, "90.00");

    let emulator = emulator(team(3, &json!({})));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.save_team_facts(account, &stated()).expect("facts");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    emulator.fail_at(|line| line.contains("subscription.get"), Fault::Server);
    let desk = desk.later(LATER);
    let refreshed = desk.headroom.refresh(account, false, false).expect("a failure is no error");
    let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
    assert!(failure.contains("Not known: paid seats"), "{failure}");
    let team = desk.team(account);
    assert_eq!(
        (team.seats.expect("seats").paid, team.next_charge.expect("a charge").total.as_str()),
        (3, "54.00")
    );
}
