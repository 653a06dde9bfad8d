//! A session's file as it is written, and what a turn of it used.

use crate::files::bounded::{at_most, fold};
use crate::observation::{Id, Key, KeyForm, Metering};
use crate::wire::json::Text;
use crate::wire::number::{self, Number};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// The most turns of a session.
pub(super) const MOST_TURNS: usize = 100_000;

#[derive(Deserialize)]
pub(super) struct SessionFile<'a> {
    #[serde(borrow)]
    pub(super) session_id: Text<'a>,
    #[serde(borrow)]
    pub(super) parent_session_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) created_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) updated_at: Option<Number<'a>>,
    #[serde(borrow)]
    pub(super) session_state: SessionState<'a>,
}

#[derive(Deserialize)]
pub(super) struct SessionState<'a> {
    #[serde(borrow)]
    pub(super) conversation_metadata: Option<ConversationMetadata<'a>>,
    #[serde(borrow)]
    pub(super) rts_model_state: Option<ModelState<'a>>,
}

impl<'a> SessionState<'a> {
    pub(super) fn of(turns: Vec<Turn<'a>>, model: Option<ModelState<'a>>) -> Self {
        let conversation = ConversationMetadata { user_turn_metadatas: Some(turns) };
        Self { conversation_metadata: Some(conversation), rts_model_state: model }
    }
}

#[derive(Deserialize)]
pub(super) struct ConversationMetadata<'a> {
    #[serde(borrow, default, deserialize_with = "at_most::<MOST_TURNS, _, _>")]
    pub(super) user_turn_metadatas: Option<Vec<Turn<'a>>>,
}

#[derive(Deserialize)]
pub(super) struct ModelState<'a> {
    #[serde(borrow)]
    pub(super) model_info: Option<ModelInfo<'a>>,
}

#[derive(Deserialize)]
pub(super) struct ModelInfo<'a> {
    #[serde(borrow)]
    pub(super) model_id: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Turn<'a> {
    #[serde(borrow)]
    pub(super) loop_id: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) result: Option<TurnResult<'a>>,
    #[serde(borrow)]
    pub(super) end_reason: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) end_timestamp: Option<Text<'a>>,
    #[serde(default, deserialize_with = "credits")]
    pub(super) metering_usage: Option<Metered>,
    #[serde(borrow)]
    pub(super) model: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(super) struct TurnResult<'a> {
    #[serde(rename = "Ok", borrow)]
    pub(super) ok: Option<Message<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Message<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(super) struct MeteringValue<'a> {
    #[serde(borrow)]
    pub(super) value: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) unit: Option<Text<'a>>,
}

/// Whether a loop's id is one of its own: the agent's name alone is that of all its loops.
fn names_a_loop(id: &Value) -> bool {
    match id {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(name) => !name.trim().is_empty(),
        Value::Array(parts) => !parts.is_empty(),
        Value::Object(fields) => fields.get("rand").is_some_and(|rand| !rand.is_null()),
    }
}

/// Whether a unit is credits, however it is written.
pub(in crate::kiro) fn is_credits(unit: &str) -> bool {
    let unit = unit.trim();
    unit.eq_ignore_ascii_case("credit") || unit.eq_ignore_ascii_case("credits")
}

impl Turn<'_> {
    /// The message's id, else the loop's, else the place in the session.
    pub(super) fn key(&self, session_id: &str, index: usize) -> Key {
        let message =
            self.result.as_ref().and_then(|result| result.ok.as_ref()).and_then(|ok| ok.id.as_ref());
        // An empty name is none.
        if let Some(id) = message.filter(|id| !id.trim().is_empty()) {
            return Key::new(KeyForm::Message, Id::from(&**id));
        }
        // Written anew, so that white space makes no difference.
        let turn_loop = self.loop_id.and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
        match turn_loop {
            Some(id) if names_a_loop(&id) => Key::new(KeyForm::Loop, Id::from(id.to_string().as_str())),
            _ => Key::new(KeyForm::Turn, Id::from(format!("{session_id}:{index}").as_str())),
        }
    }

    /// The exact sum of the turn's credits; unknown when there is none or one can't be read.
    pub(super) fn metering(&self) -> Metering {
        self.metering_usage.as_ref().map_or(Metering::Unknown, Metered::metering)
    }
}

/// What a turn's requests used, summed while they are read.
fn credits<'de, D: Deserializer<'de>>(values: D) -> Result<Option<Metered>, D::Error> {
    fold(values, Metered::default(), |sum: &mut Metered, value: MeteringValue<'_>| {
        if value.unit.as_deref().is_some_and(is_credits) {
            sum.add(value.value);
        }
        Ok(())
    })
}

/// The exact sum of a task's credits. Decimal text all the way: a number never passes through binary floating point.
#[derive(Clone, Copy, Default)]
pub(in crate::kiro) enum Metered {
    /// None was there.
    #[default]
    Nothing,
    /// Their sum.
    Sum(Decimal),
    /// One of them, or the sum, can't be read.
    Unreadable,
}

impl Metered {
    /// One more.
    pub(in crate::kiro) fn add(&mut self, value: Option<&RawValue>) {
        let sum = match *self {
            Self::Nothing => Decimal::ZERO,
            Self::Sum(sum) => sum,
            Self::Unreadable => return,
        };
        let amount =
            value.and_then(|raw| number::exact(raw.get())).filter(|amount| !amount.is_sign_negative());
        let total = amount.and_then(|amount| sum.checked_add(amount));
        *self = total.map_or(Self::Unreadable, Self::Sum);
    }

    /// Unknown when there was none or one can't be read.
    pub(in crate::kiro) fn metering(&self) -> Metering {
        let Self::Sum(sum) = *self else { return Metering::Unknown };
        Metering::of(sum).unwrap_or(Metering::Unknown)
    }
}
