//! From what the store holds of one person's account to the engine's ledger.

use super::acts::{PersonActs, StatedFacts};
use super::facts::NOON;
use super::pools;
use crate::account::{self, Stated};
use crate::acts::counting;
use crate::answers::{AccountSummary, Facts, Naming};
use crate::days::just_before;
use crate::error::{AppError, ErrorCode};
use crate::quoted::Quoted;
use headroom_billing::person::{Action, Counted, Current, Event, Ledger, Pace, Timeline};
use headroom_billing::{AccountKind, Catalog, Lists, RefusalReason, Terms};
use headroom_exact::{Credits, Moment, Month, say};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::events::Usage;
use headroom_store::table::live::LiveState;
use headroom_store::table::rollups::{Day, UsageTotals};
use std::collections::HashSet;

/// Everything needed to answer about an account at a moment.
pub(crate) struct Loaded {
    pub account: Account,
    /// What holds of the account now: the plan that its recorded changes led to, not the one first stated.
    pub facts: Facts,
    pub timeline: Timeline<'static>,
    /// When the switch was last turned here; none when its position comes from the facts.
    pub overage_set_at: Option<Moment>,
    /// Tasks that were metered before the account began, by its facts.
    pub tasks_before_sign_up: usize,
    /// What Kiro last said, and how it compares with the tasks recorded here.
    pub quoted: Option<Quoted>,
    pub recorded_by_then: Credits,
    /// Used elsewhere by Kiro's count: in the IDE, on another machine. It is part of every figure.
    pub elsewhere: Credits,
    /// Up to when the figures are Kiro's count; none if they are computed from the recorded tasks alone.
    pub followed_until: Option<Moment>,
    pub live: LiveState,
    /// The packs and grants that were stated, each with the position of its event.
    pub pools: Vec<(pools::Stated, usize)>,
    usage_from_position: usize,
}

impl Loaded {
    /// The ledger as of the scenario's moment.
    pub fn ledger(&self) -> Result<Ledger, AppError> {
        Ok(Ledger::fold(&self.timeline, self.timeline.as_of)?)
    }

    /// The names its charges are shown with.
    pub fn naming(&self) -> Naming {
        let tax = Catalog::built_in().tax(self.timeline.terms.country);
        let tax_percent = self.facts.tax_percent.clone();
        let tax_name = tax.filter(|_| tax_percent.is_none()).map(|tax| tax.name.clone());
        Naming { edition: Some(self.timeline.edition()), tax_name, tax_percent }
    }

    /// How lists show it.
    pub fn summary(&self) -> Result<AccountSummary, AppError> {
        account::summary(&self.account, Stated { ready: true, facts: Some(self.facts.clone()), team: None })
    }

    /// Whether anything is known of the usage: a task was recorded, or Kiro said what was used this cycle.
    pub fn usage_is_known(&self, totals: &UsageTotals) -> bool {
        totals.tasks > 0 || self.followed_until.is_some()
    }

    /// An amount that follows from usage: not known while nothing is. Unknown is not zero.
    pub fn known(&self, totals: &UsageTotals, credits: Credits) -> Option<Credits> {
        self.usage_is_known(totals).then_some(credits)
    }

    /// The pace; none while nothing is known of the usage.
    pub fn pace(&self, totals: &UsageTotals, current: &Current) -> Option<Pace> {
        if !self.usage_is_known(totals) {
            return None;
        }
        Pace::at(current, self.timeline.as_of)
    }

    /// Tasks that ran although, by the facts, requests were paused: the facts can't be complete. Those that
    /// Kiro's count holds are in every figure, and not among them.
    pub fn tasks_while_paused(&self, ledger: &Ledger) -> usize {
        let paused: HashSet<_> = ledger
            .refused
            .iter()
            .filter(|refusal| refusal.reason == RefusalReason::PausedAtLimit)
            .map(|refusal| refusal.event)
            .collect();
        let is_ours = |event: &&Event<'_>| {
            event.position >= self.usage_from_position
                && self.followed_until.is_none_or(|until| event.at > until)
        };
        let events = self.timeline.events().iter();
        events.filter(is_ours).filter(|event| paused.contains(&event.position)).count()
    }
}

/// Loads an account as of `now`.
pub(crate) fn load(store: &Store, id: AccountId, now: Moment) -> Result<Loaded, AppError> {
    load_at(store, id, now, now)
}

/// Loads an account as of a moment that is not after `now`, by the facts as they are stated now.
///
/// Usage is loaded from that moment's cycle on, and from the sign-up while bonus credits of it reach
/// into this cycle: nothing older changes where the account stands (K3), so the cost doesn't grow
/// with history.
pub(crate) fn load_at(store: &Store, id: AccountId, as_of: Moment, now: Moment) -> Result<Loaded, AppError> {
    load_by(store, id, None, as_of, now)
}

/// The same by other price lists than the account goes by.
pub(crate) fn load_by(
    store: &Store,
    id: AccountId,
    lists: Option<Lists>,
    as_of: Moment,
    now: Moment,
) -> Result<Loaded, AppError> {
    let account = account::find(store, id)?;
    let acts = counting(store.acts(id)?)?;
    let missing = || AppError::new(ErrorCode::FactsMissing, say!("facts-missing"));
    let stated = StatedFacts::of(&acts)?.ok_or_else(missing)?;
    let PersonActs { mut events, overage_set_at, pools } = stated.acts(&acts, now)?;
    let mut terms = stated.facts.terms()?;
    terms.lists = lists.unwrap_or(terms.lists);
    let facts = stated.held(&acts, now)?;
    let signed_up_at = events.first().map_or(now, |sign_up| sign_up.at);
    let cycle_start = Month::of(as_of).start();
    let bonus_ends = signed_up_at.plus_days(terms.lists.at(signed_up_at).bonus.days);
    let bonus_reaches_here = facts.signed_up_on.is_some() && bonus_ends > cycle_start;
    let from = if bonus_reaches_here { signed_up_at.min(cycle_start) } else { cycle_start };

    let usage_from_position = events.len();
    let mut tasks_before_sign_up = 0;
    let quoted = Quoted::newest(store, id, as_of)?;
    if let Some(quoted) = &quoted {
        pools::follow(quoted, &pools, &mut events);
    }
    let from = from.min(pools::reach_back(&events, cycle_start));
    let used_by_then = quoted.as_ref().and_then(|quoted| quoted.used_in_cycle(cycle_start));
    let one_pool = from == cycle_start && terms.lists.at(as_of).packs.is_none();
    let usage = if as_of != now && used_by_then.is_none() && one_pool {
        usage_of_ended_cycle(store, id, terms, &events, (cycle_start, as_of))?
    } else {
        store.usage(id, from, as_of)?
    };
    for usage in &usage {
        if usage.at < signed_up_at {
            tasks_before_sign_up += 1;
        } else if usage.credits.is_positive() {
            // The store keeps one row a key, so the engine needs no ids.
            let action = Action::Usage { credits: usage.credits, on_auto: None, id: None };
            events.push(Event { at: usage.at, position: events.len(), action });
        }
    }
    let recorded_by_then = quoted.as_ref().map_or(Credits::ZERO, |quoted| {
        let until_then = usage.iter().filter(|usage| usage.at >= cycle_start && usage.at <= quoted.at);
        until_then.map(|usage| usage.credits).sum()
    });
    let mut followed_until = None;
    if let (Some(quoted), Some(used)) = (&quoted, used_by_then) {
        follow_quoted(quoted, used, cycle_start, terms, &mut events)?;
        followed_until = Some(quoted.at);
    }
    let timeline = Timeline::new(as_of, terms, events);
    Ok(Loaded {
        account,
        facts,
        timeline,
        overage_set_at,
        tasks_before_sign_up,
        quoted,
        recorded_by_then,
        elsewhere: Counted { by_vendor: used_by_then.unwrap_or_default(), recorded: recorded_by_then }
            .elsewhere(),
        followed_until,
        live: store.live_state(id)?,
        pools,
        usage_from_position,
    })
}

/// Whether the overage switch isn't turned within a cycle that has ended. Then what the cycle costs depends on
/// the sum of its usage alone: with the switch on, everything beyond the plan is charged, with it off nothing.
fn switch_stands_still(events: &[Event<'_>], cycle_start: Moment, end: Moment) -> bool {
    let turns = events.iter().filter(|event| matches!(event.action, Action::SetOverage { .. }));
    turns.into_iter().all(|turn| turn.at < cycle_start || turn.at > end)
}

/// A day's sum, as if it were one task.
fn as_one_task(day: &Day) -> Usage {
    Usage { at: Moment::on(day.date, NOON), credits: day.credits }
}

/// The usage of a cycle that has ended, summed by day where that changes no charge: in a cycle in which the switch
/// isn't turned, and on days on which it is on and nothing happens but usage. All of it is accepted then, and only
/// the sum matters, before an upgrade and after it (K5, K10). Where the switch is turned later, each task before it
/// counts: the last one of the plan's credits is taken whole, those after it never are (K6).
fn usage_of_ended_cycle(
    store: &Store,
    id: AccountId,
    terms: Terms,
    events: &[Event<'static>],
    (start, end): (Moment, Moment),
) -> Result<Vec<Usage>, AppError> {
    let days = store.days(id, start.date(), end.date())?;
    if switch_stands_still(events, start, end) {
        return Ok(days.iter().map(as_one_task).collect());
    }
    let timeline = Timeline::new(end, terms, events.to_vec());
    let begins = timeline.events().first().map_or(end, |sign_up| sign_up.at);
    let mut usage = Vec::new();
    for day in days {
        let midnight = Moment::on(day.date, 0);
        let is_quiet = events.iter().all(|event| event.at.date() != day.date);
        let is_on = || -> Result<bool, AppError> {
            let ledger = Ledger::fold(&timeline, midnight)?;
            Ok(ledger.account.current(midnight).credits.overage.enabled)
        };
        if is_quiet && begins <= midnight && is_on()? {
            usage.push(as_one_task(&day));
        } else {
            usage.extend(store.usage(id, midnight, just_before(midnight.plus_days(1)).min(end))?);
        }
    }
    Ok(usage)
}

/// Brings the account to what Kiro says of the running cycle: what was used, of it overage, and the switch.
///
/// What the recorded tasks come to is folded first, because by the facts some of them may have been refused;
/// only what Kiro counts beyond that is added. If Kiro charges overage, its switch was on when the plan's
/// credits ended, whatever is recorded of it. Where the recorded tasks come to more, nothing is taken back
/// and the difference is shown.
fn follow_quoted(
    quoted: &Quoted,
    used: Credits,
    cycle_start: Moment,
    terms: Terms,
    events: &mut Vec<Event<'static>>,
) -> Result<(), AppError> {
    // Position 0, the sign-up's, is no task's: a refusal of these says nothing about the facts.
    let event = |at, action| Event { at, position: 0, action };
    let enabled = quoted.limits.overage_enabled;
    let charges = quoted.limits.overage.map_or(enabled == Some(true), Credits::is_positive);
    // What Kiro charges it charges, whatever the list in force has (V6).
    let said = quoted.limits.overage.is_some_and(Credits::is_positive);
    let turned = |enabled| {
        if said { Action::OverageSaid { enabled } } else { Action::SetOverage { enabled } }
    };
    if charges {
        let began = events.first().map_or(cycle_start, |sign_up| sign_up.at.max(cycle_start));
        // Overage can be on from the cycle's start, or from the moment a plan was paid for in it (K5).
        let upgrades = events.iter().filter(|event| matches!(event.action, Action::ChangePlan(_)));
        let moments: Vec<_> = upgrades.map(|upgrade| upgrade.at).filter(|at| *at > began).collect();
        for at in std::iter::once(began).chain(moments) {
            events.push(event(at, turned(true)));
        }
    }
    let recorded = Timeline::new(quoted.at, terms, events.clone());
    let recorded = Ledger::fold(&recorded, quoted.at)?;
    let recorded = recorded.account.current(quoted.at).credits.used;
    let gap = Counted { by_vendor: used, recorded }.elsewhere();
    if charges {
        events.push(event(quoted.at, turned(true)));
    }
    if gap.is_positive() {
        events.push(event(quoted.at, Action::Usage { credits: gap, on_auto: None, id: None }));
    }
    if let Some(enabled) = enabled {
        events.push(event(quoted.at, turned(enabled)));
    }
    Ok(())
}
