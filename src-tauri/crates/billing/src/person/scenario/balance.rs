//! What the vendor says of the running cycle, as a scenario writes it: `opening_balance`.
//!
//! `used` and what else is said are decimals; `limit` is one, or "none". `overage_charge` is one, or "unknown" where the
//! vendor names it in another currency. `pools` is a list of `{kind, credits, used, expires_at, counts}`.

use super::{RawEvent, at_least_nothing, exactly, moment_or_none, plan_named};
use crate::catalog::{Edition, Lists};
use crate::packs::{Pool, PoolKind, ToldPool};
use crate::person::{OpeningBalance, ToldCharge};
use crate::scenario::ScenarioError;
use crate::scenario::amounts::pool_credits;
use crate::scenario::field::Field;
use crate::usage::Limit;
use headroom_exact::{Credits, Moment, Money, say};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

const NONE: &str = "none";
const UNKNOWN: &str = "unknown";

#[derive(Deserialize)]
struct RawPool<'a> {
    #[serde(default, borrow)]
    kind: Field<'a>,
    #[serde(default, borrow)]
    credits: Field<'a>,
    #[serde(default, borrow)]
    used: Field<'a>,
    #[serde(default, borrow)]
    expires_at: Field<'a>,
    #[serde(default, borrow)]
    counts: Field<'a>,
}

const KINDS: [(&str, PoolKind); 3] =
    [("trial", PoolKind::Trial), ("bonus", PoolKind::Bonus), ("pack", PoolKind::Pack)];

fn credits(field: Field<'_>, name: &str) -> Result<Option<Credits>, ScenarioError> {
    let Some(text) = field.optional_text(name)? else { return Ok(None) };
    Ok(Some(Credits::rounded(at_least_nothing(&text, name)?)))
}

fn pool(raw: RawPool<'_>) -> Result<ToldPool, ScenarioError> {
    let text = raw.kind.text("kind")?;
    let kind = KINDS.iter().find(|(name, _)| *name == text);
    let known = || KINDS.map(|(name, _)| name).to_vec();
    let unknown = || ScenarioError::at("kind", say!("no-kind-of-pool", text = &*text, known = known()));
    let (_, kind) = kind.ok_or_else(unknown)?;
    Ok(ToldPool {
        kind: *kind,
        pool: Pool {
            granted: pool_credits(raw.credits, "credits")?,
            used: credits(raw.used, "used")?.unwrap_or_default(),
            expires_at: moment_or_none(raw.expires_at)?,
        },
        counts: raw.counts.optional_flag("counts")?.unwrap_or(true),
    })
}

fn pools(list: Option<&RawValue>) -> Result<Vec<ToldPool>, ScenarioError> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let pools: Vec<RawPool<'_>> =
        serde_json::from_str(list.get()).map_err(|_| ScenarioError::at("pools", say!("must-be-pools")))?;
    pools.into_iter().map(pool).collect::<Result<_, _>>().map_err(|what| what.within("pools"))
}

fn limit(field: Field<'_>) -> Result<Option<Limit>, ScenarioError> {
    let text = field.optional_text("limit")?;
    let read = |text: &str| -> Result<Limit, ScenarioError> {
        if text == NONE {
            return Ok(Limit::NoLimit);
        }
        Ok(Limit::Credits(Credits::rounded(at_least_nothing(text, "limit")?)))
    };
    text.as_deref().map(read).transpose()
}

fn charge(field: Field<'_>) -> Result<ToldCharge, ScenarioError> {
    Ok(match field.optional_text("overage_charge")?.as_deref() {
        None => ToldCharge::ByPrice,
        Some(UNKNOWN) => ToldCharge::Unknown,
        Some(text) => ToldCharge::Dollars(Money::rounded(at_least_nothing(text, "overage_charge")?)),
    })
}

/// Reads it.
pub(super) fn read(raw: RawEvent<'_>, edition: &Edition) -> Result<OpeningBalance, ScenarioError> {
    let plan = raw.plan.optional_text("plan")?;
    let used = credits(raw.used, "used")?.ok_or_else(|| ScenarioError::at("used", say!("is-missing")))?;
    let overage = credits(raw.overage, "overage")?;
    if let Some(overage) = overage.filter(|overage| *overage > used) {
        let (most, text) = (used.to_string(), overage.to_string());
        return Err(ScenarioError::at("overage", say!("must-be-within", most, text)));
    }
    Ok(OpeningBalance {
        plan: plan.map(|id| plan_named(&id, edition).map(|plan| plan.rank)).transpose()?,
        limit: limit(raw.limit)?,
        used,
        overage,
        charge: charge(raw.overage_charge)?,
        overage_enabled: raw.enabled.optional_flag("enabled")?,
        overage_cap: credits(raw.overage_cap, "overage_cap")?,
        of_organisation: raw.of_organisation.optional_flag("of_organisation")?.unwrap_or(false),
        pools: pools(raw.pools)?,
    })
}

fn pool_written(told: &ToldPool) -> Value {
    let kind = KINDS.iter().find(|(_, kind)| *kind == told.kind).map(|(name, _)| name);
    json!({"kind": kind, "credits": told.pool.granted, "used": told.pool.used,
        "expires_at": told.pool.expires_at.map(exactly), "counts": told.counts})
}

/// Writes it, so that it is read the same.
pub(super) fn write(at: Moment, opening: &OpeningBalance, lists: Lists) -> Value {
    let plan = opening.plan.and_then(|plan| lists.at(at).plan_ranked(plan)).map(|plan| &plan.id);
    let limit = opening.limit.map(|limit| match limit {
        Limit::Credits(credits) => credits.to_string(),
        Limit::NoLimit => NONE.to_owned(),
    });
    let charge = match opening.charge {
        ToldCharge::ByPrice => None,
        ToldCharge::Dollars(charge) => Some(charge.to_string()),
        ToldCharge::Unknown => Some(UNKNOWN.to_owned()),
    };
    json!({"at": exactly(at), "type": "opening_balance", "plan": plan, "limit": limit, "used": opening.used,
        "overage": opening.overage, "overage_charge": charge, "enabled": opening.overage_enabled,
        "overage_cap": opening.overage_cap, "of_organisation": opening.of_organisation,
        "pools": opening.pools.iter().map(pool_written).collect::<Vec<_>>()})
}
