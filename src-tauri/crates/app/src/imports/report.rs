//! How an import is reported.

use crate::answers::{AccountNumber, BadRowView, FoundSessions, ImportKind, ImportView, SkippedFile, shown};
use crate::error::{AppError, ErrorCode, Refused};
use crate::machine::reports;
use headroom_exact::say;
use headroom_sources::aws::LeftOut;
use headroom_sources::files::given::Files;
use headroom_sources::files::reason::Reason;
use headroom_sources::files::table_file::{BadRows, ReadError};
use std::path::{Path, PathBuf};

/// What was read together, as it is called: the first few of several places.
fn called(given: &Files) -> String {
    const NAMED: usize = 3;
    let mut named: Vec<_> = given.given.iter().take(NAMED).map(|path| shown(path)).collect();
    if given.given.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// The report of what was read, before anything of it is written.
pub(super) fn of_read(kind: ImportKind, given: &Files, files: u32, read: u64) -> ImportView {
    ImportView {
        kind,
        dry_run: false,
        account: AccountNumber(0),
        from: called(given),
        files,
        read,
        added: 0,
        amount: None,
        known: 0,
        copies: 0,
        unmetered: 0,
        undated: 0,
        replaced: 0,
        bad: 0,
        bad_rows: Vec::new(),
        skipped: Vec::new(),
        bills: Vec::new(),
        sessions: None,
        notes: Vec::new(),
    }
}

impl ImportView {
    pub(super) fn with_bad(self, bad: BadRows) -> Self {
        let rows = bad.listed.into_iter().map(|row| BadRowView {
            path: shown(&row.file),
            line: row.line,
            reason: row.reason,
        });
        Self { bad: bad.count, bad_rows: rows.collect(), ..self }
    }

    pub(super) fn with_skipped(self, files: Vec<(PathBuf, Reason)>) -> Self {
        let skipped = files.into_iter().map(|(file, reason)| SkippedFile::unread(shown(&file), reason));
        Self { skipped: skipped.collect(), ..self }
    }

    /// Files of an export that were left out, or of which something is to be said.
    pub(super) fn with_left_out(self, files: Vec<LeftOut>) -> Self {
        let skipped = files
            .into_iter()
            .map(|LeftOut { file, why, was_read }| SkippedFile::new(shown(&file), why, was_read));
        Self { skipped: skipped.collect(), ..self }
    }

    /// Files that are of another kind or damaged, and were left out.
    pub(super) fn with_others(self, others: Vec<(PathBuf, Reason)>, damaged: Vec<(PathBuf, Reason)>) -> Self {
        self.with_skipped(others.into_iter().chain(damaged).collect())
    }

    /// Calls files that lie in a folder as they are called elsewhere.
    pub(super) fn call_otherwise(&mut self, folder: &Path, elsewhere: &Path) {
        let rows = self.bad_rows.iter_mut().map(|row| &mut row.path);
        for path in rows.chain(self.skipped.iter_mut().map(|file| &mut file.path)) {
            if let Ok(within) = Path::new(path.as_str()).strip_prefix(folder) {
                let is_itself = within.as_os_str().is_empty();
                *path = shown(&if is_itself { elsewhere.to_owned() } else { elsewhere.join(within) });
            }
        }
    }

    /// Counts a statement that was written, or was there already.
    pub(super) const fn count(&mut self, new: bool) {
        let counted = if new { &mut self.added } else { &mut self.known };
        *counted = counted.saturating_add(1);
    }
}

/// How many there are, as reports count.
pub(super) fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// A folder with so many session files, if it has any.
pub(super) fn sessions(folder: &Path, files: Option<usize>) -> Option<FoundSessions> {
    let files = files.filter(|files| *files > 0)?;
    Some(FoundSessions { folder: shown(folder), files: u32::try_from(files).unwrap_or(u32::MAX) })
}

pub(super) fn outside(error: &ReadError) -> AppError {
    if let ReadError::BrokeOff { path, place } = error
        && let Some(report) = reports::of_worker(place)
    {
        let saying = say!("reading-broke-off-reported", path, report = report.to_string());
        return AppError::new(ErrorCode::Outside, saying);
    }
    let code = if matches!(error, ReadError::Stopped) { ErrorCode::Stopped } else { ErrorCode::Outside };
    let refused = match error {
        ReadError::AnotherKind { reason, .. } => Some(Refused::AnotherKind(reason.clone())),
        ReadError::Nothing { left_out, .. } => Some(Refused::Nothing(left_out.clone())),
        ReadError::Unreadable { .. }
        | ReadError::Damaged { .. }
        | ReadError::TooMuch { .. }
        | ReadError::TakesTooMuch { .. }
        | ReadError::BrokeOff { .. }
        | ReadError::Stopped => None,
    };
    AppError { refused, ..AppError::new(code, error) }
}
