//! What is kept of one person's account and can't be read any more.

use crate::answers::{UnreadableRecord, Vendor, WhatIf};
use crate::error::AppError;
use crate::quoted::{COMMAND, IDE_LOG, IDE_STATE, MODELS, SERVICE};
use crate::unreadable::{figures, lost};
use headroom_sources::kiro_models::ModelRate;
use headroom_sources::observation::LimitsSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

pub(crate) fn records(store: &Store, id: AccountId) -> Result<Vec<UnreadableRecord>, AppError> {
    let sources = [SERVICE, COMMAND, IDE_STATE, IDE_LOG];
    let mut records: Vec<_> =
        figures(Vendor::Kiro, lost::<LimitsSnapshot>(store, id, &sources)?).into_iter().collect();
    let models = lost::<Vec<ModelRate>>(store, id, &[MODELS])?;
    records.extend(models.map(|at| UnreadableRecord::Models { at: at.to_string() }));
    for saved in store.scenarios(id)? {
        if serde_json::from_str::<WhatIf>(&saved.body).is_err() {
            records.push(UnreadableRecord::WhatIf { name: saved.name });
        }
    }
    Ok(records)
}
