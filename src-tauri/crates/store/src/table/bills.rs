//! What AWS billed, month by month. Only ever appended: of a payer's month the bill appended last counts, and the
//! older ones stay. A bill that can't be read is told as such; it is never absent.

use super::accounts::AccountId;
use crate::{Result, Store, StoreError, Writing};
use chrono::NaiveDate;
use headroom_exact::Moment;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

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
        let carried = i64::try_from(fine.checked_div_euclid(FINE)?).ok()?;
        let billionths = self.billionths.checked_add(other.billionths)?.checked_add(carried)?;
        Some(Self { billionths, fine: i64::try_from(fine.checked_rem_euclid(FINE)?).ok()? })
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
    /// The tier of a subscription, the operation of another; else empty.
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
    /// Which issue of the month; none where it wasn't read.
    pub issue: Option<String>,
    /// Its lines, in order.
    pub lines: Vec<BillLine>,
}

/// A bill as it is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeptBill {
    /// It can be read.
    Whole(Bill),
    /// It can't be: its month, where that can be, and what is wrong with it.
    Unreadable {
        /// Its first day.
        month: Option<NaiveDate>,
        /// Whom it billed, where that is known.
        payer: Option<String>,
        /// What is wrong.
        reason: String,
    },
}

impl KeptBill {
    /// Its month; none where that can't be read either.
    pub const fn month(&self) -> Option<NaiveDate> {
        match self {
            Self::Whole(bill) => Some(bill.month),
            Self::Unreadable { month, .. } => *month,
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

fn sum(lines: &[BillLine]) -> Option<Exact> {
    lines.iter().try_fold(Exact::default(), |sum, line| sum.checked_add(line.cost))
}

/// A line; an error says what is wrong with it.
fn line(row: &Row<'_>) -> std::result::Result<BillLine, String> {
    let text = |column: usize| row.get::<_, String>(column).map_err(|_| "a text of it is damaged".to_owned());
    let number =
        |column: usize| row.get::<_, i64>(column).map_err(|_| "an amount of it is damaged".to_owned());
    let exact = |column: usize| {
        let exact = Exact { billionths: number(column)?, fine: number(column.saturating_add(1))? };
        if exact.is_sound() { Ok(exact) } else { Err("an amount of it is damaged".to_owned()) }
    };
    Ok(BillLine {
        usage_account: text(0)?,
        region: text(1)?,
        user: text(2)?,
        kind: text(3)?,
        name: text(4)?,
        quantity: exact(5)?,
        cost: exact(7)?,
    })
}

fn lines(connection: &Connection, id: i64) -> Result<std::result::Result<Vec<BillLine>, String>> {
    let mut statement = connection.prepare_cached(
        "SELECT usage_account, region, user, kind, name, quantity, quantity_fine, cost, cost_fine
         FROM bill_lines WHERE bill_id = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([id])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        match line(row) {
            Ok(line) => lines.push(line),
            Err(reason) => return Ok(Err(reason)),
        }
    }
    Ok(Ok(lines))
}

/// A row of `bills`, judged: whatever is wrong with it, it is there.
fn kept(connection: &Connection, row: &Row<'_>) -> Result<KeptBill> {
    let id: i64 = row.get(0)?;
    let month = row.get_ref(1)?.as_str().ok().and_then(first_day);
    let payer: std::result::Result<Option<String>, _> = row.get(2);
    let known_payer = payer.as_ref().ok().cloned().flatten();
    let unreadable = |reason: &str| KeptBill::Unreadable {
        month,
        payer: known_payer.clone(),
        reason: format!("bills row {id}: {reason}"),
    };
    if !matches!(row.get_ref(7)?, rusqlite::types::ValueRef::Null) {
        return Ok(unreadable("an older version kept it in a form that can't be read any more"));
    }
    let (Some(month), Ok(payer), Ok(issue)) = (month, payer, row.get::<_, Option<String>>(3)) else {
        return Ok(unreadable("its month, payer or issue is damaged"));
    };
    let lines = match lines(connection, id)? {
        Ok(lines) => lines,
        Err(reason) => return Ok(unreadable(&reason)),
    };
    // What was written beside the lines says whether all of them are there as they were.
    let count = row.get::<_, i64>(4).ok().and_then(|count| usize::try_from(count).ok());
    let cost = row.get(5).ok().zip(row.get(6).ok()).map(|(billionths, fine)| Exact { billionths, fine });
    if count != Some(lines.len()) || cost.is_none() || cost != sum(&lines) {
        return Ok(unreadable("its lines don't add up to what it was"));
    }
    Ok(KeptBill::Whole(Bill { month, payer, issue, lines }))
}

/// Those that count, by month and payer: the last of a payer's month; one without a payer takes the place of all
/// before it, and gives it up to any after it. Those whose month can't be read come first: nobody knows what they
/// count for.
fn counting(connection: &Connection, account: AccountId) -> Result<Vec<KeptBill>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, month, payer, issue, line_count, cost, cost_fine, unreadable FROM bills
         WHERE account_id = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([account.0])?;
    let mut lost = Vec::new();
    let mut months: BTreeMap<NaiveDate, BTreeMap<Option<String>, KeptBill>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let bill = kept(connection, row)?;
        let Some(month) = bill.month() else {
            lost.push(bill);
            continue;
        };
        let of_month = months.entry(month).or_default();
        match bill.payer() {
            Some(_) => _ = of_month.remove(&None),
            None => of_month.clear(),
        }
        of_month.insert(bill.payer().map(str::to_owned), bill);
    }
    lost.extend(months.into_values().flat_map(BTreeMap::into_values));
    Ok(lost)
}

impl Store {
    /// The bills that count, by month and payer; first those whose month can't be read.
    pub fn bills(&self, account: AccountId) -> Result<Vec<KeptBill>> {
        counting(&self.connection, account)
    }
}

impl Writing<'_> {
    /// The bills that count, by month and payer; first those whose month can't be read.
    pub fn bills(&self, account: AccountId) -> Result<Vec<KeptBill>> {
        counting(&self.transaction, account)
    }

    /// Appends a bill.
    pub fn append_bill(&self, account: AccountId, bill: &Bill, now: Moment) -> Result<()> {
        let too_large = || StoreError::NotExact(format!("the whole bill of {}", written(bill.month)));
        let cost = sum(&bill.lines).ok_or_else(too_large)?;
        let count = i64::try_from(bill.lines.len()).map_err(|_| too_large())?;
        self.transaction.execute(
            "INSERT INTO bills (account_id, month, payer, issue, line_count, cost, cost_fine, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                account.0,
                written(bill.month),
                bill.payer,
                bill.issue,
                count,
                cost.billionths,
                cost.fine,
                now.unix_seconds(),
            ],
        )?;
        let id = self.transaction.last_insert_rowid();
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO bill_lines (bill_id, position, usage_account, region, user, kind, name, quantity,
                                     quantity_fine, cost, cost_fine)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for (position, line) in (0_i64..).zip(&bill.lines) {
            insert.execute(params![
                id,
                position,
                line.usage_account,
                line.region,
                line.user,
                line.kind,
                line.name,
                line.quantity.billionths,
                line.quantity.fine,
                line.cost.billionths,
                line.cost.fine,
            ])?;
        }
        Ok(())
    }

    /// Keeps that there was a bill of a month which nobody can read any more, with what is left of it.
    pub fn append_unreadable_bill(
        &self,
        account: AccountId,
        month: &str,
        left: &str,
        now: Moment,
    ) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO bills (account_id, month, line_count, cost, cost_fine, unreadable, recorded_at)
             VALUES (?1, ?2, 0, 0, 0, ?3, ?4)",
            params![account.0, month, left, now.unix_seconds()],
        )?;
        Ok(())
    }
}
