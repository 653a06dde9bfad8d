//! What one person has left, and every pool of it.

use super::row;
use crate::Console;
use headroom_app::answers::{OverviewView, Pool, PoolKind, PoolSource, PoolUse};
use headroom_app::words::{credits, moment};
use headroom_exact::Moment;

/// What is left in all pools that count.
pub(super) fn left(overview: &OverviewView) -> String {
    let allowance = overview.pools.plan.allowance.as_ref();
    let a_month = allowance.map(|all| format!("; the plan has {} a month", credits(all))).unwrap_or_default();
    match &overview.left {
        Some(left) => {
            let most = if overview.left_at_most { "at most " } else { "" };
            format!("{most}{} credits{}", credits(left), until(left, overview))
        }
        None if overview.unlimited => "no limit, as Kiro says".to_owned(),
        None if overview.refresh.undecided => "not known: choose the login first".to_owned(),
        None if overview.quoted.is_some() => format!("not known yet of this cycle{a_month}"),
        None => format!("not known: no usage yet{a_month}"),
    }
}

/// Until when what is left can be used: some of it may be gone before the cycle ends.
fn until(left: &str, overview: &OverviewView) -> String {
    let end = moment(&overview.cycle.end);
    match overview.gone_before.as_slice() {
        [] => format!(" until {end}"),
        [all] if all.credits == left => {
            format!(", all of them gone on {}; the next come on {end}", moment(&all.at))
        }
        some => {
            let each: Vec<_> = some
                .iter()
                .map(|gone| format!("{} are gone on {}", credits(&gone.credits), moment(&gone.at)))
                .collect();
            format!(" until {end}, of which {}", each.join(", "))
        }
    }
}

/// " of 1,000", where there is a limit.
fn of(allowance: Option<&str>) -> String {
    allowance.map(|all| format!(" of {}", credits(all))).unwrap_or_default()
}

/// Every pool, each in a row; what several share beside them.
pub(super) fn rows(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let plan = &overview.pools.plan;
    if let (Some(used), true) = (&plan.used, overview.used.is_some()) {
        row(console, "Plan credits", &format!("{}{} used", credits(used), of(plan.allowance.as_deref())))?;
    }
    for of in &overview.pools.beside {
        let label = match of.kind {
            PoolKind::Plan => "Plan credits",
            PoolKind::Trial => "Trial",
            PoolKind::Bonus => "Grant",
            PoolKind::Pack => "Pack",
        };
        row(console, label, &pool(of, overview.as_of))?;
    }
    if let Some(shared) = &overview.pools.shared {
        let used = format!("{}{}", credits(&shared.used), of(shared.allowance.as_deref()));
        row(console, "Shared", &format!("{used} used of what several share, not in what is left"))?;
    }
    Ok(())
}

/// A pool beside the plan's: what is left of it, until when, and who says so.
fn pool(of: &Pool, now: Moment) -> String {
    let name = of.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    let allowance = of.allowance.as_deref().map_or_else(|| "an unknown number".to_owned(), credits);
    let left = match (&of.left, &of.used) {
        (Some(left), _) => format!("{} of {allowance} left", credits(left)),
        (None, Some(used)) => format!("{} of {allowance} used", credits(used)),
        (None, None) => format!("how much of {allowance} is left isn't known"),
    };
    let end = match (of.state, of.expires_at) {
        (PoolUse::Ended, Some(end)) if end <= now => format!(", gone since {}", moment(&end)),
        // Kiro ends some before their day.
        (PoolUse::Ended, _) => ", gone".to_owned(),
        (_, Some(end)) => format!(", gone on {}", moment(&end)),
        (PoolUse::Unknown, None) => ", until when isn't known".to_owned(),
        (PoolUse::Counts | PoolUse::UsedUp | PoolUse::NoLimit, None) => ", without an end".to_owned(),
    };
    let from = match of.from {
        PoolSource::Computed => "",
        PoolSource::Stated => ", as you entered",
        PoolSource::Kiro => ", as Kiro says",
    };
    let used = of
        .left
        .as_ref()
        .and(of.used.as_ref())
        .map(|used| format!("; {} used", credits(used)))
        .unwrap_or_default();
    format!("{name}{left}{end}{from}{used}")
}
