//! Everything of a scenario beside its events.

use super::error::{ScenarioError, Trail};
use super::events::{Events, Read};
use super::field::{Field, missing};
use crate::catalog::{Catalog, Lists};
use crate::organisation::Organisation;
use crate::person::Account;
use crate::team::{Reading, Team, model_rates, rate};
use crate::timeline::AccountKind;
use headroom_exact::{Country, DayCount, Decimal, Moment, Saying, say};
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, IgnoredAny, IntoDeserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The list of events of any kind of account.
pub(super) enum ListedEvents<'a> {
    Individual(Read<'a, Account>),
    Organisation(Read<'a, Organisation>),
    Team(Read<'a, Team>),
}

pub(super) struct Parts<'a> {
    pub(super) header: Header<'a>,
    pub(super) has_events: bool,
    /// None when they are missing, or when what decides how to read them came after them.
    pub(super) events: Option<ListedEvents<'a>>,
}

/// The kinds of account that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Individual,
    Organisation,
    Team,
}

/// Everything beside the events. What depends on the kind of account is kept as it stands until the kind
/// is known.
#[derive(Clone)]
pub(super) struct Header<'a> {
    /// What its price lists are from.
    pub(super) catalog: &'static Catalog,
    pub(super) account: Option<Kind>,
    pub(super) as_of: Option<Moment>,
    pub(super) country: Option<Country>,
    pub(super) day_count: Option<DayCount>,
    pub(super) events_from: Option<Cow<'a, str>>,
    edition: Option<Cow<'a, str>>,
    tax_rate: Option<&'a RawValue>,
    fee_exempt: Option<&'a RawValue>,
    own_tax_rate: Option<&'a RawValue>,
    model_rates: Option<&'a RawValue>,
}

impl<'a> Header<'a> {
    /// Of which nothing is read yet.
    pub(super) const fn new(catalog: &'static Catalog) -> Self {
        Self {
            catalog,
            account: None,
            as_of: None,
            country: None,
            day_count: None,
            events_from: None,
            edition: None,
            tax_rate: None,
            fee_exempt: None,
            own_tax_rate: None,
            model_rates: None,
        }
    }

    pub(super) fn as_of(&self) -> Result<Moment, ScenarioError> {
        self.as_of.ok_or_else(|| missing("as_of"))
    }

    /// Kiro's price lists that the events are read by. Each cycle's own are for one person: an organisation names one.
    pub(super) fn lists(&self) -> Result<Lists, ScenarioError> {
        let catalog = self.catalog;
        let Some(id) = &self.edition else { return Ok(Lists::Named(catalog.default_edition())) };
        let follows = self.account == Some(Kind::Individual);
        if follows && id == Lists::IN_FORCE {
            return Ok(Lists::InForce(catalog));
        }
        let known = catalog.editions().iter().map(|edition| edition.list.id.as_str());
        let edition = catalog.edition(id);
        let unknown = || unknown_edition(id, known.chain(follows.then_some(Lists::IN_FORCE)));
        edition.map(Lists::Named).ok_or_else(unknown)
    }

    /// Kilo's price list and the rates that the events are read by.
    pub(super) fn team_reading(&self) -> Result<Reading, ScenarioError> {
        let catalog = self.catalog;
        let edition = match &self.edition {
            None => catalog.default_team_edition(),
            Some(id) => {
                let known = catalog.team_editions().iter().map(|edition| edition.list.id.as_str());
                catalog.team_edition(id).ok_or_else(|| unknown_edition(id, known))?
            }
        };
        let rates = given(self.model_rates).map(model_rates).transpose()?;
        Ok(Reading { edition, rates: rates.unwrap_or_default() })
    }

    /// The tax on a team's invoices; none is zero.
    pub(super) fn tax_rate(&self) -> Result<Decimal, ScenarioError> {
        Ok(share("tax_rate", self.tax_rate)?.unwrap_or(Decimal::ZERO))
    }

    /// The tax that one person stated (N7). An organisation states none.
    pub(super) fn own_tax_rate(&self) -> Result<Option<Decimal>, ScenarioError> {
        let of_person = self.account == Some(Kind::Individual);
        share("own_tax_rate", self.own_tax_rate.filter(|_| of_person))
    }

    /// Whether the vendor charges a team no fee; none is that it does.
    pub(super) fn fee_exempt(&self) -> Result<bool, ScenarioError> {
        let Some(json) = given(self.fee_exempt) else { return Ok(false) };
        serde_json::from_str(json).map_err(|_| ScenarioError::at("fee_exempt", say!("must-be-yes-or-no")))
    }

    /// This, and what `known` has beside it.
    fn or(&self, known: &Self) -> Self {
        Self {
            account: self.account.or(known.account),
            edition: self.edition.clone().or_else(|| known.edition.clone()),
            model_rates: self.model_rates.or(known.model_rates),
            ..self.clone()
        }
    }

    /// Whether events are read the same way by both.
    fn reads_like(&self, other: &Self) -> bool {
        let rates = |header: &Self| header.model_rates.map(RawValue::get);
        (self.account, &self.edition, rates(self)) == (other.account, &other.edition, rates(other))
    }

    /// Reads the list of events by what is known of the scenario by now.
    fn read_events<M: MapAccess<'a>>(
        &self,
        map: &mut M,
        trail: &Trail,
    ) -> Result<Option<ListedEvents<'a>>, M::Error> {
        let failed = |error| trail.stops::<M::Error>(error);
        let events = match self.account {
            None => {
                map.next_value::<IgnoredAny>()?;
                return Ok(None);
            }
            Some(Kind::Individual) => {
                let reading = &self.lists().map_err(failed)?;
                ListedEvents::Individual(map.next_value_seed(Events::<Account> { reading, trail })?)
            }
            Some(Kind::Organisation) => {
                let reading = &self.lists().map_err(failed)?;
                ListedEvents::Organisation(map.next_value_seed(Events::<Organisation> { reading, trail })?)
            }
            Some(Kind::Team) => {
                let reading = &self.team_reading().map_err(failed)?;
                ListedEvents::Team(map.next_value_seed(Events::<Team> { reading, trail })?)
            }
        };
        Ok(Some(events))
    }
}

/// A share of a subtotal under a key, if it is there.
fn share(key: &str, value: Option<&RawValue>) -> Result<Option<Decimal>, ScenarioError> {
    let Some(json) = given(value) else { return Ok(None) };
    let text: Cow<'_, str> =
        serde_json::from_str(json).map_err(|_| ScenarioError::at(key, say!("must-be-share")))?;
    rate(&text).map(Some).map_err(|what| ScenarioError::at(key, what))
}

/// The JSON of a key that is there and not null.
fn given(value: Option<&RawValue>) -> Option<&str> {
    value.map(RawValue::get).filter(|json| *json != "null")
}

fn unknown_edition<'c>(text: &str, known: impl Iterator<Item = &'c str>) -> ScenarioError {
    let known: Vec<_> = known.collect();
    ScenarioError::at("edition", say!("no-list-of-this-kind", text, known))
}

pub(super) struct ScenarioSeed<'a, 't> {
    pub(super) known: Header<'a>,
    pub(super) trail: &'t Trail,
}

impl<'de> DeserializeSeed<'de> for ScenarioSeed<'de, '_> {
    type Value = Parts<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl Trail {
    /// Reads one optional text of the header and makes a value of it; null is as good as absent.
    fn entry<'de, M: MapAccess<'de>, T, E: Into<Saying>>(
        &self,
        map: &mut M,
        name: &str,
        slot: &mut Option<T>,
        make: impl Fn(Cow<'de, str>) -> Result<T, E>,
    ) -> Result<(), M::Error> {
        let field: Field<'de> = map.next_value()?;
        let Some(text) = field.optional_text(name).map_err(|error| self.stops(error))? else { return Ok(()) };
        if slot.is_some() {
            return Err(self.twice(name));
        }
        *slot = Some(make(text).map_err(|what| self.stops(ScenarioError::at(name, what)))?);
        Ok(())
    }

    /// Keeps one value of the header as it stands.
    fn keep<'de, M: MapAccess<'de>>(
        &self,
        map: &mut M,
        name: &str,
        slot: &mut Option<&'de RawValue>,
    ) -> Result<(), M::Error> {
        if slot.replace(map.next_value()?).is_some() {
            return Err(self.twice(name));
        }
        Ok(())
    }

    fn twice<E: de::Error>(&self, name: &str) -> E {
        self.stops(ScenarioError::at(name, say!("stands-twice")))
    }
}

fn account_kind(text: &str) -> Result<Kind, Saying> {
    const KINDS: [(&str, Kind); 3] = [
        (Account::NAME, Kind::Individual),
        (Organisation::NAME, Kind::Organisation),
        (Team::NAME, Kind::Team),
    ];
    let known = || KINDS.map(|(name, _)| name).to_vec();
    let kind = KINDS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind);
    kind.ok_or_else(|| say!("no-kind-of-account", text, known = known()))
}

fn day_count(text: &str) -> Result<DayCount, Saying> {
    let named: de::value::StrDeserializer<'_, de::value::Error> = text.into_deserializer();
    DayCount::deserialize(named).map_err(|_| say!("must-be-day-count"))
}

impl<'de> Visitor<'de> for ScenarioSeed<'de, '_> {
    type Value = Parts<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("scenario")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Parts<'de>, M::Error> {
        let trail = self.trail;
        let mut header = Header::new(self.known.catalog);
        let mut events = None;
        let mut has_events = false;
        let mut read_with = header.clone();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "account" => trail.entry(&mut map, &key, &mut header.account, |text| account_kind(&text))?,
                "as_of" => trail.entry(&mut map, &key, &mut header.as_of, |text| text.parse::<Moment>())?,
                "country" => {
                    trail.entry(&mut map, &key, &mut header.country, |text| text.parse::<Country>())?;
                }
                "day_count" => trail.entry(&mut map, &key, &mut header.day_count, |text| day_count(&text))?,
                "edition" => trail.entry(&mut map, &key, &mut header.edition, Ok::<_, Saying>)?,
                "events_from" => trail.entry(&mut map, &key, &mut header.events_from, Ok::<_, Saying>)?,
                "tax_rate" => trail.keep(&mut map, &key, &mut header.tax_rate)?,
                "fee_exempt" => trail.keep(&mut map, &key, &mut header.fee_exempt)?,
                "own_tax_rate" => trail.keep(&mut map, &key, &mut header.own_tax_rate)?,
                "model_rates" => trail.keep(&mut map, &key, &mut header.model_rates)?,
                "events" if has_events => return Err(trail.twice(&key)),
                "events" => {
                    has_events = true;
                    read_with = header.or(&self.known);
                    events = read_with.read_events(&mut map, trail)?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let events = events.filter(|_| read_with.reads_like(&header));
        Ok(Parts { header, has_events, events })
    }
}
