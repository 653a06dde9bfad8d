//! Every choice that could be made now, beside each other, and which of them do for the use that is supposed.

use super::{Course, Start, Supposed};
use crate::advice::PlanCosts;
use crate::catalog::Plan;
use crate::person::Action;
use crate::timeline::AccountKind as _;
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, Month};
use serde::Serialize;

/// A plan chosen now, with overage or packs or without.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    /// The plan's id.
    pub plan: &'static str,
    /// Whether overage is chosen.
    pub overage: bool,
    /// Whether packs are bought, where they are sold in place of overage.
    pub packs: bool,
    /// Whether it is how things stand, so that nothing has to be changed for it.
    pub unchanged: bool,
    /// Where it leads.
    pub course: Course,
    /// Why it doesn't do for the use, although a change to it may be allowed; none where it does, or where that isn't known.
    pub unfit: Option<Unfit>,
}

/// What the supposed use needs.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// What plans give the account, and cost it.
    pub costs: PlanCosts,
    /// Credits of a whole month of it.
    pub month: Credits,
    /// What of them the plan one is on doesn't cover, nor anything beside it; none where its own credits alone count.
    pub beyond: Option<Credits>,
    /// Whether somebody named such a month: then it can be said which plans serve it, whatever is known of the use so far.
    pub is_asked: bool,
}

/// How a choice covers the use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Covers {
    /// Its plan has no limit (V4).
    NoLimit,
    /// So many credits are left.
    Left(Credits),
    /// So many are charged as overage.
    Overage(Credits),
    /// Packs are bought for so many.
    Packs(Credits),
}

/// Over which time a choice covers the use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    /// Up to the last day.
    Days,
    /// A whole month: the plan begins only after the last day, a month needs more than the days, or nothing is known of the
    /// use so far.
    Month,
}

/// Why a choice doesn't do for the use that is supposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Unfit {
    /// Requests pause before the last day has ended.
    Pauses {
        /// From this day on.
        on: NaiveDate,
    },
    /// A whole month needs more than the plan has, and nothing covers the rest: a smaller plan begins only when the cycle
    /// ends.
    TooSmall {
        /// Credits a month on the plan.
        allowance: Credits,
        /// Credits that a month of this use needs.
        needs: Credits,
    },
}

impl Need {
    /// What the supposed days come to over the whole month in which they end.
    pub fn of(start: &Start<'_>, supposed: &Supposed) -> Self {
        let days = Month::of_date(supposed.until).period().days();
        let month = supposed.rate.in_days(days);
        Self { costs: start.ledger.account.plan_costs(), month, beyond: None, is_asked: false }
    }
}

/// Each plan, the paid ones with overage or packs and without, chosen at the start; the supposed changes are left out.
pub fn choices(start: &Start<'_>, supposed: &Supposed, need: &Need) -> Vec<Choice> {
    let mut choices = Vec::new();
    for plan in start.ledger.account.edition().plans() {
        choices.push(choice(start, supposed, plan, false));
        if plan.is_paid() {
            choices.push(choice(start, supposed, plan, true));
        }
    }
    // Which of them do for a use that nobody knows isn't known.
    if start.use_is_known || need.is_asked {
        for choice in &mut choices {
            choice.unfit = unfit(choice, start.ledger.account.plan(), need);
        }
    }
    choices
}

/// Without those that are told from the other one of their plan by their name alone: turning overage on, or buying packs,
/// makes no difference there. The one for which less has to be changed stays.
pub fn that_differ(choices: Vec<Choice>, overage_is_on: bool) -> Vec<Choice> {
    let mut kept: Vec<Choice> = Vec::new();
    for choice in choices {
        match kept.last_mut() {
            Some(other) if other.plan == choice.plan && other.comes_to_the_same(&choice) => {
                if !other.unchanged && (choice.unchanged || (choice.overage && overage_is_on)) {
                    *other = choice;
                }
            }
            _ => kept.push(choice),
        }
    }
    kept
}

/// Where it leads if everything stays until the running cycle ends and a choice is made then.
pub fn chosen_later(start: &Start<'_>, supposed: &Supposed, choice: &Choice) -> Option<Course> {
    let account = &start.ledger.account;
    let current = account.current(start.at);
    let (at, plan) = (current.cycle.end, account.edition().plan_named(choice.plan)?);
    let mut changes = vec![(at, Action::ChangePlan(plan.rank))];
    if account.can_have_overage(plan) && choice.overage != current.credits.overage.enabled {
        changes.push((at, Action::SetOverage { enabled: choice.overage }));
    }
    let until = supposed.until.max(at.date());
    Some(start.course(&Supposed { until, changes, packs: false, ..supposed.clone() }, false))
}

/// Which choice is a plan: of the ways to have it that do for the use the one that comes to least, of equals the one for which
/// less has to be changed.
pub fn best_of<'c>(choices: &'c [Choice], plan: &Plan) -> Option<&'c Choice> {
    let fits = |choice: &&Choice| {
        choice.plan == plan.id && choice.course.refused.is_none() && choice.unfit.is_none()
    };
    choices.iter().filter(fits).min_by_key(|choice| (choice.course.together, !choice.unchanged))
}

impl Choice {
    /// Whether it differs from another one of its plan in its name alone.
    fn comes_to_the_same(&self, other: &Self) -> bool {
        let (course, others) = (&self.course, &other.course);
        self.unfit == other.unfit && *course == Course { overage: course.overage, ..others.clone() }
    }

    /// When its plan begins; none where it is the one that one is on, or begins at once.
    pub fn begins_at(&self, start: &Start<'_>) -> Option<Moment> {
        let account = &start.ledger.account;
        let plan = account.edition().plan_named(self.plan)?;
        (plan.rank < account.plan().rank && self.course.refused.is_none())
            .then(|| account.current(start.at).cycle.end)
    }

    /// How it covers the use, and over which time; none where it doesn't, or where that isn't known.
    pub fn covers(&self, start: &Start<'_>, need: &Need) -> Option<(Covers, Over)> {
        let is_known = start.use_is_known || need.is_asked;
        if self.course.refused.is_some() || self.unfit.is_some() || !is_known {
            return None;
        }
        let account = &start.ledger.account;
        let plan = account.edition().plan_named(self.plan)?;
        let by_month = match need.costs.allowance(plan).credits() {
            None => Covers::NoLimit,
            Some(allowance) if need.month <= allowance => Covers::Left(allowance.minus(need.month)),
            Some(allowance) if self.packs => Covers::Packs(need.month.minus(allowance)),
            Some(allowance) => Covers::Overage(need.month.minus(allowance)),
        };
        if !start.use_is_known || self.course.plan != self.plan {
            return Some((by_month, Over::Month));
        }
        let by_days = self.covered()?;
        // Something may be left of the days although a month needs more, unless what stands beside the plan covers that.
        let is_short =
            matches!((by_days, by_month), (Covers::Left(_), Covers::Overage(_) | Covers::Packs(_)));
        let counts_beside = need.beyond.is_some() && plan.rank == account.plan().rank;
        let is_of_month = is_short && !counts_beside;
        Some(if is_of_month { (by_month, Over::Month) } else { (by_days, Over::Days) })
    }

    /// How the days are covered up to the last one.
    fn covered(&self) -> Option<Covers> {
        let (overage, packs) = (self.course.overage_credits?, self.course.pack_credits?);
        Some(match self.course.left {
            _ if packs.is_positive() => Covers::Packs(packs),
            _ if overage.is_positive() => Covers::Overage(overage),
            Some(left) => Covers::Left(left),
            None => Covers::NoLimit,
        })
    }
}

/// A plan on which requests go on when its credits end, or don't.
fn choice(start: &Start<'_>, supposed: &Supposed, plan: &'static Plan, goes_on: bool) -> Choice {
    let account = &start.ledger.account;
    let (edition, current) = (account.edition(), account.current(start.at));
    // Who has overage is sold no packs in its place.
    let has_overage = account.can_have_overage(plan);
    let sells_packs = edition.has_packs() && !account.has_overage();
    let (overage, packs) = (goes_on && has_overage, goes_on && sells_packs);
    let mut changes = Vec::new();
    // What is settled for the cycle's end is how things stand.
    if plan.id != current.next_plan.unwrap_or(current.plan) {
        changes.push((start.at, Action::ChangePlan(plan.rank)));
    }
    // The switch can be on while the plan is paid for: on the way to Free it is left as it is.
    if has_overage && overage != current.credits.overage.enabled {
        changes.push((start.at, Action::SetOverage { enabled: overage }));
    }
    let unchanged = changes.is_empty() && !packs;
    let course = start.course(&Supposed { changes, packs, ..supposed.clone() }, false);
    Choice { plan: &plan.id, overage, packs, unchanged, course, unfit: None }
}

/// Why a choice doesn't do: requests pause on it, or it would not serve a whole month of the use. The plan that has no limit
/// serves any.
fn unfit(choice: &Choice, own: &Plan, need: &Need) -> Option<Unfit> {
    if let Some(end) = choice.course.run_out.filter(|end| end.pauses) {
        return Some(Unfit::Pauses { on: end.day });
    }
    let plan = need.costs.edition().plan_named(choice.plan)?;
    let allowance = need.costs.allowance(plan).credits()?;
    let lacks = match need.beyond.filter(|_| plan.rank == own.rank) {
        Some(beyond) => beyond.is_positive(),
        None => allowance < need.month,
    };
    let goes_on = choice.overage || choice.packs;
    (lacks && !goes_on).then_some(Unfit::TooSmall { allowance, needs: need.month })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{Ledger, Rate};
    use crate::scenario::Scenario;

    /// Every choice that differs after ten days of September by the list that is named, on a plan with so many credits used,
    /// at so many hundredths a day: how it covers them, or why it doesn't.
    fn table(edition: &str, plan: &str, used: &str, a_day: i128) -> Vec<String> {
        let json = format!(
            r#"{{"account": "kiro-individual", "edition": "{edition}", "as_of": "2026-09-11T00:00:00Z", "events": [
            {{"at": "2026-08-01T00:00:00Z", "type": "sign_up"}},
            {{"at": "2026-08-01T00:00:00Z", "type": "change_plan", "plan": "{plan}"}},
            {{"at": "2026-09-01T00:00:00Z", "type": "usage", "credits": "{used}"}}]}}"#
        );
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(json.as_bytes()) else {
            panic!("a scenario of one person: {json}");
        };
        let at = sourced.timeline.as_of;
        let ledger = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        let start = Start { ledger: &ledger, at, use_is_known: true, position: 3 };
        let until = NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");
        let rate = Rate::a_day(Credits::from_hundredths(a_day));
        let supposed = Supposed { until, rate, changes: Vec::new(), packs: false };
        let need = Need::of(&start, &supposed);
        let choices = that_differ(choices(&start, &supposed, &need), false);
        let says = |choice: &Choice| {
            let how = match (choice.covers(&start, &need), choice.unfit) {
                (Some((Covers::NoLimit, _)), _) => "no limit".to_owned(),
                (Some((Covers::Left(credits), over)), _) => format!("{credits} left, {over:?}"),
                (Some((Covers::Overage(credits), over)), _) => format!("{credits} charged, {over:?}"),
                (Some((Covers::Packs(credits), over)), _) => format!("packs for {credits}, {over:?}"),
                (None, Some(Unfit::Pauses { on })) => format!("pauses on {on}"),
                (None, Some(Unfit::TooSmall { allowance, needs })) => format!("{allowance} of {needs}"),
                (None, None) => "not known".to_owned(),
            };
            let goes_on = if choice.overage {
                " on"
            } else if choice.packs {
                " packs"
            } else {
                ""
            };
            format!("{}{goes_on}: {how}", choice.plan)
        };
        choices.iter().map(says).collect()
    }

    #[test]
    fn what_covers_means() {
        let (with_overage, with_packs) = ("kiro-2025-12", "kiro-2026-07");
        let cases: [(&str, &str, &str, i128, &[&str]); 6] = [
            // 900 by the month's end: overage on or off is one choice.
            (
                with_overage,
                "pro",
                "300",
                3_000,
                &["free: 50.00 of 900.00", "pro: 100.00 left, Days", "pro-plus: 1100.00 left, Days"],
            ),
            // 1,300, of which Pro's end after fourteen days.
            (
                with_overage,
                "pro",
                "300",
                5_000,
                &[
                    "free: pauses on 2026-09-24",
                    "pro: pauses on 2026-09-24",
                    "pro on: 300.00 charged, Days",
                    "pro-plus: 700.00 left, Days",
                ],
            ),
            // A smaller plan begins with October: a whole month of the use counts, 900, and 1,500.
            (with_overage, "pro-plus", "300", 3_000, &["free: 50.00 of 900.00", "pro: 100.00 left, Month"]),
            (
                with_overage,
                "pro-plus",
                "300",
                5_000,
                &["free: 50.00 of 1500.00", "pro: 1000.00 of 1500.00", "pro on: 500.00 charged, Month"],
            ),
            // 300 are left after twenty such days, and a month of them needs more.
            (
                with_overage,
                "pro-plus",
                "300",
                7_000,
                &[
                    "free: 50.00 of 2100.00",
                    "pro: 1000.00 of 2100.00",
                    "pro on: 1100.00 charged, Month",
                    "pro-plus: 2000.00 of 2100.00",
                    "pro-plus on: 100.00 charged, Month",
                ],
            ),
            (
                with_packs,
                "pro",
                "1000",
                10_000,
                &[
                    "free: pauses on 2026-09-11",
                    "pro: pauses on 2026-09-11",
                    "pro packs: packs for 2000.00, Days",
                ],
            ),
        ];
        for (edition, plan, used, a_day, expected) in cases {
            let table = table(edition, plan, used, a_day);
            assert_eq!(&table[..expected.len()], expected, "{plan}, {used} used, {a_day} hundredths a day");
        }
    }
}
