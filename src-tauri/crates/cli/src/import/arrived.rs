//! What came of files of several kinds, and of several files.

use super::{report, skipped};
use crate::many::many;
use crate::{Console, Failure};
use headroom_app::AppError;
use headroom_app::answers::{ArrivedView, SkippedFile};
use headroom_sources::files::given::Given;
use headroom_sources::files::left_out::MOST_NAMED;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What came of files that were recognised, kind by kind.
pub(super) fn each(arrived: &ArrivedView, console: &mut Console<'_>) -> std::io::Result<()> {
    for part in &arrived.parts {
        if let Some(of) = &part.report {
            write!(console.output, "{}: ", part.kind.name())?;
            report(of, console)?;
        }
    }
    for file in &arrived.others {
        skipped((&file.path, &file.reason), console)?;
    }
    let named = u32::try_from(arrived.others.len()).unwrap_or(u32::MAX);
    if arrived.nothing > named {
        let more = arrived.nothing.saturating_sub(named);
        let (more, are) = (many(more, "file", "files"), if more == 1 { "is" } else { "are" });
        writeln!(console.errors, "headroom: skipped {more} more, which {are} nothing that is imported")?;
    }
    Ok(())
}

/// An import that was refused: of files of which none could be read each is named in a line of its own.
pub(super) fn refused(error: AppError, console: &mut Console<'_>) -> std::io::Result<Failure> {
    if error.left_out().is_empty() {
        return Ok(error.into());
    }
    for (file, reason) in error.left_out().iter().take(MOST_NAMED) {
        skipped((file.display(), &reason.saying), console)?;
    }
    let more = error.left_out().len().saturating_sub(MOST_NAMED);
    if let more @ 1.. = u64::try_from(more).unwrap_or(u64::MAX) {
        writeln!(console.errors, "headroom: skipped {}", many(more, "more file", "more files"))?;
    }
    Ok(Failure::bad_input("nothing of it could be imported"))
}

/// The status of it: a kind that failed fails the command, and so does nothing at all.
pub(super) fn came_to(
    arrived: &ArrivedView,
    given: &[Given],
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let failures = arrived.parts.iter().filter_map(|part| Some((part.kind, part.failure.as_ref()?)));
    let mut said = Vec::new();
    for (kind, error) in failures {
        if error.left_out().is_empty() {
            said.push(error.to_string());
        } else {
            refused(error.clone(), console)?;
            said.push(format!("nothing could be imported as {}.", kind.name()));
        }
    }
    if !said.is_empty() {
        return Err(Failure::bad_input(said.join(" ")));
    }
    if arrived.parts.is_empty() {
        // What was skipped is named above.
        let named = |given: &Given| given.called.clone().unwrap_or_else(|| given.path.display().to_string());
        let all: Vec<_> = given.iter().filter(|_| arrived.others.is_empty()).map(named).collect();
        let what = if all.is_empty() { "it".to_owned() } else { all.join(", ") };
        return Err(Failure::bad_input(format!("nothing of {what} can be imported")));
    }
    Ok(())
}

/// Fails where of several files that were named some couldn't be read: the others were, and what was left out is named above.
pub(super) fn whole<'s>(
    skipped: impl IntoIterator<Item = &'s SkippedFile>,
    given: &[Given],
) -> Result<(), Failure> {
    let files = given.iter().filter(|given| given.path.is_file());
    let named: Vec<_> =
        files.map(|given| given.called.as_ref().map_or_else(|| given.path.clone(), PathBuf::from)).collect();
    let is_named = |file: &&SkippedFile| named.iter().any(|named| Path::new(&file.path).starts_with(named));
    let lacking = skipped.into_iter().filter(|file| !file.was_read).filter(is_named);
    let lacking: BTreeSet<_> = lacking.map(|file| &file.path).collect();
    match u64::try_from(lacking.len()).unwrap_or(u64::MAX) {
        0 => Ok(()),
        // Of a ZIP something may have been read.
        _ if given.len() < 2
            && !lacking.iter().any(|path| named.iter().any(|named| named == Path::new(path))) =>
        {
            Ok(())
        }
        1 if given.len() < 2 => Err(Failure::bad_input("it was left out: nothing of it counts")),
        count => {
            let left_out =
                many(count, "of the files that were named was", "of the files that were named were");
            Err(Failure::bad_input(format!("{left_out} left out: the others were read")))
        }
    }
}
