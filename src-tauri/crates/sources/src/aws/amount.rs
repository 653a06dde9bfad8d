//! Amounts as bills write them, and as spreadsheets and engines leave them.

use crate::files::written::{self, Commas, NoNumber};
use crate::wire::number;
use rust_decimal::{Decimal, RoundingStrategy};
use std::borrow::Cow;

/// So many decimals are kept of an amount. Beyond them stands what binary numbers leave that an engine summed.
const DECIMALS: u32 = 27;

/// An amount: with the sign of dollars or without, below zero where it stands in parentheses, as bookkeepers write it.
pub(super) fn amount(text: &str, commas: &Commas) -> Result<Decimal, NoNumber> {
    let text = text.trim();
    if let Some(plain) = number::exact(text).or_else(|| tiny(text)) {
        commas.saw_point(text.as_bytes());
        return Ok(kept(plain));
    }
    let within = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let (text, is_taken_off) = within.map_or((text, false), |text| (text.trim(), true));
    let bare = if text.contains('$') {
        Cow::Owned(text.replacen('$', "", 1).replace([' ', '\u{a0}'], ""))
    } else {
        Cow::Borrowed(text)
    };
    if is_taken_off && bare.starts_with(['-', '−', '+']) {
        return Err(NoNumber::Else);
    }
    let amount = written::amount(&bare, commas).map(kept)?;
    Ok(if is_taken_off { Decimal::ZERO.saturating_sub(amount) } else { amount })
}

/// A number with more decimals than are told exactly, as an engine writes what is hardly anything: `3.12345678901234564e-12`.
fn tiny(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let places: usize =
        exponent.strip_prefix('-')?.parse().ok().filter(|places| (1..=400).contains(places))?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 1 || !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    let zeros = "0".repeat(places.checked_sub(1)?);
    format!("{sign}0.{zeros}{whole}{decimals}").parse().ok()
}

fn kept(amount: Decimal) -> Decimal {
    if amount.scale() <= DECIMALS {
        return amount;
    }
    amount.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::written::Comma;

    /// Found in November 2026: what a spreadsheet shows of a credit, `(20.00)`, and of a fee, `$20.00`, was no number.
    #[test]
    fn amounts_are_read_as_bookkeepers_write_them() {
        let read = |text: &str| {
            let read = amount(text, &Commas::from(Comma::Thousands));
            read.map_or_else(|_| "none".to_owned(), |amount| amount.normalize().to_string())
        };
        for (text, expected) in [
            ("20.00", "20"),
            ("$20.00", "20"),
            ("$1,234.50", "1234.5"),
            ("-$20.00", "-20"),
            ("$ 20.00", "20"),
            ("(20.00)", "-20"),
            ("($1,234.50)", "-1234.5"),
            ("$(20.00)", "none"),
            ("(-20.00)", "none"),
            ("()", "none"),
            ("$", "none"),
            ("$$5", "none"),
            ("3.12345678901234564e-12", "0.000000000003123456789012346"),
            ("-3.12345678901234564e-12", "-0.000000000003123456789012346"),
            ("1.2345678901234567e-20", "0.000000000000000000012345679"),
            ("4.9e-324", "0"),
            ("1.5e-x", "none"),
            ("0.0000000000031234567890123456", "0.000000000003123456789012346"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
