//! `headroom`: the same figures as the window, for terminals and pipes.
//!
//! Everything a command reads and writes is handed to it, so that a test can run it in process.

mod scenario;

use clap::{Parser, Subcommand};
use std::io::{Read, Write};
use std::process::ExitCode;

/// Exit status of bad input or bad arguments; one line on standard error says what and where.
pub const BAD_INPUT: u8 = 2;

/// What a command talks to.
pub struct Console<'c> {
    /// Standard input, for `-`.
    pub input: &'c mut dyn Read,
    /// Standard output: the answer, or nothing.
    pub output: &'c mut dyn Write,
    /// Standard error: messages.
    pub errors: &'c mut dyn Write,
}

#[derive(Parser)]
#[command(
    name = "headroom",
    version,
    about = "How much is left, what is charged next, and what a plan change would do."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Scenario(scenario::Command),
}

/// Why a command failed: its message, and the status it exits with.
#[derive(Debug)]
pub(crate) struct Failure {
    status: u8,
    message: String,
}

impl Failure {
    pub(crate) fn bad_input(message: impl std::fmt::Display) -> Self {
        Self { status: BAD_INPUT, message: message.to_string() }
    }

    /// The answer could not be written, or the store could not be read.
    pub(crate) fn trouble(message: impl std::fmt::Display) -> Self {
        Self { status: 1, message: message.to_string() }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::trouble(format!("the answer could not be written: {error}"))
    }
}

/// Runs `headroom` on the process's own arguments and streams.
pub fn main() -> ExitCode {
    let status = run(
        std::env::args_os(),
        &mut Console {
            input: &mut std::io::stdin().lock(),
            output: &mut std::io::stdout().lock(),
            errors: &mut std::io::stderr().lock(),
        },
    );
    ExitCode::from(status)
}

/// Runs `headroom` with `arguments` (the program's name first) and returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, console: &mut Console<'_>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, console),
    };
    let outcome = match arguments.command {
        Command::Scenario(command) => scenario::run(&command, console),
    };
    match outcome {
        Ok(()) => 0,
        Err(failure) => {
            // One line, whatever the message holds; a closed standard error leaves the status.
            let line = failure.message.replace(['\n', '\r'], " ");
            _ = writeln!(console.errors, "headroom: {line}");
            failure.status
        }
    }
}

/// Help and version go to standard output with status 0, mistakes to standard error.
fn usage(error: &clap::Error, console: &mut Console<'_>) -> u8 {
    let text = error.render();
    if error.use_stderr() {
        _ = write!(console.errors, "{text}");
        BAD_INPUT
    } else {
        _ = write!(console.output, "{text}");
        0
    }
}
