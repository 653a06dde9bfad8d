//! What Kilo said of somebody's own account, each question's answer with its own moment.

use super::newest;
use crate::error::AppError;
use headroom_exact::{Balance, Moment};
use headroom_sources::observation::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp};
use headroom_sources::wire::kept;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::Span;
use serde::de::DeserializeOwned;

/// The names under which Kilo's answers about somebody's own account are kept, each question's by itself.
pub(crate) const BALANCE: &str = "kilo-own-balance";
pub(crate) const BLOCKS: &str = "kilo-own-credits";
pub(crate) const PASS: &str = "kilo-own-pass";
pub(crate) const TOP_UP: &str = "kilo-own-top-up";

/// What was said, and when.
pub(crate) struct Said<T> {
    pub at: Moment,
    pub told: T,
}

/// What Kilo last said of each; none of what it never said.
pub(crate) struct QuotedOwn {
    pub balance: Option<Said<OwnBalance>>,
    pub blocks: Option<Said<OwnBlocks>>,
    pub pass: Option<Said<OwnPass>>,
    pub top_up: Option<Said<OwnTopUp>>,
}

fn said<T: DeserializeOwned>(
    store: &Store,
    id: AccountId,
    source: &str,
    by: Moment,
) -> Result<Option<Said<T>>, AppError> {
    let readable = newest::<T>(store, id, source, by)?.readable;
    Ok(readable.map(|(at, told)| Said { at, told }))
}

impl QuotedOwn {
    /// What Kilo had last said by then, as far as it can be read.
    pub(crate) fn newest(store: &Store, id: AccountId, by: Moment) -> Result<Self, AppError> {
        Ok(Self {
            balance: said(store, id, BALANCE, by)?,
            blocks: said(store, id, BLOCKS, by)?,
            pass: said(store, id, PASS, by)?,
            top_up: said(store, id, TOP_UP, by)?,
        })
    }

    /// When the question was answered last whose answers are kept under this name.
    pub(crate) fn last(&self, name: &str) -> Option<Moment> {
        match name {
            BALANCE => self.balance.as_ref().map(|said| said.at),
            BLOCKS => self.blocks.as_ref().map(|said| said.at),
            PASS => self.pass.as_ref().map(|said| said.at),
            TOP_UP => self.top_up.as_ref().map(|said| said.at),
            _ => None,
        }
    }

    /// What is left by Kilo's newer word, and when it said so: the balance itself, else what its purchases come to.
    pub(crate) fn left(&self) -> Option<(Moment, Balance)> {
        let told = self.balance.as_ref().map(|said| (said.at, said.told.left));
        let in_blocks = self.blocks.as_ref().and_then(|said| Some((said.at, said.told.total?)));
        match (told, in_blocks) {
            (Some(told), Some(in_blocks)) if in_blocks.0 > told.0 => Some(in_blocks),
            (told, in_blocks) => told.or(in_blocks),
        }
    }

    /// The credits by purchase as Kilo listed them last by then.
    pub(crate) fn blocks_by(
        store: &Store,
        id: AccountId,
        by: Moment,
    ) -> Result<Option<Said<OwnBlocks>>, AppError> {
        said(store, id, BLOCKS, by)
    }

    /// What Kilo last said of Kilo Pass by then that is so.
    pub(crate) fn last_pass(
        store: &Store,
        id: AccountId,
        by: Moment,
        is_so: impl Fn(&OwnPass) -> bool,
    ) -> Result<Option<OwnPass>, AppError> {
        let is_it = |_, pass: &OwnPass| is_so(pass);
        let newest = store.newest_readable(id, PASS, Span::by(by), kept::read, is_it)?;
        Ok(newest.readable.map(|(_, pass)| pass))
    }

    /// When Kilo listed credits by purchase first, as far as that can be read.
    pub(crate) fn blocks_first(
        store: &Store,
        id: AccountId,
        now: Moment,
    ) -> Result<Option<Moment>, AppError> {
        let first = store.first_readable(
            id,
            BLOCKS,
            (Moment::from_unix(0, 0).unwrap_or(now), now),
            kept::read::<OwnBlocks>,
        )?;
        Ok(first.map(|(at, _)| at))
    }
}
