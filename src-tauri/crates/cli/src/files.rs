//! `backup`, `export`, `copies` and `restore`: the data as files.

use crate::{Console, Failure, Open, scenario};
use clap::Subcommand;
use headroom_app::words;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write a copy of all data to a file, checked before it is kept.
    Backup {
        /// The new file; one that is there is replaced.
        path: PathBuf,
    },
    /// Write every record as a line of JSON, to be read elsewhere.
    Export {
        /// The new file; one that is there is replaced.
        path: PathBuf,
    },
    /// The copies that Headroom made by itself, the newest first.
    Copies {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Repair damaged data from its newest good copy; what is newer and can still be read comes back too.
    Restore {
        /// Go back to this copy instead, exactly as it is, whatever the state of the data is.
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(command: &Command, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let place = open()?;
    match command {
        Command::Backup { path } => {
            place.open_to_read()?.back_up(path)?;
            Ok(writeln!(console.output, "All data is in {} now, checked.", path.display())?)
        }
        Command::Export { path } => {
            let lines = place.open_to_read()?.export_all(path)?;
            let records = if lines == 1 { "record is" } else { "records are" };
            Ok(writeln!(console.output, "{lines} {records} in {} now.", path.display())?)
        }
        Command::Copies { json } => {
            let copies = place.copies()?;
            if *json {
                return scenario::print(&copies, console);
            }
            if copies.is_empty() {
                writeln!(
                    console.output,
                    "No copy yet. One is made before every import and removal, and once a day."
                )?;
            }
            for copy in copies {
                let before = match copy.before {
                    "asked" => "on demand",
                    "day" => "of the day",
                    "migration" => "before an update",
                    "import" => "before an import",
                    _ => "before a removal",
                };
                let kilobytes = copy.bytes.div_ceil(1024);
                let path = copy.path.display();
                writeln!(
                    console.output,
                    "{:<26}  {before:<16}  {kilobytes:>8} KiB  {path}",
                    words::moment(&copy.made_at)
                )?;
            }
            Ok(())
        }
        Command::Restore { from, json } => {
            let restored = place.restore(from.as_deref())?;
            let said = restored.said.iter().map(words::say).collect::<Vec<_>>().join(" ");
            // The restore is done, whatever comes of asking; a copy that is named stays as it is.
            let ask = || open()?.open()?.ask_everybody();
            let asked = if from.is_none() { ask() } else { Ok(Vec::new()) };
            if *json {
                let mut answer = serde_json::to_value(&restored).map_err(Failure::trouble)?;
                answer["said"] = said.into();
                return scenario::print(&answer, console);
            }
            writeln!(console.output, "{said}")?;
            for saying in &restored.told {
                writeln!(console.output, "{}", words::say(saying))?;
            }
            for (account, refreshed) in asked? {
                let failure = refreshed.failure.as_ref().map(words::say);
                let said = failure.unwrap_or_else(|| "the vendor answered".to_owned());
                writeln!(console.output, "{account}: {said}")?;
            }
            Ok(())
        }
    }
}
