//! The running cycle on an axis of days: what was used by each, from the vendor's count or from the tasks recorded here, and
//! where that leads.

use super::ledger::Loaded;
use crate::answers::{
    AheadView, AxisBefore, AxisDayView, AxisView, RunsOutView, UsageAhead, UsageLeads, UsedFrom, text,
};
use crate::days::just_before;
use crate::error::AppError;
use crate::quoted::counts;
use chrono::{Months, NaiveDate};
use headroom_billing::person::{Axis, Count, Current, Known, Ledger, Pace, UsedBy, recorded_until};
use headroom_exact::{Credits, Moment, Period, calendar};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::rollups::Day;

/// The running cycle of an account by day.
pub(crate) struct OnAxis {
    axis: Axis,
    now: Moment,
    from: UsedFrom,
    /// The first day of the cycle before and from where its days are known, if any are.
    before: Option<(NaiveDate, UsedFrom)>,
    /// What is recorded of the cycle's days.
    recorded: Vec<Day>,
}

/// What an axis is made of.
#[derive(Clone, Copy)]
pub(super) struct Stands<'s> {
    pub store: &'s Store,
    pub loaded: &'s Loaded,
    pub ledger: &'s Ledger,
    pub current: &'s Current,
    /// The cycle whose credits are shown.
    pub cycle: Period,
    /// Whether anything is known of the usage.
    pub is_known: bool,
    pub pace: Option<&'s Pace>,
}

/// The cycle that ends where this one begins.
fn cycle_before(cycle: &Period) -> Option<Period> {
    let start = cycle.start.utc().checked_sub_months(Months::new(1)).map(Moment::from)?;
    Some(Period { start, end: cycle.start })
}

/// Its last date.
fn last_date(cycle: &Period) -> NaiveDate {
    cycle.end.plus_seconds(-1).date()
}

fn begins_a_day(cycle: &Period) -> bool {
    cycle.start == Moment::on(cycle.start.date(), 0)
}

fn credits_of(days: &[Day]) -> impl Iterator<Item = (NaiveDate, Credits)> + '_ {
    days.iter().map(|day| (day.date, day.credits))
}

/// What is recorded of a cycle by day, up to a date: sums of whole days, and of a first one that begins with the cycle only
/// what came after that.
fn recorded(store: &Store, id: AccountId, cycle: &Period, last: NaiveDate) -> Result<Vec<Day>, AppError> {
    let mut days = store.days(id, cycle.start.date(), last)?;
    if let Some(first) = days.first_mut().filter(|day| day.date == cycle.start.date() && !begins_a_day(cycle))
    {
        let midnight = Moment::on(first.date, 0).plus_days(1);
        let tasks = store.usage(id, cycle.start, just_before(midnight))?;
        first.credits = recorded_until(midnight, *cycle, tasks.iter().map(|task| (task.at, task.credits)));
    }
    Ok(days)
}

impl OnAxis {
    /// Of an account as it stands.
    pub(super) fn of(stands: Stands<'_>) -> Result<Self, AppError> {
        let Stands { store, loaded, cycle, .. } = stands;
        let (id, now) = (loaded.account.id, loaded.timeline.as_of);
        let first_known = store.first_day(id)?;
        let days = recorded(store, id, &cycle, now.date())?;
        let before = cycle_before(&cycle);
        let counts = counts::last_of_days(store, id, before.map_or(cycle.start, |before| before.start), now)?;
        let by_vendor = loaded.followed_until.is_some();
        // Before the first of them nothing is recorded here, whatever was used.
        let here = UsedBy::of_days(credits_of(&days), (cycle.start.date(), now.date()));
        let (used, recorded) = if by_vendor {
            (Some(UsedBy::of_counts(&counts, &cycle)), Some(here).filter(|_| !days.is_empty()))
        } else {
            (first_known.map(|first| accepted(stands, first, now)), None)
        };
        let same_days = before.map(|before| same_days(store, id, &before, (first_known, by_vendor), &counts));
        let same_days = same_days.transpose()?.flatten();
        let nothing = UsedBy::default();
        let axis = Axis::of(
            stands.current,
            Known {
                cycle,
                now,
                used: used.as_ref().filter(|_| stands.is_known),
                recorded: recorded.as_ref(),
                before: same_days
                    .as_ref()
                    .map_or((&nothing, cycle.start.date()), |(used, first, _)| (used, *first)),
                // Where requests pause nothing goes on.
                pace: stands.pace.filter(|_| !stands.current.paused),
            },
        );
        Ok(Self {
            axis,
            now,
            from: if by_vendor { UsedFrom::Kiro } else { UsedFrom::Recorded },
            before: same_days.map(|(_, first, from)| (first, from)),
            recorded: days,
        })
    }

    /// Between what it comes to by the cycle's end; none where that isn't known.
    pub fn range(&self) -> Option<(Credits, Credits)> {
        self.axis.ahead?.range
    }

    /// Where the days lead that are to come, as long as a day of the cycle is; none where the days of usage aren't the cycle's.
    pub fn usage_ahead(
        &self,
        pace: Option<&Pace>,
        renews_at: Moment,
        first: NaiveDate,
    ) -> Option<UsageAhead> {
        let days = Some(&self.axis.days).filter(|days| days.first().is_some_and(|day| day.date == first))?;
        let leads = self.axis.ahead.zip(pace).map(|(ahead, pace)| UsageLeads {
            a_day: pace.rate().in_a_day().to_string(),
            comes_to: AheadView::from(ahead),
        });
        Some(UsageAhead {
            days: days
                .iter()
                .skip_while(|day| day.until <= self.now)
                .map(|day| day.date.to_string())
                .collect(),
            renews_at: renews_at.to_string(),
            even_a_day: text(self.axis.even_a_day),
            leads,
        })
    }

    /// As the window draws it.
    pub fn view(&self) -> AxisView {
        let unknown = |date: NaiveDate| {
            self.recorded.iter().find(|day| day.date == date).map_or(0, |day| day.unmetered)
        };
        let Axis { days, limit, limit_is_plan, ahead, runs_out, .. } = &self.axis;
        AxisView {
            from: self.from,
            days: days
                .iter()
                .map(|day| AxisDayView {
                    date: day.date.to_string(),
                    until: day.until.to_string(),
                    used: text(day.used),
                    recorded: text(day.recorded),
                    unknown: unknown(day.date),
                    ahead: day.ahead.map(AheadView::from),
                    even: text(day.even),
                    before: text(day.before),
                })
                .collect(),
            limit: text(*limit),
            limit_is_plan: *limit_is_plan,
            ahead: ahead.map(AheadView::from),
            runs_out: runs_out.map(|(at, used)| RunsOutView { at: at.to_string(), used: used.to_string() }),
            before: self.before.map(|(first, from)| AxisBefore { from, first_day: first.to_string() }),
        }
    }
}

/// What the engine accepted of the recorded tasks, by day.
fn accepted(stands: Stands<'_>, first_known: NaiveDate, now: Moment) -> UsedBy {
    let start = stands.cycle.start.date();
    let dates = calendar::days_between(start, now.date());
    let days = dates.zip(stands.ledger.account.days().iter().copied());
    UsedBy::of_days(days, (first_known.max(start), now.date()))
}

/// What was used in the cycle before by day, with its first day: from the same source as this cycle's where that says
/// anything of it, else from the other.
fn same_days(
    store: &Store,
    id: AccountId,
    before: &Period,
    (first_known, by_vendor): (Option<NaiveDate>, bool),
    counts: &[Count],
) -> Result<Option<(UsedBy, NaiveDate, UsedFrom)>, AppError> {
    let (first, last) = (before.start.date(), last_date(before));
    let days = if begins_a_day(before) { store.days(id, first, last)? } else { Vec::new() };
    let of_tasks = first_known.filter(|_| days.iter().any(|day| day.tasks > 0)).map(|known| {
        (UsedBy::of_days(credits_of(&days), (known.max(first), last)), first, UsedFrom::Recorded)
    });
    let counted = counts.iter().any(|count| before.contains(count.at));
    let of_vendor = counted.then(|| (UsedBy::of_counts(counts, before), first, UsedFrom::Kiro));
    Ok(if by_vendor { of_vendor.or(of_tasks) } else { of_tasks.or(of_vendor) })
}
