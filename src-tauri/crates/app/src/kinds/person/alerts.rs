//! What is due to be told of one person's account.

use super::standing::Standing;
use crate::alert::{
    AlertRules, Alerts, BONUS_EXPIRES, Due, OVERAGE_BEGUN, PLAN_USED, RUN_OUT, SPEND_GUARD, THRESHOLDS,
    is_soon,
};
use crate::answers::AlertSays;
use headroom_billing::person::Outcome;

/// By these rules; nothing while nothing is known of the usage.
pub(crate) fn of(standing: &Standing, rules: &AlertRules) -> Alerts {
    let cycle = standing.current.cycle;
    Alerts { cycle_start: cycle.start, due: due(standing, rules).unwrap_or_default() }
}

fn due(standing: &Standing, rules: &AlertRules) -> Option<Vec<Due>> {
    let left = standing.left()?;
    let mut due = Vec::new();
    let mut add = |kind, threshold, says| due.push(Due { kind, threshold, says });
    if rules.used {
        let used = standing.current.credits.plan.used_percent();
        if let Some(percent) = THRESHOLDS.into_iter().rev().find(|threshold| used >= *threshold) {
            let (left, renews_at) = (left.to_string(), standing.current.cycle.end.to_string());
            add(PLAN_USED, percent.into(), AlertSays::Used { percent, left, renews_at });
        }
    }
    let outcome = standing.pace.as_ref().map(|pace| &pace.outcome);
    if let (true, Some(Outcome::LimitAt(at))) = (rules.run_out, outcome) {
        add(RUN_OUT, 0, AlertSays::RunOut { at: at.to_string() });
    }
    if let (true, Some((left, end))) = (rules.bonus, standing.current.credits.ends_first())
        && is_soon(end, standing.as_of())
    {
        let (left, at) = (left.to_string(), end.to_string());
        add(BONUS_EXPIRES, 0, AlertSays::Bonus { left, at });
    }
    let overage = &standing.current.credits.overage;
    // In dollars, as far as those are known.
    let Some(charge) = overage.charge else { return Some(due) };
    let mut add = |kind, threshold, says| due.push(Due { kind, threshold, says });
    if rules.overage && overage.credits.is_positive() {
        add(OVERAGE_BEGUN, 0, AlertSays::Overage { charge: charge.to_string() });
    }
    if let Some(guard) = rules.guard.filter(|guard| charge >= *guard) {
        let cents = i64::try_from(guard.hundredths()).unwrap_or(i64::MAX);
        let (charge, guard) = (charge.to_string(), guard.to_string());
        add(SPEND_GUARD, cents, AlertSays::Guard { charge, guard });
    }
    Some(due)
}
