//! What the cycles that have ended would have cost under each price list.

use super::{Action, Event, Ledger, Team, Terms, Timeline};
use crate::calendar::{Moment, Period};
use crate::catalog::{Catalog, SeatPrice, TeamEdition};
use crate::invoice::LineKind;
use crate::scenario::ScenarioError;
use crate::timeline::{AccountKind as _, Fold};
use crate::units::Money;
use serde::Serialize;

/// One invoice under one price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CycleCost {
    /// Which cycle.
    pub cycle: Period,
    /// Its seats.
    pub seats: Money,
    /// Credits bought in it, fees included.
    pub credits: Money,
    /// Both, without tax.
    pub cost: Money,
}

/// The same events under one price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceCost {
    /// The edition's id.
    pub edition: &'static str,
    /// The seat price's id.
    pub seat: &'static str,
    /// Cycle by cycle.
    pub cycles: Vec<CycleCost>,
    /// Their sum.
    pub total: Money,
}

/// Every price over the cycles that have ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Replay {
    /// The moment that decides which cycles have ended.
    pub as_of: Moment,
    /// In the catalogue's order.
    pub prices: Vec<PriceCost>,
}

impl Replay {
    /// Folds the same events under every price of the catalogue.
    pub fn of(timeline: &Timeline<'_>) -> Result<Self, ScenarioError> {
        let editions = Catalog::built_in().team_editions();
        let prices =
            editions.iter().flat_map(|edition| edition.seats().iter().map(move |seat| (edition, seat)));
        let costs = prices.map(|(edition, seat)| under(timeline, edition, seat));
        Ok(Self { as_of: timeline.as_of, prices: costs.collect::<Result<_, _>>()? })
    }
}

fn under(
    timeline: &Timeline<'_>,
    edition: &'static TeamEdition,
    seat_price: &'static SeatPrice,
) -> Result<PriceCost, ScenarioError> {
    let mut fold = Fold::<Team>::new(Terms { edition, ..timeline.terms }, timeline.as_of);
    for event in timeline.events() {
        match &event.action {
            Action::StartTeam { seats, payment_method, .. } => {
                let action =
                    Action::StartTeam { seats: *seats, seat_price, payment_method: payment_method.clone() };
                fold.take(&Event { at: event.at, position: event.position, action })?;
            }
            _ => fold.take(event)?,
        }
    }
    let ledger: Ledger = fold.finish()?;
    let cycles: Vec<_> = ledger
        .invoices
        .iter()
        .map(|invoice| {
            let seats = invoice.amount_of(LineKind::Seats);
            let cycle = ledger.closed_cycles.iter().find(|cycle| cycle.end == invoice.issued_at);
            CycleCost {
                cycle: cycle.copied().unwrap_or_else(|| ledger.account.cycle()),
                seats,
                credits: invoice.subtotal.minus(seats),
                cost: invoice.subtotal,
            }
        })
        .collect();
    let total = cycles.iter().map(|cycle| cycle.cost).sum();
    Ok(PriceCost { edition: &edition.list.id, seat: &seat_price.id, cycles, total })
}
