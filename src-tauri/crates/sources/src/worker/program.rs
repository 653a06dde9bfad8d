//! What is started as a worker.

use std::path::PathBuf;

/// How workers are started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worker(pub(super) Program);

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Program {
    /// This executable.
    At(PathBuf),
    /// None: a thread does this, which the process would; for tests that have no executable which can.
    Here(Work),
}

/// What a worker does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work(pub fn(super::Job, &std::path::Path, Option<std::fs::File>, &mut dyn std::io::Write));

/// There is only one.
impl PartialEq for Work {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Work {}

impl Worker {
    /// By starting the running program again, whose `main` begins with [`crate::worker::serve::serve`].
    pub fn of_this_program() -> Self {
        // What runs, even when an update has put another file in its place.
        let program = if cfg!(target_os = "linux") {
            PathBuf::from("/proc/self/exe")
        } else {
            std::env::current_exe().unwrap_or_default()
        };
        Self(Program::At(program))
    }

    /// By starting this program, whose `main` begins with [`crate::worker::serve::serve`]; for tests.
    pub const fn of_program(program: PathBuf) -> Self {
        Self(Program::At(program))
    }

    pub(crate) const fn by(work: Work) -> Self {
        Self(Program::Here(work))
    }
}
