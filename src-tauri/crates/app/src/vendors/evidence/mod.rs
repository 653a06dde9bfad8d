//! What an answer is worth (rules V), judged before it is kept as one that leads. Every answer goes through here, whoever
//! gave it (Kilo's, whose questions are several, in [`kilo`]); what is kept of it, and under which name, follows from what is said here.
//!
//! In this order: whose it is ([`whose`], V1), which cycle it is about (V2), whether it is sound (V3), and of what leads
//! how old it is by the moment it is asked for (V8). What follows from an answer that leads (V4 to V7, V9, V10) is the
//! kind's ([`crate::kinds`]).

pub(crate) mod age;
pub(crate) mod kilo;
pub(crate) mod whose;

use crate::quoted::{Quoted, readable_reset};
use crate::weighed::Verdict;
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
    /// It is, or may be, somebody else's, for this reason: the account's own last answer stays.
    NotOurs(Saying),
    /// Its figures can't be right, for this reason: the last good answer stays.
    Odd(Saying),
}

impl Worth {
    /// As it is kept beside the answer. `vendor` is who gave it.
    pub fn verdict(&self, vendor: &'static str) -> Verdict {
        match self {
            Self::Leads => Verdict::Leads,
            Self::LastWord(ended) => Verdict::OtherCycle(say!("last-word", vendor, ended = *ended)),
            Self::Ahead(_) => Verdict::OtherCycle(say!("cycle-ahead", vendor)),
            Self::NotOurs(why) => Verdict::NotOurs(why.clone()),
            Self::Odd(why) => Verdict::Odd(say!("answer-odd", vendor, reason = why.clone())),
        }
    }
}

/// An answer of Kiro's, whoever passed it on, and what is known of the account it may be of.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub limits: &'a LimitsSnapshot,
    /// When it was said.
    pub at: Moment,
    /// Whether this machine's clock can be right.
    pub clock_is_plausible: bool,
}

/// What an answer of Kiro's is worth to an account.
pub(crate) fn weigh(account: &whose::Account<'_>, given: Given<'_>) -> Worth {
    match account.not_ours(given.limits, given.at) {
        Some(why) => Worth::NotOurs(why),
        None => of_limits(given.limits, given.at, given.clock_is_plausible),
    }
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

#[cfg(test)]
mod tests;
