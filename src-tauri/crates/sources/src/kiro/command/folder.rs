//! An empty folder of ours that the program is started in, and that its session is of. Gone afterwards.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many were made by this process.
static MADE: AtomicU64 = AtomicU64::new(0);

/// The folder; it goes with what the program left in it.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// A new one in a folder of ours, that nobody else may look into.
    pub(super) fn within(ours: &Path) -> io::Result<Self> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = ours.join(format!("kiro-cli-{}-{number}", std::process::id()));
        // Left behind by a process of the same number that was ended.
        _ = fs::remove_dir_all(&path);
        private().create(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn private() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private() -> fs::DirBuilder {
    fs::DirBuilder::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_empty_nobody_elses_and_gone_afterwards() {
        let ours = tempfile::tempdir().expect("a folder");
        let folder = Folder::within(ours.path()).expect("made");
        let other = Folder::within(ours.path()).expect("another");
        assert_ne!(folder.path(), other.path());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path()).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
        fs::write(folder.path().join("left"), "behind").expect("written");
        drop((folder, other));
        assert_eq!(fs::read_dir(ours.path()).expect("a folder").count(), 0);
        assert!(Folder::within(&ours.path().join("nowhere")).is_err());
    }
}
