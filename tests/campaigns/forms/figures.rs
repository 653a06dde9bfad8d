//! What was read of an answer: its figures, and the reasons why some are none.

use super::changes::How;
use headroom_exact::{Balance, Credits, Moment};
use headroom_sources::observation::{
    Allowance, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot, TeamSnapshot,
};
use headroom_sources::wire::missing::TeamPart;
use std::collections::{BTreeMap, BTreeSet};

/// When all of it is asked.
pub const NOW: &str = "2026-11-25T12:00:00Z";

pub fn now() -> Moment {
    NOW.parse().expect("a moment")
}

/// A reset is of this cycle or of one beside it.
const NEAR: i64 = 62 * 86_400;

#[derive(Default, Debug)]
pub struct Figures {
    /// Each by its name; none is that it isn't known.
    figures: BTreeMap<String, Option<String>>,
    /// Why figures are none or are not followed: `odd`, or what isn't known.
    pub reasons: BTreeSet<String>,
}

/// What excuses that a figure isn't what it was.
fn excuse(name: &str) -> &'static str {
    match name.split(' ').next().unwrap_or_default() {
        "used" => "UsedAtLeast",
        "charge" => "Charge",
        "switch" => "Switch",
        "reset" => "Reset",
        "pool" => "Pool",
        "balance" => "Balance",
        "seats" => "Seats",
        "block" | "purchase" => "Credits",
        "member" => "Members",
        _ => "odd",
    }
}

impl Figures {
    fn set(&mut self, name: impl Into<String>, figure: Option<String>) {
        self.figures.insert(name.into(), figure);
    }

    /// That what is read now is what was read before, as far as the change leaves it so.
    pub fn holds(&self, after: &Self, how: How) -> Result<(), String> {
        if after.reasons.contains("odd") {
            return if how == How::Same { Err("odd, though it says the same".to_owned()) } else { Ok(()) };
        }
        if how == How::Same && self.figures != after.figures {
            return Err(format!("{:?} became {:?}", self.figures, after.figures));
        }
        let names: BTreeSet<_> = self.figures.keys().chain(after.figures.keys()).collect();
        for name in names {
            let (was, is) = (self.figures.get(name), after.figures.get(name));
            let has_reason = after.reasons.contains(excuse(name))
                || (name == "charge" && after.reasons.contains("Currency"));
            let fine = match (was, is) {
                (was, is) if was == is => true,
                _ if has_reason => true,
                // It isn't said any more: unknown, and never another figure.
                (_, None | Some(None)) => {
                    how == How::Gone || is == Some(&None) && was.is_some() && !name.starts_with("pool")
                }
                (Some(Some(was)), Some(Some(is))) => how == How::Gone && coarser(was, is),
                (None | Some(None), Some(Some(_))) => false,
            };
            if !fine {
                return Err(format!("{name} was {was:?} and is {is:?}, with {:?}", after.reasons));
            }
        }
        Ok(())
    }
}

/// Whether it is less than a credit away: what the vendor says besides, where the precise figure isn't there.
fn coarser(was: &str, is: &str) -> bool {
    let hundredths = |text: &str| text.replace('.', "").parse::<i64>().ok();
    let both = hundredths(was).zip(hundredths(is));
    is.ends_with(".00") && both.is_some_and(|(was, is)| (was - is).abs() < 100)
}

fn text(amount: Option<impl ToString>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

/// What is left of a pool; none where it counts nothing, for a reason.
fn left(pool: &GrantSnapshot, used: Credits, granted: Credits) -> Credits {
    let is_over = pool.ends_at(now()).is_some_and(|end| end <= now());
    match pool.status {
        GrantStatus::Expired | GrantStatus::Exhausted | GrantStatus::Unreadable => Credits::ZERO,
        GrantStatus::Active | GrantStatus::Unknown if is_over => Credits::ZERO,
        GrantStatus::Active | GrantStatus::Unknown => granted.less_at_most_all(used),
    }
}

pub fn of_limits(limits: &LimitsSnapshot) -> Figures {
    let mut figures = Figures::default();
    figures.set("used", text(limits.used));
    figures.set(
        "limit",
        limits.allowance.map(|allowance| match allowance {
            Allowance::Credits(credits) => credits.to_string(),
            Allowance::NoLimit => "none".to_owned(),
        }),
    );
    figures.set("overage", text(limits.overage));
    figures.set("charge", text(limits.overage_charges));
    figures.set("switch", text(limits.overage_enabled));
    let near = |reset: &Moment| reset.seconds_since(now()).abs() <= NEAR;
    figures.set("reset", text(limits.resets_at.filter(near)));
    if limits.resets_at.is_some_and(|reset| !near(&reset)) {
        figures.reasons.insert(format!("{:?}", Gap::Reset));
    }
    for pool in limits.grants.iter().chain(&limits.packs) {
        // Its size tells it apart, whatever it is called.
        let name = format!("pool {}", text(pool.granted).unwrap_or_default());
        figures.set(format!("{name} used"), text(pool.used));
        figures.set(format!("{name} end"), text(pool.ends_at(now())));
        let amounts = pool.used.zip(pool.granted);
        figures.set(format!("{name} left"), text(amounts.map(|(used, granted)| left(pool, used, granted))));
    }
    figures.reasons.extend(limits.gaps.iter().map(|gap| format!("{gap:?}")));
    // What no answer can be without is odd where it isn't there (rule V3).
    if !limits.doubts.is_empty() || limits.used.is_none() || limits.allowance.is_none() {
        figures.reasons.insert("odd".to_owned());
    }
    figures
}

pub fn of_team(team: &TeamSnapshot) -> Figures {
    let mut figures = Figures::default();
    figures.set("balance", text(team.balance));
    figures.set("seats paid", text(team.seats));
    figures.set("seats taken", text(team.seats_taken));
    figures.set("top-up", text(team.auto_top_up));
    let dollars = |amount: Balance| amount.to_string();
    for block in team.blocks.iter().flatten() {
        let end = block.expires_at.map_or_else(|| "never".to_owned(), |end| end.to_string());
        figures.set(format!("block {}", dollars(block.left)), Some(format!("{end} {}", block.free)));
    }
    for bought in team.purchases.iter().flatten() {
        figures.set(format!("purchase {}", dollars(bought.amount)), text(Some(bought.at)));
    }
    for (index, member) in team.members.iter().enumerate() {
        figures.set(format!("member {index} limit"), text(member.daily_limit));
        figures.set(format!("member {index} spent"), text(member.spent_today));
    }
    figures.reasons.extend(team.missing.iter().map(|missing| match missing.part {
        TeamPart::Seats => "Seats".to_owned(),
        TeamPart::Credits => "Credits".to_owned(),
        TeamPart::Balance => "Balance".to_owned(),
        TeamPart::Members => "Members".to_owned(),
        part @ (TeamPart::PaidSeats
        | TeamPart::Pass
        | TeamPart::PassMonth
        | TeamPart::TopUp
        | TeamPart::Spending) => {
            format!("{part:?}")
        }
    }));
    figures
}
