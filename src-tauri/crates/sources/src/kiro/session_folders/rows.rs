//! The lines of `messages.jsonl` that tell of credits, time or a model, and what is taken of each.

use super::merged::BYTES_A_PLACE;
use super::session::Execution;
use super::splits::Split;
use crate::files::bounded::fold;
use crate::kiro::sessions::is_credits;
use crate::observation::{Id, Metering, Models};
use crate::wire::json::Text;
use crate::wire::moments;
use crate::wire::number;
use hashbrown::hash_table::Entry as Place;
use hashbrown::{DefaultHashBuilder, HashTable};
use headroom_exact::{Moment, Saying, say};
use memchr::memmem::Finder;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::hash::BuildHasher;

/// What an execution and a split take beside their own texts, with where it says that they are there.
const BYTES_AN_EXECUTION: usize = size_of::<Execution>() + BYTES_A_PLACE;
const BYTES_A_SPLIT: usize = size_of::<Split>() + BYTES_A_PLACE;

/// What lines that matter hold, to be found without taking a line apart. A quote within a text is written with a
/// backslash before it, so that somebody's own words hold none of the first four.
pub(super) struct Scan {
    matters: [Finder<'static>; 5],
    message: Finder<'static>,
}

impl Scan {
    pub fn new() -> Self {
        let words = [
            "\"usage_summary\"",
            "\"creditSplit\"",
            "\"turn_start\"",
            "\"turn_end\"",
            "\"reasoningModelId\"",
        ];
        Self { matters: words.map(Finder::new), message: Finder::new("\"payload\"") }
    }

    /// Whether a line can be one that matters.
    pub fn may_matter(&self, line: &[u8]) -> bool {
        self.matters.iter().any(|word| word.find(line).is_some())
    }

    /// Whether a line can be a message.
    pub fn is_message(&self, line: &[u8]) -> bool {
        self.message.find(line).is_some()
    }
}

#[derive(Deserialize)]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    timestamp: Option<Text<'a>>,
    #[serde(borrow)]
    payload: Option<Payload<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    execution_id: Option<Text<'a>>,
    #[serde(borrow)]
    key: Option<Text<'a>>,
    #[serde(borrow)]
    reasoning_model_id: Option<Text<'a>>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "credits")]
    prompt_turn_summaries: Option<Decimal>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    unit: Option<&'a RawValue>,
    #[serde(borrow)]
    usage: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct SplitValue<'a> {
    #[serde(borrow)]
    delegated: Option<&'a RawValue>,
    #[serde(borrow)]
    auxiliary: Option<&'a RawValue>,
}

/// A number of credits that isn't below zero; none for anything else.
fn amount(raw: Option<&RawValue>) -> Option<Decimal> {
    let amount = number::exact(raw?.get())?;
    ((amount.is_zero() || !amount.is_sign_negative()) && Metering::can_be(&amount)).then_some(amount)
}

/// The sum of the entries of credits; what is no amount of them is none of theirs.
fn credits<'de, D: Deserializer<'de>>(entries: D) -> Result<Option<Decimal>, D::Error> {
    let sum = fold(entries, None, |sum: &mut Option<Decimal>, raw: &RawValue| {
        let Ok(entry) = serde_json::from_str::<Entry<'_>>(raw.get()) else { return Ok(()) };
        let Some(more) = entry
            .unit
            .filter(|unit| is_credits(unit.get().trim_matches('"')))
            .and_then(|_| amount(entry.usage))
        else {
            return Ok(());
        };
        let total = sum.unwrap_or_default().checked_add(more);
        *sum = Some(total.ok_or_else(|| "an amount in range".to_owned())?);
        Ok(())
    })?;
    Ok(sum.flatten())
}

/// A model's name without what hosts it.
fn model(name: &str) -> Option<&str> {
    let name = name.rsplit("::").next().unwrap_or(name).trim();
    (!name.is_empty()).then_some(name)
}

impl Row<'_> {
    fn at(&self) -> Result<Moment, Saying> {
        self.timestamp.as_deref().and_then(moments::moment).ok_or_else(|| say!("no-readable-time"))
    }

    /// The execution it is of: named, else what its own id begins with.
    fn execution<'r>(&'r self, payload: &'r Payload<'_>, ending: &str) -> Option<&'r str> {
        let named = payload.execution_id.as_deref().filter(|id| !id.is_empty());
        let own = || self.id.as_deref()?.strip_suffix(ending).filter(|id| !id.is_empty());
        named.or_else(own)
    }
}

/// What `messages.jsonl` says, line by line.
#[derive(Default)]
pub(super) struct Told {
    pub executions: Vec<Execution>,
    pub splits: Vec<Split>,
    /// Where executions are, by their ids.
    places: HashTable<usize>,
    hashing: DefaultHashBuilder,
    models: Models,
    /// Executions that began and didn't end, the last of them last.
    open: Vec<usize>,
}

impl Told {
    /// What a session without any other name is called, by what its rows hold alone: two are never one because they lay in one folder
    /// or came the same way, and what both hold counts once by its own id.
    pub fn named(&self) -> String {
        let split = self.splits.last().map(|split| &split.id);
        let last = split.or_else(|| self.executions.last().map(|execution| &execution.id));
        last.map_or_else(|| "unnamed".to_owned(), ToString::to_string)
    }

    /// Takes what a line tells. How many bytes are kept of it; why it can't be read where it should tell something.
    pub fn take(&mut self, row: &Row<'_>) -> Result<usize, Saying> {
        let Some(payload) = &row.payload else { return Ok(0) };
        match payload.kind.as_deref() {
            Some("usage_summary") => self.summary(row, payload),
            Some("session_metadata") if payload.key.as_deref() == Some("creditSplit") => {
                self.split(row, payload)
            }
            Some("turn_start") => self.begun(row, payload),
            Some("turn_end") => {
                self.ended(row, payload);
                Ok(0)
            }
            _ => {
                self.answered(payload);
                Ok(0)
            }
        }
    }

    /// The place of an execution, and the bytes that it takes where it is new.
    fn place(&mut self, id: &str, at: Moment) -> (usize, usize) {
        let id = Id::from(id);
        let (executions, hashing) = (&self.executions, &self.hashing);
        let id_at = |place: &usize| executions.get(*place).map(|execution| &execution.id);
        let same = |place: &usize| id_at(place) == Some(&id);
        let hash = |place: &usize| hashing.hash_one(id_at(place));
        let vacant = match self.places.entry(hashing.hash_one(Some(&id)), same, hash) {
            Place::Occupied(known) => return (*known.get(), 0),
            Place::Vacant(vacant) => vacant,
        };
        let place = executions.len();
        vacant.insert(place);
        let bytes = BYTES_AN_EXECUTION.saturating_add(id.bytes());
        self.executions.push(Execution { id, at, metering: Metering::Unknown, model: None, said: 0 });
        (place, bytes)
    }

    /// The place of an execution that is known.
    fn known(&self, id: &str) -> Option<usize> {
        let id = Id::from(id);
        let same = |place: &usize| self.executions.get(*place).is_some_and(|execution| execution.id == id);
        self.places.find(self.hashing.hash_one(Some(&id)), same).copied()
    }

    fn summary(&mut self, row: &Row<'_>, payload: &Payload<'_>) -> Result<usize, Saying> {
        let id = row.execution(payload, "-usage");
        let id = id.ok_or_else(|| say!("field-missing", field = "executionId"))?;
        let at = row.at()?;
        let (place, bytes) = self.place(id, at);
        if let Some(execution) = self.executions.get_mut(place) {
            execution.at = at;
            execution.said = execution.said.saturating_add(1);
            // An empty list is unknown and not nothing, whatever became of the execution.
            let sum = payload.prompt_turn_summaries;
            execution.metering = sum.and_then(Metering::of).unwrap_or(Metering::Unknown);
        }
        Ok(bytes)
    }

    fn begun(&mut self, row: &Row<'_>, payload: &Payload<'_>) -> Result<usize, Saying> {
        let Some(id) = row.execution(payload, "-turn-start") else { return Ok(0) };
        let (place, bytes) = self.place(id, row.at()?);
        self.open.retain(|open| *open != place);
        self.open.push(place);
        Ok(bytes)
    }

    fn ended(&mut self, row: &Row<'_>, payload: &Payload<'_>) {
        let Some(id) = row.execution(payload, "-turn-end") else { return };
        let Some(place) = self.known(id) else { return };
        self.open.retain(|open| *open != place);
        if let Some(execution) = self.executions.get_mut(place).filter(|execution| execution.said == 0)
            && let Ok(at) = row.at()
        {
            execution.at = at;
        }
    }

    /// The model that answered, of the execution that is named, else of the one that runs.
    fn answered(&mut self, payload: &Payload<'_>) {
        let Some(model) = payload.reasoning_model_id.as_deref().and_then(model) else { return };
        let named = payload.execution_id.as_deref().and_then(|id| self.known(id));
        let place = named.or_else(|| self.open.last().copied());
        if let Some(execution) = place.and_then(|place| self.executions.get_mut(place)) {
            execution.model = Some(self.models.named(model));
        }
    }

    fn split(&mut self, row: &Row<'_>, payload: &Payload<'_>) -> Result<usize, Saying> {
        let value = payload.value.and_then(|raw| serde_json::from_str::<SplitValue<'_>>(raw.get()).ok());
        let auxiliary = value.as_ref().and_then(|value| amount(value.auxiliary));
        let auxiliary = auxiliary.ok_or_else(|| say!("field-missing", field = "auxiliary"))?;
        let at = row.at()?;
        // What has no id of its own is known by when it was written and what it says.
        let id = row.id.as_deref().filter(|id| !id.is_empty()).map(Id::from);
        let id = id.unwrap_or_else(|| Id::from(format!("{at}/{auxiliary}").as_str()));
        let delegated = value.and_then(|value| amount(value.delegated)).unwrap_or_default();
        let bytes = BYTES_A_SPLIT.saturating_add(id.bytes());
        self.splits.push(Split { id, at, auxiliary, delegated, copied: false });
        Ok(bytes)
    }
}
