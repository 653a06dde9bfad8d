//! Imports: what a reader sees goes into the store, once.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use crate::views::{AccountNumber, ImportView, SkippedFile, shown};
use headroom_billing::Credits;
use headroom_sources::{Metering, UsageObservation, kiro_sessions};
use headroom_store::table::events::{EventKind, NewEvent};
use serde::Serialize;
use std::path::Path;

/// The name under which session usage is kept.
const SOURCE: &str = "kiro-cli-sessions";

/// What is kept of a task beside its columns.
#[derive(Serialize)]
struct TaskBody<'a> {
    exact_credits: Option<&'a str>,
}

fn event(observation: UsageObservation) -> Result<NewEvent, AppError> {
    let (kind, credits, exact) = match &observation.metering {
        Metering::Metered { credits, exact } => (EventKind::Usage, Some(*credits), Some(exact.as_str())),
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
        source: SOURCE,
    })
}

impl Headroom {
    /// Imports the sessions of Kiro's command line from `path`, a folder or one file, else from where
    /// they usually are. Files that can't be read are named and skipped; everything else goes in, in one
    /// transaction; what is there already is not added again.
    pub fn import_kiro_sessions(&self, path: Option<&Path>) -> Result<ImportView, AppError> {
        let path = path.or_else(|| self.paths().kiro_sessions()).ok_or_else(|| {
            AppError::new(ErrorCode::Outside, "No home folder was found; name the folder of Kiro's sessions.")
        })?;
        let files = kiro_sessions::files(path)
            .map_err(|error| AppError::new(ErrorCode::Outside, format!("{}: {error}.", path.display())))?;

        let mut view = ImportView {
            account: AccountNumber(0),
            from: shown(path),
            files: 0,
            added: 0,
            credits: String::new(),
            known: 0,
            unmetered: 0,
            undated: 0,
            skipped: Vec::new(),
        };
        let mut turns = Vec::new();
        for file in &files {
            match kiro_sessions::read(file) {
                Ok(session) => {
                    view.files += 1;
                    view.undated += session.undated_turns;
                    turns.extend(session.turns);
                }
                Err(error) => view.skipped.push(SkippedFile { path: shown(file), reason: error.to_string() }),
            }
        }
        if view.files == 0 && files.len() == 1 {
            let skipped = view.skipped.swap_remove(0);
            return Err(AppError::new(ErrorCode::Outside, format!("{} {}.", skipped.path, skipped.reason)));
        }

        let now = self.now();
        let mut credits = Credits::ZERO;
        let mut store = self.store();
        let existing = store.accounts()?;
        store.write(|writing| {
            let account = Self::real_account(writing, &existing, now)?;
            view.account = AccountNumber(account.0);
            for turn in turns {
                let event = event(turn)?;
                if !writing.append(account, &event, now)? {
                    view.known += 1;
                } else if let Some(metered) = event.credits {
                    view.added += 1;
                    credits = credits.plus(metered);
                } else {
                    view.unmetered += 1;
                }
            }
            Ok::<_, AppError>(())
        })?;
        view.credits = credits.to_string();
        tracing::info!(
            files = view.files,
            added = view.added,
            skipped = view.skipped.len(),
            "sessions imported"
        );
        Ok(view)
    }
}
