//! Files of Kiro's and Kilo's that hold no credits and no costs (`interfaces.md` §1.5, §2.3, §4.3): what each is.

use crate::kilo::family::HISTORY;
use headroom_exact::{Saying, say};
use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::Path;

/// Where logins are kept.
const LOGINS: [&str; 2] = ["kiro-auth-token.json", "auth.json"];

/// What a line of the text of a session has.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "version")]
    _version: IgnoredAny,
    #[serde(rename = "kind")]
    _kind: IgnoredAny,
    #[serde(rename = "data")]
    _data: IgnoredAny,
}

/// What JSON is that holds none; none where it may be something else.
pub(crate) fn json(text: &[u8], named: &Path) -> Option<Saying> {
    let is_named =
        |names: &[&str]| names.iter().any(|name| named.file_name().is_some_and(|own| own == *name));
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has = |name: &[u8]| memmem::find(first, name).is_some();
    match () {
        () if is_named(&[HISTORY]) => Some(say!("is-a-tasks-conversation")),
        () if is_named(&LOGINS) => Some(say!("is-a-login")),
        () if has(b"\"promptTokens\"") && has(b"\"generatedTokens\"") => Some(say!("counts-tokens-only")),
        () if serde_json::from_slice::<Line>(first).is_ok() => Some(say!("is-a-sessions-text")),
        () => None,
    }
}

/// The same of a database, by the names of its tables.
pub(crate) fn database(makes: impl Fn(&str) -> bool) -> Option<Saying> {
    match () {
        () if makes("tokens_generated") => Some(say!("counts-tokens-only")),
        () if makes("auth_kv") || makes("conversations") => Some(say!("is-kiros-database")),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_without_credits_are_called_what_they_are() {
        for (name, text, code) in [
            ("a.jsonl", r#"{"version":"v1","kind":"Prompt","data":{}}"#, Some("is-a-sessions-text")),
            (
                "t.jsonl",
                "{\"model\":\"agent\",\"promptTokens\":7,\"generatedTokens\":0}\n{}",
                Some("counts-tokens-only"),
            ),
            ("api_conversation_history.json", "[]", Some("is-a-tasks-conversation")),
            ("kiro-auth-token.json", "{}", Some("is-a-login")),
            ("other.json", r#"{"version":1,"data":{}}"#, None),
        ] {
            let said = json(text.as_bytes(), Path::new(name));
            assert_eq!(said.as_ref().map(Saying::code), code, "{name}");
        }
        for (table, code) in [
            ("auth_kv", Some("is-kiros-database")),
            ("tokens_generated", Some("counts-tokens-only")),
            ("note", None),
        ] {
            let said = database(|name| name == table);
            assert_eq!(said.as_ref().map(Saying::code), code, "{table}");
        }
    }
}
