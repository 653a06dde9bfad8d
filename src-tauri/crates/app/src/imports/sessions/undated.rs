//! What sessions used at a moment that nobody knows, in the store: as something of unknown cost at the moments between which it was,
//! so that no sum of theirs is shown as whole.

use super::recording::{ESTIMATES, NEWER, OLDER, Recording};
use crate::error::AppError;
use crate::imports::tasks;
use headroom_exact::{Moment, Month};
use headroom_sources::UsageObservation;
use headroom_sources::kiro::session_folders::Session;
use headroom_sources::kiro::sessions::Undated;
use headroom_sources::observation::{Id, Key, KeyForm, Metering};
use headroom_store::table::events::EventKind;

/// By when a turn had ended, and since when, where that is another month.
fn bounds_of(turn: &Key) -> [Key; 2] {
    ["by", "since"].map(|bound| Key::new(KeyForm::Turn, Id::from(format!("{turn}:{bound}").as_str())))
}

impl Recording<'_, '_> {
    /// Records that a turn of the older layout used something, unless a copy of it told when.
    pub fn undated(
        &mut self,
        session: &str,
        turn: &Undated,
        written: Option<Moment>,
    ) -> Result<(), AppError> {
        let known = self.to.writing.recorded(self.to.account, &turn.key.to_string())?;
        let Some(latest) = turn.by.or(written).or(turn.since) else { return Ok(()) };
        if known.is_some_and(|known| known.kind != EventKind::Superseded) {
            return Ok(());
        }
        let [by, since] = bounds_of(&turn.key);
        self.bound((session, by, latest), OLDER, |now, before| now < before)?;
        let other = turn.since.filter(|since| Month::of(*since) < Month::of(latest));
        other.map_or(Ok(()), |at| self.bound((session, since, at), OLDER, |now, before| now > before))
    }

    /// Takes that back of a turn, once it is told when it ended.
    pub fn is_dated(&self, turn: &Key) -> Result<(), AppError> {
        bounds_of(turn).iter().try_for_each(|bound| self.take_back(bound))
    }

    /// Records that a session of the newer layout may have used something, where nothing of it could be read, ever.
    pub fn unread(&mut self, session: &Session, is_new: bool) -> Result<(), AppError> {
        let key = Key::new(KeyForm::Execution, Id::from(format!("{}:unread", session.id).as_str()));
        let Some(written) = session.written else { return self.take_back(&key) };
        if !is_new {
            return Ok(());
        }
        let source = if self.metered { NEWER } else { ESTIMATES };
        let at = session.born.created_at.unwrap_or(written);
        self.bound((&session.id, key, at), source, |now, before| now < before)
    }

    fn take_back(&self, key: &Key) -> Result<(), AppError> {
        let (account, writing) = (self.to.account, self.to.writing);
        match writing.recorded(account, &key.to_string())? {
            Some(known) if known.kind != EventKind::Superseded => {
                Ok(writing.supersede(account, &known, None, self.to.now)?)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Keeps a bound; of two the nearer one.
    fn bound(
        &mut self,
        (session, key, at): (&str, Key, Moment),
        source: &'static str,
        is_nearer: impl Fn(Moment, Moment) -> bool,
    ) -> Result<(), AppError> {
        let (account, writing) = (self.to.account, self.to.writing);
        let last = writing.recorded(account, &key.to_string())?;
        let counts = last.as_ref().filter(|last| last.kind != EventKind::Superseded);
        if counts.is_some_and(|counts| !is_nearer(at, counts.at)) {
            return Ok(());
        }
        let something = UsageObservation { key, at, metering: Metering::Unknown, model: None };
        let kind = if source == ESTIMATES { EventKind::Estimated } else { EventKind::Usage };
        let event = tasks::event(&something, session, 1, kind, source)?;
        match last {
            Some(last) => writing.supersede(account, &last, Some(event), self.to.now)?,
            None => _ = self.appending.append(account, &event, self.to.now)?,
        }
        Ok(())
    }
}
