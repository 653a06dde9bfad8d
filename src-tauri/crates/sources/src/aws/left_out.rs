//! Files of an export that were left out.

use headroom_exact::Saying;
use std::path::PathBuf;

/// A file that was left out, or of which something is to be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Which.
    pub file: PathBuf,
    /// Why, or what.
    pub why: Saying,
    /// Whether it could be read all the same, or isn't there: what is said of it is no fault of whoever named it.
    pub was_read: bool,
}

impl LeftOut {
    /// One that couldn't be read.
    pub(super) const fn unread(file: PathBuf, why: Saying) -> Self {
        Self { file, why, was_read: false }
    }

    /// One that could, or that isn't there.
    pub(super) const fn read(file: PathBuf, why: Saying) -> Self {
        Self { file, why, was_read: true }
    }
}
