//! What a file is by its first bytes: its name says nothing that can be relied on.

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
    /// In a way that isn't read here, by its name.
    Other(&'static str),
}

/// The first bytes of each.
const FIRST: [(&[u8], Packing); 10] = [
    (b"\x1f\x8b", Packing::Gzip),
    (b"PK\x03\x04", Packing::Zip),
    (b"PK\x05\x06", Packing::Zip),
    (b"PAR1", Packing::Parquet),
    (b"\x28\xb5\x2f\xfd", Packing::Other("zstd")),
    (b"BZh", Packing::Other("bzip2")),
    (b"\xfd7zXZ", Packing::Other("xz")),
    (b"7z\xbc\xaf", Packing::Other("7z")),
    (b"Rar!", Packing::Other("rar")),
    (b"\xff\x06\x00\x00sNaPpY", Packing::Other("snappy")),
];
/// So many of them are looked at.
const MOST: usize = 10;

impl Packing {
    /// By these first bytes.
    pub fn of(bytes: &[u8]) -> Self {
        FIRST.iter().find(|(first, _)| bytes.starts_with(first)).map_or(Self::Plain, |(_, packing)| *packing)
    }

    /// Of an open file, which is at its beginning again after.
    pub fn of_file(file: &mut File) -> Result<Self, FileError> {
        let mut first = Vec::with_capacity(MOST);
        let most = u64::try_from(MOST).unwrap_or_default();
        file.take(most).read_to_end(&mut first)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self::of(&first))
    }
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
            (b"BZh91AY", Packing::Other("bzip2")),
        ] {
            assert_eq!(Packing::of(bytes), packing, "{bytes:?}");
        }
    }
}
