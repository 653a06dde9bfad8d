//! Kiro's own command line, asked for its figures: `kiro-cli acp`, JSON-RPC over its input and output
//! (`interfaces.md` §1.6, `interfaces-2026.md` §2). No token is touched: the program uses its own login.

mod answer;
mod conversation;
mod error;
mod folder;
mod process;
mod program;
mod surroundings;
mod text;

pub use answer::parse;
pub use error::CommandError;
pub use program::{Program, program};
pub use text::parse_text;

use crate::observation::LimitsSnapshot;
use crate::wire::json::differs;
use crate::wire::patience::Deadline;
use conversation::{Conversation, Stop};
use folder::Folder;
use process::{Over, Running};
use serde_json::{Value, json};
use std::path::Path;

/// Asks the program for the figures of the account that it is signed in to, by the deadline. It is started in an empty
/// folder within `ours`, which is gone afterwards.
///
/// The newer engine first, which needs no session and uses no credits; where the program doesn't have it, the older one
/// within a session of that folder; where it has neither, its report for people, which the newer engine would take for a
/// prompt and charge for (`interfaces-2026.md` §2).
pub fn fetch(program: &Path, ours: &Path, deadline: Deadline) -> Result<LimitsSnapshot, CommandError> {
    let folder = Folder::within(ours)
        .map_err(|error| CommandError::NotStarted { program: program.to_owned(), reason: error.into() })?;
    let around = (&folder, deadline);
    match Conversation::hold(program, &NEWER, around, newer) {
        Ok(answer) => return parse(&answer),
        Err(Stop::Failed(error)) => return Err(error),
        Err(Stop::NotKnown | Stop::Ended(_)) => {}
    }
    match Conversation::hold(program, &["acp"], around, |talk| older(talk, &folder)) {
        Ok(answer) => parse(&answer),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::NotKnown) => Err(CommandError::Refused(String::new())),
        Err(Stop::Ended(end)) if text::has_no_acp(end.code, &end.errors) => report(program, around),
        Err(Stop::Ended(_)) => Err(CommandError::Ended),
    }
}

/// How the newer engine is started: with the program's own login, which it keeps.
const NEWER: [&str; 5] = ["acp", "--agent-engine", "v3", "--auth-method", "cli"];

/// What both engines answer: no session is needed for it, none is left behind.
const USAGE: &str = "_kiro/account/getUsage";

fn introduction(version: &Value) -> Value {
    json!({"protocolVersion": version, "clientCapabilities": {}})
}

/// The newer engine's way.
fn newer(talk: &mut Conversation) -> Result<String, Stop> {
    talk.ask("initialize", &introduction(&json!(1))).map_err(|stop| match stop {
        // A program that knows the name of the engine and doesn't have it.
        Stop::Failed(CommandError::Refused(_)) => Stop::NotKnown,
        stop @ (Stop::Failed(_) | Stop::NotKnown | Stop::Ended(_)) => stop,
    })?;
    talk.ask(USAGE, &json!({}))
}

/// The older engine's way: inside a session.
fn older(talk: &mut Conversation, folder: &Folder) -> Result<String, Stop> {
    match talk.ask("initialize", &introduction(&json!("2025-08-22"))) {
        // One that counts its versions.
        Err(Stop::Failed(CommandError::Refused(_))) => {
            talk.ask("initialize", &introduction(&json!(1)))?;
        }
        introduced => drop(introduced?),
    }
    match talk.ask(USAGE, &json!({})) {
        Err(Stop::NotKnown) => {}
        answer => return answer,
    }
    let session = talk.ask("session/new", &json!({"cwd": folder.path(), "mcpServers": []}))?;
    let unreadable = |error| Stop::Failed(CommandError::Unreadable(differs(&error)));
    let session: Value = serde_json::from_str(&session).map_err(unreadable)?;
    let command = json!({"command": "usage", "args": {}});
    let question = json!({"sessionId": session["sessionId"], "command": command});
    talk.ask("_kiro.dev/commands/execute", &question)
}

/// The report for people of a program that can't be asked otherwise.
fn report(program: &Path, (folder, deadline): (&Folder, Deadline)) -> Result<LimitsSnapshot, CommandError> {
    let running = Running::start(program, &["chat", "--no-interactive", "/usage"], folder, deadline)?;
    match running.everything() {
        Ok(text) => parse_text(&text),
        Err(Over::Ended) => Err(CommandError::Ended),
        Err(Over::TimedOut) => Err(CommandError::TimedOut),
        Err(Over::TooMuch) => Err(CommandError::TooMuch),
    }
}
