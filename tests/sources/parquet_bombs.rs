//! Parquet files made to hurt: what stands at the end of one says how much there is of everything, and may say anything.

use crate::caged::Home;
use parquet::data_type::ByteArray;
use parquet::file::metadata::{ParquetMetaDataBuilder, ParquetMetaDataReader, ParquetMetaDataWriter};
use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use tools::parquet_cost::write_cost;

const GIB: u64 = 1 << 30;
const MARK: &[u8] = b"PAR1";
/// A number as the footer writes it: seven bits a byte, the low ones first.
fn number(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).expect("seven bits"));
    bytes
}

/// The same of one that may be below zero.
fn signed(of: u32) -> Vec<u8> {
    number(u64::from(of) * 2)
}

/// A footer whose schema says that it has so many parts, and has these.
fn footer(parts: u64, schema: &[u8]) -> Vec<u8> {
    // The format's version, a list of structures, no rows, no groups of rows.
    [&[0x15, 2, 0x19, 0xfc][..], &number(parts), schema, &[0x16, 0, 0x19, 0x0c, 0]].concat()
}

/// A part of a schema that has so many parts of its own.
fn group(parts: u32) -> Vec<u8> {
    [&[0x48, 1, b'a', 0x15][..], &signed(parts), &[0]].concat()
}

/// A column of texts.
const COLUMN: [u8; 7] = [0x15, 0x0c, 0x25, 0, 0x18, 1, b'a'];

fn column() -> Vec<u8> {
    [&COLUMN[..], &[0]].concat()
}

fn with_footer(home: &Home, footer: &[u8]) -> PathBuf {
    let length = u32::try_from(footer.len()).expect("small").to_le_bytes();
    let path = home.place("cost.parquet");
    fs::write(&path, [MARK, footer, &length, MARK].concat()).expect("written");
    path
}

/// It is told in one line, and nothing of it is kept.
fn refused(home: &Home, file: &Path) {
    let told = home.run(&["import", "aws-cost", &file.to_string_lossy()]);
    assert_eq!((told.status, told.output.as_str()), (Some(2), ""), "{told:?}");
    let line = told.errors.strip_suffix('\n').unwrap_or_default();
    assert!(!line.contains('\n') && line.len() < 500 && line.contains(&*file.to_string_lossy()), "{told:?}");
    let accounts = home.run(&["accounts"]);
    assert!(!accounts.output.contains("Kiro"), "{accounts:?}");
}

#[test]
fn a_footer_that_is_said_to_be_nearly_the_whole_file_is_refused() {
    let home = Home::new();
    let path = home.sparse("cost.parquet", "PAR1", 3 * GIB);
    let mut file = File::options().write(true).open(&path).expect("opened");
    file.seek(SeekFrom::End(-8)).expect("there");
    file.write_all(&[&0x7fff_fff0_u32.to_le_bytes()[..], MARK].concat()).expect("written");
    refused(&home, &path);
}

#[test]
fn a_schema_that_is_said_to_have_a_billion_parts_is_refused() {
    for parts in [1 << 30, u64::from(u32::MAX >> 1), u64::MAX] {
        let home = Home::new();
        let path = with_footer(&home, &footer(parts, &group(1)));
        refused(&home, &path);
    }
}

#[test]
fn a_schema_that_is_nested_without_an_end_is_refused() {
    let home = Home::new();
    let depth = 200_000;
    let schema = [group(1).repeat(depth), column()].concat();
    let path = with_footer(&home, &footer(depth as u64 + 1, &schema));
    refused(&home, &path);
}

#[test]
fn a_schema_of_more_columns_than_any_is_refused() {
    let home = Home::new();
    let columns = 300_000;
    let schema = [group(columns), column().repeat(columns as usize)].concat();
    let path = with_footer(&home, &footer(u64::from(columns) + 1, &schema));
    refused(&home, &path);
}

/// A group of rows is named again and again: a small file becomes rows without end.
#[test]
fn a_small_file_whose_rows_are_said_to_be_there_ten_thousand_times_is_refused() {
    let home = Home::new();
    let path = home.place("cost.parquet");
    let fields = ["Other", "2026-10-01", "1", "", "Other", "Other", "Usage", "1", "1", "USD", "", "1"];
    write_cost(&path, &[2_000], |_| fields.map(ByteArray::from));
    let whole = fs::read(&path).expect("read");
    let length = u32::from_le_bytes(whole[whole.len() - 8..][..4].try_into().expect("four"));
    let rows = &whole[..whole.len() - 8 - length as usize];
    let metadata =
        ParquetMetaDataReader::new().parse_and_finish(&File::open(&path).expect("opened")).expect("read");
    let groups = vec![metadata.row_group(0).clone(); 10_000];
    let metadata =
        ParquetMetaDataBuilder::new(metadata.file_metadata().clone()).set_row_groups(groups).build();
    let mut file = File::create(&path).expect("a file");
    file.write_all(rows).expect("written");
    ParquetMetaDataWriter::new(&mut file, &metadata).finish().expect("written");
    drop(file);
    assert!(fs::metadata(&path).expect("there").len() < 16 << 20);
    // None of them is Kiro's.
    refused(&home, &path);
}

/// A page says that it unpacks to two gigabytes; it is a few bytes.
#[test]
fn a_page_that_is_said_to_unpack_to_two_gigabytes_is_refused() {
    let home = Home::new();
    let path = home.place("cost.parquet");
    let long = ByteArray::from(vec![b'x'; 140 << 20]);
    let fields =
        ["Kiro", "2026-10-01", "1", "", "USE1-Credits", "Credits", "Usage", "1", "1", "USD", "", "1"];
    write_cost(&path, &[1], |_| {
        let mut row = fields.map(ByteArray::from);
        row[3] = long.clone();
        row
    });
    let mut bytes = fs::read(&path).expect("read");
    // A page begins with its kind and how much it unpacks to: five bytes of a number here.
    let is_large = |page: &[u8]| {
        page[0] == 0x15 && page[2] == 0x15 && page[3..7].iter().all(|byte| byte & 0x80 != 0) && page[7] < 0x10
    };
    let places: Vec<_> =
        bytes.windows(8).enumerate().filter(|(_, page)| is_large(page)).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "there is such a page");
    for at in places {
        bytes[at + 3..at + 8].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff, 0x0f]);
    }
    fs::write(&path, bytes).expect("written");
    refused(&home, &path);
}
