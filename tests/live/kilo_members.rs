//! Who of a team spent what this month: members by name, spending by address; and what more credits would charge.

use super::NOW;
use super::kilo::{desk, emulator, facts};
use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, MemberSeat, MemberView, SeatChange, TeamFacts, UsageAsked, UsageRange,
};
use headroom_app::words;
use tools::emulator::Team;

const TOKEN: &str = "made-up";

/// A team whose members have the addresses by which spending is told.
fn joined() -> Team {
    Team { domain: "example.com", ..Team::of_three(NOW) }
}

fn asked(team: Team) -> (Desk, AccountNumber) {
    let emulator = emulator(team);
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    (desk, account)
}

/// The name, what was spent this month and the seat of each.
fn told(members: &[MemberView]) -> Vec<(Option<&str>, Option<&str>, MemberSeat)> {
    members.iter().map(|of| (of.name.as_deref(), of.this_month.as_deref(), of.seat)).collect()
}

#[test]
fn members_are_joined_with_what_they_spent_who_spent_the_most_first() {
    let mut team = joined();
    team.spent.push((
        "2026-11-20".to_owned(),
        "Eve@Example.com".to_owned(),
        "openai/gpt-5".to_owned(),
        500_000,
    ));
    team.spent.push((
        "2026-10-31".to_owned(),
        "old@example.com".to_owned(),
        "openai/gpt-5".to_owned(),
        900_000,
    ));
    let (desk, account) = asked(team);
    let view = desk.team(account);
    assert_eq!(
        told(&view.members),
        [
            (Some("bob"), Some("22.249999"), MemberSeat::Taken),
            (Some("ada"), Some("15.250001"), MemberSeat::Taken),
            (Some("eve@example.com"), Some("0.500000"), MemberSeat::Left),
        ],
        "October is no part of it"
    );
    let of: Vec<_> = view.members.iter().map(|of| (of.permille, of.last_active.as_deref())).collect();
    assert_eq!(of, [(585, Some("2026-11-20")), (401, Some("2026-11-18")), (13, Some("2026-11-20"))]);
    assert_eq!(view.members[0].email.as_deref(), Some("bob@example.com"));
}

/// Nothing is invented: who isn't named in all of what was spent spent nothing, who isn't named in a part of it isn't known.
#[test]
fn who_is_not_told_of_spent_nothing_only_where_everything_is_told() {
    let mut team = joined();
    team.spent.retain(|(_, user, ..)| user != "bob@example.com");
    team.today = 0.0;
    let (desk, account) = asked(team.clone());
    let view = desk.team(account);
    let expected = [
        (Some("ada"), Some("15.250001"), MemberSeat::Taken),
        (Some("bob"), Some("0.000000"), MemberSeat::Taken),
    ];
    assert_eq!(told(&view.members), expected);
    let reasons: Vec<_> = view.seats_verdict.reasons.iter().map(words::say).collect();
    assert!(reasons.contains(&"1 member with a seat spent nothing this month.".to_owned()), "{reasons:?}");
    let (desk, account) = asked(Team { owner: false, ..team });
    let view = desk.team(account);
    let reasons: Vec<_> = view.seats_verdict.reasons.iter().map(words::say).collect();
    assert!(reasons.contains(&"November 2026 so far: at least $15.25 spent.".to_owned()), "{reasons:?}");
    let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
    let usage = desk.headroom.usage(account, &asked).expect("usage").verdict;
    assert_eq!(words::say(&usage.sentence), "At least $15.25 spent.", "a part of the team");
    let bob = view.members.into_iter().find(|of| of.name.as_deref() == Some("bob"));
    assert_eq!(bob.and_then(|bob| bob.this_month), None, "a member's login sees its own part alone");
}

/// Found in November 2026: of whom Kilo's list of members says "$1.50 spent today", and its analytics nothing, the month was
/// $0.00, and they counted as "spent nothing this month".
#[test]
fn who_spent_something_today_did_not_spend_nothing_this_month() {
    let mut team = joined();
    team.spent.retain(|(_, user, ..)| user != "bob@example.com");
    let (desk, account) = asked(team);
    let month = |desk: &Desk| {
        let view = desk.team(account);
        let bob = view.members.iter().find(|of| of.name.as_deref() == Some("bob")).cloned().expect("bob");
        let idle = view.seats_verdict.reasons.iter().any(|reason| reason.code() == "verdict-members-idle");
        (bob.this_month, bob.at_least, idle)
    };
    assert_eq!(month(&desk), (Some("1.500000".to_owned()), true, false));
    // What was said in November is no day of December.
    desk.wait_until("2026-12-01T09:00:00Z");
    assert_ne!(month(&desk).0.as_deref(), Some("1.500000"));
}

#[test]
fn seats_are_decided_in_a_sentence_with_how_that_is_known() {
    let (desk, account) = asked(joined());
    let says = |desk: &Desk| {
        let verdict = desk.team(account).seats_verdict;
        let reasons: Vec<_> = verdict.reasons.iter().map(words::say).collect();
        (words::say(&verdict.sentence), reasons)
    };
    assert_eq!(says(&desk).0, "3 of 5 seats are unused.", "what a seat costs nobody said");
    desk.headroom.save_team_facts(account, &facts(5)).expect("facts");
    let (sentence, reasons) = says(&desk);
    assert_eq!(sentence, "3 of 5 seats are unused: without them, the bill of 5 December is $95.70 lower.");
    assert_eq!(reasons[0], "Kilo counted 2 as taken on 21 November 2026, 10:00 UTC.");
    assert_eq!(reasons[1], "November 2026 so far: $37.50 spent.");
}

/// Found in November 2026: without three seats at 29 dollars the bill was "$87.00 lower" where tax comes to them, and as
/// much where Kilo Pass and its fee do too. It is lower by what the receipt of removing them says.
#[test]
fn unused_seats_save_what_the_bill_without_them_is_lower_by() {
    let (desk, account) = asked(joined());
    let with_pass = TeamFacts {
        price_list: Some("kilo-2026".to_owned()),
        pass: Some("pro".to_owned()),
        pass_since: "2026-09-05".parse().ok(),
        ..facts(5)
    };
    let untaxed = TeamFacts { tax_percent: None, ..facts(5) };
    let cents = |text: &str| text.replace('.', "").parse::<i64>().expect("cents");
    for (facts, expected) in [(untaxed, "87.00"), (facts(5), "95.70"), (with_pass, "229.19")] {
        desk.headroom.save_team_facts(account, &facts).expect("facts");
        let saves = desk.team(account).seats.and_then(|seats| seats.saves).expect("a price");
        let receipt = desk.headroom.seat_receipt(account, SeatChange::Remove(3)).expect("a receipt");
        let (before, after) = receipt.next_before.zip(receipt.next_after).expect("both");
        assert_eq!(cents(&saves), cents(&before.total) - cents(&after.total));
        assert_eq!(saves, expected);
    }
}

/// With the fee of 2026, until when it lasts, and amounts that nobody sells refused by name.
#[test]
fn a_top_up_says_what_is_charged_today_and_until_when_it_lasts() {
    let (desk, account) = asked(joined());
    let receipt = |amount| desk.headroom.top_up_receipt(account, amount);
    let usual = receipt(None).expect("a receipt");
    assert_eq!(usual.amount, "250.00", "the smallest that lasts 30 days more");
    let charge = usual.charge_now.expect("a charge");
    let lines: Vec<_> = charge.lines.iter().map(|line| line.amount.as_str()).collect();
    assert_eq!((lines, charge.total.as_str()), (vec!["250.00", "12.50"], "262.50"));
    assert_eq!(usual.lasts_until_without.as_deref(), Some("2026-11-28T18:40:00Z"));
    let fifty = receipt(Some("50")).expect("a receipt");
    assert!(fifty.lasts_until > usual.lasts_until_without && fifty.lasts_until < usual.lasts_until);
    for wrong in ["75", "-50", "50.001", "many"] {
        let error = receipt(Some(wrong)).expect_err("nobody sells that");
        assert!(words::say(&error.saying).contains(&format!("\"{wrong}\" is no amount that Kilo sells")));
    }
    // By its own price list a team of 2025 pays no fee; its tax is charged.
    desk.headroom.save_team_facts(account, &facts(5)).expect("facts");
    let stated = receipt(Some("100")).expect("a receipt").charge_now.expect("a charge");
    assert_eq!((stated.lines.len(), stated.total.as_str()), (1, "110.00"));
}

#[test]
fn a_suspended_team_buys_nothing_and_its_seats_wait() {
    let (desk, account) = asked(joined());
    let failed = TeamFacts { payment_failed_on: Some("2026-11-10".parse().expect("a date")), ..facts(5) };
    desk.headroom.save_team_facts(account, &failed).expect("facts");
    let sentence = words::say(&desk.team(account).seats_verdict.sentence);
    assert!(sentence.starts_with("Suspended. Pay "), "{sentence}");
    let receipt = desk.headroom.top_up_receipt(account, Some("50")).expect("a receipt");
    assert!(receipt.refused.is_some() && receipt.lasts_until.is_none(), "{receipt:?}");
}
