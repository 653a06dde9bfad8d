//! Tasks of the legacy extension: a folder each, with what was shown of it and what was said to the model
//! (`interfaces.md` §4.3).
//!
//! A request that went through Kilo's gateway names the provider that the gateway chose, and its cost is Kilo's. Without one
//! the extension worked the cost out itself: that is an estimate, so what Kilo billed for it isn't known.

use super::at;
use super::message::Request;
use super::once::Once;
use super::reach::{Reach, Reaches};
use super::stated::Stated;
use crate::files::bounded::{self, LARGEST_WHOLE, fold};
use crate::files::table_file::{Counter, FileKind, ReadError};
use crate::kilo::family::{HISTORY, is_task};
use crate::wire::json::differs;
use crate::wire::number::Number;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

const WHAT: FileKind = FileKind::KiloRequests;
/// What stands in front of the state that the extension tells the model, and around the model's name in it.
const STATE: &str = "<environment_details>";
const MODEL: [&str; 2] = ["<model>", "</model>"];
/// What it takes to know how far a task reaches.
const BYTES_A_TASK: usize = 64;
/// Longer than any model's name.
const LONGEST_MODEL: usize = 200;

/// A message as it was shown.
#[derive(Deserialize)]
struct Shown<'a> {
    #[serde(borrow)]
    ts: Option<Number<'a>>,
    #[serde(borrow)]
    say: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
}

/// What the message of a request says of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said<'a> {
    #[serde(borrow)]
    tokens_in: Option<Number<'a>>,
    #[serde(borrow)]
    tokens_out: Option<Number<'a>>,
    #[serde(borrow)]
    cache_reads: Option<Number<'a>>,
    #[serde(borrow)]
    cache_writes: Option<Number<'a>>,
    #[serde(borrow)]
    cost: Option<Number<'a>>,
    #[serde(borrow)]
    inference_provider: Option<Cow<'a, str>>,
}

/// A message as it was said to the model.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow)]
    role: Option<Cow<'a, str>>,
    #[serde(borrow)]
    content: Option<&'a RawValue>,
    #[serde(borrow)]
    ts: Option<Number<'a>>,
}

/// A request, without its model.
struct Started {
    at: i64,
    cost: Option<Decimal>,
    tokens: [Option<u64>; 4],
}

/// The requests of a task, and the moments of those that couldn't be read, else of what came before them.
#[derive(Default)]
struct Task {
    requests: Vec<Started>,
    unreadable: Vec<Option<i64>>,
    first: Option<i64>,
    last: Option<i64>,
}

fn milliseconds(number: Option<Number<'_>>) -> Option<i64> {
    number.and_then(|number| at::milliseconds(number.raw()))
}

impl Task {
    fn add(&mut self, message: &RawValue) {
        let Ok(shown) = serde_json::from_str::<Shown<'_>>(message.get()) else {
            // Of what isn't a request nothing is wanted.
            if message.get().contains("api_req_started") {
                self.unreadable.push(self.last);
            }
            return;
        };
        let at = milliseconds(shown.ts);
        (self.first, self.last) = (self.first.or(at), at.or(self.last));
        if shown.say.as_deref() != Some("api_req_started") {
            return;
        }
        match Started::of(&shown) {
            Some(request) => self.requests.push(request),
            None => self.unreadable.push(self.last),
        }
    }

    /// How far it reaches; none where nothing in it says when it was.
    fn reach(&self, is_cut: bool) -> Option<Reaches> {
        let reach = BTreeSet::from([Reach { began: self.first?, last: self.last? }]);
        let none = BTreeSet::new();
        let (whole, cut) = if is_cut { (none, reach) } else { (reach, none) };
        Some(Reaches { whole, cut })
    }
}

impl Started {
    fn of(shown: &Shown<'_>) -> Option<Self> {
        let said: Said<'_> = serde_json::from_str(shown.text.as_deref().unwrap_or("{}")).ok()?;
        let is_metered = said.inference_provider.is_some_and(|provider| !provider.trim().is_empty());
        let cost = said.cost.filter(|_| is_metered).and_then(Number::exact);
        let counts = [said.tokens_in, said.tokens_out, said.cache_reads, said.cache_writes];
        Some(Self {
            at: milliseconds(shown.ts)?,
            cost: cost.filter(|cost| !cost.is_sign_negative() || cost.is_zero()),
            tokens: counts.map(|count| count.and_then(Number::count)),
        })
    }
}

/// The models that the extension named to the model, each with the moment at which it did.
fn models(task: &Path) -> Vec<(Option<i64>, String)> {
    let text = bounded::read_text(&task.with_file_name(HISTORY), LARGEST_WHOLE).unwrap_or_default();
    let mut from = serde_json::Deserializer::from_str(&text);
    let add = |models: &mut Vec<(Option<i64>, String)>, message: &RawValue| {
        let told = serde_json::from_str::<Told<'_>>(message.get()).ok();
        let told = told.filter(|told| told.role.as_deref() != Some("assistant"));
        if let Some(told) = told
            && let Some(model) = told.content.and_then(|content| model_in(content.get()))
        {
            models.push((milliseconds(told.ts), model.to_owned()));
        }
        Ok(())
    };
    fold(&mut from, Vec::new(), add).ok().flatten().unwrap_or_default()
}

/// The model that a message to it names.
fn model_in(content: &str) -> Option<&str> {
    let state = content.rfind(STATE).and_then(|begin| content.get(begin..)).unwrap_or(content);
    let begins = state.find(MODEL[0])?.saturating_add(MODEL[0].len());
    let rest = state.get(begins..)?;
    let model = rest.get(..rest.find(MODEL[1])?)?.trim();
    let is_a_name = |model: &str| {
        !model.is_empty()
            && model.len() <= LONGEST_MODEL
            && !model.contains(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '\\' | '"'))
    };
    Some(model).filter(|model| is_a_name(model))
}

/// The model of a request of that moment: what the extension tells the model goes with the request, so it is the first that
/// was named from then on, else the last before. Without moments, one that was named alone.
fn model_at(models: &[(Option<i64>, String)], at: i64) -> &str {
    let Some((_, first)) = models.first() else { return "" };
    if models.iter().all(|(_, model)| model == first) {
        return first;
    }
    let timed: Vec<_> = models.iter().filter_map(|(named_at, model)| Some(((*named_at)?, model))).collect();
    let from_then_on =
        timed.iter().filter(|(named_at, _)| *named_at >= at).min_by_key(|(named_at, _)| *named_at);
    let before = || timed.iter().max_by_key(|(named_at, _)| *named_at);
    from_then_on.or_else(before).map_or("", |(_, model)| model)
}

/// Adds the requests of a task. One that is cut off used what stands before that all the same: then why, and what it lacks.
pub(super) fn add(
    file: &Path,
    once: &mut Once<'_, '_>,
    counter: &mut Counter<'_>,
) -> Result<Option<Saying>, ReadError> {
    let text = bounded::read_text(file, LARGEST_WHOLE).map_err(|error| {
        once.missing(None);
        ReadError::unreadable(file, &error)
    })?;
    let mut from = serde_json::Deserializer::from_str(&text);
    // What is cut off has begun.
    let seen = RefCell::new(Task::default());
    let read = fold(&mut from, (), |(), message: &RawValue| {
        seen.borrow_mut().add(message);
        Ok(())
    });
    let task = seen.into_inner();
    if task.last.is_none() && !is_task(file) {
        // A list of something else.
        let reason = say!("not-a-database").into();
        return Err(ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason });
    }
    let broke_off = read.err().map(|error| differs(&error));
    if let Some(reason) = &broke_off
        && task.requests.is_empty()
    {
        once.missing(task.last);
        let reason = reason.clone();
        return Err(ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason: reason.into() });
    }
    if let Some(reach) = task.reach(broke_off.is_some()) {
        counter.keeps(file, BYTES_A_TASK)?;
        once.reaches(reach);
    }
    let models = if task.requests.is_empty() { Vec::new() } else { models(file) };
    // By when it began a task is known in every copy.
    let id = task.first.unwrap_or_default().to_le_bytes();
    for at in task.unreadable {
        once.unreadable(at);
    }
    for started in task.requests {
        counter.rows(1, 0)?;
        let model = model_at(&models, started.at);
        let request = Request::of_a_task((&id, model), started.cost, started.at, started.tokens);
        match Stated::of(&request) {
            Some(stated) => counter.keeps(file, once.add_task(&stated, model)?)?,
            None => once.unreadable(None),
        }
    }
    Ok(broke_off)
}

#[cfg(test)]
mod tests;
