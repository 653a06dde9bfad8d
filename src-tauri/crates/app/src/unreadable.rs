//! What is kept and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::account::kind_of;
use crate::answers::{RecordedAct, UnreadableRecord};
use crate::error::AppError;
use crate::{kinds, vendors};
use headroom_store::Store;
use headroom_store::table::accounts::Account;
use std::fmt;

const BACKUP: &str = "close Headroom and put a backup from before the damage in its database's place";

/// Everything of an account that is kept and can't be read: of what its vendor said, and of what its kind keeps.
pub(crate) fn of(store: &Store, account: &Account) -> Result<Vec<UnreadableRecord>, AppError> {
    let mut records = match vendors::of(account)? {
        Some(vendor) => vendor.unreadable(store, account.id)?,
        None => Vec::new(),
    };
    records.extend(kinds::of(kind_of(account)?).unreadable(store, account.id)?);
    Ok(records)
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
                let vendor = vendors::named(*vendor).called();
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
            Self::Act { act, on, reason } => {
                let (what, helps) = match act {
                    RecordedAct::PlanChange => {
                        ("plan change", "state the plan again, in Settings or with headroom facts --plan")
                    }
                    RecordedAct::OverageSwitch => ("change of the overage switch", BACKUP),
                    RecordedAct::Details => ("account's details", BACKUP),
                };
                write!(
                    out,
                    "The {what} recorded on {on} can't be read, and this account has no figures without it: \
                     {helps}. ({reason})"
                )
            }
        }
    }
}
