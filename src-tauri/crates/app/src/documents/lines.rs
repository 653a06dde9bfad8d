//! What a charge's lines, its sum and what a vendor said of it are called, in the reader's language.

use super::language::Reader;
use super::phrases::Phrase;
use crate::answers::{InvoiceView, LineUnit, LineView, QuotedCharge, QuotedOf};
use headroom_billing::LineKind;

impl Reader {
    /// What a line is for.
    pub(super) fn line_title(self, line: &LineView) -> String {
        let words = &self.phrases().line;
        let plan = line.plan.as_deref().unwrap_or(words.subscription.plain());
        match line.kind {
            LineKind::Subscription => plan.to_owned(),
            // A discount of no plan is what is granted on the first payment (N3).
            LineKind::Discount if line.plan.is_none() => words.first_payment.plain().to_owned(),
            LineKind::Discount => words.discount.with(&[("plan", plan)]),
            LineKind::Refund => words.refund.with(&[("plan", plan)]),
            LineKind::Overage => words.overage.with(&[("plan", plan)]),
            LineKind::Seats => words.seats.plain().to_owned(),
            LineKind::Credits if line.automatic => words.automatic.plain().to_owned(),
            LineKind::Credits => words.credits.plain().to_owned(),
            LineKind::Pass => line.plan.as_deref().unwrap_or(words.pass.plain()).to_owned(),
            LineKind::Fee => words.fee.plain().to_owned(),
        }
    }

    /// How many at what price, and the days of how many: what its amount is made of.
    pub(super) fn line_parts(self, line: &LineView) -> Vec<String> {
        let phrases = self.phrases();
        let mut parts = Vec::new();
        if let (Some(quantity), Some(unit), Some(price)) = (&line.quantity, line.unit, &line.unit_price) {
            let words = match unit {
                LineUnit::Users => &phrases.quantity.users,
                LineUnit::Seats => &phrases.quantity.seats,
                LineUnit::Credits => &phrases.quantity.credits,
                LineUnit::Passes => &phrases.quantity.passes,
            };
            let count = self.credits(quantity);
            parts.push(words.of_written(&count).with(&[("count", &count), ("price", &self.dollars(price))]));
        }
        if let (Some(days), Some(of)) = (line.days, line.days_of) {
            let (days, of) = (days.to_string(), of.to_string());
            parts.push(match &line.full_price {
                Some(price) => phrases.days.of_price.with(&[
                    ("days", &days),
                    ("of", &of),
                    ("price", &self.dollars(price)),
                ]),
                None => phrases.days.of_cycle.with(&[("days", &days), ("of", &of)]),
            });
        }
        if line.remainder {
            parts.push(phrases.days.remainder.plain().to_owned());
        }
        parts
    }

    /// The same with whose it is before it, and the time it is for behind.
    pub(super) fn line_detail(self, line: &LineView) -> String {
        let mut parts: Vec<_> = line.user.iter().cloned().collect();
        parts.extend(self.line_parts(line));
        if let Some(period) = &line.period {
            parts.push(self.say(&period.saying()));
        } else if let Some(at) = &line.charged_at {
            parts.push(self.date(at));
        }
        parts.join(", ")
    }

    /// A sum of dollars as far as it is known: "$40.00", "at least $40.00", "not known", which at least nothing is too.
    pub(super) fn sum(self, amount: Option<&str>, at_least: bool) -> String {
        self.as_known(amount, at_least, |amount| self.dollars(amount))
    }

    /// The same of one in a column whose longest amount needs so many decimals.
    pub(super) fn sum_in_column(self, amount: Option<&str>, at_least: bool, decimals: usize) -> String {
        self.as_known(amount, at_least, |amount| self.numbers.dollars_in_column(amount, decimals))
    }

    /// A number with every decimal it has, as far as it is known, in the same way.
    pub(super) fn bounded(self, amount: Option<&str>, at_least: bool) -> String {
        self.as_known(amount, at_least, |amount| self.number(amount))
    }

    /// A number of credits as people write it, as far as it is known, in the same way.
    pub(super) fn sum_of_credits(self, amount: Option<&str>, at_least: bool) -> String {
        self.as_known(amount, at_least, |amount| self.credits(amount))
    }

    fn as_known(self, amount: Option<&str>, at_least: bool, written: impl Fn(&str) -> String) -> String {
        match amount.filter(|amount| !says_nothing(amount, at_least)).map(written) {
            None => self.not_known().to_owned(),
            Some(amount) if at_least => self.phrases().amount.at_least.with(&[("amount", &amount)]),
            Some(amount) => amount,
        }
    }

    /// What a period's charges in one sum are called.
    pub(super) fn together(self) -> &'static str {
        self.phrases().total.together.plain()
    }

    /// Where nothing is charged.
    pub(super) fn nothing_charged(self) -> &'static str {
        self.phrases().amount.nothing_charged.plain()
    }

    /// Where nothing is known.
    pub(super) fn not_known(self) -> &'static str {
        self.phrases().amount.not_known.plain()
    }

    /// What Headroom's own figure is called beside a vendor's.
    pub(super) fn calculation(self, computed: Option<&str>, at_least: bool) -> String {
        format!("{}: {}", self.phrases().quoted.computed.plain(), self.sum(computed, at_least))
    }

    /// What a vendor said is about; `at` is when, as it is written.
    pub(super) fn quoted_title(self, quoted: &QuotedCharge, at: &str) -> String {
        let words = &self.phrases().quoted;
        let month = self.month(&quoted.month);
        match quoted.of {
            QuotedOf::Overage => words.overage.with(&[("month", &month), ("at", at)]),
            QuotedOf::Bill => words.bill.with(&[("month", &month)]),
        }
    }

    /// What a vendor said, beside what is computed.
    pub(super) fn quoted(self, quoted: &QuotedCharge) -> String {
        let at = quoted.at.as_deref().map(|at| self.moment(at)).unwrap_or_default();
        let title = self.quoted_title(quoted, &at);
        let computed = self.calculation(quoted.computed.as_deref(), quoted.at_least);
        let agrees = self.agreement(quoted.agrees);
        let differs = quoted.difference.as_ref().map(|of| self.difference(of));
        let differs = differs.or_else(|| agrees.map(str::to_owned));
        let said = [format!("{title}: {}. {computed}.", self.sum(quoted.quoted.as_deref(), false))];
        said.into_iter().chain(self.payers(&quoted.payers)).chain(differs).collect::<Vec<_>>().join(" ")
    }

    /// What the tax on a charge is called; none where its total is without tax. A tax that a price list names and no
    /// language has words for is called as the list calls it.
    pub(super) fn tax_title(self, invoice: &InvoiceView) -> Option<String> {
        let words = &self.phrases().total;
        let stated = invoice.tax_percent.as_ref();
        let stated = stated.map(|percent| words.tax.with(&[("percent", &self.number(percent))]));
        let named = invoice.tax_name.as_ref();
        stated.or_else(|| {
            named.map(|name| words.named.get(name).map_or(name.as_str(), Phrase::plain).to_owned())
        })
    }
}

/// Whether an amount says nothing: where something is missing from it, "at least nothing" would.
fn says_nothing(amount: &str, at_least: bool) -> bool {
    at_least && amount.bytes().all(|letter| matches!(letter, b'0' | b'.' | b'-'))
}
