//! Why one person's headline numbers are what they are: the lines of each sum, who says it, and what isn't in it.

use super::standing::Standing;
use super::unsettled::{assumptions, next_charge_unknown};
use crate::answers::{AssumptionView, Bound, OverviewWhy, PoolKind, PoolUse, Pools, WhyFrom, WhyView};
use headroom_billing::person::{
    Counted, Decision, Other, Outcome, OverageAhead, Pace, PacksAhead, PlanVerdict,
};
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};

/// Of an account as it stands, with its pools as they are shown.
pub(super) fn of(standing: &Standing, pools: &Pools) -> OverviewWhy {
    let (about_charge, about_left): (Vec<_>, Vec<_>) = assumptions(standing)
        .into_iter()
        .partition(|of| matches!(of, AssumptionView::A34 | AssumptionView::A35));
    let pace = standing.pace.as_ref();
    OverviewWhy {
        left: WhyView { assumptions: about_left, ..left(standing, pools) },
        pace: pace.map(|leads| course(standing, leads)),
        next_charge: next_charge(standing).map(|why| WhyView { assumptions: about_charge, ..why }),
        beyond: pace.and_then(|leads| beyond(standing, leads)).unwrap_or_else(|| prices(standing)),
    }
}

/// Who says what is computed here, where no vendor does.
fn by_us(standing: &Standing, otherwise: WhyFrom) -> WhyFrom {
    if standing.account.sample { WhyFrom::Sample } else { otherwise }
}

fn left(standing: &Standing, pools: &Pools) -> WhyView {
    let loaded = &standing.loaded;
    let told = loaded.quoted.as_ref().filter(|_| loaded.followed_until.is_some());
    let from = match told {
        Some(_) => WhyFrom::Kiro,
        None if standing.is_of_recorded_tasks_alone() => WhyFrom::ThisComputer,
        None => by_us(standing, WhyFrom::Computed),
    };
    let why = WhyView { at: told.map(|quoted| quoted.said_at.to_string()), ..WhyView::new(from) };
    with_pools(why, standing, pools).says(counted(standing)).says(not_counted(standing))
}

/// With what is left of each pool, and all of it.
fn with_pools(mut why: WhyView, standing: &Standing, pools: &Pools) -> WhyView {
    let Some(all) = standing.left() else { return why };
    let there = |state: PoolUse| matches!(state, PoolUse::Counts | PoolUse::UsedUp);
    for pool in std::iter::once(&pools.plan).chain(&pools.beside).filter(|pool| there(pool.state)) {
        let (Some(allowance), Some(used), Some(left)) = (&pool.allowance, &pool.used, &pool.left) else {
            continue;
        };
        let of = || Value::Credits(allowance.clone());
        let less = || Value::Credits(used.clone());
        let says = match (&pool.name, pool.kind) {
            (Some(name), _) => say!("why-pool", name, all = of(), used = less()),
            (None, PoolKind::Plan) => say!("why-plan", all = of(), used = less()),
            (None, PoolKind::Trial) => say!("why-trial", all = of(), used = less()),
            (None, PoolKind::Bonus) => say!("why-grant", all = of(), used = less()),
            (None, PoolKind::Pack) => say!("why-pack", all = of(), used = less()),
        };
        why = why.line(says, Value::Credits(left.clone()));
    }
    let order = (!pools.beside.is_empty()).then(|| say!("why-order"));
    why.line(say!("why-left"), all).says(order)
}

/// By whose count.
fn counted(standing: &Standing) -> Vec<Saying> {
    let loaded = &standing.loaded;
    if standing.account.sample {
        return vec![say!("why-sample")];
    }
    let told = loaded.quoted.as_ref().filter(|_| loaded.followed_until.is_some());
    let Some((quoted, used)) = told.and_then(|quoted| Some((quoted, quoted.limits.used?))) else {
        return recorded(standing).into_iter().collect();
    };
    let mut says = vec![say!("why-kiro-counts", used, at = quoted.said_at)];
    if let Some(elsewhere) = &standing.elsewhere {
        let credits = Value::Credits(elsewhere.credits.clone());
        let recorded = Value::Credits(elsewhere.recorded.clone());
        says.push(match elsewhere.bound {
            Bound::Exactly => say!("why-elsewhere", recorded, credits),
            Bound::AtMost => say!("why-elsewhere-at-most", recorded, credits),
            Bound::AtLeast => say!("why-elsewhere-at-least", recorded, credits),
            Bound::About => say!("why-elsewhere-about", recorded, credits),
        });
    }
    says.extend(
        loaded
            .recorded_more()
            .map(|more| say!("why-recorded-more", recorded = loaded.recorded_by_then, more)),
    );
    let counted = Counted { by_vendor: used, recorded: loaded.recorded_by_then };
    let since = standing.used().map(|all| counted.since(all)).filter(|since| since.is_positive());
    says.extend(since.map(|credits| say!("why-since", credits)));
    says
}

/// From which tasks.
fn recorded(standing: &Standing) -> Option<Saying> {
    let (tasks, last) = (u64::from(standing.totals.tasks), standing.totals.last_day);
    match last {
        _ if standing.loaded.undecided => None,
        Some(last) => Some(say!("why-recorded", count = tasks, last)),
        None => Some(say!("why-nothing-recorded")),
    }
}

/// What is in no number.
fn not_counted(standing: &Standing) -> impl Iterator<Item = Saying> {
    let (unmetered, estimated) = (standing.totals.unmetered, standing.estimated);
    let unmetered = (unmetered > 0).then(|| say!("why-unmetered", count = u64::from(unmetered)));
    let estimated = (estimated.tasks > 0)
        .then(|| say!("why-estimated", credits = estimated.credits, count = u64::from(estimated.tasks)));
    unmetered.into_iter().chain(estimated)
}

/// Where an even pace leads.
fn course(standing: &Standing, pace: &Pace) -> WhyView {
    let used = standing.current.credits.used;
    let why = WhyView::new(by_us(standing, WhyFrom::Estimate))
        .line(say!("why-used-so-far"), used)
        .line(say!("why-to-come", end = Value::day(standing.cycle.end)), pace.to_come())
        .line(say!("why-by-the-end", end = Value::day(standing.cycle.end)), pace.projected_use);
    let range = standing.axis.range().map(|(low, high)| say!("why-range", low, high));
    let ends = match pace.outcome {
        Outcome::LimitAt(at) => Some(say!("why-ends", left = pace.left_to_use().unwrap_or_default(), at)),
        Outcome::LeftAtReset { .. } | Outcome::AtLimit | Outcome::NoLimit => None,
    };
    let part = standing.is_of_recorded_tasks_alone().then(|| say!("verdict-recorded-only"));
    why.says([at_an_even_pace(pace)]).says(ends).says(range).says(part)
}

/// What the cycle's end charges: its lines stand beside it.
fn next_charge(standing: &Standing) -> Option<WhyView> {
    let unknown = next_charge_unknown(standing).is_some();
    standing.current.next_charge.as_ref().filter(|_| !unknown)?;
    let lists = standing.loaded.timeline.terms.lists;
    let list = lists.at(standing.current.cycle.end).list.title.clone();
    let overage = &standing.current.credits.overage;
    let told = overage.by_price.and(overage.charge).map(|charge| say!("why-overage-told", charge));
    let part = standing.charge_is_part.then(|| say!("why-charge-is-part"));
    let mut why = WhyView::new(by_us(standing, WhyFrom::Computed));
    if let Some((ahead, total)) = standing.overage_ahead().zip(standing.next_charge_at_this_pace()) {
        why = why.line(say!("why-next-at-pace", credits = ahead.credits), total);
    }
    Some(why.says([say!("why-next-charge", list)]).says(told).says(part))
}

fn at_an_even_pace(pace: &Pace) -> Saying {
    say!("why-even-pace", a_day = pace.rate().in_a_day())
}

/// What the limit and the price of what is beyond it are by, where nothing can be foretold.
fn prices(standing: &Standing) -> WhyView {
    let list = standing.loaded.timeline.edition().list.title.clone();
    let told = standing.loaded.followed_until.is_some().then(|| say!("why-limit-told"));
    WhyView::new(by_us(standing, WhyFrom::PriceList)).says([say!("why-prices", list)]).says(told)
}

/// What lies beyond the credits at this pace, and its price.
fn beyond(standing: &Standing, pace: &Pace) -> Option<WhyView> {
    let (ledger, current) = (&standing.ledger, &standing.current);
    let edition = standing.loaded.timeline.edition();
    let price = edition.overage_unit_price;
    let why = WhyView::new(by_us(standing, WhyFrom::Estimate));
    let end = Value::day(standing.cycle.end);
    if ledger.account.has_overage() || !edition.has_packs() {
        let OverageAhead { credits, charge } = OverageAhead::at(pace, current, price)?;
        let why = why.line(say!("why-beyond", end), credits).line(say!("why-beyond-charge", price), charge);
        return Some(why.says([at_an_even_pace(pace)]));
    }
    let ahead = PacksAhead::at(pace, &ledger.account, standing.as_of())?;
    let price = ledger.account.offered_packs()?.unit_price;
    let why = why
        .line(say!("why-missing", end), ahead.beyond)
        .line(say!("why-packs-cost", price), ahead.to_the_end);
    Some(why.says([at_an_even_pace(pace)]))
}

/// Why to stay on a plan, or to change it: what the month costs on it and on the other one.
pub(super) fn of_plans(said: WhyView, list: Saying, is_supposed: bool, verdict: &PlanVerdict) -> WhyView {
    let on = |plan: &str| say!("why-month-on", plan);
    let mut why = said.line(say!("why-month-of"), verdict.month);
    if let Some(staying) = verdict.staying {
        why = why.line(on(&verdict.own.name), staying);
    }
    why = match verdict.decision {
        Decision::Stay { other: Some(Other { plan, costs_more }), .. } => {
            why.line(say!("why-costs-more", plan = &plan.name), costs_more)
        }
        Decision::Move { plan, cost, saves, .. } => {
            why.line(on(&plan.name), cost).line(say!("why-saves"), saves)
        }
        Decision::NotEnough { plan, cost } => why.line(on(&plan.name), cost),
        Decision::Stay { other: None, .. } | Decision::Coming { .. } => why,
    };
    let pace = if is_supposed { say!("why-month-supposed") } else { say!("why-month-at-pace") };
    why.says([pace, say!("why-plans-list", list)])
}
