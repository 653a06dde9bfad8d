//! What owners recorded of their accounts, and how each of it is taken back.

use super::{AccountNumber, Kind, RecordNumber};
use serde::Serialize;
use ts_rs::TS;

/// Something that the owner of an account recorded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct HistoryEntry {
    /// Its number.
    pub record: RecordNumber,
    /// When it was recorded.
    pub at: String,
    /// What it says.
    pub says: HistorySays,
    /// Whether it counts: what was taken back doesn't.
    pub counts: bool,
    /// What taking back turns this around: its own number, or that of the act which took it back. None where the account
    /// would have no figures without it.
    pub undo: Option<RecordNumber>,
}

/// What a record says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum HistorySays {
    /// The account's details.
    Details {
        /// Those that it changed; all that were stated, where none were before.
        changes: Vec<DetailChange>,
    },
    /// The plan was changed.
    PlanChange {
        /// The plan's name.
        plan: String,
    },
    /// The overage switch was turned.
    OverageSwitch {
        /// On, or off.
        on: bool,
    },
    /// A pack was bought.
    Pack {
        /// Dollars.
        amount: Option<String>,
    },
    /// Credits were granted.
    Grant {
        /// What the vendor calls it.
        name: String,
        /// Credits.
        credits: String,
    },
    /// It can't be read any more.
    Unreadable,
}

/// A detail that was stated anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DetailChange {
    /// Which.
    pub detail: Detail,
    /// What it is now; none where it was taken out.
    #[ts(as = "Option<super::Value>")]
    pub to: Option<headroom_exact::saying::Value>,
}

/// A detail of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// The plan.
    Plan,
    /// The day of the first payment.
    FirstPaid,
    /// The day of the sign-up.
    SignUp,
    /// The country of the billing address.
    Country,
    /// The price list.
    PriceList,
    /// Since when the plan is held.
    PlanSince,
    /// What is taken off the first payment.
    FirstPaymentCredit,
    /// A limit of its own.
    OwnLimit,
    /// Tax in percent.
    Tax,
}

/// An account that was removed a while ago and can be brought back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RemovedAccount {
    /// Its number.
    pub id: AccountNumber,
    /// Its name.
    pub name: String,
    /// How it is billed.
    pub billing: Kind,
    /// When it was removed.
    pub at: String,
    /// Until when it can be brought back.
    pub until: String,
}
