//! What the owner of one person's account recorded, and how each of it is taken back.

use super::acts::{ChangePlan, KeptFacts, SetOverage, StatedFacts};
use super::facts::known_plan;
use crate::account::find;
use crate::acts::{Undo, content, counting};
use crate::answers::{
    Detail, DetailChange, Facts, GrantStated, HistoryEntry, HistorySays, PackStated, RecordNumber,
};
use crate::catalog;
use crate::error::AppError;
use crate::quoted::Quoted;
use headroom_exact::Moment;
use headroom_exact::saying::Value;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{Act, EventKind};
use std::collections::HashSet;

/// Everything, the newest first.
pub(crate) fn history(store: &Store, id: AccountId, now: Moment) -> Result<Vec<HistoryEntry>, AppError> {
    let acts = store.acts(find(store, id)?.id)?;
    let counting = counting(acts.clone())?;
    let counts: HashSet<i64> = counting.iter().map(|act| act.id).collect();
    let details = counting.iter().filter(|act| act.kind == EventKind::Facts).count();
    // Where the vendor says the plan, an account has figures without a word of its owner's.
    let quoted = Quoted::newest(store, id, now, now)?;
    let does_without = StatedFacts::with_vendor(None, quoted.as_ref()).is_some();
    let mut before = None;
    let mut entries = Vec::new();
    for act in &acts {
        let Some(says) = says(act, &mut before) else { continue };
        let counts = counts.contains(&act.id);
        let is_needed = counts && act.kind == EventKind::Facts && details == 1 && !does_without;
        let undo = if counts { Some(act.id) } else { taken_back_by(&acts, act) };
        entries.push(HistoryEntry {
            record: RecordNumber(act.id),
            at: act.at.to_string(),
            says,
            counts,
            undo: undo.filter(|_| !is_needed).map(RecordNumber),
        });
    }
    entries.reverse();
    Ok(entries)
}

/// What took an act back last.
fn taken_back_by(acts: &[Act], act: &Act) -> Option<i64> {
    let undoes = |undo: &&Act| content::<Undo>(undo).is_ok_and(|undo| undo.act == act.key);
    acts.iter().rev().filter(|act| act.kind == EventKind::Undo).find(undoes).map(|undo| undo.id)
}

/// What an act says; none where it is none of the owner's, or takes another back.
fn says(act: &Act, before: &mut Option<Facts>) -> Option<HistorySays> {
    let said = match act.kind {
        EventKind::Facts => content::<KeptFacts>(act).map(|kept| {
            let changes = changes(before.as_ref(), &kept.facts);
            *before = Some(kept.facts);
            HistorySays::Details { changes }
        }),
        EventKind::SetOverage => {
            content::<SetOverage>(act).map(|switch| HistorySays::OverageSwitch { on: switch.enabled })
        }
        EventKind::ChangePlan => {
            content::<ChangePlan>(act).map(|change| HistorySays::PlanChange { plan: named(&change.plan) })
        }
        EventKind::BuyCredits => {
            content::<PackStated>(act).map(|pack| HistorySays::Pack { amount: pack.amount })
        }
        EventKind::Grant => content::<GrantStated>(act)
            .map(|grant| HistorySays::Grant { name: grant.name, credits: grant.credits }),
        EventKind::Undo
        | EventKind::Usage
        | EventKind::Unmetered
        | EventKind::Estimated
        | EventKind::Auxiliary
        | EventKind::Superseded => return None,
    };
    Some(said.unwrap_or(HistorySays::Unreadable))
}

/// A plan's name.
fn named(id: &str) -> String {
    known_plan(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone())
}

/// The title of a price list; none is each month's own.
fn list_of(id: Option<&String>) -> Option<Value> {
    let list = |id: &String| {
        let found = catalog::in_use().editions().iter().find(|edition| edition.list.id == *id);
        found.map_or_else(|| Value::from(id), |edition| Value::from(edition.list.title.clone()))
    };
    id.map(list)
}

/// What facts say otherwise than those before them.
fn changes(before: Option<&Facts>, facts: &Facts) -> Vec<DetailChange> {
    let nothing = Facts::default();
    let before = before.unwrap_or(&nothing);
    let mut changes = Vec::new();
    let mut compare = |detail, differs: bool, to: Option<Value>| {
        if differs {
            changes.push(DetailChange { detail, to });
        }
    };
    let dollars = |amount: &String| Value::Dollars(amount.clone());
    let credits = |amount: &String| Value::Credits(amount.clone());
    compare(Detail::Plan, before.plan != facts.plan, facts.plan.as_deref().map(named).map(Value::from));
    compare(
        Detail::FirstPaid,
        before.first_paid_on != facts.first_paid_on,
        facts.first_paid_on.map(Value::from),
    );
    compare(Detail::SignUp, before.signed_up_on != facts.signed_up_on, facts.signed_up_on.map(Value::from));
    compare(Detail::Country, before.country != facts.country, Some(Value::Country(facts.country.clone())));
    compare(Detail::PriceList, before.price_list != facts.price_list, list_of(facts.price_list.as_ref()));
    compare(Detail::PlanSince, before.plan_since != facts.plan_since, facts.plan_since.map(Value::from));
    compare(
        Detail::FirstPaymentCredit,
        before.first_payment_credit != facts.first_payment_credit,
        facts.first_payment_credit.as_ref().map(dollars),
    );
    compare(Detail::OwnLimit, before.own_limit != facts.own_limit, facts.own_limit.as_ref().map(credits));
    compare(
        Detail::Tax,
        before.tax_percent != facts.tax_percent,
        facts.tax_percent.as_ref().map(Value::from),
    );
    changes
}
