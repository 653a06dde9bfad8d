//! The use cases of asking a vendor about an account, and of the login that it is asked with.

use crate::answers::{AccountNumber, LoginsView, RefreshView};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::{catalog, kinds, vendors};
use headroom_store::Store;

impl Headroom {
    /// Asks the vendor for an account's figures: by hand not too soon after the last time, by itself only if somebody
    /// agreed to that once and it is due. A failure is kept beside the last good answer, and is no error.
    pub fn refresh(
        &self,
        account: AccountNumber,
        by_hand: bool,
        hidden: bool,
    ) -> Result<RefreshView, AppError> {
        self.refuse_unless_writable()?;
        let stated_plan = |store: &Store, account: &_| kinds::stated_plan(store, account, self.now());
        vendors::refresh::refresh(&self.around(), account.into(), stated_plan, by_hand, hidden)
    }

    /// What a plan of that id is called; the id itself where no list has it.
    pub fn plan_name(id: &str) -> &str {
        catalog::plan_titled(id).map_or(id, |plan| plan.name.as_str())
    }

    /// The logins that an account may go by, and what each would give. Nobody is asked.
    pub fn logins(&self, account: AccountNumber) -> Result<LoginsView, AppError> {
        vendors::login::list(&self.around(), account)
    }

    /// Has an account go by a login of that list, by its key, whatever it went by before.
    pub fn choose_login(&self, account: AccountNumber, key: &str) -> Result<LoginsView, AppError> {
        self.refuse_unless_writable()?;
        vendors::login::choose(&self.around(), account, key)
    }
}
