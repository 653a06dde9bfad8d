//! Credits beside the plan's that are used before them: a trial (K2) and what else was granted (N7), as stated or as the
//! vendor says (V5).

use super::Rules;
use super::pools::Pack;
use crate::model::calendar::{self, Time, month_around};
use crate::model::{Exact, Happening, consumed, decimal, whole};
use num_traits::{Signed, Zero};
use serde_json::Value;

/// A trial.
#[derive(Clone, PartialEq)]
pub(super) struct Trial {
    pub(super) granted: Exact,
    pub(super) used: Exact,
    pub(super) ends: Option<Time>,
    /// Whether the vendor says that it can be used.
    counts: bool,
}

impl Trial {
    pub(super) fn left(&self, at: Time) -> Exact {
        if !self.counts || self.ends.is_some_and(|end| end <= at) {
            return Exact::zero();
        }
        (self.granted - self.used).max(Exact::zero())
    }
}

/// What a task took before the plan.
pub(super) struct Share {
    pub(super) at: Time,
    pub(super) place: usize,
    pub(super) cost: Exact,
    pub(super) taken: Exact,
}

/// Everything beside the plan after what happened.
pub(super) struct Beside {
    pub(super) trial: Option<Trial>,
    /// What ends first first, each with what it gave.
    pub(super) grants: Vec<(Pack, Exact)>,
    shares: Vec<Share>,
    /// The place of the last answer that says another sum than was known, and when that was.
    said_otherwise: Option<(usize, Time)>,
}

impl Beside {
    pub(super) fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// What the month that starts there used of it, as far as that is known: since the vendor said something new of it.
    pub(super) fn in_month(&self, start: Time) -> Exact {
        let end = month_around(start).1;
        let since = self.said_otherwise.filter(|(_, at)| *at >= start).map_or(0, |(place, _)| place);
        let shares = self.shares.iter().filter(|share| share.at >= start && share.at < end);
        let shares = shares.filter(|share| share.place >= since);
        shares.fold(Exact::zero(), |sum, share| sum + share.taken)
    }
}

/// The rows of an answer of these kinds.
pub(super) fn rows<'e>(event: &'e Value, kind: &'e str) -> impl Iterator<Item = &'e Value> {
    event["pools"].as_array().into_iter().flatten().filter(move |row| row["kind"] == kind)
}

pub(super) fn amount(value: &Value) -> Option<Exact> {
    value.as_str().map(decimal)
}

pub(super) fn end_of(row: &Value) -> Option<Time> {
    row["expires_at"].as_str().map(calendar::read)
}

/// A row as a pool, with what is used of it.
pub(super) fn told(row: &Value, at: Time) -> (Pack, Exact) {
    let used = amount(&row["used"]).unwrap_or_else(Exact::zero);
    let pack = Pack {
        bought_at: at,
        ends: end_of(row),
        granted: amount(&row["credits"]).expect("credits"),
        before: used,
        counts: row["counts"] != false,
        is_told: true,
    };
    (pack, used)
}

/// In the order of use: what ends first first, last what stays.
pub(super) fn in_order(mut pools: Vec<(Pack, Exact)>) -> Vec<(Pack, Exact)> {
    pools.sort_by_key(|(pool, _)| (pool.ends.is_none(), pool.ends));
    pools
}

impl Pack {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.granted == other.granted && self.ends == other.ends
    }
}

/// Those that the vendor names as it says them, and those that were stated and it doesn't name; and whether that is any
/// news.
fn grants_after(known: Vec<(Pack, Exact)>, event: &Happening) -> (Vec<(Pack, Exact)>, bool) {
    let mut unnamed = known;
    let mut all = Vec::new();
    let mut news = false;
    for row in rows(&event.event, "bonus") {
        let (mut pool, used) = told(row, event.at);
        match unnamed.iter().position(|(known, _)| known.is_same(&pool)) {
            Some(same) => {
                let (known, given) = unnamed.remove(same);
                news |= given != used || known.counts != pool.counts;
                pool.bought_at = known.bought_at;
            }
            None => news = true,
        }
        all.push((pool, used));
    }
    news |= unnamed.iter().any(|(pool, _)| pool.is_told);
    all.extend(unnamed.into_iter().filter(|(pool, _)| !pool.is_told));
    (in_order(all), news)
}

impl Rules {
    /// Everything beside the plan, from the sign-up on.
    pub(super) fn beside(&self, past: &[Happening]) -> Beside {
        let trial = Trial {
            granted: whole(500),
            used: Exact::zero(),
            ends: Some(self.bonus_expires()),
            counts: true,
        };
        let trial = Some(trial).filter(|_| self.trial);
        let mut beside = Beside { trial, grants: Vec::new(), shares: Vec::new(), said_otherwise: None };
        for (place, event) in past.iter().enumerate() {
            match event.kind() {
                "usage" => self.take_beside(&mut beside, place, event),
                "grant" => {
                    let pool = Pack { is_told: false, ..told(&event.event, event.at).0 };
                    let given = pool.before;
                    beside.grants.push((pool, given));
                    beside.grants = in_order(std::mem::take(&mut beside.grants));
                }
                "opening_balance" => {
                    let trial = rows(&event.event, "trial").next().map(|row| {
                        let (pool, used) = told(row, event.at);
                        Trial { granted: pool.granted, used, ends: pool.ends, counts: pool.counts }
                    });
                    let (grants, news) = grants_after(std::mem::take(&mut beside.grants), event);
                    if news || trial != beside.trial {
                        beside.said_otherwise = Some((place, event.at));
                    }
                    (beside.trial, beside.grants) = (trial, grants);
                }
                _ => {}
            }
        }
        beside
    }

    fn take_beside(&self, beside: &mut Beside, place: usize, task: &Happening) {
        let cost = consumed(&task.event, self.lists.at(task.at));
        let mut wanted = cost;
        if let Some(trial) = &mut beside.trial {
            let taken = wanted.min(trial.left(task.at));
            trial.used += &taken;
            wanted -= taken;
        }
        for (pool, given) in &mut beside.grants {
            let taken = wanted.min(Self::left_of(pool, given, task.at));
            *given += &taken;
            wanted -= taken;
        }
        let taken = cost - wanted;
        beside.shares.push(Share { at: task.at, place, cost, taken });
    }

    /// Whether nothing of it can be used.
    pub(super) fn nothing_beside(&self, past: &[Happening], at: Time) -> bool {
        let beside = self.beside(past);
        let left = beside.trial.map_or_else(Exact::zero, |trial| trial.left(at));
        !left.is_positive()
            && beside.grants.iter().all(|(pool, given)| Self::left_of(pool, given, at).is_zero())
    }
}
