//! What lies in files, on its way into the store: how it is reported, and what is written of it.

use crate::error::{AppError, ErrorCode};
use crate::reported::{self, KILO_EXPORT, KILO_MACHINE};
use crate::views::{AccountNumber, BadRowView, ImportKind, ImportView, SkippedFile, shown};
use headroom_billing::Total;
use headroom_exact::{Balance, Moment};
use headroom_sources::aws_cost::MonthBill;
use headroom_sources::kiro_activity_report::ActivityRow;
use headroom_sources::observation::SpendRow;
use headroom_sources::table_file::{BadRows, Progress, ReadError};
use headroom_sources::{
    Metering, UsageObservation, Worker, aws_cost, kilo_database, kilo_usage_csv, kiro_activity_report,
    kiro_ide_sessions, kiro_sessions,
};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::reports::Reported;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The names under which tasks are kept.
const SESSIONS: &str = "kiro-cli-sessions";
const IDE_SESSIONS: &str = "kiro-ide-sessions";

/// What was read: how it is reported, and what goes into the store.
pub(super) struct Read {
    pub view: ImportView,
    pub content: Content,
}

pub(super) enum Content {
    Tasks(Vec<NewEvent>),
    Activity(Vec<ActivityRow>),
    Reports { source: &'static str, days: Vec<Reported>, cost: Total<Balance> },
    Bills(Vec<MonthBill>),
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
        bills: Vec::new(),
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

pub(super) fn outside(error: &ReadError) -> AppError {
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
        body: body?,
        key: observation.key,
        model: observation.model,
        session: Some(observation.session),
        source,
    })
}

pub(super) type Told<'t> = &'t dyn Fn(Progress) -> bool;

pub(super) fn sessions(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
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

pub(super) fn ide_sessions(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let sessions = kiro_ide_sessions::read(path, told).map_err(|error| outside(&error))?;
    let read = u64::try_from(sessions.tasks.len()).unwrap_or(u64::MAX);
    let events = sessions.tasks.into_iter().map(|task| event(task, EventKind::Estimated, IDE_SESSIONS));
    Ok(Read {
        view: view(ImportKind::KiroIdeSessions, path, sessions.files, read).with_bad(sessions.bad),
        content: Content::Tasks(events.collect::<Result<_, _>>()?),
    })
}

pub(super) fn activity(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
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

pub(super) fn cost(worker: &Worker, path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let export = aws_cost::read(worker, path, told).map_err(|error| outside(&error))?;
    let replaced = u64::try_from(export.replaced.len()).unwrap_or(u64::MAX);
    Ok(Read {
        content: Content::Bills(export.months),
        view: ImportView { replaced, ..view(ImportKind::AwsCost, path, export.files, export.read) }
            .with_bad(export.bad)
            .with_other_files(export.other_files),
    })
}

/// What the rows cost; a row or a request in one that doesn't say makes it the least they do.
fn total(rows: &[SpendRow], unpriced: u64) -> Total<Balance> {
    let known = rows.iter().filter_map(|row| row.cost).fold(Balance::ZERO, Balance::plus);
    Total::of(known, unpriced > 0 || rows.is_empty() || rows.iter().any(|row| row.cost.is_none()))
}

pub(super) fn kilo_usage(path: &Path, told: Told<'_>) -> Result<Read, AppError> {
    let export = kilo_usage_csv::read(path, told).map_err(|error| outside(&error))?;
    Ok(Read {
        content: Content::Reports {
            source: KILO_EXPORT,
            days: reported::of_days(&export.rows, "", &export.issued)?,
            cost: total(&export.rows, 0),
        },
        view: view(ImportKind::KiloUsage, path, export.files, export.read)
            .with_bad(export.bad)
            .with_other_files(export.other_files),
    })
}

pub(super) fn kilo_requests(
    worker: &Worker,
    path: &Path,
    told: Told<'_>,
    now: Moment,
) -> Result<Read, AppError> {
    let local = kilo_database::read(worker, path, told).map_err(|error| outside(&error))?;
    // The same file is the same however it is named.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Ok(Read {
        content: Content::Reports {
            source: KILO_MACHINE,
            // Two machines' records add up: each has its place.
            days: reported::of_days(&local.rows, &shown(&place), &now.to_string())?,
            cost: total(&local.rows, local.unpriced),
        },
        view: ImportView {
            unmetered: local.unpriced,
            bad: local.unreadable,
            ..view(ImportKind::KiloDatabase, path, 1, local.requests)
        },
    })
}
