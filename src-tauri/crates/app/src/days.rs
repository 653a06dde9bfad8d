//! Days and instants of the records, in UTC.

use chrono::NaiveDate;
use headroom_exact::Moment;

/// How many days charts show.
pub(crate) const DAYS_SHOWN: u64 = 30;

/// The days from `from` to `to`, both included.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(from), NaiveDate::succ_opt).take_while(move |day| *day <= to)
}

/// The last instant before a moment.
pub(crate) fn just_before(moment: Moment) -> Moment {
    Moment::from_unix(moment.unix_seconds().saturating_sub(1), 999_999_999).unwrap_or(moment)
}
