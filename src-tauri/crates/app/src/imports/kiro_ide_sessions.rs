//! Sessions of Kiro's IDE: estimates.

use crate::answers::{Found, ImportKind, Kind};
use crate::error::AppError;
use crate::imports::import::{Import, Read};
use crate::imports::report::{count, of_read, outside, sessions};
use crate::imports::tasks::Tasks;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, Watching};
use headroom_sources::kiro::ide_sessions;
use headroom_store::table::events::EventKind;
use std::path::{Path, PathBuf};

/// The name under which the tasks are kept.
const SOURCE: &str = "kiro-ide-sessions";

pub(crate) struct KiroIdeSessions;

impl Import for KiroIdeSessions {
    fn kind(&self) -> ImportKind {
        ImportKind::KiroIdeSessions
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroIndividual]
    }

    fn usual_place(&self, paths: &Paths) -> Option<PathBuf> {
        paths.kiro_ide_sessions().map(Path::to_owned)
    }

    fn source(&self) -> Option<&'static str> {
        Some(SOURCE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        let files = |folder| ide_sessions::files(folder).ok();
        found.kiro_ide_sessions =
            paths.kiro_ide_sessions().and_then(|folder| sessions(folder, files(folder)));
    }

    fn file(&self) -> FileKind {
        FileKind::KiroIdeSession
    }

    fn read(&self, worker: &Worker, files: &Files, told: Watching<'_>, _: Moment) -> Result<Read, AppError> {
        let sessions = ide_sessions::read_files(worker, files, told).map_err(|error| outside(&error))?;
        let read = count(sessions.tasks.len());
        Ok(Read {
            view: of_read(self.kind(), files, sessions.files, read).with_bad(sessions.bad),
            content: Tasks::of(sessions.tasks, EventKind::Estimated, SOURCE)?,
        })
    }
}
