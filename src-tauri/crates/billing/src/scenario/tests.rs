//! What is wrong with a scenario is named with its place, and what stands in another order is read alike.

mod lines;

use super::*;

use crate::statement::Statement;

/// What is wrong with a scenario, read and folded; nothing if nothing is.
fn error(json: &str) -> String {
    fn fold<K: Readable>(sourced: &Sourced<'_, K>) -> Option<ScenarioError> {
        Statement::of(&sourced.timeline).err().map(ScenarioError::from)
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
            "event-at(number: 1): credits: must-be-text(found: found-fraction(",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1e3"}"#,
            "event-at(number: 1): credits: must-be-decimal",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "0"}"#,
            "event-at(number: 1): credits: must-be-positive(text: ",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage"}"#,
            "event-at(number: 1): credits: is-missing-or(other: auto_credits)",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1", "auto_credits": "1"}"#,
            "event-at(number: 1): credits: stands-beside(other: auto_credits)",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "auto_credits": "1", "model": "gpt"}"#,
            "event-at(number: 1): model: no-model(",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1", "id": 7}"#,
            "event-at(number: 1): id: must-be-text(",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "change_plan", "plan": "platinum"}"#,
            "event-at(number: 1): plan: no-plan-called(",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "change_plan", "plan": null}"#,
            "event-at(number: 1): plan: is-missing",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "set_overage", "enabled": "yes"}"#,
            "event-at(number: 1): enabled: must-be-flag(",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "set_overage"}"#,
            "event-at(number: 1): enabled: is-missing",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00", "type": "usage", "credits": "1"}"#,
            "event-at(number: 1): at: must-be-moment",
        ),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "refund"}"#,
            "event-at(number: 1): type: no-type-of-event(",
        ),
        (r#"{"at": "2026-04-02T00:00:00Z"}"#, "event-at(number: 1): type: is-missing"),
        (
            r#"{"at": "2026-04-02T00:00:00Z", "type": "sign_up"}"#,
            "event-at(number: 1): type: opening-twice(opening: sign_up)",
        ),
        (
            r#"{"at": "2026-03-02T00:00:00Z", "type": "usage", "credits": "1"}"#,
            "event-at(number: 1): at: before-opening(opening: sign_up)",
        ),
        ("7", "event-at(number: 1): must-be-event"),
    ];
    for (event, expected) in cases {
        let message = error(&with_event(event));
        assert!(message.starts_with(expected), "{event}\n  says   {message}\n  wanted {expected}");
        assert!(!message.contains('\n') && !message.contains(" column "), "one line: {message}");
    }
}

#[test]
fn the_header_is_checked_by_name() {
    let cases = [
        ("", "in-line(line: 1, reason: json-cut-off)"),
        ("[]", "must-be-scenario"),
        (r#"{"as_of": "2026-05-01T00:00:00Z", "events": []}"#, "account: is-missing"),
        (r#"{"account": "kiro-individual", "events": []}"#, "as_of: is-missing"),
        (r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z"}"#, "events: is-missing"),
        (
            r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z", "events": []}"#,
            "events: opening-missing(opening: sign_up)",
        ),
        (
            r#"{"account": "kiro-individual", "as_of": "2026-05-01T00:00:00Z", "events": {}}"#,
            "events: must-be-events",
        ),
        (
            r#"{"account": "kiro-individual", "as_of": 5, "events": []}"#,
            "as_of: must-be-text(found: found-number)",
        ),
        (r#"{"account": "kiro", "events": []}"#, "account: no-kind-of-account("),
        (r#"{"account": "kiro-individual", "country": "us"}"#, "country: must-be-country"),
        (r#"{"account": "kiro-individual", "day_count": "days"}"#, "day_count: must-be-day-count"),
        (
            r#"{"account": "kiro-individual", "edition": "1999", "events": []}"#,
            "edition: no-list-of-this-kind(",
        ),
        (r#"{"account": "kiro-individual", "account": "kiro-individual"}"#, "account: stands-twice"),
        (r#"{"account": "kiro-individual", "events": [], "events": []}"#, "events: stands-twice"),
    ];
    for (json, expected) in cases {
        let message = error(json);
        assert!(message.starts_with(expected), "{json}\n  says   {message}\n  wanted {expected}");
        assert!(!message.contains(" column "), "nobody counts columns: {message}");
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
fn escaped_texts_are_read_like_others() {
    let escaped = r#"{"at": "2026-04-02T00:00:00Z", "type": "us\u0061ge", "credits": "1\u002e5"}"#;
    assert_eq!(error(&with_event(escaped)), "");
    let wrong = r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "\u0041"}"#;
    assert!(error(&with_event(wrong)).starts_with("event-at(number: 1): credits: must-be-decimal"));
}

#[test]
fn what_follows_the_scenario_is_refused() {
    let json = with_event(r#"{"at": "2026-04-02T00:00:00Z", "type": "usage", "credits": "1"}"#);
    assert!(error(&format!("{json} x")).starts_with("in-line(line: 2, reason: not-json)"));
}

fn organisation_with(event: &str) -> String {
    format!(
        r#"{{"account": "kiro-enterprise", "as_of": "2026-05-01T00:00:00Z", "events": [
        {{"at": "2026-04-01T00:00:00Z", "type": "assign", "profile": "A", "user": "ann", "plan": "pro"}}, {event}]}}"#
    )
}

fn team_with(event: &str) -> String {
    format!(
        r#"{{"account": "kilo-teams", "as_of": "2026-05-01T00:00:00Z",
        "model_rates": {{"m": {{"input_per_million": "3.00", "output_per_million": "15"}}}}, "events": [
        {{"at": "2026-04-01T00:00:00Z", "type": "start_team", "seats": 2}}, {event}]}}"#
    )
}

fn every_event_says(scenario: fn(&str) -> String, cases: &[(&str, &str)]) {
    for (fields, expected) in cases {
        let message = error(&scenario(&format!(r#"{{"at": "2026-04-02T00:00:00Z", {fields}}}"#)));
        assert!(
            message.starts_with(expected) && (expected.is_empty() == message.is_empty()),
            "{fields}\n  says   {message}\n  wanted {expected}"
        );
        assert!(!message.contains('\n'), "one line: {message}");
    }
}

#[test]
fn an_organisations_mistakes_are_named() {
    let cases = [
        (r#""type": "assign", "profile": "A", "user": "ann", "plan": "power", "group": null"#, ""),
        (
            r#""type": "assign", "profile": "A", "user": "ann", "plan": "free""#,
            "event-at(number: 1): plan: no-plan-for-organisations(",
        ),
        (r#""type": "assign", "profile": "A", "user": "ann""#, "event-at(number: 1): plan: is-missing"),
        (r#""type": "assign", "profile": "A", "plan": "pro""#, "event-at(number: 1): user: is-missing"),
        (r#""type": "assign", "user": "ann", "plan": "pro""#, "event-at(number: 1): profile: is-missing"),
        (
            r#""type": "assign", "profile": "A", "user": "ann", "plan": "pro", "group": 1"#,
            "event-at(number: 1): group: must-be-text(",
        ),
        (
            r#""type": "unassign", "profile": "A", "user": 3"#,
            "event-at(number: 1): user: must-be-text(found: found-number)",
        ),
        (r#""type": "set_overage", "profile": "A""#, "event-at(number: 1): enabled: is-missing"),
        (r#""type": "set_overage", "enabled": true"#, "event-at(number: 1): profile: is-missing"),
        (r#""type": "usage", "profile": "A", "user": "ann", "credits": "1""#, ""),
        (
            r#""type": "usage", "profile": "A", "user": "ann""#,
            "event-at(number: 1): credits: is-missing-or(other: auto_credits)",
        ),
        (r#""type": "usage", "profile": "A", "credits": "1""#, "event-at(number: 1): user: is-missing"),
        (r#""type": "sign_up""#, "event-at(number: 1): type: no-type-of-event(known: [assign, "),
    ];
    every_event_says(organisation_with, &cases);
}

#[test]
fn a_teams_mistakes_are_named() {
    let usage = |fields: &str| format!(r#""type": "usage", {fields}"#);
    let input = usage(r#""model": "m", "input_tokens": 1.5, "output_tokens": 1"#);
    let missing = usage(r#""model": "m", "input_tokens": 1"#);
    let huge = usage(r#""model": "m", "input_tokens": 18446744073709551616, "output_tokens": 1"#);
    let cases = [
        (r#""type": "usage", "model": "m", "input_tokens": 0, "output_tokens": 18446744073709551615"#, ""),
        (input.as_str(), "event-at(number: 1): input_tokens: must-be-whole(found: found-fraction("),
        (
            huge.as_str(),
            "event-at(number: 1): input_tokens: must-be-whole(found: found-fraction(most: 18446744073709551615))",
        ),
        (missing.as_str(), "event-at(number: 1): output_tokens: is-missing"),
        (
            r#""type": "usage", "model": "x", "input_tokens": 1, "output_tokens": 1"#,
            "event-at(number: 1): model: no-rate-of-model(",
        ),
        (
            r#""type": "usage", "input_tokens": 1, "output_tokens": 1"#,
            "event-at(number: 1): model: is-missing",
        ),
        (
            r#""type": "usage", "model": "m", "input_tokens": "1", "output_tokens": 1"#,
            "event-at(number: 1): input_tokens: must-be-whole(found: found-text)",
        ),
        (r#""type": "add_seats", "count": 1"#, ""),
        (r#""type": "add_seats", "count": 0"#, "event-at(number: 1): count: must-be-one-at-least"),
        (
            r#""type": "add_seats", "count": -1"#,
            "event-at(number: 1): count: must-be-whole(found: found-below-zero)",
        ),
        (
            r#""type": "remove_seats", "count": true"#,
            "event-at(number: 1): count: must-be-whole(found: found-flag)",
        ),
        (r#""type": "remove_seats""#, "event-at(number: 1): count: is-missing"),
        (r#""type": "add_member""#, "event-at(number: 1): member: is-missing"),
        (
            r#""type": "remove_member", "member": []"#,
            "event-at(number: 1): member: must-be-text(found: found-list)",
        ),
        (r#""type": "buy_credits", "amount": "50.00""#, ""),
        (
            r#""type": "buy_credits", "amount": "50.001""#,
            "event-at(number: 1): amount: must-have-two-decimals(text: 50.001)",
        ),
        (r#""type": "buy_credits", "amount": "0""#, "event-at(number: 1): amount: must-be-positive(text: "),
        (
            r#""type": "buy_credits", "amount": 50"#,
            "event-at(number: 1): amount: must-be-text(found: found-number)",
        ),
        (
            r#""type": "start_team", "seats": 1"#,
            "event-at(number: 1): type: opening-twice(opening: start_team)",
        ),
        (
            r#""type": "start_team", "seats": 1, "seat": "annual""#,
            "event-at(number: 1): seat: no-seat-price(known: monthly, text: annual)",
        ),
        (r#""type": "payment_failed""#, ""),
        (r#""type": "payment_succeeded", "amount": {"any": 1}"#, ""),
        (r#""type": "pay""#, "event-at(number: 1): type: no-type-of-event(known: [start_team, "),
    ];
    every_event_says(team_with, &cases);
}

#[test]
fn a_teams_header_is_checked_by_name() {
    let with = |header: &str| {
        error(&format!(
            r#"{{"account": "kilo-teams", "as_of": "2026-05-01T00:00:00Z", {header} "events": [
            {{"at": "2026-04-01T00:00:00Z", "type": "start_team", "seats": 1}}]}}"#
        ))
    };
    for (header, expected) in [
        (r#""tax_rate": null, "model_rates": null,"#, ""),
        (r#""tax_rate": "0.193333333333", "model_rates": {},"#, ""),
        (r#""tax_rate": 0.1,"#, "tax_rate: must-be-share"),
        (r#""tax_rate": "-0.1","#, "tax_rate: must-not-be-negative(text: -0.1)"),
        (r#""tax_rate": "10%","#, "tax_rate: must-be-decimal"),
        (r#""tax_rate": "0", "tax_rate": "0","#, "tax_rate: stands-twice"),
        (r#""model_rates": [],"#, "model_rates: must-be-rates"),
        (
            r#""model_rates": {"m": {"input_per_million": "1"}},"#,
            "model_rates: in-quotes(text: m): output_per_million: is-missing",
        ),
        (
            r#""model_rates": {"m": {"input_per_million": "-1", "output_per_million": "1"}},"#,
            "model_rates: in-quotes(text: m): input_per_million: must-not-be-negative(",
        ),
        (r#""edition": "kilo-2026","#, ""),
        (r#""edition": "kiro-2025-12","#, "edition: no-list-of-this-kind("),
    ] {
        let message = with(header);
        assert!(
            message.starts_with(expected) && expected.is_empty() == message.is_empty(),
            "{header}\n  says   {message}\n  wanted {expected}"
        );
    }
    let rates_of_another_kind = r#"{"account": "kiro-individual", "tax_rate": 5, "model_rates": 7,
        "as_of": "2026-05-01T00:00:00Z", "events": [{"at": "2026-04-01T00:00:00Z", "type": "sign_up"}]}"#;
    assert_eq!(error(rates_of_another_kind), "", "what a kind doesn't have is ignored");
}

#[test]
fn what_decides_how_events_are_read_may_come_after_them() {
    let scenario = |last: &str| {
        format!(
            r#"{{"events": [{{"at": "2026-07-01T00:00:00Z", "type": "sign_up"}},
            {{"at": "2026-07-02T00:00:00Z", "type": "change_plan", "plan": "pro-max"}}],
            "as_of": "2026-08-01T00:00:00Z", "account": "kiro-individual"{last}}}"#
        )
    };
    assert!(
        error(&scenario("")).starts_with("event-at(number: 1): plan: no-plan-called("),
        "not in the first list"
    );
    assert_eq!(error(&scenario(r#", "edition": "kiro-2026-07""#)), "");
    let before = scenario("").replacen("{\"events\"", "{\"account\": \"kiro-individual\", \"events\"", 1);
    let before = before.replace(", \"account\": \"kiro-individual\"}", ", \"edition\": \"kiro-2026-07\"}");
    assert_eq!(error(&before), "", "the first reading fails, the second knows better");
    let team = r#"{"account": "kilo-teams", "as_of": "2026-05-01T00:00:00Z", "events": [
        {"at": "2026-04-01T00:00:00Z", "type": "start_team", "seats": 1},
        {"at": "2026-04-02T00:00:00Z", "type": "usage", "model": "m", "input_tokens": 1, "output_tokens": 1}],
        "model_rates": {"m": {"input_per_million": "1", "output_per_million": "1"}}}"#;
    assert_eq!(error(team), "");
}
