//! A file and its log as they lie on the disk, read as bytes and opened in memory: for where SQLite can't read without
//! writing (it needs a file beside a database with a log), and for looking at what may be another program's.

use super::log;
use rusqlite::Connection;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// The largest file that is read whole.
const LARGEST: u64 = 1 << 31;
/// Somebody may write meanwhile: then it is read again, so many times.
const TRIES: u32 = 5;

/// The bytes of a database with everything that is committed.
pub(super) struct Image(Vec<u8>);

/// What changes when somebody writes.
fn state(metadata: &Metadata) -> (u64, Option<std::time::SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

fn states(path: &Path) -> [Option<(u64, Option<std::time::SystemTime>)>; 2] {
    [path.to_owned(), log::path(path)].map(|file| file.metadata().ok().as_ref().map(state))
}

/// The image of a file.
pub(super) fn of(path: &Path) -> io::Result<Image> {
    for _ in 0..TRIES {
        let before = states(path);
        let image = read(path)?;
        if states(path) == before {
            return Ok(Image(image));
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    let log = log::read(path)?.unwrap_or_default();
    if let (Some(size), Some(page)) = (log.size, log.pages.values().next()) {
        let page_size = page.len();
        bytes.resize(usize::try_from(size).unwrap_or(0).saturating_mul(page_size), 0);
        for (number, page) in &log.pages {
            let index = usize::try_from(*number).unwrap_or(0).saturating_sub(1);
            // A page behind the end was freed by a later commit.
            if let Some(place) = bytes.chunks_exact_mut(page_size).nth(index) {
                place.copy_from_slice(page);
            }
        }
    }
    // There is no log any more: the header says so, or SQLite would look for one.
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    Ok(bytes)
}

impl Image {
    /// Opens it in memory.
    pub fn connection(&self) -> rusqlite::Result<Connection> {
        let mut connection = Connection::open_in_memory()?;
        if !self.0.is_empty() {
            connection.deserialize_read_exact("main", self.0.as_slice(), self.0.len(), false)?;
        }
        Ok(connection)
    }
}

/// How long the header is that every database begins with.
pub(super) const HEADER: usize = 100;

impl Image {
    /// Has what can be read of a damaged file read: a header that is gone is that of `model`, and how large the file is
    /// says the file.
    pub fn mended(mut self, model: &[u8]) -> Self {
        let begins = self.0.starts_with(b"SQLite format 3\0");
        if let (false, Some(header), Some(model)) = (begins, self.0.get_mut(..HEADER), model.get(..HEADER)) {
            header.copy_from_slice(model);
        }
        // Two counters that differ: the count of pages beside them isn't used.
        for (place, counter) in [(24..28, 1_u32), (92..96, 2)] {
            if let Some(bytes) = self.0.get_mut(place) {
                bytes.copy_from_slice(&counter.to_be_bytes());
            }
        }
        if let Some(versions) = self.0.get_mut(18..20) {
            versions.fill(1);
        }
        self
    }
}
