//! The requests of a day as a record of a machine holds them, and how much of them counts where several records hold the same
//! ones (F6): decided from all that they hold, never by which was read first.

use super::entry::Entry;
use super::mark::{Mark, MarkMap, MarkSet, Origin, Same};
use super::packed::Packed;
use super::sums::Sums;
use crate::observation::SpendRow;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// The requests of a day that a machine's record holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Day {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    models: Vec<OfModel>,
    /// Of any model: requests that began on this day and ended on the next, where they count. They take over those of the legacy
    /// extension's tasks, which are of the day on which they began.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    ended_later: Packed<Entry>,
    /// Requests to other providers, which Kilo doesn't bill: they count nowhere.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    elsewhere: Packed<Mark>,
    /// Requests of which nobody knows whose they are: they may be Kilo's.
    #[serde(default, skip_serializing_if = "Packed::is_empty")]
    unnamed: Packed<Mark>,
}

/// Those of a model.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct OfModel {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    model: String,
    requests: Packed<Entry>,
}

/// What was told of a day, in any order and several times.
#[derive(Default)]
pub(super) struct Told<'m> {
    pub requests: BTreeMap<&'m str, Vec<Entry>>,
    pub ended_later: Vec<Entry>,
    pub elsewhere: Vec<Mark>,
    pub unnamed: Vec<Mark>,
}

/// One order of requests, whatever they were read in, each once: of copies the one of whose cost most is known.
fn each_once(mut requests: Vec<Entry>) -> Packed<Entry> {
    // Hardly any is there twice: what else they say is looked at for those alone.
    let further = |entry: &Entry| (Reverse(entry.weight()), entry.same);
    requests.sort_unstable_by(|one, next| {
        one.mark.cmp(&next.mark).then_with(|| further(one).cmp(&further(next)))
    });
    requests.dedup_by_key(|entry| entry.mark);
    requests.into_iter().collect()
}

fn marks_once(mut marks: Vec<Mark>) -> Packed<Mark> {
    marks.sort_unstable();
    marks.dedup();
    marks.into_iter().collect()
}

impl Day {
    pub(super) fn of(told: Told<'_>) -> Self {
        let models = told
            .requests
            .into_iter()
            .map(|(model, requests)| OfModel { model: model.to_owned(), requests: each_once(requests) });
        Self {
            models: models.collect(),
            ended_later: each_once(told.ended_later),
            elsewhere: marks_once(told.elsewhere),
            unnamed: marks_once(told.unnamed),
        }
    }

    fn entries(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.models.iter().flat_map(|of| of.requests.iter().map(|entry| (&*of.model, entry)))
    }

    /// What it comes to if every request in it counts; none where it holds requests of tasks, or what a program wrote first and what
    /// a newer one wrote of it then, in another table or of the next day.
    fn all_of_it(&self, date: NaiveDate) -> Option<Vec<SpendRow>> {
        let mut sums = Sums::default();
        let mut same: Vec<Same> = self.ended_later.iter().filter_map(|entry| entry.same).collect();
        for of in &self.models {
            let sum = sums.of(&of.model);
            for entry in of.requests.iter() {
                if entry.mark.is_of_a_task() {
                    return None;
                }
                same.extend(entry.same);
                sum.add(entry.cost, (entry.input, entry.output));
            }
        }
        same.sort_unstable();
        let is_twice = same.windows(2).any(|two| matches!(two, [one, next] if one == next));
        (!is_twice).then(|| sums.rows(date))
    }

    /// Whether all of it, kept under that day since seconds were taken for milliseconds, stands on days of this record: requests of the
    /// same models, tokens and costs, since what they are one by was made of other moments.
    #[must_use]
    pub fn was_before_any(&self, date: NaiveDate, days: &BTreeMap<NaiveDate, Self>) -> bool {
        // What was a day then are a thousand.
        let since = date.signed_duration_since(NaiveDate::default()).num_days();
        let day = |number: i64| {
            let after = u64::try_from(since.checked_add(number)?.checked_mul(1000)?).ok()?;
            NaiveDate::default().checked_add_days(Days::new(after))
        };
        let Some((first, end)) = day(0).zip(day(1)) else { return false };
        let what = |entry: &Entry| (entry.cost, entry.input, entry.output);
        let mut left: HashMap<_, u64> = HashMap::new();
        for (model, entry) in self.entries() {
            let many = left.entry((model, what(&entry))).or_default();
            *many = many.saturating_add(1);
        }
        let mut unnamed = self.unnamed.count();
        for held in days.range(first..=end).map(|(_, held)| held) {
            unnamed = unnamed.saturating_sub(held.unnamed.count());
            for (model, entry) in held.entries() {
                if let Some(many) = left.get_mut(&(model, what(&entry))) {
                    *many = many.saturating_sub(1);
                }
            }
        }
        unnamed == 0 && left.values().all(|many| *many == 0)
    }

    /// The same with what was held before: a record forgets requests that somebody deletes, but what they cost was spent, and of
    /// copies the one that had a cost counts. A request that went on then ended since, under another mark; and of one that a
    /// newer program wrote anew what it says now counts.
    #[must_use]
    pub fn and(&self, before: &Self) -> Self {
        let mut told = Told::default();
        let mut here: MarkSet<Mark> = MarkSet::default();
        let mut last: MarkMap<Same, (bool, Mark)> = MarkMap::default();
        for (_, entry) in self.entries() {
            here.insert(entry.mark);
            last.extend(entry.same.map(|same| (same, (entry.goes_on, entry.mark))));
        }
        // One that has an end after midnight now is of the next day.
        last.extend(self.ended_later.iter().filter_map(|entry| Some((entry.same?, (false, entry.mark)))));
        let mut ended_before: MarkSet<Same> = MarkSet::default();
        for (model, entry) in before.entries() {
            let of_now = entry.same.and_then(|same| last.get(&same)).filter(|(_, mark)| *mark != entry.mark);
            // What says again that it goes on knows less than what said that it ended.
            if !entry.goes_on && of_now.is_some_and(|(goes_on, _)| *goes_on) {
                ended_before.extend(entry.same);
            } else if !here.contains(&entry.mark) && (entry.goes_on || of_now.is_some()) {
                continue;
            }
            told.requests.entry(model).or_default().push(entry);
        }
        for (model, entry) in self.entries() {
            if !entry.same.is_some_and(|same| ended_before.contains(&same)) {
                told.requests.entry(model).or_default().push(entry);
            }
        }
        told.ended_later = self.ended_later.iter().chain(before.ended_later.iter()).collect();
        told.elsewhere = self.elsewhere.iter().chain(before.elsewhere.iter()).collect();
        told.unnamed = self.unnamed.iter().chain(before.unnamed.iter()).collect();
        Self::of(told)
    }
}

/// What counts of a day in a record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By model.
    pub rows: Vec<SpendRow>,
    /// Requests to other providers, which Kilo doesn't bill: in no row.
    pub elsewhere: u64,
    /// Requests of which nobody knows whose they are: in no row.
    pub unnamed: u64,
}

/// A request that counts, with what it counts for.
struct Counted<'d> {
    place: usize,
    model: &'d str,
    entry: Entry,
    cost: Option<Decimal>,
}

/// What counts of a day in each of several records: each request once, in the first of those that know most of its cost.
#[must_use]
pub fn counting(date: NaiveDate, days: &[&Day]) -> Vec<Counts> {
    let alone = if let [alone] = days { alone.all_of_it(date) } else { None };
    let rows = alone.map_or_else(|| rows(date, days), |rows| vec![rows]);
    let elsewhere = first_told(days, |day| &day.elsewhere);
    let unnamed = first_told(days, |day| &day.unnamed);
    let counts = rows.into_iter().zip(elsewhere.into_iter().zip(unnamed));
    counts.map(|(rows, (elsewhere, unnamed))| Counts { rows, elsewhere, unnamed }).collect()
}

/// How many marks of each day none of those before it has.
fn first_told(days: &[&Day], marks: fn(&Day) -> &Packed<Mark>) -> Vec<u64> {
    let mut known: MarkSet<Mark> = MarkSet::default();
    let is_one = days.len() == 1;
    let new = |day: &&Day| {
        let is_new = |mark: &Mark| is_one || known.insert(*mark);
        u64::try_from(marks(day).iter().filter(is_new).count()).unwrap_or(u64::MAX)
    };
    days.iter().map(new).collect()
}

fn rows(date: NaiveDate, days: &[&Day]) -> Vec<Vec<SpendRow>> {
    let mut counted: MarkMap<Mark, Counted<'_>> = MarkMap::default();
    for (place, day) in days.iter().enumerate() {
        for (model, entry) in day.entries() {
            let known = counted.get(&entry.mark);
            if known.is_none_or(|known| known.entry.weight() < entry.weight()) {
                counted.insert(entry.mark, Counted { place, model, entry, cost: entry.cost });
            }
        }
    }
    last_written(&mut counted, days);
    take_over(&mut counted, days.iter().flat_map(|day| day.ended_later.iter()));
    let mut sums: Vec<Sums<'_>> = days.iter().map(|_| Sums::default()).collect();
    for Counted { place, model, entry, cost } in counted.into_values() {
        if let Some(sums) = sums.get_mut(place) {
            sums.of(model).add(cost, (entry.input, entry.output));
        }
    }
    sums.into_iter().map(|sums| sums.rows(date)).collect()
}

/// Has a message count once of which records hold what a program wrote first and what a newer one wrote of it then. Where any
/// says that it ended after midnight it counts on the next day: there nobody sees what stands here.
fn last_written(counted: &mut MarkMap<Mark, Counted<'_>>, days: &[&Day]) {
    let of_the_next: MarkSet<Same> =
        days.iter().flat_map(|day| day.ended_later.iter()).filter_map(|entry| entry.same).collect();
    let mut last: MarkMap<Same, Entry> = MarkMap::default();
    for entry in days.iter().flat_map(|day| day.entries().map(|(_, entry)| entry)) {
        let Some(same) = entry.same else { continue };
        let known = last.entry(same).or_insert(entry);
        if known.finality() < entry.finality() {
            *known = entry;
        }
    }
    for entry in days.iter().flat_map(|day| day.entries().map(|(_, entry)| entry)) {
        let stays =
            |same| !of_the_next.contains(&same) && last.get(&same).is_none_or(|last| last.mark == entry.mark);
        if !entry.same.is_none_or(stays) {
            counted.remove(&entry.mark);
        }
    }
}

/// Has requests of tasks that another program took over count there; where the task alone knows the cost, with that. One that
/// ended on the next day counts on that; where the task alone knows the cost, it is spent here.
fn take_over(counted: &mut MarkMap<Mark, Counted<'_>>, ended_later: impl Iterator<Item = Entry>) {
    let (tasks, messages): (Vec<_>, Vec<_>) = counted
        .values()
        .map(|counted| (counted.entry.weight(), counted.entry.mark))
        .partition(|(_, mark)| mark.is_of_a_task());
    if tasks.is_empty() {
        return;
    }
    let mut best: MarkMap<Origin, _> = MarkMap::default();
    let elsewhere = ended_later.map(|entry| (entry.weight(), entry.mark));
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
