//! What `import` says: how far it is while it works, and what it did.

use crate::Console;
use clap::ValueEnum;
use headroom_app::answers::{BillIssue, BillNews, ImportKind, ImportSessions, ImportView, ProgressView, Unit};
use headroom_app::words;
use std::cell::RefCell;
use std::io::Write;
use std::time::Instant;

/// How many bad rows are named; the others are counted.
const NAMED: usize = 20;
/// How wide the bar is, in letters.
const WIDTH: u32 = 24;

/// The kinds of file, each once: how it is chosen, what its help says, and what is said of an import of it.
macro_rules! importable {
    ($($(#[doc = $help:literal])* $kind:ident: $new:literal of $read:literal $(, $note:literal)?;)*) => {
        /// What can be imported.
        #[derive(Clone, Copy, ValueEnum)]
        pub(crate) enum Importable {
            $($(#[doc = $help])* $kind,)*
        }

        impl From<Importable> for ImportKind {
            fn from(kind: Importable) -> Self {
                match kind {
                    $(Importable::$kind => Self::$kind,)*
                }
            }
        }

        /// What is said of an import of a kind.
        const fn told_of(kind: ImportKind) -> ToldOf {
            match kind {
                $(ImportKind::$kind => ToldOf { new: $new, read: $read, notes: &[$($note)?] },)*
            }
        }
    };
}

/// What an import brings.
struct ToldOf {
    /// What is new of it.
    new: &'static str,
    /// What is read.
    read: &'static str,
    /// What else has to be known of it.
    notes: &'static [&'static str],
}

importable! {
    /// Sessions of Kiro's command line and IDE, old and new, wherever they lie.
    KiroSessions: "new tasks" of "tasks";
    /// Of these the ones that the IDE can have written, as estimates, in no figure that is charged.
    KiroIdeSessions: "new tasks" of "tasks", "They are estimates, and in no figure that is charged.";
    /// An organisation's user activity reports (CSV).
    KiroActivity: "new rows" of "rows";
    /// AWS cost exports with Kiro's rows: CUR 2.0 or legacy, CSV or Parquet, packed or not.
    AwsCost: "new months" of "rows";
    /// Usage that Kilo's page lets one download (CSV).
    KiloUsage: "new days" of "rows";
    /// Kilo's record of every request on a machine: kilo.db, kilo2.db of the newer program, the tasks of the legacy extension.
    KiloDatabase: "new days" of "rows";
}

/// Tells a terminal how far an import is, on one line that is written anew.
pub(crate) struct Told<'c> {
    errors: Option<RefCell<&'c mut dyn Write>>,
    began: Instant,
}

impl<'c> Told<'c> {
    pub(crate) fn new<'a>(console: &'c mut Console<'a>) -> Self
    where
        'a: 'c,
    {
        let errors: &'c mut dyn Write = &mut *console.errors;
        Self { errors: console.watched.then(|| RefCell::new(errors)), began: Instant::now() }
    }

    pub(crate) fn tell(&self, progress: ProgressView) {
        let Some(errors) = &self.errors else { return };
        let permille = progress.permille.unwrap_or(0).min(1000);
        let filled = permille.saturating_mul(WIDTH).checked_div(1000).unwrap_or(0);
        let bar: String = (0..WIDTH).map(|place| if place < filled { '#' } else { '.' }).collect();
        let percent = permille.checked_div(10).unwrap_or(0);
        let mut errors = errors.borrow_mut();
        // A closed standard error stops nothing.
        _ = write!(
            errors,
            "\r[{bar}] {percent:3}%  {} rows  {} s",
            progress.rows,
            self.began.elapsed().as_secs()
        );
        _ = errors.flush();
    }

    /// Leaves the line empty.
    pub(crate) fn end(self) {
        if let Some(errors) = &self.errors {
            let mut errors = errors.borrow_mut();
            _ = write!(errors, "\r{:70}\r", "");
            _ = errors.flush();
        }
    }
}

/// A month's bill, as it is named.
fn of(month: &str, payer: Option<&str>) -> String {
    payer.map_or_else(|| month.to_owned(), |payer| format!("{month}, payer {payer}"))
}

/// Issues of a bill with what each comes to.
fn issues(issues: &[BillIssue]) -> String {
    let each = issues.iter().map(|issue| {
        let from = issue.from.as_deref().unwrap_or("an older version's import");
        format!("{} from {from}", words::dollars(&issue.amount))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// What became of a bill; of a dry run, what would.
fn bill(news: &BillNews, dry_run: bool, console: &mut Console<'_>) -> std::io::Result<()> {
    let was = if dry_run { "would be" } else { "was" };
    match news {
        BillNews::New { month, payer, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), words::dollars(amount));
            writeln!(console.output, "The bill of {of}, {was} added: {amount} ({from}).")
        }
        BillNews::Replaced { month, payer, before, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), words::dollars(amount));
            match before {
                Some(before) => {
                    let before = words::dollars(before);
                    writeln!(
                        console.output,
                        "The bill of {of}, {was} replaced: {before} before, now {amount} ({from})."
                    )
                }
                None => writeln!(
                    console.output,
                    "The bill of {of}, which couldn't be read, {was} replaced: now {amount} ({from})."
                ),
            }
        }
        BillNews::Older { month, issue, leads } => {
            let of = of(month, issue.payer.as_deref());
            let (issue, leads) = (issues(std::slice::from_ref(issue)), issues(std::slice::from_ref(leads)));
            writeln!(
                console.output,
                "Of the bill of {of}, another issue leads: {leads}; not counted: {issue}."
            )
        }
        BillNews::Currency { month, currency, amount } => writeln!(
            console.output,
            "The bill of {month} has {amount} {currency} beside it: that isn't dollars and is in no sum."
        ),
        BillNews::Undecided { month, issues: all } => {
            let payer = all.iter().find_map(|issue| issue.payer.as_deref());
            writeln!(
                console.errors,
                "headroom: of the bill of {}, nothing tells which issue is the later, so none counts: {}; choose with --issue PATH",
                of(month, payer),
                issues(all)
            )
        }
        BillNews::Refused { month, payers, amount } => writeln!(
            console.errors,
            "headroom: the bill of {month} over {} names no payer, and that month is billed to {}: it was left out; export it with the column bill_payer_account_id",
            words::dollars(amount),
            payers.join(", ")
        ),
    }
}

/// What sessions used, in parts, and whether that is all.
fn sessions(parts: &ImportSessions, console: &mut Console<'_>) -> std::io::Result<()> {
    let either = match parts.either.as_str() {
        "0.00" => String::new(),
        either => format!(", {either} by either (their sessions don't tell which)"),
    };
    writeln!(
        console.output,
        "Credits used in {} sessions: {} by tasks, {} by their subagents{either}, {} besides, for compaction and the like.",
        parts.sessions, parts.main, parts.delegated, parts.auxiliary
    )?;
    if parts.least > 0 {
        writeln!(
            console.output,
            "That is the least: {} of them don't tell what was used besides (as before the command line's 3.5), or what a task used.",
            parts.least
        )?;
    }
    Ok(())
}

/// What an import did.
pub(crate) fn report(report: &ImportView, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = report.amount.as_ref().map(|amount| match amount.unit {
        Unit::Credits if amount.at_least => format!(" with at least {} credits", amount.value),
        Unit::Credits => format!(" with {} credits", amount.value),
        Unit::Dollars => format!(", {} in all", words::sum(Some(&amount.value), amount.at_least)),
    });
    let ToldOf { new, read: what, notes } = told_of(report.kind);
    writeln!(
        console.output,
        "{} files of {}: {} {what} read, {} {new}{}, {} known already.",
        report.files,
        report.from,
        report.read,
        report.added,
        amount.unwrap_or_default(),
        report.known
    )?;
    for note in notes {
        writeln!(console.output, "{note}")?;
    }
    for note in &report.notes {
        writeln!(console.output, "{}", words::say(note))?;
    }
    if report.unmetered > 0 {
        writeln!(console.output, "{} {what} have no metering: what they cost is unknown.", report.unmetered)?;
    }
    if report.undated > 0 {
        writeln!(console.output, "{} tasks have no readable time and are left out.", report.undated)?;
    }
    let of_sessions = matches!(report.kind, ImportKind::KiroSessions | ImportKind::KiroIdeSessions);
    let (by, twice) =
        if of_sessions { ("what their sessions say now", what) } else { ("a newer export", "lines") };
    if report.replaced > 0 {
        writeln!(console.output, "{} were replaced by {by}.", report.replaced)?;
    }
    if report.copies > 0 {
        writeln!(console.output, "{} {twice} stand there more than once and count once.", report.copies)?;
    }
    if let Some(parts) = &report.sessions {
        sessions(parts, console)?;
    }
    let older = |news: &&BillNews| matches!(news, BillNews::Older { .. });
    for news in report.bills.iter().filter(|news| !older(news)) {
        bill(news, report.dry_run, console)?;
    }
    // A folder can hold an issue of each day.
    for news in report.bills.iter().filter(older).take(NAMED) {
        bill(news, report.dry_run, console)?;
    }
    let others = report.bills.iter().filter(older).count().saturating_sub(NAMED);
    if others > 0 {
        writeln!(console.output, "{others} more issues are not counted.")?;
    }
    if report.dry_run {
        writeln!(console.output, "A dry run: nothing was written.")?;
    }
    if report.bad > 0 {
        writeln!(console.output, "{} rows could not be read and are in no figure.", report.bad)?;
    }
    for row in report.bad_rows.iter().take(NAMED) {
        writeln!(console.errors, "headroom: {}: line {}: {}", row.path, row.line, words::say(&row.reason))?;
    }
    for file in &report.skipped {
        writeln!(console.errors, "headroom: skipped {} {}", file.path, words::say(&file.reason))?;
    }
    Ok(())
}
