//! A day of one of Kilo's exports beside what others told of it: which of them counts is what they say of themselves (F6), and never
//! which came last.

use super::{KILO_EXPORT, SpendBody, body, spend_row};
use crate::error::AppError;
use headroom_exact::Moment;
use headroom_sources::kilo::usage_csv::Said;
use headroom_sources::observation::SpendRow;
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::reports::Reported;

/// What became of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Came {
    /// Nothing was known of it.
    New,
    /// It counts in place of what another export told.
    InPlaceOfAnother {
        /// Whether that had more requests.
        has_fewer: bool,
    },
    /// It says what is known.
    Known,
    /// It says something else than what counts, which stays.
    ToldOtherwise,
}

fn rows_of(reported: &Reported) -> Result<Vec<SpendRow>, AppError> {
    let said: Vec<SpendBody<'_>> = body(reported)?;
    Ok(said.into_iter().filter_map(|row| spend_row(reported.subject.day, row)).collect())
}

/// Appends what an export says of a day where it counts. A day of which no cost could be read takes nothing back that is known.
pub(crate) fn append_exported_day(
    writing: &Writing<'_>,
    account: AccountId,
    day: &Reported,
    is_lost: bool,
    now: Moment,
) -> Result<Came, AppError> {
    let known = writing.statements_about(account, KILO_EXPORT, &day.subject)?;
    let Some(last) = known.last() else {
        writing.append_reported(account, KILO_EXPORT, day, now)?;
        return Ok(Came::New);
    };
    if last.body == day.body {
        return Ok(Came::Known);
    }
    let (here, there) = (rows_of(day)?, rows_of(last)?);
    let (here, there) = (Said::of(&day.issued, &here), Said::of(&last.issued, &there));
    if is_lost || !here.counts_before(&there) {
        return Ok(if known.contains(day) { Came::Known } else { Came::ToldOtherwise });
    }
    // What counts last has the greatest stamp.
    let issued = last.issued.clone().max(day.issued.clone());
    let counts = Reported { issued, ..day.clone() };
    writing.append_last_reported(account, KILO_EXPORT, &counts, now)?;
    Ok(Came::InPlaceOfAnother { has_fewer: here.has_fewer(&there) })
}
