//! The use cases of what the owner of one person's account states beside its details.

use crate::answers::{AccountNumber, HistoryEntry, PoolStated, RecordNumber, Recorded, StatedPools};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::kinds;
use crate::kinds::person::{repriced, stating};

impl Headroom {
    /// The packs and grants that the owner of one person's account stated.
    pub fn pools(&self, account: AccountNumber) -> Result<StatedPools, AppError> {
        self.read(|store| stating::pools(store, account, self.now()))
    }

    /// States a pack or a grant.
    pub fn state_pool(&self, account: AccountNumber, pool: &PoolStated) -> Result<Recorded, AppError> {
        stating::state(&mut self.store(), account, pool, self.now())
    }

    /// What the owner of an account recorded of it, the newest first.
    pub fn history(&self, account: AccountNumber) -> Result<Vec<HistoryEntry>, AppError> {
        self.read(|store| kinds::history(store, account, self.now()))
    }

    /// Takes back what was recorded of one person's account under a number; taking that back makes it count again.
    pub fn undo_record(&self, account: AccountNumber, record: RecordNumber) -> Result<Recorded, AppError> {
        stating::undo(&mut self.store(), account, record, self.now())
    }

    /// Doesn't tell again what past months are charged otherwise by the price lists in force.
    pub fn put_away_repriced(&self, account: AccountNumber) -> Result<(), AppError> {
        repriced::put_away(&mut self.store(), account, repriced::Place::Window, self.now())
    }

    /// Remembers that the command line told it.
    pub fn told_repriced(&self, account: AccountNumber) -> Result<(), AppError> {
        repriced::put_away(&mut self.store(), account, repriced::Place::Terminal, self.now())
    }
}
