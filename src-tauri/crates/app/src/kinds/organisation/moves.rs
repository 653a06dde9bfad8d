//! What is to be done about users of an organisation: of those who are chosen as a file, of all on a statement.

use super::called::CALLED;
use super::months;
use super::standing::Standing;
use super::users::User;
use crate::account::{find, kind_of};
use crate::answers::{AccountNumber, UserNamed};
use crate::documents::moves::{Move, Moves, Part, Steps};
use crate::documents::who::Who;
use crate::error::AppError;
use headroom_billing::total::known_sum;
use headroom_exact::{Moment, Money, say};
use headroom_store::Store;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

/// Somebody, the tier that they go to, and what that saves.
struct Step<'s> {
    user: &'s User,
    to: Option<&'s str>,
    saves: Money,
}

fn step(user: &User) -> Option<Step<'_>> {
    let moved = user.cheaper.as_ref().map(|(to, saves)| (Some(to.as_str()), *saves));
    let (to, saves) = moved.or_else(|| Some((None, user.leaving_saves()?)))?;
    Some(Step { user, to, saves })
}

fn saved<'s>(steps: impl IntoIterator<Item = &'s Step<'s>>) -> Money {
    known_sum(steps.into_iter().map(|step| Some(step.saves)))
}

/// Who somebody is: by name and address where they are to be named.
pub(super) fn who(standing: &Standing, user: &str, email: Option<&str>, named: bool) -> Who {
    let people = &standing.people;
    Who {
        name: people.name(user).filter(|_| named),
        email: email.map(str::to_owned).or_else(|| people.email(user)).filter(|_| named),
        user: user.to_owned(),
    }
}

/// All whom the same is to be done about, by what they are called.
fn part(standing: &Standing, (tier, to): (&str, Option<&str>), steps: &[Step<'_>], named: bool) -> Part {
    let of_step = |Step { user, to, saves }: &Step<'_>| Move {
        who: who(standing, &user.id, user.email.as_deref(), named),
        profile: user.profile.clone(),
        tier: user.tier.clone(),
        to: to.map(str::to_owned),
        saves: saves.to_string(),
    };
    let mut moves: Vec<_> = steps.iter().map(of_step).collect();
    moves.sort_by_cached_key(|of| of.who.order());
    Part { tier: tier.to_owned(), to: to.map(str::to_owned), saves: saved(steps).to_string(), moves }
}

/// What is to be done about those who are `chosen`, by tier; none where that is nothing.
pub(super) fn steps(standing: &Standing, chosen: impl Fn(&User) -> bool, named: bool) -> Option<Steps> {
    let everybody = standing.everybody.users.iter().chain(&standing.everybody.not_reported);
    let mut parts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for step in everybody.filter(|user| chosen(user)).filter_map(step) {
        parts.entry((step.user.tier.as_str(), step.to)).or_default().push(step);
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, steps)| Reverse(saved(steps)));
    (!parts.is_empty()).then(|| Steps {
        month: standing.month.to_string(),
        saves: saved(parts.iter().flat_map(|(_, steps)| steps)).to_string(),
        parts: parts.iter().map(|(of, steps)| part(standing, *of, steps, named)).collect(),
    })
}

pub(crate) fn of(
    store: &Store,
    account: AccountNumber,
    month: &str,
    chosen: &[UserNamed],
    now: Moment,
) -> Result<Moves, AppError> {
    let account = find(store, account.into())?;
    if kind_of(&account)? != CALLED.name {
        return Err(AppError::input(say!("not-by-month")));
    }
    let standing = Standing::in_month(store, &account, Some(months::named(month)?), now)?;
    let chosen: HashSet<_> = chosen.iter().map(|of| (of.profile.as_str(), of.id.as_str())).collect();
    let is_chosen = |user: &User| chosen.contains(&(user.profile.as_str(), user.id.as_str()));
    let steps = steps(&standing, is_chosen, true).ok_or_else(|| AppError::input(say!("nobody-to-move")))?;
    Ok(Moves {
        account: account.name.clone(),
        kind: CALLED.title.clone(),
        sample: account.sample,
        from: standing.changes_from.to_string(),
        steps,
        made_at: now.to_string(),
    })
}
