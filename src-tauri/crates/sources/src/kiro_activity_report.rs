//! Kiro's user activity report: what each user of an organisation used on each day (`interfaces.md` §3.1).
//!
//! One CSV file a day and client, one row a user. Columns are known by their names, whatever their order;
//! newer files have more of them. An export may come again: of the same user, day, client and profile the
//! newest counts.

use crate::bounded::{Row, Table};
use crate::moments;
use crate::number;
use crate::table_file::{self, BadRows, Counter, FileKind, ReadError, Watching, column};
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::{Credits, Saying, say};
use std::collections::HashSet;
use std::mem;
use std::path::{Path, PathBuf};
use std::str;
use std::sync::Arc;

const WHAT: FileKind = FileKind::KiroActivityReport;
/// What a text that is kept once takes beside its letters.
const BYTES_A_TEXT: usize = 48;

/// What a user used on a day with a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityRow {
    /// The day, UTC.
    pub date: NaiveDate,
    /// The user's id.
    pub user: Arc<str>,
    /// The client, such as `KIRO_CLI`.
    pub client: Arc<str>,
    /// The profile's ARN; empty where the file has none.
    pub profile: Arc<str>,
    /// The tier, lower case with hyphens, such as `pro-plus`; none where it isn't said.
    pub tier: Option<Arc<str>>,
    /// Credits, rounded to 0.01; none where they can't be read.
    pub credits: Option<Credits>,
    /// Whether the profile allows overage.
    pub overage_enabled: Option<bool>,
    /// The user's address, in newer files.
    pub email: Option<Arc<str>>,
    /// When it was exported: `YYYYMMDDhhmm`; empty where the file's name doesn't say.
    pub issued: Arc<str>,
}

/// Everything in a folder of reports, each row once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActivityReport {
    /// By day, user, client and profile.
    pub rows: Vec<ActivityRow>,
    /// Files that were read.
    pub files: u32,
    /// Rows that were read.
    pub read: u64,
    /// Rows that a newer export replaced.
    pub replaced: u64,
    /// Rows that could not be read.
    pub bad: BadRows,
    /// Files of another kind, which were left out.
    pub other_files: Vec<PathBuf>,
}

/// Reads a file, or every report in a folder and the folders in it.
pub fn read(path: &Path, watching: Watching<'_>) -> Result<ActivityReport, ReadError> {
    let files = table_file::files(path, &[".csv"], WHAT)?;
    let single = path.is_file();
    let mut report = ActivityReport::default();
    let mut counter = Counter::new(&files, watching);
    let mut texts = Texts::default();
    for file in files {
        match rows(&file, &mut counter, &mut texts, &mut report) {
            Ok(()) => report.files = report.files.saturating_add(1),
            Err(ReadError::AnotherKind { path, .. }) if !single => report.other_files.push(path),
            Err(error) => return Err(error),
        }
    }
    if report.files == 0 {
        return Err(ReadError::Nothing { path: path.to_owned(), what: WHAT });
    }
    report.read = counter.count();
    keep_newest(&mut report);
    Ok(report)
}

/// Leaves the newest of each user, day, client and profile. Early files name no profile: a row of one that
/// does takes the place of theirs.
fn keep_newest(report: &mut ActivityReport) {
    let before = report.rows.len();
    // Sorting keeps the order of files, so that of equal exports the last read is the newest.
    report.rows.sort_by(|one, other| {
        (one.date, &one.user, &one.client, &other.profile, &one.issued).cmp(&(
            other.date,
            &other.user,
            &other.client,
            &one.profile,
            &other.issued,
        ))
    });
    // In place: there may be a million.
    report.rows.dedup_by(|row, last| {
        let same = (last.date, &last.user, &last.client) == (row.date, &row.user, &row.client);
        if same && last.profile == row.profile {
            mem::swap(last, row);
            return true;
        }
        same && row.profile.is_empty()
    });
    report.replaced = u64::try_from(before.saturating_sub(report.rows.len())).unwrap_or(u64::MAX);
}

/// Texts that stand in many rows, each kept once.
#[derive(Default)]
struct Texts {
    kept: HashSet<Arc<str>>,
    /// Bytes that those take which came since somebody asked.
    more: usize,
}

/// What the row before had: most rows of a file have the same client, profile and tier.
#[derive(Default)]
struct Before {
    client: Arc<str>,
    profile: Arc<str>,
    /// The tier as it is written, and as it is kept.
    tier: (String, Arc<str>),
    date: (String, NaiveDate),
}

impl Texts {
    /// The same with a look at what was kept last.
    fn keep_after(&mut self, text: &str, before: &mut Arc<str>) -> Arc<str> {
        if **before != *text {
            *before = self.keep(text);
        }
        Arc::clone(before)
    }

    fn keep(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.kept.get(text) {
            return Arc::clone(known);
        }
        self.more = self.more.saturating_add(text.len()).saturating_add(BYTES_A_TEXT);
        let text: Arc<str> = text.into();
        self.kept.insert(Arc::clone(&text));
        text
    }

    /// How many bytes more are taken than when this was asked last.
    fn more(&mut self) -> usize {
        mem::take(&mut self.more)
    }
}

/// The end of the file's name says when it was exported: `…_user_report_202607110200.csv`. A file of
/// another name is older than every such.
fn export_time(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let time = stem.rsplit('_').next().unwrap_or_default();
    let is_time = time.len() == 12 && time.bytes().all(|byte| byte.is_ascii_digit());
    if is_time { time.to_owned() } else { String::new() }
}

/// Where the columns are that are needed.
struct Columns {
    date: usize,
    user: usize,
    credits: usize,
    client: Option<usize>,
    profile: Option<usize>,
    tier: Option<usize>,
    overage_enabled: Option<usize>,
    email: Option<usize>,
}

fn columns(header: &ByteRecord) -> Result<Columns, Saying> {
    let find = |name: &str| column(header, name);
    let needed = |column: &str| find(column).ok_or_else(|| say!("no-column", column));
    Ok(Columns {
        date: needed("Date")?,
        user: needed("UserId")?,
        credits: needed("Credits_Used")?,
        client: find("Client_Type"),
        profile: find("ProfileId"),
        tier: find("Subscription_Tier"),
        overage_enabled: find("Overage_Enabled"),
        email: find("User_Email"),
    })
}

fn rows(
    file: &Path,
    counter: &mut Counter<'_>,
    texts: &mut Texts,
    report: &mut ActivityReport,
) -> Result<(), ReadError> {
    let broken = |error| ReadError::broken(file, &error);
    let another = |reason: Saying| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let mut table = Table::open(file).map_err(broken)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let columns = columns(&header).map_err(another)?;
    let issued = texts.keep(&export_time(file));
    let mut record = ByteRecord::new();
    let mut before = Before::default();
    loop {
        let line = table.line();
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match row(&record, &columns, texts, &mut before, &issued) {
                Ok(row) => {
                    report.rows.push(row);
                    counter.keeps(file, size_of::<ActivityRow>().saturating_add(texts.more()))?;
                }
                Err(reason) => {
                    report.bad.add(file, line, reason);
                    counter.keeps(file, texts.more())?;
                }
            },
            Row::Bad(reason) => report.bad.add(file, line, reason),
        }
        counter.rows(1, table.bytes())?;
    }
    counter.file(file)
}

fn row(
    record: &ByteRecord,
    columns: &Columns,
    texts: &mut Texts,
    before: &mut Before,
    issued: &Arc<str>,
) -> Result<ActivityRow, Saying> {
    let at = |column: usize| {
        let bytes = record.get(column).unwrap_or_default().trim_ascii();
        str::from_utf8(bytes).map_err(|_| say!("not-text"))
    };
    let optional = |column: Option<usize>| match column {
        None => Ok(None),
        Some(column) => at(column).map(|text| (!text.is_empty()).then_some(text)),
    };
    let date = at(columns.date)?;
    let user = at(columns.user)?;
    if user.is_empty() {
        return Err(say!("field-empty", field = "UserId"));
    }
    let amount = at(columns.credits)?;
    let credits = number::exact(amount).filter(|amount| !amount.is_sign_negative());
    if credits.is_none() && !amount.is_empty() {
        return Err(say!("not-credits", field = "Credits_Used", text = amount));
    }
    let tier = optional(columns.tier)?;
    if let Some(tier) = tier.filter(|tier| before.tier.0 != *tier) {
        let kept = texts.keep(&tier.to_ascii_lowercase().replace(['_', ' '], "-"));
        before.tier = (tier.to_owned(), kept);
    }
    if before.date.0 != date {
        let read = moments::day(date).ok_or_else(|| say!("not-a-date", field = "Date", text = date))?;
        before.date = (date.to_owned(), read);
    }
    Ok(ActivityRow {
        date: before.date.1,
        user: texts.keep(user),
        client: texts.keep_after(optional(columns.client)?.unwrap_or_default(), &mut before.client),
        profile: texts.keep_after(optional(columns.profile)?.unwrap_or_default(), &mut before.profile),
        tier: tier.map(|_| Arc::clone(&before.tier.1)),
        credits: credits.and_then(number::hundredths).map(Credits::from_hundredths),
        overage_enabled: optional(columns.overage_enabled)?.and_then(|text| match text {
            "true" | "TRUE" | "True" => Some(true),
            "false" | "FALSE" | "False" => Some(false),
            _ => None,
        }),
        email: optional(columns.email)?.map(|email| texts.keep(email)),
        issued: Arc::clone(issued),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages,New_User,User_Email,Usage_Limit,auto_messages";

    fn try_text(text: &str) -> Result<ActivityReport, ReadError> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("report.csv");
        std::fs::write(&file, text).expect("written");
        read(&file, &table_file::unwatched)
    }

    fn read_text(text: &str) -> (Vec<ActivityRow>, Vec<table_file::BadRow>) {
        let report = try_text(text).expect("a report");
        (report.rows, report.bad.listed)
    }

    #[test]
    fn two_profiles_are_two_rows_and_a_profile_takes_the_place_of_none() {
        let header = "Date,UserId,Client_Type,ProfileId,Credits_Used";
        let (rows, _) = read_text(&format!(
            "{header}\n2026-07-10,u,CLI,p1,1\n2026-07-10,u,CLI,p2,2\n2026-07-10,u,CLI,,3\n2026-07-10,u,CLI,p1,4\n"
        ));
        let kept: Vec<_> = rows
            .iter()
            .map(|row| (row.profile.as_ref(), row.credits.map(|credits| credits.to_string())))
            .collect();
        assert_eq!(kept, [("p2", Some("2.00".to_owned())), ("p1", Some("4.00".to_owned()))]);
    }

    #[test]
    fn the_recorded_row_is_read_by_its_columns_names() {
        let row = r#"2026-07-10,"215bb5b0-1",KIRO_CLI,8,114.45787414391377,2500.0,0.0,false,"arn:aws:codewhisperer:us-east-1:369434902231:profile/UV4C4VUDDGRU",PRO_MAX,131,false,"x@y",8,123"#;
        let (rows, bad) = read_text(&format!("{HEADER}\n{row}\n"));
        assert_eq!((rows.len(), bad.len()), (1, 0));
        assert_eq!(rows[0].credits.map(|credits| credits.to_string()).as_deref(), Some("114.46"));
        assert_eq!((rows[0].tier.as_deref(), rows[0].overage_enabled), (Some("pro-max"), Some(false)));
        assert!(rows[0].profile.ends_with("profile/UV4C4VUDDGRU"));
        // Fewer columns in another order and case: an early file.
        let (rows, _) = read_text("credits_used,DATE,userid\n0.5,2026-02-01,d-1.u\n");
        assert_eq!(
            (rows[0].user.as_ref(), rows[0].tier.as_deref(), rows[0].overage_enabled),
            ("d-1.u", None, None)
        );
    }

    #[test]
    fn bad_rows_are_counted_with_their_lines_and_nothing_becomes_zero() {
        let text = "Date,UserId,Credits_Used\n2026-07-10,a,1\n10/07/2026,b,1\n2026-07-10,,1\n2026-07-10,c,many\n2026-07-10,d,-1\n2026-07-10,e,\n";
        let (rows, bad) = read_text(text);
        let lines: Vec<_> = bad.into_iter().map(|row| (row.line, row.reason)).collect();
        let not_credits = |text: &str| say!("not-credits", field = "Credits_Used", text);
        assert_eq!(
            lines,
            [
                (3, say!("not-a-date", field = "Date", text = "10/07/2026")),
                (4, say!("field-empty", field = "UserId")),
                (5, not_credits("many")),
                (6, not_credits("-1")),
            ]
        );
        assert_eq!(
            rows.iter().map(|row| row.credits.is_some()).collect::<Vec<_>>(),
            [true, false],
            "empty is unknown"
        );
    }

    #[test]
    fn another_file_is_refused_by_what_it_lacks() {
        let refused = |text: &str| try_text(text).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(
            refused("a,b\n1,2\n").contains("reason: no-column(column: Date), what: kiro-activity-report")
        );
        assert!(
            refused("Date,UserId,Chat_AICodeLines\n01-31-2026,u,3\n")
                .contains("no-column(column: Credits_Used)")
        );
        assert!(refused("").contains("no-column(column: Date)"));
    }
}
