//! Moments as bills write them.

use crate::files::written;
use crate::wire::moments;
use std::borrow::Cow;

/// A moment as AWS writes it, in UTC, whose year stands first; whatever a spreadsheet made of it, `30.10.2026 00:00`, and
/// whichever zone another program wrote it in.
pub(super) fn as_written(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.as_bytes().get(4) == Some(&b'-') {
        return in_utc(text).map_or(Cow::Borrowed(text), Cow::Owned);
    }
    let Some(day) = written::day(text) else { return Cow::Borrowed(text) };
    let time = text.split_once(' ').map_or("", |(_, time)| time.trim());
    let time = if time.is_empty() { "00:00" } else { time };
    // A spreadsheet leaves seconds out where there are none, and an hour's zero.
    let hours = if time.find(':') == Some(1) { "0" } else { "" };
    let seconds = if time.matches(':').count() == 1 { ":00" } else { "" };
    Cow::Owned(format!("{day} {hours}{time}{seconds}"))
}

/// A moment's first 19 letters, written as one whether `T` or a blank stands in it; of a day its midnight.
pub(super) fn second(text: &str) -> String {
    let text = as_written(text);
    let text = text.get(..19).unwrap_or(&text).replace('T', " ");
    if text.len() == 10 { format!("{text} 00:00:00") } else { text }
}

/// A moment of another zone in UTC; none of one that is in it already, or names none.
fn in_utc(text: &str) -> Option<String> {
    if text.ends_with('Z') {
        return None;
    }
    let (_, zone) = text.get(10..)?.split_once(['+', '-'])?;
    let is_utc = zone.bytes().all(|byte| matches!(byte, b'0' | b':'));
    moments::moment(text).filter(|_| !is_utc).map(|moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_of_another_zone_is_told_in_utc() {
        for (text, expected) in [
            ("2026-10-31T19:00:00-05:00", "2026-11-01 00:00:00"),
            ("2026-11-01 05:29:59+0530", "2026-10-31 23:59:59"),
            ("2026-11-01T00:00:00.000+01", "2026-10-31 23:00:00"),
            ("2026-11-01T00:00:00+00:00", "2026-11-01 00:00:00"),
            ("2026-11-01T00:00:00.000Z", "2026-11-01 00:00:00"),
            ("2026-11-01 00:00:00", "2026-11-01 00:00:00"),
            ("2026-11-01", "2026-11-01 00:00:00"),
            ("30.10.2026 7:05", "2026-10-30 07:05:00"),
        ] {
            assert_eq!(second(text), expected, "{text}");
        }
    }
}
