//! Tokens of other programs. They are read at the moment of use and go to their own host only.

use zeroize::Zeroizing;

/// A text that is never shown, written or logged: it has no Debug, no Display and no Serialize, and its
/// memory is cleared when it goes.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the header it belongs in and for the system's keyring.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
