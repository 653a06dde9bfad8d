//! How somebody's own account at Kilo stands.

use super::{
    AccountSummary, BalanceWhy, BurnView, ChargeNote, InvoiceView, LeftOutCharge, MachineView, RefreshView,
    Remaining, SpendView, SpentAxisView, UnreadableRecord, VerdictView,
};
use headroom_exact::Moment;
use serde::Serialize;
use ts_rs::TS;

/// How somebody's own account at Kilo stands. Each figure of Kilo's has the moment at which Kilo said it: one question can
/// stay without an answer while another is answered.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonalView {
    /// Whose.
    pub account: AccountSummary,
    /// What it comes to, in a sentence.
    pub verdict: VerdictView,
    /// What is recorded and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// As of when.
    #[ts(as = "String")]
    pub as_of: Moment,
    /// Why the headline numbers are what they are.
    pub why: BalanceWhy,
    /// Dollars of credits left, as Kilo says; none while it hasn't said.
    pub balance: Option<String>,
    /// The same, for whoever decides by it.
    #[serde(skip)]
    #[ts(skip)]
    pub remaining: Remaining,
    /// When it said so.
    #[ts(as = "Option<String>")]
    pub balance_at: Option<Moment>,
    /// What is left by purchase and gift, the next to go first, those that stay last; none while Kilo hasn't said.
    pub blocks: Option<Vec<BlockView>>,
    /// When it said so.
    #[ts(as = "Option<String>")]
    pub blocks_at: Option<Moment>,
    /// Credits that are bought by themselves; none while Kilo hasn't said.
    pub top_up: Option<OwnTopUpView>,
    /// Kilo Pass; none while Kilo hasn't said whether there is one.
    pub pass: Option<OwnPassView>,
    /// How fast the balance is spent; none while nothing is known of it.
    pub burn: Option<BurnView>,
    /// What was spent; none while no source has said anything.
    pub spend: Option<SpendView>,
    /// The running month by day; none while nothing is known of it.
    pub axis: Option<SpentAxisView>,
    /// What Kilo Pass charges next, with what comes to it; none where nothing is charged, or that isn't known.
    pub next_charge: Option<InvoiceView>,
    /// What is paid by then beside it; none where nothing is known of any.
    pub next_charge_left_out: Option<LeftOutCharge>,
    /// Whether something will be charged, and when.
    pub next: NextChargeView,
    /// What is to be known about these figures.
    pub notes: Vec<ChargeNote>,
    /// What the requests of this machine come to.
    pub machine: Option<MachineView>,
    /// How asking Kilo goes.
    pub refresh: RefreshView,
}

/// A purchase or a gift, as far as it isn't spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BlockView {
    /// Dollars left of it.
    pub left: String,
    /// From when on it is gone; none if it stays.
    pub expires_at: Option<String>,
    /// Whether it was given.
    pub free: bool,
}

/// Credits that are bought by themselves when little is left, as Kilo says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OwnTopUpView {
    /// Whether they are; none where Kilo doesn't say.
    pub enabled: Option<bool>,
    /// Dollars at once; none where Kilo doesn't say.
    pub amount: Option<String>,
    /// Dollars: once less than that is left; none where the price list doesn't say.
    pub threshold: Option<String>,
    /// Whether less than that is left by now.
    pub due: bool,
    /// When Kilo said so.
    #[ts(as = "String")]
    pub at: Moment,
}

/// What is charged next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NextChargeView {
    /// That, when and how much.
    Known,
    /// Something; how much isn't known.
    AmountUnknown,
    /// Nothing by itself.
    Nothing,
    /// Nothing but credits, once little is left.
    TopUp,
    /// Nothing for Kilo Pass; whether credits are bought by themselves nobody says.
    NothingForPass,
    /// Nobody says.
    Unknown,
}

/// Where a Kilo Pass stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OwnPassState {
    /// There is none.
    None,
    /// It runs.
    Runs,
    /// It ends with what is paid.
    Ends,
    /// A payment is failing.
    Fails,
    /// It rests.
    Paused,
    /// Its first payment hasn't been made.
    Pending,
    /// It is over.
    Over,
    /// Kilo says something that isn't known.
    Unknown,
}

/// Kilo Pass, as Kilo says. Amounts are dollars; what it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OwnPassView {
    /// When it said so.
    #[ts(as = "String")]
    pub at: Moment,
    /// Where it stands.
    pub state: OwnPassState,
    /// The tier's name, by the price list where that has it; none where there is none.
    pub name: Option<String>,
    /// Whether the price list has the tier.
    pub tier_known: bool,
    /// How Kilo writes where it stands.
    pub status: Option<String>,
    /// Whether it is paid by the year; none where Kilo doesn't say, or says something else.
    pub yearly: Option<bool>,
    /// Months without a break.
    #[ts(type = "number | null")]
    pub streak: Option<u64>,
    /// Whether the figures of the month are those of the running one: else that month has ended.
    pub of_this_month: bool,
    /// When the month of credits ends.
    pub month_ends_at: Option<String>,
    /// Credits that came with the month.
    pub base: Option<String>,
    /// Spent in it.
    pub used: Option<String>,
    /// The bonus that came in it.
    pub bonus: Option<String>,
    /// The bonus that comes in it once the base is spent.
    pub bonus_ahead: Option<String>,
    /// Still to be spent before it comes; none where it is there, or that isn't known. Computed.
    pub unlocks_after: Option<String>,
    /// The bonus of the next month.
    pub next_bonus: Option<String>,
    /// What the Pass itself is charged next, without what comes to it; none where nothing is, or that isn't known.
    pub next_charge: Option<String>,
    /// When it is billed next; none where it isn't, or Kilo doesn't say.
    pub next_charge_at: Option<String>,
    /// When it ends, where it does.
    pub ends_at: Option<String>,
    /// When it goes on, where it is paused.
    pub resumes_at: Option<String>,
}
