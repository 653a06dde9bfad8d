//! One account as it lies in the store: how it is billed, and how lists show it.

use crate::answers::{AccountNumber, AccountSummary, Facts, Kind, TeamFacts};
use crate::error::{AppError, ErrorCode};
use headroom_exact::say;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::{Store, StoreError};

impl From<AccountNumber> for AccountId {
    fn from(number: AccountNumber) -> Self {
        Self(number.0)
    }
}

/// What the owner of an account stated, of whatever kind it is.
#[derive(Default)]
pub(crate) struct Stated {
    /// Whether there is anything to show of the account.
    pub ready: bool,
    /// The plan, where it was stated and isn't the vendor's word.
    pub plan: Option<String>,
    pub facts: Option<Facts>,
    pub team: Option<TeamFacts>,
}

/// That an account isn't there, or not any more.
pub(crate) fn gone() -> AppError {
    AppError::new(ErrorCode::NoAccount, say!("no-account"))
}

/// The account, or an error that it is gone.
pub(crate) fn find(store: &Store, id: AccountId) -> Result<Account, AppError> {
    store.account(id)?.ok_or_else(gone)
}

/// How an account is billed.
pub(crate) fn kind_of(account: &Account) -> Result<Kind, AppError> {
    Kind::named(&account.kind).ok_or_else(|| {
        let reason = say!("no-way-of-billing", text = &account.kind);
        StoreError::Damaged { table: "accounts", id: account.id.0, reason }.into()
    })
}

/// An account as lists have it.
pub(crate) fn summary(account: &Account, stated: Stated) -> Result<AccountSummary, AppError> {
    let Stated { ready, plan, facts, team } = stated;
    Ok(AccountSummary {
        id: AccountNumber(account.id.0),
        name: account.name.clone(),
        billing: kind_of(account)?,
        sample: account.sample,
        hidden: account.hidden,
        ready,
        stated_plan: plan,
        facts,
        team,
    })
}
