//! AWS cost exports with Kiro's rows (`interfaces.md` §3.2): CUR 2.0 and the legacy report, as CSV, CSV.gz or
//! Parquet.
//!
//! An export has a row for every hour or day of everything an account uses. Kiro's rows are summed by month,
//! account, user and kind while the others are passed over, so that memory doesn't grow with the file.

mod parquet_file;
mod reading;
mod sums;
mod text_file;
mod work;

pub(crate) use work::{work_on_packed, work_on_parquet};

use crate::table_file::{self, BadRows, Counter, ReadError, Watching};
use crate::worker::{Job, Worker};
use chrono::NaiveDate;
use reading::Reading;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use sums::{Sum, Sums};

const WHAT: &str = "AWS cost export";

/// What a line is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// A month of a tier, such as `pro-plus`.
    Subscription(String),
    /// Credits: those within the tier cost nothing.
    Credits,
    /// A credit note, a discount.
    Discount,
    /// Tax.
    Tax,
    /// Something else, by the name of its operation.
    Other(String),
}

impl LineKind {
    /// What the export calls it, where it isn't one of ours.
    fn text(&self) -> &str {
        match self {
            Self::Subscription(text) | Self::Other(text) => text,
            Self::Credits | Self::Discount | Self::Tax => "",
        }
    }
}

/// One line of a month's bill: everything of an account, a user and a kind.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct BillLine {
    /// The account that used it.
    pub account: String,
    /// The region's prefix, such as `USE1`; empty where the usage type has none.
    pub region: String,
    /// The user's key ([`kiro_user::key`]); empty where the export has no resource ids.
    pub user: String,
    /// What it is for.
    pub kind: LineKind,
    /// Months of a tier, or credits; a decimal.
    pub quantity: Decimal,
    /// Dollars before tax, exact; below zero for discounts.
    pub cost: Decimal,
}

/// A month's bill. (It is read from JSON where an older version kept it so.)
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct MonthBill {
    /// Its first day.
    pub month: NaiveDate,
    /// The account that pays; none where the export doesn't say.
    #[serde(default)]
    pub payer: Option<String>,
    /// By account, user and kind.
    pub lines: Vec<BillLine>,
}

/// What exports say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CostExport {
    /// By month and payer; of several issues of a payer's month the newest.
    pub months: Vec<MonthBill>,
    /// Files that were read.
    pub files: u32,
    /// Rows that were read, of every product.
    pub read: u64,
    /// Kiro's among them.
    pub of_kiro: u64,
    /// Issues of a month that a newer one replaced: their folders.
    pub replaced: Vec<PathBuf>,
    /// Rows of Kiro's that could not be read.
    pub bad: BadRows,
    /// Files of another kind in the folder.
    pub other_files: Vec<PathBuf>,
}

/// The columns that are needed: the name in CUR 2.0 and in the legacy report. In Athena's tables the legacy
/// names are as in CUR 2.0.
const COLUMNS: [(&str, &str); 12] = [
    ("line_item_product_code", "lineItem/ProductCode"),
    ("bill_billing_period_start_date", "bill/BillingPeriodStartDate"),
    ("line_item_usage_account_id", "lineItem/UsageAccountId"),
    ("line_item_resource_id", "lineItem/ResourceId"),
    ("line_item_usage_type", "lineItem/UsageType"),
    ("line_item_operation", "lineItem/Operation"),
    ("line_item_line_item_type", "lineItem/LineItemType"),
    ("line_item_usage_amount", "lineItem/UsageAmount"),
    ("line_item_unblended_cost", "lineItem/UnblendedCost"),
    ("line_item_currency_code", "lineItem/CurrencyCode"),
    ("pricing_unit", "pricing/unit"),
    ("bill_payer_account_id", "bill/PayerAccountId"),
];

/// The places of the columns that an export may lack: the user is optional in both, the unit is only in newer ones, and
/// the payer is left out of many.
const MAY_LACK: [usize; 3] = [3, 10, 11];

/// A row's texts in the order of [`COLUMNS`].
type Cells<'c> = [&'c str; COLUMNS.len()];

/// Where each column stands, by how a reader finds one.
fn places(find: impl Fn(&str) -> Option<usize>) -> Result<[Option<usize>; COLUMNS.len()], String> {
    let mut places = [None; COLUMNS.len()];
    for (index, (place, (name, legacy))) in places.iter_mut().zip(COLUMNS).enumerate() {
        *place = find(name).or_else(|| find(legacy));
        if place.is_none() && !MAY_LACK.contains(&index) {
            return Err(format!("it has no column {name}"));
        }
    }
    Ok(places)
}

/// Whether a product's rows are Kiro's: it was sold as Amazon Q before.
fn is_kiro(product: &str) -> bool {
    product == "Kiro" || product == "AmazonQ"
}

/// Reads an export, or every one in a folder and the folders in it. A payer's month can have been issued
/// several times, each into a folder of its own: the folder written last counts.
pub fn read(worker: &Worker, path: &Path, watching: Watching<'_>) -> Result<CostExport, ReadError> {
    let files = table_file::files(path, &[".csv", ".csv.gz", ".parquet"], WHAT)?;
    let single = path.is_file();
    let mut counter = Counter::new(&files, watching);
    let mut export = CostExport::default();
    let mut folders: BTreeMap<PathBuf, (SystemTime, Sums)> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(&file).to_owned();
        let written =
            fs::metadata(&file).and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let (newest, sums) = folders.entry(folder).or_insert_with(|| (written, Sums::default()));
        *newest = (*newest).max(written);
        match read_file(worker, &file, sums, &mut counter, &mut export) {
            Ok(()) => {
                export.files = export.files.saturating_add(1);
                counter.file(&file)?;
            }
            Err(ReadError::AnotherKind { path, .. }) if !single => export.other_files.push(path),
            Err(error) => return Err(error),
        }
    }
    if export.files == 0 {
        return Err(ReadError::Nothing { path: path.to_owned(), what: WHAT });
    }
    export.read = counter.count();
    keep_newest(&mut export, folders);
    Ok(export)
}

/// Reads one file: as a plain table here, in any other form by a worker.
fn read_file(
    worker: &Worker,
    file: &Path,
    sums: &mut Sums,
    counter: &mut Counter<'_>,
    export: &mut CostExport,
) -> Result<(), ReadError> {
    let ends_in = |ending: &str| file.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    if ends_in("parquet") {
        work::read(worker, Job::CostParquet, file, sums, counter, export)
    } else if ends_in("gz") {
        work::read(worker, Job::CostPacked, file, sums, counter, export)
    } else {
        let keep = |sums: &mut Sums, counter: &mut Counter<'_>| counter.keeps(file, sums.more());
        let mut reading = Reading::new(file, sums, counter, &keep);
        let outcome = text_file::read(&mut reading);
        reading.told(export);
        outcome
    }
}

/// Of each payer's month the folder that was written last.
fn keep_newest(export: &mut CostExport, folders: BTreeMap<PathBuf, (SystemTime, Sums)>) {
    let mut months: BTreeMap<(NaiveDate, String), (SystemTime, PathBuf, Vec<BillLine>)> = BTreeMap::new();
    for (folder, (written, sums)) in folders {
        let mut of_folder: BTreeMap<(NaiveDate, String), Vec<BillLine>> = BTreeMap::new();
        for ((month, account, region, user, kind, payer), Sum { quantity, cost }) in sums.lines {
            let line = BillLine {
                account,
                region,
                user,
                kind,
                quantity: quantity.normalize(),
                cost: cost.normalize(),
            };
            of_folder.entry((month, payer)).or_default().push(line);
        }
        for (month, mut lines) in of_folder {
            lines.sort_by(|one, other| {
                (&one.user, &one.account, &one.region, &one.kind).cmp(&(
                    &other.user,
                    &other.account,
                    &other.region,
                    &other.kind,
                ))
            });
            let issue = (written, folder.clone(), lines);
            let older = match months.remove(&month) {
                Some(known) if (known.0, &known.1) > (issue.0, &issue.1) => {
                    months.insert(month, known);
                    Some(issue)
                }
                known => {
                    months.insert(month, issue);
                    known
                }
            };
            export.replaced.extend(older.map(|(_, folder, _)| folder));
        }
    }
    let bill = |((month, payer), (_, _, lines)): ((NaiveDate, String), (_, _, _))| MonthBill {
        month,
        payer: Some(payer).filter(|payer| !payer.is_empty()),
        lines,
    };
    export.months = months.into_iter().map(bill).collect();
}

#[cfg(test)]
mod tests;
