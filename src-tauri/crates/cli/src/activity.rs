//! `activity`: an organisation's month from its user activity reports.

use crate::page::{Page, Readable as _};
use crate::{Console, Failure, scenario};
use clap::Args;
use headroom_app::{ActivityAnswer, Headroom, words};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Arguments {
    /// A report, or a folder of them.
    path: PathBuf,
    /// The billing address: two letters.
    #[arg(long, default_value = "US")]
    country: String,
    /// JSON also on a terminal; piped it always is.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<(), Failure> {
    let answer = Headroom::activity(&arguments.path, &arguments.country)?;
    said(&answer, console)?;
    if arguments.json || !console.terminal {
        return scenario::print(&answer, console);
    }
    let mut text = Vec::new();
    answer.write(&mut Page::new(&mut text))?;
    Ok(console.output.write_all(&text)?)
}

/// What isn't counted, on standard error.
fn said(answer: &ActivityAnswer, console: &mut Console<'_>) -> Result<(), Failure> {
    for bad in &answer.bad_rows {
        writeln!(console.errors, "headroom: left out {bad}")?;
    }
    for file in &answer.other_files {
        writeln!(console.errors, "headroom: left out {file}: no user activity report")?;
    }
    for file in &answer.damaged_files {
        writeln!(console.errors, "headroom: left out {file}")?;
    }
    for note in &answer.notes {
        writeln!(console.errors, "headroom: {}", words::note(note))?;
    }
    Ok(())
}
