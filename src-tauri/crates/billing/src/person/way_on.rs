//! How requests can go on once the credits end before they renew, the cheapest way first.
//!
//! A way's costs are what it charges more than waiting does, until the credits have renewed: overage and packs up to the
//! cycle's end at the pace so far, and of a larger plan what is charged today and what the cycle's end charges more, since
//! whoever changes goes on paying for it.

use super::{Current, Ledger, OverageAhead, Pace, PacksAhead, Preview};
use crate::catalog::Plan;
use crate::invoice::Invoice;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};

/// A way to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WayOn {
    /// Which.
    pub way: Way,
    /// What it charges more than waiting, without tax; none where there is no pace to tell it by, or the vendor's charge so
    /// far isn't known.
    pub costs: Option<Money>,
}

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Overage is allowed (K5).
    Overage,
    /// Packs are bought (N4).
    Packs {
        /// What the smallest costs.
        smallest: Money,
    },
    /// The smallest of the larger plans that covers what is still to come.
    Plan {
        /// Which.
        plan: &'static Plan,
        /// Charged today, with tax.
        today: Money,
    },
}

/// Every way to go on, the cheapest first. Where it isn't known what one of them costs, none is the cheapest: what is paid as
/// it is used comes first then. None where the credits last, as far as that is known.
pub fn ways_on(ledger: &Ledger, pace: Option<&Pace>, at: Moment) -> Vec<WayOn> {
    if pace.is_some_and(|pace| pace.beyond.is_zero()) {
        return Vec::new();
    }
    let current = ledger.account.current(at);
    let ways = [overage(ledger, &current, pace), packs(ledger, pace, at), larger(ledger, &current, pace, at)];
    let mut ways: Vec<_> = ways.into_iter().flatten().collect();
    if ways.iter().all(|on| on.costs.is_some()) {
        ways.sort_by_key(|on| on.costs);
    }
    ways
}

/// Where it can be turned on, and no cap ends it before the cycle does.
fn overage(ledger: &Ledger, current: &Current, pace: Option<&Pace>) -> Option<WayOn> {
    let account = &ledger.account;
    let edition = account.edition();
    let overage = &current.credits.overage;
    if overage.enabled || !edition.has_overage(account.plan()) {
        return None;
    }
    if overage.cap.is_some_and(|cap| cap.is_reached() || pace.is_some_and(|pace| cap.left < pace.beyond)) {
        return None;
    }
    let ahead = pace.and_then(|pace| OverageAhead::at(pace, current, edition.overage_unit_price));
    let costs = ahead.zip(overage.charge).map(|(ahead, so_far)| ahead.charge.minus(so_far));
    Some(WayOn { way: Way::Overage, costs })
}

/// Where they are sold in place of overage.
fn packs(ledger: &Ledger, pace: Option<&Pace>, at: Moment) -> Option<WayOn> {
    let account = &ledger.account;
    let offer = account.offered_packs().filter(|_| !account.has_overage())?;
    let ahead = pace.and_then(|pace| PacksAhead::at(pace, account, at));
    Some(WayOn { way: Way::Packs { smallest: offer.smallest }, costs: ahead.map(|ahead| ahead.to_the_end) })
}

/// The smallest of the larger plans that covers the pace, as its preview has it.
fn larger(ledger: &Ledger, current: &Current, pace: Option<&Pace>, at: Moment) -> Option<WayOn> {
    let account = &ledger.account;
    let to_come = pace.map(|pace| pace.projected_use.less_at_most_all(current.credits.used));
    let covers = |preview: &Preview| {
        let left = preview.after.credits.left();
        left.zip(to_come).is_none_or(|(left, to_come)| left >= to_come)
    };
    let larger = account.edition().paid_plans().filter(|plan| plan.rank > account.plan().rank);
    larger.map(|plan: &'static Plan| (plan, Preview::on(ledger, plan, at))).find_map(|(plan, preview)| {
        let charge = preview.charge_now.as_ref().filter(|_| covers(&preview))?;
        Some(WayOn { way: Way::Plan { plan, today: charge.total }, costs: more(&preview, charge) })
    })
}

/// What a change charges today and at the cycle's end, less what that charges without it; none where one of them is known in
/// part.
fn more(preview: &Preview, charge: &Invoice) -> Option<Money> {
    let (before, after) = (preview.before.next_charge.as_ref(), preview.after.next_charge.as_ref());
    if [before, after, Some(charge)].into_iter().flatten().any(|invoice| invoice.at_least) {
        return None;
    }
    let amount = |invoice: Option<&Invoice>| invoice.map(|invoice| invoice.subtotal).unwrap_or_default();
    Some(charge.subtotal.plus(amount(after)).minus(amount(before)))
}
