//! AWS cost exports with Kiro's rows (`interfaces.md` §3.2): CUR 2.0 and the legacy report, as CSV, CSV.gz or
//! Parquet.
//!
//! An export has a row for every hour or day of everything an account uses. Kiro's rows are summed by month,
//! account, user and kind while the others are passed over, so that memory doesn't grow with the file.

mod parquet_file;
mod text_file;

use crate::kiro_user;
use crate::number;
use crate::table_file::{self, BadRows, Counter, FileKind, ReadError, Watching};
use chrono::{Datelike, NaiveDate};
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const WHAT: FileKind = FileKind::AwsCostExport;

/// What a line is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
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
fn places(find: impl Fn(&str) -> Option<usize>) -> Result<[Option<usize>; COLUMNS.len()], Saying> {
    let mut places = [None; COLUMNS.len()];
    for (index, (place, (name, legacy))) in places.iter_mut().zip(COLUMNS).enumerate() {
        *place = find(name).or_else(|| find(legacy));
        if place.is_none() && !MAY_LACK.contains(&index) {
            return Err(say!("no-column", column = name));
        }
    }
    Ok(places)
}

/// Whether a product's rows are Kiro's: it was sold as Amazon Q before.
fn is_kiro(product: &str) -> bool {
    product == "Kiro" || product == "AmazonQ"
}

/// A line's month, account, region, user and kind, and its payer (empty where it isn't told).
type Key = (NaiveDate, String, String, String, LineKind, String);

/// What is summed: months of a tier or credits, and dollars.
#[derive(Default)]
struct Sum {
    quantity: Decimal,
    cost: Decimal,
}

/// Sums of a folder's files.
#[derive(Default)]
struct Sums {
    lines: Vec<(Key, Sum)>,
    /// Where a key's sum is.
    places: HashMap<Key, usize>,
    /// The texts of a row that was seen and where its sum is, if it has one: most rows repeat them.
    seen: HashMap<String, Option<usize>>,
    /// Bytes of those texts.
    seen_bytes: usize,
    /// Bytes that the lines take which came since somebody asked.
    more: usize,
}

/// The most combinations of texts that are remembered, and the most bytes of them.
const MOST_SEEN: usize = 1 << 17;
const MOST_SEEN_BYTES: usize = 32 << 20;
/// What a line takes beside its texts: it stands in two places, one of which may have just grown to twice its size, and
/// each text is a piece of memory of its own.
const BYTES_A_LINE: usize = 3 * size_of::<(Key, Sum)>() + 192;

impl Sums {
    /// Adds one of Kiro's rows. `text` is room to work in.
    fn add(&mut self, cells: &Cells<'_>, text: &mut String) -> Result<(), Saying> {
        let [
            _,
            period,
            account,
            resource,
            usage_type,
            operation,
            kind,
            quantity,
            cost,
            currency,
            unit,
            payer,
        ] = cells;
        text.clear();
        for part in [period, account, resource, usage_type, operation, kind, currency, unit, payer] {
            text.push_str(part);
            text.push('\0');
        }
        let known = self.seen.get(text.as_str()).copied();
        let place = known.map_or_else(|| self.learn(cells, text), Ok)?;
        let Some((key, sum)) = place.and_then(|place| self.lines.get_mut(place)) else { return Ok(()) };
        let read =
            |field: &str, text: &str| number::exact(text).ok_or_else(|| say!("not-a-number", field, text));
        let quantity = read("usage_amount", quantity)?;
        let cost = read("unblended_cost", cost)?;
        // The same credits can come under two units; a fee's and a discount's own amount says nothing.
        let counts = match key.4 {
            LineKind::Subscription(_) => true,
            LineKind::Credits => unit.is_empty() || unit.eq_ignore_ascii_case("credits"),
            LineKind::Discount | LineKind::Tax | LineKind::Other(_) => false,
        };
        let too_large = || say!("sums-too-large");
        let quantity = if counts { quantity } else { Decimal::ZERO };
        let quantity = sum.quantity.checked_add(quantity).ok_or_else(too_large)?;
        let cost = sum.cost.checked_add(cost).ok_or_else(too_large)?;
        *sum = Sum { quantity, cost };
        Ok(())
    }

    /// Finds out where rows with these texts belong.
    fn learn(&mut self, cells: &Cells<'_>, text: &str) -> Result<Option<usize>, Saying> {
        let (lines, texts) = (self.lines.len(), text.len());
        let place = key(cells)?.map(|key| {
            *self.places.entry(key).or_insert_with_key(|key| {
                self.lines.push((key.clone(), Sum::default()));
                self.lines.len().saturating_sub(1)
            })
        });
        if self.lines.len() > lines {
            self.more = self.more.saturating_add(BYTES_A_LINE).saturating_add(texts.saturating_mul(2));
        }
        if self.seen.len() >= MOST_SEEN || self.seen_bytes >= MOST_SEEN_BYTES {
            self.seen = HashMap::new();
            self.seen_bytes = 0;
        }
        self.seen_bytes = self.seen_bytes.saturating_add(texts);
        self.seen.insert(text.to_owned(), place);
        Ok(place)
    }

    /// How many bytes more are taken than when this was asked last.
    fn more(&mut self) -> usize {
        mem::take(&mut self.more)
    }
}

/// What a row's texts mean; none for what is no charge.
fn key(cells: &Cells<'_>) -> Result<Option<Key>, Saying> {
    let [_, period, account, resource, usage_type, operation, kind, _, _, currency, _, payer] = cells;
    if *operation == "q-developer-snapshot" {
        return Ok(None);
    }
    if *currency != "USD" && !currency.is_empty() {
        return Err(say!("not-us-dollars", field = "currency_code", text = *currency));
    }
    let month: NaiveDate = period
        .get(..10)
        .and_then(|date| date.parse().ok())
        .and_then(|date: NaiveDate| date.with_day(1))
        .ok_or_else(|| say!("not-a-date", field = "billing_period_start_date", text = *period))?;
    let (region, tier) = usage_type.split_once('-').unwrap_or(("", usage_type));
    let tier = tier.rsplit('-').next().unwrap_or_default();
    let kind = match *kind {
        "Tax" => LineKind::Tax,
        "Credit" | "Refund" => LineKind::Discount,
        kind if kind.ends_with("Discount") => LineKind::Discount,
        _ if operation.eq_ignore_ascii_case("credits") => LineKind::Credits,
        _ if *operation == "monthly-subscription" || *operation == "number-q-dev-subscriptions" => {
            LineKind::Subscription(hyphenated(tier))
        }
        _ => LineKind::Other((*operation).to_owned()),
    };
    let user = kiro_user::key(resource).to_owned();
    Ok(Some((month, (*account).to_owned(), region.to_owned(), user, kind, (*payer).to_owned())))
}

/// `ProPlus` as price lists have it: `pro-plus`.
fn hyphenated(tier: &str) -> String {
    let mut name = String::new();
    for letter in tier.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name.replace(['_', ' '], "")
}

/// Reads an export, or every one in a folder and the folders in it. A payer's month can have been issued
/// several times, each into a folder of its own: the folder written last counts.
pub fn read(path: &Path, watching: Watching<'_>) -> Result<CostExport, ReadError> {
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
        let name = file.to_string_lossy().to_ascii_lowercase();
        let outcome = if name.ends_with(".parquet") {
            parquet_file::read(&file, sums, &mut counter, &mut export)
        } else {
            text_file::read(&file, sums, &mut counter, &mut export)
        };
        match outcome {
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
