//! What was charged, month by month or cycle by cycle.

use super::{
    AccountSummary, DifferenceView, InvoiceView, LeftOutCharge, PayerView, Span, VerdictView, WhyView,
};
use headroom_billing::Assumption;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An account's charges.
#[derive(Clone, Debug, Serialize, TS)]
pub struct InvoicesView {
    /// Whose.
    pub account: AccountSummary,
    /// What they come to, in a sentence.
    pub verdict: VerdictView,
    /// Why that is what it is; none where nothing is known of it.
    pub why: Option<WhyView>,
    /// As of when.
    pub as_of: String,
    /// What the running period's end charges if nothing more happens; none where nothing is.
    pub upcoming: Option<InvoiceView>,
    /// What is paid by then beside it; none where nothing is known of any.
    pub upcoming_left_out: Option<LeftOutCharge>,
    /// That something is charged next, though how much isn't known; none where that is known, or nothing is.
    pub upcoming_unknown: Option<UnknownCharge>,
    /// What is to be known about that.
    pub upcoming_notes: Vec<ChargeNote>,
    /// Whether users can be named in what is saved: a file of names was imported.
    pub names: bool,
    /// What the vendor says of it so far, beside what is computed.
    pub upcoming_quoted: Option<QuotedCharge>,
    /// The periods, the newest first; the first of them runs.
    pub periods: Vec<ChargedPeriod>,
}

/// A charge that comes and whose amount isn't known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct UnknownCharge {
    /// When; none where that isn't known either.
    pub at: Option<String>,
}

/// A calendar month, or a team's cycle, and what was charged in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChargedPeriod {
    /// Its first day: YYYY-MM-DD. It names the period in exports.
    pub id: String,
    /// From when to when.
    pub period: Span,
    /// Whether it has ended.
    pub closed: bool,
    /// What was charged, in order.
    pub invoices: Vec<InvoiceView>,
    /// All of it together, dollars; none where nothing of it is known.
    pub total: Option<String>,
    /// Whether that is a part only: the notes say what is missing.
    pub at_least: bool,
    /// What the vendor said, beside what is computed.
    pub quoted: Option<QuotedCharge>,
    /// What is to be known about these figures.
    pub notes: Vec<ChargeNote>,
}

/// What a vendor said of a charge, and what the rules make of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct QuotedCharge {
    /// What it is about.
    pub of: QuotedOf,
    /// The month that was used or billed: YYYY-MM.
    pub month: String,
    /// When the vendor said so; none where its bill has no moment.
    pub at: Option<String>,
    /// Dollars by the vendor, without tax; none where nothing of it is in dollars.
    pub quoted: Option<String>,
    /// Whether all of it is in dollars: only then it is compared with `computed`.
    pub in_dollars: bool,
    /// Dollars by the rules, without tax; none where nothing of it is known.
    pub computed: Option<String>,
    /// Whether `computed` is a part only.
    pub at_least: bool,
    /// Whether the two are one: all of both is known, and nothing differs.
    pub agrees: bool,
    /// Who pays how much of a bill.
    pub payers: Vec<PayerView>,
    /// What the two differ by; none where they agree, or nothing of `computed` is known.
    pub difference: Option<DifferenceView>,
}

/// What a vendor's figure is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum QuotedOf {
    /// A month's overage, as Kiro last said it in that month.
    Overage,
    /// A month's bill by AWS.
    Bill,
}

/// What is to be known about a period's figures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ChargeNote {
    /// Kiro charges overage of a month in another currency than dollars: it isn't counted.
    OtherCurrency {
        /// The month: YYYY-MM.
        month: String,
    },
    /// Kiro last said before a month's end what was used in it, and overage was on: what it charges after that isn't counted.
    EndNotSeen {
        /// YYYY-MM.
        month: String,
        /// When it last said so.
        at: String,
    },
    /// Nothing is known of a month's usage, and overage was on: what it charges isn't known.
    UsageUnknown {
        /// YYYY-MM.
        month: String,
    },
    /// The plan that was held until that day was never stated: what the month charged isn't known.
    PlanUnknown {
        /// YYYY-MM-DD.
        until: String,
    },
    /// Kiro names a plan that no price list has, or none: what it charges isn't known.
    PlanUnlisted {
        /// The plan as Kiro writes it; none where it names none.
        plan: Option<String>,
    },
    /// A paid plan ended within the month: what the part before it charged, no rule says.
    EndedWithin {
        /// YYYY-MM-DD: since when the account is on Free.
        on: String,
    },
    /// When the owner first paid was never stated: what the month charged isn't known.
    FirstPaidUnknown,
    /// A charge is lower because its owner stated that something is granted on the first payment: no source settles how
    /// (A1).
    FirstPayment,
    /// Tasks of unknown cost are in a month in which overage was on: the charge may be higher.
    Unmetered {
        /// How many.
        tasks: u32,
        /// YYYY-MM.
        month: String,
    },
    /// Rows are on a tier that the price list doesn't have: what they cost isn't known.
    TierUnknown {
        /// How many.
        rows: u32,
        /// Of how many users.
        users: u32,
        /// The tiers, as the reports name them, in small letters with hyphens.
        tiers: Vec<String>,
    },
    /// Rows name no tier: what they cost isn't known.
    TierMissing {
        /// How many.
        rows: u32,
        /// Of how many users.
        users: u32,
    },
    /// Rows on a paid tier don't say their credits: overage may be higher.
    CreditsUnknown {
        /// How many.
        rows: u32,
        /// Of how many users.
        users: u32,
    },
    /// Rows name no profile, while their users have several: of whose licence they are isn't known.
    ProfileMissing {
        /// How many.
        rows: u32,
        /// Of how many users.
        users: u32,
    },
    /// Rows don't say their credits of overage, while others of the same users do: overage may be higher (F5).
    OverageUnknown {
        /// How many.
        rows: u32,
        /// Of how many users.
        users: u32,
    },
    /// Rows are beyond the limit, and the reports don't have overage on: they aren't charged.
    BeyondLimit {
        /// How many.
        rows: u32,
    },
    /// Users are beyond the limit, and the reports don't say whether overage is on for them: more may be charged.
    SwitchUnknown {
        /// How many.
        users: u32,
    },
    /// The reports' own credits of overage differ from those by the rules: of each user the reports' lead where they name
    /// any (F5).
    OverageDiffers {
        /// Of how many users.
        users: u32,
        /// Credits of theirs by the reports.
        stated: String,
        /// By the rules.
        computed: String,
    },
    /// Rows of the reports couldn't be read, and are in no sum.
    ReportsUnread {
        /// How many.
        rows: u32,
    },
    /// Rows were kept rounded to 0.01 by an older version: their sum may be some hundredths off until they are imported
    /// again.
    RowsRounded {
        /// How many.
        rows: u32,
    },
    /// The reports of the month end before it does, or begin after it: more may be charged.
    ReportsCover {
        /// YYYY-MM-DD.
        first: String,
        /// YYYY-MM-DD.
        last: String,
    },
    /// There are no reports of the month.
    NoReports,
    /// A bill can't be read that is, or can be, this month's.
    BillUnreadable {
        /// The months that it can be of, YYYY-MM, in order: one where that is known, never none.
        months: Vec<String>,
    },
    /// Several issues of the month's bill are there, and nothing tells which is the later.
    BillUndecided,
    /// A part of the month's bill is in another currency, and in no sum of dollars.
    BillInCurrency {
        /// Its code.
        currency: String,
        /// How much, in that.
        amount: String,
    },
    /// Rows of the month's bill couldn't be read, and are in no sum.
    BillUnread {
        /// How many.
        rows: u32,
    },
    /// Files of the month's bill are missing, by its manifest or by the numbers of the others, and are in no sum.
    BillPartsMissing {
        /// How many.
        parts: u32,
    },
    /// There is a newer issue of the month's bill, which wasn't imported or couldn't be read.
    BillOutdated,
    /// Bills that lay beside this one couldn't be read, and can be of the month: another payer's.
    BillBesideDamaged {
        /// How many.
        bills: u32,
    },
    /// How many seats were paid for isn't known: nothing was said in that cycle.
    SeatsUnknown,
    /// The seats changed within the cycle; what added ones cost isn't in it.
    SeatsChanged {
        /// Seats at first.
        #[ts(type = "number")]
        from: u64,
        /// Seats at last.
        #[ts(type = "number")]
        to: u64,
    },
    /// Kilo has fewer seats from the next cycle on.
    FewerSeatsNext {
        /// Seats now.
        #[ts(type = "number")]
        from: u64,
        /// Seats then.
        #[ts(type = "number")]
        to: u64,
    },
    /// Kilo names no subscription of the team's seats: charges go by what was stated.
    NoSubscription,
    /// Kilo says that a payment for the seats is failing, and nobody stated since when.
    PaymentFailing,
    /// Kilo names another price of a seat than the one that was stated, by which charges go.
    SeatPriceDiffers {
        /// Dollars of a seat for a cycle, as Kilo says.
        told: String,
        /// The same as it was stated.
        stated: String,
    },
    /// Kilo says that seats are paid by the year; they are stated by the month.
    SeatsByTheYear,
    /// Kilo says that seats are paid by the month; they are stated by the year.
    SeatsByTheMonth,
    /// Kilo says that the running cycle ends on another day than follows from what was stated.
    CycleEndsOtherwise {
        /// YYYY-MM-DD by Kilo.
        told: String,
        /// YYYY-MM-DD by what was stated.
        stated: String,
    },
    /// Kilo Pass began within the cycle; what that cost isn't in it.
    PassBegan {
        /// YYYY-MM-DD.
        on: String,
    },
    /// Kilo says that there is Kilo Pass, and nobody stated since when: it isn't in it.
    PassSinceUnknown,
    /// Kilo's word of Kilo Pass can't be followed, and nobody stated it: a charge for it may come to what is known.
    PassNotKnown,
    /// Kilo names another plan than the one whose seats were stated.
    SeatPlanDiffers {
        /// The plan as Kilo writes it.
        told: String,
        /// The plan whose seats were stated.
        stated: String,
    },
    /// Kilo names a tier of Kilo Pass and credits of its month that don't belong together.
    PassDiffers {
        /// The tier, by its name.
        tier: String,
        /// Dollars that the tier brings and costs a month, by the price list.
        listed: String,
        /// Dollars of the running month as Kilo says.
        told: String,
    },
    /// What no source settles, and figures here rest on: `docs/assumptions.md` has it by its number.
    Assumed {
        /// Its number.
        #[ts(
            type = "\"A20\" | \"A21\" | \"A22\" | \"A23\" | \"A24\" | \"A25\" | \"A26\" | \"A32\" | \"A33\""
        )]
        assumption: Assumption,
    },
    /// The period had begun before Kilo first listed purchases: of those that were used up by then nothing is known.
    EarlierPurchasesUnknown,
    /// Kilo last listed purchases that day: later ones aren't in it.
    LaterPurchasesUnknown {
        /// YYYY-MM-DD.
        since: String,
    },
    /// Credits ended after the balance was told: what is left is the most that it can be.
    CreditsEnded {
        /// Dollars that ended.
        gone: String,
        /// YYYY-MM-DD.
        on: String,
        /// Dollars left at most.
        left: String,
    },
    /// Kilo tells a balance and, at the same time, credits by purchase and gift that come to another amount.
    BalanceDiffers {
        /// Dollars that those come to.
        listed: String,
        /// The balance.
        told: String,
    },
    /// Which credits were bought wasn't told, to this login or at all: they aren't in it.
    PurchasesUnknown,
    /// A purchase that the price list doesn't have, and which is not in the sum.
    PurchaseNotOffered {
        /// Dollars.
        amount: String,
    },
}

/// The forms that charges can be saved in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportForm {
    /// A page to keep or to hand in.
    Pdf,
    /// A line each, for a spreadsheet.
    Csv,
    /// The same as data.
    Json,
}
