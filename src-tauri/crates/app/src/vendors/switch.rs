//! The overage switch at a vendor: asked for once, and confirmed by nothing but the vendor's own figures.

use crate::account;
use crate::error::{AppError, ErrorCode};
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::vendor::no_switch;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

/// How long after a turn was asked for, seconds, no other one of the account is.
const BETWEEN_TURNS: i64 = 60;

/// Refuses another turn within a minute of the last, whoever asks: a turn costs money, and whether the last one was done
/// shows by then.
pub(crate) fn refuse_too_soon(store: &Store, id: AccountId, now: Moment) -> Result<(), AppError> {
    let asked = store.live_state(id)?.overage_request.and_then(|request| request.at.by(now));
    let until = asked.map(|asked| asked.plus_seconds(BETWEEN_TURNS)).filter(|until| *until > now);
    until.map_or(Ok(()), |until| Err(AppError::new(ErrorCode::Refused, say!("switch-asked-just-now", until))))
}

/// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
pub(crate) fn request(around: &Around<'_>, id: AccountId, enabled: bool) -> Result<(), AppError> {
    let (account, state) = {
        let store = around.store();
        refuse_too_soon(&store, id, around.now())?;
        (account::find(&store, id)?, store.live_state(id)?)
    };
    let vendor = vendors::of(&account)?.ok_or_else(|| no_switch(&account))?;
    vendor.turn_overage(around, &account, &state, enabled)
}
