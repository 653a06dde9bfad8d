//! What a file is, by what it holds and never by its name. Nothing else decides that where nobody said what is imported.

mod databases;

use crate::aws;
use crate::files::bounded::{
    self, FileError, LARGEST_WHOLE, Packing, Table, files_in_zip, plain_text, read_some,
};
use crate::files::given::{Files, Source};
use crate::files::names::is_table;
use crate::files::reason::Reason;
use crate::files::table_file::{Counter, FileKind, ReadError, Watching};
use crate::kilo::family::{HISTORY, TASK, is_task};
use crate::kilo::usage_csv;
use crate::kiro::{activity_report, client_log, identities, older_tasks, sessions, without_credits};
use crate::worker::{Job, Worker};
use csv::ByteRecord;
use headroom_exact::say;
use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// So many bytes of a file tell what it is: the names of a table's columns stand in them.
const LOOKED_AT: u64 = 64 << 10;
/// Of a database so many: what its tables are called.
const LOOKED_AT_IN_DATABASES: u64 = 1 << 20;
/// The header of each database of SQLite.
const DATABASE: &[u8] = b"SQLite format 3\0";
/// Where its header says whose it is, and what it says of Headroom's own.
const WHOSE: std::ops::Range<usize> = 68..72;
const OURS: &[u8] = b"HDRM";
/// What else begins so.
const BEGINNINGS: [(&[u8], &str); 9] = [
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"<svg", "picture"),
    (b"\x7fELF", "program"),
];

/// What a file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A file of this kind.
    Of(FileKind),
    /// It lies beside files of this kind, and is read with them.
    Beside(FileKind),
    /// Nothing that is imported: what it is instead, or why that can't be told.
    Other(Reason),
}

/// Says of each file what it is. One that the system keeps from being read is an error: what lacks a part of it would be a
/// figure that lacks one.
pub fn recognise(
    worker: &Worker,
    files: &Files,
    watching: Watching<'_>,
) -> Result<Vec<(Source, What)>, ReadError> {
    let mut counter = Counter::new(&files.on_the_disk(), watching);
    let mut recognised = Vec::new();
    for source in &files.sources {
        counter.look()?;
        if source.packing == Packing::Plain
            && let Err(error @ FileError::Unreadable(_)) = bounded::open(&source.file)
            && !error.is_missing()
        {
            return Err(ReadError::unreadable(&source.named, &error));
        }
        recognised.push((source.clone(), of(worker, source, &mut counter)?));
    }
    without_bills(&mut recognised);
    lost_parts(&mut recognised);
    logs(&mut recognised);
    Ok(recognised)
}

/// A manifest without any bill beside it tells nothing that is imported.
fn without_bills(recognised: &mut [(Source, What)]) {
    if recognised.iter().any(|(_, what)| *what == What::Of(FileKind::AwsCostExport)) {
        return;
    }
    for (_, what) in recognised.iter_mut().filter(|(_, what)| *what == What::Beside(FileKind::AwsCostExport))
    {
        *what = What::Other(say!("is-a-manifest").into());
    }
}

/// What is nothing that is imported and lies among a bill's parts, numbered as they are, is one of them that can't be read: the bill
/// lacks it.
fn lost_parts(recognised: &mut [(Source, What)]) {
    let is_bill = |what: &What| *what == What::Of(FileKind::AwsCostExport);
    let bills = recognised.iter().filter(|(_, what)| is_bill(what));
    let issues: HashSet<_> = bills.filter_map(|(source, _)| aws::part_of(&source.named)).collect();
    for (source, what) in recognised {
        let is_part = || aws::part_of(&source.named).is_some_and(|issue| issues.contains(&issue));
        if matches!(what, What::Other(_)) && is_part() {
            *what = What::Beside(FileKind::AwsCostExport);
        }
    }
}

/// What SQLite keeps beside a database is read with it, and what was said to the model beside a task.
fn logs(recognised: &mut [(Source, What)]) {
    let database = |(source, what): &(Source, What)| match what {
        What::Of(kind @ (FileKind::KiloRequests | FileKind::KiroSession)) => {
            Some((source.named.clone(), *kind))
        }
        What::Of(_) | What::Beside(_) | What::Other(_) => None,
    };
    let databases: HashMap<_, _> = recognised.iter().filter_map(database).collect();
    for (source, what) in recognised.iter_mut().filter(|(_, what)| matches!(what, What::Other(_))) {
        let named = source.named.to_string_lossy();
        let of = ["-wal", "-shm"].iter().find_map(|ending| named.strip_suffix(ending)).map(PathBuf::from);
        let of = of.or_else(|| (source.own_name() == HISTORY).then(|| source.named.with_file_name(TASK)));
        if let Some(kind) = of.and_then(|of| databases.get(&of)) {
            *what = What::Beside(*kind);
        }
    }
}

fn of(worker: &Worker, source: &Source, counter: &mut Counter<'_>) -> Result<What, ReadError> {
    let other = |error: ReadError| match error {
        ReadError::Stopped => Err(ReadError::Stopped),
        ReadError::Unreadable { reason, .. }
        | ReadError::AnotherKind { reason, .. }
        | ReadError::Damaged { reason, .. } => Ok(What::Other(reason)),
        ReadError::Nothing { .. }
        | ReadError::TooMuch { .. }
        | ReadError::TakesTooMuch { .. }
        | ReadError::BrokeOff { .. } => Ok(What::Other(say!("reading-makes-no-sense").into())),
    };
    match source.packing {
        Packing::Parquet => Ok(What::Of(FileKind::AwsCostExport)),
        Packing::Workbook => Ok(What::Other(say!("is-a-workbook").into())),
        Packing::Other(form) => Ok(What::Other(say!("packed-otherwise", form).into())),
        // Nothing lies in it, or its list can't be read.
        Packing::Zip if source.named == source.holder => {
            Ok(What::Other(match bounded::open(&source.file).and_then(|mut file| files_in_zip(&mut file)) {
                Ok(_) => say!("is-empty").into(),
                Err(error) => (&error).into(),
            }))
        }
        Packing::Plain | Packing::Gzip | Packing::Zip => {
            match beginning(worker, source, LOOKED_AT, counter) {
                Ok(bytes) => told(worker, source, &bytes, counter).or_else(other),
                Err(error) => other(error),
            }
        }
    }
}

/// A file's first bytes, as they are unpacked.
fn beginning(
    worker: &Worker,
    source: &Source,
    most: u64,
    counter: &mut Counter<'_>,
) -> Result<Vec<u8>, ReadError> {
    if source.packing != Packing::Plain {
        return source.beginning(worker, Job::UsagePacked, most, counter);
    }
    let broken = |error: FileError| ReadError::broken(&source.named, &error);
    let mut file = bounded::open(&source.file).map_err(broken)?;
    let mut bytes = Vec::new();
    read_some(&mut file, most, &mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// What is told by the first bytes, and by more of them where they don't.
fn told(
    worker: &Worker,
    source: &Source,
    bytes: &[u8],
    counter: &mut Counter<'_>,
) -> Result<What, ReadError> {
    if bytes.starts_with(DATABASE) {
        if bytes.get(WHOSE) == Some(OURS) {
            return Ok(What::Other(say!("is-headrooms-data").into()));
        }
        let more = beginning(worker, source, LOOKED_AT_IN_DATABASES, counter)?;
        let log = source.beside(&format!("{}-wal", source.own_name()));
        // What was written last lies beside it, until the program that writes it tidies up.
        let log = beginning(worker, &log, LOOKED_AT_IN_DATABASES, counter).unwrap_or_default();
        let of = databases::of(&[more, log].concat());
        return Ok(of.map_or_else(|is| What::Other(is.into()), What::Of));
    }
    if Packing::of(bytes) == Packing::Parquet {
        return Ok(What::Of(FileKind::AwsCostExport));
    }
    let text = plain_text(bytes);
    let first = text.trim_ascii_start();
    if first.starts_with(b"{") || first.starts_with(b"[") {
        if is_ide_message(first) {
            return Ok(What::Of(FileKind::KiroIdeSession));
        }
        let whole = match source.packing {
            Packing::Plain | Packing::Zip | Packing::Gzip => {
                source.bytes(worker, Job::UsagePacked, LARGEST_WHOLE, counter)
            }
            Packing::Parquet | Packing::Workbook | Packing::Other(_) => Ok(bytes.to_vec()),
        };
        return whole.map(|whole| of_json(&plain_text(&whole), &source.named));
    }
    Ok(of_bytes(bytes))
}

/// Whether a file begins with a message of a session's.
pub(crate) fn begins_with_a_message(file: &Path) -> bool {
    let mut bytes = Vec::new();
    let opened = bounded::open(file).and_then(|mut file| read_some(&mut file, LOOKED_AT, &mut bytes));
    opened.is_ok() && is_ide_message(plain_text(&bytes).trim_ascii_start())
}

/// Whether a text begins with a message of a session's.
fn is_ide_message(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Message {
        #[serde(rename = "payload")]
        _payload: Payload,
    }
    #[derive(Deserialize)]
    struct Payload {
        #[serde(rename = "type")]
        _kind: String,
    }
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // A list of one object with a type would be read as one.
    line.starts_with(b"{") && serde_json::from_slice::<Message>(line).is_ok()
}

/// What a text in JSON is.
fn of_json(text: &[u8], named: &Path) -> What {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct About {
        #[serde(rename = "schemaVersion")]
        _schema_version: IgnoredAny,
        #[serde(rename = "id")]
        _id: IgnoredAny,
    }
    /// An entry of a task of Kilo's legacy extension.
    #[derive(Deserialize)]
    struct Entry {
        #[serde(rename = "ts")]
        _at: IgnoredAny,
        #[serde(rename = "type")]
        _kind: IgnoredAny,
    }
    match sessions::parse(text) {
        Ok(_) => return What::Of(FileKind::KiroSession),
        Err(sessions::SessionError::CutOff(_)) if sessions::begins(text) => {
            return What::Of(FileKind::KiroSession);
        }
        Err(_) => {}
    }
    if is_task(named) || serde_json::from_slice::<Vec<Entry>>(text).is_ok_and(|entries| !entries.is_empty()) {
        return What::Of(FileKind::KiloRequests);
    }
    if identities::is_list(text) {
        return What::Of(FileKind::Identities);
    }
    if aws::is_manifest(text, named) {
        return What::Beside(FileKind::AwsCostExport);
    }
    if named.file_name().is_some_and(|name| name == "session.json")
        && memmem::find(text, b"\"schemaVersion\"").is_some()
        && serde_json::from_slice::<About>(text).is_ok()
    {
        return What::Beside(FileKind::KiroIdeSession);
    }
    if older_tasks::is_one(text) {
        return What::Other(older_tasks::left_out().into());
    }
    if let Some(is) = without_credits::json(text, named) {
        return What::Other(is.into());
    }
    let is_cut = serde_json::from_slice::<IgnoredAny>(text).is_err_and(|error| error.is_eof());
    What::Other(Reason::json(if is_cut { say!("is-cut-json") } else { say!("is-other-json") }))
}

/// What anything else is: a table by the names of its columns.
fn of_bytes(bytes: &[u8]) -> What {
    let text = bytes.trim_ascii();
    if text.is_empty() {
        return What::Other(say!("is-empty").into());
    }
    if let Some((_, is)) = BEGINNINGS.iter().find(|(first, _)| text.starts_with(first)) {
        let is = match *is {
            "pdf" => say!("is-a-pdf"),
            "picture" => say!("is-a-picture"),
            _ => say!("is-no-text"),
        };
        return What::Other(is.into());
    }
    let begins = |what: &str| {
        let first = text.get(..what.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(what.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        return What::Other(say!("is-a-page").into());
    }
    if begins("<?xml") || begins("<!doctype") {
        return What::Other(say!("is-xml").into());
    }
    if client_log::is_one(text) {
        return What::Other(say!("is-an-ide-log").into());
    }
    let Ok(header) = Table::new(Cursor::new(bytes)).header() else {
        return What::Other(say!("is-no-text").into());
    };
    of_table(&header)
}

fn of_table(header: &ByteRecord) -> What {
    if aws::is_header(header) {
        return What::Of(FileKind::AwsCostExport);
    }
    if activity_report::is_header(header) {
        return What::Of(FileKind::KiroActivityReport);
    }
    if usage_csv::is_header(header) {
        return What::Of(FileKind::KiloUsageExport);
    }
    if identities::is_header(header) {
        return What::Of(FileKind::Identities);
    }
    if let Some(is) = aws::downloaded(header) {
        return What::Other(is.into());
    }
    let is_text =
        header.iter().all(|column| std::str::from_utf8(column).is_ok_and(|text| !text.contains('\0')));
    let is = match is_text {
        false => say!("is-no-text"),
        true if header.len() > 1 => say!("is-another-table"),
        true => say!("is-a-text"),
    };
    What::Other(is.into())
}

/// What lies in a place, as it is called: files that are something.
pub fn kinds(recognised: &[(Source, What)]) -> Vec<FileKind> {
    let mut kinds = Vec::new();
    for (_, what) in recognised {
        if let What::Of(kind) = what
            && !kinds.contains(kind)
        {
            kinds.push(*kind);
        }
    }
    kinds
}

/// Of what was recognised that of kinds, with what lies beside it.
pub fn of_kind(recognised: &[(Source, What)], is_of: &dyn Fn(FileKind) -> bool) -> Vec<Source> {
    let is_one = |what: &What| match what {
        What::Of(kind) => is_of(*kind),
        // A session's reader finds what lies beside it.
        What::Beside(kind) => is_of(*kind) && *kind == FileKind::AwsCostExport,
        What::Other(_) => false,
    };
    recognised.iter().filter(|(_, what)| is_one(what)).map(|(source, _)| source.clone()).collect()
}

/// What is nothing that is imported: how many files, and of those that somebody gave, or that by their names may have been
/// meant as tables, what each is. Tasks of the IDE before 1.0 hold credits: one of them stands for all, and is named.
pub fn others(recognised: &[(Source, What)]) -> (usize, Vec<(PathBuf, Reason)>) {
    let other = |(source, what): &(Source, What)| match what {
        What::Other(why) => {
            Some((source.asked || is_table(&source.own_name()), source.named.clone(), why.clone()))
        }
        What::Of(_) | What::Beside(_) => None,
    };
    let is_older = |(_, _, why): &(bool, PathBuf, Reason)| why.saying == older_tasks::left_out();
    let (older, others): (Vec<_>, Vec<_>) = recognised.iter().filter_map(other).partition(is_older);
    let many = older.len();
    let older =
        older.into_iter().next().map(|(_, path, _)| (true, path, older_tasks::all_left_out(many).into()));
    let others: Vec<_> = older.into_iter().chain(others).collect();
    let count = others.len();
    let named = others.into_iter().filter(|(is_named, ..)| *is_named);
    (count, named.map(|(_, path, why)| (path, why)).collect())
}
