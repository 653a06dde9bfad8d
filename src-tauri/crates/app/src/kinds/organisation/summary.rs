//! An organisation's month on a statement: what it comes to, who is to move, which licences nobody used.

use super::months;
use super::moves::{steps, who};
use super::standing::Standing;
use super::verdict;
use crate::answers::ChargedPeriod;
use crate::documents::statement::{Idle, Summary};
use crate::documents::who::Who;
use crate::error::AppError;
use headroom_exact::{Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::Account;
use std::collections::HashMap;

/// Everybody whom the month's reports or the bill name, by their ids.
fn people(standing: &Standing, named: bool) -> HashMap<String, Who> {
    let everybody = standing.everybody.users.iter().chain(&standing.everybody.not_reported);
    let known =
        everybody.map(|user| (user.id.clone(), who(standing, &user.id, user.email.as_deref(), named)));
    known.collect()
}

fn idle(standing: &Standing, named: bool) -> Option<Idle> {
    let bill = standing.bill.as_ref().filter(|_| !standing.idle.is_empty())?;
    let licence = |of: &crate::answers::IdleLicence| {
        (who(standing, &of.id, of.email.as_deref(), named), of.billed.clone())
    };
    let mut licences: Vec<_> = standing.idle.iter().map(licence).collect();
    licences.sort_by_cached_key(|(who, _)| who.order());
    Some(Idle { month: Month::of_date(bill.month).to_string(), by: standing.idle_by, licences })
}

/// What a month comes to: by the sentences that the window says of it.
pub(super) fn of(
    store: &Store,
    account: &Account,
    period: &ChargedPeriod,
    named: bool,
    now: Moment,
) -> Result<Summary, AppError> {
    let month = period.id.get(..7).unwrap_or_default();
    let standing = Standing::in_month(store, account, Some(months::named(month)?), now)?;
    let verdict = verdict::of(&standing);
    Ok(Summary {
        said: std::iter::once(verdict.sentence).chain(verdict.reasons).collect(),
        steps: steps(&standing, |_| true, named),
        idle: idle(&standing, named),
        people: people(&standing, named),
    })
}
