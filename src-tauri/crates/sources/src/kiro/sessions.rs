//! Sessions of Kiro's own command line: `~/.kiro/sessions/cli/<session>.json` (`interfaces.md` §2.3 A).
//!
//! One file a session, one entry a turn, one metering value a model request. A resumed or forked
//! session repeats the turns it began with, so a turn is known by its message id, else by its loop.
//! Sessions from before metering (about 2026-03-30) have none: those turns are unknown, not zero.

mod cut;
mod undated;

use crate::files::bounded::{self, FileError, at_most, fold};
use crate::files::table_file::{Counter, ReadError, Room, Watching};
use crate::kiro::lineage::{BYTES_A_SESSION, Born, Names, plain};
use crate::kiro::older_tasks;
use crate::observation::{Id, Key, KeyForm, Metering, Models, UsageObservation};
use crate::wire::json::{Text, differs};
use crate::wire::moments;
use crate::wire::number::{self, Number};
use headroom_exact::{Moment, Saying, say, says};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::{Path, PathBuf};
pub use undated::Undated;

/// Why a file or folder was not read. What is said leaves the path to whoever shows it.
#[derive(Debug)]
pub enum SessionError {
    /// It can't be read.
    Unreadable(FileError),
    /// The file ends before its JSON does; what stands before, if that says which session it is of.
    CutOff(Option<Box<Session>>),
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
            SessionError::CutOff(_) => say!("session-cut-off"),
            SessionError::NotASession(reason) => say!("not-a-session", reason = reason.clone()),
        }
    }
}

/// What a turn takes beside its own texts.
const BYTES_A_TURN: usize = size_of::<UsageObservation>();

/// The most turns of a session.
const MOST_TURNS: usize = 100_000;

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
    /// Turns without a readable time: they can't be placed in a cycle, and are in no sum.
    pub undated: Vec<Undated>,
    /// How much is said of what its turns used: of two states of a turn the one that says more is the later.
    pub said: u32,
    /// When it was written last, where that is told; of one that tells no moment at all, when its file was.
    pub updated_at: Option<Moment>,
    /// Whether its file is cut off behind these turns: what came then isn't known.
    pub broke_off: bool,
}

/// Reads one session file.
pub fn read(file: &Path, names: Names) -> Result<Session, SessionError> {
    // A session is a few megabytes at most.
    let json = bounded::read_plain(file, bounded::LARGEST_WHOLE)?;
    let session = match parse(&json) {
        Err(SessionError::CutOff(_)) => {
            let before = before_the_cut(&json, names).map(|session| Box::new(session.written_as(file)));
            return Err(SessionError::CutOff(before));
        }
        session => session?,
    };
    let called: Called = match names {
        Names::Read => serde_json::from_slice(&json).unwrap_or_default(),
        Names::LeftOut => Called::default(),
    };
    Ok(session.called(called, names).written_as(file))
}

/// What stands in a file before it is cut off.
fn before_the_cut(json: &[u8], names: Names) -> Option<Session> {
    let mut seen = cut::seen(json);
    let called = Called { cwd: seen.cwd.take(), title: seen.title.take() };
    let session = Session { broke_off: true, ..Session::of(seen.as_file()?) };
    Some(session.called(called, names))
}

/// What is read of several files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadSessions {
    /// A session a file, with the file.
    pub read: Vec<(PathBuf, Session)>,
    /// Files that could not be read, and why.
    pub skipped: Vec<(PathBuf, Saying)>,
    /// What stands in those of them that are cut off.
    pub broke_off: Vec<Session>,
}

/// Reads these files in the room that is left. One that can't be read keeps no other out.
pub fn read_all(
    files: &[PathBuf],
    names: Names,
    room: &mut Room,
    watching: Watching<'_>,
) -> Result<ReadSessions, ReadError> {
    let many = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let mut counter = Counter::of_small_files(many, watching).within(*room);
    let mut sessions = ReadSessions::default();
    for file in files {
        let mut keeps = |session: &Session| {
            let turns = session.keys().map(|key| BYTES_A_TURN.saturating_add(key.bytes()));
            counter.keeps(file, turns.fold(BYTES_A_SESSION, usize::saturating_add))?;
            counter.rows(u64::try_from(session.turns.len()).unwrap_or(u64::MAX), 0)
        };
        match read(file, names) {
            Ok(session) => {
                keeps(&session)?;
                sessions.read.push((file.clone(), session));
            }
            Err(error) => {
                sessions.skipped.push((file.clone(), Saying::from(&error)));
                if let SessionError::CutOff(Some(session)) = error {
                    keeps(&session)?;
                    sessions.broke_off.push(*session);
                }
            }
        }
        counter.small_file()?;
    }
    *room = counter.left();
    Ok(sessions)
}

/// Whether a text begins as a session does, if it ends before one.
pub(crate) fn begins(text: &[u8]) -> bool {
    let holds = |name: &[u8]| text.windows(name.len()).any(|part| part == name);
    holds(b"\"session_id\"") && holds(b"\"session_state\"")
}

/// Reads one session from its JSON.
pub fn parse(json: &[u8]) -> Result<Session, SessionError> {
    // In what is known to be text no text is looked at once more.
    let file = std::str::from_utf8(json).map_or_else(|_| serde_json::from_slice(json), serde_json::from_str);
    let file: SessionFile<'_> = file.map_err(|error| match error {
        error if error.is_eof() => SessionError::CutOff(None),
        _ if older_tasks::is_one(json) => SessionError::NotASession(older_tasks::left_out()),
        error => SessionError::NotASession(differs(&error)),
    })?;
    Ok(Session::of(file))
}

impl Session {
    fn of(file: SessionFile<'_>) -> Self {
        let state = file.session_state;
        let session_model =
            state.rts_model_state.and_then(|model| model.model_info).and_then(|info| info.model_id);
        let at = |text: Option<Text<'_>>| text.as_deref().and_then(moments::moment);
        let mut session = Self {
            id: (*file.session_id).to_owned(),
            born: Born {
                parent: file.parent_session_id.as_deref().map(str::to_owned),
                created_at: at(file.created_at),
            },
            project: None,
            title: None,
            turns: Vec::new(),
            undated: Vec::new(),
            said: 1,
            updated_at: file.updated_at.and_then(Number::moment),
            broke_off: false,
        };
        let entries = state.conversation_metadata.and_then(|metadata| metadata.user_turn_metadatas);
        let mut models = Models::default();
        let entries = entries.unwrap_or_default();
        session.turns.reserve_exact(entries.len());
        let mut before = session.born.created_at;
        for (index, turn) in entries.into_iter().enumerate() {
            if turn.end_reason.as_deref() == Some("DidNotRun") {
                continue;
            }
            let Some(at) = turn.end_timestamp.as_deref().and_then(moments::moment) else {
                session.undated.push(Undated::new(turn.key(&file.session_id, index), before));
                continue;
            };
            undated::end_by(&mut session.undated, at);
            before = Some(at);
            let model = turn.model.as_deref().or(session_model.as_deref()).map(|model| models.named(model));
            session.turns.push(UsageObservation {
                key: turn.key(&file.session_id, index),
                at,
                metering: turn.metering(),
                model,
            });
        }
        session
    }

    fn called(self, Called { cwd, title }: Called, names: Names) -> Self {
        let plain = |text| plain(text).filter(|_| names == Names::Read);
        Self { project: plain(cwd), title: plain(title), ..self }
    }
}

#[derive(Deserialize, Default)]
struct Called {
    cwd: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
struct SessionFile<'a> {
    #[serde(borrow)]
    session_id: Text<'a>,
    #[serde(borrow)]
    parent_session_id: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Number<'a>>,
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

impl<'a> SessionState<'a> {
    fn of(turns: Vec<Turn<'a>>, model: Option<ModelState<'a>>) -> Self {
        let conversation = ConversationMetadata { user_turn_metadatas: Some(turns) };
        Self { conversation_metadata: Some(conversation), rts_model_state: model }
    }
}

#[derive(Deserialize)]
struct ConversationMetadata<'a> {
    #[serde(borrow, default, deserialize_with = "at_most::<MOST_TURNS, _, _>")]
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
    model_id: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Turn<'a> {
    #[serde(borrow)]
    loop_id: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<TurnResult<'a>>,
    #[serde(borrow)]
    end_reason: Option<Text<'a>>,
    #[serde(borrow)]
    end_timestamp: Option<Text<'a>>,
    #[serde(default, deserialize_with = "credits")]
    metering_usage: Option<Metered>,
    #[serde(borrow)]
    model: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct TurnResult<'a> {
    #[serde(rename = "Ok", borrow)]
    ok: Option<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct MeteringValue<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(borrow)]
    unit: Option<Text<'a>>,
}

/// Whether a loop's id is one of its own: the agent's name alone is that of all its loops.
fn names_a_loop(id: &Value) -> bool {
    match id {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(name) => !name.trim().is_empty(),
        Value::Array(parts) => !parts.is_empty(),
        Value::Object(fields) => fields.get("rand").is_some_and(|rand| !rand.is_null()),
    }
}

/// Whether a unit is credits, however it is written.
pub(super) fn is_credits(unit: &str) -> bool {
    let unit = unit.trim();
    unit.eq_ignore_ascii_case("credit") || unit.eq_ignore_ascii_case("credits")
}

impl Turn<'_> {
    /// The message's id, else the loop's, else the place in the session.
    fn key(&self, session_id: &str, index: usize) -> Key {
        let message =
            self.result.as_ref().and_then(|result| result.ok.as_ref()).and_then(|ok| ok.id.as_ref());
        // An empty name is none.
        if let Some(id) = message.filter(|id| !id.trim().is_empty()) {
            return Key::new(KeyForm::Message, Id::from(&**id));
        }
        // Written anew, so that white space makes no difference.
        let turn_loop = self.loop_id.and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
        match turn_loop {
            Some(id) if names_a_loop(&id) => Key::new(KeyForm::Loop, Id::from(id.to_string().as_str())),
            _ => Key::new(KeyForm::Turn, Id::from(format!("{session_id}:{index}").as_str())),
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
        if value.unit.as_deref().is_some_and(is_credits) {
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
mod tests;
