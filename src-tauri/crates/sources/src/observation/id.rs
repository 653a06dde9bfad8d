//! Ids as they are kept while files are read. Most are UUIDs: as numbers a million of them take a third of the room.

use std::fmt;

/// An id. It is the same text again that it was made of, letter by letter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// A UUID in small letters.
    Uuid([u8; 16]),
    /// Anything else.
    Text(Box<str>),
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// Where the hyphens stand in a UUID.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

fn uuid(text: &str) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let mut number: u128 = 0;
    for (place, letter) in text.iter().enumerate() {
        if HYPHENS.contains(&place) {
            if *letter != b'-' {
                return None;
            }
            continue;
        }
        let digit = match letter {
            b'0'..=b'9' => letter.wrapping_sub(b'0'),
            b'a'..=b'f' => letter.wrapping_sub(b'a').saturating_add(10),
            _ => return None,
        };
        number = number << 4 | u128::from(digit);
    }
    Some(number.to_be_bytes())
}

impl Id {
    /// What it takes beside its own size, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        match &self.0 {
            Form::Uuid(_) => 0,
            // Whoever gives room gives a little more.
            Form::Text(text) => text.len().saturating_add(16),
        }
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(uuid(text).map_or_else(|| Form::Text(text.into()), Form::Uuid))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uuid = match &self.0 {
            Form::Uuid(uuid) => u128::from_be_bytes(*uuid),
            Form::Text(text) => return out.write_str(text),
        };
        let mut letters = [b'-'; 36];
        let mut number = uuid;
        for (place, letter) in letters.iter_mut().enumerate().rev() {
            if HYPHENS.contains(&place) {
                continue;
            }
            let digit = usize::try_from(number & 15).unwrap_or_default();
            *letter = DIGITS.get(digit).copied().unwrap_or_default();
            number >>= 4;
        }
        out.write_str(std::str::from_utf8(&letters).unwrap_or_default())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), out)
    }
}

/// What the key of a task is made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyForm {
    /// The id of the message that answered.
    Message,
    /// The loop it ran in.
    Loop,
    /// Its session and its place there.
    Turn,
    /// Its conversation and the request.
    Conversation,
    /// The id of its execution.
    Execution,
}

/// What tells a task from every other.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    form: KeyForm,
    id: Id,
}

impl Key {
    /// Of what is unique in a form.
    pub const fn new(form: KeyForm, id: Id) -> Self {
        Self { form, id }
    }

    /// What it takes beside its own size, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.id.bytes()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.form {
            KeyForm::Message => "kiro-cli:message:",
            KeyForm::Loop => "kiro-cli:loop:",
            KeyForm::Turn => "kiro-cli:turn:",
            KeyForm::Conversation => "kiro-cli:conversation:",
            KeyForm::Execution => "kiro-ide:execution:",
        })?;
        fmt::Display::fmt(&self.id, out)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_text_it_was_made_of() {
        for (text, bytes) in [
            ("0d4f9a52-6c1e-4a4b-8a39-5a7d7a0b1c22", 0),
            ("00000000-0000-0000-0000-000000000000", 0),
            ("ffffffff-ffff-ffff-ffff-ffffffffffff", 0),
            ("0D4F9A52-6c1e-4a4b-8a39-5a7d7a0b1c22", 52),
            ("0d4f9a52-6c1e-4a4b-8a39-5a7d7a0b1c2g", 52),
            ("0d4f9a5-26c1e-4a4b-8a39-5a7d7a0b1c22", 52),
            ("0d4f9a526c1e4a4b8a395a7d7a0b1c22", 48),
            ("x0-1", 20),
            ("é-", 19),
            ("", 16),
        ] {
            let id = Id::from(text);
            assert_eq!((id.to_string().as_str(), id.bytes()), (text, bytes));
            assert_eq!(id, Id::from(text));
        }
        assert_ne!(
            Id::from("0d4f9a52-6c1e-4a4b-8a39-5a7d7a0b1c22"),
            Id::from("0D4F9A52-6c1e-4a4b-8a39-5a7d7a0b1c22")
        );
        assert_eq!(size_of::<Id>(), 24);
    }
}
