//! Whether one person's credits last until they renew: what decides it, from how the account stands and its pace.

use super::{Current, Outcome, OverageAhead, Pace};
use crate::advice::seen_enough;
use headroom_exact::{Credits, Moment, Money, Period};

const DAY: i64 = 86_400;

/// How the running cycle goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The plan has no limit (V4).
    NoLimit,
    /// Requests pause until the credits renew.
    Paused,
    /// Everything is used, and what is beyond is charged.
    Charged {
        /// What that comes to at this pace; none where there is no pace, or the vendor's charge so far isn't known.
        ahead: Option<OverageAhead>,
    },
    /// Too little of the cycle has passed.
    TooEarly,
    /// Enough has passed, but it isn't known what this cycle used of a bonus.
    NoPace,
    /// Something is left when the credits renew.
    Lasts {
        /// How much.
        to_spare: Credits,
    },
    /// The credits end before they renew.
    RunsOut {
        /// When.
        at: Moment,
        /// Whole days between that and the renewal.
        days_early: u32,
        /// What overage then comes to, where it keeps requests running; else they pause.
        charged: Option<OverageAhead>,
    },
}

impl Verdict {
    /// Of an account whose credits renew at the cycle's end, with its pace in it and dollars a credit of overage.
    pub fn of(
        current: &Current,
        cycle: &Period,
        pace: Option<&Pace>,
        unit_price: Money,
        now: Moment,
    ) -> Self {
        let Some(left) = current.credits.left() else { return Self::NoLimit };
        if current.paused {
            return Self::Paused;
        }
        let goes_on = current.credits.overage.keeps_running();
        let ahead = pace.filter(|_| goes_on).and_then(|pace| OverageAhead::at(pace, current, unit_price));
        if left.is_zero() {
            return if goes_on { Self::Charged { ahead } } else { Self::Paused };
        }
        let Some(pace) = pace else {
            return if seen_enough(cycle, now).is_some() { Self::NoPace } else { Self::TooEarly };
        };
        match pace.outcome {
            Outcome::NoLimit => Self::NoLimit,
            Outcome::LeftAtReset { credits, .. } => Self::Lasts { to_spare: credits },
            Outcome::LimitAt(at) => Self::RunsOut { at, days_early: days(at, cycle.end), charged: ahead },
            // What is left goes before it can be used.
            Outcome::AtLimit => Self::RunsOut { at: now, days_early: days(now, cycle.end), charged: ahead },
        }
    }

    /// Whether requests pause, now or before the credits renew, unless something is done.
    pub const fn pauses(&self) -> bool {
        match self {
            Self::Paused | Self::RunsOut { charged: None, .. } => true,
            Self::NoLimit
            | Self::Charged { .. }
            | Self::TooEarly
            | Self::NoPace
            | Self::Lasts { .. }
            | Self::RunsOut { charged: Some(_), .. } => false,
        }
    }
}

/// Whole days from one moment to another.
fn days(from: Moment, to: Moment) -> u32 {
    to.seconds_since(from).checked_div(DAY).and_then(|days| u32::try_from(days).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::{Pace, Way, ways_on};
    use super::*;
    use crate::AccountKind as _;
    use crate::scenario::Scenario;
    use crate::timeline::Ledger;

    /// What is decided at a moment of June 2026 on `plan`, with so many credits used on its first day, and every way on.
    fn verdict(plan: &str, overage: bool, used: &str, now: &str) -> String {
        let change = match plan {
            "free" => String::new(),
            plan => format!(r#"{{"at": "2026-05-01T00:00:00Z", "type": "change_plan", "plan": "{plan}"}},"#),
        };
        let on = r#"{"at": "2026-06-01T00:00:00Z", "type": "set_overage", "enabled": true},"#;
        let switch = if overage { on } else { "" };
        let json = format!(
            r#"{{"account": "kiro-individual", "as_of": "{now}", "events": [
            {{"at": "2026-05-01T00:00:00Z", "type": "sign_up", "trial": false}}, {change} {switch}
            {{"at": "2026-06-01T00:00:00Z", "type": "usage", "credits": "{used}"}}]}}"#
        );
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a scenario of one person: {json}");
        };
        let at = sourced.timeline.as_of;
        let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        let current = ledger.account.current(at);
        let pace = Pace::at(&current, at);
        let price = sourced.timeline.edition().overage_unit_price;
        let verdict = Verdict::of(&current, &current.cycle, pace.as_ref(), price, at);
        let said = match verdict {
            Verdict::NoLimit => "no limit".to_owned(),
            Verdict::Paused => "paused".to_owned(),
            Verdict::Charged { ahead: Some(ahead) } => format!("charged {}", ahead.charge),
            Verdict::Charged { ahead: None } => "charged".to_owned(),
            Verdict::TooEarly => "too early".to_owned(),
            Verdict::NoPace => "no pace".to_owned(),
            Verdict::Lasts { to_spare } => format!("{to_spare} to spare"),
            Verdict::RunsOut { at, days_early, charged } => {
                let charged = charged.map(|ahead| format!(", charged {}", ahead.charge));
                format!("{at}, {days_early} early{}", charged.unwrap_or_default())
            }
        };
        let ways = ways_on(&ledger, pace.as_ref(), at).into_iter().map(|on| {
            let costs = on.costs.map_or("?".to_owned(), |costs| costs.to_string());
            match on.way {
                Way::Overage => format!("overage {costs}"),
                Way::Packs { .. } => format!("packs {costs}"),
                Way::Plan { plan, today } => format!("{} {today} today, {costs} in all", plan.id),
            }
        });
        let ways: Vec<_> = ways.collect();
        if verdict.pauses() { format!("{said}; {}", ways.join("; ")) } else { said }
    }

    #[test]
    fn every_standing_has_its_verdict() {
        // After 10 of 30 days, where nothing else is said.
        let now = "2026-06-11T00:00:00Z";
        let cases = [
            ("pro", false, "200", now, "400.00 to spare"),
            ("pro", false, "333.33", now, "0.01 to spare"),
            // 33.334 a day for 30 days are 1,000.02: the last of it goes within the last hour.
            (
                "pro",
                false,
                "333.34",
                now,
                "2026-06-30T23:59:08Z, 0 early; overage 0.00; pro-plus 20.00 today, 40.00 in all",
            ),
            (
                "pro",
                false,
                "500",
                now,
                "2026-06-21T00:00:00Z, 10 early; overage 20.00; pro-plus 20.00 today, 40.00 in all",
            ),
            ("pro", true, "500", now, "2026-06-21T00:00:00Z, 10 early, charged 20.00"),
            ("pro", false, "1000", now, "paused; overage 80.00; power 180.00 today, 360.00 in all"),
            ("pro", true, "1000", now, "charged 80.00"),
            ("pro", false, "10", "2026-06-02T04:47:59Z", "too early"),
            (
                "pro",
                false,
                "1000",
                "2026-06-02T04:47:59Z",
                "paused; overage ?; pro-plus 20.00 today, 40.00 in all",
            ),
            ("free", false, "50", now, "paused; pro 13.33 today, 33.33 in all"),
            ("power", false, "10000", now, "paused; overage 800.00"),
        ];
        for (plan, overage, used, now, expected) in cases {
            assert_eq!(verdict(plan, overage, used, now), expected, "{plan}, {used} used, {now}");
        }
    }
}
