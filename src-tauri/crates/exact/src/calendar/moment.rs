//! Instants in UTC: how they are read, written and kept.

use crate::saying::Value;
use crate::{Saying, say, says};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// An instant in UTC. Written in whole seconds with `Z`, compared with its fraction. The default is
/// the beginning of 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Moment(DateTime<Utc>);

/// Why a text is no moment of the contract's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAMoment;

impl From<&NotAMoment> for Saying {
    fn from(_: &NotAMoment) -> Self {
        say!("must-be-moment")
    }
}

says!(NotAMoment);

impl Moment {
    /// The first and the last second since 1970 of the calendar: its years have four digits. What is beyond can't be
    /// written so that it can be read again, and is no moment of anybody's account.
    pub const CALENDAR: RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

    /// The same instant as chrono's type, for callers that format or convert it.
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// This instant and `days` × 24 h more; the calendar's last second beyond it.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        self.plus_seconds(i64::from(days).saturating_mul(86_400))
    }

    /// This instant and `seconds` more; the calendar's last second beyond it, or its first.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let later = Duration::try_seconds(seconds).and_then(|span| self.0.checked_add_signed(span));
        let end = if seconds < 0 { Self::CALENDAR.start() } else { Self::CALENDAR.end() };
        let end = || DateTime::from_timestamp(*end, 0).unwrap_or_default();
        Self(later.filter(is_on_the_calendar).unwrap_or_else(end))
    }

    /// Whole seconds from `earlier` to this, rounded down.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_seconds()
    }

    /// Seconds since 1970, for storing; the fraction is given by [`Moment::nanoseconds`].
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The fraction of the second, in nanoseconds.
    pub fn nanoseconds(self) -> u32 {
        self.0.timestamp_subsec_nanos()
    }

    /// The inverse of [`Moment::unix_seconds`] and [`Moment::nanoseconds`]; none off the calendar.
    pub fn from_unix(seconds: i64, nanoseconds: u32) -> Option<Self> {
        DateTime::from_timestamp(seconds, nanoseconds).filter(is_on_the_calendar).map(Self)
    }

    /// The UTC date.
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// A date's moment at `hour` o'clock UTC (0 to 23).
    pub fn on(date: NaiveDate, hour: u32) -> Self {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self(Utc.from_utc_datetime(&date.and_time(time)))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant)
    }
}

fn is_on_the_calendar(instant: &DateTime<Utc>) -> bool {
    Moment::CALENDAR.contains(&instant.timestamp())
}

fn number(bytes: &[u8]) -> Option<u32> {
    let mut value: u32 = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.saturating_mul(10).saturating_add(u32::from(digit));
    }
    Some(value)
}

/// `.123…` as nanoseconds (further digits are dropped), and what follows it.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some(rest) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at_checked(length)?;
    if digits.is_empty() {
        return None;
    }
    let kept = digits.get(..9).unwrap_or(digits);
    let scale = u32::try_from(9usize.saturating_sub(kept.len())).unwrap_or(0);
    Some((number(kept)?.saturating_mul(10u32.saturating_pow(scale)), rest))
}

/// `Z` or `±HH:MM` as seconds east of UTC.
fn offset(text: &[u8]) -> Option<i64> {
    if text == b"Z" {
        return Some(0);
    }
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *text else {
        return None;
    };
    let (hours, minutes) = (number(&[h1, h2])?, number(&[m1, m2])?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i64::from(hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60)));
    Some(if sign == b'-' { seconds.saturating_neg() } else { seconds })
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// `YYYY-MM-DDTHH:MM:SS`, an optional fraction, then `Z` or `±HH:MM` (`scenario.md`). What is written so and lies in
    /// another year of UTC than those of four digits is no moment: it could not be read again.
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let read = || {
            let (clock, rest) = text.as_bytes().split_at_checked(19)?;
            if [clock.get(4)?, clock.get(7)?, clock.get(10)?, clock.get(13)?, clock.get(16)?]
                != [&b'-', &b'-', &b'T', &b':', &b':']
            {
                return None;
            }
            let part = |from: usize, to: usize| number(clock.get(from..to)?);
            let year = i32::try_from(part(0, 4)?).ok()?;
            let date = NaiveDate::from_ymd_opt(year, part(5, 7)?, part(8, 10)?)?;
            let (nanoseconds, rest) = fraction(rest)?;
            let time =
                NaiveTime::from_hms_nano_opt(part(11, 13)?, part(14, 16)?, part(17, 19)?, nanoseconds)?;
            let east = offset(rest)?;
            let local = date.and_time(time).and_utc();
            if east == 0 {
                return Some(local);
            }
            local.checked_sub_signed(Duration::seconds(east)).filter(is_on_the_calendar)
        };
        read().map(Self).ok_or(NotAMoment)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment.to_string())
    }
}

impl Value {
    /// The UTC day of a moment that is near now.
    pub fn day(moment: Moment) -> Self {
        Self::Day(moment.date().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap_or(Moment(DateTime::<Utc>::MIN_UTC))
    }

    #[test]
    fn moments_are_read_exactly_in_the_contracts_form() {
        for (text, written) in [
            ("2026-04-15T09:00:00Z", "2026-04-15T09:00:00Z"),
            ("2026-05-01T01:00:00+02:00", "2026-04-30T23:00:00Z"),
            ("2026-04-30T23:30:00-02:00", "2026-05-01T01:30:00Z"),
            ("2026-04-15T09:00:00.999999999999Z", "2026-04-15T09:00:00Z"),
            ("2028-02-29T00:00:00-00:00", "2028-02-29T00:00:00Z"),
            ("2026-04-15T23:59:00+23:59", "2026-04-15T00:00:00Z"),
            ("2026-04-15T00:30:00-23:00", "2026-04-15T23:30:00Z"),
        ] {
            assert_eq!(text.parse::<Moment>().map(|m| m.to_string()).as_deref(), Ok(written));
        }
        for bad in [
            "2026-04-15T09:00:00",
            "2026-04-15T09:00:00z",
            "2026-04-15t09:00:00Z",
            "2026-04-15 09:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-04-15T24:00:00Z",
            "2026-04-15T09:60:00Z",
            "2026-04-15T09:00:60Z",
            "2026-04-15T09:00Z",
            "2026-04-15T09:00:00.Z",
            "2026-04-15T09:00:00+0200",
            "2026-04-15T09:00:00+24:00",
            "2026-04-15T09:00:00+00:60",
            "2026-04-15T09:00:00-24:00",
            "2026-4-15T09:00:00Z",
            "",
            "2026-04-15",
            "2026-04-15T09:00:00Z ",
            "２026-04-15T09:00:00Z",
        ] {
            assert_eq!(bad.parse::<Moment>(), Err(NotAMoment), "{bad}");
        }
    }

    #[test]
    fn moments_are_stored_whole_and_come_back() {
        for (text, seconds, nanoseconds) in [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("2026-04-15T09:00:00.000000007Z", 1_776_243_600, 7),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
        ] {
            let moment = at(text);
            assert_eq!((moment.unix_seconds(), moment.nanoseconds()), (seconds, nanoseconds), "{text}");
            assert_eq!(Moment::from_unix(seconds, nanoseconds), Some(moment));
            assert_eq!(Moment::from(moment.utc()), moment);
        }
        for beyond in [i64::MAX, i64::MIN, Moment::CALENDAR.start() - 1, Moment::CALENDAR.end() + 1] {
            assert_eq!(Moment::from_unix(beyond, 0), None, "{beyond} is off the calendar");
        }
    }

    #[test]
    fn whatever_a_moment_is_it_is_written_so_that_it_can_be_read_again() {
        let (first, last) = (at("0000-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z"));
        for beyond in ["0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"] {
            assert_eq!(beyond.parse::<Moment>(), Err(NotAMoment), "{beyond}");
        }
        let between = at("2026-12-01T00:00:00Z");
        assert_eq!([first.plus_seconds(-1), between.plus_seconds(i64::MIN)], [first, first]);
        let later = [last.plus_seconds(1), last.plus_days(1), between.plus_seconds(i64::MAX)];
        assert_eq!(later, [last, last, last]);
        assert_eq!(between.plus_days(u32::MAX), last);
        for end in [first, last] {
            assert_eq!(at(&end.to_string()), end);
        }
    }

    #[test]
    fn fractions_order_moments() {
        assert!(at("2026-04-15T09:00:00.1Z") < at("2026-04-15T09:00:00.11Z"));
    }
}
