//! What the owner of one person's account records: its facts, turns of the overage switch, plan changes.

use super::acts::{ChangePlan, KeptFacts, SetOverage, StatedFacts};
use super::stating::newest;
use super::{form, ledger, plans};
use crate::account::find;
use crate::acts::{counting, record};
use crate::answers::{
    AccountNumber, Facts, FactsChange, FactsSaved, Kind, RecordNumber, Recorded, RecordedChange,
};
use crate::chosen::stated_of;
use crate::error::{AppError, ErrorCode};
use crate::kinds;
use crate::quoted::Quoted;
use headroom_billing::AccountKind;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::EventKind;
use serde::Serialize;

/// An account's first facts: its plan has to be stated, the rest is as a new account's form has it.
fn first_facts(change: &FactsChange) -> Result<Facts, AppError> {
    if change.plan.is_none() {
        return Err(AppError::input(say!("plan-not-stated")));
    }
    Ok(change.clone().settled().applied_to(form::default_facts()))
}

/// What the vendor last said of the account that is meant, if it is there.
fn quoted(
    store: &Store,
    account: Option<AccountNumber>,
    kind: Kind,
    now: Moment,
) -> Result<Option<Quoted>, AppError> {
    let first = || -> Result<Option<AccountId>, AppError> {
        let accounts = store.accounts()?.into_iter();
        let mut real = accounts.filter(|account| !account.sample && account.kind == kind.name());
        Ok(real.next().map(|account| account.id))
    };
    let id = account.map_or_else(first, |number| Ok(Some(number.into())))?;
    id.map_or(Ok(None), |id| Quoted::newest(store, id, now, now))
}

/// States facts, of the first account without a number, which is made if it isn't there. What isn't stated stays as it
/// is, and what holds already is not stated again: so plan changes that were recorded go on to count unless another plan
/// is stated. Nothing is recorded when the facts can't be true.
pub(crate) fn save_facts(
    store: &mut Store,
    account: Option<AccountNumber>,
    change: &FactsChange,
    now: Moment,
) -> Result<FactsSaved, AppError> {
    let quoted = quoted(store, account, Kind::KiroIndividual, now)?;
    let (id, changed, replaced) = store.write(|writing| {
        let id = stated_of(
            writing,
            account,
            (Kind::KiroIndividual, &kinds::of(Kind::KiroIndividual).called().new),
            now,
        )?;
        let acts = counting(writing.acts(id)?)?;
        let known = StatedFacts::with_vendor(StatedFacts::of(&acts)?, quoted.as_ref());
        let vendors = known.as_ref().is_some_and(|known| !known.plan_is_stated());
        let stated = if let Some(stated) = known {
            stated.changed(&acts, change, now)?
        } else {
            let facts = first_facts(change)?;
            let limited_plan = facts.plan.clone().filter(|_| facts.own_limit.is_some());
            Some((KeptFacts { facts, states_plan: true, limited_plan, in_force: true }, Vec::new()))
        };
        let Some((kept, replaced)) = stated else { return Ok((id, None, Vec::new())) };
        let checked = quoted.as_ref().filter(|_| kept.facts.plan.is_none());
        kept.facts.clone().with_plan_of(checked).check(now)?;
        let since_is_missing = kept.facts.since_is_missing()?;
        record(writing, id, EventKind::Facts, &kept, now)?;
        let record = writing.acts(id)?.last().map(|act| act.id);
        // What was stated first can't be taken back: the account would have no figures.
        let is_first = acts.iter().all(|act| act.kind != EventKind::Facts);
        let stays = is_first && !vendors;
        Ok::<_, AppError>((id, record.map(|record| (record, stays, since_is_missing)), replaced))
    })?;
    let replaced = replaced
        .into_iter()
        .map(|change| RecordedChange { plan: change.plan.name.clone(), on: change.on.to_string() });
    Ok(FactsSaved {
        account: kinds::summary(store, &find(store, id)?, now)?,
        changed: changed.is_some(),
        since_is_missing: changed.is_some_and(|(_, _, since_is_missing)| since_is_missing),
        record: changed.and_then(|(record, stays, _)| (!stays).then_some(RecordNumber(record))),
        replaced: replaced.collect(),
    })
}

/// Records that the overage switch is turned, if the rules allow it (K5). None where it is in that position already.
pub(crate) fn set_overage(
    store: &mut Store,
    account: AccountNumber,
    enabled: bool,
    now: Moment,
) -> Result<Option<Recorded>, AppError> {
    let loaded = ledger::load(store, account.into(), now)?;
    let current = loaded.ledger()?.account.current(now);
    let edition = loaded.timeline.edition();
    if enabled && !edition.plan_named(current.plan).is_some_and(|plan| edition.has_overage(plan)) {
        let saying = if edition.has_packs() { say!("packs-instead-of-overage") } else { say!("no-overage") };
        return Err(AppError::new(ErrorCode::Refused, saying));
    }
    if current.credits.overage.enabled == enabled {
        return Ok(None);
    }
    recorded(store, account.into(), EventKind::SetOverage, &SetOverage { enabled }, now).map(Some)
}

/// Records that the plan was changed at the vendor, if the rules allow it (K7, K12).
pub(crate) fn change_plan(
    store: &mut Store,
    account: AccountNumber,
    plan: &str,
    now: Moment,
) -> Result<Recorded, AppError> {
    if let Some(reason) = plans::refused(store, account, plan, now)? {
        return Err(AppError::new(ErrorCode::Refused, &reason));
    }
    let change = ChangePlan { plan: plan.to_owned() };
    recorded(store, account.into(), EventKind::ChangePlan, &change, now)
}

/// Records an act, by whose number it is taken back.
fn recorded(
    store: &mut Store,
    id: AccountId,
    kind: EventKind,
    body: &impl Serialize,
    now: Moment,
) -> Result<Recorded, AppError> {
    store.write(|writing| {
        record(writing, id, kind, body, now)?;
        Ok(Recorded { record: newest(&writing.acts(id)?) })
    })
}
