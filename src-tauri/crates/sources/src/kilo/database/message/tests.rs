//! The plain way held against the long one.

use super::plain::{model, said};
use super::*;

/// As Kilo's programs write them, and what stands beside requests.
const MESSAGES: [&str; 7] = [
    r#"{"role":"assistant","time":{"created":1780000000000,"completed":1780000009000},"parentID":"msg_1","modelID":"anthropic/claude-sonnet-5","providerID":"kilo","mode":"code","agent":"code","path":{"cwd":"C:\\work\/a","root":"/"},"cost":0.02137,"tokens":{"input":812,"output":455,"reasoning":0,"total":9,"cache":{"read":21990,"write":0}},"finish":"stop"}"#,
    r#"{"model":{"providerID":"kilo","id":"anthropic/claude-sonnet-5","variant":"high"},"cost":2.1e-7,"tokens":{"input":0,"output":-1,"reasoning":1.5,"cache":{}},"time":{"created":1780000000000.25},"content":[{"type":"text","text":"say \"so\""},[],{},[1,-2.5E+3,true,false,null]]}"#,
    r#"{"role":"user","time":{"created":1},"summary":{"diffs":[{"file":"äöüßéèñçåø/日本語のファイル","patch":"+\t\n"}]},"model":{"providerID":"a","modelID":"b"}}"#,
    r#"{"role":"assistant","model":"auto","cost":0,"tokens":{},"time":{}}"#,
    r#"{"role":"assistant","model":[1],"cost":99999999999999999999999999999999999}"#,
    r#"{"role":"assistant","cost":-0.0,"tokens":{"input":18446744073709551616}}"#,
    "{}",
];

fn agree(text: &str) {
    if let Some(said) = said(text) {
        assert_eq!(Some(&said), Said::the_long_way(text).as_ref(), "{text}");
        if let Some(within) = said.model {
            let long = Said { model: Some(within), ..Said::default() };
            if let Some((provider, id)) = model(within) {
                assert_eq!(
                    long.within_the_long_way(),
                    (provider.map(Cow::from), id.map(Cow::from)),
                    "{within}"
                );
            }
        }
    }
}

#[test]
fn what_is_written_plainly_is_read_as_on_the_long_way() {
    for text in MESSAGES {
        assert!(said(text).is_some(), "{text}");
        agree(text);
    }
}

#[test]
fn nothing_is_read_that_the_long_way_reads_otherwise_or_refuses() {
    const BYTES: &[u8] = b"{}[]\",:\\ \t\n0-+.eEnu/\x01a";
    for text in MESSAGES {
        for place in 0..text.len() {
            let (Some(before), Some(from)) = (text.get(..place), text.get(place..)) else { continue };
            agree(before);
            let after = from.get(1..).unwrap_or_default();
            agree(&format!("{before}{after}"));
            for byte in BYTES.iter().copied().map(char::from) {
                agree(&format!("{before}{byte}{after}"));
                agree(&format!("{before}{byte}{from}"));
            }
        }
    }
}

#[test]
fn what_stands_there_twice_or_as_another_kind_goes_the_long_way() {
    for text in [
        r#"{"cost":1,"cost":2}"#,
        r#"{"tokens":{},"tokens":{"input":1}}"#,
        r#"{"tokens":{"cache":{},"cache":{"read":1}}}"#,
        r#"{"time":{},"time":{"created":1}}"#,
        r#"{"time":{"created":1,"created":2}}"#,
        r#"{"role":"a","role":"b"}"#,
        r#"{"role":null}"#,
        r#"{"model":null}"#,
        r#"{"cost":"1"}"#,
        r#"{"tokens":[1,2,3]}"#,
        r#"{"time":null}"#,
        r#"{"role":"\u0061ssistant"}"#,
        r#"{"r\u006fle":"assistant"}"#,
        r#"{"path":"\ud800"}"#,
        "{\"cost\": 1}",
        r#"{"cost":01}"#,
        r#"{"cost":1.}"#,
        r#"{"cost":.5}"#,
        r#"{"cost":-}"#,
        r#"{"a":nul}"#,
        r#"{"a":1,}"#,
        r#"{"a":[1,]}"#,
        "{}{}",
        "[]",
        "",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
    let deep = |depth: usize| format!(r#"{{"a":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(
        (said(&deep(15)).is_some(), said(&deep(16)).is_some(), said(&deep(100_000))),
        (true, true, None)
    );
    agree(&deep(16));
}
