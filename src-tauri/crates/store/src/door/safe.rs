//! Safe mode: of damaged data without a good copy is shown what can be read. It is opened in memory, as it lies there, so
//! that whatever needs a page that can't be read fails, and its account is named, while the others are shown; nothing of
//! the file is changed.

use super::image;
use crate::migrations::{self, COUNT};
use crate::trust::trust_nothing;
use crate::{NotWritable, Store, restore};
use rusqlite::{Connection, MAIN_DB};
use std::io;
use std::path::Path;

impl Store {
    /// Opens what can be read of damaged data, to read only; none where a copy is good, which helps more, or no account
    /// can be read.
    pub fn open_damaged(path: &Path) -> Option<Self> {
        if !path.is_file() || restore::has_good_copy(path) {
            return None;
        }
        let connection = readable_part(path).ok()??;
        let store = Self::over(connection, path, None).only_to_read(NotWritable::Damaged);
        store.accounts().is_ok_and(|accounts| !accounts.is_empty()).then_some(store)
    }
}

fn readable_part(path: &Path) -> io::Result<Option<Connection>> {
    let Ok(model) = header() else { return Ok(None) };
    let image = image::of(path)?.mended(&model);
    Ok(image.connection().and_then(up_to_date).ok())
}

/// The header of a file of this version's.
fn header() -> rusqlite::Result<Vec<u8>> {
    let connection = up_to_date(Connection::open_in_memory()?)?;
    let bytes = connection.serialize(MAIN_DB)?;
    Ok(bytes.iter().copied().take(image::HEADER).collect())
}

/// An older format is brought up to date in memory; where damage keeps that from being done, it can't be read.
fn up_to_date(mut connection: Connection) -> rusqlite::Result<Connection> {
    trust_nothing(&connection)?;
    if migrations::format(&connection)? != COUNT {
        let outcome = migrations::run(&mut connection, || Ok::<_, rusqlite::Error>(()));
        outcome.map_err(|_| rusqlite::Error::InvalidQuery)?;
    }
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}
