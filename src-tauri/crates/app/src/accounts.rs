//! Accounts as a list: adding, naming, hiding and removing one, and which of them something goes to.

use crate::account::{find, gone};
use crate::answers::{AccountNumber, AccountSummary, Doubled, Kind, RemovedAccount};
use crate::chores;
use crate::chosen::{self, name};
use crate::error::{AppError, ErrorCode};
use crate::kinds;
use crate::language;
use headroom_exact::{Moment, say};
use headroom_store::copies::Before;
use headroom_store::table::accounts::{Account, AccountId, Wanted};
use headroom_store::{Store, Writing};
use std::time::Duration;

/// A removal can be taken back for so long; what is older goes when Headroom is opened.
pub(crate) const UNDO_SECONDS: i64 = 3600;

/// All of them, real ones first, without how they stand.
pub(crate) fn list(store: &Store, now: Moment) -> Result<Vec<AccountSummary>, AppError> {
    store.accounts()?.iter().map(|account| kinds::summary(store, account, now)).collect()
}

/// An account, or what is wrong with it.
#[derive(Clone, Debug)]
pub struct EachAccount {
    /// Its number.
    pub id: AccountNumber,
    /// Its name.
    pub name: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// Whether it is kept out of sight.
    pub hidden: bool,
    /// As lists have it, or why that can't be read.
    pub summary: Result<AccountSummary, AppError>,
}

/// All of them, real ones first: what is wrong with one keeps no other from being shown.
pub(crate) fn each(store: &Store, now: Moment) -> Result<Vec<EachAccount>, AppError> {
    let each = |account: Account| EachAccount {
        summary: kinds::summary(store, &account, now),
        id: AccountNumber(account.id.0),
        name: account.name,
        sample: account.sample,
        hidden: account.hidden,
    };
    Ok(store.accounts()?.into_iter().map(each).collect())
}

/// Those that are the same as another which is there too, with what only they have. One whose records can't be read is
/// told elsewhere.
pub(crate) fn doubled(store: &Store) -> Result<Vec<Doubled>, AppError> {
    let accounts = store.accounts()?;
    let there = |id: &AccountId| accounts.iter().any(|account| account.id == *id);
    let mut doubled = Vec::new();
    for account in &accounts {
        let Some(first) = account.same_as.filter(there) else { continue };
        let Ok(recorded) = store.acts(account.id) else { continue };
        doubled.push(Doubled {
            first: AccountNumber(first.0),
            double: AccountNumber(account.id.0),
            only_here: store.tasks_only_of(account.id, first)?,
            recorded: u64::try_from(recorded.len()).unwrap_or(u64::MAX),
        });
    }
    Ok(doubled)
}

/// Those of these numbers.
pub(crate) fn named(store: &Store, ids: &[AccountId], now: Moment) -> Result<Vec<AccountSummary>, AppError> {
    ids.iter().map(|id| kinds::summary(store, &find(store, *id)?, now)).collect()
}

/// The account that something imported goes to, looked for where it is written: the one asked for, else the first real one
/// of these kinds, in their order; where there is none, one of the first kind is made. Nothing goes to the sample.
pub(crate) fn account_for(
    writing: &Writing<'_>,
    kinds: &[Kind],
    wanted: Option<AccountNumber>,
    now: Moment,
) -> Result<AccountId, AppError> {
    chosen::account_for(writing, kinds, wanted, |kind| &kinds::of(kind).called().new, now)
}

/// Adds an account, so that there are several of a kind.
pub(crate) fn add(
    store: &mut Store,
    kind: Kind,
    called: Option<&str>,
    now: Moment,
) -> Result<AccountSummary, AppError> {
    let called = called.map(name).transpose()?;
    let (id, _) = store.write(|writing| {
        let usual = language::name(writing, &kinds::of(kind).called().new)?;
        let called = called.unwrap_or(&usual);
        writing.account(kind.name(), Wanted::Another, called, now).map_err(AppError::from)
    })?;
    kinds::summary(store, &find(store, id)?, now)
}

/// Gives an account another name.
pub(crate) fn rename(store: &mut Store, account: AccountNumber, to: &str) -> Result<(), AppError> {
    let to = name(to)?;
    find(store, account.into())?;
    store.write(|writing| Ok(writing.rename_account(account.into(), to)?))
}

/// Keeps an account out of the list, or no longer.
pub(crate) fn hide(store: &mut Store, account: AccountNumber, hidden: bool) -> Result<(), AppError> {
    find(store, account.into())?;
    store.write(|writing| Ok(writing.hide_account(account.into(), hidden)?))
}

/// Removes an account with everything recorded about it, to be taken back for a while.
pub(crate) fn remove(store: &mut Store, account: AccountNumber, now: Moment) -> Result<(), AppError> {
    find(store, account.into())?;
    store.keep_copy(Before::Removal, now)?;
    let removed =
        store.write(|writing| writing.remove_account(account.into(), now).map_err(AppError::from))?;
    if removed { Ok(()) } else { Err(gone()) }
}

/// Removes an account for good.
pub(crate) fn delete(store: &mut Store, account: AccountNumber, now: Moment) -> Result<(), AppError> {
    remove(store, account, now)?;
    purge(store, now, now, chores::FOR_READERS)
}

/// Takes back that an account was removed.
pub(crate) fn restore(store: &mut Store, account: AccountNumber) -> Result<(), AppError> {
    let restored = store.write(|writing| Ok::<_, AppError>(writing.restore_account(account.into())?))?;
    if restored { Ok(()) } else { Err(AppError::new(ErrorCode::NoAccount, say!("no-account"))) }
}

/// Those that were removed and can still be brought back.
pub(crate) fn removed(store: &Store, now: Moment) -> Result<Vec<RemovedAccount>, AppError> {
    let there = store.removed_accounts()?.into_iter().filter_map(|(account, at)| {
        let at = Moment::from_unix(at, 0)?;
        let until = at.plus_seconds(UNDO_SECONDS);
        let removed = |billing| RemovedAccount {
            id: AccountNumber(account.id.0),
            name: account.name.clone(),
            billing,
            at: at.to_string(),
            until: until.to_string(),
        };
        Kind::named(&account.kind).filter(|_| until > now).map(removed)
    });
    Ok(there.collect())
}

/// Deletes for good what was removed before then: nothing of it is left in the file, either, once nobody reads it.
pub(crate) fn purge(
    store: &mut Store,
    removed_by: Moment,
    now: Moment,
    patience: Duration,
) -> Result<(), AppError> {
    let purged = store.write(|writing| Ok::<_, AppError>(writing.purge_accounts(removed_by)?))?;
    if purged > 0 {
        chores::do_chores(store, now, patience);
    }
    Ok(())
}
