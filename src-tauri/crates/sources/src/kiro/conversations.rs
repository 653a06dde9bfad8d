//! What Kiro's command line was asked without anybody watching, as its first engine keeps it: a row a conversation in its own
//! database (`interfaces-2026.md` §1.1). What each of its turns used stands in the row until the next turn takes its place.
//!
//! The rows hold everything that was said, and the database holds the login: nothing but the table of conversations is
//! asked, by a worker, and of a row nothing goes back but what it used, when, where and by which model.

use super::lineage::{Born, Names, plain};
use super::sessions::{Metered, Session, is_credits};
use crate::files::bounded::{Database, DatabaseError, fold, json_in};
use crate::files::database_file;
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Room, Watching};
use crate::observation::{Id, Key, KeyForm, Metering, UsageObservation};
use crate::wire::{kept, moments};
use crate::worker::{Job, Teller, Worker};
use headroom_exact::{Moment, say};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::path::{self, Path};

const TABLE: &str = "conversations_v2";
const WHAT: FileKind = FileKind::KiroSession;
/// The largest conversation, in bytes.
const LARGEST: i32 = 16 * 1024 * 1024;
/// So many go back at once.
const AT_ONCE: usize = 500;
/// What a conversation takes beside its own texts.
const BYTES: usize = 512;

/// What a database holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conversations {
    /// A session a conversation, with the turn that its row holds.
    pub sessions: Vec<Session>,
    /// Rows that could not be read.
    pub bad: BadRows,
}

/// A conversation on its way back from the worker.
#[derive(Serialize, Deserialize)]
struct Told {
    id: String,
    folder: Option<String>,
    created_at: Option<Kept>,
    turn: Option<Turn>,
}

#[derive(Serialize, Deserialize)]
struct Turn {
    /// What tells it from the other turns of its conversation.
    name: String,
    at: Kept,
    model: Option<String>,
    /// What it used, exactly: a decimal. None where that isn't known.
    used: Option<String>,
    /// How many entries say what it used: there are more the longer it runs.
    said: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Kept(#[serde(with = "kept")] Moment);

/// What goes back from the worker.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Conversations(Vec<Told>),
    /// The number of a row that can't be read.
    Bad(u64),
}

/// Whether a file is a database with such conversations, as far as it says now: one that somebody writes to alone may be.
pub fn are_in(file: &Path) -> bool {
    let database = Database::open(file, LARGEST);
    match database.and_then(|database| database.with_tables(&[TABLE]).map(drop)) {
        Ok(()) => true,
        Err(error) => error.is_busy(),
    }
}

/// Has a worker read them.
pub fn read(
    worker: &Worker,
    file: &Path,
    names: Names,
    room: &mut Room,
    watching: Watching<'_>,
) -> Result<Conversations, ReadError> {
    // The worker's working directory is another.
    let absolute = path::absolute(file).map_err(|error| ReadError::unreadable(file, error))?;
    let mut counter = Counter::new(&[file.to_owned()], watching).within(*room);
    let mut read = Conversations::default();
    worker.read(Job::KiroConversations, &absolute, &mut counter, &mut |part, counter| {
        match part {
            Part::Conversations(told) => {
                for told in told {
                    counter.keeps(file, BYTES.saturating_add(told.id.len().saturating_mul(4)))?;
                    read.sessions.push(session(told, names));
                }
            }
            Part::Bad(number) => {
                read.bad.add(file, number, say!("not-a-session", reason = say!("is-json-of-another-kind")));
            }
        }
        Ok(())
    })?;
    counter.file(file)?;
    *room = counter.left();
    Ok(read)
}

fn session(told: Told, names: Names) -> Session {
    let Told { id, folder, created_at, turn } = told;
    let said = turn.as_ref().map_or(0, |turn| turn.said);
    let turns = turn.into_iter().map(|Turn { name, at, model, used, .. }| UsageObservation {
        key: Key::new(KeyForm::Conversation, Id::from(format!("{id}:{name}").as_str())),
        at: at.0,
        metering: used
            .and_then(|exact| exact.parse::<Decimal>().ok())
            .and_then(Metering::of)
            .unwrap_or(Metering::Unknown),
        model: model.map(Into::into),
    });
    Session {
        turns: turns.collect(),
        born: Born { parent: None, created_at: created_at.map(|at| at.0) },
        project: plain(folder).filter(|_| names == Names::Read),
        title: None,
        undated: Vec::new(),
        said,
        updated_at: None,
        broke_off: false,
        id,
    }
}

/// The worker's part.
pub(crate) fn work(file: &Path, counter: &mut Counter<'_>, teller: &Teller<'_>) -> Result<(), ReadError> {
    let failed = |error: DatabaseError| failed(file, error);
    let database = Database::open(file, LARGEST).map_err(failed)?;
    let connection = database.with_tables(&[TABLE]).map_err(failed)?;
    let sql = format!(
        "SELECT key, conversation_id, created_at, updated_at, {} FROM {TABLE} ORDER BY updated_at, conversation_id",
        json_in("value", LARGEST)
    );
    let mut statement = connection.prepare(&sql).map_err(|error| failed(error.into()))?;
    let mut rows = statement.query([]).map_err(|error| failed(error.into()))?;
    let mut told = Vec::new();
    let mut number: u64 = 0;
    let by = moments::written(file);
    while let Some(row) = rows.next().map_err(|error| failed(error.into()))? {
        database.came();
        counter.rows(1, 0)?;
        number = number.saturating_add(1);
        let (conversation, is_whole) = conversation(row, by);
        told.extend(conversation);
        if !is_whole {
            teller.part(Part::Bad(number))?;
        }
        if told.len() >= AT_ONCE {
            teller.part(Part::Conversations(std::mem::take(&mut told)))?;
        }
    }
    teller.part(Part::Conversations(told))
}

fn failed(path: &Path, error: DatabaseError) -> ReadError {
    database_file::failed(path, (WHAT, Job::KiroConversations), error)
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Option<&'r str> {
    row.get_ref(column).ok()?.as_str().ok()
}

/// In whatever form a column has it: a number since 1970, as a rule.
fn at(row: &Row<'_>, column: usize) -> Option<Moment> {
    match row.get_ref(column).ok()? {
        ValueRef::Integer(at) => moments::since_1970(at.into()),
        ValueRef::Text(text) => moments::moment(std::str::from_utf8(text).ok()?),
        ValueRef::Real(_) | ValueRef::Blob(_) | ValueRef::Null => None,
    }
}

/// When a row was written: as it says, else not before it was made, else by when its file was.
fn written(row: &Row<'_>, file: Option<Moment>) -> Option<Moment> {
    at(row, 3).or_else(|| at(row, 2)).or(file)
}

/// A turn without any other name is known by when its row was written.
fn named_by(written: Moment) -> String {
    format!("at:{}.{:09}", written.unix_seconds(), written.nanoseconds())
}

/// What a row tells, and whether that is all of it. Of a conversation that breaks off it is known that somebody asked something by when
/// it was written, and not what that used; of others nothing.
fn conversation(row: &Row<'_>, file: Option<Moment>) -> (Option<Told>, bool) {
    if let Some(told) = whole(row) {
        return (Some(told), true);
    }
    let id = text(row, 1).filter(|id| !id.is_empty());
    let told = id.zip(written(row, file)).map(|(id, written)| Told {
        id: id.to_owned(),
        folder: text(row, 0).map(str::to_owned),
        created_at: at(row, 2).map(Kept),
        turn: Some(Turn { name: named_by(written), at: Kept(written), model: None, used: None, said: 0 }),
    });
    (told, false)
}

/// What a row tells that can be read; none of another.
fn whole(row: &Row<'_>) -> Option<Told> {
    let id = text(row, 1).filter(|id| !id.is_empty())?.to_owned();
    let value = row.get_ref(4).ok()?.as_bytes().ok()?;
    let value: Value<'_> = serde_json::from_str(std::str::from_utf8(value).ok()?).ok()?;
    let metadata = value.user_turn_metadata.unwrap_or_default();
    let requests = metadata.requests.unwrap_or_default();
    let used = metadata.usage_info.unwrap_or_default();
    // One that was opened and never asked anything used nothing, and is no task.
    let was_asked = used.said > 0 || requests.any || value.history.is_some_and(|said| !said.is_empty());
    let turn = if was_asked {
        let model = value.model_info.and_then(|info| info.model_id).map(Cow::into_owned);
        let exact = used.metered.metering().exact().map(|exact| exact.to_string());
        let written = at(row, 3)?;
        let name = requests.named.or_else(|| {
            let going_on = metadata.continuation_id.and_then(name).map(|turn| format!("turn:{turn}"));
            going_on.or_else(|| requests.message.map(|message| format!("message:{message}")))
        });
        let name = name.unwrap_or_else(|| named_by(written));
        Some(Turn { name, at: Kept(written), model, used: exact, said: used.said })
    } else {
        None
    };
    Some(Told { id, folder: text(row, 0).map(str::to_owned), created_at: at(row, 2).map(Kept), turn })
}

#[derive(Deserialize)]
struct Value<'a> {
    #[serde(borrow)]
    model_info: Option<ModelInfo<'a>>,
    #[serde(borrow)]
    user_turn_metadata: Option<Metadata<'a>>,
    history: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct ModelInfo<'a> {
    #[serde(borrow)]
    model_id: Option<Cow<'a, str>>,
}

#[derive(Deserialize, Default)]
struct Metadata<'a> {
    #[serde(default, deserialize_with = "used")]
    usage_info: Option<Used>,
    #[serde(default, deserialize_with = "requests")]
    requests: Option<Requests>,
    #[serde(borrow)]
    continuation_id: Option<&'a RawValue>,
}

/// What a turn's entries come to, and how many there are.
#[derive(Clone, Copy, Default)]
struct Used {
    metered: Metered,
    said: u32,
}

/// What a turn's requests say of it.
#[derive(Default)]
struct Requests {
    /// Whether there are any.
    any: bool,
    /// What the first is called that has a name.
    named: Option<String>,
    /// What the first message is called that has a name.
    message: Option<String>,
}

/// A name, where there is one: an empty one is none.
fn name(raw: &RawValue) -> Option<String> {
    serde_json::from_str::<String>(raw.get()).ok().filter(|name| !name.trim().is_empty())
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(borrow)]
    unit: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    request_id: Option<&'a RawValue>,
    #[serde(borrow)]
    message_id: Option<&'a RawValue>,
}

fn used<'de, D: Deserializer<'de>>(entries: D) -> Result<Option<Used>, D::Error> {
    fold(entries, Used::default(), |used: &mut Used, entry: Entry<'_>| {
        if entry.unit.as_deref().is_some_and(is_credits) {
            used.metered.add(entry.value);
            used.said = used.said.saturating_add(1);
        }
        Ok(())
    })
}

fn requests<'de, D: Deserializer<'de>>(all: D) -> Result<Option<Requests>, D::Error> {
    fold(all, Requests::default(), |requests: &mut Requests, request: Request<'_>| {
        requests.any = true;
        requests.named = requests.named.take().or_else(|| request.request_id.and_then(name));
        requests.message = requests.message.take().or_else(|| request.message_id.and_then(name));
        Ok(())
    })
}

#[cfg(test)]
mod tests;
