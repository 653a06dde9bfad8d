//! What Kiro counted over time: the used credits of every answer that was kept.

use super::{COMMAND, IDE_LOG, IDE_STATE, Quoted, SERVICE};
use crate::error::AppError;
use crate::weighed;
use crate::whose::Whose;
use chrono::Months;
use headroom_billing::person::Count;
use headroom_exact::{Credits, Moment, Month, Period};
use headroom_sources::observation::{Gap, GrantSnapshot, LimitsSnapshot};
use headroom_sources::wire::kept;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::Span;

/// What tells a trial, a bonus or a pack from the others.
fn pool(row: &GrantSnapshot) -> Option<(String, Credits)> {
    let granted = row.granted.map(|granted| granted.to_string()).unwrap_or_default();
    Some((format!("{} {granted}", row.name), row.used?))
}

/// Whether an answer says what was used, and not the least of it alone.
fn is_whole(limits: &LimitsSnapshot) -> bool {
    limits.used.is_some() && !limits.gaps.contains(&Gap::UsedAtLeast)
}

/// What an answer counts; none where it doesn't say what was used, or says the least of it alone.
fn count(said_at: Moment, limits: &LimitsSnapshot) -> Option<Count> {
    let used = limits.used.filter(|_| is_whole(limits))?;
    let quoted = Quoted::of((said_at, limits.clone()));
    let cycle = quoted.resets_at().and_then(|end| {
        let start = end.utc().checked_sub_months(Months::new(1)).map(Moment::from)?;
        Some(Period { start, end }).filter(|cycle| cycle.contains(quoted.at))
    });
    Some(Count {
        at: quoted.at,
        cycle: cycle.unwrap_or_else(|| Month::of(quoted.at).period()),
        used,
        pools: limits.grants.iter().chain(&limits.packs).filter_map(pool).collect(),
    })
}

/// What is counted in whatever place Kiro said it. Nothing while the owner has to choose a login.
fn in_all_places(
    store: &Store,
    account: AccountId,
    now: Moment,
    counts: impl Fn(&Whose<'_>, &'static str) -> Result<Vec<Count>, AppError>,
) -> Result<Vec<Count>, AppError> {
    if weighed::is_undecided(store, account, now)? {
        return Ok(Vec::new());
    }
    let identity = store.live_state(account)?.identity;
    let whose = Whose::of(identity.as_deref());
    let mut all = Vec::new();
    for source in [SERVICE, COMMAND, IDE_STATE, IDE_LOG] {
        all.extend(counts(&whose, source)?);
    }
    Ok(all)
}

/// What Kiro counted from a moment on and until `now`, and nothing of another user.
pub(crate) fn since(
    store: &Store,
    account: AccountId,
    from: Moment,
    now: Moment,
) -> Result<Vec<Count>, AppError> {
    let span = Span { since: Some(from), by: now };
    in_all_places(store, account, now, |whose, source| {
        let answers = store.readable_answers(account, source, span, kept::read::<LimitsSnapshot>)?;
        let ours = answers.into_iter().filter(|(.., limits)| whose.can_be_of(limits.user_id.as_deref()));
        // Said again: nothing was used in between.
        let both = ours.flat_map(|(first, last, limits)| {
            let again = (last > first).then(|| count(last, &limits)).flatten();
            count(first, &limits).into_iter().chain(again)
        });
        Ok(both.collect())
    })
}

/// The last that Kiro counted on each day from a moment on and until `now`, in each place where it said so: enough for what
/// was used by the end of days, however often it was asked.
pub(crate) fn last_of_days(
    store: &Store,
    account: AccountId,
    from: Moment,
    now: Moment,
) -> Result<Vec<Count>, AppError> {
    let span = Span { since: Some(from), by: now };
    in_all_places(store, account, now, |whose, source| {
        let ours = |body: &str| {
            let limits = kept::read::<LimitsSnapshot>(body)?;
            (whose.can_be_of(limits.user_id.as_deref()) && is_whole(&limits)).then_some(limits)
        };
        let answers = store.last_of_days(account, source, span, ours)?.into_iter();
        let both = answers.flat_map(|(first, last, limits)| {
            [first, last].map(|at| count(at, &limits)).into_iter().flatten()
        });
        Ok(both.collect())
    })
}

/// When Kiro said first what was used, as far as that can be read.
pub(crate) fn first(store: &Store, account: AccountId, now: Moment) -> Result<Option<Moment>, AppError> {
    let mut first: Option<Moment> = None;
    for source in [SERVICE, COMMAND, IDE_STATE, IDE_LOG] {
        let span = (Moment::from_unix(0, 0).unwrap_or(now), now);
        let said = store.first_readable(account, source, span, kept::read::<LimitsSnapshot>)?;
        first = [first, said.map(|(at, _)| at)].into_iter().flatten().min();
    }
    Ok(first)
}
