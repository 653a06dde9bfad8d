//! Sessions of Kiro's own command line: `~/.kiro/sessions/cli/<session>.json` (`interfaces.md` §2.3 A).
//!
//! One file a session, one entry a turn, one metering value a model request. A resumed or forked
//! session repeats the turns it began with, so a turn is known by its message id, else by its loop.
//! Sessions from before metering (about 2026-03-30) have none: those turns are unknown, not zero.

mod cut;
mod file;
mod undated;

pub(super) use file::{Metered, is_credits};

use crate::files::bounded::{self, FileError};
use crate::files::table_file::{Counter, ReadError, Room, Watching};
use crate::kiro::lineage::{BYTES_A_SESSION, Born, Names, plain};
use crate::kiro::older_tasks;
use crate::observation::{Key, Models, UsageObservation};
use crate::wire::json::{Text, differs};
use crate::wire::moments;
use crate::wire::number::Number;
use file::SessionFile;
use headroom_exact::{Moment, Saying, say, says};
use serde::Deserialize;
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
    /// What stands in those of them that are cut off, with the file.
    pub broke_off: Vec<(PathBuf, Session)>,
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
                    sessions.broke_off.push((file.clone(), *session));
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
    /// The keys of all that is kept of it.
    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.turns.iter().map(|turn| &turn.key).chain(self.undated.iter().map(|turn| &turn.key))
    }

    /// Of a session that tells no moment it is known by its file that it ran by then.
    fn written_as(self, file: &Path) -> Self {
        let is_told = self.updated_at.is_some() || self.born.created_at.is_some() || !self.turns.is_empty();
        let is_whole = !self.broke_off && self.undated.is_empty();
        if is_told || is_whole {
            return self;
        }
        Self { updated_at: moments::written(file), ..self }
    }

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

#[cfg(test)]
mod tests;
