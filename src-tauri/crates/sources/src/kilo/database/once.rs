//! The worker's part: each request is told once (F6), and again where a copy of it knows the cost.

use super::entry::{Entry, Known};
use super::mark::{Mark, MarkMap, Origin};
use super::message::{Timeless, Whose, day_of};
use super::packed::Packed;
use super::part::{Besides, Part};
use super::reach::Reaches;
use super::stated::{Model, Stated};
use crate::files::table_file::ReadError;
use crate::worker::Teller;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry as MapEntry;
use std::mem;

/// What it takes to know a request again.
const BYTES_A_REQUEST: usize = 24;
/// What a model takes beside its name.
const BYTES_A_MODEL: usize = size_of::<(String, usize)>();

/// Requests in a message to whoever started the worker.
const REQUESTS_A_MESSAGE: usize = 1024;

/// The requests that were told.
pub(super) struct Once<'t, 'o> {
    teller: &'t Teller<'o>,
    next: Next,
    models: MarkMap<String, usize>,
    /// By their days, since copies are of the same: what comes in the order of time is looked up among few.
    known: BTreeMap<NaiveDate, MarkMap<Mark, Known>>,
    /// Where tasks of the legacy extension are read too: the requests by what they are told again.
    origins: Option<MarkMap<Origin, Known>>,
    /// How many say the same of those that don't say when they were made.
    timeless: MarkMap<Mark, u32>,
    copies: BTreeMap<NaiveDate, u64>,
    unread: BTreeMap<Option<NaiveDate>, u64>,
    reaches: Vec<Reaches>,
}

/// Requests that are to be told next, of a day, by the places of their models.
#[derive(Default)]
struct Next {
    date: NaiveDate,
    requests: BTreeMap<usize, Packed<Entry>>,
    count: usize,
}

impl<'t, 'o> Once<'t, 'o> {
    /// With tasks of the legacy extension, which come last, or without any.
    pub(super) fn new(teller: &'t Teller<'o>, with_tasks: bool) -> Self {
        Self {
            teller,
            next: Next::default(),
            models: MarkMap::default(),
            known: BTreeMap::new(),
            origins: with_tasks.then(MarkMap::default),
            timeless: MarkMap::default(),
            copies: BTreeMap::new(),
            unread: BTreeMap::new(),
            reaches: Vec::new(),
        }
    }

    /// A message that can't be read, of the day of this moment where that is known.
    pub(super) fn unreadable(&mut self, at: Option<i64>) {
        let messages = self.unread.entry(at.and_then(day_of)).or_default();
        *messages = messages.saturating_add(1);
    }

    /// Something that wasn't read is missing on the day of this moment, or on one that nobody knows.
    pub(super) fn missing(&mut self, at: Option<i64>) {
        self.unread.entry(at.and_then(day_of)).or_default();
    }

    /// How far a task reaches.
    pub(super) fn reaches(&mut self, reach: Reaches) {
        self.reaches.push(reach);
    }

    /// Tells a request of this model, unless it was told; how many bytes more that takes.
    pub(super) fn add(&mut self, mut stated: Stated, model: &mut Model) -> Result<usize, ReadError> {
        let mut more = match stated.timeless.take() {
            None => self.remember_origin(&stated),
            Some(timeless) => {
                let (mark, more) = self.next_of(&timeless, (stated.entry.mark, &model.name));
                stated.entry.mark = mark;
                more
            }
        };
        let (known, mark) = (stated.known(), stated.entry.mark);
        let (before, is_better) = match self.known.entry(stated.date).or_default().entry(mark) {
            MapEntry::Vacant(place) => {
                place.insert(known);
                more = more.saturating_add(BYTES_A_REQUEST);
                (None, true)
            }
            MapEntry::Occupied(mut place) => {
                let before = *place.get();
                *place.get_mut() = before.max(known);
                (Some(before), before < known)
            }
        };
        let uncounted = match stated.whose {
            Whose::Kilos => None,
            Whose::Anothers => Some(Part::Elsewhere as fn(_, _) -> _),
            Whose::Unnamed => Some(Part::Unnamed as fn(_, _) -> _),
        };
        if let Some(part) = uncounted {
            if before.is_none() {
                self.teller.part(part(stated.date, [mark].into_iter().collect()))?;
            }
            return Ok(more);
        }
        if before.is_some() {
            self.leave_out(stated.date);
        }
        let told = if is_better { self.tell(&stated, model)? } else { 0 };
        Ok(more.saturating_add(told))
    }

    /// Tells a request of a task, unless another program took it over and knows as much; how many bytes more that takes.
    pub(super) fn add_task(&mut self, stated: &Stated, model: &str) -> Result<usize, ReadError> {
        let (known, origin) = (stated.known(), stated.entry.mark.origin());
        let origins = self.origins.get_or_insert_default();
        let before = origins.get(&origin).copied();
        if before.is_some() {
            self.leave_out(stated.date);
        }
        if before.is_some_and(|before| before >= known) {
            return Ok(0);
        }
        self.origins.get_or_insert_default().insert(origin, known);
        let more = if before.is_none() { BYTES_A_REQUEST } else { 0 };
        Ok(self.tell(stated, &mut Model::named(model))?.saturating_add(more))
    }

    fn leave_out(&mut self, date: NaiveDate) {
        let copies = self.copies.entry(date).or_default();
        *copies = copies.saturating_add(1);
    }

    /// Remembers by what a request would be told again in a task. What isn't Kilo's has its cost elsewhere.
    fn remember_origin(&mut self, stated: &Stated) -> usize {
        let Some(origins) = self.origins.as_mut() else { return 0 };
        let known = if stated.whose == Whose::Kilos { stated.known() } else { Known::Cost };
        let origin = stated.entry.mark.origin();
        let before = origins.get(&origin).copied();
        origins.insert(origin, before.map_or(known, |before| before.max(known)));
        if before.is_none() { BYTES_A_REQUEST } else { 0 }
    }

    /// The mark of a request that doesn't say when it was made: nobody knows whether one that says the same is a copy of it, so
    /// within a record none is.
    fn next_of(&mut self, timeless: &Timeless, (first, model): (Mark, &str)) -> (Mark, usize) {
        let which = self.timeless.entry(first).or_default();
        let (mark, more) = match *which {
            0 => (first, BYTES_A_REQUEST),
            which => (timeless.mark(model, which), 0),
        };
        *which = which.saturating_add(1);
        (mark, more)
    }

    fn tell(&mut self, stated: &Stated, model: &mut Model) -> Result<usize, ReadError> {
        let (place, more) = self.place(model)?;
        if self.next.date != stated.date || self.next.count >= REQUESTS_A_MESSAGE {
            self.tell_next()?;
        }
        if let Some(began) = stated.began {
            self.teller.part(Part::EndedLater(began, [stated.entry].into_iter().collect()))?;
        }
        self.next.date = stated.date;
        self.next.requests.entry(place).or_default().push(&stated.entry);
        self.next.count = self.next.count.saturating_add(1);
        Ok(more)
    }

    /// The place of a model among those that were told, which it is now; how many bytes more that takes.
    fn place(&mut self, model: &mut Model) -> Result<(usize, usize), ReadError> {
        let Model { name, place } = model;
        let known = place.or_else(|| self.models.get(name).copied());
        let new = self.models.len();
        let found = *place.insert(known.unwrap_or(new));
        if known.is_some() {
            return Ok((found, 0));
        }
        self.teller.part(Part::Model(name.clone()))?;
        self.models.insert(name.clone(), new);
        Ok((found, BYTES_A_MODEL.saturating_add(name.len())))
    }

    fn tell_next(&mut self) -> Result<(), ReadError> {
        let Next { date, requests, .. } = mem::take(&mut self.next);
        let requests: Vec<_> = requests.into_iter().collect();
        if requests.is_empty() { Ok(()) } else { self.teller.part(Part::Requests(date, requests)) }
    }

    /// Tells what is left.
    pub(super) fn end(mut self) -> Result<(), ReadError> {
        self.tell_next()?;
        let Self { teller, copies, unread, reaches, .. } = self;
        let (copies, unread): (Vec<_>, Vec<_>) = (copies.into_iter().collect(), unread.into_iter().collect());
        for some in copies.chunks(REQUESTS_A_MESSAGE) {
            teller.part(Part::Besides(Besides::Copies(some.to_vec())))?;
        }
        for some in unread.chunks(REQUESTS_A_MESSAGE) {
            teller.part(Part::Besides(Besides::Unread(some.to_vec())))?;
        }
        for some in reaches.chunks(REQUESTS_A_MESSAGE) {
            let mut told = Reaches::default();
            for reach in some {
                told.whole.extend(&reach.whole);
                told.cut.extend(&reach.cut);
            }
            teller.part(Part::Besides(Besides::Reaches(told)))?;
        }
        Ok(())
    }
}
