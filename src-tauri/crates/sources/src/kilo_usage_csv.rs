//! The usage CSV that Kilo's page lets one download, in both generations (`interfaces.md` §4.2).
//!
//! Rows of a day, user and model are summed while they are read: hours, features, modes, providers and
//! projects are told apart by nothing that is computed here.

use crate::bounded::{Row, Table};
use crate::moments;
use crate::number;
use crate::observation::SpendRow;
use crate::table_file::{self, BadRows, Counter, FileKind, ReadError, Watching, column};
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::{Balance, Saying, say};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::str;

const WHAT: FileKind = FileKind::KiloUsageExport;
/// What the sum of a day, user and model takes beside its texts, which are in its key too.
const BYTES_A_SUM: usize = 2 * size_of::<SpendRow>();

/// What exports say, summed by day, user and model.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsageExport {
    /// By day, user and model; of files that say it of the same day, the newest.
    pub rows: Vec<SpendRow>,
    /// Files that were read.
    pub files: u32,
    /// Rows that were read.
    pub read: u64,
    /// Rows that could not be read.
    pub bad: BadRows,
    /// Files of another kind in the folder.
    pub other_files: Vec<PathBuf>,
    /// When the newest file was exported, by its name: YYYY-MM-DD; empty where none says so.
    pub issued: String,
}

/// Reads an export, or every one in a folder. Where two say something of the same day, the one exported later
/// counts for all of it.
pub fn read(path: &Path, watching: Watching<'_>) -> Result<UsageExport, ReadError> {
    let mut files = table_file::files(path, &[".csv"], WHAT)?;
    let single = files.len() == 1;
    files.sort_by_key(|file| (export_date(file), file.clone()));
    let mut export = UsageExport::default();
    let mut counter = Counter::new(&files, watching);
    let mut by_day: HashMap<NaiveDate, Vec<SpendRow>> = HashMap::new();
    for file in files {
        match read_file(&file, &mut counter, &mut export.bad) {
            Ok(rows) => {
                export.files = export.files.saturating_add(1);
                export.issued = export_date(&file);
                let mut days: HashMap<NaiveDate, Vec<SpendRow>> = HashMap::new();
                for row in rows {
                    days.entry(row.date).or_default().push(row);
                }
                by_day.extend(days);
            }
            Err(ReadError::AnotherKind { path, .. }) if !single => export.other_files.push(path),
            Err(error) => return Err(error),
        }
    }
    if export.files == 0 {
        return Err(ReadError::Nothing { path: path.to_owned(), what: WHAT });
    }
    export.read = counter.count();
    export.rows = by_day.into_values().flatten().collect();
    export.rows.sort_by(|one, other| {
        (one.date, &one.user, &one.model).cmp(&(other.date, &other.user, &other.model))
    });
    Ok(export)
}

/// The end of the name: `usage-30d-by-user-2026-11-20.csv`.
fn export_date(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let end = stem.get(stem.len().saturating_sub(10)..).unwrap_or_default();
    end.parse::<NaiveDate>().map(|date| date.to_string()).unwrap_or_default()
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

fn columns(header: &ByteRecord) -> Result<Columns, Saying> {
    let find = |name: &str| column(header, name);
    let needed = |column: &str| find(column).ok_or_else(|| say!("no-column", column));
    if find("Week").or_else(|| find("Month")).is_some() && find("Date").or_else(|| find("Hour")).is_none() {
        return Err(say!("weekly-or-monthly"));
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

fn read_file(file: &Path, counter: &mut Counter<'_>, bad: &mut BadRows) -> Result<Vec<SpendRow>, ReadError> {
    let broken = |error| ReadError::broken(file, &error);
    let mut table = Table::open(file).map_err(broken)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let columns = columns(&header).map_err(another)?;
    let mut record = ByteRecord::new();
    let mut sums: HashMap<Vec<u8>, SpendRow> = HashMap::new();
    let mut key = Vec::new();
    let mut days = Days::default();
    loop {
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match add(&record, &columns, &mut days, &mut key, &mut sums) {
                Ok(None) => {}
                Ok(Some(more)) => counter.keeps(file, more)?,
                Err(reason) => bad.add(file, line, reason),
            },
            Row::Bad(reason) => bad.add(file, line, reason),
        }
        counter.rows(1, table.bytes())?;
    }
    counter.file(file)?;
    Ok(sums.into_values().collect())
}

/// Days that were read last: most rows have the day of the row before.
#[derive(Default)]
struct Days {
    text: Vec<u8>,
    date: Option<NaiveDate>,
}

impl Days {
    fn read(&mut self, text: &[u8]) -> Option<NaiveDate> {
        if self.date.is_none() || self.text != text {
            self.date = moments::day_of(str::from_utf8(text).ok()?);
            self.text.clear();
            self.text.extend_from_slice(text);
        }
        self.date
    }
}

/// Adds a row to its sum; how many bytes a new one takes, if it is one.
fn add(
    record: &ByteRecord,
    columns: &Columns,
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
    let cost =
        dollars(cost_text).ok_or_else(|| say!("not-dollars", field = "Cost", text = text(cost_text)))?;
    let user = columns.user.map(at).unwrap_or_default();
    let model = columns.model.map(at).unwrap_or_default();
    key.clear();
    // The date's own text may hold an hour.
    key.extend_from_slice(date_text.get(..10.min(date_text.len())).unwrap_or_default());
    if !date_text.starts_with(b"2") {
        key.extend_from_slice(date_text);
    }
    for part in [user, model] {
        key.push(0);
        key.extend_from_slice(part);
    }
    let counts = [columns.requests, columns.input, columns.output].map(|column| whole(at(column)));
    let [requests, input, output] = counts;
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

/// `12.345678`, `$0.123456` or `$1,234.50`, at most six decimals without a sign.
fn dollars(text: &[u8]) -> Option<Balance> {
    let text = text.strip_prefix(b"$").unwrap_or(text);
    let mut millionths: i128 = 0;
    let mut decimals: Option<u32> = None;
    let mut digits = 0_u32;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                digits = digits.saturating_add(1);
                decimals = decimals.map(|count| count.saturating_add(1));
                millionths = millionths.checked_mul(10)?.checked_add(i128::from(byte.wrapping_sub(b'0')))?;
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            b',' if decimals.is_none() && digits > 0 => {}
            // An exponent, more decimals than six: read the long way.
            _ => {
                return number::dollars(number::exact(str::from_utf8(text).ok()?)?).filter(|_| *byte != b'-');
            }
        }
    }
    let missing = 6_u32.checked_sub(decimals.unwrap_or(0));
    match missing {
        _ if digits == 0 => None,
        Some(missing) => millionths.checked_mul(10_i128.checked_pow(missing)?).map(Balance::of_millionths),
        None => number::dollars(number::exact(str::from_utf8(text).ok()?)?),
    }
}

/// `1234` or `1,234`. "1.2 million", as the first generation rounds, is no count: unknown.
fn whole(text: &[u8]) -> Option<u64> {
    let mut count: u64 = 0;
    let mut any = false;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                any = true;
                count = count.checked_mul(10)?.checked_add(u64::from(byte.wrapping_sub(b'0')))?;
            }
            b',' if any => {}
            _ => return None,
        }
    }
    any.then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_file::unwatched;

    fn read_text(name: &str, text: &str) -> Result<UsageExport, ReadError> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("written");
        read(&file, &unwatched)
    }

    #[test]
    fn the_present_generation_is_summed_by_day_user_and_model() {
        let export = read_text(
            "usage-30d-by-user-model-2026-11-21.csv",
            "Hour,User,Model,Project,Cost (USD),Requests,Input Tokens,Output Tokens\n\
             2026-11-20T09:00:00Z,ada@example.com,m1,p,1.234567,2,100,20\n\
             2026-11-20T10:00:00Z,ada@example.com,m1,q,0.000001,1,50,10\n\
             2026-11-20T10:00:00Z,bob@example.com,,q,3,1,,1\n",
        )
        .expect("an export");
        let rows: Vec<_> = export
            .rows
            .iter()
            .map(|row| {
                let cost = row.cost.map(|cost| cost.to_string());
                (row.user.as_deref(), row.model.as_deref(), cost, row.requests, row.input_tokens)
            })
            .collect();
        assert_eq!(
            rows,
            [
                (Some("ada@example.com"), Some("m1"), Some("1.234568".to_owned()), Some(3), Some(150)),
                (Some("bob@example.com"), None, Some("3.000000".to_owned()), Some(1), None),
            ]
        );
        assert_eq!((export.issued.as_str(), export.read), ("2026-11-21", 3));
    }

    #[test]
    fn the_first_generation_is_read_and_what_it_rounds_is_unknown() {
        let export = read_text(
            "usage.csv",
            "Date,User Name,User Email,Model,Cost,Requests,Input Tokens,Output Tokens,Total Tokens\n\
             \"Feb 3, 2026\",Ada,ada@example.com,m1,\"$1,234.500001\",\"1,234\",1.2 million,\"10,001\",1.2 million\n",
        )
        .expect("an export");
        let row = &export.rows[0];
        assert_eq!(row.date.to_string(), "2026-02-03");
        assert_eq!(row.cost.map(|cost| cost.to_string()).as_deref(), Some("1234.500001"));
        assert_eq!((row.requests, row.input_tokens, row.output_tokens), (Some(1234), None, Some(10_001)));
    }

    #[test]
    fn bad_rows_are_listed_with_their_lines_and_are_in_no_sum() {
        let export = read_text(
            "usage.csv",
            "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,1,1,1,1\n20 Nov,1,1,1,1\n2026-11-20,-1,1,1,1\n2026-11-20,,1,1,1\n2026-11-20,1.2.3,1,1,1\n",
        )
        .expect("an export");
        let lines: Vec<_> = export.bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
        let not_dollars = |text: &str| say!("not-dollars", field = "Cost", text);
        assert_eq!(
            lines,
            [
                (3, say!("not-a-date", field = "Date", text = "20 Nov")),
                (4, not_dollars("-1")),
                (5, not_dollars("")),
                (6, not_dollars("1.2.3")),
            ]
        );
        assert_eq!(export.rows[0].cost.map(|cost| cost.to_string()).as_deref(), Some("1.000000"));
    }

    #[test]
    fn another_file_is_refused_in_one_line() {
        let refused = |text: &str| read_text("x.csv", text).expect_err("refused").to_string();
        assert!(refused("a,b\n1,2\n").contains("reason: no-column(column: Date), what: kilo-usage-export"));
        assert!(
            refused("Week,Cost (USD),Requests,Input Tokens,Output Tokens\n").contains("weekly-or-monthly")
        );
        assert!(refused("").contains("no-column(column: Date)"));
        assert!(
            read(Path::new("/nowhere/x.csv"), &unwatched)
                .expect_err("refused")
                .to_string()
                .starts_with("file-unreadable")
        );
    }

    #[test]
    fn a_later_export_counts_for_the_whole_of_its_days() {
        let folder = tempfile::tempdir().expect("a folder");
        let header = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n";
        for (name, rows) in [
            (
                "usage-7d-2026-11-20.csv",
                "2026-11-19,ada,5,1,1,1\n2026-11-20,ada,1,1,1,1\n2026-11-20,bob,1,1,1,1\n",
            ),
            ("usage-7d-2026-11-21.csv", "2026-11-20,ada,2,2,2,2\n"),
        ] {
            std::fs::write(folder.path().join(name), format!("{header}{rows}")).expect("written");
        }
        std::fs::write(folder.path().join("other.csv"), "a,b\n").expect("written");
        let export = read(folder.path(), &unwatched).expect("exports");
        let rows: Vec<_> = export.rows.iter().map(|row| (row.date.to_string(), row.cost)).collect();
        let dollars = |count: i128| Some(Balance::of_millionths(count * 1_000_000));
        assert_eq!(rows, [("2026-11-19".to_owned(), dollars(5)), ("2026-11-20".to_owned(), dollars(2))]);
        assert_eq!((export.files, export.other_files.len()), (2, 1));
    }

    #[test]
    fn whoever_watches_can_stop_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("usage.csv");
        std::fs::write(&file, "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n").expect("written");
        assert!(matches!(read(&file, &|_| false), Err(ReadError::Stopped)));
    }
}
