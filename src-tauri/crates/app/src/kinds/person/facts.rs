//! What the owner of one person's account tells about it, checked, and the events that follow from it.

use super::held_before::{HeldBefore, NOON, changed_at};
use super::stated::{credits_of, dollars_of, tax_rate_of};
use crate::answers::{Facts, FactsChange};
use crate::catalog;
use crate::error::AppError;
use crate::quoted::Quoted;
use chrono::NaiveDate;
use headroom_billing::person::Action;
use headroom_billing::{Edition, Lists, Plan, Terms};
use headroom_exact::{Country, DayCount, Moment, Month, Saying, say};

impl FactsChange {
    /// Everything, as an account is first described.
    pub fn whole(facts: &Facts) -> Self {
        Self {
            plan: facts.plan.clone(),
            first_paid_on: Some(facts.first_paid_on),
            signed_up_on: Some(facts.signed_up_on),
            country: Some(facts.country.clone()),
            overage_enabled: facts.overage_enabled,
            price_list: Some(facts.price_list.clone()),
            plan_since: Some(facts.plan_since),
            first_payment_credit: Some(facts.first_payment_credit.clone()),
            own_limit: Some(facts.own_limit.clone()),
            tax_percent: Some(facts.tax_percent.clone()),
        }
    }

    /// Leaves out what holds already, by the owner's own word.
    pub(crate) fn keep_only_what_differs(&mut self, held: &Facts, overage: bool, plan_is_stated: bool) {
        self.plan.take_if(|plan| plan_is_stated && Some(&*plan) == held.plan.as_ref());
        self.first_paid_on.take_if(|day| *day == held.first_paid_on);
        self.signed_up_on.take_if(|day| *day == held.signed_up_on);
        self.country.take_if(|country| *country == held.country);
        self.overage_enabled.take_if(|enabled| *enabled == overage);
        self.price_list.take_if(|list| *list == held.price_list);
        self.plan_since.take_if(|day| *day == held.plan_since);
        self.first_payment_credit.take_if(|credit| *credit == held.first_payment_credit);
        self.own_limit.take_if(|limit| *limit == held.own_limit);
        self.tax_percent.take_if(|tax| *tax == held.tax_percent);
    }

    /// Those facts with this stated anew.
    pub(crate) fn applied_to(self, facts: Facts) -> Facts {
        Facts {
            plan: self.plan.or(facts.plan),
            first_paid_on: self.first_paid_on.unwrap_or(facts.first_paid_on),
            signed_up_on: self.signed_up_on.unwrap_or(facts.signed_up_on),
            country: self.country.unwrap_or(facts.country),
            overage_enabled: self.overage_enabled.or(facts.overage_enabled),
            price_list: self.price_list.unwrap_or(facts.price_list),
            plan_since: self.plan_since.unwrap_or(facts.plan_since),
            first_payment_credit: self.first_payment_credit.unwrap_or(facts.first_payment_credit),
            own_limit: self.own_limit.unwrap_or(facts.own_limit),
            tax_percent: self.tax_percent.unwrap_or(facts.tax_percent),
        }
    }

    /// As it is kept: a list "in-force" is none, and what is empty isn't there.
    pub(crate) fn settled(mut self) -> Self {
        let empty = |text: &mut Option<Option<String>>| {
            if let Some(text) = text {
                text.take_if(|text| text.trim().is_empty());
            }
        };
        if let Some(list) = &mut self.price_list {
            list.take_if(|list| list == Lists::IN_FORCE);
        }
        empty(&mut self.first_payment_credit);
        empty(&mut self.own_limit);
        empty(&mut self.tax_percent);
        self
    }
}

/// A plan by its id, whatever list it is in: the newest that has it.
pub(crate) fn known_plan(id: &str) -> Option<&'static Plan> {
    catalog::in_use().editions().iter().rev().find_map(|edition| edition.plan_named(id))
}

/// Every plan that there is, for messages.
fn plan_ids() -> String {
    catalog::in_use().editions().last().map(Edition::plan_ids).unwrap_or_default()
}

/// When what the facts say was stated, where the moment matters.
pub(crate) struct StatedAt {
    /// The account's beginning.
    pub begins: Moment,
    /// The plan and the first paid day.
    pub paid: Moment,
    /// The plan's own limit.
    pub limit: Moment,
    /// Since when the plan is known to be held, where nobody said so: what was held before isn't known.
    pub plan_from: Option<Moment>,
    /// The plans held before the present one, in their order.
    pub held_before: Vec<HeldBefore>,
    /// The first payment that is recorded as a change; none where there is no such change.
    pub first_change: Option<Moment>,
    /// Whether the plan is in no price list: nothing is charged for it that is known.
    pub plan_is_unlisted: bool,
}

impl Facts {
    /// The price lists the account is computed by: the one that was named for all months, else each month's own (N1).
    pub fn lists(&self) -> Result<Lists, AppError> {
        let catalog = catalog::in_use();
        let Some(id) = &self.price_list else { return Ok(Lists::InForce(catalog)) };
        catalog.edition(id).map(Lists::Named).ok_or_else(|| {
            let known: Vec<_> = catalog.editions().iter().map(|edition| edition.list.id.as_str()).collect();
            AppError::input(say!("no-such-price-list", text = id, known))
        })
    }

    /// The country's own type.
    fn billing_country(&self) -> Result<Country, AppError> {
        self.country.parse().map_err(|_| AppError::input(say!("no-such-country", text = &self.country)))
    }

    pub(crate) fn plan(&self) -> Result<&'static Plan, AppError> {
        let id = self.plan.as_deref().ok_or_else(|| AppError::input(say!("plan-not-stated")))?;
        known_plan(id).ok_or_else(|| AppError::input(say!("no-such-plan", text = id, known = plan_ids())))
    }

    /// With the plan that the vendor says.
    pub(crate) fn with_plan_of(self, quoted: Option<&Quoted>) -> Self {
        let title = quoted.and_then(|quoted| quoted.limits.plan_title.as_deref());
        let plan = title.and_then(catalog::plan_titled).map(|plan| plan.id.clone());
        Self { plan: plan.or(self.plan), ..self }
    }

    /// The days that are stated, by their fields.
    fn days(&self) -> [(Saying, Option<NaiveDate>); 3] {
        [
            (say!("first-paid-day"), self.first_paid_on),
            (say!("sign-up-day"), self.signed_up_on),
            (say!("plan-since-day"), self.plan_since),
        ]
    }

    /// Whether they can be true as of `now`; the error names the field and the fix.
    pub fn check(&self, now: Moment) -> Result<(), AppError> {
        let plan = self.plan()?;
        let country = self.billing_country()?;
        let lists = self.lists()?;
        let today = now.date();
        for (field, date) in self.days() {
            let Some(date) = date else { continue };
            if date > today {
                return Err(AppError::input(say!("date-to-come", field, date, today)));
            }
            // Kiro was announced in July 2025; what is earlier is a slip of the pen.
            if date < NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default() {
                return Err(AppError::input(say!("before-kiro", field, date)));
            }
        }
        if let (Some(signed_up), Some(paid)) = (self.signed_up_on, self.first_paid_on)
            && paid < signed_up
        {
            return Err(AppError::input(say!("paid-before-sign-up", date = paid, sign_up = signed_up)));
        }
        if plan.is_paid() && !headroom_billing::catalog::sells_paid_plans(country) {
            return Err(AppError::input(say!("no-paid-plans-there", country)));
        }
        self.check_plan_since(plan, now)?;
        self.check_is_sold(plan, lists, now)?;
        self.check_overage(plan, lists, now)?;
        self.check_amounts(lists, now)
    }

    /// A plan is held since a day after the first payment, Free since the day that what was paid for ended.
    fn check_plan_since(&self, plan: &Plan, now: Moment) -> Result<(), AppError> {
        let paid_this_month = self.first_paid_on.is_some_and(|paid| Month::of_date(paid) == Month::of(now));
        match (self.plan_since, self.first_paid_on) {
            (None, _) if !plan.is_paid() && paid_this_month => Err(AppError::input(say!("paid-this-month"))),
            (Some(_), None) if !plan.is_paid() => Err(AppError::input(say!("plan-since-of-free"))),
            (Some(date), Some(first_paid)) if date <= first_paid && plan.is_paid() || date < first_paid => {
                Err(AppError::input(say!("plan-since-too-early", date, first_paid)))
            }
            (None | Some(_), _) => Ok(()),
        }
    }

    /// A plan is in the list of the day since which it is said to be held; one that is in no list of now isn't held now.
    fn check_is_sold(&self, plan: &Plan, lists: Lists, now: Moment) -> Result<(), AppError> {
        let since = self.plan_since.filter(|_| plan.is_paid()).map_or(now, |day| Moment::on(day, NOON));
        if lists.at(since).plan_named(&plan.id).is_none() {
            let (list, date) = (lists.at(since).list.title.clone(), since.date());
            return Err(AppError::input(say!("plan-not-sold-then", plan = &plan.name, list, date)));
        }
        Ok(())
    }

    /// Whether the plan wasn't sold yet when it was first paid, and nobody said since when it is held (V4).
    pub(crate) fn since_is_missing(&self) -> Result<bool, AppError> {
        let (Some(paid), None, Some(id)) = (self.first_paid_on, self.plan_since, &self.plan) else {
            return Ok(false);
        };
        let sold = self.lists()?.at(Moment::on(paid, NOON)).plan_named(id).is_some();
        Ok(!sold && known_plan(id).is_some_and(Plan::is_paid))
    }

    fn check_overage(&self, plan: &Plan, lists: Lists, now: Moment) -> Result<(), AppError> {
        let paid_at = self.first_paid_on.map_or(now, |day| Moment::on(day, NOON));
        if self.overage_enabled == Some(true) && lists.at(paid_at).has_packs() {
            return Err(AppError::input(say!("packs-instead-of-overage")));
        }
        if !plan.is_paid() && self.overage_enabled == Some(true) {
            return Err(AppError::input(say!("no-overage-on-free")));
        }
        Ok(())
    }

    /// The amounts: each can be read, and what is granted on a first payment is granted then (N3).
    fn check_amounts(&self, lists: Lists, now: Moment) -> Result<(), AppError> {
        self.tax_rate()?;
        self.limit()?;
        if self.credit()?.is_none() {
            return Ok(());
        }
        let paid_at = self.first_paid_on.map_or(now, |day| Moment::on(day, NOON));
        let credit = lists.at(paid_at).first_payment_credit;
        if credit.is_some_and(|credit| credit.is_given_at(paid_at)) {
            return Ok(());
        }
        let newest =
            catalog::in_use().editions().iter().rev().find_map(|edition| edition.first_payment_credit);
        Err(AppError::input(match newest.filter(|_| matches!(lists, Lists::InForce(_))) {
            Some(credit) => say!("credit-too-early", from = credit.from, date = paid_at.date()),
            None => say!("credit-not-in-list", list = lists.at(paid_at).list.title.clone()),
        }))
    }

    fn tax_rate(&self) -> Result<Option<headroom_exact::Decimal>, AppError> {
        self.tax_percent.as_deref().map(tax_rate_of).transpose()
    }

    fn limit(&self) -> Result<Option<headroom_exact::Credits>, AppError> {
        self.own_limit.as_deref().map(|text| credits_of(say!("own-limit"), text)).transpose()
    }

    fn credit(&self) -> Result<Option<headroom_exact::Money>, AppError> {
        self.first_payment_credit
            .as_deref()
            .map(|text| dollars_of(say!("first-payment-credit"), text))
            .transpose()
    }

    /// The sign-up: the stated day at its beginning, so that the bonus never lasts longer than we say;
    /// else the beginning of the first month there can be anything to compute.
    pub fn signed_up_at(&self, now: Moment) -> Moment {
        match (self.signed_up_on, self.plan_ended_on(), self.first_paid_on.or(self.plan_since)) {
            (Some(date), ..) => Moment::on(date, 0),
            (None, Some(ended), paid) => {
                let before = Month::of_date(ended).plus(-1).start();
                paid.map_or(before, |paid| before.min(Month::of_date(paid).start()))
            }
            (None, None, Some(date)) => Month::of_date(date).start(),
            (None, None, None) => Month::of(now).start(),
        }
    }

    /// The day on which what was paid for ended, where that was stated.
    fn plan_ended_on(&self) -> Option<NaiveDate> {
        self.plan_since.filter(|_| self.plan().is_ok_and(|plan| !plan.is_paid()))
    }

    /// What the account is billed by.
    pub fn terms(&self) -> Result<Terms, AppError> {
        Ok(Terms {
            catalog: catalog::in_use(),
            lists: self.lists()?,
            country: self.billing_country()?,
            tax_rate: self.tax_rate()?,
            day_count: DayCount::default(),
        })
    }

    /// The actions these facts stand for, in their order; `overage` is the switch's first position, `limited` the plan
    /// whose own limit is stated.
    pub(crate) fn actions(
        &self,
        stated_at: &StatedAt,
        overage: bool,
        limited: Option<&Plan>,
    ) -> Result<Vec<(Moment, Action<'static>)>, AppError> {
        let begins = stated_at.begins;
        // Of what costs nobody knows what, no fee is made up.
        let free = self.lists()?.at(begins).first_plan();
        let plan = if stated_at.plan_is_unlisted { free } else { self.plan()? };
        let mut actions = vec![(begins, Action::SignUp { trial: self.signed_up_on.is_some() })];
        let paid_at = self.paid_at(plan, stated_at);
        if let Some(amount) = self.credit()? {
            // Before the payment it is granted on; while there is none, before the one that is recorded.
            let at = paid_at.or(stated_at.first_change).unwrap_or(stated_at.paid).max(begins);
            actions.push((at, Action::FirstPaymentCredit { amount }));
        }
        if let Some(paid_at) = paid_at {
            actions.extend(self.paid(plan, paid_at, stated_at)?);
            if overage {
                actions.push((paid_at, Action::SetOverage { enabled: true }));
            }
        }
        if let (Some(credits), Some(plan)) = (self.limit()?, limited) {
            // From the month on in which it was stated: what Kiro's page showed before isn't known.
            let at = Month::of(stated_at.limit).start().max(begins);
            actions.push((at, Action::OwnLimit { plan: plan.rank, credits }));
        }
        Ok(actions)
    }

    /// When the account became paid, as far as that is known; none where it never did.
    fn paid_at(&self, plan: &Plan, stated_at: &StatedAt) -> Option<Moment> {
        let begins = stated_at.begins;
        if let Some(ended) = self.plan_ended_on().filter(|_| stated_at.held_before.is_empty()) {
            // In the month before, so that Free holds in the one in which it ended.
            let before = Month::of_date(ended).plus(-1).start();
            return (begins < before.max(Month::of_date(ended).start())).then(|| before.max(begins));
        }
        let day = self.first_paid_on.or(self.plan_since.filter(|_| plan.is_paid()));
        let stated = day.map(|date| Moment::on(date, NOON).min(stated_at.paid).max(begins));
        // Where nobody said since when, what was paid before the beginning isn't computed.
        stated.or_else(|| plan.is_paid().then_some(begins))
    }

    /// The plans that were paid for since the first payment at `paid_at`.
    fn paid(
        &self,
        plan: &Plan,
        paid_at: Moment,
        stated_at: &StatedAt,
    ) -> Result<Vec<(Moment, Action<'static>)>, AppError> {
        let smallest = self.lists()?.at(paid_at).paid_plans().next();
        let change = |at, plan: &Plan| (at, Action::ChangePlan(plan.rank));
        if let (Some(first), Some(last), Some(since)) =
            (stated_at.held_before.first(), stated_at.held_before.last(), self.plan_since)
        {
            // Where it isn't known what the first payment was for, any paid plan stands for it.
            let unknown = first.changed_at.is_some() || !first.plan.is_paid();
            let mut changes: Vec<_> =
                smallest.filter(|_| unknown).map(|plan| change(paid_at, plan)).into_iter().collect();
            let held = stated_at.held_before.iter();
            changes
                .extend(held.map(|held| change(held.changed_at.unwrap_or(paid_at).max(paid_at), held.plan)));
            let changed_at = changed_at(plan, since, last.plan).min(stated_at.paid);
            changes.push(change(changed_at.max(paid_at), plan));
            return Ok(changes);
        }
        let held_since = self.plan_since.map(|since| Moment::on(since, NOON)).or(stated_at.plan_from);
        let held_since = held_since.map(|since| since.min(stated_at.paid)).filter(|since| *since > paid_at);
        Ok(match (held_since, smallest) {
            // What was held before isn't known: any paid plan stands for it, and nothing is said of what it charged.
            (Some(since), Some(smallest)) if plan.is_paid() => {
                vec![change(paid_at, smallest), change(since, plan)]
            }
            (None, _) | (Some(_), None) if plan.is_paid() => vec![change(paid_at, plan)],
            // Paid once and back on Free: which plan it was makes no difference any more (K9).
            (_, Some(smallest)) => vec![change(paid_at, smallest), change(paid_at, plan)],
            (_, None) => Vec::new(),
        })
    }
}
