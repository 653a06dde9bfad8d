//! Tasks of one person, as sessions record them.

use crate::answers::{ImportAmount, ImportView, Unit};
use crate::error::AppError;
use crate::imports::import::{Content, Destination};
use headroom_billing::total::known_sum;
use headroom_sources::{Metering, UsageObservation};
use headroom_store::table::events::{EventKind, NewEvent};
use serde::Serialize;

/// What is kept of a task beside its columns.
#[derive(Serialize)]
struct TaskBody<'a> {
    exact_credits: Option<&'a str>,
}

/// Tasks on their way into the store.
pub(super) struct Tasks(Vec<NewEvent>);

impl Tasks {
    /// Of tasks that a source tells of; those with credits are `metered` so.
    pub(super) fn of(
        observed: Vec<UsageObservation>,
        metered: EventKind,
        source: &'static str,
    ) -> Result<Box<Self>, AppError> {
        let events = observed.into_iter().map(|task| event(task, metered, source));
        Ok(Box::new(Self(events.collect::<Result<_, _>>()?)))
    }
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

impl Content for Tasks {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        let mut metered = Vec::new();
        for event in to.importing.looking(self.0.into_iter()) {
            let event = event?;
            if !to.writing.append(to.account, &event, to.now)? {
                view.known = view.known.saturating_add(1);
            } else if event.credits.is_some() {
                view.added = view.added.saturating_add(1);
                metered.push(event.credits);
            } else {
                view.unmetered = view.unmetered.saturating_add(1);
            }
        }
        // Of the tasks that are counted as new every one has its credits; the others are counted apart.
        let value = known_sum(metered).to_string();
        view.amount = Some(ImportAmount { unit: Unit::Credits, value, at_least: false });
        Ok(())
    }
}
