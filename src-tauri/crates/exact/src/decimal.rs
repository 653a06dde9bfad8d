//! Decimals as the contract writes them (`scenario.md`, "Decimals").

use crate::{Saying, division, say, says};
use std::fmt;
use std::str::FromStr;

const DIGITS: usize = 12;
/// Ten to the power of [`DIGITS`]: the value of one, in the unit a [`Decimal`] counts.
pub(crate) const ONE: i128 = 1_000_000_000_000;
/// A hundredth in that unit.
const HUNDREDTH: i128 = 10_000_000_000;
/// A millionth in it.
const MILLIONTH: i128 = 1_000_000;

/// A decimal with at most 12 digits before and 12 behind the point, held exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decimal(i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(ONE);

    /// So many percent, as a share; none if it has more digits than a share can hold.
    pub fn percent(self) -> Option<Self> {
        let (share, rest) = division::split(self.0, 100);
        (rest == 0).then_some(Self(share))
    }

    /// A share in percent; none where that is too much to hold.
    pub fn in_percent(self) -> Option<Self> {
        self.0.checked_mul(100).map(Self)
    }

    /// Whether it is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it has no more than two decimals.
    pub fn is_whole_hundredths(self) -> bool {
        division::split(self.0, HUNDREDTH).1 == 0
    }

    /// So many hundredths, as a decimal: of so many that it can't hold them, the most it can.
    pub(crate) const fn of_hundredths(hundredths: i128) -> Self {
        Self(hundredths.saturating_mul(HUNDREDTH))
    }

    /// So many millionths, in the same way.
    pub(crate) const fn of_millionths(millionths: i128) -> Self {
        Self(millionths.saturating_mul(MILLIONTH))
    }

    /// In hundredths, rounded half away from zero.
    pub fn rounded_hundredths(self) -> i128 {
        division::divide_half_away(self.0, HUNDREDTH)
    }

    /// The product in hundredths, rounded once, half away from zero.
    ///
    /// `factor` is a small number from the catalogue (a model's multiplier, below 100), so that the
    /// product of both fits.
    pub fn times_rounded_hundredths(self, factor: Self) -> i128 {
        division::share(self.0, factor.0, ONE.saturating_mul(HUNDREDTH))
    }
}

impl Decimal {
    /// The whole part, and the rest in units of 10^-12. Of one that is not negative.
    pub fn parts(self) -> (i128, i128) {
        division::split(self.0, ONE)
    }
}

/// Why a text is no decimal of the contract's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotADecimal;

impl From<&NotADecimal> for Saying {
    fn from(_: &NotADecimal) -> Self {
        say!("must-be-decimal")
    }
}

says!(NotADecimal);

fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > DIGITS {
        return None;
    }
    let mut value: u64 = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.saturating_mul(10).saturating_add(u64::from(digit));
    }
    Some(value)
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let bytes = text.as_bytes();
        let (negative, bytes) = match bytes.strip_prefix(b"-") {
            Some(rest) => (true, rest),
            None => (false, bytes),
        };
        let (whole, part) = match bytes.iter().position(|byte| *byte == b'.') {
            Some(point) => {
                let (whole, rest) = bytes.split_at(point);
                (whole, rest.get(1..))
            }
            None => (bytes, None),
        };
        let mut value = i128::from(digits(whole).ok_or(NotADecimal)?).saturating_mul(ONE);
        if let Some(part) = part {
            let scale = u32::try_from(DIGITS.saturating_sub(part.len())).unwrap_or(0);
            let fraction = digits(part).ok_or(NotADecimal)?.saturating_mul(10u64.saturating_pow(scale));
            value = value.saturating_add(i128::from(fraction));
        }
        Ok(Self(if negative { value.saturating_neg() } else { value }))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = division::around_the_point(self.0, ONE.unsigned_abs());
        let part = format!("{part:012}");
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(out, "{sign}{whole}{point}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_contracts_form_is_read() {
        for good in ["0", "-1", "007", "999999999999.999999999999", "0.001", "-0"] {
            assert!(good.parse::<Decimal>().is_ok(), "{good} is a decimal");
        }
        for bad in [
            "",
            "-",
            "+1",
            "1.",
            ".5",
            "1e3",
            "NaN",
            " 1",
            "1 ",
            "1,000",
            "1_0",
            "1.2.3",
            "--1",
            "1234567890123",
            "0.1234567890123",
            "٣",
            "0x1",
        ] {
            assert_eq!(bad.parse::<Decimal>(), Err(NotADecimal), "{bad} is none");
        }
    }

    #[test]
    fn a_multiplier_is_applied_before_the_one_rounding() {
        let factor: Decimal = "1.3".parse().unwrap_or(Decimal(0));
        // 0.65 × 1.3 = 0.845, half away from zero is 0.85 (case k4-rating).
        let amount: Decimal = "0.65".parse().unwrap_or(Decimal(0));
        assert_eq!(amount.times_rounded_hundredths(factor), 85);
    }

    #[test]
    fn it_is_written_without_needless_zeros() {
        for (text, written) in [("1.300", "1.3"), ("-0.05", "-0.05"), ("20", "20"), ("-0", "0")] {
            assert_eq!(text.parse::<Decimal>().map(|d| d.to_string()).as_deref(), Ok(written));
        }
    }
}
