//! What a worker told of requests, gathered by day in as little room as it takes.

use super::day::{Day, Entry, counting};
use crate::files::table_file::{Counter, ReadError};
use crate::observation::SpendRow;
use chrono::NaiveDate;
use headroom_exact::say;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a day takes beside its requests, and a sum of it beside the model's name.
const BYTES_A_DAY: usize = size_of::<(NaiveDate, String)>() + size_of::<SpendRow>() + 64;

/// Requests as they were told: each day's as JSON, one behind the other.
#[derive(Default)]
pub(super) struct Gathered {
    models: Vec<String>,
    days: BTreeMap<NaiveDate, Vec<u8>>,
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
        (date, model, entry): &(NaiveDate, usize, Entry),
        file: &Path,
        counter: &mut Counter<'_>,
    ) -> Result<(), ReadError> {
        let before = self.days.len();
        let day = self.days.entry(*date).or_default();
        let had = day.len();
        serde_json::to_writer(&mut *day, &(model, entry)).map_err(|_| damaged(file))?;
        let more = day.len().saturating_sub(had);
        let is_new = self.days.len() > before;
        counter.keeps(file, more.saturating_add(if is_new { BYTES_A_DAY } else { 0 }))
    }

    /// Each day as it is kept, and what counts of it.
    pub(super) fn end(self, file: &Path) -> Result<Gathering, ReadError> {
        let Self { models, days } = self;
        let mut gathering = Gathering::default();
        for (date, told) in days {
            let entries = serde_json::Deserializer::from_slice(&told).into_iter::<(usize, Entry)>();
            let named = entries.map(|told| {
                let (model, entry) = told.ok()?;
                Some((models.get(model)?.as_str(), entry))
            });
            let named = named.collect::<Option<Vec<_>>>().ok_or_else(|| damaged(file))?;
            drop(told);
            let day = Day::of(named);
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

/// What counts of several records together, by day and model: a request that several hold counts once (F6).
pub fn together(records: &[&BTreeMap<NaiveDate, String>]) -> serde_json::Result<Vec<SpendRow>> {
    let dates: BTreeSet<_> = records.iter().flat_map(|days| days.keys().copied()).collect();
    let mut rows = Vec::new();
    for date in dates {
        let held = records.iter().filter_map(|days| days.get(&date)).map(|text| serde_json::from_str(text));
        let held = held.collect::<Result<Vec<Day>, _>>()?;
        rows.extend(counting(date, &held.iter().collect::<Vec<_>>()).into_iter().flatten());
    }
    Ok(rows)
}
