//! The statement: everything the rules make of a scenario, in the contract's form.

use crate::invoice::Invoice;
use crate::refusal::Refusal;
use crate::timeline::{AccountKind, FoldError, Ledger, Timeline};
use headroom_exact::Moment;
use serde::Serialize;

/// Everything at a moment: invoices, refusals and where the account stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Statement<C> {
    /// The moment.
    pub as_of: Moment,
    /// The kind of account.
    pub account: &'static str,
    /// What was charged.
    pub invoices: Vec<Invoice>,
    /// What was refused.
    pub refused: Vec<Refusal>,
    /// Where it stands.
    pub current: C,
}

impl<C> Statement<C> {
    /// The statement of a scenario as of its own moment.
    pub fn of<K: AccountKind<Current = C>>(timeline: &Timeline<'_, K>) -> Result<Self, FoldError> {
        Ok(Self::on(Ledger::fold(timeline, timeline.as_of)?, timeline.as_of))
    }

    /// The statement of events already folded up to `as_of`.
    pub fn on<K: AccountKind<Current = C>>(ledger: Ledger<K>, as_of: Moment) -> Self {
        let current = ledger.account.current(as_of);
        Self { as_of, account: K::NAME, invoices: ledger.invoices, refused: ledger.refused, current }
    }
}
