//! Charges and sayings in English words, for the command line, for logs and for what leaves Headroom as a page or a table.
//! The window says the same phrases, in its languages.

pub use super::difference::{agreement, difference, payers};
pub use super::notes::note;
use super::phrases::{Counted, Phrase, Phrases, english};
use crate::answers::{
    AssumptionView, InvoiceView, LineUnit, LineView, PlanRefusal, QuotedCharge, QuotedOf, Repriced,
    RepricedMonth,
};
use chrono::NaiveDate;
use headroom_billing::LineKind;
use headroom_exact::saying::Value;
use headroom_exact::{Country, Saying, say};

/// "1 October 2026", from a date or a moment as they are sent.
pub fn date(text: &str) -> String {
    let date = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    date.map_or_else(|| text.to_owned(), |date| date.format("%-d %B %Y").to_string())
}

/// "1 October", from a date.
fn day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |date| date.format("%-d %B").to_string())
}

/// "1 October 2026, 00:00 UTC", from a moment.
pub fn moment(text: &str) -> String {
    let hour = text.get(11..16).unwrap_or_default();
    format!("{}, {hour} UTC", date(text))
}

/// "October 2026", from "2026-10" or a date in it.
pub fn month(text: &str) -> String {
    let first = text.get(..7).and_then(|month| format!("{month}-01").parse::<NaiveDate>().ok());
    first.map_or_else(|| text.to_owned(), |date| date.format("%B %Y").to_string())
}

/// Thousands apart, a minus sign instead of a hyphen: "−1,234.50".
pub fn grouped(amount: &str) -> String {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("−", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// "−$1,234.50".
pub fn dollars(amount: &str) -> String {
    let grouped = grouped(amount);
    grouped.strip_prefix('−').map_or_else(|| format!("${grouped}"), |digits| format!("−${digits}"))
}

/// A number of credits: "1,000" where it is whole, else "231.17".
pub fn credits(amount: &str) -> String {
    grouped(amount.strip_suffix(".00").unwrap_or(amount))
}

/// "3 rows".
pub(super) fn counted(words: &Counted, count: u32) -> String {
    words.of(count.into()).with(&[("count", &grouped(&count.to_string()))])
}

/// What is to be said, as it is said on a terminal. Of a code without a sentence, which only another version can have kept, it is the code with its
/// values.
pub fn say(saying: &Saying) -> String {
    let sentence = |count| english().terminal.of(saying.code(), count);
    let otherwise = |count| english().saying.of(saying.code(), count);
    filled(saying, |count| sentence(count).or_else(|| otherwise(count)), &written)
}

/// The same where there is a window, in a language's phrases and by its way of writing values.
pub(crate) fn say_by(phrases: &Phrases, saying: &Saying, written: &dyn Fn(&Value) -> String) -> String {
    filled(saying, |count| phrases.saying.of(saying.code(), count), written)
}

fn filled<'p>(
    saying: &Saying,
    sentence: impl Fn(Option<u64>) -> Option<&'p Phrase>,
    written: &dyn Fn(&Value) -> String,
) -> String {
    let count = saying.values().find_map(|(place, value)| {
        if let Value::Number(count) = value { (place == "count").then_some(*count) } else { None }
    });
    let Some(sentence) = sentence(count) else { return saying.to_string() };
    let values: Vec<_> = saying.values().map(|(place, value)| (place, written(value))).collect();
    let values: Vec<_> = values.iter().map(|(place, value)| (*place, value.as_str())).collect();
    sentence.with(&values)
}

/// The code of a sentence, as this program has it; none of a code that came from elsewhere.
pub(crate) fn code(code: &str) -> Option<&'static str> {
    english().saying.code(code)
}

/// A value as English writes it.
pub fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(text) => date(text),
        Value::Day(text) => day(text),
        Value::Month(text) => month(text),
        Value::Moment(text) => moment(text),
        Value::Number(number) => grouped(&number.to_string()),
        Value::Credits(amount) => credits(amount),
        Value::Dollars(amount) => dollars(amount),
        Value::Country(code) => {
            code.parse::<Country>().map_or_else(|_| code.clone(), |country| country.name().to_owned())
        }
        Value::List(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Saying(saying) => say(saying),
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

/// What a line is for.
pub fn line_title(line: &LineView) -> String {
    let words = &english().line;
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
pub fn line_parts(line: &LineView) -> Vec<String> {
    let phrases = english();
    let mut parts = Vec::new();
    if let (Some(quantity), Some(unit), Some(price)) = (&line.quantity, line.unit, &line.unit_price) {
        let words = match unit {
            LineUnit::Users => &phrases.quantity.users,
            LineUnit::Seats => &phrases.quantity.seats,
            LineUnit::Credits => &phrases.quantity.credits,
            LineUnit::Passes => &phrases.quantity.passes,
        };
        let count = credits(quantity);
        parts.push(words.of_written(&count).with(&[("count", &count), ("price", &dollars(price))]));
    }
    if let (Some(days), Some(of)) = (line.days, line.days_of) {
        let (days, of) = (days.to_string(), of.to_string());
        parts.push(match &line.full_price {
            Some(price) => {
                phrases.days.of_price.with(&[("days", &days), ("of", &of), ("price", &dollars(price))])
            }
            None => phrases.days.of_cycle.with(&[("days", &days), ("of", &of)]),
        });
    }
    if line.remainder {
        parts.push(phrases.days.remainder.plain().to_owned());
    }
    parts
}

/// The same with whose it is before it, and the time it is for behind.
pub fn line_detail(line: &LineView) -> String {
    let mut parts: Vec<_> = line.user.iter().cloned().collect();
    parts.extend(line_parts(line));
    if let Some(period) = &line.period {
        parts.push(format!("{} up to {}", date(&period.start), date(&period.end)));
    } else if let Some(at) = &line.charged_at {
        parts.push(date(at));
    }
    parts.join(", ")
}

/// A sum of dollars as far as it is known: "$40.00", "at least $40.00", "not known", which at least nothing is too.
pub fn sum(amount: Option<&str>, at_least: bool) -> String {
    as_known(amount, at_least, dollars)
}

/// A decimal as it is, as far as it is known, in the same way.
pub fn bounded(amount: Option<&str>, at_least: bool) -> String {
    as_known(amount, at_least, str::to_owned)
}

/// A number of credits as people write it, as far as it is known, in the same way.
pub fn sum_of_credits(amount: Option<&str>, at_least: bool) -> String {
    as_known(amount, at_least, credits)
}

/// Whether an amount says nothing: where something is missing from it, "at least nothing" would.
fn says_nothing(amount: &str, at_least: bool) -> bool {
    at_least && amount.bytes().all(|letter| matches!(letter, b'0' | b'.' | b'-'))
}

fn as_known(amount: Option<&str>, at_least: bool, written: impl Fn(&str) -> String) -> String {
    match amount.filter(|amount| !says_nothing(amount, at_least)).map(written) {
        None => not_known().to_owned(),
        Some(amount) if at_least => english().amount.at_least.with(&[("amount", &amount)]),
        Some(amount) => amount,
    }
}

/// What a period's charges in one sum are called.
pub fn together() -> &'static str {
    english().total.together.plain()
}

/// Where nothing is charged.
pub fn nothing_charged() -> &'static str {
    english().amount.nothing_charged.plain()
}

/// Where nothing is known.
pub fn not_known() -> &'static str {
    english().amount.not_known.plain()
}

/// What Headroom's own figure is called beside a vendor's.
pub fn calculation(computed: Option<&str>, at_least: bool) -> String {
    format!("{}: {}", english().quoted.computed.plain(), sum(computed, at_least))
}

/// What a vendor said is about; `at` is when, as it is written.
pub fn quoted_title(quoted: &QuotedCharge, at: &str) -> String {
    let words = &english().quoted;
    let month = month(&quoted.month);
    match quoted.of {
        QuotedOf::Overage => words.overage.with(&[("month", &month), ("at", at)]),
        QuotedOf::Bill => words.bill.with(&[("month", &month)]),
    }
}

/// What a vendor said, beside what is computed.
pub fn quoted(quoted: &QuotedCharge) -> String {
    let title = quoted_title(quoted, &quoted.at.as_deref().map(moment).unwrap_or_default());
    let computed = calculation(quoted.computed.as_deref(), quoted.at_least);
    let differs = match &quoted.difference {
        Some(of) => Some(difference(of)),
        None => agreement(&quoted.quoted, quoted.computed.as_deref(), quoted.at_least).map(str::to_owned),
    };
    let said = [format!("{title}: {}. {computed}.", dollars(&quoted.quoted))];
    said.into_iter().chain(payers(&quoted.payers)).chain(differs).collect::<Vec<_>>().join(" ")
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

/// What the tax on a charge is called; none where its total is without tax.
pub fn tax_title(invoice: &InvoiceView) -> Option<String> {
    let stated = invoice.tax_percent.as_ref();
    let stated = stated.map(|percent| english().total.tax.with(&[("percent", percent)]));
    stated.or_else(|| invoice.tax_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        for (amount, text) in [
            ("0.00", "$0.00"),
            ("-20.00", "−$20.00"),
            ("999.99", "$999.99"),
            ("1000.00", "$1,000.00"),
            ("-1234567.80", "−$1,234,567.80"),
            ("90071992547409.93", "$90,071,992,547,409.93"),
        ] {
            assert_eq!(dollars(amount), text);
        }
        assert_eq!(grouped("12345"), "12,345", "a count");
        assert_eq!([credits("1000.00"), credits("231.17")], ["1,000", "231.17"]);
    }

    #[test]
    fn days_and_months_are_written_out() {
        assert_eq!(date("2026-10-01"), "1 October 2026");
        assert_eq!(moment("2026-10-31T23:59:59Z"), "31 October 2026, 23:59 UTC");
        assert_eq!(month("2026-10"), "October 2026");
        assert_eq!(date("someday"), "someday", "what is no date stays as it is");
    }
}
