//! Days and instants of the records, in UTC.

use headroom_exact::Moment;

/// How many days charts show.
pub(crate) const DAYS_SHOWN: u64 = 30;

/// The last instant before a moment.
pub(crate) fn just_before(moment: Moment) -> Moment {
    Moment::from_unix(moment.unix_seconds().saturating_sub(1), 999_999_999).unwrap_or(moment)
}
