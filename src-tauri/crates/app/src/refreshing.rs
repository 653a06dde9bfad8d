//! Asking vendors: who is due, one account's, all of them, with which login; and what is asked of one beside figures.

use crate::account;
use crate::answers::{AccountNumber, AccountSummary, Due, Kind, LoginsView, RefreshView};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::vendors::vendor::Vendor;
use crate::{accounts, kinds, vendors};
use headroom_store::Store;

/// Whose vendor is to be asked by itself now, and when to look again.
pub(crate) fn due(headroom: &Headroom, hidden: bool) -> Result<Due, AppError> {
    let now = headroom.now();
    if headroom.not_writable.is_some() {
        // What a vendor would answer could not be kept.
        return Ok(vendors::schedule::nobody(hidden));
    }
    headroom.read(|store| vendors::schedule::due(store, &headroom.paths, &headroom.way_out, hidden, now))
}

/// What whoever is asked about an account is called; none where nobody is.
pub(crate) fn vendor_of(store: &Store, account: AccountNumber) -> Result<Option<&'static str>, AppError> {
    Ok(vendors::of(&account::find(store, account.into())?)?.map(Vendor::called))
}

/// Asks the vendor for an account's figures.
pub(crate) fn refresh(
    headroom: &Headroom,
    account: AccountNumber,
    by_hand: bool,
    hidden: bool,
) -> Result<RefreshView, AppError> {
    headroom.refuse_unless_writable()?;
    let stated_plan = |store: &Store, account: &_| kinds::stated_plan(store, account, headroom.now());
    vendors::refresh::refresh(&headroom.around(), account.into(), stated_plan, by_hand, hidden)
}

/// Asks once about every account that is due, by its name.
pub(crate) fn everybody(headroom: &Headroom) -> Result<Vec<(String, RefreshView)>, AppError> {
    let due = due(headroom, false)?;
    let accounts = headroom.read(|store| accounts::list(store, headroom.now()))?;
    let named = accounts.into_iter().filter(|account| due.accounts.contains(&account.id));
    named.map(|account| Ok((account.name, refresh(headroom, account.id, false, false)?))).collect()
}

/// Has an account go by a login of its list.
pub(crate) fn choose_login(
    headroom: &Headroom,
    account: AccountNumber,
    key: &str,
) -> Result<LoginsView, AppError> {
    headroom.refuse_unless_writable()?;
    vendors::login::choose(&headroom.around(), account, key)
}

/// Asks the vendor, once, to turn the overage switch.
pub(crate) fn request_overage(
    headroom: &Headroom,
    account: AccountNumber,
    enabled: bool,
) -> Result<(), AppError> {
    headroom.refuse_unless_writable()?;
    vendors::switch::request(&headroom.around(), account.into(), enabled)
}

/// Adds an account for each team of Kilo's login on this machine that isn't there yet.
pub(crate) fn connect_kilo(headroom: &Headroom) -> Result<Vec<AccountSummary>, AppError> {
    headroom.refuse_unless_writable()?;
    let new = &kinds::of(Kind::KiloTeams).called().new;
    let teams = vendors::kilo::connect::connect(&headroom.around(), new)?;
    accounts::named(&headroom.store(), &teams, headroom.now())
}
