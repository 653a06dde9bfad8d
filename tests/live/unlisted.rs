//! What Kiro tells of an account, and no price list, calendar or detail has: a plan, a day of renewal, a change of plan, an
//! end of credits. It is shown as it was told; what follows from none of it is said to be unknown.

use super::opening::{Answered, answer, facts, row};
use super::{TOKEN, account_at_kiro, overview};
use acceptance::Desk;
use headroom_app::ErrorCode;
use headroom_app::answers::{
    AccountNumber, ChargeNote, Choice, Kind, OverviewView, PaceView, Vendor, WhatIf,
};
use headroom_app::words;
use headroom_exact::Saying;
use serde_json::{Value, json};
use tools::emulator::{Emulator, Fault};

const NOW: &str = "2026-11-25T12:00:00Z";

/// An account of which its owner stated nothing, and what Kiro answered of it.
fn unstated(body: &Value) -> (Emulator, Desk, AccountNumber) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2027-11-22T00:00:00Z");
    let account = desk.headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    says(&desk, account, &emulator, body);
    (emulator, desk, account)
}

fn says(desk: &Desk, account: AccountNumber, emulator: &Emulator, body: &Value) {
    emulator.fail(Some(Fault::Says("200 OK", body.to_string().leak())));
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.failure, None, "{body}");
}

/// Reported in November 2026: of somebody on "KIRO STUDENT" nothing was shown although Kiro had told limit, used and reset.
#[test]
fn of_a_plan_in_no_list_what_was_told_is_shown_and_its_price_is_not_known() {
    for (title, called, used, limit, left, code) in [
        (json!("KIRO STUDENT"), "STUDENT", 300.0, 1000, "700.00", "price-unlisted"),
        (json!("KIRO PRO TEAM 5X"), "PRO TEAM 5X", 1812.25, 7500, "5687.75", "price-unlisted"),
        (json!(null), "?", 12.5, 50, "37.50", "price-of-no-plan"),
    ] {
        let body = json!({"subscriptionInfo": {"subscriptionTitle": title}});
        let (_emulator, desk, account) = unstated(&answer("", &[row(used, limit, &json!({}))], &body));
        let view = overview(&desk, account);
        assert_eq!(
            (view.plan.as_str(), view.plan_unlisted, view.left.as_deref()),
            (called, true, Some(left))
        );
        assert_eq!((view.next_charge.is_none(), view.overage.available), (true, false), "{title}");
        assert_eq!(view.next_charge_unknown.as_ref().map(Saying::code), Some(code));
        let summary = desk.headroom.accounts().expect("accounts").remove(0);
        assert_eq!(
            (summary.ready, summary.facts.and_then(|facts| facts.plan)),
            (true, None),
            "nothing is made up"
        );
        let invoices = desk.headroom.invoices(account).expect("invoices");
        assert!(invoices.upcoming.is_none() && invoices.periods.iter().all(|period| period.total.is_none()));
        assert!(matches!(invoices.upcoming_notes[..], [ChargeNote::PlanUnlisted { .. }]), "{invoices:?}");
        let page = desk.run(&["status"]).output;
        assert!(page.contains(&words::credits(left)) && page.contains("Next charge   not known: "), "{page}");
        // What would have to be made up is refused with what is missing.
        let plans = desk.headroom.plans(account).expect_err("no plan to compare with");
        assert_eq!((plans.code, plans.saying.code()), (ErrorCode::Refused, code));
        let compared = desk.headroom.what_if(account, &WhatIf::default()).expect_err("from what?");
        assert_eq!(compared.saying.code(), code);
        // Of the next cycle nothing was told, and no plan of the list stands in.
        let desk = desk.later("2026-12-02T10:00:00Z");
        desk.usage(&[("2026-12-01T09:00:00Z", "10.00")]);
        let view = overview(&desk, account);
        assert_eq!((view.left, view.pools.plan.allowance, view.plan.as_str()), (None, None, called));
        assert_eq!(view.unknown.as_ref().map(Saying::code), Some("left-not-told"));
        // Once it is stated, that is the plan.
        let stated = serde_json::from_value(json!({"plan": "pro"})).expect("a change");
        desk.headroom.save_facts(Some(account), &stated).expect("stated");
        let view = overview(&desk, account);
        assert_eq!((view.plan.as_str(), view.plan_unlisted), ("Pro", false));
        assert_eq!(view.next_charge.map(|next| next.total).as_deref(), Some("20.00"));
    }
}

/// Reported in November 2026: `status --json` had "0.00" where nothing was known.
#[test]
fn what_is_not_known_is_null_and_says_why() {
    let desk = Desk::at(NOW);
    let account = desk.facts(&facts("pro", Some("2026-06-01")));
    let unknown = |view: &OverviewView| {
        let pools = &view.pools;
        let amounts = [&view.left, &view.used, &pools.overage_charge];
        assert!(amounts.iter().all(|amount| amount.is_none()), "{view:?}");
        assert_eq!((pools.overage, pools.uncovered), (None, None), "{view:?}");
        assert_eq!((view.used_permille, pools.plan.used_permille, &pools.plan.used), (None, None, &None));
    };
    let view = overview(&desk, account);
    unknown(&view);
    assert_eq!(view.unknown.as_ref().map(Saying::code), Some("left-without-usage"));
    let json: Value = serde_json::from_str(&desk.run(&["status", "--json"]).output).expect("JSON");
    let of = &json[0]["overview"];
    assert_eq!((&of["pools"]["overage"], &of["pools"]["uncovered"]), (&Value::Null, &Value::Null));
    assert_eq!(of["unknown"]["code"], "left-without-usage");
    desk.usage(&[("2026-11-05T09:00:00Z", "10.00")]);
    let view = overview(&desk, account);
    assert_eq!(
        (view.unknown, view.pools.overage.map(|amount| amount.to_string()).as_deref()),
        (None, Some("0.00"))
    );
    assert_eq!(
        (view.pools.uncovered.map(|amount| amount.to_string()).as_deref(), view.used_permille),
        (Some("0.00"), Some(10))
    );
}

/// When a cycle ends is the vendor's word: until then what is left is left, and the pace goes by it.
#[test]
fn another_day_of_renewal_is_named_and_what_is_left_goes_by_it() {
    for (used, reset, days, percent) in [
        (300.0, "2026-12-15T00:00:00Z", 20, 14),
        (100.0, "2026-12-10T06:30:00Z", 15, 80),
        (990.0, "2026-11-28T00:00:00Z", 3, 0),
    ] {
        let at = reset.parse::<headroom_exact::Moment>().expect("a moment").unix_seconds();
        let body = answer(
            "KIRO PRO",
            &[row(used, 1000, &json!({"nextDateReset": at}))],
            &json!({"nextDateReset": at}),
        );
        let of = Answered::at(NOW, &facts("pro", Some("2026-06-01")), &body);
        assert_eq!((of.view.cycle.end.as_str(), of.view.reset_in.days), (reset, days));
        let expected = match of.view.pace.clone().expect("a pace") {
            PaceView::LeftAtReset { percent, .. } => percent,
            PaceView::LimitAt { .. } | PaceView::AtLimit | PaceView::NoLimit => 0,
        };
        assert_eq!(expected, percent, "{reset}: {:?}", of.view.pace);
        let gaps = of.view.quoted.expect("figures").gaps;
        assert_eq!(gaps.iter().map(Saying::code).collect::<Vec<_>>(), ["renews-otherwise"]);
    }
    let of = Answered::at(
        NOW,
        &facts("pro", Some("2026-06-01")),
        &answer("KIRO PRO", &[row(1.0, 1000, &json!({}))], &json!({})),
    );
    assert_eq!(of.view.quoted.expect("figures").gaps, [], "with the calendar month nothing is to be said");
}

/// V10: a change between two answers shows both moments, and charges nothing by itself.
#[test]
fn a_plan_that_changed_between_two_answers_is_said_with_both_moments() {
    for (before, after, limit) in [("KIRO PRO", "KIRO PRO+", 2000), ("KIRO POWER", "Kiro Pro Max", 5000)] {
        let (emulator, desk, account) = unstated(&answer(before, &[row(10.0, 1000, &json!({}))], &json!({})));
        assert_eq!(overview(&desk, account).quoted.expect("figures").plan_change, None);
        let desk = desk.later("2026-11-27T09:00:00Z");
        says(&desk, account, &emulator, &answer(after, &[row(20.0, limit, &json!({}))], &json!({})));
        let changed = |desk: &Desk| overview(desk, account).quoted.expect("figures").plan_change;
        let said = changed(&desk).expect("a change");
        assert_eq!((said.before.as_str(), said.until.as_str()), (before, NOW));
        assert_eq!((said.after.as_str(), said.since.as_str()), (after, "2026-11-27T09:00:00Z"));
        let page = desk.run(&["status"]).output;
        assert!(
            page.contains(&format!("{before} until {} at least, {after} since ", words::moment(NOW))),
            "{page}"
        );
        // The next answer of the same plan leaves it there, and the next month ends it.
        let desk = desk.later("2026-11-28T09:00:00Z");
        let title = after.to_uppercase();
        says(&desk, account, &emulator, &answer(&title, &[row(30.0, limit, &json!({}))], &json!({})));
        assert_eq!(changed(&desk), Some(said), "it isn't said anew of another spelling");
        let desk = desk.later("2026-12-02T09:00:00Z");
        assert_eq!(changed(&desk), None);
    }
}

/// Credits that end before the month does are said with their end, wherever what is left is said.
#[test]
fn what_is_gone_before_the_cycle_ends_is_said_with_what_is_left() {
    let pack = |used: f64, of: f64, ends: u64| json!({"currentUsage": used, "usageLimit": of, "expiresAt": ends, "source": "PURCHASE"});
    let (on_27, on_28, in_december) = (1_795_737_600, 1_795_824_000, 1_798_675_200);
    for (used, packs, left, gone, text) in [
        (
            1000.0,
            vec![pack(11.0, 250.0, on_27)],
            "239.00",
            vec![("239.00", "2026-11-27T00:00:00Z")],
            "239 credits, all of them gone on 27 November 2026, 00:00 UTC",
        ),
        (
            900.0,
            vec![
                pack(25.0, 125.0, on_27),
                pack(0.0, 250.0, on_27),
                pack(0.0, 500.0, on_28),
                pack(0.0, 125.0, in_december),
            ],
            "1075.00",
            vec![("350.00", "2026-11-27T00:00:00Z"), ("500.00", "2026-11-28T00:00:00Z")],
            "of which 350 are gone on 27 November 2026, 00:00 UTC, 500 are gone on",
        ),
        (
            900.0,
            vec![pack(0.0, 125.0, in_december)],
            "225.00",
            vec![],
            "225 credits until 1 December 2026, 00:00 UTC",
        ),
    ] {
        let body = answer("KIRO PRO", &[row(used, 1000, &json!({"overageCredits": packs}))], &json!({}));
        let of = Answered::at(NOW, &facts("pro", Some("2026-06-01")), &body);
        let said: Vec<_> = of.view.gone_before.iter().map(|gone| (&*gone.credits, &*gone.at)).collect();
        assert_eq!((of.view.left.as_deref(), said), (Some(left), gone));
        assert!(of.status().contains(text), "{}", of.status());
    }
}

/// Reported in November 2026: "300.00 of no limit credits used", once the month of that answer was over.
#[test]
fn no_limit_is_no_number_also_in_the_month_after() {
    let body = answer("KIRO PRO", &[row(300.0, 999_999, &json!({}))], &json!({}));
    let of = Answered::at(NOW, &facts("pro", Some("2026-06-01")), &body);
    let desk = of.desk.later("2026-12-02T10:00:00Z");
    let page = desk.run(&["status"]).output;
    assert!(page.contains("300 credits used, no limit") && !page.contains("of no limit"), "{page}");
}
