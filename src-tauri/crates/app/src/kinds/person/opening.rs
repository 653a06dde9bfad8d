//! What Kiro said of a cycle, as the beginning of that cycle's figures (V10), and what of the stated gives way to it (N7).

use super::pools::Stated;
use crate::quoted::Quoted;
use chrono::Days;
use headroom_billing::person::{Action, Event, OpeningBalance, ToldCharge};
use headroom_billing::{Edition, Limit, Lists, Plan, Pool, PoolKind, ToldPool};
use headroom_exact::{Credits, Moment};
use headroom_sources::observation::{Allowance, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot};

/// What comes at the moment of an answer and after it, behind the tasks of that moment, which are in its count.
pub(crate) struct Told {
    pub at: Moment,
    pub opening: OpeningBalance,
}

/// What an answer that leads says of its cycle; none where it doesn't say what was used.
pub(crate) fn of(quoted: &Quoted, edition: &Edition) -> Option<Told> {
    let limits = &quoted.limits;
    let at = quoted.at;
    let opening = OpeningBalance {
        plan: plan_titled(edition, limits).map(|plan| plan.rank),
        limit: limits.allowance.map(|allowance| match allowance {
            Allowance::Credits(credits) => Limit::Credits(credits),
            Allowance::NoLimit => Limit::NoLimit,
        }),
        used: limits.used?,
        overage: limits.overage,
        charge: match limits.overage_charges {
            Some(charge) => ToldCharge::Dollars(charge),
            None if [Gap::Currency, Gap::Charge].iter().any(|gap| limits.gaps.contains(gap)) => {
                ToldCharge::Unknown
            }
            None => ToldCharge::ByPrice,
        },
        overage_enabled: limits.overage_enabled,
        overage_cap: limits.overage_cap,
        of_organisation: limits.of_organisation == Some(true),
        pools: pools(quoted),
    };
    Some(Told { at, opening })
}

/// The plan that it names, where the list has it.
fn plan_titled<'e>(edition: &'e Edition, limits: &LimitsSnapshot) -> Option<&'e Plan> {
    let name = limits.plan_name()?;
    edition.plans().iter().find(|plan| plan.name.eq_ignore_ascii_case(name))
}

/// Whether a row can still be used until it ends (V5).
pub(crate) const fn can_be_used(status: GrantStatus) -> bool {
    matches!(status, GrantStatus::Active | GrantStatus::Unknown)
}

/// What a row of Kiro's beside the plan's is: it has one word for a trial and for other grants.
pub(crate) fn kind_of(row: &GrantSnapshot) -> PoolKind {
    if row.name.to_ascii_lowercase().contains("trial") { PoolKind::Trial } else { PoolKind::Bonus }
}

/// A row as a pool; none where it isn't known what is in it.
pub(crate) fn pool(row: &GrantSnapshot, kind: PoolKind, said_at: Moment) -> Option<ToldPool> {
    let granted = row.granted.filter(|granted| granted.is_positive())?;
    let counts = can_be_used(row.status);
    if row.status == GrantStatus::Unreadable {
        return None;
    }
    let used = row.used.or((!counts).then_some(granted))?.max(Credits::ZERO);
    Some(ToldPool { kind, pool: Pool { granted, used, expires_at: row.ends_at(said_at) }, counts })
}

/// Its pools; of several trials one is that of the sign-up, the others are grants like any other.
fn pools(quoted: &Quoted) -> Vec<ToldPool> {
    let Quoted { limits, said_at, .. } = quoted;
    let mut trials = 0_usize;
    let beside = limits.grants.iter().filter_map(|row| {
        let kind = kind_of(row);
        trials = trials.saturating_add(usize::from(kind == PoolKind::Trial));
        pool(row, if trials > 1 { PoolKind::Bonus } else { kind }, *said_at)
    });
    let packs = limits.packs.iter().filter_map(|row| pool(row, PoolKind::Pack, *said_at));
    beside.chain(packs).collect()
}

/// Takes out of the stated what gives way: a grant that Kiro names, whenever it was stated. A pack that Kiro names stays
/// as what was paid for, before Kiro's word, which says what is left of it. What was stated after Kiro's word as bought on
/// that day, and isn't named, comes after it and is returned.
pub(crate) fn give_way(
    quoted: &Quoted,
    lists: Lists,
    stated: &[(Stated, usize)],
    events: &mut Vec<Event<'static>>,
) -> Vec<Event<'static>> {
    let (at, day) = (quoted.at, quoted.at.date());
    // Kiro's day may have begun where it was bought.
    let can_be_named = |stated: &Stated| stated.recorded_at <= at || stated.on() <= day + Days::new(1);
    let rows = || quoted.limits.grants.iter().chain(&quoted.limits.packs);
    let named = |stated: &Stated| rows().any(|row| stated.is_grant(row));
    let named =
        |(stated, position): &(Stated, usize)| (can_be_named(stated) && named(stated)).then_some(*position);
    let named: Vec<usize> = stated.iter().filter_map(named).collect();
    events.retain(|event| !named.contains(&event.position));
    // Of packs that are stated alike and named once, the one that was stated first is it.
    let mut open: Vec<&GrantSnapshot> = quoted.limits.packs.iter().collect();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut packs: Vec<_> = stated.iter().filter(|(stated, _)| can_be_named(stated)).collect();
    packs.sort_by_key(|(stated, _)| (stated.recorded_at > at, stated.on()));
    for (stated, position) in packs {
        let edition = lists.at(Moment::on(stated.on(), 0));
        let place = open.iter().position(|row| stated.is_pack(row, edition));
        match place {
            Some(place) => {
                open.remove(place);
                before.push(*position);
            }
            None if stated.recorded_at > at && stated.is_of(day) => after.push(*position),
            None => {}
        }
    }
    for event in events.iter_mut().filter(|event| before.contains(&event.position)) {
        event.at = event.at.min(at);
    }
    events.sort_by_key(|event| event.at);
    let (after, rest): (Vec<_>, _) =
        std::mem::take(events).into_iter().partition(|event| after.contains(&event.position));
    *events = rest;
    after.into_iter().map(|event| Event { at: event.at.max(at), ..event }).collect()
}

/// The account with it: after the tasks of its moment, before what was stated since.
pub(crate) fn begin(told: Told, after: Vec<Event<'static>>) -> Vec<Event<'static>> {
    // Position 0, the sign-up's, is no task's.
    let opening = Event { at: told.at, position: 0, action: Action::OpeningBalance(Box::new(told.opening)) };
    std::iter::once(opening).chain(after).collect()
}
