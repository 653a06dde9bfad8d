//! What readers see, whatever they read it from.

use headroom_billing::{Credits, Moment, Money};

/// What a task consumed, as far as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Metering {
    /// Metered.
    Metered {
        /// As billed: rounded to 0.01, at least 0.01 unless nothing was metered (K4).
        credits: Credits,
        /// The exact sum as the source gives it, a decimal.
        exact: String,
    },
    /// The source has no metering for it. Unknown is not zero.
    Unknown,
}

/// One task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsageObservation {
    /// The same task has the same key wherever it is seen again.
    pub key: String,
    /// When it ended.
    pub at: Moment,
    /// What it consumed.
    pub metering: Metering,
    /// The model, where the source names one.
    pub model: Option<String>,
    /// The session it belongs to.
    pub session: String,
}

/// What a plan gives, as the vendor says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowance {
    /// So many credits a cycle.
    Credits(Credits),
    /// As many as one likes.
    NoLimit,
}

/// Whether a grant can still be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantStatus {
    /// It can.
    Active,
    /// All of it is used.
    Exhausted,
    /// Its time is over.
    Expired,
    /// It doesn't say, or says something new.
    Unknown,
}

/// Credits beside the plan's: a trial, a bonus, an add-on pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantSnapshot {
    /// What the vendor calls it.
    pub name: String,
    /// Whether it can still be used.
    pub status: GrantStatus,
    /// Used of it.
    pub used: Option<Credits>,
    /// All of it.
    pub granted: Option<Credits>,
    /// From when on it is gone.
    pub expires_at: Option<Moment>,
}

/// What a vendor says an account has and has used. What it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LimitsSnapshot {
    /// The plan as the vendor writes it, such as "KIRO PRO+".
    pub plan_title: Option<String>,
    /// Used in the cycle, overage included.
    pub used: Option<Credits>,
    /// What the plan gives.
    pub allowance: Option<Allowance>,
    /// Of what is used, beyond the plan.
    pub overage: Option<Credits>,
    /// Dollars owed for it, rounded to the cent.
    pub overage_charges: Option<Money>,
    /// The overage switch.
    pub overage_enabled: Option<bool>,
    /// Whether the plan can have overage.
    pub overage_capable: Option<bool>,
    /// When the credits renew.
    pub resets_at: Option<Moment>,
    /// A trial and bonuses.
    pub grants: Vec<GrantSnapshot>,
    /// Add-on packs.
    pub packs: Vec<GrantSnapshot>,
    /// Whose account it is, by the vendor's id.
    pub user_id: Option<String>,
}

impl LimitsSnapshot {
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
