//! What the owner of one person's account recorded, act by act, and what of it holds now.
//!
//! Facts are kept whole each time any of them is stated. Which of them the owner stated matters for the plan alone:
//! plan changes recorded since the plan was last stated go on to count, whatever else is stated after them.

use super::facts::{StatedAt, known_plan};
use super::held_before::HeldBefore;
use super::pools::{self, Stated};
use crate::acts::{Undo, content, counting};
use crate::answers::{Facts, FactsChange, RecordedAct, UnreadableRecord};
use crate::error::AppError;
use crate::quoted::Quoted;
use chrono::NaiveDate;
use headroom_billing::Plan;
use headroom_billing::person::{Action, Event, Ledger, Timeline};
use headroom_exact::{Moment, say};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{Act, EventKind};
use headroom_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

/// The content of a recorded turn of the overage switch.
#[derive(Serialize, Deserialize)]
pub(crate) struct SetOverage {
    pub enabled: bool,
}

/// The content of a recorded plan change.
#[derive(Serialize, Deserialize)]
pub(crate) struct ChangePlan {
    pub plan: String,
}

/// The content of a statement of facts.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptFacts {
    #[serde(flatten)]
    pub facts: Facts,
    /// Whether the plan is stated by it: then plan changes recorded earlier don't count any more. Versions that kept
    /// no such word stated everything each time.
    #[serde(default = "stated")]
    pub states_plan: bool,
    /// The plan whose own limit is stated by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limited_plan: Option<String>,
    /// Whether no named price list is each month's own. Versions that kept no such word computed by the first one.
    #[serde(default)]
    pub in_force: bool,
}

const fn stated() -> bool {
    true
}

/// The facts as they were last stated, and where in the acts their parts come from.
pub(crate) struct StatedFacts {
    pub facts: Facts,
    /// The act that last stated the plan.
    pub(super) plan_act: i64,
    /// The plan whose own limit is stated, and when it was.
    pub(super) limited: Option<(&'static Plan, Moment)>,
    /// Whether a version that computed by the first price list recorded them, and none was named since.
    pub was_unlisted: bool,
    /// When the plan or the first paid day was last stated.
    pub(super) paid_stated_at: Moment,
    /// The switch's position when the account became paid.
    pub overage: bool,
    /// When the vendor said the plan, where its owner stated none.
    pub(super) vendors_plan_at: Option<Moment>,
    /// Whether no price list has that plan, or the vendor names none: its credits are told, its price isn't known.
    pub(super) plan_is_unlisted: bool,
    /// When the plan was last stated.
    pub(super) plan_stated_at: Moment,
    /// The plans held before the present one, where it is stated since a day, in their order.
    pub(super) held_before: Vec<HeldBefore>,
}

/// The events that an account's acts stand for.
pub(crate) struct PersonActs {
    pub events: Vec<Event<'static>>,
    /// When the switch was last turned; none when its position comes from the facts.
    pub overage_set_at: Option<Moment>,
    /// The packs and grants that were stated, each with the position of its event.
    pub pools: Vec<(Stated, usize)>,
}

/// A plan change that counts no more, because the plan was stated anew.
pub(crate) struct ReplacedChange {
    pub plan: &'static Plan,
    pub on: NaiveDate,
}

/// What holds of the account now, if it was ever described. Where a recorded plan change can't be read it is what was
/// stated: so the account stays in its lists, can be described anew, and its figures say why there are none.
pub(crate) fn facts(store: &Store, id: AccountId, now: Moment) -> Result<Option<(Facts, bool)>, AppError> {
    let acts = counting(store.acts(id)?)?;
    let quoted = Quoted::newest(store, id, now, now)?;
    let Some(stated) = StatedFacts::with_vendor(StatedFacts::of(&acts)?, quoted.as_ref()) else {
        return Ok(None);
    };
    let plan_is_stated = stated.plan_is_stated();
    Ok(Some((stated.held(&acts, now).unwrap_or(stated.facts), plan_is_stated)))
}

impl StatedFacts {
    /// Of an account's acts in the order they were recorded; none while no facts are stated.
    pub fn of(acts: &[Act]) -> Result<Option<Self>, AppError> {
        let mut newest: Option<Self> = None;
        let facts_acts = acts.iter().enumerate().filter(|(_, act)| act.kind == EventKind::Facts);
        for (position, act) in facts_acts {
            let KeptFacts { facts, states_plan, limited_plan, in_force } = content(act)?;
            let before = newest.as_ref();
            let limited = limited_plan.as_deref().and_then(known_plan).map(|plan| {
                let same = before.filter(|before| before.facts.own_limit == facts.own_limit);
                let since = same.and_then(|before| before.limited).filter(|(of, _)| of.rank == plan.rank);
                (plan, since.map_or(act.at, |(_, since)| since))
            });
            let was_unlisted =
                facts.price_list.is_none() && (!in_force || before.is_some_and(|before| before.was_unlisted));
            let overage = facts.overage_enabled.or(before.map(|before| before.overage)).unwrap_or(false);
            newest = Some(match before {
                Some(before) if !states_plan => {
                    let same_day = before.facts.first_paid_on == facts.first_paid_on;
                    let paid_stated_at = if same_day { before.paid_stated_at } else { act.at };
                    let plan_act = before.plan_act;
                    let held_before = Self::kept_before(before.held_before.clone(), &facts);
                    Self {
                        facts,
                        plan_act,
                        limited,
                        was_unlisted,
                        paid_stated_at,
                        overage,
                        vendors_plan_at: None,
                        plan_is_unlisted: false,
                        plan_stated_at: before.plan_stated_at,
                        held_before,
                    }
                }
                _ => {
                    let recorded = acts.get(..position).unwrap_or_default();
                    let held_before = before.map(|before| before.held_until(&facts, recorded)).transpose()?;
                    Self {
                        facts,
                        plan_act: act.id,
                        limited,
                        was_unlisted,
                        paid_stated_at: act.at,
                        overage,
                        vendors_plan_at: None,
                        plan_is_unlisted: false,
                        plan_stated_at: act.at,
                        held_before: held_before.unwrap_or_default(),
                    }
                }
            });
        }
        Ok(newest)
    }

    /// The plan changes recorded since the plan was last stated, in the order they were recorded.
    pub(super) fn changes<'a>(&self, acts: &'a [Act]) -> impl Iterator<Item = &'a Act> + use<'a> {
        let (stated, vendors) = (self.plan_act, self.vendors_plan_at);
        // What the vendor said after it was recorded counts more.
        let counts = move |act: &Act| act.id > stated && vendors.is_none_or(|said_at| act.at > said_at);
        acts.iter().filter(move |act| act.kind == EventKind::ChangePlan && counts(act))
    }

    /// The account's beginning: not later than the month of the first plan change that is recorded of it.
    pub fn begins(&self, acts: &[Act], now: Moment) -> Moment {
        let first_change = self.changes(acts).map(|act| act.at).min();
        self.facts.signed_up_at(first_change.map_or(now, |change| change.min(now)))
    }

    /// What the facts say, as events.
    fn events(&self, acts: &[Act], now: Moment) -> Result<Vec<Event<'static>>, AppError> {
        let stated_at = StatedAt {
            begins: self.begins(acts, now),
            paid: self.paid_stated_at,
            plan_from: self.plan_from(now)?,
            held_before: self.held_before.clone(),
            limit: self.limited.map_or(now, |(_, since)| since),
            plan_is_unlisted: self.plan_is_unlisted,
            first_change: self.changes(acts).map(|act| act.at).min(),
        };
        let actions = self.facts.actions(&stated_at, self.overage, self.limited.map(|(plan, _)| plan))?;
        let numbered = actions.into_iter().enumerate();
        Ok(numbered.map(|(position, (at, action))| Event { at, position, action }).collect())
    }

    /// The account's events as of `now`: what the facts say, every turn of the switch, the plan changes recorded since
    /// the plan was last stated, and the packs and grants that were stated.
    pub fn acts(&self, acts: &[Act], now: Moment) -> Result<PersonActs, AppError> {
        let mut events = self.events(acts, now)?;
        // An act can't precede the account it is about, nor a plan change the payment it follows, whatever the
        // facts say of the hour of either.
        let begins = events.first().map_or(now, |sign_up| sign_up.at);
        let paid = events.iter().filter(|event| matches!(event.action, Action::ChangePlan(_)));
        let paid = paid.map(|event| event.at).max().unwrap_or(begins);
        let mut overage_set_at = None;
        for act in acts {
            let (earliest, action) = match act.kind {
                EventKind::SetOverage => {
                    let enabled = content::<SetOverage>(act)?.enabled;
                    overage_set_at = Some(act.at);
                    (begins, Action::SetOverage { enabled })
                }
                EventKind::ChangePlan if self.changes(std::slice::from_ref(act)).next().is_some() => {
                    (paid, Action::ChangePlan(changed_plan(act)?.rank))
                }
                EventKind::ChangePlan
                | EventKind::Facts
                | EventKind::BuyCredits
                | EventKind::Grant
                | EventKind::Undo
                | EventKind::Usage
                | EventKind::Unmetered
                | EventKind::Estimated
                | EventKind::Auxiliary
                | EventKind::Superseded => continue,
            };
            events.push(Event { at: act.at.max(earliest), position: events.len(), action });
        }
        // In the order of time, so that a pack comes after the plan it was bought on.
        events.sort_by_key(|event| event.at);
        for (position, event) in events.iter_mut().enumerate() {
            event.position = position;
        }
        let mut pools = Vec::new();
        for pool in pools::of(acts)? {
            let position = events.len();
            events.push(Event { at: pool.moment(&events), position, action: pool.action() });
            pools.push((pool, position));
        }
        Ok(PersonActs { events, overage_set_at, pools })
    }

    /// Everything the acts come to without usage, and the packs and grants among them.
    pub fn folded(&self, acts: &[Act], now: Moment) -> Result<(Ledger, Vec<(Stated, usize)>), AppError> {
        let PersonActs { events, pools, .. } = self.acts(acts, now)?;
        let timeline = Timeline::new(now, self.facts.terms()?, events);
        Ok((Ledger::fold(&timeline, now)?, pools))
    }

    /// The facts as they hold now: the plan that the recorded changes led to, and the first paid day, also where it
    /// is that of a recorded change.
    pub fn held(&self, acts: &[Act], now: Moment) -> Result<Facts, AppError> {
        let (ledger, _) = self.folded(acts, now)?;
        let paid = ledger.invoices.iter().find(|invoice| invoice.has_subscription());
        let first_payment = paid.map(|invoice| invoice.issued_at.date());
        Ok(Facts {
            plan: Some(ledger.account.plan().id.clone()).filter(|_| !self.is_on_unlisted_plan(acts)),
            // Where it is paid since nobody knows when, no day is made up.
            first_paid_on: self.facts.first_paid_on.or(first_payment.filter(|_| !self.is_paid())),
            // It is one plan's: on another there is none.
            own_limit: self
                .facts
                .own_limit
                .clone()
                .filter(|_| self.limited.is_some_and(|(plan, _)| plan.rank == ledger.account.plan().rank)),
            ..self.facts.clone()
        })
    }

    /// What is to be kept when something is stated anew, and the plan changes that it replaces; none when it states
    /// nothing but what holds already.
    pub fn changed(
        &self,
        acts: &[Act],
        change: &FactsChange,
        now: Moment,
    ) -> Result<Option<(KeptFacts, Vec<ReplacedChange>)>, AppError> {
        let held = match self.held(acts, now) {
            Ok(held) => held,
            // What can't be read is no obstacle to stating the plan anew: it counts no more then.
            Err(_) if change.plan.is_some() => {
                let facts = Facts { overage_enabled: None, plan: self.stated_plan(), ..self.facts.clone() };
                let facts = change.clone().settled().applied_to(facts);
                let kept = KeptFacts { states_plan: true, limited_plan: None, in_force: true, facts };
                return Ok(Some((kept, self.replaced(acts).filter_map(Result::ok).collect())));
            }
            Err(error) => return Err(error),
        };
        let mut change = change.clone().settled();
        let since = change.plan_since.flatten();
        change.keep_only_what_differs(&held, self.overage, self.plan_is_stated());
        self.settle_since(&mut change, since, &held, now)?;
        if change == FactsChange::default() {
            return Ok(None);
        }
        // A first paid day of an account whose plan was stated as Free is that of the plan it has now.
        let plan_follows = change.first_paid_on.is_some()
            && self.plan_is_stated()
            && self.facts.plan != held.plan
            && !self.is_paid();
        let states_plan = change.plan.is_some() || plan_follows;
        let stated = Facts { plan: self.stated_plan(), ..self.facts.clone() };
        let base = if states_plan { &held } else { &stated };
        let states_limit = change.own_limit.is_some();
        let facts = change.applied_to(Facts { overage_enabled: None, ..base.clone() });
        let limited_plan = if states_limit {
            let plan = if states_plan { &facts.plan } else { &held.plan };
            plan.clone().filter(|_| facts.own_limit.is_some())
        } else {
            self.limited.map(|(plan, _)| plan.id.clone())
        };
        let mut replaced = Vec::new();
        if states_plan {
            replaced = self.replaced(acts).collect::<Result<_, _>>()?;
            let still_counts = |on: NaiveDate| facts.plan_since.is_some_and(|since| on < since);
            replaced.retain(|change: &ReplacedChange| !still_counts(change.on));
        } else {
            // A price list that lacks the plan of a recorded change would leave the account without any figures.
            let lists = facts.lists()?;
            for act in self.changes(acts) {
                let id = content::<ChangePlan>(act)?.plan;
                let edition = lists.at(act.at);
                if edition.plan_named(&id).is_none() {
                    return Err(AppError::input(say!(
                        "price-list-without-plan",
                        list = edition.list.title.clone(),
                        plan = id,
                        date = act.at.date()
                    )));
                }
            }
        }
        Ok(Some((KeptFacts { facts, states_plan, limited_plan, in_force: true }, replaced)))
    }

    /// Settles since when the plan is held: another one says so with it, `since` being the day that was given.
    fn settle_since(
        &self,
        change: &mut FactsChange,
        since: Option<NaiveDate>,
        held: &Facts,
        now: Moment,
    ) -> Result<(), AppError> {
        let Some(id) = change.plan.clone() else { return Ok(()) };
        let plan = known_plan(&id);
        if since.is_none() && held.plan.as_ref() != Some(&id) {
            self.check_since(&id, now)?;
        }
        change.plan_since = Some(since);
        let first_paid = change.first_paid_on.unwrap_or(held.first_paid_on);
        if plan.is_some_and(Plan::is_paid) && since.is_some() {
            // Held since the first payment, it was always held; and who was never charged pays first on that day.
            let never_paid = first_paid.is_none() && self.plan_is_stated() && !self.is_paid();
            if never_paid {
                change.first_paid_on = Some(since);
            }
            if never_paid || since == first_paid {
                change.plan_since = Some(None);
            }
        }
        Ok(())
    }
}

pub(super) fn changed_plan(act: &Act) -> Result<&'static Plan, AppError> {
    let plan = content::<ChangePlan>(act)?.plan;
    let unknown =
        || StoreError::Damaged { table: "events", id: act.id, reason: say!("no-plan", text = &plan) };
    Ok(known_plan(&plan).ok_or_else(unknown)?)
}

/// The acts of an account that count and can't be read. A plan change counts no more once the plan was stated after it.
pub(crate) fn unreadable(store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
    let all = store.acts(id)?;
    let acts = counting(all.clone()).unwrap_or(all);
    let stated = StatedFacts::of(&acts).ok().flatten();
    let counts = |act: &Act| stated.as_ref().is_none_or(|stated| act.id > stated.plan_act);
    let damaged = |act: &Act| {
        let (recorded, read) = match act.kind {
            EventKind::Facts => (RecordedAct::Details, content::<KeptFacts>(act).map(drop)),
            EventKind::SetOverage => (RecordedAct::OverageSwitch, content::<SetOverage>(act).map(drop)),
            EventKind::ChangePlan if !counts(act) => return None,
            EventKind::ChangePlan => (RecordedAct::PlanChange, changed_plan(act).map(drop)),
            EventKind::BuyCredits => (RecordedAct::Pack, pools::read(act).map(drop)),
            EventKind::Grant => (RecordedAct::Grant, pools::read(act).map(drop)),
            EventKind::Undo => (RecordedAct::Undo, content::<Undo>(act).map(drop)),
            EventKind::Usage
            | EventKind::Unmetered
            | EventKind::Estimated
            | EventKind::Auxiliary
            | EventKind::Superseded => return None,
        };
        let error = read.err()?;
        let (on, reason) = (act.at.date().to_string(), error.saying);
        Some(UnreadableRecord::Act { act: recorded, on, reason })
    };
    Ok(acts.iter().filter_map(damaged).collect())
}
