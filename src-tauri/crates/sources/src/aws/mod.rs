//! AWS cost exports with Kiro's rows (`interfaces.md` §3.2, `interfaces-2026.md` §6): CUR 2.0, the legacy report and FOCUS
//! with AWS's own columns, as CSV or Parquet, packed with gzip, in a ZIP or not, whatever the files are called.
//!
//! An export has a row for every hour or day of everything an account uses. Kiro's rows are summed by month,
//! account, user and kind while the others are passed over, so that memory doesn't grow with the file; of Kiro's lines eight
//! bytes each are kept, so that none counts twice. Which of several issues of a month counts, [`counting`] decides.

mod alike;
mod amount;
mod console;
mod counting;
mod damage;
mod export;
mod form;
mod issue;
mod key;
mod keys;
mod label;
mod left_out;
mod manifest;
mod moment;
mod others;
mod parquet_column;
mod parquet_file;
mod parquet_others;
mod plan;
mod reading;
mod result;
pub mod sql;
mod sums;
mod text_file;
mod work;

pub use alike::{says_the_same, tells_deductions_apart};
pub(crate) use console::downloaded;
pub use counting::{Counting, counting};
pub use damage::Lost;
pub use export::CostExport;
pub use form::{BillLine, LineKind, MonthBill};
pub use issue::{Issue, Layout, LostIssue};
pub use key::account;
pub use left_out::LeftOut;
pub(crate) use manifest::is_manifest;
pub(crate) use work::{work_on_packed, work_on_parquet};

use crate::files::bounded::Packing;
use crate::files::given::Files;
use crate::files::table_file::{Counter, ReadError, Watching};
use crate::worker::{Job, Worker};
use csv::ByteRecord;
use damage::Damage;
use headroom_exact::say;
use label::Label;
use plan::{Plan, Source};
use reading::Reading;
use std::collections::BTreeSet;
use std::path::Path;
use sums::Sums;
use work::Form;

/// Whether a table with this header is a bill, or what a statement of ours made of one.
pub(crate) fn is_header(header: &ByteRecord) -> bool {
    form::is_header(header) || result::is_one(header)
}

/// By what parts of one issue of a bill are known: of a file that is numbered as a part.
pub(crate) fn part_of(file: &Path) -> Option<String> {
    let label = Label::of(file);
    label.name.part.map(|_| label.same)
}

/// Reads exports, each issue of them for itself.
pub fn read_files(worker: &Worker, given: &Files, watching: Watching<'_>) -> Result<CostExport, ReadError> {
    let mut counter = Counter::new(&given.on_the_disk(), watching);
    let Plan { issues, skipped } = Plan::of(worker, given, &mut counter)?;
    let mut export = CostExport { skipped, ..CostExport::default() };
    let mut damage = Damage::default();
    for mut files in issues {
        let of_issue = read_issue((worker, given), &mut files, &mut counter, &mut damage)?;
        export.append(of_issue);
    }
    if export.files == 0 {
        return Err(match (damage.first, export.skipped.len()) {
            (Some(damaged), 1) => damaged,
            _ => sums::nothing(given.first(), export.skipped),
        });
    }
    damage.lost.outdates(&mut export.bills);
    damage.lost.lies_beside(&mut export.bills);
    let without = given.given.iter().filter(|given| damage.has_none_of_kiro(given));
    export.skipped.extend(without.map(|given| LeftOut::read(given.clone(), say!("without-rows-of-kiro"))));
    export.damaged = damage.lost;
    export.bills.sort_by(|one, other| (one.month, &one.payer).cmp(&(other.month, &other.payer)));
    Ok(export)
}

/// Reads the files of an issue. One that was found and turns out to be damaged keeps no other out: it is left out whole, which
/// the bill says, and what was read of it by then isn't believed either, so that the others are read once more.
fn read_issue(
    (worker, given): (&Worker, &Files),
    files: &mut [Source],
    counter: &mut Counter<'_>,
    damage: &mut Damage,
) -> Result<CostExport, ReadError> {
    let (mut skipped, mut damaged) = (Vec::new(), 0_u32);
    let mut labels = Vec::new();
    loop {
        let (mut sums, mut export) = (Sums::default(), CostExport::default());
        let (begun, found_before) = (counter.count(), damaged);
        for source in files.iter_mut().filter(|source| !source.lost) {
            match read_source((worker, given), source, &mut sums, counter, &mut export) {
                Ok(()) => {}
                Err(ReadError::AnotherKind { path, reason, .. }) if !source.alone => {
                    source.lost = true;
                    skipped.push(LeftOut::unread(path, reason));
                }
                Err(ReadError::Damaged { path, reason }) if !source.alone => {
                    source.lost = true;
                    damaged = damaged.saturating_add(1);
                    labels.push(source.label.clone());
                    skipped.push(LeftOut::unread(path.clone(), reason.clone()));
                    damage.first.get_or_insert(ReadError::Damaged { path, reason });
                }
                Err(error) => return Err(error),
            }
        }
        if damaged == found_before {
            export.read = counter.count().saturating_sub(begun);
            export.skipped.append(&mut skipped);
            if export.read > 0 {
                let read = files.iter().filter(|file| !file.lost);
                damage.read.extend(read.map(|file| (file.named.clone(), export.of_kiro > 0)));
            }
            // What else was read of the issue, of the same month, says that it lacks a file.
            let of_month = |label: &Label| {
                let month = label.month();
                let is_told = files.iter().any(|file| !file.lost && file.label.month() == month);
                export.files == 0 || (month.is_some() && !is_told)
            };
            let of_others = labels.iter().filter(|label| of_month(label));
            export.lost = u32::try_from(of_others.clone().count()).unwrap_or(u32::MAX);
            let mut months = BTreeSet::new();
            damage.lost.extend(of_others.filter(|label| months.insert(label.month())).cloned());
            export.bills.extend(sums.bills(files, counter));
            return Ok(export);
        }
        sums.forget(counter);
    }
}

/// Reads one file of an issue.
fn read_source(
    (worker, given): (&Worker, &Files),
    source: &Source,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    if source.packing != Packing::Plain || !result::read(source, counter, export)? {
        let before = counter.count();
        read_file(worker, source, given, sums, counter, export)?;
        // Without a row it says neither whose it is nor of which month: it replaces nothing (F2).
        if counter.count() == before {
            export.skipped.push(LeftOut::read(source.named.clone(), say!("bill-without-rows")));
        }
    }
    export.files = export.files.saturating_add(1);
    counter.file(&source.file)
}

/// Reads one file: as a plain table here, in any other form by a worker.
fn read_file(
    worker: &Worker,
    source: &Source,
    given: &Files,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    match source.packing {
        Packing::Parquet => work::read(worker, Job::CostParquet, source, sums, counter, export).map(drop),
        Packing::Gzip | Packing::Zip => {
            if work::read(worker, Job::CostPacked, source, sums, counter, export)? == Form::Text {
                return Ok(());
            }
            // Parquet isn't read from its beginning to its end.
            let packed = given.sources.iter().find(|found| found.named == source.named);
            let Some(packed) = packed else { return Err(sums::nothing(&source.named, Vec::new())) };
            let file = packed.on_the_disk(worker, Job::CostUnpacked, given.room.as_deref(), counter)?;
            let unpacked = Source { file, packing: Packing::Parquet, ..source.clone() };
            work::read(worker, Job::CostParquet, &unpacked, sums, counter, export).map(drop)
        }
        Packing::Plain | Packing::Workbook | Packing::Other(_) => {
            let mut taking = sums.take(&source.named);
            let mut reading = Reading::new(&source.named, &mut taking, counter);
            text_file::read(&mut reading, &source.file)?;
            let (layout, months) = (reading.layout, reading.months());
            export.of_kiro = export.of_kiro.saturating_add(reading.of_kiro);
            export.bad.append(reading.bad);
            export.copies = export.copies.saturating_add(taking.copies);
            export.bad.append(taking.bad);
            sums.told(layout, months);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests;
