//! What a worker told of requests, gathered by day in as little room as it takes.

use super::day::{Day, Entry, counting};
use crate::files::table_file::{Counter, ReadError};
use crate::observation::SpendRow;
use chrono::NaiveDate;
use headroom_exact::say;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;
use std::path::Path;

/// What a day takes beside its requests, and a sum of it beside the model's name.
const BYTES_A_DAY: usize = size_of::<(NaiveDate, String)>() + size_of::<SpendRow>() + 64;
/// What a request takes; as text it is less.
const BYTES_A_REQUEST: usize = size_of::<(usize, Entry)>();

/// Requests as they were told, each with the place of its model, by day.
#[derive(Default)]
pub(super) struct Gathered {
    models: Vec<String>,
    days: BTreeMap<NaiveDate, Told>,
}

/// What was told of a day.
#[derive(Default)]
struct Told {
    requests: Vec<(usize, Entry)>,
    ended_later: Vec<Entry>,
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
        (date, requests): (NaiveDate, Vec<(usize, Entry)>),
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        if requests.iter().any(|(model, _)| *model >= self.models.len()) {
            return Err(damaged(file));
        }
        counter.keeps(file, requests.len().saturating_mul(BYTES_A_REQUEST))?;
        self.day(date, file, counter)?.requests.extend(requests);
        Ok(())
    }

    /// A request that began on this day and is of the next.
    pub(super) fn ended_later(
        &mut self,
        began: NaiveDate,
        entry: Entry,
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        counter.keeps(file, BYTES_A_REQUEST)?;
        self.day(began, file, counter)?.ended_later.push(entry);
        Ok(())
    }

    fn day(
        &mut self,
        date: NaiveDate,
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<&mut Told, ReadError> {
        match self.days.entry(date) {
            MapEntry::Occupied(day) => Ok(day.into_mut()),
            MapEntry::Vacant(day) => {
                counter.keeps(file, BYTES_A_DAY)?;
                Ok(day.insert(Told::default()))
            }
        }
    }

    /// Each day as it is kept, and what counts of it.
    pub(super) fn end(self, file: &Path) -> Result<Gathering, ReadError> {
        let Self { models, days } = self;
        let mut gathering = Gathering::default();
        for (date, Told { requests, ended_later }) in days {
            let named =
                requests.into_iter().filter_map(|(model, entry)| Some((models.get(model)?.as_str(), entry)));
            let day = Day::of(named, ended_later);
            gathering.rows.extend(counting(date, &[&day]).into_iter().flatten());
            gathering.days.insert(date, serde_json::to_string(&day).map_err(|_| damaged(file))?);
        }
        Ok(gathering)
    }
}

fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("reading-makes-no-sense") }
}

/// Days with what they hold, and rows of what counts.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) days: BTreeMap<NaiveDate, String>,
    pub(super) rows: Vec<SpendRow>,
}
