//! One account as it lies in the store: how it is billed, what its owner stated, how lists show it.

use crate::Headroom;
use crate::acts::{StatedFacts, newest_facts};
use crate::error::{AppError, ErrorCode};
use crate::facts::Facts;
use crate::team_facts::TeamFacts;
use crate::views::{AccountNumber, AccountSummary, Kind};
use headroom_exact::Moment;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::{Store, StoreError};

impl From<AccountNumber> for AccountId {
    fn from(number: AccountNumber) -> Self {
        Self(number.0)
    }
}

/// How an account is billed.
pub(crate) fn kind_of(account: &Account) -> Result<Kind, AppError> {
    Kind::named(&account.kind).ok_or_else(|| {
        let reason = format!("\"{}\" is no way of billing", account.kind);
        StoreError::Damaged { table: "accounts", id: account.id.0, reason }.into()
    })
}

pub(crate) fn summary(
    account: &Account,
    facts: Option<Facts>,
    team: Option<TeamFacts>,
) -> Result<AccountSummary, AppError> {
    let billing = kind_of(account)?;
    Ok(AccountSummary {
        id: AccountNumber(account.id.0),
        name: account.name.clone(),
        billing,
        sample: account.sample,
        hidden: account.hidden,
        ready: facts.is_some() || billing != Kind::KiroIndividual,
        facts,
        team,
    })
}

/// An account as lists have it.
pub(crate) fn summary_of(store: &Store, account: &Account, now: Moment) -> Result<AccountSummary, AppError> {
    match kind_of(account)? {
        Kind::KiroIndividual => summary(account, Headroom::facts(store, account.id, now)?, None),
        Kind::KiroEnterprise => summary(account, None, None),
        Kind::KiloTeams => summary(account, None, Headroom::team_facts(store, account.id)?),
    }
}

/// Accounts as lists have them.
pub(crate) fn summaries(
    store: &Store,
    accounts: &[AccountId],
    now: Moment,
) -> Result<Vec<AccountSummary>, AppError> {
    accounts.iter().map(|id| summary_of(store, &Headroom::account(store, *id)?, now)).collect()
}

impl Headroom {
    /// What holds of an account of one person now, if it was ever described. Where a recorded plan change can't be read
    /// it is what was stated: so the account stays in its lists, can be described anew, and its figures say why there
    /// are none.
    pub(crate) fn facts(store: &Store, id: AccountId, now: Moment) -> Result<Option<Facts>, AppError> {
        let acts = store.acts(id)?;
        let stated = StatedFacts::of(&acts)?;
        Ok(stated.map(|stated| stated.held(&acts, now).unwrap_or(stated.facts)))
    }

    /// The newest facts of a team, if there are any.
    pub(crate) fn team_facts(store: &Store, id: AccountId) -> Result<Option<TeamFacts>, AppError> {
        Ok(newest_facts(&store.acts(id)?)?.map(|(facts, _)| facts))
    }

    /// The newest facts of a team with the moment they were stated.
    pub(crate) fn team_facts_with_date(
        store: &Store,
        id: AccountId,
    ) -> Result<Option<(TeamFacts, Moment)>, AppError> {
        Ok(newest_facts(&store.acts(id)?)?.map(|(facts, act)| (facts, act.at)))
    }

    /// The account, or an error that it is gone.
    pub(crate) fn account(store: &Store, id: AccountId) -> Result<Account, AppError> {
        let gone = || AppError::new(ErrorCode::NoAccount, "This account is no longer here.");
        store.account(id)?.ok_or_else(gone)
    }
}
