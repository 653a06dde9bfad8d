//! What a vendor's figure differs by, as it is shown.

use crate::answers::{
    DifferenceItem, DifferencePart, DifferenceReason, DifferenceRest, DifferenceRow, DifferenceView,
};
use headroom_billing::Total;
use headroom_billing::bill::{Deduction, Difference, Part, Reason, Row, RowItem};
use headroom_exact::Money;

/// What users and tiers are called, where they are called otherwise.
pub(crate) struct Called<'c> {
    pub user: &'c dyn Fn(&str) -> Option<String>,
    pub tier: &'c dyn Fn(&str) -> Option<String>,
}

/// Whether a vendor's figure and the calculation are one, as far as either is known whole.
pub(crate) fn agree(billed: Option<Money>, computed: Total<Money>, in_dollars: bool) -> bool {
    in_dollars && matches!(computed, Total::Whole(computed) if billed == Some(computed))
}

/// As it is shown; `complete` where the calculation is whole.
pub(crate) fn difference(of: &Difference, complete: bool, called: &Called<'_>) -> DifferenceView {
    let Difference { amount, parts, unexplained } = of;
    DifferenceView {
        lower: *amount < Money::ZERO,
        same: amount.is_zero(),
        amount: amount.magnitude().to_string(),
        complete,
        parts: parts
            .iter()
            .map(|(reason, part)| DifferencePart { reason: shown_reason(*reason), of: rest(part, called) })
            .collect(),
        unexplained: unexplained.as_ref().map(|part| rest(part, called)),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn rest(part: &Part, called: &Called<'_>) -> DifferenceRest {
    let Part { amount, users, rows, more, rest } = part;
    DifferenceRest {
        amount: amount.to_string(),
        users: count(*users),
        rows: rows.iter().map(|of| row(of, called)).collect(),
        more: count(*more),
        rest: (*more > 0).then(|| rest.to_string()),
    }
}

fn row(row: &Row, called: &Called<'_>) -> DifferenceRow {
    let Row { payer, account, user, item, amount } = row;
    let told = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let (item, item_name) = match item {
        RowItem::Tier(tier) => (DifferenceItem::Tier, (called.tier)(tier).or_else(|| told(tier))),
        RowItem::Seats => (DifferenceItem::Seats, None),
        RowItem::Credits => (DifferenceItem::Credits, None),
        RowItem::Deduction(_) => (DifferenceItem::Deduction, None),
        RowItem::Other(name) => (DifferenceItem::Other, told(name)),
    };
    DifferenceRow {
        payer: told(payer),
        account: told(account),
        user: told(user),
        name: (called.user)(user),
        item,
        item_name,
        amount: amount.to_string(),
    }
}

pub(crate) const fn shown_reason(reason: Reason) -> DifferenceReason {
    match reason {
        Reason::Deducted(Deduction::Enterprise) => DifferenceReason::EnterpriseDiscount,
        Reason::Deducted(Deduction::Reseller) => DifferenceReason::ResellerDiscount,
        Reason::Deducted(Deduction::Bundled) => DifferenceReason::BundledDiscount,
        Reason::Deducted(Deduction::PrivateRate) => DifferenceReason::PrivateRate,
        Reason::Deducted(Deduction::Discount) => DifferenceReason::Discount,
        Reason::Deducted(Deduction::Credit) => DifferenceReason::Credit,
        Reason::Deducted(Deduction::Refund) => DifferenceReason::Refund,
        Reason::Deducted(Deduction::Adjustment) => DifferenceReason::Adjustment,
        Reason::LowerRate => DifferenceReason::LowerRate,
        Reason::PartOfMonth => DifferenceReason::PartOfMonth,
        Reason::NotInReports => DifferenceReason::NotInReports,
        Reason::NotOnBill => DifferenceReason::NotOnBill,
        Reason::UnknownTier => DifferenceReason::UnknownTier,
        Reason::OnFree => DifferenceReason::OnFree,
        Reason::ChargedTwice => DifferenceReason::ChargedTwice,
        Reason::BothTiers => DifferenceReason::BothTiers,
        Reason::OtherTier => DifferenceReason::OtherTier,
        Reason::OverageOff => DifferenceReason::OverageOff,
        Reason::OverageCap => DifferenceReason::OverageCap,
        Reason::ReportsIncomplete => DifferenceReason::ReportsIncomplete,
        Reason::NotYetBilled => DifferenceReason::NotYetBilled,
        Reason::Rounding => DifferenceReason::Rounding,
    }
}
