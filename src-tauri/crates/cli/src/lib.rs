//! `headroom`: the same figures as the window, for terminals and pipes.
//!
//! Everything a command reads and writes is handed to it, so that a test can run it in process.

mod account;
mod activity;
mod catalog;
mod console;
mod facts;
mod files;
mod help;
mod import;
mod input;
mod invoices;
mod live;
mod many;
mod packs;
mod page;
mod plans;
mod printable;
mod reports;
mod scenario;
mod sql;
mod standing;
mod team_facts;
mod usage;

pub use console::{Console, FAULT, Open};
pub(crate) use console::{Failure, asked};

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use console::BAD_INPUT;
use headroom_app::{Paths, Place, SystemClock, SystemKeyring};
use headroom_app::{log, modes, process, reports as mistakes, zone};
use printable::Printable;
use std::io::{IsTerminal as _, Write};
use std::process::ExitCode;

/// The most bytes that a line says of what went wrong.
const LONGEST_LINE: usize = 4_000;

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
    #[command(flatten)]
    Account(account::Command),
    /// An organisation from its Kiro user activity reports: cost, double subscriptions, who is near the limit.
    Activity(activity::Arguments),
    /// Where credits went, or dollars at Kilo: by project, model, session, client, kind, hour, day or user, as far as it is known.
    Usage(usage::Arguments),
    /// What was charged, period by period, and as a PDF, a CSV or JSON file.
    Invoices(invoices::Arguments),
    /// The plans beside each other: what a month costs at your pace, and what the last months would have cost.
    Plans(plans::Arguments),
    #[command(flatten)]
    Files(files::Command),
    /// What is kept of Headroom's own mistakes, to report them.
    Reports(reports::Arguments),
    Catalog(catalog::Arguments),
    /// A statement that sums Kiro's lines of a bill too large to fetch, where it lies: headroom sql --engine athena
    /// billing.cur > kiro.sql; import aws-cost reads its result.
    Sql(sql::Arguments),
}

/// Runs `headroom` on the process's own arguments and streams, and this machine's data.
pub fn main() -> ExitCode {
    process::guard();
    zone::moments_are_local();
    if let Some(status) = headroom_app::works() {
        return status;
    }
    // Where no place is found, whoever needs one says so.
    if let Ok(paths) = Paths::of_this_machine() {
        let told = [paths.emulator_in_use(), modes::shut(paths.data())];
        for saying in told.into_iter().flatten() {
            tell(&headroom_app::words::say(&saying));
        }
        log::start(paths.log(), "command line", false);
        mistakes::start(paths.reports(), "command line");
        if let Some(problem) = headroom_app::catalog::open_once(&paths) {
            tell(&headroom_app::words::say(&problem));
        }
    }
    let mut watched = std::io::stderr();
    let status = run(
        std::env::args_os(),
        &|| {
            let place = Place::new(Paths::of_this_machine()?, Box::new(SystemClock));
            Ok(place.with_secrets(Box::new(SystemKeyring)))
        },
        &mut Console {
            input: &mut std::io::stdin().lock(),
            output: &mut std::io::stdout().lock(),
            errors: &mut std::io::stderr().lock(),
            terminal: std::io::stdout().is_terminal(),
            progress: std::io::stderr().is_terminal().then_some(&mut watched as &mut dyn Write),
        },
    );
    log::finish();
    ExitCode::from(status)
}

/// Says something beside every answer.
fn tell(text: &str) {
    // Nobody may be listening.
    _ = writeln!(Printable::new(&mut std::io::stderr()), "headroom: {text}");
}

/// Runs `headroom` with `arguments` (the program's name first) and returns its exit status.
pub fn run(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
    open: Open<'_>,
    console: &mut Console<'_>,
) -> u8 {
    let (mut output, mut errors) = (Printable::new(console.output), Printable::new(console.errors));
    let console = &mut Console {
        input: console.input,
        output: &mut output,
        errors: &mut errors,
        terminal: console.terminal,
        progress: console.progress.as_mut().map(|progress| &mut **progress as &mut dyn Write),
    };
    let mut arguments: Vec<_> = arguments.into_iter().collect();
    if arguments.len() < 2 {
        // Whoever says nothing else wants to know how they stand.
        arguments.push("status".into());
    }
    let matches = help::grouped(Arguments::command()).try_get_matches_from(arguments);
    let name = matches.as_ref().ok().and_then(ArgMatches::subcommand_name).map_or("", help::known);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error, console),
    };
    let done = mistakes::guarded("headroom", name, || match arguments.command {
        Command::Scenario(command) => scenario::run(&command, console),
        Command::Account(command) => account::run(&command, open, console),
        Command::Activity(arguments) => activity::run(&arguments, console),
        Command::Invoices(arguments) => invoices::run(&arguments, open, console),
        Command::Usage(arguments) => usage::run(&arguments, open, console),
        Command::Plans(arguments) => plans::run(&arguments, open, console),
        Command::Files(command) => files::run(&command, open, console),
        Command::Reports(arguments) => reports::run(&arguments, open, console),
        Command::Catalog(arguments) => catalog::run(&arguments, open, console),
        Command::Sql(arguments) => sql::run(&arguments, console),
    });
    match done.unwrap_or_else(|mistake| Err(Failure::trouble(mistakes::say_ended(mistake)))) {
        Ok(()) => 0,
        Err(failure) if failure.message.is_empty() => failure.status,
        Err(failure) => {
            // One line, whatever the message holds; a closed standard error leaves the status.
            let line = failure.message.replace(['\n', '\r'], " ");
            let line = line.get(..line.floor_char_boundary(LONGEST_LINE)).unwrap_or_default();
            _ = writeln!(console.errors, "headroom: {line}");
            failure.status
        }
    }
}

/// Help and version go to standard output with status 0, mistakes to standard error.
fn misused(error: &clap::Error, console: &mut Console<'_>) -> u8 {
    let text = error.render().to_string();
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        _ = write!(console.errors, "{text}");
        BAD_INPUT
    } else if error.use_stderr() {
        // One line like every other mistake: clap's first paragraph, without its advice.
        let first: Vec<_> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
        _ = writeln!(console.errors, "headroom: {}", first.join(" ").trim_start_matches("error: "));
        BAD_INPUT
    } else {
        _ = write!(console.output, "{text}");
        0
    }
}
