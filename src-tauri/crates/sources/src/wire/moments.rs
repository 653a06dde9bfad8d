//! Moments and days as vendors and their programs write them: the one place that reads them (`interfaces-2026.md` §3, §5.1).
//!
//! A moment names its zone, or is a number since 1970; what doesn't is none, and never "never".

use crate::wire::number::{self, Number};
use chrono::{NaiveDate, NaiveDateTime};
use headroom_exact::Moment;
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// From here on, on both sides, a number counts milliseconds: as seconds it would be in the year 5138.
const MILLISECONDS: Decimal = Decimal::from_parts(1_215_752_192, 23, 0, false, 0);

/// As RFC 3339 has it; also with a blank for the `T`, with a zone of hours alone or without a colon, as databases write it;
/// also a number of seconds or milliseconds since 1970.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    // As a rule it has the one form, which needs no other text.
    text.parse().ok().or_else(|| with_zone(text)).or_else(|| since_1970(number::exact(text)?))
}

/// A number since 1970: of seconds, or of milliseconds where seconds would be thousands of years away.
pub(crate) fn since_1970(number: Decimal) -> Option<Moment> {
    let seconds =
        if number.abs() >= MILLISECONDS { number.checked_div(Decimal::ONE_THOUSAND)? } else { number };
    let whole = i64::try_from(seconds.floor()).ok()?;
    let nanoseconds = seconds.checked_sub(seconds.floor())?.checked_mul(Decimal::from(1_000_000_000))?;
    Moment::from_unix(whole, u32::try_from(nanoseconds.trunc()).ok()?)
}

/// When a file was written last, where the system tells.
pub(crate) fn written(file: &Path) -> Option<Moment> {
    let since = fs::metadata(file).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Moment::from_unix(i64::try_from(since.as_secs()).ok()?, since.subsec_nanos())
}

/// The same where the field may be a day alone: then the moment it begins, so that nothing is said to last longer than it
/// does.
pub(crate) fn moment_or_day(text: &str) -> Option<Moment> {
    moment(text).or_else(|| Some(Moment::on(day(text)?, 0)))
}

/// A day alone: `2026-10-01` or `Oct 01, 2026`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let forms = ["%Y-%m-%d", "%B %d, %Y"];
    let read = |form: &str| NaiveDate::parse_from_str(text, form).ok();
    // The calendar's years have four digits without a sign, and a number is no year.
    let is_year = |year: &[u8]| year.len() == 4 && year.iter().all(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let is_first = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(..4).is_some_and(is_year);
    let is_last = || text.rsplit(' ').next().is_some_and(|year| year != text && is_year(year.as_bytes()));
    forms.into_iter().filter(|_| is_first || is_last()).find_map(read)
}

/// The day of a moment, or a day alone; of a time without a zone, the day it begins with.
pub(crate) fn day_of(text: &str) -> Option<NaiveDate> {
    let begins_with = || {
        let (date, time) = text.trim().split_at_checked(10)?;
        day(date).filter(|_| time.starts_with(['T', ' ']))
    };
    moment(text).map(Moment::date).or_else(|| day(text)).or_else(begins_with)
}

/// A time of the machine's zone, which isn't said: what a text begins with, `2026-07-01 10:11:12` or with a `T`.
pub(crate) fn local(text: &str) -> Option<NaiveDateTime> {
    let text = text.get(..19)?.replace('T', " ");
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok()
}

/// A date, `T` or a blank, a time, and a zone, brought to the one form that [`Moment`] reads.
fn with_zone(text: &str) -> Option<Moment> {
    let (date, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let ends = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at_checked(ends)?;
    let zone = match zone.as_bytes() {
        b"Z" | b"z" => "Z".to_owned(),
        [_, _, _] => format!("{zone}:00"),
        [_, hour, next, minute, last]
            if [hour, next, minute, last].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            let (hours, minutes) = zone.split_at_checked(3)?;
            format!("{hours}:{minutes}")
        }
        _ => zone.to_owned(),
    };
    format!("{date}T{}{zone}", time.trim_end()).parse().ok()
}

impl Number<'_> {
    /// As a moment, in any form; where the field may be a day alone, the moment it begins.
    pub(crate) fn moment(self) -> Option<Moment> {
        self.read(moment_or_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_moment_is_the_same_moment() {
        for text in [
            "2026-12-10T00:00:00Z",
            "2026-12-10t00:00:00z",
            "2026-12-10 00:00:00Z",
            "2026-12-10 00:00:00+00",
            "2026-12-10 00:00:00 +00",
            "2026-12-10 00:00:00+00:00",
            "2026-12-10 00:00:00+0000",
            "2026-12-10T00:00:00.000Z",
            "2026-12-10 00:00:00.000000+00",
            "2026-12-10 01:00:00+01",
            "2026-12-10 05:30:00+0530",
            "2026-12-09 19:00:00-05",
            " 2026-12-10 00:00:00+00 ",
            "1796860800",
            "1796860800.0",
            "1.7968608E9",
            "1796860800000",
            "1796860800000.0",
            "1.7968608e12",
        ] {
            let read = moment(text).map(|moment| (moment.to_string(), moment.nanoseconds()));
            assert_eq!(read, Some(("2026-12-10T00:00:00Z".to_owned(), 0)), "{text}");
            assert_eq!(moment_or_day(text), moment(text), "{text}");
            assert_eq!(day_of(text).map(|day| day.to_string()).as_deref(), Some("2026-12-10"), "{text}");
        }
        let fraction = moment("2026-11-25 15:23:45.458+00").map(Moment::nanoseconds);
        assert_eq!(fraction, Some(458_000_000));
        assert_eq!(moment("1795620225458").map(Moment::nanoseconds), Some(458_000_000));
    }

    #[test]
    fn a_day_alone_is_read_where_a_day_may_stand() {
        for text in ["2026-12-01", "Dec 01, 2026", "Dec 1, 2026", "December 1, 2026", " 2026-12-01 "] {
            assert_eq!(moment(text), None, "{text}: it names no moment");
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2026-12-01"), "{text}");
            let begins = moment_or_day(text).map(|moment| moment.to_string());
            assert_eq!(begins.as_deref(), Some("2026-12-01T00:00:00Z"), "{text}");
        }
        for text in ["2026-12-01T13:00:00", "2026-12-01 13:00:00.5", "2026-12-01 13:00"] {
            assert_eq!((moment_or_day(text), day(text)), (None, None), "{text}: no zone");
            assert_eq!(day_of(text).map(|day| day.to_string()).as_deref(), Some("2026-12-01"), "{text}");
        }
        assert_eq!(
            day_of("2026-12-01T23:30:00-05:00").map(|day| day.to_string()).as_deref(),
            Some("2026-12-02")
        );
    }

    #[test]
    fn everything_else_is_none() {
        for text in [
            "",
            " ",
            "soon",
            "Unknown",
            "never",
            "null",
            "2026-13-10 00:00:00+00",
            "2026-02-30 00:00:00+00",
            "10.12.2026",
            "12/10/2026",
            "01/01",
            "1e300",
            "-99999999999",
            "99999999999999999999999999999999",
            "２026-12-10T00:00:00Z",
            "-026-12-01",
            "+026-12-01",
            "Dec 01, -2026",
            "Dec 01, +2026",
            "Dec 01, 12026",
            "2026-12-1é",
        ] {
            assert_eq!((moment_or_day(text), day_of(text)), (None, None), "{text}");
        }
        for text in [
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "2026-12-10T00:00:00",
            "2026-12-10 00:00:00",
            "2026-12-10 00:00+00",
            "2026-12-10 24:00:00+00",
            "2026-12-10 00:00:00+25",
            "2026-12-10 00:00:00+0",
            "2026-12-10 00:00:00+000",
            "2026-12-10 00:00:00+00000",
            "2026-12-10 00:00:00 UTC",
        ] {
            assert_eq!(moment_or_day(text), None, "{text}: no moment, though it begins with a day");
        }
    }
}
