//! What past months are charged otherwise since accounts without a named price list go by the one in force (N1).
//!
//! An earlier version computed them by the first list. What that changes is told once: until its owner puts it away, or a
//! price list is named.

use super::acts::StatedFacts;
use super::charges;
use crate::acts::counting;
use crate::answers::{AccountNumber, Repriced, RepricedMonth, text};
use crate::catalog;
use crate::error::AppError;
use headroom_billing::{Lists, Total};
use headroom_exact::{Moment, Money};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::alerts::Alert;

/// Under which name it is kept that it was put away.
const PUT_AWAY: &str = "prices-in-force";

/// Where it is told.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In the window, until it is put away there.
    Window,
    /// On a terminal, once.
    Terminal,
}

fn told_in(place: Place, account: AccountId, begins: Moment) -> Alert {
    let threshold = match place {
        Place::Window => 0,
        Place::Terminal => 1,
    };
    Alert { account, kind: PUT_AWAY.to_owned(), threshold, cycle_start: begins }
}

/// As of when an account's facts were first stated: it is told once of each account.
fn stated(store: &Store, id: AccountId) -> Result<Option<(StatedFacts, Moment)>, AppError> {
    let acts = counting(store.acts(id)?)?;
    let first = acts.first().map(|act| act.at);
    Ok(StatedFacts::of(&acts)?.zip(first))
}

/// Whether another amount is charged, or less is known of it than was. An amount that was at least so much and is just
/// that is no other.
fn is_other(was: Total<Money>, is: Total<Money>) -> bool {
    was.known() != is.known() || (is.is_at_least() && !was.is_at_least())
}

/// The past months that are charged otherwise now; none where nothing is, or it was put away.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Option<Repriced>, AppError> {
    let Some((facts, begins)) = stated(store, id)? else { return Ok(None) };
    if !facts.was_unlisted || store.alert_is_sent(&told_in(Place::Window, id, begins))? {
        return Ok(None);
    }
    let first = Lists::Named(catalog::in_use().default_edition());
    let (before, after) =
        (charges::periods(store, id, Some(first), now)?, charges::periods(store, id, None, now)?);
    let lists = facts.facts.lists()?;
    let mut months = Vec::new();
    for (before, after) in before.iter().zip(&after).filter(|(before, _)| before.of_period.closed) {
        let (was, is) = (before.of_period.total(), after.of_period.total());
        if is_other(was, is) {
            let start = after.of_period.period.start;
            // What was used in the month before is charged at this one's start.
            let list = lists.at(start.plus_seconds(-1));
            months.push(RepricedMonth {
                month: headroom_exact::Month::of(start).to_string(),
                before: text(was.known()),
                before_at_least: was.is_at_least(),
                now: text(is.known()),
                now_at_least: is.is_at_least(),
                list: list.list.title.clone(),
            });
        }
    }
    let told = store.alert_is_sent(&told_in(Place::Terminal, id, begins))?;
    Ok((!months.is_empty()).then_some(Repriced { months, told }))
}

/// It isn't told again there.
pub(crate) fn put_away(
    store: &mut Store,
    account: AccountNumber,
    place: Place,
    now: Moment,
) -> Result<(), AppError> {
    let Some((_, begins)) = stated(store, account.into())? else { return Ok(()) };
    let put_away = told_in(place, account.into(), begins);
    store.write(|writing| Ok(writing.remember_alert(&put_away, now).map(drop)?))
}
