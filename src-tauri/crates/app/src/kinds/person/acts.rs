//! What the owner of one person's account recorded, act by act, and what of it holds now.
//!
//! Facts are kept whole each time any of them is stated. Which of them the owner stated matters for the plan alone:
//! plan changes recorded since the plan was last stated go on to count, whatever else is stated after them.

use crate::acts::content;
use crate::answers::{Facts, FactsChange, RecordedAct, UnreadableRecord};
use crate::error::AppError;
use chrono::NaiveDate;
use headroom_billing::person::{Action, Event, Ledger, Timeline};
use headroom_billing::{Edition, Plan};
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
}

const fn stated() -> bool {
    true
}

/// The facts as they were last stated, and where in the acts their parts come from.
pub(crate) struct StatedFacts {
    pub facts: Facts,
    /// The act that last stated the plan.
    plan_act: i64,
    /// When the plan or the first paid day was last stated.
    paid_stated_at: Moment,
    /// The switch's position when the account became paid.
    pub overage: bool,
}

/// The events that an account's acts stand for.
pub(crate) struct PersonActs {
    pub events: Vec<Event<'static>>,
    /// When the switch was last turned; none when its position comes from the facts.
    pub overage_set_at: Option<Moment>,
}

/// A plan change that counts no more, because the plan was stated anew.
pub(crate) struct ReplacedChange {
    pub plan: &'static Plan,
    pub on: NaiveDate,
}

/// What holds of the account now, if it was ever described. Where a recorded plan change can't be read it is what was
/// stated: so the account stays in its lists, can be described anew, and its figures say why there are none.
pub(crate) fn facts(store: &Store, id: AccountId, now: Moment) -> Result<Option<Facts>, AppError> {
    let acts = store.acts(id)?;
    let stated = StatedFacts::of(&acts)?;
    Ok(stated.map(|stated| stated.held(&acts, now).unwrap_or(stated.facts)))
}

impl StatedFacts {
    /// Of an account's acts in the order they were recorded; none while no facts are stated.
    pub fn of(acts: &[Act]) -> Result<Option<Self>, AppError> {
        let mut newest: Option<Self> = None;
        for act in acts.iter().filter(|act| act.kind == EventKind::Facts) {
            let KeptFacts { facts, states_plan } = content(act)?;
            let before = newest.as_ref();
            let overage = facts.overage_enabled.or(before.map(|before| before.overage)).unwrap_or(false);
            newest = Some(match before {
                Some(before) if !states_plan => {
                    let same_day = before.facts.first_paid_on == facts.first_paid_on;
                    let paid_stated_at = if same_day { before.paid_stated_at } else { act.at };
                    Self { facts, plan_act: before.plan_act, paid_stated_at, overage }
                }
                _ => Self { facts, plan_act: act.id, paid_stated_at: act.at, overage },
            });
        }
        Ok(newest)
    }

    /// The plan changes recorded since the plan was last stated, in the order they were recorded.
    fn changes<'a>(&self, acts: &'a [Act]) -> impl Iterator<Item = &'a Act> + use<'a> {
        let stated = self.plan_act;
        acts.iter().filter(move |act| act.kind == EventKind::ChangePlan && act.id > stated)
    }

    /// The account's beginning: not later than the month of the first plan change that is recorded of it.
    fn begins(&self, acts: &[Act], now: Moment) -> Moment {
        let first_change = self.changes(acts).map(|act| act.at).min();
        self.facts.signed_up_at(first_change.map_or(now, |change| change.min(now)))
    }

    /// The account's events as of `now`: what the facts say, every turn of the switch, and the plan changes recorded
    /// since the plan was last stated.
    pub fn acts(&self, acts: &[Act], now: Moment) -> Result<PersonActs, AppError> {
        let edition = self.facts.edition()?;
        let mut events = self.facts.events(self.begins(acts, now), self.paid_stated_at, self.overage)?;
        // An act can't precede the account it is about, nor a plan change the payment it follows, whatever the
        // facts say of the hour of either.
        let begins = events.first().map_or(now, |sign_up| sign_up.at);
        let paid = events.last().map_or(now, |last| last.at);
        let mut overage_set_at = None;
        for act in acts {
            let (earliest, action) = match act.kind {
                EventKind::SetOverage => {
                    let enabled = content::<SetOverage>(act)?.enabled;
                    overage_set_at = Some(act.at);
                    (begins, Action::SetOverage { enabled })
                }
                EventKind::ChangePlan if act.id > self.plan_act => {
                    (paid, Action::ChangePlan(changed_plan(act, edition)?.rank))
                }
                EventKind::ChangePlan
                | EventKind::Facts
                | EventKind::Usage
                | EventKind::Unmetered
                | EventKind::Estimated => continue,
            };
            events.push(Event { at: act.at.max(earliest), position: events.len(), action });
        }
        Ok(PersonActs { events, overage_set_at })
    }

    /// The facts as they hold now: the plan that the recorded changes led to, and the first paid day, also where it
    /// is that of a recorded change.
    pub fn held(&self, acts: &[Act], now: Moment) -> Result<Facts, AppError> {
        let timeline = Timeline::new(now, self.facts.terms()?, self.acts(acts, now)?.events);
        let ledger = Ledger::fold(&timeline, now)?;
        let first_payment = ledger.invoices.first().map(|invoice| invoice.issued_at.date());
        Ok(Facts {
            plan: ledger.account.plan().id.clone(),
            first_paid_on: self.facts.first_paid_on.or(first_payment),
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
                let facts = Facts { overage_enabled: None, ..self.facts.clone() };
                let kept = KeptFacts { facts: change.clone().applied_to(facts), states_plan: true };
                return Ok(Some((kept, self.replaced(acts).filter_map(Result::ok).collect())));
            }
            Err(error) => return Err(error),
        };
        let mut change = change.clone();
        change.keep_only_what_differs(&held, self.overage);
        if change == FactsChange::default() {
            return Ok(None);
        }
        // A first paid day of an account whose plan was stated as Free is that of the plan it has now.
        let plan_follows = change.first_paid_on.is_some() && self.facts.plan != held.plan && !self.is_paid();
        let states_plan = change.plan.is_some() || plan_follows;
        let base = if states_plan { &held } else { &self.facts };
        let facts = change.applied_to(Facts { overage_enabled: None, ..base.clone() });
        let mut replaced = Vec::new();
        if states_plan {
            replaced = self.replaced(acts).collect::<Result<_, _>>()?;
        } else {
            // A price list that lacks the plan of a recorded change would leave the account without any figures.
            let edition = facts.edition()?;
            for act in self.changes(acts) {
                let id = content::<ChangePlan>(act)?.plan;
                if edition.plan_named(&id).is_none() {
                    return Err(AppError::input(say!(
                        "price-list-without-plan",
                        list = &edition.list.title,
                        plan = id,
                        date = act.at.date()
                    )));
                }
            }
        }
        Ok(Some((KeptFacts { facts, states_plan }, replaced)))
    }

    /// The plan changes that count no more once the plan is stated anew.
    fn replaced<'a>(
        &self,
        acts: &'a [Act],
    ) -> impl Iterator<Item = Result<ReplacedChange, AppError>> + use<'a> {
        let edition = self.facts.edition();
        self.changes(acts).map(move |act| {
            let plan = changed_plan(act, edition.clone()?)?;
            Ok(ReplacedChange { plan, on: act.at.date() })
        })
    }

    fn is_paid(&self) -> bool {
        self.facts
            .edition()
            .ok()
            .and_then(|edition| edition.plan_named(&self.facts.plan))
            .is_some_and(Plan::is_paid)
    }
}

fn changed_plan(act: &Act, edition: &'static Edition) -> Result<&'static Plan, AppError> {
    let plan = content::<ChangePlan>(act)?.plan;
    let unknown =
        || StoreError::Damaged { table: "events", id: act.id, reason: say!("no-plan", text = &plan) };
    Ok(edition.plan_named(&plan).ok_or_else(unknown)?)
}

/// The acts of an account that count and can't be read. A plan change counts no more once the plan was stated after it.
pub(crate) fn unreadable(store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
    let acts = store.acts(id)?;
    let stated = StatedFacts::of(&acts).ok().flatten();
    let counts = |act: &Act| stated.as_ref().is_none_or(|stated| act.id > stated.plan_act);
    let edition = stated.as_ref().and_then(|stated| stated.facts.edition().ok());
    let damaged = |act: &Act| {
        let (recorded, read) = match (act.kind, edition) {
            (EventKind::Facts, _) => (RecordedAct::Details, content::<KeptFacts>(act).map(drop)),
            (EventKind::SetOverage, _) => (RecordedAct::OverageSwitch, content::<SetOverage>(act).map(drop)),
            (EventKind::ChangePlan, _) if !counts(act) => return None,
            (EventKind::ChangePlan, Some(edition)) => {
                (RecordedAct::PlanChange, changed_plan(act, edition).map(drop))
            }
            (EventKind::ChangePlan, None) => (RecordedAct::PlanChange, content::<ChangePlan>(act).map(drop)),
            (EventKind::Usage | EventKind::Unmetered | EventKind::Estimated, _) => return None,
        };
        let error = read.err()?;
        let (on, reason) = (act.at.date().to_string(), error.saying);
        Some(UnreadableRecord::Act { act: recorded, on, reason })
    };
    Ok(acts.iter().filter_map(damaged).collect())
}
