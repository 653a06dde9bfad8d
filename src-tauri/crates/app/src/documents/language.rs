//! Sayings and values as the reader chose, in their language and with their numbers: the system's own dialogs, and what
//! leaves Headroom as a page or a table. What a line, a note or a difference is called is in the files beside this one.

use super::numbers::Numbers;
use super::phrases::{Counted, Phrase, Phrases, english, english_as_written, german, german_as_written};
use crate::answers;
use crate::machine::process;
use chrono::{Datelike, NaiveDate};
use headroom_exact::saying::Value;
use headroom_exact::{Country, Saying};

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
pub enum Language {
    /// `en`.
    English,
    /// `de`.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// By its tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The one that was chosen, by its tag or a locale's; the machine's where none was. English where there are no words in it.
    pub fn chosen(tag: Option<&str>) -> Self {
        let wished = tag.map_or_else(process::language, |tag| Some(tag.to_owned()));
        // `de`, `de-CH`, or as the system writes it, `de_CH.UTF-8`.
        let base = wished.as_deref().and_then(|tag| tag.split(['-', '_', '.', '@']).next());
        Self::ALL.into_iter().find(|language| base == Some(language.tag())).unwrap_or(Self::English)
    }

    /// What is said in it, for the window.
    pub(crate) fn phrases(self) -> answers::Phrases {
        match self {
            Self::English => english_as_written(),
            Self::German => german_as_written(),
        }
    }

    /// Who reads it, with numbers as the language writes them.
    pub const fn reader(self) -> Reader {
        let numbers = match self {
            Self::English => Numbers::American,
            Self::German => Numbers::German,
        };
        Reader { language: self, numbers }
    }
}

/// Who reads something: in which language, and with numbers written how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reader {
    /// The language.
    pub language: Language,
    /// How numbers are written.
    pub numbers: Numbers,
}

impl Reader {
    pub(super) fn phrases(self) -> &'static Phrases {
        match self.language {
            Language::English => english(),
            Language::German => german(),
        }
    }

    /// What is to be said.
    pub fn say(self, saying: &Saying) -> String {
        filled(saying, |count| self.phrases().saying.of(saying.code(), count), &|value| self.written(value))
    }

    /// "1 October 2026" or "1. Oktober 2026", from a date or a moment as they are sent.
    pub(super) fn date(self, text: &str) -> String {
        self.dated(text).map_or_else(|| text.to_owned(), |(day, year)| format!("{day} {year}"))
    }

    /// "1 October" or "1. Oktober", from a date.
    pub(super) fn day(self, text: &str) -> String {
        self.dated(text).map_or_else(|| text.to_owned(), |(day, _)| day)
    }

    /// A day without its year, and the year.
    fn dated(self, text: &str) -> Option<(String, i32)> {
        let date: NaiveDate = text.get(..10)?.parse().ok()?;
        let day = match self.language {
            Language::English => date.format("%-d %B").to_string(),
            Language::German => format!("{}. {}", date.day(), german_month(date)),
        };
        Some((day, date.year()))
    }

    /// "1 October 2026, 00:00 UTC", from a moment.
    pub(super) fn moment(self, text: &str) -> String {
        self.moment_in(text, "UTC")
    }

    /// The same of a moment as clocks in `zone` show it.
    pub(super) fn moment_in(self, text: &str, zone: &str) -> String {
        let hour = text.get(11..16).unwrap_or_default();
        format!("{}, {hour} {zone}", self.date(text))
    }

    /// "October 2026", from "2026-10" or a date in it.
    pub(super) fn month(self, text: &str) -> String {
        let first = text.get(..7).and_then(|month| format!("{month}-01").parse::<NaiveDate>().ok());
        first.map_or_else(
            || text.to_owned(),
            |first| match self.language {
                Language::English => first.format("%B %Y").to_string(),
                Language::German => format!("{} {}", german_month(first), first.year()),
            },
        )
    }

    /// Groups of digits apart, a minus sign instead of a hyphen: "−1,234.50" or "−1.234,50".
    pub(super) fn number(self, amount: &str) -> String {
        self.numbers.number(amount)
    }

    /// "−$1,234.50" or "−1.234,50 $".
    pub(super) fn dollars(self, amount: &str) -> String {
        self.numbers.dollars(amount)
    }

    /// A number of credits: "1,000" where it is whole, else "231.17".
    pub(super) fn credits(self, amount: &str) -> String {
        self.number(amount.strip_suffix(".00").unwrap_or(amount))
    }

    /// "3 rows".
    pub(super) fn counted(self, words: &Counted, count: u32) -> String {
        words.of(count.into()).with(&[("count", &self.number(&count.to_string()))])
    }

    /// A value as it is written for them.
    pub(super) fn written(self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Date(text) => self.date(text),
            Value::Day(text) => self.day(text),
            Value::Month(text) => self.month(text),
            Value::Moment(text) => self.moment(text),
            Value::Number(number) => self.number(&number.to_string()),
            Value::Credits(amount) => self.credits(amount),
            Value::Dollars(amount) => self.dollars(amount),
            Value::Country(code) => {
                code.parse::<Country>().map_or_else(|_| code.clone(), |country| country.name().to_owned())
            }
            Value::List(values) => {
                values.iter().map(|value| self.written(value)).collect::<Vec<_>>().join(", ")
            }
            Value::Saying(saying) => self.say(saying),
        }
    }
}

/// A saying's sentence with its values as they are written. Of a code without a sentence, which only another version can
/// have kept, it is the code with its values.
pub(super) fn filled<'p>(
    saying: &Saying,
    sentence: impl Fn(Option<u64>) -> Option<&'p Phrase>,
    written: &dyn Fn(&Value) -> String,
) -> String {
    let count = saying.values().find_map(|(place, value)| {
        if let Value::Number(count) = value { (place == "count").then_some(*count) } else { None }
    });
    let Some(sentence) = sentence(count) else { return saying.to_string() };
    let values: Vec<_> = saying.values().map(|(place, value)| (place, written(value))).collect();
    let values: Vec<_> = values.iter().map(|(place, value)| (*place, value.as_str())).collect();
    sentence.with(&values)
}

fn german_month(of: NaiveDate) -> &'static str {
    usize::try_from(of.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::say;

    #[test]
    fn amounts_and_days_are_written_as_each_language_writes_them() {
        let dollars = |amount: &str| Value::Dollars(amount.to_owned());
        for (value, english, german) in [
            (dollars("0.00"), "$0.00", "0,00\u{a0}$"),
            (dollars("999.99"), "$999.99", "999,99\u{a0}$"),
            (dollars("1234.50"), "$1,234.50", "1.234,50\u{a0}$"),
            (dollars("-0.04"), "−$0.04", "−0,04\u{a0}$"),
            (dollars("90071992547409.93"), "$90,071,992,547,409.93", "90.071.992.547.409,93\u{a0}$"),
            (Value::Number(12_345), "12,345", "12.345"),
            (Value::Credits("1000.00".to_owned()), "1,000", "1.000"),
            (Value::Credits("12.50".to_owned()), "12.50", "12,50"),
            (Value::Date("2026-03-01".to_owned()), "1 March 2026", "1. März 2026"),
            (Value::Date("someday".to_owned()), "someday", "someday"),
            (Value::Day("2026-03-01".to_owned()), "1 March", "1. März"),
            (Value::Month("2026-12".to_owned()), "December 2026", "Dezember 2026"),
            (
                Value::Moment("2026-05-09T10:20:00Z".to_owned()),
                "9 May 2026, 10:20 UTC",
                "9. Mai 2026, 10:20 UTC",
            ),
        ] {
            assert_eq!(Language::English.reader().written(&value), english);
            assert_eq!(Language::German.reader().written(&value), german);
        }
    }

    #[test]
    fn the_chosen_language_is_spoken() {
        assert_eq!(Language::chosen(Some("de-CH")), Language::German);
        assert_eq!(Language::chosen(Some("en")), Language::English);
        assert_eq!(Language::German.reader().say(&say!("cancel")), "Abbrechen");
        assert_eq!(Language::English.reader().say(&say!("cancel")), "Cancel");
        for language in Language::ALL {
            assert_eq!(Language::chosen(Some(language.tag())), language);
        }
    }
}
