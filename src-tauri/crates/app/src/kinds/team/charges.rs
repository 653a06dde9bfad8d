//! What a team was charged, cycle by cycle: its seats, and the credits bought.

use super::facts;
use crate::answers::{ChargeNote, Naming};
use crate::charges::{Charged, Charges};
use crate::days::just_before;
use crate::error::AppError;
use crate::quoted::QuotedTeam;
use headroom_billing::team::charges::{CycleRecords, Gap, Purchase, Subscription, Told};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::sync::Arc;

fn told(quoted: &QuotedTeam) -> Told<'_> {
    let purchases = quoted.team.purchases.as_ref().map(|purchases| {
        let purchases = purchases.iter();
        purchases.map(|bought| Purchase { id: &bought.id, at: bought.at, amount: bought.amount }).collect()
    });
    Told { seats: quoted.team.seats, purchases }
}

fn gap(gap: Gap) -> ChargeNote {
    match gap {
        Gap::SeatsUnknown => ChargeNote::SeatsUnknown,
        Gap::SeatsChanged { from, to } => ChargeNote::SeatsChanged { from, to },
        Gap::PurchasesUnknown => ChargeNote::PurchasesUnknown,
        Gap::PurchaseNotOffered { amount } => ChargeNote::PurchaseNotOffered { amount: amount.to_string() },
    }
}

/// Cycle by cycle, and what comes next; nothing before its owner described it.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let Some((facts, stated_at)) = facts::newest(store, id)? else {
        let naming = Naming { edition: None, tax_name: None, tax_percent: None };
        return Ok(Charges { periods: Arc::default(), upcoming: None, naming });
    };
    let newest = QuotedTeam::newest(store, id, None)?.0;
    let subscription =
        Subscription { terms: facts.terms()?, started_on: facts.started_on, seat_price: facts.seat()? };
    let mut periods = Vec::new();
    for cycle in subscription.cycles(now) {
        let within = |quoted: &QuotedTeam| cycle.contains(quoted.at);
        let first = QuotedTeam::since(store, id, cycle.start)?.filter(within);
        let last = QuotedTeam::newest(store, id, Some(just_before(cycle.end)))?.0.filter(within);
        let records = CycleRecords {
            first: first.as_ref().map(told),
            last: last.as_ref().map(told),
            newest: newest.as_ref().map(told),
            stated_seats: cycle.contains(stated_at).then_some(facts.seats),
        };
        let cycle = subscription.cycle(cycle, &records, now)?;
        let notes = cycle.gaps.into_iter().map(gap).collect();
        periods.push(Charged { of_period: cycle.charged, quoted: None, notes });
    }
    periods.reverse();
    let seats = newest.and_then(|quoted| quoted.team.seats).unwrap_or(facts.seats);
    let upcoming = subscription.upcoming(seats, now)?;
    Ok(Charges { periods: Arc::new(periods), upcoming, naming: facts.naming() })
}
