//! `simulate`, `preview` and `replay`: the engine on a scenario file (`scenario.md`).

use crate::{Console, Failure};
use clap::Subcommand;
use headroom_app::billing::{Moment, Preview, Replay, Scenario, Statement};
use serde::Serialize;
use std::io::Read;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The statement: everything the rules make of a scenario.
    Simulate {
        /// A scenario file, or - for standard input.
        file: String,
    },
    /// What changing the plan would do.
    Preview {
        /// A scenario file, or - for standard input.
        file: String,
        /// The plan to change to.
        #[arg(long)]
        plan: String,
        /// When, instead of the scenario's own moment (2026-04-15T09:00:00Z).
        #[arg(long, value_name = "MOMENT")]
        at: Option<Moment>,
    },
    /// What each paid plan would have cost over the closed months.
    Replay {
        /// A scenario file, or - for standard input.
        file: String,
    },
}

pub(crate) fn run(command: &Command, console: &mut Console<'_>) -> Result<(), Failure> {
    let (Command::Simulate { file } | Command::Preview { file, .. } | Command::Replay { file }) = command;
    let json = read(file, console.input)?;
    let named = |error: &dyn std::fmt::Display| Failure::bad_input(format!("{file}: {error}"));
    let Scenario::Individual(scenario) = Scenario::parse(&json).map_err(|error| named(&error))?;
    match command {
        Command::Simulate { .. } => print(&Statement::of(&scenario).map_err(|error| named(&error))?, console),
        Command::Preview { plan, at, .. } => {
            let edition = scenario.terms.edition;
            let plan = edition.plan_named(plan).ok_or_else(|| {
                Failure::bad_input(format!("--plan: \"{plan}\" is no plan; known: {}", edition.plan_ids()))
            })?;
            let at = at.unwrap_or(scenario.as_of);
            print(&Preview::of(&scenario, plan, at).map_err(|error| named(&error))?, console)
        }
        Command::Replay { .. } => print(&Replay::of(&scenario).map_err(|error| named(&error))?, console),
    }
}

fn read(file: &str, input: &mut dyn Read) -> Result<Vec<u8>, Failure> {
    if file == "-" {
        let mut bytes = Vec::new();
        let outcome = input.read_to_end(&mut bytes);
        return outcome
            .map(|_| bytes)
            .map_err(|error| Failure::bad_input(format!("standard input: {error}")));
    }
    std::fs::read(file).map_err(|error| Failure::bad_input(format!("{file}: {error}")))
}

pub(crate) fn print(answer: &impl Serialize, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut text = serde_json::to_vec_pretty(answer).map_err(Failure::trouble)?;
    text.push(b'\n');
    Ok(console.output.write_all(&text)?)
}
