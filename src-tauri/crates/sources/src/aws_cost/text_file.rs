//! Cost exports as CSV, packed with gzip or not.

use super::{COLUMNS, CostExport, Sums, WHAT, is_kiro, places};
use crate::table_file::{Counter, ReadError, column};
use csv::ByteRecord;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::str;

/// Bytes read at once.
const BUFFER: usize = 1 << 18;

pub(super) fn read(
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let opened = File::open(file).map_err(|error| ReadError::unreadable(file, &error))?;
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) {
        let unpacked = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, opened));
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
    let another = |reason: String| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(BUFFER).from_reader(input);
    let header = reader.byte_headers().map_err(|error| another(error.to_string()))?.clone();
    let places = places(|name| column(&header, name)).map_err(another)?;
    let product = places.first().copied().flatten().unwrap_or_default();
    let mut record = ByteRecord::new();
    let mut text = String::new();
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {
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
                }
            }
            Err(error) if error.is_io_error() => return Err(ReadError::unreadable(file, &error)),
            Err(error) => export.bad.add(file, line, error.to_string()),
        }
        counter.rows(1, if plain { reader.position().byte() } else { 0 })?;
    }
}
