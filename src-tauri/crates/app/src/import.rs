//! Imports: what a reader sees goes into the store, once. Everything of one import goes in, or nothing does.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use crate::organisation::{BILLED_MONTHS, bill_source};
use crate::reported::{self, KILO_EXPORT, KILO_MACHINE};
use crate::views::{
    AccountNumber, BadRowView, ImportAmount, ImportKind, ImportView, Kind, ProgressView, SkippedFile, Unit,
    shown,
};
use chrono::NaiveDate;
use headroom_billing::team::Balance;
use headroom_billing::{Credits, Moment};
use headroom_sources::kiro_activity_report::ActivityRow;
use headroom_sources::observation::SpendRow;
use headroom_sources::table_file::{BadRows, Progress, ReadError};
use headroom_sources::{
    Metering, UsageObservation, aws_cost, kilo_database, kilo_usage_csv, kiro_activity_report,
    kiro_ide_sessions, kiro_sessions,
};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::reports::Reported;
use headroom_store::table::snapshots::Snapshot;
use headroom_store::{Store, Writing};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The names under which tasks are kept.
const SESSIONS: &str = "kiro-cli-sessions";
const IDE_SESSIONS: &str = "kiro-ide-sessions";
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

/// What was read: how it is reported, and what goes into the store.
struct Read {
    view: ImportView,
    content: Content,
}

enum Content {
    Tasks(Vec<NewEvent>),
    Activity(Vec<ActivityRow>),
    Reports { source: &'static str, days: Vec<Reported>, cost: Option<Balance> },
    Bills(Vec<(NaiveDate, String)>),
}

fn view(kind: ImportKind, path: &Path, files: u32, read: u64) -> ImportView {
    ImportView {
        kind,
        account: AccountNumber(0),
        from: shown(path),
        files,
        read,
        added: 0,
        amount: None,
        known: 0,
        unmetered: 0,
        undated: 0,
        replaced: 0,
        bad: 0,
        bad_rows: Vec::new(),
        skipped: Vec::new(),
    }
}

impl ImportView {
    fn with_bad(self, bad: BadRows) -> Self {
        let rows = bad.listed.into_iter().map(|row| BadRowView {
            path: shown(&row.file),
            line: row.line,
            reason: row.reason,
        });
        Self { bad: bad.count, bad_rows: rows.collect(), ..self }
    }

    fn with_other_files(self, files: Vec<PathBuf>) -> Self {
        let skipped = files
            .into_iter()
            .map(|file| SkippedFile { path: shown(&file), reason: "is of another kind".to_owned() });
        Self { skipped: skipped.collect(), ..self }
    }
}

fn outside(error: &ReadError) -> AppError {
    let code = if matches!(error, ReadError::Stopped) { ErrorCode::Stopped } else { ErrorCode::Outside };
    AppError::new(code, format!("{error}."))
}

/// What is kept of a task beside its columns.
#[derive(Serialize)]
struct TaskBody<'a> {
    exact_credits: Option<&'a str>,
}

fn event(
    observation: UsageObservation,
    metered: EventKind,
    source: &'static str,
) -> Result<NewEvent, AppError> {
    let (kind, credits, exact) = match &observation.metering {
        Metering::Metered { credits, exact } => (metered, Some(*credits), Some(exact.as_str())),
        Metering::Unknown if metered == EventKind::Estimated => (metered, None, None),
        Metering::Unknown => (EventKind::Unmetered, None, None),
    };
    let body = serde_json::to_string(&TaskBody { exact_credits: exact });
    Ok(NewEvent {
        at: observation.at,
        kind,
        credits,
        body: body.map_err(|error| AppError::new(ErrorCode::Store, error))?,
        key: observation.key,
        model: observation.model,
        session: Some(observation.session),
        source,
    })
}

type Told<'t> = &'t dyn Fn(Progress) -> bool;

fn sessions(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let files = kiro_sessions::files(path)
        .map_err(|error| AppError::new(ErrorCode::Outside, format!("{}: {error}.", path.display())))?;
    let mut view = view(ImportKind::KiroSessions, path, 0, 0);
    let mut turns = Vec::new();
    let of_bytes = u64::try_from(files.len()).unwrap_or(u64::MAX);
    for file in &files {
        match kiro_sessions::read(file) {
            Ok(session) => {
                view.files = view.files.saturating_add(1);
                view.undated = view.undated.saturating_add(session.undated_turns.into());
                turns.extend(session.turns);
            }
            Err(error) => view.skipped.push(SkippedFile { path: shown(file), reason: error.to_string() }),
        }
        let bytes = u64::from(view.files).saturating_add(u64::try_from(view.skipped.len()).unwrap_or(0));
        // Files are as good a measure as bytes where each is small.
        let rows = u64::try_from(turns.len()).unwrap_or(u64::MAX);
        if !told(Progress { rows, bytes, of_bytes }) {
            return Err(outside(&ReadError::Stopped));
        }
    }
    if view.files == 0 && files.len() == 1 {
        let skipped = view.skipped.swap_remove(0);
        return Err(AppError::new(ErrorCode::Outside, format!("{} {}.", skipped.path, skipped.reason)));
    }
    view.read = u64::try_from(turns.len()).unwrap_or(u64::MAX);
    let events = turns.into_iter().map(|turn| event(turn, EventKind::Usage, SESSIONS));
    Ok(Read { view, content: Content::Tasks(events.collect::<Result<_, _>>()?) })
}

fn ide_sessions(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let sessions = kiro_ide_sessions::read(path, told).map_err(|error| outside(&error))?;
    let read = u64::try_from(sessions.tasks.len()).unwrap_or(u64::MAX);
    let events = sessions.tasks.into_iter().map(|task| event(task, EventKind::Estimated, IDE_SESSIONS));
    Ok(Read {
        view: view(ImportKind::KiroIdeSessions, path, sessions.files, read).with_bad(sessions.bad),
        content: Content::Tasks(events.collect::<Result<_, _>>()?),
    })
}

fn activity(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let report = kiro_activity_report::read(path, told).map_err(|error| outside(&error))?;
    let unknown = report.rows.iter().filter(|row| row.credits.is_none()).count();
    Ok(Read {
        view: ImportView {
            replaced: report.replaced,
            unmetered: u64::try_from(unknown).unwrap_or(u64::MAX),
            ..view(ImportKind::KiroActivity, path, report.files, report.read)
        }
        .with_bad(report.bad)
        .with_other_files(report.other_files),
        content: Content::Activity(report.rows),
    })
}

fn cost(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let export = aws_cost::read(path, told).map_err(|error| outside(&error))?;
    let json = |bill: &aws_cost::MonthBill| {
        let body = serde_json::to_string(bill).map_err(|error| AppError::new(ErrorCode::Store, error))?;
        Ok::<_, AppError>((bill.month, body))
    };
    let replaced = u64::try_from(export.replaced.len()).unwrap_or(u64::MAX);
    Ok(Read {
        content: Content::Bills(export.months.iter().map(json).collect::<Result<_, _>>()?),
        view: ImportView { replaced, ..view(ImportKind::AwsCost, path, export.files, export.read) }
            .with_bad(export.bad)
            .with_other_files(export.other_files),
    })
}

fn total(rows: &[SpendRow]) -> Option<Balance> {
    let known = rows.iter().filter_map(|row| row.cost);
    rows.iter().any(|row| row.cost.is_some()).then(|| known.fold(Balance::ZERO, Balance::plus))
}

fn kilo_usage(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let export = kilo_usage_csv::read(path, told).map_err(|error| outside(&error))?;
    Ok(Read {
        content: Content::Reports {
            source: KILO_EXPORT,
            days: reported::of_days(&export.rows, "", &export.issued)?,
            cost: total(&export.rows),
        },
        view: view(ImportKind::KiloUsage, path, export.files, export.read)
            .with_bad(export.bad)
            .with_other_files(export.other_files),
    })
}

fn kilo_requests(path: &Path, told: Told<'_>, now: Moment) -> Result<Read, AppError> {
    let local = kilo_database::read(path, told).map_err(|error| outside(&error))?;
    Ok(Read {
        content: Content::Reports {
            source: KILO_MACHINE,
            // Two machines' records add up: each has its place.
            days: reported::of_days(&local.rows, &shown(path), &now.to_string())?,
            cost: total(&local.rows),
        },
        view: ImportView {
            unmetered: local.unpriced,
            bad: local.unreadable,
            ..view(ImportKind::KiloDatabase, path, 1, local.requests)
        },
    })
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
        let read = match kind {
            ImportKind::KiroSessions => sessions(&path, &told)?,
            ImportKind::KiroIdeSessions => ide_sessions(&path, &told)?,
            ImportKind::KiroActivity => activity(&path, &told)?,
            ImportKind::AwsCost => cost(&path, &told)?,
            ImportKind::KiloUsage => kilo_usage(&path, &told)?,
            ImportKind::KiloDatabase => kilo_requests(&path, &told, now)?,
        };
        // A connection of its own: the window goes on reading while this writes.
        let mut store = Store::open(&self.paths().database())?;
        let existing = store.accounts()?;
        let view = store.write(|writing| {
            let id = Self::account_for(writing, &existing, kind.billing(), account, now)?;
            let mut view = ImportView { account: AccountNumber(id.0), ..read.view };
            match read.content {
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
                        if writing.append_reported(id, source, day?, now)? {
                            view.added = view.added.saturating_add(1);
                        } else {
                            view.known = view.known.saturating_add(1);
                        }
                    }
                    view.amount =
                        cost.map(|cost| ImportAmount { unit: Unit::Dollars, value: cost.to_string() });
                }
                Content::Bills(months) => write_bills(writing, id, &months, &mut view, now)?,
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
        view.amount = Some(ImportAmount { unit: Unit::Credits, value: credits.to_string() });
        Ok(())
    }
}

/// A month that says the same as the last issue of it is known.
fn write_bills(
    writing: &Writing<'_>,
    id: AccountId,
    months: &[(NaiveDate, String)],
    view: &mut ImportView,
    now: Moment,
) -> Result<(), AppError> {
    let known = writing.newest_snapshot(id, BILLED_MONTHS)?;
    let known: Vec<NaiveDate> =
        known.and_then(|known| serde_json::from_str(&known.body).ok()).unwrap_or_default();
    let mut all = known.clone();
    for (month, body) in months {
        let source = bill_source(*month);
        if writing.newest_snapshot(id, &source)?.is_some_and(|newest| newest.body == *body) {
            view.known = view.known.saturating_add(1);
            continue;
        }
        writing.append_snapshot(id, &Snapshot { fetched_at: now, source, body: body.clone() })?;
        view.added = view.added.saturating_add(1);
        all.push(*month);
    }
    all.sort_unstable();
    all.dedup();
    if all != known {
        let body = serde_json::to_string(&all).map_err(|error| AppError::new(ErrorCode::Store, error))?;
        writing.append_snapshot(id, &Snapshot { fetched_at: now, source: BILLED_MONTHS.to_owned(), body })?;
    }
    Ok(())
}
