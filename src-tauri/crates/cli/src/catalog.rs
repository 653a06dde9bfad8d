//! `catalog`: which price lists are gone by, and newer ones from a file.

use crate::{Console, Failure, Open, scenario};
use clap::{Args, Subcommand};
use headroom_app::answers::{CatalogCheck, CatalogList, CatalogView};
use std::io;
use std::path::PathBuf;

/// The price lists, and newer ones from a file.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// As JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Which price lists Headroom goes by, and where they are from.
    Show,
    /// What a file would bring, and whether it would be taken; nothing is kept.
    Check {
        /// A signed file of price lists.
        file: PathBuf,
    },
    /// Go by a file's price lists from now on. It has to be signed and newer than those in use.
    Import {
        /// A signed file of price lists.
        file: PathBuf,
    },
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let shelf = open()?.catalogs();
    let json = arguments.json || !console.terminal;
    match &arguments.command {
        None | Some(Command::Show) => {
            let view = shelf.view();
            if json { scenario::print(&view, console) } else { Ok(show(&view, console)?) }
        }
        Some(Command::Check { file }) => {
            let check = shelf.check(file)?;
            if json { scenario::print(&check, console) } else { Ok(brings(&check, "would be", console)?) }
        }
        Some(Command::Import { file }) => {
            let check = shelf.import(file)?;
            if json { scenario::print(&check, console) } else { Ok(brings(&check, "are", console)?) }
        }
    }
}

fn show(view: &CatalogView, console: &mut Console<'_>) -> io::Result<()> {
    let from = if view.imported { "imported" } else { "this version's own" };
    writeln!(console.output, "Price lists number {} of {}, {from}", view.serial, view.issued_on)?;
    if let Some(problem) = &view.problem {
        writeln!(console.output, "{problem}")?;
    }
    if !view.can_import {
        writeln!(
            console.output,
            "This Headroom was built without a key to check newer ones with: it can't import any."
        )?;
    }
    lists(&view.lists, console)
}

fn brings(check: &CatalogCheck, tense: &str, console: &mut Console<'_>) -> io::Result<()> {
    let CatalogCheck { serial, issued_on, instead_of, instead_of_day, adds } = check;
    writeln!(
        console.output,
        "Price lists number {serial} of {issued_on} {tense} used instead of number {instead_of} of {instead_of_day}."
    )?;
    if adds.is_empty() {
        return writeln!(console.output, "No list is new.");
    }
    writeln!(console.output, "New:")?;
    lists(adds, console)
}

fn lists(lists: &[CatalogList], console: &mut Console<'_>) -> io::Result<()> {
    for list in lists {
        let in_force =
            list.in_force_from.as_ref().map_or_else(String::new, |day| format!(", in force from {day}"));
        writeln!(console.output, "  {:<14}{}{in_force}, checked {}", list.id, list.title, list.checked_on)?;
    }
    Ok(())
}
