//! Requests summed by model.

use crate::observation::SpendRow;
use crate::wire::number;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Tokens that went in, and those that came out.
type Tokens = (Option<u64>, Option<u64>);

/// The requests of a day while they are summed, by model.
#[derive(Default)]
pub(super) struct Sums<'m>(BTreeMap<&'m str, Sum>);

#[derive(Default)]
pub(super) struct Sum {
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

fn add_to(sum: &mut Option<u64>, more: Option<u64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}

impl Counts {
    fn add(&mut self, (input, output): Tokens) {
        self.requests = self.requests.saturating_add(1);
        add_to(&mut self.input, input);
        add_to(&mut self.output, output);
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

impl Sum {
    pub(super) fn add(&mut self, cost: Option<Decimal>, tokens: Tokens) {
        match cost.and_then(|cost| self.cost.checked_add(cost)) {
            Some(cost) => {
                self.cost = cost;
                self.priced.add(tokens);
            }
            None => self.unpriced.add(tokens),
        }
    }
}

impl<'m> Sums<'m> {
    /// The sum of a model.
    pub(super) fn of(&mut self, model: &'m str) -> &mut Sum {
        self.0.entry(model).or_default()
    }

    /// What each model came to.
    pub(super) fn rows(self, date: NaiveDate) -> Vec<SpendRow> {
        let rows = self.0.into_iter().flat_map(|(model, Sum { cost, priced, unpriced })| {
            [priced.row(date, model, Some(cost)), unpriced.row(date, model, None)]
        });
        rows.flatten().collect()
    }
}
