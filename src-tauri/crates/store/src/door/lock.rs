//! Who is in: every open store holds a shared lock on a file beside the data, and whoever replaces the data holds it
//! alone. SQLite's own locks go with the file that is replaced, so they can't say that.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Held while a store is open.
pub(super) struct Entered {
    /// None where no such file can be made: on a disk that can only be read nobody replaces anything.
    file: Option<File>,
    /// Whether nobody else is in.
    pub alone: bool,
}

/// The file that is locked.
pub(super) fn path(database: &Path) -> PathBuf {
    database.with_extension("lock")
}

fn file(database: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).write(true).create(true).truncate(false).open(path(database))
}

/// Goes in to write: alone if nobody is in, else beside the others, once none of them holds it alone.
pub(super) fn enter(database: &Path) -> Entered {
    let Ok(file) = file(database) else { return Entered { file: None, alone: false } };
    match file.try_lock() {
        Ok(()) => Entered { file: Some(file), alone: true },
        Err(TryLockError::WouldBlock) => {
            let shared = file.lock_shared();
            Entered { file: shared.is_ok().then_some(file), alone: false }
        }
        // A file system without locks.
        Err(TryLockError::Error(_)) => Entered { file: None, alone: false },
    }
}

/// Goes in alone; none if somebody is in.
pub(super) fn enter_alone(database: &Path) -> io::Result<Option<File>> {
    let file = file(database)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// How somebody who only reads goes in.
pub(super) enum Reader {
    /// In; with a lock where one can be had.
    In(Entered),
    /// Not: somebody is alone in there.
    Outside,
}

/// Goes in to read, without waiting and without making anything, not even the file that is locked.
pub(super) fn enter_to_read(database: &Path) -> Reader {
    // Without that file nobody who writes is in: whoever does makes it.
    let Ok(file) = File::open(path(database)) else {
        return Reader::In(Entered { file: None, alone: true });
    };
    if file.try_lock().is_ok() {
        return Reader::In(Entered { file: Some(file), alone: true });
    }
    match file.try_lock_shared() {
        Ok(()) => Reader::In(Entered { file: Some(file), alone: false }),
        Err(TryLockError::WouldBlock) => Reader::Outside,
        Err(TryLockError::Error(_)) => Reader::In(Entered { file: None, alone: false }),
    }
}

impl Entered {
    /// Lets others in.
    pub fn stay(self) -> Option<File> {
        let file = self.file?;
        if self.alone && file.lock_shared().is_err() {
            return None;
        }
        Some(file)
    }
}
