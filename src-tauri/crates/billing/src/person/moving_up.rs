//! Where moving up pays off, and how near one is.

use super::{Account, Pace};
use crate::catalog::Plan;
use crate::timeline::AccountKind as _;
use headroom_exact::{Credits, Moment};
use serde::Serialize;

/// Moving from one paid plan up to another, counted in credits beyond the plan's own (K1, K5), also where packs cover
/// them: an upgrade gives those back (N5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct MovingUp {
    /// So many cost as much as the larger plan.
    pub pays_off_at: Credits,
    /// So many were used in the cycle, charged or not.
    pub so_far: Credits,
    /// So many will have been by its end; none while there is no pace.
    pub at_this_pace: Option<Credits>,
}

impl MovingUp {
    /// None where it is no step up from a paid plan.
    pub fn to(plan: &Plan, account: &Account, now: Moment, pace: Option<&Pace>) -> Option<Self> {
        let own = account.plan();
        let is_up = own.is_paid() && plan.rank > own.rank;
        let credits = account.current(now).credits;
        let so_far = credits.overage.credits.plus(credits.uncovered).plus(account.from_packs());
        is_up.then(|| Self {
            pays_off_at: account.edition().break_even(own, plan),
            so_far,
            at_this_pace: pace.map(|pace| so_far.plus(pace.from_packs).plus(pace.beyond)),
        })
    }
}
