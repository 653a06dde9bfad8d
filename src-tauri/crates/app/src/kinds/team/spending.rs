//! What a team spent, by the source that knows most of it, and how fast.

use crate::answers::SpendSource;
use crate::error::AppError;
use crate::quoted::{self, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::team::Spending;
use headroom_billing::total::known_sum;
use headroom_exact::{Balance, Moment};
use headroom_sources::observation::SpendRow;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

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
    (from, to): (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<Option<Spent>, AppError> {
    let told = quoted::newest::<Told>(store, id, TOLD, now)?.readable;
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
    known_sum(rows.map(|row| row.cost))
}

/// Both counts, unless one is unknown.
pub(super) fn requests<'r>(mut rows: impl Iterator<Item = &'r SpendRow>) -> Option<u64> {
    rows.try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
}

/// What the whole team spent from the first day shown that anything is known of. One's own part says nothing of the
/// team's balance, nor do sums that something is missing in.
pub(super) fn spending(spent: &Spent) -> Option<Spending> {
    let whole_team = matches!(spent.source, SpendSource::Everyone | SpendSource::Export);
    let first_day = spent.rows.iter().map(|row| row.date).min()?;
    let sum = Total::of_parts(spent.rows.iter().map(|row| row.cost));
    (whole_team && !spent.cut).then_some(Spending { spent: sum, first_day, until: spent.until })
}
