//! What was spent of an account of Kilo's in the month before the running one, and of which of its days all is told.
//!
//! A day without a row is a day without spending only where a source tells of it: the service where it was asked in time,
//! an export on the days that it tells of (F6), this machine's record from its first day to its last.

use crate::answers::SpendSource;
use crate::error::AppError;
use crate::quoted::{self, TOLD, Told};
use crate::reported::covered::{self, Stretch};
use crate::reported::{
    self, KILO_DAYS_ASKED, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN, KILO_OWN_DAYS,
};
use chrono::{Days, NaiveDate};
use headroom_billing::team::ToldBefore;
use headroom_exact::{Balance, Moment, Month};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::BTreeMap;

/// What a source tells of the month before.
#[derive(Default)]
pub(crate) struct MonthBefore {
    rows: Vec<(NaiveDate, Option<Balance>)>,
    whole: Vec<Stretch>,
}

impl MonthBefore {
    /// What the source that tells what is spent tells of a month; as of now.
    pub(super) fn of(
        store: &Store,
        id: AccountId,
        source: SpendSource,
        (month, now): (Month, Moment),
    ) -> Result<Self, AppError> {
        let sources = Sources { store, id, first: month.first_date(), now };
        let (name, whole) = match source {
            SpendSource::Everyone => (KILO_EVERYONE, sources.asked(KILO_EVERYONE, KILO_DAYS_ASKED)?),
            SpendSource::OwnOnly | SpendSource::Own => (KILO_OWN, sources.asked(KILO_OWN, KILO_OWN_DAYS)?),
            SpendSource::Export => (KILO_EXPORT, covered::of(store, id, sources.days())?),
            SpendSource::Machine => (KILO_MACHINE, sources.of_this_machine()?),
        };
        let rows = reported::spend(store, id, name, month.first_date(), month.last_date())?;
        Ok(Self { rows: rows.iter().map(|row| (row.date, row.cost)).collect(), whole })
    }

    /// As the engine reads it.
    pub(super) fn told(&self) -> ToldBefore<'_> {
        ToldBefore { rows: &self.rows, whole: &self.whole }
    }
}

/// The sources of an account, and the first day of the month before.
struct Sources<'s> {
    store: &'s Store,
    id: AccountId,
    first: NaiveDate,
    now: Moment,
}

impl Sources<'_> {
    /// The month, the days before it that were asked for with it, and what came since.
    fn days(&self) -> Stretch {
        let from = self.first.checked_sub_days(Days::new(KILO_DAYS_ASKED)).unwrap_or(self.first);
        (from, self.now.date())
    }

    /// So many days before each day on which the service told all of them: it stamps what it tells with the moment.
    fn asked(&self, name: &str, days: u64) -> Result<Vec<Stretch>, AppError> {
        let stamps = self.store.reported_stamps(self.id, name, self.days())?;
        let asked = stamps.iter().filter_map(|(issued, ..)| issued.parse::<Moment>().ok());
        let last_of_day: BTreeMap<_, _> =
            asked.filter(|at| *at <= self.now).map(|at| (at.date(), at)).collect();
        let mut whole = Vec::new();
        for (date, at) in last_of_day {
            let told = quoted::newest::<Told>(self.store, self.id, TOLD, at)?.readable;
            if let Some((_, told)) = told.filter(|(_, told)| !told.cut) {
                let since = told.since.or_else(|| date.checked_sub_days(Days::new(days)));
                whole.extend(since.zip(date.pred_opt()));
            }
        }
        Ok(whole)
    }

    fn of_this_machine(&self) -> Result<Vec<Stretch>, AppError> {
        let first = self.store.first_reported_day(self.id, KILO_MACHINE)?;
        Ok(first.zip(self.store.last_reported_day(self.id, KILO_MACHINE)?).into_iter().collect())
    }
}
