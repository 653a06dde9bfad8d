//! What an export says, and the columns that say it.

use crate::table_file::{BadRows, FileKind};
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

pub(super) const WHAT: FileKind = FileKind::AwsCostExport;

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
    pub(super) fn text(&self) -> &str {
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
pub(super) const COLUMNS: [(&str, &str); 12] = [
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
pub(super) type Cells<'c> = [&'c str; COLUMNS.len()];

/// Where each column stands, by how a reader finds one.
pub(super) fn places(find: impl Fn(&str) -> Option<usize>) -> Result<[Option<usize>; COLUMNS.len()], Saying> {
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
pub(super) fn is_kiro(product: &str) -> bool {
    product == "Kiro" || product == "AmazonQ"
}
