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
use std::hash::{BuildHasher, RandomState};
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
    priced: u64,
    requests: u64,
    input: Option<u64>,
    output: Option<u64>,
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
        let before =
            self.mark(request).and_then(|mark| self.known.insert(mark, known).map(|before| (mark, before)));
        if let Some((mark, before)) = before {
            self.known.insert(mark, before.max(known));
            if request.is_kilos() {
                self.add_copy(request, date, before, known);
            }
            return 0;
        }
        if !request.is_kilos() {
            self.elsewhere = self.elsewhere.saturating_add(1);
            return BYTES_A_REQUEST;
        }
        self.add_new(request, date).saturating_add(BYTES_A_REQUEST)
    }

    fn mark(&self, request: &Request<'_>) -> Option<Mark> {
        let identity = request.identity()?;
        let [first, second] = self.marks.each_ref().map(|state| state.hash_one(&identity));
        Some((u128::from(first) << 64 | u128::from(second)).to_le_bytes())
    }

    fn add_new(&mut self, request: &Request<'_>, date: NaiveDate) -> usize {
        let mut more = 0;
        let models = self.days.entry(date).or_default();
        if !models.contains_key(&*request.model) {
            more = BYTES_A_SUM.saturating_add(request.model.len());
            models.insert(request.model.to_string(), Sum::default());
        }
        let Some(sum) = models.get_mut(&*request.model) else { return more };
        match request.cost.and_then(|cost| sum.cost.checked_add(cost)) {
            Some(cost) => {
                sum.cost = cost;
                sum.priced = sum.priced.saturating_add(1);
            }
            None => self.unpriced = self.unpriced.saturating_add(1),
        }
        sum.requests = sum.requests.saturating_add(1);
        self.requests = self.requests.saturating_add(1);
        let (input, output) = request.tokens();
        add_to(&mut sum.input, input);
        add_to(&mut sum.output, output);
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
            sum.priced = sum.priced.saturating_add(1);
            self.unpriced = self.unpriced.saturating_sub(1);
        }
    }

    /// Says what each day and model came to, and everything else.
    pub(super) fn tell(self, teller: &Teller<'_>) -> Result<(), ReadError> {
        let Self { days, copies, requests, unpriced, elsewhere, unreadable, .. } = self;
        let mut rows = Vec::new();
        for (date, models) in days {
            for (model, sum) in models {
                rows.push(SpendRow {
                    date,
                    user: None,
                    model: (!model.is_empty()).then_some(model),
                    cost: (sum.priced > 0).then(|| number::dollars(sum.cost)).flatten(),
                    requests: Some(sum.requests),
                    input_tokens: sum.input,
                    output_tokens: sum.output,
                });
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
