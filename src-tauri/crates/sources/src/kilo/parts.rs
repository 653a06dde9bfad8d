//! Questions that are answered each by itself: one that fails takes down only what it alone answers (rules V).

use crate::wire::http::{FetchError, Host};
use crate::wire::json::differs;
use crate::wire::missing::{Missing, TeamPart};
use crate::wire::number::Number;
use headroom_exact::{Saying, say};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// What came of a question.
#[derive(Default)]
pub(crate) enum Heard {
    /// Nothing that this login may see, or that this version of the service has.
    #[default]
    Nothing,
    /// An answer.
    Answer(Box<RawValue>),
    /// It failed, for this reason.
    Failed(FetchError),
}

impl Heard {
    /// An error where no other question would be answered either: it is of the login or of the account.
    pub(crate) fn of(answer: Result<Box<RawValue>, FetchError>) -> Result<Self, FetchError> {
        match answer {
            Ok(answer) => Ok(Self::Answer(answer)),
            // A role that may not see it, a version of the service that doesn't have it.
            Err(FetchError::Refused { status: 403 | 404 | 405 | 501, .. }) => Ok(Self::Nothing),
            Err(
                error @ (FetchError::SignInAgain(_)
                | FetchError::LoginEnded { .. }
                | FetchError::Suspended(_)
                | FetchError::NotSupported(_)),
            ) => Err(error),
            Err(error) => Ok(Self::Failed(error)),
        }
    }
}

impl<'de> Deserialize<'de> for Heard {
    /// As older versions kept it: an answer or nothing.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::<Box<RawValue>>::deserialize(from)?.map_or(Self::Nothing, Self::Answer))
    }
}

/// It is in another form than is known.
pub(crate) fn unreadable(reason: Saying) -> FetchError {
    FetchError::Unreadable { vendor: Host::Kilo.vendor(), reason }
}

/// A value that can't be what it should be.
pub(crate) fn another_kind() -> Saying {
    say!("value-of-another-kind")
}

/// A count, where one stands there; an error where something else does.
pub(crate) fn counted(number: Option<Number<'_>>) -> Result<Option<u64>, Saying> {
    number.map(|number| number.unquoted().count().ok_or_else(another_kind)).transpose()
}

/// What is read, question by question, and which of them were not answered.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) missing: Vec<Missing>,
}

impl Parts {
    /// A part is missing, for this reason; the first one counts.
    fn lacks(&mut self, part: TeamPart, why: &FetchError) {
        if !self.missing.iter().any(|missing| missing.part == part) {
            self.missing.push(Missing::because(part, why));
        }
    }

    /// What was read of a part; that it is missing, where it couldn't be.
    pub(crate) fn take<T>(&mut self, part: TeamPart, read: Result<Option<T>, Saying>) -> Option<T> {
        read.unwrap_or_else(|reason| {
            self.lacks(part, &unreadable(reason));
            None
        })
    }

    /// Reads an answer; null says nothing.
    pub(crate) fn read<'a, T: Deserialize<'a>, U>(
        &mut self,
        part: TeamPart,
        heard: &'a Heard,
        read: impl FnOnce(T) -> Result<U, Saying>,
    ) -> Option<U> {
        let answer = match heard {
            Heard::Nothing => return None,
            Heard::Failed(why) => {
                self.lacks(part, why);
                return None;
            }
            Heard::Answer(answer) => serde_json::from_str::<Option<T>>(answer.get()),
        };
        let told = answer.map_err(|error| differs(&error)).and_then(|told| told.map(read).transpose());
        self.take(part, told)
    }
}
