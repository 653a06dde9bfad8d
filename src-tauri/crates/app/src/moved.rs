//! Whom to move of an organisation, as a file.

use crate::answers::{AccountNumber, ExportForm, UserNamed};
use crate::documents::file::{Export, file_name};
use crate::documents::moves;
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::kinds::organisation::moves::of as moves_of;
use crate::settings;

/// What is to be done about some users of an organisation, by how it stood in a month, as a file. Who is not told to move,
/// and holds no licence that nobody uses, is left out.
pub(crate) fn export(
    headroom: &Headroom,
    account: AccountNumber,
    month: &str,
    chosen: &[UserNamed],
    form: ExportForm,
) -> Result<Export, AppError> {
    let now = headroom.now();
    let (moves, reader) = headroom
        .read(|store| Ok((moves_of(store, account, month, chosen, now)?, settings::reader(store)?)))?;
    let (ending, bytes) = match form {
        ExportForm::Pdf => ("pdf", moves::pdf(&moves, reader)?),
        ExportForm::Csv => ("csv", moves::table(&moves)),
        ExportForm::Json => ("json", moves::json(&moves)?),
    };
    let about = format!("moves-{}", moves.from);
    Ok(Export { name: file_name(&moves.account, Some(&about), ending), bytes })
}
