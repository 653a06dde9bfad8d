//! What SQLite may believe of a file.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// Has SQLite believe nothing of a file that somebody else could have changed: what its own schema calls may do nothing
/// beyond it, its inner tables stay as they are, and a page is looked at closely before anything of it is believed.
pub(crate) fn trust_nothing(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", "ON")
}
