//! Sayings in the language that the window speaks, for what is said outside of it: the system's own dialogs.

use super::phrases::{Phrases, english, german};
use super::words;
use crate::machine::process::reads_german;
use chrono::{Datelike, NaiveDate};
use headroom_exact::Saying;
use headroom_exact::saying::Value;

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A language that there are words in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    English,
    German,
}

impl Language {
    /// The one that was chosen, by its tag; the machine's where none was.
    pub fn chosen(tag: Option<&str>) -> Self {
        let is_german = tag
            .map_or_else(reads_german, |tag| tag.split('-').next().is_some_and(|language| language == "de"));
        if is_german { Self::German } else { Self::English }
    }

    fn phrases(self) -> &'static Phrases {
        match self {
            Self::English => english(),
            Self::German => german(),
        }
    }

    /// What is to be said.
    pub fn say(self, saying: &Saying) -> String {
        words::say_by(self.phrases(), saying, &|value| self.written(value))
    }

    fn written(self, value: &Value) -> String {
        match self {
            Self::English => words::written(value),
            Self::German => written_in_german(value),
        }
    }
}

/// "1.234,50" from "1,234.50".
fn german_number(english: &str) -> String {
    let swapped = english.chars().map(|letter| match letter {
        ',' => '.',
        '.' => ',',
        other => other,
    });
    swapped.collect()
}

/// "1. Oktober 2026", from a date or a moment as they are sent.
fn german_date(text: &str) -> String {
    let date = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    date.map_or_else(|| text.to_owned(), |date| format!("{}. {}", date.day(), german_month(text)))
}

/// "1. Oktober", from a date.
fn german_day(text: &str) -> String {
    let dated = german_date(text);
    dated.rsplit_once(' ').map_or(dated.clone(), |(day, _)| day.to_owned())
}

/// "Oktober 2026", from "2026-10" or a date in it.
fn german_month(text: &str) -> String {
    let first = text.get(..7).and_then(|month| format!("{month}-01").parse::<NaiveDate>().ok());
    let named = first.and_then(|first| Some((MONTHS.get(usize::try_from(first.month0()).ok()?)?, first)));
    named.map_or_else(|| text.to_owned(), |(month, first)| format!("{month} {}", first.year()))
}

/// A value as German writes it.
fn written_in_german(value: &Value) -> String {
    match value {
        Value::Date(text) => german_date(text),
        Value::Day(text) => german_day(text),
        Value::Month(text) => german_month(text),
        Value::Moment(text) => {
            format!("{}, {} UTC", german_date(text), text.get(11..16).unwrap_or_default())
        }
        Value::Credits(_) | Value::Number(_) => german_number(&words::written(value)),
        Value::Dollars(_) => format!("{}\u{a0}$", german_number(&words::written(value).replace('$', ""))),
        Value::List(values) => values.iter().map(written_in_german).collect::<Vec<_>>().join(", "),
        Value::Saying(saying) => Language::German.say(saying),
        Value::Text(_) | Value::Country(_) => words::written(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::say;

    #[test]
    fn amounts_and_days_are_written_as_each_language_writes_them() {
        let dollars = |amount: &str| Value::Dollars(amount.to_owned());
        for (value, english, german) in [
            (dollars("1234.50"), "$1,234.50", "1.234,50\u{a0}$"),
            (dollars("-0.04"), "−$0.04", "−0,04\u{a0}$"),
            (Value::Credits("1000.00".to_owned()), "1,000", "1.000"),
            (Value::Credits("12.50".to_owned()), "12.50", "12,50"),
            (Value::Date("2026-03-01".to_owned()), "1 March 2026", "1. März 2026"),
            (Value::Day("2026-03-01".to_owned()), "1 March", "1. März"),
            (Value::Month("2026-12".to_owned()), "December 2026", "Dezember 2026"),
            (
                Value::Moment("2026-05-09T10:20:00Z".to_owned()),
                "9 May 2026, 10:20 UTC",
                "9. Mai 2026, 10:20 UTC",
            ),
        ] {
            assert_eq!(Language::English.written(&value), english);
            assert_eq!(Language::German.written(&value), german);
        }
    }

    #[test]
    fn the_chosen_language_is_spoken() {
        assert_eq!(Language::chosen(Some("de-CH")), Language::German);
        assert_eq!(Language::chosen(Some("en")), Language::English);
        assert_eq!(Language::German.say(&say!("cancel")), "Abbrechen");
        assert_eq!(Language::English.say(&say!("cancel")), "Cancel");
    }
}
