//! Samples: accounts of made-up data, so that everything of a kind can be seen without a login or a file of one's own.

use crate::account::find;
use crate::answers::{AccountSummary, Kind};
use crate::error::AppError;
use crate::{kinds, language};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::Wanted;

/// Opens the sample of a kind, made anew if it isn't there.
pub(crate) fn open(store: &mut Store, kind: Kind, now: Moment) -> Result<AccountSummary, AppError> {
    let sample = kinds::of(kind).sample();
    let id = store.write(|writing| {
        let name = language::name(writing, &sample.name)?;
        let (id, is_new) = writing.account(kind.name(), Wanted::Sample, &name, now)?;
        if is_new {
            (sample.write)(writing, id, now)?;
        }
        Ok::<_, AppError>(id)
    })?;
    kinds::summary(store, &find(store, id)?, now)
}
