//! Every form in which figures come from outside, from the wire to what is said of them.

use super::places::{with_command, write_state};
use super::{NOW, TOKEN, account_at_kiro, desk, overview};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, QuotedView, Vendor};
use headroom_app::words;
use headroom_exact::Saying;
use std::fs;
use tools::emulator::{Emulator, Fault};

/// Has the stand-in note what it is asked, and answer so.
fn answering(desk: &Desk, answer: &str) {
    fs::write(desk.home().join("bin/KIRO_ASKED"), "").expect("written");
    fs::write(desk.home().join("bin/KIRO_ANSWER"), answer).expect("written");
}

/// What the stand-in was asked, a line a question.
fn asked(desk: &Desk) -> Vec<String> {
    let asked = fs::read_to_string(desk.home().join("bin/KIRO_ASKED")).expect("written down");
    asked.lines().map(str::to_owned).collect()
}

const NEWER: &str = "acp --agent-engine v3 --auth-method cli in a folder that is empty";
const OLDER: &str = "acp in a folder that is empty";
const REPORT: &str = "chat --no-interactive /usage in a folder that is empty";

/// What lies in Headroom's own folder of what the program was started in.
fn left_behind(desk: &Desk) -> usize {
    let entries = fs::read_dir(desk.headroom.paths().data()).expect("a folder").flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("kiro-cli")).count()
}

#[test]
fn the_newer_engine_is_asked_first_and_no_session_is_opened() {
    for (mode, used, questions) in [
        ("new", "612.40", vec![NEWER, "initialize", "_kiro/account/getUsage"]),
        ("asks-back", "612.40", vec![NEWER, "initialize", "_kiro/account/getUsage"]),
        (
            "older",
            "601.25",
            vec![
                NEWER,
                OLDER,
                "initialize",
                "_kiro/account/getUsage",
                "session/new",
                "_kiro.dev/commands/execute",
            ],
        ),
        (
            "without-the-engine",
            "601.25",
            vec![
                NEWER,
                "initialize",
                OLDER,
                "initialize",
                "_kiro/account/getUsage",
                "session/new",
                "_kiro.dev/commands/execute",
            ],
        ),
    ] {
        let (desk, account) = with_command(Desk::at(NOW), mode);
        fs::write(desk.home().join("bin/KIRO_ASKED"), "").expect("written");
        let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "{mode}");
        let quoted = overview(&desk, account).quoted.expect("figures");
        assert_eq!(quoted.used.as_deref(), Some(used), "{mode}");
        assert_eq!(asked(&desk), questions, "{mode}");
        assert_eq!(left_behind(&desk), 0, "{mode}: the folder is gone with what was left in it");
    }
}

/// The newer engine takes the report's question for a prompt, and it costs credits.
#[test]
fn the_report_is_asked_for_only_where_there_is_nothing_else() {
    let report = "Estimated Usage | resets on 2026-12-01 | KIRO PRO\nCredits (388.5 of 1000 covered in plan)\nOverages: Disabled\n";
    let (desk, account) = with_command(Desk::at(NOW), "no-acp");
    answering(&desk, report);
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.failure, None);
    let view = overview(&desk, account);
    assert_eq!((view.left.as_deref(), view.overage.enabled), (Some("611.50"), false));
    assert_eq!(asked(&desk), [NEWER, OLDER, REPORT]);
    assert_eq!(left_behind(&desk), 0);
    for mode in ["ends", "fails", "trips", "not-signed-in", "garbage", "older"] {
        let (desk, account) = with_command(Desk::at(NOW), mode);
        answering(&desk, report);
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        assert!(!asked(&desk).contains(&REPORT.to_owned()), "{mode}: {:?}", asked(&desk));
        let opened = asked(&desk).contains(&"session/new".to_owned());
        assert_eq!(opened, mode == "older", "{mode}: a failure isn't that there is no such question");
        assert_eq!(left_behind(&desk), 0, "{mode}");
    }
}

/// What asking the stand-in that answers so comes to: why it failed, and what is quoted.
fn from_command(mode: &str, answer: &str) -> (String, Option<QuotedView>) {
    let (desk, account) = with_command(Desk::at(NOW), mode);
    answering(&desk, answer);
    let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
    let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
    (failure, overview(&desk, account).quoted)
}

#[test]
fn a_managed_plan_is_said_as_that_and_is_never_nothing_used() {
    let managed = "Your administrator manages this account, so kiro-cli gives no numbers for it.";
    for (mode, answer) in [
        ("new", r#"{"success":true,"message":"Your plan is managed by admin"}"#),
        ("new", r#"{"success":true,"message":"This plan is managed by your administrator","data":{}}"#),
        (
            "new",
            r#"{"success":true,"message":"","data":{"planName":"Q Developer Pro","isEnterprise":true,"usageBreakdowns":[],"bonusCredits":[]}}"#,
        ),
        (
            "no-acp",
            "Plan: Q Developer Pro\nYour plan is managed by admin\n\nTip: to see context window usage, run /context\n",
        ),
    ] {
        let (failure, quoted) = from_command(mode, answer);
        assert_eq!((failure.as_str(), quoted), (managed, None), "{answer}");
    }
}

#[test]
fn what_the_report_says_is_quoted_with_what_it_leaves_open() {
    let report = |rest: &str| format!("Estimated Usage | resets on 2026-12-01 | KIRO PRO\n{rest}");
    let (failure, quoted) = from_command(
        "no-acp",
        &report(
            "Credits (1000.00 of 1000 covered in plan)\n████████ 100%\n\nOverages: Enabled  billed at $0.04 per request\nCredits used: 80.58\nEst. cost: $3.22 USD\n",
        ),
    );
    let quoted = quoted.expect("figures");
    assert_eq!((failure.as_str(), quoted.used.as_deref()), ("", Some("1080.58")));
    assert_eq!((quoted.overage.as_deref(), quoted.overage_charges.as_deref()), (Some("80.58"), Some("3.22")));
    assert_eq!((quoted.overage_enabled, quoted.gaps.len()), (Some(true), 0));
    assert_eq!(quoted.resets_at.as_deref(), Some("2026-12-01T00:00:00Z"));
    // With a bonus beside the plan, and cut at the limit.
    let bonus = "🎁 Bonus credits: 91.06/500 credits used, expires in 9 days\n\nCredits (1000 of 1000 covered in plan)\nOverages: Disabled\n";
    let quoted = from_command("no-acp", &report(bonus)).1.expect("figures");
    let grant = &quoted.grants[0];
    assert_eq!((grant.used.as_deref(), grant.granted.as_deref()), (Some("91.06"), Some("500.00")));
    assert_eq!(
        grant.expires_at.as_deref(),
        Some("2026-11-30T00:00:00Z"),
        "nine days from the day it was said"
    );
    let gaps: Vec<_> = quoted.gaps.iter().map(Saying::code).collect();
    assert_eq!(gaps, ["gap-used-at-least"]);
}

/// Found in November 2026: of somebody who had used 1,458.82 Plans said "1,469.19 by the end of the month" and that Pro was
/// the cheapest.
#[test]
fn where_a_count_is_cut_at_the_limit_no_pace_is_made_of_it() {
    for (report, projects) in [("1000.00 of 1000", false), ("2000 of 2000", false), ("999.99 of 1000", true)]
    {
        let (desk, account) = with_command(Desk::at(NOW), "no-acp");
        let report = format!(
            "Estimated Usage | resets on 2026-12-01 | KIRO PRO\nCredits ({report} covered in plan)\nOverages: Disabled\n"
        );
        answering(&desk, &report);
        desk.headroom.refresh(account, true, false).expect("no error");
        let plans = desk.headroom.plans(account).expect("plans");
        assert_eq!(plans.projected_use.is_some(), projects, "{report}");
        assert_eq!(plans.plans.iter().any(|row| row.cheapest), projects, "{report}");
        let text = desk.run(&["plans"]).output;
        assert_eq!(text.contains("At your pace  not known"), !projects, "{text}");
    }
}

/// What the emulator's service answering so comes to.
fn from_service(body: &str) -> (Desk, AccountNumber) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, account) = desk(&emulator);
    emulator.fail(Some(Fault::Says("200 OK", body.to_owned().leak())));
    let refreshed = desk.headroom.refresh(account, true, false).expect("a refresh");
    assert_eq!(refreshed.failure, None, "{body}");
    (desk, account)
}

#[test]
fn an_organisations_user_is_answered_with_a_boolean_and_a_blank() {
    for (switch, enabled) in [("true", true), ("false", false)] {
        let (desk, account) = from_service(&format!(
            r#"{{"nextDateReset":"2026-12-01 00:00:00+00:00","subscriptionInfo":{{"subscriptionTitle":"Kiro Pro"}},
            "usageBreakdownList":[{{"resourceType":"CREDIT","currency":"USD","currentUsageWithPrecision":321.55,"usageLimit":1000,"overageCharges":0.0}}],
            "overageConfiguration":{{"overageEnabled":{switch}}},"userInfo":{{"userId":"d-1234567890.ada"}}}}"#
        ));
        let view = overview(&desk, account);
        let quoted = view.quoted.expect("figures");
        assert_eq!(quoted.overage_enabled, Some(enabled));
        assert_eq!(quoted.resets_at.as_deref(), Some("2026-12-01T00:00:00Z"));
        assert!(!quoted.plan_differs, "the same plan in small letters");
        assert_eq!((view.left.as_deref(), view.overage.enabled), (Some("678.45"), enabled));
    }
}

#[test]
fn a_plan_is_the_same_however_its_title_is_written() {
    for (title, differs) in [
        ("KIRO PRO", false),
        ("Kiro Pro", false),
        ("kiro pro", false),
        ("PRO", false),
        ("KIRO PRO+", true),
        ("Kiro Pro Plus", true),
        ("KIRO FREE", true),
    ] {
        let (desk, account) = from_service(&format!(
            r#"{{"nextDateReset":1796083200,"subscriptionInfo":{{"subscriptionTitle":"{title}"}},
            "usageBreakdownList":[{{"resourceType":"CREDIT","currentUsage":20,"usageLimit":1000}}]}}"#
        ));
        assert_eq!(overview(&desk, account).quoted.expect("figures").plan_differs, differs, "{title}");
    }
}

#[test]
fn what_cant_be_read_is_said_and_in_no_figure() {
    let (desk, account) = from_service(
        r#"{"nextDateReset":1796083200,"overageConfiguration":{"overageStatus":"SOMETIMES"},"usageBreakdownList":[{"resourceType":"CREDIT",
        "currentUsage":1210,"usageLimit":1000,"currentOverages":210,"overageCharges":11.99,"currency":"EUR",
        "overageCredits":[{"currentUsage":10,"usageLimit":125,"expiresAt":"some day"}]}]}"#,
    );
    let quoted = overview(&desk, account).quoted.expect("figures");
    let gaps: Vec<_> = quoted.gaps.iter().map(Saying::code).collect();
    assert_eq!(gaps, ["gap-switch", "gap-currency", "gap-pool"]);
    assert_eq!((quoted.overage_charges, quoted.used.as_deref()), (None, Some("1210.00")));
    let status = desk.run(&["status"]).output;
    for gap in &quoted.gaps {
        assert!(status.contains(&words::say(gap)), "{status}");
    }
    assert!(!status.contains("11.99"), "{status}");
}

/// The IDE's state under the service's own names leads where nobody answers, like that under its own.
#[test]
fn the_ides_state_is_read_under_both_names() {
    for row in [
        r#""type":"CREDIT","currentUsage":14,"usageLimit":50,"resetDate":"2026-12-01T00:00:00Z","freeTrialUsage":{"currentUsage":70,"usageLimit":500,"expiryDate":"2026-12-05T00:00:00Z"}"#,
        r#""resourceType":"CREDIT","currentUsage":14,"usageLimit":50,"nextDateReset":"2026-12-01T00:00:00Z","freeTrialInfo":{"currentUsage":70,"usageLimit":500,"freeTrialStatus":"ACTIVE","freeTrialExpiry":1796428800}"#,
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        emulator.fail(Some(Fault::Server));
        let (desk, account) = desk(&emulator);
        let state = format!(
            r#"{{"kiro.resourceNotifications.usageState":{{"usageBreakdowns":[{{{row}}}],"timestamp":1795254000000}}}}"#
        );
        write_state(&desk.home(), &state);
        desk.headroom.refresh(account, true, false).expect("a failure is no error");
        let quoted = overview(&desk, account).quoted.expect("figures");
        assert_eq!(
            (quoted.used.as_deref(), quoted.at.to_string().as_str()),
            (Some("14.00"), "2026-11-21T09:40:00Z")
        );
        assert_eq!(quoted.resets_at.as_deref(), Some("2026-12-01T00:00:00Z"));
        let trial = &quoted.grants[0];
        assert_eq!((trial.name.as_str(), trial.used.as_deref()), ("Free trial", Some("70.00")));
        assert_eq!(trial.expires_at.as_deref(), Some("2026-12-05T00:00:00Z"));
    }
}

/// A desk with a login's file of that name and content, and the IDE's profile.
fn with_login(emulator: &Emulator, file: &str, login: &str) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW).with_kiro(emulator.address(), TOKEN, "2026-11-21T12:00:00Z");
    fs::remove_file(desk.home().join("kiro-auth-token.json")).expect("there");
    fs::write(desk.home().join(file), login).expect("written");
    let profile = desk.home().join("Kiro/User/globalStorage/kiro.kiroagent");
    fs::create_dir_all(&profile).expect("made");
    let named = r#"{"arn":"arn:aws:codewhisperer:eu-central-1:111122223333:profile/AAAAAAAAAAAA","name":"Enterprise"}"#;
    fs::write(profile.join("profile.json"), named).expect("written");
    let account = desk.facts(
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#,
    );
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    (desk, account)
}

#[test]
fn a_login_is_read_in_every_form_that_its_file_has() {
    let ide = "kiro-auth-token.json";
    let frankfurt = Some("/q.eu-central-1.amazonaws.com/");
    let virginia = Some("/q.us-east-1.amazonaws.com/");
    let expired = "The login ended at 11 November 2026, 10:00 UTC: open Kiro to sign in again.";
    for (file, login, host, failure) in [
        (ide, r#"{"accessToken":"t","profileArn":"","expiresAt":"2099-01-01T00:00:00Z"}"#, frankfurt, ""),
        (ide, r#"{"accessToken":"t","profileArn":null,"expiresAt":4070908800}"#, frankfurt, ""),
        (ide, r#"{"accessToken":"t","expiresAt":4070908800000}"#, frankfurt, ""),
        (ide, r#"{"accessToken":"t","expiresAt":"2099-01-01 00:00:00+00"}"#, frankfurt, ""),
        (
            ide,
            r#"{"accessToken":"t","profileArn":"arn:aws:codewhisperer:us-east-1:1:profile/B"}"#,
            virginia,
            "",
        ),
        ("kiro-auth-token-cli.json", r#"{"accessToken":"t","expiresAt":4070908800}"#, virginia, ""),
        (
            "kiro-auth-token-cli.json",
            r#"{"access_token":"t","expires_at":"2099-01-01T00:00:00Z","profile_arn":"arn:aws:codewhisperer:eu-central-1:1:profile/B"}"#,
            frankfurt,
            "",
        ),
        (ide, r#"{"accessToken":"t","expiresAt":"2026-11-11T10:00:00Z"}"#, None, expired),
        (ide, r#"{"accessToken":"t","expiresAt":1794391200}"#, None, expired),
        (ide, r#"{"accessToken":"t","expiresAt":1794391200000.0}"#, None, expired),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = with_login(&emulator, file, login);
        let start = desk.headroom.start(None).expect("it starts");
        assert!(start.found.kiro_login.is_some_and(|found| found.ends_with(file)), "{login}");
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        let said = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
        assert_eq!(said, failure, "{file}: {login}");
        let seen = emulator.seen();
        let first = seen.first().map(|seen| seen.line.clone());
        match host {
            Some(host) => assert!(first.is_some_and(|line| line.contains(host)), "{login}"),
            None => assert_eq!(first, None, "{login}: what has ended is not sent"),
        }
    }
}

#[test]
fn a_login_that_is_refused_is_to_be_signed_in_again_whatever_the_status() {
    for (status, body) in [
        ("403 Forbidden", r#"{"message":"The bearer token included in the request is invalid."}"#),
        ("403 Forbidden", r#"{"__type":"com.amazon#ExpiredTokenException","message":"no"}"#),
        (
            "403 Forbidden",
            r#"{"__type":"AccessDeniedException","message":"The security token included in the request is expired"}"#,
        ),
        (
            "400 Bad Request",
            r#"{"__type":"UnrecognizedClientException","message":"The token is not valid."}"#,
        ),
        ("401 Unauthorized", ""),
        ("401 Unauthorized", r#"{"message":"Unauthorized"}"#),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        emulator.fail(Some(Fault::Says(status, body)));
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        assert_eq!(refreshed.failure.as_ref().map(Saying::code), Some("sign-in-again"), "{status} {body}");
    }
    for (status, body, code) in [
        ("403 Forbidden", r#"{"reason":"FEATURE_NOT_SUPPORTED","message":"no"}"#, "managed-elsewhere"),
        ("403 Forbidden", r#"{"message":"User is not authorized to make this call."}"#, "refused-saying"),
        ("403 Forbidden", "{}", "refused"),
    ] {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = desk(&emulator);
        emulator.fail(Some(Fault::Says(status, body)));
        let refreshed = desk.headroom.refresh(account, true, false).expect("no error");
        assert_eq!(refreshed.failure.as_ref().map(Saying::code), Some(code), "{status} {body}");
    }
}
