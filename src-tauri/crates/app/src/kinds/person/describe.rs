//! What the owner of one person's account records: its facts, turns of the overage switch, plan changes; and the sample.

use super::acts::{ChangePlan, KeptFacts, SetOverage, StatedFacts};
use super::{form, ledger, plans, sample};
use crate::account::find;
use crate::accounts::stated_of;
use crate::acts::{counting, record};
use crate::answers::{
    AccountNumber, AccountSummary, Facts, FactsChange, FactsSaved, Kind, RecordNumber, RecordedChange,
};
use crate::error::{AppError, ErrorCode};
use crate::kinds;
use crate::language;
use headroom_billing::AccountKind;
use headroom_exact::{Moment, say};
use headroom_store::Store;
use headroom_store::table::accounts::Wanted;
use headroom_store::table::events::EventKind;

/// An account's first facts: its plan has to be stated, the rest is as a new account's form has it.
fn first_facts(change: &FactsChange) -> Result<Facts, AppError> {
    if change.plan.is_none() {
        return Err(AppError::input(say!("plan-not-stated")));
    }
    Ok(change.clone().settled().applied_to(form::default_facts()))
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
    let (id, changed, replaced) = store.write(|writing| {
        let id = stated_of(writing, account, Kind::KiroIndividual, now)?;
        let acts = counting(writing.acts(id)?)?;
        let stated = if let Some(stated) = StatedFacts::of(&acts)? {
            stated.changed(&acts, change, now)?
        } else {
            let facts = first_facts(change)?;
            let limited_plan = facts.own_limit.is_some().then(|| facts.plan.clone());
            Some((KeptFacts { facts, states_plan: true, limited_plan, in_force: true }, Vec::new()))
        };
        let Some((kept, replaced)) = stated else { return Ok((id, None, Vec::new())) };
        kept.facts.check(now)?;
        record(writing, id, EventKind::Facts, &kept, now)?;
        let record = writing.acts(id)?.last().map(|act| act.id);
        // What was stated first can't be taken back: the account would have no figures.
        let is_first = acts.iter().all(|act| act.kind != EventKind::Facts);
        Ok::<_, AppError>((id, record.map(|record| (record, is_first)), replaced))
    })?;
    let replaced = replaced
        .into_iter()
        .map(|change| RecordedChange { plan: change.plan.name.clone(), on: change.on.to_string() });
    Ok(FactsSaved {
        account: kinds::summary(store, &find(store, id)?, now)?,
        changed: changed.is_some(),
        record: changed.and_then(|(record, is_first)| (!is_first).then_some(RecordNumber(record))),
        replaced: replaced.collect(),
    })
}

/// Records that the overage switch is turned, if the rules allow it (K5).
pub(crate) fn set_overage(
    store: &mut Store,
    account: AccountNumber,
    enabled: bool,
    now: Moment,
) -> Result<(), AppError> {
    let loaded = ledger::load(store, account.into(), now)?;
    let current = loaded.ledger()?.account.current(now);
    let edition = loaded.timeline.edition();
    if enabled && !edition.plan_named(current.plan).is_some_and(|plan| edition.has_overage(plan)) {
        let saying = if edition.has_packs() { say!("packs-instead-of-overage") } else { say!("no-overage") };
        return Err(AppError::new(ErrorCode::Refused, saying));
    }
    if current.credits.overage.enabled == enabled {
        return Ok(());
    }
    store
        .write(|writing| record(writing, account.into(), EventKind::SetOverage, &SetOverage { enabled }, now))
}

/// Records that the plan was changed at the vendor, if the rules allow it (K7, K12).
pub(crate) fn change_plan(
    store: &mut Store,
    account: AccountNumber,
    plan: &str,
    now: Moment,
) -> Result<(), AppError> {
    if let Some(reason) = plans::receipt(store, account, plan, now)?.refused {
        return Err(AppError::new(ErrorCode::Refused, &reason));
    }
    let change = ChangePlan { plan: plan.to_owned() };
    store.write(|writing| record(writing, account.into(), EventKind::ChangePlan, &change, now))
}

/// The sample account, made anew if it isn't there.
pub(crate) fn open_sample(store: &mut Store, now: Moment) -> Result<AccountSummary, AppError> {
    let id = store.write(|writing| {
        let name = language::name(writing, &sample::NAME)?;
        let (id, new) = writing.account(Kind::KiroIndividual.name(), Wanted::Sample, &name, now)?;
        if new {
            for event in sample::events(now) {
                writing.append(id, &event, now)?;
            }
        }
        Ok::<_, AppError>(id)
    })?;
    kinds::summary(store, &find(store, id)?, now)
}
