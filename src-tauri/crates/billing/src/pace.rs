//! How the credits left compare with the time left, at an even pace.

use crate::calendar::Moment;
use crate::statement::Current;
use crate::units::Credits;

/// No forecast before this share of the cycle has passed: too little has been seen.
const SEEN_ENOUGH_PERCENT: i64 = 4;

/// What an even pace would lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Everything used by the cycle's end if it went on like this.
    pub projected_use: Credits,
    /// What the plan and the bonus could still cover, and whether that is enough.
    pub outcome: Outcome,
}

/// Where the pace leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Something is left when the credits renew.
    LeftAtReset(Credits),
    /// The credits end before that.
    LimitAt(Moment),
    /// They have ended.
    AtLimit,
}

impl Pace {
    /// The pace at `now`; none while less than 4 % of the cycle has passed.
    pub fn at(current: &Current, now: Moment) -> Option<Self> {
        let length = current.cycle.end.seconds_since(current.cycle.start);
        let passed = now.seconds_since(current.cycle.start);
        if passed.saturating_mul(100) < length.saturating_mul(SEEN_ENOUGH_PERCENT) {
            return None;
        }
        let used = current.credits.used;
        let projected_use = used.share(i128::from(length), i128::from(passed));
        let to_come = projected_use.less_at_most_all(used);
        let left = current.credits.plan.remaining.plus(usable_bonus(current, now, used, passed));
        let outcome = if left.is_zero() {
            Outcome::AtLimit
        } else if to_come <= left {
            Outcome::LeftAtReset(left.minus(to_come))
        } else {
            // Time to use up what is left at used / passed credits a second.
            let seconds = left.share(i128::from(passed), used.hundredths()).hundredths();
            Outcome::LimitAt(now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
        };
        Some(Self { projected_use, outcome })
    }
}

/// What of the bonus this pace would use before it expires.
fn usable_bonus(current: &Current, now: Moment, used: Credits, passed: i64) -> Credits {
    let Some(bonus) = &current.credits.bonus else {
        return Credits::ZERO;
    };
    if bonus.expires_at >= current.cycle.end {
        return bonus.remaining;
    }
    let seconds = bonus.expires_at.seconds_since(now).max(0);
    bonus.remaining.min(used.share(i128::from(seconds), i128::from(passed)))
}
