//! Logins whose token is no token: whatever stands in it, it becomes no part of a question but the token.

use super::kilo::emulator as kilo_emulator;
use super::{NOW, account_at_kiro};
use acceptance::Desk;
use headroom_app::answers::{Choice, Vendor};
use tools::emulator::{Emulator, Seen, Team};

/// What a header, a program or a text ends at, and what is longer than any token.
fn texts() -> Vec<String> {
    let texts = [
        "made-up\r\nx-injected: yes",
        "made-up\nx-injected: yes",
        "made-up\rx-injected: yes",
        "made-up\0x-injected: yes",
        "made-up\u{1b}[2J",
        "made-up\u{7f}",
        "made-up\u{85}x-injected: yes",
        "made-up\u{2028}x-injected: yes",
        "made-up\"',;<>{}",
        "made up with blanks ",
        "grün 日本",
        "Bearer made-up",
        "%0d%0ax-injected:%20yes",
        "",
    ];
    let long = "made-up".repeat(15_000);
    texts.into_iter().map(str::to_owned).chain([long]).collect()
}

/// Nothing was asked that looks otherwise than a question of ours with that token.
fn is_one_question_each(seen: &[Seen], text: &str) {
    for seen in seen {
        let shown: String = text.chars().take(40).collect();
        assert!(
            !seen.head.to_lowercase().lines().any(|line| line.starts_with("x-injected")),
            "{shown:?}: {}",
            seen.head
        );
        let authorizations =
            seen.head.lines().filter(|line| line.to_lowercase().starts_with("authorization:"));
        assert!(
            authorizations.count() <= 1 && seen.head.matches("HTTP/1.1").count() <= 1,
            "{shown:?}: {}",
            seen.head
        );
    }
}

fn asked_of_kiro(text: &str) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let desk = Desk::at(NOW).with_kiro(emulator.address(), text, "2026-11-21T12:00:00Z");
    let facts =
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": false}"#;
    let account = desk.facts(facts);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    desk.headroom.refresh(account, true, false).expect("a failure is no error");
    is_one_question_each(&emulator.seen(), text);
}

fn asked_of_kilo(text: &str) {
    let emulator = kilo_emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_kilo(emulator.address(), text);
    let run = desk.run(&["accounts", "add", "kilo"]);
    let said = format!("{}{}", run.output, run.errors);
    assert!(said.len() < 2_000 && (text.len() < 7 || !said.contains(text)), "{said}");
    is_one_question_each(&emulator.seen(), text);
}

#[test]
fn whatever_stands_in_a_token_is_no_part_of_a_question_but_the_token() {
    for text in texts() {
        asked_of_kiro(&text);
        asked_of_kilo(&text);
    }
}
