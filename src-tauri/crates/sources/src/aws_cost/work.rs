//! Cost exports in forms that a worker reads: the sums of their rows come back.

use super::form::CostExport;
use super::reading::Reading;
use super::sums::{Line, Sums};
use super::{parquet_file, text_file};
use crate::bounded::Unpacked;
use crate::table_file::{Counter, ReadError};
use crate::worker::{Job, Teller, Worker, believed};
use headroom_exact::Saying;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::fs::File;
use std::path::Path;

/// Sums that take so many bytes are handed on, and begun anew: the worker has little memory. It is room for a month of
/// 15,000 users; handing on what comes again and again would take longer than reading it.
const MOST_HELD: usize = 36 << 20;
/// The texts of a message's lines have some so many bytes.
const BYTES_A_MESSAGE: usize = 1 << 16;

/// What a worker says of an export.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    /// Sums, which may come again under the same keys.
    Lines(Vec<Line>),
    /// Everything else, at the end.
    Rest {
        of_kiro: u64,
        bad: u64,
        /// Some of them: the line and what is wrong with it.
        listed: Vec<(u64, Saying)>,
    },
}

/// Has a worker read an export.
pub(super) fn read(
    worker: &Worker,
    job: Job,
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let damaged = |reason: Saying| ReadError::Damaged { path: file.to_owned(), reason };
    worker.read(job, file, counter, &mut |part, counter| {
        match part {
            Part::Lines(lines) => {
                for line in lines {
                    sums.merge(line).map_err(damaged)?;
                    counter.keeps(file, sums.more())?;
                }
            }
            Part::Rest { of_kiro, bad, listed } => {
                export.of_kiro = export.of_kiro.saturating_add(of_kiro);
                let believed = listed.into_iter().map(|(line, reason)| (line, believed(reason)));
                export.bad.add_all(file, bad, believed);
            }
        }
        Ok(())
    })
}

/// The worker's part: an export in Parquet.
pub(crate) fn work_on_parquet(
    file: &Path,
    opened: File,
    counter: &mut Counter<'_>,
    teller: &Teller<'_>,
) -> Result<(), ReadError> {
    work(file, counter, teller, |reading| parquet_file::read(reading, opened))
}

/// The worker's part: an export packed with gzip.
pub(crate) fn work_on_packed(
    file: &Path,
    opened: File,
    counter: &mut Counter<'_>,
    teller: &Teller<'_>,
) -> Result<(), ReadError> {
    let unpacked = Unpacked::new(opened).map_err(|error| ReadError::broken(file, &error))?;
    // What a packed file has been read to isn't known from what came out of it.
    work(file, counter, teller, |reading| text_file::rows(reading, unpacked, false))
}

fn work(
    file: &Path,
    counter: &mut Counter<'_>,
    teller: &Teller<'_>,
    rows: impl FnOnce(&mut Reading<'_, '_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut sums = Sums::default();
    let held = Cell::new(0_usize);
    let hand_on = |sums: &mut Sums, _: &mut Counter<'_>| {
        held.set(held.get().saturating_add(sums.more()));
        if held.get() < MOST_HELD {
            return Ok(());
        }
        held.set(0);
        tell(sums, teller)
    };
    let mut reading = Reading::new(file, &mut sums, counter, &hand_on);
    rows(&mut reading)?;
    let (of_kiro, bad) = (reading.of_kiro, reading.bad);
    tell(&mut sums, teller)?;
    let listed = bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
    teller.part(Part::Rest { of_kiro, bad: bad.count, listed })
}

/// Hands the sums on, and begins anew.
fn tell(sums: &mut Sums, teller: &Teller<'_>) -> Result<(), ReadError> {
    let mut lines = Vec::new();
    let mut bytes = 0_usize;
    for line in sums.take() {
        bytes = bytes.saturating_add(size_of::<Line>()).saturating_add(line.texts());
        lines.push(line);
        if bytes >= BYTES_A_MESSAGE {
            teller.part(Part::Lines(std::mem::take(&mut lines)))?;
            bytes = 0;
        }
    }
    if lines.is_empty() { Ok(()) } else { teller.part(Part::Lines(lines)) }
}
