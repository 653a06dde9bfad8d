//! One person's account of Kiro (K1–K12).

pub(crate) mod answer;
pub(crate) mod describe;
pub(crate) mod form;
mod held_before;
mod history;
pub(crate) mod ledger;
pub(crate) mod plans;
pub(crate) mod repriced;
pub(crate) mod standing;
pub(crate) mod stating;
pub(crate) mod verdict;
pub(crate) mod what_if;

mod acts;
mod alerts;
mod axis;
mod charges;
mod counted;
mod deciding;
mod facts;
mod opening;
mod pools;
mod sample;
mod stated;
mod unsettled;
mod usage;
mod vendors_plan;
mod why;

use super::kind::{self, Beside, Called, Kind};
use crate::account::Stated;
use crate::alert::{AlertRules, Alerts};
use crate::answers::{
    self, ChargedPeriod, HistoryEntry, Kind as Name, UnreadableRecord, UsageAhead, UsageQuery, WhatIf,
};
use crate::charges::Charges;
use crate::error::AppError;
use crate::kinds::next_charge::{LeftOut, NextCharge};
use crate::kinds::sample::Sample;
use crate::usage::rows::Found;
use crate::usage::{Used, VendorsCount};
use chrono::NaiveDate;
use headroom_billing::{AccountKind, person};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::scenarios::SavedScenario;
use standing::Standing;

/// Kiro for one person.
pub(crate) struct Person;

static CALLED: Called = Called {
    name: Name::KiroIndividual,
    stored: person::Account::NAME,
    new: say!("new-person"),
    title: say!("kind-kiro-person"),
};

impl Kind for Person {
    fn called(&self) -> &'static Called {
        &CALLED
    }

    fn period_title(&self, period: &ChargedPeriod) -> Value {
        Value::Month(period.id.clone())
    }

    fn sample(&self) -> Sample {
        sample::SAMPLE
    }

    fn stated(&self, store: &Store, id: AccountId, now: Moment) -> Result<Stated, AppError> {
        let Some((facts, plan_is_stated)) = acts::facts(store, id, now)? else {
            return Ok(Stated::default());
        };
        let plan = facts.plan.clone().filter(|_| plan_is_stated);
        Ok(Stated { ready: true, plan, facts: Some(facts), team: None })
    }

    fn standing(
        &self,
        store: &Store,
        account: &Account,
        now: Moment,
    ) -> Result<Box<dyn kind::Standing>, AppError> {
        Ok(Box::new(Standing::of(store, account.id, now)?))
    }

    fn first_day(&self, store: &Store, id: AccountId, now: Moment) -> Result<Option<NaiveDate>, AppError> {
        usage::first_day(store, id, now)
    }

    fn usage(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        _: Moment,
    ) -> Result<Used, AppError> {
        usage::used(store, id, days)
    }

    fn usage_ahead(
        &self,
        store: &Store,
        id: AccountId,
        first: NaiveDate,
        now: Moment,
    ) -> Result<Option<UsageAhead>, AppError> {
        let standing = Standing::of(store, id, now)?;
        // Where it isn't known whose figures these are none is shown.
        if standing.loaded.undecided {
            return Ok(None);
        }
        Ok(standing.axis.usage_ahead(standing.pace.as_ref(), standing.cycle.end, first))
    }

    fn vendors_count(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<VendorsCount, AppError> {
        counted::count(store, id, days, now)
    }

    fn usage_rows(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        query: &UsageQuery,
        _: Moment,
    ) -> Result<Found, AppError> {
        usage::rows(store, id, days, query)
    }

    fn charges(&self, store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
        charges::of(store, id, now)
    }

    fn history(&self, store: &Store, id: AccountId, now: Moment) -> Result<Vec<HistoryEntry>, AppError> {
        history::history(store, id, now)
    }

    fn unreadable(&self, store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
        let damaged = |saved: &SavedScenario| serde_json::from_str::<WhatIf>(&saved.body).is_err();
        let saved = store.scenarios(id)?.into_iter().filter(damaged);
        let mut records = acts::unreadable(store, id)?;
        records.extend(saved.map(|saved| UnreadableRecord::WhatIf { name: saved.name }));
        Ok(records)
    }
}

impl kind::Standing for Standing {
    fn alerts(&self, rules: &AlertRules) -> Alerts {
        alerts::of(self, rules)
    }

    fn charged_next(&self) -> NextCharge {
        if unsettled::next_charge_unknown(self).is_some() {
            return NextCharge::UNKNOWN;
        }
        let so_far = self.current.next_charge.as_ref().map_or(NextCharge::NOTHING, |invoice| {
            NextCharge::of(invoice, invoice.at_least || self.charge_is_part)
        });
        so_far.without(self.next_charge_at_this_pace().map(|about| LeftOut::UsedByThen { about }))
    }

    fn answer(self: Box<Self>, beside: Beside) -> answers::Standing {
        answers::Standing::KiroIndividual(Box::new(answer::overview(*self, beside)))
    }
}
