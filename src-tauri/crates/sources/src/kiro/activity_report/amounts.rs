//! Credits as reports write them, and what a report quotes beside them (rule F5).

use crate::files::written::{self, Commas, plain};
use headroom_exact::{Saying, StatedCredits, say};
use rust_decimal::{Decimal, RoundingStrategy};
use std::str;

/// What a report says of a user's overage and limits on a day: quoted, never computed (rule F5). What it doesn't say is
/// none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Quoted {
    /// Whether overage is on for them.
    pub overage_enabled: Option<bool>,
    /// Of the day's credits, beyond the tier.
    pub overage: Option<StatedCredits>,
    /// The most credits of overage in a month.
    pub overage_cap: Option<StatedCredits>,
    /// The most credits that an administrator lets them use.
    pub usage_limit: Option<StatedCredits>,
}

/// The columns of what is quoted, in the order of [`Quoted`]'s fields.
pub(super) const QUOTED_COLUMNS: [&str; QUOTED] =
    ["Overage_Enabled", "Overage_Credits_Used", "Overage_Cap", "Usage_Limit"];
/// How many they are.
pub(super) const QUOTED: usize = 4;

/// A field's text.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Saying> {
    str::from_utf8(bytes).map_err(|_| say!("not-text"))
}

/// What is quoted, of the bytes in its columns.
pub(super) fn quoted(
    [enabled, overage, cap, limit]: [&[u8]; QUOTED],
    commas: &Commas,
) -> Result<Quoted, Saying> {
    let [field, of_overage, of_cap, of_limit] = QUOTED_COLUMNS;
    let enabled = text(enabled)?;
    let switch = written::switch(enabled);
    if switch.is_none() && !enabled.is_empty() {
        return Err(say!("not-a-switch", field, text = enabled));
    }
    Ok(Quoted {
        overage_enabled: switch,
        overage: credits(of_overage, overage, commas)?,
        overage_cap: credits(of_cap, cap, commas)?,
        // Nobody is let in to use nothing.
        usage_limit: credits(of_limit, limit, commas)?.filter(|limit| limit.is_positive()),
    })
}

/// Credits of at most a billion, to the billionth; none where nothing stands there.
pub(super) fn credits(field: &str, bytes: &[u8], commas: &Commas) -> Result<Option<StatedCredits>, Saying> {
    const FEWER: i64 = 1_000_000_000_000_000_000;
    if bytes.is_empty() {
        return Ok(None);
    }
    let billionths = plain::amount(bytes, 9).and_then(|billionths| i64::try_from(billionths).ok());
    match billionths.filter(|billionths| *billionths < FEWER) {
        Some(billionths) => {
            commas.saw_point(bytes);
            Ok(Some(StatedCredits::from_billionths(billionths)))
        }
        None => credits_in_any_form(field, text(bytes)?, commas).map(Some),
    }
}

/// The same without a form that is looked for first.
fn credits_in_any_form(field: &str, text: &str, commas: &Commas) -> Result<StatedCredits, Saying> {
    const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
    let otherwise = || say!("not-credits", field, text);
    let credits = written::amount(text, commas).map_err(|error| error.of(field, text, otherwise))?;
    let billionths = Some(credits)
        .filter(|credits| (!credits.is_sign_negative() || credits.is_zero()) && *credits <= BILLION)
        .and_then(|credits| credits.checked_mul(BILLION))
        .map(|credits| credits.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero));
    let billionths = billionths.and_then(|billionths| i64::try_from(billionths).ok());
    billionths.map(StatedCredits::from_billionths).ok_or_else(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chances::Chances;

    #[test]
    fn credits_are_read_as_in_any_form_whatever_they_are() {
        let mut chances = Chances(3);
        let pieces =
            ["0", "1", "4", "5", "9", "99", "00", "999999999", "1000000000", ".", ".", ".", "-", "e", ","];
        let drawn = (0..20_000).map(|_| chances.text(6, &pieces));
        let given = [
            "1000000000",
            "1000000000.0000000001",
            "999999999.9999999994",
            "999999999.9999999995",
            "1e9",
            "-0",
        ];
        for text in drawn.chain(given.map(str::to_owned)) {
            for commas in [written::Comma::Thousands, written::Comma::Decimals, written::Comma::Unclear]
                .map(Commas::from)
            {
                let expected = credits_in_any_form("Credits_Used", &text, &commas).map(Some);
                assert_eq!(credits("Credits_Used", text.as_bytes(), &commas), expected, "{text}");
            }
        }
    }
}
