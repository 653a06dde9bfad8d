//! Sessions of Kiro's programs, of both layouts, wherever they lie (`interfaces-2026.md` §1).

mod auxiliary;
mod recording;
mod undated;

use crate::answers::{ImportKind, ImportSessions, SkippedFile, shown};
use crate::error::{AppError, ErrorCode, Refused};
use crate::imports::import::{Known, Read, Reading};
use crate::imports::report::{count, of_read, outside};
use headroom_exact::{Moment, Saying, say};
use headroom_sources::files::table_file::{BadRows, ReadError, Room};
use headroom_sources::kiro::conversations;
use headroom_sources::kiro::lineage::Names;
use headroom_sources::kiro::session_folders::{self, Merged, ReadSessions, WHAT};
use headroom_sources::kiro::session_stores::{self, Layout, SessionFile, Stamp};
use headroom_sources::kiro::sessions::{self, Session};
use headroom_store::table::sessions::{FileState, ReadFile};
use recording::Sessions;
pub(super) use recording::{ESTIMATES, OLDER};
use std::path::{Path, PathBuf};

/// A file that was written to a moment before it was read may be written to again without another state: where a file
/// system counts in whole seconds, or in two.
const SETTLES_AFTER_SECONDS: i64 = 2;

/// How sessions are read and kept.
pub(super) struct Manner {
    pub kind: ImportKind,
    /// Whether those of the older layout are read too.
    pub older: bool,
    /// Whether what they tell is kept as metered; else as an estimate.
    pub metered: bool,
    /// Under which name their files are known.
    pub source: &'static str,
}

/// What the older layout's files hold.
#[derive(Default)]
struct Older {
    sessions: Vec<Session>,
    read: Vec<ReadFile>,
    skipped: Vec<SkippedFile>,
}

/// Reads what changed since it was read before.
pub(super) fn read(manner: &Manner, reading: &Reading<'_>) -> Result<Read, AppError> {
    let found = find(manner, reading)?;
    let files = found.len();
    let alone = files == 1 && reading.paths.iter().any(|path| !path.is_dir());
    let (empty, found) = without_empty(found, alone, reading)?;
    let mut known_tasks: u64 = 0;
    let mut changed = Vec::new();
    for file in found {
        match known(reading.known, &file) {
            Some(tasks) => known_tasks = known_tasks.saturating_add(tasks.into()),
            None => changed.push(file),
        }
    }
    let names = if reading.known.names { Names::Read } else { Names::LeftOut };
    let of = |layout| changed.iter().filter(move |file| file.layout == layout).cloned().collect::<Vec<_>>();
    let folders = of(Layout::Folder);
    let mut room = Room::default();
    let mut told = of_folders(&folders, alone, names, &mut room, reading)?;
    let mut older = of_files(&of(Layout::File), alone, names, &mut room, reading)?;
    for database in of(Layout::Database) {
        of_database(&database, alone, names, &mut room, &mut older, &mut told.bad, reading)?;
    }
    let mut read_files = older.read;
    // Both are in the order in which they were found.
    let mut reads = told.read.iter().peekable();
    for file in &folders {
        if let Some(read) = reads.next_if(|read| read.file == file.path)
            && read.session.whole
        {
            read_files.extend(settled(file, read.session.executions.len(), reading.now));
        }
    }
    let skipped = told.skipped.into_iter();
    let skipped = skipped.map(|(path, reason)| SkippedFile::unread(shown(&path), reason));
    let mut view = of_read(manner.kind, reading.files, 0, 0).with_bad(told.bad);
    // What lies in its usual place was found there.
    if view.from.is_empty() {
        view.from = from(reading.paths);
    }
    view.skipped = empty.into_iter().chain(older.skipped).chain(skipped).collect();
    // One that was given alone and is cut off was read as far as it goes.
    let whole = files.saturating_sub(view.skipped.len()).max(usize::from(alone));
    view.files = u32::try_from(whole).unwrap_or(u32::MAX);
    let sessions = count(told.read.len());
    let merged = Merged::of(told.read.into_iter().map(|read| read.session).collect());
    let tasks: u64 = merged.sessions.iter().map(|session| count(session.executions.len())).sum();
    let turns: u64 = older.sessions.iter().map(|session| count(session.turns.len())).sum();
    let undated: u64 = older.sessions.iter().map(|session| count(session.undated.len())).sum();
    view.undated = undated;
    view.read = known_tasks.saturating_add(tasks).saturating_add(turns);
    view.known = known_tasks;
    view.copies = merged.copies;
    view.sessions = (sessions > 0).then(|| used(&merged));
    // Of what lies in its usual place nobody said that there is anything in it.
    if view.files == 0 && view.read == 0 && !reading.files.given.is_empty() {
        let left_out = view.skipped.into_iter().map(SkippedFile::left_out).collect();
        return Err(outside(&ReadError::Nothing { path: reading.path().to_owned(), what: WHAT, left_out }));
    }
    let content = Sessions {
        metered: manner.metered,
        source: manner.source,
        account: reading.known.account,
        names: reading.known.names,
        merged,
        older: older.sessions,
        read_files,
    };
    Ok(Read { view, content: Box::new(content) })
}

/// What sessions used, in parts.
fn used(merged: &Merged) -> ImportSessions {
    let parts = merged.parts();
    ImportSessions {
        sessions: u32::try_from(merged.sessions.len()).unwrap_or(u32::MAX),
        main: parts.main.credits,
        main_at_least: parts.main.at_least,
        delegated: parts.delegated.credits,
        delegated_at_least: parts.delegated.at_least,
        either: parts.either.credits,
        either_at_least: parts.either.at_least,
        auxiliary: parts.auxiliary.credits,
        auxiliary_at_least: parts.auxiliary.at_least,
        least: parts.least,
    }
}

/// Where they were read, as it is said.
fn from(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")
}

fn find(manner: &Manner, reading: &Reading<'_>) -> Result<Vec<SessionFile>, AppError> {
    let mut found = Vec::new();
    for path in reading.paths {
        let files = session_stores::find(path).map_err(|error| outside(&error))?;
        found.extend(files);
    }
    if !manner.older {
        // A file that was named is what it was named as.
        let named = |file: &SessionFile| reading.paths.contains(&file.path);
        found.retain(|file| file.layout == Layout::Folder || named(file));
        for file in &mut found {
            file.layout = Layout::Folder;
        }
    }
    session_stores::sort(&mut found);
    if !found.is_empty() {
        return Ok(found);
    }
    let path = reading.path();
    if manner.older {
        return Err(refused(path, say!("no-sessions")));
    }
    Err(outside(&ReadError::Nothing { path: path.to_owned(), what: WHAT, left_out: Vec::new() }))
}

/// Files without a byte that somebody named, and the others: a session that has just begun has none, but nobody means that.
fn without_empty(
    found: Vec<SessionFile>,
    alone: bool,
    reading: &Reading<'_>,
) -> Result<(Vec<SkippedFile>, Vec<SessionFile>), AppError> {
    let is_asked = |file: &SessionFile| {
        reading.files.sources.iter().any(|source| source.asked && source.file == file.path)
    };
    let (empty, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|file| file.stamp.size == 0 && is_asked(file));
    if let (true, Some(file)) = (alone, empty.first()) {
        return Err(refused(&file.path, say!("is-empty")));
    }
    let skipped = |file: SessionFile| SkippedFile::unread(shown(&file.path), say!("is-empty"));
    Ok((empty.into_iter().map(skipped).collect(), others))
}

fn state(stamp: Stamp) -> FileState {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    FileState {
        size: whole(stamp.size),
        modified: stamp.modified,
        changed: stamp.changed,
        number: stamp.number.cast_signed(),
    }
}

/// How many tasks a file holds that was read before and hasn't changed since.
fn known(known: &Known, file: &SessionFile) -> Option<u32> {
    let before = known.files.get(file.path.to_str()?)?;
    (before.state == state(file.stamp)).then_some(before.tasks)
}

/// What is to be noted of a file that was read whole; nothing where it may change without another state.
fn settled(file: &SessionFile, tasks: usize, now: Moment) -> Option<ReadFile> {
    let state = state(file.stamp);
    let before = now.plus_seconds(-SETTLES_AFTER_SECONDS).unix_seconds();
    let settled = state.modified.0 < before && state.changed.0 < before;
    let path = file.path.to_str().filter(|_| settled)?.to_owned();
    Some(ReadFile { path, state, tasks: u32::try_from(tasks).unwrap_or(u32::MAX) })
}

fn of_folders(
    files: &[SessionFile],
    alone: bool,
    names: Names,
    room: &mut Room,
    reading: &Reading<'_>,
) -> Result<ReadSessions, AppError> {
    let read = match files {
        [file] if alone => session_folders::read_one(&file.path, names, reading.told),
        files => {
            let paths: Vec<_> = files.iter().map(|file| file.path.clone()).collect();
            session_folders::read_all(&paths, names, room, reading.told)
        }
    };
    read.map_err(|error| unread(&error))
}

/// Why sessions can't be read. Where they are too many to be read at once it helps to bring them folder by folder: what was
/// read isn't read again.
fn unread(error: &ReadError) -> AppError {
    match error {
        ReadError::TooMuch { path } => {
            AppError::new(ErrorCode::Outside, say!("too-many-sessions-at-once", path))
        }
        ReadError::Unreadable { .. }
        | ReadError::AnotherKind { .. }
        | ReadError::Damaged { .. }
        | ReadError::Nothing { .. }
        | ReadError::TakesTooMuch { .. }
        | ReadError::BrokeOff { .. }
        | ReadError::Stopped => outside(error),
    }
}

fn of_files(
    files: &[SessionFile],
    alone: bool,
    names: Names,
    room: &mut Room,
    reading: &Reading<'_>,
) -> Result<Older, AppError> {
    let paths: Vec<_> = files.iter().map(|file| file.path.clone()).collect();
    let read = sessions::read_all(&paths, names, room, reading.told).map_err(|error| unread(&error))?;
    let mut older = Older::default();
    let mut files = files.iter();
    for (path, session) in read.read {
        // Both are in the same order.
        let file = files.find(|file| file.path == path).filter(|_| session.undated.is_empty());
        older.read.extend(file.and_then(|file| settled(file, session.turns.len(), reading.now)));
        older.sessions.push(session);
    }
    for (path, reason) in read.skipped {
        // One that is cut off behind a whole turn is read as far as that.
        let is_it = |(file, session): &(PathBuf, Session)| *file == path && !session.turns.is_empty();
        let was_read = read.broke_off.iter().any(is_it);
        if alone && !was_read {
            return Err(refused(&path, reason));
        }
        older.skipped.push(SkippedFile::new(shown(&path), reason, was_read));
    }
    // Behind those that are whole, which may hold what is missing here.
    older.sessions.extend(read.broke_off.into_iter().map(|(_, session)| session));
    Ok(older)
}

/// Conversations of the command line's first engine. A database that can't be read keeps no other sessions out.
fn of_database(
    file: &SessionFile,
    alone: bool,
    names: Names,
    room: &mut Room,
    older: &mut Older,
    bad: &mut BadRows,
    reading: &Reading<'_>,
) -> Result<(), AppError> {
    match conversations::read(reading.worker, &file.path, names, room, reading.told) {
        Ok(read) => {
            let turns: usize = read.sessions.iter().map(|session| session.turns.len()).sum();
            if read.bad.count == 0 {
                older.read.extend(settled(file, turns, reading.now));
            }
            bad.count = bad.count.saturating_add(read.bad.count);
            bad.listed.extend(read.bad.listed);
            older.sessions.extend(read.sessions.into_iter().filter(|session| !session.turns.is_empty()));
        }
        Err(error @ (ReadError::Stopped | ReadError::TooMuch { .. })) => return Err(unread(&error)),
        Err(error) if alone => return Err(outside(&error)),
        Err(error) => {
            older.skipped.push(SkippedFile::unread(shown(&file.path), Saying::from(&error)));
        }
    }
    Ok(())
}

fn refused(path: &Path, reason: Saying) -> AppError {
    let saying = say!("file-because", path, reason);
    AppError { refused: Some(Refused::NoSession), ..AppError::new(ErrorCode::Outside, saying) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::words;

    /// A first import of 400,000 tasks was told to come "a month at a time", which sessions aren't kept by.
    #[test]
    fn too_many_sessions_are_told_to_come_folder_by_folder() {
        let error = unread(&ReadError::TooMuch { path: PathBuf::from("/home/ada/.kiro/sessions/s/m.jsonl") });
        assert!(words::say(&error.saying).contains("one folder at a time"), "{error}");
        assert!(!error.to_string().contains("a month at a time"), "{error}");
    }
}
