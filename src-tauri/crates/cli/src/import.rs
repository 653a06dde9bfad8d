//! What `import` says: how far it is while it works, and what it did.

use crate::Console;
use headroom_app::answers::{BillNews, ImportKind, ImportView, ProgressView, Unit};
use headroom_app::words;
use std::cell::RefCell;
use std::io::Write;
use std::time::Instant;

/// How many bad rows are named; the others are counted.
const NAMED: usize = 20;
/// How wide the bar is, in letters.
const WIDTH: u32 = 24;

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

/// What became of a bill that isn't simply new.
fn bill(news: &BillNews, console: &mut Console<'_>) -> std::io::Result<()> {
    match news {
        BillNews::Replaced { month, payer, before, amount } => {
            let payer = payer.as_ref().map(|payer| format!(", payer {payer},")).unwrap_or_default();
            let amount = words::dollars(amount);
            match before {
                Some(before) => {
                    let before = words::dollars(before);
                    writeln!(
                        console.output,
                        "The bill of {month}{payer} was replaced: {before} before, now {amount}."
                    )
                }
                None => writeln!(
                    console.output,
                    "The bill of {month}{payer} which couldn't be read was replaced: now {amount}."
                ),
            }
        }
        BillNews::Refused { month, payers, amount } => writeln!(
            console.errors,
            "headroom: the bill of {month} over {} names no payer, and that month is billed to {}: it was left out; export it with the column bill_payer_account_id",
            words::dollars(amount),
            payers.join(", ")
        ),
    }
}

/// What an import did.
pub(crate) fn report(report: &ImportView, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = report.amount.as_ref().map(|amount| match amount.unit {
        Unit::Credits => format!(" with {} credits", amount.value),
        Unit::Dollars => format!(", {} in all", words::sum(Some(&amount.value), amount.at_least)),
    });
    let (new, what) = match report.kind {
        ImportKind::KiroSessions | ImportKind::KiroIdeSessions => ("new tasks", "tasks"),
        ImportKind::KiroActivity => ("new rows", "rows"),
        ImportKind::AwsCost => ("new months", "rows"),
        ImportKind::KiloUsage | ImportKind::KiloDatabase => ("new days", "rows"),
    };
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
    if report.kind == ImportKind::KiroIdeSessions {
        writeln!(console.output, "They are estimates, and in no figure that is charged.")?;
    }
    if report.unmetered > 0 {
        writeln!(console.output, "{} {what} have no metering: what they cost is unknown.", report.unmetered)?;
    }
    if report.undated > 0 {
        writeln!(console.output, "{} tasks have no readable time and are left out.", report.undated)?;
    }
    if report.replaced > 0 {
        writeln!(console.output, "{} were replaced by a newer export.", report.replaced)?;
    }
    for news in &report.bills {
        bill(news, console)?;
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
