//! What holds of an account whose owner stated no plan, or not since when: the vendor's word (V4), and up to which month
//! charges aren't known because of that.

use super::acts::StatedFacts;
use super::form;
use crate::answers::{ChargeNote, Facts};
use crate::catalog::plan_titled;
use crate::error::AppError;
use crate::quoted::Quoted;
use chrono::NaiveDate;
use headroom_exact::{Moment, Month};

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
        }
    }

    /// With the vendor's plan where none was stated (V4); none where no plan is known then.
    pub fn with_vendor(stated: Option<Self>, quoted: Option<&Quoted>) -> Option<Self> {
        if let Some(stated) = stated.as_ref().filter(|stated| stated.facts.plan.is_some()) {
            return Some(Self { facts: stated.facts.clone(), ..*stated });
        }
        let quoted = quoted?;
        let plan = plan_titled(quoted.limits.plan_title.as_deref()?)?;
        let stated = stated.unwrap_or_else(|| Self::unstated(quoted.said_at));
        Some(Self {
            facts: Facts { plan: Some(plan.id.clone()), ..stated.facts },
            vendors_plan_at: Some(quoted.said_at),
            ..stated
        })
    }

    /// Whether the plan is the owner's word.
    pub const fn plan_is_stated(&self) -> bool {
        self.vendors_plan_at.is_none() && self.facts.plan.is_some()
    }

    /// The plan without the vendor's word.
    pub(super) fn stated_plan(&self) -> Option<String> {
        self.facts.plan.clone().filter(|_| self.plan_is_stated())
    }

    /// Up to which month charges aren't known, because nobody said what was held then, and the note that says so.
    pub fn not_charged_until(&self, now: Moment) -> Result<Option<(Month, ChargeNote)>, AppError> {
        let unknown =
            |day: NaiveDate| Some((Month::of_date(day), ChargeNote::PlanUnknown { until: day.to_string() }));
        if let Some(since) = self.facts.plan_since {
            return Ok(unknown(since));
        }
        if self.facts.since_is_missing()? {
            return Ok(unknown(self.paid_stated_at.min(now).date()));
        }
        let this_month = Month::of(now);
        let last_month = this_month.plus(-1);
        Ok(match self.facts.first_paid_on {
            None if self.is_paid() => Some((this_month, ChargeNote::FirstPaidUnknown)),
            Some(paid) if self.vendors_plan_at.is_some() && Month::of_date(paid) < this_month => {
                let until = this_month.start().date().to_string();
                Some((last_month, ChargeNote::PlanUnknown { until }))
            }
            None | Some(_) => None,
        })
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
