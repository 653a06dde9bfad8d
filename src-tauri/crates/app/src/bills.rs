//! What AWS billed, on its way into the store and out of it again.

mod lost;
mod sums;
mod unread;

pub(crate) use sums::{beyond, cost, in_dollars, quantity, sum, sum_in_dollars};
pub(crate) use unread::{is_unread, split};

use crate::answers::{BillIssue, ChargeNote, PayerView, text};
use crate::error::AppError;
use crate::machine::log::Line;
use chrono::NaiveDate;
use headroom_exact::saying::Value;
use headroom_exact::{Month, Saying, say};
use headroom_sources::aws::{BillLine, Counting, Issue, LineKind, MonthBill, account, counting};
use headroom_sources::kiro::user;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::bills::{self, Bill, KeptBill};
use headroom_store::{Store, StoreError};
use lost::{is_elder, lost};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use sums::{decimal, exact, is_in_dollars};

/// What was billed.
pub(crate) struct Bills {
    /// The months that can be read, by their first days.
    pub months: BTreeMap<NaiveDate, BilledMonth>,
    /// Of each bill that can't be read the months that it can be of: one where that is known, never none.
    pub unreadable: BTreeSet<Vec<NaiveDate>>,
    /// Months of which nothing tells which of several issues counts, with what each would come to: by what can't count beside
    /// each other, so that each payer's is decided by itself.
    pub undecided: BTreeMap<NaiveDate, Vec<Undecided>>,
}

/// Issues of which nothing tells which counts.
pub(crate) struct Undecided {
    /// The account that pays; none where none of them says.
    pub payer: Option<String>,
    /// What each would come to.
    pub issues: Vec<BillIssue>,
}

impl Undecided {
    /// Those at these places.
    pub fn of(group: &[usize], bills: &[MonthBill]) -> Result<Self, AppError> {
        let open = group.iter().filter_map(|place| bills.get(*place));
        let payer = open.clone().find_map(|bill| bill.payer.clone());
        Ok(Self { payer, issues: open.map(issue).collect::<Result<_, _>>()? })
    }
}

impl Bills {
    /// The newest month that was billed, up to one where that is looked at; none where it can't be read, for an older month
    /// is not the newest.
    pub fn newest(&self, up_to: Option<Month>) -> Option<&BilledMonth> {
        let is_by_then = |month: &NaiveDate| up_to.is_none_or(|last| Month::of_date(*month) <= last);
        let not_known = self.unreadable.iter().flatten().chain(self.undecided.keys());
        let not_known = not_known.filter(|month| is_by_then(month)).max().copied();
        let newest = self.months.iter().rfind(|(month, _)| is_by_then(month));
        newest
            .filter(|(month, _)| not_known.is_none_or(|not_known| not_known < **month))
            .map(|(_, bill)| bill)
    }
}

/// A month as it was billed.
#[derive(Clone)]
pub(crate) struct BilledMonth {
    /// Of all payers together.
    pub whole: MonthBill,
    /// What it was put together from: an export each.
    pub bills: Vec<MonthBill>,
    /// Whether manifests name newer issues than some of them, and nothing else says what those say.
    is_outdated: bool,
    /// How many bills lay beside them that nobody could read, and that can be of the month.
    lost: u32,
}

impl BilledMonth {
    /// What it has in no sum of dollars, and what of it is missing.
    pub fn left_out(&self) -> Vec<ChargeNote> {
        let parts = Issue::missing_parts(self.bills.iter().filter_map(|bill| bill.issue.as_ref()));
        let missing = (parts > 0).then_some(ChargeNote::BillPartsMissing { parts });
        let outdated = self.is_outdated.then_some(ChargeNote::BillOutdated);
        let lost = (self.lost > 0).then_some(ChargeNote::BillBesideDamaged { bills: self.lost });
        left_out(&self.whole).into_iter().chain(missing).chain(outdated).chain(lost).collect()
    }

    /// Whether all of it is in dollars.
    pub fn is_in_dollars(&self) -> bool {
        self.whole.lines.iter().all(is_in_dollars)
    }

    /// Who pays how much, before tax.
    pub fn payers(&self) -> Result<Vec<PayerView>, AppError> {
        let mut payers: BTreeMap<Option<&str>, Vec<&BillLine>> = BTreeMap::new();
        for bill in &self.bills {
            payers.entry(bill.payer.as_deref()).or_default().extend(&bill.lines);
        }
        let payers = payers.into_iter().map(|(payer, lines)| {
            let amount = sum_in_dollars(self.whole.month, &lines)?;
            Ok(PayerView { payer: payer.map(str::to_owned), amount: text(amount) })
        });
        payers.collect()
    }
}

const SUBSCRIPTION: &str = "subscription";
const CREDITS: &str = "credits";
const DISCOUNT: &str = "discount";
const TAX: &str = "tax";
const OTHER: &str = "other";
const CURRENCY: &str = "currency";

fn kept_line(line: &BillLine) -> Result<bills::BillLine, StoreError> {
    let kept = |amount: Decimal| exact(amount).ok_or_else(|| StoreError::NotExact(amount.to_string()));
    let (kind, name) = match &line.kind {
        LineKind::Subscription(tier) => (SUBSCRIPTION, tier.as_str()),
        LineKind::Credits => (CREDITS, ""),
        LineKind::Discount => (DISCOUNT, ""),
        LineKind::Tax => (TAX, ""),
        LineKind::Other(operation) => (OTHER, operation.as_str()),
        LineKind::Deduction(kind) => (DISCOUNT, kind.as_str()),
        LineKind::Currency(code) => (CURRENCY, code.as_str()),
    };
    Ok(bills::BillLine {
        usage_account: line.account.clone(),
        region: line.region.clone(),
        user: line.user.clone(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        quantity: kept(line.quantity)?,
        cost: kept(line.cost)?,
    })
}

pub(crate) fn kept_bill(bill: &MonthBill) -> Result<Bill, StoreError> {
    Ok(Bill {
        month: bill.month,
        payer: bill.payer.clone(),
        issue: bill.issue.as_ref().and_then(|issue| serde_json::to_string(issue).ok()),
        lines: bill.lines.iter().map(kept_line).collect::<Result<_, _>>()?,
    })
}

/// A line as the reader had it; none where it was kept by nobody of ours.
fn line(line: bills::BillLine) -> Option<BillLine> {
    let bills::BillLine { usage_account, region, user, kind, name, quantity, cost } = line;
    let kind = match kind.as_str() {
        SUBSCRIPTION => LineKind::Subscription(name),
        CREDITS => LineKind::Credits,
        // An older version kept what is taken off without its kind.
        DISCOUNT if name.is_empty() => LineKind::Discount,
        DISCOUNT => LineKind::Deduction(name),
        TAX => LineKind::Tax,
        OTHER => LineKind::Other(name),
        CURRENCY => LineKind::Currency(name),
        _ => return None,
    };
    Some(BillLine {
        account: account(&usage_account).into_owned(),
        region,
        user: user::key(&user).into_owned(),
        kind,
        quantity: decimal(quantity)?,
        cost: decimal(cost)?,
    })
}

/// Months as answers name them.
pub(crate) fn named(months: &[NaiveDate]) -> Vec<String> {
    months.iter().map(|month| month.format("%Y-%m").to_string()).collect()
}

/// A bill as the reader had it; none where it was kept by nobody of ours. An older version kept accounts and users as files wrote
/// them, without the zeros that they begin with and in capitals: they are read as today's.
pub(crate) fn read(bill: Bill) -> Option<MonthBill> {
    let Bill { month, payer, issue, lines } = bill;
    let mut lines = lines.into_iter().map(line).collect::<Option<Vec<_>>>()?;
    lines.sort_by(|one, other| one.place().cmp(&other.place()));
    lines.dedup_by(|line, known| {
        let is_same = line.place() == known.place();
        let sums = known.quantity.checked_add(line.quantity).zip(known.cost.checked_add(line.cost));
        // What can't be added stays beside it.
        let Some((quantity, cost)) = sums.filter(|_| is_same) else { return false };
        (known.quantity, known.cost) = (quantity.normalize(), cost.normalize());
        true
    });
    Some(MonthBill {
        month,
        payer: payer.map(|payer| account(&payer).into_owned()),
        issue: issue.and_then(|issue| serde_json::from_str(&issue).ok()),
        lines,
    })
}

/// An issue of a bill and what it comes to, for whoever has to choose.
pub(crate) fn issue(bill: &MonthBill) -> Result<BillIssue, AppError> {
    Ok(BillIssue {
        from: bill.issue.as_ref().map(|issue| issue.from.clone()),
        payer: bill.payer.clone(),
        amount: in_dollars(bill)?.map(|amount| amount.to_string()),
    })
}

/// Everything that was billed. What can't be read is told: it was billed all the same.
pub(crate) fn all(store: &Store, id: AccountId) -> Result<Bills, AppError> {
    let mut bills =
        Bills { months: BTreeMap::new(), unreadable: BTreeSet::new(), undecided: BTreeMap::new() };
    let mut issues: BTreeMap<NaiveDate, Vec<MonthBill>> = BTreeMap::new();
    for kept in store.bills(id)? {
        match kept {
            KeptBill::Unreadable { months, .. } => {
                Line::warn("bill-unreadable").note();
                bills.unreadable.insert(months);
            }
            KeptBill::Whole(bill) => {
                let month = bill.month;
                match read(bill) {
                    Some(bill) => issues.entry(month).or_default().push(bill),
                    None => _ = bills.unreadable.insert(vec![month]),
                }
            }
        }
    }
    // A part of a month is not the month, and what may have been issued anew is not what was billed.
    let unreadable: BTreeSet<_> = bills.unreadable.iter().flatten().collect();
    issues.retain(|month, _| !unreadable.contains(month));
    let (issues, unread): (BTreeMap<_, _>, BTreeMap<_, _>) = issues
        .into_iter()
        .map(|(month, kept)| {
            let (bills, unread) = split(kept);
            ((month, bills), (month, u32::try_from(unread.len()).unwrap_or(u32::MAX)))
        })
        .unzip();
    let lost = lost(&issues);
    for (month, issues) in issues {
        let unread = unread.get(&month).copied().unwrap_or_default();
        if issues.is_empty() && unread > 0 {
            bills.unreadable.insert(vec![month]);
            continue;
        }
        let Counting { counts, undecided, copies, .. } = counting(&issues.iter().collect::<Vec<_>>());
        if undecided.is_empty() {
            let is_outdated = |place: &usize| {
                let copies = copies.iter().filter(|(_, stands)| stands == place).map(|(copy, _)| copy);
                let said = [place].into_iter().chain(copies).filter_map(|place| issues.get(*place));
                is_elder(&said.filter_map(|bill| bill.issue.as_ref()).collect::<Vec<_>>())
            };
            let is_outdated = counts.iter().any(is_outdated);
            let counts = counts.iter().filter_map(|place| issues.get(*place));
            let lost = lost.get(&month).copied().unwrap_or_default().saturating_add(unread);
            bills.months.extend(together((month, is_outdated, lost), counts));
        } else {
            let open = undecided.iter().map(|group| Undecided::of(group, &issues));
            let open = open.collect::<Result<_, _>>()?;
            bills.undecided.insert(month, open);
        }
    }
    Ok(bills)
}

/// The bills of a month as one; none where there are none.
fn together<'b>(
    (month, is_outdated, lost): (NaiveDate, bool, u32),
    bills: impl Iterator<Item = &'b MonthBill>,
) -> Option<(NaiveDate, BilledMonth)> {
    let bills: Vec<_> = bills.cloned().collect();
    let mut whole: Option<MonthBill> = None;
    for bill in &bills {
        match &mut whole {
            None => whole = Some(bill.clone()),
            Some(whole) => {
                whole.payer = None;
                whole.lines.extend(bill.lines.iter().cloned());
                if let Some((known, other)) = whole.issue.as_mut().zip(bill.issue.as_ref()) {
                    known.unread = known.unread.saturating_add(other.unread);
                }
            }
        }
    }
    let mut whole = whole?;
    whole.lines.sort_by(|one, other| one.place().cmp(&other.place()));
    Some((month, BilledMonth { whole, bills, is_outdated, lost }))
}

/// What a month's bill has in no sum of dollars: what is in another currency, by its code, and how many rows couldn't be
/// read.
pub(crate) fn left_out(bill: &MonthBill) -> Vec<ChargeNote> {
    let mut currencies: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in &bill.lines {
        if let LineKind::Currency(code) = &line.kind {
            let sum = currencies.entry(code).or_default();
            *sum = sum.saturating_add(line.cost);
        }
    }
    let currency = |(code, amount): (&str, Decimal)| ChargeNote::BillInCurrency {
        currency: code.to_owned(),
        amount: amount.normalize().to_string(),
    };
    let unread = bill.issue.as_ref().map_or(0, |issue| issue.unread);
    let rows = u32::try_from(unread).unwrap_or(u32::MAX);
    let unread = (rows > 0).then_some(ChargeNote::BillUnread { rows });
    currencies.into_iter().map(currency).chain(unread).collect()
}

/// What a sum of bills is without: rows that couldn't be read, and files that are missing. Either can make it more or less.
pub(crate) fn without(rows: u64, files: u32) -> Vec<Saying> {
    let rows = (rows > 0).then(|| say!("without-rows", count = rows));
    let files = (files > 0).then(|| say!("without-files", count = files));
    rows.into_iter().chain(files).collect()
}

/// That a bill's amount is without something, by what is noted of it; none where it is whole.
pub(crate) fn is_without(notes: &[ChargeNote]) -> Option<Saying> {
    let (mut unread, mut missing) = (0_u64, 0_u32);
    for note in notes {
        if let ChargeNote::BillUnread { rows } = note {
            unread = unread.saturating_add((*rows).into());
        } else if let ChargeNote::BillPartsMissing { parts } = note {
            missing = missing.saturating_add(*parts);
        } else if let ChargeNote::BillBesideDamaged { bills } = note {
            missing = missing.saturating_add(*bills);
        }
    }
    let without = without(unread, missing);
    (!without.is_empty()).then(|| say!("verdict-bill-is-without", without))
}

/// That a bill isn't all in dollars, with what of it is.
pub(crate) fn not_in_dollars(what: Saying, billed: Option<Value>) -> Saying {
    match billed {
        Some(billed) => say!("verdict-bill-in-dollars", what, billed),
        None => say!("verdict-bill-not-in-dollars", what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_store::table::bills::Exact;

    /// Found in November 2026: kept without the zeros it begins with, a payer's bill stood beside the same payer's.
    #[test]
    fn an_account_that_was_kept_without_its_zeros_is_read_as_todays() {
        let line = |account: &str, user: &str| bills::BillLine {
            usage_account: account.to_owned(),
            region: String::new(),
            user: user.to_owned(),
            kind: CREDITS.to_owned(),
            name: String::new(),
            quantity: Exact { billionths: 0, fine: 0 },
            cost: Exact { billionths: 0, fine: 0 },
        };
        let kept = |payer: &str, lines: Vec<bills::BillLine>| {
            let bill =
                Bill { month: NaiveDate::default(), payer: Some(payer.to_owned()), issue: None, lines };
            read(bill).expect("a bill")
        };
        let old = kept("11122223333", vec![line("211122223333", "ada"), line("9122223333", "ada")]);
        let uuid = "9067642a-c031-7000-abcd-0000000000ef";
        let [both, one] = [vec![&*uuid.to_ascii_uppercase(), uuid], vec![uuid]]
            .map(|users| kept("111", users.into_iter().map(|user| line("2", user)).collect()));
        assert_eq!(both, one, "a user whose id was kept in capitals");
        let new = kept("011122223333", vec![line("009122223333", "ada"), line("211122223333", "ada")]);
        assert_eq!(old, new);
        assert_eq!(
            kept("111", Vec::new()).payer.as_deref(),
            Some("111"),
            "what is no account's number stays"
        );
    }

    #[test]
    fn amounts_are_kept_exactly_or_not_at_all() {
        for text in [
            "0",
            "263.77",
            "-13.7",
            "-0.000000000000000000000000001",
            "1055.08012345678901234567",
            "9223372036.854775807",
            "-9223372036.854775808",
            "0.000000001",
            "7.123456789123456789123456789",
        ] {
            let amount: Decimal = text.parse().expect("a decimal");
            let kept = exact(amount).expect(text);
            assert_eq!(decimal(kept), Some(amount.normalize()), "{text}: {kept:?}");
            assert!((0..1_000_000_000_000_000_000).contains(&kept.fine), "{text}: {kept:?}");
        }
        for text in ["0.0000000000000000000000000001", "9223372036.854775808"] {
            assert_eq!(exact(text.parse().expect("a decimal")), None, "{text}");
        }
    }
}
