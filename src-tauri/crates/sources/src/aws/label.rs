//! What a file's name and the folders around it say of the issue that it is of.

use super::issue::Issue;
use super::key::month_of;
use crate::files::names::is_uuid;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use std::path::{Path, PathBuf};

/// How many folders above a file are looked at.
const FOLDERS: usize = 6;

/// What a path says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Label {
    /// Where the issue lies: the folder of its own, else the file.
    pub from: PathBuf,
    /// The export, where a folder has the name that its files have.
    pub export: Option<String>,
    /// Where issues of the same export lie side by side.
    pub family: String,
    /// When it was issued: seconds since 1970 and nanoseconds.
    pub at: Option<(i64, u32)>,
    /// Files of which this is equal are of one issue, wherever they lie.
    pub same: String,
    /// Whether the path itself names the issue.
    pub is_named: bool,
    /// Whether its parts are numbered as AWS numbers them, from 1 on: the number of a file that somebody named can be anything's.
    pub is_numbered: bool,
    /// The file's name, taken apart.
    pub name: Name,
}

/// A file's name, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// Without what follows.
    pub stem: String,
    /// Which part of an issue.
    pub part: Option<u32>,
    /// What a browser counted and how it is packed: a copy differs in these.
    pub copy: String,
}

/// The endings that say how a file is packed.
const ENDINGS: [&str; 6] = [".gz", ".zip", ".csv", ".snappy", ".parquet", ".txt"];

/// ` (1)` at the end of a text.
fn without_number(text: &str) -> Option<(&str, &str)> {
    let (before, number) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (before.trim_end(), number))
}

impl Name {
    /// A name in small letters without what a copy differs in, and that.
    pub fn without_endings(name: &str) -> (String, String) {
        let mut rest = name.to_ascii_lowercase();
        let mut copy = String::new();
        loop {
            if let Some(ending) = ENDINGS.into_iter().find(|ending| rest.ends_with(ending)) {
                rest.truncate(rest.len().saturating_sub(ending.len()));
                copy.push_str(ending);
            } else if let Some((before, number)) = without_number(&rest) {
                copy.push_str(number);
                copy.push('/');
                rest.truncate(before.len());
            } else {
                return (rest, copy);
            }
        }
    }

    pub fn of(name: &str) -> Self {
        let (rest, copy) = Self::without_endings(name);
        let (stem, part) = match rest.rsplit_once('-') {
            Some((stem, part)) if is_part(stem, part) => (stem.to_owned(), part.parse().ok()),
            _ => (rest, None),
        };
        Self { stem, part, copy }
    }
}

/// Whether a name ends with a part's number in AWS's five digits. One that doesn't begin with a zero may be an invoice's.
fn has_five_digits(name: &str) -> bool {
    let (rest, _) = Name::without_endings(name);
    rest.rsplit_once('-').is_some_and(|(_, digits)| digits.len() == 5 && digits.starts_with('0'))
}

/// Whether digits at the end of a name count the parts of an issue; those of a date don't.
fn is_part(stem: &str, digits: &str) -> bool {
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let year = |text: &str| text.rsplit(|letter: char| !letter.is_ascii_digit()).next().map(str::len);
    // `2026-11` and `2026-11-03` at the end.
    let of_date = digits.len() == 2
        && (year(stem) == Some(4)
            || stem.rsplit_once('-').is_some_and(|(before, month)| {
                month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit()) && year(before) == Some(4)
            }));
    is_number && !is_year && !of_date
}

/// So many digits at the beginning, and what follows.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// What follows a sign that may stand between two numbers.
fn skip<'t>(text: &'t str, signs: &[char]) -> &'t str {
    text.strip_prefix(signs).unwrap_or(text)
}

/// A moment at the beginning of a text, however its parts are separated: `2026-11-25T04:10:31.120Z`,
/// `20261125T041031Z`, `2026-10-20T040000Z`; and what follows it.
fn moment(text: &str) -> Option<((i64, u32), &str)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(skip(rest, &['-']), 2)?;
    let (day, rest) = digits(skip(rest, &['-']), 2)?;
    let rest = rest.strip_prefix(['T', 't', '_', ' '])?;
    let between = [':', '-', '_', '.'];
    let (hour, rest) = digits(rest, 2)?;
    let (minute, rest) = digits(skip(rest, &between), 2)?;
    let (second, mut rest) = digits(skip(rest, &between), 2)?;
    let mut nanoseconds = 0_u32;
    if let Some(fraction) = rest.strip_prefix(['.', '_', ',']) {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count().min(9);
        if let Some((value, after)) = digits(fraction, length).filter(|_| length > 0) {
            let scale = 10_u32.checked_pow(9_u32.checked_sub(u32::try_from(length).ok()?)?)?;
            nanoseconds = value.checked_mul(scale)?;
            rest = after;
        }
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let at: DateTime<Utc> = NaiveDateTime::new(date, time).and_utc();
    Some(((at.timestamp(), nanoseconds), skip(rest, &['Z', 'z'])))
}

/// The first moment in a name, with what stands around it.
pub(super) fn moment_in(name: &str) -> Option<((i64, u32), String)> {
    let begins = name.char_indices().map(|(place, _)| place);
    begins.filter_map(|place| name.split_at_checked(place)).find_map(|(before, text)| {
        let after_digit = before.ends_with(|letter: char| letter.is_ascii_digit());
        let (at, after) = moment(text).filter(|_| !after_digit)?;
        Some((at, format!("{before}{after}")))
    })
}

/// Whether a folder is a legacy report's month: `20261101-20261201`.
pub(super) fn is_period(name: &str) -> bool {
    let is_day = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    name.split_once('-').is_some_and(|(from, to)| is_day(from) && is_day(to))
}

/// Whether a folder is a month of an export, of either generation: AWS alone names files in it.
fn is_month(folder: &str) -> bool {
    is_period(folder) || folder.to_ascii_lowercase().starts_with("billing_period=")
}

fn text(path: Option<&Path>) -> String {
    path.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A folder's or file's own name.
pub(super) fn own(path: Option<&Path>) -> String {
    path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Label {
    /// What a path says.
    pub fn of(path: &Path) -> Self {
        let folder = path.parent();
        let above = folder.and_then(Path::parent);
        let (of_file, of_folder) = (own(Some(path)), own(folder));
        let name = Name::of(&of_file);
        let is_stem = |folder: &&Path| own(Some(folder)).eq_ignore_ascii_case(&name.stem);
        let export = path.ancestors().skip(1).take(FOLDERS).find(is_stem).map(|_| name.stem.clone());
        let is_numbered = has_five_digits(&of_file) || is_month(&of_folder) || is_month(&own(above));
        let named = |from: &Path, family: String, at, same: String| Self {
            from: from.to_owned(),
            export: export.clone(),
            family,
            at,
            same,
            is_named: true,
            is_numbered,
            name: name.clone(),
        };
        if let Some((folder, (at, _))) = folder.zip(moment_in(&of_folder)) {
            let same = format!("time {} {}", of_folder.to_ascii_lowercase(), name.stem);
            return named(folder, text(above), Some(at), same);
        }
        if let Some(folder) = folder.filter(|_| is_uuid(&of_folder) && is_period(&own(above))) {
            let same = format!("assembly {}", of_folder.to_ascii_lowercase());
            return named(folder, text(above), None, same);
        }
        if let Some((at, around)) = moment_in(&of_file) {
            let around = Name::of(&around).stem;
            let same = format!("file {at:?} {around}");
            return named(path, format!("{}/{around}", text(folder)), Some(at), same);
        }
        let family = format!("{}/{}", text(folder), name.stem);
        let same = format!("place {family}");
        Self { is_named: false, ..named(path, family, None, same) }
    }

    /// Whether it is of an issue that comes after another of the same export's month.
    pub fn is_later_than(&self, issue: &Issue) -> bool {
        is_month(&own(Some(Path::new(&self.family))))
            && self.family == issue.family
            && self.at.zip(issue.at).is_some_and(|(at, earlier)| at > earlier)
    }

    /// The first day of the month that the folders around it name; none where they name none.
    pub fn month(&self) -> Option<NaiveDate> {
        let names = self.from.ancestors().map(|folder| own(Some(folder)));
        names.take(FOLDERS).filter(|name| is_month(name)).find_map(|name| {
            let text = name.rsplit('=').next().unwrap_or_default();
            let (year, rest) = text.split_at_checked(4)?;
            month_of(&format!("{year}-{}", skip(rest, &['-']).get(..2)?))
        })
    }

    /// What the paths of a file say that is the only one of a ZIP. It is called as the ZIP is, unless its own path within says which
    /// issue it is of, or which part, and the ZIP's doesn't.
    pub fn of_the_only_one(holder: &Path, named: &Path) -> Self {
        let (of_holder, within) = (Self::of(holder), Self::of(named));
        if of_holder.is_named || of_holder.name.part.is_some() {
            return of_holder;
        }
        if within.is_named {
            return within;
        }
        if within.name.part.is_none() {
            return of_holder;
        }
        // It lies where the ZIP does, and is a copy of what has its name there.
        let beside = Self::of(&holder.with_file_name(own(Some(named))));
        let copy = format!("{}{}/{}", beside.name.copy, of_holder.name.stem, of_holder.name.copy);
        Self { from: of_holder.from, name: Name { copy, ..beside.name }, ..beside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_every_form_it_is_written_in() {
        let second = |text| moment_in(text).map(|((seconds, _), _)| seconds);
        for name in [
            "2026-11-25T04:10:31.120Z-3695a728-0000-4000-8000-000000000000",
            "20261125T041031Z",
            "20261125T041031Z-3695a728",
            "kiro-20261125T041031Z-00001.csv.gz",
            "2026-11-25T041031Z-aaaa",
            "2026-11-25T04_10_31.120Z-3695a728",
            "2026-11-25 04-10-31",
        ] {
            assert_eq!(second(name), Some(1_795_579_831), "{name}");
        }
        for name in
            ["20261101-20261201", "BILLING_PERIOD=2026-11", "kiro-00001.csv", "2026-13-25T041031Z", ""]
        {
            assert_eq!(second(name), None, "{name}");
        }
        let early = moment_in("2026-11-25T04:10:31.12Z").expect("a moment").0;
        assert_eq!(early, (1_795_579_831, 120_000_000));
    }

    #[test]
    fn a_name_is_taken_apart() {
        for (name, stem, part, copy) in [
            ("cur-00001.csv", "cur", Some(1), ".csv"),
            ("cur-00001 (1).csv", "cur", Some(1), ".csv1/"),
            ("cur-00001.csv (2).gz", "cur", Some(1), ".gz2/.csv"),
            ("kiro-2.csv.zip", "kiro", Some(2), ".zip.csv"),
            ("Kiro-cur-00001.snappy.parquet", "kiro-cur", Some(1), ".parquet.snappy"),
            ("october-2026.csv", "october-2026", None, ".csv"),
            ("kiro-2026-10.csv", "kiro-2026-10", None, ".csv"),
            ("kiro-2026-11-03.csv", "kiro-2026-11-03", None, ".csv"),
            ("cur2.csv", "cur2", None, ".csv"),
            ("bill", "bill", None, ""),
        ] {
            let (stem, copy) = (stem.to_owned(), copy.to_owned());
            assert_eq!(Name::of(name), Name { stem, part, copy }, "{name}");
        }
    }

    #[test]
    fn folders_say_the_export_and_the_issue() {
        let at = |path: &str| Label::of(Path::new(path));
        let new = at("/b/kiro/data/BILLING_PERIOD=2026-11/2026-11-25T04:10:31.120Z-36/kiro-00001.csv.gz");
        assert_eq!(new.export.as_deref(), Some("kiro"));
        assert!(new.is_named && new.family.ends_with("BILLING_PERIOD=2026-11"), "{new:?}");
        let elsewhere = at("/copy/2026-11-25T04:10:31.120Z-36/kiro-00002.csv");
        let month = new.month();
        assert_eq!((elsewhere.same, elsewhere.export), (new.same, None));
        let old = at("/b/kiro/20261101-20261201/5d2c0000-0000-4000-8000-000000000000/kiro-1.csv.gz");
        assert_eq!((old.at, old.is_named, old.export.as_deref()), (None, true, Some("kiro")));
        for month in [month, old.month()] {
            assert_eq!(month, NaiveDate::from_ymd_opt(2026, 11, 1));
        }
        let plain = at("/downloads/cur-00001 (1).csv");
        assert_eq!(plain.month(), None);
        assert_eq!((plain.at, plain.is_named, plain.export), (None, false, None));
        assert_eq!(plain.same, at("/downloads/cur-00002.csv").same);
    }
}
