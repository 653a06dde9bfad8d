//! A ZIP's list of what is in it, and one file of it as it is unpacked.
//!
//! The list stands at the end. Nothing of the files themselves is unpacked to read it.

use super::{FileError, MIB, OtherPacking};
use crate::files::names::is_left_behind;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

/// The largest list that is read, in bytes, and the most files in it.
const LARGEST_LIST: u64 = 16 * MIB;
const MOST_FILES: u16 = 10_000;
/// Where the list is stands at the end, before a comment of at most so many bytes.
const MOST_COMMENT: u64 = u16::MAX as u64;
/// Bytes of what stands at the end, of an entry of the list, and of what stands before a file.
const END: usize = 22;
const ENTRY: usize = 46;
const BEFORE: u64 = 30;
/// A number that says that the true one stands elsewhere: the ZIP is larger than 4 GiB.
const ELSEWHERE: u32 = u32::MAX;

/// A file in a ZIP.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Packed {
    /// Its name with its folders.
    pub name: String,
    /// Where what stands before it begins.
    at: u64,
    /// Bytes as they are packed.
    length: u64,
    method: u16,
    encrypted: bool,
    crc: u32,
}

impl Packed {
    /// Its name as a path that doesn't lead out of the ZIP. Older programs of Windows wrote its own separator.
    pub fn path(&self) -> PathBuf {
        let name = self.name.replace('\\', "/");
        let parts = Path::new(&name).components();
        parts.filter(|part| matches!(part, Component::Normal(_))).collect()
    }
}

/// Numbers at a place of some bytes, the low byte first.
fn two(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}

/// The list that stands at the end: how many files, and its bytes.
fn list(file: &mut File) -> Result<(u16, Vec<u8>), FileError> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(MOST_COMMENT.saturating_add(END as u64));
    file.seek(SeekFrom::Start(from))?;
    let mut end = Vec::new();
    file.take(MOST_COMMENT.saturating_add(END as u64)).read_to_end(&mut end)?;
    let place = end.windows(END).rposition(|window| window.starts_with(b"PK\x05\x06"));
    let end = place.and_then(|place| end.get(place..)).ok_or(FileError::DamagedPacking)?;
    let (count, size, at) = two(end, 10)
        .zip(four(end, 12))
        .zip(four(end, 16))
        .map(|((count, size), at)| (count, size, at))
        .ok_or(FileError::DamagedPacking)?;
    if at == ELSEWHERE || size == ELSEWHERE || count == u16::MAX {
        return Err(FileError::OtherPacking(OtherPacking::Named("ZIP64")));
    }
    if count > MOST_FILES || u64::from(size) > LARGEST_LIST {
        return Err(FileError::TooMuchPacked(LARGEST_LIST));
    }
    file.seek(SeekFrom::Start(at.into()))?;
    let mut list = Vec::new();
    file.take(size.into()).read_to_end(&mut list)?;
    Ok((count, list))
}

/// The entry at the beginning of a list, and what comes after it.
fn entry(list: &[u8]) -> Option<(Packed, &[u8])> {
    if !list.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = four(list, 20).filter(|length| *length != ELSEWHERE)?;
    let at = four(list, 42).filter(|at| *at != ELSEWHERE)?;
    let [name, extra, comment] = [28, 30, 32].map(|place| two(list, place).map(usize::from));
    let after_name = ENTRY.checked_add(name?)?;
    let next = after_name.checked_add(extra?)?.checked_add(comment?)?;
    let packed = Packed {
        name: String::from_utf8_lossy(list.get(ENTRY..after_name)?).into_owned(),
        at: at.into(),
        length: length.into(),
        method: two(list, 10)?,
        encrypted: two(list, 8)? & 1 == 1,
        crc: four(list, 16)?,
    };
    Some((packed, list.get(next..)?))
}

/// The files in a ZIP: folders are none. Of two that have one name, or two names of letters that nobody can tell apart, one would be
/// read in place of the other.
pub(crate) fn files(file: &mut File) -> Result<Vec<Packed>, FileError> {
    let (count, list) = list(file)?;
    let mut rest = list.as_slice();
    let mut files = Vec::new();
    for _ in 0..count {
        let (packed, after) = entry(rest).ok_or(FileError::DamagedPacking)?;
        rest = after;
        if !packed.name.ends_with(['/', '\\']) {
            files.push(packed);
        }
    }
    let mut known = HashSet::new();
    let is_twice = |packed: &Packed| !is_left_behind(&packed.name) && !known.insert(packed.path());
    if files.iter().any(is_twice) {
        Err(FileError::OtherPacking(OtherPacking::ZipWithTwoOfOneName))
    } else {
        Ok(files)
    }
}

/// One file of a ZIP, as it is unpacked.
pub(super) fn unpack(mut file: File, packed: &Packed) -> Result<Box<dyn Read>, FileError> {
    if packed.encrypted {
        return Err(FileError::OtherPacking(OtherPacking::ZipWithPassword));
    }
    file.seek(SeekFrom::Start(packed.at))?;
    let mut before = Vec::new();
    (&file).take(BEFORE).read_to_end(&mut before)?;
    let lengths = two(&before, 26).zip(two(&before, 28)).filter(|_| before.starts_with(b"PK\x03\x04"));
    let (name, extra) = lengths.ok_or(FileError::DamagedPacking)?;
    file.seek(SeekFrom::Current(i64::from(name).saturating_add(extra.into())))?;
    let input = BufReader::with_capacity(1 << 18, file.take(packed.length));
    let crc = packed.crc;
    match packed.method {
        0 => Ok(Box::new(Checked { input, sum: Crc::new(), crc })),
        8 => Ok(Box::new(Checked { input: DeflateDecoder::new(input), sum: Crc::new(), crc })),
        _ => Err(FileError::OtherPacking(OtherPacking::UnusualZip)),
    }
}

/// What comes out, and whether it is what went in.
struct Checked<R> {
    input: R,
    sum: Crc,
    crc: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.sum.sum() != self.crc {
            return Err(FileError::DamagedPacking.into());
        }
        self.sum.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
