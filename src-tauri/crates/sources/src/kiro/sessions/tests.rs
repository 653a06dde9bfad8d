use super::*;
use crate::files::table_file::unwatched;
use crate::observation::Metering;

fn metering(values: &str) -> String {
    let json = format!(
        r#"{{"session_id": "s", "session_state": {{"conversation_metadata": {{"user_turn_metadatas": [
        {{"end_timestamp": "2026-04-30T10:11:12.123456789Z"{values}}}]}}}}}}"#
    );
    let turns = parse(json.as_bytes()).expect("a session").turns;
    match &turns[0].metering {
        Metering::Metered(exact) => {
            format!("{} of {exact}", turns[0].metering.credits().expect("an amount in range"))
        }
        Metering::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn a_turns_requests_are_summed_exactly_and_rounded_once() {
    let cases = [
        (r#", "metering_usage": [{"value": 0.12, "unit": "credit"}]"#, "0.12 of 0.12"),
        // 0.004 + 0.004 rounds to 0.01 together; each alone would have been 0.01 too, in sum 0.02.
        (
            r#", "metering_usage": [{"value": 0.004, "unit": "credit"}, {"value": 0.004, "unit": "credit"}]"#,
            "0.01 of 0.008",
        ),
        // 0.1 + 0.2 + 0.005 is 0.305 exactly, which rounds up; in binary it would round down.
        (
            r#", "metering_usage": [{"value": 0.1, "unit": "credit"}, {"value": 0.2, "unit": "credit"}, {"value": 5e-3, "unit": "credit"}]"#,
            "0.31 of 0.305",
        ),
        (r#", "metering_usage": [{"value": 0.0001, "unit": "credit"}]"#, "0.01 of 0.0001"),
        (r#", "metering_usage": [{"value": 0, "unit": "credit"}]"#, "0.00 of 0"),
        (
            r#", "metering_usage": [{"value": 18.50065975379768, "unit": "credit"}]"#,
            "18.50 of 18.50065975379768",
        ),
    ];
    for (values, expected) in cases {
        assert_eq!(metering(values), expected, "{values}");
    }
}

#[test]
fn what_can_not_be_read_as_credits_is_unknown_and_never_zero() {
    for values in [
        "",
        r#", "metering_usage": null"#,
        r#", "metering_usage": []"#,
        r#", "metering_usage": [{"value": 3, "unit": "token"}]"#,
        r#", "metering_usage": [{"value": null, "unit": "credit"}]"#,
        r#", "metering_usage": [{"value": "1", "unit": "credit"}]"#,
        r#", "metering_usage": [{"value": -1, "unit": "credit"}]"#,
        r#", "metering_usage": [{"value": 1, "unit": "credit"}, {"unit": "credit"}]"#,
    ] {
        assert_eq!(metering(values), "unknown", "{values}");
    }
}

#[test]
fn a_cut_off_file_and_another_kind_of_file_are_told_apart() {
    let message =
        |json: &str| parse(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message(r#"{"session_id": "s", "session_st"#).starts_with("session-cut-off"));
    assert!(
        message(r#"{"name": "x"}"#).starts_with("not-a-session(reason: field-missing(field: session_id)")
    );
    assert!(message("hello").starts_with("not-a-session"));
}

/// Sessions of this layout were kept without a limit.
#[test]
fn what_is_kept_of_a_turn_is_small_and_counted() {
    let turn = |number: u64| {
        format!(
            r#"{{"result":{{"Ok":{{"id":"0d4f9a52-6c1e-4a4b-8a39-{number:012}"}}}},"end_timestamp":"2026-04-30T10:11:12Z"}}"#
        )
    };
    let turns: Vec<_> = (0..1_000).map(turn).collect();
    let json = format!(
        r#"{{"session_id": "s", "session_state": {{"conversation_metadata": {{"user_turn_metadatas": [{}]}}}}}}"#,
        turns.join(",")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("s.json");
    std::fs::write(&file, json).expect("written");
    let read =
        |bytes| read_all(std::slice::from_ref(&file), Names::LeftOut, &mut Room::of(bytes), &unwatched);
    assert_eq!(read(101_024).expect("all of them").read[0].1.turns.len(), 1_000);
    assert!(matches!(read(50_000), Err(ReadError::TooMuch { .. })));
}

/// Found in November 2026: turns whose message or loop has an empty name, or none of its own, were one task in whatever session.
#[test]
fn an_empty_name_names_no_turn() {
    let keys = |session: &str, turns: &[&str]| {
        let turn = |turn: &&str| format!(r#"{{"end_timestamp": "2026-04-30T10:11:12Z"{turn}}}"#);
        let turns: Vec<_> = turns.iter().map(turn).collect();
        let json = format!(
            r#"{{"session_id": "{session}", "session_state": {{"conversation_metadata": {{"user_turn_metadatas": [{}]}}}}}}"#,
            turns.join(",")
        );
        let session = parse(json.as_bytes()).expect("a session");
        session.turns.into_iter().map(|turn| turn.key.to_string()).collect::<Vec<_>>()
    };
    let of_agent = r#"{"agent_id": {"name": "kiro_default", "rand": null}, "rand": "#;
    let nameless = [
        r#", "result": {"Ok": {"id": ""}}"#.to_owned(),
        r#", "result": {"Ok": {"id": " "}}, "loop_id": """#.to_owned(),
        format!(r#", "loop_id": {of_agent}null}}"#),
        r#", "loop_id": {}"#.to_owned(),
    ];
    let nameless: Vec<_> = nameless.iter().map(String::as_str).collect();
    assert_eq!(keys("s", &nameless), [0, 1, 2, 3].map(|place| format!("kiro-cli:turn:s:{place}")));
    assert_eq!(keys("t", &nameless[..1]), ["kiro-cli:turn:t:0"]);
    // What names it elsewhere does.
    let loops = format!(r#", "result": {{"Ok": {{"id": ""}}}}, "loop_id": {of_agent}501}}"#);
    assert_eq!(keys("s", &[&loops]), keys("t", &[&loops]));
    assert!(keys("s", &[&loops])[0].starts_with("kiro-cli:loop:"));
}

#[test]
fn credits_are_those_of_the_unit_however_it_is_written() {
    let of = |unit: &str| metering(&format!(r#", "metering_usage": [{{"value": 2, "unit": "{unit}"}}]"#));
    assert_eq!(
        ["credit", "Credits", "CREDIT", "token"].map(of),
        ["2.00 of 2", "2.00 of 2", "2.00 of 2", "unknown"]
    );
}
