//! Somebody's own account at Kilo: a balance, credits by purchase, and Kilo Pass.

mod alerts;
mod answer;
mod charges;
mod sample;
mod standing;
mod verdict;

use super::kind::{self, Beside, Called, Kind};
use super::{spending, spending_usage};
use crate::account::Stated;
use crate::alert::{AlertRules, Alerts};
use crate::answers::{self, ChargedPeriod, Kind as Name, UsageQuery};
use crate::charges::Charges;
use crate::error::AppError;
use crate::kinds::next_charge::{LeftOut, NextCharge};
use crate::kinds::sample::Sample;
use crate::usage::Used;
use crate::usage::rows::Found;
use chrono::NaiveDate;
use headroom_billing::personal;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use standing::Standing;

/// Kilo, one person.
pub(crate) struct Personal;

static CALLED: Called = Called {
    name: Name::KiloPersonal,
    stored: personal::NAME,
    new: say!("new-personal"),
    title: say!("kind-kilo-person"),
};

impl Kind for Personal {
    fn called(&self) -> &'static Called {
        &CALLED
    }

    fn period_title(&self, period: &ChargedPeriod) -> Value {
        Value::Month(period.period.start.clone())
    }

    fn sample(&self) -> Sample {
        sample::SAMPLE
    }

    /// Nothing: all of it is Kilo's word.
    fn stated(&self, _: &Store, _: AccountId, _: Moment) -> Result<Stated, AppError> {
        Ok(Stated { ready: true, plan: None, facts: None, team: None })
    }

    fn standing(
        &self,
        store: &Store,
        account: &Account,
        now: Moment,
    ) -> Result<Box<dyn kind::Standing>, AppError> {
        Ok(Box::new(Standing::of(store, account, now)?))
    }

    fn first_day(&self, store: &Store, id: AccountId, _: Moment) -> Result<Option<NaiveDate>, AppError> {
        spending_usage::first_day(store, id)
    }

    fn usage(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<Used, AppError> {
        Ok(spending_usage::used(spending::of_ones_own(store, id, days, now)?, days))
    }

    fn usage_before(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<Option<Used>, AppError> {
        spending_usage::before(store, id, spending::of_ones_own(store, id, days, now)?, (days, now))
    }

    fn usage_rows(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        query: &UsageQuery,
        now: Moment,
    ) -> Result<Found, AppError> {
        Ok(spending_usage::rows(spending::of_ones_own(store, id, days, now)?, days, query))
    }

    fn charges(&self, store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
        charges::of(store, id, now)
    }
}

impl kind::Standing for Standing {
    fn alerts(&self, rules: &AlertRules) -> Alerts {
        alerts::of(self, rules)
    }

    fn charged_next(&self) -> NextCharge {
        use headroom_billing::personal::NextCharge as Next;
        match &self.next_charge {
            Next::Charge { charge, .. } => NextCharge::of(&charge.invoice, charge.at_least)
                .without((self.is_topped_up == Some(true)).then_some(LeftOut::TopUps)),
            Next::AmountUnknown(at) => NextCharge { at: Some(*at), ..NextCharge::UNKNOWN },
            // Credits that are bought by themselves come when little is left: when and how often nobody knows.
            Next::Nothing if self.is_topped_up == Some(false) => NextCharge::NOTHING,
            Next::Nothing | Next::Unknown => NextCharge::UNKNOWN,
        }
    }

    fn answer(self: Box<Self>, beside: Beside) -> answers::Standing {
        answers::Standing::KiloPersonal(Box::new(answer::personal(*self, beside)))
    }
}
