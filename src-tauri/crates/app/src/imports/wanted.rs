//! What is asked for when something is imported.

use crate::answers::{AccountNumber, ImportKind, ProgressView};
use crate::imports::running::Importing;
use headroom_exact::Month;
use headroom_sources::files::given::{Files, Given};
use headroom_sources::files::table_file::Progress;
use std::path::Path;

/// What is asked for: what was given, files and folders, else what lies where it usually does, for an account, else for
/// the first that it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'w> {
    pub kind: ImportKind,
    /// None: where it usually lies.
    pub given: &'w [Given],
    /// Those of them that are of the kind, where that is known already.
    pub files: Option<&'w Files>,
    pub how: How<'w>,
    /// Whether a copy of the data as it was is kept where something is new; what was just restored has one.
    pub copied_before: bool,
}

/// How it is imported.
#[derive(Clone, Copy, Default)]
pub struct How<'w> {
    /// The account it goes to; the first it belongs to without.
    pub account: Option<AccountNumber>,
    /// Of a bill's issues of which nothing tells the later: those that the owner chose.
    pub issues: &'w [IssueChoice<'w>],
    /// Whether it is only said what would become of it.
    pub dry_run: bool,
    /// Whether files that can't be that account's go to the first that they belong to.
    pub or_where_it_belongs: bool,
}

/// Which issue of a bill counts, as its owner says where nothing else does (F3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IssueChoice<'w> {
    /// Where it lies: its file, or a folder that holds it.
    pub path: &'w Path,
    /// Of this month alone; of each month that it bills without.
    pub month: Option<Month>,
    /// Of this payer's account alone; of each payer that it names without.
    pub payer: Option<&'w str>,
    /// The one of them that comes to this, as it was shown; nothing of what has nothing in dollars. Where an export overwrites
    /// itself several issues were read in one place.
    pub amount: Option<Option<&'w str>>,
}

impl<'w> From<&'w Path> for IssueChoice<'w> {
    fn from(path: &'w Path) -> Self {
        Self { path, month: None, payer: None, amount: None }
    }
}

/// How far it is, for whoever asked; and whether it shall go on.
pub(super) fn watching<'w>(
    importing: &'w Importing,
    told: &'w dyn Fn(ProgressView),
) -> impl Fn(Progress) -> bool + 'w {
    |progress: Progress| {
        let permille = progress.bytes.saturating_mul(1000).checked_div(progress.of_bytes);
        told(ProgressView {
            rows: progress.rows,
            permille: permille.and_then(|permille| u32::try_from(permille).ok()),
        });
        !importing.stopped()
    }
}
