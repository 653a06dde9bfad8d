//! What an export says, and the columns that say it.

use super::issue::{Issue, Layout};
use crate::files::reason::Reason;
use crate::files::table_file::{FileKind, column};
use chrono::NaiveDate;
use csv::ByteRecord;
use headroom_exact::say;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub(super) const WHAT: FileKind = FileKind::AwsCostExport;

/// What a line is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// A month of a tier, such as `pro-plus`.
    Subscription(String),
    /// Credits: those within the tier cost nothing.
    Credits,
    /// A credit, a discount, a refund, of which an older version didn't keep what it is.
    Discount,
    /// Tax.
    Tax,
    /// Something else, by the name of its operation.
    Other(String),
    /// Whatever it is for, it is in another currency than dollars, by its code: in no sum of them.
    Currency(String),
    /// A credit, a discount, a refund, by the type of its line, such as `edp-discount`.
    Deduction(String),
}

impl LineKind {
    /// What the export calls it, where it isn't one of ours.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Subscription(text) | Self::Other(text) | Self::Currency(text) | Self::Deduction(text) => {
                text
            }
            Self::Credits | Self::Discount | Self::Tax => "",
        }
    }

    /// Whether it takes something off.
    pub const fn is_deduction(&self) -> bool {
        match self {
            Self::Discount | Self::Deduction(_) => true,
            Self::Subscription(_) | Self::Credits | Self::Tax | Self::Other(_) | Self::Currency(_) => false,
        }
    }

    /// Whether what it costs is in dollars and no tax.
    pub const fn is_before_tax(&self) -> bool {
        match self {
            Self::Subscription(_) | Self::Credits | Self::Discount | Self::Other(_) | Self::Deduction(_) => {
                true
            }
            Self::Tax | Self::Currency(_) => false,
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
    /// The user's key ([`crate::kiro::user::key`]); empty where the export has no resource ids.
    pub user: String,
    /// What it is for.
    pub kind: LineKind,
    /// Months of a tier, or credits; a decimal.
    pub quantity: Decimal,
    /// Dollars before tax, exact; below zero for discounts. Of another currency, in that.
    pub cost: Decimal,
}

impl BillLine {
    /// By what the lines of a bill are in order.
    pub fn place(&self) -> (&str, &str, &str, &LineKind) {
        (&self.user, &self.account, &self.region, &self.kind)
    }
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
    /// Which issue of it; none where an older version kept it.
    #[serde(skip)]
    pub issue: Option<Issue>,
}

/// Every layout, in the order in which a column is named.
const LAYOUTS: [Layout; 3] = [Layout::Underscores, Layout::Slashes, Layout::Focus];

/// A column: its name in each layout.
pub(super) type Names = [&'static str; 3];

/// A column's name in a layout; empty where that has none.
pub(super) const fn name_in(names: &Names, layout: Layout) -> &'static str {
    let [underscores, slashes, focus] = names;
    match layout {
        Layout::Underscores => underscores,
        Layout::Slashes => slashes,
        Layout::Focus => focus,
    }
}

/// The columns that are read.
pub(super) const COLUMNS: [Names; 18] = [
    ["line_item_product_code", "lineItem/ProductCode", "x_ServiceCode"],
    ["bill_billing_period_start_date", "bill/BillingPeriodStartDate", "BillingPeriodStart"],
    ["line_item_usage_account_id", "lineItem/UsageAccountId", "SubAccountId"],
    ["line_item_resource_id", "lineItem/ResourceId", "ResourceId"],
    ["line_item_usage_type", "lineItem/UsageType", "x_UsageType"],
    ["line_item_operation", "lineItem/Operation", "x_Operation"],
    ["line_item_line_item_type", "lineItem/LineItemType", "ChargeCategory"],
    ["line_item_usage_amount", "lineItem/UsageAmount", "ConsumedQuantity"],
    ["line_item_unblended_cost", "lineItem/UnblendedCost", "BilledCost"],
    ["line_item_currency_code", "lineItem/CurrencyCode", "BillingCurrency"],
    ["pricing_unit", "pricing/unit", "ConsumedUnit"],
    ["bill_payer_account_id", "bill/PayerAccountId", "BillingAccountId"],
    ["line_item_usage_start_date", "lineItem/UsageStartDate", "ChargePeriodStart"],
    ["line_item_usage_end_date", "lineItem/UsageEndDate", "ChargePeriodEnd"],
    ["identity_line_item_id", "identity/LineItemId", ""],
    ["identity_time_interval", "identity/TimeInterval", ""],
    ["bill_invoice_id", "bill/InvoiceId", "InvoiceId"],
    ["", "", "ChargeClass"],
];

/// Where each of them stands in a row.
pub(super) const PRODUCT: usize = 0;
pub(super) const PERIOD: usize = 1;
pub(super) const LINE_TYPE: usize = 6;
pub(super) const PAYER: usize = 11;
pub(super) const START: usize = 12;
pub(super) const ID: usize = 14;
pub(super) const INTERVAL: usize = 15;
pub(super) const CLASS: usize = 17;

/// What FOCUS calls a line that makes good what was billed before, of use or of a purchase: the other bills have a type of line for it.
pub(super) const CORRECTION: &str = "Correction";
/// Which lines those are, and the type that the other bills have.
pub(super) const CORRECTED: [&str; 2] = ["Usage", "Purchase"];
pub(super) const ADJUSTMENT: &str = "Adjustment";
/// The type of a line that pays something back.
pub(super) const REFUND: &str = "Refund";

/// The places of the columns that an export may lack: AWS's own view of Kiro's costs needs no others. Without the period
/// a line's month is that of its usage; without a currency it is in dollars, which Kiro is sold in.
pub(super) const MAY_LACK: [usize; 11] = [PERIOD, 3, 9, 10, PAYER, START, 13, 14, 15, 16, CLASS];

/// A column of FOCUS that nothing else has.
const OF_FOCUS: &str = "BilledCost";

/// A row's texts in the order of [`COLUMNS`].
pub(super) type Cells<'c> = [&'c str; COLUMNS.len()];

/// Where each column stands; none where there is no such column.
pub(super) type Places = [Option<usize>; COLUMNS.len()];

/// How the columns are named and where each stands, by how a reader finds one.
pub(super) fn places(find: impl Fn(&str) -> Option<usize>) -> Result<(Layout, Places), Reason> {
    let [product, ..] = COLUMNS;
    let named = LAYOUTS.into_iter().zip(product).find(|(_, name)| find(name).is_some());
    let Some((layout, _)) = named else {
        let [name, ..] = product;
        let focus = find(OF_FOCUS).map(|_| say!("focus-without-columns"));
        return Err(Reason::lack(focus.unwrap_or_else(|| say!("no-column", column = name))));
    };
    let mut places = [None; COLUMNS.len()];
    for (index, (place, names)) in places.iter_mut().zip(COLUMNS).enumerate() {
        let name = name_in(&names, layout);
        *place = if name.is_empty() { None } else { find(name) };
        if place.is_none() && !MAY_LACK.contains(&index) {
            return Err(Reason::lack(say!("no-column", column = name)));
        }
    }
    let [start, interval] = [START, INTERVAL].map(|index| places.get(index).copied().flatten());
    let [_, period, ..] = places;
    if period.or(start).is_none() {
        let [_, [name, ..], ..] = COLUMNS;
        return Err(Reason::lack(say!("no-column", column = name)));
    }
    // An interval begins with the moment at which the usage of its line began.
    if let Some(place) = places.get_mut(START) {
        *place = start.or(interval);
    }
    Ok((layout, places))
}

/// Whether a table with this header is a cost export, if perhaps one that lacks something.
pub(super) fn is_header(header: &ByteRecord) -> bool {
    let [product, ..] = COLUMNS;
    product.iter().chain([&OF_FOCUS]).any(|name| column(header, name).is_some())
}

/// The products whose rows are Kiro's: it was sold as Amazon Q before.
pub(super) const PRODUCTS: [&str; 2] = ["Kiro", "AmazonQ"];

/// Whether a product's rows are Kiro's, in whatever letters another program saved its name.
pub(super) fn is_kiro(product: &[u8]) -> bool {
    let product = product.trim_ascii();
    PRODUCTS.iter().any(|known| product.eq_ignore_ascii_case(known.as_bytes()))
}
