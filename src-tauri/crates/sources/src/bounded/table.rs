//! A table of text (CSV), row by row.

use super::{FileError, LONGEST_FIELD, LONGEST_LINE, open, size};
use csv::ByteRecord;
use headroom_exact::{Saying, say};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

/// Bytes read at once.
const BUFFER: usize = 1 << 18;

/// The most fields of a row: each takes memory beside its text. (A quote that is never closed makes one field of
/// many; it has fewer commas by then.)
const MOST_FIELDS: usize = 4_000_000;

/// The rows of a table.
pub(crate) struct Table<R> {
    reader: csv::Reader<Given<R>>,
    given: Rc<OfRow>,
}

/// What a row was given so far.
#[derive(Default)]
struct OfRow {
    bytes: Cell<u64>,
    /// Its separators, counted in what is beyond the size of a common row.
    separators: Cell<usize>,
}

impl OfRow {
    fn begin(&self) {
        self.bytes.set(0);
        self.separators.set(0);
    }
}

/// What became of a row.
pub(crate) enum Row {
    /// It was read.
    Read,
    /// It can't be used, for this reason; the next can.
    Bad(Saying),
    /// There is none.
    End,
}

/// What the rows are taken from: it ends in an error where a row has been given all that one may be.
struct Given<R> {
    input: R,
    row: Rc<OfRow>,
}

impl<R: Read> Read for Given<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Which line it is knows the table.
        let given = self.row.bytes.get();
        if given >= LONGEST_LINE {
            return Err(FileError::LongLine { line: 0, most: LONGEST_LINE }.into());
        }
        let read = self.input.read(buffer)?;
        self.row.bytes.set(given.saturating_add(u64::try_from(read).unwrap_or(u64::MAX)));
        if usize::try_from(given).is_ok_and(|given| given >= LONGEST_FIELD) {
            let more = buffer.iter().take(read).filter(|byte| **byte == b',').count();
            let separators = self.row.separators.get().saturating_add(more);
            if separators > MOST_FIELDS {
                return Err(FileError::ManyFields { line: 0, most: MOST_FIELDS }.into());
            }
            self.row.separators.set(separators);
        }
        Ok(read)
    }
}

impl Table<File> {
    /// Of a file.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        open(path).map(Self::new)
    }
}

impl<R: Read> Table<R> {
    pub fn new(input: R) -> Self {
        let row = Rc::new(OfRow::default());
        let given = Given { input, row: Rc::clone(&row) };
        let reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(BUFFER).from_reader(given);
        Self { reader, given: row }
    }

    /// Its first row: the names of its columns.
    pub fn header(&mut self) -> Result<ByteRecord, FileError> {
        self.given.begin();
        match self.reader.byte_headers() {
            Ok(header) => Ok(header.clone()),
            Err(error) => Err(failed(error, 1)),
        }
    }

    /// The line that the next row begins on, counted from 1.
    pub fn line(&self) -> u64 {
        self.reader.position().line()
    }

    /// How many bytes the rows so far have.
    pub fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Reads the next row.
    pub fn next_row(&mut self, row: &mut ByteRecord) -> Result<Row, FileError> {
        let line = self.line();
        self.given.begin();
        if !self.reader.read_byte_record(row).map_err(|error| failed(error, line))? {
            return Ok(Row::End);
        }
        // Hardly any row is longer than one field may be.
        if row.as_slice().len() > LONGEST_FIELD && row.iter().any(|field| field.len() > LONGEST_FIELD) {
            return Ok(Row::Bad(say!("field-too-long", most = size(LONGEST_FIELD as u64))));
        }
        Ok(Row::Read)
    }
}

/// What is wrong with the row that begins on this line. (Rows may have any number of fields of any bytes, so that the
/// library itself has nothing to say.)
fn failed(error: csv::Error, line: u64) -> FileError {
    let csv::ErrorKind::Io(error) = error.into_kind() else { return FileError::NotText };
    match FileError::from(error) {
        FileError::LongLine { most, .. } => FileError::LongLine { line, most },
        FileError::ManyFields { most, .. } => FileError::ManyFields { line, most },
        error @ (FileError::NotAFile(_)
        | FileError::TooLarge(_)
        | FileError::TooMuchPacked(_)
        | FileError::NotPacked
        | FileError::OtherPacking(_)
        | FileError::DamagedPacking
        | FileError::NotText
        | FileError::Unreadable(_)) => error,
    }
}
