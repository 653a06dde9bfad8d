//! What was used over time: bars, each split into the parts that most of it went to.

use super::calendar::{Asked, bar_of, last_of};
use super::pieces::{Group, Part, Piece, sum_of};
use crate::answers::{CountedView, Unit, UsageBar, UsageBy, UsageLayer, UsageStep};
use chrono::{Datelike, NaiveDate};
use headroom_billing::pieces::Sum;
use std::collections::BTreeMap;

/// So many parts of a bar are told from everything else.
const LAYERS: usize = 5;

/// What bars are made of.
pub(super) struct Over<'o> {
    pub pieces: &'o [Piece],
    pub asked: Asked,
    pub unit: Unit,
    pub split: Option<UsageBy>,
    /// The same days of the month before.
    pub before: &'o [Piece],
    pub counted: Option<&'o CountedView>,
    /// Whether the bars are what is counted: nothing is recorded.
    pub is_counted: bool,
}

/// The parts of the bars, from the ground up.
fn layers(over: &Over<'_>) -> Vec<UsageLayer> {
    let Some(group) = over.split.and_then(|by| Group::by_name(over.pieces, by)) else { return Vec::new() };
    let many = group.parts.len();
    let named = group.parts.iter().filter(|part| part.name.is_some() || over.split != Some(UsageBy::Session));
    let layer = |part: &Part| UsageLayer { name: part.name.clone(), title: part.title.clone(), rest: false };
    let mut layers: Vec<_> = named.take(LAYERS).map(layer).collect();
    if layers.len() < many {
        layers.push(UsageLayer { name: None, title: None, rest: true });
    }
    layers
}

/// What of a bar's pieces is in each layer.
fn split(pieces: &[&Piece], layers: &[UsageLayer], by: UsageBy, unit: Unit) -> Vec<String> {
    let mut sums = vec![Sum::default(); layers.len()];
    for piece in pieces {
        let name = piece.name(by);
        let place = layers.iter().position(|layer| !layer.rest && layer.name.as_deref() == name);
        if let Some(sum) = sums.get_mut(place.unwrap_or(layers.len().saturating_sub(1))) {
            piece.add_to(sum);
        }
    }
    sums.into_iter().map(|sum| unit.written(sum.amount.unwrap_or_default())).collect()
}

/// The bars and what their parts are.
pub(super) fn bars(over: &Over<'_>) -> (Vec<UsageLayer>, Vec<UsageBar>) {
    let step = over.asked.step();
    let layers = layers(over);
    let mut of: BTreeMap<NaiveDate, Vec<&Piece>> = BTreeMap::new();
    for piece in over.pieces {
        of.entry(bar_of(step, piece.date)).or_default().push(piece);
    }
    let by_day = step == UsageStep::Day;
    let mut before: BTreeMap<u32, Sum> = BTreeMap::new();
    for piece in over.before.iter().filter(|_| by_day) {
        piece.add_to(before.entry(piece.date.day()).or_default());
    }
    let counted = |date: &str| {
        let days = over.counted.iter().flat_map(|counted| &counted.days);
        days.filter(|_| by_day).find(|day| day.date == date).cloned()
    };
    let mut bars = Vec::new();
    let mut first = bar_of(step, over.asked.first);
    while first <= over.asked.last {
        let pieces = of.remove(&first).unwrap_or_default();
        let sum = sum_of(pieces.iter().copied());
        let last = last_of(step, first);
        let counted = counted(&first.to_string());
        let recorded = sum.amount.map(|amount| over.unit.written(amount));
        let before = before.get(&first.day()).and_then(|sum| sum.amount);
        bars.push(UsageBar {
            from: first.max(over.asked.first).to_string(),
            to: last.min(over.asked.last).to_string(),
            amount: if over.is_counted {
                counted.as_ref().and_then(|day| day.used.clone())
            } else {
                recorded
            },
            layers: over.split.map(|by| split(&pieces, &layers, by, over.unit)).unwrap_or_default(),
            count: sum.counted(),
            unknown: sum.unknown,
            before: before.map(|amount| over.unit.written(amount)),
            counted,
        });
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    (layers, bars)
}
