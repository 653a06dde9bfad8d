//! Of which days an export tells: as its name says what was chosen on Kilo's page, `usage-30d-by-user-2026-11-20.csv`, else
//! from the first of its rows to the last. Days without spending have no row.

use chrono::{Days, NaiveDate};
use std::path::Path;

/// The page shows so many rows at most, and exports what it shows; asked otherwise its service gives ten times as many.
const MOST_ROWS: [u64; 2] = [1_000, 10_000];

/// Days that an export tells all of (F6); none where the last comes before the first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Covered {
    /// When it was exported, by the file's name.
    pub issued: String,
    /// The first of them.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

/// How far the rows of a file reach.
#[derive(Default)]
pub(super) struct Reach {
    /// The first day and the last; none without rows.
    days: Option<(NaiveDate, NaiveDate)>,
    pub rows: u64,
}

/// What a file tells of.
pub(super) struct Told {
    pub covered: Option<Covered>,
    /// A day of which it tells a part: its first one, where its rows begin in the middle of that.
    pub part: Option<NaiveDate>,
}

/// What was chosen on the page: the first whole day, the last, and the day within which it begins. The day of the export wasn't
/// over yet.
fn chosen(file: &Path, exported_on: NaiveDate) -> Option<(NaiveDate, NaiveDate, Option<NaiveDate>)> {
    let name = file.file_name()?.to_str()?.to_lowercase();
    let (_, rest) = name.split_once("usage-")?;
    let (period, _) = rest.split_once('-')?;
    let before = |days: u64| exported_on.checked_sub_days(Days::new(days));
    let yesterday = before(1)?;
    match period {
        "today" => Some((exported_on, yesterday, None)),
        "yesterday" => Some((yesterday, yesterday, None)),
        // It begins seven days before, to the second.
        "7d" => Some((before(6)?, yesterday, before(7))),
        "30d" => Some((before(30)?, yesterday, None)),
        "1y" => Some((before(364)?, yesterday, None)),
        _ => None,
    }
}

impl Reach {
    pub(super) fn day(&mut self, date: NaiveDate) {
        let (first, last) = self.days.unwrap_or((date, date));
        self.days = Some((first.min(date), last.max(date)));
    }

    /// Whether it may be a part of what there was: as many rows as are given at once.
    pub(super) fn may_be_cut(&self) -> bool {
        MOST_ROWS.contains(&self.rows)
    }

    /// What a file with these rows tells of. A name that its rows belie says nothing.
    pub(super) fn told(&self, file: &Path, issued: &str) -> Told {
        let Some((first_row, last_row)) = self.days else { return Told { covered: None, part: None } };
        let (mut first, mut last, mut part) = (first_row, last_row, None);
        let exported_on = issued.get(..10).and_then(|day| day.parse().ok());
        if self.may_be_cut() {
            // Nobody knows which rows are missing: of the first day some may be, and of all before.
            (first, part) = (first_row.succ_opt().unwrap_or(first_row), Some(first_row));
        } else if let Some((begins, ends, begins_within)) = exported_on.and_then(|day| chosen(file, day)) {
            part = begins_within.filter(|day| *day == first_row);
            let rows_begin = part.and_then(|part| part.succ_opt()).unwrap_or(first_row);
            let is_of_its_day = exported_on == Some(last_row);
            (first, last) = (begins.min(rows_begin), if is_of_its_day { ends } else { ends.max(last_row) });
        }
        Told { covered: Some(Covered { issued: issued.to_owned(), first, last }), part }
    }
}
