//! What is due to be told of somebody's own account at Kilo.

use super::standing::Standing;
use crate::alert::{AlertRules, Alerts, BALANCE_LOW, BONUS_EXPIRES, Due, RUN_OUT, day_number, is_soon};
use crate::answers::AlertSays;
use headroom_exact::{Balance, Month};

/// By these rules. A balance has no cycle: the month counts.
pub(super) fn of(standing: &Standing, rules: &AlertRules) -> Alerts {
    let now = standing.as_of;
    let mut due = Vec::new();
    // With top-ups coming by themselves it doesn't run out.
    let is_running_out = rules.run_out && standing.is_topped_up != Some(true);
    let run_out_at = standing.outlook.as_ref().and_then(|outlook| outlook.run_out_at);
    if let Some(at) = run_out_at.filter(|at| is_running_out && is_soon(*at, now)) {
        due.push(Due { kind: RUN_OUT, threshold: 0, says: AlertSays::RunOut { at: at.to_string() } });
    }
    let little = standing.little.filter(|_| is_running_out);
    let left = standing.balance.map(|(_, left)| left);
    if let Some((little, left)) = little.zip(left).filter(|(little, left)| *left < Balance::of_money(*little))
    {
        let says = AlertSays::Little { left: left.to_string(), below: little.to_string() };
        due.push(Due { kind: BALANCE_LOW, threshold: 0, says });
    }
    for expiring in standing.expiring.iter().filter(|expiring| rules.bonus && is_soon(expiring.at, now)) {
        let (left, at) = (expiring.left.to_string(), expiring.at.to_string());
        // Each purchase or gift that goes is told by itself: the day tells them apart.
        let threshold = day_number(expiring.at);
        due.push(Due { kind: BONUS_EXPIRES, threshold, says: AlertSays::Bonus { left, at } });
    }
    Alerts { cycle_start: Month::of(now).start(), due }
}
