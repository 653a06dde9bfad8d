//! Where one person's account leads if days and changes that are only supposed come to it, through the same fold.
//!
//! Where packs are sold in place of overage, they can be supposed to be bought: before a day that needs more than is left,
//! for that day and all that is supposed after it until the cycle ends or the plan is changed (`buying`).
//!
//! A day is one task at its last second; where a bonus, a grant or a pack ends within it, what is used until then is one of
//! its own, in the last second in which that covers it. That is exact for every charge: overage is charged on the sum, and
//! with overage off nothing beyond the plan is. What such a day can't use, because it begins with less left than it needs and
//! overage is off, is unserved: the fold takes a task whole while anything is left (K6), but a day's real tasks would pause.
//!
//! What is supposed is a rate, and each task is what it has come to by then less the tasks before: nothing is rounded but
//! what has come together, so that a course at the pace so far ends where the pace (`Pace`) says.
//!
//! Where nothing is known of what was used in the running cycle, nothing is known of what is left in it, nor of what
//! overage its end charges. The next cycle begins with all of its plan's credits, so from there on it is known again,
//! unless a bonus reaches into it (K2): how much of that is gone nobody knows. The same goes for packs.

mod beside;
mod buying;
mod charged;
mod choices;
mod usual;

pub use beside::{Advised, Beside, Pauses};
use buying::{Buying, MOST_PACKS, needed};
pub use charged::Compared;
pub use choices::{Choice, Covers, Need, Over, Unfit, best_of, choices, chosen_later, that_differ};
pub use usual::{most_a_day, rate_so_far, usual_rate};

use super::{Action, Current, Event, Ledger, Rate};
use crate::charges::{Charge, Known};
use crate::invoice::{Invoice, Line, LineKind};
use crate::refusal::RefusalReason;
use crate::timeline::AccountKind as _;
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, Money, calendar};
use serde::Serialize;

const DAY: i64 = 86_400;

/// Where every course starts from.
#[derive(Clone, Copy, Debug)]
pub struct Start<'l> {
    /// The account as it stands.
    pub ledger: &'l Ledger,
    /// When.
    pub at: Moment,
    /// Whether anything is known of what was used. Where nothing is, the running cycle's use is unknown, not zero.
    pub use_is_known: bool,
    /// The place of the first supposed event in the list of all.
    pub position: usize,
}

/// What is supposed.
#[derive(Clone, Debug)]
pub struct Supposed {
    /// The last day, included.
    pub until: NaiveDate,
    /// How fast credits are used, from now on.
    pub rate: Rate,
    /// Changes of the plan and of the switch, in no order.
    pub changes: Vec<(Moment, Action<'static>)>,
    /// Whether packs are bought, where they are sold, so that requests don't pause (N4).
    pub packs: bool,
}

/// The day on which the credits end; where requests pause later, since what is charged beyond them has a cap or is turned off,
/// the day on which they do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RunOut {
    /// Which.
    pub day: NaiveDate,
    /// Whether requests pause then; else what is beyond is charged.
    pub pauses: bool,
}

/// A change that is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RefusedChange {
    /// The plan asked for; none where it is the switch.
    pub plan: Option<&'static str>,
    /// Why.
    pub reason: RefusalReason,
}

/// What is left at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct DayLeft {
    /// The day.
    pub day: NaiveDate,
    /// Credits of plan, bonus and packs.
    pub left: Credits,
}

/// Where it leads by the end of the last day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Course {
    /// The plan's id at the end.
    pub plan: &'static str,
    /// Whether overage is on at the end.
    pub overage: bool,
    /// The first change that is refused; none if none is.
    pub refused: Option<RefusedChange>,
    /// When the credits end; none if they don't, as far as it is known what is left.
    pub run_out: Option<RunOut>,
    /// Credits left at the end; none while it isn't known what was used of them, and without a limit.
    pub left: Option<Credits>,
    /// Credits charged as overage, and to be charged at the running cycle's end; none while that isn't known.
    pub overage_credits: Option<Credits>,
    /// Credits in packs that are bought; none while that isn't known.
    pub pack_credits: Option<Credits>,
    /// Credits that could not be used because requests pause; none while that isn't known.
    pub unserved: Option<Credits>,
    /// What is charged until the end, in order.
    pub invoices: Vec<Charge>,
    /// Their sum, tax included.
    pub charged: Money,
    /// Whether overage or packs come to it that nobody knows.
    pub charged_at_least: bool,
    /// What the end of the cycle that is running at the end then charges if nothing more happens.
    pub next_charge: Option<Charge>,
    /// The sum and the next charge together.
    pub together: Money,
    /// Whether overage or packs come to that which nobody knows.
    pub together_at_least: bool,
    /// What is left at the end of each day of which that is known, where it was asked for.
    pub days: Vec<DayLeft>,
}

/// The last second of a day.
pub fn end_of(day: NaiveDate) -> Moment {
    Moment::on(day, 0).plus_seconds(DAY.saturating_sub(1))
}

impl Start<'_> {
    /// The days from the one it starts on to the last, both included.
    fn days(&self, until: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        calendar::days_between(self.at.date(), until)
    }

    /// Up to when each supposed task uses credits: the ends of the days, and those of what is there beside the plan.
    fn ends(&self, until: NaiveDate) -> Vec<Moment> {
        let credits = self.ledger.account.current(self.at).credits;
        let bonus = credits.bonus.and_then(|bonus| bonus.expires_at);
        let packs = credits.packs.into_iter().flatten().chain(credits.grants);
        let pools = packs.filter_map(|pack| pack.expires_at).chain(bonus);
        let last = end_of(until);
        let days = self.days(until).map(|day| end_of(day).plus_seconds(1));
        let mut ends: Vec<_> = pools.filter(|end| *end > self.at && *end <= last).chain(days).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// The supposed days and changes as events, in time order; a change comes before a day's use at the same moment.
    fn asked(&self, supposed: &Supposed) -> Vec<Event<'static>> {
        let changes = supposed.changes.iter().cloned().map(|(at, action)| Event { at, position: 0, action });
        let mut so_far = Credits::ZERO;
        // In whole seconds of the cycle, as the pace counts them.
        let begin = self.ledger.account.cycle().start;
        let passed = self.at.seconds_since(begin);
        let used = self.ends(supposed.until).into_iter().filter_map(|end| {
            let at = end.plus_seconds(-1);
            let seconds = end.seconds_since(begin).saturating_sub(passed);
            let credits = supposed.rate.in_seconds(seconds.max(0)).minus(so_far);
            if at <= self.at || !credits.is_positive() {
                return None;
            }
            so_far = so_far.plus(credits);
            let action = Action::Usage { credits, on_auto: None, id: None };
            Some(Event { at, position: 0, action })
        });
        let mut events: Vec<_> = changes.chain(used).collect();
        events.sort_by_key(|event| event.at);
        events
    }

    /// Everything that is supposed as events, in time order: the days, the changes, and the packs that are bought.
    pub fn events(&self, supposed: &Supposed) -> Vec<Event<'static>> {
        self.walk(supposed).taken
    }

    /// Where what is supposed leads; with what is left day by day if that is wanted.
    pub fn course(&self, supposed: &Supposed, by_day: bool) -> Course {
        let walk = self.walk(supposed);
        let days = if by_day { walk.days_left() } else { Vec::new() };
        Course { days, ..walk.arrive(end_of(supposed.until).max(self.at)) }
    }

    fn walk(&self, supposed: &Supposed) -> Walk<'_> {
        let events = self.asked(supposed);
        let mut ahead = events.as_slice();
        let mut walk = Walk::from(self, supposed.packs);
        for day in self.days(supposed.until) {
            let end = end_of(day).max(self.at);
            while let Some((event, later)) = ahead.split_first().filter(|(event, _)| event.at <= end) {
                walk.take(event, ahead);
                ahead = later;
            }
            walk.end(day, end);
        }
        walk
    }

    /// Whether it is known what is left of an account that stands like this.
    fn knows_what_is_left(&self, current: &Current) -> bool {
        let begins_whole = current.cycle.start > self.at;
        let bonus = current.credits.bonus.as_ref();
        let no_bonus =
            bonus.is_none_or(|bonus| bonus.expires_at.is_some_and(|end| end <= current.cycle.start));
        // Of those that are only supposed it is known what was used: they are bought where it is known what is left.
        let packs = current.credits.packs.iter().flatten().filter(|pack| pack.bought_at <= self.at);
        let mut packs = packs.chain(&current.credits.grants);
        let no_packs = packs.all(|pack| pack.expires_at.is_some_and(|end| end <= current.cycle.start));
        self.use_is_known || (begins_whole && no_bonus && no_packs)
    }
}

/// A course under way.
struct Walk<'s> {
    start: &'s Start<'s>,
    ledger: Ledger,
    /// Everything supposed so far.
    taken: Vec<Event<'static>>,
    packs: Buying,
    refused: Option<RefusedChange>,
    unserved: Credits,
    run_out: Option<RunOut>,
    days: Vec<(NaiveDate, Credits)>,
    /// Of days on which what is left isn't known: whether overage might be charged for them.
    may_be_charged: bool,
    /// Of such days: whether requests might pause.
    may_pause: bool,
}

impl<'s> Walk<'s> {
    fn from(start: &'s Start<'s>, packs: bool) -> Self {
        Self {
            start,
            ledger: start.ledger.clone(),
            taken: Vec::new(),
            packs: Buying::new(packs),
            refused: None,
            unserved: Credits::ZERO,
            run_out: None,
            days: Vec::new(),
            may_be_charged: false,
            may_pause: false,
        }
    }

    /// Whether packs are supposed to be bought, and are sold to the account as it stands.
    fn can_buy(&self) -> bool {
        self.packs.wanted && self.ledger.account.offered_packs().is_some()
    }

    /// Buys what is needed, if it is, before credits are used at a moment; that use is the first of what is ahead.
    fn buy(&mut self, credits: Credits, at: Moment, ahead: &[Event<'static>]) {
        let Some(offer) = self.ledger.account.offered_packs().filter(|_| self.packs.wanted) else { return };
        let current = self.ledger.account.current(at);
        if !self.start.knows_what_is_left(&current) {
            self.packs.may_be = true;
            return;
        }
        let Some(left) = current.credits.left().filter(|left| credits > *left) else { return };
        let amount = offer.price_of(needed(ahead, current.cycle.end).minus(left));
        for amount in offer.packs_of(amount).take(MOST_PACKS.saturating_sub(self.packs.bought)) {
            self.packs.bought = self.packs.bought.saturating_add(1);
            self.run_out = self.run_out.or(Some(RunOut { day: at.date(), pauses: false }));
            self.apply(at, Action::BuyCredits { amount, expires_at: None });
        }
    }

    /// Takes the first of the events that are ahead.
    fn take(&mut self, event: &Event<'static>, ahead: &[Event<'static>]) {
        if let Action::Usage { credits, .. } = event.action {
            self.ledger.advance(event.at);
            self.buy(credits, event.at, ahead);
            let before = self.ledger.account.current(event.at).credits;
            if let Some(served) = before.served() {
                self.unserved = self.unserved.plus(credits.less_at_most_all(served));
            }
        }
        self.apply(event.at, event.action.clone());
    }

    fn apply(&mut self, at: Moment, action: Action<'static>) {
        let position = self.start.position.saturating_add(self.taken.len());
        let event = Event { at, position, action };
        let refused_before = self.ledger.refused.len();
        self.ledger.apply(&event);
        if let Some(refusal) = self.ledger.refused.get(refused_before) {
            self.refused = self.refused.or(self.refused_change(&event.action, refusal.reason));
        }
        self.taken.push(event);
    }

    fn refused_change(&self, action: &Action<'_>, reason: RefusalReason) -> Option<RefusedChange> {
        let edition = self.ledger.account.edition();
        match action {
            Action::ChangePlan(rank) => {
                edition.plan_ranked(*rank).map(|plan| RefusedChange { plan: Some(&plan.id), reason })
            }
            Action::SetOverage { .. } => Some(RefusedChange { plan: None, reason }),
            Action::SignUp { .. }
            | Action::Usage { .. }
            | Action::BuyCredits { .. }
            | Action::FirstPaymentCredit { .. }
            | Action::Grant(_)
            | Action::OpeningBalance(_)
            | Action::OwnLimit { .. } => None,
        }
    }

    fn end(&mut self, day: NaiveDate, end: Moment) {
        self.ledger.advance(end);
        let current = self.ledger.account.current(end);
        let overage = current.credits.overage.keeps_running();
        let goes_on = overage || self.can_buy();
        if !self.start.knows_what_is_left(&current) {
            self.may_be_charged |= overage;
            self.may_pause |= !goes_on;
            return;
        }
        let Some(left) = current.credits.left() else { return };
        // Overage may go on until its cap is reached: then requests pause after all.
        if left.is_zero() && self.run_out.is_none_or(|end| !goes_on && !end.pauses) {
            self.run_out = Some(RunOut { day, pauses: !goes_on });
        }
        self.days.push((day, left));
    }

    fn days_left(&self) -> Vec<DayLeft> {
        self.days.iter().map(|&(day, left)| DayLeft { day, left }).collect()
    }

    fn arrive(self, end: Moment) -> Course {
        let current = self.ledger.account.current(end);
        let is_known = self.start.knows_what_is_left(&current);
        // Overage of the cycle that was running at the start is charged at its end: what is charged before is known whole.
        let first_cycle = self.start.ledger.account.current(self.start.at).cycle;
        let cycle_ended = current.cycle.start > self.start.at;
        let may_buy = self.packs.may_be;
        let may_be_charged = self.may_be_charged;
        let charged_before = self.start.ledger.invoices.len();
        let invoices: Vec<_> = self.ledger.invoices.iter().skip(charged_before).cloned().collect();
        let charged_as = |kind: LineKind| -> Credits {
            let lines = invoices.iter().flat_map(|invoice| &invoice.lines);
            lines.filter(|line| line.kind == kind).filter_map(Line::quantity_of_credits).sum()
        };
        let overage = charged_as(LineKind::Overage).plus(current.credits.overage.credits);
        let pack_credits = charged_as(LineKind::Credits);
        let charged: Money = invoices.iter().map(|invoice| invoice.total).sum();
        let together = current.next_charge.as_ref().map_or(charged, |next| charged.plus(next.total));
        // What the vendor charges so far may not be known in dollars: its invoice says so.
        let in_part = invoices.iter().any(|invoice| invoice.at_least);
        let next_in_part = current.next_charge.as_ref().is_some_and(|invoice| invoice.at_least);
        let at_its_end = |invoice: Invoice| {
            let is_of_first = invoice.issued_at == first_cycle.end;
            Charge::of(invoice, Known::unless_missing(may_be_charged && is_of_first))
        };
        Course {
            plan: current.plan,
            overage: current.credits.overage.keeps_running(),
            refused: self.refused,
            run_out: self.run_out,
            left: current.credits.left().filter(|_| is_known),
            overage_credits: (!self.may_be_charged).then_some(overage),
            pack_credits: (!may_buy).then_some(pack_credits),
            unserved: (!self.may_pause).then_some(self.unserved),
            invoices: invoices.into_iter().map(at_its_end).collect(),
            charged,
            charged_at_least: may_buy || in_part || (may_be_charged && cycle_ended),
            next_charge: current
                .next_charge
                .map(|invoice| Charge::of(invoice, Known::unless_missing(may_be_charged && !cycle_ended))),
            together,
            together_at_least: may_be_charged || may_buy || in_part || next_in_part,
            days: Vec::new(),
        }
    }
}
