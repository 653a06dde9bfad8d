//! What a vendor's figure differs by from Headroom's calculation, in the reader's language.

use super::language::Reader;
use super::phrases::Phrase;
use crate::answers::{
    DifferenceItem, DifferencePart, DifferenceReason, DifferenceRest, DifferenceRow, DifferenceView,
    PayerView,
};

impl Reader {
    /// That a vendor's figure and the calculation are one; none where they aren't, or it isn't known.
    pub(super) fn agreement(self, agrees: bool) -> Option<&'static str> {
        agrees.then(|| self.phrases().difference.agrees.plain())
    }

    /// Who pays how much of a bill; none where nobody or one alone is named.
    pub(super) fn payers(self, payers: &[PayerView]) -> Option<String> {
        let words = &self.phrases().difference;
        let each = payers.iter().map(|PayerView { payer, amount }| {
            let payer = payer.as_deref().unwrap_or(words.no_payer.plain());
            words.paid_by.with(&[("amount", &self.sum(amount.as_deref(), false)), ("payer", payer)])
        });
        let each = each.collect::<Vec<_>>().join(", ");
        (payers.len() > 1).then(|| words.payers.with(&[("payers", &each)]))
    }

    /// What a vendor's figure differs by from the calculation, and why.
    pub(super) fn difference(self, of: &DifferenceView) -> String {
        let words = &self.phrases().difference;
        let mut said = Vec::new();
        if of.same {
            said.push(words.same.plain().to_owned());
        } else {
            let phrase = if of.lower { &words.lower } else { &words.higher };
            said.push(phrase.with(&[("amount", &self.dollars(&of.amount))]));
        }
        said.extend((!of.complete).then(|| words.incomplete.plain().to_owned()));
        said.extend(of.parts.iter().map(|of| self.difference_part(of)));
        match &of.unexplained {
            Some(rest) => said.push(self.sentence(&words.unexplained, rest, true)),
            None if of.parts.is_empty() => {}
            None => said.push(words.explained.plain().to_owned()),
        }
        said.join(" ")
    }

    /// A part of it. Whose it is is named where it is users'; what is taken off is said in sum.
    fn difference_part(self, part: &DifferencePart) -> String {
        self.sentence(self.phrase(part.reason), &part.of, !is_deduction(part.reason))
    }

    fn sentence(self, phrase: &Phrase, of: &DifferenceRest, names_rows: bool) -> String {
        let words = &self.phrases().difference;
        let users = match of.users {
            0 => words.nobody.plain().to_owned(),
            users => self.counted(&self.phrases().count.users, users),
        };
        let told = phrase.with(&[("amount", &self.dollars(&of.amount)), ("users", &users)]);
        if !names_rows || of.rows.is_empty() {
            return format!("{told}.");
        }
        let more = of.rest.as_ref().map(|rest| {
            words.more.with(&[("count", &self.number(&of.more.to_string())), ("amount", &self.dollars(rest))])
        });
        let rows: Vec<_> = of.rows.iter().map(|of| self.row(of)).chain(more).collect();
        format!("{told}: {}.", rows.join("; "))
    }

    fn row(self, row: &DifferenceRow) -> String {
        let words = &self.phrases().difference;
        let item = match row.item {
            DifferenceItem::Tier | DifferenceItem::Other => row.item_name.as_deref().unwrap_or_default(),
            DifferenceItem::Seats => words.seats.plain(),
            DifferenceItem::Credits => words.credits.plain(),
            DifferenceItem::Deduction => words.deduction.plain(),
        };
        let who = row.name.as_deref().or(row.user.as_deref());
        let account = row.account.as_ref().map(|account| words.account.with(&[("account", account)]));
        let payer = row.payer.as_ref().map(|payer| words.payer.with(&[("payer", payer)]));
        let item_beside = who.map(|_| item.to_owned()).filter(|item| !item.is_empty());
        let details: Vec<_> = item_beside.into_iter().chain(account).chain(payer).collect();
        let amount = self.dollars(&row.amount);
        let what = who.unwrap_or(item);
        if details.is_empty() {
            return format!("{amount} {what}");
        }
        words.row.with(&[("amount", &amount), ("what", what), ("details", &details.join(", "))])
    }

    fn phrase(self, reason: DifferenceReason) -> &'static Phrase {
        let words = &self.phrases().difference.part;
        match reason {
            DifferenceReason::EnterpriseDiscount => &words.enterprise_discount,
            DifferenceReason::ResellerDiscount => &words.reseller_discount,
            DifferenceReason::BundledDiscount => &words.bundled_discount,
            DifferenceReason::PrivateRate => &words.private_rate,
            DifferenceReason::Discount => &words.discount,
            DifferenceReason::Credit => &words.credit,
            DifferenceReason::Refund => &words.refund,
            DifferenceReason::Adjustment => &words.adjustment,
            DifferenceReason::LowerRate => &words.lower_rate,
            DifferenceReason::PartOfMonth => &words.part_of_month,
            DifferenceReason::NotInReports => &words.not_in_reports,
            DifferenceReason::NotOnBill => &words.not_on_bill,
            DifferenceReason::UnknownTier => &words.unknown_tier,
            DifferenceReason::OnFree => &words.on_free,
            DifferenceReason::ChargedTwice => &words.charged_twice,
            DifferenceReason::BothTiers => &words.both_tiers,
            DifferenceReason::OtherTier => &words.other_tier,
            DifferenceReason::OverageOff => &words.overage_off,
            DifferenceReason::OverageCap => &words.overage_cap,
            DifferenceReason::ReportsIncomplete => &words.reports_incomplete,
            DifferenceReason::NotYetBilled => &words.not_yet_billed,
            DifferenceReason::Rounding => &words.rounding,
        }
    }
}

/// Whether a reason is one of lines that take something off, or has no rows.
const fn is_deduction(reason: DifferenceReason) -> bool {
    matches!(
        reason,
        DifferenceReason::EnterpriseDiscount
            | DifferenceReason::ResellerDiscount
            | DifferenceReason::BundledDiscount
            | DifferenceReason::PrivateRate
            | DifferenceReason::Discount
            | DifferenceReason::Credit
            | DifferenceReason::Adjustment
            | DifferenceReason::Rounding
    )
}
