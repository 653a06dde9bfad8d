//! Requests summed by day and model, each once (F6).

use super::message::Request;
use super::part::Part;
use crate::files::table_file::ReadError;
use crate::observation::SpendRow;
use crate::wire::number;
use crate::worker::Teller;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash, RandomState};
use std::mem;

/// What the sum of a day and model takes beside the model's name.
pub(super) const BYTES_A_SUM: usize = size_of::<(String, Sum)>() + size_of::<SpendRow>() + 64;
/// What it takes to know a request again.
const BYTES_A_REQUEST: usize = 24;

/// Rows in a message to whoever started the worker.
const ROWS_A_MESSAGE: usize = 256;

/// A day and a model while they are summed.
#[derive(Default)]
struct Sum {
    cost: Decimal,
    priced: Counts,
    /// What isn't said to cost anything: a row of its own, so that no sum of the day passes for whole.
    unpriced: Counts,
}

/// Requests and their tokens.
#[derive(Default)]
struct Counts {
    requests: u64,
    input: Option<u64>,
    output: Option<u64>,
}

impl Counts {
    fn add(&mut self, request: &Request<'_>) {
        self.requests = self.requests.saturating_add(1);
        let (input, output) = request.tokens();
        add_to(&mut self.input, input);
        add_to(&mut self.output, output);
    }

    fn take_away(&mut self, request: &Request<'_>) {
        self.requests = self.requests.saturating_sub(1);
        let less = |sum: Option<u64>, of: Option<u64>| sum.map(|sum| sum.saturating_sub(of.unwrap_or(0)));
        let (input, output) = request.tokens();
        self.input = less(self.input, input).filter(|_| self.requests > 0);
        self.output = less(self.output, output).filter(|_| self.requests > 0);
    }

    /// The row of that day and model, if there are any.
    fn row(self, date: NaiveDate, model: &str, cost: Option<Decimal>) -> Option<SpendRow> {
        (self.requests > 0).then(|| SpendRow {
            date,
            user: None,
            model: (!model.is_empty()).then(|| model.to_owned()),
            cost: cost.and_then(number::dollars),
            requests: Some(self.requests),
            input_tokens: self.input,
            output_tokens: self.output,
        })
    }
}

/// What is known of a request's cost: of copies the one that has a cost counts, so the greater one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// It isn't said.
    Nothing,
    /// It is said to be none, as in copies that a fork makes.
    Zero,
    /// It has one.
    Cost,
}

impl Known {
    fn of(cost: Option<Decimal>) -> Self {
        cost.map_or(Self::Nothing, |cost| if cost.is_zero() { Self::Zero } else { Self::Cost })
    }
}

/// A request's mark: 128 bits of its identity, by which it is known again.
type Mark = [u8; 16];

#[derive(Default)]
pub(super) struct Sums {
    /// By day, then by model: a model's name is looked up without a copy of it.
    days: BTreeMap<NaiveDate, HashMap<String, Sum>>,
    copies: BTreeMap<NaiveDate, u64>,
    known: HashMap<Mark, Known>,
    /// Where tasks of the legacy extension are read too: the requests by what they are told again.
    origins: Option<HashMap<Mark, Known>>,
    marks: [RandomState; 2],
    requests: u64,
    unpriced: u64,
    elsewhere: u64,
    unreadable: u64,
}

fn add_to(sum: &mut Option<u64>, more: Option<u64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}

impl Sums {
    /// With tasks of the legacy extension, which come last.
    pub(super) fn with_tasks() -> Self {
        Self { origins: Some(HashMap::new()), ..Self::default() }
    }

    /// A message that can't be read.
    pub(super) fn unreadable(&mut self) {
        self.unreadable = self.unreadable.saturating_add(1);
    }

    /// Adds a request; how many bytes more that takes.
    pub(super) fn add(&mut self, request: &Request<'_>) -> usize {
        let Some(date) = request.date() else {
            self.unreadable();
            return 0;
        };
        let known = Known::of(request.cost);
        let more = self.remember_origin(request, known);
        let before =
            self.mark(request).and_then(|mark| self.known.insert(mark, known).map(|before| (mark, before)));
        if let Some((mark, before)) = before {
            self.known.insert(mark, before.max(known));
            if request.is_kilos() {
                self.add_copy(request, date, before, known);
            }
            return more;
        }
        let more = more.saturating_add(BYTES_A_REQUEST);
        if !request.is_kilos() {
            self.elsewhere = self.elsewhere.saturating_add(1);
            return more;
        }
        self.add_new(request, date).saturating_add(more)
    }

    /// Adds a request of a task, unless another program took it over; how many bytes more that takes.
    pub(super) fn add_task(&mut self, request: &Request<'_>) -> usize {
        let Some(date) = request.date() else {
            self.unreadable();
            return 0;
        };
        let known = Known::of(request.cost);
        let Some(mark) = request.origin().map(|origin| self.mark_of(&origin)) else { return 0 };
        let origins = self.origins.get_or_insert_default();
        let before = origins.get(&mark).copied();
        origins.insert(mark, before.map_or(known, |before| before.max(known)));
        let Some(before) = before else {
            return self.add_new(request, date).saturating_add(BYTES_A_REQUEST);
        };
        // Its model may be named otherwise there: what it cost is of its own then.
        let models = self.days.entry(date).or_default();
        let mut more = 0;
        if known > before && !models.contains_key(&*request.model) {
            more = BYTES_A_SUM.saturating_add(request.model.len());
            models.insert(request.model.to_string(), Sum::default());
        }
        self.add_copy(request, date, before, known);
        more
    }

    /// Remembers by what a request would be told again in a task. What isn't Kilo's has its cost elsewhere.
    fn remember_origin(&mut self, request: &Request<'_>, known: Known) -> usize {
        let Some(mark) = request.origin().map(|origin| self.mark_of(&origin)) else { return 0 };
        let Some(origins) = self.origins.as_mut() else { return 0 };
        let known = if request.is_kilos() { known } else { Known::Cost };
        let before = origins.get(&mark).copied();
        origins.insert(mark, before.map_or(known, |before| before.max(known)));
        if before.is_none() { BYTES_A_REQUEST } else { 0 }
    }

    fn mark(&self, request: &Request<'_>) -> Option<Mark> {
        request.identity().map(|identity| self.mark_of(&identity))
    }

    fn mark_of(&self, identity: &impl Hash) -> Mark {
        let [first, second] = self.marks.each_ref().map(|state| state.hash_one(identity));
        (u128::from(first) << 64 | u128::from(second)).to_le_bytes()
    }

    fn add_new(&mut self, request: &Request<'_>, date: NaiveDate) -> usize {
        let mut more = 0;
        let models = self.days.entry(date).or_default();
        if !models.contains_key(&*request.model) {
            more = BYTES_A_SUM.saturating_add(request.model.len());
            models.insert(request.model.to_string(), Sum::default());
        }
        let Some(sum) = models.get_mut(&*request.model) else { return more };
        if let Some(cost) = request.cost.and_then(|cost| sum.cost.checked_add(cost)) {
            sum.cost = cost;
            sum.priced.add(request);
        } else {
            sum.unpriced.add(request);
            self.unpriced = self.unpriced.saturating_add(1);
        }
        self.requests = self.requests.saturating_add(1);
        more
    }

    /// A copy of a request whose cost was so far known that far: where the copy knows more of it, that counts.
    fn add_copy(&mut self, request: &Request<'_>, date: NaiveDate, before: Known, known: Known) {
        let copies = self.copies.entry(date).or_default();
        *copies = copies.saturating_add(1);
        if known <= before {
            return;
        }
        let sum = self.days.get_mut(&date).and_then(|models| models.get_mut(&*request.model));
        let Some((sum, cost)) = sum.zip(request.cost) else { return };
        let Some(cost) = sum.cost.checked_add(cost) else { return };
        sum.cost = cost;
        if before == Known::Nothing {
            sum.priced.add(request);
            sum.unpriced.take_away(request);
            self.unpriced = self.unpriced.saturating_sub(1);
        }
    }

    /// Says what each day and model came to, and everything else.
    pub(super) fn tell(self, teller: &Teller<'_>) -> Result<(), ReadError> {
        let Self { days, copies, requests, unpriced, elsewhere, unreadable, .. } = self;
        let mut rows = Vec::new();
        for (date, models) in days {
            for (model, Sum { cost, priced, unpriced }) in models {
                rows.extend(priced.row(date, &model, Some(cost)));
                rows.extend(unpriced.row(date, &model, None));
                if rows.len() >= ROWS_A_MESSAGE {
                    teller.part(Part::Rows(mem::take(&mut rows)))?;
                }
            }
        }
        if !rows.is_empty() {
            teller.part(Part::Rows(rows))?;
        }
        let copies: Vec<_> = copies.into_iter().collect();
        for some in copies.chunks(ROWS_A_MESSAGE) {
            teller.part(Part::Copies(some.to_vec()))?;
        }
        teller.part(Part::Rest { requests, unpriced, elsewhere, unreadable })
    }
}
