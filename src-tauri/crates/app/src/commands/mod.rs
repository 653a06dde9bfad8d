//! What the window can ask for: each command is declared once, in `table`.
//!
//! From that declaration come the list the shell answers, and, written by `make generate`, the commands that the
//! capability grants, those that the manifest names, and both TypeScript files of the window's door.
//!
//! A command runs on a thread of its lane (`lanes`), never on the thread that brought the question nor on one that
//! carries others: however many vendors, dialogs or files are waited for, what Headroom knows itself is answered.

#[macro_use]
mod declare;
mod asked;
mod command;
mod consent;
mod host;
mod lanes;
mod signature;
mod table;

pub use host::{Host, HostError, Question, Told, camel_case};
pub use signature::{Argument, Signature};
pub use table::{export_types, signatures};

use crate::error::{AppError, ErrorCode};
use crate::machine::reports::{Mistake, guarded};
use headroom_exact::say;
use host::Given;
use lanes::Lanes;
use serde_json::{Map, Value};

/// The commands with the threads they run on.
#[derive(Default)]
pub struct Commands {
    lanes: Lanes,
}

impl Commands {
    /// Runs the command of that name with `arguments` as soon as its lane has room, and hands its
    /// answer as JSON to `reply`, on another thread. Never waits. False, and no reply, where there is no such command.
    pub fn ask(
        &self,
        name: &str,
        arguments: Map<String, Value>,
        host: Box<dyn Host>,
        reply: impl FnOnce(Result<String, AppError>) + Send + 'static,
    ) -> bool {
        let Some(command) = table::COMMANDS.iter().find(|command| command.name == name) else { return false };
        self.lanes.run(
            command.lane,
            Box::new(move || {
                let mut given = Given::new(command.name, arguments, &*host);
                // Whoever asked is told in any case, and the lane's thread lives on.
                let answer = guarded("command", command.name, || (command.call)(&*host, &mut given));
                reply(answer.unwrap_or_else(|mistake| Err(broke_off(command.name, mistake))));
            }),
        );
        true
    }
}

fn broke_off(command: &str, mistake: Mistake) -> AppError {
    AppError::new(
        ErrorCode::Outside,
        match mistake.told() {
            Some(report) => say!("broke-off-reported", command, report = report.to_string()),
            None => say!("broke-off", command),
        },
    )
}
