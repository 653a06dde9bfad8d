//! All of the data: a copy of it, everything in it as text, and an end to it.

use crate::error::{AppError, ErrorCode};
use crate::headroom::Headroom;
use crate::machine::{log, reports};
use crate::{chores, vendors};
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use std::io::Write as _;
use std::path::Path;
use tempfile::NamedTempFile;

fn failed(path: &Path, reason: impl Into<Saying>) -> AppError {
    AppError::new(ErrorCode::Outside, say!("not-written", path, reason = reason.into()))
}

/// A new file beside `path`, for its owner only, to take its place once it is whole.
fn beside(path: &Path) -> Result<NamedTempFile, AppError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    NamedTempFile::new_in(folder).map_err(|error| failed(path, error))
}

/// What a copy of the data would be called.
pub(crate) fn file_name(now: Moment, ending: &str) -> String {
    format!("headroom-{}.{ending}", now.date())
}

/// Writes a copy of the database: opened in its place, everything is as it was.
pub(crate) fn back_up(database: &Path, path: &Path) -> Result<(), AppError> {
    // Through a connection of its own, as every long work: what is asked meanwhile doesn't wait for the disk.
    Store::open_to_read(database).to_read()?.copy_to(path)?;
    Ok(())
}

/// Writes every record as a line of JSON. How many lines.
pub(crate) fn export_all(database: &Path, path: &Path) -> Result<u64, AppError> {
    let text = beside(path)?;
    let mut output = std::io::BufWriter::new(text.as_file());
    let store = Store::open_to_read(database).to_read()?;
    let lines = store.write_all(&mut output).map_err(|error| failed(path, error))?;
    output.flush().map_err(|error| failed(path, error))?;
    drop(output);
    text.persist(path).map_err(|error| failed(path, error.error))?;
    Ok(lines)
}

/// Deletes everything Headroom knows: accounts, records, choices, and the pasted key in the system's keyring.
pub(crate) fn delete_all(headroom: &Headroom) -> Result<(), AppError> {
    vendors::forget_keys(&headroom.around())?;
    let mut store = headroom.store();
    store.delete_all()?;
    // What is kept of our own work and mistakes goes too; an empty log says that.
    let (reports, log) = (headroom.paths.reports(), headroom.paths.log());
    reports::delete_all(&reports).map_err(|error| failed(&reports, error))?;
    log::delete(&log).map_err(|error| failed(&log, error))?;
    chores::do_chores(&mut store, headroom.now(), chores::FOR_READERS);
    Ok(())
}
