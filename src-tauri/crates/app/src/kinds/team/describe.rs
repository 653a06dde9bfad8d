//! What the owner of a team states of it.

use crate::account::find;
use crate::acts::record;
use crate::answers::{AccountNumber, AccountSummary, Kind, TeamFacts};
use crate::chosen::stated_of;
use crate::error::AppError;
use crate::kinds;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::events::EventKind;

/// States the facts of a team. Nothing is recorded when they can't be true.
pub(crate) fn save_facts(
    store: &mut Store,
    account: AccountNumber,
    facts: &TeamFacts,
    now: Moment,
) -> Result<AccountSummary, AppError> {
    facts.check(now)?;
    let id = store.write(|writing| {
        let id = stated_of(
            writing,
            Some(account),
            (Kind::KiloTeams, &kinds::of(Kind::KiloTeams).called().new),
            now,
        )?;
        record(writing, id, EventKind::Facts, facts, now)?;
        Ok::<_, AppError>(id)
    })?;
    kinds::summary(store, &find(store, id)?, now)
}
