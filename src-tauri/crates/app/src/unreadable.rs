//! What is kept and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::answers::{UnreadableRecord, Vendor};
use crate::error::AppError;
use crate::quoted;
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use serde::de::DeserializeOwned;
use std::fmt;

/// When the newest of these was kept, if it can't be read and none that can be is newer.
pub(crate) fn lost<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    sources: &[&str],
) -> Result<Option<Moment>, AppError> {
    let (mut lost, mut read) = (None, None);
    for source in sources {
        let newest = quoted::newest::<T>(store, id, source, None)?;
        lost = lost.max(newest.unreadable);
        read = read.max(newest.readable.map(|(at, _)| at));
    }
    Ok(lost.filter(|lost| read.is_none_or(|read| *lost > read)))
}

/// That figures a vendor said can't be read, where some can't.
pub(crate) fn figures(vendor: Vendor, lost: Option<Moment>) -> Option<UnreadableRecord> {
    lost.map(|at| UnreadableRecord::Figures { vendor, at: at.to_string() })
}

/// Months as answers name them.
pub(crate) fn named(months: &[NaiveDate]) -> Vec<String> {
    months.iter().map(|month| month.format("%Y-%m").to_string()).collect()
}

/// What it is, and what helps.
impl fmt::Display for UnreadableRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bill { months } => match months.as_slice() {
                [month] => write!(out, "The bill of {month} can't be read; import it again."),
                months => write!(
                    out,
                    "A bill can't be read, nor of which of these months it is; import each of them again: {}.",
                    months.join(", ")
                ),
            },
            Self::Figures { vendor, at } => {
                let vendor = match vendor {
                    Vendor::Kiro => "Kiro",
                    Vendor::Kilo => "Kilo",
                };
                write!(
                    out,
                    "What {vendor} said at {at} can't be read; older figures stand for it until {vendor} is asked again."
                )
            }
            Self::Models { at } => {
                write!(
                    out,
                    "What Kiro said at {at} of its models can't be read; it is asked again within a day."
                )
            }
            Self::Spending { at } => {
                write!(out, "Whose spending Kilo told at {at} can't be read; refresh to ask Kilo again.")
            }
            Self::WhatIf { name } => {
                write!(
                    out,
                    "The What-if \"{name}\" can't be read; keep it again under the same name, or remove it."
                )
            }
        }
    }
}
