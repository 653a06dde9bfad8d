//! What a restore made whole beside the data: from the moment it is there under its name it counts, and whoever opens
//! the data next puts it in its place.

use crate::files::{beside, sync_folder_of};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) const READY: &str = "-restored";

/// What a restore made whole that was not finished.
pub(crate) fn ready(database: &Path) -> Option<PathBuf> {
    Some(beside(database, READY)).filter(|ready| ready.exists())
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
