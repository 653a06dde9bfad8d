//! The first view: how an account stands.

use super::{
    AccountSummary, AssumptionView, InvoiceView, QuotedView, RefreshView, Repriced, Span, UnreadableRecord,
};
use serde::Serialize;
use ts_rs::TS;

/// How an account stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OverviewView {
    /// Whose.
    pub account: AccountSummary,
    /// What is recorded and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// As of when.
    pub as_of: String,
    /// The plan's name.
    pub plan: String,
    /// The plan from the cycle's end on, when a change is scheduled.
    pub next_plan: Option<String>,
    /// The running cycle.
    pub cycle: Span,
    /// Credits left, plan and bonus; none while no usage was ever recorded: then it is not known.
    pub left: Option<String>,
    /// Whether that is the most it can be: it is computed from the tasks recorded on this machine alone, and what was used
    /// elsewhere isn't among them.
    pub left_at_most: bool,
    /// Credits used in this cycle; none as for `left`.
    pub used: Option<String>,
    /// Whether that is the least it can be, for the same reason.
    pub used_at_least: bool,
    /// Used of what this cycle has in all pools, in tenths of a percent.
    pub used_permille: u32,
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
    /// The overage switch and what it would do.
    pub overage: OverageView,
    /// The recent days, oldest first, without gaps.
    pub days: Vec<DayView>,
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

/// Plan, bonus and what neither covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pools {
    /// The plan's.
    pub plan: Pool,
    /// The bonus, until it expires or is used up.
    pub bonus: Option<BonusPool>,
    /// Credits granted beside the plan, in the order they are used (N7).
    pub grants: Vec<ExtraPool>,
    /// Add-on packs, in the order they are used (N4).
    pub packs: Vec<ExtraPool>,
    /// Credits beyond the plan that are charged.
    pub overage: String,
    /// Their price so far.
    pub overage_charge: String,
    /// Credits beyond the plan that are not charged (K6).
    pub uncovered: String,
}

/// A pool of credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pool {
    /// Its size.
    pub allowance: String,
    /// Used of it.
    pub used: String,
    /// Left of it.
    pub left: String,
    /// Used of it, in tenths of a percent.
    pub used_permille: u32,
}

/// Bonus credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BonusPool {
    /// The credits.
    pub pool: Pool,
    /// From then on they are gone.
    pub expires_at: String,
}

/// A grant or a pack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ExtraPool {
    /// What a grant is called, where that is known.
    pub name: Option<String>,
    /// Its credits.
    pub pool: Pool,
    /// From then on it is gone; none if it stays.
    pub expires_at: Option<String>,
    /// Who says so.
    pub from: PoolSource,
}

/// Who says what there is of a grant or a pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PoolSource {
    /// The account's owner stated it.
    Stated,
    /// Kiro.
    Kiro,
}

/// How long until something, rounded down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TimeLeft {
    /// Whole days.
    pub days: u32,
    /// Whole hours, days included.
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
        /// How long until then.
        time_left: TimeLeft,
    },
    /// They have ended.
    AtLimit,
}

/// Credits that can be bought ahead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PackOfferView {
    /// Dollars of the smallest purchase.
    pub smallest: String,
    /// Dollars of the largest.
    pub largest: String,
    /// The credits that the smallest buys.
    pub credits: String,
    /// Dollars a credit.
    pub unit_price: String,
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
pub struct OverageView {
    /// Which switch is turned from here.
    pub switch: OverageSwitch,
    /// What was last asked of the switch at Kiro, and whether Kiro shows it.
    pub request: Option<OverageRequestView>,
    /// The add-on packs that a paid plan of this price list has instead; none where there is overage.
    pub packs: Option<PackOfferView>,
    /// What packs would cost at this pace; none where none are sold, what is left is enough, or there is no pace.
    pub packs_ahead: Option<PacksAheadView>,
    /// Whether Kiro charges it in another currency than dollars: then what it comes to isn't known.
    pub other_currency: bool,
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
    /// The plan's credits, where requests stop without it.
    pub allowance: String,
    /// Credits beyond the plan by the cycle's end, at an even pace, if it is on.
    pub credits_at_this_pace: Option<String>,
    /// Their price, with what is charged already.
    pub charge_at_this_pace: Option<String>,
}

/// A day's usage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DayView {
    /// The UTC date: YYYY-MM-DD.
    pub date: String,
    /// Credits; none when nothing is recorded for the day.
    pub credits: Option<String>,
    /// Tasks with metering.
    pub tasks: u32,
    /// Tasks of unknown cost.
    pub unmetered: u32,
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
