//! Answers for people: headings, rows and tables in plain text. The figures are the ones of the JSON.

mod advice;
mod change;
mod standing;

use headroom_app::answers::AssumptionView;
use headroom_app::words;
use headroom_billing::invoice::Name;
use headroom_billing::organisation::RepeatedUser;
use headroom_billing::{Assumption, Invoice, Line, LineKind, Refusal};
use headroom_exact::{Moment, Money, Period};
use std::fmt::Display;
use std::io::{self, Write};

/// An answer that people can read.
pub(crate) trait Readable {
    /// Writes it.
    fn write(&self, page: &mut Page<'_>) -> io::Result<()>;
}

/// Where a column's text stands.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A page of plain text.
pub(crate) struct Page<'o> {
    output: &'o mut dyn Write,
    begun: bool,
}

impl<'o> Page<'o> {
    pub(crate) fn new(output: &'o mut dyn Write) -> Self {
        Self { output, begun: false }
    }

    /// A heading, with an empty line before every one but the first.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        if self.begun {
            writeln!(self.output)?;
        }
        self.begun = true;
        writeln!(self.output, "{text}")
    }

    /// A name and its value.
    pub(crate) fn row(&mut self, name: &str, value: &dyn Display) -> io::Result<()> {
        writeln!(self.output, "  {name:<14}{value}")
    }

    /// A sentence.
    pub(crate) fn sentence(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "  {text}")
    }

    /// A table; its first row names the columns. Without another row it says "none".
    pub(crate) fn table(&mut self, columns: &[Align], rows: &[Vec<String>]) -> io::Result<()> {
        if rows.len() < 2 {
            return self.sentence("none");
        }
        let width = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..columns.len()).map(width).collect();
        for row in rows {
            let mut text = String::new();
            for ((cell, width), align) in row.iter().zip(&widths).zip(columns) {
                let cell = match align {
                    Align::Left => format!("  {cell:<width$}"),
                    Align::Right => format!("  {cell:>width$}"),
                };
                text.push_str(&cell);
            }
            writeln!(self.output, "{}", text.trim_end())?;
        }
        Ok(())
    }

    /// Invoices one under the other.
    fn invoices(&mut self, title: &str, invoices: &[&Invoice]) -> io::Result<()> {
        self.heading(title)?;
        if invoices.is_empty() {
            return self.sentence("none");
        }
        let mut rows = vec![cells(["issued", "for", "", "amount"])];
        for invoice in invoices {
            let mut issued = invoice.issued_at.to_string();
            for line in &invoice.lines {
                let row = [std::mem::take(&mut issued), what(line), detail(line), amount(line.amount)];
                rows.push(row.into());
            }
            if !invoice.tax.is_zero() {
                rows.push(cells(["", "tax", "", &amount(invoice.tax)]));
            }
            rows.push(cells(["", "total", "", &bounded(invoice.total, invoice.at_least)]));
        }
        self.table(&[Align::Left, Align::Left, Align::Left, Align::Right], &rows)
    }

    /// Users who are charged for under several profiles.
    fn repeated(&mut self, users: &[RepeatedUser]) -> io::Result<()> {
        self.heading("Charged more than once")?;
        for repeated in users {
            let profiles: Vec<_> = repeated.profiles.iter().map(Name::as_str).collect();
            self.sentence(&format!("{}: {}", repeated.user, profiles.join(", ")))?;
        }
        if users.is_empty() { self.sentence("nobody") } else { Ok(()) }
    }

    /// What was refused.
    fn refusals(&mut self, refused: &[Refusal]) -> io::Result<()> {
        if refused.is_empty() {
            return Ok(());
        }
        self.heading("Refused")?;
        let mut rows = vec![cells(["event", "because"])];
        rows.extend(refused.iter().map(|refusal| vec![refusal.event.to_string(), code(&refusal.reason)]));
        self.table(&[Align::Right, Align::Left], &rows)
    }
}

/// A sum as far as it is known: at least nothing is not known.
fn bounded(amount: Money, at_least: bool) -> String {
    words::bounded(Some(&amount.to_string()), at_least)
}

/// Money, credits or a balance as people write it: thousands apart, a minus sign instead of a hyphen.
fn amount(of: impl Display) -> String {
    words::number(&of.to_string())
}

/// The same, or a dash where there is none.
fn amount_or_dash(of: Option<impl Display>) -> String {
    of.map_or_else(|| "-".to_owned(), amount)
}

/// A row of texts.
pub(crate) fn cells<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

/// A value as the JSON names it.
fn code(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// A value, or a dash where there is none.
fn or_dash(value: Option<&impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn what(line: &Line) -> String {
    let kind = match line.kind {
        LineKind::Subscription => "subscription",
        LineKind::Discount if line.plan.is_none() => "first-payment credit",
        LineKind::Discount => "discount",
        LineKind::Refund => "refund",
        LineKind::Overage => "overage",
        LineKind::Seats => "seats",
        LineKind::Credits if line.automatic => "credits, automatic",
        LineKind::Credits => "credits",
        LineKind::Pass => "pass",
        LineKind::Fee => "fee",
    };
    let tier = line.tier.as_ref().map(Name::as_str);
    let names =
        [line.plan, tier, line.profile.as_ref().map(Name::as_str), line.user.as_ref().map(Name::as_str)];
    names.into_iter().flatten().fold(kind.to_owned(), |text, name| text + " " + name)
}

fn detail(line: &Line) -> String {
    let quantity = line
        .quantity
        .zip(line.unit_price)
        .map(|(quantity, price)| format!("{} × {}", amount(quantity), amount(price)));
    let days = line.prorated.map(|prorated| format!("{} of {} days", prorated.days, prorated.of));
    let remainder = line.time_share.map(|_| "the rest of the cycle".to_owned());
    let texts: Vec<_> = [quantity, days, remainder].into_iter().flatten().collect();
    texts.join(", ")
}

/// What the figures of a team rest on that no source settles, in words; nothing for what only one person's rest on.
fn of_team(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::FirstPaymentCredit
        | Assumption::PacksGetBack
        | Assumption::OwnPass
        | Assumption::OwnPurchases
        | Assumption::OverageByPrice
        | Assumption::ChargedWhileOff => "",
        Assumption::FeeUnlessExempt => "the 5 % fee is on credits and Kilo Pass, unless the team is exempt",
        Assumption::EnterpriseSeat => "an Enterprise seat's price is from the vendor's code, on no page",
        Assumption::PassFeeFrom => {
            "Kilo Pass has the fee from 1 September 2026; a later source says 1 November"
        }
        Assumption::PassForPartOfACycle => "a part of a cycle of Kilo Pass is charged by milliseconds",
        Assumption::PassByTheYear => "Kilo Pass by the year costs twelve months' price",
        Assumption::PassCredits => "Kilo Pass's bonus comes once its base is spent, and goes with the month",
        Assumption::AutomaticTopUp => {
            "a top-up comes once less than the threshold is left, none while a payment fails"
        }
    }
}

/// What the figures of one person's overage rest on that no source settles, in words.
fn of_overage(assumption: Assumption) -> String {
    AssumptionView::of_overage(assumption).as_ref().map(words::assumption).unwrap_or_default()
}

/// A line for each assumption, by its number in `docs/assumptions.md`.
fn rest_on(page: &mut Page<'_>, assumptions: &[Assumption]) -> io::Result<()> {
    assumptions.iter().try_for_each(|assumption| {
        page.row("Rests on", &format!("{}: {}", code(assumption), of_team(*assumption)))
    })
}

/// A half-open period.
fn span(period: &Period) -> String {
    format!("{} until {}", period.start, period.end)
}

/// The heading of an answer: the kind of account and the moment.
fn titled(account: &str, at: Moment) -> String {
    format!("{account} as of {at}")
}
