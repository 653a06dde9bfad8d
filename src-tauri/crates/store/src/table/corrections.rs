//! What takes the place of a task that was recorded before: its session tells it again, and differently. Both stay, and one
//! counts.

use super::accounts::AccountId;
use super::events::{Counted, ESTIMATES, EventKind, NewEvent, moment, stored};
use crate::{Result, StoreError, Writing};
use headroom_exact::{Credits, Moment, say};
use rusqlite::{OptionalExtension, params};

/// What the key of an event has behind that of the one whose place it took.
pub(crate) const AGAIN: &str = " again";

/// A task, or credits outside one, as recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    id: i64,
    /// Its key, or that of the first under which it was recorded with [`AGAIN`] behind it, however often.
    key: String,
    /// When it ended.
    pub at: Moment,
    /// Metered, of unknown cost, estimated, outside a task; superseded if nothing under the key counts any more.
    pub kind: EventKind,
    /// What it cost, where that is known.
    pub credits: Option<Credits>,
    /// The model, where it is known.
    pub model: Option<String>,
    /// The session, where it is known.
    pub session: Option<String>,
    /// Where it came from.
    source: String,
    /// Everything as observed, JSON.
    pub body: String,
}

impl Writing<'_> {
    /// What is recorded last under a key.
    pub fn recorded(&self, account: AccountId, key: &str) -> Result<Option<Recorded>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT id, at, at_nanoseconds, kind, credits, model, session, source, body FROM events
             WHERE account_id = ?1 AND key = ?2",
        )?;
        let mut found = None;
        let mut key = key.to_owned();
        loop {
            let row = statement
                .query_row(params![account.0, key], |row| {
                    let (id, seconds, fine): (i64, i64, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    let (kind, credits): (String, Option<i64>) = (row.get(3)?, row.get(4)?);
                    let (session, source): (Option<String>, String) = (row.get(6)?, row.get(7)?);
                    Ok((id, (seconds, fine), kind, credits, row.get(5)?, (session, source), row.get(8)?))
                })
                .optional()?;
            let Some((id, (seconds, fine), kind, credits, model, (session, source), body)) = row else {
                return Ok(found);
            };
            let unknown = || StoreError::Damaged {
                table: "events",
                id,
                reason: say!("no-kind-of-event", text = &kind),
            };
            let kind = EventKind::named(&kind).ok_or_else(unknown)?;
            let at = moment(id, seconds, fine)?;
            let credits = credits.map(|credits| Credits::from_hundredths(credits.into()));
            let after = format!("{key}{AGAIN}");
            found = Some(Recorded { id, key, at, kind, credits, model, session, source, body });
            if kind != EventKind::Superseded {
                return Ok(found);
            }
            key = after;
        }
    }

    /// Whether a task of a session that ended from then on, on that day or the next, is recorded and counts, but for what is
    /// recorded under this key.
    pub fn is_told_since(&self, account: AccountId, session: &str, but: &str, from: Moment) -> Result<bool> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM events
                 WHERE account_id = ?1 AND (at, at_nanoseconds) >= (?2, ?3) AND at < ?4 AND session = ?5
                   AND kind <> 'superseded' AND substr(key, 1, length(?6)) <> ?6)",
        )?;
        let to = from.plus_seconds(2 * 86_400);
        let of = params![account.0, from.unix_seconds(), from.nanoseconds(), to.unix_seconds(), session, but];
        Ok(statement.query_row(of, |row| row.get(0))?)
    }

    /// The keys of what an account's session used outside its tasks and that counts.
    pub fn auxiliary_of(&self, account: AccountId, session: &str) -> Result<Vec<Recorded>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT key FROM events WHERE account_id = ?1 AND session = ?2 AND kind = 'auxiliary' ORDER BY id",
        )?;
        let keys = statement.query_map(params![account.0, session], |row| row.get::<_, String>(0))?;
        let keys = keys.collect::<rusqlite::Result<Vec<_>>>()?;
        let recorded = keys.iter().map(|key| self.recorded(account, key));
        Ok(recorded.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Has something recorded count no longer, and `by` in its place, if there is anything.
    pub fn supersede(
        &self,
        account: AccountId,
        recorded: &Recorded,
        by: Option<NewEvent>,
        now: Moment,
    ) -> Result<()> {
        if recorded.kind != EventKind::Superseded {
            let hundredths = recorded.credits.map(stored).transpose()?;
            let mut statement =
                self.transaction.prepare_cached("UPDATE events SET kind = 'superseded' WHERE id = ?1")?;
            statement.execute([recorded.id])?;
            let counted = Counted {
                at: recorded.at,
                kind: recorded.kind,
                model: recorded.model.as_deref(),
                session: recorded.session.as_deref(),
                source: &recorded.source,
                hundredths,
                times: -1,
            };
            self.count(account, &counted)?;
        }
        // Nothing in its place is noted too: what is lost with damaged data would otherwise count again.
        let by = by.unwrap_or_else(|| NewEvent {
            at: recorded.at,
            kind: EventKind::Superseded,
            key: String::new(),
            credits: recorded.credits,
            model: recorded.model.clone(),
            session: recorded.session.clone(),
            source: "withdrawn",
            body: recorded.body.clone(),
        });
        self.append(account, &NewEvent { key: format!("{}{AGAIN}", recorded.key), ..by }, now)?;
        Ok(())
    }
}

impl Recorded {
    /// Whether it is, or was, of what counts in no charge.
    pub fn is_estimate(&self) -> bool {
        self.kind == EventKind::Estimated || self.source == ESTIMATES
    }

    /// The key under which it was recorded first.
    pub fn first_key(&self) -> &str {
        self.key.trim_end_matches(AGAIN)
    }
}
