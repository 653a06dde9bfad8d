//! The kinds of accounts: the one list of them, and what is asked of an account whatever its kind.

pub(crate) mod kind;
pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod personal;
pub(crate) mod team;

mod left;
mod spend_view;
mod spending;
mod spending_usage;

use crate::account::{self, kind_of};
use crate::answers::{
    AccountNumber, AccountSummary, FactsForm, Kind as Name, TeamForm, UsageQuery, UsageRows, UsageStep,
    UsageView,
};
use crate::error::AppError;
use crate::usage;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Account;
use kind::{Kind, VendorsCount};
use organisation::Organisation;
use person::Person;
use personal::Personal;
use team::Team;

one_list! {
    /// Every kind of account. Nowhere else is one told from another.
    ALL: dyn Kind, by Name in of {
        KiroIndividual => Person,
        KiroEnterprise => Organisation,
        KiloTeams => Team,
        KiloPersonal => Personal,
    }
}

impl Name {
    /// Its name in scenarios and in the store.
    pub fn name(self) -> &'static str {
        of(self).called().stored
    }

    /// The kind of a name in the store.
    pub(crate) fn named(name: &str) -> Option<Self> {
        ALL.iter().map(|kind| kind.called()).find(|called| called.stored == name).map(|called| called.name)
    }
}

/// The forms in which owners describe accounts; an organisation needs none, its reports describe it.
pub(crate) struct Forms {
    pub form: FactsForm,
    pub team_form: TeamForm,
}

/// As of a day.
pub(crate) fn forms(now: Moment) -> Forms {
    Forms { form: person::form::form(now), team_form: team::form::form(now) }
}

/// An account as lists have it.
pub(crate) fn summary(store: &Store, account: &Account, now: Moment) -> Result<AccountSummary, AppError> {
    account::summary(account, of(kind_of(account)?).stated(store, account.id, now)?)
}

/// The plan that the owner of an account stated, where its kind has plans.
pub(crate) fn stated_plan(store: &Store, account: &Account, now: Moment) -> Result<Option<String>, AppError> {
    Ok(of(kind_of(account)?).stated(store, account.id, now)?.plan)
}

/// What an account used.
pub(crate) fn usage(
    store: &Store,
    account: AccountNumber,
    step: UsageStep,
    now: Moment,
) -> Result<UsageView, AppError> {
    let account = account::find(store, account.into())?;
    let used = of(kind_of(&account)?).usage(store, account.id, step, now)?;
    Ok(used.answer(summary(store, &account, now)?, now))
}

/// What the vendor's own count says of an account's days, both included, and of its running cycle.
pub(crate) fn vendors_count(
    store: &Store,
    account: &Account,
    days: (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<VendorsCount, AppError> {
    of(kind_of(account)?).vendors_count(store, account.id, days, now)
}

/// A page of the rows behind it.
pub(crate) fn usage_rows(
    store: &Store,
    account: AccountNumber,
    query: &UsageQuery,
    now: Moment,
) -> Result<UsageRows, AppError> {
    let account = account::find(store, account.into())?;
    let (rows, found) = of(kind_of(&account)?).usage_rows(store, account.id, query, now)?;
    Ok(usage::rows::page(rows, found, query))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_kind_is_found_by_its_own_names() {
        for kind in ALL {
            let called = kind.called();
            assert_eq!(of(called.name).called().stored, called.stored);
            assert_eq!(Name::named(called.stored), Some(called.name));
        }
        assert_eq!(Name::named("kiro"), None, "and by no other");
    }

    #[test]
    fn no_two_kinds_are_called_the_same() {
        for called in [|kind: &dyn Kind| kind.called().title, |kind: &dyn Kind| kind.called().new.code()] {
            let names: BTreeSet<_> = ALL.iter().map(|kind| called(*kind)).collect();
            assert_eq!(names.len(), ALL.len(), "{names:?}");
        }
    }
}
