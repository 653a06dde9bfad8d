//! Sessions of Kiro's IDE, as the estimates that it calls them itself. Its newer layout is the command line's too: where
//! they are read as metered, that leads.

use crate::answers::{Found, ImportKind, Kind};
use crate::error::AppError;
use crate::imports::import::{Import, Read, Reading};
use crate::imports::report::sessions;
use crate::imports::sessions::{self as both, Manner};
use crate::machine::paths::Paths;
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kiro::session_stores::{self, Layout};
use std::path::{Path, PathBuf};

/// The name under which the tasks are kept, and its files known.
const SOURCE: &str = both::ESTIMATES;

pub(crate) struct KiroIdeSessions;

impl Import for KiroIdeSessions {
    fn kind(&self) -> ImportKind {
        ImportKind::KiroIdeSessions
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroIndividual]
    }

    fn usual_places(&self, paths: &Paths) -> Vec<PathBuf> {
        paths.kiro_ide_sessions().map(Path::to_owned).into_iter().collect()
    }

    fn source(&self) -> Option<&'static str> {
        Some(SOURCE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        let files = |folder| session_stores::count(folder, Layout::Folder);
        found.kiro_ide_sessions =
            paths.kiro_ide_sessions().and_then(|folder| sessions(folder, files(folder)));
    }

    fn file(&self) -> FileKind {
        FileKind::KiroIdeSession
    }

    fn knows_files(&self) -> bool {
        true
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        both::read(&Manner { kind: self.kind(), older: false, metered: false, source: SOURCE }, reading)
    }
}
