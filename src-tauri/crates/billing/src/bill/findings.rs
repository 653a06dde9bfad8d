//! What a comparison found, on its way to parts that add up.

use super::explanation::{BilledLine, Difference, NAMED_ROWS, Part, Reason, Row, RowItem};
use headroom_exact::{Cost, Money};
use std::collections::{BTreeMap, BTreeSet};

/// What was found, by reason; none for what nothing explains.
#[derive(Default)]
pub(super) struct Findings<'f>(BTreeMap<Option<Reason>, Vec<(BilledLine<'f>, RowItem)>>);

impl<'f> Findings<'f> {
    /// Adds a row. What is less than half a cent is rounding.
    pub fn add(&mut self, reason: Option<Reason>, row: (BilledLine<'f>, RowItem)) {
        if !row.0.cost.rounded().is_zero() {
            self.0.entry(reason).or_default().push(row);
        }
    }

    /// Adds a line that is a part by itself, however little it is.
    pub fn add_line(&mut self, reason: Option<Reason>, line: BilledLine<'f>, item: RowItem) {
        if line.cost != Cost::ZERO {
            self.0.entry(reason).or_default().push((line, item));
        }
    }

    /// The parts of a difference: what they don't make of it is rounding. None where there is nothing to tell.
    pub fn make(self, amount: Money) -> Option<Difference> {
        let mut parts: Vec<(Reason, Part)> = Vec::new();
        let mut unexplained = None;
        for (reason, rows) in self.0 {
            let part = part(rows);
            let says_something = !part.amount.is_zero() || part.rows.iter().any(|row| !row.amount.is_zero());
            match reason {
                Some(reason) if says_something => parts.push((reason, part)),
                None if says_something => unexplained = Some(part),
                Some(_) | None => {}
            }
        }
        let told = parts.iter().map(|(_, part)| part).chain(&unexplained).map(|part| part.amount).sum();
        let rounding = amount.minus(told);
        if !rounding.is_zero() {
            let part = Part { amount: rounding, users: 0, rows: Vec::new(), more: 0, rest: Money::ZERO };
            parts.push((Reason::Rounding, part));
        }
        let is_there = !amount.is_zero() || !parts.is_empty() || unexplained.is_some();
        is_there.then_some(Difference { amount, parts, unexplained })
    }
}

fn part(mut found: Vec<(BilledLine<'_>, RowItem)>) -> Part {
    let amount = found.iter().map(|(line, _)| line.cost).sum::<Cost>().rounded();
    let named: BTreeSet<_> =
        found.iter().map(|(line, _)| line.user).filter(|user| !user.is_empty()).collect();
    let users = named.len();
    found.sort_by(|(one, one_item), (other, other_item)| {
        let size = |cost: Cost| if cost < Cost::ZERO { Cost::ZERO.minus(cost) } else { cost };
        let key =
            |line: &BilledLine<'_>| (line.user.to_owned(), line.account.to_owned(), line.payer.to_owned());
        size(other.cost)
            .cmp(&size(one.cost))
            .then_with(|| key(one).cmp(&key(other)))
            .then_with(|| one_item.cmp(other_item))
    });
    // Naming all but one would save nothing.
    let count = if found.len() == NAMED_ROWS.saturating_add(1) { found.len() } else { NAMED_ROWS };
    let more = found.len().saturating_sub(count);
    let rows: Vec<_> = found.into_iter().take(count).map(row).collect();
    let told = rows.iter().map(|row| row.amount).sum();
    Part { amount, users, rest: if more > 0 { amount.minus(told) } else { Money::ZERO }, rows, more }
}

fn row((line, item): (BilledLine<'_>, RowItem)) -> Row {
    Row {
        payer: line.payer.to_owned(),
        account: line.account.to_owned(),
        user: line.user.to_owned(),
        item,
        amount: line.cost.rounded(),
    }
}
