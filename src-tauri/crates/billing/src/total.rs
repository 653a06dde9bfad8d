//! A sum and how much of it is known: what a total leaves out is never taken for nothing.

use std::iter::Sum;

/// A sum of parts, of which some may not be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Total<A> {
    /// Every part is known.
    Whole(A),
    /// Some parts aren't: it is this at least.
    AtLeast(A),
    /// No part is.
    Unknown,
}

/// The sum of the parts that are known. What is missing has to be said beside it.
pub fn known_sum<A: Sum>(parts: impl IntoIterator<Item = Option<A>>) -> A {
    parts.into_iter().flatten().sum()
}

impl<A: Copy + Default + PartialEq> Total<A> {
    /// The sum of parts, of which each is known or isn't.
    pub fn of_parts(parts: impl IntoIterator<Item = Option<A>>) -> Self
    where
        A: Sum,
    {
        let mut is_part = false;
        let known = known_sum(parts.into_iter().inspect(|part| is_part |= part.is_none()));
        Self::of(known, is_part)
    }

    /// What is known of a sum, and whether anything is missing from it. Where all that is known is nothing, "at least
    /// nothing" would say nothing: then the sum is unknown.
    pub fn of(known: A, is_part: bool) -> Self {
        match (is_part, known == A::default()) {
            (false, _) => Self::Whole(known),
            (true, false) => Self::AtLeast(known),
            (true, true) => Self::Unknown,
        }
    }

    /// What is known; none where nothing is.
    pub const fn known(self) -> Option<A> {
        match self {
            Self::Whole(amount) | Self::AtLeast(amount) => Some(amount),
            Self::Unknown => None,
        }
    }

    /// Whether it is a lower bound.
    pub const fn is_at_least(self) -> bool {
        matches!(self, Self::AtLeast(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Money;

    #[test]
    fn nothing_known_of_a_part_is_unknown_and_nothing_of_a_whole_is_nothing() {
        let twenty = Money::from_hundredths(2_000);
        assert_eq!(Total::of(twenty, false), Total::Whole(twenty));
        assert_eq!(Total::of(twenty, true), Total::AtLeast(twenty));
        assert_eq!(Total::of(Money::ZERO, false).known(), Some(Money::ZERO));
        assert_eq!(Total::of(Money::ZERO, true), Total::Unknown);
        let sum = |parts: &[Option<Money>]| Total::of_parts(parts.iter().copied());
        assert_eq!(sum(&[]), Total::Whole(Money::ZERO));
        assert_eq!(sum(&[Some(twenty), Some(twenty)]), Total::Whole(Money::from_hundredths(4_000)));
        assert_eq!(sum(&[None, Some(twenty)]), Total::AtLeast(twenty));
        assert_eq!(sum(&[Some(Money::ZERO), None]), Total::Unknown);
        assert_eq!(
            (Total::of(Money::ZERO, true).known(), Total::of(twenty, true).is_at_least()),
            (None, true)
        );
    }
}
