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
use std::borrow::Cow;

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

/// What an export said of a day, and its own stamp.
fn told(reported: &Reported) -> Result<(Vec<SpendRow>, String), AppError> {
    let mut said: Vec<SpendBody<'_>> = body(reported)?;
    let own = said.first_mut().and_then(|row| row.stamp.take());
    let stamp = own.map_or_else(|| reported.issued.clone(), Cow::into_owned);
    Ok((said.into_iter().filter_map(|row| spend_row(reported.subject.day, row)).collect(), stamp))
}

/// The same under another stamp, so that it counts. Its own is what the next is compared with, in whatever order they come.
fn under(stamp: String, day: &Reported, is_again: bool) -> Result<Reported, AppError> {
    if stamp == day.issued && !is_again {
        return Ok(day.clone());
    }
    let mut said: Vec<SpendBody<'_>> = body(day)?;
    if let Some(first) = said.first_mut() {
        first.stamp = Some(Cow::Borrowed(&day.issued));
    }
    Ok(Reported { issued: stamp, body: serde_json::to_string(&said)?, subject: day.subject.clone() })
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
    let ((here, own), (there, others)) = (told(day)?, told(last)?);
    if here == there {
        // Said again by an export of a later day it stands against what any between them says.
        if !is_lost && Said::of(&own, &here).is_of_a_later_day(&Said::of(&others, &there)) {
            let again = under(last.issued.clone().max(day.issued.clone()), day, true)?;
            writing.append_last_reported(account, KILO_EXPORT, &again, now)?;
        }
        return Ok(Came::Known);
    }
    let (here, there) = (Said::of(&own, &here), Said::of(&others, &there));
    if is_lost || !here.counts_before(&there) {
        return Ok(if known.contains(day) { Came::Known } else { Came::ToldOtherwise });
    }
    // What counts last has the greatest stamp.
    let counts = under(last.issued.clone().max(day.issued.clone()), day, false)?;
    writing.append_last_reported(account, KILO_EXPORT, &counts, now)?;
    Ok(Came::InPlaceOfAnother { has_fewer: here.has_fewer(&there) })
}
