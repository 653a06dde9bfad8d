//! What is kept and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::account::kind_of;
use crate::answers::{RecordedAct, UnreadableRecord};
use crate::error::AppError;
use crate::{kinds, vendors};
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::Account;

/// Everything of an account that is kept and can't be read: of what its vendor said, and of what its kind keeps.
pub(crate) fn of(store: &Store, account: &Account, now: Moment) -> Result<Vec<UnreadableRecord>, AppError> {
    let mut records = match vendors::of(account)? {
        Some(vendor) => vendor.unreadable(store, account.id, now)?,
        None => Vec::new(),
    };
    records.extend(kinds::of(kind_of(account)?).unreadable(store, account.id)?);
    Ok(records)
}

/// What it is, and what helps.
impl From<&UnreadableRecord> for Saying {
    fn from(record: &UnreadableRecord) -> Self {
        match record {
            UnreadableRecord::Bill { months } => {
                let months: Vec<_> = months.iter().cloned().map(Value::Month).collect();
                say!("unreadable-bill", count = months.len(), months)
            }
            UnreadableRecord::BillUndecided { month, payer, issues } => {
                let month = Value::Month(month.clone());
                let issues: Vec<_> = issues
                    .iter()
                    .map(|issue| {
                        let nothing = || Value::Saying(say!("nothing-in-dollars"));
                        let amount = issue.amount.clone().map_or_else(nothing, Value::Dollars);
                        let from = issue.from.clone().unwrap_or_default();
                        Value::Saying(say!("bill-issue", from, amount))
                    })
                    .collect();
                match payer {
                    Some(payer) => say!("bill-undecided-of-payer", month, payer, issues),
                    None => say!("bill-undecided", month, issues),
                }
            }
            UnreadableRecord::Figures { vendor, at } => {
                let vendor = vendors::named(*vendor).called();
                say!("unreadable-figures", vendor, at = Value::Moment(at.clone()))
            }
            UnreadableRecord::Models { at } => say!("unreadable-models", at = Value::Moment(at.clone())),
            UnreadableRecord::Spending { at } => say!("unreadable-spending", at = Value::Moment(at.clone())),
            UnreadableRecord::WhatIf { name } => say!("unreadable-what-if", name),
            UnreadableRecord::Act { act, on, reason } => {
                let (on, reason) = (Value::Date(on.clone()), reason.clone());
                match act {
                    RecordedAct::Details => say!("unreadable-details", on, reason),
                    RecordedAct::PlanChange => say!("unreadable-plan-change", on, reason),
                    RecordedAct::OverageSwitch => say!("unreadable-switch", on, reason),
                    RecordedAct::Pack => say!("unreadable-pack", on, reason),
                    RecordedAct::Grant => say!("unreadable-grant", on, reason),
                    RecordedAct::Undo => say!("unreadable-undo", on, reason),
                }
            }
        }
    }
}
