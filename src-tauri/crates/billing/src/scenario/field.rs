//! One value of an event, of whatever JSON type it came.
//!
//! A key that an event's type doesn't use may hold anything; one that it uses is checked when it is
//! asked for, so that the message can say what was expected there.

use super::error::ScenarioError;
use headroom_exact::{Saying, say};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// A value as it came. Null is as good as absent.
#[derive(Default)]
pub(crate) enum Field<'a> {
    #[default]
    Absent,
    Text(Cow<'a, str>),
    Flag(bool),
    Whole(u64),
    Other(Found),
}

/// What else can stand there. Nothing needs it, so it is told apart for messages alone.
#[derive(Clone, Copy)]
pub(crate) enum Found {
    BelowZero,
    Fraction,
    List,
    Object,
}

impl<'a> Field<'a> {
    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// What kind of value it is.
    fn found(&self) -> Saying {
        match self {
            Self::Absent => say!("found-nothing"),
            Self::Text(_) => say!("found-text"),
            Self::Flag(_) => say!("found-flag"),
            Self::Whole(_) => say!("found-number"),
            Self::Other(Found::BelowZero) => say!("found-below-zero"),
            Self::Other(Found::Fraction) => say!("found-fraction", most = u64::MAX.to_string()),
            Self::Other(Found::List) => say!("found-list"),
            Self::Other(Found::Object) => say!("found-object"),
        }
    }

    /// The text under `name`, if there is one.
    pub(crate) fn optional_text(self, name: &str) -> Result<Option<Cow<'a, str>>, ScenarioError> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            other @ (Self::Flag(_) | Self::Whole(_) | Self::Other(_)) => {
                Err(ScenarioError::at(name, say!("must-be-text", found = other.found())))
            }
        }
    }

    /// The text under `name`.
    pub(crate) fn text(self, name: &str) -> Result<Cow<'a, str>, ScenarioError> {
        self.optional_text(name)?.ok_or_else(|| missing(name))
    }

    /// The whole number under `name`, zero or above.
    pub(crate) fn whole(&self, name: &str) -> Result<u64, ScenarioError> {
        match self {
            Self::Absent => Err(missing(name)),
            Self::Whole(number) => Ok(*number),
            other @ (Self::Text(_) | Self::Flag(_) | Self::Other(_)) => {
                Err(ScenarioError::at(name, say!("must-be-whole", found = other.found())))
            }
        }
    }

    /// The true or false under `name`.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, ScenarioError> {
        self.optional_flag(name)?.ok_or_else(|| missing(name))
    }

    /// The true or false under `name`, if there is one.
    pub(crate) fn optional_flag(&self, name: &str) -> Result<Option<bool>, ScenarioError> {
        match self {
            Self::Absent => Ok(None),
            Self::Flag(flag) => Ok(Some(*flag)),
            other @ (Self::Text(_) | Self::Whole(_) | Self::Other(_)) => {
                Err(ScenarioError::at(name, say!("must-be-flag", found = other.found())))
            }
        }
    }
}

/// The error of a field that has to be there.
pub(crate) fn missing(name: &str) -> ScenarioError {
    ScenarioError::at(name, say!("is-missing"))
}

struct AnyField;

impl<'de> Visitor<'de> for AnyField {
    type Value = Field<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Field<'de>, E> {
        Ok(Field::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Field<'de>, E> {
        Ok(Field::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Field<'de>, E> {
        Ok(Field::Flag(flag))
    }

    fn visit_unit<E>(self) -> Result<Field<'de>, E> {
        Ok(Field::Absent)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field<'de>, E> {
        Ok(Field::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Field<'de>, E> {
        Ok(Field::Other(Found::BelowZero))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Field<'de>, E> {
        Ok(Field::Other(Found::Fraction))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Field<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other(Found::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other(Found::Object))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyField)
    }
}
