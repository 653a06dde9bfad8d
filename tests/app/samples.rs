//! Samples: made-up accounts of every kind, each marked, whole, and never counted as anybody's.

use crate::NOW;
use acceptance::{Desk, pdf_text};
use headroom_app::answers::{ChargeNote, ExportForm, Kind, Standing, UsageAsked, UsageRange};
use headroom_app::{ErrorCode, words};
use serde_json::{Value, json};

const KINDS: [Kind; 4] = [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams, Kind::KiloPersonal];

/// Everything that the views of a sample say.
fn said(desk: &Desk, kind: Kind) -> Value {
    let sample = desk.headroom.open_sample(kind).expect("a sample");
    assert!(sample.sample && sample.ready && sample.billing == kind, "{sample:?}");
    let asked = UsageAsked { range: UsageRange::Days { days: 30 }, split: None, only: Vec::new() };
    json!({
        "standing": desk.headroom.standing(sample.id).expect("it stands"),
        "usage": desk.headroom.usage(sample.id, &asked).expect("usage"),
        "invoices": desk.headroom.invoices(sample.id).expect("charges"),
    })
}

#[test]
fn each_is_made_once_the_same_on_every_machine_and_marked() {
    for kind in KINDS {
        let desk = Desk::at(NOW);
        let first = said(&desk, kind);
        assert_eq!(first, said(&desk, kind), "there is one");
        assert_eq!(desk.headroom.accounts().expect("accounts").len(), 1);
        assert_eq!(first, said(&Desk::at(NOW), kind), "the same moment gives the same records");
    }
}

#[test]
fn each_goes_as_it_came_and_can_be_opened_again() {
    let desk = Desk::at(NOW);
    for kind in KINDS {
        let sample = desk.headroom.open_sample(kind).expect("a sample").id;
        desk.headroom.remove_account(sample).expect("removed");
        assert_eq!(desk.headroom.standing(sample).expect_err("gone").code, ErrorCode::NoAccount);
        let start = desk.headroom.start(None).expect("it starts");
        assert!(start.accounts.is_empty() && start.removed.is_empty(), "nothing is left of it to bring back");
        let again = desk.headroom.open_sample(kind).expect("a sample").id;
        assert_ne!(again, sample);
        desk.headroom.remove_account(again).expect("removed");
    }
}

/// A real account's charge isn't mixed with what is made up.
#[test]
fn none_is_in_the_sum_beside_a_real_account() {
    let desk = Desk::at(NOW);
    let real = desk.facts(crate::PRO);
    let alone = desk.headroom.charged_next().expect("what is charged next").total;
    for kind in KINDS {
        desk.headroom.open_sample(kind).expect("a sample");
    }
    let all = desk.headroom.charged_next().expect("what is charged next");
    assert_eq!((all.total, all.made_up, all.accounts.len()), (alone, false, 5));
    desk.headroom.remove_account(real).expect("removed");
    let made_up = desk.headroom.charged_next().expect("what is charged next");
    assert!(
        made_up.made_up && made_up.total.is_some(),
        "of samples alone it is said what they are: {made_up:?}"
    );
}

/// Nobody is asked about a sample, by itself or by hand, and it tells of nothing by itself.
#[test]
fn no_vendor_is_asked_about_one() {
    let desk = Desk::at(NOW);
    for kind in KINDS {
        let sample = desk.headroom.open_sample(kind).expect("a sample").id;
        let refresh = desk.headroom.refresh(sample, true, false);
        let asked = refresh.is_ok_and(|refresh| refresh.not_asked.is_none());
        assert!(!asked, "{kind:?}");
    }
    assert!(desk.headroom.due(false).expect("due").accounts.is_empty());
    assert!(desk.headroom.alerts().expect("alerts").is_empty());
}

/// Months of reports, two bills, and why those differ: what somebody who looks after an organisation comes for.
#[test]
fn the_organisation_has_something_to_decide_and_bills_that_are_explained() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiroEnterprise).expect("a sample").id;
    let view = desk.organisation(sample);
    let sentence = words::say(&view.verdict.sentence);
    assert!(sentence.contains("people would cost less on another tier"), "{sentence}");
    assert_eq!((view.users.len(), view.paid_twice.len(), view.idle.len()), (24, 1, 2));
    assert!(view.users.iter().all(|user| user.name.is_some() && !user.groups.is_empty()));
    assert!(
        view.users.iter().any(|user| user.risk.is_some())
            && view.users.iter().any(|user| user.risk.is_none())
    );
    let invoices = desk.headroom.invoices(sample).expect("charges");
    let closed: Vec<_> = invoices.periods.iter().filter(|period| period.closed).collect();
    assert_eq!(closed.len(), 2);
    for period in closed {
        assert!(!period.at_least, "the reports are of whole months: {period:?}");
        let quoted = period.quoted.as_ref().expect("a bill");
        let difference = quoted.difference.as_ref().expect("a discount, and licences that nobody used");
        assert_eq!((difference.parts.len(), difference.unexplained.is_none()), (2, true), "{difference:?}");
    }
}

/// What goes to whoever decides: what is to be done first, people by name and address, no id where a name is known.
#[test]
fn the_organisations_page_says_first_what_is_to_be_done_and_who_is_who() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiroEnterprise).expect("a sample").id;
    let view = desk.organisation(sample);
    let page = |names| {
        let of = desk.headroom.export(sample, Some("2026-10"), ExportForm::Pdf, names).expect("a page");
        pdf_text(&of.bytes)
    };
    let (named, by_id) = (page(true), page(false));
    let place = |says: &str| named.find(says).unwrap_or_else(|| panic!("{says}: {named}"));
    let order = [
        "Summary",
        "people would cost less on another tier",
        "2 licences on the newest bill",
        "Together, a month",
        "Notes",
        "Charged on",
        "Paid for and not used in October 2026",
        "By person",
    ];
    assert!(order.map(place).is_sorted(), "{named}");
    for user in view.users.iter().chain(&view.not_reported) {
        let (name, email) =
            (user.name.as_deref().expect("a name"), user.email.as_deref().expect("an address"));
        let has_id = named.split_whitespace().any(|word| word == user.id);
        assert!(named.contains(name) && named.contains(email) && !has_id, "{name}: {named}");
        assert!(!by_id.contains(name) && !by_id.contains(email), "{name}: {by_id}");
    }
}

/// Seats that nobody sits on, members with what they spent, and cycles whose charges are known.
#[test]
fn the_team_has_seats_to_give_back_and_cycles_that_are_known() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiloTeams).expect("a sample").id;
    let view = desk.team(sample);
    let seats = view.seats.expect("seats");
    assert_eq!((seats.paid, seats.taken, seats.unused), (12, Some(9), 3));
    assert_eq!(seats.saves.as_deref(), Some("54.00"), "by the list of 2026");
    assert_eq!(view.balance.as_deref(), Some("143.920000"));
    assert!(view.burn.is_some_and(|burn| burn.days_left.is_some()), "it is known how long that lasts");
    let invoices = desk.headroom.invoices(sample).expect("charges");
    let closed: Vec<_> = invoices.periods.iter().filter(|period| period.closed).collect();
    assert!(closed.len() >= 3);
    for period in closed {
        assert!(period.total.is_some() && !period.at_least, "{period:?}");
    }
}

/// A balance that lasts a known time, Kilo Pass with what it charges next, and months whose charges are known.
#[test]
fn ones_own_kilo_has_a_balance_that_ends_and_months_that_are_known() {
    let desk = Desk::at(NOW);
    let sample = desk.headroom.open_sample(Kind::KiloPersonal).expect("a sample").id;
    let Standing::KiloPersonal(view) = desk.headroom.standing(sample).expect("it stands") else {
        panic!("somebody's own")
    };
    assert!(view.balance.is_some() && view.burn.as_ref().is_some_and(|burn| burn.days_left.is_some()));
    assert!(view.notes.iter().all(|note| matches!(note, ChargeNote::Assumed { .. })), "{:?}", view.notes);
    let invoices = desk.headroom.invoices(sample).expect("charges");
    let next = invoices.upcoming.expect("what Kilo Pass charges next");
    assert_eq!((next.total.as_str(), next.at_least), ("51.45", false), "49.00 and the fee of 5 %");
    let closed: Vec<_> = invoices.periods.iter().filter(|period| period.closed).collect();
    assert_eq!(closed.len(), 3);
    for period in closed {
        assert!(period.total.is_some() && !period.at_least, "{period:?}");
    }
}

/// On whatever day one is opened, its figures are whole.
#[test]
fn each_can_be_opened_on_any_day() {
    for now in
        ["2026-12-01T00:00:00Z", "2026-12-06T03:00:00Z", "2027-01-31T23:59:59Z", "2027-03-01T12:00:00Z"]
    {
        let desk = Desk::at(now);
        for kind in KINDS {
            said(&desk, kind);
        }
    }
}
