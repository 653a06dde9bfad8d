//! What sessions use outside their executions, in the store. Their rows are kept as they stand, since whose a row is can
//! turn out later: a fork may be read before what it is of.

use super::recording::{ESTIMATES, NEWER, Recording};
use crate::error::AppError;
use crate::imports::tasks::TaskBody;
use headroom_exact::Credits;
use headroom_sources::kiro::session_folders::{Rise, Session, Split, delegated, joined, rises};
use headroom_sources::observation::Id;
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::table::sessions::SplitRow;
use std::collections::{BTreeSet, HashMap, HashSet};

fn key(id: &Id) -> String {
    format!("kiro:auxiliary:{id}")
}

impl Recording<'_, '_> {
    /// Keeps the rows of a session, with those that are kept of it. Which sessions they concern: those that have any of them
    /// too.
    pub fn keep_splits(
        &mut self,
        session: &Session,
        concerned: &mut BTreeSet<String>,
    ) -> Result<(), AppError> {
        let (account, writing) = (self.to.account, self.to.writing);
        if session.splits.is_empty() {
            return Ok(());
        }
        let kept = writing.splits(account, &session.id)?;
        let known = kept.iter().filter_map(split).collect();
        let rows: Vec<_> = joined(known, session.splits.clone()).iter().map(row).collect();
        if rows != kept {
            writing.keep_splits(account, &session.id, &rows)?;
        }
        concerned.insert(session.id.clone());
        concerned.extend(writing.shared_splits(account, &session.id)?.into_iter().map(|(_, other)| other));
        Ok(())
    }

    /// Records what a session used outside its executions, where each of it was used. What subagents used within them.
    pub fn auxiliary(&mut self, session: &str) -> Result<Option<Credits>, AppError> {
        let (account, writing) = (self.to.account, self.to.writing);
        let mut others: HashMap<String, Vec<String>> = HashMap::new();
        for (row, other) in writing.shared_splits(account, session)? {
            others.entry(row).or_default().push(other);
        }
        let of_row = |row: SplitRow| {
            let owners = others.get(&row.split);
            let copied =
                owners.is_some_and(|owners| owners.iter().any(|owner| self.lineage.leads(owner, session)));
            split(&row).map(|split| Split { copied, ..split })
        };
        let splits: Vec<_> = writing.splits(account, session)?.into_iter().filter_map(of_row).collect();
        let rises = rises(&splits);
        let keys: HashSet<_> = rises.iter().map(|rise| key(&rise.id)).collect();
        for recorded in writing.auxiliary_of(account, session)? {
            if !keys.contains(recorded.first_key()) {
                writing.supersede(account, &recorded, None, self.to.now)?;
            }
        }
        for rise in rises {
            self.rise(session, rise)?;
        }
        Ok(delegated(&splits))
    }

    fn rise(&mut self, session: &str, rise: Rise) -> Result<(), AppError> {
        let event = NewEvent {
            at: rise.at,
            kind: EventKind::Auxiliary,
            key: key(&rise.id),
            credits: Some(rise.credits),
            model: None,
            session: Some(session.to_owned()),
            source: if self.metered { NEWER } else { ESTIMATES },
            body: serde_json::to_string(&TaskBody { exact_credits: Some(rise.exact), said: 1 })?,
        };
        let (account, writing) = (self.to.account, self.to.writing);
        if self.appending.append(account, &event, self.to.now)? {
            self.is_new(event.credits);
            return Ok(());
        }
        let Some(recorded) = writing.recorded(account, &event.key)? else { return Ok(()) };
        let (counts, was_estimate) = (recorded.kind == EventKind::Auxiliary, recorded.is_estimate());
        if counts && !was_estimate && !self.metered {
            // Metered leads estimated.
            return Ok(());
        }
        if counts && was_estimate && self.metered {
            self.is_new(event.credits);
        }
        let same = counts
            && was_estimate != self.metered
            && (recorded.at, recorded.credits) == (event.at, event.credits)
            && (&recorded.session, &recorded.body) == (&event.session, &event.body);
        if !same {
            writing.supersede(account, &recorded, Some(event), self.to.now)?;
        }
        Ok(())
    }
}

fn split(row: &SplitRow) -> Option<Split> {
    Split::of_kept(&row.split, row.at, &row.auxiliary, &row.delegated)
}

fn row(split: &Split) -> SplitRow {
    let (auxiliary, delegated) = split.kept();
    SplitRow { split: split.id.to_string(), at: split.at, auxiliary, delegated }
}
