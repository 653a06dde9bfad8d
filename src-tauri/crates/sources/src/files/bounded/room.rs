//! Files of our own for what has to lie on the disk to be read, in a folder that is gone after.

use super::{FileError, read_some};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

/// Makes a file of this name in a folder of its own within `room`, readable by the owner alone.
pub(crate) fn write_new(room: &Path, name: &str) -> Result<(PathBuf, File), FileError> {
    let count = fs::read_dir(room)?.count();
    let folder = room.join(count.to_string());
    fs::create_dir(&folder)?;
    let path = folder.join(if name.is_empty() { "file" } else { name });
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    Ok((path.clone(), options.open(path)?))
}

/// Writes a file within a folder of our own, with the folders around it.
pub(crate) fn write_at(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, bytes)?)
}

/// Writes what can be read from the beginning once alone, such as standard input, to a file in `room`; at most so many
/// bytes.
pub fn keep(mut input: &mut dyn Read, room: &Path, name: &str, most: u64) -> Result<PathBuf, FileError> {
    const AT_ONCE: u64 = 1 << 18;
    let (path, mut file) = write_new(room, name)?;
    let mut left = most;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        read_some(&mut input, AT_ONCE, &mut bytes)?;
        if bytes.is_empty() {
            return Ok(path);
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(length).ok_or(FileError::TooLarge(most))?;
        file.write_all(&bytes)?;
    }
}
