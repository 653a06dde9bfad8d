//! What commands do with what a person answered: that it is done, or where it is written.

use super::Host;
use crate::documents::file::Export;
use crate::error::AppError;
use crate::machine::save::save;
use std::path::Path;

/// Does what was agreed to; whether it was.
pub(super) fn done_if(agreed: bool, act: impl FnOnce() -> Result<(), AppError>) -> Result<bool, AppError> {
    agreed.then(act).transpose().map(|done| done.is_some())
}

/// Has a new file of that name written where the person says; its path, or none when that is cancelled.
pub(super) fn write_where_asked(
    host: &dyn Host,
    name: &str,
    write: impl FnOnce(&Path) -> Result<(), AppError>,
) -> Result<Option<String>, AppError> {
    let Some(path) = host.choose_place(name)? else { return Ok(None) };
    write(&path)?;
    Ok(Some(path.display().to_string()))
}

pub(super) fn save_where_asked(host: &dyn Host, export: &Export) -> Result<Option<String>, AppError> {
    write_where_asked(host, &export.name, |path| save(path, &export.bytes))
}
