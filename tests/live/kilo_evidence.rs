//! What Kilo's answers are worth (rules V), as it is kept and said: rule by rule, for a team and for somebody's own account.

use super::kilo::{TOKEN, desk, emulator};
use super::kilo_login::Drawer;
use super::kilo_personal::asked;
use super::{NOW, written};
use acceptance::Desk;
use headroom_app::answers::AccountNumber;
use headroom_app::words;
use serde_json::{Value, json};
use tools::emulator::{Fault, OwnKilo, Team, Which};

const LATER: &str = "2026-11-21T11:00:00Z";
const KEY: &str = "a-key-of-somebody-else";

const PROFILE: Which = |line| line.ends_with("/api/profile");
const BALANCE: Which = |line| line.contains("/api/profile/balance");
const BLOCKS: Which = |line| line.contains("user.getCreditBlocks");
const PASS: Which = |line| line.contains("kiloPass.getState");
const TEAM: Which = |line| line.contains("organizations.withMembers");

fn says(json: &Value) -> Fault {
    Fault::Says("200 OK", json.to_string().leak())
}

fn result(data: &Value) -> Fault {
    says(&json!({"result": {"data": {"json": data}}}))
}

/// What is said of asking: why it failed, then what stands beside.
fn said(desk: &Desk, account: AccountNumber) -> (String, Vec<String>) {
    let refreshed = desk.headroom.refresh(account, true, false).expect("a failure is no error");
    let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
    (failure, refreshed.beside.iter().map(words::say).collect())
}

/// Status and doctor say the same.
fn is_told(desk: &Desk, sentences: &[&str]) {
    let (status, doctor) = (desk.run(&["status"]).output, desk.run(&["doctor"]).output);
    for sentence in sentences {
        assert!(status.contains(sentence), "{sentence}: {status}");
        assert!(doctor.contains(sentence), "{sentence}: {doctor}");
    }
}

#[test]
fn of_ones_own_an_answer_that_doesnt_lead_is_named_and_the_last_good_one_stays() {
    let block = |at: &str| {
        json!({"creditBlocks": [{"id": "x", "effective_date": at, "expiry_date": null, "balance_mUsd": 1_000_000,
            "amount_mUsd": 1_000_000, "is_free": false}], "totalBalance_mUsd": 1_000_000, "autoTopUpEnabled": true})
    };
    let pass = |field: &str, value: Value| OwnKilo::of_ada().with_pass(&[(field, value)]).pass;
    let stays = |part: &str| format!("Shown as Kilo said it at 21 November 2026, 10:00 UTC: {part}.");
    let in_part = |part: &str, why: &str| format!("Kilo answered in part. Not known: {part}. {why}");
    let odd = "Kilo's answer can't be right: ";
    let form = "Kilo answered in a form that Headroom does not know: ";
    for (which, fault, part, failure) in [
        (BALANCE, says(&json!({"balance": 2e12})), "the balance", in_part("the balance", odd)),
        (BALANCE, says(&json!({"balance": "23"})), "the balance", in_part("the balance", form)),
        (
            BLOCKS,
            result(&block("2027-02-01 00:00:00+00")),
            "credits by purchase",
            in_part("credits by purchase", odd),
        ),
        (BLOCKS, result(&block("soon")), "credits by purchase", in_part("credits by purchase", form)),
        (
            PASS,
            result(&pass("nextBillingAt", json!("2126-12-14T09:00:00Z"))),
            "Kilo Pass",
            in_part("Kilo Pass", odd),
        ),
        (PASS, result(&pass("nextBillingAt", json!("soon"))), "Kilo Pass", in_part("Kilo Pass", form)),
        (PASS, result(&pass("currentPeriodUsageUsd", json!(1e11))), "Kilo Pass", in_part("Kilo Pass", odd)),
        (PASS, Fault::Server, "Kilo Pass", in_part("Kilo Pass", "Kilo failed with 500.")),
    ] {
        let (desk, account, emulator) = asked(OwnKilo::of_ada());
        let desk = desk.later(LATER);
        emulator.fail_at(which, fault);
        let before = desk.own_kilo(account);
        let (failed, beside) = said(&desk, account);
        assert!(failed.starts_with(&failure), "{failure}: {failed}");
        assert_eq!(beside, [stays(part)], "{failed}");
        let now = desk.own_kilo(account);
        let quoted = |own: &headroom_app::answers::PersonalView| {
            (own.balance.clone(), own.blocks.clone(), own.pass.clone().map(|pass| (pass.base, pass.used)))
        };
        assert_eq!(quoted(&now), quoted(&before), "{failed}");
        is_told(&desk, &[&failed, &stays(part)]);
    }
}

#[test]
fn of_ones_own_whose_it_is_comes_first() {
    let other = json!({"user": {"id": "u-8", "email": "b@example.com"}, "organizations": [],
        "hasPersonalAccount": true});
    for (fault, expected) in [
        (says(&other), "The login of Kilo on this machine is not the one of Kilo."),
        (Fault::Server, "Kilo didn't say whose login this is, so nothing of it counts for Kilo."),
        (
            says(&json!({"user": {}})),
            "Kilo didn't say whose login this is, so nothing of it counts for Kilo.",
        ),
        (Fault::Unauthorized, "Open Kilo to sign in again."),
    ] {
        let (desk, account, emulator) = asked(OwnKilo::of_ada());
        let desk = desk.later(LATER);
        emulator.own_kilo(OwnKilo { balance: json!({"balance": 900}), ..OwnKilo::of_ada() });
        emulator.fail_at(PROFILE, fault);
        let (failed, _) = said(&desk, account);
        assert!(failed.starts_with(expected), "{failed}");
        assert_eq!(desk.own_kilo(account).balance.as_deref(), Some("23.750000"), "{failed}");
        is_told(&desk, &[expected]);
    }
}

#[test]
fn another_login_than_the_accounts_is_passed_over_and_named() {
    for is_a_team in [true, false] {
        let (desk, account, emulator) = if is_a_team {
            let emulator = emulator(Team::of_three(NOW));
            let (desk, account) = desk(&emulator, TOKEN);
            (desk, account, emulator)
        } else {
            asked(OwnKilo::of_ada())
        };
        emulator.stranger(KEY);
        let mut desk = desk.later(LATER);
        desk.headroom = desk.headroom.with_secrets(Box::new(Drawer::default()));
        desk.headroom.set_kilo_key(Some(KEY)).expect("kept");
        let (failed, beside) = said(&desk, account);
        assert_eq!(failed, "", "the account's own login was asked too: {beside:?}");
        assert_eq!(beside.len(), 1, "{beside:?}");
        assert!(beside[0].starts_with("The pasted key isn't used. "), "{beside:?}");
        let why = if is_a_team { "may not see Analytical Engines" } else { "of another account than Kilo" };
        assert!(beside[0].contains(why), "{beside:?}");
        let last = if is_a_team { desk.team(account).balance_at } else { desk.own_kilo(account).balance_at };
        assert_eq!(written(last).as_deref(), Some(LATER));
        is_told(&desk, &["The pasted key isn't used. "]);
    }
}

#[test]
fn a_month_of_kilo_pass_that_ended_is_the_last_word_on_that_one() {
    let own = OwnKilo::of_ada().with_pass(&[("nextBillingAt", json!("2026-11-14T09:00:00Z"))]);
    let (desk, account, _emulator) = asked(own);
    let view = desk.own_kilo(account);
    assert_eq!(view.balance.as_deref(), Some("23.750000"), "a balance has no month");
    let sentence = "Kilo's answer about Kilo Pass isn't used. Kilo still shows the cycle that ended at \
                    14 November 2026, 09:00 UTC.";
    is_told(&desk, &[sentence]);
    let mut team = Team::of_three(NOW).with_pass("active");
    team.credits[1]["currentWindow"]["endsAt"] = json!("2026-11-05T00:00:00Z");
    let emulator = emulator(team);
    let (desk, account) = desk_asked(&emulator);
    let pass = desk.team(account).pass.expect("Kilo Pass");
    assert!(pass.month.is_none(), "{pass:?}");
    is_told(&desk, &["Kilo's answer about the month of Kilo Pass isn't used. Kilo still shows the cycle"]);
}

fn desk_asked(emulator: &tools::emulator::Emulator) -> (Desk, AccountNumber) {
    let (desk, account) = desk(emulator, TOKEN);
    desk.headroom.refresh(account, false, false).expect("a refresh");
    (desk, account)
}

#[test]
fn of_a_team_an_answer_that_doesnt_lead_is_named_and_the_last_good_one_stays() {
    let team = Team::of_three(NOW);
    let of = |change: Value| {
        let mut told = json!({"id": team.id, "name": team.name, "plan": "teams", "seat_count": 5,
            "total_microdollars_acquired": 100_000_000, "microdollars_used": 37_500_000, "members": []});
        for (name, value) in change.as_object().expect("changes") {
            told[name] = value.clone();
        }
        result(&told)
    };
    let odd = "Kilo's answer can't be right: its amounts are larger than any account's.";
    for (which, fault, expected, stays) in [
        (
            TEAM,
            of(json!({"id": "another"})),
            "Kilo answered about another team than Analytical Engines.",
            false,
        ),
        (TEAM, of(json!({"total_microdollars_acquired": 4_000_000_000_000_000_i64})), odd, false),
        (
            TEAM,
            Fault::Says("403 Forbidden", r#"{"error":{"json":{"message":"You do not have access"}}}"#),
            "The login of Kilo on this machine may not see Analytical Engines.",
            false,
        ),
        (
            TEAM,
            of(json!({"microdollars_used": "much"})),
            "Kilo answered in part. Not known: the balance.",
            true,
        ),
        (TEAM, of(json!({"microdollars_used": -1})), "Kilo answered in part. Not known: the balance.", true),
    ] {
        let emulator = emulator(team.clone());
        let (desk, account) = desk_asked(&emulator);
        let mut desk = desk.later(LATER);
        emulator.fail_at(which, fault);
        let (failed, beside) = said(&desk, account);
        assert!(failed.starts_with(expected), "{expected}: {failed}");
        let view = desk.team(account);
        assert_eq!(
            (view.balance.as_deref(), written(view.balance_at).as_deref()),
            (Some("62.500000"), Some(NOW))
        );
        let sentence = "Shown as Kilo said it at 21 November 2026, 10:00 UTC: the balance.";
        assert_eq!(beside.iter().any(|beside| beside == sentence), stays, "{failed}: {beside:?}");
        is_told(&desk, &[&failed]);
        // A gate asks how old the balance is, whatever else was answered since (V8).
        desk = desk.later("2026-11-22T10:30:00Z");
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        let gate = desk.run(&["status", "--min-remaining", "1"]);
        assert_eq!(gate.status, 3, "{expected}: {}", gate.errors);
    }
}
