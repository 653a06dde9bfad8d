//! Room on the disk for what can't be read where it lies: standard input, and some of what is packed. It is in the folder
//! of our own data, for its owner alone, and gone when the import is.

use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use headroom_exact::say;
use headroom_sources::files::bounded;
use headroom_sources::files::given::{Files, Given};
use std::fs;
use std::io::Read;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// What the name of each such folder begins with.
const PREFIX: &str = "incoming-";
/// One that is older was left behind by a process that was ended.
const OLDEST: Duration = Duration::from_hours(24);
/// The most bytes that are taken from standard input.
const LARGEST_INPUT: u64 = 4 << 30;

/// What came over standard input, for as long as it is needed.
pub struct Kept {
    /// What is read, under the name by which it is told.
    pub given: Given,
    _room: TempDir,
}

fn new(paths: &Paths) -> std::io::Result<TempDir> {
    fs::create_dir_all(paths.data())?;
    let room = tempfile::Builder::new().prefix(PREFIX).tempdir_in(paths.data())?;
    tidy(paths, room.path().metadata()?.modified()?);
    Ok(room)
}

/// Removes what was left behind, by the clock that dates files.
fn tidy(paths: &Paths, now: SystemTime) {
    let Ok(entries) = fs::read_dir(paths.data()) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let made = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let age = made.and_then(|made| now.duration_since(made).ok());
        if age.is_some_and(|age| age > OLDEST) {
            // One that can't be removed is tried again the next time.
            _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Room for what is packed; none where nothing is, or where there is none.
pub(crate) fn for_packed(files: &Files, paths: &Paths) -> Option<TempDir> {
    if files.sources.iter().any(headroom_sources::files::given::Source::is_packed) {
        new(paths).ok()
    } else {
        None
    }
}

/// Keeps what came over standard input, under the name by which it is told.
pub(crate) fn keep(input: &mut dyn Read, called: &str, paths: &Paths) -> Result<Kept, AppError> {
    let failed = |reason: headroom_exact::Saying| {
        AppError::new(ErrorCode::Outside, say!("file-unreadable", path = called, reason))
    };
    let room = new(paths).map_err(|error| failed(error.into()))?;
    let path = bounded::keep(input, room.path(), "input", LARGEST_INPUT);
    let path = path.map_err(|error| failed((&error).into()))?;
    Ok(Kept { given: Given { path, called: Some(called.to_owned()) }, _room: room })
}
