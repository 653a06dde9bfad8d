//! AWS cost exports with Kiro's rows (`interfaces.md` §3.2): CUR 2.0 and the legacy report, as CSV, CSV.gz or
//! Parquet.
//!
//! An export has a row for every hour or day of everything an account uses. Kiro's rows are summed by month,
//! account, user and kind while the others are passed over, so that memory doesn't grow with the file.

mod form;
mod parquet_file;
mod reading;
mod sums;
mod text_file;
mod work;

pub use form::{BillLine, CostExport, LineKind, MonthBill};
pub(crate) use work::{work_on_packed, work_on_parquet};

use crate::table_file::{self, Counter, ReadError, Watching};
use crate::worker::{Job, Worker};
use chrono::NaiveDate;
use form::WHAT;
use reading::Reading;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use sums::{Sum, Sums};

/// Reads an export, or every one in a folder and the folders in it. A payer's month can have been issued
/// several times, each into a folder of its own: the folder written last counts.
pub fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<CostExport, ReadError> {
    let files = table_file::files(path, &[".csv", ".csv.gz", ".parquet"], WHAT)?;
    let single = path.is_file();
    let mut counter = Counter::new(&files, watching);
    let mut export = CostExport::default();
    let mut folders: BTreeMap<PathBuf, (SystemTime, Sums)> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(&file).to_owned();
        let written =
            fs::metadata(&file).and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let (newest, sums) = folders.entry(folder).or_insert_with(|| (written, Sums::default()));
        *newest = (*newest).max(written);
        match read_file(worker, &file, sums, &mut counter, &mut export) {
            Ok(()) => {
                export.files = export.files.saturating_add(1);
                counter.file(&file)?;
            }
            Err(ReadError::AnotherKind { path, .. }) if !single => export.other_files.push(path),
            Err(error) => return Err(error),
        }
    }
    if export.files == 0 {
        return Err(ReadError::Nothing { path: path.to_owned(), what: WHAT });
    }
    export.read = counter.count();
    keep_newest(&mut export, folders);
    Ok(export)
}

/// Reads one file: as a plain table here, in any other form by a worker.
fn read_file(
    worker: &Worker,
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let ends_in = |ending: &str| file.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    if ends_in("parquet") {
        work::read(worker, Job::CostParquet, file, sums, counter, export)
    } else if ends_in("gz") {
        work::read(worker, Job::CostPacked, file, sums, counter, export)
    } else {
        let keep = |sums: &mut Sums, counter: &mut Counter<'_>| counter.keeps(file, sums.more());
        let mut reading = Reading::new(file, sums, counter, &keep);
        let outcome = text_file::read(&mut reading);
        reading.told(export);
        outcome
    }
}

/// Of each payer's month the folder that was written last.
fn keep_newest(export: &mut CostExport, folders: BTreeMap<PathBuf, (SystemTime, Sums)>) {
    let mut months: BTreeMap<(NaiveDate, String), (SystemTime, PathBuf, Vec<BillLine>)> = BTreeMap::new();
    for (folder, (written, sums)) in folders {
        let mut of_folder: BTreeMap<(NaiveDate, String), Vec<BillLine>> = BTreeMap::new();
        for ((month, account, region, user, kind, payer), Sum { quantity, cost }) in sums.lines {
            let line = BillLine {
                account,
                region,
                user,
                kind,
                quantity: quantity.normalize(),
                cost: cost.normalize(),
            };
            of_folder.entry((month, payer)).or_default().push(line);
        }
        for (month, mut lines) in of_folder {
            lines.sort_by(|one, other| {
                (&one.user, &one.account, &one.region, &one.kind).cmp(&(
                    &other.user,
                    &other.account,
                    &other.region,
                    &other.kind,
                ))
            });
            let issue = (written, folder.clone(), lines);
            let older = match months.remove(&month) {
                Some(known) if (known.0, &known.1) > (issue.0, &issue.1) => {
                    months.insert(month, known);
                    Some(issue)
                }
                known => {
                    months.insert(month, issue);
                    known
                }
            };
            export.replaced.extend(older.map(|(_, folder, _)| folder));
        }
    }
    let bill = |((month, payer), (_, _, lines)): ((NaiveDate, String), (_, _, _))| MonthBill {
        month,
        payer: Some(payer).filter(|payer| !payer.is_empty()),
        lines,
    };
    export.months = months.into_iter().map(bill).collect();
}

#[cfg(test)]
mod tests;
