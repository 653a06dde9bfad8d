//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

use crate::Headroom;
use crate::accounts::account_for;
use crate::answers::{AccountNumber, ImportKind, ImportView, ProgressView};
use crate::error::{AppError, ErrorCode};
use crate::imports;
use crate::imports::import::{Destination, Read};
use crate::imports::places;
use crate::imports::running::Importing;
use crate::machine::log::Line;
use crate::machine::paths::Paths;
use headroom_exact::{Moment, say};
use headroom_sources::files::table_file::Progress;
use headroom_store::Store;
use headroom_store::copies::Before;
use std::path::Path;

/// What is asked for: what lies at `path`, a file or a folder, else where it usually lies, for an account, else for the
/// first that it belongs to.
pub(crate) struct Wanted<'w> {
    pub kind: ImportKind,
    pub path: Option<&'w Path>,
    pub account: Option<AccountNumber>,
    /// Whether a copy of the data as it was is kept where something is new; what was just restored has one.
    pub copied_before: bool,
    /// Of a bill's issues of which nothing tells the later: the one that the owner chose, by where it lies.
    pub issue: Option<&'w Path>,
    /// Whether it is only said what would become of it.
    pub dry_run: bool,
}

/// How a write ends: a dry run takes back what it wrote.
enum End {
    Failed(AppError),
    Dry,
}

impl<E: Into<AppError>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Imports it. Rows that can't be read are named and left out; a file of another kind is refused; what is there
/// already is not added again. `told` hears how far it is.
pub(crate) fn import(
    wanted: &Wanted<'_>,
    paths: &Paths,
    importing: &Importing,
    now: Moment,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let _running = importing.begin()?;
    let import = imports::named(wanted.kind);
    let path = wanted.path.map(Path::to_owned).or_else(|| import.usual_place(paths));
    let path = &path.ok_or_else(|| AppError::new(ErrorCode::Outside, say!("no-usual-place")))?;
    let told = |progress: Progress| {
        let permille = progress.bytes.saturating_mul(1000).checked_div(progress.of_bytes);
        told(ProgressView {
            rows: progress.rows,
            permille: permille.and_then(|permille| u32::try_from(permille).ok()),
        });
        !importing.stopped()
    };
    let Read { mut view, content } = import.read(paths.worker(), path, &told, now)?;
    // A connection of its own: the window goes on reading while this writes.
    let mut store = Store::open(&paths.database(), now).to_write()?;
    let mut copied = !wanted.copied_before || wanted.dry_run || !store.holds_anything()?;
    if !copied && !store.is_read_while_written()? {
        store.keep_copy(Before::Import, now)?;
        copied = true;
    }
    let written = store.write(|writing| {
        let account = account_for(writing, import.belongs_to(), wanted.account, now)?;
        view.account = AccountNumber(account.0);
        let issue = wanted.issue;
        content.write(&Destination { writing, account, importing, issue, now }, &mut view)?;
        if wanted.dry_run {
            return Err(End::Dry);
        }
        // What brings nothing new needs no copy: most imports are of what was there already.
        if !copied && writing.changes_anything() {
            writing.keep_copy_from_before(Before::Import, now)?;
        }
        Ok(places::remember(writing, (wanted.kind, path), account, now)?)
    });
    match written {
        Ok(()) => {}
        Err(End::Dry) => {
            view.dry_run = true;
            return Ok(view);
        }
        Err(End::Failed(error)) => return Err(error),
    }
    let counts = [("files", view.files.into()), ("added", view.added), ("bad", view.bad)];
    counts.into_iter().fold(Line::info("imported"), |line, (name, count)| line.count(name, count)).note();
    Ok(view)
}

impl Headroom {
    /// [`Headroom::import`] with the `issue` that counts where nothing else tells, by where it lies; or, as a dry run, only saying what
    /// would become of it.
    pub fn import_so(
        &self,
        kind: ImportKind,
        path: Option<&Path>,
        account: Option<AccountNumber>,
        issue: Option<&Path>,
        dry_run: bool,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        let wanted = Wanted { kind, path, account, copied_before: true, issue, dry_run };
        import(&wanted, &self.paths, &self.importing, self.now(), told)
    }
}
