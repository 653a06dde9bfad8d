//! What a database of SQLite is.

use crate::files::table_file::FileKind;
use crate::kiro::without_credits;
use headroom_exact::{Saying, say};

/// Of what kind a database is, or what it is instead, by its tables' names, which stand among its first bytes as they were made.
pub(super) fn of(bytes: &[u8]) -> Result<FileKind, Saying> {
    let makes = |name: &str| {
        ["", "`", "\"", "["].iter().any(|quote| {
            let made = format!("CREATE TABLE {quote}{name}");
            let rest = bytes.windows(made.len()).position(|part| part == made.as_bytes());
            let rest = rest.and_then(|place| bytes.get(place.saturating_add(made.len())..));
            rest.and_then(<[u8]>::first).is_some_and(|next| !next.is_ascii_alphanumeric() && *next != b'_')
        })
    };
    match () {
        () if makes("message") || makes("session_message") => Ok(FileKind::KiloRequests),
        () if makes("conversations_v2") => Ok(FileKind::KiroSession),
        () if makes("ItemTable") => Err(say!("is-kiro-ides-state")),
        () => Err(without_credits::database(makes).unwrap_or_else(|| say!("another-programs-database"))),
    }
}
