//! Files beside the data, and whether anything can be written there.

use crate::case::{NotWritable, why_not};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file beside the data: its name with an ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Has the system write down what a folder holds.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The same of the folder that a file is in.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}

/// Why nothing can be written beside a file; none where something can.
pub(crate) fn not_writable(path: &Path) -> Option<NotWritable> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let outcome = probe(folder).and_then(|()| {
        if path.exists() { fs::OpenOptions::new().write(true).open(path).map(drop) } else { Ok(()) }
    });
    why_not(&outcome.err()?)
}

/// Writes a page to a file of its own, which is gone again afterwards.
fn probe(folder: &Path) -> io::Result<()> {
    use std::io::Write as _;
    let path = folder.join(format!(".headroom-probe-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let outcome = options
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .and_then(|mut file| file.write_all(&[0; 4096]).and_then(|()| file.sync_all()));
    _ = fs::remove_file(&path);
    outcome
}
