//! What a session says of credits outside its executions (`interfaces-2026.md` §1.5): always everything so far, so that the
//! last says it all, and each rise was at the row where it is.

use crate::observation::Id;
use crate::wire::number::hundredths;
use headroom_exact::{Credits, Moment};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// A row that tells main, delegated and auxiliary credits of a session apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// The row's id, the same in every copy of it.
    pub id: Id,
    /// When it was written.
    pub at: Moment,
    /// Everything so far that no execution holds.
    pub auxiliary: Decimal,
    /// Everything so far that subagents used, which executions hold too.
    pub delegated: Decimal,
    /// Whether it came with a fork from another session, whose it is.
    pub copied: bool,
}

/// Auxiliary credits that were used up to a row, since the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rise {
    /// The row's id.
    pub id: Id,
    /// When it was written.
    pub at: Moment,
    /// To 0.01, so that all of a session's rises come to what its last row says.
    pub credits: Credits,
    /// The same, exactly: a decimal.
    pub exact: String,
}

impl Split {
    /// How late a statement of a row is, and how much it says.
    fn rank(&self) -> impl Ord + use<> {
        (self.at, self.auxiliary, self.delegated)
    }

    /// One that was kept: its amounts as [`Split::kept`] gives them. None where they are no amounts.
    pub fn of_kept(id: &str, at: Moment, auxiliary: &str, delegated: &str) -> Option<Self> {
        let (auxiliary, delegated) = (auxiliary.parse().ok()?, delegated.parse().ok()?);
        Some(Self { id: id.into(), at, auxiliary, delegated, copied: false })
    }

    /// Its amounts as they are kept, exactly: auxiliary, then delegated.
    pub fn kept(&self) -> (String, String) {
        (self.auxiliary.to_string(), self.delegated.to_string())
    }
}

/// Of the rows of a file leaves one a row's id: the last, in its place.
pub(super) fn settle(splits: &mut Vec<Split>) {
    let mut known = HashSet::new();
    let mut last: Vec<_> = splits.iter().rev().map(|split| known.insert(&split.id)).collect();
    last.reverse();
    let mut last = last.into_iter();
    splits.retain(|_| last.next().unwrap_or_default());
}

/// The rows of two copies of a session, each once and in order: of one that both have, and tell differently, what is told
/// later or is more. Where each copy has rows that the other lacks, their moments tell the order.
pub fn joined(one: Vec<Split>, other: Vec<Split>) -> Vec<Split> {
    let ids = |of: &[Split]| of.iter().map(|split| split.id.clone()).collect::<HashSet<_>>();
    let (of_one, of_other) = (ids(&one), ids(&other));
    let (one_has_all, other_has_all) = (of_one.is_superset(&of_other), of_other.is_superset(&of_one));
    let is_first = match (one_has_all, other_has_all) {
        (true, true) | (false, false) => {
            let ranks = |of: &[Split]| of.iter().rev().map(Split::rank).collect::<Vec<_>>();
            ranks(&one).cmp(&ranks(&other)) != Ordering::Less
        }
        (is_first, _) => is_first,
    };
    let (mut rows, more) = if is_first { (one, other) } else { (other, one) };
    let mut places: HashMap<_, _> =
        rows.iter().enumerate().map(|(place, split)| (split.id.clone(), place)).collect();
    for split in more {
        let known = places.get(&split.id).and_then(|place| rows.get_mut(*place));
        match known {
            Some(known) if known.rank() < split.rank() => *known = split,
            Some(_) => {}
            None => {
                places.insert(split.id.clone(), rows.len());
                rows.push(split);
            }
        }
    }
    if !one_has_all && !other_has_all {
        rows.sort_by(|one, other| {
            one.rank().cmp(&other.rank()).then_with(|| one.id.to_string().cmp(&other.id.to_string()))
        });
    }
    rows
}

struct Step {
    id: Id,
    at: Moment,
    from: Decimal,
    to: Decimal,
}

/// A session's own auxiliary credits, where they were used: what its last row says less what came with a fork, not below
/// nothing. Where a later row says less, it corrects those before it.
pub fn rises(splits: &[Split]) -> Vec<Rise> {
    let base = splits.iter().rfind(|split| split.copied);
    let base = base.map_or(Decimal::ZERO, |split| split.auxiliary);
    let mut steps: Vec<Step> = Vec::new();
    for split in splits.iter().filter(|split| !split.copied) {
        let level = split.auxiliary.max(base);
        while steps.last().is_some_and(|step| step.from >= level) {
            steps.pop();
        }
        match steps.last_mut() {
            Some(step) if step.to >= level => step.to = level,
            last => {
                let from = last.map_or(base, |step| step.to);
                if level > from {
                    steps.push(Step { id: split.id.clone(), at: split.at, from, to: level });
                }
            }
        }
    }
    steps.into_iter().filter_map(Step::rise).collect()
}

/// Credits of a session's own executions that subagents used; none where it doesn't tell.
pub fn delegated(splits: &[Split]) -> Option<Credits> {
    let own = splits.iter().rfind(|split| !split.copied)?;
    let base = splits.iter().rfind(|split| split.copied);
    let base = base.map_or(Decimal::ZERO, |split| split.delegated);
    let own = own.delegated.checked_sub(base)?.max(Decimal::ZERO);
    hundredths(own).map(Credits::from_hundredths)
}

impl Step {
    fn rise(self) -> Option<Rise> {
        let hundredths = hundredths(self.to)?.checked_sub(hundredths(self.from)?)?;
        let exact = self.to.checked_sub(self.from)?.normalize().to_string();
        Some(Rise { id: self.id, at: self.at, credits: Credits::from_hundredths(hundredths), exact })
    }
}
