//! What is kept of a team and can't be read any more.

use crate::answers::{UnreadableRecord, Vendor};
use crate::error::AppError;
use crate::quoted::{QuotedTeam, TOLD, Told};
use crate::unreadable::{figures, lost};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

pub(crate) fn records(store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
    let team = QuotedTeam::newest(store, id, None)?.1;
    let told = lost::<Told>(store, id, &[TOLD])?;
    let told = told.map(|at| UnreadableRecord::Spending { at: at.to_string() });
    Ok(figures(Vendor::Kilo, team).into_iter().chain(told).collect())
}
