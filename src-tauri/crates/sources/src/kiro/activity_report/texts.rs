//! What rows of reports say alike, kept once.

use super::amounts::{QUOTED, Quoted, text};
use super::names::client;
use crate::files::written;
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

/// What a text that is kept once takes beside its letters.
const BYTES_A_TEXT: usize = 48;

/// Texts that stand in many rows, each kept once.
#[derive(Default)]
pub(super) struct Texts {
    kept: HashSet<Arc<str>>,
    /// Users, and the address that stood beside them last: an empty one where none did.
    users: HashMap<Arc<str>, Arc<str>>,
    /// What rows quote, which most say alike.
    quoted: HashSet<Arc<Quoted>>,
    /// Bytes that those take which came since somebody asked.
    more: usize,
}

/// What the row before had: most rows of a file have the same day, client, profile and tier, and quote the same.
#[derive(Default)]
pub(super) struct Before {
    pub client: Arc<str>,
    pub profile: Arc<str>,
    /// The tier as it is written, and as it is kept.
    pub tier: (Vec<u8>, Arc<str>),
    pub date: Option<(Vec<u8>, NaiveDate)>,
    /// What it quotes as it is written in [`Columns::quoted`], and as it is kept.
    pub quoted: Option<([Vec<u8>; QUOTED], Arc<Quoted>)>,
}

impl Before {
    /// The day of the row that was looked at last, if that or one before it has any.
    pub fn day(&self) -> Option<NaiveDate> {
        self.date.as_ref().map(|(_, date)| *date)
    }

    pub fn read_day(&mut self, bytes: &[u8]) -> Result<NaiveDate, Saying> {
        match &self.date {
            Some((before, date)) if before == bytes => Ok(*date),
            _ => {
                let text = text(bytes)?;
                let date = written::day(text).ok_or_else(|| say!("not-a-date", field = "Date", text))?;
                self.date = Some((bytes.to_owned(), date));
                Ok(date)
            }
        }
    }
}

impl Texts {
    /// The same with a look at what was kept last.
    pub fn keep_after(&mut self, bytes: &[u8], before: &mut Arc<str>) -> Result<Arc<str>, Saying> {
        if before.as_bytes() != bytes {
            *before = self.keep(text(bytes)?);
        }
        Ok(Arc::clone(before))
    }

    /// The same of a client, as Kiro writes it.
    pub fn keep_client(&mut self, bytes: &[u8], before: &mut Arc<str>) -> Result<Arc<str>, Saying> {
        if before.as_bytes() != bytes {
            *before = self.keep(&client(text(bytes)?));
        }
        Ok(Arc::clone(before))
    }

    pub fn keep(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.kept.get(text) {
            return Arc::clone(known);
        }
        self.more = self.more.saturating_add(text.len()).saturating_add(BYTES_A_TEXT);
        let text: Arc<str> = text.into();
        self.kept.insert(Arc::clone(&text));
        text
    }

    /// A user and the address beside them, which most often is the one that stood there before.
    pub fn keep_user(&mut self, user: &str, email: &[u8]) -> Result<(Arc<str>, Arc<str>), Saying> {
        if let Some((user, known)) = self.users.get_key_value(user).filter(|(_, at)| at.as_bytes() == email) {
            return Ok((Arc::clone(user), Arc::clone(known)));
        }
        let (user, email) = (self.keep(user), self.keep(text(email)?));
        if self.users.insert(Arc::clone(&user), Arc::clone(&email)).is_none() {
            self.more = self.more.saturating_add(BYTES_A_TEXT);
        }
        Ok((user, email))
    }

    pub fn quoted(&mut self, quoted: Quoted) -> Arc<Quoted> {
        if let Some(known) = self.quoted.get(&quoted) {
            return Arc::clone(known);
        }
        self.more = self.more.saturating_add(size_of::<Quoted>()).saturating_add(BYTES_A_TEXT);
        let quoted = Arc::new(quoted);
        self.quoted.insert(Arc::clone(&quoted));
        quoted
    }

    /// How many bytes more are taken than when this was asked last.
    pub fn more(&mut self) -> usize {
        mem::take(&mut self.more)
    }
}
