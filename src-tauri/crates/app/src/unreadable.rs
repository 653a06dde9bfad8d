//! What is kept of an account and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::account::kind_of;
use crate::answers::{Kind, UnreadableRecord, Vendor, WhatIf};
use crate::bills;
use crate::error::AppError;
use crate::quoted::{self, COMMAND, IDE_LOG, IDE_STATE, MODELS, QuotedTeam, SERVICE, TOLD, Told};
use chrono::NaiveDate;
use headroom_exact::Moment;
use headroom_sources::kiro_models::ModelRate;
use headroom_sources::observation::LimitsSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use serde::de::DeserializeOwned;
use std::fmt;

/// When the newest of these was kept, if it can't be read and none that can be is newer.
fn lost<T: DeserializeOwned>(
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

/// Everything of an account that is kept and can't be read.
pub(crate) fn of(store: &Store, account: &Account) -> Result<Vec<UnreadableRecord>, AppError> {
    let id = account.id;
    let figures =
        |vendor, at: Option<Moment>| at.map(|at| UnreadableRecord::Figures { vendor, at: at.to_string() });
    let mut records = Vec::new();
    match kind_of(account)? {
        Kind::KiroIndividual => {
            let sources = [SERVICE, COMMAND, IDE_STATE, IDE_LOG];
            records.extend(figures(Vendor::Kiro, lost::<LimitsSnapshot>(store, id, &sources)?));
            let models = lost::<Vec<ModelRate>>(store, id, &[MODELS])?;
            records.extend(models.map(|at| UnreadableRecord::Models { at: at.to_string() }));
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
        Kind::KiloTeams => {
            let team = QuotedTeam::newest(store, id, None)?.1;
            records.extend(figures(Vendor::Kilo, team));
            let told = lost::<Told>(store, id, &[TOLD])?;
            records.extend(told.map(|at| UnreadableRecord::Spending { at: at.to_string() }));
        }
    }
    Ok(records)
}

/// Months as views name them.
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
