//! A team of Kilo's against the emulator.

use super::{NOW, written};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargeLeftOut, Choice, Kind, SpendSource, TeamFacts, Vendor};
use headroom_app::words;
use headroom_billing::team::Status;
use headroom_exact::saying::Value;
use headroom_sources::Patience;
use serde_json::json;
use std::net::TcpListener;
use std::time::Duration;
use tools::emulator::{Emulator, Fault, Team, Which};

pub(crate) const TOKEN: &str = "kilo-token-that-must-not-leak";

pub(crate) fn emulator(team: Team) -> Emulator {
    let person = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}]});
    let emulator = Emulator::of(person, NOW, 0);
    emulator.team(team);
    emulator
}

/// A desk with a login of Kilo's whose one team is an account.
pub(crate) fn desk(emulator: &Emulator, token: &str) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW).with_kilo(emulator.address(), token);
    let teams = desk.headroom.connect_kilo().expect("a team");
    assert_eq!((teams.len(), teams[0].billing), (1, Kind::KiloTeams));
    let account = teams[0].id;
    (desk, account)
}

pub(crate) fn facts(seats: u64) -> TeamFacts {
    TeamFacts {
        payment_failed_on: None,
        started_on: "2026-08-05".parse().expect("a date"),
        seat_price: "monthly".to_owned(),
        seats,
        tax_percent: Some("10".to_owned()),
        price_list: None,
        pass: None,
        pass_since: None,
        top_up: None,
        fee_exempt: false,
    }
}

/// Found in November 2026: "Lasts about 26 days" stood beneath the banner of a suspended team. It spends nothing; what has
/// to be paid is said first.
#[test]
fn a_suspended_team_says_what_restores_it_and_not_how_long_it_lasts() {
    for (failed_on, seats, status, owed, says) in [
        (
            "2026-11-05",
            5_u64,
            Status::Suspended,
            "159.50",
            "suspended: pay $159.50 to restore it; its data is kept until",
        ),
        (
            "2026-11-19",
            3,
            Status::PastDue,
            "95.70",
            "failed: pay $95.70 or the team is suspended by 22 November 2026",
        ),
        ("2026-10-06", 2, Status::DataDeleted, "127.60", "the team is closed"),
    ] {
        let mut team = Team::of_three(NOW);
        team.spent = vec![
            ("2026-11-18".to_owned(), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), 2_000_000),
            ("2026-11-20".to_owned(), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), 3_000_000),
        ];
        team.scenario["events"][0]["seats"] = seats.into();
        let emulator = emulator(team);
        let (desk, account) = desk(&emulator, TOKEN);
        let stated = TeamFacts { payment_failed_on: Some(failed_on.parse().expect("a day")), ..facts(seats) };
        desk.headroom.save_team_facts(account, &stated).expect("saved");
        desk.headroom.refresh(account, true, false).expect("a refresh");
        let view = desk.team(account);
        let dunning = view.dunning.expect("a payment failed");
        assert_eq!((dunning.status, dunning.owed.as_deref()), (status, Some(owed)), "{failed_on}");
        let charged = desk.headroom.charged_next().expect("charged").accounts.remove(0).left_out;
        let charged = charged.map(|of| of.what);
        let besides = ChargeLeftOut::Owed { amount: Some(owed.to_owned()) };
        assert_eq!(charged, (status != Status::DataDeleted).then_some(besides), "{failed_on}");
        // `headroom status` had the next charge without what the window said beside it.
        let invoices = desk.headroom.invoices(account).expect("invoices").verdict;
        for said in [desk.run(&["status"]).output, words::say(&invoices.sentence)] {
            let beside = said.contains(&format!(", on top of ${owed} to be paid now"));
            assert_eq!(beside, status != Status::DataDeleted, "{said}");
        }
        let is_served = status == Status::PastDue;
        let burn = view.burn.expect("what was spent is known");
        assert_eq!(burn.run_out_at.is_some(), is_served, "{failed_on}");
        assert!(is_served || (burn.days_left.is_none() && burn.top_up.is_none() && burn.automatic.is_none()));
        let run = desk.run(&["status"]);
        assert!(run.output.contains(says), "{}", run.output);
        assert_eq!(run.output.contains("Lasts"), is_served, "{}", run.output);
        assert!(run.output.find("Payment") < run.output.find("Balance"), "it comes first: {}", run.output);
    }
}

#[test]
fn nobody_is_asked_before_kilo_is_connected_and_a_team_is_added_once() {
    let emulator = emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    let start = desk.headroom.start(None).expect("it starts");
    let found = start.found.kilo_login.expect("found");
    assert!(matches!(&found, Value::Text(place) if place.ends_with("auth.json")), "{found:?}");
    assert!(emulator.seen().is_empty());
    let first = desk.headroom.connect_kilo().expect("a team");
    let again = desk.headroom.connect_kilo().expect("the same");
    assert_eq!(first[0].id, again[0].id);
    assert_eq!(first[0].name, "Analytical Engines");
    assert!(desk.headroom.start(None).expect("it starts").settings.asks.contains(&Vendor::Kilo));
}

#[test]
fn what_kilo_says_of_a_team_is_shown_with_what_follows() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    let before = desk.team(account);
    assert_eq!((before.balance, before.spend), (None, None), "not known is not nothing");
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!((refreshed.failure, written(refreshed.last_success).as_deref()), (None, Some(NOW)));
    let team = desk.team(account);
    let at = written(team.balance_at);
    assert_eq!((team.balance.as_deref(), at.as_deref()), (Some("62.500000"), Some(NOW)));
    let spend = team.spend.expect("spending");
    assert_eq!(spend.source, SpendSource::Everyone);
    assert_eq!(
        (spend.this_month.as_deref(), spend.in_days.as_deref()),
        (Some("37.500000"), Some("37.500000"))
    );
    let days: Vec<_> = spend.days.iter().rev().take(6).map(|day| day.amount.as_deref()).collect();
    assert_eq!(
        days,
        [Some("0.000000"), Some("10.000000"), Some("12.249999"), Some("8.000001"), Some("7.250000"), None],
        "a day that is told of without spending is nothing; one before anything is told is not known"
    );
    let models: Vec<_> =
        spend.by_model.iter().map(|share| (share.name.as_deref(), share.amount.as_deref())).collect();
    assert_eq!(
        models,
        [(Some("anthropic/claude-sonnet-4.5"), Some("25.250001")), (Some("openai/gpt-5"), Some("12.249999"))]
    );
    let users: Vec<_> = spend.by_user.iter().map(|share| (share.name.as_deref(), share.permille)).collect();
    assert_eq!(users, [(Some("bob@example.com"), 593), (Some("ada@example.com"), 406)]);
    // 37.50 from the 17th, 00:00 to the 21st, 10:00: 4 days and 10 hours.
    let burn = team.burn.expect("a pace");
    assert_eq!((burn.a_day.to_string().as_str(), burn.days_seen), ("8.490566", 4));
    // 62.50 at that pace is 7 days, 8 hours, 40 minutes.
    assert_eq!((burn.run_out_at.as_deref(), burn.days_left), (Some("2026-11-28T18:40:00Z"), Some(7)));
    // 30 days more are 254.72; 192.22 are missing, and 250 is the smallest amount sold above that (T3).
    assert_eq!(burn.top_up.as_deref(), Some("250.00"));
    let seats = team.seats.expect("seats");
    assert_eq!((seats.paid, seats.taken, seats.unused, seats.saves), (5, Some(2), 3, None));
    assert_eq!(team.members.iter().filter(|member| member.role.is_some()).count(), 2);
    assert_eq!((team.next_charge, team.next_charge_at), (None, None), "without facts it is not known");
}

#[test]
fn the_next_charge_follows_from_the_facts_and_from_the_seats_that_kilo_says() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.save_team_facts(account, &facts(2)).expect("facts");
    // The vendor's price list for two seats at 29 dollars, with 10 % tax.
    let before = desk.team(account);
    assert_eq!(before.next_charge.expect("a charge").total, "63.80");
    assert_eq!(before.next_charge_at.as_deref(), Some("2026-12-05T00:00:00Z"));
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let after = desk.team(account);
    let charge = after.next_charge.expect("a charge");
    assert_eq!(
        (charge.subtotal.as_str(), charge.total.as_str()),
        ("145.00", "159.50"),
        "five seats, as Kilo says"
    );
    assert_eq!(after.seats.expect("seats").saves.as_deref(), Some("95.70"), "with the tax");
    for (wrong, expected) in [
        (TeamFacts { seats: 0, ..facts(2) }, "Seats: 0"),
        (TeamFacts { seat_price: "weekly".to_owned(), ..facts(2) }, "Seat price: \"weekly\""),
        (TeamFacts { tax_percent: Some("101".to_owned()), ..facts(2) }, "Tax: \"101\""),
        (
            TeamFacts { started_on: "2026-11-22".parse().expect("a date"), ..facts(2) },
            "First day: 22 November 2026",
        ),
        (TeamFacts { price_list: Some("x".to_owned()), ..facts(2) }, "Price list: \"x\""),
    ] {
        let error = desk.headroom.save_team_facts(account, &wrong).expect_err(expected);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn credits_that_go_are_spent_first_and_said() {
    let gift = Some((20_000_000, "2026-11-22T00:00:00Z".to_owned()));
    let emulator = emulator(Team { gift, ..Team::of_three(NOW) });
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let team = desk.team(account);
    assert_eq!((team.expiring[0].left.as_str(), team.expiring[0].free), ("20.000000", true));
    // 14 hours of 8.49 a day are spent of the gift, the rest of it is lost; 42.50 last 5 days more.
    let burn = team.burn.expect("a pace");
    assert_eq!(burn.run_out_at.as_deref(), Some("2026-11-27T00:08:00Z"));
}

#[test]
fn who_may_see_only_their_own_part_is_told_so() {
    for analytics in [true, false] {
        let emulator = emulator(Team { owner: false, analytics, ..Team::of_three(NOW) });
        let (desk, account) = desk(&emulator, TOKEN);
        let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "what a role may not see is no failure");
        let team = desk.team(account);
        assert_eq!(team.balance.as_deref(), Some("62.500000"));
        let spend = team.spend.expect("spending");
        assert_eq!((spend.source, spend.in_days.as_deref()), (SpendSource::OwnOnly, Some("15.250001")));
        assert_eq!(team.burn, None, "one's own part says nothing of the team's balance");
    }
}

#[test]
fn what_a_team_has_is_known_where_nobody_may_see_what_is_spent() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    emulator.fail_at(
        |line| line.contains("usageAnalytics") || line.contains("/api/profile/usage"),
        Fault::NotFound,
    );
    let refreshed = desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(refreshed.failure, None);
    let team = desk.team(account);
    assert_eq!((team.balance.as_deref(), team.spend, team.burn), (Some("62.500000"), None, None));
}

#[test]
fn a_day_that_is_told_again_counts_once_and_the_same_answer_is_not_sent_twice() {
    let mut team = Team::of_three(NOW);
    let emulator = emulator(team.clone());
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    desk.wait_until("2026-11-21T10:05:00Z");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let conditional = |seen: &tools::emulator::Seen| seen.head.contains("if-none-match");
    assert!(emulator.seen().iter().filter(|seen| conditional(seen)).count() >= 4, "asked conditionally");
    team.spent[3].3 = 11_000_000;
    team.spent.push(("2026-11-21".to_owned(), "ada@example.com".to_owned(), "openai/gpt-5".to_owned(), 1));
    emulator.team(team);
    desk.wait_until("2026-11-21T10:10:00Z");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    assert_eq!(desk.team(account).spend.expect("spending").in_days.as_deref(), Some("38.500001"));
}

/// Days that nobody could ask about are not days without spending, and what was left then isn't left now.
#[test]
fn what_is_outdated_is_not_known_and_not_nothing() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let then = desk.team(account).burn.expect("a pace");
    emulator.fail(Some(Fault::Server));
    let desk = desk.later("2026-11-24T10:00:00Z");
    desk.headroom.refresh(account, false, false).expect("a failure is no error");
    let team = desk.team(account);
    let days = team.spend.expect("spending").days;
    let amounts: Vec<_> = days.iter().rev().take(5).map(|day| day.amount.as_deref()).collect();
    assert_eq!(amounts, [None, None, None, Some("0.000000"), Some("10.000000")]);
    let now = team.burn.expect("a pace");
    assert_eq!((&now.a_day, now.days_seen), (&then.a_day, 4), "the pace is that of the days that are known");
    assert_eq!(now.run_out_at, then.run_out_at, "what was left is spent from since");
    assert_eq!((then.days_left, now.days_left), (Some(7), Some(4)));
}

pub(crate) const LATER: &str = "2026-11-21T10:05:00Z";

/// What alone is not known where one of the lesser questions is not answered.
const NAMED: [(&str, &str); 4] = [
    ("seats", "seats"),
    ("credits by purchase", "credits by purchase"),
    ("spending", "what was spent"),
    ("one's own spending", "what was spent"),
];

const QUESTIONS: [(&str, Which); 6] = [
    ("the team", |line| line.contains("organizations.withMembers")),
    ("seats", |line| line.contains("organizations.seats")),
    ("credits by purchase", |line| line.contains("organizations.getCreditBlocks")),
    ("the balance", |line| line.contains("/api/profile/balance")),
    ("spending", |line| line.contains("usageAnalytics.getTable")),
    ("one's own spending", |line| line.contains("/api/profile/usage")),
];

#[test]
fn every_fault_of_every_question_takes_down_only_what_it_alone_answers() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    elsewhere.set_nonblocking(true).expect("a listener");
    let port = elsewhere.local_addr().expect("an address").port();
    for (fault, expected) in [
        (Fault::Refuse, "Kilo's answer broke off half-way"),
        (Fault::Silence, "Kilo did not answer in time"),
        (Fault::HalfBody, "Kilo's answer broke off half-way"),
        (Fault::WrongType, "Kilo answered in a form that Headroom does not know"),
        (Fault::Unauthorized, "Open Kilo to sign in again."),
        (Fault::Suspended, "Kilo has suspended this account"),
        (Fault::Throttled(Some("120")), "Kilo asks to wait"),
        (Fault::Throttled(None), "Kilo asks to wait"),
        (Fault::Server, "Kilo failed with 500"),
        (Fault::Redirect(port), "Kilo pointed to another address"),
        (Fault::GzipBomb, "Kilo sent more than 16 MiB"),
        (Fault::GiantBody, "Kilo sent more than 16 MiB"),
        (Fault::ChangedSchema, "Kilo answered in a form that Headroom does not know"),
    ] {
        for (question, which) in QUESTIONS {
            let analytics = question != "one's own spending";
            let emulator = emulator(Team { analytics, ..Team::of_three(NOW) });
            let (desk, account) = desk(&emulator, TOKEN);
            desk.headroom.refresh(account, false, false).expect("a good answer first");
            let good = desk.team(account);
            emulator.fail_at(which, fault);
            let mut desk = desk.later(LATER);
            let patience = Duration::from_millis(if fault == Fault::Silence { 2_000 } else { 60_000 });
            desk.headroom.set_patience(Patience::of(patience));
            let refreshed = desk.headroom.refresh(account, false, false).expect("a failure is no error");
            // What is only there for want of a better takes down nothing.
            let named = NAMED.iter().find(|(named, _)| *named == question).map(|(_, part)| *part);
            let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
            // A login that has ended, or an account that is suspended, is so for every question.
            let of_all = matches!(fault, Fault::Unauthorized | Fault::Suspended);
            // Whoever wants to be left alone, or took all the time, isn't asked for the rest either.
            let of_the_rest = matches!(fault, Fault::Throttled(_) | Fault::Silence);
            if question == "the balance" && !of_all {
                assert_eq!(
                    failure.contains("Not known: Kilo Pass"),
                    of_the_rest,
                    "{fault:?} at {question}: {failure}"
                );
                assert_eq!(failure.is_empty(), !of_the_rest, "{fault:?} at {question}: {failure}");
                let at = written(refreshed.last_success);
                assert_eq!(at.as_deref(), Some(LATER), "{fault:?} at {question}");
            } else {
                assert!(failure.contains(expected), "{fault:?} at {question}: {failure}");
                let lacks = named.filter(|_| !of_all).map(|lacks| format!("Not known: {lacks}"));
                assert!(
                    lacks.is_none_or(|lacks| failure.contains(&lacks)),
                    "{fault:?} at {question}: {failure}"
                );
                let last = if of_all || named.is_none() { NOW } else { LATER };
                assert_eq!(written(refreshed.last_success).as_deref(), Some(last), "{fault:?} at {question}");
            }
            assert!(!failure.contains(TOKEN) && !failure.contains("127.0.0.1"), "{failure}");
            let team = desk.team(account);
            assert_eq!(team.balance, good.balance, "{fault:?} at {question}");
            assert_eq!(team.spend.map(|spend| spend.in_days), good.spend.map(|spend| spend.in_days));
            // How many are taken nobody else says: what was told before stays.
            let taken = team.seats.as_ref().map(|seats| (seats.paid, seats.taken));
            assert_eq!(taken, Some((5, Some(2))), "{fault:?} at {question}");
        }
    }
    assert!(elsewhere.accept().is_err(), "nobody followed the redirect");
}

#[test]
fn a_hidden_team_is_not_asked_about_and_kilo_can_be_left_alone() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    let before = emulator.seen().len();
    desk.headroom.hide_account(account, true).expect("hidden");
    desk.headroom.refresh(account, true, false).expect("nothing is asked");
    desk.headroom.hide_account(account, false).expect("shown");
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kilo, agreed: false }).expect("no longer");
    desk.headroom.refresh(account, false, false).expect("nothing is asked");
    assert_eq!(emulator.seen().len(), before);
}
