//! What holds of an account whose owner stated no plan, or not since when: the vendor's word (V4), what was stated before,
//! and in which months charges aren't known because of that.

use super::acts::{ReplacedChange, StatedFacts, changed_plan};
use super::facts::known_plan;
use super::form;
use super::held_before::{HeldBefore, changed_at};
use crate::answers::{ChargeNote, Facts};
use crate::catalog::plan_titled;
use crate::error::AppError;
use crate::quoted::Quoted;
use chrono::{Datelike, NaiveDate};
use headroom_billing::Plan;
use headroom_exact::{Moment, Month, say};
use headroom_store::table::events::Act;

/// Months whose charges aren't known.
pub(crate) struct NotCharged {
    /// None for all months before.
    from: Option<Month>,
    until: Month,
    /// Why.
    pub note: ChargeNote,
}

impl NotCharged {
    fn until(day: NaiveDate) -> Self {
        let note = ChargeNote::PlanUnknown { until: day.to_string() };
        Self { from: None, until: Month::of_date(day), note }
    }

    pub fn holds_in(&self, month: Month) -> bool {
        month <= self.until && self.from.is_none_or(|from| month >= from)
    }
}

impl StatedFacts {
    /// What holds where nothing is stated but the vendor's word.
    fn unstated(at: Moment) -> Self {
        Self {
            facts: form::default_facts(),
            plan_act: 0,
            limited: None,
            was_unlisted: false,
            paid_stated_at: at,
            overage: false,
            vendors_plan_at: None,
            plan_is_unlisted: false,
            plan_stated_at: at,
            held_before: Vec::new(),
        }
    }

    /// The plans held before `facts`, which state another one since a day, in their order: this statement's own, and the
    /// changes that `acts` record after it. None where since when isn't known.
    pub(super) fn held_until(&self, facts: &Facts, acts: &[Act]) -> Result<Vec<HeldBefore>, AppError> {
        let Some(plan) = self.facts.plan.as_deref().and_then(known_plan) else { return Ok(Vec::new()) };
        let never_paid = !plan.is_paid() && self.facts.first_paid_on.is_none();
        let changes = self.changes(acts).map(|act| Ok((changed_plan(act)?, act.at)));
        // What can't be read leaves open what was held.
        let changes: Result<Vec<_>, AppError> = changes.collect();
        let Some(changes) = changes.ok().filter(|_| !never_paid) else { return Ok(Vec::new()) };
        if self.facts.since_is_missing()? {
            return Ok(Vec::new());
        }
        let mut held = self.held_before.clone();
        let day = self.facts.plan_since;
        let before = held.last().map_or(plan, |before| before.plan);
        held.push(HeldBefore { plan, day, changed_at: day.map(|day| changed_at(plan, day, before)) });
        held.extend(changes.into_iter().map(|(plan, at)| HeldBefore {
            plan,
            day: Some(at.date()),
            changed_at: Some(at),
        }));
        Ok(Self::kept_before(held, facts))
    }

    /// Those of them that were held before the day since which the plan of `facts` is.
    pub(super) fn kept_before(mut held: Vec<HeldBefore>, facts: &Facts) -> Vec<HeldBefore> {
        let (Some(since), Some(first_paid)) = (facts.plan_since, facts.first_paid_on) else {
            return Vec::new();
        };
        let is_free = facts.plan().is_ok_and(|plan| !plan.is_paid());
        let until = if is_free { Month::of_date(since).start().date() } else { since };
        held.retain(|before| before.day.unwrap_or(first_paid) < until);
        held
    }

    /// The error where another plan is stated without a day, and months that are charged by what was stated would be
    /// charged otherwise (V4).
    pub(super) fn check_since(&self, plan: &str, now: Moment) -> Result<(), AppError> {
        let this_month = Month::of(now);
        let Some(first_paid) = self.facts.first_paid_on.filter(|paid| Month::of_date(*paid) < this_month)
        else {
            return Ok(());
        };
        // What is stated anew on the day on which it was first stated corrects a slip: nothing was shown of any month before.
        let was_a_slip =
            self.plan_is_stated() && self.plan_stated_at.date() == now.date() && self.held_before.is_empty();
        if was_a_slip {
            return Ok(());
        }
        Err(AppError::input(say!(
            "since-when",
            plan,
            today = now.date().to_string(),
            first_paid = first_paid.to_string()
        )))
    }

    /// With the vendor's plan where none was stated (V4), which may be one that no price list has; none where nobody said
    /// anything of the account.
    pub fn with_vendor(stated: Option<Self>, quoted: Option<&Quoted>) -> Option<Self> {
        let stated = match stated {
            Some(stated) if stated.facts.plan.is_some() => return Some(stated),
            Some(_) | None => stated,
        };
        let quoted = quoted?;
        let plan = quoted.limits.plan_title.as_deref().and_then(plan_titled);
        let stated = stated.unwrap_or_else(|| Self::unstated(quoted.said_at));
        Some(Self {
            facts: Facts { plan: plan.map(|plan| plan.id.clone()), ..stated.facts },
            vendors_plan_at: Some(quoted.said_at),
            plan_is_unlisted: plan.is_none(),
            ..stated
        })
    }

    /// Whether a plan that is paid for is stated.
    pub(super) fn is_paid(&self) -> bool {
        self.facts.plan().is_ok_and(Plan::is_paid)
    }

    /// The plan changes that count no more once the plan is stated anew.
    pub(super) fn replaced<'a>(
        &self,
        acts: &'a [Act],
    ) -> impl Iterator<Item = Result<ReplacedChange, AppError>> + use<'a> {
        self.changes(acts).map(|act| Ok(ReplacedChange { plan: changed_plan(act)?, on: act.at.date() }))
    }

    /// Whether the plan that the account is on is in no price list: no change to one that is was recorded since.
    pub(super) fn is_on_unlisted_plan(&self, acts: &[Act]) -> bool {
        self.plan_is_unlisted && self.changes(acts).next().is_none()
    }

    /// Whether the plan is the owner's word.
    pub const fn plan_is_stated(&self) -> bool {
        self.vendors_plan_at.is_none() && self.facts.plan.is_some()
    }

    /// The plan without the vendor's word.
    pub(super) fn stated_plan(&self) -> Option<String> {
        self.facts.plan.clone().filter(|_| self.plan_is_stated())
    }

    /// In which months charges aren't known, because nobody said what was held then.
    pub fn not_charged(&self, quoted: Option<&Quoted>, now: Moment) -> Result<Vec<NotCharged>, AppError> {
        if self.plan_is_unlisted {
            let plan = quoted.and_then(|quoted| quoted.limits.plan_title.clone());
            let note = ChargeNote::PlanUnlisted { plan };
            return Ok(vec![NotCharged { from: None, until: Month::of(now), note }]);
        }
        if let Some(since) = self.facts.plan_since {
            return Ok(self.not_charged_before(since));
        }
        if self.facts.since_is_missing()? {
            return Ok(vec![NotCharged::until(self.paid_stated_at.min(now).date())]);
        }
        Ok(self.not_charged_without_a_day(now).into_iter().collect())
    }

    /// The same of a plan that is held since a day.
    fn not_charged_before(&self, since: NaiveDate) -> Vec<NotCharged> {
        let Some(first) = self.held_before.first() else { return vec![NotCharged::until(since)] };
        let mut months: Vec<_> = first.day.map(NotCharged::until).into_iter().collect();
        // What a paid plan charged in the month in which it ended before its end, no rule says.
        let present = self.facts.plan().ok().map(|plan| (plan, Some(since)));
        let held = self.held_before.iter().map(|before| (before.plan, before.day)).chain(present);
        let ended = held.filter(|(plan, _)| !plan.is_paid()).filter_map(|(_, day)| day);
        months.extend(ended.filter(|day| day.day() != 1).map(|day| NotCharged {
            from: Some(Month::of_date(day)),
            until: Month::of_date(day),
            note: ChargeNote::EndedWithin { on: day.to_string() },
        }));
        months
    }

    fn not_charged_without_a_day(&self, now: Moment) -> Option<NotCharged> {
        let this_month = Month::of(now);
        let last_month = this_month.plus(-1);
        match self.facts.first_paid_on {
            None if self.is_paid() => {
                Some(NotCharged { from: None, until: this_month, note: ChargeNote::FirstPaidUnknown })
            }
            Some(paid) if self.vendors_plan_at.is_some() && Month::of_date(paid) < this_month => {
                let until = this_month.start().date().to_string();
                let note = ChargeNote::PlanUnknown { until };
                Some(NotCharged { from: None, until: last_month, note })
            }
            None | Some(_) => None,
        }
    }

    /// Since when the plan is known to be held, where nobody said so.
    pub(super) fn plan_from(&self, now: Moment) -> Result<Option<Moment>, AppError> {
        if self.facts.since_is_missing()? {
            return Ok(Some(Month::of(self.paid_stated_at.min(now)).start()));
        }
        // From before the running month on, which it is charged for in full.
        Ok(self.vendors_plan_at.map(|_| Month::of(now).plus(-1).start()))
    }
}
