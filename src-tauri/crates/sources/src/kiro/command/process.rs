//! The program itself: started in an empty folder of ours, heard line by line, ended with all that it started, whatever
//! came of it.

use super::error::CommandError;
use super::folder::Folder;
use super::surroundings;
use crate::wire::patience::Deadline;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::thread;
use std::time::{Duration, Instant};

/// So many bytes are read of it in all, what it writes beside its answers included: those are a few KiB.
const MOST: u64 = 16 << 20;
/// As how many bytes a line counts at least: it costs time, however short it is.
const SHORTEST_LINE: u64 = 512;
/// The longest line that is read of it.
const LONGEST_LINE: u64 = 1 << 20;
/// So much is kept of what it writes beside its answers.
const MOST_BESIDE: usize = 16 * 1024;
/// So many lines to it wait until it reads them.
const MOST_WAITING: usize = 64;
/// How long it is listened before somebody looks whether it still runs: a child of its own may hold its output.
const A_LOOK: Duration = Duration::from_millis(100);
/// Once its output has ended, so long the rest of what it writes is waited for.
const REST: Duration = Duration::from_millis(500);
/// How long it is let be where somebody is just writing it, as it does itself while it is updated.
const A_WRITE: Duration = Duration::from_millis(20);

/// A line that it wrote.
enum Line {
    Output(String),
    Error(String),
    /// Its output has ended.
    End,
    /// It has written more than is read.
    TooMuch,
}

/// The program while it runs.
pub(super) struct Running {
    child: Child,
    /// Whether nothing of it runs any more.
    is_over: bool,
    input: Option<SyncSender<String>>,
    lines: Receiver<Line>,
    deadline: Deadline,
    /// What it wrote to standard error so far, as far as it is kept.
    errors: String,
}

impl Running {
    /// Starts it with those arguments.
    pub(super) fn start(
        program: &Path,
        arguments: &[&str],
        folder: &Folder,
        deadline: Deadline,
    ) -> Result<Self, CommandError> {
        let mut command = command(program, arguments, folder);
        let (_nobody, nothing) = mpsc::channel::<()>();
        let rest = || {
            _ = nothing.recv_timeout(deadline.left()?.min(A_WRITE));
            Some(())
        };
        let mut child = once_written(|| command.spawn(), rest).map_err(|error| CommandError::NotStarted {
            program: program.to_owned(),
            reason: error.into(),
        })?;
        // One line waits at most: whoever writes without end waits too, until it is ended.
        let (sender, lines) = mpsc::sync_channel(1);
        let left = Arc::new(AtomicU64::new(MOST));
        if let Some(output) = child.stdout.take() {
            let (sender, left) = (sender.clone(), Arc::clone(&left));
            // Each ends with the program's end of it, at the latest when the program is killed.
            thread::spawn(move || {
                hear(output, &sender, &left, Line::Output);
                _ = sender.send(Line::End);
            });
        }
        if let Some(errors) = child.stderr.take() {
            thread::spawn(move || hear(errors, &sender, &left, Line::Error));
        }
        let input = child.stdin.take().map(speak);
        Ok(Self { child, is_over: false, input, lines, deadline, errors: String::new() })
    }

    /// Tells it something, as a line. One that doesn't listen is not waited for.
    pub(super) fn tell(&mut self, line: &str) -> Result<(), Over> {
        let Some(input) = &self.input else { return Err(Over::Ended) };
        input.try_send(format!("{line}\n")).map_err(|error| match error {
            TrySendError::Full(_) => Over::TooMuch,
            TrySendError::Disconnected(_) => Over::Ended,
        })
    }

    /// The next line of its output.
    pub(super) fn next_line(&mut self) -> Result<String, Over> {
        let mut since = Instant::now();
        loop {
            // A line that is there already would be handed out after the time is over, too.
            let left = self.deadline.for_the_next_byte(since).ok_or(Over::TimedOut)?;
            match self.lines.recv_timeout(left.min(A_LOOK)) {
                Ok(Line::Output(line)) => return Ok(line),
                Ok(Line::Error(line)) => {
                    since = Instant::now();
                    self.keep(&line);
                }
                Ok(Line::TooMuch) => return Err(Over::TooMuch),
                Ok(Line::End) | Err(RecvTimeoutError::Disconnected) => return Err(Over::Ended),
                Err(RecvTimeoutError::Timeout) if self.has_ended() => return self.last_line(),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// A line that was still on its way when the program ended.
    fn last_line(&mut self) -> Result<String, Over> {
        loop {
            match self.lines.recv_timeout(REST) {
                Ok(Line::Output(line)) => return Ok(line),
                Ok(Line::Error(line)) => self.keep(&line),
                Ok(Line::TooMuch) => return Err(Over::TooMuch),
                Ok(Line::End) | Err(_) => return Err(Over::Ended),
            }
        }
    }

    fn keep(&mut self, line: &str) {
        if self.errors.len().saturating_add(line.len()) <= MOST_BESIDE {
            self.errors.push_str(line);
        }
    }

    /// Everything it writes until it ends: its output, then what it wrote beside.
    pub(super) fn everything(mut self) -> Result<String, Over> {
        self.input = None;
        let mut output = String::new();
        loop {
            match self.next_line() {
                Ok(line) if output.len().saturating_add(line.len()) <= MOST_BESIDE => output.push_str(&line),
                Ok(_) => {}
                Err(Over::Ended) => break,
                Err(over @ (Over::TimedOut | Over::TooMuch)) => return Err(over),
            }
        }
        output.push('\n');
        output.push_str(&self.rest());
        Ok(output)
    }

    /// With which code it ended, where it did by itself, and what it wrote beside its output.
    pub(super) fn end(mut self) -> End {
        let errors = self.rest();
        // One that is on its way out keeps its code.
        let code = self.kill();
        End { code, errors }
    }

    /// What it wrote beside its output, once that has ended.
    fn rest(&mut self) -> String {
        while let Some(left) = self.deadline.left()
            && let Ok(line) = self.lines.recv_timeout(left.min(REST))
        {
            match line {
                Line::Error(line) => self.keep(&line),
                Line::TooMuch => break,
                Line::Output(_) | Line::End => {}
            }
        }
        std::mem::take(&mut self.errors)
    }

    /// Whether it has ended by itself; what is known of its end stays known.
    #[cfg(unix)]
    fn has_ended(&mut self) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let only_look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        // As long as nobody asked for its end, its number, and that of its group, is nobody else's.
        group(&self.child).is_none_or(|program| !matches!(waitid(WaitId::Pid(program), only_look), Ok(None)))
    }

    #[cfg(not(unix))]
    fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it, with all that it started. The code it ended with, where it had by itself.
    fn kill(&mut self) -> Option<i32> {
        if std::mem::replace(&mut self.is_over, true) {
            return None;
        }
        #[cfg(unix)]
        if let Some(group) = group(&self.child) {
            _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        _ = self.child.kill();
        self.child.wait().ok().and_then(|status| status.code())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may wait for more questions; whatever came of these, it is not needed any longer.
        self.kill();
    }
}

/// How it is started: as a group of its own, which can be ended as one, and with nothing of ours but what it needs.
fn command(program: &Path, arguments: &[&str], folder: &Folder) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    // It looks for settings, programs to start among them, in the folder it is started in: that one has none.
    command.current_dir(folder.path());
    command.env_clear().envs(surroundings::of(std::env::vars_os())).env("TERM", "xterm-256color");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// Starts what can't be started while somebody is writing it, once that is over; until there is no time left to rest.
fn once_written<T>(
    mut start: impl FnMut() -> io::Result<T>,
    mut rest: impl FnMut() -> Option<()>,
) -> io::Result<T> {
    loop {
        match start() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy && rest().is_some() => {}
            outcome => return outcome,
        }
    }
}

/// Its number, which is its group's too.
#[cfg(unix)]
fn group(child: &Child) -> Option<rustix::process::Pid> {
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
}

/// How it ended.
pub(super) struct End {
    pub code: Option<i32>,
    pub errors: String,
}

impl End {
    /// Not yet looked at.
    pub(super) const fn unseen() -> Self {
        Self { code: None, errors: String::new() }
    }
}

/// Nothing more comes of it.
#[derive(Clone, Copy)]
pub(super) enum Over {
    Ended,
    TimedOut,
    /// It writes more than is read, or doesn't read what it asked for.
    TooMuch,
}

/// Writes lines to it, as fast as it reads them.
fn speak(mut pipe: impl Write + Send + 'static) -> SyncSender<String> {
    let (sender, lines) = mpsc::sync_channel::<String>(MOST_WAITING);
    thread::spawn(move || {
        for line in lines {
            if pipe.write_all(line.as_bytes()).and_then(|()| pipe.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

fn hear(pipe: impl Read, sender: &SyncSender<Line>, left: &AtomicU64, line_of: fn(String) -> Line) {
    let mut pipe = BufReader::new(pipe);
    loop {
        let mut line = Vec::new();
        let length = match pipe.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(length) if length > 0 => u64::try_from(length).unwrap_or(u64::MAX).max(SHORTEST_LINE),
            _ => return,
        };
        let taken = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(length));
        let line =
            if taken.is_ok() { line_of(String::from_utf8_lossy(&line).into_owned()) } else { Line::TooMuch };
        if sender.send(line).is_err() || taken.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_just_written_is_started_once_it_is() {
        for (busy, time, kind, started, starts) in [
            (0, 9, ErrorKind::ExecutableFileBusy, true, 1),
            (3, 9, ErrorKind::ExecutableFileBusy, true, 4),
            (9, 2, ErrorKind::ExecutableFileBusy, false, 3),
            (9, 9, ErrorKind::PermissionDenied, false, 1),
        ] {
            let (mut seen, mut left) = (0, time);
            let start = || {
                seen += 1;
                if seen <= busy { Err(io::Error::from(kind)) } else { Ok(()) }
            };
            let rest = || {
                left -= 1;
                (left >= 0).then_some(())
            };
            let outcome = once_written(start, rest);
            assert_eq!((outcome.is_ok(), seen), (started, starts), "{busy} {kind:?}");
        }
    }
}
