//! Exact integer arithmetic: the only place where amounts are divided.
//!
//! Amounts come in with at most 12 digits before the point and 12 behind (`scenario.md`, "Common"),
//! so a single amount is below 10^24 in the finest unit used here and a sum of every event a file
//! can hold stays far below the 1.7 × 10^38 of an `i128`. Saturating operations are therefore never
//! reached; they are used because they cannot panic.

use std::fmt;

/// `numerator / denominator`, rounded once, half away from zero (rules.md, preamble).
///
/// `denominator` is positive at every call: a constant, a number of days or a number of seconds.
pub fn divide_half_away(numerator: i128, denominator: i128) -> i128 {
    debug_assert!(denominator > 0, "a share is taken of something");
    // The common case fits 64 bits, where a division is several times cheaper.
    let (quotient, remainder) = match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(small), Ok(divisor)) => (
            i128::from(small.checked_div(divisor).unwrap_or(0)),
            i128::from(small.checked_rem(divisor).unwrap_or(0)),
        ),
        _ => {
            (numerator.checked_div(denominator).unwrap_or(0), numerator.checked_rem(denominator).unwrap_or(0))
        }
    };
    if remainder.saturating_abs().saturating_mul(2) >= denominator {
        quotient.saturating_add(numerator.signum())
    } else {
        quotient
    }
}

/// `value × numerator / denominator`: multiplied first, divided last, rounded once.
pub fn share(value: i128, numerator: i128, denominator: i128) -> i128 {
    divide_half_away(value.saturating_mul(numerator), denominator)
}

/// Parts of a whole in thousandths, rounded down; zero of nothing, never above `u32`. For bars and sentences.
pub fn permille(part: i128, whole: i128) -> u32 {
    let thousandths = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    u32::try_from(thousandths.max(0)).unwrap_or(u32::MAX)
}

/// The same in percent, rounded down.
pub fn percent(part: i128, whole: i128) -> u32 {
    permille(part, whole).checked_div(10).unwrap_or(0)
}

/// A number in whole times `by`, rounded down, and the rest, which is never negative. `by` is positive.
#[inline]
pub fn split(number: i128, by: i128) -> (i128, i128) {
    // Sums of parts rarely carry, and a division of 128 bits is a function of its own.
    if (0..by).contains(&number) {
        return (0, number);
    }
    (number.checked_div_euclid(by).unwrap_or(0), number.checked_rem_euclid(by).unwrap_or(0))
}

/// A quotient, rounded up. `by` is positive.
pub fn rounded_up(number: i128, by: i128) -> i128 {
    let (whole, rest) = split(number, by);
    whole.saturating_add(i128::from(rest > 0))
}

/// What stands before and behind the point of a number without its sign, of which there are `one` to a whole one.
pub(crate) fn around_the_point(number: i128, one: u128) -> (u128, u128) {
    let magnitude = number.unsigned_abs();
    (magnitude.checked_div(one).unwrap_or(0), magnitude.checked_rem(one).unwrap_or(0))
}

/// Writes a whole number of hundredths as a decimal: `667` is `6.67`, `-2000` is `-20.00`.
pub fn write_hundredths(hundredths: i128, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (whole, part) = around_the_point(hundredths, 100);
    let text = format!("{}{whole}.{part:02}", if hundredths < 0 { "-" } else { "" });
    out.pad(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_half_away_from_zero() {
        let cases: &[(i128, i128, i128)] = &[
            (5, 10, 1),
            (-5, 10, -1),
            (4, 10, 0),
            (-4, 10, 0),
            (15, 10, 2),
            (25, 10, 3),
            (-25, 10, -3),
            (0, 7, 0),
            (20_000 * 10, 30, 6667),
            // Beyond 64 bits the wide path gives the same answer.
            (i128::from(i64::MAX) * 10 + 5, 10, i128::from(i64::MAX) + 1),
        ];
        for &(numerator, denominator, expected) in cases {
            assert_eq!(divide_half_away(numerator, denominator), expected, "{numerator} / {denominator}");
        }
    }

    #[test]
    fn what_is_split_is_never_less_than_nothing_over() {
        assert_eq!(
            [7, -7, 10, 4, 5, 0, -1].map(|number| split(number, 5)),
            [(1, 2), (-2, 3), (2, 0), (0, 4), (1, 0), (0, 0), (-1, 4)]
        );
        assert_eq!([7, -7, 10, 0].map(|number| rounded_up(number, 5)), [2, -1, 2, 0]);
        assert_eq!(around_the_point(-1_234, 100), (12, 34));
    }

    #[test]
    fn a_stored_quotient_would_be_wrong_but_one_division_is_right() {
        // 39.99 × 25/30 is 33.325 exactly, which rounds up to 33.33.
        assert_eq!(share(3999, 25, 30), 3333);
    }
}
