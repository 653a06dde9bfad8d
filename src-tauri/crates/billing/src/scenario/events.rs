//! The list of events, read one by one into the engine's own form.

use super::error::{Place, ScenarioError, Trail, wrong};
use super::field::Field;
use crate::timeline::{AccountKind, Event};
use headroom_exact::calendar::NotAMoment;
use headroom_exact::{Moment, say};
use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, SeqAccess, Visitor};
use std::fmt;

/// Declares how an event of one kind of account stands in the file: when, of which type, and these fields; a list
/// that one of them holds comes last. A type leaves those alone that it doesn't use.
macro_rules! raw_event {
    ($($field:ident),+ $(; $list:ident)?) => {
        /// An event as it stands in the file.
        #[derive(serde::Deserialize)]
        pub struct RawEvent<'a> {
            #[serde(default, borrow)]
            at: Field<'a>,
            #[serde(default, borrow, rename = "type")]
            kind: Field<'a>,
            $(
                #[serde(default, borrow)]
                $field: Field<'a>,
            )+
            $(
                #[serde(default, borrow)]
                $list: Option<&'a serde_json::value::RawValue>,
            )?
        }
    };
}
pub(crate) use raw_event;

/// How the events of one kind of account stand in a file.
pub trait Readable: AccountKind {
    /// An event as it stands there.
    type Raw<'a>: Deserialize<'a>;
    /// What its texts are resolved by: prices, models, rates.
    type Reading;

    /// Checks what the event's type needs; the error names the field.
    fn check<'a>(
        raw: Self::Raw<'a>,
        reading: &Self::Reading,
    ) -> Result<(Moment, Self::Action<'a>), ScenarioError>;
}

/// Reads one event from a JSON text; the error names the field.
pub(super) fn read_event<'a, K: Readable>(
    json: &'a [u8],
    reading: &K::Reading,
    position: usize,
) -> Result<Event<K::Action<'a>>, ScenarioError> {
    let raw: K::Raw<'a> =
        serde_json::from_slice(json).map_err(|error| wrong(&error, say!("must-be-event")))?;
    let (at, action) = K::check(raw, reading)?;
    Ok(Event { at, position, action })
}

/// The events, or the first that is none. Kept apart from errors of the JSON itself, because what follows
/// the list may still say how it is to be read.
pub(super) type Read<'a, K> = Result<Vec<Event<<K as AccountKind>::Action<'a>>>, ScenarioError>;

/// Reads the list of events; an error names the event's position.
pub(super) struct Events<'r, K: Readable> {
    pub(super) reading: &'r K::Reading,
    pub(super) trail: &'r Trail,
}

impl<'de, K: Readable> DeserializeSeed<'de> for Events<'_, K> {
    type Value = Read<'de, K>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.trail.goes_to(Some(Place::Events));
        deserializer.deserialize_seq(self)
    }
}

impl<'de, K: Readable> Visitor<'de> for Events<'_, K> {
    type Value = Read<'de, K>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut events = Vec::new();
        loop {
            let position = events.len();
            self.trail.goes_to(Some(Place::Event(position)));
            let Some(raw) = list.next_element::<K::Raw<'de>>()? else {
                self.trail.goes_to(None);
                return Ok(Ok(events));
            };
            match K::check(raw, self.reading) {
                Ok((at, action)) => events.push(Event { at, position, action }),
                Err(error) => {
                    self.trail.goes_to(None);
                    while list.next_element::<IgnoredAny>()?.is_some() {}
                    return Ok(Err(error.in_event(position)));
                }
            }
        }
    }
}

/// When an event happened.
pub(crate) fn moment(at: Field<'_>) -> Result<Moment, ScenarioError> {
    moment_of("at", &at.text("at")?)
}

/// The moment that stands under `name`.
pub(crate) fn moment_of(name: &str, text: &str) -> Result<Moment, ScenarioError> {
    text.parse().map_err(|error: NotAMoment| ScenarioError::at(name, error))
}

/// The error of a type that the kind of account doesn't have.
pub(crate) fn unknown_type(text: &str, known: Vec<&str>) -> ScenarioError {
    ScenarioError::at("type", say!("no-type-of-event", text, known))
}
