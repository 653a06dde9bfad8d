//! Sessions on their way into the store: each execution once, in the session it belongs to; what was recorded before and is
//! told differently since is corrected, by a statement of its own.

use crate::answers::{ImportAmount, ImportView, Unit};
use crate::error::{AppError, ErrorCode};
use crate::imports::import::{Content, Destination};
use crate::imports::tasks::{self, TaskBody};
use headroom_billing::Total;
use headroom_billing::total::known_sum;
use headroom_exact::{Credits, Moment, say};
use headroom_sources::UsageObservation;
use headroom_sources::kiro::lineage::{Born, Lineage};
use headroom_sources::kiro::session_folders::{Execution, Merged, Session};
use headroom_sources::kiro::sessions;
use headroom_sources::observation::{Id, Key, KeyForm, Metering};
use headroom_store::table::accounts::AccountId;
use headroom_store::table::corrections::Recorded;
use headroom_store::table::events::{Appending, EventKind, NewEvent};
use headroom_store::table::sessions::{ReadFile, Session as Kept};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};

/// Under which name tasks are kept of the older layout, of the newer one, and of the newer one as estimates.
pub(in crate::imports) const OLDER: &str = "kiro-cli-sessions";
pub(in crate::imports) const NEWER: &str = "kiro-sessions";
pub(in crate::imports) use headroom_store::table::events::ESTIMATES;
/// The programs they are of: the older layout's, and those that share the newer one and don't say which of them wrote it.
const COMMAND_LINE: &str = "kiro-cli";
const EITHER: &str = "kiro";

/// A session of the older layout is written so soon after a turn of it ended.
const WRITTEN_WITHIN_SECONDS: i64 = 2;

/// Under what is kept that the end of a session's file is missing.
fn rest_of(session: &str) -> Key {
    Key::new(KeyForm::Turn, Id::from(format!("{session}:rest").as_str()))
}

/// What was read of sessions.
pub(super) struct Sessions {
    pub metered: bool,
    pub source: &'static str,
    /// The account of which it is known what was read before; none where nothing is.
    pub account: Option<AccountId>,
    pub names: bool,
    pub merged: Merged,
    pub older: Vec<sessions::Session>,
    pub read_files: Vec<ReadFile>,
}

/// What becomes of them while they are written.
pub(super) struct Recording<'w, 'v> {
    pub to: &'w Destination<'w>,
    pub appending: Appending<'w>,
    view: &'v mut ImportView,
    pub metered: bool,
    names: bool,
    pub lineage: Lineage,
    known: HashMap<String, Kept>,
    /// Credits that are new, in sum.
    new: Credits,
    at_least: bool,
}

impl Content for Sessions {
    fn write(self: Box<Self>, to: &Destination<'_>, view: &mut ImportView) -> Result<(), AppError> {
        // Which files were passed over was asked of another account, which has gone or come since.
        if self.account.is_some_and(|account| account != to.account) {
            return Err(AppError::new(ErrorCode::Refused, say!("import-running")));
        }
        let (metered, names) = (self.metered, self.names);
        let mut lineage = self.merged.lineage();
        let mut known = HashMap::new();
        if !(self.merged.sessions.is_empty() && self.older.is_empty()) {
            for session in to.writing.known_sessions(to.account)? {
                let born = Born { parent: session.parent.clone(), created_at: session.created_at };
                lineage.add(&session.session, &born);
                known.insert(session.session.clone(), session);
            }
        }
        let at_least = self.merged.parts().least > 0;
        let mut recording = Recording {
            to,
            appending: to.writing.appending()?,
            view,
            metered,
            names,
            lineage,
            known,
            new: Credits::ZERO,
            at_least,
        };
        let mut concerned = BTreeSet::new();
        for session in self.merged.sessions {
            recording.keep_splits(&session, &mut concerned)?;
            recording.session(session)?;
        }
        for session in &concerned {
            recording.besides(session)?;
        }
        for session in self.older {
            recording.older(session)?;
        }
        recording.end();
        let mut files = self.read_files.iter();
        Ok(to.writing.aside(|writing| {
            files.try_for_each(|file| writing.note_read_file(to.account, self.source, file))
        })?)
    }
}

/// How late a statement of an execution is within its session: how often it was summed up, and when. Of two that are equally
/// late one leads whatever the order they come in, as among files that are read at once.
fn rank<'r>(at: Moment, body: &str, model: Option<&'r str>) -> Result<impl Ord + use<'r>, AppError> {
    let body: TaskBody = serde_json::from_str(body)?;
    Ok((body.said, at, body.exact_credits.and_then(|exact| exact.parse::<Decimal>().ok()), model))
}

/// Whether what is told now of an execution is later than what is recorded.
fn is_later(event: &NewEvent, recorded: &Recorded) -> Result<bool, AppError> {
    let now = rank(event.at, &event.body, event.model.as_deref())?;
    Ok(now > rank(recorded.at, &recorded.body, recorded.model.as_deref())?)
}

impl Recording<'_, '_> {
    fn session(&mut self, session: Session) -> Result<(), AppError> {
        self.to.importing.look()?;
        let is_new = !self.known.contains_key(&session.id);
        self.keep(&session)?;
        self.unread(&session, is_new)?;
        for execution in session.executions {
            self.execution(&session.id, execution)?;
        }
        Ok(())
    }

    fn execution(&mut self, session: &str, execution: Execution) -> Result<(), AppError> {
        let Execution { id, at, metering, model, said } = execution;
        let task = UsageObservation { key: Key::new(KeyForm::Execution, id), at, metering, model };
        let (kind, source) =
            if self.metered { (EventKind::Usage, NEWER) } else { (EventKind::Estimated, ESTIMATES) };
        let event = tasks::event(&task, session, said, kind, source)?;
        let (account, writing) = (self.to.account, self.to.writing);
        if self.appending.append(account, &event, self.to.now)? {
            self.count_new(&event);
            return Ok(());
        }
        let Some(recorded) = writing.recorded(account, &event.key)? else { return Ok(()) };
        if self.replaces(&event, &recorded)? {
            // What was an estimate is new among what is metered.
            if recorded.is_estimate() && self.metered {
                self.count_new(&event);
            } else {
                self.view.replaced = self.view.replaced.saturating_add(1);
            }
            writing.supersede(account, &recorded, Some(event), self.to.now)?;
        } else {
            self.view.known = self.view.known.saturating_add(1);
        }
        Ok(())
    }

    /// Of tasks that are counted as new every one has its credits; the others are counted apart.
    pub fn is_new(&mut self, credits: Option<Credits>) {
        self.new = known_sum([Some(self.new), credits]);
    }

    fn count_new(&mut self, event: &NewEvent) {
        if event.credits.is_some() {
            self.view.added = self.view.added.saturating_add(1);
            self.is_new(event.credits);
        } else {
            self.view.unmetered = self.view.unmetered.saturating_add(1);
        }
    }

    /// Whether what is told now leads what is recorded.
    fn replaces(&self, event: &NewEvent, recorded: &Recorded) -> Result<bool, AppError> {
        let was_estimate = recorded.is_estimate();
        if was_estimate == self.metered {
            // Metered leads estimated, in whatever session it stands.
            return Ok(self.metered);
        }
        let (now, before) = (event.session.as_deref().unwrap_or_default(), recorded.session.as_deref());
        if before != Some(now) {
            return Ok(before.is_none_or(|before| self.lineage.leads(now, before)));
        }
        is_later(event, recorded)
    }

    /// Keeps where a session comes from, and what it says of itself as a whole.
    fn keep(&mut self, session: &Session) -> Result<(), AppError> {
        // Of what couldn't be read nobody knows what it used: until it can be, this is the least.
        let splits = if session.whole { session.splits.len() } else { 0 };
        let splits = u32::try_from(splits).unwrap_or(u32::MAX);
        let told = Kept {
            session: session.id.clone(),
            client: EITHER.to_owned(),
            parent: session.born.parent.clone(),
            created_at: session.born.created_at,
            splits,
            delegated: None,
            project: session.project.clone(),
            title: session.title.clone(),
        };
        self.keep_as(told, session.whole)
    }

    /// Records what a session used outside its executions, and keeps what subagents used within them.
    fn besides(&mut self, session: &str) -> Result<(), AppError> {
        let delegated = self.auxiliary(session)?;
        if let Some(known) = self.known.get_mut(session).filter(|known| known.delegated != delegated) {
            known.delegated = delegated;
            self.to.writing.keep_session(self.to.account, known)?;
        }
        Ok(())
    }

    fn keep_as(&mut self, told: Kept, is_whole: bool) -> Result<(), AppError> {
        let known = self.known.get(&told.session);
        let mut kept = told;
        if let Some(known) = known {
            kept.parent = kept.parent.or_else(|| known.parent.clone());
            kept.created_at = match (kept.created_at, known.created_at) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            kept.splits = if is_whole { kept.splits.max(known.splits) } else { 0 };
            kept.delegated = known.delegated;
            kept.project = kept.project.or_else(|| known.project.clone());
            kept.title = kept.title.or_else(|| known.title.clone());
        }
        if !self.names {
            (kept.project, kept.title) = (None, None);
        }
        if known != Some(&kept) {
            self.to.writing.keep_session(self.to.account, &kept)?;
            self.known.insert(kept.session.clone(), kept);
        }
        Ok(())
    }

    /// Records a session of the older layout. Its turns never change; only what is said of one that still runs does, where
    /// its database says so.
    fn older(&mut self, session: sessions::Session) -> Result<(), AppError> {
        self.to.importing.look()?;
        let kept = Kept {
            session: session.id.clone(),
            client: COMMAND_LINE.to_owned(),
            parent: session.born.parent,
            created_at: session.born.created_at,
            splits: 0,
            delegated: None,
            project: session.project,
            title: session.title,
        };
        self.keep_as(kept, true)?;
        let last = session.turns.iter().map(|turn| turn.at).max();
        let written = session.updated_at.or(last).or(session.born.created_at);
        for turn in session.turns {
            let event = tasks::event(&turn, &session.id, session.said, EventKind::Usage, OLDER)?;
            let (account, writing) = (self.to.account, self.to.writing);
            if self.appending.append(account, &event, self.to.now)? {
                self.count_new(&event);
                self.is_dated(&turn.key)?;
                continue;
            }
            let Some(recorded) = writing.recorded(account, &event.key)? else { continue };
            if is_later(&event, &recorded)? {
                self.view.replaced = self.view.replaced.saturating_add(1);
                writing.supersede(account, &recorded, Some(event), self.to.now)?;
            } else {
                self.view.known = self.view.known.saturating_add(1);
            }
        }
        for undated in session.undated {
            self.undated(&session.id, &undated, written)?;
        }
        match written {
            Some(written) => self.rest(&session.id, written, session.broke_off),
            None => Ok(()),
        }
    }

    /// Records that a session used something that nobody knows by when its file was written that is cut off, the latest of those that
    /// were read; unless the turn that was written then is known, from whatever copy of it, or one that is whole is as late.
    fn rest(&mut self, session: &str, written: Moment, broke_off: bool) -> Result<(), AppError> {
        let (account, writing) = (self.to.account, self.to.writing);
        let key = rest_of(session);
        let last = writing.recorded(account, &key.to_string())?;
        let missing = last.as_ref().filter(|last| last.kind != EventKind::Superseded);
        let by = missing.map(|missing| missing.at).max(Some(written).filter(|_| broke_off));
        let Some(by) = by else { return Ok(()) };
        let from = by.plus_seconds(-WRITTEN_WITHIN_SECONDS);
        let is_whole = !broke_off && written >= by;
        if is_whole || writing.is_told_since(account, session, &key.to_string(), from)? {
            return match missing {
                Some(missing) => Ok(writing.supersede(account, missing, None, self.to.now)?),
                None => Ok(()),
            };
        }
        if missing.is_some_and(|missing| missing.at == by) {
            self.view.known = self.view.known.saturating_add(broke_off.into());
            return Ok(());
        }
        let rest = UsageObservation { key, at: by, metering: Metering::Unknown, model: None };
        let event = tasks::event(&rest, session, 1, EventKind::Usage, OLDER)?;
        match last {
            Some(last) => writing.supersede(account, &last, Some(event), self.to.now)?,
            None => _ = self.appending.append(account, &event, self.to.now)?,
        }
        self.view.unmetered = self.view.unmetered.saturating_add(1);
        Ok(())
    }

    /// Reports what is new.
    fn end(self) {
        let sum: Total<Credits> = Total::of(self.new, self.at_least);
        self.view.amount = sum.known().map(|known| ImportAmount {
            unit: Unit::Credits,
            value: known.to_string(),
            at_least: sum.is_at_least(),
            without: Vec::new(),
        });
    }
}
