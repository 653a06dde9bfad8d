//! Cost exports as CSV, packed or not.

use super::form::{COLUMNS, PAYER, PERIOD, PRODUCT, START, WHAT, is_kiro, places};
use super::reading::Reading;
use super::result;
use crate::files::bounded::{self, FileError, Row, Table};
use crate::files::table_file::{ReadError, column};
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
    let mut table = Table::new(input);
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    if result::is_one(&header) {
        return Err(another(say!("result-is-packed")));
    }
    let (layout, places) = places(|name| column(&header, name)).map_err(another)?;
    reading.layout = layout;
    let mut record = ByteRecord::new();
    loop {
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => return Ok(()),
            // One whose fields aren't under their names any more is no row of anybody's.
            Row::Read if record.len() != header.len() => {
                let (fields, columns) = (record.len(), header.len());
                reading.bad.add(file, line, say!("row-of-another-width", fields, columns));
            }
            Row::Read => {
                let bytes = |index: usize| {
                    let place = places.get(index).copied().flatten();
                    place.and_then(|place| record.get(place)).unwrap_or_default()
                };
                let cell = |index: usize| str::from_utf8(bytes(index)).unwrap_or_default();
                if is_kiro(cell(PRODUCT)) {
                    let mut cells = [""; COLUMNS.len()];
                    for (index, text) in cells.iter_mut().enumerate() {
                        *text = cell(index);
                    }
                    reading.row(&cells, line)?;
                } else if !reading.is_as_before([bytes(PAYER), bytes(PERIOD), bytes(START)]) {
                    reading.any_row(cell(PAYER), cell(PERIOD), cell(START));
                }
            }
            Row::Bad(reason) => reading.bad.add(file, line, reason),
        }
        reading.counter.rows(1, if plain { table.bytes() } else { 0 })?;
    }
}
