//! What a kind of file has to answer, and what reading one gives.

use crate::answers::{Found, ImportKind, ImportView, Kind};
use crate::error::AppError;
use crate::imports::running::Importing;
use crate::machine::paths::Paths;
use headroom_exact::Moment;
use headroom_sources::Worker;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, Watching};
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use std::path::{Path, PathBuf};

/// A kind of file that can be imported. Each stands in the one list of [`crate::imports`].
pub(crate) trait Import: Sync {
    /// Its name as it crosses to the window.
    fn kind(&self) -> ImportKind;

    /// The accounts it can belong to: of which kinds, the first of which is made where there is none.
    fn belongs_to(&self) -> &'static [Kind];

    /// Where it usually lies; none where it lies wherever somebody put it.
    fn usual_place(&self, _: &Paths) -> Option<PathBuf> {
        None
    }

    /// Under which name what lies in its usual place is kept.
    fn source(&self) -> Option<&'static str> {
        None
    }

    /// Adds what its usual place holds on this machine. Nothing of it is read for that.
    fn find(&self, _: &Paths, _: &mut Found) {}

    /// Which kind of file it is.
    fn file(&self) -> FileKind;

    /// Reads files. Rows that can't be read are named and left out; a file of another kind is refused, one that was only
    /// found in a folder or a ZIP left out. What others pack is read by `worker`. `told` hears how far it is, and says
    /// whether to go on.
    fn read(&self, worker: &Worker, files: &Files, told: Watching<'_>, now: Moment)
    -> Result<Read, AppError>;
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
    /// Of a bill's issues of which nothing tells the later: the one that the owner chose, by where it lies.
    pub issue: Option<&'w Path>,
    pub now: Moment,
}
