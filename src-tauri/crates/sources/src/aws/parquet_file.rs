//! Cost exports as Parquet: the needed columns, a few thousand rows at a time.

use super::form::{COLUMNS, Cells, PAYER, PERIOD, PRODUCT, Places, START, WHAT, is_kiro, places};
use super::parquet_column::{Column, damaged};
use super::parquet_others::Others;
use super::reading::Reading;
use crate::files::reason::Reason;
use crate::files::table_file::ReadError;
use headroom_exact::say;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};

pub(super) fn read(reading: &mut Reading<'_, '_>, opened: File) -> Result<(), ReadError> {
    // The library that reads Parquet panics on some damaged files. What it has read by then is dropped with
    // the whole import, so nothing half done is seen.
    let file = reading.file;
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| groups(reading, opened)));
    outcome.unwrap_or_else(|_| Err(damaged(file)))
}

fn groups(reading: &mut Reading<'_, '_>, opened: File) -> Result<(), ReadError> {
    let file = reading.file;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |_: ParquetError| damaged(file);
    let reader = SerializedFileReader::new(opened).map_err(broken)?;
    if let Some(form) = packed_otherwise(reader.metadata()) {
        return Err(another(say!("parquet-packed", form).into()));
    }
    let schema = reader.metadata().file_metadata().schema_descr();
    let place = |is_it: &dyn Fn(&str) -> bool| {
        (0..schema.num_columns()).find(|index| is_it(&schema.column(*index).path().string()))
    };
    // What a query engine wrote has all names in small letters, FOCUS's too.
    let find = |name: &str| {
        place(&|column| column == name).or_else(|| place(&|column| column.eq_ignore_ascii_case(name)))
    };
    // The legacy report's Parquet has the names of CUR 2.0, as Athena's tables do.
    let (layout, places) = places(find).map_err(another)?;
    reading.layout = layout;
    let groups = u64::try_from(reader.num_row_groups()).unwrap_or(u64::MAX).max(1);
    let others = Others::of(schema, &places);
    let mut line = 0_u64;
    for group in 0..reader.num_row_groups() {
        let group_reader = reader.get_row_group(group).map_err(broken)?;
        let others = others.in_group(group_reader.as_ref(), reading.counter, file)?;
        let mut rows = Rows::open(group_reader.as_ref(), &places).map_err(broken)?;
        let first = line;
        let group = u64::try_from(group).unwrap_or(u64::MAX);
        let done = length.checked_div(groups).unwrap_or(0).saturating_mul(group);
        loop {
            let count = rows.next_batch().map_err(broken)?;
            if count == 0 {
                break;
            }
            for index in 0..count {
                let cells = rows.cells(index);
                line = line.saturating_add(1);
                if is_kiro(cells[PRODUCT].as_bytes()) {
                    let row = line.saturating_sub(first);
                    reading.row(&cells, line, &|| others.in_row(row))?;
                } else {
                    reading.any_row(cells[PAYER], cells[PERIOD], cells[START]);
                }
            }
            reading.counter.rows(u64::try_from(count).unwrap_or(u64::MAX), done)?;
        }
        reading.counter.releases(others.bytes());
    }
    Ok(())
}

/// How its columns are packed, where that isn't read here: AWS packs them with Snappy, Athena with GZIP where nothing is said.
fn packed_otherwise(metadata: &ParquetMetaData) -> Option<&'static str> {
    let columns = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    columns.map(ColumnChunkMetaData::compression).find_map(|packing| match packing {
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) => None,
        Compression::LZO => Some("LZO"),
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZ4 | Compression::LZ4_RAW => Some("LZ4"),
        Compression::ZSTD(_) => Some("zstd"),
    })
}

/// The needed columns of a row group, side by side.
struct Rows {
    columns: Vec<Option<Column>>,
}

impl Rows {
    fn open(group: &dyn RowGroupReader, places: &Places) -> Result<Self, ParquetError> {
        let open = |place: &Option<usize>| place.map(|place| Column::open(group, place, true)).transpose();
        let columns = places.iter().map(open).collect::<Result<_, ParquetError>>()?;
        Ok(Self { columns })
    }

    /// Reads on; how many rows there are now, none at the end.
    fn next_batch(&mut self) -> Result<usize, ParquetError> {
        let mut rows = None;
        for column in self.columns.iter_mut().flatten() {
            column.next_batch()?;
            let count = column.texts.len();
            if *rows.get_or_insert(count) != count {
                return Err(ParquetError::General("its columns have different lengths".to_owned()));
            }
        }
        Ok(rows.unwrap_or(0))
    }

    fn cells(&self, index: usize) -> Cells<'_> {
        let mut cells = [""; COLUMNS.len()];
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            let text = column.as_ref().and_then(|column| column.texts.get(index));
            *cell = text.map(String::as_str).unwrap_or_default();
        }
        cells
    }
}
