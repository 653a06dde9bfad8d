//! Kiro's user activity report: what each user of an organisation used on each day (`interfaces.md` §3.1).
//!
//! One CSV file a day and client, one row a user. Columns are known by their names, whatever their order;
//! newer files have more of them. An export may come again: of the same user, day and client the newest
//! counts.

use crate::number;
use chrono::NaiveDate;
use headroom_billing::Credits;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What a user used on a day with a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityRow {
    /// The day, UTC.
    pub date: NaiveDate,
    /// The user's id.
    pub user: String,
    /// The client, such as `KIRO_CLI`.
    pub client: String,
    /// The profile's ARN; empty where the file has none.
    pub profile: String,
    /// The tier, lower case with hyphens, such as `pro-plus`; none where it isn't said.
    pub tier: Option<String>,
    /// Credits, rounded to 0.01; none where they can't be read.
    pub credits: Option<Credits>,
    /// Whether the profile allows overage.
    pub overage_enabled: Option<bool>,
}

/// A row that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// The file.
    pub file: PathBuf,
    /// Its line, counted from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Everything in a folder of reports, each row once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActivityReport {
    /// By day, user and client.
    pub rows: Vec<ActivityRow>,
    /// Files that were read.
    pub files: u32,
    /// Rows that a newer export replaced.
    pub replaced: u32,
    /// Rows that could not be read.
    pub bad: Vec<BadRow>,
    /// Files of another kind, which were left out.
    pub other_files: Vec<PathBuf>,
}

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file or folder.
    #[error("{}: can't be read: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// One file, of another kind.
    #[error("{}: is no Kiro user activity report: its first line has no column {missing}", path.display())]
    NotAReport {
        /// Which.
        path: PathBuf,
        /// The first column that is missing.
        missing: &'static str,
    },
    /// A folder without any.
    #[error("{}: holds no user activity reports (*.csv)", path.display())]
    NoReports {
        /// Which.
        path: PathBuf,
    },
}

/// Reads a file, or every report in a folder and the folders in it.
pub fn read(path: &Path) -> Result<ActivityReport, ReportError> {
    let unreadable = |reason| ReportError::Unreadable { path: path.to_owned(), reason };
    let is_folder = fs::metadata(path).map_err(unreadable)?.is_dir();
    let mut files = Vec::new();
    if is_folder {
        collect(path, &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let mut report = ActivityReport::default();
    let mut newest: BTreeMap<(NaiveDate, String, String), (String, ActivityRow)> = BTreeMap::new();
    for file in files {
        let opened =
            File::open(&file).map_err(|reason| ReportError::Unreadable { path: file.clone(), reason })?;
        let rows = match rows(opened, &file, &mut report.bad) {
            Ok(rows) => rows,
            Err(ReportError::NotAReport { .. }) if is_folder => {
                report.other_files.push(file);
                continue;
            }
            Err(error) => return Err(error),
        };
        report.files = report.files.saturating_add(1);
        let exported = export_time(&file);
        for row in rows {
            let key = (row.date, row.user.clone(), row.client.clone());
            match newest.get(&key) {
                Some((known, _)) if *known > exported => {
                    report.replaced = report.replaced.saturating_add(1);
                    continue;
                }
                Some(_) => report.replaced = report.replaced.saturating_add(1),
                None => {}
            }
            newest.insert(key, (exported.clone(), row));
        }
    }
    if report.files == 0 {
        return Err(ReportError::NoReports { path: path.to_owned() });
    }
    report.rows = newest.into_values().map(|(_, row)| row).collect();
    Ok(report)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), ReportError> {
    let unreadable = |reason| ReportError::Unreadable { path: folder.to_owned(), reason };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            files.push(path);
        }
    }
    Ok(())
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
}

fn columns(header: &csv::StringRecord) -> Result<Columns, &'static str> {
    let find = |name: &str| {
        header
            .iter()
            .position(|column| column.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
    };
    Ok(Columns {
        date: find("Date").ok_or("Date")?,
        user: find("UserId").ok_or("UserId")?,
        credits: find("Credits_Used").ok_or("Credits_Used")?,
        client: find("Client_Type"),
        profile: find("ProfileId"),
        tier: find("Subscription_Tier"),
        overage_enabled: find("Overage_Enabled"),
    })
}

fn rows(input: impl Read, file: &Path, bad: &mut Vec<BadRow>) -> Result<Vec<ActivityRow>, ReportError> {
    let not_a_report = |missing| ReportError::NotAReport { path: file.to_owned(), missing };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map_err(|_| not_a_report("Date"))?.clone();
    let columns = columns(&header).map_err(not_a_report)?;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let spoiled = |reason: String| BadRow { file: file.to_owned(), line, reason };
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(rows),
            Ok(true) => match row(&record, &columns) {
                Ok(row) => rows.push(row),
                Err(reason) => bad.push(spoiled(reason)),
            },
            Err(error) if error.is_io_error() => {
                let reason = io::Error::other(error);
                return Err(ReportError::Unreadable { path: file.to_owned(), reason });
            }
            Err(error) => bad.push(spoiled(error.to_string())),
        }
    }
}

fn row(record: &csv::StringRecord, columns: &Columns) -> Result<ActivityRow, String> {
    let at = |column: usize| record.get(column).map(str::trim).unwrap_or_default();
    let optional = |column: Option<usize>| column.map(at).filter(|text| !text.is_empty());
    let date = at(columns.date);
    let user = at(columns.user);
    if user.is_empty() {
        return Err("UserId is empty".to_owned());
    }
    let amount = at(columns.credits);
    let credits = number::exact(amount).filter(|amount| !amount.is_sign_negative());
    if credits.is_none() && !amount.is_empty() {
        return Err(format!("Credits_Used: \"{amount}\" is no number of credits"));
    }
    Ok(ActivityRow {
        date: date.parse().map_err(|_| format!("Date: \"{date}\" is no date such as 2026-07-10"))?,
        user: user.to_owned(),
        client: optional(columns.client).unwrap_or_default().to_owned(),
        profile: optional(columns.profile).unwrap_or_default().to_owned(),
        tier: optional(columns.tier).map(|tier| tier.to_ascii_lowercase().replace(['_', ' '], "-")),
        credits: credits.and_then(number::hundredths).map(Credits::from_hundredths),
        overage_enabled: optional(columns.overage_enabled).and_then(|text| match text {
            "true" | "TRUE" | "True" => Some(true),
            "false" | "FALSE" | "False" => Some(false),
            _ => None,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages,New_User,User_Email,Usage_Limit,auto_messages";

    fn read_text(text: &str) -> (Vec<ActivityRow>, Vec<BadRow>) {
        let mut bad = Vec::new();
        let rows = rows(text.as_bytes(), Path::new("report.csv"), &mut bad).expect("a report");
        (rows, bad)
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
            (rows[0].user.as_str(), rows[0].tier.as_deref(), rows[0].overage_enabled),
            ("d-1.u", None, None)
        );
    }

    #[test]
    fn bad_rows_are_counted_with_their_lines_and_nothing_becomes_zero() {
        let text = "Date,UserId,Credits_Used\n2026-07-10,a,1\n10/07/2026,b,1\n2026-07-10,,1\n2026-07-10,c,many\n2026-07-10,d,-1\n2026-07-10,e,\n";
        let (rows, bad) = read_text(text);
        let lines: Vec<_> = bad.iter().map(|row| (row.line, row.reason.as_str())).collect();
        assert_eq!(
            lines,
            [
                (3, "Date: \"10/07/2026\" is no date such as 2026-07-10"),
                (4, "UserId is empty"),
                (5, "Credits_Used: \"many\" is no number of credits"),
                (6, "Credits_Used: \"-1\" is no number of credits"),
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
        let refused = |text: &str| {
            rows(text.as_bytes(), Path::new("x.csv"), &mut Vec::new())
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default()
        };
        assert!(
            refused("a,b\n1,2\n")
                .contains("is no Kiro user activity report: its first line has no column Date")
        );
        assert!(refused("Date,UserId,Chat_AICodeLines\n01-31-2026,u,3\n").contains("no column Credits_Used"));
        assert!(refused("").contains("no column Date"));
    }
}
