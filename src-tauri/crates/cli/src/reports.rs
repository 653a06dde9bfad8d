//! `reports`: what is kept of Headroom's own mistakes.

use crate::{Console, Failure, Open, scenario};
use clap::Args;
use headroom_app::words;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Show all that this one says; it holds nothing of you.
    number: Option<String>,
    /// Delete this one.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["number", "json"])]
    delete: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let place = open()?;
    if let Some(number) = &arguments.delete {
        place.delete_report(number)?;
        return Ok(writeln!(console.output, "Report {number} is deleted.")?);
    }
    let mut reports = place.reports();
    if let Some(number) = &arguments.number {
        reports.retain(|report| report.number == *number);
        if reports.is_empty() {
            return Err(Failure::bad_input(format!("there is no report {number}")));
        }
    }
    if arguments.json {
        return scenario::print(&reports, console);
    }
    if reports.is_empty() {
        return Ok(writeln!(console.output, "No report. Headroom keeps one when it makes a mistake.")?);
    }
    for report in reports {
        if arguments.number.is_some() {
            write!(console.output, "{}", report.text)?;
        } else {
            writeln!(
                console.output,
                "{}  {:<26}  {}",
                report.number,
                words::moment(&report.at),
                report.path
            )?;
        }
    }
    Ok(())
}
