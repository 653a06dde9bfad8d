//! What is kept of an account and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::account::kind_of;
use crate::bills;
use crate::error::AppError;
use crate::vendors;
use crate::views::{Kind, UnreadableRecord, WhatIf};
use chrono::NaiveDate;
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::Account;

/// Everything of an account that is kept and can't be read.
pub(crate) fn of(store: &Store, account: &Account) -> Result<Vec<UnreadableRecord>, AppError> {
    let id = account.id;
    let mut records = match vendors::of(account)? {
        Some(vendor) => vendor.unreadable(store, id)?,
        None => Vec::new(),
    };
    match kind_of(account)? {
        Kind::KiroIndividual => {
            for saved in store.scenarios(id)? {
                if serde_json::from_str::<WhatIf>(&saved.body).is_err() {
                    records.push(UnreadableRecord::WhatIf { name: saved.name });
                }
            }
        }
        Kind::KiroEnterprise => {
            let unreadable = bills::all(store, id)?.unreadable;
            records.extend(unreadable.iter().map(|months| UnreadableRecord::Bill { months: named(months) }));
        }
        Kind::KiloTeams => {}
    }
    Ok(records)
}

/// Months as views name them.
pub(crate) fn named(months: &[NaiveDate]) -> Vec<String> {
    months.iter().map(|month| month.format("%Y-%m").to_string()).collect()
}

/// What it is, and what helps.
impl From<&UnreadableRecord> for Saying {
    fn from(record: &UnreadableRecord) -> Self {
        match record {
            UnreadableRecord::Bill { months } => {
                let months: Vec<_> = months.iter().cloned().map(Value::Month).collect();
                say!("unreadable-bill", count = months.len(), months)
            }
            UnreadableRecord::Figures { vendor, at } => {
                let vendor = vendors::named(*vendor).called();
                say!("unreadable-figures", vendor, at = Value::Moment(at.clone()))
            }
            UnreadableRecord::Models { at } => say!("unreadable-models", at = Value::Moment(at.clone())),
            UnreadableRecord::Spending { at } => say!("unreadable-spending", at = Value::Moment(at.clone())),
            UnreadableRecord::WhatIf { name } => say!("unreadable-what-if", name),
        }
    }
}
