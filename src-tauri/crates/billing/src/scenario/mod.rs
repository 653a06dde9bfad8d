//! Reading a scenario: dated events in the contract's JSON (`scenario.md`).
//!
//! The file is read once, straight into the engine's events, without a tree in between. Keys may
//! stand in any order: if something that decides how events are read comes after them, the file is
//! read a second time with that known.

mod event;
mod field;

use crate::calendar::{DayCount, Moment};
use crate::catalog::{Catalog, Edition};
use crate::country::Country;
use crate::individual;
use event::Events;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The account kind of one person with Kiro, as scenarios name it.
pub const KIRO_INDIVIDUAL: &str = "kiro-individual";

/// Why a scenario is no scenario: one line that names the place and what is wrong there.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct ScenarioError(String);

impl ScenarioError {
    pub(crate) fn whole(what: &str) -> Self {
        Self(what.to_owned())
    }

    pub(crate) fn event(position: usize, what: &str) -> Self {
        Self(format!("event {position}: {what}"))
    }
}

/// A scenario of any kind of account this version computes.
#[derive(Clone, Debug)]
pub enum Scenario<'a> {
    /// Kiro for one person.
    Individual(individual::Scenario<'a>),
}

impl<'a> Scenario<'a> {
    /// Reads a scenario. Texts without escapes are borrowed from `json`.
    pub fn parse(json: &'a [u8]) -> Result<Self, ScenarioError> {
        let mut parts = read(json, Header::default())?;
        if parts.header.account.is_none() {
            return Err(ScenarioError::whole("account: is missing"));
        }
        if parts.events.is_none() {
            parts = read(json, parts.header)?;
        }
        let header = parts.header;
        let events = parts.events.ok_or_else(|| ScenarioError::whole("events: is missing"))?;
        let as_of = header.as_of.ok_or_else(|| ScenarioError::whole("as_of: is missing"))?;
        let terms = individual::Terms {
            edition: header.edition(),
            country: header.country.unwrap_or(Country::UNITED_STATES),
            day_count: header.day_count.unwrap_or_default(),
        };
        let scenario = individual::Scenario::new(as_of, terms, events)?;
        Ok(Self::Individual(scenario))
    }
}

/// The kinds of account that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Individual,
}

/// Everything beside the events.
#[derive(Clone, Copy, Default)]
struct Header {
    account: Option<Kind>,
    as_of: Option<Moment>,
    country: Option<Country>,
    day_count: Option<DayCount>,
    edition: Option<&'static str>,
}

impl Header {
    fn edition(&self) -> &'static Edition {
        let catalog = Catalog::built_in();
        self.edition.and_then(|id| catalog.edition(id)).unwrap_or_else(|| catalog.default_edition())
    }
}

struct Parts<'a> {
    header: Header,
    /// None when they are missing, or when what decides how to read them came after them.
    events: Option<Vec<individual::Event<'a>>>,
}

fn read(json: &[u8], known: Header) -> Result<Parts<'_>, ScenarioError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    ScenarioSeed { known }
        .deserialize(&mut deserializer)
        .and_then(|parts| deserializer.end().map(|()| parts))
        .map_err(|error| ScenarioError(error.to_string()))
}

struct ScenarioSeed {
    known: Header,
}

impl<'de> DeserializeSeed<'de> for ScenarioSeed {
    type Value = Parts<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// Reads one optional text of the header and makes a value of it; null is as good as absent.
fn entry<'de, M: MapAccess<'de>, T, E: fmt::Display>(
    map: &mut M,
    name: &str,
    slot: &mut Option<T>,
    make: impl Fn(&str) -> Result<T, E>,
) -> Result<(), M::Error> {
    let place = |what: &dyn fmt::Display| M::Error::custom(format!("{name}: {what}"));
    let text: Option<Cow<'de, str>> = map.next_value().map_err(|error| place(&error))?;
    if let Some(text) = text {
        if slot.is_some() {
            return Err(place(&"stands twice"));
        }
        *slot = Some(make(&text).map_err(|error| place(&error))?);
    }
    Ok(())
}

fn account_kind(text: &str) -> Result<Kind, String> {
    match text {
        KIRO_INDIVIDUAL => Ok(Kind::Individual),
        "kiro-enterprise" | "kilo-teams" => Err(format!("{text} is not computed by this version yet")),
        _ => Err(format!("\"{text}\" is no kind of account; known is {KIRO_INDIVIDUAL}")),
    }
}

fn day_count(text: &str) -> Result<DayCount, &'static str> {
    let named: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        serde::de::IntoDeserializer::into_deserializer(text);
    DayCount::deserialize(named).map_err(|_| "must be \"whole-days\" or \"started-days\"")
}

fn edition(text: &str) -> Result<&'static str, String> {
    let catalog = Catalog::built_in();
    catalog.edition(text).map(|edition| edition.id.as_str()).ok_or_else(|| {
        let known: Vec<_> = catalog.editions().iter().map(|edition| edition.id.as_str()).collect();
        format!("\"{text}\" is not in the catalogue; known: {}", known.join(", "))
    })
}

impl<'de> Visitor<'de> for ScenarioSeed {
    type Value = Parts<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a scenario (a JSON object)")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Parts<'de>, M::Error> {
        let mut header = Header::default();
        let mut events = None;
        let mut has_events = false;
        let mut read_with = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "account" => entry(&mut map, &key, &mut header.account, account_kind)?,
                "as_of" => entry(&mut map, &key, &mut header.as_of, str::parse)?,
                "country" => entry(&mut map, &key, &mut header.country, str::parse)?,
                "day_count" => entry(&mut map, &key, &mut header.day_count, day_count)?,
                "edition" => entry(&mut map, &key, &mut header.edition, edition)?,
                "events" if has_events => return Err(M::Error::custom("events: stands twice")),
                "events" => {
                    has_events = true;
                    let edition = header.edition.or(self.known.edition);
                    if header.account.or(self.known.account).is_some() {
                        let before = Header { edition, ..header };
                        events = Some(map.next_value_seed(Events { edition: before.edition() })?);
                        read_with = edition;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let events = events.filter(|_| read_with == header.edition);
        Ok(Parts { header, events })
    }
}

#[cfg(test)]
mod tests;
