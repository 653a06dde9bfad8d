//! When a request was made, as Kilo's programs write it: in milliseconds since 1970.

use crate::wire::number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// 2020-01-01T00:00:00Z: nobody asked Kilo anything before, so that what says so is no moment.
const FIRST: i64 = 1_577_836_800_000;
/// From here on a number counts milliseconds: as seconds it would be in the year 5138.
const MILLISECONDS: i64 = 100_000_000_000;

/// A number that counts milliseconds, or seconds as a copy of the database by another program has them.
pub(super) fn milliseconds(number: &str) -> Option<i64> {
    let whole = number::floor(number)?;
    if whole >= MILLISECONDS {
        return is_one(whole);
    }
    is_one(number::exact(number)?.checked_mul(Decimal::ONE_THOUSAND)?.floor().to_i64()?)
}

/// The same of a whole number.
pub(super) fn of_whole(number: i64) -> Option<i64> {
    is_one(if number >= MILLISECONDS { number } else { number.checked_mul(1000)? })
}

fn is_one(milliseconds: i64) -> Option<i64> {
    Some(milliseconds).filter(|at| *at >= FIRST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_counts_milliseconds_or_seconds_and_is_never_of_1970() {
        for (number, expected) in [
            ("1795219200123", Some(1_795_219_200_123)),
            ("1795219200123.9", Some(1_795_219_200_123)),
            ("1795219200", Some(1_795_219_200_000)),
            ("1795219200.1239", Some(1_795_219_200_123)),
            ("1.7952192e9", Some(1_795_219_200_000)),
            ("1577836800", Some(FIRST)),
            ("1577836799", None),
            ("1577836799999", None),
            ("0", None),
            ("-1795219200", None),
            ("\"1795219200\"", None),
        ] {
            assert_eq!(milliseconds(number), expected, "{number}");
        }
        assert_eq!(of_whole(1_795_219_200), Some(1_795_219_200_000));
        assert_eq!(of_whole(1_795_219_200_123), Some(1_795_219_200_123));
        assert_eq!([0, -1, 86_400, i64::MIN].map(of_whole), [None; 4]);
    }
}
