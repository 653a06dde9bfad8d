//! What messages of the legacy extension say, and what they don't.

use super::*;

fn started(text: &str) -> Option<(Option<String>, [Option<u64>; 4])> {
    let shown = serde_json::json!({"ts": 1_795_219_200_000_i64, "type": "say", "say": "api_req_started", "text": text});
    let shown = shown.to_string();
    let shown: Shown<'_> = serde_json::from_str(&shown).expect("a message");
    Started::of(&shown).map(|started| (started.cost.map(|cost| cost.to_string()), started.tokens))
}

#[test]
fn a_cost_is_kilos_where_the_gateway_named_its_provider_and_else_an_estimate() {
    let tokens = [Some(812), Some(45), Some(10), Some(3)];
    let counted = r#""tokensIn":812,"tokensOut":45,"cacheReads":10,"cacheWrites":3"#;
    for (rest, cost) in [
        (r#","cost":0.0213,"inferenceProvider":"Anthropic""#, Some("0.0213")),
        (r#","cost":0,"inferenceProvider":"Anthropic","apiProtocol":"openai""#, Some("0")),
        (r#","cost":2.5e-7,"inferenceProvider":"Google""#, Some("0.00000025")),
        (r#","inferenceProvider":"Anthropic""#, None),
        (r#","cost":null,"inferenceProvider":"Anthropic""#, None),
        (r#","cost":-0.5,"inferenceProvider":"Anthropic""#, None),
        (r#","cost":0.0213"#, None),
        (r#","cost":0.0213,"inferenceProvider":"""#, None),
        (r#","cost":0.0213,"inferenceProvider":null,"apiProtocol":"anthropic""#, None),
    ] {
        let told = started(&format!("{{{counted}{rest}}}")).expect(rest);
        assert_eq!((told.0.as_deref(), told.1), (cost, tokens), "{rest}");
    }
    // One that never got an answer, and one whose counts are missing.
    assert_eq!(started("{}"), Some((None, [None; 4])));
    assert_eq!(started(r#"{"tokensIn":null,"tokensOut":7}"#), Some((None, [None, Some(7), None, None])));
    for broken in ["", "[", "request", r#"{"inferenceProvider":7}"#] {
        assert_eq!(started(broken), None, "{broken}");
    }
}

#[test]
fn a_model_is_what_the_extension_says_of_its_state() {
    for (content, model) in [
        (
            r#"[{"type":"text","text":"<environment_details>\n<model>anthropic/claude-sonnet-4.5</model>"}]"#,
            Some("anthropic/claude-sonnet-4.5"),
        ),
        (r#""<environment_details> <model> x-ai/grok:free </model>""#, Some("x-ai/grok:free")),
        // What somebody pasted doesn't name it.
        (r#""<model>a car</model> <environment_details> <model>openai/gpt-6</model>""#, Some("openai/gpt-6")),
        (r#""<model>openai/gpt-6</model>""#, Some("openai/gpt-6")),
        (r#""<model>a car</model>""#, None),
        (r#""<model>""#, None),
        (r#""<model></model>""#, None),
        (r#""nothing""#, None),
    ] {
        assert_eq!(model_in(content), model, "{content}");
    }
    let named = |moments: &[(Option<i64>, &str)]| {
        moments.iter().map(|(at, model)| (*at, (*model).to_owned())).collect::<Vec<_>>()
    };
    let changed = named(&[(Some(10), "a"), (Some(20), "b"), (Some(30), "c")]);
    for (at, model) in [(5, "a"), (10, "a"), (11, "b"), (30, "c"), (99, "c")] {
        assert_eq!(model_at(&changed, at), model, "{at}");
    }
    assert_eq!(model_at(&named(&[(None, "a"), (None, "a")]), 7), "a");
    assert_eq!(model_at(&named(&[(None, "a"), (None, "b")]), 7), "", "which of them isn't told");
    assert_eq!(model_at(&[], 7), "");
}
