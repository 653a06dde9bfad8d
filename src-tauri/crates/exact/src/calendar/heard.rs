//! Moments that a clock told and that were kept. A machine's clock can be wrong for a while: what it told then lies ahead
//! once it is right again, and says nothing. So none of these can be compared as it is; each is looked at from a present
//! moment, and is none where it lies after that.

use super::{Moment, SECONDS_A_DAY};

/// When something was, by the clock of the machine it was kept on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Heard(Moment);

impl Heard {
    /// By the clock, `at` this moment.
    pub const fn at(at: Moment) -> Self {
        Self(at)
    }

    /// When it was, seen from `now`; none where that lies ahead.
    pub fn by(self, now: Moment) -> Option<Moment> {
        Some(self.0).filter(|at| *at <= now)
    }

    /// How many whole seconds it lies ahead of `now`; none where it doesn't.
    pub fn ahead_of(self, now: Moment) -> Option<i64> {
        Some(self.0.seconds_since(now)).filter(|_| self.0 > now)
    }

    /// The moment as it is kept and written, whatever the time is now.
    pub const fn as_kept(self) -> Moment {
        self.0
    }
}

/// A time in which somebody wants to be left alone: from when it was said, up to but not including its end, and at most
/// a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wait {
    since: Heard,
    until: Moment,
}

impl Wait {
    /// The longest that is obeyed, seconds: a mistaken word shall not silence an account for ever.
    pub const LONGEST: i64 = SECONDS_A_DAY;

    /// From `now` on until then; at most a day.
    #[must_use]
    pub fn until(now: Moment, end: Moment) -> Self {
        Self { since: Heard(now), until: end.clamp(now, now.plus_seconds(Self::LONGEST)) }
    }

    /// From `now` on for so many seconds; at most a day.
    #[must_use]
    pub fn of_seconds(now: Moment, seconds: i64) -> Self {
        Self::until(now, now.plus_seconds(seconds.clamp(0, Self::LONGEST)))
    }

    /// A wait as it was kept.
    pub const fn kept(since: Heard, until: Moment) -> Self {
        Self { since, until }
    }

    /// When it is over, seen from `now`; none where it is over, where it was said at a moment that lies ahead, or where it
    /// would last longer than any wait does.
    pub fn left(self, now: Moment) -> Option<Moment> {
        let since = self.since.by(now)?;
        let longest = since.plus_seconds(Self::LONGEST);
        Some(self.until).filter(|until| now < *until && *until <= longest)
    }

    /// When it was said.
    pub const fn since(self) -> Heard {
        self.since
    }

    /// Its end as it is kept and written, whatever the time is now.
    pub const fn end_as_kept(self) -> Moment {
        self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    const NOW: &str = "2026-11-21T10:00:00Z";

    #[test]
    fn what_lies_ahead_was_not() {
        let now = moment(NOW);
        for (kept, expected, ahead) in [
            ("2026-11-21T09:59:59Z", true, None),
            (NOW, true, None),
            ("2026-11-21T10:00:01Z", false, Some(1)),
            ("2027-11-21T10:00:00Z", false, Some(365 * 86_400)),
        ] {
            let heard = Heard::at(moment(kept));
            assert_eq!(heard.by(now), expected.then(|| moment(kept)), "{kept}");
            assert_eq!(heard.ahead_of(now), ahead, "{kept}");
        }
    }

    #[test]
    fn a_wait_is_over_at_its_end_and_never_longer_than_a_day() {
        let now = moment(NOW);
        let wait = Wait::of_seconds(now, 120);
        assert_eq!(wait.left(now), Some(moment("2026-11-21T10:02:00Z")));
        assert_eq!(wait.left(moment("2026-11-21T10:01:59Z")), Some(moment("2026-11-21T10:02:00Z")));
        assert_eq!(wait.left(moment("2026-11-21T10:02:00Z")), None);
        assert_eq!(Wait::until(now, moment("2099-01-01T00:00:00Z")).left(now), Some(now.plus_days(1)));
        assert_eq!(Wait::of_seconds(now, i64::MAX).left(now), Some(now.plus_days(1)));
        assert_eq!(Wait::until(now, moment("2000-01-01T00:00:00Z")).left(now), None);
    }

    #[test]
    fn a_wait_that_a_wrong_clock_began_is_none() {
        let now = moment(NOW);
        let ahead = moment("2026-11-21T11:00:00Z");
        assert_eq!(Wait::of_seconds(ahead, 120).left(now), None, "it would begin in an hour");
        let kept = Wait::kept(Heard::at(moment("2026-11-20T10:00:00Z")), moment("2027-11-21T10:00:00Z"));
        assert_eq!(kept.left(now), None, "no wait is that long");
    }
}
