//! Sessions of Kiro's command line.

use crate::answers::{Found, ImportKind, Kind, SkippedFile, shown};
use crate::error::{AppError, ErrorCode};
use crate::imports::import::{Import, Read};
use crate::imports::report::{count, of_read, outside, sessions};
use crate::imports::tasks::Tasks;
use crate::machine::paths::Paths;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::Worker;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, Progress, ReadError, Watching};
use headroom_sources::kiro::sessions::{self, SessionError};
use headroom_store::table::events::EventKind;
use std::path::{Path, PathBuf};

/// The name under which the tasks are kept.
const SOURCE: &str = "kiro-cli-sessions";

pub(crate) struct KiroSessions;

impl Import for KiroSessions {
    fn kind(&self) -> ImportKind {
        ImportKind::KiroSessions
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroIndividual]
    }

    fn usual_place(&self, paths: &Paths) -> Option<PathBuf> {
        paths.kiro_sessions().map(Path::to_owned)
    }

    fn source(&self) -> Option<&'static str> {
        Some(SOURCE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        let files = |folder| sessions::files(folder).ok().map(|files| files.len());
        found.kiro_sessions = paths.kiro_sessions().and_then(|folder| sessions(folder, files(folder)));
    }

    fn file(&self) -> FileKind {
        FileKind::KiroSession
    }

    fn read(&self, worker: &Worker, files: &Files, told: Watching<'_>, _: Moment) -> Result<Read, AppError> {
        let mut view = of_read(self.kind(), files, 0, 0);
        let mut turns = Vec::new();
        let is_alone = files.sources.len() == 1;
        for source in &files.sources {
            match sessions::read(worker, source, told).map_err(|error| outside(&error))? {
                Ok(session) => {
                    view.files = view.files.saturating_add(1);
                    view.undated = view.undated.saturating_add(session.undated_turns.into());
                    turns.extend(session.turns);
                }
                Err(error) if is_alone || (source.asked && matches!(error, SessionError::NotASession(_))) => {
                    let (path, reason) = (&source.named, Saying::from(error));
                    return Err(AppError::new(ErrorCode::Outside, say!("file-because", path, reason)));
                }
                Err(error) => {
                    view.skipped.push(SkippedFile { path: shown(&source.named), reason: error.into() });
                }
            }
            // Files are as good a measure as bytes where each is small.
            let bytes = u64::from(view.files).saturating_add(count(view.skipped.len()));
            let progress = Progress { rows: count(turns.len()), bytes, of_bytes: count(files.sources.len()) };
            if !told(progress) {
                return Err(outside(&ReadError::Stopped));
            }
        }
        view.read = count(turns.len());
        Ok(Read { view, content: Tasks::of(turns, EventKind::Usage, SOURCE)? })
    }
}
