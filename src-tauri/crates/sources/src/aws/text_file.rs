//! Cost exports as CSV, packed or not.

use super::form::{COLUMNS, PAYER, PERIOD, PRODUCT, Places, START, WHAT, is_kiro, name_in, places};
use super::issue::Layout;
use super::others::Others;
use super::reading::Reading;
use super::result;
use crate::files::bounded::{self, FileError, Passing, Row, Table};
use crate::files::reason::Reason;
use crate::files::table_file::{ReadError, column, twice};
use crate::files::words::without_mark;
use csv::ByteRecord;
use headroom_exact::say;
use std::io::Read;
use std::path::Path;
use std::str;

/// The columns of a table, and what follows from where they stand.
struct Columns {
    places: Places,
    passing: Passing,
    others: Others,
}

impl Columns {
    /// Of a table with this header, and how it names them.
    fn of(header: &ByteRecord) -> Result<(Layout, Self), Reason> {
        let (layout, places) = places(|name| column(header, name))?;
        let named = COLUMNS.iter().map(|names| name_in(names, layout)).filter(|name| !name.is_empty());
        if let Some(reason) = twice(header, named) {
            return Err(reason.into());
        }
        let told = [PAYER, PERIOD, START].map(|index| places.get(index).copied().flatten());
        // A row that names the columns once more is needed, too.
        let product = places.get(PRODUCT).copied().flatten();
        let passing = Passing::new(&[product_in(layout)], header.len(), told).but_where(product, is_kiro);
        Ok((layout, Self { places, passing, others: Others::of(header, &places) }))
    }

    /// Those of another bill that somebody put behind this one, where a row names them: in another order, or more of them.
    fn another_behind(&self, layout: Layout, row: &ByteRecord) -> Option<Self> {
        let product = self.places.get(PRODUCT).copied().flatten();
        let is_kiros = |place: usize| row.get(place).is_some_and(is_kiro);
        if product.is_some_and(is_kiros) || column(row, product_in(layout)).is_none() {
            return None;
        }
        let (again, columns) = Self::of(&without_mark(row)).ok()?;
        (again == layout).then_some(columns)
    }
}

/// What a layout calls the column of the product.
fn product_in(layout: Layout) -> &'static str {
    let [product, ..] = COLUMNS;
    name_in(&product, layout)
}

/// Reads a plain one, which lies at `file`.
pub(super) fn read(reading: &mut Reading<'_, '_>, file: &Path) -> Result<(), ReadError> {
    let opened = bounded::open(file).map_err(|error| ReadError::broken(reading.file, &error))?;
    rows(reading, opened, true)
}

/// Reads what is plain text by now; whether its bytes are those of the file.
pub(super) fn rows(reading: &mut Reading<'_, '_>, input: impl Read, plain: bool) -> Result<(), ReadError> {
    let file = reading.file;
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |error: FileError| ReadError::broken(file, &error);
    let mut table = Table::passing(input);
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    if result::is_one(&header) {
        return Err(another(say!("result-is-packed").into()));
    }
    let (layout, mut columns) = Columns::of(&header).map_err(another)?;
    reading.layout = layout;
    reading.commas = table.separator().into();
    let mut record = ByteRecord::new();
    loop {
        loop {
            let passed =
                table.pass_by(&columns.passing, |texts| reading.any_row_of(texts)).map_err(broken)?;
            if passed == 0 {
                break;
            }
            reading.counter.rows(passed, if plain { table.bytes() } else { 0 })?;
        }
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => return reading.commas.refused(file),
            read @ (Row::Read | Row::Bad(_)) => {
                if let Some(again) = columns.another_behind(layout, &record) {
                    columns = again;
                    table.goes_on_with(record.len());
                    reading.another_behind();
                    continue;
                }
                let bytes = |index: usize| {
                    let place = columns.places.get(index).copied().flatten();
                    place.and_then(|place| record.get(place)).unwrap_or_default()
                };
                let cell = |index: usize| str::from_utf8(bytes(index)).unwrap_or_default();
                if let Row::Bad(reason) = read {
                    reading.lost([PAYER, PERIOD, START].map(cell), line, reason);
                } else if is_kiro(bytes(PRODUCT))
                    && (0..COLUMNS.len()).any(|at| str::from_utf8(bytes(at)).is_err())
                {
                    reading.lost([PAYER, PERIOD, START].map(cell), line, say!("not-text"));
                } else if is_kiro(bytes(PRODUCT)) {
                    let mut cells = [""; COLUMNS.len()];
                    for (index, text) in cells.iter_mut().enumerate() {
                        *text = cell(index);
                    }
                    reading.row(&cells, line, &|| columns.others.in_row(&record))?;
                } else {
                    reading.any_row_of([PAYER, PERIOD, START].map(bytes));
                }
            }
        }
        reading.counter.rows(1, if plain { table.bytes() } else { 0 })?;
    }
}
