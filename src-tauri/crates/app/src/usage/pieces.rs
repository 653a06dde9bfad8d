//! Pieces of usage, and what they come to together: by the bar, by what tells them apart, by the day of a year.

use super::calendar::{bar_of, heat_from, last_of};
use crate::answers::{HeatDay, Unit, UsageBar, UsageBy, UsageGroup, UsagePart, UsageStep};
use crate::days::days_between;
use chrono::NaiveDate;
use headroom_billing::pieces::{Amount, Sum};
use std::collections::BTreeMap;

/// A piece of usage on a day: the smallest that a source tells apart.
pub(crate) struct Piece {
    pub date: NaiveDate,
    /// None where it isn't known.
    pub amount: Option<Amount>,
    pub count: Option<u64>,
    pub unknown: u32,
    pub model: Option<String>,
    pub user: Option<String>,
    pub client: Option<String>,
}

impl Unit {
    pub(crate) fn written(self, amount: Amount) -> String {
        match self {
            Self::Credits => amount.credits().to_string(),
            Self::Dollars => amount.dollars().to_string(),
        }
    }
}

/// What is known together of some pieces.
pub(crate) fn sum_of<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> Sum {
    let mut sum = Sum::default();
    for piece in pieces {
        piece.add_to(&mut sum);
    }
    sum
}

impl Piece {
    fn add_to(&self, sum: &mut Sum) {
        sum.add(self.amount, self.count, self.unknown);
    }
}

/// A part of what was used, told apart from the others by its name.
pub(crate) struct Part {
    /// None for what has none.
    pub name: Option<String>,
    pub amount: Amount,
    pub count: Option<u64>,
}

/// What was used, in parts.
pub(crate) struct Group {
    pub by: UsageBy,
    /// The most first.
    pub parts: Vec<Part>,
    /// What their shares are of.
    pub all: Amount,
}

impl Group {
    /// Of parts in any order.
    pub fn of(by: UsageBy, mut parts: Vec<Part>, all: Amount) -> Self {
        parts.sort_by(|one, other| other.amount.cmp(&one.amount).then_with(|| one.name.cmp(&other.name)));
        Self { by, parts, all }
    }

    /// The pieces by what they name; none where none of them names it.
    pub fn by_name(pieces: &[Piece], by: UsageBy) -> Option<Self> {
        let name = |piece: &Piece| match by {
            UsageBy::Model => piece.model.clone(),
            UsageBy::User => piece.user.clone(),
            UsageBy::Client => piece.client.clone(),
            UsageBy::Session => None,
        };
        let mut sums: BTreeMap<Option<String>, Sum> = BTreeMap::new();
        for piece in pieces {
            piece.add_to(sums.entry(name(piece)).or_default());
        }
        if sums.keys().all(Option::is_none) {
            return None;
        }
        let all = sum_of(pieces).amount.unwrap_or_default();
        let known = sums
            .into_iter()
            .filter_map(|(name, sum)| Some(Part { name, amount: sum.amount?, count: sum.counted() }));
        Some(Self::of(by, known.collect(), all))
    }

    pub fn answer(self, unit: Unit) -> UsageGroup {
        let part = |Part { name, amount, count }| UsagePart {
            name,
            amount: unit.written(amount),
            permille: amount.of(self.all),
            count,
        };
        UsageGroup { by: self.by, parts: self.parts.into_iter().map(part).collect() }
    }
}

pub(crate) fn bars(
    pieces: &[Piece],
    step: UsageStep,
    (from, to): (NaiveDate, NaiveDate),
    unit: Unit,
) -> Vec<UsageBar> {
    let mut sums: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for piece in pieces {
        piece.add_to(sums.entry(bar_of(step, piece.date)).or_default());
    }
    let mut bars = Vec::new();
    let mut first = bar_of(step, from);
    while first <= to {
        let sum = sums.remove(&first).unwrap_or_default();
        let last = last_of(step, first);
        bars.push(UsageBar {
            from: first.to_string(),
            to: last.min(to).to_string(),
            amount: sum.amount.map(|amount| unit.written(amount)),
            count: sum.counted(),
            unknown: sum.unknown,
        });
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    bars
}

/// A year of days; a day's level is its place among the days with usage, in quarters.
pub(crate) fn heat(pieces: &[Piece], today: NaiveDate, unit: Unit) -> Vec<HeatDay> {
    let mut sums: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    for piece in pieces {
        piece.add_to(sums.entry(piece.date).or_default());
    }
    let known = |date: &NaiveDate| sums.get(date).and_then(|sum| sum.amount);
    let mut used: Vec<_> = sums.keys().filter_map(known).filter(|amount| amount.is_positive()).collect();
    used.sort_unstable();
    let level = |amount: Amount| {
        let below = used.partition_point(|other| *other < amount);
        u8::try_from(below.saturating_mul(4).checked_div(used.len()).unwrap_or(0) + 1).unwrap_or(4).min(4)
    };
    days_between(heat_from(today), today)
        .map(|date| {
            let amount = known(&date);
            HeatDay {
                date: date.to_string(),
                amount: amount.map(|amount| unit.written(amount)),
                level: amount.filter(|amount| amount.is_positive()).map_or(0, level),
            }
        })
        .collect()
}
