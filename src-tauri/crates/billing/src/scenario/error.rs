//! Why a scenario is none: the place, then what is wrong there, as codes that a language words.

use crate::timeline::FoldError;
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say, says};
use serde::de;
use serde_json::error::Category;
use std::cell::Cell;

/// Why a scenario is no scenario: the place and what is wrong there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioError(Saying);

impl ScenarioError {
    /// An error of the scenario as a whole.
    pub(crate) const fn whole(what: Saying) -> Self {
        Self(what)
    }

    /// An error at a place.
    pub fn at(place: impl Into<Value>, what: impl Into<Saying>) -> Self {
        Self(Saying::at(place, what.into()))
    }

    /// The same within a larger place.
    #[must_use]
    pub fn within(self, place: impl Into<Value>) -> Self {
        Self::at(place, self.0)
    }

    /// The same in a line of a file of lines.
    pub(crate) fn in_line(self, line: usize) -> Self {
        self.within(say!("line-at", number = line.to_string()))
    }

    /// The same in the event at a position.
    pub(crate) fn in_event(self, position: usize) -> Self {
        self.within(event(position))
    }
}

/// An event's place. Its number stands as in the file, in every language.
fn event(position: usize) -> Saying {
    say!("event-at", number = position.to_string())
}

impl From<&ScenarioError> for Saying {
    fn from(error: &ScenarioError) -> Self {
        error.0.clone()
    }
}

impl From<&FoldError> for ScenarioError {
    fn from(error: &FoldError) -> Self {
        match *error {
            FoldError::BeforeOpening { position, opening } => {
                Self::at("at", say!("before-opening", opening)).in_event(position)
            }
            FoldError::OpenedTwice { position, opening } => {
                Self::at("type", say!("opening-twice", opening)).in_event(position)
            }
            FoldError::NoOpening { opening } => Self::at("events", say!("opening-missing", opening)),
            // As it stands in the file.
            FoldError::NothingYet { moment } => {
                Self::at("as_of", say!("no-event-by-then", moment = moment.to_string()))
            }
        }
    }
}

impl From<FoldError> for ScenarioError {
    fn from(error: FoldError) -> Self {
        Self::from(&error)
    }
}

impl From<&FoldError> for Saying {
    fn from(error: &FoldError) -> Self {
        ScenarioError::from(error).0
    }
}

says!(ScenarioError, FoldError);

/// Where a reader of JSON is in a scenario, and what was found wrong there: it passes on neither, but a text of its own.
#[derive(Default)]
pub(super) struct Trail {
    place: Cell<Option<Place>>,
    found: Cell<Option<ScenarioError>>,
}

/// A place that can be of another form than it has to be.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Events,
    Event(usize),
}

impl Trail {
    /// What is read next; none is what stands beside the events.
    pub(super) fn goes_to(&self, place: Option<Place>) {
        self.place.set(place);
    }

    /// Keeps what is wrong; the error that the reader passes on instead.
    pub(super) fn stops<E: de::Error>(&self, error: ScenarioError) -> E {
        self.found.set(Some(error));
        E::custom("wrong")
    }

    /// What was wrong when reading stopped.
    pub(super) fn error(&self, error: &serde_json::Error) -> ScenarioError {
        if let Some(found) = self.found.take() {
            return found;
        }
        let expected = match self.place.get() {
            None => say!("must-be-scenario"),
            Some(Place::Events) => say!("must-be-events"),
            Some(Place::Event(_)) => say!("must-be-event"),
        };
        let wrong = wrong(error, expected);
        // Nobody counts columns.
        let wrong = if error.classify() == Category::Data {
            wrong
        } else {
            ScenarioError::whole(say!("in-line", reason = wrong.0, line = error.line().to_string()))
        };
        match self.place.get() {
            None => wrong,
            Some(Place::Events) => wrong.within("events"),
            Some(Place::Event(position)) => wrong.in_event(position),
        }
    }
}

/// What is wrong with a part of the JSON that has to be something. Nothing of what the library says stands in it.
pub(crate) fn wrong(error: &serde_json::Error, expected: Saying) -> ScenarioError {
    match error.classify() {
        Category::Eof => ScenarioError::whole(say!("json-cut-off")),
        Category::Syntax | Category::Io => ScenarioError::whole(say!("not-json")),
        Category::Data => {
            let text = error.to_string();
            // The names of fields are ours.
            let twice = text.strip_prefix("duplicate field `").and_then(|rest| rest.split_once('`'));
            match twice {
                Some((field, _)) => ScenarioError::at(field, say!("stands-twice")),
                None => ScenarioError::whole(expected),
            }
        }
    }
}
