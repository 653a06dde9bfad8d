//! A token that a server repeats is struck out of what it says before anybody reads that: as it is, in base64 (alone
//! or within a longer text), in hexadecimal, and each of them also as addresses and JSON escape signs.

use crate::wire::secret::Secret;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// What takes its place: it means nothing in JSON.
const STRUCK: &[u8] = b"***";
/// A shorter text is no token; it may be a part of any word.
const SHORTEST: usize = 8;

/// The ways in which a token can be written down.
pub(crate) struct Struck {
    as_it_is: Vec<Zeroizing<Vec<u8>>>,
    /// Capitals or not.
    hexadecimal: Option<Zeroizing<Vec<u8>>>,
}

impl Struck {
    pub(crate) fn new(token: &Secret) -> Self {
        let token = token.expose().as_bytes();
        if token.len() < SHORTEST {
            return Self { as_it_is: Vec::new(), hexadecimal: None };
        }
        let mut as_it_is = vec![Zeroizing::new(token.to_vec())];
        for before in 0..3 {
            as_it_is.push(middle(token, before, &STANDARD_NO_PAD));
            as_it_is.push(middle(token, before, &URL_SAFE_NO_PAD));
        }
        let hexadecimal = token.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
        Self { as_it_is, hexadecimal: Some(Zeroizing::new(hexadecimal)) }
    }

    /// The same text without it.
    pub(crate) fn out_of(&self, text: Vec<u8>) -> Vec<u8> {
        let mut kept: Option<Vec<u8>> = None;
        let mut copied = 0;
        let mut at = 0;
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let Some(length) = self.length_at(rest) else {
                at = at.saturating_add(1);
                continue;
            };
            let kept = kept.get_or_insert_with(Vec::new);
            kept.extend_from_slice(text.get(copied..at).unwrap_or_default());
            kept.extend_from_slice(STRUCK);
            at = at.saturating_add(length);
            copied = at;
        }
        match kept {
            None => text,
            Some(mut kept) => {
                kept.extend_from_slice(text.get(copied..).unwrap_or_default());
                kept
            }
        }
    }

    /// How long a text begins with the token in any way; none if it doesn't.
    fn length_at(&self, text: &[u8]) -> Option<usize> {
        let as_it_is = self.as_it_is.iter().find_map(|form| length(text, form, u8::eq));
        as_it_is.or_else(|| length(text, self.hexadecimal.as_ref()?, u8::eq_ignore_ascii_case))
    }
}

/// A token in base64 with so many bytes before it: the signs that depend on the token alone.
fn middle(token: &[u8], before: usize, engine: &impl base64::Engine) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0; before]);
    bytes.extend_from_slice(token);
    let text = Zeroizing::new(engine.encode(&*bytes).into_bytes());
    // A sign has six bits: the first ones share bits with what is before, the last one with what follows.
    let first = before.saturating_mul(8).div_ceil(6);
    let end = bytes.len().saturating_mul(8).checked_div(6).unwrap_or(0);
    Zeroizing::new(text.get(first..end).unwrap_or_default().to_vec())
}

/// How long a text begins with `wanted`, whose signs may be written as in addresses (`%2F`) or JSON (`\/`, `\u002f`).
fn length(text: &[u8], wanted: &[u8], same: fn(&u8, &u8) -> bool) -> Option<usize> {
    let mut at = 0_usize;
    for sign in wanted {
        let (found, length) = sign_at(text.get(at..)?)?;
        if !same(&found, sign) {
            // A sign may also stand for itself where it could begin another.
            let itself = text.get(at)?;
            if !same(itself, sign) {
                return None;
            }
            at = at.checked_add(1)?;
            continue;
        }
        at = at.checked_add(length)?;
    }
    (!wanted.is_empty()).then_some(at)
}

/// The sign that a text begins with, and how long that is.
fn sign_at(text: &[u8]) -> Option<(u8, usize)> {
    let number = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        u8::try_from(u32::from_str_radix(digits?, 16).ok()?).ok()
    };
    Some(match text {
        [b'%', first, second, ..] => match number(&[*first, *second]) {
            Some(sign) => (sign, 3),
            None => (b'%', 1),
        },
        [b'\\', b'u', digits @ ..] => match digits.get(..4).and_then(number) {
            Some(sign) => (sign, 6),
            None => (b'\\', 1),
        },
        [b'\\', b'/', ..] => (b'/', 2),
        [sign, ..] => (*sign, 1),
        [] => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    const TOKEN: &str = "a+token/of=ada?~100%";

    fn struck(text: &str) -> String {
        let bytes = Struck::new(&Secret::new(TOKEN.to_owned())).out_of(text.as_bytes().to_vec());
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn a_token_is_struck_out_however_it_is_written() {
        assert_eq!(struck(&format!("before {TOKEN}{TOKEN} after")), "before ****** after");
        for text in [
            "a%2Btoken%2fof%3Dada%3F~100%25",
            "a%2Btoken/of=ada?~100%25",
            "a+token\\/of=ada?~100%",
            "\\u0061+token\\u002Fof=ada?~100%",
            "612b746f6b656e2f6f663d6164613f7e31303025",
            "612B746F6B656E2F6F663D6164613F7E31303025",
        ] {
            assert_eq!(struck(&format!("{{\"a\":\"{text}\"}}")), "{\"a\":\"***\"}", "{text}");
        }
    }

    #[test]
    fn of_a_longer_text_in_base64_nothing_is_left_that_tells_the_token() {
        for before in ["", "x", "xy", "Bearer "] {
            let whole = STANDARD.encode(format!("{before}{TOKEN} and more"));
            let left = struck(&whole);
            assert!(left.contains("***") && left.len() < whole.len() - 20, "{whole}: {left}");
        }
    }

    #[test]
    fn what_holds_no_token_stays_as_it_is() {
        for text in ["", "{\"a\":\"\\\\u0061\"}", "a+token/of=ad", "%", "\\u00", "%zz"] {
            assert_eq!(struck(text), text);
        }
        let short = Struck::new(&Secret::new("t".to_owned()));
        assert_eq!(short.out_of(b"title".to_vec()), b"title");
    }
}
