//! What adding or removing seats, buying credits, or a change of Kilo Pass or of the automatic top-up would do: the team
//! with one event more.

use super::{Action, Current, Ledger, Terms};
use crate::assumption::Assumption;
use crate::catalog::PassTerms;
use crate::invoice::{ChargeRange, Invoice};
use crate::refusal::RefusalReason;
use crate::timeline::AccountKind as _;
use headroom_exact::{Moment, Money};
use serde::Serialize;

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Seats more.
    AddSeats(u64),
    /// Seats less.
    RemoveSeats(u64),
    /// Credits.
    BuyCredits(Money),
    /// Kilo Pass.
    StartPass(PassTerms),
    /// None from the next cycle on.
    CancelPass,
    /// Credits by themselves, in that amount; none switches it off.
    SetAutoTopUp(Option<Money>),
}

impl Request {
    /// The event that it is.
    pub fn action(&self) -> Action<'static> {
        match self {
            Self::AddSeats(count) => Action::AddSeats(*count),
            Self::RemoveSeats(count) => Action::RemoveSeats(*count),
            Self::BuyCredits(amount) => Action::BuyCredits(*amount),
            Self::StartPass(terms) => Action::StartPass(terms.clone()),
            Self::CancelPass => Action::CancelPass,
            Self::SetAutoTopUp(amount) => Action::SetAutoTopUp(*amount),
        }
    }
}

/// An act as it would be judged at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Preview {
    /// The moment.
    pub at: Moment,
    /// Why it would be refused, if it would.
    pub refused: Option<RefusalReason>,
    /// When it would take effect; none when refused.
    pub effective_at: Option<Moment>,
    /// What would be charged at once, with tax.
    pub charge_now: Option<Invoice>,
    /// The same under both day counts (T2).
    pub charge_range: Option<ChargeRange>,
    /// The team without it.
    pub before: Current,
    /// The team with it.
    pub after: Current,
    /// What the charge and the team with it rest on that no source settles.
    pub assumptions: Vec<Assumption>,
}

/// What the next cycle's start charges less where so many seats are removed at `at`, with what is charged for each of them
/// besides and with tax; none where they can't be, or nothing is charged then.
pub fn saved_by_removing(ledger: &Ledger, seats: u64, at: Moment) -> Option<Money> {
    let team = &ledger.account;
    let mut fewer = team.clone();
    fewer.judge(&Action::RemoveSeats(seats), at).ok()?;
    Some(team.next_invoice()?.total.minus(fewer.next_invoice()?.total))
}

impl Preview {
    /// Does what is asked at `at`, after the events folded up to `at`.
    pub fn on(ledger: &Ledger, request: &Request, at: Moment) -> Self {
        let team = &ledger.account;
        let before = team.current(at);
        let charged_under = |terms: Terms| {
            let mut changed = team.clone().under(terms);
            let outcome = if changed.is_closed_at(at) {
                Err(RefusalReason::DataDeleted)
            } else {
                changed.judge(&request.action(), at).map(|_| ())
            };
            let new = changed.lines().get(team.lines().len()..).unwrap_or_default();
            let charge = changed.charge(new, at);
            (changed, outcome, charge)
        };
        let terms = *team.terms();
        let (changed, outcome, charge_now) = charged_under(terms);
        let charge_range = charge_now.as_ref().map(|charge| {
            let (_, _, other) = charged_under(Terms { day_count: terms.day_count.other(), ..terms });
            ChargeRange::between(charge.total, other.map_or(charge.total, |other| other.total))
        });
        let waits = matches!(request, Request::RemoveSeats(_) | Request::CancelPass);
        let effective_at = if waits { before.cycle.end } else { at };
        let lines: Vec<_> = charge_now.iter().flat_map(|charge| &charge.lines).collect();
        let after = changed.current(at);
        let mut assumptions = terms.assumptions(team.seat_price(), &lines);
        assumptions.extend(&after.assumptions);
        Self {
            at,
            refused: outcome.err(),
            effective_at: outcome.is_ok().then_some(effective_at),
            charge_now,
            charge_range,
            after,
            before,
            assumptions: assumptions.into_iter().collect(),
        }
    }
}
