//! The month that is shown by day: what everybody used together, as the reports tell it, and where that leads.

use super::standing::Standing;
use crate::answers::{AheadView, AxisBefore, AxisDayView, AxisView, UsedFrom, text};
use headroom_billing::organisation::{CreditsAxis, CreditsDay};
use headroom_exact::{Credits, Moment};

/// As the window draws it; none where of none of its days it is known that anything was used by then.
pub(super) fn of(standing: &Standing) -> Option<AxisView> {
    let told = &standing.reported.as_ref()?.by_day;
    let before = standing.before.as_ref();
    let CreditsAxis { days, ahead, .. } =
        CreditsAxis::of(told, before.and_then(|before| before.by_day.as_ref()), !standing.closed);
    if !days.iter().any(|day| day.used.is_some_and(Credits::is_positive)) {
        return None;
    }
    let is_compared = days.iter().any(|day| day.before.is_some());
    Some(AxisView {
        from: UsedFrom::Reports,
        days: days.iter().map(day).collect(),
        limit: None,
        limit_is_plan: false,
        ahead: ahead.map(AheadView::from),
        runs_out: None,
        before: before.filter(|_| is_compared).map(|before| AxisBefore {
            first_day: before.month.first_date().to_string(),
            from: UsedFrom::Reports,
        }),
    })
}

fn day(of: &CreditsDay) -> AxisDayView {
    AxisDayView {
        date: of.date.to_string(),
        until: Moment::on(of.date, 0).plus_days(1).to_string(),
        used: text(of.used),
        recorded: None,
        unknown: 0,
        ahead: of.ahead.map(AheadView::from),
        even: None,
        before: text(of.before),
    }
}
