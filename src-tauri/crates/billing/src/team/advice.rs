//! Advice for a team: how long the balance lasts, what to buy, which seats nobody sits on.

use super::{Ahead, Ledger, Status, Team, TopUps};
use crate::advice::{Burn, Part, seen_enough};
use crate::assumption::Assumption;
use crate::catalog::SeatPrice;
use crate::timeline::AccountKind as _;
use headroom_exact::{Balance, Moment, Money};
use serde::Serialize;

/// Seats that are paid for and not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct UnusedSeats {
    /// How many could go; one stays at least (T2).
    pub count: u64,
    /// What the next cycle costs less without them, before tax.
    pub saves: Money,
}

/// Paid seats that could go where so many are taken: one stays at least (T2).
pub const fn unused_seats(paid: u64, taken: u64) -> u64 {
    paid.saturating_sub(if taken > 0 { taken } else { 1 })
}

impl UnusedSeats {
    /// So many at that price; none of none.
    pub fn of(count: u64, price: &SeatPrice) -> Option<Self> {
        (count > 0).then(|| Self { count, saves: price.price.times(count) })
    }
}

/// Everything to know before deciding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TeamAdvice {
    /// The moment.
    pub as_of: Moment,
    /// Whether it is served (T5).
    pub status: Status,
    /// Dollars left.
    pub balance: Balance,
    /// Spent in the cycle so far.
    pub spent: Balance,
    /// Spent by the cycle's end at an even pace; none while too little of it has passed.
    pub forecast: Option<Balance>,
    /// When the balance is used up at that pace; none if nothing is spent, or it is too early to say.
    pub run_out_at: Option<Moment>,
    /// The smallest purchase that lasts to the cycle's end at that pace; none if none is needed.
    pub top_up: Option<Money>,
    /// What is bought by itself until the cycle's end at that pace; none if nothing is, or that is switched off.
    pub automatic: Option<TopUps>,
    /// What these figures rest on that no source settles.
    pub assumptions: Vec<Assumption>,
    /// Seats nobody sits on; none if there are none.
    pub unused_seats: Option<UnusedSeats>,
    /// What has to happen, and by when, while a payment is failing (T5).
    pub payment: Option<String>,
}

impl TeamAdvice {
    /// Advice at `at`, after the events folded up to it.
    pub fn on(ledger: &Ledger, at: Moment) -> Self {
        let team = &ledger.account;
        let current = team.current(at);
        let cycle = current.cycle;
        let spent = team.spent();
        let seen = seen_enough(&cycle, at);
        let burn = seen.map(|(_, seconds)| Burn { spent, seconds });
        let forecast = seen.zip(burn).map(|((length, _), burn)| burn.in_seconds(length));
        let short = forecast.map(|all| all.minus(spent).minus(current.balance));
        let balance = current.balance;
        // What a team buys doesn't expire (T3); bonuses of Kilo Pass do (A25).
        let bonus = current.pass.as_ref().map(|pass| (pass.bonus.left, pass.window.end));
        let part = |left, expires_at| Part { left, expires_at };
        let parts = match bonus {
            None => vec![part(balance, None)],
            Some((left, end)) => vec![part(left, Some(end)), part(balance.minus(left), None)],
        };
        let run_out_at = burn.and_then(|burn| burn.run_out_at(&parts, at));
        let automatic = burn.zip(team.top_up()).and_then(|(burn, top_up)| {
            let ahead = Ahead { burn, parts: &parts, from: at, now: at, until: cycle.end };
            TopUps::of(&ahead, top_up, team.terms())
        });
        let unused = unused_seats(current.seats.next_cycle, current.seats.assigned);
        let date = |moment: Option<Moment>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        let payment = match current.status {
            Status::Active => None,
            Status::PastDue => Some(format!(
                "A payment failed. Pay by {} or the team is suspended.",
                date(current.grace_ends_at)
            )),
            Status::Suspended => Some(format!(
                "The team is suspended. Pay by {} or its data is deleted.",
                date(current.data_deleted_at)
            )),
            Status::DataDeleted => {
                Some(format!("The data was deleted at {}.", date(current.data_deleted_at)))
            }
        };
        Self {
            as_of: at,
            status: current.status,
            balance,
            spent,
            forecast,
            run_out_at,
            top_up: short.filter(|short| short.is_positive()).map(|short| team.purchase_for(short)),
            assumptions: rests_on(team, automatic.as_ref()),
            automatic,
            unused_seats: UnusedSeats::of(unused, team.seat_price()),
            payment,
        }
    }
}

/// What advice rests on: how long the balance lasts, and what is bought by itself.
fn rests_on(team: &Team, top_ups: Option<&TopUps>) -> Vec<Assumption> {
    let bought = top_ups.map(|top_ups| team.terms().purchase(top_ups.amount, top_ups.first_at, true));
    let lines: Vec<_> = bought.iter().flatten().collect();
    let mut assumptions = team.terms().assumptions(team.seat_price(), &lines);
    assumptions.extend(team.has_pass().then_some(Assumption::PassCredits));
    assumptions.into_iter().collect()
}
