//! What readers see, whatever they read it from. What vendors say of an account can be kept ([`kept`]), field by field.

mod id;
mod kilo_personal;
mod kilo_team;
mod metered;
mod models;

pub use id::{Id, Key, KeyForm};
pub use kilo_personal::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp, PassSubscription};
pub use kilo_team::{
    PassAgreement, PassMonth, PassSnapshot, SeatSubscription, SubscriptionState, TeamMember, TeamSnapshot,
};
pub(crate) use models::Models;

use crate::wire::kept;
use chrono::NaiveDate;
use headroom_exact::{Balance, Credits, Moment, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a task consumed, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Metering {
    /// Metered: the exact sum as the source gives it ([`Metering::of`]).
    Metered(Decimal),
    /// The source has no metering for it. Unknown is not zero.
    Unknown,
}

/// One task. Of a first import there are hundreds of thousands at once: it takes 80 bytes where its id is a UUID.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageObservation {
    /// The same task has the same key wherever it is seen again.
    pub key: Key,
    /// When it ended.
    pub at: Moment,
    /// What it consumed.
    pub metering: Metering,
    /// The model, where the source names one.
    pub model: Option<Arc<str>>,
}

/// What a plan gives, as the vendor says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowance {
    /// So many credits a cycle.
    Credits(#[serde(with = "kept")] Credits),
    /// As many as one likes.
    NoLimit,
}

/// Whether a grant can still be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantStatus {
    /// It can.
    Active,
    /// All of it is used.
    Exhausted,
    /// Its time is over.
    Expired,
    /// It doesn't say, or says something new.
    Unknown,
    /// What is in it, or when it ends, isn't said or can't be read: it counts nothing, and is never taken to last for ever.
    Unreadable,
}

/// Credits beside the plan's: a trial, a bonus, an add-on pack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantSnapshot {
    /// What the vendor calls it; where it gives no name, what the reader does ([`crate::kiro::unnamed`]).
    pub name: String,
    /// Whether it can still be used.
    pub status: GrantStatus,
    /// Used of it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub used: Option<Credits>,
    /// All of it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub granted: Option<Credits>,
    /// From when on it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub expires_at: Option<Moment>,
    /// In how many days after it was said it is gone, where no moment is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_left: Option<u32>,
}

impl GrantSnapshot {
    /// From when on it is gone, of what was said at a moment: where days are told alone, the beginning of the day they lead
    /// to, so that it is never said to last longer than it does; what goes today, at the day's end.
    pub fn ends_at(&self, said_at: Moment) -> Option<Moment> {
        let day = |days: u32| Moment::on(said_at.plus_days(days.max(1)).date(), 0);
        self.expires_at.or_else(|| self.days_left.map(day))
    }
}

/// A figure that stands in an answer and isn't known all the same: the others lead (rule V9).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// When the credits renew can't be read.
    Reset,
    /// What is owed is no amount.
    Charge,
    /// What is owed isn't in dollars.
    Currency,
    /// The overage switch is neither on nor off.
    Switch,
    /// What was used is cut at the limit: it is at least that.
    UsedAtLeast,
    /// What a trial, a bonus or a pack holds, or when it ends, can't be read: it counts nothing.
    Pool,
}

/// The credits that several share, as they stand beside the user's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedSnapshot {
    /// Used of them, by everybody.
    #[serde(with = "kept")]
    pub used: Credits,
    /// All of them.
    pub allowance: Allowance,
}

/// Something in an answer that can't be: its figures are not followed (rule V3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It counts something else than credits.
    NoCredits,
    /// Several rows say different things of the same.
    SeveralRows,
    /// What was used is no amount.
    Used,
    /// The limit is no amount.
    Limit,
    /// What is beyond the plan is no amount.
    Overage,
}

/// What a vendor says an account has and has used. What it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsSnapshot {
    /// The plan as the vendor writes it, such as "KIRO PRO+".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_title: Option<String>,
    /// Used in the cycle, overage included.
    #[serde(with = "kept")]
    pub used: Option<Credits>,
    /// What the plan gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance: Option<Allowance>,
    /// Of what is used, beyond the plan.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub overage: Option<Credits>,
    /// Dollars owed for it, rounded to the cent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub overage_charges: Option<Money>,
    /// The overage switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overage_enabled: Option<bool>,
    /// Whether the plan can have overage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overage_capable: Option<bool>,
    /// Credits of overage that can be used at most in the cycle.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub overage_cap: Option<Credits>,
    /// Whether it is an organisation's user, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_organisation: Option<bool>,
    /// What several share, beside the user's own credits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<SharedSnapshot>,
    /// When the credits renew.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub resets_at: Option<Moment>,
    /// A trial and bonuses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantSnapshot>,
    /// Add-on packs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<GrantSnapshot>,
    /// Whose account it is, by the vendor's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// What in it can't be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// What stands in it and isn't known all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
}

impl LimitsSnapshot {
    /// The plan's own name, without the vendor's in front: "KIRO PRO+" and "Kiro Pro+" are both one of the plan "Pro+".
    pub fn plan_name(&self) -> Option<&str> {
        let title = self.plan_title.as_deref()?.trim();
        let named = title.split_at_checked(5).filter(|(vendor, _)| vendor.eq_ignore_ascii_case("kiro "));
        Some(named.map_or(title, |(_, plan)| plan.trim()))
    }

    /// Notes that a figure isn't known, once.
    pub(crate) fn lacks(&mut self, gap: Gap) {
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// What the plan itself covered: what is used less overage.
    pub fn plan_used(&self) -> Option<Credits> {
        Some(self.used?.less_at_most_all(self.overage.unwrap_or_default()))
    }

    /// What is left of the plan; none if it has no limit or isn't known.
    pub fn left(&self) -> Option<Credits> {
        match self.allowance? {
            Allowance::Credits(allowance) => Some(allowance.less_at_most_all(self.plan_used()?)),
            Allowance::NoLimit => None,
        }
    }
}

/// A purchase or a gift of a team's credits, as far as it isn't spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditBlock {
    /// Dollars left of it.
    #[serde(with = "kept")]
    pub left: Balance,
    /// From when on it is gone; none if it stays.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub expires_at: Option<Moment>,
    /// Whether it was given, not bought.
    pub free: bool,
}

/// Credits that were bought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditPurchase {
    /// The vendor's own id of it.
    pub id: String,
    /// When.
    #[serde(with = "kept")]
    pub at: Moment,
    /// Dollars of credits.
    #[serde(with = "kept")]
    pub amount: Balance,
}

/// What was spent on a day, as far as a source tells users and models apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SpendRow {
    /// The day, UTC.
    pub date: NaiveDate,
    /// The user, where it is told.
    pub user: Option<String>,
    /// The model, where it is told.
    pub model: Option<String>,
    /// Dollars; none where they can't be read. Unknown is not zero.
    #[serde(with = "kept")]
    pub cost: Option<Balance>,
    /// Requests.
    pub requests: Option<u64>,
    /// Tokens that went in.
    pub input_tokens: Option<u64>,
    /// Tokens that came out.
    pub output_tokens: Option<u64>,
}
