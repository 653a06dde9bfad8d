//! What is wrong with JSON, in words that hold nothing of it: it may be a token, an address or a conversation.

use serde::de::{Deserialize, Deserializer, Error as _, Unexpected};
use serde_json::error::Category;

/// How it begins when a list has more entries than one of its kind can have; the most follow.
pub(crate) const TOO_MANY: &str = "a list in it has more than ";

/// How it begins when a name is longer than any; the most letters follow.
const TOO_LONG: &str = "a name in it is longer than ";
/// The most letters of a name: of a person, a team, a model, a plan.
const LONGEST_NAME: usize = 300;

/// A name of at most so many letters; none for null. For `deserialize_with`, beside `default`.
pub(crate) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    // A letter has a byte at least.
    let is_long = |text: &String| text.len() > LONGEST_NAME && text.chars().nth(LONGEST_NAME).is_some();
    if text.as_ref().is_some_and(is_long) {
        return Err(D::Error::custom(format!("{TOO_LONG}{LONGEST_NAME} letters")));
    }
    Ok(text)
}

/// The same where there is always one.
pub(crate) fn needed_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    name(deserializer)?.ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &"a string"))
}

/// Whether an answer isn't of another form, but holds more than any.
pub(crate) fn is_too_much(error: &serde_json::Error) -> bool {
    let text = error.to_string();
    text.starts_with(TOO_MANY) || text.starts_with(TOO_LONG)
}

/// Where it differs from what is known.
pub fn differs(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "it ends in the middle".to_owned(),
        Category::Syntax | Category::Io => "it is no JSON".to_owned(),
        Category::Data => {
            let text = error.to_string();
            // The names of fields are ours; so is what is expected, which stands last.
            if let Some((field, _)) =
                text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'))
            {
                return format!("{field} is missing");
            }
            // So is what our own lists say.
            if let Some(most) = text.strip_prefix(TOO_MANY).and_then(|rest| rest.split(' ').next()) {
                return format!("{TOO_MANY}{most} entries");
            }
            if text.starts_with(TOO_LONG) {
                return format!("{TOO_LONG}{LONGEST_NAME} letters");
            }
            let expected = text.rsplit_once(", expected ").map(|(_, expected)| expected);
            let expected = expected.and_then(|expected| expected.split(" at line ").next());
            expected.map_or_else(
                || "a value in it is of another kind".to_owned(),
                |expected| format!("a value in it is not {expected}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    struct Answer {
        #[serde(rename = "list")]
        _list: Vec<u8>,
    }

    #[test]
    fn nothing_of_the_text_is_repeated() {
        for (json, expected) in [
            (r#"{"list":"secret, expected a secret at line 1"}"#, "a value in it is not a sequence"),
            (r#"{"list":[300]}"#, "a value in it is not u8"),
            (r#"{"list":["secret"]}"#, "a value in it is not u8"),
            (r#"{"secret":1}"#, "list is missing"),
            (r#"{"list":["a name in it is longer than secret"]}"#, "a value in it is not u8"),
            (r#""secret""#, "a value in it is not struct Answer"),
            ("secret", "it is no JSON"),
            (r#"{"list":["#, "it ends in the middle"),
        ] {
            let error = serde_json::from_str::<Answer>(json).expect_err(json);
            assert_eq!(differs(&error), expected, "{json}");
        }
    }
}
