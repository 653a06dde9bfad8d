//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

use crate::Headroom;
use crate::accounts::account_for;
use crate::answers::{AccountNumber, ImportKind, ImportView, Kind, ProgressView};
use crate::error::{AppError, ErrorCode};
use crate::imports;
use crate::imports::import::{Destination, Import, Known, Read, Reading};
use crate::imports::places;
use crate::imports::running::Importing;
use crate::machine::log::Line;
use crate::machine::paths::Paths;
use crate::settings;
use headroom_exact::{Moment, say};
use headroom_sources::files::table_file::Progress;
use headroom_store::Store;
use headroom_store::copies::Before;
use std::path::{Path, PathBuf};

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
    let places = places_of(wanted, import, paths)?;
    let told = |progress: Progress| {
        let permille = progress.bytes.saturating_mul(1000).checked_div(progress.of_bytes);
        told(ProgressView {
            rows: progress.rows,
            permille: permille.and_then(|permille| u32::try_from(permille).ok()),
        });
        !importing.stopped()
    };
    let known = known(wanted, import, paths)?;
    let (worker, told) = (paths.worker(), &told);
    let Read { mut view, content } =
        import.read(&Reading { paths: &places, worker, told, now, known: &known })?;
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
        for path in &places {
            places::remember(writing, (wanted.kind, path), account, now)?;
        }
        Ok(())
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

/// Where it is read: what was named, else where it usually lies and something is.
fn places_of(wanted: &Wanted<'_>, import: &dyn Import, paths: &Paths) -> Result<Vec<PathBuf>, AppError> {
    if let Some(path) = wanted.path {
        return Ok(vec![path.to_owned()]);
    }
    let mut places = import.usual_places(paths);
    let first = places.first().cloned();
    places.retain(|place| place.exists());
    // Of a place where nothing is, it is said that nothing is there.
    if places.is_empty() {
        places.extend(first);
    }
    if places.is_empty() {
        return Err(AppError::new(ErrorCode::Outside, say!("no-usual-place")));
    }
    Ok(places)
}

/// What is known of files that were read before into the account that it would go to.
fn known(wanted: &Wanted<'_>, import: &dyn Import, paths: &Paths) -> Result<Known, AppError> {
    if !import.knows_files() || !paths.database().exists() {
        return Ok(Known::default());
    }
    let Ok(store) = Store::open_to_read(&paths.database()).to_read() else { return Ok(Known::default()) };
    let names = settings::keeps_session_names(&store)?;
    let kinds = import.belongs_to();
    let first = || {
        let there = store.accounts()?;
        let of = |kind: &Kind| there.iter().find(|account| account.kind == kind.name() && !account.sample);
        Ok::<_, AppError>(kinds.iter().find_map(of).map(|account| account.id))
    };
    let account = match wanted.account {
        Some(number) => Some(number.into()),
        None => first()?,
    };
    let Some((account, source)) = account.zip(import.source()) else {
        return Ok(Known { names, ..Known::default() });
    };
    let files = store.read_files(account, source)?;
    let files = files.into_iter().map(|file| (file.path.clone(), file)).collect();
    Ok(Known { account: Some(account), files, names })
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
