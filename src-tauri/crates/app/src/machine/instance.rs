//! One window per data folder, held by a lock of our own.
//!
//! The desktop's single-instance service brings the first window to the front, but it needs a session
//! bus and gives no guard without one; this lock needs only the file system.

use crate::answers::TrayWords;
use crate::documents::language::Language;
use crate::documents::words;
use crate::machine::paths::Paths;
use headroom_exact::{Saying, say};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;

/// Held while the window lives.
#[derive(Debug)]
pub struct InstanceLock {
    _file: Option<File>,
}

/// What a second start says that can't bring the first window to the front, in the machine's language.
pub fn open_already() -> String {
    Language::chosen(None).reader().say(&say!("open-already"))
}

/// The tray's words until the window says its own, in the machine's language.
pub fn tray_words() -> TrayWords {
    let reader = Language::chosen(None).reader();
    TrayWords {
        title: "Headroom".to_owned(),
        open: reader.say(&say!("tray-open")),
        quit: reader.say(&say!("tray-quit")),
        ..TrayWords::default()
    }
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
    let made = folder.recursive(true).create(paths.data());
    let opened = made.and_then(|()| options.write(true).create(true).truncate(false).open(paths.lock()));
    let file = match opened {
        Ok(file) => file,
        // Nothing can be written there: a lock that is there can be held all the same, and without one there is nothing
        // to guard.
        Err(error) if is_read_only(&error) => match File::open(paths.lock()) {
            Ok(file) => file,
            Err(_) => return Ok(Some(InstanceLock { _file: None })),
        },
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(InstanceLock { _file: Some(file) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}
