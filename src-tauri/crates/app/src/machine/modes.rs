//! The folder of our data and what lies in it are their owner's alone: what is made new is made so, and what an older
//! version, a copying tool or a careless hand left open is shut.

use headroom_exact::{Saying, say};
use std::path::Path;

/// Shuts what others could look into or write to, and says so. Nothing is done to what isn't ours: a folder in which other
/// things lie too stays as it is, and that is said.
#[cfg(unix)]
pub fn shut(data: &Path) -> Option<Saying> {
    if !data.is_dir() {
        return None;
    }
    let mut found = Found::default();
    let only_ours = within(data, &mut found);
    found.look(data, only_ours);
    match found {
        Found { left: true, .. } => Some(say!("not-private", path = data)),
        Found { shut: true, .. } => Some(say!("made-private", path = data)),
        Found { .. } => None,
    }
}

/// The system keeps a person's folder to themselves.
#[cfg(not(unix))]
pub fn shut(_: &Path) -> Option<Saying> {
    None
}

/// What was found open.
#[cfg(unix)]
#[derive(Default)]
struct Found {
    /// And is shut now.
    shut: bool,
    /// And others can still write to it.
    left: bool,
}

/// Whether an entry of the folder is one that we make.
#[cfg(unix)]
fn is_ours(name: &str) -> bool {
    ["headroom.", ".headroom-", "kiro-cli-", "damaged-"].iter().any(|begins| name.starts_with(begins))
        || ["copies", "log", "reports", "window.lock", "catalog.signed"].contains(&name)
}

/// Shuts what is ours in the folder and in the folders in it. Whether nothing else lies there.
#[cfg(unix)]
fn within(folder: &Path, found: &mut Found) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return true };
    let mut only_ours = true;
    for entry in entries.flatten() {
        let path = entry.path();
        // A link leads to what somebody put elsewhere; a pipe or a device is nothing that we made.
        let is_kept = entry.file_type().is_ok_and(|of| of.is_dir() || of.is_file());
        if !is_kept || !entry.file_name().to_str().is_some_and(is_ours) {
            only_ours = false;
            continue;
        }
        if entry.file_type().is_ok_and(|of| of.is_dir()) {
            for inner in std::fs::read_dir(&path).into_iter().flatten().flatten() {
                if inner.file_type().is_ok_and(|of| of.is_file()) {
                    found.look(&inner.path(), true);
                }
            }
        }
        found.look(&path, true);
    }
    only_ours
}

#[cfg(unix)]
impl Found {
    fn look(&mut self, path: &Path, may_be_shut: bool) {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        const OTHERS: u32 = 0o077;
        const OTHERS_WRITE: u32 = 0o022;
        let mode = |path: &Path| path.metadata().ok().map(|of| (of.uid(), of.permissions()));
        let Some((owner, mut permissions)) = mode(path) else { return };
        if permissions.mode() & OTHERS == 0 {
            return;
        }
        if may_be_shut && owner == rustix::process::geteuid().as_raw() {
            permissions.set_mode(permissions.mode() & 0o7700);
            // A file system that knows no such thing, or can't be written: what it says afterwards counts.
            _ = std::fs::set_permissions(path, permissions);
        }
        let left = mode(path).map_or(0, |(_, permissions)| permissions.mode());
        self.shut |= left & OTHERS == 0;
        self.left |= left & OTHERS_WRITE != 0;
    }
}
