//! What one person's account comes to, in a sentence: whether the credits last, the cheapest way on where they don't, and
//! whether to stay on the plan.

use super::standing::Standing;
use crate::answers::{Act, Judgement, VerdictView};
use headroom_billing::Plan;
use headroom_billing::person::course::{Advised, Beside, Pauses};
use headroom_billing::person::{
    Decision, Other, OverageAhead, PaidAs, PlanVerdict, Verdict, Way, WayOn, ways_on,
};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};

/// Whether the credits last. What is too old to act on unseen says nothing of that.
pub(super) fn of(standing: &Standing, too_old: Option<&Saying>) -> VerdictView {
    use Judgement::{Bad, Good, Unknown, Warn};
    let (loaded, current) = (&standing.loaded, &standing.current);
    let (now, end) = (standing.as_of(), Value::day(standing.cycle.end));
    if let Some(why) = standing.unknown() {
        return VerdictView::new(Unknown, say!("verdict-left-unknown")).because([why]);
    }
    if standing.is_unlimited() {
        return VerdictView::new(Good, say!("verdict-no-limit"));
    }
    if let Some(why) = too_old {
        return VerdictView::new(Unknown, say!("verdict-too-old")).because([why.clone()]);
    }
    // What is used elsewhere makes it less.
    let is_part = standing.is_of_recorded_tasks_alone();
    let unit_price = loaded.timeline.edition().overage_unit_price;
    let verdict = Verdict::of(current, &standing.cycle, standing.pace.as_ref(), unit_price, now);
    let Some(left) = left(standing) else { return VerdictView::new(Unknown, say!("verdict-left-unknown")) };
    let decided = match verdict {
        Verdict::NoLimit => VerdictView::new(Good, say!("verdict-no-limit")),
        Verdict::Paused => VerdictView::new(Bad, say!("verdict-paused", end)),
        Verdict::Charged { ahead } => match (ahead, current.credits.overage.charge) {
            (Some(OverageAhead { charge, .. }), _) => {
                VerdictView::foretold(Bad, say!("verdict-charged", charge, end))
            }
            (None, Some(charge)) => VerdictView::new(Bad, say!("verdict-charged-so-far", charge)),
            (None, None) => VerdictView::new(Bad, say!("verdict-charged-unknown")),
        }
        .because(is_part.then(|| say!("verdict-recorded-only"))),
        Verdict::TooEarly => VerdictView::new(Unknown, say!("verdict-too-early", left)),
        Verdict::NoPace => {
            let unknown = VerdictView::new(Unknown, say!("verdict-pace-unknown", left));
            unknown.because(loaded.use_unknown(current))
        }
        Verdict::Lasts { .. } if is_part => {
            VerdictView::foretold(Good, say!("verdict-lasts-here", left, end))
        }
        Verdict::Lasts { to_spare } if to_spare.is_positive() => {
            VerdictView::foretold(Good, say!("verdict-lasts", left, end, spare = to_spare))
        }
        Verdict::Lasts { .. } => VerdictView::foretold(Good, say!("verdict-just-lasts", left, end)),
        Verdict::RunsOut { at, charged: Some(ahead), .. } => {
            let (on, charge) = (Value::day(at), ahead.charge);
            VerdictView::foretold(Warn, say!("verdict-goes-on-charged", left, on, charge, end))
        }
        Verdict::RunsOut { at, days_early: 0, .. } => {
            VerdictView::foretold(Warn, say!("verdict-runs-out-at", left, at, end))
        }
        Verdict::RunsOut { at, days_early, .. } if is_part => {
            let on = Value::day(at);
            VerdictView::foretold(Warn, say!("verdict-runs-out-by", left, on, count = days_early))
        }
        Verdict::RunsOut { at, days_early, .. } => {
            let on = Value::day(at);
            VerdictView::foretold(Warn, say!("verdict-runs-out", left, on, count = days_early))
        }
    };
    let decided = decided.because(capped(standing, &verdict));
    if verdict.pauses() && !loaded.plan_is_unlisted { going_on(decided, standing) } else { decided }
}

/// That so much is left, for what goes on after it; none where that isn't known.
fn left(standing: &Standing) -> Option<Saying> {
    let left = standing.left()?;
    Some(match standing.allowance() {
        _ if standing.is_of_recorded_tasks_alone() => say!("credits-left-at-most", left),
        // Of a plan's credits alone it can be said of how many.
        Some(all) if standing.current.credits.plan.remaining == Some(left) => {
            say!("credits-left-of", left, all)
        }
        _ => say!("credits-left", left),
    })
}

/// That what is charged ends at a cap before the credits renew.
fn capped(standing: &Standing, verdict: &Verdict) -> Option<Saying> {
    let goes_on = matches!(verdict, Verdict::Charged { .. } | Verdict::RunsOut { charged: Some(_), .. });
    let cap = standing.current.credits.overage.cap.filter(|_| goes_on)?;
    let is_short = standing.pace.as_ref().is_some_and(|pace| pace.beyond > cap.left);
    is_short.then(|| say!("verdict-capped", cap = cap.credits))
}

/// With the ways to go on, the cheapest first.
fn going_on(decided: VerdictView, standing: &Standing) -> VerdictView {
    let (loaded, ledger) = (&standing.loaded, &standing.ledger);
    let ways = ways_on(ledger, standing.pace.as_ref(), standing.as_of());
    let price = loaded.timeline.edition().overage_unit_price;
    let is_compared = ways.iter().all(|on| on.costs.is_some());
    let cheapest = ways.first().map(|on| match (on.way, on.costs.filter(|_| is_compared)) {
        (Way::Overage, Some(costs)) => say!("way-overage", costs),
        (Way::Overage, None) => say!("way-overage-by-credit", price),
        (Way::Packs { .. }, Some(costs)) => say!("way-packs", costs),
        (Way::Packs { smallest }, None) => say!("way-packs-from", smallest),
        (Way::Plan { plan, today }, Some(_)) => say!("way-plan", plan = &plan.name, today),
        (Way::Plan { plan, today }, None) => say!("way-plan-today", plan = &plan.name, today),
    });
    let waiting = ways.first().map(|_| say!("way-wait", end = Value::day(standing.cycle.end)));
    let act = |WayOn { way, .. }: WayOn| match way {
        Way::Overage => (Act::AllowOverage, say!("act-allow-overage", price)),
        Way::Packs { smallest } => (Act::OpenVendor, say!("act-buy-packs", smallest)),
        Way::Plan { plan, today } => {
            (Act::SeePlan { plan: plan.id.clone() }, say!("act-see-plan", plan = &plan.name, today))
        }
    };
    let decided = decided.going_on(cheapest).going_on(waiting);
    ways.into_iter().map(act).fold(decided, |decided, (act, label)| decided.doing(act, label))
}

/// That nothing can be decided about the plan, and why.
pub(super) fn plan_unknown(why: &Saying) -> VerdictView {
    VerdictView::new(Judgement::Unknown, say!("plan-unknown")).because([why.clone()])
}

/// That the plan has no limit.
pub(super) fn plan_without_limit() -> VerdictView {
    VerdictView::new(Judgement::Good, say!("plan-no-limit"))
}

/// That no plan covers a month that is known, or that none is known yet.
pub(super) fn no_plan(is_known: bool) -> VerdictView {
    VerdictView::new(
        Judgement::Unknown,
        if is_known { say!("plan-none-covers") } else { say!("plan-too-early") },
    )
}

/// What is decided about a plan, for the pace so far or for a month that is supposed. What the choices beside it need to keep
/// requests going stands in the same sentence.
pub fn of_plan(verdict: &PlanVerdict, advised: &Advised, is_supposed: bool) -> VerdictView {
    let (own, month) = (&verdict.own.name, verdict.month);
    let end = Value::day(verdict.cycle_ends);
    let at = || if is_supposed { say!("at-a-month-of", month) } else { say!("at-your-pace") };
    let done = |plan: &Plan| to_be_done(plan, advised.beside, &end);
    // The sentence says for which month that is supposed it is.
    let heading_for = || (!is_supposed).then(|| say!("plan-heading-for", month));
    let judgement = if advised.beside == Beside::Nothing && advised.pauses.is_none() {
        Judgement::Good
    } else {
        Judgement::Warn
    };
    let else_pauses = || else_pauses(verdict, advised);
    let decided = match verdict.decision {
        Decision::Stay { other, pays_off_at } => {
            let plan = done(verdict.own);
            let sentence = match other {
                Some(Other { plan: other, costs_more }) if costs_more.is_positive() => {
                    say!("plan-stay", plan, other = &other.name, more = costs_more, at = at())
                }
                Some(Other { plan: other, .. }) => {
                    say!("plan-stay-same", plan, other = &other.name, at = at())
                }
                None => say!("plan-stay-alone", plan),
            };
            let reason = match pays_off_at {
                Some(from) if is_supposed => Some(say!("plan-pays-off-from", from)),
                Some(from) => Some(say!("plan-pays-off", month, from)),
                None => heading_for(),
            };
            let covered = verdict.without_beside.map(|cost| say!("plan-covered-beside", cost, plan = own));
            let decided = VerdictView::new(judgement, sentence).because(else_pauses()).because(reason);
            decided.because(counted_beyond(verdict)).because(covered)
        }
        Decision::Move { plan, cost, saves, later } => {
            let to = done(plan);
            let sentence = if later {
                say!("plan-move-later", plan = to, saves, end = end.clone(), at = at())
            } else {
                say!("plan-move", plan = to, saves, at = at())
            };
            let reason = if is_supposed {
                say!("plan-month-then-costs", plan = &plan.name, cost)
            } else {
                say!("plan-month-costs", month, plan = &plan.name, cost)
            };
            receipt(VerdictView::new(judgement, sentence).because(else_pauses()).because([reason]), plan)
        }
        Decision::NotEnough { plan, cost } => {
            let with = called_with(plan, advised.beside);
            let sentence = say!("plan-not-enough", own, plan = with, cost, at = at());
            let decided = VerdictView::new(Judgement::Warn, sentence).because(else_pauses());
            receipt(decided.because(heading_for()), plan)
        }
        Decision::Coming { plan } => {
            let (end, at, plan) = (end.clone(), at(), &plan.name);
            let sentence = match advised.beside {
                Beside::Nothing | Beside::Waiting => say!("plan-coming", plan, end, at),
                Beside::Overage => say!("plan-coming-allow", plan, end, at),
                Beside::Packs => say!("plan-coming-buy", plan, end, at),
            };
            VerdictView::new(judgement, sentence).because(else_pauses()).because(heading_for())
        }
    };
    let differs = |next: &Plan| say!("plan-next-differs", plan = &next.name, end = end.clone());
    let next = verdict.next.filter(|next| next.rank != verdict.best().rank);
    decided.because(next.map(differs))
}

/// A plan with what has to be done beside being on it, as it goes on after a verb that asks for it.
fn to_be_done(plan: &Plan, beside: Beside, end: &Value) -> Value {
    let plan = &plan.name;
    match beside {
        Beside::Nothing => plan.into(),
        Beside::Overage => Value::Saying(say!("plan-and-allow", plan)),
        Beside::Packs => Value::Saying(say!("plan-and-buy", plan)),
        Beside::Waiting => Value::Saying(say!("plan-and-wait", plan, end = end.clone())),
    }
}

/// A plan with what has to be had beside it, as it is called.
fn called_with(plan: &Plan, beside: Beside) -> Value {
    let plan = &plan.name;
    match beside {
        Beside::Nothing | Beside::Waiting => plan.into(),
        Beside::Overage => Value::Saying(say!("plan-and-overage", plan)),
        Beside::Packs => Value::Saying(say!("plan-and-packs", plan)),
    }
}

/// With the receipt of the change to look at.
fn receipt(decided: VerdictView, plan: &Plan) -> VerdictView {
    decided.doing(Act::SeePlan { plan: plan.id.clone() }, say!("act-see-receipt", plan = &plan.name))
}

/// What staying counts beyond the plan's credits. What overage that is off would come to stands with the choice it is.
fn counted_beyond(verdict: &PlanVerdict) -> Option<Saying> {
    let credits = Some(verdict.beyond).filter(|beyond| beyond.is_positive())?;
    match verdict.paid_as? {
        PaidAs::Overage => Some(say!("plan-with-overage", credits)),
        PaidAs::OverageOff => None,
        PaidAs::Packs => Some(say!("plan-with-packs", credits)),
    }
}

/// What doing nothing comes to where requests pause in the running cycle: nothing more is charged until it ends (K6).
fn else_pauses(verdict: &PlanVerdict, advised: &Advised) -> Option<Saying> {
    let end = Value::day(verdict.cycle_ends);
    let from = |from| Value::day(Moment::on(from, 0));
    Some(match (advised.pauses?, advised.beside) {
        (Pauses::Now, Beside::Waiting) => say!("plan-pauses", end),
        (Pauses::From(day), Beside::Waiting) => say!("plan-pauses-from", from = from(day), end),
        (Pauses::Now, Beside::Nothing | Beside::Overage | Beside::Packs) => say!("plan-else-pauses", end),
        (Pauses::From(day), Beside::Nothing | Beside::Overage | Beside::Packs) => {
            say!("plan-else-pauses-from", from = from(day), end)
        }
    })
}
