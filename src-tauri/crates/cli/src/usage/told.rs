//! What an account used as its vendor or its reports tell: dollars, or an organisation's credits.

use super::{called, short};
use crate::Console;
use crate::many::many;
use headroom_app::answers::{Breakdown, BreakdownBy, BreakdownPart, Unit};
use headroom_app::words;

/// What a part comes to, as far as that is known.
fn amount(part: &BreakdownPart, unit: Unit, decimals: usize) -> String {
    let known = Some(part.metered.as_str()).filter(|amount| !amount.is_empty());
    match unit {
        Unit::Credits => words::bounded(known, part.at_least),
        Unit::Dollars => words::sum_in_column(known, part.at_least, decimals),
    }
}

fn requests(part: &BreakdownPart) -> String {
    part.tasks.map_or_else(String::new, |count| format!("  {}", many(count, "request", "requests")))
}

pub(super) fn text(usage: &Breakdown, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if usage.account.sample { " (made-up numbers)" } else { "" };
    let days = (words::date(&usage.from), words::date(&usage.to));
    let (used, none, unknown) = match usage.unit {
        Unit::Credits => (
            "credits used",
            "No usage on these days.",
            "How many credits were used on these days isn't known.",
        ),
        Unit::Dollars => {
            ("spent", "Nothing was spent on these days.", "What was spent on these days isn't known.")
        }
    };
    writeln!(console.output, "{}{sample}: {used} from {} to {} (UTC)", usage.account.name, days.0, days.1)?;
    let column = usage.parts.iter().chain(&usage.total).map(|part| part.metered.as_str());
    let decimals = words::decimals_in(column);
    for part in &usage.parts {
        let name = match (usage.by, &part.name) {
            (BreakdownBy::Day, Some(date)) => words::date(date),
            _ => short(&called(part, usage.by)),
        };
        writeln!(console.output, "  {:>16}  {name}{}", amount(part, usage.unit, decimals), requests(part))?;
    }
    match &usage.total {
        Some(total) => {
            writeln!(console.output, "  {:>16}  in all", amount(total, usage.unit, decimals))?;
        }
        None if usage.at_least => writeln!(console.output, "  {unknown}")?,
        None => writeln!(console.output, "  {none}")?,
    }
    for says in &usage.says {
        writeln!(console.output, "{}", words::say(says))?;
    }
    Ok(())
}
