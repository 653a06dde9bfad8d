//! What is left of an account, for whoever decides by it: as an amount, not as it is written.

use headroom_exact::{Balance, Credits};

/// What is left of an account of which there is one balance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remaining {
    /// Nobody knows.
    NotKnown,
    /// There is no limit, as the vendor says: whatever is asked for is left (V4).
    NoLimit,
    /// Kiro's credits.
    Credits(Credits),
    /// Kilo's, of which each is a dollar (§6.2).
    Dollars(Balance),
}
