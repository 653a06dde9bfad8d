//! The worker as a process of the system, seen from whoever started it.

use super::cage::Time;
use super::job::{ARGUMENT, Job};
use super::program::{Program, Worker};
use super::said;
use crate::files::bounded;
use crate::files::table_file::{Much, ReadError};
use headroom_exact::{Saying, say};
use std::io::{self, Read};
use std::path::{self, Path};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long it is listened before somebody looks whether to go on.
const A_LOOK: Duration = Duration::from_millis(100);

/// A worker that runs; it doesn't any more once this goes.
pub(super) struct Process {
    child: Option<Child>,
    messages: Receiver<io::Result<Vec<u8>>>,
    until: Instant,
}

/// What came of listening for a moment.
pub(super) enum Heard {
    Message(Vec<u8>),
    Nothing,
    /// It is over, for this reason.
    End(Much),
}

impl Process {
    /// Looks at the file, as whoever reads one does, and starts a worker on it, or on what has this name in it.
    pub fn start(worker: &Worker, job: Job, archive: &Path, file: &Path) -> Result<Self, ReadError> {
        // A folder is no file to be handed over: what lies in it is opened by its name.
        let opened = (job.gets_the_file() || !archive.is_dir())
            .then(|| bounded::open(archive).map_err(|error| ReadError::broken(file, &error)))
            .transpose()?;
        // The worker's working directory is another.
        let file = &path::absolute(file).map_err(|error| ReadError::unreadable(file, error))?;
        let time = Time::for_files(&job.files(archive));
        let not_started = |error: io::Error| {
            ReadError::unreadable(file, say!("reader-not-started", reason = Saying::from(error)))
        };
        let (child, messages) = match &worker.0 {
            Program::At(program) => {
                let input = opened.filter(|_| job.gets_the_file()).map_or_else(Stdio::null, Stdio::from);
                let mut child = command(program, job, file, time)
                    .stdin(input)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::null())
                    .spawn()
                    .map_err(not_started)?;
                let output = child.stdout.take();
                (Some(child), listen(output))
            }
            Program::Here(work) => {
                let (output, mut input) = io::pipe().map_err(not_started)?;
                let (file, work) = (file.to_owned(), work.0);
                thread::spawn(move || work(job, &file, opened, &mut input));
                (None, listen(Some(output)))
            }
        };
        let until = Instant::now().checked_add(time.in_all);
        let until = until.ok_or_else(|| job.takes_too_much(file, Much::Time))?;
        Ok(Self { child, messages, until })
    }

    /// Listens for a moment.
    pub fn hear(&mut self) -> Heard {
        if Instant::now() >= self.until {
            return Heard::End(Much::Time);
        }
        match self.messages.recv_timeout(A_LOOK) {
            Ok(Ok(message)) => Heard::Message(message),
            Ok(Err(_)) => Heard::End(Much::Memory),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End(self.ended()),
        }
    }

    /// What it ended of, before it had said everything.
    fn ended(&mut self) -> Much {
        // It may have closed its output alone; one that ended already is not changed by this.
        let status = self.child.as_mut().and_then(|child| {
            _ = child.kill();
            child.wait().ok()
        });
        if status.is_some_and(ran_out_of_time) { Much::Time } else { Much::Memory }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            _ = child.kill();
            _ = child.wait();
        }
    }
}

/// The program in a surrounding that holds nothing.
fn command(program: &Path, job: Job, file: &Path, time: Time) -> Command {
    let mut command = Command::new(program);
    command.arg(ARGUMENT).arg(job.name()).arg(time.of_processor.to_string()).arg(file);
    command.env_clear().current_dir("/");
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        /// No window of its own: `CREATE_NO_WINDOW`.
        const NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(NO_WINDOW);
        // The system's own libraries are found by it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
    }
    command
}

/// The messages of an output, one of which waits at most.
fn listen(output: Option<impl Read + Send + 'static>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, messages) = mpsc::sync_channel(1);
    // It ends with the output, at the latest when the worker is ended, or when nobody takes the messages.
    thread::spawn(move || {
        let Some(mut output) = output else { return };
        while let Some(message) = said::read(&mut output).transpose() {
            let last = message.is_err();
            if sender.send(message).is_err() || last {
                return;
            }
        }
    });
    messages
}

/// Whether the system ended it for the time that it took.
fn ran_out_of_time(status: ExitStatus) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        status.signal() == Some(libc::SIGXCPU)
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        false
    }
}
