//! JSON-RPC with the program, a line a message.

use super::error::CommandError;
use super::folder::Folder;
use super::process::{End, Over, Running};
use crate::wire::json::differs;
use crate::wire::patience::Deadline;
use headroom_exact::say;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::path::Path;

/// "No such method" of JSON-RPC.
const NO_SUCH_METHOD: i64 = -32601;

/// Why a way of asking led nowhere.
pub(super) enum Stop {
    /// The program doesn't know the question: another way may.
    NotKnown,
    /// The program ended.
    Ended(End),
    /// For this reason, and no other way would help.
    Failed(CommandError),
}

/// One side of the conversation.
pub(super) struct Conversation {
    running: Running,
    asked: i64,
}

/// A message: an answer to a question of ours, or a question or a notification of the program's.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    method: Option<String>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<ReplyError>,
}

#[derive(Deserialize)]
struct ReplyError {
    code: i64,
    #[serde(default)]
    message: String,
}

impl ReplyError {
    fn why(self) -> Stop {
        if self.code == NO_SUCH_METHOD {
            return Stop::NotKnown;
        }
        Stop::Failed(CommandError::refused(&self.message))
    }
}

impl Conversation {
    /// Has it with the program, started with those arguments, until `about` is through.
    pub(super) fn hold(
        program: &Path,
        arguments: &[&str],
        (folder, deadline): (&Folder, Deadline),
        about: impl Fn(&mut Self) -> Result<String, Stop>,
    ) -> Result<String, Stop> {
        let running = Running::start(program, arguments, folder, deadline).map_err(Stop::Failed)?;
        let mut conversation = Self { running, asked: 0 };
        match about(&mut conversation) {
            Err(Stop::Ended(_)) => Err(Stop::Ended(conversation.running.end())),
            outcome => outcome,
        }
    }

    fn over(over: Over) -> Stop {
        match over {
            Over::Ended => Stop::Ended(End::unseen()),
            Over::TimedOut => Stop::Failed(CommandError::TimedOut),
            Over::TooMuch => Stop::Failed(CommandError::TooMuch),
        }
    }

    /// Asks and waits for the answer to it; what else the program says meanwhile is passed over.
    pub(super) fn ask(&mut self, method: &str, parameters: &Value) -> Result<String, Stop> {
        self.asked = self.asked.saturating_add(1);
        let question = json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": parameters});
        self.running.tell(&question.to_string()).map_err(Self::over)?;
        let own = self.asked.to_string();
        loop {
            let line = self.running.next_line().map_err(Self::over)?;
            let Ok(message) = serde_json::from_str::<Message<'_>>(&line) else { continue };
            match (message.id, &message.method) {
                (Some(id), Some(_)) => self.answer_nothing(id)?,
                (Some(id), None) if id.get() == own => {
                    return match (message.result, message.error) {
                        (_, Some(error)) => Err(error.why()),
                        (Some(result), None) => Ok(result.get().to_owned()),
                        (None, None) => {
                            let missing = say!("field-missing", field = "result");
                            Err(Stop::Failed(CommandError::Unreadable(missing)))
                        }
                    };
                }
                (Some(_), None) | (None, _) => {}
            }
        }
    }

    /// What the program asks of us, a token among it, it doesn't get.
    fn answer_nothing(&mut self, id: &RawValue) -> Result<(), Stop> {
        let id: Value = serde_json::from_str(id.get())
            .map_err(|error| Stop::Failed(CommandError::Unreadable(differs(&error))))?;
        let error = json!({"code": NO_SUCH_METHOD, "message": "not known"});
        let answer = json!({"jsonrpc": "2.0", "id": id, "error": error});
        self.running.tell(&answer.to_string()).map_err(Self::over)
    }
}
