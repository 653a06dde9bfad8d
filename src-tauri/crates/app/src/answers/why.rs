//! Where a number comes from and why it is what it is: what its chip says, and what the panel behind it shows.

use super::{AssumptionView, Saying};
use headroom_exact::saying as said;
use serde::Serialize;
use ts_rs::TS;

/// Why a number is what it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct WhyView {
    /// Who says it.
    pub from: WhyFrom,
    /// When whoever says it said so; none where it is computed, as of the answer's moment.
    pub at: Option<String>,
    /// The last day that reports or an export say anything of: YYYY-MM-DD; none where it rests on neither.
    pub last_day: Option<String>,
    /// The lines of the sum, the sum last; none where the number has its lines beside it.
    pub lines: Vec<WhyLine>,
    /// The vendor's word, or the rule it is computed by, and what isn't in it.
    #[ts(as = "Vec<Saying>")]
    pub says: Vec<said::Saying>,
    /// What no source settles of it.
    pub assumptions: Vec<AssumptionView>,
}

/// A line of a sum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct WhyLine {
    /// What it is.
    #[ts(as = "Saying")]
    pub says: said::Saying,
    /// How much.
    #[ts(as = "super::Value")]
    pub amount: said::Value,
}

/// Who says a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WhyFrom {
    /// Kiro.
    Kiro,
    /// Kilo.
    Kilo,
    /// Headroom computes it by the vendor's rules.
    Computed,
    /// Headroom computes it from what is recorded on this computer alone.
    ThisComputer,
    /// Headroom computes it from an organisation's reports.
    Reports,
    /// A bill of AWS's.
    Bill,
    /// A usage export of the vendor's.
    Export,
    /// Headroom supposes that it goes on as it went so far.
    Estimate,
    /// The vendor's price list.
    PriceList,
    /// Nobody: it is the sample's.
    Sample,
}

impl WhyView {
    /// Said by somebody, without anything else yet.
    pub(crate) const fn new(from: WhyFrom) -> Self {
        Self { from, at: None, last_day: None, lines: Vec::new(), says: Vec::new(), assumptions: Vec::new() }
    }

    /// With a line of the sum.
    #[must_use]
    pub(crate) fn line(mut self, says: said::Saying, amount: impl Into<said::Value>) -> Self {
        self.lines.push(WhyLine { says, amount: amount.into() });
        self
    }

    /// With sentences, as far as there are some.
    #[must_use]
    pub(crate) fn says(mut self, says: impl IntoIterator<Item = said::Saying>) -> Self {
        self.says.extend(says);
        self
    }
}

/// Why the headline numbers of one person's account are what they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OverviewWhy {
    /// What is left, and used.
    pub left: WhyView,
    /// Where it leads; none where nothing can be foretold.
    pub pace: Option<WhyView>,
    /// What is charged next; none where nothing is, or it isn't known.
    pub next_charge: Option<WhyView>,
    /// What overage, or packs in its place, cost: at this pace, where that can be foretold.
    pub beyond: WhyView,
}

/// Why the headline numbers of an organisation are what they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OrganisationWhy {
    /// What the month costs so far, or cost; none where nothing of it is known.
    pub month: Option<WhyView>,
    /// What the month comes to by its end; none where that isn't foretold.
    pub by_the_end: Option<WhyView>,
    /// What cheaper tiers would save; none where they would save nothing, or it is too early to say.
    pub saves: Option<WhyView>,
    /// What was billed; none without a bill.
    pub bill: Option<WhyView>,
}

/// Why the headline numbers of an account of Kilo's are what they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BalanceWhy {
    /// What is left; none while Kilo hasn't said.
    pub left: Option<WhyView>,
    /// How long it lasts; none while it isn't known how fast it is spent.
    pub pace: Option<WhyView>,
    /// What is charged next; none where nothing is, or it isn't known.
    pub next_charge: Option<WhyView>,
    /// What was spent this month; none where nothing of that is known.
    pub spent: Option<WhyView>,
}
