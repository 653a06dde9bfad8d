//! A catalogue as it is handed on: its text under a line with the signature of whoever issued it (Ed25519).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headroom_exact::{Saying, say, says};
use ring::signature::{ED25519, UnparsedPublicKey};

/// What a signed file begins with. It is signed too, so that a signature for anything else is none for a catalogue.
const FORM: &str = "headroom-catalog 1";

/// By what a catalogue's signature is checked: an Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(pub(super) [u8; 32]);

/// The key that was given when this was built: `HEADROOM_CATALOG_KEY`, 64 hexadecimal digits.
const OF_THIS_BUILD: Option<Key> = match option_env!("HEADROOM_CATALOG_KEY") {
    Some(digits) => Some(Key::from_hexadecimal(digits)),
    None => None,
};

impl Key {
    /// These 32 bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What this build was given; none where it was given none.
    pub const fn of_this_build() -> Option<Self> {
        OF_THIS_BUILD
    }

    /// Reads 64 hexadecimal digits. Used while this is built, where a key that is none ends the build.
    pub(super) const fn from_hexadecimal(digits: &str) -> Self {
        let digits = digits.as_bytes();
        assert!(digits.len() == 64, "HEADROOM_CATALOG_KEY");
        let mut bytes = [0; 32];
        let mut place = 0;
        while place < 32 {
            bytes[place] = value(digits[2 * place]) * 16 + value(digits[2 * place + 1]);
            place += 1;
        }
        Self(bytes)
    }
}

#[expect(clippy::panic, reason = "while this is built, and there it ends the build")]
const fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => panic!("HEADROOM_CATALOG_KEY"),
    }
}

/// Why a file is no signed catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSigned {
    /// It doesn't begin as one.
    NoSignature,
    /// The signature is of something else, or of somebody else.
    WrongSignature,
    /// It is signed, and no text.
    NotText,
}

says!(NotSigned);

impl From<&NotSigned> for Saying {
    fn from(error: &NotSigned) -> Self {
        match error {
            NotSigned::NoSignature => say!("catalog-not-signed"),
            NotSigned::WrongSignature => say!("catalog-wrongly-signed"),
            NotSigned::NotText => say!("not-text"),
        }
    }
}

/// The text of a signed file, once its signature is found to be right.
pub(super) fn text(file: &[u8], key: Key) -> Result<&str, NotSigned> {
    let end = file.iter().position(|byte| *byte == b'\n').ok_or(NotSigned::NoSignature)?;
    let (first, text) = (file.get(..end).unwrap_or_default(), file.get(end + 1..).unwrap_or_default());
    let signature =
        std::str::from_utf8(first).ok().and_then(|line| line.strip_prefix(FORM)?.strip_prefix(' '));
    let signature =
        signature.and_then(|signature| STANDARD.decode(signature).ok()).ok_or(NotSigned::NoSignature)?;
    let signed = message(text);
    let key = UnparsedPublicKey::new(&ED25519, key.0);
    key.verify(&signed, &signature).map_err(|_| NotSigned::WrongSignature)?;
    std::str::from_utf8(text).map_err(|_| NotSigned::NotText)
}

/// What is signed of a catalogue's text.
pub fn message(text: &[u8]) -> Vec<u8> {
    [FORM.as_bytes(), b"\n", text].concat()
}

/// A signed file, from a catalogue's text and the signature of its [`message`].
pub fn file(text: &[u8], signature: &[u8]) -> Vec<u8> {
    [format!("{FORM} {}\n", STANDARD.encode(signature)).as_bytes(), text].concat()
}
