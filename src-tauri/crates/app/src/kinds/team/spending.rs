//! What a team spent, by the source that knows most of it, and how fast.

use crate::answers::SpendSource;
use crate::error::AppError;
use crate::quoted::{self, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use chrono::NaiveDate;
use headroom_billing::advice::{Burn, Part};
use headroom_exact::{Balance, Moment};
use headroom_sources::observation::{SpendRow, TeamSnapshot};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

pub(super) const DAY: i64 = 86_400;
/// Fewer days say nothing of how fast something is spent.
const FEWEST_DAYS: u32 = 2;

/// What was spent, by the source that knows most of it.
pub(super) struct Spent {
    pub source: SpendSource,
    pub rows: Vec<SpendRow>,
    pub last_day: Option<NaiveDate>,
    /// Up to when the source knows: what came later is not known, and not nothing.
    pub until: Moment,
    /// Whether there was more than the service gives at once: then sums are too low.
    pub cut: bool,
}

/// The service knows the whole team, if it tells; an export is of the time it was made; this machine is a part.
pub(super) fn spent(
    store: &Store,
    id: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Option<Spent>, AppError> {
    let told = quoted::newest::<Told>(store, id, TOLD, None)?.readable;
    let read = |source, name, until: Option<Moment>, cut| {
        let last_day = store.last_reported_day(id, name)?;
        let end_of_day = |day| Moment::on(day, 0).plus_days(1);
        let Some(until) = until.or(last_day.filter(|day| *day >= from).map(end_of_day)) else {
            return Ok(None);
        };
        let rows = reported::spend(store, id, name, from, to)?;
        Ok::<_, AppError>(Some(Spent { source, rows, last_day, until, cut }))
    };
    // What the login's role may not see any more isn't renewed, and is no source.
    if let Some((at, Told { everyone: true, cut })) = &told {
        return read(SpendSource::Everyone, KILO_EVERYONE, Some(*at), *cut);
    }
    if let Some(export) = read(SpendSource::Export, KILO_EXPORT, None, false)? {
        return Ok(Some(export));
    }
    match told {
        Some((at, _)) => read(SpendSource::OwnOnly, KILO_OWN, Some(at), false),
        None => read(SpendSource::Machine, KILO_MACHINE, None, false),
    }
}

/// What rows cost, as far as that is said.
pub(super) fn sum<'r>(rows: impl Iterator<Item = &'r SpendRow>) -> Balance {
    rows.filter_map(|row| row.cost).fold(Balance::ZERO, Balance::plus)
}

/// Both counts, unless one is unknown.
pub(super) fn requests<'r>(mut rows: impl Iterator<Item = &'r SpendRow>) -> Option<u64> {
    rows.try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
}

/// How fast it is spent: from the first day shown that anything is known of, up to where the source ends. One's
/// own part says nothing of the team's balance, nor do sums that something is missing in.
pub(super) fn burn(spent: &Spent, now: Moment) -> Option<(Burn, u32)> {
    let whole_team = matches!(spent.source, SpendSource::Everyone | SpendSource::Export);
    if !whole_team || spent.cut || spent.rows.iter().any(|row| row.cost.is_none()) {
        return None;
    }
    let first = spent.rows.iter().map(|row| row.date).min()?;
    let seconds = spent.until.min(now).seconds_since(Moment::on(first, 0));
    let days = u32::try_from(seconds.checked_div(DAY)?).ok().filter(|days| *days >= FEWEST_DAYS)?;
    Some((Burn { spent: sum(spent.rows.iter()), seconds }, days))
}

/// The parts of the balance: by purchase where that is told and adds up to it, else in one.
pub(super) fn parts(team: &TeamSnapshot, balance: Balance) -> Vec<Part> {
    let blocks = team.blocks.iter().flatten();
    let parts: Vec<_> = blocks.map(|block| Part { left: block.left, expires_at: block.expires_at }).collect();
    let all = parts.iter().fold(Balance::ZERO, |sum, part| sum.plus(part.left));
    if all == balance { parts } else { vec![Part { left: balance, expires_at: None }] }
}
