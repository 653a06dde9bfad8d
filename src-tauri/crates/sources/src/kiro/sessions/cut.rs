//! What stands in a session's file before it is cut off: its turns used what they say all the same.

use super::file::{MOST_TURNS, ModelState, SessionFile, SessionState, Turn};
use crate::wire::json::Text;
use crate::wire::number::Number;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// What was read of a file until it ended.
#[derive(Default)]
pub(super) struct Seen<'a> {
    id: Option<Text<'a>>,
    parent: Option<Text<'a>>,
    created_at: Option<Text<'a>>,
    updated_at: Option<Number<'a>>,
    pub cwd: Option<String>,
    pub title: Option<String>,
    model: Option<ModelState<'a>>,
    turns: Vec<Turn<'a>>,
}

/// As far as it is text, and JSON.
pub(super) fn seen(json: &[u8]) -> Seen<'_> {
    let text = json.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let mut seen = Seen::default();
    // It ends in the middle, which is known.
    _ = Within { place: Place::File, seen: &mut seen }
        .deserialize(&mut serde_json::Deserializer::from_str(text));
    seen
}

impl<'a> Seen<'a> {
    /// As if the file held nothing else; none where it doesn't say which session it is of.
    pub(super) fn as_file(&mut self) -> Option<SessionFile<'a>> {
        Some(SessionFile {
            session_id: self.id.take()?,
            parent_session_id: self.parent.take(),
            created_at: self.created_at.take(),
            updated_at: self.updated_at.take(),
            session_state: SessionState::of(std::mem::take(&mut self.turns), self.model.take()),
        })
    }
}

fn text(raw: Option<&RawValue>) -> Option<String> {
    serde_json::from_str(raw?.get()).ok()
}

/// Where in a file its parts stand.
#[derive(Clone, Copy)]
enum Place {
    File,
    State,
    Conversation,
    Turns,
}

/// What stands there, which is kept as it comes: what follows may never come.
struct Within<'s, 'a> {
    place: Place,
    seen: &'s mut Seen<'a>,
}

impl<'a> DeserializeSeed<'a> for Within<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Within<'_, 'a> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a part of a session")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut parts: A) -> Result<(), A::Error> {
        let Self { place, seen } = self;
        while let Some(name) = parts.next_key::<Cow<'a, str>>()? {
            match (place, &*name) {
                (Place::File, "session_id") => seen.id = parts.next_value()?,
                (Place::File, "parent_session_id") => seen.parent = parts.next_value()?,
                (Place::File, "created_at") => seen.created_at = parts.next_value()?,
                (Place::File, "updated_at") => seen.updated_at = parts.next_value()?,
                (Place::File, "cwd") => seen.cwd = text(parts.next_value()?),
                (Place::File, "title") => seen.title = text(parts.next_value()?),
                (Place::State, "rts_model_state") => seen.model = parts.next_value()?,
                (Place::File, "session_state") => {
                    parts.next_value_seed(Within { place: Place::State, seen: &mut *seen })?;
                }
                (Place::State, "conversation_metadata") => {
                    parts.next_value_seed(Within { place: Place::Conversation, seen: &mut *seen })?;
                }
                (Place::Conversation, "user_turn_metadatas") => {
                    parts.next_value_seed(Within { place: Place::Turns, seen: &mut *seen })?;
                }
                _ => _ = parts.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut turns: A) -> Result<(), A::Error> {
        while let Some(turn) = turns.next_element()? {
            if !matches!(self.place, Place::Turns) || self.seen.turns.len() >= MOST_TURNS {
                return Err(A::Error::custom("no session"));
            }
            self.seen.turns.push(turn);
        }
        Ok(())
    }
}
