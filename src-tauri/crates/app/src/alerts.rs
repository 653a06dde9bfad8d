//! What is worth a notification: one alert for each account, kind, threshold and cycle, remembered before it is told.

use crate::Headroom;
use crate::error::AppError;
use crate::settings::{alert_choices, guard};
use crate::views::{
    AccountSummary, AlertChoices, AlertKey, AlertSays, AlertView, OverviewView, PaceView, Standing, TeamView,
};
use headroom_exact::{Credits, Decimal, Moment, Money};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::alerts::Alert;

/// The parts of a plan that are told, in percent.
const THRESHOLDS: [u32; 4] = [50, 80, 95, 100];
/// A bonus is told of so long before it expires, and a team's balance so long before its end.
const DAYS_AHEAD: i64 = 3;
const DAY: i64 = 86_400;

fn amount(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

fn soon(at: &str, now: Moment) -> bool {
    at.parse::<Moment>().is_ok_and(|at| (0..=DAYS_AHEAD * DAY).contains(&at.seconds_since(now)))
}

/// An alert and the lower thresholds that need not be told any more.
struct Due {
    kind: &'static str,
    threshold: i64,
    says: AlertSays,
}

/// What a person's account is due for.
fn of_person(overview: &OverviewView, choices: &AlertChoices, now: Moment) -> Vec<Due> {
    let mut due = Vec::new();
    let mut add = |kind, threshold, says| due.push(Due { kind, threshold, says });
    let Some(left) = &overview.left else { return due };
    let pools = &overview.pools;
    if choices.used {
        let used = pools.plan.used_permille / 10;
        if let Some(percent) = THRESHOLDS.into_iter().rev().find(|threshold| used >= *threshold) {
            let (left, renews_at) = (left.clone(), overview.cycle.end.clone());
            add("plan-used", percent.into(), AlertSays::Used { percent, left, renews_at });
        }
    }
    if let (true, Some(PaceView::LimitAt { at, .. })) = (choices.run_out, &overview.pace) {
        add("run-out", 0, AlertSays::RunOut { at: at.clone() });
    }
    if let (true, Some(bonus)) = (choices.bonus, &pools.bonus)
        && soon(&bonus.expires_at, now)
        && amount(&bonus.pool.left).is_some_and(Decimal::is_positive)
    {
        let (left, at) = (bonus.pool.left.clone(), bonus.expires_at.clone());
        add("bonus-expires", 0, AlertSays::Bonus { left, at });
    }
    let charge = pools.overage_charge.clone();
    if choices.overage && amount(&pools.overage).map(Credits::rounded).is_some_and(Credits::is_positive) {
        add("overage-begun", 0, AlertSays::Overage { charge: charge.clone() });
    }
    if let Some(guard) = choices.guard.as_deref().and_then(|text| guard(text).ok())
        && amount(&charge).map(Money::rounded).is_some_and(|charge| charge >= guard)
    {
        let cents = i64::try_from(guard.hundredths()).unwrap_or(i64::MAX);
        add("spend-guard", cents, AlertSays::Guard { charge, guard: guard.to_string() });
    }
    due
}

fn of_team(team: &TeamView, choices: &AlertChoices, now: Moment) -> Vec<Due> {
    let mut due = Vec::new();
    let run_out = team.burn.as_ref().and_then(|burn| burn.run_out_at.as_ref());
    if let Some(at) = run_out.filter(|at| choices.run_out && soon(at, now)) {
        due.push(Due { kind: "run-out", threshold: 0, says: AlertSays::RunOut { at: at.clone() } });
    }
    for expiring in team.expiring.iter().filter(|expiring| choices.bonus && soon(&expiring.at, now)) {
        let (left, at) = (expiring.left.clone(), expiring.at.clone());
        // Each purchase that goes is told by itself: the day tells them apart.
        let day = at.parse::<Moment>().map_or(0, Moment::unix_seconds) / DAY;
        due.push(Due { kind: "bonus-expires", threshold: day, says: AlertSays::Bonus { left, at } });
    }
    due
}

/// An account's alerts with the start of the cycle they are of. A team's balance has no cycle: the day counts.
fn of_account(standing: &Standing, choices: &AlertChoices, now: Moment) -> Option<(String, Vec<Due>)> {
    match standing {
        Standing::KiroIndividual(overview) => {
            Some((overview.cycle.start.clone(), of_person(overview, choices, now)))
        }
        Standing::KiloTeams(team) => {
            let month = headroom_exact::Month::of(now).start();
            Some((month.to_string(), of_team(team, choices, now)))
        }
        Standing::KiroEnterprise(_) => None,
    }
}

fn stored(key: &AlertKey) -> Result<Alert, AppError> {
    let cycle_start =
        key.cycle_start.parse().map_err(|_| AppError::input("Alert: its cycle has no beginning."))?;
    let account = AccountId::from(key.account);
    Ok(Alert { account, kind: key.kind.clone(), threshold: key.threshold, cycle_start })
}

impl Headroom {
    /// The alerts that are due and were not told yet. Of an account that is hidden, or the sample, there is none.
    pub fn alerts(&self) -> Result<Vec<AlertView>, AppError> {
        let now = self.now();
        self.read(|store| Self::alerts_of(store, now))
    }

    fn alerts_of(store: &Store, now: Moment) -> Result<Vec<AlertView>, AppError> {
        let choices = alert_choices(store)?;
        let mut alerts = Vec::new();
        for account in store.accounts()? {
            let AccountSummary { id, name, sample, hidden, ready, .. } =
                crate::account::summary_of(store, &account, now)?;
            if sample || hidden || !ready {
                continue;
            }
            let standing = Self::standing_of(store, id, now)?;
            let Some((cycle_start, due)) = of_account(&standing, &choices, now) else { continue };
            for Due { kind, threshold, says } in due {
                let cycle_start = cycle_start.clone();
                let key = AlertKey { account: id, kind: kind.to_owned(), threshold, cycle_start };
                if !store.alert_is_sent(&stored(&key)?)? {
                    alerts.push(AlertView { key, account: name.clone(), says });
                }
            }
        }
        Ok(alerts)
    }

    /// Remembers that an alert is told, and with it the lower ones of its kind. False when it was told before.
    pub fn remember_alert(&self, key: &AlertKey) -> Result<bool, AppError> {
        let alert = stored(key)?;
        let now = self.now();
        let mut store = self.store();
        Self::account(&store, alert.account)?;
        store.write(|writing| {
            if alert.kind == "plan-used" {
                for lower in THRESHOLDS.map(i64::from).into_iter().filter(|lower| *lower < alert.threshold) {
                    writing.remember_alert(&Alert { threshold: lower, ..alert.clone() }, now)?;
                }
            }
            Ok(writing.remember_alert(&alert, now)?)
        })
    }
}
