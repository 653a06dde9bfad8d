//! What a worker told of requests, gathered by day in as little room as it takes.

use super::day::{Day, Told, counting};
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

/// What a day takes beside its requests, and a sum of it beside the model's name.
const BYTES_A_DAY: usize = size_of::<(NaiveDate, Day)>() + size_of::<SpendRow>() + 64;
/// What a model of a day takes beside its requests.
const BYTES_A_MODEL: usize = size_of::<(usize, Packed<Entry>)>() + 32;
/// While a day is put in order each of its requests takes so much more.
const BYTES_A_REQUEST: usize = size_of::<Entry>();

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
        (models, requests): (&[usize], &Packed<Entry>),
        (file, counter): (&Path, &mut Counter<'_>),
    ) -> Result<(), ReadError> {
        let known = self.models.len();
        let mut entries = requests.iter();
        counter.keeps(file, requests.size())?;
        let day = self.day(date, file, counter)?;
        let mut new_models = 0_usize;
        for (model, entry) in models.iter().zip(entries.by_ref()) {
            if *model >= known {
                return Err(damaged(file));
            }
            let of_model = day.requests.entry(*model).or_insert_with(|| {
                new_models = new_models.saturating_add(1);
                Packed::default()
            });
            of_model.push(&entry);
            day.count = day.count.saturating_add(1);
        }
        let takes = day.count.saturating_mul(BYTES_A_REQUEST);
        if entries.next().is_some() {
            return Err(damaged(file));
        }
        counter.keeps(file, new_models.saturating_mul(BYTES_A_MODEL))?;
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
        requests.iter().for_each(|entry| day.ended_later.push(&entry));
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
        marks.iter().for_each(|mark| kept.push(&mark));
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
        let mut gathering = Gathering::default();
        for (date, of_day) in days {
            let OfDay { requests, ended_later, elsewhere, unnamed, .. } = of_day;
            let named = requests.into_iter().filter_map(|(model, requests)| {
                Some((models.get(model)?.as_str(), requests.iter().collect()))
            });
            let day = Day::of(Told {
                requests: named.collect(),
                ended_later: ended_later.iter().collect(),
                elsewhere: elsewhere.iter().collect(),
                unnamed: unnamed.iter().collect(),
            });
            for counts in counting(date, &[&day]) {
                gathering.rows.extend(counts.rows);
                gathering.elsewhere = gathering.elsewhere.saturating_add(counts.elsewhere);
                gathering.unnamed = gathering.unnamed.saturating_add(counts.unnamed);
            }
            gathering.days.insert(date, day);
        }
        gathering
    }
}

fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("reading-makes-no-sense") }
}

/// Days with what they hold, and rows of what counts.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) days: BTreeMap<NaiveDate, Day>,
    pub(super) rows: Vec<SpendRow>,
    pub(super) elsewhere: u64,
    pub(super) unnamed: u64,
}
