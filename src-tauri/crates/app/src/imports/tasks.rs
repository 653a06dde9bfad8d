//! Tasks of one person, as they are kept.

use crate::error::AppError;
use headroom_sources::UsageObservation;
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

/// A task that a source tells of in a session; one with credits is `metered` so.
pub(super) fn event(
    observation: &UsageObservation,
    session: &str,
    said: u32,
    metered: EventKind,
    source: &'static str,
) -> Result<NewEvent, AppError> {
    let UsageObservation { key, at, metering, model } = observation;
    let credits = metering.credits();
    let kind = match credits {
        None if metered != EventKind::Estimated => EventKind::Unmetered,
        Some(_) | None => metered,
    };
    let exact = metering.exact().filter(|_| credits.is_some());
    let body = TaskBody { exact_credits: exact.map(|exact| exact.to_string()), said };
    Ok(NewEvent {
        at: *at,
        kind,
        credits,
        body: serde_json::to_string(&body)?,
        key: key.to_string(),
        model: model.as_deref().map(str::to_owned),
        session: Some(session.to_owned()),
        source,
    })
}
