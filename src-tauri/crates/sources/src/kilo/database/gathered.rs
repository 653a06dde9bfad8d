//! What a worker told of requests, gathered by day in as little room as it takes.

use super::day::{Counts, Day, Told, counting};
use super::entry::Entry;
use super::mark::Mark;
use super::packed::Packed;
use crate::files::table_file::{Counter, ReadError};
use crate::observation::SpendRow;
use chrono::NaiveDate;
use headroom_exact::say;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::{iter, panic, thread};

/// What a day takes beside its requests, and a sum of it beside the model's name.
const BYTES_A_DAY: usize = size_of::<(NaiveDate, Day, Counts)>() + 2 * size_of::<SpendRow>() + 128;
/// What a model of a day takes beside its requests.
const BYTES_A_MODEL: usize = size_of::<(usize, Packed<Entry>)>() + 32;
/// So many days are put in order at once.
const AT_ONCE: usize = 2;
/// While a day is put in order each of its requests takes so much more.
const BYTES_A_REQUEST: usize = size_of::<Entry>().saturating_mul(AT_ONCE);

/// Requests as they were told, by day and by the place of each one's model.
#[derive(Default)]
pub(super) struct Gathered {
    models: Vec<String>,
    days: BTreeMap<NaiveDate, OfDay>,
    /// What the day with the most requests takes while it is put in order.
    largest: usize,
}

/// What was told of a day.
#[derive(Default)]
struct OfDay {
    requests: BTreeMap<usize, Packed<Entry>>,
    count: usize,
    ended_later: Packed<Entry>,
    elsewhere: Packed<Mark>,
    unnamed: Packed<Mark>,
}

/// Where the marks of a day stand that count nowhere.
#[derive(Clone, Copy)]
pub(super) enum Uncounted {
    Elsewhere,
    Unnamed,
}

impl Gathered {
    /// A model that requests name by its place.
    pub(super) fn model(
        &mut self,
        model: String,
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        counter.keeps(file, model.len().saturating_add(size_of::<String>()))?;
        self.models.push(model);
        Ok(())
    }

    pub(super) fn add(
        &mut self,
        date: NaiveDate,
        requests: &[(usize, Packed<Entry>)],
        (file, counter): (&Path, &mut Counter<'_>),
    ) -> Result<(), ReadError> {
        let known = self.models.len();
        let day = self.day(date, file, counter)?;
        for (model, requests) in requests {
            if *model >= known {
                return Err(damaged(file));
            }
            counter.keeps(file, requests.size())?;
            let of_model = match day.requests.entry(*model) {
                MapEntry::Occupied(of_model) => of_model.into_mut(),
                MapEntry::Vacant(of_model) => {
                    counter.keeps(file, BYTES_A_MODEL)?;
                    of_model.insert(Packed::default())
                }
            };
            of_model.append(requests);
            day.count = day.count.saturating_add(requests.count());
        }
        let takes = day.count.saturating_mul(BYTES_A_REQUEST);
        counter.keeps(file, takes.saturating_sub(self.largest))?;
        self.largest = self.largest.max(takes);
        Ok(())
    }

    /// A request that began on this day and is of the next.
    pub(super) fn ended_later(
        &mut self,
        began: NaiveDate,
        requests: &Packed<Entry>,
        (file, counter): (&Path, &mut Counter<'_>),
    ) -> Result<(), ReadError> {
        counter.keeps(file, requests.size())?;
        let day = self.day(began, file, counter)?;
        day.ended_later.append(requests);
        Ok(())
    }

    /// Requests of a day that count nowhere.
    pub(super) fn uncounted(
        &mut self,
        date: NaiveDate,
        (which, marks): (Uncounted, &Packed<Mark>),
        (file, counter): (&Path, &mut Counter<'_>),
    ) -> Result<(), ReadError> {
        counter.keeps(file, marks.size())?;
        let day = self.day(date, file, counter)?;
        let kept = match which {
            Uncounted::Elsewhere => &mut day.elsewhere,
            Uncounted::Unnamed => &mut day.unnamed,
        };
        kept.append(marks);
        Ok(())
    }

    fn day(
        &mut self,
        date: NaiveDate,
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<&mut OfDay, ReadError> {
        match self.days.entry(date) {
            MapEntry::Occupied(day) => Ok(day.into_mut()),
            MapEntry::Vacant(day) => {
                counter.keeps(file, BYTES_A_DAY)?;
                Ok(day.insert(OfDay::default()))
            }
        }
    }

    /// Each day as it is kept, and what counts of it.
    pub(super) fn end(self) -> Gathering {
        let Self { models, days, .. } = self;
        let days = Mutex::new(days.into_iter());
        let next = || days.lock().unwrap_or_else(PoisonError::into_inner).next();
        let put_in_order =
            || iter::from_fn(next).map(|(date, of_day)| (date, of_day.in_order(date, &models)));
        let in_order: BTreeMap<_, _> = thread::scope(|scope| {
            // Where no thread can be had this one does all of it.
            let beside: Vec<_> = (1..AT_ONCE)
                .filter_map(|_| {
                    let thread = thread::Builder::new();
                    thread.spawn_scoped(scope, || put_in_order().collect::<Vec<_>>()).ok()
                })
                .collect();
            let mut all: BTreeMap<_, _> = put_in_order().collect();
            for thread in beside {
                all.extend(thread.join().unwrap_or_else(|mistake| panic::resume_unwind(mistake)));
            }
            all
        });
        let mut gathering = Gathering::default();
        for (date, (day, counts)) in in_order {
            gathering.rows.extend(counts.rows.iter().cloned());
            gathering.elsewhere = gathering.elsewhere.saturating_add(counts.elsewhere);
            gathering.unnamed = gathering.unnamed.saturating_add(counts.unnamed);
            gathering.days.insert(date, day);
            gathering.counts.insert(date, counts);
        }
        gathering
    }
}

impl OfDay {
    /// As it is kept, with what counts of it.
    fn in_order(self, date: NaiveDate, models: &[String]) -> (Day, Counts) {
        let Self { requests, ended_later, elsewhere, unnamed, .. } = self;
        let named = requests
            .into_iter()
            .filter_map(|(model, requests)| Some((models.get(model)?.as_str(), requests.iter().collect())));
        let day = Day::of(Told {
            requests: named.collect(),
            ended_later: ended_later.iter().collect(),
            elsewhere: elsewhere.iter().collect(),
            unnamed: unnamed.iter().collect(),
        });
        let counts = counting(date, &[&day]).pop().unwrap_or_default();
        (day, counts)
    }
}

fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("reading-makes-no-sense").into() }
}

/// Days with what they hold, and rows of what counts.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) days: BTreeMap<NaiveDate, Day>,
    pub(super) counts: BTreeMap<NaiveDate, Counts>,
    pub(super) rows: Vec<SpendRow>,
    pub(super) elsewhere: u64,
    pub(super) unnamed: u64,
}
