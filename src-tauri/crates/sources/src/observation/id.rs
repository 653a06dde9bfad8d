//! Ids as they are kept while files are read. Most are UUIDs: as numbers a million of them take a third of the room.

use std::fmt;
use uuid::Uuid;

/// An id. It is the same text again that it was made of, letter by letter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// A UUID in small letters, with its hyphens.
    Uuid(Uuid),
    /// Anything else.
    Text(Box<str>),
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
        // It is read in other forms too, which aren't written so again.
        let uuid = Uuid::try_parse(text).ok();
        let uuid = uuid.filter(|uuid| uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text);
        Self(uuid.map_or_else(|| Form::Text(text.into()), Form::Uuid))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Uuid(uuid) => fmt::Display::fmt(uuid, out),
            Form::Text(text) => out.write_str(text),
        }
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
