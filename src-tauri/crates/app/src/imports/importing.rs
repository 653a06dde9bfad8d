//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

use crate::accounts::account_for;
use crate::answers::{AccountNumber, ImportKind, ImportView, ProgressView};
use crate::error::{AppError, ErrorCode};
use crate::imports;
use crate::imports::import::{Destination, Import, Read};
use crate::imports::report::outside;
use crate::imports::running::Importing;
use crate::imports::{places, wrong};
use crate::machine::log::Line;
use crate::machine::paths::Paths;
use crate::machine::room;
use headroom_exact::{Moment, say};
use headroom_sources::files::given::{Files, Given};
use headroom_sources::files::table_file::{Progress, ReadError};
use headroom_sources::recognised::{of_kind, recognise};
use headroom_store::copies::Before;
use headroom_store::{Store, Writing};
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
    /// Whether a copy of the data is made first; what was just restored has one.
    pub copied_before: bool,
}

/// How it is imported.
#[derive(Clone, Copy, Default)]
pub struct How<'w> {
    /// The account it goes to; the first it belongs to without.
    pub account: Option<AccountNumber>,
    /// Of a bill's issues of which nothing tells the later: the one that the owner chose, by where it lies.
    pub issue: Option<&'w Path>,
    /// Whether it is only said what would become of it.
    pub dry_run: bool,
    /// Whether files that can't be that account's go to the first that they belong to.
    pub or_where_it_belongs: bool,
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
    if !wanted.given.is_empty() {
        return bring(wanted, import, paths, importing, now, told)
            .map_err(|error| wrong::said(error, wanted, paths, importing));
    }
    let usual = import.usual_place(paths);
    let usual = usual.ok_or_else(|| AppError::new(ErrorCode::Outside, say!("no-usual-place")))?;
    // Whose program writes there calls its files as they are.
    let given = [usual.as_path().into()];
    let files = Files::of_kind(import.file(), &given).map_err(|error| outside(&error))?;
    bring(&Wanted { given: &given, files: Some(&files), ..*wanted }, import, paths, importing, now, told)
}

/// The files of a kind in what was given: those that may be by their names, which their reader looks at, and others that
/// are by what they hold.
fn found(
    given: &[Given],
    import: &dyn Import,
    paths: &Paths,
    importing: &Importing,
) -> Result<Files, ReadError> {
    let named = Files::that_may_be(import.file(), given)?;
    let others = Files::all(given)?.without(&named);
    let recognised = recognise(paths.worker(), &others, &watching(importing, &|_| {}))?;
    named.and(of_kind(&recognised, import.file())).or_nothing(import.file())
}

/// Whether such files can be an account's.
fn belongs(writing: &Writing<'_>, import: &dyn Import, account: AccountNumber) -> bool {
    let accounts = writing.accounts().unwrap_or_default();
    let kind = accounts.iter().find(|known| known.id.0 == account.0 && !known.sample);
    kind.is_some_and(|known| import.belongs_to().iter().any(|kind| kind.name() == known.kind))
}

/// Reads and writes, while nothing else is imported.
pub(super) fn bring(
    wanted: &Wanted<'_>,
    import: &dyn Import,
    paths: &Paths,
    importing: &Importing,
    now: Moment,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let files = match wanted.files {
        Some(files) => files.clone(),
        None => found(wanted.given, import, paths, importing).map_err(|error| outside(&error))?,
    };
    // What is unpacked into it is needed only while it is read.
    let room = room::for_packed(&files, paths);
    let files = match &room {
        Some(room) => files.with_room(room.path()),
        None => files,
    };
    let told = watching(importing, told);
    let Read { mut view, content } = import.read(paths.worker(), &files, &told, now)?;
    drop(room);
    wrong::name_skipped(&mut view, &files, import.file(), paths.worker());
    // A connection of its own: the window goes on reading while this writes.
    let mut store = Store::open(&paths.database(), now).to_write()?;
    let How { account, issue, dry_run, or_where_it_belongs } = wanted.how;
    if wanted.copied_before && !dry_run && store.holds_anything()? {
        store.keep_copy(Before::Import, now)?;
    }
    let written = store.write(|writing| {
        let fits = |account: &AccountNumber| !or_where_it_belongs || belongs(writing, import, *account);
        let account = account_for(writing, import.belongs_to(), account.filter(fits), now)?;
        view.account = AccountNumber(account.0);
        content.write(&Destination { writing, account, importing, issue, now }, &mut view)?;
        if dry_run {
            return Err(End::Dry);
        }
        let is_of = |given: &&Given| files.sources.iter().any(|source| source.file.starts_with(&given.path));
        for given in wanted.given.iter().filter(|given| given.called.is_none()).filter(is_of) {
            places::remember(writing, (wanted.kind, &given.path), account, now)?;
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
