//! `invoices`: what was charged, period by period, and as a file.

use crate::{Console, Failure, Open, live, printable};
use clap::Args;
use clap::builder::PossibleValuesParser;
use headroom_app::answers::{ChargeNote, ChargedPeriod, ExportForm, InvoiceView, InvoicesView};
use headroom_app::{Language, words};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The account: its number or name; the first one when not given.
    #[arg(long)]
    account: Option<String>,
    /// Only this period: its month (2026-10) or its first day.
    #[arg(long)]
    period: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Name users in what is written to a file or as JSON, by the names that were imported.
    #[arg(long)]
    names: bool,
    /// The language of what is written to a file: its sentences, its dates and its amounts.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = PossibleValuesParser::new(Language::ALL.map(Language::tag)))]
    language: String,
    /// Write them to a file: .pdf (of one period), .csv or .json.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let headroom = open()?.open_to_read()?;
    let account = live::chosen(&headroom, arguments.account.as_deref())?;
    let period = arguments.period.as_deref();
    let reader = Language::chosen(Some(&arguments.language)).reader();
    if let Some(path) = &arguments.save {
        let ending = path.extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
        let form = match ending {
            "pdf" => ExportForm::Pdf,
            "csv" => ExportForm::Csv,
            "json" => ExportForm::Json,
            _ => {
                let path = path.display();
                return Err(Failure::bad_input(format!("--save: {path} ends in none of .pdf, .csv, .json")));
            }
        };
        let export = headroom.export_in(account.id, period, form, arguments.names, reader)?;
        headroom_app::save(path, &export.bytes)?;
        return Ok(writeln!(console.output, "Saved {}.", path.display())?);
    }
    if arguments.json {
        let export = headroom.export_in(account.id, period, ExportForm::Json, arguments.names, reader)?;
        let text = printable::json(&String::from_utf8_lossy(&export.bytes));
        return Ok(writeln!(console.output, "{text}")?);
    }
    let mut invoices = headroom.invoices(account.id)?;
    if let Some(period) = period {
        // The export checks the name, and says which there are.
        headroom.export_in(account.id, Some(period), ExportForm::Json, false, reader)?;
        invoices.periods.retain(|charged| charged.id.starts_with(period));
        invoices.upcoming = None;
        invoices.upcoming_unknown = None;
    }
    Ok(write(&invoices, period.is_some(), console)?)
}

/// Of all periods with what they come to; of one alone with what it was.
fn write(invoices: &InvoicesView, is_of_one: bool, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if invoices.account.sample { " (made-up numbers)" } else { "" };
    writeln!(
        console.output,
        "{}{sample}: charges as of {}",
        invoices.account.name,
        words::moment(&invoices.as_of)
    )?;
    let verdict = Some(&invoices.verdict).filter(|_| !is_of_one);
    for said in verdict.iter().flat_map(|of| [&of.sentence].into_iter().chain(&of.reasons)) {
        writeln!(console.output, "  {}", words::say(said))?;
    }
    next(invoices, console)?;
    for period in &invoices.periods {
        of_period(period, console)?;
    }
    if asks_for_the_first_paid_day(invoices) {
        writeln!(console.output, "\n  headroom facts --first-paid YYYY-MM-DD sets it.")?;
    }
    Ok(())
}

/// What comes next, with what the vendor says of it so far; nothing where nothing does.
fn next(invoices: &InvoicesView, console: &mut Console<'_>) -> std::io::Result<()> {
    match (&invoices.upcoming, &invoices.upcoming_unknown) {
        (Some(upcoming), _) => {
            writeln!(console.output, "\nNext")?;
            charge(upcoming, console)?;
        }
        (None, Some(unknown)) => {
            let at = unknown.at.as_deref().map(|at| format!("{}  ", words::moment(at))).unwrap_or_default();
            writeln!(console.output, "\nNext\n  {at}{}", words::not_known())?;
        }
        (None, None) => return Ok(()),
    }
    let quoted = invoices.upcoming_quoted.iter().map(words::quoted);
    quoted
        .chain(invoices.upcoming_notes.iter().map(words::note))
        .try_for_each(|sentence| writeln!(console.output, "  {sentence}"))
}

/// Whether charges aren't known because nobody said when the owner first paid.
fn asks_for_the_first_paid_day(invoices: &InvoicesView) -> bool {
    let notes = || invoices.periods.iter().flat_map(|period| &period.notes);
    notes().any(|note| matches!(note, ChargeNote::FirstPaidUnknown))
}

fn of_period(period: &ChargedPeriod, console: &mut Console<'_>) -> std::io::Result<()> {
    let state = if period.closed { "" } else { ", still running" };
    let (from, to) = (words::date(&period.period.start), words::date(&period.period.end));
    writeln!(console.output, "\n{from} up to {to}{state}")?;
    for invoice in &period.invoices {
        charge(invoice, console)?;
    }
    if period.invoices.is_empty() {
        let charged = if period.total.is_some() { words::nothing_charged() } else { words::not_known() };
        writeln!(console.output, "  {charged}")?;
    }
    if period.invoices.len() > 1 && period.at_least {
        let total = words::sum(period.total.as_deref(), period.at_least);
        writeln!(console.output, "  {}: {total}", words::together())?;
    }
    let quoted = period.quoted.iter().map(words::quoted);
    for sentence in quoted.chain(period.notes.iter().map(words::note)) {
        writeln!(console.output, "  {sentence}")?;
    }
    Ok(())
}

fn charge(invoice: &InvoiceView, console: &mut Console<'_>) -> std::io::Result<()> {
    let title = words::tax_title(invoice);
    let tax = if title.is_none() { ", without tax" } else { "" };
    let total = words::sum(Some(&invoice.total), invoice.at_least);
    writeln!(console.output, "  {}  {total}{tax}", words::moment(&invoice.issued_at))?;
    for line in &invoice.lines {
        let (title, detail) = (words::line_title(line), words::line_detail(line));
        let what = if detail.is_empty() { title } else { format!("{title}: {detail}") };
        writeln!(console.output, "    {:>12}  {what}", words::dollars(&line.amount))?;
    }
    if let (Some(name), Some(tax)) = (&title, invoice.tax.filter(|tax| !tax.is_zero())) {
        writeln!(console.output, "    {:>12}  {name}", words::dollars(&tax.to_string()))?;
    }
    Ok(())
}
