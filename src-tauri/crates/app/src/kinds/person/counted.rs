//! What Kiro's own count says of a person's usage: by day, for those whose tasks aren't recorded here, and beyond them.

use super::ledger::{self, Loaded};
use crate::answers::{Bound, CountedDayView, CountedView, ElsewhereView, text};
use crate::error::{AppError, ErrorCode};
use crate::quoted::counts;
use crate::usage::VendorsCount;
use chrono::NaiveDate;
use headroom_billing::advice::percent;
use headroom_billing::person::{CountedCycle, CountedDay, CountedDays};
use headroom_exact::{Moment, Month};
use headroom_sources::observation::Gap;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

/// The cycle of a day began at most so many days before it.
const LONGEST_CYCLE: i64 = 31 * 86_400;

fn day(day: CountedDay) -> CountedDayView {
    CountedDayView {
        date: day.date.to_string(),
        used: text(day.used),
        fell: text(Some(day.fell).filter(|fell| fell.is_positive())),
        since: text(day.since),
        of_before: text(Some(day.of_before).filter(|before| before.is_positive())),
        counted_on: text(day.counted_on),
        at_least: day.at_least,
    }
}

/// What its answers say of days, both included; none where no kept answer says anything of them.
fn days(
    store: &Store,
    id: AccountId,
    (first, last): (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<Option<CountedDays>, AppError> {
    let since = Moment::on(first, 0).plus_seconds(-LONGEST_CYCLE);
    let cycles = CountedCycle::of(counts::since(store, id, since, now)?);
    let counted = CountedDays::between(&cycles, first, last);
    Ok((!counted.days.is_empty()).then_some(counted))
}

/// The same, written.
fn view(counted: CountedDays) -> CountedView {
    CountedView {
        used: text(counted.used),
        fell: text(Some(counted.fell).filter(|fell| fell.is_positive())),
        at_least: counted.at_least,
        days: counted.days.into_iter().map(day).collect(),
    }
}

/// What Kiro counts in the running cycle beyond the recorded tasks; none where it counts no more, or leads nothing.
pub(super) fn elsewhere(store: &Store, loaded: &Loaded) -> Result<Option<ElsewhereView>, AppError> {
    let Some(quoted) = loaded.quoted.as_ref().filter(|_| loaded.elsewhere.is_positive()) else {
        return Ok(None);
    };
    let Some(counted) = quoted.limits.used else { return Ok(None) };
    let (from, last) = (Month::of(loaded.timeline.as_of).start().date(), quoted.at.date());
    let after = last.succ_opt().unwrap_or(last);
    let recorded_is_least = store.least_of(loaded.account.id, from, after)? > 0;
    let counted_is_least = quoted.limits.gaps.contains(&Gap::UsedAtLeast);
    Ok(Some(ElsewhereView {
        credits: loaded.elsewhere.to_string(),
        percent: percent(loaded.elsewhere, counted),
        bound: match (counted_is_least, recorded_is_least) {
            (false, false) => Bound::Exactly,
            (false, true) => Bound::AtMost,
            (true, false) => Bound::AtLeast,
            (true, true) => Bound::About,
        },
        counted: counted.to_string(),
        recorded: loaded.recorded_by_then.to_string(),
        at: quoted.said_at.to_string(),
    }))
}

/// What Kiro's count says of days, both included, and of the running cycle beside what is recorded here. Of that nothing
/// where the owner stated nothing that could be compared.
pub(super) fn count(
    store: &Store,
    id: AccountId,
    of_days: (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<VendorsCount, AppError> {
    let days = days(store, id, of_days, now)?.map(view);
    match ledger::load(store, id, now) {
        Ok(loaded) => Ok(VendorsCount {
            days,
            elsewhere: elsewhere(store, &loaded)?,
            recorded_more: text(loaded.recorded_more()),
        }),
        Err(error) if error.code == ErrorCode::FactsMissing => {
            Ok(VendorsCount { days, ..VendorsCount::default() })
        }
        Err(error) => Err(error),
    }
}
