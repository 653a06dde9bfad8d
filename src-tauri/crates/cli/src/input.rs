//! A scenario file, and the file of lines it may name.

use crate::Failure;
use chrono::NaiveDate;
use headroom_app::{catalog, words};
use headroom_billing::scenario::{Lines, Readable, Sourced, Streamed};
use headroom_billing::{Ledger, Scenario, ScenarioError, Timeline};
use headroom_exact::{Moment, Saying};
use headroom_sources::files::bounded::{self, FileError, LARGEST_WHOLE};
use std::cell::OnceCell;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The largest file of lines out of order, in bytes: they are held, to be sorted.
const LARGEST_HELD: u64 = 1 << 30;

/// What was read: the scenario, and the lines if they had to be held.
pub(crate) struct Input {
    /// As the user wrote it, for messages.
    name: String,
    json: Vec<u8>,
    lines: OnceCell<Vec<u8>>,
}

impl Input {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn read(name: &str, input: &mut dyn Read) -> Result<Self, Failure> {
        let mut json = Vec::new();
        let outcome = if name == "-" {
            bounded::read_from(input, LARGEST_WHOLE, &mut json)
        } else {
            bounded::read(Path::new(name), LARGEST_WHOLE).map(|bytes| json = bytes)
        };
        let place = if name == "-" { "standard input" } else { name };
        outcome.map_err(|error| {
            let helps = if matches!(error, FileError::TooLarge(_)) {
                "; leave its events to a file, which events_from names"
            } else {
                ""
            };
            Failure::bad_input(format!("{place}: {}{helps}", words::say(&error.into())))
        })?;
        Ok(Self { name: name.to_owned(), json, lines: OnceCell::new() })
    }

    /// An error in it, with its name.
    pub(crate) fn named(&self, error: impl Into<Saying>) -> Failure {
        Failure::bad_input(format!("{}: {}", self.name, words::say(&error.into())))
    }

    pub(crate) fn scenario(&self) -> Result<Scenario<'_>, Failure> {
        Scenario::parse_by(&self.json, catalog::in_use()).map_err(|error| self.named(error))
    }

    /// Where the file of lines is: beside the scenario; of standard input, in the working folder.
    fn beside(&self, events_from: &str) -> PathBuf {
        let folder = if self.name == "-" { None } else { Path::new(&self.name).parent() };
        folder.map_or_else(|| PathBuf::from(events_from), |folder| folder.join(events_from))
    }

    /// Everything the rules make of the events up to `moment`. Lines are taken one by one; only lines out
    /// of order are held, to be sorted.
    pub(crate) fn ledger<'a, K: Readable>(
        &'a self,
        sourced: Sourced<'a, K>,
        moment: Moment,
    ) -> Result<Ledger<K>, Failure> {
        if let Some(events_from) = &sourced.events_from {
            let mut lines =
                FileOfLines::open(&self.beside(events_from)).map_err(|error| self.named(error))?;
            match sourced.fold(moment, &mut lines).map_err(|error| self.named(error))? {
                Streamed::Folded(ledger) => return Ok(ledger),
                Streamed::OutOfOrder => {}
            }
        }
        let timeline = self.timeline(sourced)?;
        Ledger::fold(&timeline, moment).map_err(|error| self.named(error))
    }

    /// All events at once.
    fn timeline<'a, K: Readable>(&'a self, sourced: Sourced<'a, K>) -> Result<Timeline<'a, K>, Failure> {
        let Some(events_from) = &sourced.events_from else { return Ok(sourced.timeline) };
        let path = self.beside(events_from);
        let text = bounded::read(&path, LARGEST_HELD).map_err(|error| self.named(in_file(&path, &error)))?;
        let text = self.lines.get_or_init(|| text);
        sourced.with_lines(text).map_err(|error| self.named(error))
    }
}

fn in_file(path: &Path, error: &FileError) -> ScenarioError {
    ScenarioError::at(path, error).within("events_from")
}

/// A file read line by line.
struct FileOfLines {
    path: PathBuf,
    lines: bounded::Lines<File>,
}

impl FileOfLines {
    fn open(path: &Path) -> Result<Self, ScenarioError> {
        let lines = bounded::Lines::open(path).map_err(|error| in_file(path, &error))?;
        Ok(Self { path: path.to_owned(), lines })
    }
}

impl Lines for FileOfLines {
    fn next_line(&mut self) -> Result<Option<&[u8]>, ScenarioError> {
        self.lines.next_needed().map_err(|error| in_file(&self.path, &error))
    }
}

/// What an option gives, or what is wrong with it in words.
pub(crate) fn given<T>(text: &str) -> Result<T, String>
where
    T: FromStr<Err: Into<Saying>>,
{
    text.parse().map_err(|error: T::Err| words::say(&error.into()))
}

/// A day that an option gives.
pub(crate) fn date(name: &str, text: &str) -> Result<NaiveDate, Failure> {
    text.parse()
        .map_err(|_| Failure::bad_input(format!("--{name}: \"{text}\" is no date such as 2026-04-15")))
}
