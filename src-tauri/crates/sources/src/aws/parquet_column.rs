//! A column of a Parquet file as texts, some thousand rows at a time.

use crate::files::table_file::ReadError;
use chrono::{DateTime, Utc};
use headroom_exact::say;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::ColumnDescriptor;
use rust_decimal::Decimal;
use std::path::Path;

/// Rows read at once, as a power of two.
pub(super) const BATCH_BITS: u32 = 13;
const BATCH: usize = 1 << BATCH_BITS;
/// What stands between the texts of a column that has several in a row.
pub(super) const BETWEEN: char = '\0';

/// What the library says of it is for those who know its format.
pub(super) fn damaged(file: &Path) -> ReadError {
    ReadError::Damaged { path: file.to_owned(), reason: say!("parquet-damaged").into() }
}

/// One column and the texts of its rows that were read last.
pub(super) struct Column {
    reader: ColumnReader,
    unit: Option<Unit>,
    levels: Levels,
    /// Whether its texts are summed: then they have to be of a type that amounts and names are kept in.
    is_needed: bool,
    pub texts: Vec<String>,
}

/// From which level on a value is there, and whether a row can have several.
#[derive(Clone, Copy)]
struct Levels {
    defined: i16,
    is_repeated: bool,
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

/// The same of every type a column can have.
macro_rules! of_every_type {
    ($reader:expr, $typed:ident => $does:expr) => {
        match $reader {
            ColumnReader::BoolColumnReader($typed) => $does,
            ColumnReader::Int32ColumnReader($typed) => $does,
            ColumnReader::Int64ColumnReader($typed) => $does,
            ColumnReader::Int96ColumnReader($typed) => $does,
            ColumnReader::FloatColumnReader($typed) => $does,
            ColumnReader::DoubleColumnReader($typed) => $does,
            ColumnReader::ByteArrayColumnReader($typed) => $does,
            ColumnReader::FixedLenByteArrayColumnReader($typed) => $does,
        }
    };
}

impl Column {
    pub fn open(group: &dyn RowGroupReader, place: usize, is_needed: bool) -> Result<Self, ParquetError> {
        let column = group.metadata().column(place).column_descr();
        let levels = Levels { defined: column.max_def_level(), is_repeated: column.max_rep_level() > 0 };
        let unit = unit(column);
        Ok(Self { reader: group.get_column_reader(place)?, unit, levels, is_needed, texts: Vec::new() })
    }

    /// Passes by so many rows.
    pub fn skip(&mut self, rows: usize) -> Result<(), ParquetError> {
        of_every_type!(&mut self.reader, reader => reader.skip_records(rows)).map(drop)
    }

    /// Reads on.
    pub fn next_batch(&mut self) -> Result<(), ParquetError> {
        let (levels, unit, is_needed) = (self.levels, self.unit, self.is_needed);
        let unread = |kept: Type| ParquetError::General(format!("it keeps a needed column as {kept}"));
        let texts = &mut self.texts;
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                batch(reader, levels, texts, |value, text| match unit {
                    Some(unit) => text.push_str(&big_endian(value.data(), unit)),
                    None => text.push_str(value.as_utf8().unwrap_or_default()),
                })
            }
            ColumnReader::DoubleColumnReader(reader) => {
                // The shortest text that is this number: what the service counted.
                batch(reader, levels, texts, |value, text| text.push_str(&value.to_string()))
            }
            ColumnReader::FloatColumnReader(reader) => {
                batch(reader, levels, texts, |value, text| text.push_str(&value.to_string()))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                batch(reader, levels, texts, |value, text| text.push_str(&number((*value).into(), unit)))
            }
            ColumnReader::Int96ColumnReader(reader) => batch(reader, levels, texts, |value, text| {
                text.push_str(&number(value.to_millis().into(), Some(Unit::Milliseconds)));
            }),
            ColumnReader::Int32ColumnReader(reader) => {
                batch(reader, levels, texts, |value, text| text.push_str(&number((*value).into(), unit)))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                if unit.is_none() && is_needed {
                    return Err(unread(Type::FIXED_LEN_BYTE_ARRAY));
                }
                batch(reader, levels, texts, |value, text| match unit {
                    Some(unit) => text.push_str(&big_endian(value.data(), unit)),
                    None => text.push_str(&String::from_utf8_lossy(value.data())),
                })
            }
            ColumnReader::BoolColumnReader(_) if is_needed => Err(unread(Type::BOOLEAN)),
            ColumnReader::BoolColumnReader(reader) => {
                batch(reader, levels, texts, |value, text| text.push_str(&value.to_string()))
            }
        }
    }
}

/// A whole number, the high byte first; empty for one that needs more than 16 bytes.
fn big_endian(bytes: &[u8], unit: Unit) -> String {
    let below_zero = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let sign = if below_zero { 0xff } else { 0 };
    let mut whole = [sign; 16];
    // Of a longer type, of which a small number doesn't need all.
    let mut bytes = bytes;
    while let [first, next, ..] = bytes
        && bytes.len() > whole.len()
        && *first == sign
        && (next & 0x80 != 0) == below_zero
    {
        bytes = bytes.get(1..).unwrap_or_default();
    }
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
    levels: Levels,
    texts: &mut Vec<String>,
    write: impl Fn(&T::T, &mut String),
) -> Result<(), ParquetError> {
    let Levels { defined, is_repeated } = levels;
    let (mut definitions, mut repetitions) = (Vec::with_capacity(BATCH), Vec::new());
    let mut values = Vec::with_capacity(BATCH);
    let repeated = is_repeated.then_some(&mut repetitions);
    let (rows, _, _) = reader.read_records(BATCH, Some(&mut definitions), repeated, &mut values)?;
    texts.truncate(rows);
    texts.resize_with(rows, String::new);
    texts.iter_mut().for_each(String::clear);
    let mut values = values.iter();
    let is_there =
        |level: usize| defined == 0 || definitions.get(level).is_some_and(|level| *level >= defined);
    if !is_repeated {
        for (index, text) in texts.iter_mut().enumerate() {
            if is_there(index)
                && let Some(value) = values.next()
            {
                write(value, text);
            }
        }
        return Ok(());
    }
    let mut row = 0_usize;
    for (level, repetition) in repetitions.iter().enumerate() {
        let goes_on = *repetition > 0;
        row = row.saturating_add(usize::from(level > 0 && !goes_on));
        let Some(text) = texts.get_mut(row) else { break };
        if goes_on {
            text.push(BETWEEN);
        }
        if is_there(level)
            && let Some(value) = values.next()
        {
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
            (&[[0; 30].as_slice(), &[0x07, 0xd0]].concat(), "20.00"),
            (&[[0xff; 30].as_slice(), &[0xf8, 0x30]].concat(), "-20.00"),
            (&[[0; 1].as_slice(), &[0x80; 16]].concat(), ""),
        ] {
            assert_eq!(big_endian(bytes, Unit::Decimal(2)), text, "{bytes:?}");
        }
    }
}
