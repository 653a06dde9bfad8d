//! Where moving up pays off, and how near one is.

use super::{Current, Pace};
use crate::catalog::{Edition, Plan};
use headroom_exact::Credits;
use serde::Serialize;

/// Moving from one paid plan up to another, counted in credits beyond the plan's own (K1, K5).
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
    pub fn between(
        edition: &Edition,
        own: &Plan,
        plan: &Plan,
        current: &Current,
        pace: Option<&Pace>,
    ) -> Option<Self> {
        let is_up = own.is_paid() && plan.rank > own.rank;
        let so_far = current.credits.overage.credits.plus(current.credits.uncovered);
        is_up.then(|| Self {
            pays_off_at: edition.break_even(own, plan),
            so_far,
            at_this_pace: pace.map(|pace| so_far.plus(pace.beyond)),
        })
    }
}
