//! What a file is by its first bytes: its name says nothing that can be relied on (rule F7).

use super::FileError;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// How a file is packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Packing {
    /// It isn't: text, as far as can be told.
    Plain,
    /// With gzip.
    Gzip,
    /// A ZIP of files.
    Zip,
    /// A table in Parquet.
    Parquet,
    /// A workbook of Excel's, whose rows aren't read here.
    Workbook,
    /// In a way that isn't read here, by its name.
    Other(&'static str),
}

/// The first bytes of each.
const FIRST: [(&[u8], Packing); 11] = [
    (b"\x1f\x8b", Packing::Gzip),
    (b"PK\x03\x04", Packing::Zip),
    (b"PK\x05\x06", Packing::Zip),
    (b"PAR1", Packing::Parquet),
    (b"\xd0\xcf\x11\xe0", Packing::Workbook),
    (b"\x28\xb5\x2f\xfd", Packing::Other("zstd")),
    (b"BZh", Packing::Other("bzip2")),
    (b"\xfd7zXZ", Packing::Other("xz")),
    (b"7z\xbc\xaf", Packing::Other("7z")),
    (b"Rar!", Packing::Other("rar")),
    (b"\xff\x06\x00\x00sNaPpY", Packing::Other("snappy")),
];
/// What a ZIP that is a workbook says among its first bytes.
const OF_WORKBOOKS: [&[u8]; 3] =
    [b"[Content_Types].xml", b"xl/", b"mimetypeapplication/vnd.oasis.opendocument"];
/// What an archive of tar's says of itself, and where.
const TAR: &[u8] = b"ustar";
const TAR_SAYS_SO: std::ops::Range<usize> = 257..262;
/// So many bytes are looked at.
pub(super) const LOOKED_AT: u64 = 2_048;

impl Packing {
    /// By these first bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let holds = |name: &&[u8]| bytes.windows(name.len()).any(|part| part == *name);
        let packing = FIRST.iter().find(|(first, _)| bytes.starts_with(first)).map(|(_, packing)| *packing);
        match packing {
            Some(Self::Zip) if OF_WORKBOOKS.iter().any(holds) => Self::Workbook,
            Some(packing) => packing,
            None if bytes.get(TAR_SAYS_SO) == Some(TAR) => Self::Other("tar"),
            None => Self::Plain,
        }
    }

    /// Of an open file, which is at its beginning again after.
    pub fn of_file(file: &mut File) -> Result<Self, FileError> {
        let mut first = Vec::new();
        read_some(file, LOOKED_AT, &mut first)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self::of(&first))
    }
}

/// Reads so many bytes more, or as many as there are.
pub(crate) fn read_some(input: &mut impl Read, most: u64, bytes: &mut Vec<u8>) -> Result<(), FileError> {
    input.take(most).read_to_end(bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_say_how_it_is_packed() {
        for (bytes, packing) in [
            (&b""[..], Packing::Plain),
            (b"line_item_product_code", Packing::Plain),
            (b"P", Packing::Plain),
            (b"\x1f\x8b\x08\x00", Packing::Gzip),
            (b"PK\x03\x04\x14\x00", Packing::Zip),
            (b"PAR1\x15", Packing::Parquet),
            (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", Packing::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Packing::Workbook),
            (b"BZh91AY", Packing::Other("bzip2")),
        ] {
            assert_eq!(Packing::of(bytes), packing, "{bytes:?}");
        }
    }
}
