//! What is selected of an account's usage, as a file.

use crate::account;
use crate::answers::{AccountNumber, UsageAsked, UsageQuery};
use crate::documents::file::{Export, file_name};
use crate::documents::usage_table;
use crate::error::AppError;
use crate::kinds;
use headroom_exact::Moment;
use headroom_store::Store;

/// Everything that is selected, as a table for spreadsheets.
pub(crate) fn table(
    store: &Store,
    account: AccountNumber,
    query: &UsageQuery,
    now: Moment,
) -> Result<Export, AppError> {
    let name = account::find(store, account.into())?.name;
    let page = |page: u32| kinds::usage_rows(store, account, &UsageQuery { page, ..query.clone() }, now);
    let first = page(0)?;
    let pages = first.pages;
    let mut all = vec![first];
    for number in 1..pages {
        all.push(page(number)?);
    }
    let asked = UsageAsked { range: query.range.clone(), split: None, only: Vec::new() };
    let view = kinds::usage(store, account, &asked, now)?;
    let days = format!("{}-{}", view.from, view.to);
    Ok(Export { name: file_name(&name, Some(&days), "csv"), bytes: usage_table::written(&all, view.unit) })
}
