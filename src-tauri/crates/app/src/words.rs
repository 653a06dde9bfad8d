//! Charges in English words, for what leaves Headroom as a page or a table. The window has its own, in its
//! languages.

use crate::views::{ChargeNote, LineView, PlanRefusal, QuotedCharge, QuotedOf};
use chrono::NaiveDate;
use headroom_billing::LineKind;

/// "1 October 2026", from a date or a moment as they are sent.
pub fn date(text: &str) -> String {
    let date = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    date.map_or_else(|| text.to_owned(), |date| date.format("%-d %B %Y").to_string())
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

/// Why a change is refused.
pub fn plan_refusal(refusal: &PlanRefusal) -> String {
    match refusal {
        PlanRefusal::AlreadyOnPlan { plan } => format!("The account is on {plan} already."),
        PlanRefusal::CountryNotSupported { name, .. } => format!("Kiro's paid plans are not sold in {name}."),
        PlanRefusal::NoOverage => "Overage exists on paid plans only.".to_owned(),
        PlanRefusal::Other => "The rules don't allow this change now.".to_owned(),
    }
}

/// What a line is for.
pub fn line_title(line: &LineView) -> String {
    let plan = line.plan.as_deref().unwrap_or("Subscription");
    match line.kind {
        LineKind::Subscription => plan.to_owned(),
        LineKind::Discount => format!("Less {plan}, already paid"),
        LineKind::Refund => format!("{plan}, given back"),
        LineKind::Overage => format!("Overage on {plan}"),
        LineKind::Seats => "Seats".to_owned(),
        LineKind::Credits => "Credits".to_owned(),
        LineKind::Fee => "Fee on credits".to_owned(),
    }
}

/// How its amount comes about: quantity and price, days, the time it is for, whose it is.
pub fn line_detail(line: &LineView) -> String {
    let mut parts = Vec::new();
    if let Some(user) = &line.user {
        parts.push(user.clone());
    }
    if let (Some(quantity), Some(price)) = (&line.quantity, &line.unit_price) {
        let unit = if line.kind == LineKind::Seats { "seats" } else { "credits" };
        parts.push(format!("{} {unit} at {}", grouped(quantity), dollars(price)));
    }
    if let (Some(days), Some(of)) = (line.days, line.days_of) {
        let price = line.full_price.as_ref().map(|price| format!(" of {}", dollars(price)));
        parts.push(format!("{days} of {of} days{}", price.unwrap_or_default()));
    }
    if let Some(period) = &line.period {
        parts.push(format!("{} up to {}", date(&period.start), date(&period.end)));
    } else if let Some(at) = &line.charged_at {
        parts.push(date(at));
    }
    parts.join(", ")
}

/// What a vendor said, beside what is computed.
pub fn quoted(quoted: &QuotedCharge) -> String {
    let by_rules = quoted.computed.as_deref().map_or_else(
        || "there is nothing to compute it from".to_owned(),
        |computed| format!("by the rules it is {}", dollars(computed)),
    );
    let amount = dollars(&quoted.quoted);
    let of = month(&quoted.month);
    match quoted.of {
        QuotedOf::Overage => {
            let at = quoted.at.as_deref().map(|at| format!(" ({})", moment(at))).unwrap_or_default();
            format!("Kiro last said {amount} of overage for {of}{at}; {by_rules}.")
        }
        QuotedOf::Bill => format!("AWS billed {amount} for {of}, before tax; {by_rules}."),
    }
}

/// What is to be known about a period's figures.
pub fn note(note: &ChargeNote) -> String {
    match note {
        ChargeNote::UsageUnknown { month: of } => format!(
            "Nothing is known of the usage in {}, and overage was on: what it charged is not in these figures.",
            month(of)
        ),
        ChargeNote::Unmetered { tasks, month: of } => {
            format!("{tasks} tasks of {} are of unknown cost: its overage may be higher.", month(of))
        }
        ChargeNote::ReportsCover { first, last } => format!(
            "The activity reports cover {} to {}: what lies outside is not in these figures.",
            date(first),
            date(last)
        ),
        ChargeNote::NoReports => "There are no activity reports of this month to compute from.".to_owned(),
        ChargeNote::BillUnreadable { month: billed } => {
            format!("The bill of {} can't be read: import it again.", month(billed))
        }
        ChargeNote::SeatsUnknown => {
            "How many seats were paid for in this cycle is not known: nothing was said of them then."
                .to_owned()
        }
        ChargeNote::SeatsChanged { from, to } => format!(
            "Seats went from {from} to {to} in this cycle; what was charged for the change is not in these figures."
        ),
        ChargeNote::PurchasesUnknown => {
            "Purchases of credits are shown to owners only: they are not in these figures.".to_owned()
        }
        ChargeNote::PurchaseNotOffered { amount } => format!(
            "Credits of {} were bought in a way the price list doesn't have: they are not in these figures.",
            dollars(amount)
        ),
    }
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
    }

    #[test]
    fn days_and_months_are_written_out() {
        assert_eq!(date("2026-10-01"), "1 October 2026");
        assert_eq!(moment("2026-10-31T23:59:59Z"), "31 October 2026, 23:59 UTC");
        assert_eq!(month("2026-10"), "October 2026");
        assert_eq!(date("someday"), "someday", "what is no date stays as it is");
    }
}
