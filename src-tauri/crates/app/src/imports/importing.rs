//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

use crate::accounts::account_for;
use crate::answers::{AccountNumber, ImportKind, ImportView, Kind, ProgressView};
use crate::choices;
use crate::error::{AppError, ErrorCode};
use crate::imports;
use crate::imports::import::{Destination, Import, Known, Read, Reading};
use crate::imports::report::outside;
use crate::imports::running::Importing;
use crate::imports::wanted::{How, Wanted, watching};
use crate::imports::{places, wrong};
use crate::machine::log::Line;
use crate::machine::paths::Paths;
use crate::machine::room;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::Worker;
use headroom_sources::files::given::{Files, Given};
use headroom_sources::files::table_file::{ReadError, Watching};
use headroom_sources::kiro::session_stores::is_told_elsewhere;
use headroom_sources::recognised::{of_kind, recognise};
use headroom_store::copies::Before;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::{Store, Writing};
use std::path::PathBuf;

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
    if !wanted.given.is_empty() {
        return bring(wanted, import, paths, importing, now, told)
            .map_err(|error| wrong::said(error, wanted, paths, importing));
    }
    in_usual_places(wanted, import, paths, importing, now, told)
}

/// Imports by itself what lies where it usually does into an account; none while another import runs. No copy is kept of the
/// data as it was: nobody decided anything that they could wish undone, and a copy is made every day.
pub(super) fn by_itself(
    kind: ImportKind,
    account: AccountNumber,
    paths: &Paths,
    importing: &Importing,
    now: Moment,
) -> Result<Option<ImportView>, AppError> {
    let Some(_running) = importing.begin_by_itself() else { return Ok(None) };
    let how = How { account: Some(account), ..How::default() };
    let wanted = Wanted { kind, given: &[], files: None, how, copied_before: false };
    in_usual_places(&wanted, imports::named(kind), paths, importing, now, &|_| {}).map(Some)
}

/// Imports what lies where it usually does.
fn in_usual_places(
    wanted: &Wanted<'_>,
    import: &dyn Import,
    paths: &Paths,
    importing: &Importing,
    now: Moment,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let usual = usual_places(import, paths)?;
    let given: Vec<Given> = usual.iter().map(|place| place.as_path().into()).collect();
    // Whose program writes there calls its files as they are; and looks for them itself.
    let files = if import.knows_files() {
        Files::default()
    } else if import.looks_into_folders() {
        Files::that_may_be(import.file(), &given).map_err(|error| outside(&error))?
    } else {
        Files::of_kind(import.file(), &given).map_err(|error| outside(&error))?
    };
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
    let all = Files::beside_own_folders(import.file(), given)?;
    let others = all.without(&named);
    let recognised = recognise(paths.worker(), &others, &watching(importing, &|_| {}))?;
    let files = named.and(of_kind(&recognised, &|kind| import.reads(kind)));
    // Who looks for its files itself says what it found.
    if import.looks_into_folders() { Ok(files) } else { files.or_nothing(import.file()) }
}

/// Whether such files can be an account's.
fn belongs(writing: &Writing<'_>, import: &dyn Import, account: AccountNumber) -> bool {
    let accounts = writing.accounts().unwrap_or_default();
    let kind = accounts.iter().find(|known| known.id.0 == account.0 && !known.sample);
    kind.is_some_and(|known| import.belongs_to().iter().any(|kind| kind.name() == known.kind))
}

/// What is said where nobody named the account and several can hold such files: a team's and a person's at Kilo are two.
fn first_of_several(writing: &Writing<'_>, import: &dyn Import, account: AccountId) -> Option<Saying> {
    let accounts = writing.accounts().ok()?;
    let may_hold = |known: &&Account| belongs(writing, import, AccountNumber(known.id.0)) && !known.hidden;
    let many = accounts.iter().filter(may_hold).count();
    let name = accounts.iter().find(|known| known.id == account).map(|known| known.name.clone())?;
    (many > 1).then(|| say!("went-to-the-first", account = name))
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
    let known = known(wanted, import, paths)?;
    let (worker, told): (_, Watching<'_>) = (paths.worker(), &told);
    let places = on_the_disk(wanted, import, &files, (worker, told))?;
    let Read { mut view, content } =
        import.read(&Reading { paths: &places, files: &files, worker, told, now, known: &known })?;
    drop(room);
    // What was unpacked is called as it is where it is packed.
    for (room, holder) in files.rooms() {
        view.call_otherwise(&room, holder);
    }
    wrong::name_skipped(&mut view, &files, import, paths.worker());
    // A connection of its own: the window goes on reading while this writes.
    let mut store = Store::open(&paths.database(), now).to_write()?;
    store.expect_much()?;
    let How { account, issues, dry_run, or_where_it_belongs } = wanted.how;
    let mut copied = !wanted.copied_before || dry_run || !store.holds_anything()?;
    if !copied && !store.is_read_while_written()? {
        store.keep_copy(Before::Import, now)?;
        copied = true;
    }
    let written = store.write(|writing| {
        let fits = |account: &AccountNumber| !or_where_it_belongs || belongs(writing, import, *account);
        let chosen = account.filter(fits);
        let account = account_for(writing, import.belongs_to(), chosen, now)?;
        view.account = AccountNumber(account.0);
        view.notes.extend(first_of_several(writing, import, account).filter(|_| chosen.is_none()));
        content.write(&Destination { writing, account, importing, issues, now }, &mut view)?;
        if dry_run {
            return Err(End::Dry);
        }
        // What brings nothing new needs no copy: most imports are of what was there already.
        if !copied && writing.changes_anything() {
            writing.keep_copy_from_before(Before::Import, now)?;
        }
        let is_of = |given: &&Given| {
            files.sources.is_empty()
                || (import.knows_files() && given.path.is_dir())
                || files.sources.iter().any(|source| source.file.starts_with(&given.path))
        };
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

/// Where it usually lies: the places where something is.
fn usual_places(import: &dyn Import, paths: &Paths) -> Result<Vec<PathBuf>, AppError> {
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

/// Where the files are read that a kind looks for itself: in the folders that were given, and what else was given or
/// recognised file by file, unpacked where it is packed.
fn on_the_disk(
    wanted: &Wanted<'_>,
    import: &dyn Import,
    files: &Files,
    (worker, told): (&Worker, Watching<'_>),
) -> Result<Vec<PathBuf>, AppError> {
    let given = wanted.given.iter().map(|given| given.path.clone());
    let is_given = |file: &PathBuf| wanted.given.iter().any(|given| given.path == *file);
    // Nobody gave what lies in its usual place: it is what it is there, a folder or a file.
    if !import.knows_files() || files.given.is_empty() {
        return Ok(given.collect());
    }
    let folders = given.filter(|path| !path.is_file());
    let files = files.unpacked_beside_each_other(worker, told).map_err(|error| outside(&error))?;
    Ok(folders
        .chain({ files.into_iter() }.filter(|file| is_given(file) || !is_told_elsewhere(file)))
        .collect())
}

/// What is known of files that were read before into the account that it would go to.
fn known(wanted: &Wanted<'_>, import: &dyn Import, paths: &Paths) -> Result<Known, AppError> {
    if !import.knows_files() || !paths.database().exists() {
        return Ok(Known::default());
    }
    let Ok(store) = Store::open_to_read(&paths.database()).to_read() else { return Ok(Known::default()) };
    let names = choices::keeps_session_names(&store)?;
    let kinds = import.belongs_to();
    let first = || {
        let there = store.accounts()?;
        let of = |kind: &Kind| there.iter().find(|account| account.kind == kind.name() && !account.sample);
        Ok::<_, AppError>(kinds.iter().find_map(of).map(|account| account.id))
    };
    let account = match wanted.how.account {
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
