//! Reading a scenario: dated events in the contract's JSON (`scenario.md`).
//!
//! The file is read once, straight into the engine's events, without a tree in between. Keys may
//! stand in any order: if something that decides how events are read comes after them, the file is
//! read a second time with that known.

pub(crate) mod amounts;
pub(crate) mod error;
pub(crate) mod events;
pub(crate) mod field;
mod header;
mod lines;

pub use error::ScenarioError;
pub use events::Readable;
pub use lines::{Lines, Sourced, Streamed};

use crate::catalog::{Catalog, Lists};
use crate::organisation::Organisation;
use crate::person::Account;
use crate::team::Team;
use crate::terms::Terms;
use crate::timeline::{AccountKind, Timeline};
use error::Trail;
use field::missing;
use header::{Header, Kind, ListedEvents, Parts};
use headroom_exact::Country;
use serde::de::DeserializeSeed;

/// A scenario of any kind of account.
pub enum Scenario<'a> {
    /// Kiro for one person.
    Individual(Sourced<'a, Account>),
    /// Kiro for an organisation.
    Organisation(Sourced<'a, Organisation>),
    /// Kilo for Teams.
    Team(Sourced<'a, Team>),
}

impl<'a> Scenario<'a> {
    /// Reads a scenario by the price lists that this build carries.
    pub fn parse(json: &'a [u8]) -> Result<Self, ScenarioError> {
        Self::parse_by(json, Catalog::built_in())
    }

    /// Reads a scenario by the price lists of a catalogue. Texts without escapes are borrowed from `json`.
    pub fn parse_by(json: &'a [u8], catalog: &'static Catalog) -> Result<Self, ScenarioError> {
        let mut parts = read(json, Header::new(catalog))?;
        if parts.header.account.is_none() {
            return Err(missing("account"));
        }
        if parts.has_events && parts.events.is_none() {
            parts = read(json, parts.header)?;
        }
        let Parts { header, events, has_events } = parts;
        if !has_events && header.events_from.is_none() {
            return Err(missing("events"));
        }
        match (header.account, events) {
            (Some(Kind::Individual) | None, Some(ListedEvents::Individual(events))) => {
                Ok(Self::Individual(kiro(&header, events?)?))
            }
            (Some(Kind::Organisation), Some(ListedEvents::Organisation(events))) => {
                Ok(Self::Organisation(kiro(&header, events?)?))
            }
            (Some(Kind::Team), Some(ListedEvents::Team(events))) => Ok(Self::Team(team(&header, events?)?)),
            // No list: all events are in the file that the scenario names.
            (Some(Kind::Organisation), _) => Ok(Self::Organisation(kiro(&header, Vec::new())?)),
            (Some(Kind::Team), _) => Ok(Self::Team(team(&header, Vec::new())?)),
            (Some(Kind::Individual) | None, _) => Ok(Self::Individual(kiro(&header, Vec::new())?)),
        }
    }
}

type EventsOf<'a, K> = Vec<crate::timeline::Event<<K as AccountKind>::Action<'a>>>;

fn kiro<'a, K>(header: &Header<'a>, events: EventsOf<'a, K>) -> Result<Sourced<'a, K>, ScenarioError>
where
    K: Readable<Terms = Terms, Reading = Lists>,
{
    let lists = header.lists()?;
    let terms = Terms {
        catalog: header.catalog,
        lists,
        country: header.country.unwrap_or(Country::UNITED_STATES),
        tax_rate: header.own_tax_rate()?,
        day_count: header.day_count.unwrap_or_default(),
    };
    Ok(Sourced {
        timeline: Timeline::new(header.as_of()?, terms, events),
        events_from: header.events_from.as_deref().map(str::to_owned),
        reading: lists,
    })
}

fn team<'a>(header: &Header<'a>, events: EventsOf<'a, Team>) -> Result<Sourced<'a, Team>, ScenarioError> {
    let reading = header.team_reading()?;
    let terms = crate::team::Terms {
        edition: reading.edition,
        tax_rate: header.tax_rate()?,
        day_count: header.day_count.unwrap_or_default(),
        fee_exempt: header.fee_exempt()?,
    };
    Ok(Sourced {
        timeline: Timeline::new(header.as_of()?, terms, events),
        events_from: header.events_from.as_deref().map(str::to_owned),
        reading,
    })
}

fn read<'a>(json: &'a [u8], known: Header<'a>) -> Result<Parts<'a>, ScenarioError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let trail = Trail::default();
    header::ScenarioSeed { known, trail: &trail }
        .deserialize(&mut deserializer)
        .and_then(|parts| deserializer.end().map(|()| parts))
        .map_err(|error| trail.error(&error))
}

#[cfg(test)]
mod tests;
