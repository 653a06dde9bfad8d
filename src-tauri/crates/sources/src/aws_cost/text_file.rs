//! Cost exports as CSV, packed with gzip or not.

use super::{COLUMNS, CostExport, Sums, WHAT, is_kiro, places};
use crate::bounded::{self, FileError, Row, Table, Unpacked};
use crate::table_file::{Counter, ReadError, column};
use csv::ByteRecord;
use headroom_exact::Saying;
use std::io::Read;
use std::path::Path;
use std::str;

pub(super) fn read(
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let broken = |error: FileError| ReadError::broken(file, &error);
    let opened = bounded::open(file).map_err(broken)?;
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) {
        let unpacked = Unpacked::new(opened).map_err(broken)?;
        // What a packed file has been read to isn't known from what came out of it.
        rows(file, unpacked, false, sums, counter, export)
    } else {
        rows(file, opened, true, sums, counter, export)
    }
}

fn rows(
    file: &Path,
    input: impl Read,
    plain: bool,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |error: FileError| ReadError::broken(file, &error);
    let mut table = Table::new(input);
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let places = places(|name| column(&header, name)).map_err(another)?;
    let product = places.first().copied().flatten().unwrap_or_default();
    let mut record = ByteRecord::new();
    let mut text = String::new();
    loop {
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => return Ok(()),
            Row::Read => {
                let of_product = record.get(product).unwrap_or_default();
                if str::from_utf8(of_product).is_ok_and(is_kiro) {
                    export.of_kiro = export.of_kiro.saturating_add(1);
                    let mut cells = [""; COLUMNS.len()];
                    for (cell, place) in cells.iter_mut().zip(places) {
                        let bytes = place.and_then(|place| record.get(place)).unwrap_or_default();
                        *cell = str::from_utf8(bytes).unwrap_or_default();
                    }
                    if let Err(reason) = sums.add(&cells, &mut text) {
                        export.bad.add(file, line, reason);
                    }
                    counter.keeps(file, sums.more())?;
                }
            }
            Row::Bad(reason) => export.bad.add(file, line, reason),
        }
        counter.rows(1, if plain { table.bytes() } else { 0 })?;
    }
}
