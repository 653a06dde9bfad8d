//! Files of which none could be read: each is named with its own reason.

use crate::files::reason::Reason;
use headroom_exact::{Saying, say};
use std::path::{Path, PathBuf};

/// So many files are named in one saying.
pub const MOST_NAMED: usize = 100;

/// That of files none could be read as what they should be, with the reason of each; of a place without any, that alone.
pub fn none_of(path: &Path, what: Saying, left_out: &[(PathBuf, Reason)]) -> Saying {
    let named = left_out.iter().take(MOST_NAMED);
    let named: Vec<_> = named.map(|(path, reason)| Saying::at(path, reason.into())).collect();
    match left_out.len().saturating_sub(MOST_NAMED) {
        _ if named.is_empty() => say!("folder-without", path, what),
        0 => say!("none-of-these", what, files = named),
        more => say!("none-of-more", what, files = named, count = more),
    }
}
