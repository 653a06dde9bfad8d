//! What is wrong with JSON, said with nothing of it: it may be a token, an address or a conversation.

use headroom_exact::printable::plain;
use headroom_exact::{Saying, say};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Unexpected};
use serde_json::error::Category;
use std::borrow::Cow;
use std::ops::Deref;

/// How it begins when a list has more entries than one of its kind can have; the most follow.
pub(crate) const TOO_MANY: &str = "a list in it has more than ";

/// How it begins when a name is longer than any; the most letters follow.
const TOO_LONG: &str = "a name in it is longer than ";
/// The most letters of a name: of a person, a team, a model, a plan.
pub(crate) const LONGEST_NAME: usize = 300;

/// A name of at most so many letters, as it may be shown; none for null. For `deserialize_with`, beside `default`.
pub(crate) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    // A letter has a byte at least.
    let is_long = |text: &String| text.len() > LONGEST_NAME && text.chars().nth(LONGEST_NAME).is_some();
    if text.as_ref().is_some_and(is_long) {
        return Err(D::Error::custom(format!("{TOO_LONG}{LONGEST_NAME} letters")));
    }
    Ok(text.map(|text| plain(&text).into_owned()))
}

/// The same where there is always one.
pub(crate) fn needed_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    name(deserializer)?.ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &"a string"))
}

/// A text that stays where it stands, unless a letter in it is written otherwise. Serde makes a text anew of each
/// `Option<Cow<str>>`.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> Text<'a> {
    /// The text itself.
    pub(crate) fn into_cow(self) -> Cow<'a, str> {
        self.0
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// What something is called, as it may be shown, cut where it is longer than any name: for names that stand beside figures,
/// which aren't given up for a name. None where nothing is left of it.
pub(crate) fn shown(text: &str) -> Option<String> {
    let text = plain(text);
    let cut = |(end, _): (usize, char)| format!("{}…", text.get(..end).unwrap_or_default());
    let longer =
        text.char_indices().nth(LONGEST_NAME).and_then(|_| text.char_indices().nth(LONGEST_NAME - 1));
    (!text.is_empty()).then(|| longer.map_or_else(|| text.clone().into_owned(), cut))
}

/// Where it differs from what is known.
pub fn differs(error: &serde_json::Error) -> Saying {
    match error.classify() {
        Category::Eof => say!("json-cut-off"),
        Category::Syntax | Category::Io => say!("not-json"),
        Category::Data => {
            let text = error.to_string();
            // The names of fields are ours.
            if let Some((field, _)) =
                text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'))
            {
                return say!("field-missing", field);
            }
            // So is what our own lists say.
            if text.starts_with(TOO_LONG) {
                return say!("name-too-long", most = LONGEST_NAME);
            }
            let most =
                text.strip_prefix(TOO_MANY).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
            most.map_or_else(|| say!("value-of-another-kind"), |most| say!("too-many-entries", most))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, Debug)]
    struct Answer {
        #[serde(rename = "list")]
        _list: Vec<u8>,
    }

    #[test]
    fn what_is_shown_of_a_name_are_letters_and_not_too_many() {
        for (text, expected) in [
            ("Welcome bonus", Some("Welcome bonus".to_owned())),
            ("a\u{1b}[2J\u{202e}b", Some("a[2Jb".to_owned())),
            (" \u{200b}\n", None),
            (&"日".repeat(300), Some("日".repeat(300))),
            (&"日".repeat(301), Some(format!("{}…", "日".repeat(299)))),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_of_the_text_is_repeated() {
        for (json, expected) in [
            (r#"{"list":"secret, expected a secret at line 1"}"#, say!("value-of-another-kind")),
            (r#"{"list":[300]}"#, say!("value-of-another-kind")),
            (r#"{"list":["secret"]}"#, say!("value-of-another-kind")),
            (r#"{"secret":1}"#, say!("field-missing", field = "list")),
            (r#"{"list":["a name in it is longer than secret"]}"#, say!("value-of-another-kind")),
            (r#""secret""#, say!("value-of-another-kind")),
            ("secret", say!("not-json")),
            (r#"{"list":["#, say!("json-cut-off")),
        ] {
            let error = serde_json::from_str::<Answer>(json).expect_err(json);
            assert_eq!(differs(&error), expected, "{json}");
        }
    }
}
