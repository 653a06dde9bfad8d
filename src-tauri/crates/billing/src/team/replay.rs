//! What the cycles that have ended would have cost under each price list.

use super::{Ledger, Team, Terms};
use crate::catalog::{Catalog, SeatPrice, TeamEdition};
use crate::invoice::{Invoice, Line, LineKind, Quantity};
use headroom_exact::{Moment, Money, Period};
use serde::Serialize;

/// One cycle under one price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CycleCost {
    /// Which cycle.
    pub cycle: Period,
    /// Its seats.
    pub seats: Money,
    /// Credits bought in it, fees included.
    pub credits: Money,
    /// Kilo Pass, fees included; none in a cycle without.
    pub pass: Option<Money>,
    /// All of it, without tax.
    pub cost: Money,
}

/// The same cycles under one price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceCost {
    /// The edition's id.
    pub edition: &'static str,
    /// The seat price's id. One that is paid for several months ahead counts with a month's share of it.
    pub seat: &'static str,
    /// Cycle by cycle; a cycle without an invoice is left out.
    pub cycles: Vec<CycleCost>,
    /// Their sum.
    pub total: Money,
}

/// Every price over the cycles that have ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Replay {
    /// The moment that decides which cycles have ended.
    pub as_of: Moment,
    /// In the catalogue's order: of the plan that the team has, and of lists that sell everything it bought.
    pub prices: Vec<PriceCost>,
}

impl Replay {
    /// Replays the cycles that have ended in events already folded up to `as_of`, under each price list of a catalogue.
    pub fn on(ledger: &Ledger, catalog: &'static Catalog, as_of: Moment) -> Self {
        let editions = catalog.team_editions().iter();
        let prices = editions.flat_map(|edition| edition.seats().iter().map(move |seat| (edition, seat)));
        let has_pass = ledger.invoices.iter().flat_map(|invoice| &invoice.lines).any(is_pass);
        let prices = prices.filter(|(edition, seat)| {
            seat.plan == ledger.account.seat_price().plan && (edition.pass.is_some() || !has_pass)
        });
        Self { as_of, prices: prices.map(|(edition, seat)| under(ledger, edition, seat)).collect() }
    }
}

fn is_pass(line: &Line) -> bool {
    line.kind == LineKind::Pass
}

fn under(ledger: &Ledger, edition: &'static TeamEdition, seat: &'static SeatPrice) -> PriceCost {
    let cycles: Vec<_> = ledger
        .closed_cycles
        .iter()
        .filter_map(|cycle| {
            let invoice = ledger.invoices.iter().find(|invoice| invoice.issued_at == cycle.end)?;
            Some(cost_of(invoice, *cycle, &ledger.account, edition, seat))
        })
        .collect();
    let total = cycles.iter().map(|cycle| cycle.cost).sum();
    PriceCost { edition: &edition.list.id, seat: &seat.id, cycles, total }
}

/// The lines of one invoice, priced anew.
fn cost_of(
    invoice: &Invoice,
    cycle: Period,
    team: &Team,
    edition: &'static TeamEdition,
    seat: &SeatPrice,
) -> CycleCost {
    let lines = || invoice.lines.iter();
    let seats = lines().map(|line| seats_under(line, team, seat)).sum();
    let terms = Terms { edition, ..*team.terms() };
    let with_fee =
        |line: &Line, fee: Option<Line>| line.amount.plus(fee.map_or(Money::ZERO, |fee| fee.amount));
    let bought = lines().filter(|line| line.kind == LineKind::Credits);
    let charged_at = |line: &Line| line.charged_at.unwrap_or(cycle.start);
    let credits: Money = bought.map(|line| with_fee(line, terms.fee_on(line.amount, charged_at(line)))).sum();
    let passes = || lines().filter(|line| is_pass(line));
    let pass = passes().map(|line| with_fee(line, terms.fee_on_pass(line.amount, charged_at(line)))).sum();
    let cost = credits.plus(seats).plus(pass);
    CycleCost { cycle, seats, credits, pass: passes().next().is_some().then_some(pass), cost }
}

/// A line of seats at another price, for as many months of it as the team's cycle has; rounded once.
fn seats_under(line: &Line, team: &Team, seat: &SeatPrice) -> Money {
    let Some(Quantity::Seats(count)) = line.quantity else { return Money::ZERO };
    let (days, of) = line.prorated.map_or((1, 1), |prorated| (prorated.days, prorated.of));
    let months = |months: u32, days: i64| i128::from(months).saturating_mul(i128::from(days));
    seat.price.times(count).share(months(team.seat_price().months, days), months(seat.months, of))
}
