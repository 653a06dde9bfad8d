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
mod days;

use crate::files::bounded::Row;
use crate::files::given::{Files, Source};
use crate::files::packed_table::{self, Opened};
use crate::files::reason::{Reason, lacks};
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Watching, column, twice};
use crate::files::words::without_mark;
use crate::files::written::{self, Commas, plain};
use crate::observation::SpendRow;
use crate::wire::number;
use crate::worker::{Job, Worker};
use chrono::{Datelike, NaiveDate};
use csv::ByteRecord;
use headroom_exact::{Balance, Saying, say};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::str;

pub use covered::Covered;
use covered::{Reach, Told};
use days::UsageDays;
pub use days::{Said, UsageDay};

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
            Ok(tables) => {
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
    })
}

fn read_file(
    worker: &Worker,
    source: &Source,
    counter: &mut Counter<'_>,
    bad: &mut BadRows,
) -> Result<Vec<(Vec<SpendRow>, Reach)>, ReadError> {
    let file = &*source.named;
    let broken = |error| ReadError::broken(file, &error);
    let Opened { mut table, held } = packed_table::open(worker, Job::UsagePacked, source, counter)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let mut columns = columns(&header).map_err(|reason| another(lacks(&header, reason)))?;
    let commas = Commas::from(table.separator());
    let mut record = ByteRecord::new();
    let mut key = Vec::new();
    let mut read = Vec::new();
    let Gathering { mut sums, mut days, mut reach } = Gathering::default();
    loop {
        let mut unread = None;
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match add(&record, &columns, &commas, &mut days, &mut key, &mut sums) {
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
                read.push(Gathering { sums, days, reach }.done());
                Gathering { sums, days, reach } = Gathering::default();
                key.clear();
                continue;
            }
            days.lose();
            bad.add(file, table.row_line(), reason);
        }
        reach.rows = reach.rows.saturating_add(1);
        counter.rows(1, table.bytes())?;
    }
    commas.refused(file)?;
    counter.releases(held);
    counter.file(&source.file)?;
    read.push(Gathering { sums, days, reach }.done());
    Ok(read)
}

/// What is known of an export while it is read.
#[derive(Default)]
struct Gathering {
    sums: HashMap<Vec<u8>, SpendRow>,
    days: Days,
    reach: Reach,
}

impl Gathering {
    fn done(self) -> (Vec<SpendRow>, Reach) {
        let Self { sums, days, mut reach } = self;
        let rows: Vec<_> = sums.into_values().chain(days.lost.into_iter().map(unread)).collect();
        for row in &rows {
            reach.day(row.date);
        }
        (rows, reach)
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

/// Days that were read last: most rows have the day of the row before.
#[derive(Default)]
struct Days {
    text: Vec<u8>,
    date: Option<NaiveDate>,
    /// Of the last row that says any.
    last: Option<NaiveDate>,
    /// Of rows that could not be read. One that doesn't say its day counts to that of the row before it; the first of a
    /// file to that of the row after.
    lost: BTreeSet<NaiveDate>,
    is_first_lost: bool,
}

impl Days {
    fn read(&mut self, text: &[u8]) -> Option<NaiveDate> {
        if self.date.is_none() || self.text != text {
            self.date = written::day(str::from_utf8(text).ok()?);
            self.text.clear();
            self.text.extend_from_slice(text);
            self.last = self.date.or(self.last);
            if let Some(date) = self.date.filter(|_| self.is_first_lost) {
                self.is_first_lost = false;
                self.lost.insert(date);
            }
        }
        self.date
    }

    /// The row that was looked at last could not be read.
    fn lose(&mut self) {
        match self.last {
            Some(day) => {
                self.lost.insert(day);
            }
            None => self.is_first_lost = true,
        }
    }
}

/// Adds a row to its sum; how many bytes a new one takes, if it is one.
fn add(
    record: &ByteRecord,
    columns: &Columns,
    commas: &Commas,
    days: &mut Days,
    key: &mut Vec<u8>,
    sums: &mut HashMap<Vec<u8>, SpendRow>,
) -> Result<Option<usize>, Saying> {
    let at = |column: usize| record.get(column).unwrap_or_default().trim_ascii();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let date_text = at(columns.date);
    let date =
        days.read(date_text).ok_or_else(|| say!("not-a-date", field = "Date", text = text(date_text)))?;
    let cost_text = at(columns.cost);
    let cost = dollars(cost_text, commas)?;
    let user = columns.user.map(at).unwrap_or_default();
    let model = columns.model.map(at).unwrap_or_default();
    if [user, model].into_iter().any(|name| str::from_utf8(name).is_err()) {
        // Saved in letters of one country: two people's names could become one.
        return Err(say!("not-text"));
    }
    key.clear();
    key.extend_from_slice(&date.num_days_from_ce().to_le_bytes());
    for part in [user, model] {
        key.push(0);
        key.extend_from_slice(part);
    }
    let count = |column: usize| written::count(at(column));
    let (requests, input, output) = (count(columns.requests), count(columns.input), count(columns.output));
    if let Some(row) = sums.get_mut(key.as_slice()) {
        row.cost = row.cost.map(|sum| sum.plus(cost));
        row.requests = sum_of(row.requests, requests);
        row.input_tokens = sum_of(row.input_tokens, input);
        row.output_tokens = sum_of(row.output_tokens, output);
        Ok(None)
    } else {
        let named = |bytes: &[u8]| (!bytes.is_empty()).then(|| text(bytes));
        let row = SpendRow {
            date,
            user: named(user),
            model: named(model),
            cost: Some(cost),
            requests,
            input_tokens: input,
            output_tokens: output,
        };
        sums.insert(key.clone(), row);
        Ok(Some(BYTES_A_SUM.saturating_add(key.len().saturating_mul(2))))
    }
}

/// Both, unless one is unknown.
fn sum_of(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one?.checked_add(other?)
}

/// `12.345678`, `$0.123456`, `-$1,234.50` or `4,25 $`, to a millionth.
fn dollars(text: &[u8], commas: &Commas) -> Result<Balance, Saying> {
    let plain = text.strip_prefix(b"$").unwrap_or(text);
    if let Some(millionths) = plain::amount(plain, 6) {
        commas.saw_point(plain);
        return Ok(Balance::of_millionths(millionths.into()));
    }
    dollars_in_any_form(text, commas)
}

/// The same without a form that is looked for first.
fn dollars_in_any_form(text: &[u8], commas: &Commas) -> Result<Balance, Saying> {
    let text = String::from_utf8_lossy(text);
    let otherwise = || say!("not-dollars", field = "Cost", text = &*text);
    let (is_negative, amount) = unsigned(&text).ok_or_else(otherwise)?;
    let read = written::amount(amount, commas);
    let exact = read.map_err(|error| error.of("Cost", &text, otherwise))?;
    number::dollars(if is_negative { -exact } else { exact }).ok_or_else(otherwise)
}

/// An amount without its sign and its currency, and whether it is below zero: `-$0.50`, `$-0.50`, `($0.50)` and `−0,50 $` are
/// one. None where there are two signs.
fn unsigned(text: &str) -> Option<(bool, &str)> {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    const CURRENCIES: [&str; 3] = ["US$", "USD", "$"];
    let without =
        |text: &str| CURRENCIES.into_iter().find(|currency| text.starts_with(currency)).map(str::len);
    let mut rest = text.trim_matches(BLANKS);
    rest = rest.get(without(rest).unwrap_or(0)..)?.trim_start_matches(BLANKS);
    let in_parentheses = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    rest = in_parentheses.unwrap_or(rest);
    let signed = rest.strip_prefix(['-', '−']);
    rest = signed.unwrap_or(rest).trim_start_matches(BLANKS);
    rest = rest.get(without(rest).unwrap_or(0)..)?;
    for currency in CURRENCIES {
        rest = rest.trim_end_matches(BLANKS).strip_suffix(currency).unwrap_or(rest);
    }
    rest = rest.trim_matches(BLANKS);
    let is_signed = in_parentheses.is_some() || signed.is_some();
    let is_twice = (in_parentheses.is_some() && signed.is_some())
        || rest.starts_with(['-', '−'])
        || (is_signed && rest.starts_with('+'));
    (!is_twice).then_some((is_signed, rest))
}

#[cfg(test)]
mod tests;
