//! An organisation's account of Kiro (E1–E6).

pub(crate) mod activity;
pub(crate) mod month;

mod answer;
mod axis;
mod called;
mod charges;
mod events;
mod explained;
mod groups;
mod idle;
mod left_out;
mod months;
pub(crate) mod moves;
mod people;
mod profile_names;
mod sample;
mod standing;
mod summary;
mod usage;
mod users;
mod verdict;
mod why;

use super::kind::{self, Beside, Called, Kind};
use crate::account::Stated;
use crate::alert::{AlertRules, Alerts};
use crate::answers::{self, ChargedPeriod, Unit, UnreadableRecord, UsageQuery};
use crate::bills::{self, Bills, Undecided};
use crate::charges::Charges;
use crate::documents::statement::Summary;
use crate::error::AppError;
use crate::kinds::next_charge::NextCharge;
use crate::kinds::sample::Sample;
use crate::reported::ACTIVITY;
use crate::usage::Used;
use crate::usage::rows::{self, Found};
use called::CALLED;
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_exact::Moment;
use headroom_exact::saying::Value;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use months::last_reported_day;
use standing::Standing;

/// Kiro for an organisation.
pub(crate) struct Organisation;

impl Kind for Organisation {
    fn called(&self) -> &'static Called {
        &CALLED
    }

    fn period_title(&self, period: &ChargedPeriod) -> Value {
        Value::Month(period.id.clone())
    }

    fn summary(
        &self,
        store: &Store,
        account: &Account,
        period: &ChargedPeriod,
        named: bool,
        now: Moment,
    ) -> Result<Option<Summary>, AppError> {
        summary::of(store, account, period, named, now).map(Some)
    }

    fn has_balance(&self) -> bool {
        false
    }

    fn sample(&self) -> Sample {
        sample::SAMPLE
    }

    fn stated(&self, _: &Store, _: AccountId, _: Moment) -> Result<Stated, AppError> {
        Ok(Stated { ready: true, ..Stated::default() })
    }

    fn standing(
        &self,
        store: &Store,
        account: &Account,
        now: Moment,
    ) -> Result<Box<dyn kind::Standing>, AppError> {
        Ok(Box::new(Standing::of(store, account, now)?))
    }

    fn standing_in(
        &self,
        store: &Store,
        account: &Account,
        month: &str,
        now: Moment,
    ) -> Result<Box<dyn kind::Standing>, AppError> {
        Ok(Box::new(Standing::in_month(store, account, Some(months::named(month)?), now)?))
    }

    fn running_day(&self, store: &Store, id: AccountId, now: Moment) -> Result<NaiveDate, AppError> {
        Ok(last_reported_day(store, id, now)?.unwrap_or(now.date()))
    }

    fn first_day(&self, store: &Store, id: AccountId, _: Moment) -> Result<Option<NaiveDate>, AppError> {
        Ok(store.first_reported_day(id, ACTIVITY)?)
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

    fn usage_rows(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        query: &UsageQuery,
        _: Moment,
    ) -> Result<Found, AppError> {
        let found = rows::of_pieces(usage::pieces(store, id, days)?, query, Unit::Credits);
        Ok(Found { is_part: found.many == 0, ..found })
    }

    fn charges(&self, store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
        charges::of(store, id, now)
    }

    fn unreadable(&self, store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
        let Bills { unreadable, undecided, .. } = bills::all(store, id)?;
        let lost = unreadable.iter().map(|months| UnreadableRecord::Bill { months: bills::named(months) });
        let open = undecided.into_iter().flat_map(|(month, groups)| {
            groups.into_iter().map(move |Undecided { payer, issues }| UnreadableRecord::BillUndecided {
                month: month.format("%Y-%m").to_string(),
                payer,
                issues,
            })
        });
        Ok(lost.chain(open).collect())
    }
}

impl kind::Standing for Standing {
    /// None: every alert is about a person's credits or a team's balance.
    fn alerts(&self, _: &AlertRules) -> Alerts {
        Alerts { cycle_start: self.month.start(), due: Vec::new() }
    }

    /// The month's bill is at least what it comes to by the reports so far.
    fn charged_next(&self) -> NextCharge {
        let so_far = self.reported.as_ref().filter(|_| !self.closed);
        let known = so_far.and_then(|reported| reported.month_to_date.known());
        known.map_or(NextCharge::UNKNOWN, |amount| NextCharge {
            amount: Total::AtLeast(amount),
            at: Some(self.month.period().end),
            left_out: None,
        })
    }

    fn answer(self: Box<Self>, beside: Beside) -> answers::Standing {
        answers::Standing::KiroEnterprise(Box::new(answer::organisation(*self, beside)))
    }
}
