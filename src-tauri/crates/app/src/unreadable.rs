//! What is kept of an account and can't be read any more: it is told, so that nobody takes it for never recorded.

use crate::account::kind_of;
use crate::bills;
use crate::error::AppError;
use crate::quoted::{self, COMMAND, IDE_LOG, IDE_STATE, MODELS, QuotedTeam, SERVICE, TOLD, Told};
use crate::views::{Kind, UnreadableRecord, Vendor, WhatIf};
use chrono::NaiveDate;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::kiro_models::ModelRate;
use headroom_sources::observation::LimitsSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use serde::de::DeserializeOwned;

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
impl From<&UnreadableRecord> for Saying {
    fn from(record: &UnreadableRecord) -> Self {
        match record {
            UnreadableRecord::Bill { months } => {
                let months: Vec<_> = months.iter().cloned().map(Value::Month).collect();
                say!("unreadable-bill", count = months.len(), months)
            }
            UnreadableRecord::Figures { vendor, at } => {
                let vendor = match vendor {
                    Vendor::Kiro => "Kiro",
                    Vendor::Kilo => "Kilo",
                };
                say!("unreadable-figures", vendor, at = Value::Moment(at.clone()))
            }
            UnreadableRecord::Models { at } => say!("unreadable-models", at = Value::Moment(at.clone())),
            UnreadableRecord::Spending { at } => say!("unreadable-spending", at = Value::Moment(at.clone())),
            UnreadableRecord::WhatIf { name } => say!("unreadable-what-if", name),
        }
    }
}
