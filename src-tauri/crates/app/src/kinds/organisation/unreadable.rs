//! What is kept of an organisation and can't be read any more.

use crate::answers::UnreadableRecord;
use crate::bills;
use crate::error::AppError;
use crate::unreadable::named;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

pub(crate) fn records(store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
    let unreadable = bills::all(store, id)?.unreadable;
    Ok(unreadable.iter().map(|months| UnreadableRecord::Bill { months: named(months) }).collect())
}
