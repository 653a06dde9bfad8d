//! Cost exports as CSV, packed or not.

use super::form::{COLUMNS, PAYER, PERIOD, PRODUCT, PRODUCTS, START, WHAT, is_kiro, name_in, places};
use super::others::Others;
use super::reading::Reading;
use super::result;
use crate::files::bounded::{self, FileError, Passing, Row, Table};
use crate::files::table_file::{ReadError, column, twice};
use csv::ByteRecord;
use headroom_exact::{Saying, say};
use std::io::Read;
use std::path::Path;
use std::str;

/// Reads a plain one, which lies at `file`.
pub(super) fn read(reading: &mut Reading<'_, '_>, file: &Path) -> Result<(), ReadError> {
    let opened = bounded::open(file).map_err(|error| ReadError::broken(reading.file, &error))?;
    rows(reading, opened, true)
}

/// Reads what is plain text by now; whether its bytes are those of the file.
pub(super) fn rows(reading: &mut Reading<'_, '_>, input: impl Read, plain: bool) -> Result<(), ReadError> {
    let file = reading.file;
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |error: FileError| ReadError::broken(file, &error);
    let mut table = Table::passing(input);
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    if result::is_one(&header) {
        return Err(another(say!("result-is-packed")));
    }
    let (layout, places) = places(|name| column(&header, name)).map_err(another)?;
    let named = COLUMNS.iter().map(|names| name_in(names, layout)).filter(|name| !name.is_empty());
    if let Some(reason) = twice(&header, named) {
        return Err(another(reason));
    }
    reading.layout = layout;
    reading.commas = table.separator().into();
    let [payer, period, start] = [PAYER, PERIOD, START].map(|index| places.get(index).copied().flatten());
    let passing = Passing::new(&PRODUCTS, header.len(), [payer, period, start]);
    let others = Others::of(&header, &places);
    let mut record = ByteRecord::new();
    loop {
        loop {
            let passed = table.pass_by(&passing, |texts| reading.any_row_of(texts)).map_err(broken)?;
            if passed == 0 {
                break;
            }
            reading.counter.rows(passed, if plain { table.bytes() } else { 0 })?;
        }
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => return reading.commas.refused(file),
            read @ (Row::Read | Row::Bad(_)) => {
                let bytes = |index: usize| {
                    let place = places.get(index).copied().flatten();
                    place.and_then(|place| record.get(place)).unwrap_or_default()
                };
                let cell = |index: usize| str::from_utf8(bytes(index)).unwrap_or_default();
                if let Row::Bad(reason) = read {
                    reading.lost([PAYER, PERIOD, START].map(cell), line, reason);
                } else if is_kiro(cell(PRODUCT))
                    && (0..COLUMNS.len()).any(|at| str::from_utf8(bytes(at)).is_err())
                {
                    reading.lost([PAYER, PERIOD, START].map(cell), line, say!("not-text"));
                } else if is_kiro(cell(PRODUCT)) {
                    let mut cells = [""; COLUMNS.len()];
                    for (index, text) in cells.iter_mut().enumerate() {
                        *text = cell(index);
                    }
                    reading.row(&cells, line, &|| others.in_row(&record))?;
                } else {
                    reading.any_row_of([PAYER, PERIOD, START].map(bytes));
                }
            }
        }
        reading.counter.rows(1, if plain { table.bytes() } else { 0 })?;
    }
}
