//! What people download by hand from AWS's console in place of an export. It says neither what a line is one by nor whose it is
//! (rules F1 and F8), so that it isn't read, but named with the export that is.

use crate::files::words::column;
use csv::ByteRecord;
use headroom_exact::{Saying, say};

/// Columns of the table that the page "Bills" offers, which is the monthly report too, and of the detailed report before it.
const OF_BILLS: [&str; 3] = ["InvoiceID", "RecordType", "LinkedAccountId"];
/// What the last column of Cost Explorer's table begins with, before the sign of a currency: `Total costs($)`.
const OF_EXPLORER: [&str; 2] = ["totalcosts(", "totalcost("];

/// What a table with this header is, if it is from the console.
pub(crate) fn downloaded(header: &ByteRecord) -> Option<Saying> {
    if OF_BILLS.iter().all(|name| column(header, name).is_some()) {
        return Some(say!("is-a-consoles-bill"));
    }
    let is_total = |name: &[u8]| {
        let name: String = String::from_utf8_lossy(name).to_lowercase().split_whitespace().collect();
        OF_EXPLORER.iter().any(|begins| name.starts_with(begins)) && name.ends_with(')')
    };
    header.iter().next_back().is_some_and(is_total).then(|| say!("is-of-cost-explorer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_console_offers_is_told_from_other_tables() {
        let said = |header: &[&str]| {
            let said = downloaded(&ByteRecord::from(header.to_vec()));
            said.map_or_else(|| "none".to_owned(), |said| said.to_string())
        };
        for header in [
            &["Service", "Kiro($)", "CloudWatch($)", "Total costs($)"][..],
            &["Usage type", "USE1-KiroEnterprise-Pro($)", "Total costs ($)"],
            &["Linked account", "Total cost (€)"],
        ] {
            assert_eq!(said(header), "is-of-cost-explorer", "{header:?}");
        }
        let bill = ["InvoiceID", "PayerAccountId", "LinkedAccountId", "RecordType", "RecordId", "TotalCost"];
        assert_eq!(said(&bill), "is-a-consoles-bill");
        for header in [
            &["Service", "Total"][..],
            &["Total costs($)", "Service"],
            &["InvoiceID", "Amount"],
            &["lineItem/ProductCode", "bill/InvoiceId"],
            &[],
        ] {
            assert_eq!(said(header), "none", "{header:?}");
        }
    }
}
