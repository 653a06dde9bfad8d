use super::*;

use crate::statement::Statement;

/// What is wrong with a scenario, read and folded; nothing if nothing is.
fn error(json: &str) -> String {
    fn fold<K: Readable>(sourced: &Sourced<'_, K>) -> Option<ScenarioError> {
        Statement::of(&sourced.timeline).err()
    }
    let error = match Scenario::parse(json.as_bytes()) {
        Ok(Scenario::Individual(sourced)) => fold(&sourced),
        Ok(Scenario::Organisation(sourced)) => fold(&sourced),
        Ok(Scenario::Team(sourced)) => fold(&sourced),
        Err(error) => Some(error),
    };
    error.map(|error| error.to_string()).unwrap_or_default()
}

fn with_event(event: &str) -> String {
    format!(
        r#"{{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z", "events": [
        {{"at": "2026-04-01T00:00:00Z", "type": "sign_up"}}, {event}]}}"#
    )
}

#[test]
fn every_mistake_is_named_with_its_event_and_field() {
    let cases = [
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": 1.5}"#,
            "event 1: credits: must be a text in quotes, not a number",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1e3"}"#,
            "event 1: credits: must be a decimal",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "0"}"#,
            "event 1: credits: must be above zero",
        ),
        (r#"{"at": "2026-04-02T00:00:00Z", "type": "usage"}"#, "event 1: credits: is missing"),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1", "auto_credits": "1"}"#,
            "event 1: credits: stands beside",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "auto_credits": "1", "model": "gpt"}"#,
            "event 1: model: \"gpt\"",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1", "id": 7}"#,
            "event 1: id: must be a text",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "change_plan", "plan": "platinum"}"#,
            "event 1: plan: \"platinum\"",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "change_plan", "plan": null}"#,
            "event 1: plan: is missing",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "set_overage", "enabled": "yes"}"#,
            "event 1: enabled: must be true or false",
        ),
        (r#"{"at": "2026-04-02T00:00:00Z", "type": "set_overage"}"#, "event 1: enabled: is missing"),
        (
            r#"{"at": "2026-04-02T00:00:00", "type": "usage", "credits": "1"}"#,
            "event 1: at: must be a moment",
        ),
        (r#"{"at": "2026-04-02T00:00:00Z", "type": "refund"}"#, "event 1: type: \"refund\""),
        (r#"{"at": "2026-04-02T00:00:00Z"}"#, "event 1: type: is missing"),
        (r#"{"at": "2026-04-02T00:00:00Z", "type": "sign_up"}"#, "event 1: type: sign_up stands twice"),
        (
            r#"{"at": "2026-03-02T00:00:00Z", "type": "usage", "credits": "1"}"#,
            "event 1: at: is earlier than any sign_up",
        ),
        ("7", "event 1: invalid type: integer `7`, expected an event"),
    ];
    for (event, expected) in cases {
        let message = error(&with_event(event));
        assert!(message.starts_with(expected), "{event}\n  says   {message}\n  wanted {expected}");
        assert!(!message.contains('\n'), "one line: {message}");
    }
}

#[test]
fn the_header_is_checked_by_name() {
    let cases = [
        ("", "EOF"),
        ("[]", "invalid type: sequence, expected a scenario"),
        (r#"{"as_of": "2026-05-01T00:00:00Z", "events": []}"#, "account: is missing"),
        (r#"{"account": "kiro-individual", "events": []}"#, "as_of: is missing"),
        (r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z"}"#, "events: is missing"),
        (
            r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z", "events": []}"#,
            "events: sign_up is missing",
        ),
        (
            r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z", "events": {}}"#,
            "invalid type: map, expected a list",
        ),
        (r#"{"account": "kiro-individual", "as_of": 5, "events": []}"#, "as_of: invalid type"),
        (r#"{"account": "kiro", "events": []}"#, "account: \"kiro\" is no kind"),
        (r#"{"account": "kiro-individual", "country": "us"}"#, "country: must be"),
        (r#"{"account": "kiro-individual", "day_count": "days"}"#, "day_count: must be"),
        (r#"{"account": "kiro-individual", "edition": "1999", "events": []}"#, "edition: \"1999\""),
        (r#"{"account": "kiro-individual", "account": "kiro-individual"}"#, "account: stands twice"),
    ];
    for (json, expected) in cases {
        let message = error(json);
        assert!(message.starts_with(expected), "{json}\n  says   {message}\n  wanted {expected}");
    }
}

#[test]
fn keys_come_in_any_order_and_null_is_absent() {
    let json = r#"{"events": [{"type": "sign_up", "trial": null, "at": "2026-04-01T00:00:00Z", "plan": 5}],
        "day_count": null, "country": null, "more": {"any": [1]}, "edition": "kiro-2025-12",
        "as_of": "2026-05-01T00:00:00Z", "account": "kiro-individual"}"#;
    assert_eq!(error(json), "");
}

#[test]
fn what_follows_the_scenario_is_refused() {
    let json = with_event(r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1"}"#);
    assert!(error(&format!("{json} x")).starts_with("trailing characters"));
}
