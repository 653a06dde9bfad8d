//! The data on this machine before it is open: it is opened from here, to write or only to read, and what can't be opened
//! is restored from here.

use crate::answers::{ReportView, RestoredView, shown};
use crate::catalog::Shelf;
use crate::error::{AppError, ErrorCode};
use crate::headroom::Headroom;
use crate::imports::again;
use crate::machine::clock::Clock;
use crate::machine::log::Line;
use crate::machine::modes;
use crate::machine::paths::Paths;
use crate::machine::reports::{self, ReportNumber};
use crate::machine::secrets::{NoKeyring, Secrets};
use crate::{accounts, chores, kept};
use headroom_exact::{Saying, say};
use headroom_store::copies::{self, Copy};
use headroom_store::restore::{self, Restored};
use headroom_store::{Case, Closed, NotWritable, Opened, Store};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A copy of the data that was proved when it was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CopyView {
    /// When it was made.
    pub made_at: String,
    /// What it was made before: `migration`, `import`, `removal`, `day`; or `asked`.
    pub before: &'static str,
    /// How large it is.
    pub bytes: u64,
    /// Where it lies.
    pub path: PathBuf,
}

impl From<Copy> for CopyView {
    fn from(copy: Copy) -> Self {
        Self {
            made_at: copy.made_at.to_string(),
            before: copy.before.name(),
            bytes: copy.bytes,
            path: copy.path,
        }
    }
}

/// What a restore did, after what the vendors' programs left was imported again.
fn restored_view(restored: &Restored, again: Vec<again::Again>) -> RestoredView {
    let merged = &restored.merged;
    let came_back =
        [merged.accounts, merged.tasks, merged.acts, merged.answers, merged.reports, merged.bills];
    let came_back = came_back.into_iter().fold(0, u64::saturating_add);
    RestoredView {
        said: restored.told(),
        copied_at: restored.copied_at.map(|at| at.to_string()),
        came_back: u32::try_from(came_back).unwrap_or(u32::MAX),
        complete: merged.complete,
        damaged: restored.damaged.display().to_string(),
        told: again::said(restored.lost, again),
    }
}

/// Where the data lies, and what a Headroom needs beside it.
pub struct Place {
    pub(crate) paths: Paths,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) secrets: Box<dyn Secrets>,
}

impl Place {
    /// At these paths, without a keyring.
    pub fn new(paths: Paths, clock: Box<dyn Clock>) -> Self {
        Self { paths, clock, secrets: Box::new(NoKeyring) }
    }

    /// The same with a keyring.
    #[must_use]
    pub fn with_secrets(self, secrets: Box<dyn Secrets>) -> Self {
        Self { secrets, ..self }
    }

    /// Opens the data to read and write. What can't be written is read: [`Headroom::not_writable`] says why.
    pub fn open(self) -> Result<Headroom, AppError> {
        let now = self.clock.now();
        let shut = modes::shut(self.paths.data());
        let mut store = match Store::open(&self.paths.database(), now) {
            Opened::Whole(store) => store,
            Opened::ReadOnly(store, why) => return Ok(self.over(store, None, Some(why))),
            // It may be there all the same, of an older format that can't be brought up to date now.
            Opened::Closed(Closed { case: Case::Full, .. }) => return self.reading(Some(NotWritable::Full)),
            Opened::Closed(Closed { case: Case::NoRight, .. }) => {
                return self.reading(Some(NotWritable::NoRight));
            }
            Opened::Closed(closed) => return self.in_safe_mode(closed),
        };
        // Whatever of this can't be done now, for somebody else writes, is done at the next opening: nobody waits for it.
        let kept_up = store.without_waiting(|store| {
            kept::settle(store, now);
            kept::settle_copies(store.path(), now);
            chores::copy_of_the_day(store, now);
            accounts::purge(store, now.plus_seconds(-accounts::UNDO_SECONDS), now, Duration::ZERO)
        });
        if let Err(error) = kept_up.map_err(AppError::from).flatten() {
            Line::warn("removed-accounts-not-deleted").because(&error).note();
        }
        let reading = Store::open_to_read(&self.paths.database()).to_read()?;
        let Self { paths, clock, secrets } = self;
        Ok(Headroom::over((store, Some(reading)), None, (paths, clock, secrets), shut))
    }

    /// Opens the data to read: nothing is written, nobody is waited for, and no writer is held up.
    pub fn open_to_read(self) -> Result<Headroom, AppError> {
        self.reading(None)
    }

    fn reading(self, known: Option<NotWritable>) -> Result<Headroom, AppError> {
        match Store::open_to_read(&self.paths.database()) {
            Opened::Whole(store) => Ok(self.over(store, None, known)),
            Opened::ReadOnly(store, why) => Ok(self.over(store, None, Some(why))),
            Opened::Closed(closed) => self.in_safe_mode(closed),
        }
    }

    /// What can be read of damaged data of which no copy is good; else why it isn't open.
    fn in_safe_mode(self, closed: Closed) -> Result<Headroom, AppError> {
        let database = self.paths.database();
        let open = match closed.case {
            Case::Damaged(_) => Store::open_damaged(&database),
            Case::Busy
            | Case::Full
            | Case::NoRight
            | Case::Newer { .. }
            | Case::Foreign(_)
            | Case::Behind(_) => None,
        };
        match open {
            Some(store) => Ok(self.over(store, None, Some(NotWritable::Damaged))),
            None => Err(closed.into()),
        }
    }

    fn over(self, store: Store, reading: Option<Store>, why: Option<NotWritable>) -> Headroom {
        let Self { paths, clock, secrets } = self;
        Headroom::over((store, reading), why, (paths, clock, secrets), None)
    }

    /// What is kept of Headroom's own mistakes, the newest first. Whoever asks is told of them by that.
    pub fn reports(&self) -> Vec<ReportView> {
        let folder = self.paths.reports();
        let reports = reports::list(&folder);
        let untold: Vec<_> =
            reports.iter().filter(|report| !report.told).map(|report| report.number).collect();
        reports::told(&folder, &untold);
        let view = |report: reports::Report| ReportView {
            number: report.number.to_string(),
            at: report.at.to_string(),
            path: shown(&folder.join(report.told_name())),
            text: report.text,
        };
        reports.into_iter().map(view).collect()
    }

    /// Deletes one of them, by its number.
    pub fn delete_report(&self, number: &str) -> Result<(), AppError> {
        let known = ReportNumber::read(number)
            .ok_or_else(|| AppError::input(say!("no-such-report", report = number)))?;
        reports::delete(&self.paths.reports(), known).map_err(|error| {
            let (report, reason) = (number, Saying::from(error));
            AppError::new(ErrorCode::Outside, say!("report-not-deleted", report, reason))
        })
    }

    /// Where imported price lists are kept.
    pub fn catalogs(&self) -> Shelf {
        Shelf::of(&self.paths)
    }

    /// The copies there are, the newest first.
    pub fn copies(&self) -> Result<Vec<CopyView>, AppError> {
        let database = self.paths.database();
        let copies = copies::list(&database).map_err(|error| {
            let (path, reason) = (copies::folder(&database), Saying::from(error));
            AppError::new(ErrorCode::Outside, say!("copies-not-read", path = &path, reason))
        })?;
        Ok(copies.into_iter().map(CopyView::from).collect())
    }

    /// Restores damaged data from its newest good copy, and imports again what vendors' programs left since then; or any
    /// data from a copy that is named, exactly as it is in there.
    pub fn restore(&self, named: Option<&Path>) -> Result<RestoredView, AppError> {
        let now = self.clock.now();
        let restored = restore::restore(&self.paths.database(), named, now)?;
        Line::info("restored").note();
        let again = if named.is_none() { again::import(&self.paths, now) } else { Vec::new() };
        Ok(restored_view(&restored, again))
    }
}
