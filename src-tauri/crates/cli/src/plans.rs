//! `plans`: the plans beside each other, from where a larger one pays off, and what the last months would have cost.

use crate::page::{Align, Page, cells};
use crate::{Console, Failure, Open, live, scenario};
use clap::Args;
use headroom_app::answers::{PlanRow, PlanStanding, PlansView, ReplayView};
use headroom_app::words;
use std::io;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The account of one person at Kiro: its number or name; the first one when not given.
    #[arg(long)]
    account: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let headroom = open()?.open_to_read()?;
    let account = live::chosen(&headroom, arguments.account.as_deref())?;
    let view = headroom.plans(account.id)?;
    if arguments.json {
        return scenario::print(&view, console);
    }
    let mut text = Vec::new();
    write(&view, &mut Page::new(&mut text))?;
    Ok(console.output.write_all(&text)?)
}

fn write(view: &PlansView, page: &mut Page<'_>) -> io::Result<()> {
    let sample = if view.account.sample { " (made-up numbers)" } else { "" };
    page.heading(&format!("{}{sample}: plans as of {}", view.account.name, words::moment(&view.as_of)))?;
    let projected = match (&view.projected_use, &view.used) {
        (Some(credits), _) => format!("{} credits until they renew", words::credits(credits)),
        (None, None) => "not known: no usage yet".to_owned(),
        (None, Some(_)) => {
            "not known: it is too early to say, or not all of what was used is known".to_owned()
        }
    };
    page.row("At your pace", &projected)?;
    let mut rows = vec![cells(["plan", "a month", "credits", "at your pace", ""])];
    rows.extend(view.plans.iter().map(row));
    page.table(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Left], &rows)?;
    page.heading("Pays off from")?;
    let mut rows = vec![cells(["from", "to", "credits beyond the plan"])];
    rows.extend(
        view.break_evens.iter().map(|pair| cells([&pair.from, &pair.to, &words::credits(&pair.credits)])),
    );
    page.table(&[Align::Left, Align::Left, Align::Right], &rows)?;
    view.replay.iter().try_for_each(|replay| past(replay, page))
}

fn row(row: &PlanRow) -> Vec<String> {
    let standing = match row.standing {
        PlanStanding::Current => "yours",
        PlanStanding::Next => "yours from the next month on",
        PlanStanding::Lower | PlanStanding::Higher => "",
    };
    let cheapest = if row.cheapest { "cheapest that covers you" } else { "" };
    let said: Vec<_> = [standing, cheapest].into_iter().filter(|said| !said.is_empty()).collect();
    let pace = row.month_at_this_pace.as_deref().map_or_else(|| "-".to_owned(), words::dollars);
    let plan = &row.plan;
    cells([
        &plan.name,
        &words::dollars(&plan.monthly_price),
        &words::credits(&plan.allowance),
        &pace,
        &said.join(", "),
    ])
}

/// The months that have ended, on each plan.
fn past(replay: &ReplayView, page: &mut Page<'_>) -> io::Result<()> {
    page.heading("Past months on every plan, without tax")?;
    let cost = |cost: &Option<String>| cost.as_deref().map_or_else(|| "-".to_owned(), words::dollars);
    let mut rows = vec![[cells(["month", "used"]), replay.plans.clone()].concat()];
    rows.extend(replay.months.iter().map(|month| {
        let used = words::credits(&month.used);
        [cells([&month.month, &used]), month.costs.iter().map(cost).collect()].concat()
    }));
    rows.push([cells(["together", ""]), replay.totals.iter().map(cost).collect()].concat());
    let columns: Vec<_> = std::iter::once(Align::Left)
        .chain(std::iter::repeat_n(Align::Right, replay.plans.len().saturating_add(1)))
        .collect();
    page.table(&columns, &rows)?;
    page.sentence(&format!("Cheapest: {}", replay.cheapest))
}
