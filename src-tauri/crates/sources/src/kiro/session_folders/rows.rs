//! The lines of `messages.jsonl` that tell of credits, time or a model, and what is taken of each.

use super::session::Execution;
use super::splits::Split;
use crate::files::bounded::fold;
use crate::observation::Metering;
use crate::wire::moments;
use crate::wire::number;
use headroom_exact::{Moment, Saying, say};
use memchr::memmem::Finder;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

/// What an execution takes beside its own texts: it is known by its id in other places too.
const BYTES_AN_EXECUTION: usize = size_of::<Execution>() + 256;

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
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    timestamp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    payload: Option<Payload<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    execution_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    key: Option<Cow<'a, str>>,
    #[serde(borrow)]
    reasoning_model_id: Option<Cow<'a, str>>,
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

fn is_credits(unit: &RawValue) -> bool {
    let unit = unit.get().trim_matches('"');
    unit.eq_ignore_ascii_case("credit") || unit.eq_ignore_ascii_case("credits")
}

/// A number that isn't below zero; none for anything else.
fn amount(raw: Option<&RawValue>) -> Option<Decimal> {
    let amount = number::exact(raw?.get())?;
    (amount.is_zero() || !amount.is_sign_negative()).then_some(amount)
}

/// The sum of the entries of credits; what is no amount of them is none of theirs.
fn credits<'de, D: Deserializer<'de>>(entries: D) -> Result<Option<Decimal>, D::Error> {
    let sum = fold(entries, None, |sum: &mut Option<Decimal>, raw: &RawValue| {
        let Ok(entry) = serde_json::from_str::<Entry<'_>>(raw.get()) else { return Ok(()) };
        let Some(more) = entry.unit.filter(|unit| is_credits(unit)).and_then(|_| amount(entry.usage)) else {
            return Ok(());
        };
        let total = sum.unwrap_or_default().checked_add(more);
        *sum = Some(total.ok_or_else(|| "an amount in range".to_owned())?);
        Ok(())
    })?;
    Ok(sum.flatten())
}

/// A model's name without what hosts it.
fn model(name: &str) -> Option<String> {
    let name = name.rsplit("::").next().unwrap_or(name).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

impl Row<'_> {
    fn at(&self) -> Result<Moment, Saying> {
        self.timestamp.as_deref().and_then(moments::moment).ok_or_else(|| say!("no-readable-time"))
    }

    /// The execution it is of: named, else what its own id begins with.
    fn execution(&self, payload: &Payload<'_>, ending: &str) -> Option<String> {
        let named = payload.execution_id.as_deref().filter(|id| !id.is_empty());
        let own = || self.id.as_deref()?.strip_suffix(ending).filter(|id| !id.is_empty());
        named.or_else(own).map(str::to_owned)
    }
}

/// What `messages.jsonl` says, line by line.
#[derive(Default)]
pub(super) struct Told {
    pub executions: Vec<Execution>,
    pub splits: Vec<Split>,
    places: HashMap<String, usize>,
    /// Executions that began and didn't end, the last of them last.
    open: Vec<usize>,
}

impl Told {
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
    fn place(&mut self, id: String, at: Moment) -> (usize, usize) {
        if let Some(place) = self.places.get(&id) {
            return (*place, 0);
        }
        let place = self.executions.len();
        let bytes = BYTES_AN_EXECUTION.saturating_add(id.len().saturating_mul(4));
        self.places.insert(id.clone(), place);
        self.executions.push(Execution { id, at, metering: Metering::Unknown, model: None, said: 0 });
        (place, bytes)
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
        let Some(place) = self.places.get(&id).copied() else { return };
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
        let named = payload.execution_id.as_deref().and_then(|id| self.places.get(id)).copied();
        let place = named.or_else(|| self.open.last().copied());
        if let Some(execution) = place.and_then(|place| self.executions.get_mut(place)) {
            execution.model = Some(model);
        }
    }

    fn split(&mut self, row: &Row<'_>, payload: &Payload<'_>) -> Result<usize, Saying> {
        let value = payload.value.and_then(|raw| serde_json::from_str::<SplitValue<'_>>(raw.get()).ok());
        let auxiliary = value.as_ref().and_then(|value| amount(value.auxiliary));
        let auxiliary = auxiliary.ok_or_else(|| say!("field-missing", field = "auxiliary"))?;
        let at = row.at()?;
        // What has no id of its own is known by when it was written and what it says.
        let id = row.id.as_deref().filter(|id| !id.is_empty()).map(str::to_owned);
        let id = id.unwrap_or_else(|| format!("{at}/{auxiliary}"));
        let delegated = value.and_then(|value| amount(value.delegated)).unwrap_or_default();
        let bytes = size_of::<Split>().saturating_add(id.len().saturating_mul(2));
        self.splits.push(Split { id, at, auxiliary, delegated, copied: false });
        Ok(bytes)
    }
}
