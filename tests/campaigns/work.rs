//! Pieces of work that faults are tried on, and what has to hold whatever happens to them.

use crate::made;
use headroom_store::{Case, Closed, Opened, Store, copies, restore};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Nothing takes longer: whoever doesn't come to an end by then hangs. (To write, another is waited for half a minute.)
const LONGEST: Duration = Duration::from_secs(100);
/// What no message says: whose words they are nobody needs to know.
const INSIDE: [&str; 8] = ["rusqlite", "sql", "serde", "column ", "line 1", "panicked", "os error", "unwrap"];

/// A piece of work: what, on which data, and how many tasks there may be before and after it.
pub struct Work {
    pub name: &'static str,
    /// The worker's word for it.
    pub does: &'static str,
    pub before: fn(&Path),
    pub tasks_before: usize,
    pub tasks_after: usize,
}

const ALL_TASKS: usize = made::TASKS + made::NEWER;

pub static ALL: [Work; 7] = [
    Work { name: "a first start", does: "open", before: |_| {}, tasks_before: 0, tasks_after: 0 },
    Work {
        name: "an upgrade",
        does: "open",
        before: made::older,
        tasks_before: made::TASKS,
        tasks_after: made::TASKS,
    },
    Work {
        name: "an import",
        does: "import,kiro-sessions",
        before: made::sessions,
        tasks_before: 0,
        tasks_after: made::TASKS,
    },
    Work {
        name: "facts",
        does: "facts,--plan,free",
        before: made::with_a_copy,
        tasks_before: ALL_TASKS,
        tasks_after: ALL_TASKS,
    },
    Work {
        name: "a status",
        does: "status",
        before: made::with_a_copy,
        tasks_before: ALL_TASKS,
        tasks_after: ALL_TASKS,
    },
    Work {
        name: "copies",
        does: "copy",
        before: made::with_a_copy,
        tasks_before: ALL_TASKS,
        tasks_after: ALL_TASKS,
    },
    Work {
        name: "a restore",
        does: "restore",
        before: made::damaged,
        tasks_before: ALL_TASKS,
        tasks_after: ALL_TASKS,
    },
];

/// How a piece of work ended.
pub struct Ended {
    pub success: bool,
    /// By a signal.
    pub by_a_signal: bool,
    pub said: String,
}

/// Runs a command to its end; one that doesn't come to it is ended, and that is the failure.
pub fn finished(command: &Command) -> Result<Ended, String> {
    let mut limited = Command::new("timeout");
    limited.args(["--signal=KILL", &LONGEST.as_secs().to_string()]);
    limited.arg(command.get_program()).args(command.get_args());
    let began = Instant::now();
    let output = limited.stdin(Stdio::null()).output().expect("it starts");
    if began.elapsed() >= LONGEST {
        return Err(format!("it hangs: it had not ended after {LONGEST:?}"));
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).map_err(|_| "what it said is no text".to_owned())?;
    let status = output.status;
    // A shell, and whoever traces, says by such a status that it was a signal.
    let by_a_signal = status.code().is_none_or(|code| code > 128);
    Ok(Ended { success: status.success(), by_a_signal, said })
}

/// Whether it ended as it should: it says nothing of the inside, what it did is there if it said that it was done, what
/// was there before is there in any case, and whoever opens it next gets in.
pub fn as_it_should_be(work: &Work, ended: &Ended, folder: &Path) -> Result<(), String> {
    let said = ended.said.to_lowercase();
    if let Some(word) = INSIDE.iter().find(|word| said.contains(**word)) {
        return Err(format!("it says \"{}\": {}", word.trim(), ended.said.trim()));
    }
    if ended.by_a_signal {
        return Err(format!("it was ended by a signal: {}", ended.said.trim()));
    }
    if !ended.success && ended.said.trim().is_empty() {
        return Err("it failed without a word".to_owned());
    }
    let tasks = what_is_left(folder)?;
    let wanted = if ended.success { &[work.tasks_after][..] } else { &[work.tasks_before, work.tasks_after] };
    if wanted.contains(&tasks) {
        Ok(())
    } else {
        Err(format!("{tasks} tasks are left (done: {}): {}", ended.success, ended.said.trim()))
    }
}

/// What somebody finds who opens it next: who is told that it is damaged restores it.
pub fn what_is_left(folder: &Path) -> Result<usize, String> {
    let path = made::database(folder);
    let mut opened = Store::open(&path, made::now());
    if let Opened::Closed(Closed { case: Case::Damaged(_) | Case::Behind(_), .. }) = opened {
        restore::restore(&path, None, made::now()).map_err(|error| error.to_string())?;
        opened = Store::open(&path, made::now());
    }
    let store = opened.to_write().map_err(|error| error.to_string())?;
    let tasks = made::tasks(&store)?;
    for copy in copies::list(&path).map_err(|error| error.to_string())? {
        let copy = Store::open_to_read(&copy.path).to_read().map_err(|error| error.to_string())?;
        made::records(&copy)?;
    }
    if store.holds_anything().map_err(|error| error.to_string())? {
        store.keep_copy(copies::Before::Asked, made::now()).map_err(|error| error.to_string())?;
    }
    Ok(tasks)
}
