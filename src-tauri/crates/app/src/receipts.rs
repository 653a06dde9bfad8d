//! What a change of a team at its vendor would charge: the same previews as the contract's.

use crate::answers::{AccountNumber, SeatChange, SeatReceipt, TopUpReceipt};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::kinds::team::{buying, seats};

impl Headroom {
    /// What adding or removing seats would do now.
    ///
    /// # Errors
    ///
    /// `FactsMissing` before its owner described the team; what is kept and can't be folded.
    pub fn seat_receipt(&self, account: AccountNumber, change: SeatChange) -> Result<SeatReceipt, AppError> {
        self.read(|store| seats::receipt(store, account, change, self.now()))
    }

    /// What buying credits would do now; without an amount the smallest that lasts a month more.
    ///
    /// # Errors
    ///
    /// An amount that isn't sold; what is kept and can't be folded.
    pub fn top_up_receipt(
        &self,
        account: AccountNumber,
        amount: Option<&str>,
    ) -> Result<TopUpReceipt, AppError> {
        self.read(|store| buying::receipt(store, account, amount, self.now()))
    }
}
