//! Tasks of one person, as they are kept.

use crate::error::AppError;
use headroom_sources::{Metering, UsageObservation};
use headroom_store::table::events::{EventKind, NewEvent};
use serde::{Deserialize, Serialize};

/// What is kept of a task beside its columns.
#[derive(Serialize, Deserialize)]
pub(super) struct TaskBody {
    pub exact_credits: Option<String>,
    /// How often its session summed it up by then; as a rule once.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub said: u32,
}

const fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
const fn is_once(said: &u32) -> bool {
    *said == once()
}

/// A task that a source tells of; one with credits is `metered` so.
pub(super) fn event(
    observation: UsageObservation,
    said: u32,
    metered: EventKind,
    source: &'static str,
) -> Result<NewEvent, AppError> {
    let (kind, credits, exact) = match observation.metering {
        Metering::Metered { credits, exact } => (metered, Some(credits), Some(exact)),
        Metering::Unknown if metered == EventKind::Estimated => (metered, None, None),
        Metering::Unknown => (EventKind::Unmetered, None, None),
    };
    Ok(NewEvent {
        at: observation.at,
        kind,
        credits,
        body: serde_json::to_string(&TaskBody { exact_credits: exact, said })?,
        key: observation.key,
        model: observation.model,
        session: Some(observation.session),
        source,
    })
}
