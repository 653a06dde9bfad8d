//! What is said of charges and of what went wrong: `words/en.json`, which the window shows too. A file a language, all with
//! the same keys.

use crate::answers;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const ENGLISH_TEXT: &str = include_str!("../../words/en.json");
const GERMAN_TEXT: &str = include_str!("../../words/de.json");
const ENGLISH_WINDOW: &str = include_str!("../../words/window/en.json");
const GERMAN_WINDOW: &str = include_str!("../../words/window/de.json");
const SYNONYMS: &str = include_str!("../../words/window/synonyms.json");
static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| parsed(ENGLISH_TEXT));
static GERMAN: LazyLock<Phrases> = LazyLock::new(|| parsed(GERMAN_TEXT));

fn parsed<T: Deserialize<'static>>(text: &'static str) -> T {
    #[expect(clippy::expect_used, reason = "the files are part of this crate and every test reads them")]
    serde_json::from_str(text).expect("the file has every phrase, and no more")
}

/// Every phrase. A field that nothing reads is a phrase that nobody says, and the compiler tells.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub amount: Amount,
    pub count: Counts,
    pub line: Lines,
    pub quantity: Quantities,
    pub days: Days,
    pub total: Totals,
    pub quoted: Quotes,
    pub difference: Differences,
    pub note: Notes,
    pub assumption: Assumptions,
    pub repriced: Repriced,
    pub statement: Statement,
    pub moves: Moves,
    pub saying: Sentences,
    /// What is said otherwise on a terminal, where a command is what helps.
    pub terminal: Sentences,
}

/// In English, which a terminal is too.
pub(crate) fn english() -> &'static Phrases {
    &ENGLISH
}

/// In German.
pub(crate) fn german() -> &'static Phrases {
    &GERMAN
}

/// In English, as they are written: the window says the same, and more.
pub(super) fn english_as_written() -> answers::Phrases {
    as_written(ENGLISH_TEXT, ENGLISH_WINDOW)
}

/// In German, as they are written.
pub(super) fn german_as_written() -> answers::Phrases {
    as_written(GERMAN_TEXT, GERMAN_WINDOW)
}

fn as_written(engine: &'static str, window: &'static str) -> answers::Phrases {
    answers::Phrases { engine: parsed(engine), window: parsed(window), synonyms: parsed(SYNONYMS) }
}

/// Words with places for others in them: "Overage on {plan}".
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Phrase(String);

impl Phrase {
    /// With these in their places.
    pub(crate) fn with(&self, values: &[(&str, &str)]) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        // Once from left to right: what is put in, such as an account's name, is not looked at again.
        while let Some((before, name, after)) = place(rest) {
            text.push_str(before);
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => text.push_str(value),
                None => _ = std::fmt::Write::write_fmt(&mut text, format_args!("{{{name}}}")),
            }
            rest = after;
        }
        text + rest
    }

    /// As it stands.
    pub(crate) fn plain(&self) -> &str {
        &self.0
    }
}

/// What stands before the next place, its name, and what stands after it.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// A phrase for one of something, and for any other number of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    one: Phrase,
    other: Phrase,
}

impl Counted {
    /// The one for so many.
    pub(crate) fn of(&self, count: u64) -> &Phrase {
        if count == 1 { &self.one } else { &self.other }
    }

    /// The one for an amount as it is written: "1" is one, "1.50" is more.
    pub(crate) fn of_written(&self, amount: &str) -> &Phrase {
        if amount == "1" { &self.one } else { &self.other }
    }
}

/// What the taxes are called that a price list names, by the list's own word.
type Names = BTreeMap<String, Phrase>;

/// The sentences of sayings by their codes: which there are is said where they are made (`say!`), and
/// `tests/contract/sayings.rs` holds the two to each other.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Sentences(BTreeMap<String, Sentence>);

/// A sentence, with a form for one of something where it counts.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Sentence {
    Plain(Phrase),
    Counted(Counted),
}

impl Sentences {
    /// A code that there is a sentence of, as this program has it.
    pub(crate) fn code(&self, code: &str) -> Option<&str> {
        self.0.get_key_value(code).map(|(code, _)| code.as_str())
    }

    /// The sentence of a code for so many.
    pub(crate) fn of(&self, code: &str, count: Option<u64>) -> Option<&Phrase> {
        Some(match self.0.get(code)? {
            Sentence::Plain(phrase) => phrase,
            Sentence::Counted(counted) => counted.of(count?),
        })
    }
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields, rename_all = "camelCase")]
            pub(crate) struct $name { $(pub $field: $kind),* }
        )*
    };
}

phrases! {
    /// How much of an amount is known.
    Amount { at_least: Phrase, not_known: Phrase, nothing_charged: Phrase }
    /// How many of something.
    Counts { rows: Counted, tasks: Counted, users: Counted }
    /// What a line is for.
    Lines {
        subscription: Phrase,
        discount: Phrase,
        first_payment: Phrase,
        refund: Phrase,
        overage: Phrase,
        seats: Phrase,
        credits: Phrase,
        automatic: Phrase,
        pass: Phrase,
        fee: Phrase,
    }
    /// How many at what price.
    Quantities { users: Counted, seats: Counted, credits: Counted, passes: Counted }
    /// Days that a line is charged for.
    Days { of_price: Phrase, of_cycle: Phrase, remainder: Phrase }
    /// What stands below the lines.
    Totals { tax: Phrase, subtotal: Phrase, total: Phrase, without_tax: Phrase, together: Phrase, named: Names }
    /// What a vendor said of a charge.
    Quotes { bill: Phrase, overage: Phrase, computed: Phrase }
    /// What a vendor's figure differs by, and why.
    Differences {
        lower: Phrase,
        higher: Phrase,
        same: Phrase,
        agrees: Phrase,
        incomplete: Phrase,
        unexplained: Phrase,
        explained: Phrase,
        row: Phrase,
        account: Phrase,
        payer: Phrase,
        paid_by: Phrase,
        payers: Phrase,
        no_payer: Phrase,
        more: Phrase,
        nobody: Phrase,
        seats: Phrase,
        credits: Phrase,
        deduction: Phrase,
        part: DifferenceParts,
    }
    /// What a part of a difference is.
    DifferenceParts {
        enterprise_discount: Phrase,
        reseller_discount: Phrase,
        bundled_discount: Phrase,
        private_rate: Phrase,
        discount: Phrase,
        credit: Phrase,
        refund: Phrase,
        adjustment: Phrase,
        lower_rate: Phrase,
        part_of_month: Phrase,
        not_in_reports: Phrase,
        not_on_bill: Phrase,
        unknown_tier: Phrase,
        on_free: Phrase,
        charged_twice: Phrase,
        both_tiers: Phrase,
        other_tier: Phrase,
        overage_off: Phrase,
        overage_cap: Phrase,
        reports_incomplete: Phrase,
        not_yet_billed: Phrase,
        rounding: Phrase,
    }
    /// What is to be known about a period's figures.
    Notes {
        usage_unknown: Phrase,
        other_currency: Phrase,
        end_not_seen: Phrase,
        unmetered: Counted,
        tier_unknown: Counted,
        tier_missing: Counted,
        profile_missing: Counted,
        credits_unknown: Counted,
        overage_unknown: Counted,
        beyond_limit: Counted,
        switch_unknown: Counted,
        overage_differs: Counted,
        reports_unread: Counted,
        rows_rounded: Counted,
        reports_cover: Phrase,
        no_reports: Phrase,
        bill_unreadable: Counted,
        bill_undecided: Phrase,
        bill_in_currency: Phrase,
        bill_unread: Counted,
        bill_parts_missing: Counted,
        bill_outdated: Phrase,
        bill_beside_damaged: Counted,
        seats_unknown: Phrase,
        seats_changed: Phrase,
        pass_began: Phrase,
        pass_since_unknown: Phrase,
        pass_not_known: Phrase,
        fewer_seats_next: Phrase,
        no_subscription: Phrase,
        payment_failing: Phrase,
        seat_price_differs: Phrase,
        seats_by_the_year: Phrase,
        seats_by_the_month: Phrase,
        cycle_ends_otherwise: Phrase,
        seat_plan_differs: Phrase,
        pass_differs: Phrase,
        fee_unless_exempt: Phrase,
        enterprise_seat: Phrase,
        pass_fee_from: Phrase,
        pass_for_part_of_a_cycle: Phrase,
        pass_by_the_year: Phrase,
        pass_credits: Phrase,
        automatic_top_up: Phrase,
        own_pass: Phrase,
        own_purchases: Phrase,
        earlier_purchases_unknown: Phrase,
        later_purchases_unknown: Phrase,
        credits_ended: Phrase,
        balance_differs: Phrase,
        purchases_unknown: Phrase,
        purchase_not_offered: Phrase,
        plan_unknown: Phrase,
        plan_unlisted: Phrase,
        plan_unnamed: Phrase,
        ended_within: Phrase,
        first_paid_unknown: Phrase,
        first_payment: Phrase,
    }
    /// What no source settles.
    Assumptions {
        first_payment: Phrase,
        first_payment_stated: Phrase,
        packs_get_back: Phrase,
        overage_by_price: Phrase,
        charged_while_off: Phrase,
    }
    /// What past months are charged otherwise.
    Repriced { title: Phrase, about: Phrase, row: Phrase }
    /// A period's charges as a page.
    Statement {
        title: Phrase,
        named: Phrase,
        about: Phrase,
        about_sample: Phrase,
        span: Phrase,
        span_running: Phrase,
        charged: Phrase,
        to_be_charged: Phrase,
        notes: Phrase,
        summary: Phrase,
        by_person: Phrase,
        idle: Phrase,
        idle_on_reported_days: Phrase,
        idle_by_read_reports: Phrase,
        idle_by_bill: Phrase,
        made: Phrase,
        aside: Phrase,
        page: Phrase,
    }
    /// Whom to move to another tier, as a page.
    Moves {
        title: Phrase,
        named: Phrase,
        from: Phrase,
        judged: Phrase,
        by_tier: Phrase,
        step: Phrase,
        give_up: Phrase,
        people: Counted,
        together: Phrase,
        refunds: Phrase,
        made: Phrase,
        aside: Phrase,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_filled_once_and_what_is_put_in_stays_as_it_is() {
        let phrase = Phrase("{one} and {two}, {one}".to_owned());
        assert_eq!(phrase.with(&[("one", "{two}"), ("two", "2")]), "{two} and 2, {two}");
        assert_eq!(Phrase("a {gap".to_owned()).with(&[]), "a {gap");
    }

    #[test]
    fn every_language_has_every_phrase() {
        for text in [ENGLISH_TEXT, GERMAN_TEXT] {
            let phrases: Result<Phrases, _> = serde_json::from_str(text);
            assert!(phrases.is_ok(), "{:?}", phrases.err());
        }
    }
}
