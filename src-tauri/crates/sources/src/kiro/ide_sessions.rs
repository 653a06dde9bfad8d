//! Sessions of Kiro's IDE and of its newer command line: `~/.kiro/sessions/<bucket>/<session>/messages.jsonl`
//! (`interfaces.md` §2.3 B).
//!
//! What they say is an estimate: their sum is often more than what the vendor bills. They name no account
//! either. So they are kept apart from metered tasks, and are in no figure that is charged.

use crate::files::bounded::{self, LARGEST_WHOLE, LONGEST_LINE, Lines, fold, size};
use crate::files::given::{Files, Source};
use crate::files::table_file::{BadRows, Counter, FileKind, ReadError, Watching};
use crate::kiro::sessions::Metered;
use crate::observation::{Metering, UsageObservation};
use crate::wire::json::differs;
use crate::wire::moments;
use crate::worker::{Job, Worker};
use headroom_exact::{Saying, say};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::Path;

const WHAT: FileKind = FileKind::KiroIdeSession;
/// What a task takes beside its own texts: it is known by its key in another place too.
const BYTES_A_TASK: usize = size_of::<UsageObservation>() + 192;

/// What sessions hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IdeSessions {
    /// Tasks, each once: of an execution that is said twice the last.
    pub tasks: Vec<UsageObservation>,
    /// Sessions that were read.
    pub files: u32,
    /// Lines that could not be read.
    pub bad: BadRows,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    timestamp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    payload: Option<Payload<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    execution_id: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "credits")]
    prompt_turn_summaries: Option<Metered>,
}

#[derive(Deserialize)]
struct Turn<'a> {
    #[serde(borrow)]
    unit: Option<Cow<'a, str>>,
    #[serde(borrow)]
    usage: Option<&'a RawValue>,
}

/// What the turns used, summed while they are read.
fn credits<'de, D: Deserializer<'de>>(turns: D) -> Result<Option<Metered>, D::Error> {
    fold(turns, Metered::default(), |sum: &mut Metered, turn: Turn<'_>| {
        if turn.unit.as_deref() == Some("credit") {
            sum.add(turn.usage);
        }
        Ok(())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    model_id: Option<String>,
}

/// How many sessions there are at `path`: the file itself, or those of a folder and the folders in it.
pub fn files(path: &Path) -> Result<usize, ReadError> {
    Files::of_kind(WHAT, &[path.into()]).map(|files| files.sources.len())
}

/// Reads several sessions, each a `messages.jsonl`.
pub fn read_files(worker: &Worker, files: &Files, watching: Watching<'_>) -> Result<IdeSessions, ReadError> {
    let mut counter = Counter::new(&files.on_the_disk(), watching);
    let mut sessions = IdeSessions::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for source in &files.sources {
        let found = tasks(worker, source, &mut counter, &mut sessions.bad)?;
        if found.is_none() && source.asked {
            let reason = say!("no-messages");
            return Err(ReadError::AnotherKind { path: source.named.clone(), what: WHAT, reason });
        }
        sessions.files = sessions.files.saturating_add(1);
        for task in found.unwrap_or_default() {
            if let Some(known) = places.get(&task.key).and_then(|place| sessions.tasks.get_mut(*place)) {
                *known = task;
            } else {
                places.insert(task.key.clone(), sessions.tasks.len());
                sessions.tasks.push(task);
            }
        }
        counter.file(&source.file)?;
    }
    Ok(sessions)
}

/// What a session is called: as its folder.
fn session_of(file: &Path) -> String {
    let folder = file.parent().unwrap_or(file);
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The tasks of a file; none if no line of it is a message.
fn tasks(
    worker: &Worker,
    source: &Source,
    counter: &mut Counter<'_>,
    bad: &mut BadRows,
) -> Result<Option<Vec<UsageObservation>>, ReadError> {
    let file = &*source.named;
    let broken = |error| ReadError::broken(file, &error);
    let session = session_of(file);
    let about = source.beside("session.json").bytes(worker, Job::IdeSessionPacked, LARGEST_WHOLE, counter);
    let model = about.ok().and_then(|text| serde_json::from_slice::<About>(&text).ok()?.model_id);
    let input: Box<dyn Read> = if source.is_in_zip() {
        Box::new(Cursor::new(source.unpacked(worker, Job::IdeSessionPacked, LARGEST_WHOLE, counter)?))
    } else {
        Box::new(bounded::open(&source.file).map_err(broken)?)
    };
    let mut lines = Lines::new(input);
    let mut tasks = Vec::new();
    let mut any = false;
    while lines.go_on().map_err(broken)? {
        let number = lines.number();
        counter.rows(1, lines.bytes())?;
        let Some(text) = lines.text() else {
            bad.add(file, number, say!("longer-than-a-message", most = size(LONGEST_LINE)));
            continue;
        };
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line<'_>>(text) {
            Ok(parsed) => {
                any |= parsed.payload.is_some();
                match task(&parsed, model.as_ref(), &session) {
                    Ok(Some(task)) => {
                        let texts = task.key.len().saturating_mul(2).saturating_add(task.session.len());
                        counter.keeps(file, BYTES_A_TASK.saturating_add(texts))?;
                        tasks.push(task);
                    }
                    Ok(None) => {}
                    Err(reason) => bad.add(file, number, reason),
                }
            }
            Err(error) => bad.add(file, number, say!("not-a-message", reason = differs(&error))),
        }
    }
    Ok((any || lines.number() == 0).then_some(tasks))
}

/// The task that a line sums up; none if it is another message.
fn task(line: &Line<'_>, model: Option<&String>, session: &str) -> Result<Option<UsageObservation>, Saying> {
    let Some(payload) = &line.payload else { return Ok(None) };
    if payload.kind.as_deref() != Some("usage_summary") {
        return Ok(None);
    }
    let execution =
        payload.execution_id.as_deref().ok_or_else(|| say!("field-missing", field = "executionId"))?;
    let at = line.timestamp.as_deref().and_then(moments::moment);
    Ok(Some(UsageObservation {
        key: format!("kiro-ide:execution:{execution}"),
        at: at.ok_or_else(|| say!("no-readable-time"))?,
        // An aborted task may have none: unknown, not nothing.
        metering: payload.prompt_turn_summaries.as_ref().map_or(Metering::Unknown, Metered::metering),
        model: model.cloned(),
        session: session.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "messages.jsonl";

    fn read(path: &Path, watching: Watching<'_>) -> Result<IdeSessions, ReadError> {
        read_files(&Worker::here(), &Files::of_kind(WHAT, &[path.into()])?, watching)
    }

    use crate::files::table_file::unwatched;
    use std::fs;

    fn usage(execution: &str, credits: &str) -> String {
        format!(
            r#"{{"id":"{execution}-usage","timestamp":"2026-07-01T02:17:07.966Z","payload":{{"type":"usage_summary","executionId":"{execution}","status":"success","elapsedTime":810106,"promptTurnSummaries":[{credits}]}}}}"#
        )
    }

    fn turn(credits: &str) -> String {
        format!(
            r#"{{"unit":"credit","unitPlural":"credits","usage":{credits},"usedTools":["execute_pwsh"]}}"#
        )
    }

    fn folder(lines: &[String]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let session = folder.path().join("bucket").join("sess-1");
        fs::create_dir_all(&session).expect("made");
        fs::write(session.join(FILE), lines.join("\n")).expect("written");
        fs::write(
            session.join("session.json"),
            r#"{"schemaVersion":1,"id":"sess-1","modelId":"claude-sonnet-4.5"}"#,
        )
        .expect("written");
        folder
    }

    #[test]
    fn the_last_word_on_an_execution_counts() {
        let message =
            r#"{"id":"1","timestamp":"2026-07-01T02:17:00Z","payload":{"type":"user_message","text":"hi"}}"#;
        let files = folder(&[
            message.to_owned(),
            usage("e1", &turn("3.5")),
            usage("e2", &format!("{},{}", turn("18.50065975379768"), turn("0.004"))),
            usage("e1", &turn("4")),
            usage("e3", ""),
        ]);
        let sessions = read(files.path(), &unwatched).expect("sessions");
        let tasks: Vec<_> = sessions
            .tasks
            .iter()
            .map(|task| match &task.metering {
                Metering::Metered { credits, .. } => (task.key.as_str(), credits.to_string()),
                Metering::Unknown => (task.key.as_str(), "unknown".to_owned()),
            })
            .collect();
        assert_eq!(
            tasks,
            [
                ("kiro-ide:execution:e1", "4.00".to_owned()),
                ("kiro-ide:execution:e2", "18.50".to_owned()),
                ("kiro-ide:execution:e3", "unknown".to_owned()),
            ]
        );
        assert_eq!(sessions.tasks[0].model.as_deref(), Some("claude-sonnet-4.5"));
        assert_eq!(sessions.tasks[0].session, "sess-1");
    }

    #[test]
    fn bad_lines_are_listed_and_another_file_is_refused() {
        let late = usage("e2", &turn("1")).replace("2026-07-01T02:17:07.966Z", "soon");
        let files = folder(&[usage("e1", &turn("1")), "{".to_owned(), late]);
        let sessions = read(files.path(), &unwatched).expect("sessions");
        let lines: Vec<_> = sessions.bad.listed.iter().map(|row| row.line).collect();
        assert_eq!((lines, sessions.tasks.len()), (vec![2, 3], 1));
        let other = files.path().join("other.csv");
        fs::write(&other, "a,b\n1,2\n").expect("written");
        let refused = read(&other, &unwatched).expect_err("refused").to_string();
        assert!(refused.ends_with("reason: no-messages, what: kiro-ide-session)"), "{refused}");
    }
}
