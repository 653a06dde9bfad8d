//! Sessions of Kiro's engine, as its command line since 3.0 and its IDE since 1.0 keep them: one folder a session, with
//! `messages.jsonl` and `session.json` in it (`interfaces-2026.md` §1).
//!
//! A line of `messages.jsonl` can hold whatever somebody wrote or was answered. Lines that tell of no credits, time or
//! model are passed over without being taken apart, and of the others nothing but that is kept. Of `session.json` the
//! title, which can be a prompt, and the folder are read only where the owner agreed.

mod merged;
mod parts;
mod rows;
mod session;
mod splits;

pub use merged::Merged;
pub use parts::{Part, Parts};
pub use session::{Execution, Session};
pub use splits::{Rise, Split, delegated, joined, rises};

use crate::files::bounded::{self, LONGEST_LINE, Lines, size};
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Room, Watching};
use crate::kiro::lineage::{BYTES_A_SESSION, Born, Names, plain};
use crate::wire::json::differs;
use crate::wire::moments;
use headroom_exact::{Saying, say};
use rows::{Row, Scan, Told};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file of a session that tells of credits.
pub const FILE: &str = "messages.jsonl";
/// What a text in UTF-8 may begin with.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// The file of a session that tells what it is.
pub const ABOUT: &str = "session.json";
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct About {
    id: Option<String>,
    parent_session_id: Option<String>,
    created_at: Option<String>,
    model_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Called {
    title: Option<String>,
    workspace_paths: Option<Vec<String>>,
}

/// A session that was read, and from where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadSession {
    /// Its `messages.jsonl`.
    pub file: PathBuf,
    /// What it says.
    pub session: Session,
}

/// What was read of several files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadSessions {
    /// A session a file.
    pub read: Vec<ReadSession>,
    /// Files that could not be read, and why.
    pub skipped: Vec<(PathBuf, Saying)>,
    /// Lines that could not be read.
    pub bad: BadRows,
}

/// Reads these files in the room that is left. One that can't be read keeps no other out.
pub fn read_all(
    files: &[PathBuf],
    names: Names,
    room: &mut Room,
    watching: Watching<'_>,
) -> Result<ReadSessions, ReadError> {
    let mut counter = Counter::new(files, watching).within(*room);
    let mut sessions = ReadSessions::default();
    for file in files {
        match read(file, names, &mut counter, &mut sessions.bad) {
            Ok(Some(session)) => sessions.read.push(ReadSession { file: file.clone(), session }),
            Ok(None) => sessions.skipped.push((file.clone(), say!("no-messages"))),
            Err(error @ (ReadError::Stopped | ReadError::TooMuch { .. })) => return Err(error),
            Err(error) => sessions.skipped.push((file.clone(), Saying::from(&error))),
        }
        counter.file(file)?;
    }
    *room = counter.left();
    Ok(sessions)
}

/// Reads one file alone.
pub fn read_one(file: &Path, names: Names, watching: Watching<'_>) -> Result<ReadSessions, ReadError> {
    let mut sessions = ReadSessions::default();
    let mut counter = Counter::new(&[file.to_owned()], watching);
    let session = read(file, names, &mut counter, &mut sessions.bad)?.ok_or_else(|| {
        ReadError::AnotherKind { path: file.to_owned(), what: WHAT, reason: say!("no-messages").into() }
    })?;
    sessions.read.push(ReadSession { file: file.to_owned(), session });
    Ok(sessions)
}

/// Reads one `messages.jsonl` with the `session.json` beside it; none if no line of it is a message. Lines that can't be
/// read are listed, and the others count.
fn read(
    file: &Path,
    names: Names,
    counter: &mut Counter<'_>,
    bad: &mut BadRows,
) -> Result<Option<Session>, ReadError> {
    let folder = file.parent().unwrap_or(file);
    let text = bounded::read_text(&folder.join(ABOUT), bounded::LARGEST_WHOLE).unwrap_or_default();
    let about: About = serde_json::from_str(&text).unwrap_or_default();
    let called: Called = match names {
        Names::Read => serde_json::from_str(&text).unwrap_or_default(),
        Names::LeftOut => Called::default(),
    };
    drop(text);
    let before = bad.count;
    let Some(mut told) = messages(file, counter, bad)? else { return Ok(None) };
    counter.keeps(file, BYTES_A_SESSION)?;
    let model: Option<Arc<str>> = about.model_id.map(Into::into);
    for execution in &mut told.executions {
        if execution.model.is_none() {
            execution.model.clone_from(&model);
        }
    }
    told.executions.shrink_to_fit();
    told.splits.shrink_to_fit();
    let whole = bad.count == before;
    let tells_nothing = !whole && told.executions.is_empty();
    let id = about.id.filter(|id| !id.is_empty()).or_else(|| named(file));
    Ok(Some(Session {
        id: id.unwrap_or_else(|| told.named()),
        born: Born {
            parent: about.parent_session_id.filter(|parent| !parent.is_empty()),
            created_at: about.created_at.as_deref().and_then(moments::moment),
        },
        project: plain(called.workspace_paths.and_then(|paths| paths.into_iter().next())),
        title: plain(called.title),
        executions: told.executions,
        splits: told.splits,
        written: tells_nothing.then(|| moments::written(file)).flatten(),
        whole,
    }))
}

/// What a session is called by the folder of its own in which its messages lie, under their own name. Where they are unpacked for a
/// while a number is no such folder.
fn named(file: &Path) -> Option<String> {
    let folder = file.parent()?.file_name()?.to_string_lossy().into_owned();
    let is_own = file.file_name().is_some_and(|name| name == FILE);
    (is_own && !folder.bytes().all(|byte| byte.is_ascii_digit())).then_some(folder)
}

fn messages(file: &Path, counter: &mut Counter<'_>, bad: &mut BadRows) -> Result<Option<Told>, ReadError> {
    let broken = |error| ReadError::broken(file, &error);
    let scan = Scan::new();
    let mut lines = Lines::open(file).map_err(broken)?;
    let mut told = Told::default();
    let mut any = false;
    while lines.go_on().map_err(broken)? {
        let number = lines.number();
        counter.rows(1, lines.bytes())?;
        let Some(text) = lines.text() else {
            bad.add(file, number, say!("longer-than-a-message", most = size(LONGEST_LINE)));
            continue;
        };
        // Some programs put a mark before the first.
        let text = if number == 1 { text.strip_prefix(MARK).unwrap_or(text) } else { text };
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        any = any || scan.is_message(text);
        if !scan.may_matter(text) {
            // Whatever stands in it: a whole line is passed over, half a one is named.
            if !(text.starts_with(b"{") && text.ends_with(b"}"))
                && let Err(error) = serde_json::from_slice::<IgnoredAny>(text)
            {
                bad.add(file, number, say!("not-a-message", reason = differs(&error)));
            }
            continue;
        }
        match serde_json::from_slice::<Row<'_>>(text) {
            Ok(row) => match told.take(&row) {
                Ok(0) => {}
                Ok(bytes) => counter.keeps(file, bytes)?,
                Err(reason) => bad.add(file, number, reason),
            },
            Err(error) => bad.add(file, number, say!("not-a-message", reason = differs(&error))),
        }
    }
    splits::settle(&mut told.splits);
    Ok((any || lines.number() == 0).then_some(told))
}

/// What a file of it is called.
pub const WHAT: FileKind = FileKind::KiroIdeSession;

#[cfg(test)]
mod tests;
