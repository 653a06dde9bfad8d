//! A file's rows on their way into sums, whatever form they are kept in.

use super::amount::amount;
use super::form::{ADJUSTMENT, CLASS, CORRECTED, CORRECTION, Cells, LINE_TYPE, PAYER, PERIOD, REFUND, START};
use super::issue::Layout;
use super::key::{Key, account, amount_counts, charges, counts_nothing, key, month_of, texts};
use super::label::{Name, own};
use super::moment::{as_written, second};
use crate::files::table_file::{BadRows, Counter, ReadError};
use crate::files::written::{Comma, Commas};
use crate::wire::json::LONGEST_NAME;
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// One of Kiro's lines.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Line {
    /// Where its key is among those that were learned.
    pub place: u32,
    /// What makes it one (rule F1).
    pub id: u64,
    /// What stands in it.
    pub content: u64,
    /// Whether it has an id and an interval.
    pub has_id: bool,
    pub quantity: Decimal,
    pub cost: Decimal,
    /// Where it stands.
    pub row: u64,
}

/// Where lines go.
pub(super) trait Sink {
    /// A key that wasn't there before: the next place is its.
    fn learned(&mut self, key: Key, counter: &mut Counter<'_>) -> Result<(), ReadError>;
    /// A line.
    fn line(&mut self, line: Line, counter: &mut Counter<'_>) -> Result<(), ReadError>;
}

/// What the rows of a payer's month tell, of whatever product.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Month {
    pub payer: String,
    pub first_day: NaiveDate,
    /// When the usage of the newest began.
    pub newest: String,
    /// Whether each of Kiro's has an invoice; true where there are none.
    pub invoiced: bool,
    /// Rows of Kiro's that can't be read.
    pub unread: u64,
}

/// More months than any export has.
const MOST_MONTHS: usize = 4_096;

/// A file that is read.
pub(super) struct Reading<'r, 'w> {
    pub file: &'r Path,
    pub counter: &'r mut Counter<'w>,
    pub layout: Layout,
    /// What the commas in its amounts are.
    pub commas: Commas,
    /// Kiro's rows so far.
    pub of_kiro: u64,
    /// Those of them that can't be read.
    pub bad: BadRows,
    months: Vec<Month>,
    /// Rows that are of any of them.
    lost: u64,
    /// Which of them the last row was of, and the texts that said so.
    last: (usize, String, String),
    /// Payer, period and start of the last row of another product.
    before: [Vec<u8>; 3],
    sink: &'r mut dyn Sink,
    /// The texts of a row that was seen, and where its key is, if it has one: most rows repeat them.
    seen: HashMap<String, Option<Place>>,
    seen_bytes: usize,
    /// The keys that were learned.
    places: HashMap<Key, Place>,
    /// How many were, and the bytes that those take which are remembered.
    learned: u32,
    places_bytes: usize,
    /// Which part of an issue it is.
    part: Option<u32>,
    /// How often a line stood there that nothing tells from another, as far as it has no id and no user.
    repeated: HashMap<u64, u64>,
    text: String,
}

/// Where a key is, and a number for what it says.
#[derive(Clone, Copy)]
struct Place {
    index: u32,
    hash: u64,
    /// A number for its payer and month: an id is one among theirs alone (F1).
    of: u64,
    /// Whether the amount of such a row is one of months or credits.
    counts: bool,
    /// Whether such a row charges for something, unless it comes to less than nothing.
    charges: bool,
}

/// The most combinations of texts that are remembered, and the most bytes of them.
const MOST_SEEN: usize = 1 << 17;
const MOST_SEEN_BYTES: usize = 24 << 20;
/// The most bytes of keys that are remembered: room for a month of 50,000 users. One that was forgotten is learned again.
const MOST_PLACES_BYTES: usize = 24 << 20;
/// What a key takes beside its texts, and a number that is counted.
const BYTES_A_PLACE: usize = 2 * size_of::<(Key, Place)>() + 128;
const BYTES_A_NUMBER: usize = 40;

/// A number for something, the same in every process.
pub(super) fn hashed(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Whether a line has an id: with its interval it is one within its issue (F1).
pub(super) const fn is_an_id(id: &str, interval: &str) -> bool {
    !id.is_empty() && !interval.is_empty()
}

impl<'r, 'w> Reading<'r, 'w> {
    pub fn new(file: &'r Path, sink: &'r mut dyn Sink, counter: &'r mut Counter<'w>) -> Self {
        Self {
            file,
            counter,
            layout: Layout::Underscores,
            commas: Comma::Thousands.into(),
            of_kiro: 0,
            bad: BadRows::default(),
            months: Vec::new(),
            lost: 0,
            last: (usize::MAX, String::new(), String::new()),
            before: [const { Vec::new() }; 3],
            sink,
            seen: HashMap::new(),
            seen_bytes: 0,
            places: HashMap::new(),
            learned: 0,
            places_bytes: 0,
            part: Name::of(&own(Some(file))).part,
            repeated: HashMap::new(),
            text: String::new(),
        }
    }

    /// A row of another product, by its payer, period and start: most say the same of their month as the one before.
    pub fn any_row_of(&mut self, texts: [&[u8]; 3]) {
        if texts.iter().zip(&self.before).all(|(text, before)| *text == before.as_slice()) {
            return;
        }
        for (before, text) in self.before.iter_mut().zip(texts) {
            before.clear();
            before.extend_from_slice(text);
        }
        let [payer, period, start] = texts.map(|text| std::str::from_utf8(text).unwrap_or_default());
        self.any_row(payer, period, start);
    }

    /// Any row: of which payer's month it is. Of other products that is all that is read.
    pub fn any_row(&mut self, payer: &str, period: &str, start: &str) -> Option<&mut Month> {
        if payer.len() > LONGEST_NAME {
            return None;
        }
        let (period, start) = (&*as_written(period), &*as_written(start));
        let of = if period.is_empty() { start.get(..10).unwrap_or_default() } else { period };
        let (last, last_payer, last_period) = &self.last;
        let mut index = *last;
        if *last == usize::MAX || last_payer != payer || last_period != of {
            let month = month_of(of)?;
            let named = account(payer);
            let known = self.months.iter().position(|known| known.first_day == month && known.payer == named);
            index = known.unwrap_or(self.months.len());
            if known.is_none() {
                if index >= MOST_MONTHS {
                    return None;
                }
                let (payer, newest) = (named.into_owned(), String::new());
                self.months.push(Month { payer, first_day: month, newest, invoiced: true, unread: 0 });
            }
            self.last = (index, payer.to_owned(), of.to_owned());
        }
        let month = self.months.get_mut(index)?;
        // Usage of other months is billed late, or isn't what it says.
        let is_newer = start.get(..10) >= month.newest.get(..10) && start.get(..7) == of.get(..7);
        if is_newer && start.get(..19) != month.newest.get(..19) {
            let start = second(start);
            if start > month.newest {
                month.newest = start;
            }
        }
        Some(month)
    }

    /// A row that isn't as the others are: it is of the month that it names, if the file has that; else any can lack it.
    pub fn lost(&mut self, [payer, period, start]: [&str; 3], row: u64, reason: Saying) {
        self.bad.add(self.file, row, reason);
        let first_day = month_of(if period.is_empty() { start } else { period });
        let payer = account(payer);
        let is_its = |month: &&mut Month| Some(month.first_day) == first_day && month.payer == payer;
        match self.months.iter_mut().find(is_its) {
            Some(month) => month.unread = month.unread.saturating_add(1),
            None => self.lost = self.lost.saturating_add(1),
        }
    }

    /// What the file told of its months, once it is read.
    pub fn months(&mut self) -> Vec<Month> {
        let mut months = std::mem::take(&mut self.months);
        for month in &mut months {
            month.unread = month.unread.saturating_add(self.lost);
        }
        months
    }

    /// One of Kiro's rows; what the columns say that nobody sums is asked where it has no id.
    pub fn row(&mut self, cells: &Cells<'_>, row: u64, others: &dyn Fn() -> u64) -> Result<(), ReadError> {
        self.of_kiro = self.of_kiro.saturating_add(1);
        let mut cells = cells.map(str::trim);
        let is_corrected = |of: &&str| cells[LINE_TYPE].eq_ignore_ascii_case(of);
        if cells[CLASS].eq_ignore_ascii_case(CORRECTION) && CORRECTED.iter().any(is_corrected) {
            cells[LINE_TYPE] = ADJUSTMENT;
        }
        let cells = &cells;
        let [.., invoice, _] = cells;
        if let Some(month) = self.any_row(cells[PAYER], cells[PERIOD], cells[START]) {
            month.invoiced &= !invoice.is_empty();
        }
        match self.line(cells, row, others) {
            Ok(Ok(Some(line))) => self.sink.line(line, self.counter),
            Ok(Ok(None)) => Ok(()),
            Ok(Err(reason)) => {
                match self.any_row(cells[PAYER], cells[PERIOD], cells[START]) {
                    Some(month) => {
                        month.unread = month.unread.saturating_add(1);
                        self.bad.add(self.file, row, reason);
                    }
                    None => self.lost([cells[PAYER], "", ""], row, reason),
                }
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// A row as a line; none for what is no charge.
    fn line(
        &mut self,
        cells: &Cells<'_>,
        row: u64,
        others: &dyn Fn() -> u64,
    ) -> Result<Result<Option<Line>, Saying>, ReadError> {
        let [
            product,
            period,
            account,
            resource,
            usage_type,
            operation,
            kind,
            quantity,
            cost,
            currency,
            unit,
            payer,
            start,
            end,
            id,
            interval,
            invoice,
            class,
        ] = cells;
        let begun = as_written(start);
        let period = if period.is_empty() { begun.get(..10).unwrap_or(&begun) } else { period };
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        for part in [period, account, resource, usage_type, operation, kind, currency, unit, payer] {
            text.push_str(part);
            text.push('\0');
        }
        let place = match self.seen.get(text.as_str()).copied() {
            Some(known) => Ok(known),
            None => self.learn(cells, period, &text)?,
        };
        self.text = text;
        let place = match place {
            Ok(Some(place)) => place,
            Ok(None) => return Ok(Ok(None)),
            Err(reason) => return Ok(Err(reason)),
        };
        let commas = &self.commas;
        let read = |field: &str, text: &str| {
            amount(text, commas).map_err(|error| error.of(field, text, || say!("not-a-number", field, text)))
        };
        let amounts = || {
            // FOCUS counts nothing of what is bought.
            let needs_none = self.layout == Layout::Focus || counts_nothing(kind);
            let is_empty = quantity.trim().is_empty() && needs_none;
            let quantity = if is_empty { Decimal::ZERO } else { read("usage_amount", quantity)? };
            Ok((quantity, read("unblended_cost", cost)?))
        };
        let (quantity, cost) = match amounts() {
            Ok(amounts) => amounts,
            Err(reason) => return Ok(Err(reason)),
        };
        if place.charges && cost < Decimal::ZERO {
            let mut back = *cells;
            back[LINE_TYPE] = REFUND;
            return self.line(&back, row, others);
        }
        let content = hashed((place.hash, quantity, cost));
        let has_id = is_an_id(id, interval);
        let id = if has_id {
            hashed((place.of, id, interval))
        } else {
            let read = [product, resource, usage_type, operation, kind, unit, invoice, class, id, interval];
            let all = hashed((content, second(start), second(end), read, others()));
            if resource.is_empty() { self.once_more(all)? } else { all }
        };
        let quantity = if place.counts { quantity } else { Decimal::ZERO };
        Ok(Ok(Some(Line { place: place.index, id, content, has_id, quantity, cost, row })))
    }

    /// Without a user two people's fees look the same: such lines are as many as each part of an issue has of them.
    fn once_more(&mut self, line: u64) -> Result<u64, ReadError> {
        let lines = self.repeated.len();
        let times = self.repeated.entry(line).or_default();
        *times = times.wrapping_add(1);
        let key = hashed((line, *times, self.part));
        if self.repeated.len() > lines {
            self.counter.keeps(self.file, BYTES_A_NUMBER)?;
        }
        Ok(key)
    }

    /// Another table stands behind this one, in the same file: as of files without a number its lines that nothing tells apart are
    /// copies of those before, as many as either table has.
    pub fn another_behind(&mut self) {
        self.repeated = HashMap::new();
    }

    /// Finds out where rows with these texts belong.
    fn learn(
        &mut self,
        cells: &Cells<'_>,
        period: &str,
        text: &str,
    ) -> Result<Result<Option<Place>, Saying>, ReadError> {
        let place = match key(cells, period) {
            Ok(Some(key)) => {
                let [_, _, _, _, _, _, _, _, _, _, unit, ..] = cells;
                let counts = amount_counts(&key.4, unit);
                let charges = charges(&key.4);
                Some(Place { counts, charges, ..self.place(key)? })
            }
            Ok(None) => None,
            Err(reason) => return Ok(Err(reason)),
        };
        if self.seen.len() >= MOST_SEEN || self.seen_bytes >= MOST_SEEN_BYTES {
            self.seen = HashMap::new();
            self.seen_bytes = 0;
        }
        self.seen_bytes = self.seen_bytes.saturating_add(text.len());
        self.seen.insert(text.to_owned(), place);
        Ok(Ok(place))
    }

    fn place(&mut self, key: Key) -> Result<Place, ReadError> {
        if let Some(known) = self.places.get(&key) {
            return Ok(*known);
        }
        if self.places_bytes >= MOST_PLACES_BYTES {
            self.places = HashMap::new();
            self.places_bytes = 0;
        }
        let of = hashed((key.0, &key.5));
        let place = Place { index: self.learned, hash: hashed(&key), of, counts: false, charges: false };
        self.learned =
            self.learned.checked_add(1).ok_or_else(|| ReadError::TooMuch { path: self.file.to_owned() })?;
        self.places_bytes = self.places_bytes.saturating_add(BYTES_A_PLACE).saturating_add(texts(&key));
        self.sink.learned(key.clone(), self.counter)?;
        self.places.insert(key, place);
        Ok(place)
    }
}
