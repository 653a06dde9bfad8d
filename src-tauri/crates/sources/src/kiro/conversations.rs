//! What Kiro's command line was asked without anybody watching, as its first engine keeps it: a row a conversation in its own
//! database (`interfaces-2026.md` §1.1). What each of its turns used stands in the row until the next turn takes its place.
//!
//! The rows hold everything that was said, and the database holds the login: nothing but the table of conversations is
//! asked, by a worker, and of a row nothing goes back but what it used, when, where and by which model.

use super::lineage::{Born, Names, plain};
use super::sessions::{Metered, Session, is_credits};
use crate::files::bounded::{Database, DatabaseError, fold};
use crate::files::table_file::{BadRows, Counter, FileKind, Much, ReadError, Room, Watching};
use crate::observation::{Id, Key, KeyForm, Metering, UsageObservation};
use crate::wire::{kept, moments};
use crate::worker::{Job, Teller, Worker};
use headroom_exact::{Moment, say};
use rusqlite::Row;
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

/// Whether a file is a database with such conversations.
pub fn are_in(file: &Path) -> bool {
    Database::open(file, LARGEST).is_ok_and(|database| database.with_tables(&[TABLE]).is_ok())
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
        undated_turns: 0,
        said,
        id,
    }
}

/// The worker's part.
pub(crate) fn work(file: &Path, counter: &mut Counter<'_>, teller: &Teller<'_>) -> Result<(), ReadError> {
    let failed = |error: DatabaseError| failed(file, error);
    let database = Database::open(file, LARGEST).map_err(failed)?;
    let connection = database.with_tables(&[TABLE]).map_err(failed)?;
    let sql = format!(
        "SELECT key, conversation_id, created_at, updated_at,
                CASE WHEN octet_length(value) <= {LARGEST} THEN value END
         FROM {TABLE} ORDER BY updated_at, conversation_id"
    );
    let mut statement = connection.prepare(&sql).map_err(|error| failed(error.into()))?;
    let mut rows = statement.query([]).map_err(|error| failed(error.into()))?;
    let mut told = Vec::new();
    let mut number: u64 = 0;
    while let Some(row) = rows.next().map_err(|error| failed(error.into()))? {
        database.came();
        counter.rows(1, 0)?;
        number = number.saturating_add(1);
        match conversation(row) {
            Some(conversation) => told.push(conversation),
            None => teller.part(Part::Bad(number))?,
        }
        if told.len() >= AT_ONCE {
            teller.part(Part::Conversations(std::mem::take(&mut told)))?;
        }
    }
    teller.part(Part::Conversations(told))
}

fn failed(path: &Path, error: DatabaseError) -> ReadError {
    match error {
        DatabaseError::File(error) => ReadError::broken(path, &error),
        error @ (DatabaseError::Content(_) | DatabaseError::NoTable(_)) => {
            if error.is_out_of_memory() {
                return Job::KiroConversations.takes_too_much(path, Much::Memory);
            }
            ReadError::AnotherKind { path: path.to_owned(), what: WHAT, reason: error.into() }
        }
    }
}

/// What a row tells; none of one that can't be read.
fn conversation(row: &Row<'_>) -> Option<Told> {
    let text = |column: usize| row.get_ref(column).ok()?.as_str().ok();
    let at =
        |column: usize| row.get_ref(column).ok()?.as_i64().ok().and_then(|at| moments::since_1970(at.into()));
    let id = text(1).filter(|id| !id.is_empty())?.to_owned();
    let value: Value<'_> = serde_json::from_str(text(4)?).ok()?;
    let metadata = value.user_turn_metadata.unwrap_or_default();
    let requests = metadata.requests.unwrap_or_default();
    let used = metadata.usage_info.unwrap_or_default();
    // One that was opened and never asked anything used nothing, and is no task.
    let was_asked = used.said > 0 || requests.any || value.history.is_some_and(|said| !said.is_empty());
    let turn = if was_asked {
        let model = value.model_info.and_then(|info| info.model_id).map(Cow::into_owned);
        let exact = used.metered.metering().exact().map(|exact| exact.to_string());
        let written = at(3)?;
        let name = requests.named.or_else(|| {
            let going_on = metadata.continuation_id.and_then(name).map(|turn| format!("turn:{turn}"));
            going_on.or_else(|| requests.message.map(|message| format!("message:{message}")))
        });
        // Without any name it is known by when its row was written.
        let name =
            name.unwrap_or_else(|| format!("at:{}.{:09}", written.unix_seconds(), written.nanoseconds()));
        Some(Turn { name, at: Kept(written), model, used: exact, said: used.said })
    } else {
        None
    };
    Some(Told { id, folder: text(0).map(str::to_owned), created_at: at(2).map(Kept), turn })
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
mod tests {
    use super::*;
    use crate::files::table_file::unwatched;
    use rusqlite::Connection;
    use std::path::PathBuf;

    const FORM: &str = "CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT);
        INSERT INTO auth_kv VALUES ('kirocli:social:token', 'canary-token');
        CREATE TABLE conversations_v2 (key TEXT NOT NULL, conversation_id TEXT NOT NULL, value TEXT NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (key, conversation_id));";

    fn database(folder: &Path, form: &str, rows: &[(&str, String)]) -> PathBuf {
        let file = folder.join("data.sqlite3");
        let connection = Connection::open(&file).expect("a database");
        connection.execute_batch(form).expect("its tables");
        for (id, value) in rows {
            let row = "INSERT INTO conversations_v2 VALUES ('/home/ada/shop', ?1, ?2, 1795600000123, 1795600009456)";
            connection.execute(row, [*id, value.as_str()]).expect("a row");
        }
        file
    }

    fn asked(used: &str, requests: &str) -> String {
        format!(
            r#"{{"conversation_id":"x","next_message":null,"history":[{{"user":{{"content":"canary-prompt"}}}}],"model_info":{{"model_id":"claude-sonnet-4.5","rate_multiplier":1.3}},
            "user_turn_metadata":{{"continuation_id":"c","requests":{requests},"usage_info":{used}}}}}"#
        )
    }

    fn read_in(file: &Path) -> Conversations {
        read(&Worker::within_this_process(), file, Names::LeftOut, &mut Room::default(), &unwatched)
            .expect("conversations")
    }

    fn told(read: &Conversations) -> Vec<String> {
        let of = |metering: &Metering| match metering.credits().zip(metering.exact()) {
            Some((credits, exact)) => format!("{credits} of {exact}"),
            None => "unknown".to_owned(),
        };
        let turns = read.sessions.iter().flat_map(|session| &session.turns);
        turns.map(|turn| format!("{} {} {}", turn.key, turn.at, of(&turn.metering))).collect()
    }

    #[test]
    fn a_row_is_a_task_and_its_entries_are_summed() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = |value: &str, unit: &str| {
            format!(r#"{{"value":{value},"unit":"{unit}","unit_plural":"credits"}}"#)
        };
        let three =
            format!("[{},{},{}]", entry("0.1234", "credit"), entry("0.5", "Credits"), entry("9", "token"));
        let file = database(
            folder.path(),
            FORM,
            &[
                ("a", asked(&three, r#"[{"request_id":"r1"},{"request_id":"r2"}]"#)),
                ("b", asked("[]", "[]")),
                ("c", asked(&format!("[{}]", entry("null", "credit")), "null")),
                ("d", r#"{"history":[],"user_turn_metadata":{"usage_info":[],"requests":[]}}"#.to_owned()),
                ("e", "no JSON".to_owned()),
            ],
        );
        assert!(are_in(&file));
        let read = read_in(&file);
        assert_eq!(
            told(&read),
            [
                "kiro-cli:conversation:a:r1 2026-11-25T09:46:49Z 0.62 of 0.6234",
                "kiro-cli:conversation:b:turn:c 2026-11-25T09:46:49Z unknown",
                "kiro-cli:conversation:c:turn:c 2026-11-25T09:46:49Z unknown",
            ],
        );
        let of: Vec<_> = read.sessions.iter().map(|session| (session.id.as_str(), session.said)).collect();
        assert_eq!(of, [("a", 2), ("b", 0), ("c", 1), ("d", 0)]);
        assert_eq!(read.sessions[0].turns[0].model.as_deref(), Some("claude-sonnet-4.5"));
        assert_eq!(
            (read.sessions[0].project.as_deref(), read.bad.count, read.bad.listed[0].line),
            (None, 1, 5)
        );
        assert!(!format!("{read:?}").contains("canary"));
        let named =
            super::read(&Worker::within_this_process(), &file, Names::Read, &mut Room::default(), &unwatched)
                .expect("conversations");
        assert_eq!(named.sessions[0].project.as_deref(), Some("/home/ada/shop"));
    }

    #[test]
    fn a_database_without_them_is_none_of_theirs() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = database(folder.path(), "CREATE TABLE auth_kv (key TEXT, value TEXT)", &[]);
        assert!(!are_in(&file));
        let other = folder.path().join("other");
        std::fs::create_dir(&other).expect("made");
        let older = database(&other, "CREATE TABLE conversations_v2 (key TEXT, value TEXT)", &[]);
        let refused =
            read(&Worker::within_this_process(), &older, Names::LeftOut, &mut Room::default(), &unwatched)
                .expect_err("refused");
        assert!(refused.to_string().contains("kiro-session"), "{refused}");
    }
}
