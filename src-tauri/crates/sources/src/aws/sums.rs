//! The lines of an issue, each counted once and summed by month, account, user and kind.

use super::form::{BillLine, MonthBill, WHAT};
use super::issue::{Issue, Layout};
use super::key::{Key, texts};
use super::keys::{Keys, Seen};
use super::left_out::LeftOut;
use super::plan::Source;
use super::reading::{Line, Month, Sink};
use crate::files::table_file::{BadRows, Counter, ReadError};
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What is summed: months of a tier or credits, and dollars.
#[derive(Clone, Copy, Default)]
struct Sum {
    quantity: Decimal,
    cost: Decimal,
    /// Lines that are in it. Without any it isn't known, and not none.
    lines: u64,
    /// Those of them without an id.
    without_id: u64,
}

/// What the files of an issue tell of a payer's month.
#[derive(Default)]
struct OfMonth {
    newest: String,
    /// None before a row of Kiro's was seen.
    invoiced: Option<bool>,
    unread: u64,
    /// Lines without an id.
    without_id: u64,
}

/// The lines of an issue.
#[derive(Default)]
pub(super) struct Sums {
    keys: Keys,
    places: HashMap<Key, usize>,
    lines: Vec<Sum>,
    months: BTreeMap<(NaiveDate, String), OfMonth>,
    layout: Option<Layout>,
    /// Bytes that are kept of it.
    held: usize,
}

/// What a line takes beside its texts: its key stands in a table that may have just grown to twice its size, and each text
/// is a piece of memory of its own.
const BYTES_A_PLACE: usize = 3 * size_of::<(Key, usize)>() + 192;
/// What the key of a line takes, with the room that is kept for more.
const BYTES_A_KEY: usize = 10;

/// A file on its way into the sums of its issue.
pub(super) struct Taking<'s> {
    pub file: &'s Path,
    sums: &'s mut Sums,
    /// Where the sum of each key is that the file's reader learned.
    places: Vec<usize>,
    /// Lines that were there before.
    pub copies: u64,
    /// Those that were there with another content.
    pub bad: BadRows,
}

impl Sums {
    /// For reading a file.
    pub fn take<'s>(&'s mut self, file: &'s Path) -> Taking<'s> {
        Taking { file, sums: self, places: Vec::new(), copies: 0, bad: BadRows::default() }
    }

    fn keeps(&mut self, file: &Path, bytes: usize, counter: &mut Counter<'_>) -> Result<(), ReadError> {
        self.held = self.held.saturating_add(bytes);
        counter.keeps(file, bytes)
    }

    /// What a file's rows tell beside its lines.
    pub fn told(&mut self, layout: Layout, months: Vec<Month>) {
        self.layout = Some(layout);
        for Month { payer, first_day: month, newest, invoiced, unread } in months {
            let known = self.months.entry((month, payer)).or_default();
            known.unread = known.unread.saturating_add(unread);
            known.invoiced = Some(known.invoiced.unwrap_or(true) && invoiced);
            if newest > known.newest {
                known.newest = newest;
            }
        }
    }

    /// Lets go of all that was read.
    pub fn forget(self, counter: &mut Counter<'_>) {
        counter.releases(self.held);
    }

    /// The bills of an issue that was read from these files, by month and payer: also of those in which nothing of Kiro's
    /// stands, since an earlier issue may have had something. Their lines' keys are let go.
    pub fn bills(mut self, files: &[Source], counter: &mut Counter<'_>) -> Vec<MonthBill> {
        for ((month, .., payer), place) in &self.places {
            let without_id = self.lines.get(*place).map_or(0, |sum| sum.without_id);
            let of_month = self.months.entry((*month, payer.clone())).or_default();
            of_month.without_id = of_month.without_id.saturating_add(without_id);
        }
        let mut lines: BTreeMap<(NaiveDate, String), Vec<BillLine>> = BTreeMap::new();
        for ((month, account, region, user, kind, payer), place) in self.places {
            let Some(Sum { quantity, cost, .. }) = self.lines.get(place).filter(|sum| sum.lines > 0) else {
                continue;
            };
            let (quantity, cost) = (quantity.normalize(), cost.normalize());
            let line = BillLine { account, region, user, kind, quantity, cost };
            lines.entry((month, payer)).or_default().push(line);
        }
        counter.releases(self.held);
        let first = files.iter().find(|file| !file.lost);
        let Some((layout, first)) = self.layout.zip(first) else { return Vec::new() };
        let current = files.iter().filter_map(|file| file.current).max();
        let parts_of = |is_lost: bool| -> BTreeSet<u32> {
            let those = files.iter().filter(|file| file.lost == is_lost);
            those.filter_map(|file| file.label.name.part).collect()
        };
        let (parts, lost) = (parts_of(false), parts_of(true));
        let there = u32::try_from(parts.union(&lost).count()).unwrap_or(u32::MAX);
        let listed = files.iter().map(|file| file.listed).max().unwrap_or(0).max(numbered(files));
        // Where nobody says how many parts there are, those are that lie there, read or not.
        let listed = if lost.is_subset(&parts) { listed } else { listed.max(there) };
        let parts = Vec::from_iter(parts);
        let bill = |((month, payer), of_month): ((NaiveDate, String), OfMonth)| {
            let mut lines = lines.remove(&(month, payer.clone())).unwrap_or_default();
            lines.sort_by(|one, other| one.place().cmp(&other.place()));
            let OfMonth { newest, invoiced, unread, without_id } = of_month;
            let issue = Issue {
                from: first.label.from.to_string_lossy().into_owned(),
                layout,
                export: first.label.export.clone(),
                family: first.label.family.clone(),
                label: first.label.same.clone(),
                parts: parts.clone(),
                listed,
                at: first.label.at,
                current,
                ids: without_id == 0,
                newest,
                invoiced: invoiced == Some(true),
                unread,
                chosen: false,
                outdone: None,
                read_at: String::new(),
                beside: Vec::new(),
            };
            let payer = Some(payer).filter(|payer| !payer.is_empty());
            MonthBill { month, payer, lines, issue: Some(issue) }
        };
        self.months.into_iter().map(bill).collect()
    }
}

impl Sink for Taking<'_> {
    fn learned(&mut self, key: Key, counter: &mut Counter<'_>) -> Result<(), ReadError> {
        let lines = self.sums.lines.len();
        let texts = texts(&key);
        let place = *self.sums.places.entry(key).or_insert(lines);
        if place == lines {
            self.sums.lines.push(Sum::default());
            let bytes = BYTES_A_PLACE.saturating_add(texts.saturating_mul(2));
            self.sums.keeps(self.file, bytes, counter)?;
        }
        self.places.push(place);
        Ok(())
    }

    fn line(&mut self, line: Line, counter: &mut Counter<'_>) -> Result<(), ReadError> {
        let Line { place, id, content, has_id, quantity, cost, row } = line;
        let damaged =
            |reason: Saying| ReadError::Damaged { path: self.file.to_owned(), reason: reason.into() };
        let place = usize::try_from(place).ok().and_then(|place| self.places.get(place).copied());
        let place = place.ok_or_else(|| damaged(say!("reading-makes-no-sense")))?;
        match self.sums.keys.add(id, content) {
            Seen::New => {
                self.sums.keeps(self.file, BYTES_A_KEY, counter)?;
            }
            Seen::Same => {
                self.copies = self.copies.saturating_add(1);
                return Ok(());
            }
            Seen::Different => {
                self.bad.add(self.file, row, say!("line-differs-from-its-copy"));
                return Ok(());
            }
        }
        let Some(sum) = self.sums.lines.get_mut(place) else { return Ok(()) };
        let added = sum.quantity.checked_add(quantity).zip(sum.cost.checked_add(cost));
        let Some((quantity, cost)) = added else {
            self.bad.add(self.file, row, say!("sums-too-large"));
            return Ok(());
        };
        let without_id = sum.without_id.saturating_add(u64::from(!has_id));
        *sum = Sum { quantity, cost, lines: sum.lines.saturating_add(1), without_id };
        Ok(())
    }
}

/// How many parts an issue has at least by their numbers, as AWS gives them; 0 where somebody named the files.
fn numbered(files: &[Source]) -> u32 {
    let parts = files.iter().filter(|file| file.label.is_numbered).filter_map(|file| file.label.name.part);
    let (first, last) = (parts.clone().min(), parts.max().unwrap_or(0));
    if first == Some(0) { last.saturating_add(1) } else { last }
}

/// What a folder without a bill is told as, with what was left out of it.
pub(super) fn nothing(path: &Path, left_out: Vec<LeftOut>) -> ReadError {
    let left_out = left_out.into_iter().map(|of| (of.file, of.why)).collect();
    ReadError::Nothing { path: path.to_owned(), what: WHAT, left_out }
}
