//! What was spent of Kilo's credits this month, as far as that is known.

use super::row;
use crate::Console;
use crate::many::many;
use headroom_app::answers::{LeftOutView, MachineView, SpendView, UntoldView};
use headroom_app::words;

/// What was spent by what a source says, and what is missing from it.
pub(super) fn this_month(spend: &SpendView, source: &str, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = words::sum(spend.this_month.as_deref(), spend.this_month_at_least);
    let told = match (&spend.this_month, &spend.last_day) {
        (Some(_), _) => format!("{amount} spent, {source}"),
        (None, Some(day)) => format!("{amount}, {source}: the last day told of is {day}"),
        (None, None) => format!("{amount}, {source}"),
    };
    row(console, "This month", &told)?;
    if spend.unknown > 0 {
        row(console, "Check", "What some of it cost isn't known: the sums are too low")?;
    }
    if spend.cut {
        row(console, "Check", "Kilo doesn't list everything that was spent: the sums are too low")?;
    }
    if let Some(untold) = &spend.untold {
        row(console, "Check", &missing(untold))?;
    } else if let Some(since) = &spend.told_since {
        let missing = format!("Kilo tells of this month from {since} on: what was spent before is missing");
        row(console, "Check", &missing)?;
    }
    left_out(spend.left_out, console)
}

/// What of a machine's requests is in no sum.
pub(super) fn left_out(of: Option<LeftOutView>, console: &mut Console<'_>) -> std::io::Result<()> {
    let Some(LeftOutView { elsewhere, unnamed, unread }) = of else { return Ok(()) };
    if elsewhere > 0 {
        let (requests, are) =
            (many(elsewhere, "request", "requests"), if elsewhere == 1 { "isn't" } else { "aren't" });
        row(console, "Not counted", &format!("{requests} to other providers, which {are} billed by Kilo"))?;
    }
    if unnamed > 0 {
        let (requests, say) =
            (many(unnamed, "request", "requests"), if unnamed == 1 { "doesn't" } else { "don't" });
        row(
            console,
            "Check",
            &format!("{requests} {say} name a provider and may be Kilo's: the sums are too low"),
        )?;
    }
    if unread {
        row(console, "Check", "Something in Kilo's records couldn't be read: the sums are too low")?;
    }
    Ok(())
}

/// Of which days no export tells.
fn missing(UntoldView { from, to, days }: &UntoldView) -> String {
    let which =
        if *days == 1 { from.clone() } else { format!("{} from {from} to {to}", many(*days, "day", "days")) };
    format!("No export tells all of {which}: what else was spent then is missing")
}

/// What this machine's requests came to.
pub(super) fn of_machine(machine: &MachineView) -> String {
    let amount = words::sum(machine.this_month.as_deref(), machine.at_least);
    match (&machine.this_month, &machine.last_day) {
        (None, Some(day)) => format!("{amount} this month; the last known request is of {day}"),
        (Some(_), _) | (None, None) => format!("{amount} this month"),
    }
}
