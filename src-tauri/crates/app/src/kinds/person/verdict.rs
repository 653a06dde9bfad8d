//! What one person's account comes to, in a sentence: whether the credits last, the cheapest way on where they don't, and
//! whether to stay on the plan.

use super::standing::Standing;
use crate::answers::{Act, Judgement, VerdictView};
use headroom_billing::Plan;
use headroom_billing::person::{
    Decision, Other, OverageAhead, PaidAs, PlanVerdict, Verdict, Way, WayOn, ways_on,
};
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};

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
    let decided = match verdict {
        Verdict::NoLimit => VerdictView::new(Good, say!("verdict-no-limit")),
        Verdict::Paused => VerdictView::new(Bad, say!("verdict-paused", end)),
        Verdict::Charged { ahead } => VerdictView::new(
            Bad,
            match (ahead, current.credits.overage.charge) {
                (Some(OverageAhead { charge, .. }), _) => say!("verdict-charged", charge, end),
                (None, Some(charge)) => say!("verdict-charged-so-far", charge),
                (None, None) => say!("verdict-charged-unknown"),
            },
        ),
        Verdict::TooEarly => VerdictView::new(Unknown, say!("verdict-too-early")),
        Verdict::NoPace => {
            VerdictView::new(Unknown, say!("verdict-pace-unknown")).because([say!("bonus-use-unknown")])
        }
        Verdict::Lasts { to_spare } if is_part => {
            VerdictView::new(Good, say!("verdict-lasts-here", end, spare = to_spare))
        }
        Verdict::Lasts { to_spare } if to_spare.is_positive() => {
            VerdictView::new(Good, say!("verdict-lasts", end, spare = to_spare))
        }
        Verdict::Lasts { .. } => VerdictView::new(Good, say!("verdict-just-lasts", end)),
        Verdict::RunsOut { at, charged: Some(ahead), .. } => {
            let charge = ahead.charge;
            VerdictView::new(Warn, say!("verdict-goes-on-charged", on = Value::day(at), charge, end))
        }
        Verdict::RunsOut { at, days_early: 0, .. } => {
            VerdictView::new(Warn, say!("verdict-runs-out-at", at, end))
        }
        Verdict::RunsOut { at, days_early, .. } if is_part => {
            VerdictView::new(Warn, say!("verdict-runs-out-by", on = Value::day(at), count = days_early))
        }
        Verdict::RunsOut { at, days_early, .. } => {
            VerdictView::new(Warn, say!("verdict-runs-out", on = Value::day(at), count = days_early))
        }
    };
    let decided = decided.because(left(standing, &verdict)).because(capped(standing, &verdict));
    if verdict.pauses() && !loaded.plan_is_unlisted { going_on(decided, standing) } else { decided }
}

/// What is left, and what that rests on.
fn left(standing: &Standing, verdict: &Verdict) -> Option<Saying> {
    let left = standing.left()?;
    if left.is_zero() {
        let is_charged = matches!(verdict, Verdict::Charged { .. });
        return (is_charged && standing.is_of_recorded_tasks_alone()).then(|| say!("verdict-recorded-only"));
    }
    Some(match standing.allowance() {
        _ if standing.is_of_recorded_tasks_alone() => say!("verdict-left-at-most", left),
        // Of a plan's credits alone it can be said of how many.
        Some(all) if standing.current.credits.plan.remaining == Some(left) => {
            say!("verdict-left-of", left, all)
        }
        _ => say!("verdict-left", left),
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

/// What is decided about the plan, in a sentence, by what is known of the account's use; for a month that is supposed, by
/// that.
pub(super) fn of_plans(
    unknown: Option<Saying>,
    is_unlimited: bool,
    is_supposed: bool,
    is_part: bool,
    verdict: Option<&PlanVerdict>,
) -> VerdictView {
    use Judgement::{Good, Unknown};
    if let Some(why) = unknown {
        return VerdictView::new(Unknown, say!("plan-unknown")).because([why]);
    }
    if is_unlimited {
        return VerdictView::new(Good, say!("plan-no-limit"));
    }
    let Some(verdict) = verdict else {
        let none = if is_supposed { say!("plan-none-covers") } else { say!("plan-too-early") };
        return VerdictView::new(Unknown, none);
    };
    // Advice on a part of what is used says so.
    worded(verdict, is_supposed).because(is_part.then(|| say!("plan-of-recorded-tasks")))
}

/// What is decided about a plan at the pace so far, in a sentence.
pub fn of_plan(verdict: &PlanVerdict) -> VerdictView {
    worded(verdict, false)
}

/// What is decided about a plan, for the pace so far or for a month that is supposed.
fn worded(verdict: &PlanVerdict, is_supposed: bool) -> VerdictView {
    use Judgement::{Good, Warn};
    let (own, month) = (&verdict.own.name, verdict.month);
    let end = Value::day(verdict.cycle_ends);
    let at = || if is_supposed { say!("at-a-month-of", month) } else { say!("at-your-pace") };
    // The sentence says for which month that is supposed it is.
    let heading_for = || (!is_supposed).then(|| say!("plan-heading-for", month));
    let decided = match verdict.decision {
        Decision::Stay { other, pays_off_at } => {
            let sentence = match other {
                Some(Other { plan, costs_more }) if costs_more.is_positive() => {
                    say!("plan-stay", plan = own, other = &plan.name, more = costs_more, at = at())
                }
                Some(Other { plan, .. }) => {
                    say!("plan-stay-same", plan = own, other = &plan.name, at = at())
                }
                None => say!("plan-stay-alone", plan = own),
            };
            let reason = match pays_off_at {
                Some(from) if is_supposed => Some(say!("plan-pays-off-from", from)),
                Some(from) => Some(say!("plan-pays-off", month, from)),
                None => heading_for(),
            };
            let covered = verdict.without_beside.map(|cost| say!("plan-covered-beside", cost, plan = own));
            VerdictView::new(Good, sentence).because(reason).because(beyond(verdict)).because(covered)
        }
        Decision::Move { plan, cost, saves, later } => {
            let sentence = if later {
                say!("plan-move-later", plan = &plan.name, saves, end, at = at())
            } else {
                say!("plan-move", plan = &plan.name, saves, at = at())
            };
            let reason = if is_supposed {
                say!("plan-month-then-costs", plan = &plan.name, cost)
            } else {
                say!("plan-month-costs", month, plan = &plan.name, cost)
            };
            receipt(VerdictView::new(Good, sentence).because([reason]), plan)
        }
        Decision::NotEnough { plan, cost } => {
            let sentence = say!("plan-not-enough", own, plan = &plan.name, cost, at = at());
            receipt(VerdictView::new(Warn, sentence).because(heading_for()), plan)
        }
        Decision::Coming { plan } => {
            let sentence = say!("plan-coming", plan = &plan.name, end, at = at());
            VerdictView::new(Good, sentence).because(heading_for())
        }
    };
    let differs =
        |next: &Plan| say!("plan-next-differs", plan = &next.name, end = Value::day(verdict.cycle_ends));
    let next = verdict.next.filter(|next| next.rank != verdict.best().rank);
    decided.because(next.map(differs))
}

/// With the receipt of the change to look at.
fn receipt(decided: VerdictView, plan: &Plan) -> VerdictView {
    decided.doing(Act::SeePlan { plan: plan.id.clone() }, say!("act-see-receipt", plan = &plan.name))
}

/// What staying counts beyond the plan's credits, and that requests pause unless overage is allowed.
fn beyond(verdict: &PlanVerdict) -> Option<Saying> {
    let credits = Some(verdict.beyond).filter(|beyond| beyond.is_positive())?;
    Some(match verdict.paid_as? {
        PaidAs::Overage => say!("plan-with-overage", credits),
        PaidAs::OverageOff => say!("plan-needs-overage", credits),
        PaidAs::Packs => say!("plan-with-packs", credits),
    })
}
