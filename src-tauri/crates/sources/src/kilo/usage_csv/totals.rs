//! Rows that hold the sum of others, as spreadsheets put them into what Kilo exports: a day's, a user's of a day, or everything's.
//! Kilo writes none.
//!
//! A row is one that says nowhere whose it is, or is called "Total", and whose numbers are the sum of the others'. One that says
//! nowhere whose it is and isn't their sum is a row like the others. One that is called a total and isn't their sum may hold what
//! was spent by nobody else and may hold it twice: it isn't counted, its day is the least, and it is named.

use crate::files::table_file::column;
use crate::observation::SpendRow;
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::Balance;
use std::collections::HashMap;
use std::str;

/// How sums are called, in English and German.
const WORDS: [&str; 13] = [
    "total",
    "totals",
    "subtotal",
    "sum",
    "grand",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "ergebnis",
    "teilergebnis",
    "zwischensumme",
    "insgesamt",
];
/// Longer than what is called a sum, with a day beside it.
const LONGEST: usize = 40;
/// What tells apart whose a row is: names of people, their addresses, and what else.
const NAMES: [&str; 2] = ["User", "User Name"];
const ADDRESS: [&str; 1] = ["User Email"];
const OTHERS: [&str; 5] = ["Feature", "Model", "Mode", "Provider", "Project"];

/// Where a row says whose it is.
pub(super) struct Labels {
    names: Vec<usize>,
    address: Vec<usize>,
    others: Vec<usize>,
}

/// What a row is by what it says of whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Called {
    /// By a name.
    Something,
    /// By none.
    Nothing,
    /// A total.
    Total,
}

/// What is called a total, without that: whether it is, and what else stands there.
fn total(text: &[u8]) -> Option<String> {
    let text = str::from_utf8(text).ok().filter(|text| text.len() <= LONGEST)?;
    let is_word = |word: &&str| {
        let word = word.trim_matches([':', '(', ')', '*', '-']);
        WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let (words, others): (Vec<_>, Vec<_>) = text.split_whitespace().partition(is_word);
    (!words.is_empty()).then(|| others.join(" "))
}

pub(super) fn is_total(text: &[u8]) -> bool {
    // Most names are told by their first letter.
    let may_be =
        |letter: &u8| WORDS.iter().any(|word| word.as_bytes().first() == Some(&letter.to_ascii_lowercase()));
    text.first().is_some_and(may_be) && total(text).is_some_and(|others| others.is_empty())
}

impl Labels {
    pub(super) fn of(header: &ByteRecord) -> Self {
        let of = |names: &[&str]| names.iter().filter_map(|name| column(header, name)).collect();
        Self { names: of(&NAMES), address: of(&ADDRESS), others: of(&OTHERS) }
    }

    /// How a row is called. Where nothing is told apart none is called anything.
    pub(super) fn called(&self, record: &ByteRecord) -> Called {
        let Self { names, address, others } = self;
        let at = |column: &usize| record.get(*column).unwrap_or_default().trim_ascii();
        let is_total = |columns: &[usize]| columns.iter().map(at).any(is_total);
        let is_named = |columns: &[usize]| columns.iter().map(at).any(|text| !text.is_empty());
        // Who has an address has a name, whatever that is.
        match () {
            () if is_total(others) || is_total(address) => Called::Total,
            () if is_named(address) => Called::Something,
            () if is_total(names) => Called::Total,
            () if is_named(names) || is_named(others) => Called::Something,
            () if names.is_empty() && address.is_empty() && others.is_empty() => Called::Something,
            () => Called::Nothing,
        }
    }

    /// What else stands in the cell of a day that is called a total: that day, or nothing; none where it isn't called so.
    pub(super) fn total_of(text: &[u8]) -> Option<String> {
        // Most are ten letters and nothing else.
        let may_be = text.first().is_some_and(u8::is_ascii_alphabetic) || text.contains(&b' ');
        if may_be { total(text) } else { None }
    }
}

/// A row that may be a total.
pub(super) struct Held {
    /// As it stands there, of the day that it names; of one that names none, of any.
    pub row: SpendRow,
    /// Whether it names its day.
    pub is_dated: bool,
    /// The day of the row before it.
    pub after: Option<NaiveDate>,
    pub is_called: bool,
    /// So many decimals its cost has.
    pub decimals: u32,
    pub line: u64,
}

/// What became of rows that may have been totals.
#[derive(Default)]
pub(super) struct Settled {
    /// Those that are rows like the others.
    pub rows: Vec<SpendRow>,
    /// How many are totals of the others.
    pub totals: u64,
    /// Those of which nobody knows, with the day that lacks them if they aren't.
    pub unknown: Vec<(Option<NaiveDate>, u64)>,
}

/// What rows come to.
#[derive(Clone, Copy)]
struct Sum {
    cost: Balance,
    counts: [Option<u64>; 3],
    rows: i128,
}

impl Sum {
    const NOTHING: Self = Self { cost: Balance::of_millionths(0), counts: [Some(0); 3], rows: 0 };

    fn add(&mut self, row: &SpendRow) {
        for (sum, count) in self.counts.iter_mut().zip(counts(row)) {
            *sum = sum.zip(count).and_then(|(sum, count)| sum.checked_add(count));
        }
        self.cost = row.cost.map_or(self.cost, |cost| self.cost.plus(cost));
        self.rows = self.rows.saturating_add(1);
    }

    /// What it comes to without one of its rows.
    fn without(mut self, row: &SpendRow) -> Self {
        for (sum, count) in self.counts.iter_mut().zip(counts(row)) {
            *sum = sum.zip(count).and_then(|(sum, count)| sum.checked_sub(count));
        }
        self.cost = row.cost.map_or(self.cost, |cost| self.cost.minus(cost));
        self.rows = self.rows.saturating_sub(1);
        self
    }
}

const fn counts(row: &SpendRow) -> [Option<u64>; 3] {
    [row.requests, row.input_tokens, row.output_tokens]
}

/// Of which rows something may be the total: of a day or of all of them, and of a user or a model or of any.
type Scope<'r> = (Option<NaiveDate>, Option<&'r str>, Option<&'r str>);

impl Held {
    /// What it may be the total of.
    fn scopes(&self) -> impl Iterator<Item = Scope<'_>> {
        let SpendRow { date, user, model, .. } = &self.row;
        let of = |date| (date, user.as_deref(), model.as_deref());
        let day = if self.is_dated { Some(*date) } else { self.after };
        let all = if self.is_dated { None } else { Some(of(None)) };
        day.map(|day| of(Some(day))).into_iter().chain(all)
    }

    /// Whether it says this sum: each count that it says, and its cost as far as that is written out.
    fn says(&self, sum: &Sum, written: i128) -> bool {
        let Some(cost) = self.row.cost else { return false };
        let own = counts(&self.row);
        if sum.rows == 0 || own.iter().zip(sum.counts).any(|(own, sum)| own.is_some() && *own != sum) {
            return false;
        }
        let is_said = |counts: &[Option<u64>]| counts.iter().flatten().any(|count| *count > 0);
        let is_counted = is_said(&own);
        let is_enough = if self.is_called || !self.is_dated {
            is_counted || cost != Balance::default()
        } else {
            // Kilo's own rows say all counts: one without a name is the sum of others by those that hardly any two have alike.
            let [_, tokens @ ..] = &own;
            let says_none = own.iter().all(Option::is_none);
            is_said(tokens) || (says_none && self.decimals >= 2 && cost != Balance::default())
        };
        // Each amount that is rounded where it stands may be half a unit off; where counts say so it is the sum of those.
        let is_of_rounded = self.is_called && is_counted;
        let off = cost.minus(sum.cost).rounded_millionths().saturating_abs().saturating_mul(2);
        let units = if is_of_rounded { written.saturating_add(1) } else { 1 };
        is_enough && off <= self.unit().saturating_mul(units)
    }

    /// The last digit of its cost, in millionths; none where all of them are written out.
    fn unit(&self) -> i128 {
        6_u32
            .checked_sub(self.decimals)
            .filter(|left| *left > 0)
            .map_or(0, |left| 10_i128.saturating_pow(left))
    }
}

/// Settles what became of rows of a table that may have been totals of its others, so many rows.
pub(super) fn settle(held: Vec<Held>, others: &HashMap<Vec<u8>, SpendRow>, written: u64) -> Settled {
    let mut settled = Settled::default();
    if held.is_empty() {
        return settled;
    }
    let written = written.into();
    let (called, unnamed): (Vec<_>, Vec<_>) =
        held.into_iter().partition(|held| held.is_called || !held.is_dated);
    // Of those that are called nothing each is one of its day's others for the next, beside some that are called something.
    let mut of_days: HashMap<NaiveDate, Sum> =
        unnamed.iter().map(|held| (held.row.date, Sum::NOTHING)).collect();
    for row in others.values() {
        if let Some(sum) = of_days.get_mut(&row.date) {
            sum.add(row);
        }
    }
    of_days.retain(|_, sum| sum.rows > 0);
    for held in &unnamed {
        if let Some(sum) = of_days.get_mut(&held.row.date) {
            sum.add(&held.row);
        }
    }
    for held in unnamed {
        let sum = of_days.get_mut(&held.row.date);
        let besides = sum.as_ref().map(|sum| sum.without(&held.row));
        match sum.zip(besides).filter(|(_, besides)| held.says(besides, written)) {
            Some((sum, besides)) => {
                settled.totals = settled.totals.saturating_add(1);
                *sum = besides;
            }
            None => settled.rows.push(held.row),
        }
    }
    let mut sums: HashMap<Scope<'_>, Sum> =
        called.iter().flat_map(Held::scopes).map(|scope| (scope, Sum::NOTHING)).collect();
    if !sums.is_empty() {
        for row in others.values().chain(&settled.rows) {
            for date in [Some(row.date), None] {
                for user in both(row.user.as_deref()) {
                    for model in both(row.model.as_deref()) {
                        if let Some(sum) = sums.get_mut(&(date, user, model)) {
                            sum.add(row);
                        }
                    }
                }
            }
        }
    }
    for held in &called {
        if held.scopes().filter_map(|scope| sums.get(&scope)).any(|sum| held.says(sum, written)) {
            settled.totals = settled.totals.saturating_add(1);
        } else {
            let day = if held.is_dated { Some(held.row.date) } else { held.after };
            settled.unknown.push((day, held.line));
        }
    }
    settled
}

/// A name and none, each once.
fn both(name: Option<&str>) -> impl Iterator<Item = Option<&str>> {
    name.map(Some).into_iter().chain([None])
}
