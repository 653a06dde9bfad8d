//! What may not be taken from Kilo's last word any more: credits that ended since, a month that nobody was asked about, a login
//! of whom nothing is known.

use super::kilo::{TOKEN, desk, emulator};
use super::kilo_personal::{asked, playing};
use super::{NOW, written};
use acceptance::Desk;
use headroom_app::answers::{SpentAxisView, SpentMarkKind};
use headroom_app::words;
use serde_json::{Value, json};
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
    assert_eq!(
        (view.balance.as_deref(), written(view.balance_at).as_deref()),
        (Some("19.500000"), Some(NOW))
    );
    let run = desk.run(&["status"]);
    for text in [
        "at most $19.50, as Kilo said ",
        "$4.25 of the balance expired on 22 November 2026, after Kilo's last answer: at most $19.50 is left.",
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
    assert!(team.notes.iter().any(|note| words::note(note).contains("$5.00 of the balance expired")));
    let run = desk.run(&["status"]);
    assert!(run.output.contains("at most $57.50, from Kilo"), "{}", run.output);
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
        assert_eq!(
            (own.balance.as_deref(), written(own.balance_at).as_deref()),
            (Some("23.750000"), Some(NOW))
        );
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

/// Found in November 2026: what goes before it is spent stood beneath the balance, and a balance of which other credits were
/// listed was shown without a word.
#[test]
fn what_goes_first_stands_before_the_balance_and_a_balance_that_isnt_its_parts_is_said() {
    let block = |id: &str, end: Value, left: u64, free: bool| {
        json!({"id": id, "effective_date": "2026-10-03 11:20:05.1+00", "expiry_date": end, "balance_mUsd": left,
            "amount_mUsd": 60_000_000, "is_free": free})
    };
    let blocks = json!({"creditBlocks": [block("c", Value::Null, 51_870_000, false),
        block("b", "2026-12-03 09:00:00+00".into(), 7_000_000, false),
        block("a", "2026-11-28T00:00:00Z".into(), 2_500_000, true)],
        "totalBalance_mUsd": 61_370_000, "autoTopUpEnabled": true});
    for (balance, listed) in [(61.37, None), (61.375, None), (6.0, Some("$6.00")), (90.5, Some("$90.50"))] {
        let own =
            OwnKilo { blocks: blocks.clone(), balance: json!({"balance": balance}), ..OwnKilo::of_ada() };
        let (desk, account, _emulator) = asked(own);
        let output = desk.run(&["status"]).output;
        let rows: Vec<_> =
            output.lines().map(str::trim).take_while(|row| !row.starts_with("Automatic")).collect();
        let expected = [
            "Goes first    $2.50 of the balance, given, gone on 28 November 2026, 00:00 UTC",
            "Goes next     $7.00 of the balance, bought, gone on 3 December 2026, 09:00 UTC",
            "Balance       $",
            "Stays         $51.87 of it, bought",
        ];
        for (row, expected) in rows.iter().skip(2).zip(expected) {
            assert!(row.starts_with(expected), "{expected}: {output}");
        }
        let notes: Vec<_> = desk.own_kilo(account).notes.iter().map(words::note).collect();
        let differs = listed.map(|told| {
            format!(
                "Credits by purchase and gift come to $61.37, the balance to {told}: which of them is right Kilo doesn't say."
            )
        });
        let is_said = |note: &String| output.contains(note.as_str()) && notes.contains(note);
        assert_eq!(differs.as_ref().map(is_said), listed.map(|_| true), "{notes:?}: {output}");
        assert_eq!(notes.iter().any(|note| note.contains("come to")), listed.is_some(), "{notes:?}");
    }
}

/// Found in November 2026: "at most $51.87" of a balance to which Kilo Pass had brought $199.00 since.
#[test]
fn what_is_left_isnt_known_where_kilo_pass_brought_credits_after_others_ended() {
    let mut own = OwnKilo::of_ada();
    own.blocks["creditBlocks"][1]["expiry_date"] = json!("2026-11-22 00:00:00+00");
    let (desk, account, _emulator) = asked(own);
    let desk = desk.later("2026-12-14T08:59:59Z");
    assert_eq!(desk.own_kilo(account).balance.as_deref(), Some("19.500000"));
    let desk = desk.later("2026-12-14T09:00:00Z");
    assert_eq!(desk.own_kilo(account).balance, None, "49.00 came with the month of Kilo Pass");
    let output = desk.run(&["status"]).output;
    assert!(output.contains("Balance       not known") && !output.contains("at most"), "{output}");
}

/// Found in November 2026: "off", where the same answer's credits say that top-ups are on.
#[test]
fn whether_top_ups_are_on_isnt_known_where_kilo_says_both_at_once() {
    let off = json!({"enabled": false, "amountCents": null, "paymentMethod": null});
    let (desk, account, _emulator) = asked(OwnKilo { top_up: off, ..OwnKilo::of_ada() });
    let told = desk.own_kilo(account).top_up.map(|top_up| (top_up.enabled, top_up.amount));
    assert_eq!(told, Some((None, None)));
    let output = desk.run(&["status"]).output;
    assert!(output.contains("Automatic     whether credits are topped up isn't known"), "{output}");
}

/// Found in November 2026: "paused until" a day that had passed.
#[test]
fn a_pause_that_was_to_end_says_no_day_that_has_passed() {
    for (resumes, says) in [
        ("2026-11-20T00:00:00Z", "Kilo Pass Pro, paused, 3 months"),
        ("2026-12-20T00:00:00Z", "Kilo Pass Pro, paused until 20 December 2026, 00:00 UTC, 3 months"),
    ] {
        let own = OwnKilo::of_ada().with_pass(&[("status", "paused".into()), ("resumesAt", resumes.into())]);
        let (desk, _, _emulator) = asked(own);
        let output = desk.run(&["status"]).output;
        assert!(output.contains(says), "{says}: {output}");
    }
}

fn marks(axis: Option<SpentAxisView>, kind: SpentMarkKind) -> Vec<(String, Option<String>)> {
    let marks = axis.expect("a month").marks.into_iter().filter(|mark| mark.kind == kind);
    marks.map(|mark| (mark.at, mark.amount)).collect()
}

/// Found in November 2026: a mark stood for credits that were to expire and was gone once they had.
#[test]
fn credits_that_expired_keep_their_mark_with_what_was_left_of_them_at_most() {
    let end = "2026-11-22T00:00:00Z";
    let expired = vec![(end.to_owned(), Some("5.000000".to_owned()))];
    let mut team = Team::of_three(NOW);
    team.gift = Some((5_000_000, end.to_owned()));
    let emulator = emulator(team.clone());
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(marks(desk.team(account).axis, SpentMarkKind::Expires), expired);
    let desk = desk.later("2026-11-23T10:00:00Z");
    assert_eq!(marks(desk.team(account).axis, SpentMarkKind::Expired), expired, "nobody has asked since");
    emulator.team(Team { gift: None, ..team });
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let axis = desk.team(account).axis;
    assert_eq!(marks(axis.clone(), SpentMarkKind::Expired), expired, "the newer list doesn't name them");
    assert_eq!(marks(axis, SpentMarkKind::Expires), []);
}

#[test]
fn kilo_pass_that_ends_has_a_mark_before_and_after() {
    let ends = [("cancelAtPeriodEnd", json!(true)), ("nextBillingAt", json!("2026-11-24T09:00:00.000Z"))];
    let (desk, account, emulator) = asked(OwnKilo::of_ada().with_pass(&ends));
    let ended = vec![("2026-11-24T09:00:00Z".to_owned(), None)];
    assert_eq!(marks(desk.own_kilo(account).axis, SpentMarkKind::PassEnds), ended);
    let over = [("status", json!("canceled")), ("nextBillingAt", Value::Null)];
    emulator.own_kilo(OwnKilo::of_ada().with_pass(&over));
    let desk = desk.later("2026-11-25T10:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(marks(desk.own_kilo(account).axis, SpentMarkKind::PassEnds), ended);
    emulator.own_kilo(OwnKilo::of_ada());
    let desk = desk.later("2026-11-25T11:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(marks(desk.own_kilo(account).axis, SpentMarkKind::PassEnds), [], "it goes on after all");
}
