//! What all accounts are charged next, and what that comes to.

use crate::account::{find, kind_of};
use crate::answers::{AccountCharge, AccountNumber, ChargedNext, text};
use crate::error::AppError;
use crate::kinds;
use crate::kinds::next_charge::{LeftOut, NextCharge};
use headroom_billing::Total;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Account;

/// Of every account that is shown. One whose figures can't be read is not known, and says why where it is shown.
pub(crate) fn of_all(store: &Store, now: Moment) -> Result<ChargedNext, AppError> {
    let accounts: Vec<_> = store.accounts()?.into_iter().filter(|account| !account.hidden).collect();
    let made_up = accounts.iter().all(|account| account.sample);
    let charges: Vec<_> = accounts.into_iter().map(|account| (of(store, &account, now), account)).collect();
    let summed = || charges.iter().filter(|(_, account)| made_up || !account.sample);
    let known = Total::of_parts(summed().map(|(charge, _)| charge.amount.known()));
    let is_part = known.is_at_least() || summed().any(|(charge, _)| charge.amount.is_at_least());
    let view = |(charge, account): &(NextCharge, Account)| AccountCharge {
        account: AccountNumber(account.id.0),
        amount: text(charge.amount.known()),
        at_least: charge.amount.is_at_least(),
        at: text(charge.at),
        left_out: charge.left_out.map(LeftOut::view),
    };
    Ok(ChargedNext {
        accounts: charges.iter().map(view).collect(),
        total: text(known.known()),
        at_least: is_part,
        made_up,
    })
}

/// Of one. Where its figures can't be read it is not known.
pub(crate) fn of(store: &Store, account: &Account, now: Moment) -> NextCharge {
    let standing = || -> Result<_, AppError> {
        let account = find(store, account.id)?;
        kinds::of(kind_of(&account)?).standing(store, &account, now)
    };
    standing().map_or(NextCharge::UNKNOWN, |standing| standing.charged_next())
}
