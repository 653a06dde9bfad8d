//! By which of a vendor's logins an account goes: listed and chosen by its owner (rule V1).

use crate::account;
use crate::answers::{AccountNumber, LoginsView};
use crate::error::AppError;
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::vendor::{Vendor, no_logins};
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::LiveState;

/// The logins that an account may go by. Nobody is asked.
pub(crate) fn list(around: &Around<'_>, number: AccountNumber) -> Result<LoginsView, AppError> {
    let (account, _, vendor) = of(around, number.into())?;
    vendor.logins(around, &account)
}

/// Has an account go by a login: one of the list, by its key.
pub(crate) fn choose(around: &Around<'_>, number: AccountNumber, key: &str) -> Result<LoginsView, AppError> {
    let (account, state, vendor) = of(around, number.into())?;
    vendor.choose_login(around, &account, &state, key)?;
    vendor.logins(around, &account)
}

fn of(around: &Around<'_>, id: AccountId) -> Result<(Account, LiveState, &'static dyn Vendor), AppError> {
    let store = around.store();
    let account = account::find(&store, id)?;
    let state = store.live_state(id)?;
    let vendor = vendors::of(&account)?.filter(|_| !account.sample).ok_or_else(|| no_logins(&account))?;
    Ok((account, state, vendor))
}
