//! How accounts stand, and what of that is due to be told.

use crate::account::{find, kind_of};
use crate::alert::{Due, PLAN_USED, THRESHOLDS};
use crate::answers::{
    AccountNumber, AccountSummary, AlertKey, AlertView, OverviewView, RefreshView, Standing,
};
use crate::error::AppError;
use crate::imports::places::last_read;
use crate::kinds::kind::Beside;
use crate::kinds::{self, person};
use crate::vendors::evidence::age;
use crate::vendors::refresh;
use crate::{settings, unreadable, vendors};
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::alerts::Alert;

/// What is to be known beside how an account stands.
fn beside(store: &Store, account: &Account, now: Moment) -> Result<Beside, AppError> {
    Ok(Beside {
        refresh: RefreshView {
            too_old: too_old(store, account, now)?,
            ..refresh::view(store, account.id, now, false)?
        },
        unreadable: unreadable::of(store, account, now)?,
    })
}

/// That what an account has left is too old to act on unseen (V8): as old as its vendor's word where that leads, else as
/// the last time that its sources were read. Of what nothing is known of nothing is old.
fn too_old(store: &Store, account: &Account, now: Moment) -> Result<Option<Saying>, AppError> {
    if account.sample {
        return Ok(None);
    }
    let said = vendors::of(account)?.map(|vendor| vendor.leads_since(store, account.id, now)).transpose()?;
    if let Some(said) = said.flatten() {
        return Ok(age::too_old(account, said, true, now));
    }
    Ok(last_read(store, account.id, now)?.and_then(|read| age::too_old(account, read, false, now)))
}

/// How an account of any kind stands.
pub(crate) fn of(store: &Store, account: AccountNumber, now: Moment) -> Result<Standing, AppError> {
    let account = find(store, account.into())?;
    let standing = kinds::of(kind_of(&account)?).standing(store, &account, now)?;
    Ok(standing.answer(beside(store, &account, now)?))
}

/// How an account stood in a month: YYYY-MM.
pub(crate) fn in_month(
    store: &Store,
    account: AccountNumber,
    month: &str,
    now: Moment,
) -> Result<Standing, AppError> {
    let account = find(store, account.into())?;
    let standing = kinds::of(kind_of(&account)?).standing_in(store, &account, month, now)?;
    Ok(standing.answer(beside(store, &account, now)?))
}

/// How an account of one person stands.
pub(crate) fn of_person(
    store: &Store,
    account: AccountNumber,
    now: Moment,
) -> Result<OverviewView, AppError> {
    let standing = person::standing::Standing::of(store, account.into(), now)?;
    let beside = beside(store, &standing.loaded.account, now)?;
    Ok(person::answer::overview(standing, beside))
}

fn stored(key: &AlertKey) -> Result<Alert, AppError> {
    let cycle_start = key.cycle_start.parse().map_err(|_| AppError::input(say!("alert-without-cycle")))?;
    let account = AccountId::from(key.account);
    Ok(Alert { account, kind: key.kind.clone(), threshold: key.threshold, cycle_start })
}

/// The alerts that are due and were not told yet: one for each account, kind, threshold and cycle. Of an account that is
/// hidden, or the sample, there is none.
pub(crate) fn alerts(store: &Store, now: Moment) -> Result<Vec<AlertView>, AppError> {
    let rules = settings::alert_rules(store)?;
    let mut alerts = Vec::new();
    for account in store.accounts()? {
        let AccountSummary { id, name, sample, hidden, ready, .. } = kinds::summary(store, &account, now)?;
        if sample || hidden || !ready {
            continue;
        }
        let of_account = kinds::of(kind_of(&account)?).standing(store, &account, now)?.alerts(&rules);
        for Due { kind, threshold, says } in of_account.due {
            let cycle_start = of_account.cycle_start;
            let alert = Alert { account: account.id, kind: kind.to_owned(), threshold, cycle_start };
            if !store.alert_is_sent(&alert)? {
                let cycle_start = cycle_start.to_string();
                let key = AlertKey { account: id, kind: alert.kind, threshold, cycle_start };
                alerts.push(AlertView { key, account: name.clone(), says });
            }
        }
    }
    Ok(alerts)
}

/// Remembers that an alert is told, and with it the lower ones of its kind. False when it was told before, and when it
/// isn't due: whoever asks to tell it, it is decided here whether there is anything to tell.
pub(crate) fn remember_alert(store: &mut Store, key: &AlertKey, now: Moment) -> Result<bool, AppError> {
    let alert = stored(key)?;
    find(store, alert.account)?;
    if !alerts(store, now)?.iter().any(|due| due.key == *key) {
        return Ok(false);
    }
    store.write(|writing| {
        if alert.kind == PLAN_USED {
            for lower in THRESHOLDS.map(i64::from).into_iter().filter(|lower| *lower < alert.threshold) {
                writing.remember_alert(&Alert { threshold: lower, ..alert.clone() }, now)?;
            }
        }
        Ok(writing.remember_alert(&alert, now)?)
    })
}
