//! The kinds of accounts: the one list of them, and what is asked of an account whatever its kind.

pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod team;

mod kind;

use crate::account::{self, kind_of};
use crate::answers::{
    self, AccountNumber, AccountSummary, FactsForm, TeamForm, UnreadableRecord, UsageQuery, UsageRows,
    UsageStep, UsageView,
};
use crate::error::AppError;
use crate::usage;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Account;
pub(crate) use kind::Beside;

use kind::Kind;
use organisation::Organisation;
use person::Person;
use team::Team;

/// The list. Nowhere else is one kind told from another.
pub(crate) const fn of(kind: answers::Kind) -> &'static dyn Kind {
    match kind {
        answers::Kind::KiroIndividual => &Person,
        answers::Kind::KiroEnterprise => &Organisation,
        answers::Kind::KiloTeams => &Team,
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

/// Everything of an account that is kept and can't be read.
pub(crate) fn unreadable(store: &Store, account: &Account) -> Result<Vec<UnreadableRecord>, AppError> {
    of(kind_of(account)?).unreadable(store, account.id)
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
