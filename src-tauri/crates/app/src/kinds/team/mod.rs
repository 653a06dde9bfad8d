//! A team of Kilo's (T1–T5).

pub(crate) mod buying;
pub(crate) mod describe;
pub(crate) mod facts;
pub(crate) mod form;
pub(crate) mod seats;

mod alerts;
mod answer;
mod charges;
mod members;
mod sample;
mod standing;
mod subscribed;
mod told;
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
use headroom_billing::{AccountKind, team};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use standing::Standing;

/// Kilo for Teams.
pub(crate) struct Team;

static CALLED: Called = Called {
    name: Name::KiloTeams,
    stored: team::Team::NAME,
    new: say!("new-team"),
    title: say!("kind-kilo-team"),
};

impl Kind for Team {
    fn called(&self) -> &'static Called {
        &CALLED
    }

    fn period_title(&self, period: &ChargedPeriod) -> Value {
        Value::Saying(period.period.saying())
    }

    fn sample(&self) -> Sample {
        sample::SAMPLE
    }

    fn stated(&self, store: &Store, id: AccountId, _: Moment) -> Result<Stated, AppError> {
        let team = facts::newest(store, id)?.map(|(facts, _)| facts);
        Ok(Stated { ready: true, team, ..Stated::default() })
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
        Ok(spending_usage::used(spending::of_a_team(store, id, days, now)?, days))
    }

    fn usage_before(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<Option<Used>, AppError> {
        spending_usage::before(store, id, spending::of_a_team(store, id, days, now)?, (days, now))
    }

    fn usage_rows(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        query: &UsageQuery,
        now: Moment,
    ) -> Result<Found, AppError> {
        Ok(spending_usage::rows(spending::of_a_team(store, id, days, now)?, days, query))
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
        let next = match (&self.next_charge, &self.nothing_next) {
            (Some(next), _) => NextCharge::of(&next.invoice, next.invoice.at_least),
            (None, Some(_)) => NextCharge::NOTHING,
            (None, None) => NextCharge::UNKNOWN,
        };
        let owed = self.dunning.as_ref().filter(|of| !of.status.is_closed()).map(|of| LeftOut::Owed(of.owed));
        next.without(owed.or(self.is_topped_up.then_some(LeftOut::TopUps)))
    }

    fn answer(self: Box<Self>, beside: Beside) -> answers::Standing {
        answers::Standing::KiloTeams(Box::new(answer::team(*self, beside)))
    }
}
