//! The report for people in every form that it was seen in, and what is none.

use super::*;
use crate::observation::Allowance;
use std::fmt::Write as _;

const HEAD: &str = "Estimated Usage | resets on 2026-12-01 | KIRO PRO\n\n";

/// What a report says, in a line.
fn told(text: &str) -> String {
    match parse_text(text) {
        Err(error) => error.to_string(),
        Ok(read) => {
            let amount =
                |amount: Option<Credits>| amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string());
            let limit = match read.allowance {
                Some(Allowance::Credits(limit)) => limit.to_string(),
                Some(Allowance::NoLimit) => "no limit".to_owned(),
                None => "-".to_owned(),
            };
            let charge = read.overage_charges.map_or_else(|| "-".to_owned(), |charge| charge.to_string());
            let day = read.resets_at.map_or_else(|| "-".to_owned(), |at| at.date().to_string());
            let title = read.plan_title.unwrap_or_default();
            let (used, overage) = (amount(read.used), amount(read.overage));
            let mut told =
                format!("{title}: {used}/{limit} +{overage} ${charge} {:?} {day}", read.overage_enabled);
            for grant in &read.grants {
                let (used, granted) = (amount(grant.used), amount(grant.granted));
                let grant = (&grant.name, grant.days_left, grant.status);
                let _ = write!(told, " [{} {used}/{granted} {:?} {:?}]", grant.0, grant.1, grant.2);
            }
            for what in read
                .doubts
                .iter()
                .map(|doubt| format!("{doubt:?}"))
                .chain(read.gaps.iter().map(|gap| format!("{gap:?}")))
            {
                let _ = write!(told, " {what}");
            }
            told
        }
    }
}

#[test]
fn every_form_of_the_report_is_read() {
    let plan = "Credits (0.17 of 50 covered in plan)\n████████ 0%\n\n";
    for (text, expected) in [
        (
            "\u{1b}[1mEstimated Usage\u{1b}[0m | resets on 2026-12-01 | \u{1b}[mKIRO FREE\u{1b}[0m\n\n🎁 Bonus credits: 45.53/2000 credits used, expires in 19 days\n\n\u{1b}[1mCredits\u{1b}[0m (0.17 of 50 covered in plan)\n████████ 0%\n\nOverages: \u{1b}[1mDisabled\u{1b}[0m\n".to_owned(),
            "KIRO FREE: 0.17/50.00 +0.00 $- Some(false) 2026-12-01 [Bonus credits 45.53/2000.00 Some(19) Active]",
        ),
        (
            format!(
                "{HEAD}Credits (1000.00 of 1000 covered in plan)\n████████ 100%\n\nOverages: Enabled  billed at $0.04 per request\nCredits used: 40.29\nEst. cost: $1.61 USD\n"
            ),
            "KIRO PRO: 1040.29/1000.00 +40.29 $1.61 Some(true) 2026-12-01",
        ),
        (
            format!(
                "{HEAD}Credits (1,000.00 of 1,000 covered in plan)\nOverages: Enabled  billed at $0.04 per request (managed by your organization)\nCredits used: 1,250.5\nEst. cost: $50.02 USD\n"
            ),
            "KIRO PRO: 2250.50/1000.00 +1250.50 $50.02 Some(true) 2026-12-01",
        ),
        (
            format!(
                "{HEAD}Credits (612.4 of 1000 covered in plan)\r\nOverages: Enabled\r\nCredits used: 0\r\nEst. cost: $0.00 USD\r\n"
            ),
            "KIRO PRO: 612.40/1000.00 +0.00 $0.00 Some(true) 2026-12-01",
        ),
        (
            format!(
                "{HEAD}🎁 Bonus Credits:\n   Welcome bonus - 12.00/100 used (7 days left)\n   Spring - gift - 5/5 used (1 day left)\n\n{plan}Overages: Disabled\n"
            ),
            "KIRO PRO: 0.17/50.00 +0.00 $- Some(false) 2026-12-01 [Welcome bonus 12.00/100.00 Some(7) Active] [Spring - gift 5.00/5.00 Some(1) Exhausted]",
        ),
        // An older one in a box, whose day has no year.
        (format!("│ KIRO PRO+ │ resets on 01/01 │\n│ {plan}"), "KIRO PRO+: 0.17/50.00 +0.00 $- None - Reset"),
        // Cut at the limit, and nothing said of what is beyond.
        (
            format!("{HEAD}Credits (1000 of 1000 covered in plan)\nOverages: Disabled\n"),
            "KIRO PRO: 1000.00/1000.00 +- $- Some(false) 2026-12-01 UsedAtLeast",
        ),
        // As the IDE's panel has it.
        (
            "Plan: KIRO PRO MAX | 1 usage breakdowns\n793.58 used / 1,000 covered in plan\n".to_owned(),
            "KIRO PRO MAX: 793.58/1000.00 +0.00 $- None -",
        ),
    ] {
        assert_eq!(told(&text), expected, "{text}");
    }
}

/// Found in November 2026: what a report of the newer engine says uncut was counted twice with what it says of overage, and
/// what a session used was overage with a charge.
#[test]
fn what_is_told_uncut_counts_once_and_a_sessions_credits_are_no_overage() {
    let beyond =
        "Overages: Enabled  billed at $0.04 per request\nCredits used: 458.82\nEst. cost: $18.35 USD\n";
    for (text, expected) in [
        (
            format!("{HEAD}Credits (1458.82 of 1000 covered in plan)\nOverages: Disabled\n"),
            "KIRO PRO: 1458.82/1000.00 +- $- Some(false) 2026-12-01",
        ),
        (
            format!("{HEAD}Credits (1458.82 of 1000 covered in plan)\n{beyond}"),
            "KIRO PRO: 1458.82/1000.00 +458.82 $18.35 Some(true) 2026-12-01",
        ),
        (
            format!(
                "{HEAD}Credits (412.50 of 1000 covered in plan)\nOverages: Disabled\n\nSession credits used: 3.20\nSession est. cost: $0.13 USD\n"
            ),
            "KIRO PRO: 412.50/1000.00 +0.00 $- Some(false) 2026-12-01",
        ),
    ] {
        assert_eq!(told(&text), expected, "{text}");
    }
}

/// Found in November 2026: a report without a limit had 999,999 credits of a plan.
#[test]
fn no_limit_is_no_number_of_credits() {
    let text = format!("{HEAD}Credits (1200.50 of 999999 covered in plan)\n");
    assert_eq!(told(&text), "KIRO PRO: 1200.50/no limit +0.00 $- None 2026-12-01");
}

/// Found in November 2026: "1.000,50 of 2.000" was 1 of 2.
#[test]
fn another_languages_numbers_are_no_amounts() {
    for (text, expected) in [
        ("1.000,50 of 2000", "KIRO PRO: -/2000.00 +- $- None 2026-12-01 Used"),
        ("1.000.000 of 2000", "KIRO PRO: -/2000.00 +- $- None 2026-12-01 Used"),
        ("12.5 of 2.000", "KIRO PRO: 12.50/- +0.00 $- None 2026-12-01 Limit"),
        ("12. of 2000", "KIRO PRO: -/2000.00 +- $- None 2026-12-01 Used"),
        ("1,234.567 of 2,000.0", "KIRO PRO: 1234.57/2000.00 +0.00 $- None 2026-12-01"),
    ] {
        assert_eq!(told(&format!("{HEAD}Credits ({text} covered in plan)\n")), expected, "{text}");
    }
}

/// Found in November 2026: an organisation's user was told that requests pause, and to buy packs.
#[test]
fn a_report_says_whether_it_is_of_an_organisations_user() {
    let of = |text: &str| {
        let text = format!("{HEAD}Credits (12 of 50 covered in plan)\n{text}\n");
        parse_text(&text).expect("figures").of_organisation
    };
    let managed = "Overages: Enabled  billed at $0.04 per request (managed by your organization)";
    let account = "Since your account is through your organization, ask its administrator.";
    for (text, organisation) in [(managed, Some(true)), (account, Some(true)), ("Overages: Enabled", None)] {
        assert_eq!(of(text), organisation, "{text}");
    }
}

#[test]
fn what_cant_be_read_is_named() {
    for (text, expected) in [
        (
            format!("{HEAD}Credits (many of 1000 covered in plan)\n"),
            "KIRO PRO: -/1000.00 +- $- None 2026-12-01 Used",
        ),
        (
            format!("{HEAD}Credits (12,5 of 1000 covered in plan)\n"),
            "KIRO PRO: -/1000.00 +- $- None 2026-12-01 Used",
        ),
        (
            format!("{HEAD}Credits (12 of ∞ covered in plan)\n"),
            "KIRO PRO: 12.00/- +0.00 $- None 2026-12-01 Limit",
        ),
        (
            format!("{HEAD}Credits (12 of 50 covered in plan)\nOverages: Managed\n"),
            "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Switch",
        ),
        (
            format!(
                "{HEAD}Credits (50 of 50 covered in plan)\nOverages: Enabled\nCredits used: some\nEst. cost: €1.61 EUR\n"
            ),
            "KIRO PRO: 50.00/50.00 +- $- Some(true) 2026-12-01 Overage UsedAtLeast Currency",
        ),
        (
            format!("{HEAD}Credits (12 of 50 covered in plan)\nEst. cost: $1.61 CAD\n"),
            "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Currency",
        ),
        (
            format!("{HEAD}Credits (12 of 50 covered in plan)\nEst. cost: $little USD\n"),
            "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Charge",
        ),
        (
            format!(
                "{HEAD}🎁 Bonus credits: 45.53 credits used, expires today\nCredits (12 of 50 covered in plan)\n"
            ),
            "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 [Bonus credits -/- None Unreadable] Pool",
        ),
    ] {
        assert_eq!(told(&text), expected, "{text}");
    }
}

#[test]
fn what_is_no_report_is_refused_for_what_it_is() {
    for (text, expected) in [
        (
            "Plan: Q Developer Pro\nYour plan is managed by admin\n\nTip: to see context window usage, run /context\n",
            "managed-elsewhere(vendor: kiro-cli)",
        ),
        (
            "\u{1b}[33mPlan: KIRO POWER\u{1b}[0m\nThis plan is managed by your administrator.\n",
            "managed-elsewhere(vendor: kiro-cli)",
        ),
        (
            "⚠️  Warning: Could not retrieve usage information from backend\nError: service unavailable\n",
            "program-refused(program: kiro-cli, said: service unavailable)",
        ),
        (
            "⚠️  Warning: Could not retrieve usage information from backend\nError: Authentication failed\n",
            "program-signed-out(program: kiro-cli)",
        ),
        (
            "You are not logged in, please log in with kiro-cli login\n",
            "program-signed-out(program: kiro-cli)",
        ),
        (
            "Plan: KIRO PRO | 1 usage breakdowns\n",
            "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)",
        ),
        (
            "I can't see your usage, but you can open the account page.\n",
            "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)",
        ),
        ("", "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_program_without_acp_says_so_itself() {
    for (code, errors, has_none) in [
        (2, "error: unrecognized subcommand 'acp'\n\nUsage: kiro-cli [OPTIONS] [SUBCOMMAND]\n", true),
        (2, "\u{1b}[31merror:\u{1b}[0m unrecognized subcommand '\u{1b}[33macp\u{1b}[0m'", true),
        (1, "kiro-cli: unknown command: acp", true),
        (2, "", true),
        (2, "error: unexpected argument '--agent-engine' found", false),
        (101, "thread 'main' panicked at src/main.rs:7", false),
        (1, "You are not logged in", false),
        (0, "", false),
        (1, "", false),
    ] {
        assert_eq!(has_no_acp(Some(code), errors), has_none, "{code} {errors}");
    }
    assert!(!has_no_acp(None, ""), "one that was ended");
}
