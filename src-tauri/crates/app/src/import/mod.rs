//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

mod read;

use crate::Headroom;
use crate::bills;
use crate::error::{AppError, ErrorCode};
use crate::reported::{self, KILO_MACHINE};
use crate::views::{AccountNumber, ImportAmount, ImportKind, ImportView, Kind, ProgressView, Unit};
use headroom_exact::{Credits, Moment};
use headroom_sources::table_file::{Progress, ReadError};
use headroom_store::copies::Before;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::NewEvent;
use headroom_store::{Store, Writing};
use read::{Content, outside};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many statements are written between two looks at whether to stop.
const WRITTEN_BETWEEN_LOOKS: usize = 4_096;

/// Whether an import runs, and whether it shall stop.
#[derive(Default)]
pub(crate) struct Importing {
    runs: AtomicBool,
    stop: AtomicBool,
}

/// An import that runs; none does any more once it goes.
struct Running<'i>(&'i Importing);

impl Importing {
    fn begin(&self) -> Result<Running<'_>, AppError> {
        if self.runs.swap(true, Ordering::AcqRel) {
            return Err(AppError::new(
                ErrorCode::Refused,
                "Another import is running; wait for it or stop it.",
            ));
        }
        self.stop.store(false, Ordering::Release);
        Ok(Running(self))
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.runs.store(false, Ordering::Release);
    }
}

impl ImportKind {
    /// The accounts it belongs to.
    const fn billing(self) -> Kind {
        match self {
            Self::KiroSessions | Self::KiroIdeSessions => Kind::KiroIndividual,
            Self::KiroActivity | Self::AwsCost => Kind::KiroEnterprise,
            Self::KiloUsage | Self::KiloDatabase => Kind::KiloTeams,
        }
    }
}

/// Looks now and then whether to stop.
fn looking<'i, T>(
    items: impl Iterator<Item = T> + 'i,
    importing: &'i Importing,
) -> impl Iterator<Item = Result<T, AppError>> + 'i {
    items.enumerate().map(|(index, item)| {
        let look = index.checked_rem(WRITTEN_BETWEEN_LOOKS) == Some(0);
        if look && importing.stopped() { Err(outside(&ReadError::Stopped)) } else { Ok(item) }
    })
}

impl Headroom {
    /// Imports what lies at `path`, a file or a folder, else where it usually lies, into `account`, else into
    /// the first account that it belongs to. Rows that can't be read are named and left out; a file of
    /// another kind is refused; what is there already is not added again. `told` hears how far it is.
    pub fn import(
        &self,
        kind: ImportKind,
        path: Option<&Path>,
        account: Option<AccountNumber>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        let running = self.importing.begin()?;
        let path = path.map(Path::to_owned).or_else(|| self.usual_place(kind)).ok_or_else(|| {
            AppError::new(
                ErrorCode::Outside,
                "It has no usual place on this machine; name a file or a folder.",
            )
        })?;
        let told = |progress: Progress| {
            let permille = progress.bytes.saturating_mul(1000).checked_div(progress.of_bytes);
            told(ProgressView {
                rows: progress.rows,
                permille: permille.and_then(|permille| u32::try_from(permille).ok()),
            });
            !self.importing.stopped()
        };
        let now = self.now();
        let found = match kind {
            ImportKind::KiroSessions => read::sessions(&path, &told)?,
            ImportKind::KiroIdeSessions => read::ide_sessions(&path, &told)?,
            ImportKind::KiroActivity => read::activity(&path, &told)?,
            ImportKind::AwsCost => read::cost(&path, &told)?,
            ImportKind::KiloUsage => read::kilo_usage(&path, &told)?,
            ImportKind::KiloDatabase => read::kilo_requests(&path, &told, now)?,
        };
        // A connection of its own: the window goes on reading while this writes.
        let mut store = Store::open(&self.paths().database(), now).to_write()?;
        if store.holds_anything()? {
            store.keep_copy(Before::Import, now)?;
        }
        let view = store.write(|writing| {
            let id = Self::account_for(writing, kind.billing(), account, now)?;
            let mut view = ImportView { account: AccountNumber(id.0), ..found.view };
            match found.content {
                Content::Tasks(events) => self.write_tasks(writing, id, events, &mut view, now)?,
                Content::Activity(rows) => {
                    // A day is thousands of rows, so each is a moment to stop at.
                    for day in reported::activity_days(&rows) {
                        if self.importing.stopped() {
                            return Err(outside(&ReadError::Stopped));
                        }
                        let (added, known) = reported::append_activity(writing, id, &day, now)?;
                        view.added = view.added.saturating_add(added);
                        view.known = view.known.saturating_add(known);
                    }
                }
                Content::Reports { source, days, cost } => {
                    for day in looking(days.iter(), &self.importing) {
                        let day = day?;
                        let new = if source == KILO_MACHINE {
                            reported::append_machine_day(writing, id, day, now)?
                        } else {
                            writing.append_reported(id, source, day, now)?
                        };
                        if new {
                            view.added = view.added.saturating_add(1);
                        } else {
                            view.known = view.known.saturating_add(1);
                        }
                    }
                    view.amount = cost.known().map(|known| ImportAmount {
                        unit: Unit::Dollars,
                        value: known.to_string(),
                        at_least: cost.is_at_least(),
                    });
                }
                Content::Bills(months) => bills::append(writing, id, &months, &mut view, now)?,
            }
            Ok::<_, AppError>(view)
        })?;
        drop(running);
        tracing::info!(?kind, files = view.files, added = view.added, bad = view.bad, "imported");
        Ok(view)
    }

    /// Stops an import that runs: nothing of it is kept.
    pub fn stop_import(&self) {
        self.importing.stop.store(true, Ordering::Release);
    }

    fn usual_place(&self, kind: ImportKind) -> Option<PathBuf> {
        let paths = self.paths();
        match kind {
            ImportKind::KiroSessions => paths.kiro_sessions().map(Path::to_owned),
            ImportKind::KiroIdeSessions => paths.kiro_ide_sessions().map(Path::to_owned),
            ImportKind::KiloDatabase => paths.kilo().map(|places| places.database.clone()),
            ImportKind::KiroActivity | ImportKind::AwsCost | ImportKind::KiloUsage => None,
        }
    }

    fn write_tasks(
        &self,
        writing: &Writing<'_>,
        id: AccountId,
        events: Vec<NewEvent>,
        view: &mut ImportView,
        now: Moment,
    ) -> Result<(), AppError> {
        let mut credits = Credits::ZERO;
        for event in looking(events.into_iter(), &self.importing) {
            let event = event?;
            if !writing.append(id, &event, now)? {
                view.known = view.known.saturating_add(1);
            } else if let Some(metered) = event.credits {
                view.added = view.added.saturating_add(1);
                credits = credits.plus(metered);
            } else {
                view.unmetered = view.unmetered.saturating_add(1);
            }
        }
        // Of the tasks that are counted as new every one has its credits; the others are counted apart.
        let value = credits.to_string();
        view.amount = Some(ImportAmount { unit: Unit::Credits, value, at_least: false });
        Ok(())
    }
}
