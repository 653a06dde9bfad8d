//! The log that SQLite keeps beside a file (`-wal`), read as bytes: which pages it holds that are committed, and whether
//! it is as SQLite left it. SQLite itself silently ends it at the first frame that is damaged.
//!
//! Its form is documented: 32 bytes (magic, version, page size, number, two salts, two sums), then frames of 24 bytes
//! (page, size of the database after a commit, the two salts, two sums) and a page each. The sums go on from frame to
//! frame.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::Path;

/// The log beside a database.
pub(super) fn path(database: &Path) -> std::path::PathBuf {
    crate::files::beside(database, "-wal")
}

const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;
/// The magic numbers: sums are of little-endian words, or of big-endian ones.
const LITTLE: u32 = 0x377f_0682;
const BIG: u32 = 0x377f_0683;

/// The committed part of a log.
#[derive(PartialEq, Eq, Default, Debug)]
pub(super) struct Log {
    /// The newest committed content of each page that it holds.
    pub pages: BTreeMap<u32, Vec<u8>>,
    /// How many pages the database has after the last commit; none without a commit.
    pub size: Option<u32>,
    /// Whether a committed part lies behind a damaged one.
    pub damaged: bool,
}

struct Sum {
    little: bool,
    sums: [u32; 2],
}

impl Sum {
    /// Goes on with some bytes, a multiple of eight.
    fn add(&mut self, bytes: &[u8]) {
        let [mut one, mut two] = self.sums;
        let read = if self.little { u32::from_le_bytes } else { u32::from_be_bytes };
        for words in bytes.chunks_exact(8) {
            let (first, second) = words.split_at(4);
            let word = |part: &[u8]| read(part.try_into().unwrap_or_default());
            one = one.wrapping_add(word(first)).wrapping_add(two);
            two = two.wrapping_add(word(second)).wrapping_add(one);
        }
        self.sums = [one, two];
    }
}

/// A big-endian number of four bytes; 0 where there are none.
pub(super) fn number(bytes: &[u8], at: usize) -> u32 {
    let four = at.checked_add(4).and_then(|end| bytes.get(at..end));
    four.and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn sums(bytes: &[u8], at: usize) -> [u32; 2] {
    [number(bytes, at), number(bytes, at.saturating_add(4))]
}

/// Reads as much as there is, at most the whole buffer. Whether that was all of it.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        outcome => outcome.map(|()| true),
    }
}

/// The log beside a database; none where there is none, or nothing is in it.
pub(super) fn read(database: &Path) -> io::Result<Option<Log>> {
    look(database, true)
}

/// Whether the log beside a database is damaged: nothing of it is kept for that.
pub(super) fn is_damaged(database: &Path) -> io::Result<bool> {
    Ok(look(database, false)?.is_some_and(|log| log.damaged))
}

/// The log, with its pages if they are to be kept.
fn look(database: &Path, keep: bool) -> io::Result<Option<Log>> {
    let file = match File::open(path(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let length = file.metadata()?.len();
    let mut reader = BufReader::new(file);
    let mut head = [0; HEAD];
    if !fill(&mut reader, &mut head)? {
        return Ok(None);
    }
    let magic = number(&head, 0);
    let mut sum = Sum { little: magic == LITTLE, sums: [0; 2] };
    sum.add(head.get(..24).unwrap_or_default());
    let page_size = usize::try_from(number(&head, 8)).unwrap_or(0);
    let sound = (magic == LITTLE || magic == BIG)
        && sum.sums == sums(&head, 24)
        && (512..=65_536).contains(&page_size)
        && page_size.is_power_of_two();
    if !sound {
        // A log begins with its head, which is on the disk before the first frame is.
        let frames = length > u64::try_from(HEAD + FRAME_HEAD).unwrap_or(0);
        return Ok(frames.then(|| Log { damaged: true, ..Log::default() }));
    }
    frames(&mut reader, sum, sums(&head, 16), vec![0; page_size], keep).map(Some)
}

fn frames(
    reader: &mut impl Read,
    mut sum: Sum,
    salts: [u32; 2],
    mut page: Vec<u8>,
    keep: bool,
) -> io::Result<Log> {
    let mut log = Log::default();
    let mut open: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    let mut broken = false;
    loop {
        let mut head = [0; FRAME_HEAD];
        if !(fill(reader, &mut head)? && fill(reader, &mut page)?) {
            return Ok(log);
        }
        let commits = number(&head, 4);
        let same_log = sums(&head, 8) == salts;
        if broken {
            // What an earlier log left behind has other salts.
            if same_log && commits > 0 {
                log.damaged = true;
                return Ok(log);
            }
            continue;
        }
        sum.add(head.get(..8).unwrap_or_default());
        sum.add(&page);
        if !same_log || sum.sums != sums(&head, 16) {
            broken = true;
            continue;
        }
        if keep {
            open.insert(number(&head, 0), page.clone());
        }
        if commits > 0 {
            log.pages.append(&mut open);
            log.size = Some(commits);
        }
    }
}
