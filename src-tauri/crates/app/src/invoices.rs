//! What was charged, as the window shows it.

use crate::account::{find, kind_of};
use crate::answers::{AccountNumber, AccountSummary, InvoicesView};
use crate::charges::{Charges, Quoted, Unknown, view};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::identities::People;
use crate::kinds::next_charge::{LeftOut, NextCharge};
use crate::{charged_next, charged_verdict, kinds};
use headroom_exact::Moment;

/// An account's charges, and how lists have it.
pub(crate) fn charges(
    headroom: &Headroom,
    account: AccountNumber,
    now: Moment,
) -> Result<(Charges, AccountSummary), AppError> {
    headroom.read(|store| {
        let account = find(store, account.into())?;
        let kind = kinds::of(kind_of(&account)?);
        let compute = || kind.charges(store, account.id, now);
        Ok((headroom.charges.or(store, account.id, now, compute)?, kinds::summary(store, &account, now)?))
    })
}

/// What was charged, period by period, the newest first.
pub(crate) fn of(headroom: &Headroom, account: AccountNumber) -> Result<InvoicesView, AppError> {
    let now = headroom.now();
    let (charges, account) = charges(headroom, account, now)?;
    let people = headroom.read(|store| People::of(store, account.id.into()))?;
    let next = if charges.foretold {
        headroom.read(|store| Ok(charged_next::of(store, &find(store, account.id.into())?, now)))?
    } else {
        NextCharge::UNKNOWN
    };
    let mut periods: Vec<_> =
        charges.periods.iter().map(|charged| charged.view(&charges.naming, false)).collect();
    for period in &mut periods {
        people.name_period(period);
    }
    Ok(InvoicesView {
        verdict: charged_verdict::of(&charges, next),
        why: charged_verdict::why::of(&charges, next, account.sample),
        upcoming_left_out: next.left_out.filter(|_| charges.upcoming.is_some()).map(LeftOut::view),
        account,
        as_of: now.to_string(),
        upcoming_unknown: charges.upcoming_unknown.map(Unknown::view),
        upcoming_notes: charges.upcoming_notes.clone(),
        upcoming_quoted: charges.upcoming_quoted.as_ref().map(Quoted::view),
        upcoming: charges.upcoming.as_ref().map(|next| view(next, |next| charges.naming.invoice(next))),
        names: !people.is_empty(),
        periods,
    })
}
