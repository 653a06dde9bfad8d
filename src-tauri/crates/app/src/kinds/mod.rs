//! The kinds of accounts: the one list of them, and what is asked of an account whatever its kind.

pub(crate) mod kind;
pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod personal;
pub(crate) mod sample;
pub(crate) mod team;

mod balance_why;
mod ended_credits;
mod left;
mod month_before;
pub(crate) mod next_charge;
mod spend_view;
mod spending;
mod spending_usage;
mod spent_axis;

use crate::account::{self, kind_of};
use crate::answers::{
    AccountNumber, AccountSummary, BreakdownBy, FactsForm, HistoryEntry, Kind as Name, TeamForm, UsageAsked,
    UsageQuery, UsageRange, UsageRows, UsageView,
};
use crate::error::AppError;
use crate::usage::calendar::{self, Asked};
use crate::usage::{self, Used, VendorsCount};
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Account;
use kind::Kind;
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

/// Whether an account of a kind has one balance, which can be too low: an organisation's users have one each.
pub fn has_balance(kind: Name) -> bool {
    of(kind).has_balance()
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

/// What the owner of an account recorded of it, the newest first.
pub(crate) fn history(
    store: &Store,
    account: AccountNumber,
    now: Moment,
) -> Result<Vec<HistoryEntry>, AppError> {
    let account = account::find(store, account.into())?;
    of(kind_of(&account)?).history(store, account.id, now)
}

/// What an account used.
pub(crate) fn usage(
    store: &Store,
    account: AccountNumber,
    asked: &UsageAsked,
    now: Moment,
) -> Result<UsageView, AppError> {
    let account = account::find(store, account.into())?;
    let (kind, id, today) = (of(kind_of(&account)?), account.id, now.date());
    let running = kind.running_day(store, id, now)?;
    let days = calendar::asked(&asked.range, running, today)?;
    let both = |days: Asked| (days.first, days.last);
    let is_all_of_running = asked.range == UsageRange::Running && asked.only.is_empty();
    let ahead = is_all_of_running.then(|| kind.usage_ahead(store, id, days.first, now)).transpose()?;
    let before = days.month_before().map(|before| kind.usage_before(store, id, both(before), now));
    let answer = usage::Answer {
        account: summary(store, &account, now)?,
        asked,
        days,
        months: calendar::months(kind.first_day(store, id, now)?, running.max(today)),
        used: kind.usage(store, id, both(days), now)?,
        before: before.transpose()?.flatten(),
        count: kind.vendors_count(store, id, both(days), now)?,
        ahead: ahead.flatten(),
    };
    Ok(answer.view(now))
}

/// By what an account's usage is told apart where nobody says. Reports know no models.
pub(crate) fn usual_parts(account: &Account) -> Result<BreakdownBy, AppError> {
    Ok(match kind_of(account)? {
        Name::KiroEnterprise => BreakdownBy::User,
        Name::KiroIndividual | Name::KiloTeams | Name::KiloPersonal => BreakdownBy::Model,
    })
}

/// What was used of an account on days, both included, as its vendor or its reports tell; none of one person, whose tasks are
/// recorded here.
pub(crate) fn told(
    store: &Store,
    account: &Account,
    days: (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<Option<Used>, AppError> {
    match kind_of(account)? {
        Name::KiroIndividual => Ok(None),
        kind @ (Name::KiroEnterprise | Name::KiloTeams | Name::KiloPersonal) => {
            of(kind).usage(store, account.id, days, now).map(Some)
        }
    }
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
    let kind = of(kind_of(&account)?);
    let running = kind.running_day(store, account.id, now)?;
    let days = calendar::asked(&query.range, running, now.date())?;
    let found = kind.usage_rows(store, account.id, (days.first, days.last), query, now)?;
    Ok(usage::rows::page(found, query))
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
        for called in
            [|kind: &dyn Kind| kind.called().title.code(), |kind: &dyn Kind| kind.called().new.code()]
        {
            let names: BTreeSet<_> = ALL.iter().map(|kind| called(*kind)).collect();
            assert_eq!(names.len(), ALL.len(), "{names:?}");
        }
    }
}
