//! One window per data folder, held by a lock of our own.
//!
//! The desktop's single-instance service brings the first window to the front, but it needs a session
//! bus and gives no guard without one; this lock needs only the file system.

use crate::documents::words;
use crate::machine::paths::Paths;
use headroom_exact::{Saying, say};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;

/// Held while the window lives.
#[derive(Debug)]
pub struct InstanceLock {
    _file: File,
}

/// What a second start says that can't bring the first window to the front, in the machine's language.
pub fn open_already() -> String {
    words::say_here(&say!("open-already"))
}

/// What is said where the lock can't be looked at, in a line.
pub fn no_lock(paths: &Paths, error: io::Error) -> String {
    words::say(&say!("no-lock", path = &paths.lock(), reason = Saying::from(error)))
}

/// Takes the lock. None when another window holds it.
pub fn lock(paths: &Paths) -> io::Result<Option<InstanceLock>> {
    let mut folder = DirBuilder::new();
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        options.mode(0o600);
    }
    folder.recursive(true).create(paths.data())?;
    let file = options.write(true).create(true).truncate(false).open(paths.lock())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(InstanceLock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
