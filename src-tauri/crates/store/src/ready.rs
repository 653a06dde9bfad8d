//! What a restore made whole beside the data: from the moment it is there under its name it counts, and whoever opens
//! the data next puts it in its place.

use crate::files::{beside, sync_folder_of};
use crate::migrations::APPLICATION;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// So much of a file says whose it is.
const HEADER: u64 = 100;

pub(crate) const READY: &str = "-restored";

/// What a restore made whole that was not finished. Anything else under that name is none of ours, and takes nobody's
/// place.
pub(crate) fn ready(database: &Path) -> Option<PathBuf> {
    Some(beside(database, READY)).filter(|ready| is_ours(ready).unwrap_or(false))
}

fn is_ours(ready: &Path) -> io::Result<bool> {
    if !fs::symlink_metadata(ready)?.is_file() {
        return Ok(false);
    }
    let mut header = Vec::new();
    File::open(ready)?.take(HEADER).read_to_end(&mut header)?;
    Ok(header.starts_with(b"SQLite format 3\0") && header.get(68..72) == Some(&APPLICATION.to_be_bytes()))
}

/// Whether a restore was made whole and not finished.
pub(crate) fn is_ready(database: &Path) -> bool {
    ready(database).is_some()
}

/// Puts what was made whole in the place of the data. Whatever is cut short here is done again by the next opening.
pub(crate) fn finish(database: &Path) -> io::Result<()> {
    // A log that is left would be taken for the new file's.
    for ending in ["-wal", "-shm", "-journal"] {
        match fs::remove_file(beside(database, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_folder_of(database)?;
    fs::rename(beside(database, READY), database)?;
    sync_folder_of(database)
}
