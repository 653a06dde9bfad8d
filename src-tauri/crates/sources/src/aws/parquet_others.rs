//! What rows of a Parquet file say in the columns that nobody sums ([`super::others`]). They are read of row groups alone in
//! which lines of Kiro's have no id, and of those a column after another, so that they take no more room than one.

use super::form::{ID, INTERVAL, PRODUCT, Places, is_kiro};
use super::others;
use super::parquet_column::{BATCH_BITS, BETWEEN, Column, damaged};
use super::reading::is_an_id;
use crate::files::table_file::{Counter, ReadError};
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::SchemaDescriptor;
use std::path::Path;

/// What a row takes while its group is read.
const BYTES_A_ROW: usize = 2 * size_of::<(u64, u64)>();

/// The columns of a file that nobody sums.
pub(super) struct Others {
    /// Of each a number for its name, its place, and of a map the place of its values.
    columns: Vec<(u64, usize, Option<usize>)>,
    product: Option<usize>,
    /// Id and interval, as far as they are there.
    ids: [Option<usize>; 2],
}

/// What the rows of a group say in them that have no id.
pub(super) struct InGroup(Vec<(u64, u64)>);

impl InGroup {
    /// A number for what a row says, which are counted from 1.
    pub fn in_row(&self, row: u64) -> u64 {
        let place = self.0.binary_search_by_key(&row, |(row, _)| *row).ok();
        place.and_then(|place| self.0.get(place)).map_or(0, |(_, said)| *said)
    }

    /// How many bytes are kept of it.
    pub const fn bytes(&self) -> usize {
        self.0.len().saturating_mul(BYTES_A_ROW)
    }
}

impl Others {
    /// Of a file with these columns, of which these are read.
    pub fn of(schema: &SchemaDescriptor, read: &Places) -> Self {
        let parts = |place: usize| {
            let parts = (place < schema.num_columns()).then(|| schema.column(place).path().parts().to_vec());
            parts.unwrap_or_default()
        };
        let is = |place: usize, name: &str| {
            parts(place).last().is_some_and(|last| last == name) && parts(place).len() > 2
        };
        let mut columns = Vec::new();
        let mut places = (0..schema.num_columns()).filter(|place| !read.contains(&Some(*place))).peekable();
        while let Some(place) = places.next() {
            let parts_here = parts(place);
            let values = places.next_if(|next| {
                is(place, "key") && is(*next, "value") && parts(*next).first() == parts_here.first()
            });
            let called = match values {
                Some(_) => parts_here.first().cloned().unwrap_or_default(),
                None => parts_here.join("."),
            };
            columns.push((others::name(&called), place, values));
        }
        let at = |index: usize| read.get(index).copied().flatten();
        Self { columns, product: at(PRODUCT), ids: [at(ID), at(INTERVAL)] }
    }

    /// Of a row group, which is counted in for as long as it is read.
    pub fn in_group(
        &self,
        group: &dyn RowGroupReader,
        counter: &mut Counter<'_>,
        file: &Path,
    ) -> Result<InGroup, ReadError> {
        let broken = |_: ParquetError| damaged(file);
        let mut said = self.without_id(group, counter, file)?;
        for (name, place, values) in &self.columns {
            if said.is_empty() {
                break;
            }
            counter.look()?;
            let mut columns = vec![Column::open(group, *place, false).map_err(broken)?];
            if let Some(values) = values {
                columns.push(Column::open(group, *values, false).map_err(broken)?);
            }
            walk(&mut columns, &mut said, |said, texts| {
                let more = match texts {
                    [text] => others::cell(*name, text.as_bytes()),
                    [keys, values] => map(*name, keys, values),
                    _ => 0,
                };
                *said = said.wrapping_add(more);
            })
            .map_err(broken)?;
        }
        Ok(InGroup(said))
    }

    /// Kiro's rows that have no id.
    fn without_id(
        &self,
        group: &dyn RowGroupReader,
        counter: &mut Counter<'_>,
        file: &Path,
    ) -> Result<Vec<(u64, u64)>, ReadError> {
        let broken = |_: ParquetError| damaged(file);
        let open = |place: usize| Column::open(group, place, true);
        let mut rows: Vec<(u64, u64)> = Vec::new();
        let Some(mut product) = self.product.map(open).transpose().map_err(broken)? else { return Ok(rows) };
        let mut row = 0_u64;
        loop {
            product.next_batch().map_err(broken)?;
            if product.texts.is_empty() {
                break;
            }
            let before = rows.len();
            for text in &product.texts {
                row = row.saturating_add(1);
                if is_kiro(text.as_bytes()) {
                    rows.push((row, 0));
                }
            }
            counter.keeps(file, rows.len().saturating_sub(before).saturating_mul(BYTES_A_ROW))?;
        }
        if let [Some(id), Some(interval)] = self.ids {
            let found = rows.len();
            let mut columns = [open(id).map_err(broken)?, open(interval).map_err(broken)?];
            walk(&mut columns, &mut rows, |said, texts| {
                *said = match texts {
                    [id, interval] => u64::from(is_an_id(id, interval)),
                    _ => 0,
                };
            })
            .map_err(broken)?;
            rows.retain(|(_, has_id)| *has_id == 0);
            counter.releases(found.saturating_sub(rows.len()).saturating_mul(BYTES_A_ROW));
        }
        Ok(rows)
    }
}

/// Goes through columns side by side and tells what stands in these rows, which are in order; batches without any of them are
/// passed by.
fn walk(
    columns: &mut [Column],
    rows: &mut [(u64, u64)],
    mut tell: impl FnMut(&mut u64, &[&str]),
) -> Result<(), ParquetError> {
    let batch = 1_u64 << BATCH_BITS;
    let mut before = 0_u64;
    for rows in rows.chunk_by_mut(|(one, _), (next, _)| number(*one) == number(*next)) {
        let Some((first, _)) = rows.first() else { continue };
        let begins = number(*first).saturating_mul(batch);
        let skipped = usize::try_from(begins.saturating_sub(before)).unwrap_or(usize::MAX);
        for column in columns.iter_mut() {
            if skipped > 0 {
                column.skip(skipped)?;
            }
            column.next_batch()?;
        }
        before = begins.saturating_add(batch);
        for (row, said) in rows {
            let place = row.saturating_sub(1).saturating_sub(begins);
            let texts = columns.iter().map(|column| {
                let text = usize::try_from(place).ok().and_then(|place| column.texts.get(place));
                text.map(String::as_str).unwrap_or_default()
            });
            tell(said, &texts.collect::<Vec<_>>());
        }
    }
    Ok(())
}

/// Which batch a row is in, which are counted from 1.
fn number(row: u64) -> u64 {
    row.saturating_sub(1) >> BATCH_BITS
}

/// A number for a map, of the texts of its keys and of its values.
fn map(name: u64, keys: &str, values: &str) -> u64 {
    if keys.is_empty() {
        return 0;
    }
    let entries = keys.split(BETWEEN).zip(values.split(BETWEEN));
    entries.fold(0, |said, (key, value)| said.wrapping_add(others::entry(name, key, value)))
}
