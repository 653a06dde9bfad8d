//! Packs and grants: as their owner stated them, and as Kiro says them (N4, N7).

use super::stated::{credits_of, dollars_of};
use crate::acts::content;
use crate::answers::{GrantStated, PackStated, PoolStated};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::person::{Action, Event};
use headroom_billing::{Edition, Pool};
use headroom_exact::{Credits, Moment, Money, say};
use headroom_sources::observation::GrantSnapshot;
use headroom_store::table::events::{Act, EventKind};

/// A pack or a grant as it was recorded.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// The number of the record.
    pub record: i64,
    /// When it was recorded.
    pub recorded_at: Moment,
    pub says: PoolStated,
    of: Of,
}

/// What it comes to.
#[derive(Clone, Copy, Debug)]
enum Of {
    Pack(Money),
    Grant(Credits),
}

/// The end of credits: that day's beginning, so that they are never said to last longer than they do.
fn end_of(day: Option<NaiveDate>) -> Option<Moment> {
    day.map(|day| Moment::on(day, 0))
}

/// What an act states, if it is a pack or a grant.
pub(crate) fn read(act: &Act) -> Result<Option<Stated>, AppError> {
    let (says, of) = match act.kind {
        EventKind::BuyCredits => {
            let pack: PackStated = content(act)?;
            let amount = dollars_of(say!("pack"), pack.amount.as_deref().unwrap_or_default())?;
            (PoolStated::Pack(pack), Of::Pack(amount))
        }
        EventKind::Grant => {
            let grant: GrantStated = content(act)?;
            let credits = credits_of(say!("grant"), &grant.credits)?;
            (PoolStated::Grant(grant), Of::Grant(credits))
        }
        EventKind::Facts
        | EventKind::SetOverage
        | EventKind::ChangePlan
        | EventKind::Undo
        | EventKind::Usage
        | EventKind::Unmetered
        | EventKind::Estimated
        | EventKind::Auxiliary
        | EventKind::Superseded => return Ok(None),
    };
    Ok(Some(Stated { record: act.id, recorded_at: act.at, says, of }))
}

/// The packs and grants among an account's acts, in the order in which they were recorded.
pub(crate) fn of(acts: &[Act]) -> Result<Vec<Stated>, AppError> {
    acts.iter().filter_map(|act| read(act).transpose()).collect()
}

impl Stated {
    /// When it was there: from its day's beginning on, for the hour isn't known and it covers that day's tasks, but not
    /// before the account, nor before the plan that it was bought on.
    pub fn moment(&self, events: &[Event<'_>]) -> Moment {
        let day = self.on();
        let starts = Moment::on(day, 0);
        let changes = events.iter().filter(|event| matches!(event.action, Action::ChangePlan(_)));
        let on_the_plan = changes.map(|change| change.at).filter(|at| at.date() == day).max();
        let begins = events.first().map(|sign_up| sign_up.at);
        [on_the_plan, begins].into_iter().flatten().fold(starts, Moment::max)
    }

    /// The day on which it was bought or granted.
    pub const fn on(&self) -> NaiveDate {
        match &self.says {
            PoolStated::Pack(pack) => pack.on,
            PoolStated::Grant(grant) => grant.on,
        }
    }

    pub fn action(&self) -> Action<'static> {
        match self.of {
            Of::Pack(amount) => Action::BuyCredits { amount, expires_at: self.ends_at() },
            Of::Grant(granted) => {
                Action::Grant(Pool { granted, used: Credits::ZERO, expires_at: self.ends_at() })
            }
        }
    }

    /// From when on it is gone; none if it stays.
    pub const fn ends_on(&self) -> Option<NaiveDate> {
        match &self.says {
            PoolStated::Pack(pack) => pack.ends_on,
            PoolStated::Grant(grant) => grant.ends_on,
        }
    }

    /// The same as a moment.
    pub fn ends_at(&self) -> Option<Moment> {
        end_of(self.ends_on())
    }

    /// Credits, under the list of its day.
    pub fn credits(&self, edition: &Edition) -> Option<Credits> {
        match self.of {
            Of::Pack(amount) => edition.packs.and_then(|offer| offer.credits_for(amount)),
            Of::Grant(credits) => Some(credits),
        }
    }

    /// Whether it is a pack that was bought on that day.
    pub(super) fn is_of(&self, day: NaiveDate) -> bool {
        matches!(&self.says, PoolStated::Pack(pack) if pack.on == day)
    }

    /// Whether a row of Kiro's is this grant: by its name, or by its credits and its end.
    pub(super) fn is_grant(&self, row: &GrantSnapshot) -> bool {
        let (PoolStated::Grant(grant), Of::Grant(credits)) = (&self.says, self.of) else { return false };
        row.name.trim().eq_ignore_ascii_case(grant.name.trim()) || self.is_alike(row, Some(credits))
    }

    /// Whether a row of Kiro's is this pack: by its credits and its end.
    pub(super) fn is_pack(&self, row: &GrantSnapshot, edition: &Edition) -> bool {
        matches!(self.of, Of::Pack(_)) && self.is_alike(row, self.credits(edition))
    }

    /// The same credits, and an end that can be the same: what is stated is a day, of which the hour and the place aren't
    /// known, or nothing.
    fn is_alike(&self, row: &GrantSnapshot, credits: Option<Credits>) -> bool {
        let days = |end: NaiveDate, said: Moment| (said.date() - end).num_days().abs();
        let same_end =
            self.ends_on().is_none_or(|end| row.expires_at.is_some_and(|said| days(end, said) <= 1));
        credits.is_some() && row.granted == credits && same_end
    }
}
