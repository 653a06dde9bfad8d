//! Sessions of Kiro's command line and of its IDE, in whatever layout they lie, as metered.

use crate::answers::{Found, ImportKind, Kind};
use crate::error::AppError;
use crate::imports::import::{Import, Read, Reading};
use crate::imports::report::sessions;
use crate::imports::sessions::{self as both, Manner};
use crate::machine::paths::Paths;
use headroom_sources::files::table_file::FileKind;
use headroom_sources::kiro::session_stores::{self, Layout};
use std::path::PathBuf;

/// The name under which its files are known.
const SOURCE: &str = both::OLDER;

pub(crate) struct KiroSessions;

impl Import for KiroSessions {
    fn kind(&self) -> ImportKind {
        ImportKind::KiroSessions
    }

    fn belongs_to(&self) -> &'static [Kind] {
        &[Kind::KiroIndividual]
    }

    fn usual_places(&self, paths: &Paths) -> Vec<PathBuf> {
        paths.all_kiro_sessions()
    }

    fn source(&self) -> Option<&'static str> {
        Some(SOURCE)
    }

    fn find(&self, paths: &Paths, found: &mut Found) {
        let files = |folder| session_stores::count(folder, Layout::File);
        found.kiro_sessions = paths.kiro_sessions().and_then(|folder| sessions(folder, files(folder)));
    }

    fn file(&self) -> FileKind {
        FileKind::KiroSession
    }

    fn reads(&self, kind: FileKind) -> bool {
        [FileKind::KiroSession, FileKind::KiroIdeSession].contains(&kind)
    }

    fn knows_files(&self) -> bool {
        true
    }

    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError> {
        both::read(&Manner { kind: self.kind(), older: true, metered: true, source: SOURCE }, reading)
    }
}
