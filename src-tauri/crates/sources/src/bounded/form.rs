//! What a table is by its first bytes: its name says nothing that can be relied on (rule F7).

use super::FileError;
use headroom_exact::{Saying, say};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// So many bytes are looked at.
const FIRST: u64 = 2_048;

/// How a file begins.
pub(crate) enum Form {
    /// As text, as far as can be told.
    Plain,
    /// Packed with gzip.
    Gzip,
    /// As something that isn't read here: why, and what helps.
    Other(Saying),
}

impl Form {
    /// Of an open file, which is at its beginning again after.
    pub fn of(file: &mut File) -> Result<Self, FileError> {
        let mut first = Vec::new();
        read_some(file, FIRST, &mut first)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self::by(&first))
    }

    fn by(first: &[u8]) -> Self {
        let holds = |name: &[u8]| first.windows(name.len()).any(|part| part == name);
        match first {
            [0x1F, 0x8B, ..] => Self::Gzip,
            // A workbook is a ZIP that says so first; an older one isn't.
            [b'P', b'K', 3, 4, ..] if holds(b"[Content_Types].xml") || holds(b"xl/") => {
                Self::Other(say!("is-a-workbook"))
            }
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::Other(say!("is-a-workbook")),
            [b'P', b'K', 3, 4, ..] => Self::Other(say!("is-a-zip")),
            _ => Self::Plain,
        }
    }
}

/// Reads so many bytes more, or as many as there are.
pub(crate) fn read_some(input: &mut impl Read, most: u64, bytes: &mut Vec<u8>) -> Result<(), FileError> {
    input.take(most).read_to_end(bytes)?;
    Ok(())
}
