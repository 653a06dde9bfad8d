//! A period's charges as a PDF, to keep or to hand in: an organisation's by tier first, then person by person.

use super::pages::{Ink, MARGIN, Made, Pages, RIGHT, Weight, pdf as document};
use super::phrases::english;
use super::words;
use crate::answers::{ChargedPeriod, InvoiceView, LineView};
use crate::error::AppError;

/// What a page says beside its period.
pub(crate) struct About<'a> {
    pub account: &'a str,
    /// What the account's kind is called.
    pub kind: &'a str,
    /// What the period is called: a month by its name, a cycle by its days.
    pub period: &'a str,
    pub sample: bool,
    /// When it is made, RFC 3339.
    pub made_at: &'a str,
    pub version: &'a str,
}

/// Everybody's lines, by what they are called; each one's in their order.
fn by_person(invoice: &InvoiceView) -> Vec<(&str, &LineView)> {
    let mut lines: Vec<_> =
        invoice.lines.iter().filter_map(|line| Some((line.user.as_deref()?, line))).collect();
    lines.sort_by_cached_key(|(user, _)| (user.to_lowercase(), (*user).to_owned()));
    lines
}

impl Pages<'_> {
    fn invoice(&mut self, invoice: &InvoiceView) {
        self.heading(&format!("Charged {}", words::moment(&invoice.issued_at)));
        for line in &invoice.lines {
            let title = words::line_title(line);
            self.amount(Weight::Regular, &title, &words::line_detail(line), &words::dollars(&line.amount));
        }
        self.rule(12.0);
        let phrases = &english().total;
        let tax_title = words::tax_title(invoice);
        if let (Some(name), Some(tax)) = (&tax_title, &invoice.tax) {
            let subtotal = phrases.subtotal.plain();
            self.amount(Weight::Regular, subtotal, "", &words::dollars(&invoice.subtotal));
            self.amount(Weight::Regular, name, "", &words::dollars(tax));
        }
        let detail = if tax_title.is_none() { phrases.without_tax.plain() } else { "" };
        let total = words::sum(Some(&invoice.total), invoice.at_least);
        self.amount(Weight::Bold, phrases.total.plain(), detail, &total);
    }

    /// What each person's lines come from, after what all of them come to.
    fn people(&mut self, invoice: &InvoiceView) {
        let lines = by_person(invoice);
        if lines.is_empty() {
            return;
        }
        self.heading("By person");
        let mut before = None;
        for (user, line) in lines {
            let title = [words::line_title(line)].into_iter().chain(words::line_parts(line));
            let called = if before == Some((user, &line.profile)) { "" } else { user };
            before = Some((user, &line.profile));
            let title = title.collect::<Vec<_>>().join(", ");
            self.row(Weight::Regular, called, &title, &words::dollars(&line.amount));
        }
    }
}

fn write(pages: &mut Pages<'_>, period: &ChargedPeriod, by_tier: &ChargedPeriod, about: &About<'_>) {
    pages.title("Statement of charges", about.period);
    let sample = if about.sample { ", made-up usage" } else { "" };
    pages.paragraph(10.5, Ink::Dark, RIGHT - MARGIN, &format!("{} ({}{sample})", about.account, about.kind));
    let state = if period.closed { "" } else { ", still running" };
    let span = format!(
        "From {} up to {}{state}",
        words::moment(&period.period.start),
        words::moment(&period.period.end)
    );
    pages.paragraph(9.0, Ink::Soft, RIGHT - MARGIN, &span);
    for invoice in &by_tier.invoices {
        pages.invoice(invoice);
    }
    if period.invoices.is_empty() {
        pages.down(15.0, 40.0);
        let charged = if period.total.is_some() { words::nothing_charged() } else { words::not_known() };
        pages.amount(Weight::Bold, english().total.total.plain(), "", charged);
    } else if period.invoices.len() > 1
        && let Some(total) = &period.total
    {
        pages.rule(22.0);
        let total = words::sum(Some(total), period.at_least);
        pages.amount(Weight::Bold, words::together(), "", &total);
    }
    if period.quoted.is_some() || !period.notes.is_empty() {
        pages.down(34.0, 60.0);
        pages.put(MARGIN, 10.5, Weight::Bold, Ink::Dark, "Notes");
        let quoted = period.quoted.iter().map(words::quoted);
        for sentence in quoted.chain(period.notes.iter().map(words::note)) {
            pages.paragraph(9.5, Ink::Dark, RIGHT - MARGIN, &sentence);
            pages.down(4.0, 0.0);
        }
    }
    for invoice in &period.invoices {
        pages.people(invoice);
    }
}

/// The statement of a period as a PDF; `by_tier` is the same with an organisation's lines put together.
pub(crate) fn pdf(
    period: &ChargedPeriod,
    by_tier: &ChargedPeriod,
    about: &About<'_>,
) -> Result<Vec<u8>, AppError> {
    let made = Made {
        title: &format!("Statement of charges, {}, {}", about.account, about.period),
        at: about.made_at,
        version: about.version,
        foot: "from the account's facts and its recorded usage.",
        aside: "This is not the vendor's invoice.",
    };
    document(&made, |pages| write(pages, period, by_tier, about))
}
