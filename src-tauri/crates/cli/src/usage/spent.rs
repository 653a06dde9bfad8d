//! What was spent of an account that is counted in dollars.

use super::{called, short};
use crate::Console;
use crate::many::many;
use headroom_app::answers::{Breakdown, BreakdownBy, BreakdownPart};
use headroom_app::words;

/// What a part comes to, as far as that is known.
fn amount(part: &BreakdownPart, at_least: bool) -> String {
    let known = Some(part.metered.as_str()).filter(|amount| !amount.is_empty());
    words::sum(known, at_least || part.unknown > 0)
}

fn requests(part: &BreakdownPart) -> String {
    part.tasks.map_or_else(String::new, |count| format!("  {}", many(count, "request", "requests")))
}

pub(super) fn text(usage: &Breakdown, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if usage.account.sample { " (made-up numbers)" } else { "" };
    let days = (words::date(&usage.from), words::date(&usage.to));
    writeln!(console.output, "{}{sample}: spent from {} to {} (UTC)", usage.account.name, days.0, days.1)?;
    for part in &usage.parts {
        let name = match (usage.by, &part.name) {
            (BreakdownBy::Day, Some(date)) => words::date(date),
            _ => short(&called(part, usage.by)),
        };
        writeln!(console.output, "  {:>16}  {name}{}", amount(part, false), requests(part))?;
    }
    match &usage.total {
        Some(total) => writeln!(console.output, "  {:>16}  in all", amount(total, usage.at_least))?,
        None if usage.at_least => writeln!(console.output, "  What was spent on these days isn't known.")?,
        None => writeln!(console.output, "  Nothing was spent on these days.")?,
    }
    for says in &usage.says {
        writeln!(console.output, "{}", words::say(says))?;
    }
    Ok(())
}
