//! The requests of a day as a record of a machine holds them, and how much of them counts where several records hold the same
//! ones (F6): decided from all that they hold, never by which was read first.

use super::mark::{Mark, Origin};
use super::message::Request;
use super::sums::Sums;
use crate::observation::SpendRow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is known of a request's cost: of copies the one that has a cost counts, so the greater one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Known {
    /// It is said to be none, as in copies that a fork makes, whatever the request cost.
    Zero,
    /// It isn't said.
    Nothing,
    /// It has one.
    Cost,
}

impl Known {
    pub(super) fn of(cost: Option<Decimal>) -> Self {
        cost.map_or(Self::Nothing, |cost| if cost.is_zero() { Self::Zero } else { Self::Cost })
    }
}

/// A request: by what it is known again, dollars, tokens that went in and that came out; none of what isn't said. And whether
/// it goes on: once it ended it has another mark.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Entry(
    Mark,
    Option<Decimal>,
    Option<u64>,
    Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")] bool,
);

impl Entry {
    pub(super) fn of(request: &Request<'_>, mark: Mark) -> Self {
        let (input, output) = request.tokens();
        Self(mark, request.cost.map(|cost| cost.normalize()), input, output, request.goes_on())
    }

    pub(super) const fn cost(&self) -> Option<Decimal> {
        self.1
    }

    pub(super) const fn tokens(&self) -> (Option<u64>, Option<u64>) {
        (self.2, self.3)
    }

    /// How much is known of its cost: of two copies the one that has more counts.
    fn weight(&self) -> (Known, Option<Decimal>) {
        (Known::of(self.1), self.1)
    }
}

/// The requests of a day that a machine's record holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(Vec<OfModel>);

/// Those of a model.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct OfModel {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    model: String,
    requests: Vec<Entry>,
    /// Of any model, and behind all others: requests that began on this day and ended on the next, where they count. They take
    /// over those of the legacy extension's tasks, which are of the day on which they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ended_later: Vec<Entry>,
}

/// One order of requests, whatever they were read in, each once: of copies the one of whose cost most is known.
fn each_once(requests: &mut Vec<Entry>) {
    requests.sort_unstable_by(|one, other| (one.0, other.weight()).cmp(&(other.0, one.weight())));
    requests.dedup_by_key(|entry| entry.0);
}

impl Day {
    /// Of requests with their models, and of those that began on this day and are of the next; each may be there several times.
    pub(super) fn of<'m>(
        requests: impl IntoIterator<Item = (&'m str, Entry)>,
        mut ended_later: Vec<Entry>,
    ) -> Self {
        let mut models: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for (model, entry) in requests {
            models.entry(model).or_default().push(entry);
        }
        let models = models.into_iter().map(|(model, mut requests)| {
            each_once(&mut requests);
            OfModel { model: model.to_owned(), requests, ..OfModel::default() }
        });
        let mut day = Self(models.collect());
        if !ended_later.is_empty() {
            each_once(&mut ended_later);
            day.0.push(OfModel { ended_later, ..OfModel::default() });
        }
        day
    }

    fn ended_later(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().flat_map(|of| &of.ended_later)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().flat_map(|of| of.requests.iter().map(|entry| (&*of.model, entry)))
    }

    /// The same with what was held before: a record forgets requests that somebody deletes, but what they cost was spent, and of
    /// copies the one that had a cost counts. A request that went on then ended since, under another mark.
    #[must_use]
    pub fn and(&self, before: &Self) -> Self {
        let here: HashSet<_> = self.entries().map(|(_, entry)| entry.0).collect();
        let stays = |entry: &Entry| !entry.4 || here.contains(&entry.0);
        let before_it = before.entries().filter(|(_, entry)| stays(entry));
        let requests = self.entries().chain(before_it).map(|(model, entry)| (model, entry.clone()));
        Self::of(requests, self.ended_later().chain(before.ended_later()).cloned().collect())
    }
}

/// A request that counts, with what it counts for.
struct Counted<'d> {
    place: usize,
    model: &'d str,
    entry: &'d Entry,
    cost: Option<Decimal>,
}

/// What counts of a day in each of several records, by model: each request once, in the first of those that know most of its cost.
#[must_use]
pub fn counting(date: NaiveDate, days: &[&Day]) -> Vec<Vec<SpendRow>> {
    let mut counted: HashMap<Mark, Counted<'_>> = HashMap::new();
    for (place, day) in days.iter().enumerate() {
        for (model, entry) in day.entries() {
            let known = counted.get(&entry.0);
            if known.is_none_or(|known| known.entry.weight() < entry.weight()) {
                counted.insert(entry.0, Counted { place, model, entry, cost: entry.cost() });
            }
        }
    }
    take_over(&mut counted, days.iter().flat_map(|day| day.ended_later()));
    let mut sums: Vec<Sums<'_>> = days.iter().map(|_| Sums::default()).collect();
    for Counted { place, model, entry, cost } in counted.into_values() {
        if let Some(sums) = sums.get_mut(place) {
            sums.add(model, cost, entry.tokens());
        }
    }
    sums.into_iter().map(|sums| sums.rows(date)).collect()
}

/// Has requests of tasks that another program took over count there; where the task alone knows the cost, with that. One that
/// ended on the next day counts on that; where the task alone knows the cost, it is spent here.
fn take_over<'d>(counted: &mut HashMap<Mark, Counted<'d>>, ended_later: impl Iterator<Item = &'d Entry>) {
    let (tasks, messages): (Vec<_>, Vec<_>) = counted
        .values()
        .map(|counted| (counted.entry.weight(), counted.entry.0))
        .partition(|(_, mark)| mark.is_of_a_task());
    if tasks.is_empty() {
        return;
    }
    let mut best: HashMap<Origin, _> = HashMap::new();
    let elsewhere = ended_later.map(|entry| (entry.weight(), entry.0));
    for message in messages.into_iter().chain(elsewhere) {
        let known = best.entry(message.1.origin()).or_insert(message);
        *known = message.max(*known);
    }
    for ((known, cost), task) in tasks {
        let Some(((known_there, _), message)) = best.get(&task.origin()) else { continue };
        let knows_more = known > *known_there;
        match counted.get_mut(message) {
            Some(message) if knows_more => message.cost = cost,
            None if knows_more => continue,
            _ => {}
        }
        counted.remove(&task);
    }
}
