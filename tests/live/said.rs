//! What is said of figures: where they are from, how old they are, what contradicts them.

use super::{NOW, TOKEN, account_at_kiro, desk, overview};
use acceptance::Desk;
use serde_json::json;
use tools::emulator::{Emulator, Fault};

/// What `status` says of an answer that others contradict, and of one that is older than the last attempt.
#[test]
fn the_status_says_every_contradiction_and_what_is_shown_while_kiro_does_not_answer() {
    for (recorded, plan, says) in [
        ("700.00", "pro", &["the tasks on this computer add up to 87.60 credits more than Kiro counts"][..]),
        ("100.00", "pro-plus", &["Kiro says KIRO PRO, your details say Pro+", "16 % of Kiro's count"][..]),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-30T12:00:00Z");
        let plan = format!(r#"{{"plan": "{plan}", "first_paid_on": "2026-08-15", "country": "US"}}"#);
        let account = desk.facts(&plan);
        desk.usage(&[("2026-11-04T10:00:00Z", recorded)]);
        desk.headroom.refresh(account, true, false).expect("a refresh");
        let status = desk.run(&["status"]).output;
        for line in says {
            assert!(status.contains(line), "{line}\n in\n{status}");
        }
        assert!(!status.contains("failed"), "{status}");
        emulator.fail(Some(Fault::Server));
        let desk = desk.later("2026-11-21T13:20:00Z");
        assert_eq!(desk.run(&["refresh"]).status, 1);
        let desk = desk.later("2026-11-21T13:25:00Z");
        let status = desk.run(&["status"]).output;
        for line in [
            "  Refresh       failed 5 min ago: Kiro failed with 500.",
            "  Shown         from Kiro, 3 h ago\n",
            "  From Kiro     3 h ago: 612.40 of 1,000 credits used",
        ] {
            assert!(status.contains(line), "{line}\n in\n{status}");
        }
    }
}

/// Without a word of Kiro's what is left is a bound, wherever it stands.
#[test]
fn what_rests_on_recorded_tasks_alone_is_at_most_so_much() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    desk.usage(&[("2026-11-04T10:00:00Z", "574.55")]);
    let before = overview(&desk, account);
    assert_eq!((before.left.as_deref(), before.left_at_most), (Some("425.45"), true));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("  Left          at most 425.45 credits until"), "{status}");
    assert!(status.contains("  Left out      what you use elsewhere, such as in the IDE"), "{status}");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let after = overview(&desk, account);
    assert_eq!((after.left.as_deref(), after.left_at_most), (Some("387.60"), false));
    assert_eq!(after.quoted.expect("Kiro's figures").recorded_percent, Some(93));
    let status = desk.run(&["status"]).output;
    assert!(!status.contains("at most"), "{status}");
}

/// Found in November 2026: "Pro would have been the cheapest over 3 months" from half of what was used.
#[test]
fn past_months_are_compared_by_kiros_count_where_it_counts_more() {
    let at = "2026-10-31T12:00:00Z";
    let kiro = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro-plus"},
        {"at": "2026-10-04T10:00:00Z", "type": "usage", "credits": "1800"}]});
    let emulator = Emulator::of(kiro, at, 0);
    let desk = Desk::at(at).with_kiro(emulator.address(), TOKEN, "2026-11-30T12:00:00Z");
    let account = desk.facts(r#"{"plan": "pro-plus", "first_paid_on": "2026-08-15", "country": "US"}"#);
    desk.usage(&[("2026-10-04T10:00:00Z", "900.00"), ("2026-10-31T18:00:00Z", "20.00")]);
    let replayed = |desk: &Desk| {
        let replay = desk.headroom.plans(account).expect("plans").replay.expect("a month has ended");
        let [month] = &replay.months[..] else { panic!("one month: {replay:?}") };
        (month.used.clone(), month.recorded_percent, replay.cheapest)
    };
    let alone = desk.later("2026-11-05T10:00:00Z");
    assert_eq!(replayed(&alone), ("920.00".to_owned(), None, "Pro".to_owned()), "what is recorded alone");
    let desk = alone.later(at);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let desk = desk.later("2026-11-05T10:00:00Z");
    assert_eq!(
        replayed(&desk),
        ("1820.00".to_owned(), Some(50), "Pro+".to_owned()),
        "Kiro's 1,800, and the 20 that came after it said so"
    );
}
