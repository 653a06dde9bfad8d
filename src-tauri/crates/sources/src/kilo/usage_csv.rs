//! The usage CSV that Kilo's page lets one download, in both generations (`interfaces.md` §4.2).
//!
//! Rows of a day, user and model are summed while they are read: hours, features, modes, providers and
//! projects are told apart by nothing that is computed here, so that an export by any of them is read. What a row costs
//! can be below zero: something was given back. A day with rows that nobody could read has one more without a cost, so that
//! no sum of it passes for whole.
//!
//! Of two exports that tell of a day the later one counts; where their names don't tell, the one with more requests: a day gets
//! more of them, never fewer.

mod covered;
mod dated;
mod days;
mod dollars;
mod totals;

use crate::files::bounded::Row;
use crate::files::given::{Files, Source};
use crate::files::packed_table::{self, Opened};
use crate::files::reason::{Reason, lacks};
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Watching, column, twice};
use crate::files::words::without_mark;
use crate::files::written::{self, Commas};
use crate::observation::SpendRow;
use crate::worker::{Job, Worker};
use chrono::{Datelike, NaiveDate};
use csv::ByteRecord;
use headroom_exact::{Balance, Saying, say};
use std::collections::HashMap;
use std::mem;
use std::path::{Path, PathBuf};
use std::str;

pub use covered::Covered;
use covered::{Reach, Told};
use dated::Days;
use days::UsageDays;
pub use days::{Said, UsageDay};
use dollars::{decimals, dollars};
use totals::{Called, Held, Labels};

const WHAT: FileKind = FileKind::KiloUsageExport;
/// What the sum of a day, user and model takes beside its texts, which are in its key too.
const BYTES_A_SUM: usize = 2 * size_of::<SpendRow>();

/// What exports say, summed by day, user and model.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsageExport {
    /// Day by day; of files that say something of the same day, the one exported last.
    pub days: Vec<UsageDay>,
    /// Files that were read.
    pub files: u32,
    /// Rows that were read.
    pub read: u64,
    /// Rows that could not be read.
    pub bad: BadRows,
    /// Files of another kind in the folder.
    pub other_files: Vec<(PathBuf, Reason)>,
    /// Files that were found and are damaged, and how.
    pub damaged: Vec<(PathBuf, Reason)>,
    /// The days that each tells all of.
    pub covered: Vec<Covered>,
    /// Days of a file that another's took the place of, and said otherwise.
    pub replaced: u64,
    /// Days that count as an export tells them which was exported later and has fewer requests of them.
    pub fewer: u64,
    /// Rows that hold the sum of others, and aren't counted.
    pub totals: u64,
    /// Files that have as many rows as Kilo gives at once: some may be missing.
    pub may_be_cut: u64,
}

/// Reads an export, or every one in a folder. Where two say something of the same day, the one exported later
/// counts for all of it.
pub fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<UsageExport, ReadError> {
    read_files(worker, &Files::of_kind(WHAT, &[path.into()])?, watching)
}

/// Reads several. One that was found and is of another kind is left out.
pub fn read_files(worker: &Worker, files: &Files, watching: Watching<'_>) -> Result<UsageExport, ReadError> {
    let mut sources: Vec<_> = files.sources.iter().collect();
    let single = sources.len() == 1;
    sources.sort_by_cached_key(|source| (source.issued(issued), source.named.clone()));
    let mut export = UsageExport::default();
    let mut counter = Counter::new(&files.on_the_disk(), watching);
    let mut days = UsageDays::default();
    for source in sources {
        let is_meant = source.alone || single;
        match read_file(worker, source, &mut counter, &mut export.bad) {
            Ok((tables, totals)) => {
                export.totals = export.totals.saturating_add(totals);
                export.files = export.files.saturating_add(1);
                let stamp = source.issued(issued);
                for (rows, reach) in tables {
                    export.may_be_cut = export.may_be_cut.saturating_add(u64::from(reach.may_be_cut()));
                    let Told { covered, part } = reach.told(&source.named, &stamp);
                    export.covered.extend(covered);
                    days.add(rows, &stamp, part);
                }
            }
            Err(ReadError::AnotherKind { path, reason, .. }) if !is_meant => {
                export.other_files.push((path, reason));
            }
            Err(ReadError::Damaged { path, reason }) if !is_meant => export.damaged.push((path, reason)),
            Err(error) => return Err(error),
        }
    }
    if export.files == 0 {
        return Err(packed_table::nothing(files.first(), WHAT, export.other_files, export.damaged));
    }
    export.read = counter.count();
    (export.replaced, export.fewer) = (days.replaced, days.fewer);
    export.days = days.in_order();
    Ok(export)
}

/// `usage-30d-by-user-2026-11-20 (1).csv`: the day, and which download of that day.
fn issued(file: &Path) -> String {
    written::issued(file, 10, |text| !text.contains(' ') && text.parse::<NaiveDate>().is_ok())
}

/// Where the columns are that are needed.
struct Columns {
    date: usize,
    user: Option<usize>,
    model: Option<usize>,
    cost: usize,
    requests: usize,
    input: usize,
    output: usize,
    labels: Labels,
}

/// Whether a table with this header is such an export, in days or not.
pub(crate) fn is_header(header: &ByteRecord) -> bool {
    let has = |name: &str| column(header, name).is_some();
    has("Requests") && has("Input Tokens") && has("Output Tokens")
}

/// The columns that are read, by their names in either generation.
const COLUMNS: [&str; 11] = [
    "Hour",
    "Date",
    "User Email",
    "User",
    "User Name",
    "Model",
    "Cost (USD)",
    "Cost",
    "Requests",
    "Input Tokens",
    "Output Tokens",
];

fn columns(header: &ByteRecord) -> Result<Columns, Reason> {
    let find = |name: &str| column(header, name);
    let needed = |column: &str| find(column).ok_or_else(|| Reason::lack(say!("no-column", column)));
    if find("Week").or_else(|| find("Month")).is_some() && find("Date").or_else(|| find("Hour")).is_none() {
        return Err(say!("weekly-or-monthly").into());
    }
    if find("Cost (USD)").or_else(|| find("Cost")).is_none() && find("Estimated Market Cost (USD)").is_some()
    {
        return Err(say!("market-cost").into());
    }
    if let Some(reason) = twice(header, COLUMNS) {
        return Err(reason.into());
    }
    Ok(Columns {
        date: find("Hour").map_or_else(|| needed("Date"), Ok)?,
        // The address tells two people of one name apart.
        user: find("User Email").or_else(|| find("User")).or_else(|| find("User Name")),
        model: find("Model"),
        cost: find("Cost (USD)").map_or_else(|| needed("Cost"), Ok)?,
        requests: needed("Requests")?,
        input: needed("Input Tokens")?,
        output: needed("Output Tokens")?,
        labels: Labels::of(header),
    })
}

/// Each table of a file, and how many of their rows hold the sum of others.
type Tables = (Vec<(Vec<SpendRow>, Reach)>, u64);

fn read_file(
    worker: &Worker,
    source: &Source,
    counter: &mut Counter<'_>,
    bad: &mut BadRows,
) -> Result<Tables, ReadError> {
    let file = &*source.named;
    let broken = |error| ReadError::broken(file, &error);
    let Opened { mut table, held } = packed_table::open(worker, Job::UsagePacked, source, counter)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let mut columns = columns(&header).map_err(|reason| another(lacks(&header, reason)))?;
    let commas = Commas::from(table.separator());
    let mut record = ByteRecord::new();
    let mut read = Vec::new();
    let mut totals = 0_u64;
    let mut gathering = Gathering::default();
    let mut done = |gathering: Gathering, bad: &mut BadRows| {
        let (rows, reach, more) = gathering.done(file, bad);
        totals = totals.saturating_add(more);
        read.push((rows, reach));
    };
    loop {
        let mut unread = None;
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match gathering.add(&record, &columns, &commas, || table.row_line()) {
                Ok(None) => {}
                Ok(Some(more)) => counter.keeps(file, more)?,
                Err(reason) => unread = Some(reason),
            },
            Row::Bad(reason) => unread = Some(reason),
        }
        if let Some(reason) = unread {
            // Another export that somebody put behind this one, of whatever dimensions: what both tell of was spent once.
            let header = without_mark(&record);
            if let Ok(again) = self::columns(&header) {
                columns = again;
                table.goes_on_with(header.len());
                done(mem::take(&mut gathering), bad);
                continue;
            }
            gathering.days.lose();
            bad.add(file, table.row_line(), reason);
        }
        gathering.reach.rows = gathering.reach.rows.saturating_add(1);
        counter.rows(1, table.bytes())?;
    }
    commas.refused(file)?;
    counter.releases(held);
    counter.file(&source.file)?;
    done(gathering, bad);
    Ok((read, totals))
}

/// What is known of an export while it is read.
#[derive(Default)]
struct Gathering {
    sums: HashMap<Vec<u8>, SpendRow>,
    key: Vec<u8>,
    days: Days,
    reach: Reach,
    held: Vec<Held>,
}

impl Gathering {
    /// What counts, how far it reaches, and how many rows hold the sum of others.
    fn done(self, file: &Path, bad: &mut BadRows) -> (Vec<SpendRow>, Reach, u64) {
        let Self { mut sums, mut key, mut days, mut reach, held } = self;
        let settled = totals::settle(held, &sums, reach.rows);
        reach.rows = reach.rows.saturating_sub(settled.totals);
        for row in settled.rows {
            let names = [&row.user, &row.model].map(|name| name.as_deref().unwrap_or_default().as_bytes());
            write_key(&mut key, row.date, names);
            let Some(cost) = row.cost else { continue };
            match sums.get_mut(&key) {
                Some(sum) => add_row(sum, (cost, [row.requests, row.input_tokens, row.output_tokens])),
                None => _ = sums.insert(key.clone(), row),
            }
        }
        let mut rows: Vec<_> = sums.into_values().collect();
        let first = rows.iter().map(|row| row.date).min();
        for (day, line) in settled.unknown {
            days.lost.extend(day.or(first));
            bad.add(file, line, say!("total-isnt-the-sum"));
        }
        rows.extend(days.lost.into_iter().map(unread));
        for row in &rows {
            reach.day(row.date);
        }
        (rows, reach, settled.totals)
    }
}

/// A day's rows that could not be read.
const fn unread(date: NaiveDate) -> SpendRow {
    SpendRow {
        date,
        user: None,
        model: None,
        cost: None,
        requests: None,
        input_tokens: None,
        output_tokens: None,
    }
}

impl Gathering {
    /// Adds a row to its sum; how many bytes a new one takes, if it is one.
    fn add(
        &mut self,
        record: &ByteRecord,
        columns: &Columns,
        commas: &Commas,
        line: impl Fn() -> u64,
    ) -> Result<Option<usize>, Saying> {
        let at = |column: usize| record.get(column).unwrap_or_default().trim_ascii();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let after = self.days.last;
        let date_text = at(columns.date);
        let total = if self.days.is_last(date_text) { None } else { Labels::total_of(date_text) };
        let mut called = columns.labels.called(record);
        let date = match &total {
            Some(day) => self.days.read(day.as_bytes()).filter(|_| !day.is_empty()),
            None => self.days.read(date_text),
        };
        if total.is_some() {
            called = Called::Total;
        }
        let no_date = || say!("not-a-date", field = "Date", text = text(date_text));
        if date.is_none() && (called == Called::Something || (total.is_none() && !date_text.is_empty())) {
            return Err(no_date());
        }
        let cost_text = at(columns.cost);
        let cost =
            dollars(cost_text, commas).map_err(|reason| if date.is_none() { no_date() } else { reason })?;
        let user = columns.user.map(at).unwrap_or_default();
        let model = columns.model.map(at).unwrap_or_default();
        if [user, model].into_iter().any(|name| str::from_utf8(name).is_err()) {
            // Saved in letters of one country: two people's names could become one.
            return Err(say!("not-text"));
        }
        let count = |column: usize| written::count(at(column));
        let (requests, input, output) =
            (count(columns.requests), count(columns.input), count(columns.output));
        let named = |bytes: &[u8]| (!bytes.is_empty()).then(|| text(bytes));
        let new = || SpendRow {
            date: date.unwrap_or_default(),
            user: named(user),
            model: named(model),
            cost: Some(cost),
            requests,
            input_tokens: input,
            output_tokens: output,
        };
        if called != Called::Something {
            let is_called = called == Called::Total;
            let unless_total = |name: Option<String>| name.filter(|name| !totals::is_total(name.as_bytes()));
            let SpendRow { user, model, .. } = new();
            let row = SpendRow { user: unless_total(user), model: unless_total(model), ..new() };
            let (is_dated, decimals) = (date.is_some(), decimals(cost_text));
            self.held.push(Held { row, is_dated, after, is_called, decimals, line: line() });
            return Ok(Some(BYTES_A_SUM));
        }
        write_key(&mut self.key, date.unwrap_or_default(), [user, model]);
        if let Some(row) = self.sums.get_mut(self.key.as_slice()) {
            add_row(row, (cost, [requests, input, output]));
            Ok(None)
        } else {
            self.sums.insert(self.key.clone(), new());
            Ok(Some(BYTES_A_SUM.saturating_add(self.key.len().saturating_mul(2))))
        }
    }
}

/// What a day's sum of a user and model stands under.
fn write_key(key: &mut Vec<u8>, date: NaiveDate, names: [&[u8]; 2]) {
    key.clear();
    key.extend_from_slice(&date.num_days_from_ce().to_le_bytes());
    for name in names {
        key.push(0);
        key.extend_from_slice(name);
    }
}

fn add_row(row: &mut SpendRow, (cost, [requests, input, output]): (Balance, [Option<u64>; 3])) {
    row.cost = row.cost.map(|sum| sum.plus(cost));
    row.requests = sum_of(row.requests, requests);
    row.input_tokens = sum_of(row.input_tokens, input);
    row.output_tokens = sum_of(row.output_tokens, output);
}

/// Both, unless one is unknown.
fn sum_of(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one?.checked_add(other?)
}

#[cfg(test)]
mod tests;
