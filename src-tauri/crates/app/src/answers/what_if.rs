//! What would happen: a date, a pace, planned changes, and where every choice leads.

use super::{ChargeTotal, InvoiceView, PlanRefusal, ReceiptView, VerdictView, WhyView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is supposed, for plans to be compared by it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
pub struct WhatIf {
    /// Whether it is asked of the file that was opened last, and not of the account.
    #[serde(default)]
    pub opened: bool,
    /// The day that is looked at, at its end: YYYY-MM-DD, UTC; none for the last day of this cycle.
    pub until: Option<String>,
    /// Credits a day from now on, a decimal; none for the pace so far.
    pub a_day: Option<String>,
    /// What would be changed, in any order.
    pub changes: Vec<PlannedChange>,
    /// Whether add-on packs would be bought when the credits end, where they are sold.
    #[serde(default)]
    pub packs: bool,
    /// The choice whose receipt is looked at; none for the cheapest that covers the use.
    #[serde(default)]
    pub choice: Option<ChoiceAsked>,
}

/// A choice by what it consists of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct ChoiceAsked {
    /// The plan's id.
    pub plan: String,
    /// Whether overage is on.
    pub overage: bool,
    /// Whether packs are bought when the credits end.
    pub packs: bool,
}

/// A change that would be made at noon UTC of a day, or now if that is past.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct PlannedChange {
    /// The day: YYYY-MM-DD, UTC.
    pub on: String,
    /// The plan that would be chosen.
    pub plan: Option<String>,
    /// The position the overage switch would be turned to.
    pub overage: Option<bool>,
}

/// Where it would lead.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WhatIfView {
    /// Whose: the account's name, or the opened file's.
    pub of: String,
    /// Whether it is supposed of a file that was opened, and not of the account.
    pub opened: bool,
    /// From when on it is supposed.
    pub as_of: String,
    /// Whether to stay on the plan at this use, in a sentence.
    pub verdict: VerdictView,
    /// Why that is what it is; none where nothing is decided.
    pub why: Option<WhyView>,
    /// The day that is looked at.
    pub until: String,
    /// The first day that can be.
    pub earliest: String,
    /// The last one.
    pub latest: String,
    /// When the running cycle ends, and is charged.
    pub bill_at: String,
    /// When the cycle ends that runs on the last day: what is charged then counts in what a choice comes to.
    pub total_at: String,
    /// Credits a day that are supposed.
    pub a_day: String,
    /// Credits of a whole month of it.
    pub a_month: String,
    /// Credits a day so far in this cycle; none while it is too early to say.
    pub pace: Option<String>,
    /// The most that is worth dragging to, a day.
    pub most_a_day: String,
    /// Where on the way to that a larger plan begins to cost less.
    pub marks: Vec<BreakEvenMark>,
    /// Whether anything is known of the usage so far. If not, what is left of this cycle isn't either.
    pub use_is_known: bool,
    /// What the plan of now is called.
    pub plan: String,
    /// Whether overage is on now.
    pub overage: bool,
    /// The plans that can be chosen.
    pub plans: Vec<WhatIfPlan>,
    /// What follows from the changes as they were asked.
    pub chosen: Course,
    /// Every choice made now instead: each plan, with and without overage or packs where that makes a difference.
    pub choices: Vec<ChoiceView>,
    /// What the choice that is looked at charges.
    pub receipt: Option<ReceiptView>,
    /// The questions that were kept.
    pub saved: Vec<SavedWhatIf>,
}

/// Where a larger plan begins to cost less than the one before it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BreakEvenMark {
    /// The larger plan's name.
    pub plan: String,
    /// Credits a month from which it does.
    pub a_month: String,
    /// Its place on the way to the most a day, in thousandths.
    pub permille: u32,
}

/// A plan to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct WhatIfPlan {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it has overage.
    pub overage: bool,
    /// Whether packs are sold on it.
    pub packs: bool,
}

/// A question that was kept under a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SavedWhatIf {
    /// The name.
    pub name: String,
    /// The question.
    pub question: WhatIf,
}

/// Where a choice leads by the end of the day that is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is told by itself")]
pub struct Course {
    /// The plan's id; of the chosen course, the one at the end.
    pub plan: String,
    /// Its name.
    pub plan_name: String,
    /// Whether overage is on.
    pub overage: bool,
    /// Whether packs are bought when the credits end.
    pub packs: bool,
    /// Why a change is refused; none if none is.
    pub refused: Option<PlanRefusal>,
    /// The day on which the credits end and requests pause, or extra ones begin to be charged or packs to be bought; none
    /// if none of it is known.
    pub run_out_on: Option<String>,
    /// Whether requests pause then.
    pub pauses: bool,
    /// Credits left of plan and bonus at the end; none while it isn't known what was used of them.
    pub left: Option<String>,
    /// Credits that would be charged as overage in all; none while that isn't known.
    pub overage_credits: Option<String>,
    /// Credits in packs that would be bought; none while that isn't known.
    pub pack_credits: Option<String>,
    /// Credits that could not be used, because requests pause, a day taken as one task; none while that isn't known.
    pub unserved: Option<String>,
    /// Everything charged until then, tax included.
    pub charged: String,
    /// Whether overage or packs come to it that nobody knows.
    pub charged_at_least: bool,
    /// That and the next charge together.
    pub together: String,
    /// Whether overage or packs come to that which nobody knows.
    pub together_at_least: bool,
    /// What the end of the cycle that is running then charges if nothing more happens.
    pub next_charge: Option<InvoiceView>,
    /// What is charged until then, in order.
    pub invoices: Vec<InvoiceView>,
    /// Credits left at the end of each day, from today on, or from the first day of which it is known.
    pub days: Vec<CourseDay>,
}

/// A choice beside the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that a row of the table has or hasn't")]
pub struct ChoiceView {
    /// Where it leads.
    #[serde(flatten)]
    pub course: Course,
    /// Whether it is the plan one is on, with the switch as it is.
    pub own: bool,
    /// Whether it is how things stand, so that nothing has to be changed for it: what is settled for the cycle's end counts.
    pub unchanged: bool,
    /// Credits a month on its plan; none without a limit.
    pub allowance: Option<String>,
    /// What a month of this use costs on it, without tax; none where it doesn't do for one, or nothing is known of the use.
    pub a_month: Option<String>,
    /// When its plan begins; none where it is the present one, or begins at once.
    pub begins_at: Option<String>,
    /// What is charged today; none where nothing is.
    pub today: Option<ChargeTotal>,
    /// What is charged when the running cycle ends; none where nothing is.
    pub next_bill: Option<ChargeTotal>,
    /// How it covers the use; none where it doesn't, or that isn't known.
    pub covers: Option<CoversView>,
    /// Why it doesn't do for this use; none where it does, where a change is refused, or where that isn't known.
    pub unfit: Option<UnfitView>,
    /// Whether it is the cheapest a month that covers the use, as the verdict says.
    pub cheapest: bool,
    /// Whether it is the one whose receipt is looked at.
    pub looked_at: bool,
}

/// How a choice covers the use that is supposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum CoversView {
    /// Its plan has no limit.
    NoLimit,
    /// Something is left.
    Left {
        /// Credits.
        credits: String,
        /// Whether that is of a whole month, and not on the last day.
        monthly: bool,
    },
    /// Some are charged as overage.
    Overage {
        /// Credits.
        credits: String,
        /// Whether that is in a whole month, and not up to the last day.
        monthly: bool,
    },
    /// Packs are bought.
    Packs {
        /// Credits in them.
        credits: String,
        /// Whether that is in a whole month, and not up to the last day.
        monthly: bool,
    },
}

/// Why a choice doesn't do for the use that is supposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum UnfitView {
    /// Requests pause.
    Pauses {
        /// From this day on: YYYY-MM-DD.
        on: String,
    },
    /// A whole month needs more than the plan has, and nothing covers the rest.
    TooSmall {
        /// Credits a month on the plan.
        allowance: String,
        /// Credits that a month of this use needs.
        needs: String,
    },
}

/// A day of a course.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CourseDay {
    /// YYYY-MM-DD, UTC.
    pub date: String,
    /// Credits left of plan and bonus at its end.
    pub left: String,
}
