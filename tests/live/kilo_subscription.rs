//! What Kilo says of the subscription of a team's seats: whether it goes on, what a seat costs, when its cycle ends.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator, facts};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, SeatChange, TeamFacts};
use headroom_app::words;
use serde_json::{Value, json};
use tools::emulator::{Emulator, Team};

/// Five seats, whose subscription says this besides; `more` stands beside it.
fn team(subscription: &Value, more: &Value) -> Team {
    let mut told =
        json!({"seatsUsed": 2, "totalSeats": 5, "paidSeatItemId": "si_paid", "subscription": subscription});
    for (name, value) in more.as_object().into_iter().flatten() {
        told[name] = value.clone();
    }
    Team { subscription: told, ..Team::of_three(NOW) }
}

/// A subscription of so many seats at $18 a month until 5 December, with this changed.
fn subscribed(quantity: u64, changed: &Value) -> Value {
    let price = json!({"product": "prod_seats", "currency": "usd", "unit_amount": 1800,
        "recurring": {"interval": "month", "interval_count": 1}});
    let item =
        json!({"id": "si_paid", "quantity": quantity, "current_period_end": 1_796_480_580, "price": price});
    let mut told = json!({"id": "sub_1", "status": "active", "cancel_at_period_end": false, "cancel_at": null,
        "ended_at": null, "items": {"data": [item]}});
    for (name, value) in changed.as_object().into_iter().flatten() {
        told[name] = value.clone();
    }
    told
}

fn stated() -> TeamFacts {
    TeamFacts { price_list: Some("kilo-2026".to_owned()), tax_percent: None, ..facts(5) }
}

/// A desk that asked, with those facts.
fn asked(emulator: &Emulator, stated: &TeamFacts) -> (Desk, AccountNumber) {
    let (desk, account) = desk(emulator, TOKEN);
    desk.headroom.save_team_facts(account, stated).expect("facts");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(refreshed.failure, None);
    (desk, account)
}

/// Found in November 2026: the next charge of a subscription that ends with the cycle, or has ended, was that of all its seats.
#[test]
fn a_subscription_that_ends_charges_nothing_next() {
    for (changed, said) in [
        (json!({"cancel_at_period_end": true, "cancel_at": 1_796_480_580}), Some("ends on 5 December")),
        (json!({"cancel_at_period_end": true}), Some("ends on 5 December")),
        (json!({"cancel_at": 1_796_480_580}), Some("ends on 5 December")),
        (json!({"status": "canceled", "ended_at": 1_795_000_000}), Some("has ended")),
        // Later than the next cycle's start.
        (json!({"cancel_at": 1_799_000_000}), None),
        (json!({}), None),
    ] {
        let emulator = emulator(team(&subscribed(5, &changed), &json!({})));
        let (desk, account) = asked(&emulator, &stated());
        let view = desk.team(account);
        let total = view.next_charge.as_ref().map(|charge| charge.total.as_str());
        assert_eq!(total, said.is_none().then_some("90.00"), "{changed}");
        let none = view.next_charge_none.as_ref().map(words::say);
        assert_eq!(none.is_some(), said.is_some(), "{changed}");
        let invoices = desk.headroom.invoices(account).expect("invoices");
        assert_eq!(invoices.upcoming.map(|charge| charge.total).as_deref(), total, "{changed}");
        let charged = desk.headroom.charged_next().expect("charged");
        let expected = if said.is_some() { "0.00" } else { "90.00" };
        assert_eq!((charged.total.as_deref(), charged.at_least), (Some(expected), false), "{changed}");
        let status = desk.run(&["status"]).output;
        assert_ne!(
            words::say(&view.seats_verdict.sentence),
            "How many seats are paid and taken isn't known yet."
        );
        if let Some(said) = said {
            assert!(none.is_some_and(|none| none.contains(said)), "{changed}");
            assert!(status.contains(said) && !status.contains("$90.00"), "{status}");
        }
    }
}

/// Found in November 2026: a closed team's next charge was "not known: headroom team-facts says when the team began", and stood
/// among its invoices with the price of its seats.
#[test]
fn a_closed_team_is_charged_nothing_anywhere() {
    let emulator = emulator(Team::of_three(NOW));
    let closed = TeamFacts { payment_failed_on: Some("2026-10-06".parse().expect("a day")), ..stated() };
    let (desk, account) = asked(&emulator, &closed);
    let view = desk.team(account);
    assert!(view.next_charge.is_none() && view.next_charge_none.is_some());
    let invoices = desk.headroom.invoices(account).expect("invoices");
    assert_eq!(invoices.upcoming.map(|charge| charge.total), None);
    let charged = desk.headroom.charged_next().expect("charged");
    assert_eq!((charged.total.as_deref(), charged.at_least), (Some("0.00"), false));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("No charge follows: the team is closed"), "{status}");
    assert!(!status.contains("headroom team-facts says"), "{status}");
}

/// Found in November 2026: nothing was said where Kilo's subscription isn't the one that was stated.
#[test]
fn what_kilo_says_otherwise_of_the_subscription_is_said_beside_the_charge() {
    let yearly = json!([{"id": "si_paid", "quantity": 5, "current_period_end": 1_796_480_580, "price": {
        "product": "prod_seats", "currency": "usd", "unit_amount": 18_000, "recurring": {"interval": "year"}}}]);
    let later = json!([{"id": "si_paid", "quantity": 5, "current_period_end": 1_797_257_000}]);
    for (told, stated, said) in [
        (json!(null), stated(), Some("Kilo names no subscription")),
        (subscribed(5, &json!({"status": "past_due"})), stated(), Some("a payment for the seats is failing")),
        (
            subscribed(5, &json!({"status": "past_due"})),
            TeamFacts { payment_failed_on: Some("2026-11-20".parse().expect("a day")), ..stated() },
            None,
        ),
        (
            subscribed(5, &json!({})),
            TeamFacts { price_list: Some("kilo-2025".to_owned()), ..stated() },
            Some("Kilo charges $18.00 a seat and $29.00 is entered"),
        ),
        (subscribed(5, &json!({"items": {"data": yearly}})), stated(), Some("paid by the year")),
        (
            subscribed(5, &json!({"items": {"data": later}})),
            stated(),
            Some("ends on 14 December 2026; by the first day that is entered it ends on 5 December 2026"),
        ),
        (subscribed(5, &json!({})), stated(), None),
    ] {
        let emulator = emulator(team(&told, &json!({})));
        let (desk, account) = asked(&emulator, &stated);
        let beside = |notes: &[headroom_app::answers::ChargeNote]| {
            let notes: Vec<_> = notes.iter().map(words::note).collect();
            let ours = |note: &&String| note.contains("Kilo ") && !note.contains('A');
            (notes.iter().filter(ours).count(), notes.join("\n"))
        };
        let (view, invoices) = (desk.team(account), desk.headroom.invoices(account).expect("invoices"));
        for notes in [&view.notes, &invoices.upcoming_notes] {
            let (count, text) = beside(notes);
            assert_eq!(count, usize::from(said.is_some()), "{told}: {text}");
            assert!(said.is_none_or(|said| text.contains(said)), "{told}: {text}");
        }
    }
}

/// Found in November 2026: Kilo's item has the fewer seats at once, so that those of the running cycle weren't paid for any more,
/// and a seat that takes one back was charged.
#[test]
fn seats_that_go_are_paid_for_until_the_cycle_ends() {
    let emulator = emulator(team(&subscribed(3, &json!({})), &json!({"nextSeatCount": 3})));
    let (desk, account) = asked(&emulator, &stated());
    let view = desk.team(account);
    assert_eq!(
        (view.seats.map(|seats| seats.paid), view.next_charge.map(|charge| charge.total)),
        (Some(5), Some("54.00".to_owned()))
    );
    let note = "Kilo has 5 seats now and 3 from the next cycle on: the next charge is for those.";
    assert!(view.notes.iter().any(|told| words::note(told) == note), "{:?}", view.notes);
    let receipt = desk.headroom.seat_receipt(account, SeatChange::Add(1)).expect("a receipt");
    assert!(
        receipt.charge_now.is_none_or(|charge| charge.total == "0.00"),
        "it takes back one that goes (T2)"
    );
    assert_eq!((receipt.seats_before, receipt.seats_after), (3, 4));
    assert_eq!(receipt.next_after.map(|charge| charge.total).as_deref(), Some("72.00"));
    // Nor did any change within the cycle.
    let invoices = desk.headroom.invoices(account).expect("invoices");
    assert_eq!((invoices.periods[0].total.as_deref(), invoices.periods[0].at_least), (Some("90.00"), false));
}

/// Found in November 2026: of a team on trial, of whose seats Kilo says none, the next charge was $0.00.
#[test]
fn no_seats_bought_yet_are_not_none_that_are_paid_for() {
    let told = json!({"subscription": null, "seatsUsed": 2, "totalSeats": 0, "nextSeatCount": null,
        "nextSeatCountEffectiveAt": null, "paidSeatItemId": null, "latestSeatPurchaseStatus": null});
    let on_trial = Team { subscription: told, seats: Some(0), ..Team::of_three(NOW) };
    let emulator = emulator(on_trial);
    let (desk, account) = asked(&emulator, &stated());
    let view = desk.team(account);
    assert_eq!(view.next_charge.map(|charge| charge.total).as_deref(), Some("90.00"), "as entered");
    assert!(view.notes.iter().any(|note| words::note(note).contains("Kilo names no subscription")));
    assert_eq!(view.seats.map(|seats| seats.paid), Some(5));
    let invoices = desk.headroom.invoices(account).expect("invoices");
    assert_eq!(invoices.upcoming.map(|charge| charge.total).as_deref(), Some("90.00"));
    // What this cycle charged isn't known to be nothing.
    assert_ne!(invoices.periods[0].total.as_deref(), Some("0.00"));
}
