//! What a kind of file has to answer, and what reading one gives.

use crate::answers::{Found, ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::running::Importing;
use crate::imports::wanted::IssueChoice;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, Watching};
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::sessions::ReadFile;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A kind of file that can be imported. Each stands in the one list of [`crate::imports`].
pub(crate) trait Import: Sync {
    /// Its name as it crosses to the window.
    fn kind(&self) -> ImportKind;

    /// The accounts it can belong to: of which kinds, the first of which is made where there is none.
    fn belongs_to(&self) -> &'static [Kind];

    /// Where it usually lies, all of which is read; nowhere where it lies wherever somebody put it.
    fn usual_places(&self, _: &Paths) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Under which name what lies in its usual place is kept.
    fn source(&self) -> Option<&'static str> {
        None
    }

    /// Adds what its usual place holds on this machine. Nothing of it is read for that.
    fn find(&self, _: &Paths, _: &mut Found) {}

    /// Which kind of file it is.
    fn file(&self) -> FileKind;

    /// Whether it reads such files.
    fn reads(&self, kind: FileKind) -> bool {
        kind == self.file()
    }

    /// Whether it looks itself for what lies in a folder.
    fn looks_into_folders(&self) -> bool {
        self.knows_files()
    }

    /// Whether files that were read before are passed over until they change.
    fn knows_files(&self) -> bool {
        false
    }

    /// Reads files. Rows that can't be read are named and left out; a file of another kind is refused, one that was only
    /// found in a folder or a ZIP left out.
    fn read(&self, reading: &Reading<'_>) -> Result<Read, AppError>;
}

/// What is read, and with what.
pub(crate) struct Reading<'r> {
    /// Where: what was given, or several places that usually hold it; what has to lie on the disk is unpacked.
    pub paths: &'r [PathBuf],
    /// Each file of it.
    pub files: &'r Files,
    /// Who reads what others pack.
    pub worker: &'r Worker,
    /// Hears how far it is, and says whether to go on.
    pub told: Watching<'r>,
    pub now: Moment,
    /// What was read before.
    pub known: &'r Known,
}

impl Reading<'_> {
    /// Where, of a kind that is read in one place.
    pub fn path(&self) -> &Path {
        self.paths.first().map_or_else(|| Path::new(""), PathBuf::as_path)
    }
}

/// What is known of files that were read before, and of what its owner agreed to.
#[derive(Default)]
pub(crate) struct Known {
    /// Into which account it would go; none while there is none.
    pub account: Option<AccountId>,
    /// The files that were read whole for it, by where they are.
    pub files: HashMap<String, ReadFile>,
    /// Whether folders and titles of sessions may be kept.
    pub names: bool,
}

/// What was read: how it is reported, and what goes into the store.
pub(crate) struct Read {
    pub view: ImportView,
    pub content: Box<dyn Content>,
}

/// What was read, on its way into the store.
pub(crate) trait Content {
    /// Writes what isn't there yet, and reports what became of it.
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError>;
}

/// Where an import goes.
pub(crate) struct Destination<'w> {
    pub writing: &'w Writing<'w>,
    pub account: AccountId,
    pub importing: &'w Importing,
    /// Of a bill's issues of which nothing tells the later: those that the owner chose.
    pub issues: &'w [IssueChoice<'w>],
    pub now: Moment,
}
