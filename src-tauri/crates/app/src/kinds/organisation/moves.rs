//! What is to be done about some users of an organisation, as a file.

use super::months;
use super::standing::Standing;
use super::users::User;
use crate::Headroom;
use crate::account::{find, kind_of};
use crate::answers::{AccountNumber, ExportForm, UserNamed};
use crate::documents::export::{Export, file_name};
use crate::documents::moves::{self, Move, Moves, Part};
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

/// All whom the same is to be done about, by what they are called.
fn part(standing: &Standing, (tier, to): (&str, Option<&str>), steps: &[Step<'_>]) -> Part {
    let people = &standing.people;
    let of_step = |Step { user, to, saves }: &Step<'_>| Move {
        name: people.name(&user.id),
        email: user.email.clone().or_else(|| people.email(&user.id)),
        user: user.id.clone(),
        profile: user.profile.clone(),
        tier: user.tier.clone(),
        to: to.map(str::to_owned),
        saves: saves.to_string(),
    };
    let mut moves: Vec<_> = steps.iter().map(of_step).collect();
    let called = |of: &Move| of.name.as_ref().or(of.email.as_ref()).unwrap_or(&of.user).to_lowercase();
    moves.sort_by_cached_key(|of| (called(of), of.user.clone()));
    Part { tier: tier.to_owned(), to: to.map(str::to_owned), saves: saved(steps).to_string(), moves }
}

fn of(
    store: &Store,
    account: AccountNumber,
    month: &str,
    chosen: &[UserNamed],
    now: Moment,
) -> Result<Moves, AppError> {
    let account = find(store, account.into())?;
    if kind_of(&account)? != super::CALLED.name {
        return Err(AppError::input(say!("not-by-month")));
    }
    let standing = Standing::in_month(store, &account, Some(months::named(month)?), now)?;
    let chosen: HashSet<_> = chosen.iter().map(|of| (of.profile.as_str(), of.id.as_str())).collect();
    let everybody = standing.everybody.users.iter().chain(&standing.everybody.not_reported);
    let steps = everybody.filter(|user| chosen.contains(&(user.profile.as_str(), user.id.as_str())));
    let mut parts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for step in steps.filter_map(step) {
        parts.entry((step.user.tier.as_str(), step.to)).or_default().push(step);
    }
    if parts.is_empty() {
        return Err(AppError::input(say!("nobody-to-move")));
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, steps)| Reverse(saved(steps)));
    Ok(Moves {
        account: account.name.clone(),
        sample: account.sample,
        month: standing.month.to_string(),
        from: standing.changes_from.to_string(),
        people: moves::counted(parts.iter().map(|(_, steps)| steps.len()).sum::<usize>()),
        saves: saved(parts.iter().flat_map(|(_, steps)| steps)).to_string(),
        parts: parts.iter().map(|(of, steps)| part(&standing, *of, steps)).collect(),
        made_at: now.to_string(),
    })
}

impl Headroom {
    /// What is to be done about some users of an organisation, by how it stood in a month, as a file. Who is not told to
    /// move, and holds no licence that nobody uses, is left out.
    pub fn export_moves(
        &self,
        account: AccountNumber,
        month: &str,
        chosen: &[UserNamed],
        form: ExportForm,
    ) -> Result<Export, AppError> {
        let moves = self.read(|store| of(store, account, month, chosen, self.now()))?;
        let (ending, bytes) = match form {
            ExportForm::Pdf => ("pdf", moves::pdf(&moves)?),
            ExportForm::Csv => ("csv", moves::table(&moves)),
            ExportForm::Json => ("json", moves::json(&moves)?),
        };
        let about = format!("moves-{}", moves.from);
        Ok(Export { name: file_name(&moves.account, Some(&about), ending), bytes })
    }
}
