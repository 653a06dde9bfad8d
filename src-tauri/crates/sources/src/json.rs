//! What is wrong with JSON, in words that hold nothing of it: it may be a token, an address or a conversation.

use serde_json::error::Category;

/// How it begins when a list has more entries than one of its kind can have; the most follow.
pub(crate) const TOO_MANY: &str = "a list in it has more than ";

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
            (r#""secret""#, "a value in it is not struct Answer"),
            ("secret", "it is no JSON"),
            (r#"{"list":["#, "it ends in the middle"),
        ] {
            let error = serde_json::from_str::<Answer>(json).expect_err(json);
            assert_eq!(differs(&error), expected, "{json}");
        }
    }
}
