//! How the credits left compare with the time left, at an even pace.

use super::{Current, Rate};
use crate::advice::{percent, seen_enough};
use headroom_exact::{Credits, Moment, Money, Period};

/// What an even pace would lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Everything used by the cycle's end if it went on like this.
    pub projected_use: Credits,
    /// What of it packs would cover that are there already (N4).
    pub from_packs: Credits,
    /// What of it neither the plan nor the bonus nor such packs would cover, beyond what is uncovered already.
    pub beyond: Credits,
    /// Where that leads.
    pub outcome: Outcome,
    rate: Rate,
    /// What is left and can be used before it ends; none without a limit.
    left: Option<Credits>,
}

/// What of a pool is used at a rate before it ends within a cycle, where credits before it are used first.
fn usable(
    rate: Rate,
    pool: (Credits, Option<Moment>),
    before: Credits,
    passed: i64,
    cycle: &Period,
) -> Credits {
    let (remaining, ends) = pool;
    match ends {
        Some(end) if end < cycle.end => {
            let to_come = end.seconds_since(cycle.start).saturating_sub(passed);
            let by_then = rate.in_seconds(to_come.max(0));
            remaining.min(by_then.less_at_most_all(before))
        }
        _ => remaining,
    }
}

/// Overage at the cycle's end if it went on like this, were the switch on (K5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OverageAhead {
    /// Credits beyond the plan, with those of this cycle so far; no more than a cap allows.
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
    /// They can't end: the plan has no limit (V4).
    NoLimit,
}

impl Pace {
    /// The pace at `now`; none while less than 4 % of the cycle has passed, and where it isn't known what the cycle used of
    /// a bonus.
    pub fn at(current: &Current, now: Moment) -> Option<Self> {
        let (length, passed) = seen_enough(&current.cycle, now)?;
        let Current { credits, cycle, .. } = current;
        if !credits.bonus_use_is_known {
            return None;
        }
        let used = credits.used;
        let rate = Rate::of(used, passed);
        let projected_use = rate.in_seconds(length);
        let to_come = projected_use.less_at_most_all(used);
        // Of the bonus and of grants, what ends first is used first (A14).
        let bonus = credits.bonus.iter().map(|bonus| (bonus.remaining, bonus.expires_at));
        let grants = credits.grants.iter().map(|grant| (grant.remaining, grant.expires_at));
        let mut beside: Vec<_> = bonus.chain(grants).collect();
        beside.sort_by_key(|(_, ends)| (ends.is_none(), *ends));
        let usable = |before: Credits, pool| before.plus(usable(rate, pool, before, passed, cycle));
        let beside = beside.into_iter().fold(Credits::ZERO, usable);
        let Some(plan) = credits.plan.remaining else {
            let (from_packs, beyond) = (Credits::ZERO, Credits::ZERO);
            let outcome = Outcome::NoLimit;
            return Some(Self { projected_use, from_packs, beyond, outcome, rate, left: None });
        };
        let own = plan.plus(beside);
        let packs = credits.packs.iter().flatten().map(|pack| (pack.remaining, pack.expires_at));
        let left = packs.fold(own, usable);
        let outcome = if left.is_zero() {
            Outcome::AtLimit
        } else if to_come <= left {
            let credits = left.minus(to_come);
            Outcome::LeftAtReset { credits, percent: percent(credits, used.plus(left)) }
        } else {
            Outcome::LimitAt(rate.used_up(left, now))
        };
        let beyond = to_come.less_at_most_all(left);
        let from_packs = to_come.less_at_most_all(own).minus(beyond);
        Some(Self { projected_use, from_packs, beyond, outcome, rate, left: Some(left) })
    }

    /// What is left and can be used before it ends; none without a limit.
    pub const fn left_to_use(&self) -> Option<Credits> {
        self.left
    }

    /// The credits used so far over the time that has passed.
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// What is still to be used until the cycle's end.
    pub fn to_come(&self) -> Credits {
        self.projected_use.less_at_most_all(self.rate.used())
    }

    /// When what is left would be used up if it were so much more.
    pub(super) fn used_up_with(&self, more: Credits, now: Moment) -> Moment {
        self.rate.used_up(self.left.unwrap_or_default().plus(more), now)
    }
}

impl OverageAhead {
    /// Where `pace` leads from how the account stands, at dollars a credit; what the vendor charges so far leads (V6). None
    /// where what is charged so far isn't known.
    pub fn at(pace: &Pace, current: &Current, unit_price: Money) -> Option<Self> {
        let overage = &current.credits.overage;
        let beyond = overage.cap.map_or(pace.beyond, |cap| pace.beyond.min(cap.left));
        let credits = overage.credits.plus(beyond);
        let more = credits.priced(unit_price).minus(overage.credits.priced(unit_price));
        Some(Self { credits, charge: overage.charge?.plus(more) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::statement::Statement;

    #[test]
    fn a_pack_that_ends_within_the_month_is_used_until_then_at_most() {
        let pace = |used: &str, end: &str| {
            let json = format!(
                r#"{{"account": "kiro-individual", "edition": "kiro-2026-07", "as_of": "2026-09-11T00:00:00Z", "events": [
                {{"at": "2026-08-01T00:00:00Z", "type": "sign_up"}},
                {{"at": "2026-08-01T00:00:00Z", "type": "change_plan", "plan": "pro"}},
                {{"at": "2026-09-02T00:00:00Z", "type": "buy_credits", "amount": "20", "expires_at": "{end}"}},
                {{"at": "2026-09-02T00:00:00Z", "type": "usage", "credits": "{used}"}}]}}"#
            );
            let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
                panic!("a scenario of one person");
            };
            let current = Statement::of(&sourced.timeline).expect("a statement").current;
            let pace = Pace::at(&current, sourced.timeline.as_of).expect("a pace");
            let limit = match pace.outcome {
                Outcome::LimitAt(moment) => moment.to_string(),
                Outcome::LeftAtReset { credits, .. } => format!("{credits} left"),
                Outcome::AtLimit => "at the limit".to_owned(),
                Outcome::NoLimit => "no limit".to_owned(),
            };
            (limit, pace.from_packs.to_string(), pace.beyond.to_string())
        };
        let at = |limit: &str, from_packs: &str, beyond: &str| {
            (limit.to_owned(), from_packs.to_owned(), beyond.to_owned())
        };
        // 60 a day: the plan's 400 last until 16:00 on the 17th, then there is a pack of 500.
        assert_eq!(
            pace("600", "2026-09-17T12:00:00Z"),
            at("2026-09-17T16:00:00Z", "0.00", "800.00"),
            "before it is reached"
        );
        assert_eq!(
            pace("600", "2026-09-19T16:00:00Z"),
            at("2026-09-19T16:00:00Z", "120.00", "680.00"),
            "for two days of it"
        );
        assert_eq!(
            pace("600", "2026-10-01T00:00:00Z"),
            at("2026-09-26T00:00:00Z", "500.00", "300.00"),
            "for all of it"
        );
        // 10 a day: of a pack that goes with the month all is left until then, of one that goes before nothing is used.
        assert_eq!(pace("100", "2026-10-01T00:00:00Z"), at("1200.00 left", "0.00", "0.00"));
        assert_eq!(pace("100", "2026-09-30T23:59:59Z"), at("700.00 left", "0.00", "0.00"));
    }

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
