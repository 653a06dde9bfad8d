//! Plans beside each other at the pace so far, past months on each, and what models cost.

use super::answer::offer_of;
use super::deciding::{Decided, Grounds};
use super::form::plan_choice;
use super::ledger;
use crate::answers::{
    AccountNumber, BreakEven, CostPoint, ModelView, ModelsView, MonthCosts, PlanRefusal, PlanRow,
    PlanStanding, PlansView, ReplayMonth, ReplayView, span, text,
};
use crate::days::just_before;
use crate::error::AppError;
use crate::quoted::{self, MODELS, Quoted};
use headroom_billing::advice::{PlanCosts, percent};
use headroom_billing::catalog::Model;
use headroom_billing::person::course::{self, Start, Supposed};
use headroom_billing::person::{Current, Preview, Replay};
use headroom_billing::replay::ClosedMonth;
use headroom_billing::{AccountKind, Edition, Lists, Plan, RefusalReason, advice};
use headroom_exact::{Country, Credits, Moment, Month, say};
use headroom_sources::kiro::models::ModelRate;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::cmp::Ordering;

/// So many months are replayed at most.
const MONTHS_REPLAYED: u32 = 12;

fn standing(plan: &Plan, own: &Plan, current: &Current) -> PlanStanding {
    if current.next_plan == Some(plan.id.as_str()) {
        return PlanStanding::Next;
    }
    match plan.rank.cmp(&own.rank) {
        Ordering::Less => PlanStanding::Lower,
        Ordering::Equal => PlanStanding::Current,
        Ordering::Greater => PlanStanding::Higher,
    }
}

fn rows(
    costs: &PlanCosts,
    own: &'static Plan,
    current: &Current,
    projected: Option<Credits>,
    best: Option<&Plan>,
) -> Vec<PlanRow> {
    let edition = costs.edition();
    let cost = |plan: &Plan| projected.and_then(|used| costs.month_cost(plan, used));
    edition
        .plans()
        .iter()
        .map(|plan| PlanRow {
            plan: plan_choice(plan),
            standing: standing(plan, own, current),
            month_at_this_pace: text(cost(plan)),
            cheapest: best.is_some_and(|best| best.rank == plan.rank),
        })
        .collect()
}

fn plan_name(edition: &Edition, id: &str) -> String {
    edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone())
}

fn break_evens(costs: &PlanCosts) -> Vec<BreakEven> {
    let edition = costs.edition();
    let pairs = advice::break_evens_with_the_next(costs).into_iter();
    pairs
        .map(|pair| BreakEven {
            from: plan_name(edition, pair.from),
            to: plan_name(edition, pair.to),
            credits: pair.extra.to_string(),
        })
        .collect()
}

fn month_costs(costs: &PlanCosts, pace: Option<Credits>) -> MonthCosts {
    let points = advice::cost_points(costs, pace).into_iter().map(|point| CostPoint {
        credits: point.used.to_string(),
        costs: point.costs.iter().map(ToString::to_string).collect(),
        at_this_pace: point.is_pace,
    });
    let plans = costs.edition().paid_plans().map(|plan| plan.name.clone());
    MonthCosts { plans: plans.collect(), points: points.collect() }
}

/// Why a change is refused, as it is sent.
pub(super) fn refusal(reason: RefusalReason, country: Country, plan: &Plan) -> PlanRefusal {
    match reason {
        RefusalReason::AlreadyOnPlan => PlanRefusal::AlreadyOnPlan { plan: plan.name.clone() },
        RefusalReason::CountryNotSupported => PlanRefusal::CountryNotSupported {
            country: country.code().to_owned(),
            name: country.name().to_owned(),
        },
        RefusalReason::DataDeleted
        | RefusalReason::Duplicate
        | RefusalReason::NotSubscribed
        | RefusalReason::Suspended
        | RefusalReason::PausedAtLimit
        | RefusalReason::InsufficientCredits
        | RefusalReason::AmountNotOffered
        | RefusalReason::OverageNotAvailable
        | RefusalReason::PacksNotAvailable
        | RefusalReason::AlreadyPaid
        | RefusalReason::AlreadyGranted
        | RefusalReason::PlanNotOffered
        | RefusalReason::NotAssigned
        | RefusalReason::MembersStillAssigned
        | RefusalReason::LastSeat
        | RefusalReason::AlreadyAMember
        | RefusalReason::NoFreeSeat
        | RefusalReason::NotAMember
        | RefusalReason::PassAlreadyActive
        | RefusalReason::NoPass => PlanRefusal::Other,
    }
}

/// Why the rules refuse a change to a plan now; none where they don't.
pub(super) fn refused(
    store: &Store,
    account: AccountNumber,
    plan: &str,
    now: Moment,
) -> Result<Option<PlanRefusal>, AppError> {
    let loaded = ledger::load(store, account.into(), now)?;
    loaded.check_is_listed()?;
    let edition = loaded.timeline.edition();
    let asked = edition
        .plan_named(plan)
        .ok_or_else(|| AppError::input(say!("no-such-plan", text = plan, known = edition.plan_ids())))?;
    let reason = Preview::on(&loaded.ledger()?, asked, now).refused;
    Ok(reason.map(|reason| refusal(reason, loaded.timeline.terms.country, asked)))
}

/// What a month that has ended used by Kiro's last word on it, and by the tasks recorded after that; none where it said
/// nothing of the month.
fn counted(
    store: &Store,
    id: AccountId,
    month: Month,
    now: Moment,
) -> Result<Option<(Credits, Vec<Credits>)>, AppError> {
    let period = month.period();
    let end = just_before(period.end);
    let told = Quoted::newest(store, id, end, now)?.filter(|quoted| quoted.is_of(period));
    let Some((at, by_vendor)) = told.and_then(|quoted| Some((quoted.at, quoted.limits.used?))) else {
        return Ok(None);
    };
    let after = store.usage(id, at.plus_seconds(1), end)?;
    Ok(Some((by_vendor, after.into_iter().map(|usage| usage.credits).collect())))
}

/// The last months through every paid plan: the same figures as a replay of the contract, from what Kiro counted in each
/// (V7), or else was recorded. A month without any record is not known, and left out.
fn replay(store: &Store, id: AccountId, lists: Lists, now: Moment) -> Result<Option<ReplayView>, AppError> {
    let recorded = store.months(id, Month::of(now).first_date(), MONTHS_REPLAYED)?;
    let mut months = Vec::new();
    for (first, used) in &recorded {
        let month = Month::of_date(*first);
        months.push(match counted(store, id, month, now)? {
            Some((by_vendor, after)) => ClosedMonth::told(month, by_vendor, after),
            None => ClosedMonth { month, used: *used, paused_tasks: 0 },
        });
    }
    let edition = lists.at(now);
    let replay = Replay::of_months(lists, &months, now);
    let Some(cheapest) = replay.cheapest else { return Ok(None) };
    let name = |id: &str| plan_name(edition, id);
    let costs = |index: usize| {
        replay.plans.iter().map(|plan| text(plan.months.get(index).and_then(|month| month.cost))).collect()
    };
    Ok(Some(ReplayView {
        plans: replay.plans.iter().map(|plan| name(plan.plan)).collect(),
        months: months
            .iter()
            .enumerate()
            .zip(&recorded)
            .map(|((index, closed), (_, recorded))| ReplayMonth {
                month: closed.month.to_string(),
                used: closed.used.to_string(),
                recorded_percent: (*recorded < closed.used).then(|| percent(*recorded, closed.used)),
                costs: costs(index),
            })
            .collect(),
        totals: replay.plans.iter().map(|plan| text(plan.total)).collect(),
        cheapest: name(cheapest),
    }))
}

/// What models cost, as Kiro last said; of those that it didn't name, or said nothing of, what the price list says.
fn models(
    store: &Store,
    id: AccountId,
    edition: &'static Edition,
    now: Moment,
) -> Result<ModelsView, AppError> {
    let newest = quoted::newest::<Vec<ModelRate>>(store, id, MODELS, now)?.readable;
    let (at, models) = newest.map_or((None, Vec::new()), |(at, models)| (Some(at), models));
    let listed = |id: &str| edition.models().iter().find(|model| model.id == id);
    let by_list = |model: &Model| text(model.multiplier_at(now));
    let is_quoted = |model: &&Model| models.iter().any(|quoted| quoted.id == model.id);
    let rest = edition.models().iter().filter(|model| !is_quoted(model)).map(|model| ModelView {
        id: model.id.clone(),
        name: model.name.clone(),
        multiplier: by_list(model),
    });
    let rest = rest.collect();
    let quoted = models.into_iter().map(|model| ModelView {
        multiplier: text(model.multiplier.map(|rate| rate.normalize()))
            .or_else(|| listed(&model.id).and_then(by_list)),
        name: model.name,
        id: model.id,
    });
    Ok(ModelsView { at: text(at), quoted: quoted.collect(), listed: rest })
}

/// The pace so far up to the cycle's end, as the first question of Plans supposes it.
fn at_pace(start: &Start<'_>) -> Supposed {
    let so_far = course::rate_so_far(start.ledger, start.at).filter(|_| start.use_is_known);
    let rate = course::usual_rate(start.ledger, start.at, so_far);
    let until = just_before(start.ledger.account.cycle().end).date();
    Supposed { until, rate, changes: Vec::new(), packs: false }
}

/// The plans beside each other.
pub(crate) fn plans(store: &Store, account: AccountNumber, now: Moment) -> Result<PlansView, AppError> {
    let loaded = ledger::load(store, account.into(), now)?;
    loaded.check_is_listed()?;
    let ledger = loaded.ledger()?;
    let current = ledger.account.current(now);
    let edition = loaded.timeline.edition();
    let totals = store.usage_totals(account.into())?;
    let grounds = Grounds::of(&loaded, &ledger, &current, &totals);
    let projected = grounds.pace.map(|pace| pace.projected_use);
    let own = ledger.account.plan();
    let use_is_known = loaded.usage_is_known(&totals);
    let start = Start { ledger: &ledger, at: now, use_is_known, position: loaded.timeline.events().len() };
    let decided = Decided::of(&grounds, &start, &at_pace(&start), false);
    let verdict = grounds.say(&decided);
    let decided = decided.verdict;
    Ok(PlansView {
        verdict,
        compared: decided.and_then(|decided| decided.named()).map(|plan| plan.id.clone()),
        account: loaded.summary()?,
        as_of: now.to_string(),
        cycle: span(current.cycle.start, current.cycle.end),
        used: text(loaded.known(&totals, current.credits.used)),
        projected_use: text(projected),
        plans: rows(&grounds.costs, own, &current, projected, decided.map(|decided| decided.best())),
        break_evens: break_evens(&grounds.costs),
        month_costs: month_costs(&grounds.costs, projected),
        unit_price: edition.price_beyond().to_string(),
        packs: edition.packs.map(|offer| offer_of(&offer)),
        replay: replay(store, account.into(), loaded.timeline.terms.lists, now)?,
        models: models(store, account.into(), edition, now)?,
        tax_name: loaded.naming().tax_name,
        tax_percent: loaded.naming().tax_percent,
        own_limit: text(grounds.own_limit.and_then(|own| own.credits)),
        unlimited: grounds.is_unlimited(),
    })
}
