//! From what the store holds to the engine's ledger.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use crate::facts::Facts;
use headroom_billing::individual::{Action, Event, Ledger, Terms, Timeline};
use headroom_billing::{DayCount, Edition, Moment, Month, RefusalReason};
use headroom_store::table::accounts::{Account, AccountId};
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

/// Everything needed to answer about an account at a moment.
pub(crate) struct Loaded {
    pub account: Account,
    pub facts: Facts,
    pub timeline: Timeline<'static>,
    /// When the switch was last turned here; none when its position comes from the facts.
    pub overage_set_at: Option<Moment>,
    /// Tasks that were metered before the account began, by its facts.
    pub tasks_before_sign_up: usize,
    usage_from_position: usize,
}

impl Loaded {
    /// The ledger as of the scenario's moment.
    pub fn ledger(&self) -> Result<Ledger, AppError> {
        Ledger::fold(&self.timeline, self.timeline.as_of)
            .map_err(|error| AppError::new(ErrorCode::Store, error))
    }

    /// Tasks that ran although, by the facts, requests were paused: the facts can't be complete.
    pub fn tasks_while_paused(&self, ledger: &Ledger) -> usize {
        let paused = |refusal: &&headroom_billing::Refusal| {
            refusal.reason == RefusalReason::PausedAtLimit && refusal.event >= self.usage_from_position
        };
        ledger.refused.iter().filter(paused).count()
    }
}

fn content<T: for<'de> Deserialize<'de>>(act: &Act) -> Result<T, AppError> {
    serde_json::from_str(&act.body).map_err(|error| {
        StoreError::Damaged { table: "events", id: act.id, reason: error.to_string() }.into()
    })
}

/// The newest facts of an account with the act that states them.
fn newest_facts(acts: &[Act]) -> Result<Option<(Facts, &Act)>, AppError> {
    let newest = acts.iter().rev().find(|act| act.kind == EventKind::Facts);
    newest.map(|act| Ok((content(act)?, act))).transpose()
}

impl Headroom {
    /// The account's newest facts, if there are any.
    pub(crate) fn facts(store: &Store, id: AccountId) -> Result<Option<Facts>, AppError> {
        Ok(newest_facts(&store.acts(id)?)?.map(|(facts, _)| facts))
    }

    /// The account, or an error that it is gone.
    pub(crate) fn account(store: &Store, id: AccountId) -> Result<Account, AppError> {
        let gone = || AppError::new(ErrorCode::NoAccount, "This account is no longer here.");
        store.account(id)?.ok_or_else(gone)
    }

    /// Loads an account as of `now`.
    ///
    /// Usage is loaded from the running cycle on, and from the sign-up while bonus credits of it reach
    /// into this cycle: nothing older changes where the account stands (K3), so the cost doesn't grow
    /// with history.
    pub(crate) fn load(store: &Store, id: AccountId, now: Moment) -> Result<Loaded, AppError> {
        let account = Self::account(store, id)?;
        let acts = store.acts(id)?;
        let missing =
            || AppError::new(ErrorCode::FactsMissing, "Tell Headroom which plan this account is on.");
        let (facts, stated) = newest_facts(&acts)?.ok_or_else(missing)?;
        let mut overage = false;
        for act in acts.iter().filter(|act| act.kind == EventKind::Facts) {
            overage = content::<Facts>(act)?.overage_enabled.unwrap_or(overage);
        }
        let mut events = facts.events(stated.at, overage, now)?;
        let overage_set_at = recorded_acts(&acts, stated, facts.edition()?, &mut events)?;

        let terms = Terms {
            edition: facts.edition()?,
            country: facts.billing_country()?,
            day_count: DayCount::default(),
        };
        let signed_up_at = facts.signed_up_at(now);
        let cycle_start = Month::of(now).start();
        let bonus_ends = signed_up_at.plus_days(terms.edition.bonus.days);
        let bonus_reaches_here = facts.signed_up_on.is_some() && bonus_ends > cycle_start;
        let from = if bonus_reaches_here { signed_up_at.min(cycle_start) } else { cycle_start };

        let usage_from_position = events.len();
        let mut tasks_before_sign_up = 0;
        for usage in store.usage(id, from, now)? {
            if usage.at < signed_up_at {
                tasks_before_sign_up += 1;
            } else if usage.credits.is_positive() {
                // The store keeps one row a key, so the engine needs no ids.
                let action = Action::Usage { credits: usage.credits, on_auto: None, id: None };
                events.push(Event { at: usage.at, position: events.len(), action });
            }
        }
        let timeline = Timeline::new(now, terms, events);
        Ok(Loaded { account, facts, timeline, overage_set_at, tasks_before_sign_up, usage_from_position })
    }
}

/// Adds what was recorded after the facts: every turn of the switch, and plan changes since the facts
/// were last stated (they state the plan anew). Returns when the switch was last turned.
fn recorded_acts(
    acts: &[Act],
    stated: &Act,
    edition: &'static Edition,
    events: &mut Vec<Event<'static>>,
) -> Result<Option<Moment>, AppError> {
    let mut overage_set_at = None;
    for act in acts {
        let action = match act.kind {
            EventKind::SetOverage => {
                let enabled = content::<SetOverage>(act)?.enabled;
                overage_set_at = Some(act.at);
                Action::SetOverage { enabled }
            }
            EventKind::ChangePlan if act.id > stated.id => {
                let plan = content::<ChangePlan>(act)?.plan;
                let unknown = || StoreError::Damaged {
                    table: "events",
                    id: act.id,
                    reason: format!("\"{plan}\" is no plan"),
                };
                Action::ChangePlan(edition.plan_named(&plan).ok_or_else(unknown)?.rank)
            }
            _ => continue,
        };
        // An act can't precede the account it is about, whatever the facts say of its beginning.
        let begins = events.first().map_or(act.at, |sign_up| sign_up.at);
        events.push(Event { at: act.at.max(begins), position: events.len(), action });
    }
    Ok(overage_set_at)
}
