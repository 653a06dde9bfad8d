//! Why a vendor's bill differs from what the rules make of its month's reports: parts that add up to the difference.

use headroom_exact::{Cost, Credits, Money};

/// A line of a bill before tax, in dollars.
#[derive(Clone, Copy, Debug)]
pub struct BilledLine<'b> {
    /// The account that pays; empty where it isn't told.
    pub payer: &'b str,
    /// The account that used it.
    pub account: &'b str,
    /// Whose it is; empty where it isn't told.
    pub user: &'b str,
    /// What it is for.
    pub item: Item<'b>,
    /// Months of a tier or credits, in billionths; 0 where it isn't told.
    pub quantity: i128,
    /// What it costs.
    pub cost: Cost,
}

/// What a line of a bill is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Item<'b> {
    /// A tier, as the bill spells it.
    Tier(&'b str),
    /// Credits.
    Credits,
    /// Something that is taken off.
    Deduction(Deduction),
    /// What no rule knows, by the bill's own name.
    Other(&'b str),
}

/// What a bill takes off.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Deduction {
    /// A discount for what a company spends with the vendor.
    Enterprise,
    /// A discount of whom it is bought from.
    Reseller,
    /// A discount for what is bought together.
    Bundled,
    /// What a price of one's own makes.
    PrivateRate,
    /// Any other discount.
    Discount,
    /// The vendor's credit.
    Credit,
    /// What was paid back.
    Refund,
    /// A correction.
    Adjustment,
}

/// A user under a profile, as the reports of the bill's month and the rules have them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reported<'r> {
    /// Who.
    pub user: &'r str,
    /// The plan's id and its fee; none on Free, or where the tier isn't known.
    pub seat: Option<(&'r str, Money)>,
    /// Credits beyond the plan and what they cost.
    pub overage: (Credits, Money),
    /// Whether the price list has every tier that the reports name for them.
    pub is_priced: bool,
    /// Whether some of what they used is beyond their credits with overage off.
    pub is_off: bool,
    /// The most credits of overage that the reports allow.
    pub cap: Option<Credits>,
    /// Whether all their rows say their credits.
    pub is_whole: bool,
}

/// How far a bill and the reports of its month go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// Whether the reports cover every day of the month.
    pub reports_cover: bool,
    /// Whether the month has ended.
    pub has_ended: bool,
}

/// Why a part of a difference is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// Lines that take something off.
    Deducted(Deduction),
    /// Seats at another price than the list's, or credits.
    OtherRate,
    /// Seats for a part of the month: somebody joined, left or changed tier.
    PartOfMonth,
    /// Users whom the reports don't name.
    NotInReports,
    /// Users in the reports whom the bill doesn't charge.
    NotOnBill,
    /// A tier that the price list doesn't have.
    UnknownTier,
    /// Users whom the reports have on Free.
    OnFree,
    /// Users who are charged for more than once.
    ChargedTwice,
    /// Both tiers of a month in which a user changed.
    BothTiers,
    /// Another tier than the reports name.
    OtherTier,
    /// Overage of users for whom the reports have it off.
    OverageOff,
    /// Overage at the cap that the reports name.
    OverageCap,
    /// Overage of days or rows that the reports don't have.
    ReportsIncomplete,
    /// Overage that isn't billed yet: the month still runs.
    NotYetBilled,
    /// The bill's sum is rounded once, the rules round each line.
    Rounding,
}

/// What of a bill a row is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RowItem {
    /// Seats of a tier.
    Tier(String),
    /// Seats of several tiers, or of none.
    Seats,
    /// Credits.
    Credits,
    /// Something that is taken off.
    Deduction(Deduction),
    /// What no rule knows, by the bill's own name.
    Other(String),
}

/// What a part is made of: a line of the bill, or what is left of a user's once both sides are compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The account that pays; empty where it isn't told, or isn't one.
    pub payer: String,
    /// The account that used it; empty as well.
    pub account: String,
    /// Whose; empty where it isn't told.
    pub user: String,
    /// What for.
    pub item: RowItem,
    /// To the cent; rows are rounded each by itself.
    pub amount: Money,
}

/// A part of a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// To the cent.
    pub amount: Money,
    /// How many users' it is; 0 where nobody is named.
    pub users: usize,
    /// The largest of its rows.
    pub rows: Vec<Row>,
    /// How many more there are.
    pub more: usize,
    /// What those make, so that rows and rest are the part.
    pub rest: Money,
}

/// So many rows of a part are named.
pub const NAMED_ROWS: usize = 5;

/// What a vendor's figure differs by from what the rules make of it: the vendor's less ours, and why. The parts and what
/// is unexplained add up to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// All of it.
    pub amount: Money,
    /// What it is made of, in the order of the reasons.
    pub parts: Vec<(Reason, Part)>,
    /// What nothing explains, with its rows. It can be there and come to nothing.
    pub unexplained: Option<Part>,
}

impl Difference {
    /// Of a figure without lines of its own; none where the two agree.
    pub fn of(quoted: Money, computed: Money) -> Option<Self> {
        let amount = quoted.minus(computed);
        (!amount.is_zero()).then_some(Self { amount, parts: Vec::new(), unexplained: None })
    }
}
