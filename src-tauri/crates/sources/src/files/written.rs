//! Numbers, days and switches as people's programs write them in tables of text (rule F7).
//!
//! A spreadsheet saves what it opened as its language writes it: `4,25`, `10.07.2026`, `WAHR`. What could be read in two
//! ways is not read.

use crate::wire::{moments, number};
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use std::path::Path;

mod commas;
pub(crate) mod plain;

pub(crate) use commas::{Comma, Commas};

/// Why a text is no number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoNumber {
    /// It is something else.
    Else,
    /// It is one of two.
    Unclear,
}

impl NoNumber {
    /// What is said of a field that holds this text, where `else_say` says that it is no such number.
    pub fn of(self, field: &str, text: &str, otherwise: impl FnOnce() -> Saying) -> Saying {
        match self {
            Self::Else => otherwise(),
            Self::Unclear => say!("number-of-two-readings", field, text),
        }
    }
}

/// What can stand between groups of three digits beside the point and the comma.
const GROUPING: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '’'];

/// A number with a point or a comma before its decimals, thousands apart or not, a sign, an exponent.
pub(crate) fn amount(text: &str, commas: &Commas) -> Result<Decimal, NoNumber> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.bytes().filter(|byte| *byte == b'.').count() < 2
    {
        commas.saw_point(text.as_bytes());
        return number::exact(text).ok_or(NoNumber::Else);
    }
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let point = decimal_mark(mantissa, exponent.is_some(), commas)?;
    let (whole, decimals) = match point {
        Some(mark) => mantissa.rsplit_once(mark).unwrap_or((mantissa, "")),
        None => (mantissa, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = ungrouped(whole).ok_or(NoNumber::Else)?;
    if !is_digits(decimals) || (digits.is_empty() && decimals.is_empty()) {
        return Err(NoNumber::Else);
    }
    if let Some(grouping) = whole.chars().find(|letter| ['.', ','].contains(letter)) {
        commas.saw_grouping(grouping);
        if let Some(decimal) = point {
            commas.saw_decimal(decimal);
        }
    }
    let plain = match exponent {
        Some(exponent) => format!("{sign}{digits}.{decimals}0e{exponent}"),
        None => format!("{sign}{digits}.{decimals}0"),
    };
    number::exact(&plain).ok_or(NoNumber::Else)
}

/// Which mark stands before the decimals of a number, if one does. What is followed by an exponent has no thousands.
fn decimal_mark(number: &str, has_exponent: bool, commas: &Commas) -> Result<Option<char>, NoNumber> {
    let is_of_one =
        |letter: char| letter.is_ascii_digit() || ['.', ','].contains(&letter) || GROUPING.contains(&letter);
    if !number.chars().all(is_of_one) {
        return Err(NoNumber::Else);
    }
    let count = |mark: char| number.matches(mark).count();
    let last = number.rfind(['.', ',']).and_then(|at| number.get(at..)?.chars().next());
    match (count('.'), count(',')) {
        (1, 0) => {
            if !has_exponent {
                commas.saw_point(number.as_bytes());
            }
            Ok(Some('.'))
        }
        (0, 1) => {
            let (before, after) = number.split_once(',').unwrap_or((number, ""));
            let thousands = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
            let thousands = thousands && !has_exponent;
            match commas.saw(thousands) {
                _ if !thousands => Ok(Some(',')),
                Comma::Thousands => Ok(None),
                Comma::Decimals => Ok(Some(',')),
                Comma::Unclear => Err(NoNumber::Unclear),
            }
        }
        // Of more than one each separates thousands.
        (_, 0) | (0, _) => Ok(None),
        // With both, the last is before the decimals, and stands there once.
        _ => last.filter(|mark| count(*mark) == 1).map(Some).ok_or(NoNumber::Else),
    }
}

/// The digits of a whole number, whose thousands may be apart: in groups of three, by one mark alone.
fn ungrouped(whole: &str) -> Option<String> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) {
        return Some(whole.to_owned());
    }
    let is_mark = |letter: &char| ['.', ','].contains(letter) || GROUPING.contains(letter);
    let mark = whole.chars().find(is_mark)?;
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let in_order = (1..=3).contains(&first.len()) && is_digits(first);
    let rest_in_order = groups.clone().all(|group| group.len() == 3 && is_digits(group));
    (in_order && rest_in_order).then(|| whole.split(mark).collect())
}

/// A count: digits, whose thousands may be apart. "1.2 million", as one generation of exports rounds, is none.
pub(crate) fn count(text: &[u8]) -> Option<u64> {
    let mut count: u64 = 0;
    for byte in text {
        if !byte.is_ascii_digit() {
            return ungrouped(str::from_utf8(text).ok()?)?.parse().ok();
        }
        count = count.checked_mul(10)?.checked_add(u64::from(byte.wrapping_sub(b'0')))?;
    }
    (!text.is_empty()).then_some(count)
}

/// A day as vendors write it, with or without a time, or as a spreadsheet does: `20.11.2026`, `2026/11/20`. With slashes and
/// the year last, nobody can tell the day from the month; a number alone counts from a day that only its program knows.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    plain::day(text.as_bytes()).or_else(|| day_in_any_form(text))
}

/// The same without a form that is looked for first.
fn day_in_any_form(text: &str) -> Option<NaiveDate> {
    let date = text.split(' ').next().unwrap_or_default();
    let is_of = |mark: char| date.bytes().all(|byte| byte.is_ascii_digit() || char::from(byte) == mark);
    if is_of('.') {
        let year = date.rsplit('.').next().filter(|year| year.len() == 4 && date.len() >= 8);
        return year.and_then(|_| NaiveDate::parse_from_str(date, "%d.%m.%Y").ok());
    }
    if is_of('/') && date.find('/') == Some(4) {
        return NaiveDate::parse_from_str(date, "%Y/%m/%d").ok();
    }
    let is_number = number::exact(text).is_some();
    moments::day_of(text).filter(|_| !is_number)
}

/// A switch, as programs of several languages and people spell it.
pub(crate) fn switch(text: &str) -> Option<bool> {
    const ON: [&str; 10] = ["true", "1", "yes", "on", "enabled", "y", "t", "wahr", "ja", "vrai"];
    const OFF: [&str; 10] = ["false", "0", "no", "off", "disabled", "n", "f", "falsch", "nein", "faux"];
    let is = |words: [&str; 10]| words.into_iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(ON) { Some(true) } else { is(OFF).then_some(false) }
}

/// When a file was issued, by its name, so that of two the greater is the later: the last text in it that `is_stamp`, then
/// the number that a browser gave a later download of the same name ("… (1)"), which is no part of the stamp.
pub(crate) fn issued(file: &Path, length: usize, is_stamp: impl Fn(&str) -> bool) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let starts = (0..name.len()).rev();
    let found = starts.filter_map(|start| {
        let stamp = name.get(start..start.checked_add(length)?)?;
        is_stamp(stamp).then(|| (stamp, name.get(start.saturating_add(length)..).unwrap_or_default()))
    });
    let (stamp, rest) = { found }.next().unwrap_or(("", &name));
    let number = download(rest);
    if number == 0 { stamp.to_owned() } else { format!("{stamp}#{number:09}") }
}

/// The number of a later download: "report (2).csv", or as other programs write it "report-2.csv", "report 2.csv". 0 where there
/// is none.
fn download(rest: &str) -> u32 {
    let number = |(_, from): (&str, &str)| from.split_once(')').and_then(|(number, _)| number.parse().ok());
    let bare = || {
        let (stem, _) = rest.split_once('.')?;
        let number = stem.strip_prefix(['-', ' '])?;
        let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse().ok().filter(|_| is_number)
    };
    rest.rsplit_once('(').and_then(number).or_else(bare).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chances::Chances;
    use rust_decimal::RoundingStrategy;

    /// Whatever is read by its plain form is what every form's reading says of it.
    #[test]
    fn a_plain_amount_is_read_as_any_other() {
        let mut chances = Chances(1);
        let mut plain = 0_u32;
        let pieces = ["0", "1", "4", "5", "9", "49", "50", "000", "999999999", ".", ".", "-", "e", ","];
        let drawn = (0..50_000).map(|_| chances.text(9, &pieces));
        let given = [
            "",
            ".",
            "5.",
            ".5",
            "18446744073709551615",
            "18446744073709551616",
            "00.000000000000005",
            "0.0000000004999999999999999999",
            "0.00000000049999999999999999999999",
        ];
        for text in drawn.chain(given.map(str::to_owned)) {
            for decimals in [6, 9] {
                let Some(read) = plain::amount(text.as_bytes(), decimals) else { continue };
                let unit = Decimal::from(10_u64.pow(decimals));
                let expected = amount(&text, &Commas::from(Comma::Thousands))
                    .expect(&text)
                    .checked_mul(unit)
                    .expect(&text);
                let expected = expected.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(Decimal::from(read), expected, "{text}");
                plain += 1;
            }
        }
        assert!(plain > 10_000, "{plain}");
        assert_eq!(plain::amount(b"18446744073.7095516155", 9), None, "it doesn't fit");
    }

    #[test]
    fn a_plain_day_is_read_as_any_other() {
        let mut chances = Chances(2);
        let mut plain = 0_u32;
        for _ in 0..50_000 {
            let year = chances.of(&["2026", "2024", "2000", "1900", "0000", "9999", "+202", "202"]);
            let month = chances.of(&["01", "02", "02", "10", "12", "00", "13", "1", "+1"]);
            let day_of_month = chances.of(&["01", "20", "28", "29", "30", "31", "00", "32", " 1"]);
            let mark = chances.of(&["-", "-", "-", "/", "."]);
            let time = chances.of(&["", "T", "T", "T", " ", "t"]);
            let time =
                format!("{time}{}", chances.text(4, &["09", "23:59", ":60", "24:", ":00:00", ".5", "", "x"]));
            let zone = chances.of(&["", "Z", "Z", "Z", "+00:00", "-05:00", "+14:00"]);
            let text = format!("{year}{mark}{month}{mark}{day_of_month}{time}{zone}");
            if let Some(read) = plain::day(text.as_bytes()) {
                assert_eq!(Some(read), day_in_any_form(&text), "{text}");
                plain += 1;
            }
        }
        assert!(plain > 500, "{plain}");
    }

    fn read(text: &str, comma: Comma) -> String {
        match amount(text, &Commas::from(comma)) {
            Ok(number) => number.normalize().to_string(),
            Err(NoNumber::Else) => "none".to_owned(),
            Err(NoNumber::Unclear) => "unclear".to_owned(),
        }
    }

    #[test]
    fn a_comma_separates_thousands_only_before_exactly_three_digits() {
        for (text, expected) in [
            ("4,25", "4.25"),
            ("4,2", "4.2"),
            ("1,234", "1234"),
            ("12,3456", "12.3456"),
            ("0,125", "0.125"),
            ("1234,567", "1234.567"),
            ("1,234,567", "1234567"),
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1.234.567,25", "1234567.25"),
            ("1.234.567", "1234567"),
            ("1.234", "1.234"),
            ("1 234,50", "1234.5"),
            ("1\u{202f}234", "1234"),
            ("1'234.50", "1234.5"),
            ("-4,25", "-4.25"),
            ("+7", "7"),
            ("1,5E-05", "0.000015"),
            ("1,234E+02", "123.4"),
            ("114.45787414391377", "114.45787414391377"),
            ("12,34,56", "none"),
            ("1,23,456", "none"),
            ("1,234,56", "none"),
            ("1.2.3", "none"),
            ("1,2.3,4", "none"),
            ("4,25,", "none"),
            ("--1", "none"),
            ("", "none"),
            (",", "none"),
            ("many", "none"),
            ("1e", "none"),
        ] {
            assert_eq!(read(text, Comma::Thousands), expected, "{text}");
        }
    }

    #[test]
    fn where_semicolons_separate_columns_a_comma_separates_decimals() {
        assert_eq!(read("114,457", Comma::Decimals), "114.457");
        assert_eq!(read("1.114,457", Comma::Decimals), "1114.457");
        assert_eq!(read("114,457", Comma::Unclear), "unclear");
        assert_eq!(read("114,45", Comma::Unclear), "114.45");
    }

    #[test]
    fn counts_are_whole() {
        let of = |text: &str| count(text.as_bytes());
        assert_eq!(
            [of("0"), of("1234"), of("1,234"), of("1.234.567")],
            [Some(0), Some(1234), Some(1234), Some(1_234_567)]
        );
        for text in ["", "1.2 million", "12,34", "-1", "99999999999999999999", "1,", "x"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_where_they_can_be_only_one() {
        for text in [
            "2026-07-10",
            "2026-07-10T09:00:00Z",
            "2026-07-10 09:00",
            "2026/07/10",
            "10.07.2026",
            "10.7.2026",
            "Jul 10, 2026",
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2026-07-10"), "{text}");
        }
        for text in [
            "10/07/2026",
            "07/10/2026",
            "10.07.26",
            "2026-07-10x",
            "20 Nov",
            "32.07.2026",
            "",
            "2026-13-01",
            "45848",
            "1795620225",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_browsers_number_is_no_part_of_the_name_and_the_higher_is_later() {
        let date = |name: &str| {
            issued(Path::new(name), 10, |text| !text.contains(' ') && text.parse::<NaiveDate>().is_ok())
        };
        for (name, expected) in [
            ("usage-7d-2026-11-20-2.csv", "2026-11-20#000000002"),
            ("usage-7d-2026-11-20 2.csv", "2026-11-20#000000002"),
            ("usage-7d-2026-11-20(2).csv.gz", "2026-11-20#000000002"),
            ("usage-7d-2026-11-20-by-user.csv", "2026-11-20"),
            ("usage-7d-2026-11-20-.csv", "2026-11-20"),
        ] {
            assert_eq!(date(name), expected, "{name}");
        }
        let names = [
            "usage.csv",
            "usage (1).csv",
            "usage-7d-2026-11-20.csv",
            "usage-7d-2026-11-20 (1).csv",
            "usage-7d-2026-11-20(2).csv",
            "usage-7d-2026-11-20 (10).csv.gz",
            "usage-7d-by-user-2026-11-21.csv",
        ];
        let stamps = names.map(date);
        assert!(
            stamps.is_sorted()
                && stamps.iter().all(|stamp| stamps.iter().filter(|other| *other == stamp).count() == 1),
            "{stamps:?}"
        );
        assert_eq!((stamps[2].as_str(), stamps[0].as_str()), ("2026-11-20", ""));
    }
}
