//! What AWS billed, month by month. Only ever appended: every issue of a payer's month stays, and which of them counts is
//! told from what is kept of each; of older versions' bills, of which no issue was read, the last one counts. Each is sealed ([`seal`]): one that isn't as it was written is told as such; it is never absent, and
//! nothing else stands for it.

mod seal;

use super::accounts::AccountId;
use crate::{Result, Store, StoreError, Writing};
use chrono::{DateTime, Months, NaiveDate};
use headroom_exact::{Moment, division};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use seal::{LineValues, Rest, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// So many 10⁻²⁷ are a 10⁻⁹.
const FINE: i128 = 1_000_000_000_000_000_000;

/// An amount with up to 27 decimals, as two integers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Exact {
    /// In 10⁻⁹, rounded down.
    pub billionths: i64,
    /// What is above that in 10⁻²⁷: at least 0, below 10¹⁸.
    pub fine: i64,
}

impl Exact {
    /// The sum; none where it is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let fine = i128::from(self.fine).checked_add(other.fine.into())?;
        let (carried, fine) = division::split(fine, FINE);
        let billionths = self.billionths.checked_add(other.billionths)?;
        let billionths = billionths.checked_add(i64::try_from(carried).ok()?)?;
        Some(Self { billionths, fine: i64::try_from(fine).ok()? })
    }

    fn is_sound(self) -> bool {
        (0..FINE).contains(&i128::from(self.fine))
    }
}

/// One line of a bill: everything of an account, a user and a kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BillLine {
    /// The AWS account that used it.
    pub usage_account: String,
    /// The region's prefix; empty where it isn't told.
    pub region: String,
    /// The user; empty where it isn't told.
    pub user: String,
    /// What it is for: `subscription`, `credits`, `discount`, `tax` or `other`.
    pub kind: String,
    /// The tier of a subscription, the type of a discount (empty where an older version kept it), the operation of another;
    /// else empty.
    pub name: String,
    /// Months of a tier, or credits.
    pub quantity: Exact,
    /// Dollars.
    pub cost: Exact,
}

/// A month as a payer was billed for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bill {
    /// Its first day.
    pub month: NaiveDate,
    /// The AWS account that pays; none where it wasn't read.
    pub payer: Option<String>,
    /// Which issue of the month, as whoever reads bills wrote it; none where it wasn't read.
    pub issue: Option<String>,
    /// Its lines, in order.
    pub lines: Vec<BillLine>,
}

/// A bill as it is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeptBill {
    /// It can be read.
    Whole(Bill),
    /// It can't be.
    Unreadable {
        /// The first days of the months that it can be of, in order: one where its month is known, never none.
        months: Vec<NaiveDate>,
        /// Whom it billed, where that is known.
        payer: Option<String>,
        /// What is wrong.
        reason: String,
    },
}

impl KeptBill {
    /// The first days of the months that it can be of: one unless it can't be read.
    pub fn months(&self) -> &[NaiveDate] {
        match self {
            Self::Whole(bill) => std::slice::from_ref(&bill.month),
            Self::Unreadable { months, .. } => months,
        }
    }

    /// Who pays it, where that is known.
    pub fn payer(&self) -> Option<&str> {
        match self {
            Self::Whole(bill) => bill.payer.as_deref(),
            Self::Unreadable { payer, .. } => payer.as_deref(),
        }
    }
}

/// `2026-09` as its first day.
fn first_day(month: &str) -> Option<NaiveDate> {
    if month.len() == 7 { format!("{month}-01").parse().ok() } else { None }
}

fn written(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

/// Nothing of Kiro, which was Amazon Q before, was billed before this month: it was for sale from 30 April 2024.
const FIRST_BILLED: (i32, u32) = (2024, 4);

/// The months that a damaged name of one can have been when it was kept: those that differ from it in one byte, else
/// all those before.
fn could_be(name: &str, recorded_at: i64) -> Vec<NaiveDate> {
    if let Some(month) = first_day(name) {
        return vec![month];
    }
    let first = NaiveDate::from_ymd_opt(FIRST_BILLED.0, FIRST_BILLED.1, 1).unwrap_or_default();
    let last = DateTime::from_timestamp(recorded_at, 0).map_or(first, |at| at.date_naive());
    let months = (0..).map_while(|count| first.checked_add_months(Months::new(count)));
    let until_then: Vec<_> = months.take_while(|month| *month == first || *month <= last).collect();
    let differs_in_one = |month: &&NaiveDate| {
        let month = written(**month);
        month.len() == name.len()
            && month.bytes().zip(name.bytes()).filter(|(one, other)| one != other).count() == 1
    };
    let near: Vec<_> = until_then.iter().filter(differs_in_one).copied().collect();
    if near.is_empty() { until_then } else { near }
}

/// The sum of some lines' costs; none where it is too large.
fn sum(lines: &[BillLine]) -> Option<Exact> {
    lines.iter().try_fold(Exact::default(), |sum, line| sum.checked_add(line.cost))
}

fn values(position: i64, line: &BillLine) -> LineValues {
    let text = |text: &String| Value::Text(text.clone());
    [
        Value::Integer(position),
        text(&line.usage_account),
        text(&line.region),
        text(&line.user),
        text(&line.kind),
        text(&line.name),
        Value::Integer(line.quantity.billionths),
        Value::Integer(line.quantity.fine),
        Value::Integer(line.cost.billionths),
        Value::Integer(line.cost.fine),
    ]
}

/// A line from its row; none where that isn't one.
fn line(values: LineValues) -> Option<BillLine> {
    let [_, account, region, user, kind, name, quantity, quantity_fine, cost, cost_fine] = values;
    let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
    let exact = |billionths, fine| match (billionths, fine) {
        (Value::Integer(billionths), Value::Integer(fine)) => {
            Some(Exact { billionths, fine }).filter(|exact| exact.is_sound())
        }
        _ => None,
    };
    Some(BillLine {
        usage_account: text(account)?,
        region: text(region)?,
        user: text(user)?,
        kind: text(kind)?,
        name: text(name)?,
        quantity: exact(quantity, quantity_fine)?,
        cost: exact(cost, cost_fine)?,
    })
}

/// The lines of a bill as they stand there; none where a text of them is damaged.
fn lines(connection: &Connection, id: i64) -> Result<Option<Vec<LineValues>>> {
    let mut statement = connection.prepare_cached(
        "SELECT position, usage_account, region, user, kind, name, quantity, quantity_fine, cost, cost_fine
         FROM bill_lines WHERE bill_id = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([id])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut line = [const { Value::Null }; 10];
        for (column, value) in line.iter_mut().enumerate() {
            match row.get(column) {
                Ok(read) => *value = read,
                Err(_) => return Ok(None),
            }
        }
        lines.push(line);
    }
    Ok(Some(lines))
}

/// The columns of a bill, in the order in which [`found`] reads them.
const COLUMNS: &str = "id, account_id, month, payer, issue, unreadable, recorded_at, subject, seal";

/// A row of `bills`, judged: whatever is wrong with it, it is there. With it its place in the order in which bills were
/// appended. None where it is another account's, which it is told of.
fn found(connection: &Connection, row: &Row<'_>, asked: AccountId) -> Result<Option<(i64, KeptBill)>> {
    let id: i64 = row.get(0)?;
    let account: i64 = row.get(1)?;
    let recorded_at: i64 = row.get(6)?;
    let text = |column: usize| row.get::<_, Option<String>>(column).ok();
    let month = text(2).flatten();
    let own = month.zip(text(3)).map(|(month, payer)| Subject { account, id, month, payer });
    let again = text(7).flatten().and_then(|subject| Subject::read(&subject));
    let agree = own.is_some() && own.as_ref().map(Subject::written) == text(7).flatten();
    let rest = text(4).zip(text(5)).map(|(issue, unreadable)| Rest { issue, unreadable, recorded_at });
    let sealed = text(8).flatten();

    let mut proven = None;
    for subject in own.iter().chain(&again) {
        let Some(rest) = &rest else { break };
        if let Some(lines) = lines(connection, subject.id)?
            && sealed.as_ref() == Some(&seal::seal(subject, rest, &lines))
        {
            proven = Some((subject.clone(), lines));
            break;
        }
    }
    let subject = proven.as_ref().map(|(subject, _)| subject.clone()).or(own.filter(|_| agree));
    let place = subject.as_ref().map_or(id, |subject| subject.id);
    if subject.as_ref().is_some_and(|subject| subject.account != asked.0) {
        return Ok(None);
    }
    let unreadable = |reason: &str| KeptBill::Unreadable {
        months: could_be(subject.as_ref().map_or("", |subject| &subject.month), recorded_at),
        payer: subject.as_ref().and_then(|subject| subject.payer.clone()),
        reason: format!("bills row {id}: {reason}"),
    };
    let (Some((subject, lines)), Some(rest), true) = (&proven, rest, agree) else {
        return Ok(Some((place, unreadable("it or a line of it isn't as it was written"))));
    };
    if rest.unreadable.is_some() {
        let reason = "an older version kept it in a form that can't be read any more";
        return Ok(Some((place, unreadable(reason))));
    }
    let lines: Option<Vec<_>> = lines.iter().cloned().map(line).collect();
    let (Some(month), Some(lines)) = (first_day(&subject.month), lines) else {
        return Ok(Some((place, unreadable("it isn't a bill"))));
    };
    let bill = Bill { month, payer: subject.payer.clone(), issue: rest.issue, lines };
    Ok(Some((place, KeptBill::Whole(bill))))
}

/// A payer's number without the zeros that it begins with, which older versions kept as files wrote it.
fn number(payer: &str) -> &str {
    let bare = payer.trim_start_matches(['\'', '’']);
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { bare.trim_start_matches('0') } else { payer }
}

/// Whether an older version's bill, of which no issue was read, gives its place up to another of its month: to any of its
/// payer, and where one of both doesn't name a payer.
fn gives_way(known: &KeptBill, to: &KeptBill) -> bool {
    let has_issue = matches!(known, KeptBill::Whole(Bill { issue: Some(_), .. }));
    !has_issue
        && (known.payer().is_none()
            || to.payer().is_none()
            || known.payer().map(number) == to.payer().map(number))
}

/// Those that may count, by month, in the order in which they were appended: every issue of a payer's month; of those of
/// which no issue was read the last. One without a payer takes the place of all such before it, and gives it up to any
/// after it. Those of which it isn't known which month they are of come first. Such a one is left until a bill of each
/// month that it can be of was appended after it, and names those that are missing.
fn counting(connection: &Connection, account: AccountId) -> Result<Vec<KeptBill>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM bills WHERE account_id = ?1 OR subject LIKE ?1 || ' %'"
    ))?;
    let mut rows = statement.query([account.0])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.extend(found(connection, row, account)?);
    }
    all.sort_by_key(|(place, _)| *place);
    let mut lost: Vec<(BTreeSet<NaiveDate>, KeptBill)> = Vec::new();
    let mut months: BTreeMap<NaiveDate, Vec<KeptBill>> = BTreeMap::new();
    for (_, bill) in all {
        let [month] = *bill.months() else {
            lost.push((bill.months().iter().copied().collect(), bill));
            continue;
        };
        if matches!(bill, KeptBill::Whole(_)) {
            for (open, _) in &mut lost {
                open.remove(&month);
            }
        }
        let of_month = months.entry(month).or_default();
        of_month.retain(|known| !gives_way(known, &bill));
        of_month.push(bill);
    }
    let mut counting = Vec::new();
    for (open, bill) in lost {
        if let KeptBill::Unreadable { reason, .. } = bill
            && !open.is_empty()
        {
            // Any payer's bill of these months counts as brought again: it is told without one.
            counting.push(KeptBill::Unreadable { months: open.into_iter().collect(), payer: None, reason });
        }
    }
    counting.extend(months.into_values().flatten());
    Ok(counting)
}

impl Store {
    /// The bills that may count, by month, each issue of it; first those of which it isn't known which month they are of.
    pub fn bills(&self, account: AccountId) -> Result<Vec<KeptBill>> {
        counting(&self.connection, account)
    }
}

impl Writing<'_> {
    /// The bills that may count, by month, each issue of it; first those of which it isn't known which month they are of.
    pub fn bills(&self, account: AccountId) -> Result<Vec<KeptBill>> {
        counting(&self.transaction, account)
    }

    /// Appends a row with its seal, and its lines.
    fn append_sealed(
        &self,
        account: AccountId,
        month: String,
        payer: Option<String>,
        rest: &Rest,
        lines: &[LineValues],
    ) -> Result<()> {
        // The id is sealed too, so it is chosen here: as AUTOINCREMENT would.
        let id: i64 = self.transaction.query_row(
            "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'bills'), 0) + 1",
            [],
            |row| row.get(0),
        )?;
        let subject = Subject { account: account.0, id, month, payer };
        self.transaction.execute(
            "INSERT INTO bills (id, account_id, month, payer, issue, unreadable, recorded_at, subject, seal)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id,
                account.0,
                subject.month,
                subject.payer,
                rest.issue,
                rest.unreadable,
                rest.recorded_at,
                subject.written(),
                seal::seal(&subject, rest, lines),
            ],
        )?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO bill_lines (bill_id, position, usage_account, region, user, kind, name, quantity,
                                     quantity_fine, cost, cost_fine)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let id = Value::Integer(id);
        for line in lines {
            insert.execute(params_from_iter([&id].into_iter().chain(line)))?;
        }
        Ok(())
    }

    /// Appends a bill.
    pub fn append_bill(&self, account: AccountId, bill: &Bill, now: Moment) -> Result<()> {
        if sum(&bill.lines).is_none() {
            return Err(StoreError::BillNotExact(bill.month));
        }
        let rest = Rest { issue: bill.issue.clone(), unreadable: None, recorded_at: now.unix_seconds() };
        let lines: Vec<_> = (0..).zip(&bill.lines).map(|(position, line)| values(position, line)).collect();
        self.append_sealed(account, written(bill.month), bill.payer.clone(), &rest, &lines)
    }

    /// Keeps that there was a bill which nobody can read any more: its month as far as that is known, and what is left
    /// of it.
    pub fn append_unreadable_bill(
        &self,
        account: AccountId,
        month: &str,
        left: &str,
        now: Moment,
    ) -> Result<()> {
        let rest = Rest { issue: None, unreadable: Some(left.to_owned()), recorded_at: now.unix_seconds() };
        self.append_sealed(account, month.to_owned(), None, &rest, &[])
    }
}
