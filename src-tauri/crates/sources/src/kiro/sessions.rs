//! Sessions of Kiro's own command line: `~/.kiro/sessions/cli/<session>.json` (`interfaces.md` §2.3 A).
//!
//! One file a session, one entry a turn, one metering value a model request. A resumed or forked
//! session repeats the turns it began with, so a turn is known by its message id, else by its loop.
//! Sessions from before metering (about 2026-03-30) have none: those turns are unknown, not zero.

use crate::files::bounded::{self, FileError, at_most, fold};
use crate::kiro::lineage::{Born, Names, plain};
use crate::observation::{Metering, UsageObservation};
use crate::wire::json::differs;
use crate::wire::{moments, number};
use headroom_exact::{Saying, say, says};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::path::Path;

/// Why a file or folder was not read. What is said leaves the path to whoever shows it.
#[derive(Debug)]
pub enum SessionError {
    /// It can't be read.
    Unreadable(FileError),
    /// The file ends before its JSON does.
    CutOff,
    /// It is JSON of another kind, or none.
    NotASession(Saying),
}

says!(SessionError);

impl From<FileError> for SessionError {
    fn from(error: FileError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<&SessionError> for Saying {
    fn from(error: &SessionError) -> Self {
        match error {
            SessionError::Unreadable(error) => say!("cant-be-read", reason = Self::from(error)),
            SessionError::CutOff => say!("session-cut-off"),
            SessionError::NotASession(reason) => say!("not-a-session", reason = reason.clone()),
        }
    }
}

/// What one session file holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub born: Born,
    /// The folder it ran in, where that was to be read and is told.
    pub project: Option<String>,
    /// Its title, where that was to be read and is told.
    pub title: Option<String>,
    /// Its turns that ran, in the file's order.
    pub turns: Vec<UsageObservation>,
    /// Turns without a readable time: they can't be placed in a cycle and are left out.
    pub undated_turns: u32,
    /// How much is said of what its turns used: of two states of a turn the one that says more is the later.
    pub said: u32,
}

/// Reads one session file.
pub fn read(file: &Path, names: Names) -> Result<Session, SessionError> {
    // A session is a few megabytes at most.
    let json = bounded::read(file, bounded::LARGEST_WHOLE)?;
    let session = parse(&json)?;
    let called: Called = match names {
        Names::Read => serde_json::from_slice(&json).unwrap_or_default(),
        Names::LeftOut => Called::default(),
    };
    Ok(Session { project: plain(called.cwd), title: plain(called.title), ..session })
}

/// Whether a text begins as a session does, if it ends before one.
pub(crate) fn begins(text: &[u8]) -> bool {
    let holds = |name: &[u8]| text.windows(name.len()).any(|part| part == name);
    holds(b"\"session_id\"") && holds(b"\"session_state\"")
}

/// Reads one session from its JSON.
pub fn parse(json: &[u8]) -> Result<Session, SessionError> {
    let file: SessionFile<'_> = serde_json::from_slice(json).map_err(|error| {
        if error.is_eof() { SessionError::CutOff } else { SessionError::NotASession(differs(&error)) }
    })?;
    let state = file.session_state;
    let session_model =
        state.rts_model_state.and_then(|model| model.model_info).and_then(|info| info.model_id);
    let mut session = Session {
        id: file.session_id.clone().into_owned(),
        born: Born {
            parent: file.parent_session_id.map(Cow::into_owned),
            created_at: file.created_at.as_deref().and_then(moments::moment),
        },
        project: None,
        title: None,
        turns: Vec::new(),
        undated_turns: 0,
        said: 1,
    };
    let entries = state.conversation_metadata.and_then(|metadata| metadata.user_turn_metadatas);
    for (index, turn) in entries.unwrap_or_default().into_iter().enumerate() {
        if turn.end_reason.as_deref() == Some("DidNotRun") {
            continue;
        }
        let Some(at) = turn.end_timestamp.as_deref().and_then(moments::moment) else {
            session.undated_turns = session.undated_turns.saturating_add(1);
            continue;
        };
        let model = turn.model.as_ref().or(session_model.as_ref()).map(|model| model.clone().into_owned());
        session.turns.push(UsageObservation {
            key: turn.key(&file.session_id, index),
            at,
            metering: turn.metering(),
            model,
            session: file.session_id.clone().into_owned(),
        });
    }
    Ok(session)
}

#[derive(Deserialize, Default)]
struct Called {
    cwd: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
struct SessionFile<'a> {
    #[serde(borrow)]
    session_id: Cow<'a, str>,
    #[serde(borrow)]
    parent_session_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    created_at: Option<Cow<'a, str>>,
    #[serde(borrow)]
    session_state: SessionState<'a>,
}

#[derive(Deserialize)]
struct SessionState<'a> {
    #[serde(borrow)]
    conversation_metadata: Option<ConversationMetadata<'a>>,
    #[serde(borrow)]
    rts_model_state: Option<ModelState<'a>>,
}

#[derive(Deserialize)]
struct ConversationMetadata<'a> {
    #[serde(borrow, default, deserialize_with = "at_most::<100_000, _, _>")]
    user_turn_metadatas: Option<Vec<Turn<'a>>>,
}

#[derive(Deserialize)]
struct ModelState<'a> {
    #[serde(borrow)]
    model_info: Option<ModelInfo<'a>>,
}

#[derive(Deserialize)]
struct ModelInfo<'a> {
    #[serde(borrow)]
    model_id: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Turn<'a> {
    #[serde(borrow)]
    loop_id: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<TurnResult<'a>>,
    #[serde(borrow)]
    end_reason: Option<Cow<'a, str>>,
    #[serde(borrow)]
    end_timestamp: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "credits")]
    metering_usage: Option<Metered>,
    #[serde(borrow)]
    model: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct TurnResult<'a> {
    #[serde(rename = "Ok", borrow)]
    ok: Option<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct MeteringValue<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(borrow)]
    unit: Option<Cow<'a, str>>,
}

impl Turn<'_> {
    /// The message's id, else the loop's, else the place in the session.
    fn key(&self, session_id: &str, index: usize) -> String {
        let message =
            self.result.as_ref().and_then(|result| result.ok.as_ref()).and_then(|ok| ok.id.as_ref());
        if let Some(id) = message {
            return format!("kiro-cli:message:{id}");
        }
        // Written anew, so that white space makes no difference.
        let turn_loop =
            self.loop_id.and_then(|raw| serde_json::from_str::<serde_json::Value>(raw.get()).ok());
        match turn_loop {
            Some(id) if !id.is_null() => format!("kiro-cli:loop:{id}"),
            _ => format!("kiro-cli:turn:{session_id}:{index}"),
        }
    }

    /// The exact sum of the turn's credits; unknown when there is none or one can't be read.
    fn metering(&self) -> Metering {
        self.metering_usage.as_ref().map_or(Metering::Unknown, Metered::metering)
    }
}

/// What a turn's requests used, summed while they are read.
fn credits<'de, D: Deserializer<'de>>(values: D) -> Result<Option<Metered>, D::Error> {
    fold(values, Metered::default(), |sum: &mut Metered, value: MeteringValue<'_>| {
        if value.unit.as_deref() == Some("credit") {
            sum.add(value.value);
        }
        Ok(())
    })
}

/// The exact sum of a task's credits. Decimal text all the way: a number never passes through binary floating point.
#[derive(Clone, Copy, Default)]
pub(super) enum Metered {
    /// None was there.
    #[default]
    Nothing,
    /// Their sum.
    Sum(Decimal),
    /// One of them, or the sum, can't be read.
    Unreadable,
}

impl Metered {
    /// One more.
    pub(super) fn add(&mut self, value: Option<&RawValue>) {
        let sum = match *self {
            Self::Nothing => Decimal::ZERO,
            Self::Sum(sum) => sum,
            Self::Unreadable => return,
        };
        let amount =
            value.and_then(|raw| number::exact(raw.get())).filter(|amount| !amount.is_sign_negative());
        let total = amount.and_then(|amount| sum.checked_add(amount));
        *self = total.map_or(Self::Unreadable, Self::Sum);
    }

    /// Unknown when there was none or one can't be read.
    pub(super) fn metering(&self) -> Metering {
        let Self::Sum(sum) = *self else { return Metering::Unknown };
        Metering::of(sum).unwrap_or(Metering::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metering(values: &str) -> String {
        let json = format!(
            r#"{{"session_id": "s", "session_state": {{"conversation_metadata": {{"user_turn_metadatas": [
            {{"end_timestamp": "2026-04-30T10:11:12.123456789Z"{values}}}]}}}}}}"#
        );
        let turns = parse(json.as_bytes()).expect("a session").turns;
        match &turns[0].metering {
            Metering::Metered { credits, exact } => format!("{credits} of {exact}"),
            Metering::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_turns_requests_are_summed_exactly_and_rounded_once() {
        let cases = [
            (r#", "metering_usage": [{"value": 0.12, "unit": "credit"}]"#, "0.12 of 0.12"),
            // 0.004 + 0.004 rounds to 0.01 together; each alone would have been 0.01 too, in sum 0.02.
            (
                r#", "metering_usage": [{"value": 0.004, "unit": "credit"}, {"value": 0.004, "unit": "credit"}]"#,
                "0.01 of 0.008",
            ),
            // 0.1 + 0.2 + 0.005 is 0.305 exactly, which rounds up; in binary it would round down.
            (
                r#", "metering_usage": [{"value": 0.1, "unit": "credit"}, {"value": 0.2, "unit": "credit"}, {"value": 5e-3, "unit": "credit"}]"#,
                "0.31 of 0.305",
            ),
            (r#", "metering_usage": [{"value": 0.0001, "unit": "credit"}]"#, "0.01 of 0.0001"),
            (r#", "metering_usage": [{"value": 0, "unit": "credit"}]"#, "0.00 of 0"),
            (
                r#", "metering_usage": [{"value": 18.50065975379768, "unit": "credit"}]"#,
                "18.50 of 18.50065975379768",
            ),
        ];
        for (values, expected) in cases {
            assert_eq!(metering(values), expected, "{values}");
        }
    }

    #[test]
    fn what_can_not_be_read_as_credits_is_unknown_and_never_zero() {
        for values in [
            "",
            r#", "metering_usage": null"#,
            r#", "metering_usage": []"#,
            r#", "metering_usage": [{"value": 3, "unit": "token"}]"#,
            r#", "metering_usage": [{"value": null, "unit": "credit"}]"#,
            r#", "metering_usage": [{"value": "1", "unit": "credit"}]"#,
            r#", "metering_usage": [{"value": -1, "unit": "credit"}]"#,
            r#", "metering_usage": [{"value": 1, "unit": "credit"}, {"unit": "credit"}]"#,
        ] {
            assert_eq!(metering(values), "unknown", "{values}");
        }
    }

    #[test]
    fn a_cut_off_file_and_another_kind_of_file_are_told_apart() {
        let message =
            |json: &str| parse(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message(r#"{"session_id": "s", "session_st"#).starts_with("session-cut-off"));
        assert!(
            message(r#"{"name": "x"}"#).starts_with("not-a-session(reason: field-missing(field: session_id)")
        );
        assert!(message("hello").starts_with("not-a-session"));
    }
}
