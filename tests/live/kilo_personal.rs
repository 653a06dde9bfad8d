//! Somebody's own account at Kilo against the emulator.

use super::kilo::TOKEN;
use super::{NOW, written};
use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, AlertSays, Kind, NextChargeView, OwnPassState, PersonalView, SpendSource,
};
use headroom_app::words;
use serde_json::{Value, json};
use tools::emulator::{Emulator, Fault, OwnKilo, Team, Which};

pub(crate) fn playing(own: OwnKilo) -> Emulator {
    let person = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false}]});
    let emulator = Emulator::of(person, NOW, 0);
    emulator.own_kilo(own);
    emulator
}

/// A desk with that account, asked once.
pub(crate) fn asked(own: OwnKilo) -> (Desk, AccountNumber, Emulator) {
    let emulator = playing(own);
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    let account = desk.headroom.connect_kilo().expect("an account")[0].id;
    desk.headroom.refresh(account, false, false).expect("a refresh");
    (desk, account, emulator)
}

fn view(own: OwnKilo) -> PersonalView {
    let (desk, account, _emulator) = asked(own);
    desk.own_kilo(account)
}

#[test]
fn a_login_in_no_team_has_an_account_of_its_own_and_one_beside_its_teams_if_kilo_says_so() {
    let connected = |own: OwnKilo, team: bool| {
        let emulator = playing(own);
        if team {
            emulator.team(Team::of_three(NOW));
        }
        let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
        let accounts = desk.headroom.connect_kilo().map_err(|error| error.to_string())?;
        assert_eq!(desk.headroom.connect_kilo().expect("the same").len(), accounts.len());
        assert_eq!(desk.headroom.accounts().expect("accounts").len(), accounts.len(), "each is there once");
        Ok::<_, String>(accounts.into_iter().map(|account| account.billing).collect::<Vec<_>>())
    };
    let told = |has_own| OwnKilo { has_own, ..OwnKilo::of_ada() };
    assert_eq!(connected(told(None), false), Ok(vec![Kind::KiloPersonal]));
    assert_eq!(connected(told(Some(true)), true), Ok(vec![Kind::KiloTeams, Kind::KiloPersonal]));
    assert_eq!(connected(told(None), true), Ok(vec![Kind::KiloTeams]), "not told: nothing is made up");
    assert_eq!(
        connected(told(Some(false)), false),
        Err("This Kilo login has neither a team nor a personal account.".to_owned())
    );
    // One that was added by hand is that of whoever is signed in.
    let emulator = playing(OwnKilo::of_ada());
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    assert!(desk.run(&["accounts", "add", "kilo-personal", "Mine"]).output.contains("Mine is account"));
    let run = desk.run(&["accounts", "add", "kilo"]);
    assert_eq!(run.output.trim(), "Kilo's accounts are here: Mine.", "{}", run.errors);
}

#[test]
fn what_kilo_says_is_quoted_and_the_next_charge_follows_from_the_price_list() {
    let (desk, account, emulator) = asked(OwnKilo::of_ada());
    let own = desk.own_kilo(account);
    let (last, at) = (written(own.refresh.last_success), written(own.balance_at));
    assert_eq!((own.refresh.failure.clone(), last.as_deref()), (None, Some(NOW)));
    assert_eq!((own.balance.as_deref(), at.as_deref()), (Some("23.750000"), Some(NOW)));
    let blocks = own.blocks.iter().flatten();
    let blocks: Vec<_> = blocks.map(|of| (of.left.as_str(), of.expires_at.as_deref(), of.free)).collect();
    let next_to_go = ("4.250000", Some("2026-12-10T00:00:00Z"), true);
    assert_eq!(blocks, [next_to_go, ("19.500000", None, false)], "the next to go first");
    let top_up = own.top_up.expect("a top-up");
    assert_eq!(
        (top_up.enabled, top_up.amount.as_deref(), top_up.threshold.as_deref()),
        (Some(true), Some("50.000000"), Some("5.00"))
    );
    let pass = own.pass.expect("a pass");
    assert_eq!(
        (pass.state, pass.name.as_deref(), pass.streak),
        (OwnPassState::Runs, Some("Kilo Pass Pro"), Some(3))
    );
    assert_eq!((pass.base.as_deref(), pass.used.as_deref()), (Some("49.000000"), Some("31.200000")));
    assert_eq!(
        (pass.bonus.as_deref(), pass.bonus_ahead.as_deref()),
        (None, Some("7.350000")),
        "it isn't there yet"
    );
    assert_eq!(
        (pass.unlocks_after.as_deref(), pass.next_bonus.as_deref()),
        (Some("17.800000"), Some("9.800000"))
    );
    assert_eq!(
        (pass.next_charge.as_deref(), pass.next_charge_at.as_deref()),
        (Some("49.00"), Some("2026-12-14T09:00:00Z"))
    );
    let next = own.next_charge.expect("a charge");
    let amounts: Vec<_> = next.lines.iter().map(|line| line.amount.as_str()).collect();
    assert_eq!(
        (own.next, amounts, next.total.as_str(), next.at_least),
        (NextChargeView::Known, vec!["49.00", "2.45"], "51.45", false)
    );
    let notes: Vec<_> = own.notes.iter().map(words::note).collect();
    assert!(notes.iter().any(|note| note.contains("(A32)")), "{notes:?}");
    // 13.00 from the 17th, 00:00 to the 21st, 10:00: 4 days and 10 hours.
    let spend = own.spend.expect("spending");
    assert_eq!((spend.source, spend.this_month.as_deref()), (SpendSource::Own, Some("13.000000")));
    assert_eq!(own.burn.expect("a pace").a_day.to_string(), "2.943396");
    // Nothing of it was asked as a team.
    assert!(emulator.seen().iter().all(|seen| !seen.head.contains("x-kilocode-organizationid")));
}

#[test]
fn the_terminal_says_what_kilo_said_too() {
    let (desk, _, _) = asked(OwnKilo::of_ada());
    let run = desk.run(&["status"]);
    for text in [
        "Kilo: $23.75 in credits is left",
        "  Account       Kilo, one person",
        "$23.75, as Kilo said just now",
        "$4.25 of the balance, given, gone on 10 December 2026, 00:00 UTC",
        "$50.00 once less than $5.00 is left",
        "Kilo Pass Pro, runs, 3 months in a row",
        "$31.20 spent of $49.00 until 14 December 2026, 09:00 UTC",
        "$7.35 once $17.80 more are spent",
        "$51.45 on 14 December 2026, 09:00 UTC",
        "(A32)",
    ] {
        assert!(run.output.contains(text), "{text}: {}", run.output);
    }
    assert!(!run.output.contains("Lasts"), "with top-ups it doesn't run out: {}", run.output);
    assert_eq!(desk.run(&["status", "--min-remaining", "23"]).status, 0);
    assert_eq!(desk.run(&["status", "--min-remaining", "24"]).status, 3);
}

/// As little as Kilo may say: no word of who bills, nor of anything else.
#[test]
fn what_isnt_told_is_unknown_and_never_nothing() {
    let own = OwnKilo {
        has_own: None,
        balance: json!({"balance": 7.5}),
        blocks: Value::Null,
        pass: json!({"subscription": {"status": "active", "tier": "tier_199", "cadence": "monthly",
            "currentPeriodBaseCreditsUsd": 199, "currentPeriodUsageUsd": 4.5, "currentPeriodBonusCreditsUsd": 9.95,
            "nextBillingAt": "2026-12-03T00:00:00.000Z"}}),
        top_up: Value::Null,
        spent: Value::Null,
        ..OwnKilo::of_ada()
    };
    let told = view(own.clone());
    assert_eq!(told.refresh.failure, None, "what this version of the service doesn't tell is no failure");
    assert_eq!(told.balance.as_deref(), Some("7.500000"));
    assert_eq!((told.blocks, told.top_up, told.burn, told.spend), (None, None, None, None));
    let pass = told.pass.expect("a pass");
    assert_eq!(
        (pass.base.as_deref(), pass.used.as_deref(), pass.bonus.as_deref()),
        (Some("199.000000"), Some("4.500000"), Some("9.950000"))
    );
    assert_eq!((pass.streak, pass.next_bonus, pass.bonus_ahead), (None, None, None));
    assert_eq!(pass.unlocks_after, None, "a bonus that came waits for nothing");
    assert_eq!(
        (pass.next_charge.as_deref(), pass.next_charge_at.as_deref()),
        (Some("199.00"), Some("2026-12-03T00:00:00Z"))
    );
    let next = told.next_charge.expect("a charge");
    assert_eq!((next.total.as_str(), next.at_least), ("199.00", true), "the fee may come to it");
    let nothing = view(OwnKilo { pass: json!({"subscription": null}), ..own });
    let pass = nothing.pass.expect("an answer");
    assert_eq!((pass.state, pass.name, pass.base), (OwnPassState::None, None, None));
    assert_eq!((nothing.next, nothing.next_charge), (NextChargeView::NothingForPass, None));
    // Before anybody was asked nothing is known at all.
    let emulator = playing(OwnKilo::of_ada());
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    let account = desk.headroom.connect_kilo().expect("an account")[0].id;
    let before = desk.own_kilo(account);
    assert_eq!(
        (before.balance, before.blocks, before.pass, before.next),
        (None, None, None, NextChargeView::Unknown)
    );
    let run = desk.run(&["status"]);
    assert!(run.output.contains("Balance       not known"), "{}", run.output);
    assert!(!run.output.contains("$0"), "{}", run.output);
}

#[test]
fn a_question_that_fails_takes_down_only_its_own_figure() {
    let questions: [(Which, &str); 5] = [
        (|line| line.contains("/api/profile/balance"), "the balance"),
        (|line| line.contains("user.getCreditBlocks"), "credits by purchase"),
        (|line| line.contains("kiloPass.getState"), "Kilo Pass"),
        (|line| line.contains("getAutoTopUpPaymentMethod"), "the automatic top-up"),
        (|line| line.contains("usageAnalytics.getTable"), "what was spent"),
    ];
    for fault in [Fault::Server, Fault::WrongType, Fault::HalfBody] {
        for (which, part) in questions {
            let emulator = playing(OwnKilo::of_ada());
            let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
            let account = desk.headroom.connect_kilo().expect("an account")[0].id;
            emulator.fail_at(which, fault);
            desk.headroom.refresh(account, true, false).expect("a failure is no error");
            let own = desk.own_kilo(account);
            let known = [
                (
                    own.balance_at.is_some_and(|at| at.to_string() == NOW)
                        && own.balance.as_deref() == Some("23.750000"),
                    "the balance",
                ),
                (own.blocks.is_some(), "credits by purchase"),
                (own.pass.is_some() && own.next_charge.is_some(), "Kilo Pass"),
                (own.top_up.as_ref().is_some_and(|top_up| top_up.amount.is_some()), "the automatic top-up"),
                (own.spend.is_some(), "what was spent"),
            ];
            for (is_known, figure) in known {
                // The balance stands in the credits by purchase too.
                let expected = figure != part || part == "the balance";
                assert_eq!(is_known, expected, "{fault:?} at {part}: {figure}");
            }
            let failure = own.refresh.failure.map(|failure| words::say(&failure)).unwrap_or_default();
            assert!(failure.starts_with(&format!("Kilo answered in part. Not known: {part}. ")), "{failure}");
            assert_eq!(
                written(own.refresh.last_success).as_deref(),
                Some(NOW),
                "the rest is as old as its answer"
            );
        }
    }
}

#[test]
fn a_figure_that_isnt_answered_again_stays_with_its_age() {
    let (desk, account, emulator) = asked(OwnKilo::of_ada());
    let later = "2026-11-21T11:00:00Z";
    let desk = desk.later(later);
    let mut own = OwnKilo::of_ada();
    own.balance = json!({"balance": 20.0});
    own.blocks["totalBalance_mUsd"] = json!(20_000_000);
    emulator.own_kilo(own);
    emulator.fail_at(|line| line.contains("kiloPass.getState"), Fault::Server);
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    let own = desk.own_kilo(account);
    assert_eq!(
        (own.balance.as_deref(), written(own.balance_at).as_deref()),
        (Some("20.000000"), Some(later))
    );
    assert_eq!(own.pass.expect("a pass").at.to_string(), NOW, "as old as its own answer");
    // An expired login: everything stays.
    let desk = desk.later("2026-11-23T12:00:00Z");
    emulator.fail(Some(Fault::Unauthorized));
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    let own = desk.own_kilo(account);
    assert_eq!(
        (own.balance.as_deref(), written(own.balance_at).as_deref()),
        (Some("20.000000"), Some(later))
    );
    assert_eq!(
        own.refresh.failure.map(|failure| words::say(&failure)).as_deref(),
        Some("Open Kilo to sign in again.")
    );
    let run = desk.run(&["status", "--min-remaining", "1"]);
    assert_eq!(run.status, 3, "a gate stays shut on figures of two days ago: {}", run.errors);
    assert!(run.output.contains("$20.00, as Kilo said 2 days ago"), "{}", run.output);
}

#[test]
fn another_persons_login_says_nothing_of_the_account() {
    let (desk, account, emulator) = asked(OwnKilo::of_ada());
    emulator.own_kilo(OwnKilo {
        user: "u-8".to_owned(),
        balance: json!({"balance": 900}),
        ..OwnKilo::of_ada()
    });
    let desk = desk.later("2026-11-21T11:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    let own = desk.own_kilo(account);
    assert_eq!((own.balance.as_deref(), written(own.balance_at).as_deref()), (Some("23.750000"), Some(NOW)));
    let failure = own.refresh.failure.map(|failure| words::say(&failure)).unwrap_or_default();
    assert!(failure.starts_with("The login of Kilo on this machine is not the one of Kilo."), "{failure}");
    // Whoever is signed in now gets an account of their own.
    let connected = desk.headroom.connect_kilo().expect("an account");
    assert_ne!(connected[0].id, account);
}

#[test]
fn a_pass_that_doesnt_simply_run_charges_what_is_known() {
    let next = |changes: &[(&str, Value)]| {
        let own = view(OwnKilo::of_ada().with_pass(changes));
        let pass = own.pass.expect("a pass");
        (pass.state, own.next, own.next_charge.map(|charge| charge.total), pass.of_this_month)
    };
    let known = |total: &str| (OwnPassState::Runs, NextChargeView::Known, Some(total.to_owned()), true);
    let yearly = [
        ("cadence", json!("yearly")),
        ("nextYearlyIssueAt", json!("2026-12-14T09:00:00Z")),
        ("nextBillingAt", json!("2027-09-14T09:00:00Z")),
    ];
    assert_eq!(next(&yearly), known("617.40"), "twelve months and 5 %");
    assert_eq!(next(&[("paymentProvider", json!("google_play"))]), known("49.00"));
    assert_eq!(
        next(&[("cancelAtPeriodEnd", json!(true))]),
        (OwnPassState::Ends, NextChargeView::TopUp, None, true)
    );
    assert_eq!(
        next(&[("status", json!("past_due"))]),
        (OwnPassState::Fails, NextChargeView::Unknown, None, true)
    );
    assert_eq!(
        next(&[("status", json!("canceled"))]),
        (OwnPassState::Over, NextChargeView::TopUp, None, false)
    );
    assert_eq!(
        next(&[("status", json!("asleep"))]),
        (OwnPassState::Unknown, NextChargeView::Unknown, None, true)
    );
    assert_eq!(
        next(&[("tier", json!("tier_99"))]),
        (OwnPassState::Runs, NextChargeView::AmountUnknown, None, true)
    );
    // Said before the month ended, read after it: the last word on that month.
    assert_eq!(
        next(&[("nextBillingAt", json!("2026-11-14T09:00:00Z"))]),
        (OwnPassState::Runs, NextChargeView::Unknown, None, false)
    );
}

#[test]
fn little_is_told_and_so_are_credits_that_go() {
    let alerts = |own: OwnKilo| {
        let (desk, ..) = asked(own);
        let alerts = desk.headroom.alerts().expect("alerts");
        alerts.into_iter().map(|alert| alert.says).collect::<Vec<_>>()
    };
    let mut own = OwnKilo::of_ada();
    assert_eq!(alerts(own.clone()), [], "with top-ups nothing runs out, and nothing goes soon");
    own.blocks["creditBlocks"][1]["expiry_date"] = json!("2026-11-23 00:00:00+00");
    own.blocks["autoTopUpEnabled"] = json!(false);
    own.top_up = json!({"enabled": false});
    own.balance = json!({"balance": 4.99});
    own.blocks["totalBalance_mUsd"] = json!(4_990_000);
    let little = AlertSays::Little { left: "4.990000".to_owned(), below: "5.00".to_owned() };
    let goes = AlertSays::Bonus { left: "4.250000".to_owned(), at: "2026-11-23T00:00:00Z".to_owned() };
    let told = alerts(own.clone());
    assert!(told.contains(&little) && told.contains(&goes), "{told:?}");
    own.balance = json!({"balance": 5});
    own.blocks["totalBalance_mUsd"] = json!(5_000_000);
    assert!(!alerts(own).iter().any(|says| matches!(says, AlertSays::Little { .. })));
}

#[test]
fn purchases_that_kilo_lists_are_charged_in_their_month() {
    let (desk, account, _emulator) = asked(OwnKilo::of_ada());
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let months: Vec<_> = invoices
        .periods
        .iter()
        .map(|month| (month.id.as_str(), month.total.as_deref(), month.at_least, month.invoices.len()))
        .collect();
    // 49 and 20, each with 5 %; both months had begun before Kilo was first asked.
    assert_eq!(months, [("2026-11-01", Some("51.45"), true, 1), ("2026-10-01", Some("21.00"), true, 1)]);
    let notes: Vec<_> = invoices.periods[0].notes.iter().map(words::note).collect();
    assert!(notes.iter().any(|note| note.contains("(A33)")), "{notes:?}");
    assert_eq!(invoices.upcoming.expect("a charge").total, "51.45");
    // What is used up, and not listed any more, was charged all the same.
    let emulator = playing(OwnKilo { blocks: json!({"creditBlocks": []}), ..OwnKilo::of_ada() });
    let desk = desk.with_kilo(emulator.address(), TOKEN).later("2026-12-02T10:00:00Z");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    let invoices = desk.headroom.invoices(account).expect("invoices");
    let months: Vec<_> = invoices
        .periods
        .iter()
        .map(|month| (month.id.as_str(), month.total.as_deref(), month.at_least))
        .collect();
    assert_eq!(
        months,
        [
            ("2026-12-01", Some("0.00"), false),
            ("2026-11-01", Some("51.45"), true),
            ("2026-10-01", Some("21.00"), true)
        ]
    );
}

#[test]
fn kilos_token_is_asked_of_kilo_alone_for_ones_own_account_too() {
    let (_desk, _, emulator) = asked(OwnKilo::of_ada());
    for seen in emulator.seen() {
        assert!(seen.line.starts_with("GET /api.kilo.ai/") && !seen.line.contains(TOKEN), "{}", seen.line);
    }
}
