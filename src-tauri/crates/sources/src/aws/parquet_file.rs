//! Cost exports as Parquet: the needed columns, a few thousand rows at a time.

use super::form::{COLUMNS, Cells, PAYER, PERIOD, PRODUCT, Places, START, WHAT, is_kiro, places};
use super::reading::Reading;
use crate::files::table_file::ReadError;
use chrono::{DateTime, Utc};
use headroom_exact::{Saying, say};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::ColumnDescriptor;
use rust_decimal::Decimal;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// Rows read at once.
const BATCH: usize = 8_192;

pub(super) fn read(reading: &mut Reading<'_, '_>, opened: File) -> Result<(), ReadError> {
    // The library that reads Parquet panics on some damaged files. What it has read by then is dropped with
    // the whole import, so nothing half done is seen.
    let file = reading.file;
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| groups(reading, opened)));
    outcome.unwrap_or_else(|_| Err(damaged(file)))
}

/// What the library says of it is for those who know its format.
fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("parquet-damaged") }
}

fn groups(reading: &mut Reading<'_, '_>, opened: File) -> Result<(), ReadError> {
    let file = reading.file;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let broken = |_: ParquetError| damaged(file);
    let reader = SerializedFileReader::new(opened).map_err(broken)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let find =
        |name: &str| (0..schema.num_columns()).find(|index| schema.column(*index).path().string() == name);
    // The legacy report's Parquet has the names of CUR 2.0, as Athena's tables do.
    let (layout, places) = places(find).map_err(another)?;
    reading.layout = layout;
    let groups = u64::try_from(reader.num_row_groups()).unwrap_or(u64::MAX).max(1);
    let mut line = 0_u64;
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
                if is_kiro(cells[PRODUCT]) {
                    reading.row(&cells, line)?;
                } else {
                    reading.any_row(cells[PAYER], cells[PERIOD], cells[START]);
                }
            }
            reading.counter.rows(u64::try_from(count).unwrap_or(u64::MAX), done)?;
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

/// What a whole number stands for.
#[derive(Clone, Copy)]
enum Unit {
    /// Moments since 1970.
    Milliseconds,
    Microseconds,
    Nanoseconds,
    /// Days since 1970.
    Days,
    /// A decimal with so many digits behind the point.
    Decimal(u32),
}

fn unit(column: &ColumnDescriptor) -> Option<Unit> {
    let scale = |scale: i32| u32::try_from(scale).ok().map(Unit::Decimal);
    match column.logical_type_ref() {
        Some(LogicalType::Timestamp(timestamp)) => {
            return Some(match timestamp.unit {
                TimeUnit::MILLIS => Unit::Milliseconds,
                TimeUnit::MICROS => Unit::Microseconds,
                TimeUnit::NANOS => Unit::Nanoseconds,
            });
        }
        Some(LogicalType::Decimal(decimal)) => return scale(decimal.scale),
        Some(LogicalType::Date) => return Some(Unit::Days),
        _ => {}
    }
    let converted = column.converted_type();
    if converted == ConvertedType::DECIMAL {
        return scale(column.type_scale());
    }
    let others = [
        (ConvertedType::TIMESTAMP_MILLIS, Unit::Milliseconds),
        (ConvertedType::TIMESTAMP_MICROS, Unit::Microseconds),
        (ConvertedType::DATE, Unit::Days),
    ];
    others.into_iter().find(|(of, _)| *of == converted).map(|(_, unit)| unit)
}

impl Rows {
    fn open(group: &dyn RowGroupReader, places: &Places) -> Result<Self, ParquetError> {
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

    fn cells(&self, index: usize) -> Cells<'_> {
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
            ColumnReader::ByteArrayColumnReader(reader) => {
                batch(reader, optional, texts, |value, text| match unit {
                    Some(unit) => *text = big_endian(value.data(), unit),
                    None => text.push_str(value.as_utf8().unwrap_or_default()),
                })
            }
            ColumnReader::DoubleColumnReader(reader) => {
                // The shortest text that is this number: what the service counted.
                batch(reader, optional, texts, |value, text| *text = value.to_string())
            }
            ColumnReader::FloatColumnReader(reader) => {
                batch(reader, optional, texts, |value, text| *text = value.to_string())
            }
            ColumnReader::Int64ColumnReader(reader) => {
                batch(reader, optional, texts, |value, text| *text = number((*value).into(), unit))
            }
            ColumnReader::Int96ColumnReader(reader) => batch(reader, optional, texts, |value, text| {
                *text = number(value.to_millis().into(), Some(Unit::Milliseconds));
            }),
            ColumnReader::Int32ColumnReader(reader) => {
                batch(reader, optional, texts, |value, text| *text = number((*value).into(), unit))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                let Some(unit) = unit else { return Err(unread(Type::FIXED_LEN_BYTE_ARRAY)) };
                batch(reader, optional, texts, |value, text| *text = big_endian(value.data(), unit))
            }
            ColumnReader::BoolColumnReader(_) => Err(unread(Type::BOOLEAN)),
        }
    }
}

/// A whole number of up to 16 bytes, the high byte first; empty for a longer one.
fn big_endian(bytes: &[u8], unit: Unit) -> String {
    let below_zero = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let mut whole = [if below_zero { 0xff } else { 0 }; 16];
    let place = whole.len().checked_sub(bytes.len()).and_then(|from| whole.get_mut(from..));
    let Some(place) = place else { return String::new() };
    place.copy_from_slice(bytes);
    number(i128::from_be_bytes(whole), Some(unit))
}

/// A whole number as the text of what it stands for; empty for one that is nothing of the kind.
fn number(count: i128, unit: Option<Unit>) -> String {
    let at = |at: Option<DateTime<Utc>>| {
        at.map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
    };
    let small = i64::try_from(count).ok();
    match unit {
        None => count.to_string(),
        Some(Unit::Milliseconds) => at(small.and_then(DateTime::from_timestamp_millis)),
        Some(Unit::Microseconds) => at(small.and_then(DateTime::from_timestamp_micros)),
        Some(Unit::Nanoseconds) => at(small.map(DateTime::from_timestamp_nanos)),
        Some(Unit::Days) => {
            let seconds = small.and_then(|days| days.checked_mul(86_400));
            at(seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
        }
        Some(Unit::Decimal(scale)) => {
            Decimal::try_from_i128_with_scale(count, scale).map(|value| value.to_string()).unwrap_or_default()
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_as_what_they_stand_for() {
        assert_eq!(number(2_000, Some(Unit::Decimal(2))), "20.00");
        assert_eq!(number(-1_370_000_000_000, Some(Unit::Decimal(11))), "-13.70000000000");
        assert_eq!(number(7, None), "7");
        assert_eq!(number(20_728, Some(Unit::Days)), "2026-10-02 00:00:00");
        assert_eq!(number(1_790_812_800_000, Some(Unit::Milliseconds)), "2026-10-01 00:00:00");
        assert_eq!(number(i128::MAX, Some(Unit::Decimal(2))), "", "too large to be true");
        for (bytes, text) in [
            (&[0x07, 0xd0][..], "20.00"),
            (&[0xff, 0xff, 0xf8, 0x30], "-20.00"),
            (&[0x80], "-1.28"),
            (&[], "0.00"),
            (&[1; 17], ""),
        ] {
            assert_eq!(big_endian(bytes, Unit::Decimal(2)), text, "{bytes:?}");
        }
    }
}
