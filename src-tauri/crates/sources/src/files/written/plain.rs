//! The forms that nearly all numbers and days have, read from their bytes alone. What isn't of such a form, or wouldn't fit, is
//! left to the reading that knows every form (`written`), which would say the same of these.

use chrono::NaiveDate;
use headroom_exact::division;

/// Digits, with a point between them or not, in units of so many decimals: rounded half away from zero.
pub(crate) fn amount(text: &[u8], decimals: u32) -> Option<u64> {
    let mut number: u64 = 0;
    let mut behind: Option<u32> = None;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            number = number.checked_mul(10)?.checked_add(u64::from(digit))?;
            behind = behind.map(|count| count.saturating_add(1));
        } else if *byte == b'.' && behind.is_none() && !text.starts_with(b".") {
            behind = Some(0);
        } else {
            return None;
        }
    }
    if text.is_empty() || behind == Some(0) {
        return None;
    }
    let behind = behind.unwrap_or(0);
    if behind <= decimals {
        return number.checked_mul(10_u64.checked_pow(decimals.saturating_sub(behind))?);
    }
    // With more decimals than that the reading of every form has rounded before.
    let unit = 10_u64.checked_pow(behind.saturating_sub(decimals))?;
    u64::try_from(division::divide_half_away(number.into(), unit.into())).ok()
}

/// `2026-11-20`, alone or with a time in UTC: `2026-11-20T09:00:00.000Z`.
pub(super) fn day(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, time @ ..] = text else { return None };
    let is_of_time = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.');
    let is_time = |time: &[u8]| time.iter().all(is_of_time);
    match time {
        [] => {}
        [b'T', time @ .., b'Z'] if is_time(time) => {}
        _ => return None,
    }
    let year = i32::try_from(number(&[*y1, *y2, *y3, *y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// A few digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u32::from(byte.wrapping_sub(b'0')))?;
        Some(number.saturating_mul(10).saturating_add(digit))
    })
}
