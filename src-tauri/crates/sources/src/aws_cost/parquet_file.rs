//! Cost exports as Parquet: the needed columns, a few thousand rows at a time.

use super::{COLUMNS, CostExport, Sums, WHAT, is_kiro, places};
use crate::bounded;
use crate::table_file::{Counter, ReadError};
use chrono::DateTime;
use headroom_exact::{Saying, say};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::ColumnDescriptor;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// Rows read at once.
const BATCH: usize = 8_192;

pub(super) fn read(
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    // The library that reads Parquet panics on some damaged files. What it has read by then is dropped with
    // the whole import, so nothing half done is seen.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| groups(file, sums, counter, export)));
    outcome.unwrap_or_else(|_| Err(damaged(file)))
}

/// What the library says of it is for those who know its format.
fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("parquet-damaged") }
}

fn groups(
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let opened = bounded::open(file).map_err(|error| ReadError::broken(file, &error))?;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |_: ParquetError| damaged(file);
    let reader = SerializedFileReader::new(opened).map_err(broken)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let find =
        |name: &str| (0..schema.num_columns()).find(|index| schema.column(*index).path().string() == name);
    // The legacy report's Parquet has the names of CUR 2.0, as Athena's tables do.
    let places = places(find).map_err(another)?;
    let groups = u64::try_from(reader.num_row_groups()).unwrap_or(u64::MAX).max(1);
    let mut line = 0_u64;
    let mut text = String::new();
    for group in 0..reader.num_row_groups() {
        let group_reader = reader.get_row_group(group).map_err(broken)?;
        let mut rows = Rows::open(group_reader.as_ref(), &places).map_err(broken)?;
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
                if !is_kiro(cells[0]) {
                    continue;
                }
                export.of_kiro = export.of_kiro.saturating_add(1);
                if let Err(reason) = sums.add(&cells, &mut text) {
                    export.bad.add(file, line, reason);
                }
                counter.keeps(file, sums.more())?;
            }
            counter.rows(u64::try_from(count).unwrap_or(u64::MAX), done)?;
        }
    }
    Ok(())
}

/// The needed columns of a row group, side by side.
struct Rows {
    columns: Vec<Option<Column>>,
}

/// One column and the texts of its rows that were read last.
struct Column {
    reader: ColumnReader,
    unit: Option<Unit>,
    optional: bool,
    texts: Vec<String>,
}

/// How a moment is counted.
#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

fn unit(column: &ColumnDescriptor) -> Option<Unit> {
    let logical = match column.logical_type_ref() {
        Some(LogicalType::Timestamp(timestamp)) => Some(timestamp.unit),
        _ => None,
    };
    match (logical, column.converted_type()) {
        (Some(TimeUnit::MILLIS), _) | (_, ConvertedType::TIMESTAMP_MILLIS) => Some(Unit::Milliseconds),
        (Some(TimeUnit::MICROS), _) | (_, ConvertedType::TIMESTAMP_MICROS) => Some(Unit::Microseconds),
        (Some(TimeUnit::NANOS), _) => Some(Unit::Nanoseconds),
        _ => None,
    }
}

impl Rows {
    fn open(
        group: &dyn RowGroupReader,
        places: &[Option<usize>; COLUMNS.len()],
    ) -> Result<Self, ParquetError> {
        let open = |place: &Option<usize>| {
            let Some(place) = *place else { return Ok(None) };
            let column = group.metadata().column(place).column_descr();
            Ok(Some(Column {
                reader: group.get_column_reader(place)?,
                unit: unit(column),
                optional: column.max_def_level() > 0,
                texts: Vec::new(),
            }))
        };
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

    fn cells(&self, index: usize) -> super::Cells<'_> {
        let mut cells = [""; COLUMNS.len()];
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            let text = column.as_ref().and_then(|column| column.texts.get(index));
            *cell = text.map(String::as_str).unwrap_or_default();
        }
        cells
    }
}

impl Column {
    fn next_batch(&mut self) -> Result<(), ParquetError> {
        let (optional, unit) = (self.optional, self.unit);
        let unread = |kept: Type| ParquetError::General(format!("it keeps a needed column as {kept}"));
        let texts = &mut self.texts;
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => batch(reader, optional, texts, |value, text| {
                text.push_str(value.as_utf8().unwrap_or_default());
            }),
            ColumnReader::DoubleColumnReader(reader) => {
                // The shortest text that is this number: what the service counted.
                batch(reader, optional, texts, |value, text| *text = value.to_string())
            }
            ColumnReader::Int64ColumnReader(reader) => batch(reader, optional, texts, |value, text| {
                *text = unit.map_or_else(|| value.to_string(), |unit| moment(*value, unit));
            }),
            ColumnReader::Int96ColumnReader(reader) => batch(reader, optional, texts, |value, text| {
                *text = moment(value.to_millis(), Unit::Milliseconds);
            }),
            ColumnReader::Int32ColumnReader(reader) => {
                batch(reader, optional, texts, |value, text| *text = value.to_string())
            }
            ColumnReader::BoolColumnReader(_) => Err(unread(Type::BOOLEAN)),
            ColumnReader::FloatColumnReader(_) => Err(unread(Type::FLOAT)),
            ColumnReader::FixedLenByteArrayColumnReader(_) => Err(unread(Type::FIXED_LEN_BYTE_ARRAY)),
        }
    }
}

/// A moment as text; empty for one that is none.
fn moment(count: i64, unit: Unit) -> String {
    let at = match unit {
        Unit::Milliseconds => DateTime::from_timestamp_millis(count),
        Unit::Microseconds => DateTime::from_timestamp_micros(count),
        Unit::Nanoseconds => Some(DateTime::from_timestamp_nanos(count)),
    };
    at.map(|at| at.date_naive().to_string()).unwrap_or_default()
}

fn batch<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    optional: bool,
    texts: &mut Vec<String>,
    write: impl Fn(&T::T, &mut String),
) -> Result<(), ParquetError> {
    let mut levels = Vec::with_capacity(BATCH);
    let mut values = Vec::with_capacity(BATCH);
    let (rows, _, _) = reader.read_records(BATCH, Some(&mut levels), None, &mut values)?;
    texts.truncate(rows);
    texts.resize_with(rows, String::new);
    let mut values = values.iter();
    for (index, text) in texts.iter_mut().enumerate() {
        text.clear();
        let is_there = !optional || levels.get(index).is_some_and(|level| *level > 0);
        if is_there && let Some(value) = values.next() {
            write(value, text);
        }
    }
    Ok(())
}
