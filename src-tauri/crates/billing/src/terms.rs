//! What an account of Kiro is billed by, one person's and an organisation's alike.

use crate::catalog::Lists;
use headroom_exact::{Country, DayCount};

/// What a Kiro account is billed by: the price lists, the billing address, the way days are counted.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// One price list, or each cycle's own (N1).
    pub lists: Lists,
    /// The billing address, which sets the tax (K11) and whether plans can be bought (K12).
    pub country: Country,
    /// How remaining days are counted (K8).
    pub day_count: DayCount,
}
