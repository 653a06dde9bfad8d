//! What is kept of an answer: what was read of it, field by field, and nothing else that stood in it.
//!
//! An answer is never kept as it came: tokens, addresses and whole conversations stand in some of them. Amounts are
//! integers here too, moments are RFC 3339.

use headroom_exact::{Balance, Credits, Moment, Money, Saying, say, says};
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest text that is kept of an answer.
const LARGEST: usize = 256 * 1024;

/// Why an answer can't be kept: what is the matter with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotKept {
    /// Longer than 256 KiB.
    TooLarge,
    /// An amount beyond every account.
    NoAmount,
}

says!(NotKept);

impl From<&NotKept> for Saying {
    fn from(error: &NotKept) -> Self {
        match error {
            NotKept::TooLarge => say!("more-than-an-account-has"),
            NotKept::NoAmount => say!("amount-beyond-all"),
        }
    }
}

/// What was read of an answer ([`crate::observation`]), as it is kept.
pub fn write(observation: &impl Serialize) -> Result<String, NotKept> {
    let text = serde_json::to_string(observation).map_err(|_| NotKept::NoAmount)?;
    if text.len() > LARGEST { Err(NotKept::TooLarge) } else { Ok(text) }
}

/// What was kept; none where nobody can read it.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// What has a plain form in JSON: amounts are integers, moments texts, and what may be unknown is that or null.
pub(crate) trait Plain: Sized {
    type Form: Serialize + DeserializeOwned;

    /// None for what is too large.
    fn form(&self) -> Option<Self::Form>;

    /// None for what is no such value.
    fn of(form: Self::Form) -> Option<Self>;
}

impl Plain for Credits {
    type Form = i64;

    fn form(&self) -> Option<i64> {
        i64::try_from(self.hundredths()).ok()
    }

    fn of(hundredths: i64) -> Option<Self> {
        Some(Self::from_hundredths(hundredths.into()))
    }
}

impl Plain for Money {
    type Form = i64;

    fn form(&self) -> Option<i64> {
        i64::try_from(self.hundredths()).ok()
    }

    fn of(hundredths: i64) -> Option<Self> {
        Some(Self::from_hundredths(hundredths.into()))
    }
}

impl Plain for Balance {
    type Form = i64;

    fn form(&self) -> Option<i64> {
        i64::try_from(self.rounded_millionths()).ok()
    }

    fn of(millionths: i64) -> Option<Self> {
        Some(Self::of_millionths(millionths.into()))
    }
}

impl Plain for Moment {
    type Form = String;

    /// To the nanosecond: a moment's own text ends at the second.
    fn form(&self) -> Option<String> {
        let text = self.to_string();
        Some(match self.nanoseconds() {
            0 => text,
            nanoseconds => format!("{}.{nanoseconds:09}Z", text.trim_end_matches('Z')),
        })
    }

    fn of(text: String) -> Option<Self> {
        text.parse().ok()
    }
}

impl<T: Plain> Plain for Option<T> {
    type Form = Option<T::Form>;

    fn form(&self) -> Option<Self::Form> {
        self.as_ref().map_or(Some(None), |value| value.form().map(Some))
    }

    fn of(form: Self::Form) -> Option<Self> {
        form.map_or(Some(None), |form| T::of(form).map(Some))
    }
}

/// Writes a value in its plain form: for `#[serde(with)]`.
pub(crate) fn serialize<T: Plain, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    value.form().ok_or_else(|| S::Error::custom("too large"))?.serialize(out)
}

/// Reads a value from its plain form.
pub(crate) fn deserialize<'d, T: Plain, D: Deserializer<'d>>(from: D) -> Result<T, D::Error> {
    T::of(T::Form::deserialize(from)?).ok_or_else(|| D::Error::custom("no such value"))
}

#[cfg(test)]
mod tests;
