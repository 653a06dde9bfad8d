//! Which account something goes to, and the names that accounts can have.

use crate::account::{self, gone};
use crate::answers::{AccountNumber, Kind};
use crate::error::{AppError, ErrorCode};
use crate::language;
use headroom_exact::printable::{is_name, plain};
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::Writing;
use headroom_store::table::accounts::{Account, AccountId, Wanted};

/// The longest name of an account.
const LONGEST_NAME: usize = 60;

/// A name that an account can have.
pub(crate) fn name(text: &str) -> Result<&str, AppError> {
    let text = text.trim();
    if !is_name(text, LONGEST_NAME) {
        return Err(AppError::input(say!("name-wrong", most = LONGEST_NAME)));
    }
    Ok(text)
}

/// A vendor's name for an account as one that it can have; none where nothing of it can be shown.
pub(crate) fn told_name(text: &str) -> Option<String> {
    let shown = plain(text);
    let mut letters = shown.chars();
    let name: String = letters.by_ref().take(LONGEST_NAME.saturating_sub(1)).collect();
    let name = match (letters.next(), letters.next()) {
        (None, _) => name,
        (Some(last), None) => format!("{name}{last}"),
        (Some(_), Some(_)) => format!("{}…", name.trim_end()),
    };
    is_name(&name, LONGEST_NAME).then_some(name)
}

fn another(account: &Account) -> AppError {
    AppError::new(ErrorCode::Refused, say!("another-account", account = &account.name))
}

/// An account of which something is asked that another kind has no answer to.
pub(crate) fn of_kind(store: &Store, id: AccountId, kind: Kind) -> Result<Account, AppError> {
    let account = account::find(store, id)?;
    if account.kind == kind.name() { Ok(account) } else { Err(another(&account)) }
}

/// The account of that number, which must be of one of those kinds.
fn of_kinds(writing: &Writing<'_>, number: AccountNumber, kinds: &[Kind]) -> Result<Account, AppError> {
    let existing = writing.accounts()?;
    let account = existing.into_iter().find(|account| account.id == number.into()).ok_or_else(gone)?;
    let is_one = kinds.iter().any(|kind| account.kind == kind.name());
    if is_one { Ok(account) } else { Err(another(&account)) }
}

/// The account that something imported goes to, looked for where it is written: the one asked for, else the first real one
/// of these kinds, in their order; where there is none, one of the first kind is made. Nothing goes to the sample.
pub(crate) fn account_for(
    writing: &Writing<'_>,
    kinds: &[Kind],
    wanted: Option<AccountNumber>,
    new: impl Fn(Kind) -> &'static Saying,
    now: Moment,
) -> Result<AccountId, AppError> {
    if let Some(number) = wanted {
        let account = of_kinds(writing, number, kinds)?;
        return if account.sample { Err(another(&account)) } else { Ok(account.id) };
    }
    let there = writing.accounts()?;
    let first = |kind: &&Kind| there.iter().any(|account| account.kind == kind.name() && !account.sample);
    let kind = *kinds.iter().find(first).or(kinds.first()).ok_or_else(gone)?;
    let called = language::name(writing, new(kind))?;
    Ok(writing.account(kind.name(), Wanted::First, &called, now)?.0)
}

/// The account that something is stated of. The sample's facts can be changed too.
pub(crate) fn stated_of(
    writing: &Writing<'_>,
    account: Option<AccountNumber>,
    (kind, new): (Kind, &'static Saying),
    now: Moment,
) -> Result<AccountId, AppError> {
    match account {
        Some(number) => Ok(of_kinds(writing, number, &[kind])?.id),
        None => account_for(writing, &[kind], None, |_| new, now),
    }
}
