//! What is said on a terminal, which is English: the language's own words, and a command where the window has a button.
//! The window says the same phrases, in its languages.

use super::language::{Language, filled};
use super::numbers;
use super::phrases::english;
use crate::answers::{
    AssumptionView, ChargeNote, DifferenceView, InvoiceView, LineView, PayerView, PlanRefusal, QuotedCharge,
    Repriced, RepricedMonth,
};
use crate::error::AppError;
use crate::machine::zone;
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};
use std::fmt;

/// The command line's words: the same in English.
macro_rules! in_english {
    ($($(#[$doc:meta])* $name:ident($($value:ident: $of:ty),*) -> $said:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name($($value: $of),*) -> $said {
            Language::English.reader().$name($($value),*)
        }
    )*};
}

in_english! {
    /// "1 October 2026", from a date or a moment as they are sent.
    date(text: &str) -> String;
    /// "October 2026", from "2026-10" or a date in it.
    month(text: &str) -> String;
    /// Thousands apart, a minus sign instead of a hyphen: "−1,234.50".
    number(amount: &str) -> String;
    /// "−$1,234.50".
    dollars(amount: &str) -> String;
    /// A number of credits: "1,000" where it is whole, else "231.17".
    credits(amount: &str) -> String;
    /// What a line is for.
    line_title(line: &LineView) -> String;
    /// How many at what price, and the days of how many: what its amount is made of.
    line_parts(line: &LineView) -> Vec<String>;
    /// The same with whose it is before it, and the time it is for behind.
    line_detail(line: &LineView) -> String;
    /// A sum of dollars as far as it is known: "$40.00", "at least $40.00", "not known", which at least nothing is too.
    sum(amount: Option<&str>, at_least: bool) -> String;
    /// The same of one in a column whose longest amount needs so many decimals.
    sum_in_column(amount: Option<&str>, at_least: bool, decimals: usize) -> String;
    /// A number with every decimal it has, as far as it is known, in the same way.
    bounded(amount: Option<&str>, at_least: bool) -> String;
    /// A number of credits as people write it, as far as it is known, in the same way.
    sum_of_credits(amount: Option<&str>, at_least: bool) -> String;
    /// What a period's charges in one sum are called.
    together() -> &'static str;
    /// Where nothing is charged.
    nothing_charged() -> &'static str;
    /// Where nothing is known.
    not_known() -> &'static str;
    /// What Headroom's own figure is called beside a vendor's.
    calculation(computed: Option<&str>, at_least: bool) -> String;
    /// What a vendor said is about; `at` is when, as it is written.
    quoted_title(quoted: &QuotedCharge, at: &str) -> String;
    /// What a vendor said, beside what is computed.
    quoted(quoted: &QuotedCharge) -> String;
    /// What the tax on a charge is called; none where its total is without tax.
    tax_title(invoice: &InvoiceView) -> Option<String>;
    /// What is to be known about a period's figures.
    note(of: &ChargeNote) -> String;
    /// That a vendor's figure and the calculation are one; none where they aren't, or it isn't known.
    agreement(agrees: bool) -> Option<&'static str>;
    /// What a vendor's figure differs by from the calculation, and why.
    difference(of: &DifferenceView) -> String;
    /// Who pays how much of a bill; none where nobody or one alone is named.
    payers(payers: &[PayerView]) -> Option<String>;
}

/// "1 October 2026, 00:00 UTC", from a moment; where the machine's zone is used, "1 October 2026, 02:00 UTC+02:00".
pub fn moment(at: &(impl fmt::Display + ?Sized)) -> String {
    let (reader, text) = (Language::English.reader(), at.to_string());
    match text.parse().ok().and_then(zone::on_the_wall) {
        Some(there) => reader.moment_in(&there.text, &there.zone),
        None => reader.moment(&text),
    }
}

/// How many decimals the longest of a column's dollars needs, at least two.
pub fn decimals_in<'a>(column: impl IntoIterator<Item = &'a str>) -> usize {
    numbers::decimals_in(column)
}

/// What is to be said, as it is said on a terminal.
pub fn say(saying: &Saying) -> String {
    let sentence = |count| english().terminal.of(saying.code(), count);
    let otherwise = |count| english().saying.of(saying.code(), count);
    filled(saying, |count| sentence(count).or_else(|| otherwise(count)), &written)
}

/// A failure as it is said on a terminal and in logs.
impl fmt::Display for AppError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&say(&self.saying))
    }
}

impl std::error::Error for AppError {}

/// The code of a sentence, as this program has it; none of a code that came from elsewhere.
pub(crate) fn code(code: &str) -> Option<&'static str> {
    english().saying.code(code)
}

/// A value as it is written on a terminal.
pub fn written(value: &Value) -> String {
    match value {
        Value::List(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Saying(saying) => say(saying),
        Value::Moment(text) => moment(text),
        Value::Text(_)
        | Value::Date(_)
        | Value::Day(_)
        | Value::Month(_)
        | Value::Number(_)
        | Value::Credits(_)
        | Value::Dollars(_)
        | Value::Country(_) => Language::English.reader().written(value),
    }
}

/// Why a change is refused.
pub fn plan_refusal(refusal: &PlanRefusal) -> String {
    say(&refusal.into())
}

impl From<&PlanRefusal> for Saying {
    fn from(refusal: &PlanRefusal) -> Self {
        match refusal {
            PlanRefusal::AlreadyOnPlan { plan } => say!("already-on-plan", plan),
            PlanRefusal::CountryNotSupported { country, .. } => {
                say!("country-not-supported", country = Value::Country(country.clone()))
            }
            PlanRefusal::NoOverage => say!("no-overage"),
            PlanRefusal::Other => say!("change-not-allowed"),
        }
    }
}

/// What no source settles, with the figures that rest on it.
pub fn assumption(assumption: &AssumptionView) -> String {
    let words = &english().assumption;
    match assumption {
        AssumptionView::A1 { stated: true, .. } => words.first_payment_stated.plain().to_owned(),
        AssumptionView::A1 { most, .. } => words.first_payment.with(&[("most", &dollars(most))]),
        AssumptionView::A2 { back, kept } => {
            words.packs_get_back.with(&[("back", &credits(back)), ("kept", &credits(kept))])
        }
        AssumptionView::A34 => words.overage_by_price.plain().to_owned(),
        AssumptionView::A35 => words.charged_while_off.plain().to_owned(),
    }
}

/// What past months are charged otherwise: a heading, what it is about, and each month.
pub fn repriced(repriced: &Repriced) -> Vec<String> {
    let words = &english().repriced;
    let heading = format!("{}. {}", words.title.plain(), words.about.plain());
    let row = |of: &RepricedMonth| {
        let (before, now) =
            (sum(of.before.as_deref(), of.before_at_least), sum(of.now.as_deref(), of.now_at_least));
        words.row.with(&[
            ("month", &month(&of.month)),
            ("before", &before),
            ("now", &now),
            ("list", &say(&of.list)),
        ])
    };
    std::iter::once(heading).chain(repriced.months.iter().map(row)).collect()
}
