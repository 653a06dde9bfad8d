//! The first view: how an account stands.

use super::{
    AccountSummary, AssumptionView, AxisView, InvoiceView, LeftOutCharge, OverviewWhy, PackOfferView,
    QuotedView, RefreshView, Remaining, Repriced, Span, UnreadableRecord, VerdictView,
};
use headroom_exact::{Credits, Moment, Money, Saying};
use serde::Serialize;
use ts_rs::TS;

/// How an account stands.
#[derive(Clone, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the figures")]
pub struct OverviewView {
    /// Whose.
    pub account: AccountSummary,
    /// What it comes to, in a sentence.
    pub verdict: VerdictView,
    /// What is recorded and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// As of when.
    #[ts(as = "String")]
    pub as_of: Moment,
    /// The plan's name; of one that no price list has, as Kiro writes it.
    pub plan: String,
    /// Whether no price list has the plan: its price isn't known, and of its credits what Kiro told.
    pub plan_unlisted: bool,
    /// The plan from the cycle's end on, when a change is scheduled.
    pub next_plan: Option<String>,
    /// The running cycle: when it ends is Kiro's word where that leads, else the calendar month.
    pub cycle: Span,
    /// Credits left in all pools that count (V5); none while nothing is known of the usage, and where there is no limit.
    pub left: Option<String>,
    /// The same, for whoever decides by it.
    #[serde(skip)]
    #[ts(skip)]
    pub remaining: Remaining,
    /// Why `left`, and with it every amount of the pools that follows from usage, isn't known; none where it is, and where
    /// there is no limit.
    #[ts(as = "Option<super::Saying>")]
    pub unknown: Option<Saying>,
    /// Of `left`, what is gone before the cycle ends, whatever is used until then: the first to go first.
    pub gone_before: Vec<GoneBefore>,
    /// Whether that is the most it can be: it is computed from the tasks recorded on this machine alone, and what was used
    /// elsewhere isn't among them.
    pub left_at_most: bool,
    /// Whether there is no limit, as Kiro says.
    pub unlimited: bool,
    /// Of what is left, the plan's; none as for `left`.
    pub plan_left: Option<String>,
    /// Of what is left, a trial's; none where there is none.
    pub trial_left: Option<String>,
    /// Of what is left, what other credits that were granted have; none where there are none.
    pub bonuses_left: Option<String>,
    /// Of what is left, what add-on packs have; none where there are none.
    pub packs_left: Option<String>,
    /// Credits of overage that can be used at most in the cycle, where Kiro says so.
    pub overage_cap: Option<String>,
    /// What of them is left.
    #[ts(as = "Option<String>")]
    pub overage_cap_left: Option<Credits>,
    /// Dollars that all of them come to.
    pub overage_charge_at_most: Option<String>,
    /// Credits used in this cycle; none as for `left`.
    pub used: Option<String>,
    /// Whether that is the least it can be, for the same reason.
    pub used_at_least: bool,
    /// Used of what this cycle has in all pools, in tenths of a percent; none as for `used`.
    pub used_permille: Option<u32>,
    /// The pools, apart.
    pub pools: Pools,
    /// Whether requests pause now (K6).
    pub paused: bool,
    /// How long until the credits renew.
    pub reset_in: TimeLeft,
    /// How far the cycle is, in tenths of a percent.
    pub elapsed_permille: u32,
    /// Where an even pace leads; none while too little was seen.
    pub pace: Option<PaceView>,
    /// What the cycle's end charges.
    pub next_charge: Option<InvoiceView>,
    /// What it comes to at an even pace, tax included; none where that is the same, or can't be told.
    pub next_charge_at_this_pace: Option<String>,
    /// What is paid by then beside it; none where nothing is known of any.
    pub next_charge_left_out: Option<LeftOutCharge>,
    /// Why that isn't known; none where it is, also where nothing is charged.
    #[ts(as = "Option<super::Saying>")]
    pub next_charge_unknown: Option<Saying>,
    /// The overage switch and what it would do.
    pub overage: OverageView,
    /// Why the headline numbers are what they are.
    pub why: OverviewWhy,
    /// The running cycle by day.
    pub axis: AxisView,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// Tasks of this cycle whose cost is an estimate, in no other figure; none if there are none.
    pub estimated: Option<EstimatedView>,
    /// What Kiro itself says, once it was asked.
    pub quoted: Option<QuotedView>,
    /// How asking Kiro goes.
    pub refresh: RefreshView,
    /// Past months that are charged otherwise since accounts go by the price list in force; none where none is, or it was
    /// put away.
    pub repriced: Option<Repriced>,
    /// What no source settles of these figures.
    pub assumptions: Vec<AssumptionView>,
}

/// Tasks whose cost is an estimate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct EstimatedView {
    /// Credits, by estimate.
    pub credits: String,
    /// How many tasks.
    pub tasks: u32,
}

/// Credits that are gone before the cycle ends.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct GoneBefore {
    /// How many.
    pub credits: String,
    /// From then on.
    pub at: String,
}

/// Every pool of credits, and what none of them covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pools {
    /// The plan's.
    pub plan: Pool,
    /// Those beside it: a trial, other grants, add-on packs, each in the order they are used (K2, N4, N7).
    pub beside: Vec<Pool>,
    /// What several share, which is in no figure; none where Kiro names nothing of the kind beside the user's own.
    pub shared: Option<SharedPool>,
    /// Credits beyond the plan that are charged; none while nothing is known of the usage.
    #[ts(as = "Option<String>")]
    pub overage: Option<Credits>,
    /// Dollars for them so far, as Kiro charges where it says so (V6); none as for them, and where it does so in another
    /// currency.
    pub overage_charge: Option<String>,
    /// What the price list makes of them, where that is another amount.
    pub overage_by_price: Option<String>,
    /// Dollars between the two, with a sign: what Kiro charges beyond the list's price.
    pub overage_difference: Option<String>,
    /// Credits beyond the plan that are not charged (K6); none while nothing is known of the usage.
    #[ts(as = "Option<String>")]
    pub uncovered: Option<Credits>,
}

/// What a pool of credits is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PoolKind {
    /// The plan's credits.
    Plan,
    /// A trial's.
    Trial,
    /// Others that were granted.
    Bonus,
    /// An add-on pack's.
    Pack,
}

/// Whether a pool can be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PoolUse {
    /// It can: it is in what is left.
    Counts,
    /// All of it is used.
    UsedUp,
    /// Its time is over.
    Ended,
    /// It isn't known what is in it: it is in no figure.
    Unknown,
    /// It has no limit.
    NoLimit,
}

/// A pool of credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pool {
    /// What it is.
    pub kind: PoolKind,
    /// What it is called, where that is known.
    pub name: Option<String>,
    /// Its size; none without a limit, and where it isn't known.
    pub allowance: Option<String>,
    /// Used of it; none where it isn't known.
    pub used: Option<String>,
    /// Left of it; none without a limit, and where it isn't known.
    pub left: Option<String>,
    /// Used of it, in tenths of a percent; none where either isn't known, and without a limit.
    pub used_permille: Option<u32>,
    /// From then on it is gone; none if it stays.
    #[ts(as = "Option<String>")]
    pub expires_at: Option<Moment>,
    /// Whether it can be used.
    pub state: PoolUse,
    /// Who says so.
    pub from: PoolSource,
}

/// Credits that several share.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SharedPool {
    /// Used of them, by everybody.
    pub used: String,
    /// All of them; none without a limit.
    pub allowance: Option<String>,
}

/// Who says what there is of a pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PoolSource {
    /// Headroom computes it from the price list and the recorded tasks.
    Computed,
    /// The account's owner stated it.
    Stated,
    /// Kiro.
    Kiro,
}

/// How long until something, each to the nearest: no whole time is promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TimeLeft {
    /// Days.
    pub days: u32,
    /// Hours, days included.
    pub hours: u32,
}

/// Where an even pace leads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PaceView {
    /// Something is left when the credits renew.
    LeftAtReset {
        /// Its share, in percent.
        percent: u32,
        /// How much.
        credits: String,
    },
    /// The credits end before that.
    LimitAt {
        /// When.
        at: String,
        /// About how long until then, to the nearest.
        time_left: TimeLeft,
    },
    /// They have ended.
    AtLimit,
    /// They can't end: Kiro says that there is no limit.
    NoLimit,
}

/// Packs bought when an even pace has used up what is left, before the cycle ends. Amounts are without tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PacksAheadView {
    /// When nothing is left: now, or later in the cycle.
    pub from: String,
    /// Until when the smallest pack lasts if it is bought then; none if to the cycle's end, or longer.
    pub lasts_until: Option<String>,
    /// Credits that are missing until the cycle's end.
    pub beyond: String,
    /// Dollars of packs for all of them.
    pub to_the_end: String,
}

/// The overage switch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the switch")]
pub struct OverageView {
    /// Which switch is turned from here.
    pub switch: OverageSwitch,
    /// What was last asked of the switch at Kiro, and whether Kiro shows it.
    pub request: Option<OverageRequestView>,
    /// The add-on packs that a paid plan of this price list has instead; none where there is overage.
    pub packs: Option<PackOfferView>,
    /// What packs would cost at this pace; none where none are sold, what is left is enough, or there is no pace.
    pub packs_ahead: Option<PacksAheadView>,
    /// Its recorded position.
    pub enabled: bool,
    /// When it was turned here; none when its position comes from the account's facts.
    pub set_at: Option<String>,
    /// Whether the plan has overage at all (K5).
    pub available: bool,
    /// Whether the plan after this cycle has it: if not, it goes off then (K5).
    pub goes_off_with_plan: bool,
    /// Dollars a credit.
    pub unit_price: String,
    /// The plan's credits, where requests stop without it; none without a limit.
    pub allowance: Option<String>,
    /// Whether it is on and keeps no requests running: Kiro still shows it on where packs took its place, or the cap is
    /// reached.
    pub idle: bool,
    /// Credits beyond the plan by the cycle's end, at an even pace, if it is on.
    pub credits_at_this_pace: Option<String>,
    /// Their price, with what is charged already.
    #[ts(as = "Option<String>")]
    pub charge_at_this_pace: Option<Money>,
}

/// Where the figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Provenance {
    /// Tasks with metering that are known.
    pub tasks: u32,
    /// Tasks of unknown cost: they are in no figure.
    pub unmetered: u32,
    /// The last day with usage: YYYY-MM-DD.
    pub last_day: Option<String>,
    /// Tasks that ran while, by the facts, requests were paused.
    pub while_paused: u32,
    /// Tasks before the sign-up day, left out.
    pub before_sign_up: u32,
}

/// Which overage switch is turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OverageSwitch {
    /// What Headroom computes with; Kiro's is turned there.
    Recorded,
    /// Kiro's own: the account's figures have been seen.
    AtKiro,
}

/// The overage switch as it was asked of Kiro.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OverageRequestView {
    /// On or off.
    pub enabled: bool,
    /// When it was asked.
    pub at: String,
    /// Whether Kiro shows it.
    pub state: RequestState,
}

/// Whether a request is seen at the vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// Not yet.
    Requested,
    /// It is.
    Confirmed,
    /// Not within a minute.
    NotConfirmed,
}
