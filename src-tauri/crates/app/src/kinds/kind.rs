//! What a kind of account answers. Who asks it knows no kind.

use crate::account::Stated;
use crate::alert::{AlertRules, Alerts};
use crate::answers::{
    self, ChargedPeriod, HistoryEntry, Kind as Name, RefreshView, UnreadableRecord, UsageAhead, UsageQuery,
};
use crate::charges::Charges;
use crate::documents::statement::Summary;
use crate::error::AppError;
use crate::kinds::next_charge::NextCharge;
use crate::kinds::sample::Sample;
use crate::usage::rows::Found;
use crate::usage::{Used, VendorsCount};
use chrono::NaiveDate;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};

/// What a kind of account is called.
pub(crate) struct Called {
    /// As it crosses to the window.
    pub name: Name,
    /// In scenarios and in the store.
    pub stored: &'static str,
    /// A new account of it, until somebody names it; kept as the window's language has it then.
    pub new: Saying,
    /// On a statement.
    pub title: Saying,
}

/// A kind of account: one way of being billed, with everything that is particular to it.
pub(crate) trait Kind: Sync {
    /// What it is called.
    fn called(&self) -> &'static Called;

    /// What a period is called on a statement.
    fn period_title(&self, period: &ChargedPeriod) -> Value;

    /// What a period comes to, where a statement's lines alone don't say it; people `named` where they are known.
    ///
    /// # Errors
    ///
    /// What is kept and can't be folded.
    fn summary(
        &self,
        _store: &Store,
        _account: &Account,
        _period: &ChargedPeriod,
        _named: bool,
        _now: Moment,
    ) -> Result<Option<Summary>, AppError> {
        Ok(None)
    }

    /// Whether there is one balance of it, which can be too low.
    fn has_balance(&self) -> bool {
        true
    }

    /// Its sample.
    fn sample(&self) -> Sample;

    /// What the owner of an account stated of it.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn stated(&self, store: &Store, id: AccountId, now: Moment) -> Result<Stated, AppError>;

    /// How an account stands.
    ///
    /// # Errors
    ///
    /// `FactsMissing` where nothing can be computed before its owner described it; what is kept and can't be folded.
    fn standing(&self, store: &Store, account: &Account, now: Moment) -> Result<Box<dyn Standing>, AppError>;

    /// How an account stood in a month: YYYY-MM. Who tells no months apart refuses.
    ///
    /// # Errors
    ///
    /// What is no month; what is kept and can't be folded.
    fn standing_in(
        &self,
        _store: &Store,
        _account: &Account,
        _month: &str,
        _now: Moment,
    ) -> Result<Box<dyn Standing>, AppError> {
        Err(AppError::input(say!("not-by-month")))
    }

    /// A day of the month that runs, for usage: today, or the last day of which anything is told.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn running_day(&self, _store: &Store, _id: AccountId, now: Moment) -> Result<NaiveDate, AppError> {
        Ok(now.date())
    }

    /// The first day of which any usage is told.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn first_day(&self, store: &Store, id: AccountId, now: Moment) -> Result<Option<NaiveDate>, AppError>;

    /// What an account used on days, both included.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn usage(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<Used, AppError>;

    /// The same of days that others are compared with; none where not all that was used on them is known.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn usage_before(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        now: Moment,
    ) -> Result<Option<Used>, AppError> {
        self.usage(store, id, days, now).map(Some)
    }

    /// What is to come of the running billing month, which begins on that day; none where a kind has no cycle of credits.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn usage_ahead(
        &self,
        _store: &Store,
        _id: AccountId,
        _first: NaiveDate,
        _now: Moment,
    ) -> Result<Option<UsageAhead>, AppError> {
        Ok(None)
    }

    /// What the vendor's own count says of days, both included, and of the running cycle; nothing where a kind's vendor keeps
    /// no count of its own beside the rows.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn vendors_count(
        &self,
        _store: &Store,
        _id: AccountId,
        _days: (NaiveDate, NaiveDate),
        _now: Moment,
    ) -> Result<VendorsCount, AppError> {
        Ok(VendorsCount::default())
    }

    /// A page of the rows behind it, and what there is on all pages.
    ///
    /// # Errors
    ///
    /// What is kept and can't be read.
    fn usage_rows(
        &self,
        store: &Store,
        id: AccountId,
        days: (NaiveDate, NaiveDate),
        query: &UsageQuery,
        now: Moment,
    ) -> Result<Found, AppError>;

    /// What an account was charged, period by period, and what comes next.
    ///
    /// # Errors
    ///
    /// What is kept and can't be folded.
    fn charges(&self, store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError>;

    /// What the owner of an account recorded of it, the newest first; nothing where its reports describe it.
    ///
    /// # Errors
    ///
    /// The store's own.
    fn history(&self, _: &Store, _: AccountId, _: Moment) -> Result<Vec<HistoryEntry>, AppError> {
        Ok(Vec::new())
    }

    /// What is kept of an account and can't be read any more; nothing where all that is kept of it is its vendor's.
    ///
    /// # Errors
    ///
    /// The store's own.
    fn unreadable(&self, _: &Store, _: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
        Ok(Vec::new())
    }
}

/// How an account stands, as amounts and moments: what is decided is decided from this, and the answer is written from
/// it, last.
pub(crate) trait Standing {
    /// What is due to be told by these rules.
    fn alerts(&self, rules: &AlertRules) -> Alerts;

    /// What is charged next by itself, as far as that is known.
    fn charged_next(&self) -> NextCharge;

    /// The answer, with what is to be known beside it.
    fn answer(self: Box<Self>, beside: Beside) -> answers::Standing;
}

/// What an answer says beside how the account stands.
pub(crate) struct Beside {
    /// How asking the vendor goes.
    pub refresh: RefreshView,
    /// What is kept and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
}
