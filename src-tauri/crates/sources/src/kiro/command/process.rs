//! The program itself: started in an empty folder of ours, heard line by line, ended whatever came of it.

use super::error::CommandError;
use super::folder::Folder;
use crate::wire::patience::Deadline;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

/// The longest line that is read of it.
const LONGEST_LINE: u64 = 8 * 1024 * 1024;
/// So much is kept of what it writes beside its answers.
const MOST_BESIDE: usize = 16 * 1024;
/// Once its output has ended, so long the rest of what it writes is waited for: a child of its own may hold the pipe.
const REST: Duration = Duration::from_millis(500);

/// A line that it wrote.
enum Line {
    Output(String),
    Error(String),
    /// Its output has ended.
    End,
}

/// The program while it runs.
pub(super) struct Running {
    child: Child,
    input: Option<ChildStdin>,
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
        let not_started = |error: std::io::Error| CommandError::NotStarted {
            program: program.to_owned(),
            reason: error.into(),
        };
        // It looks for settings, programs to start among them, in the folder it is started in: that one has none.
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .env("TERM", "xterm-256color")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(not_started)?;
        // One line waits at most: whoever writes without end waits too, until it is ended.
        let (sender, lines) = mpsc::sync_channel(1);
        if let Some(output) = child.stdout.take() {
            let sender = sender.clone();
            // Each ends with the program's end of it, at the latest when the program is killed.
            thread::spawn(move || {
                hear(output, &sender, Line::Output);
                _ = sender.send(Line::End);
            });
        }
        if let Some(errors) = child.stderr.take() {
            thread::spawn(move || hear(errors, &sender, Line::Error));
        }
        Ok(Self { input: child.stdin.take(), child, lines, deadline, errors: String::new() })
    }

    /// Tells it something, as a line.
    pub(super) fn tell(&mut self, line: &str) -> Result<(), Over> {
        let Some(input) = &mut self.input else { return Err(Over::Ended) };
        writeln!(input, "{line}").and_then(|()| input.flush()).map_err(|_| Over::Ended)
    }

    /// The next line of its output.
    pub(super) fn next_line(&mut self) -> Result<String, Over> {
        loop {
            // A line that is there already would be handed out after the time is over, too.
            let left = self.deadline.for_the_next_byte().ok_or(Over::TimedOut)?;
            match self.lines.recv_timeout(left) {
                Ok(Line::Output(line)) => return Ok(line),
                Ok(Line::Error(line)) => self.keep(&line),
                Ok(Line::End) | Err(mpsc::RecvTimeoutError::Disconnected) => return Err(Over::Ended),
                Err(mpsc::RecvTimeoutError::Timeout) => return Err(Over::TimedOut),
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
                Err(Over::TimedOut) => return Err(Over::TimedOut),
                Err(Over::Ended) => break,
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
        _ = self.child.kill();
        let code = self.child.wait().ok().and_then(|status| status.code());
        End { code, errors }
    }

    /// What it wrote beside its output, once that has ended.
    fn rest(&mut self) -> String {
        while let Some(left) = self.deadline.left()
            && let Ok(line) = self.lines.recv_timeout(left.min(REST))
        {
            if let Line::Error(line) = line {
                self.keep(&line);
            }
        }
        std::mem::take(&mut self.errors)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may wait for more questions; whatever came of these, it is not needed any longer.
        _ = self.child.kill();
        _ = self.child.wait();
    }
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
}

fn hear(pipe: impl Read, sender: &SyncSender<Line>, line_of: fn(String) -> Line) {
    let mut pipe = BufReader::new(pipe);
    loop {
        let mut line = Vec::new();
        match pipe.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(length) if length > 0 => {
                let line = String::from_utf8_lossy(&line).into_owned();
                if sender.send(line_of(line)).is_err() {
                    return;
                }
            }
            _ => return,
        }
    }
}
