//! What Kiro's own count says beside what is recorded.

use super::{metered, recorded};
use crate::Console;
use crate::standing::elsewhere;
use headroom_app::answers::{Breakdown, BreakdownBy, BreakdownDay, CountedDayView};
use headroom_app::words;

/// What is counted of a day.
fn counted(day: &CountedDayView) -> String {
    let mut parts = vec![match (&day.used, &day.counted_on) {
        (Some(used), _) => format!("Kiro counted {}", words::sum_of_credits(Some(used), day.at_least)),
        (None, Some(on)) => format!("counted with {}", words::date(on)),
        (None, None) => "not counted".to_owned(),
    }];
    if let Some((before, since)) = day.of_before.as_ref().zip(day.since.as_ref()) {
        parts.push(format!("of which {} since {}", words::credits(before), words::moment(since)));
    }
    if let Some(fell) = &day.fell {
        parts.push(format!("and took {} back", words::credits(fell)));
    }
    parts.join(", ")
}

/// A day, as it is recorded and as it is counted.
pub(super) fn day(day: &BreakdownDay<'_>, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = day.recorded.map_or_else(|| "–".to_owned(), metered);
    let tasks = day.recorded.map(recorded).unwrap_or_default();
    let counted = day.counted.map(|day| format!("  {}", counted(day))).unwrap_or_default();
    writeln!(console.output, "  {amount:>16}  {}{tasks}{counted}", words::date(day.date))
}

/// What is counted in all, beyond what is recorded, and how its days are to be read.
pub(super) fn all(usage: &Breakdown, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(counted) = &usage.counted {
        if let Some(used) = &counted.used {
            let used = words::sum_of_credits(Some(used), counted.at_least);
            writeln!(console.output, "  {used:>16}  by Kiro's own count, from its answers on these days")?;
        }
        if let Some(fell) = &counted.fell {
            let fell = words::credits(fell);
            writeln!(console.output, "  {fell:>16}  taken back by Kiro: a refund or a correction")?;
        }
        if usage.by == BreakdownBy::Day && counted.days.iter().any(|day| day.since.is_some()) {
            writeln!(
                console.output,
                "Between two answers nothing tells the day: what was used then is in the later one's, with since when."
            )?;
        }
    }
    if let Some(beyond) = &usage.elsewhere {
        writeln!(
            console.output,
            "Elsewhere in this cycle: {}.",
            elsewhere(beyond.bound, &beyond.credits, beyond.percent)
        )?;
    }
    if let Some(more) = &usage.recorded_more {
        let more = words::credits(more);
        writeln!(
            console.output,
            "The tasks on this computer add up to {more} credits more than Kiro counts this month: a second account, or a count that comes late."
        )?;
    }
    Ok(())
}
