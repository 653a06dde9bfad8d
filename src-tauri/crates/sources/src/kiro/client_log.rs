//! The IDE's log of what it asked Kiro: whole answers of `GetUsageLimits` (`interfaces.md` §2.3 C).
//!
//! Its times are those of the machine's zone without saying which. How far that is from UTC follows from when
//! the file was last written, which is when its last line was.

use crate::files::bounded::{self, Lines};
use crate::kiro::limits;
use crate::observation::LimitsSnapshot;
use crate::wire::moments;
use chrono::{DateTime, NaiveDateTime, Utc};
use headroom_exact::Moment;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Zones differ from UTC by whole quarters of an hour.
const QUARTER: i64 = 900;
/// The last line is written so soon before the file's time, in seconds.
const SOON: i64 = 120;
/// So much of a log's end is looked at, in bytes: the IDE begins another long before.
const LONGEST_END: u64 = 64 * 1024 * 1024;

/// An answer that was logged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoggedLimits {
    /// When.
    pub at: Moment,
    /// What it says.
    pub limits: LimitsSnapshot,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    command_name: Option<String>,
    #[serde(borrow)]
    output: Option<&'a RawValue>,
}

/// The logs of the IDE's newest starts: `logs/<start>/window*/exthost/kiro.kiroAgent/q-client.log`, with the
/// older parts beside them.
pub fn files(ide: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let folders = |path: PathBuf| {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir())
    };
    for start in folders(ide.join("logs")) {
        for window in folders(start) {
            let place = window.join("exthost").join("kiro.kiroAgent");
            let logs = fs::read_dir(place).into_iter().flatten().flatten().map(|entry| entry.path());
            let is_log = |path: &PathBuf| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("q-client.log"))
            };
            found.extend(logs.filter(is_log));
        }
    }
    found.sort();
    found
}

/// Whether a text begins as such a log.
pub(crate) fn is_one(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().and_then(|line| std::str::from_utf8(line).ok());
    line.is_some_and(|line| moments::local(line).is_some() && line.contains(r#""commandName":"#))
}

/// The newest answer in a log; none if it has none, can't be read, or its times can't be placed.
pub fn newest(file: &Path) -> Option<LoggedLimits> {
    let written: DateTime<Utc> = fs::metadata(file).and_then(|metadata| metadata.modified()).ok()?.into();
    parse(bounded::last_lines(file, LONGEST_END).ok()?, written.into())
}

fn parse(mut log: Lines<impl Read>, written: Moment) -> Option<LoggedLimits> {
    let mut last_time = None;
    let mut newest = None;
    while log.go_on().ok()? {
        let Some(Ok(text)) = log.text().map(std::str::from_utf8) else { continue };
        let time = moments::local(text);
        last_time = time.or(last_time);
        // A line without a time goes on with the one before it.
        if let Some(found) = answer(text) {
            newest = last_time.map(|time| (time, found));
        }
    }
    let (time, limits) = newest?;
    let offset = offset(last_time?, written)?;
    let at = Moment::from(time.and_utc()).plus_seconds(offset.saturating_neg());
    Some(LoggedLimits { at, limits })
}

/// Seconds that the log's zone is ahead of UTC; none if no zone explains the two times.
fn offset(last_line: NaiveDateTime, written: Moment) -> Option<i64> {
    let ahead = Moment::from(last_line.and_utc()).seconds_since(written);
    let quarters = ahead.saturating_add(QUARTER / 2).div_euclid(QUARTER);
    let offset = quarters.saturating_mul(QUARTER);
    let off = ahead.saturating_sub(offset).abs();
    (off <= SOON && offset.abs() <= 14 * 3600).then_some(offset)
}

fn answer(line: &str) -> Option<LimitsSnapshot> {
    if !line.contains("GetUsageLimitsCommand") {
        return None;
    }
    let json = line.get(line.find('{')?..)?.trim_end();
    let entry: Entry<'_> = serde_json::from_str(json).ok()?;
    if entry.command_name.as_deref() != Some("GetUsageLimitsCommand") {
        return None;
    }
    limits::parse(entry.output?.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(time: &str, used: &str) -> String {
        format!(
            r#"{time}.123 [info] {{"clientName":"CodeWhispererRuntimeClient","commandName":"GetUsageLimitsCommand","input":{{}},"output":{{"nextDateReset":"2026-08-01T00:00:00.000Z","usageBreakdownList":[{{"resourceType":"CREDIT","currentUsageWithPrecision":{used},"usageLimit":1000}}],"userInfo":{{"email":"***SensitiveInformation***"}}}},"metadata":{{}}}}"#
        )
    }

    #[test]
    fn a_log_is_known_by_its_first_line() {
        assert!(is_one(line("2026-07-18 10:11:12", "5").as_bytes()));
        for other in
            ["", "2026-07-18 10:11:12,a,b", r#"{"commandName":"GetUsageLimitsCommand"}"#, "Date,Model\n"]
        {
            assert!(!is_one(other.as_bytes()), "{other}");
        }
    }

    fn newest_of(lines: &[String], written: &str) -> Option<(String, String)> {
        let found = parse(Lines::new(lines.join("\n").as_bytes()), written.parse().expect("a moment"))?;
        Some((found.at.to_string(), found.limits.used.map(|used| used.to_string()).unwrap_or_default()))
    }

    #[test]
    fn the_newest_answer_is_placed_by_when_the_file_was_written() {
        let lines = [
            line("2026-07-01 10:11:12", "12.5"),
            line("2026-07-01 11:30:00", "20"),
            "2026-07-01 11:40:00.000 [info] {\"commandName\":\"ListAvailableModelsCommand\",\"output\":{}}"
                .to_owned(),
        ];
        // Two hours ahead of UTC.
        let expected = Some(("2026-07-01T09:30:00Z".to_owned(), "20.00".to_owned()));
        assert_eq!(newest_of(&lines, "2026-07-01T09:40:01Z"), expected);
        assert_eq!(
            newest_of(&lines, "2026-07-01T06:10:00Z").map(|found| found.0).as_deref(),
            Some("2026-07-01T06:00:00Z")
        );
        assert_eq!(
            newest_of(&lines, "2026-07-01T09:47:00Z"),
            None,
            "no zone explains it: copied, or still to come"
        );
    }

    #[test]
    fn other_lines_say_nothing() {
        let written = "2026-07-01T10:11:12Z";
        for text in [
            "",
            "garbage",
            "2026-07-01 10:11:12.1 [info] GetUsageLimitsCommand {",
            "{\"commandName\":\"GetUsageLimitsCommand\"}",
        ] {
            assert_eq!(newest_of(&[text.to_owned()], written), None, "{text}");
        }
    }

    #[test]
    fn of_a_log_without_an_end_the_end_is_read() {
        use std::io::{Seek, SeekFrom, Write};
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("q-client.log");
        let mut file = fs::File::create(&path).expect("a file");
        // Three GiB of zeros, which take no room on the disk, then a line.
        file.seek(SeekFrom::Start(3 << 30)).expect("longer");
        write!(file, "\n{}\n", line("2026-07-01 12:00:00", "7")).expect("written");
        let lines = bounded::last_lines(&path, LONGEST_END).expect("opened");
        let found = parse(lines, "2026-07-01T10:00:00Z".parse().expect("a moment")).expect("an answer");
        assert_eq!(found.at.to_string(), "2026-07-01T10:00:00Z");
        // Nothing but zeros, and no end of a line.
        file.set_len(3 << 30).expect("shorter");
        let lines = bounded::last_lines(&path, LONGEST_END).expect("opened");
        assert!(parse(lines, "2026-07-01T10:00:00Z".parse().expect("a moment")).is_none());
    }
}
