//! Kiro's user activity report: what each user of an organisation used on each day (`interfaces.md` §3.1).
//!
//! One CSV file a day and client, one row a user. Columns are known by their names, whatever their order;
//! newer files have more of them. An export may come again: of the same user, day, client and profile the
//! newest counts ([`settle`]). What it says of overage and of limits is quoted ([`Quoted`]).

mod amounts;
mod named;
mod names;
mod settled;
mod texts;
mod unread;
mod weight;

pub use amounts::Quoted;
pub use names::client;
pub use settled::{Settled, settle};
pub use unread::{UnreadRows, keep_last};
pub use weight::Weight;

use crate::files::bounded::{Row, Table};
use crate::files::given::{Files, Source};
use crate::files::packed_table::{self, Opened};
use crate::files::reason::{Reason, lacks};
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Watching};
use crate::files::words::{column, twice, without_mark};
use crate::files::written::{self, Commas};
use crate::kiro::user;
use crate::worker::{Job, Worker};
use amounts::{QUOTED, QUOTED_COLUMNS, credits, quoted, text};
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::{Saying, StatedCredits, say};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str;
use std::sync::Arc;
use texts::{Before, Texts};
use unread::Unread;

const WHAT: FileKind = FileKind::KiroActivityReport;
/// Columns of Amazon Q Developer's report by user (`by_user_analytic`), which has no credits.
const OLDER: [&str; 3] = ["Chat_AICodeLines", "Chat_MessagesSent", "Inline_AICodeLines"];
/// Columns that say whose a row is and what was used.
const COLUMNS: [&str; 6] =
    ["Date", "UserId", "Credits_Used", "Client_Type", "ProfileId", "Subscription_Tier"];

/// What a user used on a day with a client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityRow {
    /// The day, UTC.
    pub date: NaiveDate,
    /// The user's id, without the directory in front ([`user::key`]).
    pub user: Arc<str>,
    /// The client, such as `KIRO_CLI`.
    pub client: Arc<str>,
    /// The profile's ARN; empty where the file has none.
    pub profile: Arc<str>,
    /// The tier, lower case with hyphens, such as `pro-plus`; none where it isn't said.
    pub tier: Option<Arc<str>>,
    /// Credits; none where they can't be read.
    pub credits: Option<StatedCredits>,
    /// Whether an older version kept them rounded to 0.01.
    pub is_rounded: bool,
    /// What it says of overage and limits.
    pub quoted: Arc<Quoted>,
    /// The user's address, in newer files.
    pub email: Option<Arc<str>>,
    /// When it was exported: `YYYYMMDDhhmm`, and which download of it; empty where the file's name doesn't say. The
    /// greater, the later.
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
    /// What became of the others.
    pub settled: Settled,
    /// Rows that could not be read, or not whole.
    pub bad: BadRows,
    /// Those of them whose user and day could be read: they are among `rows`, without credits.
    pub in_part: u64,
    /// Of each day that a file tells of, how many rows nobody could read ([`keep_last`]).
    pub unread: Vec<UnreadRows>,
    /// Files of another kind, which were left out.
    pub other_files: Vec<(PathBuf, Reason)>,
    /// Files that were found and are damaged, and how.
    pub damaged: Vec<(PathBuf, Reason)>,
}

/// Reads a file, or every report in a folder and the folders in it.
pub fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<ActivityReport, ReadError> {
    read_files(worker, &Files::of_kind(WHAT, &[path.into()])?, watching)
}

/// Reads several. One that was found and is of another kind is left out.
pub fn read_files(
    worker: &Worker,
    files: &Files,
    watching: Watching<'_>,
) -> Result<ActivityReport, ReadError> {
    let mut report = ActivityReport::default();
    let mut counter = Counter::new(&files.on_the_disk(), watching);
    let mut texts = Texts::default();
    for source in &files.sources {
        match rows(worker, source, &mut counter, &mut texts, &mut report) {
            Ok(()) => report.files = report.files.saturating_add(1),
            Err(ReadError::AnotherKind { path, reason, .. }) if !source.alone => {
                report.other_files.push((path, reason));
            }
            Err(ReadError::Damaged { path, reason }) if !source.alone => report.damaged.push((path, reason)),
            Err(error) => return Err(error),
        }
    }
    if report.files == 0 {
        return Err(packed_table::nothing(files.first(), WHAT, report.other_files, report.damaged));
    }
    report.read = counter.count();
    report.settled = settle(&mut report.rows);
    keep_last(&mut report.unread);
    Ok(report)
}

/// `…_user_report_202607110200 (1).csv`: the moment, and which download of it. A file of another name is older than every
/// such.
fn issued(file: &Path) -> String {
    written::issued(file, 12, |text| text.bytes().all(|byte| byte.is_ascii_digit()) && text.starts_with("20"))
}

/// Where the columns are that are needed.
struct Columns {
    date: usize,
    user: usize,
    credits: usize,
    client: Option<usize>,
    profile: Option<usize>,
    tier: Option<usize>,
    /// Of [`Quoted`], in the order of its fields.
    quoted: [Option<usize>; QUOTED],
    email: Option<usize>,
    /// What the commas in its amounts are.
    commas: Commas,
}

/// Whether a table with this header is such a report, or the older one by user.
pub(crate) fn is_header(header: &ByteRecord) -> bool {
    let has = |name: &str| column(header, name).is_some();
    (has("UserId") && has("Credits_Used")) || OLDER.iter().any(|column| has(column))
}

fn columns(header: &ByteRecord, commas: Commas) -> Result<Columns, Reason> {
    let find = |name: &str| column(header, name);
    let needed = |column: &str| find(column).ok_or_else(|| Reason::lack(say!("no-column", column)));
    // The older report, by user, is still written beside it.
    if find("Credits_Used").is_none() && OLDER.iter().any(|column| find(column).is_some()) {
        return Err(say!("older-activity-report").into());
    }
    let [date, user, credits, client, profile, tier] = COLUMNS;
    if let Some(reason) = twice(header, COLUMNS.into_iter().chain(QUOTED_COLUMNS)) {
        return Err(reason.into());
    }
    Ok(Columns {
        date: needed(date)?,
        user: needed(user)?,
        credits: needed(credits)?,
        client: find(client),
        profile: find(profile),
        tier: find(tier),
        quoted: QUOTED_COLUMNS.map(find),
        email: find("User_Email"),
        commas,
    })
}

fn rows(
    worker: &Worker,
    source: &Source,
    counter: &mut Counter<'_>,
    texts: &mut Texts,
    report: &mut ActivityReport,
) -> Result<(), ReadError> {
    let file = &*source.named;
    let broken = |error| ReadError::broken(file, &error);
    let another = |reason: Reason| ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason };
    let Opened { mut table, held } = packed_table::open(worker, Job::ActivityPacked, source, counter)?;
    let header = table.header().map_err(|error| ReadError::no_header(file, WHAT, &error))?;
    let mut columns =
        columns(&header, table.separator().into()).map_err(|reason| another(lacks(&header, reason)))?;
    let issued = texts.keep(&source.issued(issued));
    let mut record = ByteRecord::new();
    let mut before = Before::default();
    let mut unread = Unread::default();
    loop {
        match table.next_row(&mut record).map_err(broken)? {
            Row::End => break,
            Row::Read => match row(&record, &columns, texts, &mut before, &issued) {
                Ok((row, in_part)) => {
                    unread.read(row.date, [&row.user, &row.client, &row.profile]);
                    report.rows.push(row);
                    if let Some(reason) = in_part {
                        report.bad.add(file, table.row_line(), reason);
                        report.in_part = report.in_part.saturating_add(1);
                    }
                    counter.keeps(file, size_of::<ActivityRow>().saturating_add(texts.more()))?;
                }
                Err(reason) => {
                    if let Some(again) = another_behind(&record, &mut table) {
                        columns = Columns { commas: columns.commas, ..again };
                        continue;
                    }
                    unread.lost(before.day());
                    report.bad.add(file, table.row_line(), reason);
                    counter.keeps(file, texts.more())?;
                }
            },
            Row::Bad(reason) => {
                if let Some(again) = another_behind(&record, &mut table) {
                    columns = Columns { commas: columns.commas, ..again };
                    continue;
                }
                unread.lost(before.day());
                report.bad.add(file, table.row_line(), reason);
            }
        }
        counter.rows(1, table.bytes())?;
    }
    columns.commas.refused(file)?;
    report.unread.extend(unread.done(&issued));
    counter.releases(held);
    counter.file(&source.file)
}

/// The columns of another report that somebody put behind this one, where a row names them: in another order, or more of them, as
/// Kiro counts messages by model and not every day has the same models.
fn another_behind<R: Read>(row: &ByteRecord, table: &mut Table<R>) -> Option<Columns> {
    column(row, "UserId")?;
    let header = without_mark(row);
    let columns = columns(&header, table.separator().into()).ok()?;
    table.goes_on_with(header.len());
    Some(columns)
}

/// What stands in a column, without blanks around it; nothing where the file doesn't have it.
fn at(record: &ByteRecord, column: Option<usize>) -> &[u8] {
    column.and_then(|column| record.get(column)).unwrap_or_default().trim_ascii()
}

/// A row; and where not all that it says of credits can be read, why: nothing of that is believed then.
fn row(
    record: &ByteRecord,
    columns: &Columns,
    texts: &mut Texts,
    before: &mut Before,
    issued: &Arc<str>,
) -> Result<(ActivityRow, Option<Saying>), Saying> {
    let date = before.read_day(at(record, Some(columns.date)))?;
    let user = text(at(record, Some(columns.user)))?;
    if user.is_empty() {
        return Err(say!("field-empty", field = "UserId"));
    }
    let tier = at(record, columns.tier);
    if !tier.is_empty() && before.tier.0 != tier {
        let kept = texts.keep(&text(tier)?.to_lowercase().replace(['_', ' '], "-"));
        before.tier = (tier.to_owned(), kept);
    }
    let client = texts.keep_client(at(record, columns.client), &mut before.client)?;
    let profile = texts.keep_after(at(record, columns.profile), &mut before.profile)?;
    let (user, email) = texts.keep_user(&user::key(user), at(record, columns.email))?;
    let (consumed, quoted, in_part) = match amounts(record, columns, texts, before) {
        Ok((consumed, quoted)) => (consumed, quoted, None),
        Err(reason) => (None, texts.quoted(Quoted::default()), Some(reason)),
    };
    let row = ActivityRow {
        date,
        user,
        client,
        profile,
        tier: (!tier.is_empty()).then(|| Arc::clone(&before.tier.1)),
        credits: consumed,
        is_rounded: false,
        quoted,
        email: (!email.is_empty()).then_some(email),
        issued: Arc::clone(issued),
    };
    Ok((row, in_part))
}

/// The credits of a row, and what it quotes of overage and limits.
fn amounts(
    record: &ByteRecord,
    columns: &Columns,
    texts: &mut Texts,
    before: &mut Before,
) -> Result<(Option<StatedCredits>, Arc<Quoted>), Saying> {
    let consumed = credits("Credits_Used", at(record, Some(columns.credits)), &columns.commas)?;
    let is_same = |before: &[Vec<u8>]| {
        before.iter().zip(columns.quoted).all(|(before, column)| before == at(record, column))
    };
    if let Some((_, same)) = before.quoted.as_ref().filter(|(before, _)| is_same(before)) {
        return Ok((consumed, Arc::clone(same)));
    }
    let written = columns.quoted.map(|column| at(record, column));
    let kept = texts.quoted(quoted(written, &columns.commas)?);
    before.quoted = Some((written.map(<[u8]>::to_owned), Arc::clone(&kept)));
    Ok((consumed, kept))
}

#[cfg(test)]
mod tests;
