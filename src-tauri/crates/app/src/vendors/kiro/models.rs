//! What Kiro's models cost: their multipliers, asked for once a day.

use crate::error::AppError;
use crate::machine::log::Line;
use crate::quoted::MODELS;
use crate::vendors::asking::Around;
use crate::vendors::vendor::{snapshot, written};
use headroom_exact::Moment;
use headroom_sources::Http;
use headroom_sources::kiro::models;
use headroom_sources::kiro::token::KiroLogin;
use headroom_store::table::accounts::AccountId;

const EVERY: i64 = 86_400;

/// Asks for the multipliers if they are a day old. Without them nothing else fails.
pub(super) fn renew(
    around: &Around<'_>,
    http: &Http,
    login: &KiroLogin,
    account: AccountId,
) -> Result<(), AppError> {
    let known = around.store().newest_snapshot(account, MODELS, around.now())?;
    let fresh = |at: Moment| around.now().seconds_since(at) < EVERY;
    if known.is_some_and(|known| fresh(known.fetched_at)) {
        return Ok(());
    }
    let models = models::fetch(http, login);
    match models.and_then(|models| written("Kiro", &models)) {
        Ok(body) => {
            let models = snapshot(MODELS, around.now(), body);
            around.store().write(|writing| writing.append_snapshot(account, &models).map_err(AppError::from))
        }
        Err(error) => {
            Line::warn("models-not-read").why(&error).note();
            Ok(())
        }
    }
}
