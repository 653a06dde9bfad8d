//! A table of text (CSV), row by row.

use super::rows::{Passed, Passing, Rows, TOLD};
use super::text::{Beginning, Separator, Text};
use super::{FileError, LONGEST_FIELD, LONGEST_LINE, size};
use csv::ByteRecord;
use headroom_exact::{Saying, say};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Bytes read at once.
const BUFFER: usize = 1 << 18;

/// The most fields of a row: each takes memory beside its text. (A quote that is never closed makes one field of
/// many; it has fewer commas by then.)
const MOST_FIELDS: usize = 4_000_000;

/// What follows the last row, as a row of its own: within a quote that nobody closed, it ends a field instead.
const END: &str = "\u{1e}end of the table\u{1e}";
pub(super) const AFTER_THE_LAST: &[u8] = b"\n\x1eend of the table\x1e\n";

/// The rows of a table, in whichever way a program saved it.
pub(crate) struct Table<R> {
    reader: csv::Reader<Given<Rows<Text<R>>>>,
    given: Rc<OfRow>,
    separator: Separator,
    /// Lines that its reader doesn't count: before the one that names the columns, what that one ends in, and those that
    /// were passed by.
    lines_before: u64,
    /// Bytes that were passed by.
    bytes_passed: u64,
    /// How many columns it names.
    columns: usize,
    /// The line that the last row began on.
    row_line: u64,
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
    separator: u8,
    row: Rc<OfRow>,
    /// What is still to be given once the input has ended.
    after: &'static [u8],
}

impl<R: Read> Read for Given<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Which line it is knows the table.
        let given = self.row.bytes.get();
        if given >= LONGEST_LINE {
            return Err(FileError::LongLine { line: 0, most: LONGEST_LINE }.into());
        }
        let mut read = self.input.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            read = self.after.read(buffer)?;
        }
        self.row.bytes.set(given.saturating_add(u64::try_from(read).unwrap_or(u64::MAX)));
        if usize::try_from(given).is_ok_and(|given| given >= LONGEST_FIELD) {
            let more = buffer.iter().take(read).filter(|byte| **byte == self.separator).count();
            let separators = self.row.separators.get().saturating_add(more);
            if separators > MOST_FIELDS {
                return Err(FileError::ManyFields { line: 0, most: MOST_FIELDS }.into());
            }
            self.row.separators.set(separators);
        }
        Ok(read)
    }
}

impl<R: Read> Table<R> {
    pub fn new(input: R) -> Self {
        let row = Rc::new(OfRow::default());
        let (input, Beginning { separator, says_separator }) = Text::open(input);
        let input = Rows::new(input, separator.byte());
        let given = Given { input, separator: separator.byte(), row: Rc::clone(&row), after: AFTER_THE_LAST };
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator.byte())
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(given);
        Self {
            reader,
            given: row,
            separator,
            lines_before: u64::from(says_separator),
            bytes_passed: 0,
            columns: 0,
            row_line: 0,
        }
    }

    /// One of which some rows are passed by ([`Self::pass_by`]).
    pub fn passing(input: R) -> Self {
        let mut table = Self::new(input);
        table.reader.get_mut().input.one_at_a_time();
        table
    }

    /// Passes by rows in which nothing is that is needed, and tells some columns of each; how many. It may be fewer than there
    /// are: only after none there is a row to read, or the end.
    pub fn pass_by(&mut self, of: &Passing, tell: impl FnMut([&[u8]; TOLD])) -> Result<u64, FileError> {
        let Passed { rows, lines, bytes } = self.reader.get_mut().input.pass_by(of, tell)?;
        self.lines_before = self.lines_before.saturating_add(lines);
        self.bytes_passed = self.bytes_passed.saturating_add(bytes);
        Ok(rows)
    }

    /// Its first row: the names of its columns.
    pub fn header(&mut self) -> Result<ByteRecord, FileError> {
        self.given.begin();
        match self.reader.byte_headers() {
            Ok(header) if is_the_end(header) => Ok(ByteRecord::new()),
            Ok(header) if ends_open(header) => {
                Err(FileError::OpenQuote { line: self.lines_before.saturating_add(1) })
            }
            Ok(header) => {
                let header = header.clone();
                self.columns = header.len();
                let within = memchr::memchr_iter(b'\n', header.as_slice()).count();
                let begun = self.reader.position().line().saturating_sub(1);
                if u64::try_from(within).is_ok_and(|within| begun <= within) {
                    // The row ended with a carriage return, so the line feed after it is counted with the next one.
                    self.lines_before = self.lines_before.saturating_add(1);
                }
                Ok(header)
            }
            Err(error) => Err(failed(error, self.lines_before.saturating_add(1))),
        }
    }

    /// Goes on with another table that stands behind this one and has so many columns.
    pub const fn goes_on_with(&mut self, columns: usize) {
        self.columns = columns;
    }

    /// The line that the next row begins on, counted from 1.
    pub fn line(&self) -> u64 {
        self.reader.position().line().saturating_add(self.lines_before)
    }

    /// The line that the row read last began on.
    pub const fn row_line(&self) -> u64 {
        self.row_line
    }

    /// What separates its columns.
    pub const fn separator(&self) -> Separator {
        self.separator
    }

    /// How many bytes the rows so far have.
    pub fn bytes(&self) -> u64 {
        self.reader.position().byte().saturating_add(self.bytes_passed)
    }

    /// Reads the next row. One without anything in it, such as spreadsheets leave, is none.
    pub fn next_row(&mut self, row: &mut ByteRecord) -> Result<Row, FileError> {
        loop {
            let line = self.line();
            self.given.begin();
            if !self.reader.read_byte_record(row).map_err(|error| failed(error, line))? {
                return Ok(Row::End);
            }
            if is_the_end(row) {
                continue;
            }
            self.row_line = line;
            if ends_open(row) {
                return Ok(Row::Bad(say!("quote-not-closed", line)));
            }
            if is_blank(row) {
                continue;
            }
            break;
        }
        // Hardly any row is longer than one field may be.
        if row.as_slice().len() > LONGEST_FIELD && row.iter().any(|field| field.len() > LONGEST_FIELD) {
            return Ok(Row::Bad(say!("field-too-long", most = size(LONGEST_FIELD as u64))));
        }
        // What stands elsewhere than its column's name is not that column's: a comma within a number, a row that
        // breaks off, a quote that nobody closed.
        let beyond = || row.iter().skip(self.columns).any(|field| !field.trim_ascii().is_empty());
        let is_cut = || self.separator == Separator::Comma && has_a_cut_number(row);
        if row.len() < self.columns || (row.len() > self.columns && (beyond() || is_cut())) {
            let (fields, columns) = (row.len(), self.columns);
            return Ok(Row::Bad(say!("row-of-another-width", fields, columns)));
        }
        Ok(Row::Read)
    }
}

/// Whether two fields beside each other may be one number, whose decimals stand behind a comma that nothing quotes.
fn has_a_cut_number(row: &ByteRecord) -> bool {
    let is_number = |field: &[u8]| !field.is_empty() && field.iter().all(u8::is_ascii_digit);
    row.iter().zip(row.iter().skip(1)).any(|(one, next)| is_number(one) && is_number(next))
}

/// Whether its last field goes on to the end of the table: a quote in it isn't closed, and it holds what were rows.
fn ends_open(row: &ByteRecord) -> bool {
    row.iter().next_back().is_some_and(|field| field.trim_ascii_end().ends_with(END.as_bytes()))
}

fn is_the_end(row: &ByteRecord) -> bool {
    row.len() == 1 && row.get(0) == Some(END.as_bytes())
}

/// (Some programs end a text with the letter that once ended every file.)
fn is_blank(row: &ByteRecord) -> bool {
    row.iter().all(|field| matches!(field.trim_ascii(), [] | [0x1a]))
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
        | FileError::ManyFiles(_)
        | FileError::TooMuchPacked(_)
        | FileError::NotPacked
        | FileError::OtherPacking(_)
        | FileError::Workbook
        | FileError::DamagedPacking
        | FileError::OpenQuote { .. }
        | FileError::NotText
        | FileError::Unreadable(_)) => error,
    }
}
