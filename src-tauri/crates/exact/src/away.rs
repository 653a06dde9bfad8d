//! How far away a moment is, as it is said.

use crate::Moment;
use crate::division::divide_half_away;

/// Days until a moment that is named beside them, from date to date as one counts them.
pub fn days_until(then: Moment, now: Moment) -> u32 {
    u32::try_from(then.date().signed_duration_since(now.date()).num_days()).unwrap_or_default()
}

/// How often so many seconds go into the time until a moment, to the nearest: what is three days and 23 hours away is so in
/// about four days.
pub fn about(then: Moment, now: Moment, seconds: i64) -> u32 {
    let left = then.seconds_since(now).max(0);
    u32::try_from(divide_half_away(left.into(), seconds.into())).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    #[test]
    fn three_days_and_23_hours_are_about_four_days() {
        let now = moment("2026-11-21T10:00:00Z");
        let days = |then: &str| about(moment(then), now, 86_400);
        assert_eq!(
            ["2026-11-25T09:45:00Z", "2026-11-24T21:59:59Z", "2026-11-24T22:00:00Z"].map(days),
            [4, 3, 4]
        );
        assert_eq!([days("2026-11-21T10:00:00Z"), days("2026-11-20T10:00:00Z")], [0, 0]);
    }

    #[test]
    fn beside_a_date_days_are_counted_from_date_to_date() {
        let until = |then: &str, now: &str| days_until(moment(then), moment(now));
        assert_eq!(until("2026-11-25T09:45:00Z", "2026-11-21T10:00:00Z"), 4);
        assert_eq!(until("2026-11-25T00:00:00Z", "2026-11-21T23:59:59Z"), 4);
        assert_eq!(until("2026-11-20T00:00:00Z", "2026-11-21T23:59:59Z"), 0);
    }
}
