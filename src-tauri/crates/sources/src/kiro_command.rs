//! Kiro's own command line, asked for its figures: `kiro-cli acp`, JSON-RPC over its input and output
//! (`interfaces.md` §1.6). No token is touched: the program uses its own login.

mod answer;

pub use answer::parse;

use crate::json::differs;
use crate::observation::LimitsSnapshot;
use crate::patience::Deadline;
use headroom_exact::{Saying, say, says};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// The longest line that is read of it.
const LONGEST_LINE: u64 = 8 * 1024 * 1024;
/// "No such method" of JSON-RPC.
const NO_SUCH_METHOD: i64 = -32601;

/// Why it gave no figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandError {
    /// It could not be started.
    NotStarted {
        /// The program.
        program: PathBuf,
        /// Why.
        reason: Saying,
    },
    /// It ended or closed its output.
    Ended,
    /// It took too long.
    TimedOut,
    /// It refused, in its own words, shortened; empty where it has none.
    Refused(String),
    /// The plan is managed elsewhere.
    NotSupported,
    /// It isn't what it was.
    Unreadable(Saying),
}

says!(CommandError);

/// What the program is called, for people too.
const NAME: &str = "kiro-cli";

impl From<&CommandError> for Saying {
    fn from(error: &CommandError) -> Self {
        match error {
            CommandError::NotStarted { program, reason } => {
                say!("program-not-started", program, reason = reason.clone())
            }
            CommandError::Ended => say!("program-ended", program = NAME),
            CommandError::TimedOut => say!("timed-out", vendor = NAME),
            CommandError::Refused(said) if said.is_empty() => say!("question-not-known", program = NAME),
            CommandError::Refused(said) => say!("program-refused", program = NAME, said),
            CommandError::NotSupported => say!("managed-elsewhere", vendor = NAME),
            CommandError::Unreadable(reason) => {
                say!("answer-unreadable", vendor = NAME, reason = reason.clone())
            }
        }
    }
}

/// Where the program is: the first `kiro-cli` in the folders where programs are.
pub fn program(folders: &[PathBuf]) -> Option<PathBuf> {
    let name = if cfg!(windows) { "kiro-cli.exe" } else { "kiro-cli" };
    folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Asks the program for the figures of the account that it is signed in to, by the deadline.
pub fn fetch(program: &Path, deadline: Deadline) -> Result<LimitsSnapshot, CommandError> {
    let not_started = |error: std::io::Error| CommandError::NotStarted {
        program: program.to_owned(),
        reason: error.into(),
    };
    let mut child = Command::new(program)
        .arg("acp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let outcome = converse(&mut child, deadline);
    // It waits for more questions; whatever came of this one, it is not needed any longer.
    _ = child.kill();
    _ = child.wait();
    parse(&outcome?)
}

/// One side of the conversation.
struct Conversation {
    input: ChildStdin,
    lines: Receiver<String>,
    deadline: Deadline,
    asked: i64,
}

#[derive(Deserialize)]
struct Reply<'a> {
    id: Option<i64>,
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

fn converse(child: &mut Child, deadline: Deadline) -> Result<String, CommandError> {
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(CommandError::Ended);
    };
    // One line waits at most: whoever writes without end waits too, until it is ended.
    let (sender, lines) = mpsc::sync_channel(1);
    // It ends with the program's output, at the latest when the program is killed.
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let mut line = String::new();
            match output.by_ref().take(LONGEST_LINE).read_line(&mut line) {
                Ok(length) if length > 0 && sender.send(line).is_ok() => {}
                _ => return,
            }
        }
    });
    let mut conversation = Conversation { input, lines, deadline, asked: 0 };
    let capabilities = json!({"fs": {"readTextFile": false, "writeTextFile": false}});
    conversation.ask("initialize", &json!({"protocolVersion": 1, "clientCapabilities": capabilities}))??;
    match conversation.ask("_kiro/account/getUsage", &json!({}))? {
        Err(CommandError::Refused(_)) => {}
        answer => return answer,
    }
    // The older engine answers inside a session.
    let folder = std::env::temp_dir();
    let session = conversation.ask("session/new", &json!({"cwd": folder, "mcpServers": []}))??;
    let session: Value =
        serde_json::from_str(&session).map_err(|error| CommandError::Unreadable(differs(&error)))?;
    let command = json!({"command": "usage", "args": {}});
    let question = json!({"sessionId": session["sessionId"], "command": command});
    conversation.ask("_kiro.dev/commands/execute", &question)?
}

impl Conversation {
    /// Asks and waits for the answer to it; what else the program says meanwhile is passed over. The outer
    /// error ends the conversation, the inner one is what the program answered.
    fn ask(
        &mut self,
        method: &str,
        parameters: &Value,
    ) -> Result<Result<String, CommandError>, CommandError> {
        self.asked = self.asked.saturating_add(1);
        let question = json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": parameters});
        let sent = writeln!(self.input, "{question}").and_then(|()| self.input.flush());
        sent.map_err(|_| CommandError::Ended)?;
        loop {
            // A line that is there already would be handed out after the time is over, too.
            let left = self.deadline.for_the_next_byte().ok_or(CommandError::TimedOut)?;
            let line = self.lines.recv_timeout(left).map_err(|error| match error {
                mpsc::RecvTimeoutError::Timeout => CommandError::TimedOut,
                mpsc::RecvTimeoutError::Disconnected => CommandError::Ended,
            })?;
            let Ok(reply) = serde_json::from_str::<Reply<'_>>(&line) else { continue };
            if reply.id != Some(self.asked) {
                continue;
            }
            return Ok(match (reply.result, reply.error) {
                (_, Some(error)) => {
                    let said: String =
                        error.message.chars().filter(|letter| !letter.is_control()).take(120).collect();
                    let unknown = error.code == NO_SUCH_METHOD;
                    Err(CommandError::Refused(if unknown { String::new() } else { said }))
                }
                (Some(result), None) => Ok(result.get().to_owned()),
                (None, None) => Err(CommandError::Unreadable(say!("field-missing", field = "result"))),
            });
        }
    }
}
