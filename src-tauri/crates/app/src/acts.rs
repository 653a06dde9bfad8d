//! Acts of an account's owner: how one is kept, and what it says.

use crate::error::AppError;
use headroom_exact::Moment;
use headroom_sources::wire::json::differs;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{Act, EventKind, NewEvent};
use headroom_store::{StoreError, Writing};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What an act says.
pub(crate) fn content<T: DeserializeOwned>(act: &Act) -> Result<T, AppError> {
    serde_json::from_str(&act.body)
        .map_err(|error| StoreError::Damaged { table: "events", id: act.id, reason: differs(&error) }.into())
}

/// The content of an act that takes an earlier one back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Undo {
    /// The key of the act that counts no more.
    pub act: String,
}

/// Those acts that count: none that was taken back, unless taking it back was.
///
/// # Errors
///
/// What takes something back and can't be read.
pub(crate) fn counting(mut acts: Vec<Act>) -> Result<Vec<Act>, AppError> {
    let mut gone = HashSet::new();
    for act in acts.iter().rev().filter(|act| act.kind == EventKind::Undo) {
        if !gone.contains(&act.key) {
            gone.insert(content::<Undo>(act)?.act);
        }
    }
    acts.retain(|act| act.kind != EventKind::Undo && !gone.contains(&act.key));
    Ok(acts)
}

/// The newest facts of an account with the act that states them.
pub(crate) fn newest_facts<F: DeserializeOwned>(acts: &[Act]) -> Result<Option<(F, &Act)>, AppError> {
    let newest = acts.iter().rev().find(|act| act.kind == EventKind::Facts);
    newest.map(|act| Ok((content(act)?, act))).transpose()
}

/// Records an act of the user at this moment. What is done twice within one tick of the clock is two acts:
/// only what is imported can be known already.
pub(crate) fn record(
    writing: &Writing<'_>,
    account: AccountId,
    kind: EventKind,
    body: &impl Serialize,
    now: Moment,
) -> Result<(), AppError> {
    let key = format!("{}:{}.{:09}", kind.name(), now.unix_seconds(), now.nanoseconds());
    let mut event = NewEvent {
        at: now,
        kind,
        key: key.clone(),
        credits: None,
        model: None,
        session: None,
        source: "user",
        body: serde_json::to_string(body)?,
    };
    let mut acts = 1;
    while !writing.append(account, &event, now)? {
        acts += 1;
        event.key = format!("{key}#{acts}");
    }
    Ok(())
}
