//! What Kiro said of a cycle, as the beginning of that cycle's figures (V10), and what of the stated gives way to it (N7).

use super::pools::Stated;
use crate::quoted::Quoted;
use headroom_billing::person::{Action, Event, OpeningBalance, ToldCharge};
use headroom_billing::{Edition, Limit, Plan, Pool, PoolKind, ToldPool};
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

/// Takes out of the stated what gives way: a grant that Kiro names. Packs that were stated after its word, as bought on
/// that day, aren't in it: they come after it, and are returned.
pub(crate) fn give_way(
    quoted: &Quoted,
    stated: &[(Stated, usize)],
    events: &mut Vec<Event<'static>>,
) -> Vec<Event<'static>> {
    let at = quoted.at;
    let named = |stated: &Stated| {
        stated.recorded_at <= at && quoted.limits.grants.iter().any(|row| stated.is_grant(row))
    };
    let later = |stated: &Stated| stated.recorded_at > at && stated.is_of(at.date());
    let of = |is_it: &dyn Fn(&Stated) -> bool| -> Vec<usize> {
        stated.iter().filter(|(stated, _)| is_it(stated)).map(|(_, position)| *position).collect()
    };
    let (named, later) = (of(&named), of(&later));
    events.retain(|event| !named.contains(&event.position));
    let (after, before) =
        std::mem::take(events).into_iter().partition(|event| later.contains(&event.position));
    *events = before;
    let after: Vec<Event<'static>> = after;
    after.into_iter().map(|event| Event { at: event.at.max(at), ..event }).collect()
}

/// The account with it: after the tasks of its moment, before what was stated since.
pub(crate) fn begin(told: Told, after: Vec<Event<'static>>) -> Vec<Event<'static>> {
    // Position 0, the sign-up's, is no task's.
    let opening = Event { at: told.at, position: 0, action: Action::OpeningBalance(Box::new(told.opening)) };
    std::iter::once(opening).chain(after).collect()
}
