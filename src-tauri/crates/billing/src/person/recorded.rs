//! Which of the recorded tasks a statement depends on, and where the sum of a day may stand for its tasks, so that what
//! is asked doesn't cost more the longer the history is.

use super::{Action, Event, Ledger, Timeline};
use crate::terms::Terms;
use crate::timeline::{AccountKind as _, FoldError};
use chrono::NaiveDate;
use headroom_exact::{Moment, Month, Period};

/// The hour of the one task that stands for a day's: any would do.
const NOON: u32 = 12;

/// From when on the tasks are needed to tell where an account stands at the moment of its timeline, whose events may be
/// without any: from its cycle's start, since credits renew there (K3), from the sign-up while its bonus reaches into the
/// cycle (K2), or from the month in which the oldest pack or grant began that does (N4, N7).
pub fn needed_from(timeline: &Timeline<'_>) -> Moment {
    let start = Month::of(timeline.as_of).start();
    let reaching = timeline.events().first().filter(|opening| bonus_reaches(timeline.terms, opening, start));
    let from = reaching.map_or(start, |opening| opening.at.min(start));
    oldest_pool(timeline, start).map_or(from, |began| Month::of(began).start().min(from))
}

/// When the oldest pack or grant began that hasn't ended by a moment; none where there is none.
fn oldest_pool(timeline: &Timeline<'_>, moment: Moment) -> Option<Moment> {
    let lasts = |end: Option<Moment>| end.is_none_or(|end| end > moment);
    let pools = timeline.events().iter().filter(|event| match &event.action {
        Action::BuyCredits { expires_at, .. } => lasts(*expires_at),
        Action::Grant(pool) => lasts(pool.expires_at),
        Action::OpeningBalance(opening) => opening.pools.iter().any(|told| lasts(told.pool.expires_at)),
        Action::SignUp { .. }
        | Action::ChangePlan(_)
        | Action::SetOverage { .. }
        | Action::Usage { .. }
        | Action::FirstPaymentCredit { .. }
        | Action::OwnLimit { .. } => false,
    });
    pools.map(|event| event.at).min()
}

/// Whether the bonus of a sign-up may last beyond a moment.
fn bonus_reaches(terms: Terms, opening: &Event<'_>, moment: Moment) -> bool {
    let ends = opening.at.plus_days(terms.lists.at(opening.at).bonus.days);
    matches!(opening.action, Action::SignUp { trial: true }) && ends > moment
}

/// A cycle that has ended, of which only the charges matter any more.
#[derive(Clone, Copy)]
pub struct EndedCycle<'t, 'a> {
    acts: &'t Timeline<'a>,
    stands_still: bool,
}

impl<'t, 'a> EndedCycle<'t, 'a> {
    /// A month of a timeline that holds everything that happened but the tasks; none where each task counts by itself,
    /// because a bonus or packs may cover it, which depends on when it ran (K2, N4).
    pub fn of(acts: &'t Timeline<'a>, month: Month) -> Option<Self> {
        let cycle = month.period();
        let opening = acts.events().first()?;
        let has_packs = acts.terms.lists.at(cycle.start).has_packs();
        let pools = has_packs || oldest_pool(acts, cycle.start).is_some_and(|began| began < cycle.end);
        let one_pool = !pools && !bonus_reaches(acts.terms, opening, cycle.start);
        one_pool.then(|| Self { acts, stands_still: stands_still(acts, cycle) })
    }

    /// When a task may be taken to have run that stands for all of a day's; none where each of them counts.
    ///
    /// What a cycle charges depends on the sum of its tasks alone while the overage switch isn't turned in it: on,
    /// everything beyond the plan is charged, off, nothing (K5), before an upgrade and after it (K10). Where it is
    /// turned, that still goes for a day on which it is on and nothing else happens, since all of such a day is
    /// accepted. While it is off and turned on later each task before counts: the last one of the plan's credits is
    /// taken whole, those after it never are (K6).
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn stands_for(&self, day: NaiveDate) -> Result<Option<Moment>, FoldError> {
        let midnight = Moment::on(day, 0);
        let has_begun = self.acts.events().first().is_some_and(|opening| opening.at <= midnight);
        let may_be_summed = has_begun && (self.stands_still || self.is_quiet(day) && self.is_on(midnight)?);
        Ok(may_be_summed.then(|| Moment::on(day, NOON)))
    }

    /// Whether nothing but tasks happens on a day.
    fn is_quiet(&self, day: NaiveDate) -> bool {
        self.acts.events().iter().all(|event| event.at.date() != day)
    }

    /// Whether the switch is on then.
    fn is_on(&self, moment: Moment) -> Result<bool, FoldError> {
        let ledger = Ledger::fold(self.acts, moment)?;
        Ok(ledger.account.current(moment).credits.overage.enabled)
    }
}

/// Whether the overage switch isn't turned within a cycle.
fn stands_still(acts: &Timeline<'_>, cycle: Period) -> bool {
    let mut turns = acts.events().iter().filter(|event| matches!(event.action, Action::SetOverage { .. }));
    turns.all(|turn| !cycle.contains(turn.at))
}
