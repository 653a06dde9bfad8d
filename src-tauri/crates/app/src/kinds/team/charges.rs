//! What a team was charged, cycle by cycle: its seats, and the credits bought.

use super::told::{
    ToldPass, fewer_seats, next_seats, paid_seats, pass_may_be_charged, running_pass, told_pass,
};
use super::{facts, subscribed};
use crate::answers::{ChargeNote, Naming};
use crate::charges::{Charged, Charges};
use crate::days::just_before;
use crate::error::AppError;
use crate::quoted::QuotedTeam;
use headroom_billing::charges::Charge;
use headroom_billing::team::charges::{CycleRecords, Gap, Purchase, Subscription, Told};
use headroom_billing::{AccountKind, Line};
use headroom_exact::{Moment, Period};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::sync::Arc;

fn told(quoted: &QuotedTeam, cycle: Period) -> Told<'_> {
    let purchases = quoted.team.purchases.as_ref().map(|purchases| {
        let purchases = purchases.iter();
        purchases.map(|bought| Purchase { id: &bought.id, at: bought.at, amount: bought.amount }).collect()
    });
    let pass = told_pass(&quoted.team).map(|told| match told {
        ToldPass::Nothing => None,
        ToldPass::Runs(pass) => Some(pass.terms),
    });
    let ended = subscribed::had_ended_by(&quoted.team, cycle.start);
    Told { seats: if ended { Some(0) } else { paid_seats(&quoted.team) }, purchases, pass }
}

fn gap(gap: Gap) -> ChargeNote {
    match gap {
        Gap::SeatsUnknown => ChargeNote::SeatsUnknown,
        Gap::SeatsChanged { from, to } => ChargeNote::SeatsChanged { from, to },
        Gap::PassBegan { on } => ChargeNote::PassBegan { on: on.to_string() },
        Gap::PassSinceUnknown => ChargeNote::PassSinceUnknown,
        Gap::PurchasesUnknown => ChargeNote::PurchasesUnknown,
        Gap::PurchaseNotOffered { amount } => ChargeNote::PurchaseNotOffered { amount: amount.to_string() },
    }
}

/// What lines rest on that no source settles.
pub(super) fn assumed(subscription: &Subscription, lines: &[&Line]) -> Vec<ChargeNote> {
    let assumptions = subscription.terms.assumptions(subscription.seat_price, lines);
    assumptions.into_iter().map(|assumption| ChargeNote::Assumed { assumption }).collect()
}

/// Cycle by cycle, and what comes next; nothing before its owner described it.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let Some((facts, stated_at)) = facts::newest(store, id)? else {
        let naming = Naming { edition: None, tax_name: None, tax_percent: None };
        return Ok(Charges {
            periods: Arc::default(),
            upcoming: None,
            foretold: true,
            upcoming_unknown: None,
            upcoming_notes: Vec::new(),
            upcoming_quoted: None,
            naming,
        });
    };
    let newest = QuotedTeam::leading(store, id, now)?;
    let subscription = facts.subscription()?;
    let mut periods = Vec::new();
    for cycle in subscription.cycles(now) {
        let within = |quoted: &QuotedTeam| cycle.contains(quoted.at);
        let first = QuotedTeam::since(store, id, cycle.start, now)?.filter(within);
        let last = QuotedTeam::newest(store, id, just_before(cycle.end).min(now))?.0.filter(within);
        let records = CycleRecords {
            first: first.as_ref().map(|quoted| told(quoted, cycle)),
            last: last.as_ref().map(|quoted| told(quoted, cycle)),
            newest: newest.as_ref().map(|quoted| told(quoted, cycle)),
            stated_seats: cycle.contains(stated_at).then_some(facts.seats),
        };
        let cycle = subscription.cycle(cycle, &records, now)?;
        let lines: Vec<_> = cycle.charged.charges.iter().flat_map(|charge| &charge.invoice.lines).collect();
        let mut notes: Vec<_> = cycle.gaps.iter().map(|of| gap(*of)).collect();
        notes.extend(assumed(&subscription, &lines));
        periods.push(Charged { of_period: cycle.charged, quoted: None, notes });
    }
    periods.reverse();
    let nothing = facts::nothing_told();
    let team = newest.as_ref().map_or(&nothing, |quoted| &quoted.team);
    let pass = running_pass(team, Some(&facts))?.filter(|pass| !pass.ends);
    let seats = next_seats(team).or_else(|| paid_seats(team)).unwrap_or(facts.seats);
    let upcoming = subscription.upcoming(seats, pass.as_ref().map(|pass| &pass.terms), now)?;
    let more = pass_may_be_charged(team, Some(&facts))?;
    // A team whose payment failed can be closed by then (T5), and its subscription can end before.
    let ledger = facts.ledger_now(team, now)?;
    let next_at = ledger.account.current(now).cycle.end;
    let is_charged =
        ledger.account.next_invoice().is_some() && subscribed::nothing_follows(team, Some(next_at)).is_none();
    let upcoming = upcoming.filter(|_| is_charged);
    let upcoming = upcoming.map(|charge| Charge { at_least: charge.at_least || more, ..charge });
    let lines: Vec<_> = upcoming.iter().flat_map(|charge| &charge.invoice.lines).collect();
    let mut upcoming_notes = assumed(&subscription, &lines);
    if upcoming.is_some() {
        upcoming_notes.extend(fewer_seats(team));
        upcoming_notes.extend(more.then_some(ChargeNote::PassNotKnown));
        upcoming_notes.extend(subscribed::differs(team, &facts, Some(next_at), now)?);
    }
    Ok(Charges {
        periods: Arc::new(periods),
        upcoming,
        foretold: true,
        upcoming_unknown: None,
        upcoming_notes,
        upcoming_quoted: None,
        naming: facts.naming(),
    })
}
