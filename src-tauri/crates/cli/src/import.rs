//! What `import` says: how far it is while it works, and what it did.

mod arrived;
mod bills;
mod run;

pub(crate) use run::run;

use crate::Console;
use crate::many::many;
use clap::Args;
use headroom_app::answers::{
    BillNews, ImportAmount, ImportKind, ImportSessions, ImportView, ProgressView, Unit,
};
use headroom_app::words;
use headroom_exact::{Credits, Saying};
use std::cell::RefCell;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// How many bad rows are named; the others are counted.
const NAMED: usize = 20;
/// How wide the bar is, in letters.
const WIDTH: u32 = 24;

/// The kinds of file, each once: how it is chosen, what its help says, and what is said of an import of it.
macro_rules! importable {
    ($($(#[doc = $help:literal])* $kind:ident: $new:literal, $news:literal of $read:literal, $reads:literal $(, $note:literal)?;)*) => {
        /// Every kind, with what its help says.
        const KINDS: &[(ImportKind, &str)] = &[$((ImportKind::$kind, concat!($($help),*)),)*];

        /// What is said of an import of a kind.
        const fn told_of(kind: ImportKind) -> ToldOf {
            match kind {
                $(ImportKind::$kind => ToldOf {
                    new: Forms($new, $news),
                    read: Forms($read, $reads),
                    notes: &[$($note)?],
                },)*
            }
        }
    };
}

/// What is imported, and how.
#[derive(Args)]
#[command(after_help = kinds())]
pub(crate) struct Arguments {
    /// A kind of file (below), files and folders, or a kind and those.
    #[arg(required = true, value_name = "KIND|PATH")]
    what: Vec<OsString>,
    /// The account it goes to: its number or name; the first it belongs to when not given.
    #[arg(long)]
    account: Option<String>,
    /// Of several issues of a bill of which nothing tells the later: the one that counts, a file or folder of PATH.
    #[arg(long)]
    issue: Option<PathBuf>,
    /// With --issue: of this month alone, YYYY-MM.
    #[arg(long, requires = "issue")]
    month: Option<String>,
    /// With --issue: of this payer's AWS account alone.
    #[arg(long, requires = "issue")]
    payer: Option<String>,
    /// Say what would become of it, what it would replace and what with, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What the help says of the kinds.
fn kinds() -> String {
    let width = KINDS.iter().map(|(kind, _)| kind.name().len()).max().unwrap_or_default();
    let each = KINDS.iter().map(|(kind, help)| format!("  {:<width$} {}", kind.name(), help.trim_start()));
    format!("Kinds:\n{}", each.collect::<Vec<_>>().join("\n"))
}

/// A file that was left out, and why: what goes on as a sentence of its own stands behind a colon.
fn skipped((file, reason): (impl Display, &Saying), console: &mut Console<'_>) -> std::io::Result<()> {
    let why = words::say(reason);
    let is_sentence =
        ["it ", "its ", "the ", "another ", "there "].iter().any(|begins| why.starts_with(begins));
    let colon = if is_sentence { ":" } else { "" };
    writeln!(console.errors, "headroom: skipped {file}{colon} {why}")
}

/// What an import brings.
struct ToldOf {
    /// What is new of it.
    new: Forms,
    /// What is read.
    read: Forms,
    /// What else has to be known of it.
    notes: &'static [&'static str],
}

/// What one is called, and what several are.
#[derive(Clone, Copy)]
struct Forms(&'static str, &'static str);

impl Forms {
    fn of(self, count: u64) -> String {
        many(count, self.0, self.1)
    }
}

importable! {
    /// Kiro command line and IDE sessions, old and new, wherever they lie.
    KiroSessions: "new task", "new tasks" of "task", "tasks";
    /// Only sessions the IDE can have written, as estimates that aren't counted in any charge.
    KiroIdeSessions: "new task", "new tasks" of "task", "tasks", "They are estimates and aren't counted in any charge.";
    /// An organisation's user activity reports (CSV).
    KiroActivity: "new row", "new rows" of "row", "rows";
    /// AWS cost exports with Kiro's rows: CUR 2.0 or legacy, CSV or Parquet, packed or not.
    AwsCost: "new month", "new months" of "row", "rows";
    /// Usage that Kilo's page lets one download (CSV).
    KiloUsage: "new day", "new days" of "row", "rows";
    /// Kilo's record of every request on a machine: kilo.db, kilo2.db of the newer program, the tasks of the legacy extension.
    KiloDatabase: "new day", "new days" of "request", "requests";
    /// Who an organisation's users are: a table of user ids, names, e-mail addresses and groups.
    Identities: "new or changed person", "new or changed people" of "row", "rows";
}

/// Tells a terminal how far an import is, on one line that is written anew.
pub(crate) struct Told<'c> {
    progress: Option<RefCell<&'c mut dyn Write>>,
    began: Instant,
}

impl<'c> Told<'c> {
    pub(crate) fn new<'a>(console: &'c mut Console<'a>) -> Self
    where
        'a: 'c,
    {
        let progress =
            console.progress.as_mut().map(|progress| RefCell::new(&mut **progress as &'c mut dyn Write));
        Self { progress, began: Instant::now() }
    }

    pub(crate) fn tell(&self, progress: ProgressView) {
        let Some(line) = &self.progress else { return };
        let permille = progress.permille.unwrap_or(0).min(1000);
        let filled = permille.saturating_mul(WIDTH).checked_div(1000).unwrap_or(0);
        let bar: String = (0..WIDTH).map(|place| if place < filled { '#' } else { '.' }).collect();
        let percent = permille.checked_div(10).unwrap_or(0);
        let mut line = line.borrow_mut();
        // A closed standard error stops nothing.
        _ = write!(
            line,
            "\r[{bar}] {percent:3}%  {}  {} s",
            many(progress.rows, "row", "rows"),
            self.began.elapsed().as_secs()
        );
        _ = line.flush();
    }

    /// Leaves the line empty.
    pub(crate) fn end(self) {
        if let Some(line) = &self.progress {
            let mut line = line.borrow_mut();
            _ = write!(line, "\r{:70}\r", "");
            _ = line.flush();
        }
    }
}

/// What sessions used, in parts, and whether that is all.
fn sessions(parts: &ImportSessions, console: &mut Console<'_>) -> std::io::Result<()> {
    let known = |amount: Credits, at_least| words::bounded(Some(&amount.to_string()), at_least);
    let there = |amount: Credits, at_least: bool| at_least || !amount.is_zero();
    let has_either = there(parts.either, parts.either_at_least);
    let is_told = there(parts.main, parts.main_at_least) || there(parts.delegated, parts.delegated_at_least);
    let (main, delegated) =
        (known(parts.main, parts.main_at_least), known(parts.delegated, parts.delegated_at_least));
    let either = known(parts.either, parts.either_at_least);
    let by_tasks = match (is_told, has_either) {
        (false, true) => format!("{either} by tasks and their subagents (their sessions don't tell which)"),
        (true, true) => format!(
            "{main} by tasks, {delegated} by their subagents, {either} by either (their sessions don't tell which)"
        ),
        (_, false) => format!("{main} by tasks, {delegated} by their subagents"),
    };
    writeln!(
        console.output,
        "Credits used in {}: {by_tasks}, {} besides, for compaction and the like.",
        many(parts.sessions, "session", "sessions"),
        known(parts.auxiliary, parts.auxiliary_at_least)
    )?;
    if parts.least > 0 {
        let least = many(parts.least, "of them doesn't", "of them don't");
        writeln!(
            console.output,
            "That is the least: {least} tell what was used besides (as before the command line's 3.5), or what a task used."
        )?;
    }
    Ok(())
}

const fn are_not(count: u64) -> &'static str {
    if count == 1 { "isn't" } else { "aren't" }
}

/// What of an import isn't counted, or counts in another's place.
fn left_out(report: &ImportView, read: Forms, console: &mut Console<'_>) -> std::io::Result<()> {
    if report.unmetered > 0 {
        let (unmetered, are) = (read.of(report.unmetered), are_not(report.unmetered));
        let carry = if report.unmetered == 1 { "carries" } else { "carry" };
        writeln!(console.output, "{unmetered} {carry} no cost and {are} counted.")?;
    }
    if report.undated > 0 {
        let (have, are) = if report.undated == 1 { ("has", "is") } else { ("have", "are") };
        let undated = many(report.undated, "task", "tasks");
        writeln!(console.output, "{undated} {have} no readable time and {are} left out.")?;
    }
    let of_sessions = matches!(report.kind, ImportKind::KiroSessions | ImportKind::KiroIdeSessions);
    let (by, twice) = if of_sessions {
        ("what their sessions say now", read)
    } else {
        ("a newer export", Forms("line", "lines"))
    };
    if report.replaced > 0 {
        writeln!(console.output, "{} replaced by {by}.", many(report.replaced, "was", "were"))?;
    }
    if report.copies > 0 {
        let is_one = report.copies == 1;
        // Copies of a database are told from all that was ever imported.
        if report.kind == ImportKind::KiloDatabase {
            let are = if is_one { "is a copy from another file" } else { "are copies from other files" };
            let count = if is_one { "counts" } else { "count" };
            writeln!(console.output, "{} {are} and {count} once.", read.of(report.copies))?;
        } else {
            let (stand, count) = if is_one { ("stands", "counts") } else { ("stand", "count") };
            let copies = twice.of(report.copies);
            writeln!(console.output, "{copies} {stand} there more than once and {count} once.")?;
        }
    }
    Ok(())
}

/// What a sum is without, behind it.
fn without(amount: &ImportAmount) -> String {
    let missing: Vec<_> = amount.without.iter().map(words::say).collect();
    if missing.is_empty() { String::new() } else { format!(" {}", missing.join(" and ")) }
}

/// What an import did.
fn report(report: &ImportView, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = report.amount.as_ref().map(|amount| match amount.unit {
        Unit::Credits => format!(" with {} credits", words::bounded(Some(&amount.value), amount.at_least)),
        Unit::Dollars => {
            format!(", {} in all{}", words::sum(Some(&amount.value), amount.at_least), without(amount))
        }
    });
    let ToldOf { new, read, notes } = told_of(report.kind);
    writeln!(
        console.output,
        "{} of {}: {} read, {}{}, {} known already.",
        many(report.files, "file", "files"),
        report.from,
        read.of(report.read),
        new.of(report.added),
        amount.unwrap_or_default(),
        words::number(&report.known.to_string())
    )?;
    for note in notes {
        writeln!(console.output, "{note}")?;
    }
    for note in &report.notes {
        writeln!(console.output, "{}", words::say(note))?;
    }
    left_out(report, read, console)?;
    if let Some(parts) = &report.sessions {
        sessions(parts, console)?;
    }
    let older = |news: &&BillNews| matches!(news, BillNews::Older { .. });
    for news in report.bills.iter().filter(|news| !older(news)) {
        bills::bill(news, report.dry_run, console)?;
    }
    // A folder can hold an issue of each day.
    for news in report.bills.iter().filter(older).take(NAMED) {
        bills::bill(news, report.dry_run, console)?;
    }
    let others = report.bills.iter().filter(older).count().saturating_sub(NAMED);
    if others > 0 {
        let others =
            many(u64::try_from(others).unwrap_or(u64::MAX), "more issue isn't", "more issues aren't");
        writeln!(console.output, "{others} counted.")?;
    }
    if report.dry_run {
        writeln!(console.output, "A dry run: nothing was written.")?;
    }
    if report.bad > 0 {
        let (bad, are) = (many(report.bad, "row", "rows"), are_not(report.bad));
        writeln!(console.output, "{bad} couldn't be read and {are} counted.")?;
    }
    for row in report.bad_rows.iter().take(NAMED) {
        writeln!(console.errors, "headroom: {}: line {}: {}", row.path, row.line, words::say(&row.reason))?;
    }
    report.skipped.iter().try_for_each(|file| skipped((&file.path, &file.reason), console))
}
