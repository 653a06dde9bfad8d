//! The overage switch at a vendor: asked for once, and confirmed by nothing but the vendor's own figures.

use crate::account;
use crate::error::AppError;
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::vendor::no_switch;
use headroom_store::table::accounts::AccountId;

/// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
pub(crate) fn request(around: &Around<'_>, id: AccountId, enabled: bool) -> Result<(), AppError> {
    let (account, state) = {
        let store = around.store();
        (account::find(&store, id)?, store.live_state(id)?)
    };
    let vendor = vendors::of(&account)?.ok_or_else(|| no_switch(&account))?;
    vendor.turn_overage(around, &account, &state, enabled)
}
