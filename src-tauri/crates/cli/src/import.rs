//! What `import` says: how far it is while it works, and what it did.

use crate::{Console, Failure, live, scenario};
use clap::Args;
use headroom_app::answers::{
    ArrivedView, BillIssue, BillNews, ImportKind, ImportSessions, ImportView, ProgressView, SkippedFile, Unit,
};
use headroom_app::{Headroom, How, words};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many bad rows are named; the others are counted.
const NAMED: usize = 20;
/// How wide the bar is, in letters.
const WIDTH: u32 = 24;

/// The kinds of file, each once: how it is chosen, what its help says, and what is said of an import of it.
macro_rules! importable {
    ($($(#[doc = $help:literal])* $kind:ident: $new:literal of $read:literal $(, $note:literal)?;)*) => {
        /// Every kind, with what its help says.
        const KINDS: &[(ImportKind, &str)] = &[$((ImportKind::$kind, concat!($($help),*)),)*];

        /// What is said of an import of a kind.
        const fn told_of(kind: ImportKind) -> ToldOf {
            match kind {
                $(ImportKind::$kind => ToldOf { new: $new, read: $read, notes: &[$($note)?] },)*
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

/// Imports what is named.
pub(crate) fn run(
    headroom: &Headroom,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Arguments { what, account, issue, dry_run, json } = arguments;
    let account = account.as_deref().map(|wanted| live::chosen(headroom, Some(wanted))).transpose()?;
    let account = account.map(|account| account.id);
    let how = How { account, issue: issue.as_deref(), dry_run: *dry_run, ..How::default() };
    let first = what.first().and_then(|first| first.to_str());
    let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| Some(kind.name()) == first);
    if kind.is_none() {
        not_mistyped(what)?;
    }
    let paths = what.iter().skip(usize::from(kind.is_some()));
    let (mut given, mut kept) = (Vec::new(), None);
    for path in paths.map(Path::new) {
        if path == Path::new("-") {
            // It can be read once.
            if kept.is_none() {
                let input = headroom.keep_input(console.input, "standard input")?;
                given.push(input.given.clone());
                kept = Some(input);
            }
            continue;
        }
        given.push(path.into());
    }
    let told = Told::new(console);
    let tell = |progress| told.tell(progress);
    if let Some(kind) = kind {
        let report = headroom.import_given(kind, &given, how, &tell);
        told.end();
        let report = report?;
        return if *json { scenario::print(&report, console) } else { Ok(self::report(&report, console)?) };
    }
    let arrived = headroom.import_as_it_is(&given, how, &tell);
    told.end();
    let arrived = arrived?;
    if *json {
        scenario::print(&arrived, console)?;
    } else {
        each(&arrived, console)?;
    }
    came_to(&arrived)
}

/// Refuses what is neither a file nor a kind, where it may have been meant as one.
fn not_mistyped(what: &[OsString]) -> Result<(), Failure> {
    let Some(first) = what.first().and_then(|first| first.to_str()) else { return Ok(()) };
    let may_be_a_kind =
        first.contains('-') && first.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase());
    if first == "-" || !may_be_a_kind || Path::new(first).exists() {
        return Ok(());
    }
    let names: Vec<_> = KINDS.iter().map(|(kind, _)| kind.name()).collect();
    let names = names.join(", ");
    Err(Failure::bad_input(format!("{first} is no file here, and no kind of file: there are {names}")))
}

/// What came of files that were recognised, kind by kind.
fn each(arrived: &ArrivedView, console: &mut Console<'_>) -> std::io::Result<()> {
    for part in &arrived.parts {
        if let Some(of) = &part.report {
            write!(console.output, "{}: ", part.kind.name())?;
            report(of, console)?;
        }
    }
    for file in &arrived.others {
        skipped(file, console)?;
    }
    let named = u32::try_from(arrived.others.len()).unwrap_or(u32::MAX);
    if arrived.nothing > named {
        let more = arrived.nothing.saturating_sub(named);
        writeln!(console.errors, "headroom: skipped {more} files more, which are nothing that is imported")?;
    }
    Ok(())
}

/// A file that was left out, and why: what goes on as a sentence of its own stands behind a colon.
fn skipped(file: &SkippedFile, console: &mut Console<'_>) -> std::io::Result<()> {
    let why = words::say(&file.reason);
    let colon = if why.starts_with("it ") { ":" } else { "" };
    writeln!(console.errors, "headroom: skipped {}{colon} {why}", file.path)
}

/// The status of it: a kind that failed fails the command, and so does nothing at all.
fn came_to(arrived: &ArrivedView) -> Result<(), Failure> {
    let failures = arrived.parts.iter().filter_map(|part| part.failure.as_ref());
    let failures: Vec<_> = failures.map(ToString::to_string).collect();
    if !failures.is_empty() {
        return Err(Failure::bad_input(failures.join(" ")));
    }
    if arrived.parts.is_empty() {
        return Err(Failure::bad_input("nothing of it can be imported"));
    }
    Ok(())
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
    /// Kiro command line and IDE sessions, old and new, wherever they lie.
    KiroSessions: "new tasks" of "tasks";
    /// Only sessions the IDE can have written, as estimates that aren't counted in any charge.
    KiroIdeSessions: "new tasks" of "tasks", "They are estimates and aren't counted in any charge.";
    /// An organisation's user activity reports (CSV).
    KiroActivity: "new rows" of "rows";
    /// AWS cost exports with Kiro's rows: CUR 2.0 or legacy, CSV or Parquet, packed or not.
    AwsCost: "new months" of "rows";
    /// Usage that Kilo's page lets one download (CSV).
    KiloUsage: "new days" of "rows";
    /// Kilo's record of every request on a machine: kilo.db, kilo2.db of the newer program, the tasks of the legacy extension.
    KiloDatabase: "new days" of "rows";
    /// Who an organisation's users are: a table of user ids, names, e-mail addresses and groups.
    Identities: "new or changed people" of "rows";
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
            "\r[{bar}] {percent:3}%  {} rows  {} s",
            progress.rows,
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

/// A month's bill, as it is named: as the insertion that a payer is, which a comma ends.
fn of(month: &str, payer: Option<&str>) -> String {
    payer.map_or_else(|| month.to_owned(), |payer| format!("{month}, payer {payer},"))
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
            writeln!(console.output, "The bill of {of} {was} added: {amount} ({from}).")
        }
        BillNews::Replaced { month, payer, before, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), words::dollars(amount));
            match before {
                Some(before) => {
                    let before = words::dollars(before);
                    writeln!(
                        console.output,
                        "The bill of {of} {was} replaced: {before} before, now {amount} ({from})."
                    )
                }
                None => writeln!(
                    console.output,
                    "The bill of {of} {was} replaced, which couldn't be read: now {amount} ({from})."
                ),
            }
        }
        BillNews::Older { month, issue, leads } => {
            let of = of(month, issue.payer.as_deref());
            let (issue, leads) = (issues(std::slice::from_ref(issue)), issues(std::slice::from_ref(leads)));
            writeln!(
                console.output,
                "Another issue of the bill of {of} counts: {leads}. Not counted: {issue}."
            )
        }
        BillNews::Currency { month, currency, amount } => writeln!(
            console.output,
            "The bill of {month} also has {amount} {currency}. It isn't in dollars, so no sum includes it."
        ),
        BillNews::Undecided { month, issues: all } => {
            let payer = all.iter().find_map(|issue| issue.payer.as_deref());
            writeln!(
                console.errors,
                "headroom: of the bill of {} nothing tells which issue is the later, so none counts: {}; choose with --issue PATH",
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
fn report(report: &ImportView, console: &mut Console<'_>) -> std::io::Result<()> {
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
        writeln!(console.output, "{} {what} carry no cost and aren't counted.", report.unmetered)?;
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
        writeln!(console.output, "{} rows couldn't be read and aren't counted.", report.bad)?;
    }
    for row in report.bad_rows.iter().take(NAMED) {
        writeln!(console.errors, "headroom: {}: line {}: {}", row.path, row.line, words::say(&row.reason))?;
    }
    report.skipped.iter().try_for_each(|file| skipped(file, console))
}
