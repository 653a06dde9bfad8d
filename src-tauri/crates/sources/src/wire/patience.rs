//! How long somebody is waited for, and how long they are left alone.

use headroom_exact::Moment;
use std::time::{Duration, Instant};

/// How long to wait: for a connection, for the next byte, and for everything.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// For the next byte, the first one included.
    pub quiet: Duration,
    /// For everything, from the first question of an errand to its last answer's last byte.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            quiet: Duration::from_secs(15),
            // With the program's start and what is written afterwards it is a minute in all.
            whole: Duration::from_secs(58),
        }
    }
}

impl Patience {
    /// So long for each of them.
    pub const fn of(whole: Duration) -> Self {
        Self { connect: whole, quiet: whole, whole }
    }
}

/// The instant by which everything has to be there, whoever is asked, how often and whatever they do.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    until: Instant,
    quiet: Duration,
}

impl Deadline {
    /// From now on.
    pub fn after(patience: Patience) -> Self {
        let now = Instant::now();
        // How long to wait, not what time it is. A patience beyond what the system counts is none.
        Self { until: now.checked_add(patience.whole).unwrap_or(now), quiet: patience.quiet }
    }

    /// How long until it; none when it has come.
    pub fn left(&self) -> Option<Duration> {
        self.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }

    /// How long to go on waiting for the next byte, which is waited for since then; none when it should have been there, or
    /// everything should.
    pub fn for_the_next_byte(&self, since: Instant) -> Option<Duration> {
        let quiet = self.quiet.checked_sub(since.elapsed()).filter(|quiet| !quiet.is_zero())?;
        self.left().map(|left| left.min(quiet))
    }
}

/// The longest first pause where nobody says how long, seconds; the shortest is a quarter of it.
const FIRST: i64 = 60;
/// The longest pause.
const LONGEST: i64 = 3_600;

/// How many seconds to leave somebody alone who failed so many times in a row and doesn't say how long: 15 to 60, twice
/// that after each further failure, an hour at most. Which part of it, the seed says: so that not everybody comes back
/// at once.
pub fn pause(failures: u32, seed: u64) -> i64 {
    let doubled =
        FIRST.saturating_mul(1_i64.checked_shl(failures.saturating_sub(1).min(8)).unwrap_or(i64::MAX));
    let longest = doubled.min(LONGEST);
    let shortest = longest / 4;
    let spread = u64::try_from(longest.saturating_sub(shortest)).unwrap_or(0).saturating_add(1);
    shortest.saturating_add(i64::try_from(mixed(seed) % spread).unwrap_or(0))
}

/// The seed that a moment gives: another on every machine, and the same whenever it is asked again.
pub fn seed_of(at: Moment) -> u64 {
    at.unix_seconds().unsigned_abs().wrapping_mul(1_000_000_000).wrapping_add(at.nanoseconds().into())
}

/// Spread over all numbers, so that seeds beside each other give parts far from each other (`SplitMix64`).
const fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_pause_grows_and_is_another_for_everybody() {
        for (failures, shortest, longest) in
            [(0, 15, 60), (1, 15, 60), (2, 30, 120), (3, 60, 240), (7, 900, 3_600), (u32::MAX, 900, 3_600)]
        {
            let pauses: BTreeSet<_> = (0..2_000).map(|seed| pause(failures, seed)).collect();
            assert!(pauses.iter().all(|pause| (shortest..=longest).contains(pause)), "{failures}");
            assert!(pauses.len() > 40, "{failures}: {}", pauses.len());
            assert_eq!(pause(failures, 7), pause(failures, 7));
        }
    }

    #[test]
    fn what_is_over_leaves_no_time() {
        let none = Deadline::after(Patience::of(Duration::ZERO));
        let now = Instant::now();
        assert_eq!((none.left(), none.for_the_next_byte(now)), (None, None));
        let patience = Patience { quiet: Duration::from_secs(15), ..Patience::of(Duration::from_hours(1)) };
        let long = Deadline::after(patience);
        let left = long.for_the_next_byte(now).expect("time is left");
        assert!(left <= Duration::from_secs(15) && left > Duration::from_secs(5), "{left:?}");
        let long_ago = now.checked_sub(Duration::from_secs(15)).expect("a moment");
        assert_eq!(long.for_the_next_byte(long_ago), None, "it was waited for long enough");
    }
}
