//! What is spent of Kilo's credits: this month as far as that is known, how fast, and what is bought by itself.

use super::row;
use crate::Console;
use crate::many::many;
use headroom_app::answers::{BurnView, MachineView, SpendSource, SpendView, TopUpsView};
use headroom_app::words;
use headroom_exact::{Balance, Saying};

/// What was spent by what a source says, and what it lacks.
pub(super) fn this_month(spend: &SpendView, source: &str, console: &mut Console<'_>) -> std::io::Result<()> {
    let amount = words::sum(spend.this_month.as_deref(), spend.this_month_at_least);
    // A file tells nothing of what came after it; Kilo's service was asked when the balance was.
    let is_file = matches!(spend.source, SpendSource::Export | SpendSource::Machine);
    let until = match &spend.last_day {
        Some(day) if is_file || spend.this_month.is_none() => {
            format!(": the last day told of is {}", words::date(day))
        }
        Some(_) | None => String::new(),
    };
    let verb = if spend.this_month.is_some() { " spent" } else { "" };
    let told = format!("{amount}{verb}, {source}{until}");
    row(console, "This month", &told)?;
    missing(&spend.missing, console)
}

/// What sums lack, and what is left out of them.
pub(super) fn missing(says: &[Saying], console: &mut Console<'_>) -> std::io::Result<()> {
    says.iter().try_for_each(|saying| row(console, "Check", &words::say(saying)))
}

/// What this machine's requests came to.
pub(super) fn of_machine(machine: &MachineView) -> String {
    let amount = words::sum(machine.this_month.as_deref(), machine.at_least);
    match (&machine.this_month, &machine.last_day) {
        (None, Some(day)) => {
            format!("{amount} this month; the last known request is of {}", words::date(day))
        }
        (Some(_), _) | (None, None) => format!("{amount} this month"),
    }
}

/// That a top-up is due by now, where less is left than triggers it.
pub(super) const fn due(is_due: bool) -> &'static str {
    if is_due { ", which is so by now" } else { "" }
}

/// An average in cents: it is no amount to the millionth.
fn in_cents(amount: Balance) -> String {
    words::dollars(&amount.rounded().to_string())
}

/// How fast a balance is spent, and until when it lasts where it ends.
pub(super) fn spent(burn: &BurnView, ends: bool, console: &mut Console<'_>) -> std::io::Result<()> {
    let days = many(burn.days_seen, "day", "days");
    row(console, "Spent", &format!("{} a day, over {days}", in_cents(burn.a_day)))?;
    match (&burn.run_out_at, burn.days_left) {
        (Some(at), Some(days)) if ends => {
            row(console, "Lasts", &format!("about {}, until {}", many(days, "day", "days"), words::date(at)))
        }
        _ => Ok(()),
    }
}

/// What is bought by itself at this pace, and what all of it charges.
pub(super) fn tops_up(top_ups: &TopUpsView) -> String {
    let TopUpsView { amount, first_at, more, until, charges, .. } = top_ups;
    let (amount, charges) = (words::dollars(amount), words::dollars(charges));
    let (first_at, until) = (words::date(first_at), words::date(until));
    format!("at this pace {amount} about {first_at}, {more} more until {until}: {charges}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found in November 2026: "Spent $-2.250000 a day" where refunds were more than what was spent.
    #[test]
    fn what_is_spent_a_day_is_in_cents_with_its_sign_before_the_dollar() {
        for (a_day, said) in [
            (-2_250_000, "−$2.25 a day, over 4 days"),
            (8_490_566, "$8.49 a day, over 4 days"),
            (1_234_565_000, "$1,234.57 a day, over 4 days"),
            (0, "$0.00 a day, over 4 days"),
        ] {
            let burn = BurnView {
                a_day: Balance::of_millionths(a_day),
                days_seen: 4,
                run_out_at: None,
                days_left: None,
                top_up: None,
                automatic: None,
            };
            let (mut output, mut errors) = (Vec::new(), Vec::new());
            let mut console = Console {
                input: &mut std::io::empty(),
                output: &mut output,
                errors: &mut errors,
                terminal: false,
                progress: None,
            };
            spent(&burn, true, &mut console).expect("written");
            let row = String::from_utf8(output).expect("text");
            assert_eq!(row.trim().strip_prefix("Spent").map(str::trim), Some(said));
        }
    }
}
