//! `usage`: what an account used, by day, week or month, and by what can be told apart.

use crate::page::{Align, Page, cells};
use crate::{Console, Failure, Open, live, scenario};
use clap::{Args, ValueEnum};
use headroom_app::answers::{Unit, UsageBar, UsageBy, UsagePart, UsageStep, UsageView};
use headroom_app::words;
use headroom_exact::division;
use std::io;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The account: its number or name; the first one when not given.
    #[arg(long)]
    account: Option<String>,
    /// How long a row is: the last 30 days, 26 weeks or 24 months.
    #[arg(long, value_enum, default_value_t = Step::Day)]
    by: Step,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Step {
    Day,
    Week,
    Month,
}

impl From<Step> for UsageStep {
    fn from(step: Step) -> Self {
        match step {
            Step::Day => Self::Day,
            Step::Week => Self::Week,
            Step::Month => Self::Month,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let headroom = open()?.open_to_read()?;
    let account = live::chosen(&headroom, arguments.account.as_deref())?;
    let view = headroom.usage(account.id, arguments.by.into())?;
    if arguments.json {
        return scenario::print(&view, console);
    }
    let mut text = Vec::new();
    write(&view, &mut Page::new(&mut text))?;
    Ok(console.output.write_all(&text)?)
}

fn amount(unit: Unit, amount: &str) -> String {
    match unit {
        Unit::Credits => words::credits(amount),
        Unit::Dollars => words::dollars(amount),
    }
}

fn write(view: &UsageView, page: &mut Page<'_>) -> io::Result<()> {
    let sample = if view.account.sample { " (made-up figures)" } else { "" };
    let unit = match view.unit {
        Unit::Credits => "credits",
        Unit::Dollars => "dollars",
    };
    let (from, to) = (words::date(&view.from), words::date(&view.to));
    page.heading(&format!("{}{sample}: {unit} used, {from} to {to}", view.account.name))?;
    let Some(total) = &view.total else {
        page.sentence("No usage is recorded yet.")?;
        return beside(view, page);
    };
    // What begins before anything is known says nothing.
    let bars = view.bars.iter().skip_while(|bar| bar.amount.is_none() && bar.unknown == 0);
    let mut rows = vec![cells([first_column(view.step), unit, "tasks", "of unknown cost"])];
    rows.extend(bars.map(|bar| row(bar, view)));
    rows.push(cells(["together", &amount(view.unit, total), &counted(view.count), &unknown(view.unknown)]));
    page.table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows)?;
    for group in view.groups.iter().filter(|group| !group.parts.is_empty()) {
        page.heading(match group.by {
            UsageBy::Model => "By model",
            UsageBy::Session => "By session",
            UsageBy::User => "By user",
            UsageBy::Client => "By client",
        })?;
        let mut rows = vec![cells(["", unit, "%", "tasks"])];
        rows.extend(group.parts.iter().map(|part| of_part(part, view.unit)));
        page.table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows)?;
    }
    beside(view, page)
}

/// What is known of more usage, which is in none of the rows.
fn beside(view: &UsageView, page: &mut Page<'_>) -> io::Result<()> {
    if view.elsewhere.is_none() && view.estimated.is_none() {
        return Ok(());
    }
    page.heading("Not in these rows")?;
    if let Some(elsewhere) = &view.elsewhere {
        let credits = words::credits(elsewhere);
        page.sentence(&format!("{credits} credits of this month, used elsewhere by Kiro's count"))?;
    }
    if let Some(estimated) = &view.estimated {
        let credits = words::credits(&estimated.credits);
        page.sentence(&format!(
            "about {credits} credits in {} tasks of Kiro's IDE, an estimate",
            estimated.tasks
        ))?;
    }
    Ok(())
}

const fn first_column(step: UsageStep) -> &'static str {
    match step {
        UsageStep::Day => "day",
        UsageStep::Week => "week from",
        UsageStep::Month => "month from",
    }
}

fn counted(count: Option<u64>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

fn unknown(count: u32) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}

fn row(bar: &UsageBar, view: &UsageView) -> Vec<String> {
    let used = bar.amount.as_ref().map_or_else(|| "not known".to_owned(), |used| amount(view.unit, used));
    vec![bar.from.clone(), used, counted(bar.count), unknown(bar.unknown)]
}

fn of_part(part: &UsagePart, unit: Unit) -> Vec<String> {
    let name = part.name.clone().unwrap_or_else(|| "others".to_owned());
    let (percent, tenths) = division::split(part.permille.into(), 10);
    vec![name, amount(unit, &part.amount), format!("{percent}.{tenths}"), counted(part.count)]
}
