//! What a row costs, as Kilo and spreadsheets write it.

use crate::files::written::{self, Commas, plain};
use crate::wire::number;
use headroom_exact::{Balance, Saying, say};

/// `12.345678`, `$0.123456`, `-$1,234.50` or `4,25 $`, to a millionth.
pub(super) fn dollars(text: &[u8], commas: &Commas) -> Result<Balance, Saying> {
    let plain = text.strip_prefix(b"$").unwrap_or(text);
    if let Some(millionths) = plain::amount(plain, 6) {
        commas.saw_point(plain);
        return Ok(Balance::of_millionths(millionths.into()));
    }
    dollars_in_any_form(text, commas)
}

/// The same without a form that is looked for first.
pub(super) fn dollars_in_any_form(text: &[u8], commas: &Commas) -> Result<Balance, Saying> {
    let text = String::from_utf8_lossy(text);
    let otherwise = || say!("not-dollars", field = "Cost", text = &*text);
    let (is_negative, amount) = unsigned(&text).ok_or_else(otherwise)?;
    let read = written::amount(amount, commas);
    let exact = read.map_err(|error| error.of("Cost", &text, otherwise))?;
    number::dollars(if is_negative { -exact } else { exact }).ok_or_else(otherwise)
}

/// An amount without its sign and its currency, and whether it is below zero: `-$0.50`, `$-0.50`, `($0.50)` and `−0,50 $` are
/// one. None where there are two signs.
fn unsigned(text: &str) -> Option<(bool, &str)> {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    const CURRENCIES: [&str; 3] = ["US$", "USD", "$"];
    let without =
        |text: &str| CURRENCIES.into_iter().find(|currency| text.starts_with(currency)).map(str::len);
    let mut rest = text.trim_matches(BLANKS);
    rest = rest.get(without(rest).unwrap_or(0)..)?.trim_start_matches(BLANKS);
    let in_parentheses = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    rest = in_parentheses.unwrap_or(rest);
    let signed = rest.strip_prefix(['-', '−']);
    rest = signed.unwrap_or(rest).trim_start_matches(BLANKS);
    rest = rest.get(without(rest).unwrap_or(0)..)?;
    for currency in CURRENCIES {
        rest = rest.trim_end_matches(BLANKS).strip_suffix(currency).unwrap_or(rest);
    }
    rest = rest.trim_matches(BLANKS);
    let is_signed = in_parentheses.is_some() || signed.is_some();
    let is_twice = (in_parentheses.is_some() && signed.is_some())
        || rest.starts_with(['-', '−'])
        || (is_signed && rest.starts_with('+'));
    (!is_twice).then_some((is_signed, rest))
}

/// So many digits stand behind the point or comma of what a row costs.
pub(super) fn decimals(text: &[u8]) -> u32 {
    let digits = |text: &[u8]| text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let behind =
        text.iter().rposition(|byte| [b'.', b','].contains(byte)).and_then(|place| text.get(place..));
    behind.map_or(0, |behind| u32::try_from(digits(behind)).unwrap_or(u32::MAX))
}
