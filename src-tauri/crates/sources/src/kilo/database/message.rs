//! A message of Kilo's programs, and the request that it is.

use super::at::{self, milliseconds};
use super::mark::{self, Mark, Same};
use super::plain::{self, Said};
use crate::files::bounded::json_in;
use crate::wire::json::Text;
use crate::wire::number::{self, Number};
use chrono::NaiveDate;
use headroom_exact::Moment;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// How a table has its messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// The first program's: the role and the model stand in the message.
    First,
    /// The newer one's: the kind stands beside it, provider and model within `model`.
    Newer,
}

impl Form {
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::First => "message",
            Self::Newer => "session_message",
        }
    }

    /// Asks for when each message was made, what it says, and its id where the table has ids; what is too large isn't even fetched.
    pub(super) fn sql(self, largest: i32, id: &str) -> String {
        let data = json_in("data", largest);
        match self {
            Self::First => format!("SELECT time_created, {data}, {id} FROM message"),
            Self::Newer => {
                format!("SELECT time_created, {data}, {id} FROM session_message WHERE type = 'assistant'")
            }
        }
    }
}

impl<'a> Said<'a> {
    /// None where the text is no message.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        plain::said(text).or_else(|| Self::the_long_way(text))
    }

    /// The same of a message in whatever form.
    pub(super) fn the_long_way(text: &'a str) -> Option<Self> {
        let Message { role, model_id, provider_id, model, cost, tokens, time } =
            serde_json::from_str(text).ok()?;
        let cow = |text: Option<Text<'a>>| text.map(Text::into_cow);
        let raw = |number: Option<Number<'a>>| number.map(Number::raw);
        let tokens = tokens.map_or([None; 5], |Tokens { input, output, reasoning, cache }| {
            let (read, write) = cache.map_or((None, None), |cache| (cache.read, cache.write));
            [input, output, reasoning, read, write].map(raw)
        });
        Some(Self {
            role: cow(role),
            model_id: cow(model_id),
            provider_id: cow(provider_id),
            model: model.map(RawValue::get),
            cost: raw(cost),
            tokens,
            times: time.map_or([None; 2], |time| [time.created, time.completed].map(raw)),
        })
    }

    /// The provider and the id of the model where they stand within it. Other messages have other things under that name.
    fn within(&self) -> (Option<Cow<'a, str>>, Option<Cow<'a, str>>) {
        let Some(model) = self.model else { return (None, None) };
        if let Some((provider, id)) = plain::model(model) {
            return (provider.map(Cow::Borrowed), id.map(Cow::Borrowed));
        }
        self.within_the_long_way()
    }

    /// The same of a model in whatever form.
    pub(super) fn within_the_long_way(&self) -> (Option<Cow<'a, str>>, Option<Cow<'a, str>>) {
        let within = self.model.and_then(|model| serde_json::from_str::<Model<'_>>(model).ok());
        within.map_or((None, None), |Model { provider, id }| {
            (provider.map(Text::into_cow), id.map(Text::into_cow))
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    #[serde(borrow)]
    role: Option<Text<'a>>,
    #[serde(borrow, rename = "modelID")]
    model_id: Option<Text<'a>>,
    #[serde(borrow, rename = "providerID")]
    provider_id: Option<Text<'a>>,
    #[serde(borrow)]
    model: Option<&'a RawValue>,
    #[serde(borrow)]
    cost: Option<Number<'a>>,
    #[serde(borrow)]
    tokens: Option<Tokens<'a>>,
    #[serde(borrow)]
    time: Option<Time<'a>>,
}

/// A model with its provider.
#[derive(Deserialize)]
struct Model<'a> {
    #[serde(borrow, rename = "providerID")]
    provider: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

/// Counts of tokens, each of which may be missing or null.
#[derive(Deserialize)]
struct Tokens<'a> {
    #[serde(borrow)]
    input: Option<Number<'a>>,
    #[serde(borrow)]
    output: Option<Number<'a>>,
    #[serde(borrow)]
    reasoning: Option<Number<'a>>,
    #[serde(borrow)]
    cache: Option<Cache<'a>>,
}

#[derive(Deserialize)]
struct Cache<'a> {
    #[serde(borrow)]
    read: Option<Number<'a>>,
    #[serde(borrow)]
    write: Option<Number<'a>>,
}

/// Milliseconds since 1970.
#[derive(Deserialize)]
struct Time<'a> {
    #[serde(borrow)]
    created: Option<Number<'a>>,
    #[serde(borrow)]
    completed: Option<Number<'a>>,
}

/// Who bills a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    Kilos,
    /// Another provider, as somebody's own key does.
    Anothers,
    /// It doesn't say whose it is: it may be Kilo's.
    Unnamed,
}

/// What a request is told by that doesn't say when it was made: the moment that it goes by, all its tokens, and whether it is Kilo's.
pub(super) struct Timeless {
    at: Option<i64>,
    tokens: [u64; 5],
    is_kilos: bool,
}

impl Timeless {
    /// By what a copy of it is told: with which it is of those that say the same.
    pub(super) fn mark(&self, model: &str, which: u32) -> Mark {
        Mark::of_a_row(self.at, self.tokens, (self.is_kilos, model), which)
    }
}

/// A request as a message has it.
#[derive(Debug)]
pub(super) struct Request<'r> {
    pub(super) provider: Cow<'r, str>,
    pub(super) model: Cow<'r, str>,
    /// Dollars; none where they aren't said.
    pub(super) cost: Option<Decimal>,
    /// When it ended, else when it began.
    at: Option<i64>,
    times: Option<(i64, Option<i64>)>,
    /// Input, output, reasoning, read from and written to the cache.
    tokens: [Option<u64>; 5],
    /// By what its message is known again.
    id: &'r [u8],
    is_of_a_task: bool,
}

/// The day of a moment in milliseconds, UTC.
pub(super) fn day_of(milliseconds: i64) -> Option<NaiveDate> {
    Moment::from_unix(milliseconds.div_euclid(1000), 0).map(Moment::date)
}

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

impl<'r> Request<'r> {
    /// The request that a message is, which was made then by its row and has this id; none of a message that is no request.
    pub(super) fn of(said: Said<'r>, form: Form, (row_created, id): (Option<i64>, &'r [u8])) -> Option<Self> {
        if form == Form::First && said.role.as_deref() != Some("assistant") {
            return None;
        }
        let (provider, model) = said.within();
        let [created, completed] = said.times.map(|time| time.and_then(milliseconds));
        let cost = said.cost.and_then(number::exact);
        Some(Self {
            provider: said.provider_id.or(provider).unwrap_or_default(),
            model: said.model_id.or(model).unwrap_or_default(),
            cost: cost.filter(|cost| !cost.is_sign_negative() || cost.is_zero()),
            at: completed.or(created).or(row_created.and_then(at::of_whole)),
            times: created.map(|created| (created, completed)),
            tokens: said.tokens.map(|count| count.and_then(number::count)),
            id,
            is_of_a_task: false,
        })
    }

    /// A request of the legacy extension's, of the task with this id: with the tokens that went in and came out, and were read from
    /// and written to the cache.
    pub(super) fn of_a_task(
        (id, model): (&'r [u8], &'r str),
        cost: Option<Decimal>,
        at: i64,
        [input, output, read, write]: [Option<u64>; 4],
    ) -> Self {
        Self {
            provider: Cow::Borrowed("kilo"),
            model: Cow::Borrowed(model),
            cost,
            at: Some(at),
            times: Some((at, None)),
            tokens: [input, output, None, read, write],
            id,
            is_of_a_task: true,
        }
    }

    /// Who bills it.
    pub(super) fn whose(&self) -> Whose {
        if self.provider.starts_with("kilo") {
            Whose::Kilos
        } else if self.provider.trim().is_empty() {
            Whose::Unnamed
        } else {
            Whose::Anothers
        }
    }

    /// By what it is known again once its times or tokens are written anew; none where its record has no id of it.
    pub(super) fn same(&self) -> Option<Same> {
        let (began, _) = self.times.filter(|_| !self.id.is_empty())?;
        Some(mark::same(self.id, began))
    }

    /// Whether nothing says that it ended: of a task, which never says when, neither what it cost nor any tokens.
    pub(super) fn goes_on(&self) -> bool {
        let is_told = self.cost.is_some() || self.tokens.iter().any(Option::is_some);
        self.times.is_some_and(|(_, completed)| completed.is_none()) && !(self.is_of_a_task && is_told)
    }

    /// By what a copy of it is told (F6), whatever program wrote it down: one leaves out what another counts as none, and
    /// calls Kilo otherwise. None where it doesn't say when it was made.
    pub(super) fn mark(&self) -> Option<Mark> {
        let (created, completed) = self.times?;
        let [input, output, reasoning, read, write] = self.tokens.map(Option::unwrap_or_default);
        let origin = (created, [input, output, read, write]);
        if self.is_of_a_task {
            return Some(Mark::of_a_task(origin));
        }
        Some(Mark::of_a_message(origin, (completed, reasoning, self.whose() == Whose::Kilos, &self.model)))
    }

    /// What tells it where it doesn't say when it was made.
    pub(super) fn timeless(&self) -> Timeless {
        let tokens = self.tokens.map(Option::unwrap_or_default);
        Timeless { at: self.at, tokens, is_kilos: self.whose() == Whose::Kilos }
    }

    /// The day that it belongs to, UTC; none where it isn't told.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        day_of(self.at?)
    }

    /// The day before that one, where it began on that: a task of the legacy extension tells no more than when a request began,
    /// so there the same request is of the day before.
    pub(super) fn began_the_day_before(&self) -> Option<NaiveDate> {
        let (created, _) = self.times?;
        let day = |at: i64| at.div_euclid(DAY);
        let is_before = day(created).checked_add(1) == Some(day(self.at?));
        if is_before { day_of(created) } else { None }
    }

    /// Tokens that went in, and those that came out, as far as they are counted; none where none are.
    pub(super) fn tokens(&self) -> (Option<u64>, Option<u64>) {
        let [input, output, reasoning, read, write] = self.tokens;
        let sum = |counts: &[Option<u64>]| counts.iter().copied().flatten().reduce(u64::saturating_add);
        (sum(&[input, read, write]), sum(&[output, reasoning]))
    }
}

#[cfg(test)]
mod tests;
