//! A period's charges as a PDF, to keep or to hand in: an organisation's in a few sentences and by tier first, then person
//! by person.

use super::language::Reader;
use super::moves::Steps;
use super::pages::{Ink, MARGIN, Made, Pages, RIGHT, Weight, pdf as document};
use super::who::Who;
use crate::answers::{ChargedPeriod, IdleBy, InvoiceView, LineView};
use crate::error::AppError;
use headroom_exact::Saying;
use headroom_exact::saying::Value;
use std::collections::HashMap;

/// What a page says beside its period.
pub(crate) struct About<'a> {
    pub account: &'a str,
    /// What the account's kind is called.
    pub kind: &'a Saying,
    /// What the period is called: a month by its name, a cycle by its days.
    pub period: Value,
    pub sample: bool,
    /// When it is made, RFC 3339.
    pub made_at: &'a str,
    /// What it comes to; none where the lines say all of it.
    pub summary: Option<&'a Summary>,
    pub reader: Reader,
}

/// What is to be known first of many people's month.
pub(crate) struct Summary {
    /// What it comes to, the deciding sentence first.
    pub said: Vec<Saying>,
    /// Who is to move to another tier; none where nobody is.
    pub steps: Option<Steps>,
    /// The licences that nobody used.
    pub idle: Option<Idle>,
    /// Who those are that lines name, by their ids.
    pub people: HashMap<String, Who>,
}

/// Licences on a bill that nobody used.
pub(crate) struct Idle {
    /// The bill's month: YYYY-MM.
    pub month: String,
    /// By what that is known.
    pub by: IdleBy,
    /// Who has them, with what is billed for them in dollars; none where that can't be said.
    pub licences: Vec<(Who, Option<String>)>,
}

/// Everybody's lines, by what they are called; each one's in their order.
fn by_person<'i>(invoice: &'i InvoiceView, summary: Option<&Summary>) -> Vec<(Who, &'i LineView)> {
    let who = |user: &str| {
        let known = summary.and_then(|summary| summary.people.get(user)).cloned();
        known.unwrap_or_else(|| Who { user: user.to_owned(), name: None, email: None })
    };
    let mut lines: Vec<_> =
        invoice.lines.iter().filter_map(|line| Some((who(line.user.as_deref()?), line))).collect();
    lines.sort_by_cached_key(|(who, _)| who.order());
    lines
}

impl Pages<'_> {
    /// Whose it is, and of which kind.
    pub(super) fn about(&mut self, account: &str, kind: &Saying, sample: bool) {
        let words = &self.reader.phrases().statement;
        let phrase = if sample { &words.about_sample } else { &words.about };
        let about = phrase.with(&[("account", account), ("kind", &self.reader.say(kind))]);
        self.paragraph(10.5, Ink::Dark, RIGHT - MARGIN, &about);
    }

    fn invoice(&mut self, invoice: &InvoiceView, made_at: &str) {
        let reader = self.reader;
        let phrases = reader.phrases();
        let is_to_come = invoice.issued_at.as_str() > made_at;
        let words = &phrases.statement;
        let charged = if is_to_come { &words.to_be_charged } else { &words.charged };
        self.heading(&charged.with(&[("at", &reader.moment(&invoice.issued_at))]));
        for line in &invoice.lines {
            let (title, detail) = (reader.line_title(line), reader.line_detail(line));
            self.amount(Weight::Regular, &title, &detail, &reader.dollars(&line.amount));
        }
        self.rule(12.0);
        let phrases = &phrases.total;
        let tax_title = reader.tax_title(invoice);
        if let (Some(name), Some(tax)) = (&tax_title, &invoice.tax) {
            let subtotal = phrases.subtotal.plain();
            self.amount(Weight::Regular, subtotal, "", &reader.dollars(&invoice.subtotal));
            self.amount(Weight::Regular, name, "", &reader.dollars(&tax.to_string()));
        }
        let detail = if tax_title.is_none() { phrases.without_tax.plain() } else { "" };
        let total = reader.sum(Some(&invoice.total), invoice.at_least);
        self.amount(Weight::Bold, phrases.total.plain(), detail, &total);
    }

    /// What it comes to, in sentences.
    fn summary(&mut self, summary: &Summary) {
        self.heading(self.reader.phrases().statement.summary.plain());
        for said in &summary.said {
            self.sentence(&self.reader.say(said));
        }
        if let Some(steps) = &summary.steps {
            self.steps(steps);
        }
    }

    fn notes(&mut self, period: &ChargedPeriod) {
        if period.quoted.is_none() && period.notes.is_empty() {
            return;
        }
        let reader = self.reader;
        self.down(34.0, 60.0);
        self.put(MARGIN, 10.5, Weight::Bold, Ink::Dark, reader.phrases().statement.notes.plain());
        let quoted = period.quoted.iter().map(|quoted| reader.quoted(quoted));
        for sentence in quoted.chain(period.notes.iter().map(|note| reader.note(note))) {
            self.sentence(&sentence);
        }
    }

    fn sentence(&mut self, sentence: &str) {
        self.paragraph(9.5, Ink::Dark, RIGHT - MARGIN, sentence);
        self.down(4.0, 0.0);
    }

    /// What each person's lines come from, after what all of them come to.
    fn people(&mut self, invoice: &InvoiceView, summary: Option<&Summary>) {
        let lines = by_person(invoice, summary);
        if lines.is_empty() {
            return;
        }
        let reader = self.reader;
        self.heading(reader.phrases().statement.by_person.plain());
        let mut before = None;
        for (who, line) in &lines {
            let title = [reader.line_title(line)].into_iter().chain(reader.line_parts(line));
            let called = [Some(who.called()), who.address()].into_iter().flatten().collect::<Vec<_>>();
            let named = if before == Some((who, &line.profile)) { String::new() } else { called.join("\n") };
            before = Some((who, &line.profile));
            let title = title.collect::<Vec<_>>().join(", ");
            self.row(Weight::Regular, &named, &title, &reader.dollars(&line.amount));
        }
    }

    /// Who has a licence that nobody used.
    fn idle(&mut self, idle: &Idle) {
        let reader = self.reader;
        let words = &reader.phrases().statement;
        let heading = match idle.by {
            IdleBy::Reports => &words.idle,
            IdleBy::ReportedDays => &words.idle_on_reported_days,
            IdleBy::ReadReports => &words.idle_by_read_reports,
            IdleBy::Bill => &words.idle_by_bill,
        };
        self.heading(&heading.with(&[("month", &reader.month(&idle.month))]));
        for (who, billed) in &idle.licences {
            let billed = reader.sum(billed.as_deref(), false);
            self.row(Weight::Regular, who.called(), who.address().unwrap_or_default(), &billed);
        }
    }
}

fn write(pages: &mut Pages<'_>, period: &ChargedPeriod, by_tier: &ChargedPeriod, about: &About<'_>) {
    let reader = about.reader;
    let phrases = reader.phrases();
    let words = &phrases.statement;
    pages.title(words.title.plain(), &reader.written(&about.period));
    pages.about(about.account, about.kind, about.sample);
    let span = if period.closed { &words.span } else { &words.span_running };
    let days = [&period.period.start, &period.period.end].map(|moment| reader.moment(moment));
    let span = span.with(&[("from", &days[0]), ("to", &days[1])]);
    pages.paragraph(9.0, Ink::Soft, RIGHT - MARGIN, &span);
    if let Some(summary) = about.summary {
        pages.summary(summary);
        pages.notes(period);
    }
    for invoice in &by_tier.invoices {
        pages.invoice(invoice, about.made_at);
    }
    if period.invoices.is_empty() {
        pages.down(15.0, 40.0);
        let is_known = period.total.is_some();
        let charged = if is_known { reader.nothing_charged() } else { reader.not_known() };
        pages.amount(Weight::Bold, phrases.total.total.plain(), "", charged);
    } else if period.invoices.len() > 1
        && let Some(total) = &period.total
    {
        pages.rule(22.0);
        let total = reader.sum(Some(total), period.at_least);
        pages.amount(Weight::Bold, reader.together(), "", &total);
    }
    if about.summary.is_none() {
        pages.notes(period);
    }
    if let Some(summary) = about.summary {
        summary.steps.iter().for_each(|steps| pages.movers(steps));
        summary.idle.iter().for_each(|idle| pages.idle(idle));
    }
    for invoice in &period.invoices {
        pages.people(invoice, about.summary);
    }
}

/// The statement of a period as a PDF; `by_tier` is the same with an organisation's lines put together.
pub(crate) fn pdf(
    period: &ChargedPeriod,
    by_tier: &ChargedPeriod,
    about: &About<'_>,
) -> Result<Vec<u8>, AppError> {
    let words = &about.reader.phrases().statement;
    let named = [("account", about.account), ("period", &about.reader.written(&about.period))];
    let made = Made {
        title: &words.named.with(&named),
        at: about.made_at,
        foot: &words.made,
        aside: words.aside.plain(),
        reader: about.reader,
    };
    document(&made, |pages| write(pages, period, by_tier, about))
}
