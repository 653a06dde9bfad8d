//! How long a balance lasts at the rate it was spent so far.

use headroom_exact::{Balance, Moment, division};

/// What was spent in a time that has passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Burn {
    /// Dollars.
    pub spent: Balance,
    /// Seconds in which it was.
    pub seconds: i64,
}

/// A part of a balance that may go before it is spent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// Dollars left of it.
    pub left: Balance,
    /// From when on it is gone; none if it stays.
    pub expires_at: Option<Moment>,
}

impl Burn {
    /// What is spent in so many seconds at this rate: rounded once, to a millionth.
    pub fn in_seconds(&self, seconds: i64) -> Balance {
        let spent = self.spent.rounded_millionths();
        Balance::of_millionths(division::share(spent, i128::from(seconds), i128::from(self.seconds.max(1))))
    }

    /// Seconds in which so much is spent; none if nothing is spent.
    fn seconds_for(&self, amount: Balance) -> Option<i64> {
        let spent = self.spent.rounded_millionths();
        if spent <= 0 || self.seconds <= 0 {
            return None;
        }
        let seconds = division::share(amount.rounded_millionths().max(0), i128::from(self.seconds), spent);
        Some(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    /// When everything is spent or gone, from `now` on; none if nothing is spent. What goes first is spent
    /// first; what isn't spent by then is lost.
    pub fn run_out_at(&self, parts: &[Part], now: Moment) -> Option<Moment> {
        // Nothing runs out while nothing is spent, whatever there is to spend.
        self.seconds_for(Balance::ZERO)?;
        // Those that stay come last.
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| (part.expires_at.is_none(), part.expires_at));
        let mut until = now;
        for part in parts {
            let spent_at = until.plus_seconds(self.seconds_for(part.left)?);
            until = match part.expires_at {
                Some(end) => spent_at.min(end.max(until)),
                None => spent_at,
            };
        }
        Some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn dollars(dollars: i128) -> Balance {
        Balance::of_millionths(dollars.saturating_mul(1_000_000))
    }

    #[test]
    fn parts_are_spent_before_they_go_and_what_is_left_of_them_is_lost() {
        let now = at("2026-11-21T00:00:00Z");
        // Ten dollars a day.
        let burn = Burn { spent: dollars(300), seconds: 30 * DAY };
        let run_out = |parts: &[(i128, Option<&str>)]| {
            let part =
                |(left, end): &(i128, Option<&str>)| Part { left: dollars(*left), expires_at: end.map(at) };
            let parts: Vec<_> = parts.iter().map(part).collect();
            burn.run_out_at(&parts, now).map(|moment| moment.to_string())
        };
        let end = |text: &str| Some(text.to_owned());
        assert_eq!(run_out(&[(100, None)]), end("2026-12-01T00:00:00Z"));
        assert_eq!(run_out(&[(100, None), (50, Some("2026-11-23T00:00:00Z"))]), end("2026-12-03T00:00:00Z"));
        assert_eq!(run_out(&[(10, Some("2026-12-23T00:00:00Z")), (100, None)]), end("2026-12-02T00:00:00Z"));
        assert_eq!(
            run_out(&[(500, Some("2026-11-25T00:00:00Z")), (500, Some("2026-11-23T00:00:00Z"))]),
            end("2026-11-25T00:00:00Z"),
            "all of it goes before it is spent"
        );
        assert_eq!(run_out(&[(-1, None)]), end("2026-11-21T00:00:00Z"), "nothing is left now");
        assert_eq!(run_out(&[]), end("2026-11-21T00:00:00Z"));
    }

    #[test]
    fn without_spending_nothing_runs_out() {
        let nothing = Burn { spent: Balance::ZERO, seconds: DAY };
        let part = Part { left: dollars(1), expires_at: None };
        assert_eq!(nothing.run_out_at(&[part], at("2026-11-21T00:00:00Z")), None);
        assert_eq!(nothing.run_out_at(&[], at("2026-11-21T00:00:00Z")), None, "nor from no parts at all");
        assert_eq!(nothing.in_seconds(DAY), Balance::ZERO);
        let burn = Burn { spent: dollars(2), seconds: 3 };
        assert_eq!(burn.in_seconds(1).to_string(), "0.666667", "rounded once");
    }
}
