//! How a team stands.

use super::{
    AccountSummary, BalanceWhy, ChargeNote, ChargeRangeView, InvoiceView, LeftOutCharge, MachineView,
    RefreshView, Remaining, SpendView, SpentAxisView, UnreadableRecord, VerdictView, WhyView,
};
use headroom_billing::team::Status;
use headroom_exact::{Balance, Moment, Saying};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a team stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TeamView {
    /// Whose.
    pub account: AccountSummary,
    /// What it comes to, in a sentence.
    pub verdict: VerdictView,
    /// What its seats come to, in a sentence.
    pub seats_verdict: VerdictView,
    /// Why those are what they are; none where nothing is known of them.
    pub seats_why: Option<WhyView>,
    /// What is recorded and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// As of when.
    #[ts(as = "String")]
    pub as_of: Moment,
    /// The plan as Kilo writes it.
    pub plan: Option<String>,
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
    /// Credits that go before they are spent, the next to go first.
    pub expiring: Vec<ExpiringView>,
    /// Whether credits are bought by themselves when few are left.
    pub auto_top_up: Option<bool>,
    /// What is bought then; none where that is off, or isn't known.
    pub top_up: Option<TopUpView>,
    /// Kilo Pass; none where there is none, or nobody says.
    pub pass: Option<PassView>,
    /// How fast the balance is spent; none while nothing is known of it.
    pub burn: Option<BurnView>,
    /// What was spent; none while no source has said anything.
    pub spend: Option<SpendView>,
    /// The running month by day; none while nothing is known of it.
    pub axis: Option<SpentAxisView>,
    /// Seats, where they are known.
    pub seats: Option<SeatsView>,
    /// Everybody in it, and who else spent of its credits this month: who spent the most first.
    pub members: Vec<MemberView>,
    /// What the next cycle's start charges; none while the team's facts aren't known.
    pub next_charge: Option<InvoiceView>,
    /// What is paid by then beside it; none where nothing is known of any.
    pub next_charge_left_out: Option<LeftOutCharge>,
    /// When that is.
    pub next_charge_at: Option<String>,
    /// Why nothing is charged then; none where something is, or that isn't known.
    #[ts(as = "Option<super::Saying>")]
    pub next_charge_none: Option<Saying>,
    /// What is to be known about these figures.
    pub notes: Vec<ChargeNote>,
    /// What follows from a payment that failed; none unless one is failing by the facts.
    pub dunning: Option<DunningView>,
    /// What the requests of this machine come to, beside what the team spent.
    pub machine: Option<MachineView>,
    /// How asking Kilo goes.
    pub refresh: RefreshView,
}

/// Credits that go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ExpiringView {
    /// Dollars left of them.
    pub left: String,
    /// From when on they are gone.
    pub at: String,
    /// Whether they were given.
    pub free: bool,
}

/// How fast the balance is spent. Computed from what was spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BurnView {
    /// Dollars a day.
    #[ts(as = "String")]
    pub a_day: Balance,
    /// Over how many days that is seen.
    pub days_seen: u32,
    /// When nothing is left; none if nothing is spent, or the balance isn't known.
    pub run_out_at: Option<String>,
    /// Days until then, from date to date (UTC).
    pub days_left: Option<u32>,
    /// The smallest purchase that lasts another 30 days; none if none is needed.
    pub top_up: Option<String>,
    /// What is bought by itself until the next cycle; none if nothing is, or it isn't known that anything would be.
    pub automatic: Option<TopUpsView>,
}

/// What is bought by itself when little is left.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TopUpView {
    /// Dollars of credits at once.
    pub amount: String,
    /// Dollars: once less than that is left.
    pub threshold: String,
    /// Whether less than that is left by now.
    pub due: bool,
    /// Whether the amount is the owner's word, not Kilo's.
    pub stated: bool,
}

/// What will be bought by itself until the next cycle, at this pace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TopUpsView {
    /// Dollars of credits at once.
    pub amount: String,
    /// What one of them charges, with fee and tax.
    pub charge: String,
    /// When the first comes.
    pub first_at: String,
    /// How many more come until then.
    #[ts(type = "number")]
    pub more: u64,
    /// Until when: the next cycle's start.
    pub until: String,
    /// What all of them charge.
    pub charges: String,
}

/// Kilo Pass.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PassView {
    /// The tier's name.
    pub name: String,
    /// Whether it is the owner's word, not Kilo's.
    pub stated: bool,
    /// Passes, one for each paid seat; none where that isn't known.
    #[ts(type = "number | null")]
    pub passes: Option<u64>,
    /// Dollars a pass and month.
    pub price: String,
    /// Whether it ends with the cycle.
    pub ends: bool,
    /// Until when it is paid, as Kilo says.
    pub paid_through: Option<String>,
    /// The running month of credits; none where Kilo doesn't say.
    pub month: Option<PassMonthView>,
}

/// A month of Kilo Pass's credits, as Kilo says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PassMonthView {
    /// When it ends: what is left of the bonus goes then.
    pub ends_at: String,
    /// Dollars that came as base.
    pub base: String,
    /// Dollars of bonus in all.
    pub bonus: String,
    /// Dollars of bonus that is there.
    pub unlocked: String,
    /// Dollars that were spent of the target.
    pub spent: String,
    /// Dollars that are to be spent before the bonus is there.
    pub target: String,
}

/// Seats.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SeatsView {
    /// Paid for.
    #[ts(type = "number")]
    pub paid: u64,
    /// Taken; none where that isn't known.
    #[ts(type = "number | null")]
    pub taken: Option<u64>,
    /// Paid for and not taken; one stays at least.
    #[ts(type = "number")]
    pub unused: u64,
    /// What the next cycle costs less without those, before tax; none while the seat's price isn't known.
    pub saves: Option<String>,
}

/// Somebody in the team, or who spent of its credits this month without being in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct MemberView {
    /// What they are called; none where it isn't told by whom something was spent.
    pub name: Option<String>,
    /// Their address; none where it isn't told.
    pub email: Option<String>,
    /// Their role as Kilo writes it; none of who isn't in the team.
    pub role: Option<String>,
    /// Whether they sit on a seat.
    pub seat: MemberSeat,
    /// Dollars spent this month, UTC; none where that isn't known.
    pub this_month: Option<String>,
    /// Whether that is a part only.
    pub at_least: bool,
    /// Of everything that is known to be spent this month, in tenths of a percent.
    pub permille: u32,
    /// The last of the recent days on which they spent anything: YYYY-MM-DD; none where nothing is told of any.
    pub last_active: Option<String>,
    /// Dollars a day that they may spend at most.
    pub daily_limit: Option<String>,
    /// Dollars spent today.
    pub spent_today: Option<String>,
}

/// Whether somebody sits on a seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MemberSeat {
    /// They do.
    Taken,
    /// Who looks after the bills takes none.
    TakesNone,
    /// They were invited and haven't come yet.
    Invited,
    /// They aren't in the team, or not any more.
    Left,
    /// Who is in the team isn't known by the addresses that spending is told by.
    Unknown,
}

/// What follows from a payment that failed (T5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DunningView {
    /// How the team is served now.
    #[ts(type = "\"active\" | \"past-due\" | \"suspended\" | \"data-deleted\"")]
    pub status: Status,
    /// When the grace ends: then the service is suspended.
    pub grace_ends_at: String,
    /// When the data is deleted.
    pub data_deleted_at: String,
    /// Dollars that have to be paid so that it is served again, by Headroom's calculation; none where that isn't known.
    pub owed: Option<String>,
}

/// What a team could ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(tag = "kind", content = "count", rename_all = "kebab-case")]
pub enum SeatChange {
    /// Seats more, at once.
    Add(#[ts(type = "number")] u64),
    /// Seats less, from the next cycle on.
    Remove(#[ts(type = "number")] u64),
}

/// What adding or removing seats would do now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SeatReceipt {
    /// As of when.
    pub at: String,
    /// Why it would be refused; none if it wouldn't.
    pub refused: Option<SeatRefusal>,
    /// When it would take effect.
    pub effective_at: Option<String>,
    /// What would be charged today.
    pub charge_now: Option<InvoiceView>,
    /// The same where the started day is counted otherwise, if that differs (T2).
    pub charge_range: Option<ChargeRangeView>,
    /// Seats without it and with it, from then on.
    #[ts(type = "number")]
    pub seats_before: u64,
    /// See `seats_before`.
    #[ts(type = "number")]
    pub seats_after: u64,
    /// What the next cycle charges without it, with tax.
    pub next_before: Option<InvoiceView>,
    /// The same with it.
    pub next_after: Option<InvoiceView>,
    /// What these figures rest on that no source settles.
    pub notes: Vec<ChargeNote>,
}

/// Why a change of seats is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SeatRefusal {
    /// More members than seats would be left.
    MembersStillAssigned,
    /// One seat stays at least.
    LastSeat,
    /// The team is suspended.
    Suspended,
    /// The team's data is gone.
    DataDeleted,
    /// Something else.
    Other,
}

/// What buying credits would do now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TopUpReceipt {
    /// As of when.
    pub at: String,
    /// Dollars that can be bought at once, the least first; larger amounts can be too.
    pub choices: Vec<String>,
    /// Dollars that this is about.
    pub amount: String,
    /// Why it would be refused; none if it wouldn't.
    pub refused: Option<SeatRefusal>,
    /// What would be charged today, with the vendor's fee and tax.
    pub charge_now: Option<InvoiceView>,
    /// Until when the balance would last with it at this pace; none where that isn't known, or it wouldn't end.
    pub lasts_until: Option<String>,
    /// Until when it lasts without it.
    pub lasts_until_without: Option<String>,
    /// What these figures rest on that no source settles.
    pub notes: Vec<ChargeNote>,
}
