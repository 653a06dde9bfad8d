//! What is done in a process of its own, so that it can be killed, or happen at the same time as in another.

use crate::made;
use headroom_app::clock::FixedClock;
use headroom_app::{Paths, Place};
use headroom_store::{Store, copies::Before, restore};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

/// Does some work on the data in a folder. What begins with `at-once:` says that it is there and waits for a word first.
pub fn run(work: &str, folder: &Path) -> ExitCode {
    let work = if let Some(work) = work.strip_prefix("at-once:") {
        println!("here");
        io::stdin().lock().read_line(&mut String::new()).expect("a word");
        work
    } else {
        work
    };
    match outcome(work, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{work}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn outcome(work: &str, folder: &Path) -> Result<(), String> {
    let path = made::database(folder);
    let open = || Store::open(&path, made::now()).to_write().map_err(|error| error.to_string());
    match work {
        "nothing" => Ok(()),
        "open" => open().map(drop),
        "record" | "record-some" => {
            let mut store = open()?;
            let some = if work == "record" { usize::MAX } else { 5 };
            for index in 0..some {
                made::record(&mut store, std::iter::once(format!("k{index}")))
                    .map_err(|error| error.to_string())?;
                // Whoever reads this knows that it is written; when nobody does any more, it ends.
                if writeln!(io::stdout(), "{index}").and_then(|()| io::stdout().flush()).is_err() {
                    return Ok(());
                }
            }
            Ok(())
        }
        "copy" => {
            let store = open()?;
            (0..3)
                .try_for_each(|_| store.keep_copy(Before::Asked, made::now()).map(drop))
                .map_err(|error| error.to_string())
        }
        "restore" => restore::restore(&path, None, made::now()).map(drop).map_err(|error| error.to_string()),
        command => headroom(command, folder),
    }
}

/// A command of `headroom`, its words with a comma between them.
fn headroom(command: &str, folder: &Path) -> Result<(), String> {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let words = std::iter::once("headroom").chain(command.split(',')).map(Into::into);
    let open = || {
        let paths = Paths::new(folder.to_owned(), Some(folder.join("sessions")));
        Ok(Place::new(paths, Box::new(FixedClock(made::now()))))
    };
    let console = &mut headroom_cli::Console {
        input: &mut io::empty(),
        output: &mut output,
        errors: &mut errors,
        terminal: false,
        progress: None,
    };
    let status = headroom_cli::run(words, &open, console);
    let errors = String::from_utf8_lossy(&errors);
    print!("{}", String::from_utf8_lossy(&output));
    if status != 0 {
        return Err(format!("status {status}: {}", errors.trim()));
    }
    eprint!("{errors}");
    Ok(())
}
