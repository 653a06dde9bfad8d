//! What is charged next at Kilo, and how long it lasts, where Kilo's words don't say it in one.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator};
use super::kilo_personal::{asked, playing};
use acceptance::Desk;
use headroom_app::answers::{AlertSays, ChargeLeftOut, NextChargeView};
use headroom_app::words;
use serde_json::{Value, json};
use tools::emulator::{Fault, OwnKilo, Team};

/// Found in November 2026: a tier of $49 with $19 of credits stood there without a word.
#[test]
fn a_tier_and_credits_of_its_month_that_contradict_each_other_are_named() {
    for (tier, name, listed, base, said) in [
        ("tier_49", "Kilo Pass Pro", "$49.00", json!(19), Some("$19.00")),
        ("tier_19", "Kilo Pass Starter", "$19.00", json!(199), Some("$199.00")),
        ("tier_199", "Kilo Pass Expert", "$199.00", json!(198.5), Some("$198.50")),
        ("tier_199", "Kilo Pass Expert", "$199.00", json!(199), None),
        ("tier_49", "Kilo Pass Pro", "$49.00", Value::Null, None),
    ] {
        let changes = [("tier", json!(tier)), ("currentPeriodBaseCreditsUsd", base)];
        let (desk, account, _emulator) = asked(OwnKilo::of_ada().with_pass(&changes));
        let sentence = said.map(|told| {
            format!("Kilo names {name}, which costs and brings {listed} a month, but gives {told} of credits for this month.")
        });
        let run = desk.run(&["status"]);
        let invoices = desk.run(&["invoices"]);
        let own = desk.own_kilo(account);
        for output in [&run.output, &invoices.output] {
            match &sentence {
                Some(sentence) => assert!(output.contains(sentence.as_str()), "{sentence}: {output}"),
                None => assert!(!output.contains("Kilo names"), "{output}"),
            }
        }
        // The tier is what is billed.
        let lines = own.next_charge.expect("a charge").lines;
        assert_eq!(format!("${}", lines[0].amount), listed, "{tier}");
    }
}

/// Found in November 2026: `status` knew the day of a charge that `invoices` didn't know of.
#[test]
fn a_charge_of_unknown_amount_stands_in_the_invoices_with_its_day_and_no_amount() {
    for (changes, expected) in [
        ([("tier", json!("tier_99"))], Some("14 December 2026, 09:00 UTC  not known")),
        ([("cadence", json!("weekly"))], Some("14 December 2026, 09:00 UTC  not known")),
        ([("status", json!("past_due"))], Some("not known")),
        ([("cancelAtPeriodEnd", json!(true))], None),
    ] {
        let (desk, account, _emulator) = asked(OwnKilo::of_ada().with_pass(&changes));
        let invoices = desk.headroom.invoices(account).expect("invoices");
        assert!(invoices.upcoming.is_none(), "{changes:?}");
        let run = desk.run(&["invoices"]);
        match expected {
            Some(line) => {
                assert!(run.output.contains(&format!("\nNext\n  {line}\n")), "{line}: {}", run.output);
            }
            None => assert!(!run.output.contains("Next"), "{}", run.output),
        }
        assert_eq!(invoices.upcoming_unknown.is_some(), expected.is_some(), "{changes:?}");
        // A month that is asked for by its name has nothing to come.
        assert!(!desk.run(&["invoices", "--period", "2026-11"]).output.contains("Next"));
    }
}

/// Found in November 2026: without Kilo Pass "Nothing is charged automatically" stood beside a top-up that is on.
#[test]
fn without_kilo_pass_a_top_up_that_is_on_is_what_is_charged_next() {
    for (enabled, in_blocks, next, row) in [
        (json!(true), json!(true), NextChargeView::TopUp, "a top-up of credits, once little is left"),
        (json!(false), json!(false), NextChargeView::Nothing, "nothing by itself"),
        (
            Value::Null,
            Value::Null,
            NextChargeView::NothingForPass,
            "nothing for Kilo Pass; whether credits are topped up isn't known",
        ),
    ] {
        let mut own = OwnKilo { pass: json!({"subscription": null}), ..OwnKilo::of_ada() };
        own.top_up["enabled"] = enabled;
        own.blocks["autoTopUpEnabled"] = in_blocks;
        let (desk, account, _emulator) = asked(own);
        let own = desk.own_kilo(account);
        assert_eq!((own.next, own.next_charge), (next, None));
        let run = desk.run(&["status"]);
        assert!(run.output.contains(&format!("  Next charge   {row}\n")), "{row}: {}", run.output);
    }
}

/// 2.94 a day from 7.50 dollars: below 5.00 within a day, and then not again for a fortnight.
#[test]
fn top_ups_of_ones_own_are_counted_until_kilo_pass_is_charged() {
    let mut own = OwnKilo::of_ada();
    own.balance = json!({"balance": 7.5});
    own.blocks = Value::Null;
    own.top_up = json!({"enabled": true, "amountCents": 2000});
    let (desk, account, _emulator) = asked(own);
    let view = desk.own_kilo(account);
    let burn = view.burn.expect("a pace");
    assert_eq!((burn.run_out_at, burn.days_left), (None, None), "with top-ups it doesn't run out");
    let automatic = burn.automatic.expect("top-ups");
    assert_eq!(automatic.until, "2026-12-14T09:00:00Z");
    // 2.50 above the threshold last 20 hours and 23 minutes; 67.55 are spent until the 14th, so three more come.
    assert_eq!((automatic.first_at.as_str(), automatic.more), ("2026-11-22T06:23:05Z", 3));
    assert_eq!((automatic.charge.as_str(), automatic.charges.as_str()), ("21.00", "84.00"));
    let charged = desk.headroom.charged_next().expect("charged").accounts.remove(0);
    assert_eq!(
        charged.left_out.map(|of| of.what),
        Some(ChargeLeftOut::TopUps),
        "the sum of all accounts has the renewal alone"
    );
    let notes: Vec<_> = view.notes.iter().map(words::note).collect();
    assert!(notes.iter().any(|note| note.contains("(A26)")), "{notes:?}");
    // "Next charge" stood at the fourteenth of December, beneath a top-up of November.
    let reasons: Vec<_> = view.verdict.reasons.iter().map(words::say).collect();
    assert!(reasons.iter().any(|said| said.starts_with("Next renewal: ")), "{reasons:?}");
    // Invoices called the same charge the next one.
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let said = words::say(&invoices.verdict.sentence);
    assert!(said.starts_with("Next renewal: ") && said.ends_with(", without automatic top-ups."), "{said}");
    assert_eq!(invoices.upcoming_left_out.map(|of| of.what), Some(ChargeLeftOut::TopUps));
    let run = desk.run(&["status"]);
    let row = "at this pace $20.00 about 22 November 2026, 3 more until 14 December 2026: $84.00 in all";
    assert!(run.output.contains(row), "{}", run.output);
}

/// Found in November 2026: a team without stated details had "Lasts about 7 days" beside a top-up that is on.
#[test]
fn a_team_that_stated_nothing_is_topped_up_all_the_same() {
    let of = |change: &dyn Fn(&mut Team)| {
        let mut team = Team::of_three(NOW).with_pass("active");
        change(&mut team);
        let emulator = emulator(team);
        let (desk, account) = desk(&emulator, TOKEN);
        desk.headroom.refresh(account, false, false).expect("a refresh");
        let run_out = desk.headroom.alerts().expect("alerts");
        let run_out = run_out.iter().any(|alert| matches!(alert.says, AlertSays::RunOut { .. }));
        (desk.team(account), desk.run(&["status"]).output, run_out)
    };
    let (team, output, _) = of(&|_| {});
    let automatic = team.burn.expect("a pace").automatic.expect("top-ups");
    assert_eq!((automatic.first_at.as_str(), automatic.more), ("2026-11-22T21:20:00Z", 0));
    assert_eq!((automatic.until.as_str(), automatic.charges.as_str()), ("2026-12-05T00:00:00Z", "525.00"));
    assert!(output.contains("Tops up") && !output.contains("Lasts"), "{output}");
    assert!(output.contains("(A20)") && output.contains("(A26)"), "{output}");
    // Nobody says when a cycle ends: thirty days.
    let (team, ..) = of(&|team| team.credits[..2].fill(Value::Null));
    let automatic = team.burn.expect("a pace").automatic.expect("top-ups");
    assert_eq!((automatic.until.as_str(), automatic.more), ("2026-12-21T10:00:00Z", 0));
    // It is on, and by how much isn't told: it doesn't run out, and no amount is made up.
    let (team, output, alert) = of(&|team| {
        team.credits[2] = json!({"enabled": true, "amountCents": null});
        team.spent.iter_mut().for_each(|row| row.3 *= 3);
    });
    let burn = team.burn.expect("a pace");
    assert_eq!((burn.automatic.is_none(), burn.run_out_at, alert), (true, None, false));
    assert!(output.contains("by how much isn't known") && !output.contains("Lasts"), "{output}");
    // It is off: then it runs out.
    let (team, output, _) = of(&|team| team.credits[2] = json!({"enabled": false, "amountCents": 50000}));
    let burn = team.burn.expect("a pace");
    assert!(burn.automatic.is_none() && burn.run_out_at.is_some() && output.contains("Lasts"), "{output}");
}

/// Found in November 2026: exit status 2, which says that what was entered is wrong.
#[test]
fn adding_what_kilo_has_fails_with_one_when_kilo_doesnt_answer() {
    for (fault, said) in [
        (Fault::Server, "headroom: Kilo failed with 500."),
        (Fault::Unauthorized, "headroom: Open Kilo to sign in again."),
        (Fault::HalfBody, "headroom: Kilo's answer broke off half-way."),
        (Fault::Suspended, "headroom: Kilo has suspended this account."),
    ] {
        let emulator = playing(OwnKilo::of_ada());
        let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
        emulator.fail(Some(fault));
        let run = desk.run(&["accounts", "add", "kilo"]);
        assert_eq!((run.status, run.output.as_str()), (1, ""), "{fault:?}");
        assert!(run.errors.starts_with(said) && run.errors.lines().count() == 1, "{fault:?}: {}", run.errors);
    }
    let run = Desk::at(NOW).run(&["accounts", "add", "kilo"]);
    assert_eq!((run.status, run.output.as_str()), (1, ""), "{}", run.errors);
    let run = Desk::at(NOW).run(&["accounts", "add", "kilogram"]);
    assert_eq!(run.status, 2, "{}", run.errors);
}

/// Found in November 2026: a balance below zero was "$-3.25", and the top-up that is due was said to come in a fortnight.
#[test]
fn a_top_up_that_is_due_has_no_day_and_a_balance_below_zero_has_its_sign_in_front() {
    for (balance, shown, is_due) in [
        (json!(-3.25), "−$3.25", true),
        (json!(0), "$0.00", true),
        (json!(4.999_999), "$4.999999", true),
        (json!(5), "$5.00", false),
    ] {
        let mut own = OwnKilo { blocks: Value::Null, ..OwnKilo::of_ada() };
        own.balance = json!({"balance": balance});
        let (desk, account, _emulator) = asked(own);
        let burn = desk.own_kilo(account).burn.expect("a pace");
        assert_eq!((burn.automatic.is_none(), burn.run_out_at), (is_due, None), "{balance}");
        let output = desk.run(&["status"]).output;
        assert!(output.contains(&format!("  Balance       {shown}, as Kilo said")), "{output}");
        let due = "once less than $5.00 is left, which is so by now";
        assert_eq!(output.contains(due), is_due, "{output}");
        assert_eq!(output.contains("Tops up"), !is_due, "{output}");
    }
    let mut team = Team::of_three(NOW).with_pass("active");
    team.credits[1] = Value::Null;
    let emulator = emulator(team.clone());
    let books = json!({"id": team.id, "name": team.name, "plan": "teams", "seat_count": 5, "members": [],
        "total_microdollars_acquired": 100_000_000, "microdollars_used": 104_000_000});
    let (desk, account) = desk(&emulator, TOKEN);
    let books = json!({"result": {"data": {"json": books}}}).to_string().leak();
    emulator.fail_at(|line| line.contains("organizations.withMembers"), Fault::Says("200 OK", books));
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let output = desk.run(&["status"]).output;
    assert!(output.contains("  Balance       −$4.00, from Kilo"), "{output}");
    assert!(
        output.contains("once less than $50.00 is left, which is so by now") && !output.contains("Tops up"),
        "{output}"
    );
}

#[test]
fn the_command_line_shows_a_team_and_its_exit_status_says_whether_enough_is_left() {
    let emulator = emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    assert_eq!(
        desk.run(&["accounts", "add", "kilo"]).output,
        "Kilo's accounts are here: Analytical Engines.\n"
    );
    let refreshed = desk.run(&["refresh", "--account", "Analytical Engines"]);
    assert!(refreshed.output.contains("Analytical Engines on 21 November 2026, 10:00 UTC."));
    let said = desk.run(&["team-facts", "--account", "1", "--started", "2026-08-05", "--seats", "5"]);
    assert_eq!((said.status, said.errors.as_str()), (0, ""));
    let status = desk.run(&["status"]).output;
    for line in [
        "Analytical Engines: $62.50 in credits is left: it lasts until 28 November, about 7 days.",
        "  Account       Kilo for Teams",
        "  Balance       $62.50, from Kilo just now",
        "  Lasts         about 7 days, until 28 November 2026",
        "  Seats         5 paid, 2 taken, 3 unused ($87.00 a cycle)",
        "  Next charge   $145.00 on 5 December 2026, 00:00 UTC",
    ] {
        assert!(status.contains(line), "{line}\n in\n{status}");
    }
    assert_eq!(desk.run(&["status", "--min-remaining", "62.5"]).status, 0);
    let too_little = desk.run(&["status", "--min-remaining", "62.51"]);
    assert_eq!(
        (too_little.status, too_little.errors.as_str()),
        (3, "headroom: Analytical Engines has $62.50 left, less than 62.51\n")
    );
}
