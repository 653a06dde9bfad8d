//! What is to be said to people: which sentence, and what stands in its places.
//!
//! A crate names what happened; the words are a language's and stand in one place (`words/*.json` of the app crate, which
//! the window imports too). A saying can stand in another one: a reason, or the name of a field.

use crate::printable::printable;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A sentence by its code, with the values of its places. Make one with [`say!`](crate::say).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Saying {
    code: Cow<'static, str>,
    values: BTreeMap<Cow<'static, str>, Value>,
}

/// What stands in a place, as it crosses to whoever words it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// As it was entered or found, at most about 200 letters of it.
    Text(String),
    /// YYYY-MM-DD.
    Date(String),
    /// YYYY-MM-DD of a day near now, said without its year.
    Day(String),
    /// YYYY-MM.
    Month(String),
    /// RFC 3339 in UTC.
    Moment(String),
    /// A count. A place called `count` chooses between the forms for one and for many.
    Number(u64),
    /// A decimal.
    Credits(String),
    /// A decimal.
    Dollars(String),
    /// Its two letters.
    Country(String),
    /// Several, in order.
    List(Vec<Value>),
    /// Another saying.
    Saying(Saying),
}

/// A saying: its code, then its places as `name = value`, or the name alone of a variable called so.
///
/// ```
/// # use headroom_exact::say;
/// let plan = "gold";
/// assert_eq!(say!("no-such-plan", plan, known = vec!["free", "pro"]).to_string(), "no-such-plan(known: [free, pro], plan: gold)");
/// ```
#[macro_export]
macro_rules! say {
    ($code:literal $(, $place:ident $(= $value:expr)?)* $(,)?) => {
        $crate::Saying::new($code)$(.with(stringify!($place), $crate::say!(@value $place $(, $value)?)))*
    };
    (@value $place:ident) => { $place };
    (@value $place:ident, $value:expr) => { $value };
}

/// Makes errors that convert into a [`Saying`] errors of Rust's too: in logs each is its code and values.
#[macro_export]
macro_rules! says {
    ($($error:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::Saying::from(self), out)
            }
        }

        impl std::error::Error for $error {}

        impl From<$error> for $crate::Saying {
            fn from(error: $error) -> Self {
                Self::from(&error)
            }
        }
    )+};
}

impl Saying {
    /// A sentence without anything in its places yet.
    pub const fn new(code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), values: BTreeMap::new() }
    }

    /// What is wrong somewhere: at a field, in a line, in an event.
    pub fn at(place: impl Into<Value>, reason: Self) -> Self {
        say!("at-place", place, reason)
    }

    /// With this in a place.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(Cow::Borrowed(place), value.into());
        self
    }

    /// Which sentence.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What stands in its places, by their names.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(place, value)| (place.as_ref(), value))
    }
}

/// For logs: nobody's language.
impl fmt::Display for Saying {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let ("at-place", Some(place), Some(reason)) =
            (self.code(), self.values.get("place"), self.values.get("reason"))
        {
            return write!(out, "{place}: {reason}");
        }
        out.write_str(&self.code)?;
        let mut before = "(";
        for (place, value) in self.values() {
            write!(out, "{before}{place}: {value}")?;
            before = ", ";
        }
        if self.values.is_empty() { Ok(()) } else { out.write_str(")") }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text)
            | Self::Date(text)
            | Self::Day(text)
            | Self::Month(text)
            | Self::Moment(text)
            | Self::Credits(text)
            | Self::Dollars(text)
            | Self::Country(text) => out.write_str(text),
            Self::Number(number) => number.fmt(out),
            Self::Saying(saying) => saying.fmt(out),
            Self::List(values) => {
                out.write_str("[")?;
                for (index, value) in values.iter().enumerate() {
                    write!(out, "{}{value}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str("]")
            }
        }
    }
}

/// The most bytes of a text that are said: a field of a file may be long.
const LONGEST: usize = 200;

/// A text as it may be shown, without its middle where that is long.
fn shortened(text: &str) -> String {
    let text = &*printable(text);
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let half = LONGEST.div_euclid(2);
    let (begin, end) =
        (text.floor_char_boundary(half), text.ceil_char_boundary(text.len().saturating_sub(half)));
    format!("{}…{}", text.get(..begin).unwrap_or_default(), text.get(end..).unwrap_or_default())
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(shortened(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// A path is said whole: it is what somebody has to find.
impl From<&Path> for Value {
    fn from(path: &Path) -> Self {
        Self::Text(printable(&path.display().to_string()).into_owned())
    }
}

impl From<&PathBuf> for Value {
    fn from(path: &PathBuf) -> Self {
        Self::from(path.as_path())
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date.to_string())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<Saying> for Value {
    fn from(saying: Saying) -> Self {
        Self::Saying(saying)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

/// Why the system did not do something; its own words are in its language, and for those who know systems.
impl From<&io::Error> for Saying {
    fn from(error: &io::Error) -> Self {
        let is = |kinds: &[ErrorKind]| kinds.contains(&error.kind());
        if is(&[ErrorKind::NotFound, ErrorKind::NotADirectory]) {
            say!("nothing-there")
        } else if is(&[ErrorKind::PermissionDenied]) {
            say!("not-allowed")
        } else if is(&[ErrorKind::ReadOnlyFilesystem]) {
            say!("read-only")
        } else if is(&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded]) {
            say!("disk-full")
        } else if is(&[ErrorKind::IsADirectory]) {
            say!("is-a-folder")
        } else {
            say!("system-failed")
        }
    }
}

impl From<io::Error> for Saying {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saying_is_its_code_and_values_in_logs() {
        let field = say!("plan");
        let text = "gold";
        let saying = say!("no-such-plan", field, text, known = vec!["free", "pro"], count = 2_u64);
        assert_eq!(
            saying.to_string(),
            "no-such-plan(count: 2, field: plan, known: [free, pro], text: gold)",
            "by the names of the places"
        );
        assert_eq!(say!("plan").to_string(), "plan");
        let wrong = Saying::at(say!("line-at", number = "3"), Saying::at("plan", say!("is-missing")));
        assert_eq!(wrong.to_string(), "line-at(number: 3): plan: is-missing", "a place stands before");
    }

    #[test]
    fn a_long_text_loses_its_middle_and_a_path_does_not() {
        let long = "ä".repeat(500);
        let Value::Text(said) = Value::from(&long) else { panic!("a text") };
        assert!(said.len() <= LONGEST + "…".len() && said.contains('…'), "{said}");
        assert_eq!(Value::from(Path::new(&long)), Value::Text(long));
    }
}
