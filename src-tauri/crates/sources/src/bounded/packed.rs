//! What gzip packed, as it is unpacked.

use super::FileError;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};

/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// So much may come out of any file, in bytes.
const ALWAYS: u64 = 256 << 20;
/// Beyond that so many times the file: gzip packs a thousand times at most, tables of text some ten to fifty times.
const TIMES: u64 = 400;

/// Unpacks a file; what comes out is counted.
pub(crate) struct Unpacked {
    input: MultiGzDecoder<BufReader<File>>,
    most: u64,
    left: u64,
}

impl Unpacked {
    pub fn new(file: File) -> Result<Self, FileError> {
        let most = file.metadata()?.len().saturating_mul(TIMES).max(ALWAYS);
        let input = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, file));
        Ok(Self { input, most, left: most })
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer).map_err(|error| {
            // What the system says has a number; anything else is said of the packing.
            if error.raw_os_error().is_some() {
                error
            } else if error.kind() == io::ErrorKind::InvalidInput && self.left == self.most {
                FileError::NotPacked.into()
            } else {
                FileError::DamagedPacking.into()
            }
        })?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or(FileError::TooMuchPacked(self.most))?;
        Ok(read)
    }
}
