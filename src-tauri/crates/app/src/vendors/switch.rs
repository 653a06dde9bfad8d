//! The overage switch at a vendor: asked for once, and confirmed by nothing but the vendor's own figures.

use crate::Headroom;
use crate::error::AppError;
use crate::quoted::Quoted;
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::vendor::no_switch;
use crate::views::{OverageRequestView, RequestState};
use headroom_exact::Moment;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::live::OverageRequest;

/// The switch counts as not confirmed when the vendor doesn't show it after this long.
const CONFIRM_WITHIN: i64 = 60;

/// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
pub(crate) fn request(around: &Around<'_>, id: AccountId, enabled: bool) -> Result<(), AppError> {
    let (account, state) = {
        let store = around.store();
        (Headroom::account(&store, id)?, store.live_state(id)?)
    };
    let vendor = vendors::of(&account)?.ok_or_else(|| no_switch(&account))?;
    vendor.turn_overage(around, &account, &state, enabled)
}

/// The switch as it was asked for, and whether the vendor shows it.
pub(crate) fn confirmation(
    request: OverageRequest,
    quoted: Option<&Quoted>,
    now: Moment,
) -> OverageRequestView {
    let seen = quoted.filter(|quoted| quoted.at >= request.at);
    let agrees = seen.and_then(|quoted| quoted.limits.overage_enabled) == Some(request.enabled);
    let state = if agrees {
        RequestState::Confirmed
    } else if now.seconds_since(request.at) < CONFIRM_WITHIN {
        RequestState::Requested
    } else {
        RequestState::NotConfirmed
    };
    OverageRequestView { enabled: request.enabled, at: request.at.to_string(), state }
}
