//! How the credits left compare with the time left, at an even pace.

use super::Current;
use crate::advice::{percent, seen_enough};
use headroom_exact::{Credits, Moment, Money};

/// What an even pace would lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Everything used by the cycle's end if it went on like this.
    pub projected_use: Credits,
    /// What of it neither the plan nor the bonus would cover, beyond what is uncovered already.
    pub beyond: Credits,
    /// Where that leads.
    pub outcome: Outcome,
}

/// Overage at the cycle's end if it went on like this, were the switch on (K5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OverageAhead {
    /// Credits beyond the plan, with those of this cycle so far.
    pub credits: Credits,
    /// Their price.
    pub charge: Money,
}

/// Where the pace leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Something is left when the credits renew.
    LeftAtReset {
        /// How much.
        credits: Credits,
        /// Its share of all the cycle's credits, in percent, rounded down.
        percent: u32,
    },
    /// The credits end before that.
    LimitAt(Moment),
    /// They have ended.
    AtLimit,
}

impl Pace {
    /// The pace at `now`; none while less than 4 % of the cycle has passed.
    pub fn at(current: &Current, now: Moment) -> Option<Self> {
        let (length, passed) = seen_enough(&current.cycle, now)?;
        let used = current.credits.used;
        let projected_use = used.share(i128::from(length), i128::from(passed));
        let to_come = projected_use.less_at_most_all(used);
        let packs = current.credits.left_in_packs();
        let left = current.credits.plan.remaining.plus(usable(current, now, used, passed)).plus(packs);
        let outcome = if left.is_zero() {
            Outcome::AtLimit
        } else if to_come <= left {
            let credits = left.minus(to_come);
            Outcome::LeftAtReset { credits, percent: percent(credits, used.plus(left)) }
        } else {
            // Time to use up what is left at used / passed credits a second.
            let seconds = left.share(i128::from(passed), used.hundredths()).hundredths();
            Outcome::LimitAt(now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
        };
        Some(Self { projected_use, beyond: to_come.less_at_most_all(left), outcome })
    }
}

impl OverageAhead {
    /// Where `pace` leads from how the account stands, at dollars a credit.
    pub fn at(pace: &Pace, current: &Current, unit_price: Money) -> Self {
        let credits = current.credits.overage.credits.plus(pace.beyond);
        Self { credits, charge: credits.priced(unit_price) }
    }
}

/// What of the bonus and of grants this pace would use before they expire.
fn usable(current: &Current, now: Moment, used: Credits, passed: i64) -> Credits {
    let bonus = current.credits.bonus.iter().map(|bonus| (bonus.remaining, Some(bonus.expires_at)));
    let grants = current.credits.grants.iter().map(|grant| (grant.remaining, grant.expires_at));
    let mut ends = Vec::new();
    let mut lasts = Credits::ZERO;
    for (remaining, end) in bonus.chain(grants) {
        match end.filter(|end| *end < current.cycle.end) {
            Some(end) => ends.push((end, remaining)),
            None => lasts = lasts.plus(remaining),
        }
    }
    ends.sort_unstable();
    // What ends first is used first, and by each end no more is used than this pace uses until then.
    ends.into_iter()
        .fold(Credits::ZERO, |usable, (end, remaining)| {
            let seconds = end.seconds_since(now).max(0);
            usable.plus(remaining).min(used.share(i128::from(seconds), i128::from(passed)))
        })
        .plus(lasts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::statement::Statement;

    /// The pace on a plan of 1,000 credits in June 2026, after `used` by `now`.
    fn pace(used: &str, now: &str) -> Option<Pace> {
        let json = format!(
            r#"{{"account": "kiro-individual", "as_of": "{now}", "events": [
            {{"at": "2026-05-01T00:00:00Z", "type": "sign_up", "trial": false}},
            {{"at": "2026-05-01T00:00:00Z", "type": "change_plan", "plan": "pro"}},
            {{"at": "2026-06-01T00:00:00Z", "type": "set_overage", "enabled": true}},
            {{"at": "2026-06-01T00:00:00Z", "type": "usage", "credits": "{used}"}}]}}"#
        );
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a scenario of one person");
        };
        let current = Statement::of(&sourced.timeline).expect("a statement").current;
        Pace::at(&current, sourced.timeline.as_of)
    }

    #[test]
    fn an_even_pace_says_what_is_left_or_when_it_ends() {
        // After 10 of 30 days.
        let now = "2026-06-11T00:00:00Z";
        let outcome = |used| pace(used, now).map(|pace| pace.outcome);
        let left = |hundredths, percent| {
            Some(Outcome::LeftAtReset { credits: Credits::from_hundredths(hundredths), percent })
        };
        assert_eq!(outcome("200"), left(40_000, 40), "600 of 1,000 by the end");
        assert_eq!(outcome("333.33"), left(1, 0), "999.99 by the end");
        let noon = "2026-06-21T00:00:00Z".parse().expect("a moment");
        assert_eq!(outcome("500"), Some(Outcome::LimitAt(noon)), "50 a day: the other 500 last 10 days");
        assert_eq!(outcome("1000"), Some(Outcome::AtLimit));
        assert_eq!(pace("500", now).map(|pace| pace.beyond.to_string()).as_deref(), Some("500.00"));
    }

    #[test]
    fn nothing_is_foretold_in_the_first_4_percent() {
        assert_eq!(pace("10", "2026-06-02T04:47:59Z"), None, "28 h 48 min are 4 % of 30 days");
        assert!(pace("10", "2026-06-02T04:48:00Z").is_some());
    }
}
