//! Every pool of an account in one list: the plan's credits, a trial, other grants, add-on packs (V5).

use crate::answers::{Pool, PoolKind, PoolSource, PoolStated, PoolUse, Pools, SharedPool, text};
use crate::kinds::person::opening::{kind_of, pool};
use crate::kinds::person::standing::Standing;
use headroom_billing::person::Bonus;
use headroom_billing::{self as billing, Pack};
use headroom_exact::{Credits, Moment};
use headroom_sources::kiro::unnamed::own_name;
use headroom_sources::observation::{Allowance, GrantSnapshot, GrantStatus};

/// All of them.
pub(super) fn of(standing: &Standing) -> Pools {
    let credits = &standing.current.credits;
    let trial = credits.bonus.as_ref().and_then(|bonus| trial(standing, bonus));
    let grants = numbered(&credits.grants).map(|of| beside(standing, of, PoolKind::Bonus));
    let packs = credits.packs.as_deref().unwrap_or_default();
    let packs = numbered(packs).map(|of| beside(standing, of, PoolKind::Pack));
    let said_at = said_at(standing);
    let unknown = |kind| rows(standing, kind).filter_map(move |row| not_known(row, kind, said_at));
    let overage = &credits.overage;
    let known = |credits: Credits| standing.is_known().then_some(credits);
    Pools {
        plan: plan(standing),
        beside: trial
            .into_iter()
            .chain(unknown(PoolKind::Trial))
            .chain(grants)
            .chain(unknown(PoolKind::Bonus))
            .chain(packs)
            .chain(unknown(PoolKind::Pack))
            .collect(),
        shared: shared(standing),
        overage: known(overage.credits),
        overage_charge: text(overage.charge.filter(|_| standing.is_known())),
        overage_by_price: text(overage.by_price),
        overage_difference: text(overage.beyond_the_price()),
        uncovered: known(credits.uncovered),
    }
}

fn plan(standing: &Standing) -> Pool {
    let of_plan = &standing.current.credits.plan;
    let known = standing.is_known();
    Pool {
        kind: PoolKind::Plan,
        name: None,
        allowance: text(standing.allowance()),
        used: known.then(|| of_plan.used.to_string()),
        left: text(of_plan.remaining.filter(|_| known)),
        used_permille: of_plan.allowance.filter(|_| known).map(|_| of_plan.used_permille()),
        expires_at: None,
        state: match of_plan.remaining {
            _ if !known => PoolUse::Unknown,
            None => PoolUse::NoLimit,
            Some(left) if left.is_zero() => PoolUse::UsedUp,
            Some(_) => PoolUse::Counts,
        },
        from: if standing.loaded.followed_until.is_some() { PoolSource::Kiro } else { PoolSource::Computed },
    }
}

/// The rows of Kiro's last word of that kind, if the account begins with it.
fn rows(standing: &Standing, kind: PoolKind) -> impl Iterator<Item = &GrantSnapshot> {
    let limits =
        standing.loaded.quoted.as_ref().filter(|_| standing.loaded.is_told).map(|quoted| &quoted.limits);
    let of_kind =
        move |row: &&GrantSnapshot| (kind_of(row) == billing::PoolKind::Trial) == (kind == PoolKind::Trial);
    let is_pack = kind == PoolKind::Pack;
    let grants =
        limits.into_iter().flat_map(|limits| &limits.grants).filter(move |row| !is_pack && of_kind(row));
    grants.chain(limits.into_iter().flat_map(|limits| &limits.packs).filter(move |_| is_pack))
}

/// When Kiro said its last word; where it said nothing, no row depends on it.
fn said_at(standing: &Standing) -> Moment {
    standing.loaded.quoted.as_ref().map_or(standing.as_of(), |quoted| quoted.said_at)
}

/// Grants or packs, each with how many before it are of as many credits, end with it and come from the same: those have the
/// rows before its own.
fn numbered(pools: &[Pack]) -> impl Iterator<Item = (&Pack, usize)> {
    let key = |of: &Pack| (of.is_told, of.granted, of.expires_at);
    pools.iter().enumerate().map(move |(place, of)| {
        let before = pools.iter().take(place).filter(|before| key(before) == key(of));
        (of, before.count())
    })
}

/// Kiro's row of a pool: by its credits and its end, after so many others that are alike.
fn row_of(
    standing: &Standing,
    kind: PoolKind,
    granted: Credits,
    ends: Option<Moment>,
    after: usize,
) -> Option<&GrantSnapshot> {
    let said_at = said_at(standing);
    let alike = move |row: &&GrantSnapshot| row.granted == Some(granted) && row.ends_at(said_at) == ends;
    let is_pool = move |row: &&GrantSnapshot| pool(row, billing::PoolKind::Bonus, said_at).is_some();
    rows(standing, kind).filter(alike).filter(is_pool).nth(after)
}

fn state(left: Credits, ends: Option<Moment>, row: Option<&GrantSnapshot>, now: Moment) -> PoolUse {
    let ended = ends.is_some_and(|end| end <= now);
    if ended || row.is_some_and(|row| row.status == GrantStatus::Expired) {
        PoolUse::Ended
    } else if left.is_zero() {
        PoolUse::UsedUp
    } else {
        PoolUse::Counts
    }
}

/// The trial, until it expires; one that Kiro names always.
fn trial(standing: &Standing, bonus: &Bonus) -> Option<Pool> {
    let now = standing.as_of();
    let row = row_of(standing, PoolKind::Trial, bonus.granted, bonus.expires_at, 0);
    let state = state(bonus.remaining, bonus.expires_at, row, now);
    let known = row.is_some() || standing.is_known();
    let pool = Pool {
        kind: PoolKind::Trial,
        name: row.and_then(own_name).map(str::to_owned),
        allowance: Some(bonus.granted.to_string()),
        used: known.then(|| bonus.used.to_string()),
        left: known.then(|| bonus.remaining.to_string()),
        used_permille: known.then(|| bonus.used_permille()),
        expires_at: bonus.expires_at,
        state: if known { state } else { PoolUse::Unknown },
        from: if row.is_some() { PoolSource::Kiro } else { PoolSource::Computed },
    };
    (row.is_some() || state != PoolUse::Ended).then_some(pool)
}

/// A grant or a pack, after so many others that are alike.
fn beside(standing: &Standing, (of, after): (&Pack, usize), kind: PoolKind) -> Pool {
    let row = row_of(standing, kind, of.granted, of.expires_at, after).filter(|_| of.is_told);
    let known = of.is_told || standing.is_known();
    let state = state(of.remaining, of.expires_at, row, standing.as_of());
    Pool {
        kind,
        name: row
            .and_then(own_name)
            .map(str::to_owned)
            .or_else(|| stated_name(standing, of, after))
            .filter(|_| kind != PoolKind::Pack),
        allowance: Some(of.granted.to_string()),
        used: known.then(|| of.used.to_string()),
        left: known.then(|| of.remaining.to_string()),
        used_permille: known.then(|| of.used_permille()),
        expires_at: of.expires_at,
        state: if known || state == PoolUse::Ended { state } else { PoolUse::Unknown },
        from: if of.is_told { PoolSource::Kiro } else { PoolSource::Stated },
    }
}

/// The name that its owner gave a grant, after so many others that are alike.
fn stated_name(standing: &Standing, of: &Pack, after: usize) -> Option<String> {
    let stated = standing.loaded.pools.iter().map(|(stated, _)| stated);
    let alike = stated.filter_map(|stated| match &stated.says {
        PoolStated::Grant(grant) => {
            let same = grant.credits == of.granted.to_string() && stated.ends_at() == of.expires_at;
            same.then(|| grant.name.clone())
        }
        PoolStated::Pack(_) => None,
    });
    // What Kiro didn't name may have fewer names than it has pools.
    alike.clone().nth(after).or_else(|| alike.clone().next())
}

/// A row of Kiro's of which it isn't known what is in it.
fn not_known(row: &GrantSnapshot, kind: PoolKind, said_at: Moment) -> Option<Pool> {
    if pool(row, billing::PoolKind::Bonus, said_at).is_some() {
        return None;
    }
    Some(Pool {
        kind,
        name: own_name(row).map(str::to_owned),
        allowance: text(row.granted),
        used: text(row.used),
        left: None,
        used_permille: None,
        expires_at: row.ends_at(said_at),
        state: match row.status {
            GrantStatus::Expired => PoolUse::Ended,
            GrantStatus::Exhausted => PoolUse::UsedUp,
            // What can't be read is neither used up nor gone.
            GrantStatus::Active | GrantStatus::Unknown | GrantStatus::Unreadable => PoolUse::Unknown,
        },
        from: PoolSource::Kiro,
    })
}

/// What several share, by Kiro's last word on this cycle.
fn shared(standing: &Standing) -> Option<SharedPool> {
    let quoted = standing.loaded.quoted.as_ref().filter(|quoted| quoted.is_of(standing.current.cycle))?;
    let shared = quoted.limits.shared.as_ref()?;
    Some(SharedPool {
        used: shared.used.to_string(),
        allowance: match shared.allowance {
            Allowance::Credits(credits) => Some(credits.to_string()),
            Allowance::NoLimit => None,
        },
    })
}
