//! What is selected of the usage, as a table for spreadsheets: every row of it, and the sum.

use super::table::Table;
use crate::answers::{Unit, UsageMark, UsageRow, UsageRows};

/// How an amount is known, for programs.
const fn mark(mark: UsageMark) -> &'static str {
    match mark {
        UsageMark::Metered => "metered",
        UsageMark::Reported => "reported",
        UsageMark::Estimated => "estimated",
        UsageMark::Unknown => "unknown",
    }
}

fn cells(row: &UsageRow) -> [String; 6] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        row.at.clone(),
        text(row.amount.as_deref()),
        text(row.model.as_deref()),
        text(row.who.as_deref()),
        row.count.map(|count| count.to_string()).unwrap_or_default(),
        mark(row.mark).to_owned(),
    ]
}

/// The rows of every page. No title and no folder is among them.
pub(crate) fn written(pages: &[UsageRows], unit: Unit) -> Vec<u8> {
    let amount = match unit {
        Unit::Credits => "credits",
        Unit::Dollars => "dollars",
    };
    let mut table = Table::of(&["at", amount, "model_or_client", "session_or_user", "count", "known"]);
    for row in pages.iter().flat_map(|page| &page.rows) {
        table.row(&cells(row));
    }
    if let Some(all) = pages.first() {
        let total = all.total.clone().unwrap_or_default();
        let left_out = if all.at_least { "at_least" } else { "" };
        table.row(&["total", &total, "", "", &all.found.to_string(), left_out]);
    }
    table.bytes()
}
