//! Files of which nobody said what they are: each is recognised by what it holds, and imported as that.

use crate::answers::{
    AccountNumber, ArrivedPart, ArrivedView, ImportKind, ImportView, ProgressView, SkippedFile, shown,
};
use crate::error::{AppError, ErrorCode};
use crate::headroom::Headroom;
use crate::imports;
use crate::imports::import::Import;
use crate::imports::importing;
use crate::imports::looked_at::{LookedAt, Undecided, undecided};
use crate::imports::report::outside;
use crate::imports::wanted::{How, IssueChoice, Wanted, watching};
use crate::imports::wrong::import_of;
use headroom_exact::say;
use headroom_sources::files::given::{Files, Given};
use headroom_sources::files::table_file::FileKind;
use headroom_sources::recognised::{kinds, of_kind, others, recognise};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// So many files are named that are nothing that is imported; the others are counted.
const MOST_NAMED: usize = 100;

/// Imports what lies at `path`, else where it usually lies, into `account`, else into the first one that it belongs to.
pub(crate) fn at_path(
    headroom: &Headroom,
    kind: ImportKind,
    path: Option<&Path>,
    account: Option<AccountNumber>,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let given: Vec<_> = path.map(Given::from).into_iter().collect();
    as_kind(headroom, kind, &given, How { account, ..How::default() }, told)
}

/// Imports what was given, files and folders, as `kind`; of none what lies in its usual place. Rows that can't be read
/// are named and left out; a file of another kind is refused; what is there already is not added again.
pub(crate) fn as_kind(
    headroom: &Headroom,
    kind: ImportKind,
    given: &[Given],
    how: How<'_>,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let wanted = Wanted { kind, given, files: None, how, copied_before: true };
    importing::import(&wanted, &headroom.paths, &headroom.importing, headroom.now(), told)
}

/// Says what importing these files and folders would do; they are kept for [`Headroom::bring`].
pub(crate) fn look(
    headroom: &Headroom,
    paths: &[PathBuf],
    account: Option<AccountNumber>,
    told: &dyn Fn(ProgressView),
) -> Result<ArrivedView, AppError> {
    let given: Vec<Given> = paths.iter().map(|path| path.as_path().into()).collect();
    let how = How { account, dry_run: true, or_where_it_belongs: true, ..How::default() };
    let mut view = as_it_is(headroom, (&given, None), how, told)?;
    let issues = view.parts.iter().filter_map(|part| part.report.as_ref()).flat_map(|report| &report.bills);
    let issues = issues.flat_map(undecided).collect();
    let mut looked = headroom.looked.lock().unwrap_or_else(PoisonError::into_inner);
    view.number = looked.as_ref().map_or(1, |before| before.number.wrapping_add(1));
    *looked = Some(LookedAt { number: view.number, given, issues });
    Ok(view)
}

/// Imports one kind of what was looked at last; of the issues that nothing tells apart, in their order, those in these
/// places count, each of its month and payer.
pub(crate) fn bring(
    headroom: &Headroom,
    (number, kind): (u32, ImportKind),
    places: &[u32],
    account: Option<AccountNumber>,
    told: &dyn Fn(ProgressView),
) -> Result<ImportView, AppError> {
    let gone = || AppError::new(ErrorCode::Refused, say!("looked-at-something-else"));
    let looked = headroom.looked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let looked = looked.filter(|looked| looked.number == number).ok_or_else(gone)?;
    let chosen = |place: &u32| {
        let issue = usize::try_from(*place).ok().and_then(|place| looked.issues.get(place))?;
        let Undecided { path, month, payer, amount } = issue;
        let (path, payer) = (path.as_deref()?, payer.as_deref());
        Some(IssueChoice { path, month: Some(*month), payer, amount: Some(amount.as_deref()) })
    };
    let issues: Option<Vec<_>> = places.iter().map(chosen).collect();
    let issues = issues.ok_or_else(gone)?;
    let how = How { account, issues: &issues, or_where_it_belongs: true, ..How::default() };
    let view = as_it_is(headroom, (&looked.given, Some(kind)), how, told)?;
    let part = view.parts.into_iter().next().ok_or_else(gone)?;
    part.report.ok_or_else(|| part.failure.unwrap_or_else(gone))
}

/// Imports what was given as what it is, each kind of file for itself, all or one kind: one that fails keeps no other out.
/// What is nothing that is imported is named.
pub(crate) fn as_it_is(
    headroom: &Headroom,
    (given, only): (&[Given], Option<ImportKind>),
    how: How<'_>,
    told: &dyn Fn(ProgressView),
) -> Result<ArrivedView, AppError> {
    let _running = headroom.importing.begin()?;
    let (paths, now) = (&headroom.paths, headroom.now());
    let all = Files::all(given).map_err(|error| outside(&error))?;
    let recognised = recognise(paths.worker(), &all, &watching(&headroom.importing, told));
    let recognised = recognised.map_err(|error| outside(&error))?;
    let mut view = ArrivedView { dry_run: how.dry_run, ..ArrivedView::default() };
    let mut copied_before = true;
    let kinds = kinds(&recognised);
    let is_there = |import: &&&dyn Import| {
        let read = |kind: &FileKind| import_of(*kind) == Some(import.kind());
        kinds.iter().any(read) && only.is_none_or(|only| only == import.kind())
    };
    for import in imports::ALL.iter().filter(is_there) {
        let import = *import;
        let files = all.only(of_kind(&recognised, &|kind| import.reads(kind)));
        let count = u32::try_from(files.sources.len()).unwrap_or(u32::MAX);
        let wanted = Wanted { kind: import.kind(), given, files: Some(&files), how, copied_before };
        let outcome = importing::bring(&wanted, import, paths, &headroom.importing, now, told);
        // One copy of what was there before is enough.
        copied_before &= outcome.is_err();
        let (report, failure) = match outcome {
            Ok(report) => (Some(report), None),
            Err(error) if error.code == ErrorCode::Stopped => return Err(error),
            Err(error) => (None, Some(error)),
        };
        view.parts.push(ArrivedPart { kind: import.kind(), files: count, report, failure });
    }
    let (count, named) = others(&recognised);
    view.nothing = u32::try_from(count).unwrap_or(u32::MAX);
    let named = named.into_iter().take(MOST_NAMED);
    view.others = named.map(|(path, reason)| SkippedFile::unread(shown(&path), reason)).collect();
    Ok(view)
}
