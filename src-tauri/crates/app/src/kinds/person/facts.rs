//! What the owner of one person's account tells about it, checked, and the events that follow from it.

use crate::answers::{Facts, FactsChange};
use crate::catalog;
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::person::{Action, Event};
use headroom_billing::{Edition, Lists, Plan, Terms};
use headroom_exact::{Country, DayCount, Moment, Month, say};

impl FactsChange {
    /// Everything, as an account is first described.
    pub fn whole(facts: &Facts) -> Self {
        Self {
            plan: Some(facts.plan.clone()),
            first_paid_on: Some(facts.first_paid_on),
            signed_up_on: Some(facts.signed_up_on),
            country: Some(facts.country.clone()),
            overage_enabled: facts.overage_enabled,
            price_list: Some(facts.price_list.clone()),
        }
    }

    /// Leaves out what holds already.
    pub(crate) fn keep_only_what_differs(&mut self, held: &Facts, overage: bool) {
        self.plan.take_if(|plan| *plan == held.plan);
        self.first_paid_on.take_if(|day| *day == held.first_paid_on);
        self.signed_up_on.take_if(|day| *day == held.signed_up_on);
        self.country.take_if(|country| *country == held.country);
        self.overage_enabled.take_if(|enabled| *enabled == overage);
        self.price_list.take_if(|list| *list == held.price_list);
    }

    /// Those facts with this stated anew.
    pub(crate) fn applied_to(self, facts: Facts) -> Facts {
        Facts {
            plan: self.plan.unwrap_or(facts.plan),
            first_paid_on: self.first_paid_on.unwrap_or(facts.first_paid_on),
            signed_up_on: self.signed_up_on.unwrap_or(facts.signed_up_on),
            country: self.country.unwrap_or(facts.country),
            overage_enabled: self.overage_enabled.or(facts.overage_enabled),
            price_list: self.price_list.unwrap_or(facts.price_list),
        }
    }
}

/// The hour at which a day's act is taken to have happened: the middle of the day in UTC, which makes
/// "day 15 of 30" leave 15 days, as the vendor's own examples count (K8, `interfaces.md` §6.1).
pub(crate) const NOON: u32 = 12;

impl Facts {
    /// The price list the account is computed by.
    pub fn edition(&self) -> Result<&'static Edition, AppError> {
        let catalog = catalog::in_use();
        let Some(id) = &self.price_list else { return Ok(catalog.default_edition()) };
        catalog.edition(id).ok_or_else(|| {
            let known: Vec<_> = catalog.editions().iter().map(|edition| edition.list.id.as_str()).collect();
            AppError::input(say!("no-such-price-list", text = id, known))
        })
    }

    /// The country's own type.
    fn billing_country(&self) -> Result<Country, AppError> {
        self.country.parse().map_err(|_| AppError::input(say!("no-such-country", text = &self.country)))
    }

    fn plan(&self) -> Result<&'static Plan, AppError> {
        let edition = self.edition()?;
        edition.plan_named(&self.plan).ok_or_else(|| {
            AppError::input(say!("no-such-plan", text = &self.plan, known = edition.plan_ids()))
        })
    }

    /// Whether they can be true as of `now`; the error names the field and the fix.
    pub fn check(&self, now: Moment) -> Result<(), AppError> {
        let plan = self.plan()?;
        let country = self.billing_country()?;
        let today = now.date();
        for (field, date) in
            [(say!("first-paid-day"), self.first_paid_on), (say!("sign-up-day"), self.signed_up_on)]
        {
            if let Some(date) = date {
                if date > today {
                    return Err(AppError::input(say!("date-to-come", field, date, today)));
                }
                // Kiro was announced in July 2025; what is earlier is a slip of the pen.
                if date < NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default() {
                    return Err(AppError::input(say!("before-kiro", field, date)));
                }
            }
        }
        if plan.is_paid() && self.first_paid_on.is_none() {
            return Err(AppError::input(say!("first-paid-day-missing", plan = &plan.name)));
        }
        if let (Some(signed_up), Some(paid)) = (self.signed_up_on, self.first_paid_on)
            && paid < signed_up
        {
            return Err(AppError::input(say!("paid-before-sign-up", date = paid, sign_up = signed_up)));
        }
        if plan.is_paid() && !headroom_billing::catalog::sells_paid_plans(country) {
            return Err(AppError::input(say!("no-paid-plans-there", country)));
        }
        if self.overage_enabled == Some(true) && self.edition()?.packs.is_some() {
            return Err(AppError::input(say!("packs-instead-of-overage")));
        }
        if !plan.is_paid() {
            if self.overage_enabled == Some(true) {
                return Err(AppError::input(say!("no-overage-on-free")));
            }
            if self.first_paid_on.is_some_and(|paid| Month::of_date(paid) == Month::of(now)) {
                return Err(AppError::input(say!("paid-this-month")));
            }
        }
        Ok(())
    }

    /// The sign-up: the stated day at its beginning, so that the bonus never lasts longer than we say;
    /// else the beginning of the first month there can be anything to compute.
    pub fn signed_up_at(&self, now: Moment) -> Moment {
        match (self.signed_up_on, self.first_paid_on) {
            (Some(date), _) => Moment::on(date, 0),
            (None, Some(date)) => Month::of_date(date).start(),
            (None, None) => Month::of(now).start(),
        }
    }

    /// What the account is billed by.
    pub fn terms(&self) -> Result<Terms, AppError> {
        Ok(Terms {
            catalog: catalog::in_use(),
            lists: Lists::Named(self.edition()?),
            country: self.billing_country()?,
            day_count: DayCount::default(),
        })
    }

    /// The events these facts stand for, of an account that begins at `begins`; plan and first paid day were stated
    /// at `stated_at`; `overage` is the switch's first position.
    pub fn events(
        &self,
        begins: Moment,
        stated_at: Moment,
        overage: bool,
    ) -> Result<Vec<Event<'static>>, AppError> {
        let plan = self.plan()?;
        let edition = self.edition()?;
        let mut actions = vec![(begins, Action::SignUp { trial: self.signed_up_on.is_some() })];
        if let Some(date) = self.first_paid_on {
            let paid_at = Moment::on(date, NOON).min(stated_at).max(begins);
            if plan.is_paid() {
                actions.push((paid_at, Action::ChangePlan(plan.rank)));
            } else if let Some(smallest) = edition.paid_plans().next() {
                // Paid once and back on Free: which plan it was makes no difference any more (K9).
                actions.push((paid_at, Action::ChangePlan(smallest.rank)));
                actions.push((paid_at, Action::ChangePlan(plan.rank)));
            }
            if overage {
                actions.push((paid_at, Action::SetOverage { enabled: true }));
            }
        }
        Ok(actions
            .into_iter()
            .enumerate()
            .map(|(position, (at, action))| Event { at, position, action })
            .collect())
    }
}
