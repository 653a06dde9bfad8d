//! What is to be said ([`headroom_exact::Saying`]), as the window receives it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use ts_rs::TS;

/// A sentence by its code in the words (`saying` of `words/*.json`), and what stands in its places.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
pub struct Saying {
    /// Which sentence.
    pub code: String,
    /// By the names of its places.
    pub values: BTreeMap<String, Value>,
}

/// What stands in a place. Each is written as the language does.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "SayingValue")]
pub enum Value {
    /// As it was entered or found.
    Text(String),
    /// YYYY-MM-DD.
    Date(String),
    /// YYYY-MM-DD of a day near now, written without its year.
    Day(String),
    /// YYYY-MM.
    Month(String),
    /// RFC 3339 in UTC.
    Moment(String),
    /// A count. A place called `count` chooses between the forms for one and for many.
    Number(#[ts(type = "number")] u64),
    /// A decimal.
    Credits(String),
    /// A decimal.
    Dollars(String),
    /// Two letters.
    Country(String),
    /// Several, in order.
    List(Vec<Value>),
    /// Another saying.
    Saying(Saying),
}

/// Every word of a language (`words/`), with places for values in them.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct Phrases {
    /// What the engine says too: `words/*.json`.
    #[ts(type = "typeof import(\"../../../../src-tauri/crates/app/words/en.json\")")]
    pub engine: &'static RawValue,
    /// What the window alone says: `words/window/*.json`.
    #[ts(type = "typeof import(\"../../../../src-tauri/crates/app/words/window/en.json\")")]
    pub window: &'static RawValue,
    /// Under which other words the window finds what can be done, those of every language.
    #[ts(type = "typeof import(\"../../../../src-tauri/crates/app/words/window/synonyms.json\")")]
    pub synonyms: &'static RawValue,
}
