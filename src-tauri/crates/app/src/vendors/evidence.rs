//! What an answer is worth (rules V), judged before it is kept as one that leads. Every answer goes through here, whoever
//! gave it; what is kept of it, and under which name, follows from what is said here.
//!
//! Asked today: which cycle it is about (V2), and whether it is sound (V3).

use crate::quoted::{Quoted, readable_reset};
use headroom_exact::{Credits, Moment, Saying, say};
use headroom_sources::observation::{Allowance, Doubt, LimitsSnapshot};

/// The most credits that anybody can have used, and have.
const MOST: Credits = Credits::from_hundredths(1_000_000_000 * 100);

/// What an answer is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Worth {
    /// It leads: it is about the cycle that is running.
    Leads,
    /// It is the last word on a cycle that ended then, and says nothing of the running one.
    LastWord(Moment),
    /// It is about a cycle that hasn't begun by this machine's clock, and says nothing of the running one.
    Ahead(Moment),
    /// Its figures can't be right, for this reason: the last good answer stays.
    Odd(Saying),
}

/// What Kiro's figures are worth that were asked for at a moment, by a clock that is plausible or not.
pub(crate) fn of_limits(limits: &LimitsSnapshot, at: Moment, clock_is_plausible: bool) -> Worth {
    if let Some(why) = unsound(limits) {
        return Worth::Odd(why);
    }
    match readable_reset(limits, at) {
        None if clock_is_plausible => Worth::Leads,
        None => Worth::Odd(say!("odd-no-cycle")),
        Some(reset) if reset <= at => Worth::LastWord(reset),
        Some(reset) if Quoted::of((at, limits.clone())).at > at => Worth::Ahead(reset),
        Some(_) => Worth::Leads,
    }
}

/// What can't be in figures; none of it is in sound ones (V3). More used than the limit can be: the last task is taken
/// whole.
fn unsound(limits: &LimitsSnapshot) -> Option<Saying> {
    let doubts = limits.doubts.iter().map(|doubt| match doubt {
        Doubt::NoCredits => say!("odd-no-credits"),
        Doubt::SeveralRows => say!("odd-several-rows"),
        Doubt::Used => say!("odd-used"),
        Doubt::Limit => say!("odd-limit"),
        Doubt::Overage => say!("odd-overage"),
    });
    doubts.into_iter().next().or_else(|| {
        let (Some(used), Some(allowance)) = (limits.used, limits.allowance) else {
            return Some(if limits.used.is_none() { say!("odd-used") } else { say!("odd-limit") });
        };
        let too_much = match allowance {
            Allowance::Credits(allowance) => allowance > MOST,
            Allowance::NoLimit => false,
        };
        if used > MOST || too_much {
            return Some(say!("odd-too-much"));
        }
        limits
            .overage
            .filter(|overage| *overage > used)
            .map(|overage| say!("odd-more-overage", overage, used))
    })
}
