//! A text line by line.

use super::{FileError, LONGEST_LINE, open};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// So many bytes are passed over in search of the end of a line that is too long.
const LONGEST_PASSED: u64 = 1 << 30;

/// The lines of a text, each in the same room.
pub struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    too_long: bool,
    number: u64,
    bytes: u64,
}

impl Lines<File> {
    /// Of a file.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        open(path).map(Self::new)
    }
}

impl<R: Read> Lines<R> {
    /// Of whatever can be read.
    pub fn new(input: R) -> Self {
        Self {
            reader: BufReader::with_capacity(BUFFER, input),
            line: Vec::new(),
            too_long: false,
            number: 0,
            bytes: 0,
        }
    }

    /// Goes on to the next line; false at the end. One that is longer than [`LONGEST_LINE`] is passed over.
    pub fn go_on(&mut self) -> Result<bool, FileError> {
        if !self.begin()? {
            return Ok(false);
        }
        if self.too_long {
            self.line = Vec::new();
            let passed = (&mut self.reader).take(LONGEST_PASSED).skip_until(b'\n')?;
            self.read(passed);
            if u64::try_from(passed).is_ok_and(|passed| passed >= LONGEST_PASSED) {
                return Err(FileError::LongLine { line: self.number, most: LONGEST_PASSED });
            }
        }
        Ok(true)
    }

    /// The line without its end; none of one that was passed over.
    pub fn text(&self) -> Option<&[u8]> {
        (!self.too_long).then_some(&self.line)
    }

    /// The next line of a text of which each is needed; none at the end.
    pub fn next_needed(&mut self) -> Result<Option<&[u8]>, FileError> {
        if !self.begin()? {
            return Ok(None);
        }
        let line = self.number;
        self.text().map(Some).ok_or(FileError::LongLine { line, most: LONGEST_LINE })
    }

    /// Reads a line as far as one may be long; false at the end of the text.
    fn begin(&mut self) -> Result<bool, FileError> {
        self.line.clear();
        let mut most = (&mut self.reader).take(LONGEST_LINE.saturating_add(1));
        let length = most.read_until(b'\n', &mut self.line)?;
        if length == 0 {
            return Ok(false);
        }
        self.number = self.number.saturating_add(1);
        self.read(length);
        let ends = self.line.pop_if(|last| *last == b'\n').is_some();
        self.too_long = !ends && u64::try_from(length).is_ok_and(|length| length > LONGEST_LINE);
        Ok(true)
    }

    fn read(&mut self, length: usize) {
        self.bytes = self.bytes.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
    }

    /// The last line's number, counted from 1.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes were read.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// The lines of a file's last so many bytes, the first of them whole.
pub(crate) fn last_lines(path: &Path, most: u64) -> Result<Lines<File>, FileError> {
    let mut file = open(path)?;
    let length = file.metadata()?.len();
    let Some(passed) = length.checked_sub(most).filter(|passed| *passed > 0) else {
        return Ok(Lines::new(file));
    };
    // From the byte before: if that ends a line, the one after it is whole.
    file.seek(SeekFrom::Start(passed.saturating_sub(1)))?;
    let mut lines = Lines::new(file);
    lines.go_on()?;
    Ok(lines)
}
