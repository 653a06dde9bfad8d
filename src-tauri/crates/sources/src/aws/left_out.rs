//! Files of an export that were left out.

use crate::files::reason::Reason;
use headroom_exact::Saying;
use std::path::PathBuf;

/// A file that was left out, or of which something is to be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Which.
    pub file: PathBuf,
    /// Why, or what.
    pub why: Reason,
    /// Whether it could be read all the same, or isn't there: what is said of it is no fault of whoever named it.
    pub was_read: bool,
}

impl LeftOut {
    /// One that couldn't be read.
    pub(super) const fn unread(file: PathBuf, why: Reason) -> Self {
        Self { file, why, was_read: false }
    }

    /// One that could, or that isn't there.
    pub(super) fn read(file: PathBuf, why: Saying) -> Self {
        Self { file, why: why.into(), was_read: true }
    }
}
