//! What the command line says of a scenario that is none: one line with the place and what is wrong there, kept as it was
//! looked at. The window says the same in its language.

use acceptance::headroom;

/// A person's scenario with one more event.
fn person(event: &str) -> String {
    person_by("kiro-2025-12", event)
}

fn person_by(edition: &str, event: &str) -> String {
    format!(
        r#"{{"account":"kiro-individual","edition":"{edition}","as_of":"2026-09-01T00:00:00Z","events":[
        {{"at":"2026-08-01T00:00:00Z","type":"sign_up"}},{event}]}}"#
    )
}

fn organisation(event: &str) -> String {
    format!(
        r#"{{"account":"kiro-enterprise","as_of":"2026-05-01T00:00:00Z","events":[
        {{"at":"2026-04-01T00:00:00Z","type":"assign","profile":"A","user":"ann","plan":"pro"}},{event}]}}"#
    )
}

fn team(header: &str, event: &str) -> String {
    format!(
        r#"{{"account":"kilo-teams","as_of":"2026-09-01T00:00:00Z",{header}"events":[
        {{"at":"2026-08-01T00:00:00Z","type":"start_team","seats":2}}{event}]}}"#
    )
}

/// What is said of it, without the program's name.
fn said(scenario: &str) -> String {
    let run = headroom(&["simulate", "-"], scenario.as_bytes());
    assert_eq!(
        (run.status, run.output.as_str(), run.errors.lines().count()),
        (2, "", 1),
        "{scenario}\n{run:?}"
    );
    run.errors.trim_end().trim_start_matches("headroom: -: ").to_owned()
}

/// Each with what is said of it.
fn table(rows: &[(&str, String)]) -> String {
    let rows: Vec<_> =
        rows.iter().map(|(what, scenario)| format!("{what}\n    {}\n", said(scenario))).collect();
    rows.concat()
}

fn at_once(fields: &[&'static str], scenario: impl Fn(&str) -> String) -> String {
    let rows: Vec<_> = fields.iter().map(|fields| (*fields, scenario(fields))).collect();
    table(&rows)
}

#[test]
fn an_event_of_a_person() {
    let event = |fields: &str| person(&format!(r#"{{"at":"2026-08-02T00:00:00Z",{fields}}}"#));
    let events = [
        r#""type":"usage""#,
        r#""type":"usage","credits":1.5"#,
        r#""type":"usage","credits":-1"#,
        r#""type":"usage","credits":[1]"#,
        r#""type":"usage","credits":{"a":1}"#,
        r#""type":"usage","credits":true"#,
        r#""type":"usage","credits":7"#,
        r#""type":"usage","credits":"1e3""#,
        r#""type":"usage","credits":"-0.50""#,
        r#""type":"usage","credits":"1","auto_credits":"1""#,
        r#""type":"usage","auto_credits":"0""#,
        r#""type":"usage","auto_credits":"1","model":"gpt""#,
        r#""type":"usage","credits":"1","id":7"#,
        r#""type":"change_plan","plan":"platinum""#,
        r#""type":"change_plan","plan":null"#,
        r#""type":"set_overage""#,
        r#""type":"set_overage","enabled":"yes""#,
        r#""type":"sign_up","trial":1"#,
        r#""type":"sign_up""#,
        r#""type":"buy_credits","amount":"50.00""#,
        r#""type":"refund""#,
        r#""type":7"#,
        r#""credits":"1""#,
        r#""type":"grant","credits":"100.001""#,
        r#""type":"grant","credits":"100.00","used":"100.01""#,
        r#""type":"grant","credits":"100.00","used":"none""#,
        r#""type":"grant","credits":"100.00","expires_at":"tomorrow""#,
    ];
    insta::assert_snapshot!("mistakes-event", at_once(&events, event));
    let packs =
        |fields: &str| person_by("kiro-2026-07", &format!(r#"{{"at":"2026-08-02T00:00:00Z",{fields}}}"#));
    let events = [
        r#""type":"buy_credits""#,
        r#""type":"buy_credits","amount":"0""#,
        r#""type":"buy_credits","amount":"5.001""#,
        r#""type":"buy_credits","amount":"50.00","expires_at":"2026-08-02T00:00:00Z""#,
        r#""type":"buy_credits","amount":"50.00","expires_at":"2026-08-09""#,
        r#""type":"first_payment_credit","amount":"20.000""#,
        r#""type":"usage","auto_credits":"1","model":"claude-opus-5.5""#,
        r#""type":"of_tomorrow""#,
    ];
    insta::assert_snapshot!("mistakes-packs", at_once(&events, packs));
}

#[test]
fn when_an_event_happened() {
    let rows = [
        r#"{"at":"2026-08-02T00:00:00","type":"usage","credits":"1"}"#,
        r#"{"at":1775000000,"type":"usage","credits":"1"}"#,
        r#"{"type":"usage","credits":"1"}"#,
        r#"{"at":"2026-07-02T00:00:00Z","type":"usage","credits":"1"}"#,
    ];
    insta::assert_snapshot!("mistakes-moment", at_once(&rows, person));
}

#[test]
fn an_event_of_an_organisation() {
    let event = |fields: &str| organisation(&format!(r#"{{"at":"2026-04-02T00:00:00Z",{fields}}}"#));
    let events = [
        r#""type":"assign","profile":"A","user":"ann","plan":"free""#,
        r#""type":"assign","profile":"A","user":"ann""#,
        r#""type":"assign","profile":"A","plan":"pro""#,
        r#""type":"unassign","profile":"A","user":3"#,
        r#""type":"usage","profile":"A","user":"ann""#,
        r#""type":"sign_up""#,
    ];
    insta::assert_snapshot!("mistakes-organisation", at_once(&events, event));
}

#[test]
fn an_event_of_a_team() {
    let rates = r#""model_rates":{"m":{"input_per_million":"3.00","output_per_million":"15"}},"#;
    let event = |fields: &str| team(rates, &format!(r#",{{"at":"2026-08-02T00:00:00Z",{fields}}}"#));
    let events = [
        r#""type":"usage","model":"m","input_tokens":1.5,"output_tokens":1"#,
        r#""type":"usage","model":"m","input_tokens":"1","output_tokens":1"#,
        r#""type":"usage","model":"m","input_tokens":1"#,
        r#""type":"usage","model":"x","input_tokens":1,"output_tokens":1"#,
        r#""type":"add_seats","count":0"#,
        r#""type":"add_seats","count":-1"#,
        r#""type":"add_member""#,
        r#""type":"buy_credits","amount":"0""#,
        r#""type":"start_team","seats":1,"seat":"annual""#,
        r#""type":"start_team","seats":1"#,
        r#""type":"start_pass","tier":"gold""#,
    ];
    insta::assert_snapshot!("mistakes-team", at_once(&events, event));
    let of_2026 = |fields: &str| {
        team(r#""edition":"kilo-2026","#, &format!(r#",{{"at":"2026-08-02T00:00:00Z",{fields}}}"#))
    };
    let events = [
        r#""type":"start_pass","tier":"gold""#,
        r#""type":"set_auto_top_up","amount":"50.00""#,
        r#""type":"set_auto_top_up","enabled":true,"amount":"-1""#,
        r#""type":"of_tomorrow""#,
    ];
    insta::assert_snapshot!("mistakes-team-2026", at_once(&events, of_2026));
}

#[test]
fn what_stands_beside_the_events() {
    let whole = [
        r#"{"as_of":"2026-05-01T00:00:00Z","events":[]}"#,
        r#"{"account":"kiro-individual","events":[]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z"}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[]}"#,
        r#"{"account":"kiro","events":[]}"#,
        r#"{"account":"kiro-individual","as_of":"today","events":[]}"#,
        r#"{"account":"kiro-individual","country":"us"}"#,
        r#"{"account":"kiro-individual","day_count":"days"}"#,
        r#"{"account":"kiro-individual","edition":"1999","events":[]}"#,
        r#"{"account":"kilo-teams","edition":"kiro-2025-12","events":[]}"#,
        r#"{"account":"kiro-individual","account":"kiro-individual"}"#,
        r#"{"account":"kiro-individual","events":[],"events":[]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","own_tax_rate":0.1,"events":[]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[{"at":"2026-06-01T00:00:00Z","type":"sign_up"}]}"#,
    ];
    insta::assert_snapshot!("mistakes-header", at_once(&whole, str::to_owned));
    let headers = [
        r#""tax_rate":0.1,"#,
        r#""tax_rate":"-0.1","#,
        r#""tax_rate":"10%","#,
        r#""tax_rate":"0","tax_rate":"0","#,
        r#""fee_exempt":"no","#,
        r#""model_rates":{"m":{"input_per_million":"1"}},"#,
        r#""model_rates":{"m":{"input_per_million":"-1","output_per_million":"1"}},"#,
        r#""model_rates":{"m":{"input_per_million":1,"output_per_million":"1"}},"#,
        r#""model_rates":{"m":{"input_per_million":"x","output_per_million":"1"}},"#,
    ];
    insta::assert_snapshot!("mistakes-team-header", at_once(&headers, |header| team(header, "")));
}

/// What no JSON is, or not the JSON that a scenario is.
#[test]
fn a_file_of_another_form() {
    let whole = [
        "",
        "no scenario",
        "[]",
        "7",
        r#"{"account":"kiro-individual","as_of":5,"events":[]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":{}}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[7]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[{"at":"a","at":"b"}]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[{"at":}]}"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[{"at":"2026"#,
        r#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[]} x"#,
        r#"{"account":"kilo-teams","as_of":"2026-05-01T00:00:00Z","model_rates":[],"events":[]}"#,
        r#"{"account":"kilo-teams","as_of":"2026-05-01T00:00:00Z","model_rates":{"m":1},"events":[]}"#,
    ];
    insta::assert_snapshot!("mistakes-form", at_once(&whole, str::to_owned));
}
