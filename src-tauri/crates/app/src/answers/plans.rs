//! Plans beside each other, and the receipt of a change.

use super::{AccountSummary, AssumptionView, InvoiceView, PackOfferView, PlanChoice, Span, VerdictView};
use serde::Serialize;
use ts_rs::TS;

/// The plans beside each other.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlansView {
    /// Whose.
    pub account: AccountSummary,
    /// Whether to stay, in a sentence.
    pub verdict: VerdictView,
    /// The id of the plan that it names beside the account's own: to move to, or to compare with; none where it names none.
    pub compared: Option<String>,
    /// As of when.
    pub as_of: String,
    /// The running cycle.
    pub cycle: Span,
    /// Credits used in it; none while no usage was ever recorded.
    pub used: Option<String>,
    /// Credits by its end at an even pace.
    pub projected_use: Option<String>,
    /// Smallest first.
    pub plans: Vec<PlanRow>,
    /// From where on the next larger plan pays off.
    pub break_evens: Vec<BreakEven>,
    /// What a full month costs on each paid plan by the credits used in it.
    pub month_costs: MonthCosts,
    /// Dollars for a credit beyond the plan, as overage or in a pack.
    pub unit_price: String,
    /// The packs that are sold in place of overage; none where there is overage (N4).
    pub packs: Option<PackOfferView>,
    /// What the last months would have cost on each paid plan; none while no month with usage has ended.
    pub replay: Option<ReplayView>,
    /// What models cost beside Auto.
    pub models: ModelsView,
    /// The tax that is added to charges (K11), by name; none where tax is left out, or its owner stated it.
    pub tax_name: Option<String>,
    /// The tax in percent that its owner stated.
    pub tax_percent: Option<String>,
    /// The credits a month of the plan it is on, where they aren't the price list's, as Kiro said or its owner stated: full
    /// months on that plan are compared by them, on the others by the list.
    pub own_limit: Option<String>,
    /// Whether that plan has no limit, as Kiro says.
    pub unlimited: bool,
}

/// What a full month costs on each paid plan by the credits used in it, without tax (K1, K5, N4). Between two
/// points each plan's cost is a straight line: every bend is a point, and so are both sides of every jump.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct MonthCosts {
    /// The paid plans' names, smallest first.
    pub plans: Vec<String>,
    /// From none to the largest plan's credits, or to the pace if that is more.
    pub points: Vec<CostPoint>,
}

/// The cost of a month with so many credits on each plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CostPoint {
    /// Credits used in the month.
    pub credits: String,
    /// What a month costs on each plan, in the order of `plans`.
    pub costs: Vec<String>,
    /// Whether the month is headed for this at its pace.
    pub at_this_pace: bool,
}

/// What months that have ended would have cost on each paid plan, each by its own price list: at the full price and with
/// overage, or packs by the credit, for the rest, without tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ReplayView {
    /// The paid plans' names, smallest first.
    pub plans: Vec<String>,
    /// Months with recorded usage, oldest first.
    pub months: Vec<ReplayMonth>,
    /// Their sum on each plan, in the order of `plans`; none where a month's list doesn't have the plan.
    pub totals: Vec<Option<String>>,
    /// The cheapest plan's name, of those whose sum is known; of equals the larger.
    pub cheapest: String,
}

/// A month on each plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ReplayMonth {
    /// YYYY-MM, UTC.
    pub month: String,
    /// Credits used in it by Kiro's last word, or where it said none, as they are recorded.
    pub used: String,
    /// What is recorded here of Kiro's count, in percent; none where it is all of it, or Kiro said nothing of the month.
    pub recorded_percent: Option<u32>,
    /// What it costs on each plan, in the order of `plans`; none where its list doesn't have the plan.
    pub costs: Vec<Option<String>>,
}

/// What models cost beside Auto. Quoted, never computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ModelsView {
    /// When Kiro last said so; none while it wasn't asked.
    pub at: Option<String>,
    /// The models it named then, in its order.
    pub quoted: Vec<ModelView>,
    /// Those that the price list has beyond them: an answer may be a short one.
    pub listed: Vec<ModelView>,
}

/// A model.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ModelView {
    /// Its id at Kiro's service.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Times the credits of Auto, by Kiro or else by the price list; none where neither says: it isn't that of Auto.
    pub multiplier: Option<String>,
}

/// A plan as this account sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PlanRow {
    /// Which.
    pub plan: PlanChoice,
    /// Where it stands to the account's plan.
    pub standing: PlanStanding,
    /// What a full month costs at this month's projected use, with overage or packs; none when not foretold.
    pub month_at_this_pace: Option<String>,
    /// Whether it is the cheapest that covers such a month.
    pub cheapest: bool,
}

/// Where a plan stands to the account's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PlanStanding {
    /// Below it.
    Lower,
    /// It is the account's plan.
    Current,
    /// It takes its place when the cycle ends.
    Next,
    /// Above it.
    Higher,
}

/// Where overage or packs cost as much as the larger plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BreakEven {
    /// The smaller plan's name.
    pub from: String,
    /// The larger plan's name.
    pub to: String,
    /// Extra credits a month.
    pub credits: String,
}

/// Why a change of the plan or of the switch is refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PlanRefusal {
    /// Nothing would change.
    AlreadyOnPlan {
        /// The plan, by name.
        plan: String,
    },
    /// Paid plans are not sold in the account's country (K12).
    CountryNotSupported {
        /// Its code.
        country: String,
        /// Its name in English.
        name: String,
    },
    /// Overage exists on paid plans only (K5).
    NoOverage,
    /// The rules don't allow it now.
    Other,
}

/// What a choice charges if it is made now, beside how things stand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ReceiptView {
    /// As of when.
    pub at: String,
    /// The plan left, by name.
    pub from: String,
    /// The plan asked for, by name.
    pub to: String,
    /// Its id.
    pub plan: String,
    /// Whether the plan stays: there is no change to be made at the vendor's page.
    pub plan_stays: bool,
    /// Whether overage has to be turned on for it, or off; none where the switch stays.
    pub turns: Option<bool>,
    /// Why the rules refuse it; none if they don't.
    pub refused: Option<PlanRefusal>,
    /// When it would take effect; none where nothing changes.
    pub effective_at: Option<String>,
    /// Whether that is now.
    pub at_once: bool,
    /// What is charged today.
    pub charge_now: Option<InvoiceView>,
    /// The lowest and the highest total, where the two ways of counting days differ (K8).
    pub charge_range: Option<ChargeRangeView>,
    /// When the running cycle ends, and is charged.
    pub bill_at: String,
    /// What is charged then at this use as things stand; none where nothing is.
    pub bill_before: Option<ChargeTotal>,
    /// And with this choice.
    pub bill_after: Option<ChargeTotal>,
    /// Everything from today to that bill, against how things stand; none where nothing is charged either way.
    pub net: Option<NetView>,
    /// Plan credits left, before; none while no usage is known.
    pub left_before: Option<String>,
    /// And after.
    pub left_after: Option<String>,
    /// Overage charges that disappear (K10); none while no usage is known.
    pub overage_avoided: Option<String>,
    /// Where the change pays off; none for a downgrade or from Free.
    pub break_even: Option<BreakEvenStanding>,
    /// Whether waiting changes today's charge; none without a charge.
    pub waiting: Option<Waiting>,
    /// What it comes to if it waits for the next cycle; none without a charge.
    pub next_cycle: Option<NextCycleView>,
    /// What no source settles of these figures.
    pub assumptions: Vec<AssumptionView>,
}

/// Everything that is charged from today to the next bill, that included. Dollars, with tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct NetView {
    /// With the choice; none while it isn't known.
    pub after: Option<ChargeTotal>,
    /// As things stand; none while it isn't known.
    pub before: Option<ChargeTotal>,
    /// What the choice costs more; none where it doesn't, or one of both isn't known whole.
    pub more: Option<String>,
    /// What it costs less; none where it doesn't, or one of both isn't known whole.
    pub less: Option<String>,
}

/// An upgrade now, and the same when the next cycle begins, at the use that is supposed. Dollars, with tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct NextCycleView {
    /// When that is.
    pub begins_at: String,
    /// Charged from now until it has begun, if the plan is taken now; none while it isn't known.
    pub taken_now: Option<ChargeTotal>,
    /// Charged in the same time, if the plan is taken when it has begun; none while it isn't known.
    pub taken_then: Option<ChargeTotal>,
    /// What waiting saves; none where it saves nothing, or one of both isn't known whole.
    pub waiting_saves: Option<String>,
    /// What waiting costs; none where it costs nothing, or one of both isn't known whole.
    pub waiting_costs: Option<String>,
    /// The day from which requests pause meanwhile: YYYY-MM-DD; none where they don't, or that isn't known.
    pub pauses_on: Option<String>,
}

/// The totals of a charge under both ways of counting days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChargeRangeView {
    /// The lower.
    pub low: String,
    /// The higher.
    pub high: String,
}

/// A break-even and where the account is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BreakEvenStanding {
    /// Extra credits a month at which overage or packs cost as much.
    pub credits: String,
    /// Extra credits this month so far; none while no usage is known.
    pub so_far: Option<String>,
    /// Extra credits by the cycle's end at an even pace.
    pub at_this_pace: Option<String>,
}

/// What the same change costs later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Waiting {
    /// The last day of this cycle: YYYY-MM-DD.
    pub last_day: String,
    /// The total on that day.
    pub total_then: String,
    /// How it compares with today's.
    pub then: Comparison,
}

/// How a later charge compares with today's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// It is lower.
    Lower,
    /// It is the same.
    Same,
    /// It is higher.
    Higher,
}

/// What a charge comes to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChargeTotal {
    /// Dollars, tax included.
    pub total: String,
    /// Whether that is the least.
    pub at_least: bool,
}
