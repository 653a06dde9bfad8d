//! What gzip or ZIP packed, as it is unpacked.

use super::first::{LOOKED_AT, Packing};
use super::{FileError, OtherPacking, zip};
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// So much may come out of any file, in bytes.
const ALWAYS: u64 = 256 << 20;
/// Beyond that so many times the file: gzip packs a thousand times at most, tables of text some ten to fifty times.
const TIMES: u64 = 400;

/// Unpacks a file; what comes out is counted.
pub(crate) struct Unpacked {
    input: Box<dyn Read>,
    most: u64,
    left: u64,
    is_parquet: bool,
}

impl Unpacked {
    /// Of a file that is packed, by its first bytes. Of a ZIP that one whose name ends `named`.
    pub fn new(mut file: File, named: &Path) -> Result<Self, FileError> {
        let most = file.metadata()?.len().saturating_mul(TIMES).max(ALWAYS);
        let mut is_parquet = false;
        let input: Box<dyn Read> = match Packing::of_file(&mut file)? {
            Packing::Gzip => {
                let unpacked = Members::of(BufReader::with_capacity(BUFFER, file));
                within(unpacked, OtherPacking::ZipWithinGzip, &mut is_parquet)?
            }
            Packing::Zip => {
                let files = zip::files(&mut file)?;
                let is_named = |packed: &&zip::Packed| named.ends_with(packed.path());
                let packed = files.iter().filter(is_named).max_by_key(|packed| packed.name.len());
                let unpacked = zip::unpack(file, packed.ok_or(FileError::DamagedPacking)?)?;
                within(unpacked, OtherPacking::ZipWithinZip, &mut is_parquet)?
            }
            Packing::Other(form) => return Err(FileError::OtherPacking(OtherPacking::Named(form))),
            Packing::Workbook => return Err(FileError::Workbook),
            Packing::Plain | Packing::Parquet => return Err(FileError::NotPacked),
        };
        Ok(Self { input, most, left: most, is_parquet })
    }

    /// Whether it is Parquet that comes out of it.
    pub const fn is_parquet(&self) -> bool {
        self.is_parquet
    }
}

/// What stands in gzip: several packed one behind another are one, and what a store filled up with zeros ends before them, as
/// gzip itself has it.
struct Members<R> {
    /// None at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn of(input: R) -> Self {
        Self { member: Some(GzDecoder::new(input)) }
    }
}

/// Passes by zeros; whether anything stands behind them.
fn goes_on(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let ready = input.fill_buf()?;
        let (zeros, length) = (ready.iter().take_while(|byte| **byte == 0).count(), ready.len());
        input.consume(zeros);
        if zeros < length || length == 0 {
            return Ok(length > 0);
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut input) = self.member.take().map(GzDecoder::into_inner) else { break };
            if goes_on(&mut input)? {
                self.member = Some(GzDecoder::new(input));
            }
        }
        Ok(0)
    }
}

/// What was packed may be packed once more, as AWS's own exports are in a ZIP, and as a browser saves what came packed.
fn within(
    mut input: impl Read + 'static,
    zip: OtherPacking,
    is_parquet: &mut bool,
) -> Result<Box<dyn Read>, FileError> {
    let mut first = Vec::new();
    (&mut input).take(LOOKED_AT).read_to_end(&mut first).map_err(damaged)?;
    let packing = Packing::of(&first);
    *is_parquet = packing == Packing::Parquet;
    let input = Cursor::new(first).chain(input);
    match packing {
        Packing::Plain | Packing::Parquet => Ok(Box::new(input)),
        Packing::Gzip => Ok(Box::new(Members::of(BufReader::with_capacity(BUFFER, input)))),
        Packing::Zip => Err(FileError::OtherPacking(zip)),
        Packing::Workbook => Err(FileError::Workbook),
        Packing::Other(form) => Err(FileError::OtherPacking(OtherPacking::Named(form))),
    }
}

/// What the system says has a number; anything else is said of the packing.
fn damaged(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { error } else { FileError::DamagedPacking.into() }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer).map_err(damaged)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or(FileError::TooMuchPacked(self.most))?;
        Ok(read)
    }
}
