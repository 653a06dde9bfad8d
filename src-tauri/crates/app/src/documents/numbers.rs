//! How numbers are written: as a language does it, or in another of the ways that the window offers.

/// A way of writing numbers, by the locale that stands for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbers {
    /// "1,234,567.50" and "$1,234.50".
    American,
    /// "1.234.567,50" and "1.234,50 $".
    German,
    /// "1 234 567,50" and "1 234,50 $US".
    French,
    /// "1’234’567.50" and "$ 1’234.50".
    Swiss,
    /// "12,34,567.50" and "$1,234.50".
    Indian,
}

/// Where a dollar's sign stands.
enum Sign {
    Before(&'static str),
    Behind(&'static str),
}

impl Numbers {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::American, Self::German, Self::French, Self::Swiss, Self::Indian];

    /// The locale that stands for it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::American => "en-US",
            Self::German => "de-DE",
            Self::French => "fr-FR",
            Self::Swiss => "de-CH",
            Self::Indian => "en-IN",
        }
    }

    /// By the locale that stands for it; none of another one.
    pub(crate) fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|numbers| numbers.tag() == tag)
    }

    /// What stands between groups of digits and before the decimals.
    const fn marks(self) -> (char, char) {
        match self {
            Self::American | Self::Indian => (',', '.'),
            Self::German => ('.', ','),
            Self::French => ('\u{202f}', ','),
            Self::Swiss => ('’', '.'),
        }
    }

    /// Whether a group begins before so many digits of whole ones.
    const fn is_group(self, digits: usize) -> bool {
        match self {
            Self::American | Self::German | Self::French | Self::Swiss => digits.is_multiple_of(3),
            // Three, then two each.
            Self::Indian => digits == 3 || (digits > 3 && !digits.is_multiple_of(2)),
        }
    }

    const fn sign(self) -> Sign {
        match self {
            Self::American | Self::Indian => Sign::Before("$"),
            Self::German => Sign::Behind("\u{a0}$"),
            Self::French => Sign::Behind("\u{a0}$US"),
            Self::Swiss => Sign::Before("$\u{a0}"),
        }
    }

    /// Groups of digits apart, a minus sign instead of a hyphen: "−1,234.50" or "−1.234,50".
    pub(super) fn number(self, amount: &str) -> String {
        let (group, point) = self.marks();
        let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("−", digits));
        let (whole, rest) =
            digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut text = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && self.is_group(whole.len() - index) {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(rest) = rest {
            text.push(point);
            text.push_str(rest);
        }
        text
    }

    /// "−$1,234.50" or "−1.234,50 $": with every decimal there is, at least two, as the window writes it.
    pub fn dollars(self, amount: &str) -> String {
        self.signed(without_zeros_after_the_cents(amount))
    }

    /// The same in a column, where each has as many decimals as the longest of them needs.
    pub(super) fn dollars_in_column(self, amount: &str, decimals: usize) -> String {
        let told = without_zeros_after_the_cents(amount);
        let lacking = decimals.saturating_sub(decimals_of(told));
        self.signed(&format!("{told}{}", "0".repeat(lacking)))
    }

    fn signed(self, amount: &str) -> String {
        let number = self.number(amount);
        match (self.sign(), number.strip_prefix('−')) {
            (Sign::Behind(sign), _) => format!("{number}{sign}"),
            (Sign::Before(sign), None) => format!("{sign}{number}"),
            // The Swiss write "$−20.00".
            (Sign::Before(sign), Some(_)) if self == Self::Swiss => format!("{}{number}", sign.trim_end()),
            (Sign::Before(sign), Some(digits)) => format!("−{sign}{digits}"),
        }
    }
}

fn decimals_of(amount: &str) -> usize {
    amount.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// How many decimals the longest of a column's amounts needs, at least two.
pub(super) fn decimals_in<'a>(column: impl IntoIterator<Item = &'a str>) -> usize {
    column.into_iter().map(without_zeros_after_the_cents).map(decimals_of).max().unwrap_or(0).max(2)
}

/// "62.5123" of "62.512300", "62.50" of "62.500000".
fn without_zeros_after_the_cents(amount: &str) -> &str {
    let cents = amount.find('.').map_or(amount.len(), |point| point.saturating_add(3));
    let end = amount.trim_end_matches('0').len().max(cents);
    amount.get(..end).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found in November 2026: "Balance $23.750000" on the terminal, "$23.75" in the window.
    #[test]
    fn dollars_have_the_decimals_that_tell_something() {
        for (amount, written) in [
            ("23.750000", "$23.75"),
            ("23.751000", "$23.751"),
            ("0.000000", "$0.00"),
            ("-0.000001", "−$0.000001"),
            ("100.000000", "$100.00"),
            ("1000", "$1,000"),
            ("0.5", "$0.5"),
        ] {
            assert_eq!(Numbers::American.dollars(amount), written);
        }
    }

    #[test]
    fn dollars_of_a_column_share_their_decimals() {
        let column = ["2.500000", "-0.213750", "1000.00"];
        let decimals = decimals_in(column);
        let written = column.map(|amount| Numbers::American.dollars_in_column(amount, decimals));
        assert_eq!(written, ["$2.50000", "−$0.21375", "$1,000.00000"]);
        assert_eq!(decimals_in([]), 2);
        assert_eq!(
            Numbers::American.dollars_in_column("2.500000", decimals_in(["2.500000", "1.250000"])),
            "$2.50"
        );
    }

    #[test]
    fn each_way_has_its_groups_its_point_and_its_sign() {
        for (numbers, large, dollars, negative) in [
            (Numbers::American, "1,234,567.50", "$1,234.50", "−$0.04"),
            (Numbers::German, "1.234.567,50", "1.234,50\u{a0}$", "−0,04\u{a0}$"),
            (Numbers::French, "1\u{202f}234\u{202f}567,50", "1\u{202f}234,50\u{a0}$US", "−0,04\u{a0}$US"),
            (Numbers::Swiss, "1’234’567.50", "$\u{a0}1’234.50", "$−0.04"),
            (Numbers::Indian, "12,34,567.50", "$1,234.50", "−$0.04"),
        ] {
            assert_eq!(numbers.number("1234567.50"), large);
            assert_eq!(numbers.dollars("1234.50"), dollars);
            assert_eq!(numbers.dollars("-0.04"), negative);
            assert_eq!(numbers.number("999"), "999");
            assert_eq!(Numbers::tagged(numbers.tag()), Some(numbers));
        }
        assert_eq!(Numbers::tagged("tlh"), None);
    }
}
