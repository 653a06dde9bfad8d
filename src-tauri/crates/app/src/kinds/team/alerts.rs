//! What is due to be told of a team.

use super::standing::Standing;
use crate::alert::{AlertRules, Alerts, BONUS_EXPIRES, Due, RUN_OUT, day_number, is_soon};
use crate::answers::AlertSays;
use headroom_exact::Month;

/// By these rules. A team's balance has no cycle: the month counts.
pub(super) fn of(standing: &Standing, rules: &AlertRules) -> Alerts {
    let now = standing.as_of;
    let mut due = Vec::new();
    // With top-ups coming by themselves it doesn't run out.
    let outlook = standing.outlook.as_ref().filter(|_| !standing.is_topped_up);
    let run_out_at = outlook.and_then(|outlook| outlook.run_out_at);
    if let Some(at) = run_out_at.filter(|at| rules.run_out && is_soon(*at, now)) {
        due.push(Due { kind: RUN_OUT, threshold: 0, says: AlertSays::RunOut { at: at.to_string() } });
    }
    for expiring in standing.expiring.iter().filter(|expiring| rules.bonus && is_soon(expiring.at, now)) {
        let (left, at) = (expiring.left.to_string(), expiring.at.to_string());
        // Each purchase that goes is told by itself: the day tells them apart.
        let threshold = day_number(expiring.at);
        due.push(Due { kind: BONUS_EXPIRES, threshold, says: AlertSays::Bonus { left, at } });
    }
    Alerts { cycle_start: Month::of(now).start(), due }
}
