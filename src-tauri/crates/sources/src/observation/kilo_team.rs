//! What Kilo says of a team. What it doesn't say is none.

use super::{CreditBlock, CreditPurchase, SpendRow};
use crate::wire::kept;
use crate::wire::missing::Missing;
use headroom_exact::{Balance, Moment};
use serde::{Deserialize, Serialize};

/// Somebody in a team.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// What they are called.
    pub name: String,
    /// Such as `owner`, `member` or `billing_manager`.
    pub role: String,
    /// Whether they were invited and haven't come yet.
    pub invited: bool,
    /// Dollars a day that they may spend at most.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub daily_limit: Option<Balance>,
    /// Dollars spent today.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub spent_today: Option<Balance>,
    /// Their address, where spending is told by it: any other serves nothing and isn't kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether their address was told and looked for in what was spent: then without one nothing of it is theirs.
    #[serde(default)]
    pub is_compared: bool,
}

impl TeamSnapshot {
    /// Keeps of members' addresses only those by which some of this is told to be spent.
    pub fn keep_addresses_of(&mut self, spending: Option<&[SpendRow]>) {
        for member in &mut self.members {
            let told = member.email.take();
            member.is_compared = told.is_some() && spending.is_some();
            let spends = |address: &String| {
                let users = spending.unwrap_or_default().iter().filter_map(|row| row.user.as_deref());
                users.map(str::trim).any(|user| user.eq_ignore_ascii_case(address.trim()))
            };
            member.email = told.filter(spends);
        }
    }
}

/// Kilo Pass of a team as the vendor says it. What it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassSnapshot {
    /// Such as `active`, `cancel_at_period_end` or `unavailable`.
    pub state: String,
    /// What it costs and brings; none where there is no agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<PassAgreement>,
    /// The running month of credits; none where it isn't told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<PassMonth>,
}

/// What a Kilo Pass costs and brings, for a pass and month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassAgreement {
    /// The tier, such as `tier_49`.
    pub tier: String,
    /// Whether it is paid by the year.
    pub yearly: bool,
    /// Passes, one for each paid seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passes: Option<u64>,
    /// Until when it is paid.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub paid_through: Option<Moment>,
    /// Dollars.
    #[serde(with = "kept")]
    pub price: Balance,
    /// Dollars of credits that stay.
    #[serde(with = "kept")]
    pub base: Balance,
    /// Dollars of credits that go when the month ends.
    #[serde(with = "kept")]
    pub bonus: Balance,
    /// Dollars to be spent before the bonus is there.
    #[serde(with = "kept")]
    pub unlock: Balance,
    /// Whether the bonus is there from the month's beginning.
    pub upfront: bool,
}

/// A month of a Kilo Pass's credits, of every organisation that has some of its passes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassMonth {
    /// When it ends.
    #[serde(with = "kept")]
    pub ends_at: Moment,
    /// Dollars of base credits that came.
    #[serde(with = "kept")]
    pub base: Balance,
    /// Dollars that were spent of what is to be spent before the bonus is there.
    #[serde(with = "kept")]
    pub spent: Balance,
    /// Dollars that are to be spent.
    #[serde(with = "kept")]
    pub target: Balance,
    /// Dollars of bonus in all.
    #[serde(with = "kept")]
    pub bonus: Balance,
    /// Dollars of bonus that is there.
    #[serde(with = "kept")]
    pub unlocked: Balance,
}

/// Whether the subscription of a team's seats goes on, as the vendor says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubscriptionState {
    /// There is none: a team on trial, or one that is billed otherwise.
    Absent,
    /// It goes on.
    Runs,
    /// A payment for it is failing.
    Failing,
    /// It ends with the running cycle.
    Ending,
    /// It has ended.
    Ended,
    /// What is said of it isn't known.
    Unknown,
}

/// The subscription of a team's seats, as the vendor says it. What it doesn't say is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatSubscription {
    /// Whether it goes on.
    pub state: SubscriptionState,
    /// When it ends, or ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub ends_at: Option<Moment>,
    /// When the running cycle ends.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub renews_at: Option<Moment>,
    /// Dollars of a seat for a cycle.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub seat_price: Option<Balance>,
    /// Months of a cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
}

impl SeatSubscription {
    /// One of which nothing else is told.
    pub const fn of(state: SubscriptionState) -> Self {
        Self { state, ends_at: None, renews_at: None, seat_price: None, months: None }
    }
}

/// What a vendor says a team has. What it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamSnapshot {
    /// Its id by the answer's own word; none where an older version didn't keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The plan, such as `teams`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Dollars of credits left.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub balance: Option<Balance>,
    /// Seats that there are; those that are free of charge are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u64>,
    /// Seats that the subscription charges; none where only an owner may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_paid: Option<u64>,
    /// Seats that there are from the next cycle on; none where they stay as many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_next: Option<u64>,
    /// Seats that the subscription charges from the next cycle on, where that is known to be fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_paid_next: Option<u64>,
    /// The subscription of its seats; none where only an owner may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<SeatSubscription>,
    /// Seats taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats_taken: Option<u64>,
    /// Whether credits are bought by themselves when few are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_top_up: Option<bool>,
    /// Dollars that are bought so at once; none where only an owner may see them.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "kept")]
    pub top_up_amount: Option<Balance>,
    /// Kilo Pass; none where it isn't told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<PassSnapshot>,
    /// Credits that are left, by purchase; none where only an owner may see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<CreditBlock>>,
    /// Purchases that are still told, used up or not; none where the login may not see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchases: Option<Vec<CreditPurchase>>,
    /// Everybody in it.
    pub members: Vec<TeamMember>,
    /// The questions that were not answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}
