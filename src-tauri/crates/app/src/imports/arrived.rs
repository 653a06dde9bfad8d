//! Files of which nobody said what they are: each is recognised by what it holds, and imported as that.

use crate::Headroom;
use crate::answers::{ArrivedPart, ArrivedView, ImportKind, ImportView, ProgressView, SkippedFile, shown};
use crate::error::AppError;
use crate::imports;
use crate::imports::importing::{self, How, Wanted, watching};
use crate::imports::report::outside;
use crate::imports::wrong::import_of;
use crate::machine::room::{self, Kept};
use headroom_sources::files::given::{Files, Given};
use headroom_sources::recognised::{kinds, of_kind, others, recognise};
use std::io::Read;

/// So many files are named that are nothing that is imported; the others are counted.
const MOST_NAMED: usize = 100;

impl Headroom {
    /// Imports what was given, files and folders, as `kind`; of none what lies in its usual place. Rows that can't be read
    /// are named and left out; a file of another kind is refused; what is there already is not added again.
    pub fn import_given(
        &self,
        kind: ImportKind,
        given: &[Given],
        how: How<'_>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        let wanted = Wanted { kind, given, files: None, how, copied_before: true };
        importing::import(&wanted, &self.paths, &self.importing, self.now(), told)
    }

    /// Imports what was given as what it is, each kind of file for itself: one that fails keeps no other out. What is
    /// nothing that is imported is named.
    pub fn import_as_it_is(
        &self,
        given: &[Given],
        how: How<'_>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ArrivedView, AppError> {
        let _running = self.importing.begin()?;
        let (paths, now) = (&self.paths, self.now());
        let all = Files::all(given).map_err(|error| outside(&error))?;
        let recognised = recognise(paths.worker(), &all, &watching(&self.importing, told));
        let recognised = recognised.map_err(|error| outside(&error))?;
        let mut view = ArrivedView { dry_run: how.dry_run, ..ArrivedView::default() };
        let mut copied_before = true;
        for kind in kinds(&recognised) {
            let Some(import) = import_of(kind).map(imports::named) else { continue };
            let files = all.only(of_kind(&recognised, kind));
            let count = u32::try_from(files.sources.len()).unwrap_or(u32::MAX);
            let wanted = Wanted { kind: import.kind(), given, files: Some(&files), how, copied_before };
            let outcome = importing::bring(&wanted, import, paths, &self.importing, now, told);
            // One copy of what was there before is enough.
            copied_before &= outcome.is_err();
            let (report, failure) = match outcome {
                Ok(report) => (Some(report), None),
                Err(error) => (None, Some(error)),
            };
            view.parts.push(ArrivedPart { kind: import.kind(), files: count, report, failure });
        }
        let others = others(&recognised);
        view.nothing = u32::try_from(others.len()).unwrap_or(u32::MAX);
        let named = others.into_iter().take(MOST_NAMED);
        view.others = named.map(|(path, reason)| SkippedFile { path: shown(&path), reason }).collect();
        Ok(view)
    }

    /// Keeps what comes over standard input, for as long as it is imported.
    pub fn keep_input(&self, input: &mut dyn Read) -> Result<Kept, AppError> {
        room::keep(input, &self.paths)
    }
}
