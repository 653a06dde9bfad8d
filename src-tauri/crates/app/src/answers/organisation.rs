//! How an organisation stands.

use super::{
    AccountSummary, AxisView, ChargeNote, DifferenceView, OrganisationWhy, PayerView, Span, UnreadableRecord,
    VerdictView,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an organisation stands, as far as its reports and its bills say.
#[derive(Clone, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the month")]
pub struct OrganisationView {
    /// Whose.
    pub account: AccountSummary,
    /// What it comes to, in a sentence.
    pub verdict: VerdictView,
    /// Why its headline numbers are what they are.
    pub why: OrganisationWhy,
    /// Up to when the reports go; now where there are none.
    pub as_of: String,
    /// The month shown.
    pub month: Span,
    /// Those that can be looked at, the oldest first: YYYY-MM.
    pub months: Vec<String>,
    /// Whether it has ended.
    pub closed: bool,
    /// Everything charged for it so far by the rules, without tax; none where nothing of it is known.
    pub month_to_date: Option<String>,
    /// Whether `month_to_date` is the least it can be: the notes say what is missing.
    pub at_least: bool,
    /// Credits used in it, on whatever tier; none where nothing of them is known.
    pub used: Option<String>,
    /// Whether rows that don't say their credits are missing from `used`.
    pub used_at_least: bool,
    /// Credits beyond the tiers that are charged, up to the last day of the reports; none where nothing of them is known.
    pub overage: Option<String>,
    /// What it comes to by its end; none while it is too early to say, where nothing of it is known, and of a month that has
    /// ended.
    pub by_the_end: Option<ByTheEndView>,
    /// The month by day, up to `as_of`; none where of no day it is known that anything was used by then.
    pub axis: Option<AxisView>,
    /// The month before it; none where nothing is known of that.
    pub before: Option<MonthBeforeView>,
    /// Whether `overage` is the least it can be: something of the reports' rows is left out.
    pub rows_at_least: bool,
    /// What is in no cost of it, and what contradicts it.
    pub notes: Vec<ChargeNote>,
    /// Everybody, the most expensive first.
    pub users: Vec<OrganisationUser>,
    /// Whose licences are on the newest bill, unused, and of whom the reports say nothing.
    pub not_reported: Vec<OrganisationUser>,
    /// What those on each tier come to, the most expensive first; empty without reports.
    pub tiers: Vec<OrganisationGroup>,
    /// What those under each profile come to, the most expensive first; empty where there is one profile.
    pub profiles: Vec<OrganisationGroup>,
    /// What those in each group come to, by name; who is in several is in each. Last who is in none. Empty without groups.
    pub groups: Vec<OrganisationGroup>,
    /// Who is paid for under several profiles (E2).
    pub paid_twice: Vec<BilledTwice>,
    /// Whose licence is on the newest bill, and who used nothing in its month, as far as `idle_by` knows (F8).
    pub idle: Vec<IdleLicence>,
    /// By what that is known.
    pub idle_by: IdleBy,
    /// What cheaper tiers would save in a month like this one; none while it is too early to say.
    pub saves: Option<String>,
    /// Whether that is the least: rows or days are missing, or nobody says whether somebody's overage is on.
    pub saves_at_least: bool,
    /// What a month costs less without the licences that nobody uses and that no other tier is told for; none without any.
    pub leaving_saves: Option<String>,
    /// The month from which a smaller tier counts that is chosen now: YYYY-MM (E5).
    pub changes_from: String,
    /// The newest month that AWS billed, of a past month the newest by then; none where it can't be read, which `unreadable` says then.
    pub bill: Option<BillView>,
    /// What is recorded and can't be read.
    pub unreadable: Vec<UnreadableRecord>,
    /// Where the figures come from.
    pub source: OrganisationSource,
}

/// A user under a profile.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the user")]
pub struct OrganisationUser {
    /// The id in reports and on bills.
    pub id: String,
    /// What they are called, where a file of names was imported.
    pub name: Option<String>,
    /// The groups they are in, by that file.
    pub groups: Vec<String>,
    /// The address, where a report or that file has it.
    pub email: Option<String>,
    /// The profile's name, as long as tells it from the others; empty where reports name none.
    pub profile: String,
    /// The tier's name; as the report has it where the price list has none such.
    pub tier: String,
    /// Credits used; none where nothing is known of them.
    pub used: Option<String>,
    /// Whether that is the least they can be: some rows don't say their credits.
    pub used_at_least: bool,
    /// The tier's credits, or the most that an administrator lets them use (see `limited`); none of a tier that isn't known.
    pub allowance: Option<String>,
    /// Whether `allowance` is what an administrator lets them use, as the report says.
    pub limited: bool,
    /// Used of them, in tenths of a percent.
    pub used_permille: u32,
    /// Whether overage is on for them, as the report says; none where it doesn't.
    pub overage_enabled: Option<bool>,
    /// The most credits of overage, where it is on, as the report says; none where it doesn't.
    pub overage_cap: Option<String>,
    /// Rows of theirs without credits or of a tier that isn't known: with any, `overage` and `cost` are the least they can
    /// be.
    pub unknown_rows: u32,
    /// Beyond them and charged. None where nothing is known of them.
    pub overage: Option<String>,
    /// Fee and overage so far by the rules, without tax; none of a tier that isn't known.
    pub cost: Option<String>,
    /// What the newest bill has for them, before tax; none where it has nothing.
    pub billed: Option<String>,
    /// Whether that stands in another row of theirs: a bill names users and no profiles.
    pub billed_elsewhere: bool,
    /// How near the limit they are; none if they aren't.
    pub risk: Option<UserRisk>,
    /// Whether their requests pause, or paused, until the month ends: overage is off, or its cap is reached.
    pub pauses: bool,
    /// The day on which the credits are used up at the pace so far: YYYY-MM-DD; none unless that is the risk.
    pub runs_out_on: Option<String>,
    /// The day on which they were used up: YYYY-MM-DD; none where some are left.
    pub used_up_on: Option<String>,
    /// What the month comes to by its end; none where that isn't known, and of a month that has ended.
    pub by_the_end: Option<ByTheEndView>,
    /// The cheapest tier for a month like this one, and what it saves; none if they are on it, or if what they
    /// use isn't known whole.
    pub cheaper_tier: Option<String>,
    /// See `cheaper_tier`.
    pub saves: Option<String>,
    /// Whether that is a smaller tier.
    pub is_smaller: bool,
    /// Whether a licence of theirs is on the newest bill that nobody used, then or in the month shown (F8).
    pub is_idle: bool,
    /// What a month costs less without that licence; none unless it is unused and no other tier is told for it.
    pub leaving_saves: Option<String>,
}

/// A user under a profile, as `OrganisationUser` names them.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserNamed {
    /// The profile's name.
    pub profile: String,
    /// The id in reports and on bills.
    pub id: String,
}

/// What a month comes to by its end, without tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ByTheEndView {
    /// At the average pace so far.
    pub even: String,
    /// If the days to come are quiet ones.
    pub low: String,
    /// If they are busy ones.
    pub high: String,
    /// Whether these are the least it can be: something is left out.
    pub at_least: bool,
}

/// The month before the one that is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct MonthBeforeView {
    /// Which: YYYY-MM.
    pub month: String,
    /// What it cost by the rules, without tax; none where nothing of that is known.
    pub cost: Option<String>,
    /// Whether that is the least it can be.
    pub at_least: bool,
    /// What AWS billed for it, before tax; none where it isn't billed, or its bill can't be read.
    pub billed: Option<String>,
}

/// What those in a group come to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OrganisationGroup {
    /// Its name; none of those who are in no group.
    pub name: Option<String>,
    /// How many users.
    pub users: u32,
    /// Credits used; none where nothing is known of them.
    pub used: Option<String>,
    /// Whether that is the least they can be.
    pub used_at_least: bool,
    /// Fees and overage so far by the rules, without tax; none where nothing of them is known.
    pub cost: Option<String>,
    /// Whether that is the least they can be.
    pub cost_at_least: bool,
    /// What the newest bill has for them, before tax; none where it has nothing.
    pub billed: Option<String>,
}

/// How near the limit somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UserRisk {
    /// At the pace so far the tier's credits are used up before the month ends.
    NearLimit,
    /// All are used, and overage is off.
    AtLimit,
    /// More is used and charged.
    InOverage,
}

/// Somebody who is paid for under several profiles or accounts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BilledTwice {
    /// The user.
    pub id: String,
    /// What they are called, where a file of names was imported.
    pub name: Option<String>,
    /// The address, where a report or that file has it.
    pub email: Option<String>,
    /// The profiles that the reports have them under; empty where it is one.
    pub profiles: Vec<String>,
    /// The accounts and regions that the bill has a subscription of theirs in; empty where it is one.
    pub accounts: Vec<String>,
}

/// By what a licence is known to be idle (F8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IdleBy {
    /// The reports of the bill's month, which have rows of each of its days: nothing was used.
    Reports,
    /// The same, which have no row of some days: nothing was used on the others.
    ReportedDays,
    /// The same, of which rows couldn't be read: some of them can be of whoever has it.
    ReadReports,
    /// The bill alone, which needn't have the credits within a tier: it has none.
    Bill,
}

/// A licence that is paid for and not used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct IdleLicence {
    /// The user.
    pub id: String,
    /// What they are called, where a file of names was imported.
    pub name: Option<String>,
    /// The address, where a report or that file has it.
    pub email: Option<String>,
    /// What the bill has for it, before tax; none where that can't be added up.
    pub billed: Option<String>,
}

/// A month as AWS billed it. Quoted, never computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BillView {
    /// The month: YYYY-MM.
    pub month: String,
    /// Everything before tax; none where nothing of it is in dollars.
    pub total: Option<String>,
    /// Whether all of it is in dollars: only then it is compared with `computed`.
    pub in_dollars: bool,
    /// Its parts.
    pub parts: Vec<BillPartView>,
    /// Tax.
    pub tax: String,
    /// What the rules make of that month's reports; none where nothing of it is known.
    pub computed: Option<String>,
    /// Whether `computed` is a part only.
    pub computed_at_least: bool,
    /// Whether the two are one: all of both is known, and nothing differs.
    pub agrees: bool,
    /// Who pays how much of it.
    pub payers: Vec<PayerView>,
    /// What the two differ by; none where they agree, or nothing of `computed` is known.
    pub difference: Option<DifferenceView>,
    /// What is missing from `computed`.
    pub notes: Vec<ChargeNote>,
    /// How many users are on it.
    pub users: u32,
}

/// What a part of a bill is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BillPart {
    /// Tiers.
    Subscriptions,
    /// Credits beyond them.
    Credits,
    /// What AWS took off.
    Discounts,
    /// Anything else before tax.
    Other,
    /// What the parts, each rounded by itself, don't make of the sum.
    Rounding,
}

/// A part of a bill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BillPartView {
    /// What for.
    pub kind: BillPart,
    /// Dollars.
    pub amount: String,
}

/// Where an organisation's figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OrganisationSource {
    /// Rows of the month's reports.
    pub rows: u32,
    /// Rows whose credits aren't said: unknown, not zero.
    pub unknown_credits: u32,
    /// Rows of a tier that isn't known: left out of every cost.
    pub unknown_tier: u32,
    /// Rows beyond the limit although overage is off by the report: left out of every cost.
    pub beyond_limit: u32,
    /// The last day that a report is of; none without reports.
    pub last_day: Option<String>,
}
