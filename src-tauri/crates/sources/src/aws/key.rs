//! What a row is: of which month, account, region, user and kind.

use super::form::{Cells, LineKind, REFUND};
use crate::files::written;
use crate::kiro::{TIERS, user};
use crate::wire::json::LONGEST_NAME;
use chrono::{Datelike, NaiveDate};
use headroom_exact::{Saying, say};
use std::borrow::Cow;

/// A line's month, account, region, user and kind, and its payer (empty where it isn't told).
pub(super) type Key = (NaiveDate, String, String, String, LineKind, String);

/// How many bytes a key's texts have.
pub(super) fn texts(key: &Key) -> usize {
    let (_, account, region, user, kind, payer) = key;
    [account, region, user, kind.text(), payer].iter().map(|text| text.len()).sum()
}

/// The first day of the month that a text begins with.
pub(super) fn month_of(text: &str) -> Option<NaiveDate> {
    // Or is, as engines divide bills.
    let day = written::day(text).or_else(|| written::day(&format!("{text}-01")).filter(|_| text.len() == 7));
    day?.with_day(1)
}

/// Whether the amount of a line is one of months or credits. The same credits can come under two units; a fee's and a
/// discount's own amount says nothing.
pub(super) fn amount_counts(kind: &LineKind, unit: &str) -> bool {
    match kind {
        LineKind::Subscription(_) => true,
        LineKind::Credits => unit.is_empty() || unit.eq_ignore_ascii_case("credits"),
        LineKind::Discount
        | LineKind::Tax
        | LineKind::Other(_)
        | LineKind::Currency(_)
        | LineKind::Deduction(_) => false,
    }
}

/// Whether a line charges for a tier or for credits: one of those that comes to less than nothing pays back, and is kept as a
/// refund is, lest it count as another month of the tier at a lower price.
pub(super) const fn charges(kind: &LineKind) -> bool {
    match kind {
        LineKind::Subscription(_) | LineKind::Credits => true,
        LineKind::Discount
        | LineKind::Tax
        | LineKind::Other(_)
        | LineKind::Currency(_)
        | LineKind::Deduction(_) => false,
    }
}

/// Whether a line of this type has an amount of dollars alone: nobody counts what is taken off, or a tax.
pub(super) fn counts_nothing(line_type: &str) -> bool {
    let line_type = as_aws_writes(line_type, &LINE_TYPES);
    matches!(line_type, "Tax" | "Credit" | REFUND | "Adjustment") || is_discount(line_type)
}

/// The types of lines that mean something here.
const LINE_TYPES: [&str; 8] = [
    "Tax",
    "Credit",
    REFUND,
    "Adjustment",
    "EdpDiscount",
    "SppDiscount",
    "PrivateRateDiscount",
    "BundledDiscount",
];

/// A name as AWS writes it, where it is one of these: a database or a program in between may have saved it in other letters.
fn as_aws_writes<'t>(text: &'t str, known: &[&'static str]) -> &'t str {
    known.iter().find(|known| known.eq_ignore_ascii_case(text)).copied().unwrap_or(text)
}

/// What the types of all discounts end in.
pub(super) const ENDING: &str = "discount";
/// What charges for credits and for a tier, by its operation.
pub(super) const OF_CREDITS: &str = "credits";
pub(super) const OF_FEES: [&str; 2] = ["monthly-subscription", "number-q-dev-subscriptions"];

fn is_discount(line_type: &str) -> bool {
    let from = line_type.len().checked_sub(ENDING.len());
    from.and_then(|from| line_type.get(from..)).is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// What a row's texts mean; none for what is no charge.
pub(super) fn key(cells: &Cells<'_>, period: &str) -> Result<Option<Key>, Saying> {
    let [_, _, account, resource, usage_type, operation, kind, _, _, currency, _, payer, ..] = cells;
    if operation.eq_ignore_ascii_case("q-developer-snapshot") {
        return Ok(None);
    }
    for (field, text) in [("usage_account_id", *account), ("payer_account_id", *payer)] {
        if is_shortened(text) {
            return Err(say!("account-shortened", field, text));
        }
    }
    let month = month_of(period)
        .ok_or_else(|| say!("not-a-date", field = "billing_period_start_date", text = period))?;
    // Users may be called anything, and are many; these are said of a bill as a whole.
    if [account, usage_type, operation, kind, currency, payer].iter().any(|text| text.len() > LONGEST_NAME) {
        return Err(say!("name-too-long", most = LONGEST_NAME));
    }
    let (region, tier) = usage_type.split_once('-').unwrap_or(("", usage_type));
    let tier = tier.rsplit('-').next().unwrap_or_default();
    let is_a_fee = OF_FEES.iter().any(|fee| operation.eq_ignore_ascii_case(fee));
    let kind = match as_aws_writes(kind, &LINE_TYPES) {
        _ if !currency.is_empty() && !currency.eq_ignore_ascii_case("USD") => {
            LineKind::Currency(currency.to_ascii_uppercase())
        }
        "Tax" => LineKind::Tax,
        kind @ ("Credit" | REFUND | "Adjustment") => LineKind::Deduction(hyphenated(kind)),
        kind if is_discount(kind) => LineKind::Deduction(hyphenated(kind)),
        _ if operation.eq_ignore_ascii_case(OF_CREDITS) => LineKind::Credits,
        _ if is_a_fee => LineKind::Subscription(hyphenated(as_aws_writes(tier, &TIERS))),
        _ => LineKind::Other((*operation).to_owned()),
    };
    let user = user::key(resource).into_owned();
    let [account, payer] = [account, payer].map(|text| self::account(text).into_owned());
    Ok(Some((month, account, region.to_owned(), user, kind, payer)))
}

/// An account's number as AWS writes it, with twelve digits: a spreadsheet takes it for an amount and leaves out the zeros
/// that it begins with, another program gives it decimals, an apostrophe before it says that it is no amount, and AWS's console
/// shows it as `1111-2222-3333`.
pub fn account(text: &str) -> Cow<'_, str> {
    const FEWEST: usize = 9;
    let bare = text.trim_start_matches(['\'', '’']);
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    let groups = bare.split('-').map(str::len);
    if groups.eq([4, 4, 4]) && bare.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) {
        return Cow::Owned(bare.replace('-', ""));
    }
    let is_number = bare.bytes().all(|byte| byte.is_ascii_digit());
    match bare.len() {
        12 if is_number => Cow::Borrowed(bare),
        length if is_number && (FEWEST..12).contains(&length) => Cow::Owned(format!("{bare:0>12}")),
        _ => Cow::Borrowed(text),
    }
}

/// Whether an account's number was saved as a spreadsheet shows it, `7E+11`: then it is any of many.
fn is_shortened(account: &str) -> bool {
    let parts = account.split_once(['E', 'e']);
    let parts = parts.map(|(number, rest)| (number, rest.strip_prefix('+').unwrap_or(rest)));
    let is_number = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    };
    parts.is_some_and(|(number, exponent)| is_number(number) && is_number(exponent))
}

/// `ProPlus` as price lists have it: `pro-plus`.
fn hyphenated(tier: &str) -> String {
    let mut name = String::new();
    for letter in tier.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name.replace(['_', ' '], "")
}
