//! Cost exports in forms that a worker reads: their lines come back.

use super::export::CostExport;
use super::form::WHAT;
use super::issue::Layout;
use super::key::{self, Key};
use super::plan::Source;
use super::reading::{Line, Month, Reading, Sink};
use super::sums::Sums;
use super::{parquet_file, text_file};
use crate::files::bounded::Unpacked;
use crate::files::table_file::{Counter, ReadError};
use crate::worker::{Job, Teller, Worker, believed};
use headroom_exact::Saying;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::mem;
use std::path::Path;

/// A message has so many lines at most, and so many bytes of keys.
const LINES_A_MESSAGE: usize = 512;
const BYTES_A_MESSAGE: usize = 1 << 16;

/// What a worker says of an export.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    /// Keys, each of which may come again, and lines with these and with those that came before.
    Lines(Vec<Key>, Vec<Line>),
    /// It is Parquet within a ZIP: nothing of it was read.
    Parquet,
    /// Everything else, at the end.
    Rest {
        layout: Layout,
        months: Vec<Month>,
        of_kiro: u64,
        bad: u64,
        /// Some of them: the line and what is wrong with it.
        listed: Vec<(u64, Saying)>,
    },
}

/// What was found in a packing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// A table of text, which was read; or what isn't packed.
    Text,
    /// Parquet, of which nothing was read.
    Parquet,
}

/// Has a worker read an export.
pub(super) fn read(
    worker: &Worker,
    job: Job,
    source: &Source,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<Form, ReadError> {
    let mut taking = sums.take(&source.named);
    let (mut rest, mut form) = (None, Form::Text);
    worker.read_in(job, &source.file, &source.named, counter, &mut |part, counter| {
        match part {
            Part::Lines(keys, lines) => {
                keys.into_iter().try_for_each(|key| taking.learned(key, counter))?;
                lines.into_iter().try_for_each(|line| taking.line(line, counter))?;
            }
            Part::Parquet => form = Form::Parquet,
            Part::Rest { layout, months, of_kiro, bad, listed } => {
                export.of_kiro = export.of_kiro.saturating_add(of_kiro);
                let believed = listed.into_iter().map(|(line, reason)| (line, believed(reason)));
                export.bad.add_all(&source.named, bad, believed);
                rest = Some((layout, months));
            }
        }
        Ok(())
    })?;
    export.copies = export.copies.saturating_add(taking.copies);
    export.bad.append(taking.bad);
    if let Some((layout, months)) = rest {
        sums.told(layout, months);
    }
    Ok(form)
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

/// The worker's part: an export packed with gzip or in a ZIP.
pub(crate) fn work_on_packed(
    file: &Path,
    opened: File,
    counter: &mut Counter<'_>,
    teller: &Teller<'_>,
) -> Result<(), ReadError> {
    let unpacked = Unpacked::new(opened, file);
    let unpacked = unpacked.map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    if unpacked.is_parquet() {
        return teller.part(Part::Parquet);
    }
    // What a packed file has been read to isn't known from what came out of it.
    work(file, counter, teller, |reading| text_file::rows(reading, unpacked, false))
}

/// Lines on their way to whoever started the worker.
struct Telling<'t, 'o> {
    teller: &'t Teller<'o>,
    keys: Vec<Key>,
    bytes: usize,
    lines: Vec<Line>,
}

impl Telling<'_, '_> {
    fn tell(&mut self) -> Result<(), ReadError> {
        self.bytes = 0;
        self.teller.part(Part::Lines(mem::take(&mut self.keys), mem::take(&mut self.lines)))
    }
}

impl Sink for Telling<'_, '_> {
    fn learned(&mut self, key: Key, _: &mut Counter<'_>) -> Result<(), ReadError> {
        self.bytes = self.bytes.saturating_add(size_of::<Key>()).saturating_add(key::texts(&key));
        self.keys.push(key);
        if self.bytes >= BYTES_A_MESSAGE { self.tell() } else { Ok(()) }
    }

    fn line(&mut self, line: Line, _: &mut Counter<'_>) -> Result<(), ReadError> {
        self.lines.push(line);
        if self.lines.len() >= LINES_A_MESSAGE { self.tell() } else { Ok(()) }
    }
}

fn work(
    file: &Path,
    counter: &mut Counter<'_>,
    teller: &Teller<'_>,
    rows: impl FnOnce(&mut Reading<'_, '_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut telling = Telling { teller, keys: Vec::new(), bytes: 0, lines: Vec::new() };
    let mut reading = Reading::new(file, &mut telling, counter);
    rows(&mut reading)?;
    let (layout, months) = (reading.layout, reading.months());
    let (of_kiro, bad) = (reading.of_kiro, reading.bad);
    telling.tell()?;
    let listed = bad.listed.into_iter().map(|row| (row.line, row.reason)).collect();
    teller.part(Part::Rest { layout, months, of_kiro, bad: bad.count, listed })
}
