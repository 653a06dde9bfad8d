//! `usage`: where one person's credits went, what an organisation used by its reports, and what was spent of an account of Kilo's.

mod counted;
mod part;
mod told;

use crate::many::many;
use crate::{Console, Failure, Open, live, scenario};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use headroom_app::answers::{Breakdown, BreakdownBy, Choice};
use headroom_app::{Headroom, words};
use part::{called, estimated, metered, recorded, short};

#[derive(Args)]
pub(crate) struct Arguments {
    /// What to split it by; the model when not given, of an organisation the user.
    #[arg(long, value_enum)]
    by: Option<By>,
    /// The first day (UTC); the month's first when not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// The last day (UTC); today when not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<NaiveDate>,
    /// The account: its number or name; the first one when not given.
    #[arg(long)]
    account: Option<String>,
    /// As JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// As CSV.
    #[arg(long)]
    csv: bool,
    /// Keep folders and titles of sessions on this machine from now on, or forget them and keep none. A title can be what
    /// you asked.
    #[arg(long, value_name = "YES|NO", value_enum, exclusive = true)]
    keep_names: Option<Answer>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Answer {
    Yes,
    No,
}

/// By what usage can be told apart.
#[derive(Clone, Copy, ValueEnum)]
enum By {
    Project,
    Model,
    Session,
    Client,
    Kind,
    Hour,
    Day,
    User,
}

impl From<By> for BreakdownBy {
    fn from(by: By) -> Self {
        match by {
            By::Project => Self::Project,
            By::Model => Self::Model,
            By::Session => Self::Session,
            By::Client => Self::Client,
            By::Kind => Self::Kind,
            By::Hour => Self::Hour,
            By::Day => Self::Day,
            By::User => Self::User,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    if let Some(answer) = arguments.keep_names {
        let keep = matches!(answer, Answer::Yes);
        open()?.open()?.choose(&Choice::KeepSessionNames(keep))?;
        let said = if keep {
            "Folders and titles of sessions are kept on this machine from the next import on."
        } else {
            "Folders and titles of sessions are kept no more; those that were are gone."
        };
        return Ok(writeln!(console.output, "{said}")?);
    }
    let headroom = open()?.open_to_read()?;
    let account = live::chosen(&headroom, arguments.account.as_deref())?;
    let by = arguments.by.map(BreakdownBy::from);
    let usage = headroom.breakdown(account.id, by, arguments.from, arguments.to)?;
    if arguments.json {
        return scenario::print(&usage, console);
    }
    if arguments.csv {
        return Ok(console.output.write_all(&Headroom::breakdown_csv(&usage))?);
    }
    Ok(if usage.is_recorded { text(&usage, console) } else { told::text(&usage, console) }?)
}

fn text(usage: &Breakdown, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if usage.account.sample { " (made-up numbers)" } else { "" };
    let days = (words::date(&usage.from), words::date(&usage.to));
    writeln!(
        console.output,
        "{}{sample}: credits used from {} to {} (UTC)",
        usage.account.name, days.0, days.1
    )?;
    if usage.by == BreakdownBy::Day {
        for day in usage.days() {
            counted::day(&day, console)?;
        }
    } else {
        for part in &usage.parts {
            let amount = metered(part);
            writeln!(console.output, "  {amount:>16}  {}{}", short(&called(part, usage.by)), recorded(part))?;
        }
    }
    all(usage, console)?;
    counted::all(usage, console)
}

/// What is recorded in all.
fn all(usage: &Breakdown, console: &mut Console<'_>) -> std::io::Result<()> {
    let Some(total) = &usage.total else {
        let said = match &usage.counted {
            Some(_) => "The tasks of these days aren't on this computer.",
            None => "What was used on these days isn't known: none of their tasks are on this computer.",
        };
        return writeln!(console.output, "  {said}");
    };
    writeln!(console.output, "  {:>16}  in all", metered(total))?;
    if let Some(estimated) = estimated(total) {
        let sum = words::credits(&total.sum);
        writeln!(console.output, "  {estimated:>16}  by estimate, {sum} with it")?;
    }
    if total.unknown > 0 {
        let tasks = many(total.unknown, "task is", "tasks are");
        let are = if total.unknown == 1 { "isn't" } else { "aren't" };
        writeln!(console.output, "{tasks} of unknown cost and {are} counted.")?;
    }
    if usage.least > 0 {
        writeln!(
            console.output,
            "{} tell all that was used: this is the least.",
            many(usage.least, "session doesn't", "sessions don't")
        )?;
    }
    Ok(())
}
